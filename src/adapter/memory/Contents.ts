/**
 * Contents: what a store in memory keeps, and what a body that runs alone adds to it.
 *
 * What is kept only ever grows, so that a view is a note of how long everything was; the two maps whose
 * values are replaced are copied by the first write after a view.
 *
 * Laws: PRT-3, PRT-5, PRT-9, PRT-16 (spec/10-ports.md).
 */

import type {
  Cursor,
  Entry,
  Found,
  Outcome,
  Page,
  Payment,
  Snapshot,
  Transfer,
  Wanted,
  Write,
} from '../../engine/Port.js'

// Model

/** Things in the order in which they came, and where those are that are found under a name. */
interface Shelf<A> {
  readonly all: A[]
  readonly places: Map<string, number[]>
}

/** What entries are checked against, and most of what is read. */
interface Known {
  /** Found under the names of their streams. */
  readonly entries: Shelf<Entry>
  readonly outcomes: Map<string, Outcome>
  snapshots: Map<string, Snapshot>
}

interface Sum {
  readonly amount: bigint
  readonly deltas: number
}

export interface Contents extends Known {
  /** Found under their entries. */
  readonly transfers: Shelf<Transfer>
  readonly payments: Shelf<Payment>
  totals: Map<string, Sum>
  /** Whether a view reads the maps of snapshots and totals: they are then copied before they change. */
  isViewed: boolean
}

/** What is to be stored together, and nobody else sees yet. */
export interface Draft extends Known {
  readonly writes: Write[]
  /** Whether it met a conflict, or ended: nothing is added any more. */
  isOver: boolean
}

/** What was there at one instant. */
export interface Still {
  readonly since: (after: Cursor | undefined, limit: number) => Page | undefined
  readonly transfers: (of: Named) => readonly Transfer[]
  readonly payments: (of: Named) => readonly Payment[]
  readonly outcomes: (after: string | undefined, limit: number) => readonly Outcome[]
  readonly snapshots: (after: string | undefined, limit: number) => readonly Snapshot[]
  readonly totals: () => ReadonlyMap<string, bigint>
  readonly counts: {
    readonly entries: number
    readonly transfers: number
    readonly payments: number
  }
}

type Named = readonly Pick<Entry, 'stream' | 'sequence'>[]

// Constructors

const shelf = <A>(): Shelf<A> => ({ all: [], places: new Map() })

const known = (): Known => ({ entries: shelf(), outcomes: new Map(), snapshots: new Map() })

export const empty = (): Contents => ({
  ...known(),
  transfers: shelf(),
  payments: shelf(),
  totals: new Map(),
  isViewed: false,
})

export const draft = (): Draft => ({ ...known(), writes: [], isOver: false })

/** Two entries never have the same name: a sequence holds no space. */
const nameOf = ({ sequence, stream }: Named[number]): string => `${sequence} ${stream}`

// Queries

const length = ({ all }: Shelf<unknown>): number => all.length

/** What stands under a name, from one of its places to before another, of the first `size` things that there are. */
const under = <A>(
  { all, places }: Shelf<A>,
  name: string,
  [from, to]: readonly [number, number?] = [0],
  size: number = all.length,
): readonly A[] => {
  const found = places.get(name)?.slice(Math.max(from, 0), to && Math.max(to, 0)) ?? []
  return (size < all.length ? found.filter((place) => place < size) : found).map(
    (place) => all[place] as A,
  )
}

const first = ({ entries }: Known, stream: string): Entry | undefined =>
  entries.all[entries.places.get(stream)?.[0] ?? -1]

const last = ({ entries }: Known, stream: string): Entry | undefined =>
  entries.all[entries.places.get(stream)?.at(-1) ?? -1]

const isLast = (last: Entry | undefined, sequence: number, hash: string): boolean =>
  sequence === (last?.sequence ?? 0) && hash === (last?.hash ?? '0'.repeat(64))

const follows = (before: Entry | undefined, { previous, sequence }: Entry): boolean =>
  isLast(before, sequence - 1, previous)

/** The entries of a stream after a sequence, up to one: those that are stored, then those of the draft. */
const entries = (
  contents: Contents,
  draft: Draft,
  stream: string,
  from: number,
  to = Infinity,
): readonly Entry[] => {
  const before = (first(draft, stream)?.sequence ?? Infinity) - 1
  return [
    ...under(contents.entries, stream, [from, Math.min(to, before)]),
    ...(before < to ? under(draft.entries, stream, [from - before, to - before]) : []),
  ]
}

const find = (
  contents: Contents,
  draft: Draft,
  { stream, from }: Wanted['streams'][number],
): { readonly snapshot: Snapshot | undefined; readonly entries: readonly Entry[] } => {
  switch (from) {
    case 'last': {
      const entry = last(draft, stream) ?? last(contents, stream)
      return { snapshot: undefined, entries: entry === undefined ? [] : [entry] }
    }
    case 'snapshot': {
      const snapshot = draft.snapshots.get(stream) ?? contents.snapshots.get(stream)
      return { snapshot, entries: entries(contents, draft, stream, snapshot?.sequence ?? 0) }
    }
    default:
      return { snapshot: undefined, entries: entries(contents, draft, stream, from) }
  }
}

const sumOf = ({ totals }: Contents, total: string): Sum =>
  totals.get(total) ?? { amount: 0n, deltas: 0 }

/** A total after a write: what the write folds includes its own deltas. */
const added =
  (total: string) =>
  (sum: Sum, { deltas, fold }: Write): Sum => {
    const own = deltas.filter((delta) => delta.total === total)
    const count = sum.deltas + own.length
    return {
      amount: own.reduce((amount, delta) => amount + delta.amount, sum.amount),
      deltas: fold.includes(total) ? Math.min(count, 1) : count,
    }
  }

/** What is wanted of what is stored and what is drafted. */
export const read = (contents: Contents, draft: Draft, wanted: Wanted): Found => ({
  streams: new Map(wanted.streams.map((one) => [one.stream, find(contents, draft, one)])),
  outcomes: new Map(
    wanted.outcomes.flatMap((id) => {
      const outcome = draft.outcomes.get(id) ?? contents.outcomes.get(id)
      return outcome === undefined ? [] : [[id, outcome]]
    }),
  ),
  totals: new Map(
    wanted.totals.map((total) => [
      total,
      draft.writes.reduce(added(total), sumOf(contents, total)),
    ]),
  ),
  entries: wanted.entries.flatMap(({ sequence, stream }) =>
    entries(contents, draft, stream, sequence - 1, sequence),
  ),
})

/** Entries after a place, which says how many there are before it; nothing, where it is no place. */
export const since = (
  { entries }: Contents,
  after: Cursor | undefined,
  limit: number,
  size: number = length(entries),
): Page | undefined => {
  if (after !== undefined && !/^\d+$/.test(after)) return undefined
  const from = Number(after ?? 0)
  const found = entries.all.slice(from, Math.min(from + limit, size))
  const next = from + found.length
  return { entries: found, next: next === 0 ? undefined : String(next) }
}

/** Pages of things in the order of their names: put in order when first asked for. */
const paged = <A>(
  make: () => Iterable<A>,
  name: (one: A) => string,
): ((after: string | undefined, limit: number) => readonly A[]) => {
  let sorted: readonly A[] | undefined
  return (after, limit) => {
    sorted ??= [...make()].sort((a, b) => (name(a) < name(b) ? -1 : 1))
    const from = after === undefined ? 0 : sorted.findIndex((one) => name(one) > after)
    return from < 0 ? [] : sorted.slice(from, from + limit)
  }
}

/** What is there now, whatever is stored from now on. */
export const still = (contents: Contents): Still => {
  contents.isViewed = true
  const { entries, outcomes, payments, snapshots, totals, transfers } = contents
  const counts = {
    entries: length(entries),
    transfers: length(transfers),
    payments: length(payments),
  }
  const { size } = outcomes
  return {
    since: (after, limit) => since(contents, after, limit, counts.entries),
    transfers: (of) => of.flatMap((one) => under(transfers, nameOf(one), [0], counts.transfers)),
    payments: (of) => of.flatMap((one) => under(payments, nameOf(one), [0], counts.payments)),
    outcomes: paged(
      () => [...outcomes.values()].slice(0, size),
      ({ id }) => id,
    ),
    snapshots: paged(
      () => snapshots.values(),
      ({ stream }) => stream,
    ),
    totals: () => new Map([...totals].map(([total, { amount }]) => [total, amount])),
    counts,
  }
}

// Transitions

const put = <A>({ all, places }: Shelf<A>, name: string, one: A): void => {
  const there = places.get(name)
  if (there === undefined) places.set(name, [all.length])
  else there.push(all.length)
  all.push(one)
}

/** Adds a write to a draft; one that does not follow what is stored and drafted ends it. Whether it went on. */
export const add = (contents: Contents, draft: Draft, write: Write): boolean => {
  if (draft.isOver) return false
  for (const { hash, sequence, stream } of write.upon)
    if (!isLast(last(draft, stream) ?? last(contents, stream), sequence, hash)) draft.isOver = true
  for (const entry of write.entries) {
    const before = last(draft, entry.stream) ?? last(contents, entry.stream)
    if (!follows(before, entry)) draft.isOver = true
    put(draft.entries, entry.stream, entry)
  }
  for (const outcome of write.outcomes) {
    if (draft.outcomes.has(outcome.id) || contents.outcomes.has(outcome.id)) draft.isOver = true
    draft.outcomes.set(outcome.id, outcome)
  }
  for (const snapshot of write.snapshots) draft.snapshots.set(snapshot.stream, snapshot)
  draft.writes.push(write)
  return !draft.isOver
}

const keep = (contents: Contents, write: Write): void => {
  for (const entry of write.entries) put(contents.entries, entry.stream, entry)
  for (const transfer of write.transfers) put(contents.transfers, nameOf(transfer), transfer)
  for (const payment of write.payments) put(contents.payments, nameOf(payment), payment)
  for (const outcome of write.outcomes) contents.outcomes.set(outcome.id, outcome)
  for (const snapshot of write.snapshots) contents.snapshots.set(snapshot.stream, snapshot)
  for (const total of new Set([...write.deltas.map((delta) => delta.total), ...write.fold]))
    contents.totals.set(total, added(total)(sumOf(contents, total), write))
}

/** Stores what was drafted, unless somebody stored what it conflicts with. Whether it did. */
export const commit = (contents: Contents, draft: Draft): boolean => {
  const isNext = [...draft.entries.places.keys()].every((stream) => {
    const entry = first(draft, stream)
    return entry === undefined || follows(last(contents, stream), entry)
  })
  const isNew = [...draft.outcomes.keys()].every((id) => !contents.outcomes.has(id))
  if (draft.isOver || !isNext || !isNew) return false
  if (contents.isViewed) {
    contents.snapshots = new Map(contents.snapshots)
    contents.totals = new Map(contents.totals)
    contents.isViewed = false
  }
  for (const write of draft.writes) keep(contents, write)
  return true
}
