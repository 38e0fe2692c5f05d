/**
 * Laws of Replay: spec/15-log.md. The logs are those of the recorded scenarios, which the engine had no part in.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { Csv, LogLines } from '../../src/codec/index.js'
import { Fixed } from '../../src/core/index.js'
import { type Journal, Replay } from '../../src/maker/index.js'
import { clipperLog, knockdownReplay, logWith } from '../examples/log.js'
import { law } from '../law.js'
import { linesOf } from '../vectors/dss.js'
import { logOf } from '../vectors/log.js'
import { object } from '../vectors/read.js'

const read = (text: string): LogLines.Log => {
  const log = LogLines.parse(text)
  if (E.isLeft(log)) throw new Error(Csv.render('log')(log.left))
  return log.right
}

const replay = ({ lines, terms }: Pick<LogLines.Log, 'lines' | 'terms'>): Replay.Replayed =>
  Replay.replay(terms, lines)

/** The logs of the scenarios of a file, with the prices that starts read or without. */
const logs = (file: string, isFed: boolean): readonly LogLines.Log[] =>
  linesOf(file).map((line) => read(logOf(object(JSON.parse(line), 'scenario'), isFed)))

const fed = logs('clip.jsonl.gz', true)

describe('the recorded scenarios', () => {
  const cases = [
    ['clip.jsonl.gz', true, fed],
    ['clip.jsonl.gz', false, logs('clip.jsonl.gz', false)],
    ['dog.jsonl.gz', true, logs('dog.jsonl.gz', true)],
    ['dog.jsonl.gz', false, logs('dog.jsonl.gz', false)],
  ] as const
  for (const [file, isFed, all] of cases)
    test(`LOG-11 nothing differs in ${file}, ${isFed ? 'with' : 'without'} the prices that starts read`, () => {
      const replayed = all.map(replay)
      expect(replayed.flatMap(({ differences }) => differences)).toEqual([])
      const count = (of: (one: Replay.Replayed) => number): number =>
        replayed.reduce((sum, one) => sum + of(one), 0)
      expect(count(({ events }) => events)).toBe(file === 'clip.jsonl.gz' ? 2196 : 1162)
      expect(count(({ changes }) => changes)).toBeGreaterThan(200)
    })

  test('LOG-9 among them are purchases of all, of a part, of what was cut to the minimum, of nothing and for nothing', () => {
    const kinds = fed.flatMap(({ lines, terms }) => {
      const lots = new Map<bigint, { readonly lot: bigint; readonly tab: bigint }>()
      let { chost } = terms
      return lines.flatMap(({ entry }) => {
        if (entry.name === 'File') {
          if (entry.what === 'chost') chost = Fixed.rad(entry.data)
          return []
        }
        if (entry.name === 'Bark' || entry.name === 'Yank') return []
        const before = lots.get(entry.id)
        lots.set(entry.id, entry)
        if (entry.name !== 'Take' || before === undefined) return []
        if (entry.owe === before.tab) return ['all']
        if (entry.lot === before.lot) return ['nothing']
        if (entry.price === 0n) return ['free']
        if (entry.tab !== chost) return ['part']
        return entry.owe % entry.price === 0n ? [] : ['cut']
      })
    })
    for (const kind of ['all', 'part', 'cut', 'nothing', 'free']) expect(kinds).toContain(kind)
  })
})

// A changed digit

type Entry = Journal.Entry
type Name = Entry['name']

/** A line of a log, and the next of its lot. */
interface Place {
  readonly log: LogLines.Log
  readonly i: number
  readonly next: Replay.Line | undefined
}

const idOf = (entry: Entry): bigint | undefined => ('id' in entry ? entry.id : undefined)

const places = (name: Name, isFit: (place: Place, entry: Entry) => boolean): readonly Place[] =>
  fed.flatMap((log) =>
    log.lines.flatMap(({ entry }, i) => {
      const after = log.lines.slice(i + 1)
      const place = { log, i, next: after.find((one) => idOf(one.entry) === idOf(entry)) }
      return entry.name === name && isFit(place, entry) ? [place] : []
    }),
  )

const withDigit = (value: bigint, at: number, by: number): bigint => {
  const digits = `${value}`
  const i = at % digits.length
  const digit = (Number(digits[i]) + by) % 10
  return BigInt(`${digits.slice(0, i)}${digit}${digits.slice(i + 1)}`)
}

/** The differences of a log in which one digit of a field of a line is another. */
const changed = ({ log, i }: Place, field: string, at: number, by: number): Replay.Replayed => {
  const lines = log.lines.map((line, j): Replay.Line => {
    if (j !== i) return line
    const value = (line.entry as unknown as Readonly<Record<string, bigint>>)[field] ?? 0n
    return { ...line, entry: { ...line.entry, [field]: withDigit(value, at, by) } }
  })
  return replay({ ...log, lines })
}

const always = (): boolean => true
const isBarked = ({ next }: Place): boolean => next?.entry.name === 'Bark'
/** What is free can be had in any amount. */
const isPaid = (_: Place, entry: Entry): boolean => entry.name === 'Take' && entry.price > 0n

type Field = readonly [Name, string, typeof isPaid | typeof isBarked]

const digit = fc.record({ at: fc.nat(77), by: fc.integer({ min: 1, max: 9 }) })

const caught = (name: Name, field: string, isFit: Field[2]) =>
  fc.property(fc.constantFrom(...places(name, isFit)), digit, (place, { at, by }) => {
    // A markup below one leads from several feeds to one start price.
    fc.pre(field !== 'feed' || place.log.terms.buf >= Fixed.RAY)
    expect(changed(place, field, at, by).differences).not.toEqual([])
  })

const ofStarts: readonly Field[] = [
  ['Kick', 'id', isBarked],
  ['Kick', 'top', always],
  ['Kick', 'coin', always],
  ['Kick', 'feed', always],
  ['Redo', 'top', always],
  ['Redo', 'tab', always],
  ['Redo', 'lot', always],
  ['Redo', 'coin', always],
]
for (const [name, field, isFit] of ofStarts)
  law('LOG-7', `a changed digit of ${name}.${field} is caught`, caught(name, field, isFit))

const ofBarks: readonly Field[] = [
  ['Kick', 'tab', isBarked],
  ['Kick', 'lot', isBarked],
  ['Bark', 'ink', always],
  ['Bark', 'due', always],
  ['Bark', 'id', always],
]
for (const [name, field, isFit] of ofBarks)
  law('LOG-8', `a changed digit of ${name}.${field} is caught`, caught(name, field, isFit))

const ofTakes: readonly Field[] = [
  ['Take', 'price', always],
  ['Take', 'owe', always],
  ['Take', 'tab', always],
  ['Take', 'lot', isPaid],
]
for (const [name, field, isFit] of ofTakes)
  law('LOG-9', `a changed digit of ${name}.${field} is caught`, caught(name, field, isFit))

law(
  'LOG-10',
  'what is not left as it should be is told where it is, and where the lot goes on from it',
  fc.property(
    fc.constantFrom(...places('Take', isPaid)),
    fc.constantFrom('owe', 'price', 'tab', 'lot'),
    digit,
    (place, field, { at, by }) => {
      const [here, next] = [place.log.lines[place.i]?.line, place.next?.line]
      const { differences } = changed(place, field, at, by)
      expect(differences.map(({ line }) => line)).toContain(here)
      const isEnded = differences.some(({ found }) => found === 0n)
      fc.pre(!isEnded)
      expect(differences.filter(({ line }) => line !== here && line !== next)).toEqual([])
    },
  ),
)

// Single cases

const where = (text: string): readonly (readonly [number, string])[] =>
  knockdownReplay(text).differences.map(({ field, line }) => [line, field])

test('LOG-7 where two feeds lead to one start price, what either pays will do', () => {
  const { terms } = read(clipperLog)
  // From 200 and from 201 a sale starts at 100; only from 201 is one unit worth the least target.
  const half: Journal.Terms = {
    ...terms,
    buf: Fixed.ray(Fixed.RAY / 2n),
    tail: 0n,
    chip: Fixed.wad(0n),
    tip: Fixed.rad(7n),
    chost: Fixed.rad(201n),
  }
  const started = { id: 1n, top: 100n, tab: 300n, lot: 1n, usr: 'ann', kpr: 'kim' }
  const coins = (coin: bigint): readonly string[] =>
    Replay.replay(half, [
      { line: 2, entry: { t: 1, name: 'Kick', ...started, coin: 7n } },
      { line: 3, entry: { t: 2, name: 'Redo', ...started, coin } },
    ]).differences.map(({ field }) => field)
  expect([coins(0n), coins(7n), coins(5n)]).toEqual([[], [], ['coin']])
})

test('LOG-8 a bark that does not follow its kick directly differs', () => {
  const [terms, kick, bark] = clipperLog.split('\n')
  const file = '{"t":100,"name":"File","what":"mat","data":"1"}'
  expect(where([terms, kick, bark].join('\n'))).toEqual([])
  expect(where([terms, kick, file, bark].join('\n'))).toEqual([[4, 'id']])
  expect(where([terms, bark].join('\n'))).toEqual([[2, 'id']])
})

test('LOG-9 a lot that has grown differs', () => {
  expect(where(logWith(4, { lot: `${11n * Fixed.WAD}` }))).toContainEqual([4, 'lot'])
})

test('LOG-10 a sale that is over, sold out or called off, is not there any more', () => {
  const yank = (id: number): string => `{"t":900,"name":"Yank","id":"${id}"}\n`
  expect(where(clipperLog + yank(1) + yank(2))).toEqual([
    [11, 'name'],
    [12, 'name'],
  ])
})

// Changes of terms

/** The log of the page with its change of the tip made another. */
const filed = (what: string, data: unknown): readonly (readonly [number, string])[] =>
  where(logWith(8, { what, data }))

test('LOG-5 a change counts from the next line on, in the bits that the contract keeps', () => {
  expect(filed('tip', '0')).toEqual([])
  // All but the low 192 bits of a tip are lost.
  expect(filed('tip', `${2n ** 192n}`)).toEqual([])
  expect(filed('tip', `${2n ** 191n}`)).toEqual([[9, 'coin']])
  expect(filed('stopped', '1')).toEqual([[9, 'coin']])
  expect(filed('stopped', '2')).toEqual([[9, 'name']])
  expect(filed('stopped', '3')).toEqual([
    [9, 'name'],
    [10, 'name'],
  ])
})

test('LOG-5 what the contract would not have stored differs', () => {
  expect(filed('chop', '1')[0]).toEqual([8, 'name'])
  expect(filed('cut', '1')[0]).toEqual([8, 'name'])
  expect(filed('calc', { _tag: 'ExponentialDecrease', cut: `${Fixed.RAY}` })[0]).toEqual([
    9,
    'coin',
  ])
})

test('LOG-5 every parameter can be changed', () => {
  const { terms } = read(clipperLog)
  const stairs: Journal.Terms = {
    ...terms,
    calc: { _tag: 'StairstepExponentialDecrease', step: 1n, cut: Fixed.RAY },
  }
  const changes: readonly Journal.File[] = [
    ...(['mat', 'buf', 'tail', 'cusp', 'chip', 'tip', 'hole', 'dust', 'chost'] as const).map(
      (what): Journal.File => ({ name: 'File', what, data: 0n }),
    ),
    { name: 'File', what: 'chop', data: Fixed.WAD },
    { name: 'File', what: 'stopped', data: 1n },
    { name: 'File', what: 'step', data: 7n },
    { name: 'File', what: 'cut', data: 7n },
    { name: 'File', what: 'calc', data: { _tag: 'LinearDecrease', tau: 1n } },
    { name: 'File', what: 'tau', data: 7n },
  ]
  const { changes: count, differences } = Replay.replay(
    stairs,
    changes.map((change, i) => ({ line: i + 2, entry: { t: i, ...change } })),
  )
  expect([count, differences]).toEqual([changes.length, []])
})
