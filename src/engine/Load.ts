/**
 * Load: what a step needs of a store, put together as the part of a book that the step touches.
 *
 * Laws: PRT-7 to PRT-9, PRT-18 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { Fixed, Treasury } from '../core/index.js'
import type * as Book from './Book.js'
import { type End, endOf as atEnd, nameOf, start } from './Chain.js'
import {
  type Entry,
  type Found,
  type Head,
  nothingWanted,
  type Outcome,
  type PriceFeed,
  type Quoted,
  type Session,
  type Unavailable,
  type Wanted,
} from './Port.js'
import { atHand, type Before, foundNothing, known, whole } from './AtHand.js'
import * as Record from './Record.js'
import { type Happened, read as readOutcome, type Request, type Said } from './Request.js'
import * as Lots from './Lots.js'
import * as Needs from './Needs.js'
import * as Settings from './Settings.js'
import * as Totals from './Totals.js'

// Model

type Failure = Unavailable | Record.Unreadable

/** What is known before a step is decided. The book and the ends change as it is. */
export interface Loaded {
  readonly settings: Settings.Settings
  /** Whether these settings are not what was known before, and more, but read from the first entry on. */
  readonly isAnew: boolean
  readonly book: Book.Book
  /** Where each stream ends that may go on. */
  readonly ends: Map<string, End>
  /** The lots by their streams, as they were read. */
  readonly lots: ReadonlyMap<string, Lots.Kept>
  /** How each position was held last, and each price quoted. */
  readonly held: ReadonlyMap<string, Record.Held>
  readonly quoted: ReadonlyMap<string, Quoted>
  readonly outcomes: ReadonlyMap<string, { readonly outcome: Outcome; readonly said: Said }>
  /** What earlier commands came to, by the name of the entry. */
  readonly earlier: ReadonlyMap<string, Happened>
  /** Where streams are taken to end that nothing need follow in: what is decided holds if they do. */
  readonly upon: readonly Head[]
  /** The totals that consist of many deltas. */
  readonly long: readonly string[]
}

/** More deltas than this are made one by who may. */
const MOST_DELTAS = 64

// Reading

type Streams = Found['streams']

const endOf = (streams: Streams, stream: string): End => {
  const last = streams.get(stream)?.entries.at(-1)
  return last === undefined ? start : atEnd(last)
}

// Putting together

/** What the streams of one kind say last. */
const lastOf = <R extends Record.Record>(
  streams: Streams,
  kind: 'position/' | 'price/',
  is: (record: Record.Record) => record is R,
): E.Either<Record.Unreadable, readonly R[]> =>
  pipe(
    [...streams].flatMap(([stream, { entries }]) =>
      stream.startsWith(kind) ? entries.slice(-1) : [],
    ),
    Record.readAll,
    E.map((records) => records.filter(is)),
  )

const isHeld = (record: Record.Record): record is Record.Held => record._tag === 'Held'
const isQuoted = (record: Record.Record): record is Record.Quoted => record._tag === 'Quoted'

const byPosition = (all: readonly Record.Held[]): ReadonlyMap<string, Record.Held> =>
  new Map(all.map((held) => [held.position.id, held]))

const byName = (kept: ReadonlyMap<string, Lots.Kept>): Needs.First['lots'] =>
  new Map([...kept.values()].flatMap(({ lot }) => (lot === undefined ? [] : [[lot.id, lot]])))

interface First extends Needs.First {
  readonly kept: ReadonlyMap<string, Lots.Kept>
}

const firstOf = (
  { settings, shelf }: Pick<Before, 'settings' | 'shelf'>,
  { streams }: Found,
): E.Either<Record.Unreadable, First> =>
  pipe(
    E.Do,
    E.bind('settings', () =>
      Settings.after(settings, streams.get(Record.houseStream)?.entries ?? []),
    ),
    E.bind('kept', () => Lots.read(streams, shelf)),
    E.let('lots', ({ kept }) => byName(kept)),
    E.bind('held', () => E.map(byPosition)(lastOf(streams, 'position/', isHeld))),
  )

const bookOf = (
  { lots, settings }: Needs.First,
  held: ReadonlyMap<string, Record.Held>,
  requests: readonly Request[],
  lines: readonly string[],
  totals: Found['totals'],
): Book.Book => {
  const read = (total: string): bigint => totals.get(total)?.amount ?? 0n
  const treasury: Treasury.Treasury = { ...Treasury.empty, opens: settings.house.opens }
  return {
    house: requests.some(Needs.readsHouse)
      ? Totals.withHouse(settings.house, lines, read)
      : settings.house,
    treasury: requests.some(Needs.isOfTreasury(lots))
      ? Totals.withTreasury(treasury, read)
      : treasury,
    // Nothing but establishing is asked of a store that is not established.
    treasuryTerms: settings.established?.treasury as Treasury.Terms,
    terms: settings.terms,
    positions: new Map([...held.values()].map(({ position }) => [position.id, position])),
    lots: new Map(lots),
    queue: new Map(
      Needs.queuedOf(requests).flatMap((queuedAt) => {
        const amount = read(Totals.queueTotal(queuedAt))
        return amount === 0n ? [] : [[queuedAt, Fixed.rad(amount)] as const]
      }),
    ),
  }
}

/** What was said of the same commands before (PRT-5). */
const saidOf = (found: Found): E.Either<Record.Unreadable, Loaded['outcomes']> =>
  pipe(
    [...found.outcomes.values()],
    E.traverseArray((outcome) =>
      pipe(
        readOutcome(outcome),
        E.map((said) => [outcome.id, { outcome, said }] as const),
      ),
    ),
    E.map((all) => new Map(all)),
  )

const earlierOf = (entries: readonly Entry[]): E.Either<Record.Unreadable, Loaded['earlier']> =>
  pipe(
    entries,
    E.traverseArray((entry) =>
      pipe(
        Record.read(entry),
        E.map((record) => {
          const { sequence, stream } = entry
          return [nameOf(entry), { stream, sequence, record }] as const
        }),
      ),
    ),
    E.map((all) => new Map(all)),
  )

/** The names of what an outcome says happened, as `earlier` has them. */
export const namesOf = (said: Said): readonly string[] =>
  said._tag === 'Done' ? said.entries.map(nameOf) : []

/** The rest of what is needed, once it is known what the requests name. */
const wantedNext = (
  first: First,
  outcomes: Loaded['outcomes'],
  requests: readonly Request[],
  lines: readonly string[],
  assets: readonly string[],
): Wanted => ({
  ...nothingWanted,
  streams: [
    ...Needs.positionsOf(first, requests).map(Record.positionStream),
    ...assets.map(Record.priceStream),
  ].map((stream) => ({ stream, from: 'last' })),
  entries: [...outcomes.values()].flatMap(({ said }) => (said._tag === 'Done' ? said.entries : [])),
  totals: Needs.unique([
    ...(requests.some(Needs.readsHouse) ? Totals.forHouse(lines) : []),
    ...(requests.some(Needs.isOfTreasury(first.lots)) ? Totals.forTreasury : []),
    ...Needs.queuedOf(requests).map(Totals.queueTotal),
  ]),
})

const isNothing = ({ entries, streams, totals }: Wanted): boolean =>
  streams.length === 0 && entries.length === 0 && totals.length === 0

/** What a step is decided on without a reading, if it needs nothing but what is at hand. */
const unreadOf = (before: Before, requests: readonly Request[]): Loaded | undefined => {
  const { settings, shelf } = before
  const upon = atHand(before, requests)
  if (upon === undefined) return undefined
  const first: First = { settings, kept: shelf, lots: byName(shelf), held: new Map() }
  const assets = Needs.assetsOf(first, requests)
  if (assets.length > 0 || !isNothing(wantedNext(first, new Map(), requests, [], assets)))
    return undefined
  return {
    settings,
    isAnew: false,
    book: bookOf(first, first.held, requests, [], new Map()),
    ends: new Map(upon.map((head) => [head.stream, atEnd(head)])),
    lots: shelf,
    held: first.held,
    quoted: new Map(),
    outcomes: new Map(),
    earlier: new Map(),
    upon,
    long: [],
  }
}

/** What the second reading says. */
const secondOf = ({ entries, streams }: Found) =>
  pipe(
    E.Do,
    E.bind('held', () => E.map(byPosition)(lastOf(streams, 'position/', isHeld))),
    E.bind('quoted', () => lastOf(streams, 'price/', isQuoted)),
    E.bind('earlier', () => earlierOf(entries)),
  )

/**
 * Reads what requests need: first what they name, then what that leads to. Where nothing further is
 * needed, as for a bid, one reading does; where all that they need is at hand, none.
 */
export const load =
  (prices: PriceFeed | undefined) =>
  (
    session: Session,
    before: Before,
    requests: readonly Request[],
  ): TE.TaskEither<Failure, Loaded> =>
  async () => {
    const named = Needs.named(requests, before.shelf)
    // As they are now: what other steps put there meanwhile is not where this reading goes on from.
    const shelf = Lots.of(
      before.shelf,
      named.map(({ stream }) => stream),
    )
    const kept = { ...before, shelf }
    const unread = before.isDoubted ? undefined : unreadOf(kept, requests)
    if (unread !== undefined) return E.right(unread)
    const { sequence } = before.settings.end
    const one = await session.read({
      ...nothingWanted,
      streams: [
        { stream: Record.houseStream, from: Math.max(0, sequence - (before.isDoubted ? 1 : 0)) },
        ...named,
      ],
      outcomes: Needs.unique(requests.map(({ id }) => id)),
    })()
    if (E.isLeft(one)) return one
    const still = known(kept, one.right.streams)
    const all = await whole(session, kept, still, one.right)
    if (E.isLeft(all)) return all
    const first = firstOf(still, all.right)
    if (E.isLeft(first)) return first
    const outcomes = saidOf(all.right)
    if (E.isLeft(outcomes)) return outcomes
    const own = lastOf(all.right.streams, 'price/', isQuoted)
    if (E.isLeft(own)) return own

    const assets = Needs.assetsOf(first.right, requests)
    const lines = Needs.linesOf(first.right, requests)
    const stored = prices === undefined ? assets : []
    const wanted = wantedNext(first.right, outcomes.right, requests, lines, stored)
    const two = isNothing(wanted) ? E.right(foundNothing) : await session.read(wanted)()
    if (E.isLeft(two)) return two
    const second = secondOf(two.right)
    if (E.isLeft(second)) return second
    const quotes =
      prices === undefined || assets.length === 0 ? E.right([]) : await prices.quotes(assets)()
    if (E.isLeft(quotes)) return quotes

    const { kept: lots, settings } = first.right
    const { earlier, quoted } = second.right
    const held = new Map([...first.right.held, ...second.right.held])
    const ends = new Map<string, End>()
    for (const { streams } of [all.right, two.right])
      for (const stream of streams.keys()) ends.set(stream, endOf(streams, stream))
    for (const [stream, { end }] of lots) ends.set(stream, end)
    ends.set(Record.houseStream, settings.end)
    return E.right({
      settings,
      isAnew: still.settings !== before.settings,
      book: bookOf(first.right, held, requests, lines, two.right.totals),
      ends,
      lots,
      held,
      quoted: new Map(
        [...own.right, ...quoted, ...quotes.right].map((quote) => [quote.asset, quote]),
      ),
      outcomes: outcomes.right,
      earlier,
      // The terms and the breaker that a step is decided by are in force when it is stored.
      upon: [{ stream: Record.houseStream, ...settings.end }],
      long: [...two.right.totals].flatMap(([total, { deltas }]) =>
        deltas > MOST_DELTAS ? [total] : [],
      ),
    })
  }
