/**
 * The lines of spec/conformance are answered as they say, everything that can happen stands in them, and an answer that
 * is off anywhere is noticed.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { refusals } from '../scripts/spec.mjs'
import { Events } from '../src/codec/index.js'
import type { Fields } from './conformance/form.js'
import { parts } from './conformance/line.js'
import { replay } from './conformance/replay.js'
import { root } from './spec.js'

const folder = join(root, 'spec/conformance')

const linesOf = (file: string): readonly string[] =>
  readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')

const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))

const all = files.flatMap(linesOf).map((line) => JSON.parse(line) as Fields)

/** What stands in a field of each line that has one, lists flattened. */
const inField = (name: string): readonly Fields[] =>
  all.flatMap((line) => (name in line ? (line[name] as Fields | readonly Fields[]) : []))

describe('every line is answered as it says', () => {
  test.each(files)('%s', (file) => {
    const lines = linesOf(file)
    const { calls, commands, departures, states } = replay(lines)
    expect(departures).toEqual([])
    const begun = lines.filter((line) => /^\{"(session|hold)"/.test(line)).length
    expect(calls + commands + states + begun).toBe(lines.length)
  })

  test('there are two thousand commands, and calls of every function', () => {
    expect(inField('ask').length).toBeGreaterThanOrEqual(2000)
    const functions = ['mulDiv', 'rpow', 'priceAt', 'plan', 'start', 'decideTreasury']
    expect(functions.filter((name) => inField(name).length < 10)).toEqual([])
  })
})

describe('all that can happen stands in them', () => {
  const lacking = (wanted: readonly string[], found: readonly string[]): readonly string[] =>
    wanted.filter((one) => !found.includes(one))

  test('every event', () => {
    expect(
      lacking(
        Object.keys(Events.options),
        inField('events').map(({ _tag }) => String(_tag)),
      ),
    ).toEqual([])
  })

  test('every refusal, and every number that does not fit at every place where one is formed', () => {
    const rowOf = (tag: string, stage: unknown, what: unknown): string =>
      tag === 'OutOfRange' ? `${tag} ${stage} ${what}` : tag
    const wanted = refusals(root).map(({ stage, tag, when }) =>
      rowOf(tag, stage, when.replace(/ \(.*/, '')),
    )
    const found = inField('refusal').map(({ _tag, stage, what }) =>
      rowOf(String(_tag), stage, what),
    )
    expect(wanted.length).toBeGreaterThan(70)
    expect(lacking([...wanted, 'NotFound', 'NameTaken'], found)).toEqual([])
  })
})

describe('an answer that is off is noticed', () => {
  /** Another digit or word in one leaf of a value, the `n`-th of them. */
  const leaves = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Object.values(value).reduce<number>((sum, one) => sum + leaves(one), 0)
      : 1

  const spoiled = (value: unknown, n: number): unknown => {
    if (typeof value !== 'object' || value === null) return n === 0 ? `${String(value)}1` : value
    let before = 0
    const changed = Object.entries(value).map(([key, one]) => {
      const own = n - before
      before += leaves(one)
      return [key, own >= 0 && own < leaves(one) ? spoiled(one, own) : (one as unknown)] as const
    })
    return Array.isArray(value) ? changed.map(([, one]) => one) : Object.fromEntries(changed)
  }

  test('whatever field of a session it is in', () => {
    const [file = ''] = files
    const lines = linesOf(file)
    const end = lines.findIndex((line, i) => i > 0 && line.startsWith('{"session"'))
    const session = lines.slice(0, end)
    let tried = 0
    session.forEach((line, i) => {
      const [given, answer] = parts(JSON.parse(line) as Fields)
      for (let n = 0; n < leaves(answer); n += 7) {
        const wrong = JSON.stringify({ ...given, ...(spoiled(answer, n) as Fields) })
        const { departures } = replay([...session.slice(0, i), wrong])
        tried += 1
        expect(departures.length, wrong).toBe(1)
        expect(departures[0]).toMatch(`line ${i + 1}, `)
      }
    })
    expect(tried).toBeGreaterThan(100)
  })

  test('a line that is missing shows where the next one is that depends on it', () => {
    const [file = ''] = files
    const lines = linesOf(file)
    const opening = lines.findIndex((line) => line.includes('"Opened"'))
    const { departures } = replay(lines.filter((_, i) => i !== opening))
    expect(departures.length).toBe(1)
  })
})
