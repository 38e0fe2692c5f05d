/**
 * Laws of LogLines: spec/15-log.md.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { type Csv, LogLines } from '../../src/codec/index.js'
import { Fixed } from '../../src/core/index.js'
import { type Abacus, Journal } from '../../src/maker/index.js'
import { clipperLog, logWith } from '../examples/log.js'
import { law } from '../law.js'

const { MAX_UINT256, MAX_UINT48 } = Fixed

// Logs of anything that can be written

const uint = fc.oneof(
  fc.bigInt(0n, MAX_UINT256),
  fc.bigInt(0n, 9n),
  fc.constantFrom(0n, MAX_UINT256),
)
const rad = uint.map(Fixed.rad)
const ray = uint.map(Fixed.ray)
const wad = uint.map(Fixed.wad)
const text = fc.string({ unit: 'grapheme' })

const calc: fc.Arbitrary<Abacus.Calc> = fc.oneof(
  fc.record({ _tag: fc.constant('LinearDecrease' as const), tau: uint }),
  fc.record({ _tag: fc.constant('StairstepExponentialDecrease' as const), step: uint, cut: ray }),
  fc.record({ _tag: fc.constant('ExponentialDecrease' as const), cut: ray }),
)

const terms: fc.Arbitrary<Journal.Terms> = fc.record({
  ilk: text,
  gem: text,
  mat: ray,
  buf: ray,
  tail: uint,
  cusp: ray,
  chip: wad,
  tip: rad,
  calc,
  hole: rad,
  chop: wad,
  dust: rad,
  chost: rad,
  stopped: uint,
})

const started = { id: uint, top: uint, tab: uint, lot: uint, usr: text, kpr: text, coin: uint }

const optional = { requiredKeys: [] as [] }

const start = <Name extends 'Kick' | 'Redo'>(name: Name) =>
  fc
    .tuple(fc.record({ name: fc.constant(name), ...started }), fc.record({ feed: uint }, optional))
    .map(([one, fed]) => ({ ...one, ...fed }))

const take = fc
  .tuple(
    fc.record({
      name: fc.constant('Take' as const),
      id: uint,
      max: uint,
      price: uint,
      owe: uint,
      tab: uint,
      lot: uint,
      usr: text,
    }),
    fc.record({ who: text }, optional),
  )
  .map(([one, by]) => ({ ...one, ...by }))

const untimed = fc.oneof(
  fc.record({
    name: fc.constant('Bark' as const),
    ilk: text,
    urn: text,
    ink: uint,
    art: uint,
    due: uint,
    id: uint,
  }),
  start('Kick'),
  take,
  start('Redo'),
  fc.record({ name: fc.constant('Yank' as const), id: uint }),
  fc.record({
    name: fc.constant('File' as const),
    what: fc.constantFrom(...Journal.numbers),
    data: uint,
  }),
  fc.record({ name: fc.constant('File' as const), what: fc.constant('calc' as const), data: calc }),
)

const entries: fc.Arbitrary<readonly Journal.Entry[]> = fc
  .array(fc.record({ t: fc.nat({ max: MAX_UINT48 }), one: untimed }), { maxLength: 8 })
  .map((all) => all.sort((a, b) => a.t - b.t).map(({ one, t }): Journal.Entry => ({ t, ...one })))

const numbered = (all: readonly Journal.Entry[]) => all.map((entry, i) => ({ line: i + 2, entry }))

law(
  'LOG-6',
  'a log that is written reads back the same, whatever ends its lines',
  fc.property(terms, entries, fc.boolean(), (terms, all, isDos) => {
    const text = LogLines.format(terms, all)
    const read = LogLines.parse(isDos ? `\ufeff${text.replaceAll('\n', '\r\n')}` : text)
    expect(read).toEqual(E.right({ version: 1, terms, lines: numbered(all) }))
  }),
)

// Logs that cannot be read

const problemOf = (text: string): Csv.Problem | undefined => {
  const read = LogLines.parse(text)
  return E.isLeft(read) ? read.left : undefined
}

const lines = clipperLog
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)

const lineNumber = fc.integer({ min: 1, max: lines.length })
const fieldOf = (line: number, n: number): string => {
  const names = Object.keys(lines[line - 1] ?? {})
  return names[n % names.length] ?? ''
}

law(
  'LOG-1',
  'each of the terms is needed, and no other is known',
  fc.property(fc.nat(), (n) => {
    const field = fieldOf(1, n)
    expect(problemOf(logWith(1, { [field]: undefined }))).toMatchObject({ line: 1, field })
    expect(problemOf(logWith(1, { [`${field}x`]: '1' }))).toMatchObject({ field: `${field}x` })
  }),
)

test('LOG-1 a file of another version, of nothing or of anything else is refused', () => {
  for (const version of [0, 2, '1', null])
    expect(problemOf(logWith(1, { version }))).toMatchObject({ line: 1, field: 'version' })
  for (const text of ['', '\n', 'time,open', '[]', '{}', `\n${clipperLog}`])
    expect(problemOf(text)).toMatchObject({ line: 1 })
})

law(
  'LOG-2',
  'a number is digits of 256 bits in quotes',
  fc.property(
    lineNumber,
    fc.nat(),
    fc.oneof(
      fc.constantFrom('', '01', '-1', '+1', '1.0', '1e3', '0x1', ' 1', 1, null, true, [], {}),
      fc.bigInt(MAX_UINT256 + 1n, MAX_UINT256 ** 2n).map(String),
    ),
    (line, n, wrong) => {
      const field = fieldOf(line, n)
      const was = lines[line - 1]?.[field]
      fc.pre(typeof was === 'string' && /^\d+$/.test(was))
      const problem = problemOf(logWith(line, { [field]: wrong }))
      expect(problem).toMatchObject({ rule: 'LOG-2', line, field })
    },
  ),
)

test('LOG-2 a block time is a number of 48 bits', () => {
  for (const t of ['100', -1, 1.5, 2 ** 48, null])
    expect(problemOf(logWith(10, { t }))).toMatchObject({ rule: 'LOG-2', line: 10, field: 't' })
  expect(problemOf(logWith(10, { t: 2 ** 48 - 1 }))).toBeUndefined()
})

law(
  'LOG-3',
  'an event has all its fields and no other, but for those that it may have',
  fc.property(fc.integer({ min: 2, max: lines.length }), fc.nat(), (line, n) => {
    const field = fieldOf(line, n)
    const without = problemOf(logWith(line, { [field]: undefined }))
    if (field === 'feed' || field === 'who') expect(without).toBeUndefined()
    else expect(without).toMatchObject({ line, field })
    expect(problemOf(logWith(line, { other: '1' }))).toMatchObject({ line, field: 'other' })
  }),
)

test('LOG-3 what is no event and no change is refused by its name', () => {
  for (const name of ['Digs', 'kick', '', 7, null, 'toString'])
    expect(problemOf(logWith(4, { name }))).toMatchObject({ rule: 'LOG-3', line: 4, field: 'name' })
  for (const line of ['[]', '7', 'null', '"Kick"'])
    expect(problemOf(`${clipperLog}${line}\n`)).toMatchObject({ rule: 'LOG-3', line: 11 })
})

law(
  'LOG-4',
  'a line is no earlier than the one before it',
  fc.property(
    fc.integer({ min: 3, max: lines.length }),
    fc.integer({ min: 1, max: 100 }),
    (line, by) => {
      const before = Number(lines[line - 2]?.['t'])
      const problem = problemOf(logWith(line, { t: before - by }))
      expect(problem).toMatchObject({ rule: 'LOG-4', line, field: 't', found: `${before - by}` })
      expect(problemOf(logWith(line, { t: before }))).toBeUndefined()
    },
  ),
)

test('LOG-6 a line that is broken off, blank or has a field twice is refused', () => {
  const broken = clipperLog.slice(0, -20)
  expect(problemOf(broken)).toMatchObject({ rule: 'DEC-17', line: 10 })
  expect(problemOf(clipperLog.replace('\n', '\n\n'))).toMatchObject({ rule: 'DEC-17', line: 2 })
  expect(problemOf(`${clipperLog}\n`)).toMatchObject({ line: 11 })
  expect(problemOf(clipperLog.replace('"t":250', '"t":250,"t":250'))).toMatchObject({
    line: 5,
    field: 't',
    wanted: 'this field once',
  })
})
