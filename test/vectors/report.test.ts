/**
 * What npm run vectors prints of a folder, and the status that it ends with.
 */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { linesOf } from './dss.js'
import { run } from './report.js'

const made: string[] = []
const said: string[] = []
const complained: string[] = []

beforeEach(() => {
  said.length = 0
  complained.length = 0
})

afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true })
})

/** The status for a folder of files with these texts. */
const statusOf = (files: Readonly<Record<string, string | Uint8Array>>): number => {
  const folder = mkdtempSync(join(tmpdir(), 'vectors-'))
  made.push(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return run([folder], {
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
  })
}

const [first = '', second = ''] = linesOf('flap.jsonl.gz')
const wrong = second.replace(/"kicks": ?"1"/, '"kicks":"2"')

test('what is as recorded ends with 0, gzipped or not', () => {
  expect(statusOf({ 'a.jsonl': `${first}\n${second}\n`, 'b.jsonl.gz': gzipSync(first) })).toBe(0)
  expect(said.map((line) => line.trim().split(/ +/))).toMatchObject([
    ['file', 'scenarios', 'steps', 'mismatches'],
    ['a.jsonl', '2', expect.anything(), '0'],
    ['b.jsonl.gz', '1', expect.anything(), '0'],
    ['all', '3', expect.anything(), '0'],
  ])
  expect(complained).toEqual([])
})

test('what is not ends with 1, and is told with file, line, step, field, and both values', () => {
  expect(wrong).not.toBe(second)
  expect(statusOf({ 'a.jsonl': `${first}\n${wrong}\n` })).toBe(1)
  expect(said.filter((line) => line.startsWith('a.jsonl:2, flap-'))).toContainEqual(
    expect.stringMatching(/step \d+: after.kicks: expected "2", got "1"$/),
  )
  expect(said.at(-1)?.trim().split(/ +/).at(-1)).not.toBe('0')
})

test('at most five mismatches of a file are told, and all are counted', () => {
  const all = linesOf('flap.jsonl.gz').map((line) => line.replace(/"kicks": ?"1"/g, '"kicks":"2"'))
  expect(statusOf({ 'a.jsonl': all.join('\n') })).toBe(1)
  expect(said.filter((line) => line.startsWith('a.jsonl:'))).toHaveLength(5)
  expect(Number(said.at(-1)?.trim().split(/ +/).at(-1))).toBeGreaterThan(100)
})

test.each([
  ['no JSON', '{"id"', /a\.jsonl:2: cannot be read: .*JSON/],
  ['nothing', '', /a\.jsonl:2: cannot be read: .*JSON/],
  [
    'another kind of line',
    '{"id":"x","init":{"params":{}}}',
    /a\.jsonl:2: .*clip, flip, flap or flop/,
  ],
  [
    'no steps',
    second.replace(/"steps": ?\[.*\]/, '"steps":[]'),
    /a\.jsonl:2: .*steps should be some/,
  ],
  [
    'an unknown call',
    second.replace(/"op": ?"\w+"/, '"op":"flup"'),
    /a\.jsonl:2: .*step 0: .*flup/,
  ],
  [
    'a word that is none',
    second.replace(/"bump": ?"\d+"/, '"bump":"1e5"'),
    /a\.jsonl:2: .*bump should be/,
  ],
])('%s is told and not skipped, and ends with 2', (_, line, told) => {
  expect(line).not.toBe(second)
  expect(statusOf({ 'a.jsonl': `${first}\n${line}\n${first}\n` })).toBe(2)
  expect(complained).toEqual([expect.stringMatching(told)])
  expect(said.at(-1)).toMatch(/all +2 /)
})

test('a file that cannot be read at all is told, and the others are replayed', () => {
  const cut = gzipSync(first).subarray(0, 100)
  expect(statusOf({ 'a.jsonl.gz': cut, 'z.jsonl': wrong })).toBe(2)
  expect(complained[0]).toMatch(/^a\.jsonl\.gz: cannot be read: /)
  expect(said.filter((line) => line.startsWith('z.jsonl:1, '))).not.toEqual([])
})

test('a folder or a file with nothing in it ends with 2', () => {
  expect(statusOf({ 'a.txt': first })).toBe(2)
  expect(statusOf({ 'a.jsonl': '' })).toBe(2)
  expect(
    run([], { say: (line) => said.push(line), complain: (line) => complained.push(line) }),
  ).toBe(2)
  expect(complained).toEqual([
    expect.stringContaining('there is no *.jsonl file in it'),
    'a.jsonl: there is nothing to replay in it',
    expect.stringContaining('usage'),
  ])
})
