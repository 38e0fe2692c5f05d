/**
 * A replay that finds nothing wrong proves nothing unless it finds what is: one digit of one field of each
 * kind is changed, in every file, and each change is caught where it was made.
 */

import { describe, expect, test } from 'vitest'
import { files, linesOf } from './dss.js'
import { Unreadable } from './read.js'
import { type Replayed, replay } from './replay.js'

type Path = readonly string[]

/** Another digit in a text or number, in the middle of it; another letter in a text of none. */
const changed = (value: unknown): unknown => {
  const text = String(value)
  const at = Math.floor(text.length / 2)
  const digit = /\d/.exec(text.slice(at))
  if (digit === null) return typeof value === 'boolean' ? !value : `${text}x`
  const place = at + digit.index
  const other = `${text.slice(0, place)}${(Number(text[place]) + 1) % 10}${text.slice(place + 1)}`
  return typeof value === 'number' ? Number(other) : other
}

const isNode = (x: unknown): x is Record<string, unknown> => typeof x === 'object' && x !== null

/** Every leaf below a value, as the path to it. */
const leaves = (value: unknown, path: Path = []): readonly Path[] =>
  isNode(value)
    ? Object.entries(value).flatMap(([key, one]) => leaves(one, [...path, key]))
    : [path]

const at = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), value)

/** A line with one leaf changed. */
const corrupt = (line: string, path: Path): unknown => {
  const json: unknown = JSON.parse(line)
  const node = at(json, path.slice(0, -1))
  const key = path.at(-1) ?? ''
  if (isNode(node)) node[key] = changed(node[key])
  return json
}

/** The kind of a recorded leaf: its path without the names of who, which and when. */
const kindOf = (path: Path): string => {
  const [, , ...field] = path
  const [first = '', second = '', third = ''] = field
  if (first === 'events') return `event ${third === 'args' ? `argument ${path.at(-1)}` : third}`
  if (first !== 'after') return first
  if (second === 'params') return `after.params.${third}`
  return `after.${second}`
}

/** One recorded leaf of each kind, the first one found. */
const ofEachKind = (lines: readonly string[]): ReadonlyMap<string, readonly [string, Path]> => {
  const found = new Map<string, readonly [string, Path]>()
  for (const line of lines) {
    const json: unknown = JSON.parse(line)
    for (const path of leaves(at(json, ['steps']), ['steps'])) {
      const [, , first] = path
      if (first === 'after' || first === 'events' || first === 'ret' || first === 'revert')
        if (!found.has(kindOf(path))) found.set(kindOf(path), [line, path])
    }
  }
  return found
}

/** Whether a changed line is caught: it comes out differently, or can no longer be read. */
const isCaught = (line: unknown): boolean => {
  try {
    return replay(line).mismatches.length > 0
  } catch (error) {
    if (error instanceof Unreadable) return true
    throw error
  }
}

/** Where a changed leaf shows: in its step, in its field. */
const shows = ({ mismatches }: Replayed, path: Path): boolean => {
  const [, step, ...field] = path
  return mismatches.some(
    (one) => one.step === Number(step) && field.join('.').startsWith(one.field),
  )
}

describe.each(files.filter((file) => !file.startsWith('abacus')))('%s', (file) => {
  const lines = linesOf(file)
  const kinds = ofEachKind(lines)

  test('has fields of every kind', () => {
    const wanted = [
      'revert',
      'ret',
      'event argument id',
      'after.kicks',
      'after.vat',
      'after.params.wards',
    ]
    expect(wanted.filter((kind) => !kinds.has(kind))).toEqual([])
    expect(kinds.size).toBeGreaterThan(14)
  })

  test.each([...kinds])('MKR-2 a changed %s is caught', (_, [line, path]) => {
    expect(replay(JSON.parse(line)).mismatches).toEqual([])
    expect(shows(replay(corrupt(line, path)), path)).toBe(true)
  })

  test('a changed time of a call is caught', () => {
    // An hour later something else is due in most scenarios; in one of the first forty at the least.
    const later = lines
      .slice(0, 40)
      .map((line) => line.replace(/"t": ?(\d+)/g, (_, t: string) => `"t":${Number(t) + 3600}`))
    expect(later.filter((line) => isCaught(JSON.parse(line))).length).toBeGreaterThan(20)
  })

  test('a changed amount of a call that succeeded is caught', () => {
    const amounts = ['amt', 'lot', 'bid', 'rad', 'tab', 'data']
    const cases = lines.slice(0, 40).flatMap((line) => {
      const json: unknown = JSON.parse(line)
      return leaves(at(json, ['steps']), ['steps'])
        .filter((path) => path[2] === 'args' && amounts.includes(path[3] ?? ''))
        .filter((path) => at(json, [...path.slice(0, 2), 'ok']) === true)
        .map((path) => isCaught(corrupt(line, path)))
    })
    const caught = cases.filter(Boolean)
    // An amount that is capped, or the word for a mock exchange, may be another as well: not all are.
    expect(caught.length).toBeGreaterThan(10)
  })
})

describe('abacus.jsonl.gz', () => {
  const priced = linesOf('abacus.jsonl.gz').filter((line) => /"price":\s*"[1-9]\d{20}/.test(line))

  test.each(['price', 'top', 'dur'])('MKR-1 a changed %s is caught', (field) => {
    const caught = priced.filter((line) => isCaught(corrupt(line, [field])))
    expect(priced.length).toBeGreaterThan(500)
    if (field === 'price') expect(caught.length).toBe(priced.length)
    else expect(caught.length).toBeGreaterThan(priced.length / 2)
  })

  test('MKR-3 a changed reason is caught', () => {
    const refused = linesOf('abacus.jsonl.gz').find((line) => line.includes('cut-gt-RAY')) ?? ''
    expect(replay(JSON.parse(refused)).mismatches).toEqual([])
    const [found] = replay(corrupt(refused, ['revert'])).mismatches
    expect(found?.field).toBe('revert')
    expect(found?.expected).not.toBe(found?.got)
    expect(found?.got).toContain('cut-gt-RAY')
  })
})
