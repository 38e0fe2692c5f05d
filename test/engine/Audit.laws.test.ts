/**
 * Laws of Audit: spec/10-ports.md. Whatever is changed in a store is found.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Port, Totals } from '../../src/engine/index.js'
import { History } from '../../src/testing/index.js'
import { law } from '../law.js'
import { replayed } from './histories.js'
import { faultOf, rehashed, type Rows, rowsOf } from './tamper.js'

type Change = readonly [name: string, rows: (rows: Rows, which: number) => Rows | undefined]

const at = <A>(all: readonly A[], which: number): A | undefined =>
  all[which % Math.max(1, all.length)]

const changed = <A>(
  all: readonly A[],
  one: A | undefined,
  into: readonly A[],
): readonly A[] | undefined =>
  one === undefined ? undefined : all.flatMap((each) => (each === one ? into : [each]))

/** Changes one row of a kind, if there is any. */
const row =
  <Kind extends Exclude<keyof Rows, 'totals'>>(
    kind: Kind,
    change: (row: Rows[Kind][number]) => readonly Rows[Kind][number][],
    fits: (row: Rows[Kind][number]) => boolean = () => true,
  ): Change[1] =>
  (rows, which) => {
    const all = rows[kind] as readonly Rows[Kind][number][]
    const one = at(all.filter(fits), which)
    const list = one === undefined ? undefined : changed(all, one, change(one))
    return list === undefined ? undefined : { ...rows, [kind]: list }
  }

/** The last digit of a text, another one. */
const otherDigit = (text: string): string =>
  text.replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10))

const isCheckpoint = ({ stream }: Port.Entry): boolean => stream === 'checkpoints'
const isLast = (rows: Rows, { sequence, stream }: Port.Entry): boolean =>
  !rows.entries.some((one) => one.stream === stream && one.sequence > sequence)

/** What happens to entries that a checkpoint covers, by somebody who hashes them again. */
const forged =
  (
    change: (entries: readonly Port.Entry[], victim: Port.Entry) => readonly Port.Entry[],
  ): Change[1] =>
  (rows, which) => {
    const end = rows.entries.map(isCheckpoint).lastIndexOf(true)
    const victim = at(
      rows.entries.slice(0, Math.max(0, end)).filter((one) => !isCheckpoint(one)),
      which,
    )
    if (victim === undefined) return undefined
    // The covering checkpoint must be one that comes after it.
    const entries = rehashed(change(rows.entries, victim))
    const kept = entries.map((entry, i) => {
      const before = rows.entries.length === entries.length ? rows.entries[i] : undefined
      return before !== undefined && isCheckpoint(before) ? before : entry
    })
    return { ...rows, entries: kept }
  }

const changes: readonly Change[] = [
  ['the data of an entry', row('entries', (one) => [{ ...one, data: otherDigit(one.data) }])],
  ['the command of an entry', row('entries', (one) => [{ ...one, command: `${one.command}x` }])],
  [
    'the type of an entry',
    row(
      'entries',
      (one) => [{ ...one, type: 'Healed' }],
      ({ type }) => type !== 'Healed',
    ),
  ],
  ['the hash of an entry', row('entries', (one) => [{ ...one, hash: otherDigit(one.hash) }])],
  ['an entry twice', row('entries', (one) => [one, one])],
  [
    'an entry that others follow, gone',
    (rows, which) =>
      row(
        'entries',
        () => [],
        (one) => !isLast(rows, one),
      )(rows, which),
  ],
  [
    'an entry that checkpoints name, told anew',
    forged((all, victim) =>
      all.map((one) => (one === victim ? { ...one, data: otherDigit(one.data) } : one)),
    ),
  ],
  [
    'the stream of an entry that checkpoints name, gone',
    forged((all, { stream }) => all.filter((one) => one.stream !== stream)),
  ],
  ['the amount of a transfer', row('transfers', (one) => [{ ...one, amount: one.amount + 1n }])],
  [
    'who a transfer is to',
    row(
      'transfers',
      (one) => [{ ...one, to: 'Bidder eve' }],
      ({ to }) => to !== 'Bidder eve',
    ),
  ],
  ['a transfer gone', row('transfers', () => [])],
  ['a transfer twice', row('transfers', (one) => [one, one])],
  ['a transfer of no entry', row('transfers', (one) => [one, { ...one, sequence: 10 ** 9 }])],
  ['the units of a payment', row('payments', (one) => [{ ...one, units: one.units + 1n }])],
  [
    'the party of a payment',
    row(
      'payments',
      (one) => [{ ...one, party: 'Bidder eve' }],
      ({ party }) => party !== 'Bidder eve',
    ),
  ],
  ['a payment gone', row('payments', () => [])],
  // That nothing happened leaves no trace but its outcome.
  [
    'an outcome gone',
    row(
      'outcomes',
      () => [],
      ({ answer }) => answer.includes('sequence'),
    ),
  ],
  [
    'what an outcome says',
    row(
      'outcomes',
      (one) => [{ ...one, answer: otherDigit(one.answer) }],
      ({ answer }) => /sequence/.test(answer),
    ),
  ],
  [
    'an outcome of nothing that happened',
    row(
      'outcomes',
      (one) => [one, { ...one, id: '\uffff' }],
      ({ answer }) => /sequence/.test(answer),
    ),
  ],
  ['a snapshot', row('snapshots', (one) => [{ ...one, state: otherDigit(one.state) }])],
  ['the hash of a snapshot', row('snapshots', (one) => [{ ...one, hash: otherDigit(one.hash) }])],
  ['a snapshot of no entry', row('snapshots', (one) => [{ ...one, sequence: 10 ** 9 }])],
  [
    'a total',
    (rows, which) => {
      const name = at([...rows.totals.keys()], which)
      return name === undefined
        ? undefined
        : { ...rows, totals: new Map([...rows.totals, [name, (rows.totals.get(name) ?? 0n) + 1n]]) }
    },
  ],
  [
    'a total of nothing',
    (rows) => ({ ...rows, totals: new Map([...rows.totals, ['line/inFlight/NONE', 1n]]) }),
  ],
]

const missed = new Map<string, number>()
const found = new Map<string, number>()

law(
  'PRT-15',
  'whatever is changed in a store is found, and nothing is where nothing was changed',
  fc.asyncProperty(History.history, fc.nat(), async (history, which) => {
    const { store } = await replayed(history)
    const rows = await rowsOf(store)
    expect(await faultOf(store, rows)).toBe(undefined)
    for (const [name, change] of changes) {
      const other = change(rows, which)
      if (other === undefined) continue
      const fault = await faultOf(store, other)
      const counted = fault === undefined ? missed : found
      counted.set(name, (counted.get(name) ?? 0) + 1)
    }
  }),
  { numRuns: 60 },
)

test('PRT-15 every change was made many times, and none was missed', () => {
  expect([...missed]).toEqual([])
  for (const [name] of changes) expect([name, (found.get(name) ?? 0) > 5]).toEqual([name, true])
})

law(
  'PRT-14',
  'a store that is told anew from the first entry is found by an anchor that was kept, and by nothing else',
  fc.asyncProperty(History.history, async (history) => {
    const { engine, store } = await replayed(history)
    await engine.checkpoint()
    const rows = await rowsOf(store)
    const last = rows.entries.filter(isCheckpoint).at(-1)
    if (last === undefined) throw new Error('no checkpoint')
    const anchor = { sequence: last.sequence, hash: last.hash }
    expect(await faultOf(store, rows, anchor)).toBe(undefined)
    const gone = { ...rows, entries: rows.entries.filter((one) => !isCheckpoint(one)) }
    expect(await faultOf(store, gone)).toBe(undefined)
    expect(await faultOf(store, gone, anchor)).toMatchObject({ rule: 'PRT-14', what: 'the anchor' })
    const other = { ...anchor, hash: otherDigit(anchor.hash) }
    expect(await faultOf(store, rows, other)).toMatchObject({ rule: 'PRT-14' })
  }),
  { numRuns: 20 },
)

law(
  'PRT-9',
  'the totals of a store are what its events come to',
  fc.asyncProperty(History.history, async (history) => {
    const { book, store } = await replayed(history)
    const { totals } = await rowsOf(store)
    expect(new Map([...totals].filter(([, amount]) => amount !== 0n))).toEqual(Totals.of(book))
  }),
)
