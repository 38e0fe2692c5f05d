/**
 * Writes: what a case stores, what a list of it comes to, and what a store says that it has.
 */

import type {
  Cursor,
  Entry,
  EventStore,
  Outcome,
  Page,
  Payment,
  Session,
  Snapshot,
  Transfer,
  View,
  Wanted,
  Write,
} from '../../engine/Port.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { nothing, nothingWanted } from '../../engine/Port.js'
import { holds, right, still } from './Case.js'

// Model

/** All that a store has. Totals of nothing are left out. */
export interface All {
  readonly entries: readonly Entry[]
  readonly transfers: readonly Transfer[]
  /** By key. */
  readonly payments: readonly Payment[]
  readonly outcomes: ReadonlyMap<string, Outcome>
  readonly snapshots: ReadonlyMap<string, Snapshot>
  readonly totals: ReadonlyMap<string, bigint>
  readonly counts: {
    readonly entries: number
    readonly transfers: number
    readonly payments: number
  }
}

// Constructors

/** What stands in the place of a hash before the first entry. */
export const zeros: string = '0'.repeat(64)

/** Looks like the hash of a text, and differs where the text does: a store does not work hashes out. */
const hashOf = (text: string): string => {
  const words = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x7f4a7c15].map((start) => {
    let word = start
    for (let i = 0; i < text.length; i++) word = Math.imul(word ^ text.charCodeAt(i), 0x01000193)
    return (word >>> 0).toString(16).padStart(8, '0')
  })
  return words.join('').repeat(2)
}

/** The entry after another of its stream, or the first one. */
export const after = (
  before: Entry | undefined,
  stream: string,
  parts: Partial<Entry> = {},
): Entry => {
  const { command = 'c', data = '{}' } = parts
  const sequence = (before?.sequence ?? 0) + 1
  const previous = before?.hash ?? zeros
  const hash = hashOf(`${previous} ${sequence} ${command} ${data} ${stream}`)
  return { stream, sequence, type: 'Opened', format: 1, command, data, previous, hash, ...parts }
}

/** The next entries of a stream. */
export const chain = (
  stream: string,
  count: number,
  before?: Entry,
  parts: Partial<Entry> = {},
): readonly Entry[] => {
  const entries: Entry[] = []
  for (let last = before; entries.length < count; ) {
    last = after(last, stream, parts)
    entries.push(last)
  }
  return entries
}

/** A write of some parts, and nothing else. */
export const write = (parts: Partial<Write>): Write => ({ ...nothing, ...parts })

/** A write with something of everything, that follows from the next entry of a stream. */
export const full = (stream: string, before?: Entry): Write => {
  const entry = after(before, stream, { command: `c ${stream} ${before?.sequence ?? 0}` })
  const { command, hash, sequence } = entry
  const name = { stream, sequence }
  const amount = BigInt(sequence)
  return {
    upon: [{ stream, sequence: sequence - 1, hash: entry.previous }],
    entries: [entry],
    transfers: [
      { ...name, place: 0, asset: 'Money', from: 'Bidder', to: 'Repaid', amount },
      { ...name, place: 1, asset: 'Debt', from: 'Lot', to: 'Repaid', amount: 7n },
    ],
    deltas: [
      { total: 'flow', amount },
      { total: `flow ${stream}`, amount: -amount },
    ],
    outcomes: [{ id: command, fingerprint: `of ${command}`, answer: '[]' }],
    payments: [
      { key: `${command} a`, ...name, direction: 'pay', party: 'o', token: 'DAI', units: 4n },
      { key: `${command} b`, ...name, direction: 'collect', party: 'b', token: 'WBTC', units: 9n },
    ],
    snapshots: [{ ...name, hash, format: 1, state: `at ${sequence}` }],
    fold: [],
  }
}

/** What is wanted, and nothing else. */
export const wanted = (parts: Partial<Wanted>): Wanted => ({ ...nothingWanted, ...parts })

// Queries

export const nameOf = ({ sequence, stream }: Pick<Entry, 'stream' | 'sequence'>): string =>
  `${sequence} ${stream}`

/** The entries of a stream after a sequence, from its snapshot on, or the last one. */
export const read = async (
  session: Session,
  stream: string,
  from: number | 'snapshot' | 'last' = 0,
): Promise<readonly Entry[]> => {
  const found = await right('a read', session.read(wanted({ streams: [{ stream, from }] })))
  return found.streams.get(stream)?.entries ?? []
}

/** A total, and how many deltas it is made of. */
export const totalOf = async (
  session: Session,
  total: string,
): Promise<{ readonly amount: bigint; readonly deltas: number } | undefined> =>
  (await right('a read', session.read(wanted({ totals: [total] })))).totals.get(total)

const byKey = (payments: readonly Payment[]): readonly Payment[] =>
  [...payments].sort((a, b) => (a.key < b.key ? -1 : 1))

/** What writes, one after the other, come to. */
export const comeTo = (writes: readonly Write[]): All => {
  const totals = new Map<string, bigint>()
  for (const { amount, total } of writes.flatMap(({ deltas }) => deltas))
    totals.set(total, (totals.get(total) ?? 0n) + amount)
  const entries = writes.flatMap((one) => one.entries)
  const transfers = writes.flatMap((one) => one.transfers)
  const payments = byKey(writes.flatMap((one) => one.payments))
  return {
    entries,
    transfers,
    payments,
    outcomes: new Map(writes.flatMap(({ outcomes }) => outcomes).map((one) => [one.id, one])),
    snapshots: new Map(
      writes.flatMap(({ snapshots }) => snapshots).map((one) => [one.stream, one]),
    ),
    totals: new Map([...totals].filter(([, amount]) => amount !== 0n)),
    counts: {
      entries: entries.length,
      transfers: transfers.length,
      payments: payments.length,
    },
  }
}

/** A reader that goes on from where it stopped: it has met no entry twice. */
export interface Reader {
  readonly entries: Entry[]
  readonly seen: Set<string>
  after: Cursor | undefined
}

export const reader = (): Reader => ({ entries: [], seen: new Set(), after: undefined })

/** Reads one page on; whether there was anything. */
export const readOn = async (
  reader: Reader,
  since: (after: Cursor | undefined, limit: number) => TaskEither<unknown, Page>,
  limit: number,
): Promise<boolean> => {
  const { entries, next } = await right('a page', since(reader.after, limit))
  holds(`a page of ${entries.length} entries is within ${limit}`, entries.length <= limit)
  for (const entry of entries) {
    const name = nameOf(entry)
    holds(`the reader meets entry ${JSON.stringify(name)} once`, !reader.seen.has(name))
    reader.seen.add(name)
    reader.entries.push(entry)
  }
  reader.after = next
  return entries.length > 0
}

/** All entries, in pages. */
export const allEntries = async (
  since: (after: Cursor | undefined, limit: number) => TaskEither<unknown, Page>,
  limit = 1000,
): Promise<readonly Entry[]> => {
  const all = reader()
  while (await readOn(all, since, limit));
  return all.entries
}

/** All that comes in pages after names, by name. */
const paged = async <A>(
  next: (after: string | undefined, limit: number) => TaskEither<unknown, readonly A[]>,
  name: (one: A) => string,
  limit: number,
): Promise<ReadonlyMap<string, A>> => {
  const all = new Map<string, A>()
  let last: string | undefined
  for (;;) {
    const page = await right('a page', next(last, limit))
    holds(`a page of ${page.length} is within ${limit}`, page.length <= limit)
    for (const one of page) {
      holds(`${JSON.stringify(name(one))} comes once`, !all.has(name(one)))
      all.set(name(one), one)
      last = name(one)
    }
    if (page.length === 0) return all
  }
}

/** All that a view shows. */
export const allOf = async (view: View, limit = 100): Promise<All> => {
  const entries = await allEntries(view.since, limit)
  const transfers: Transfer[] = []
  const payments: Payment[] = []
  for (let i = 0; i < entries.length; i += limit) {
    const some = entries.slice(i, i + limit)
    transfers.push(...(await right('the transfers', view.transfers(some))))
    payments.push(...(await right('the payments', view.payments(some))))
  }
  const totals = [...(await right('the totals', view.totals))]
  return {
    entries,
    transfers,
    payments: byKey(payments),
    outcomes: await paged(view.outcomes, ({ id }) => id, limit),
    snapshots: await paged(view.snapshots, ({ stream }) => stream, limit),
    totals: new Map(totals.filter(([, amount]) => amount !== 0n)),
    counts: await right('the counts', view.counts),
  }
}

/** All that a store has, as one view shows it. */
export const contents = (store: EventStore, limit = 100): Promise<All> =>
  still(store, (view) => allOf(view, limit))
