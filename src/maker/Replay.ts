/**
 * Replay: a journal held to the engine: each event is worked out again from what was recorded before it.
 *
 * What was recorded is what the next event starts from, so that a difference is told where it is, and at
 * most once more at the next event of its lot.
 *
 * Laws: LOG-4 to LOG-11 (spec/15-log.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Dutch, Fixed, Seizure } from '../core/index.js'
import * as Clipper from './Clipper.js'
import type { Failure, Outcome } from './Failure.js'
import * as Filed from './File.js'
import type { Entry, File, Terms } from './Journal.js'
import type * as Log from './Log.js'
import * as Sales from './Sales.js'

// Model

type Value = string | bigint | number

/** A field of a line that is not as the engine has it, and what it would be. */
export interface Difference {
  readonly line: number
  readonly name: Entry['name']
  /** The lot; none of a change of terms. */
  readonly id: bigint | undefined
  readonly field: string
  readonly found: Value
  readonly wanted: Value
}

/** What the journal tells of a lot. */
export interface Lot {
  readonly id: bigint
  /** When it was kicked, if the journal says so. */
  readonly openedAt: Fixed.Seconds | undefined
  readonly events: number
  /** What was owed: of a lot that no bark tells of, all that it is to raise. */
  readonly debt: bigint
  readonly paid: bigint
  /** What is left to raise, and to sell; as recorded. */
  readonly tab: bigint
  readonly lot: bigint
  readonly ended: boolean
  readonly differences: readonly Difference[]
}

/** A journal, checked. */
export interface Replayed {
  /** How many events were checked, and how many changes of terms were followed. */
  readonly events: number
  readonly changes: number
  readonly lots: readonly Lot[]
  readonly differences: readonly Difference[]
}

/** An entry, and the line of a file on which it stands. */
export interface Line {
  readonly line: number
  readonly entry: Entry
}

type Found = Pick<Difference, 'field' | 'found' | 'wanted'>

interface State {
  terms: Terms
  clip: Sales.Clip
  readonly sales: Map<bigint, Sales.Sale>
  readonly lots: Map<bigint, Lot>
  /** The lot of the line before, if that is a kick. */
  kicked: (Sales.Sale & { readonly t: Fixed.Seconds }) | undefined
}

// Constructors

const clipOf = (terms: Terms, kicks: bigint): Sales.Clip => ({
  auction: Clipper.compile(terms, terms.chost),
  stopped: terms.stopped,
  kicks,
})

const unseen = (id: bigint): Lot => ({
  id,
  openedAt: undefined,
  events: 0,
  debt: 0n,
  paid: 0n,
  tab: 0n,
  lot: 0n,
  ended: false,
  differences: [],
})

// Queries

/** A call that the contract would have refused. */
const refused = ({ name }: Entry, { reason }: Failure): readonly Found[] => [
  { field: 'name', found: name, wanted: `no such call: ${reason || 'it fails without a reason'}` },
]

/** The fields of an entry that are not as the engine has them; or the whole, where it refuses the call. */
const differing = (
  entry: Exclude<Entry, File>,
  answer: Outcome<Readonly<Partial<Record<string, Value>>>>,
): readonly Found[] => {
  if (E.isLeft(answer)) return refused(entry, answer.left)
  const recorded = new Map<string, Value>(Object.entries(entry))
  return Object.entries(answer.right).flatMap(([field, wanted = '']) => {
    const found = recorded.get(field) ?? ''
    return found === wanted ? [] : [{ field, found, wanted }]
  })
}

const logOf = (
  answer: Outcome<{ readonly log: Log.OfClipper }>,
): Outcome<Readonly<Partial<Record<string, Value>>>> =>
  E.isLeft(answer) ? answer : E.right({ ...answer.right.log })

/** The differences of the first call that has none, or else those of the first. */
const best = (calls: readonly (readonly Found[])[]): readonly Found[] =>
  calls.find((found) => found.length === 0) ?? calls[0] ?? []

/** The least market price from which a sale starts at `price` or above; past all that a feed can answer if none does. */
export const leastMarket = (sale: Dutch.Compiled, asset: string, price: bigint): Fixed.Ray => {
  const reaches = (feed: bigint): boolean => {
    const top = Dutch.startPriceOf(sale, asset, Fixed.ray(feed))
    // Where the start price is no number any more, it is above all.
    return E.isRight(top) ? top.right >= price : top.left._tag === 'OutOfRange'
  }
  let low = 1n
  let high = Fixed.MAX_UINT256 + 1n
  while (low < high) {
    const middle = (low + high) / 2n
    if (reaches(middle)) high = middle
    else low = middle + 1n
  }
  return Fixed.ray(low)
}

/** The feeds that may have been read: the one that is logged, or the least and the greatest that lead to `top` (LOG-7). */
const feedsOf = (
  { clip, terms }: State,
  { feed, top }: { readonly feed?: bigint; readonly top: bigint },
): readonly Sales.Feed[] => {
  const sale = Sales.compiledSale(clip)
  if (feed !== undefined || sale === undefined) return [E.right(Fixed.ray(feed ?? 0n))]
  const least = leastMarket(sale, terms.gem, top)
  const most = leastMarket(sale, terms.gem, top + 1n) - 1n
  return (most > least ? [least, most] : [least]).map((feed) => E.right(Fixed.ray(feed)))
}

/**
 * What a buyer may have asked for (LOG-9): all, where he paid all; a unit more than he got, or just that, where the
 * least target is left, to which a sale is cut; else what he got.
 */
const asksOf = ({ terms }: State, before: Sales.Sale | undefined, take: Log.Take): bigint[] => {
  const slice = (before?.lot ?? take.lot) - take.lot
  if (slice < 0n) return [0n]
  if (take.owe === before?.tab) return [Fixed.MAX_UINT256]
  return take.tab === terms.chost ? [slice + 1n, slice] : [slice]
}

const checkBark = ({ clip, kicked, terms }: State, bark: Entry & Log.Bark): readonly Found[] => {
  if (kicked?.id !== bark.id)
    return [{ field: 'id', found: bark.id, wanted: 'the id of a Kick on the line before' }]
  const { lot, tab, usr } = kicked
  const due = Fixed.rad(bark.due)
  return [
    ...differing(bark, E.right({ t: kicked.t, ilk: terms.ilk, urn: usr, ink: lot })),
    ...(Seizure.targetOf(clip.auction.terms, due) === tab
      ? []
      : [{ field: 'due', found: due, wanted: `a debt that makes a tab of ${tab}` }]),
    ...(bark.art > 0n && due % bark.art === 0n
      ? []
      : [{ field: 'art', found: bark.art, wanted: `shares that ${due} is a multiple of` }]),
  ]
}

/** What differs in an event, from the state before it. */
const check = (state: State, entry: Exclude<Entry, File>): readonly Found[] => {
  const { clip } = state
  const { t: at } = entry
  const before = state.sales.get(entry.id)
  switch (entry.name) {
    case 'Bark':
      return checkBark(state, entry)
    case 'Kick': {
      const { kpr, usr } = entry
      const kicked = { at, kpr, usr, lot: Fixed.wad(entry.lot), tab: Fixed.rad(entry.tab) }
      return best(
        feedsOf(state, entry).map((feed) =>
          differing(entry, logOf(Sales.kick(clip, feed, kicked))),
        ),
      )
    }
    case 'Take': {
      const asked = { at, max: Fixed.ray(entry.max), who: entry.who ?? '' }
      return best(
        asksOf(state, before, entry).map((amt) =>
          differing(entry, logOf(Sales.take(clip, before, { ...asked, amt: Fixed.wad(amt) }))),
        ),
      )
    }
    case 'Redo':
      return best(
        feedsOf(state, entry).map((feed) =>
          differing(entry, logOf(Sales.redo(clip, before, feed, { at, kpr: entry.kpr }))),
        ),
      )
    case 'Yank': {
      const yanked = Sales.yank(clip, before, at)
      return differing(entry, E.isLeft(yanked) ? yanked : E.right({ id: entry.id }))
    }
  }
}

// Transitions

/** Lets a lot be as it was recorded to be. */
const follow = (state: State, entry: Exclude<Entry, File>): Lot => {
  const { id, t } = entry
  const seen = state.lots.get(id) ?? unseen(id)
  const lot: Lot = { ...seen, events: seen.events + 1 }
  const before = state.sales.get(id)
  switch (entry.name) {
    case 'Bark':
      return { ...lot, debt: entry.due }
    case 'Kick':
    case 'Redo': {
      const { usr } = entry
      const left = { lot: Fixed.wad(entry.lot), tab: Fixed.rad(entry.tab) }
      const sale = { id, ...left, usr, tic: t, top: Fixed.ray(entry.top) }
      state.sales.set(id, sale)
      if (entry.name === 'Redo') return { ...lot, ...left }
      state.kicked = { ...sale, t }
      state.clip = { ...state.clip, kicks: id }
      return { ...lot, ...left, openedAt: t, debt: entry.tab }
    }
    case 'Take': {
      const ended = entry.lot === 0n || entry.tab === 0n
      if (ended) state.sales.delete(id)
      else if (before !== undefined) state.sales.set(id, Sales.after(before, entry))
      return { ...lot, paid: lot.paid + entry.owe, tab: entry.tab, lot: entry.lot, ended }
    }
    case 'Yank':
      state.sales.delete(id)
      return { ...lot, ended: true }
  }
}

/** The contract that keeps a parameter. */
const contractOf = ({ calc }: Terms, what: File['what']): Filed.Contract => {
  switch (what) {
    case 'mat':
      return 'Spotter of an ilk'
    case 'hole':
    case 'chop':
      return 'Dog of an ilk'
    case 'dust':
      return 'Vat of an ilk'
    case 'tau':
    case 'step':
    case 'cut':
      return calc._tag
    default:
      return 'Clipper'
  }
}

/** The terms after a change, as the contract stores it, or why it does not (LOG-5). */
export const filed = (terms: Terms, file: File): Outcome<Terms> => {
  if (file.what === 'calc') return E.right({ ...terms, calc: file.data })
  const { data, what } = file
  if (what === 'chost') return E.right({ ...terms, chost: Fixed.rad(data) })
  const stored = Filed.file(contractOf(terms, what), what, data)
  if (E.isLeft(stored)) return stored
  const changed = { [what]: stored.right }
  return E.right(
    what in terms.calc
      ? { ...terms, calc: { ...terms.calc, ...changed } }
      : { ...terms, ...changed },
  )
}

const change = (state: State, file: Entry & File): readonly Found[] => {
  const after = filed(state.terms, file)
  if (E.isLeft(after)) return refused(file, after.left)
  state.terms = after.right
  state.clip = clipOf(after.right, state.clip.kicks)
  return []
}

/** Checks every event of a journal under the terms in force when it happened (LOG-4 to LOG-11). */
export const replay = (terms: Terms, lines: readonly Line[]): Replayed => {
  const kicks = lines.flatMap(({ entry }) => (entry.name === 'Kick' ? [entry.id] : []))[0] ?? 1n
  const state: State = {
    terms,
    clip: clipOf(terms, kicks - 1n),
    sales: new Map(),
    lots: new Map(),
    kicked: undefined,
  }
  const differences: Difference[] = []
  let changes = 0
  for (const { entry, line } of lines) {
    const isChange = entry.name === 'File'
    const id = isChange ? undefined : entry.id
    const found = (isChange ? change(state, entry) : check(state, entry)).map(
      (one): Difference => ({ line, name: entry.name, id, ...one }),
    )
    differences.push(...found)
    state.kicked = undefined
    if (isChange) {
      changes += 1
      continue
    }
    const lot = follow(state, entry)
    state.lots.set(lot.id, { ...lot, differences: [...lot.differences, ...found] })
  }
  return {
    events: lines.length - changes,
    changes,
    lots: [...state.lots.values()],
    differences,
  }
}
