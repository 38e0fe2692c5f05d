/**
 * Recorded: the lots that a log tells of, each sale and new start of them decided once more, so that the log is one of these terms.
 *
 * Laws: WIF-1 to WIF-4 (spec/30-whatif.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Decimal, Events } from '../codec/index.js'
import { Auction, type Dutch, type Event, Fixed, Lot, type Terms } from '../core/index.js'
import * as Eras from './Eras.js'
import * as Markets from './Markets.js'
import * as Purchase from './Purchase.js'
import type { Read, Told } from './Told.js'

// Model

/** A new start: when, from which market price, and how long after it was due. */
export interface Reset {
  readonly at: Fixed.Seconds
  readonly market: Fixed.Ray
  readonly late: Fixed.Seconds
  readonly keeper: string
}

/** A lot that is sold by a falling price. */
export interface Recorded {
  readonly opened: Event.Opened
  /** The market price that it started from. */
  readonly market: Fixed.Ray
  /** Whether another lot of its seizure was opened before it. */
  readonly follows: boolean
  readonly events: readonly Event.OfDutch[]
  readonly takes: readonly Purchase.Purchase[]
  readonly resets: readonly Reset[]
  readonly cancelledAt: Fixed.Seconds | undefined
  /** What is left of it. */
  readonly lot: Lot.Dutch
}

export interface Log {
  readonly lots: readonly Recorded[]
  /** Of each line, its terms and its breaker. */
  readonly eras: ReadonlyMap<string, Eras.Eras>
  /** Of each asset, in the order of time. */
  readonly markets: Markets.Markets
  /** The last instant that the log tells of. */
  readonly end: Fixed.Seconds
  /** How many auctions by bids it tells of besides. */
  readonly byBids: number
}

type Mutable<A> = { -readonly [Key in keyof A]: A[Key] }

/** What is known of a lot as the log is read. */
type Draft = Mutable<Recorded>

interface State {
  readonly lots: Map<string, Draft>
  readonly bids: Set<string>
  readonly eras: Map<string, Eras.Era[]>
  readonly markets: Map<string, Markets.Known[]>
  readonly given: Terms.Terms | undefined
  before: Event.Opened | undefined
  isGivenUsed: boolean
  end: Fixed.Seconds
}

type Wrong = { readonly field: string; readonly found: string; readonly wanted: string }
type Checked<A> = E.Either<Wrong, A>

// Queries

const wrong = (field: string, found: unknown, wanted: string): E.Either<Wrong, never> =>
  E.left({ field, found: String(found), wanted })

const isOf = (one: Event.Opened, other: Event.Opened | undefined): boolean =>
  other !== undefined &&
  other.line === one.line &&
  other.at === one.at &&
  other.goods.position === one.goods.position &&
  other.goods.asset !== one.goods.asset

const marketOf = (
  { markets }: State,
  sale: Dutch.Compiled,
  { at, goods: { asset } }: Pick<Event.Opened, 'at' | 'goods'>,
  startPrice: Fixed.Ray,
  feed: Fixed.Ray | undefined,
): Checked<Fixed.Ray> => {
  const market = Markets.readBy(sale, asset, startPrice, feed, Markets.at(markets, asset, at))
  return market === undefined
    ? wrong(
        'startPrice',
        Decimal.formatRay(startPrice),
        'what a market price leads to under these terms',
      )
    : E.right(market)
}

// Transitions

const know = ({ markets }: State, asset: string, at: Fixed.Seconds, market: Fixed.Ray): void => {
  const all = markets.get(asset) ?? []
  all.push({ at, market })
  markets.set(asset, all)
}

const begin = ({ eras }: State, line: string, era: Eras.Era): void => {
  eras.set(line, [...(eras.get(line) ?? []), era])
}

/** The eras of a line so far: where the log has not told its terms, those that were given. */
const erasOf = (state: State, line: string): Checked<readonly [Eras.Era, ...Eras.Eras]> => {
  const { given } = state
  if (!state.eras.has(line) && given?.line === line) {
    state.isGivenUsed = true
    begin(state, line, { from: 0, auction: Auction.compile(given), level: 0 })
  }
  const [era, ...rest] = state.eras.get(line) ?? []
  return era === undefined
    ? wrong(
        'line',
        line,
        given === undefined
          ? 'TermsChanged of it before, or --terms'
          : `${given.line}, the line of --terms`,
      )
    : E.right([era, ...rest])
}

/** The terms that an event says it was decided under, with how they sell. */
const saleOf = (
  state: State,
  { goods, line, terms }: Pick<Event.Taken, 'goods' | 'line' | 'terms'>,
): Checked<{ readonly eras: Eras.Eras; readonly era: Eras.Era; readonly sale: Dutch.Compiled }> => {
  const eras = erasOf(state, line)
  if (E.isLeft(eras)) return eras
  const [first, ...rest] = eras.right
  const now = rest.at(-1) ?? first
  const own = eras.right.find(({ auction }) => auction.terms.version === terms)
  if (own === undefined)
    return wrong(
      'terms',
      terms,
      `${now.auction.terms.version}, the version of the terms of ${line}`,
    )
  const sale = Eras.saleOf(own.auction, goods.asset)
  return sale === undefined
    ? wrong('goods.asset', goods.asset, `what the terms of ${line} sell by a falling price`)
    : E.right({ eras: eras.right, era: { ...own, level: now.level }, sale })
}

const open = (state: State, event: Event.Opened, feed: Fixed.Ray | undefined): Checked<void> => {
  const before = state.before
  if (event.start._tag === 'English') {
    state.bids.add(event.lot)
    return E.right(undefined)
  }
  const found = saleOf(state, event)
  if (E.isLeft(found)) return found
  const market = marketOf(state, found.right.sale, event, event.start.startPrice, feed)
  if (E.isLeft(market)) return market
  const lot = Lot.open(event)
  if (lot._tag === 'English') return E.right(undefined)
  know(state, event.goods.asset, event.at, market.right)
  state.lots.set(event.lot, {
    opened: event,
    market: market.right,
    follows: isOf(event, before),
    events: [],
    takes: [],
    resets: [],
    cancelledAt: undefined,
    lot,
  })
  state.before = event
  return E.right(undefined)
}

const other = (field: string, found: unknown, wanted: unknown): Checked<void> =>
  wrong(field, found, `${String(wanted)}, as these terms have it`)

/** Whether an event is what the core decides, in the fields that are amounts and prices, told as JSON has them. */
const asDecided = (
  era: Eras.Era,
  lot: Lot.Dutch,
  command: Dutch.Command,
  event: Event.Taken | Event.Reset,
): Checked<void> => {
  const decided = Auction.decide(era.auction)(era.level, lot, command)
  if (E.isLeft(decided)) {
    const price = Eras.priceAt([era], lot, event.at)
    // That the price is another tells more than what came of it.
    return event._tag === 'Taken' && price !== undefined && price !== event.price
      ? other('price', Decimal.formatRay(event.price), Decimal.formatRay(price))
      : wrong(
          '_tag',
          event._tag,
          `none: these terms refuse it as ${decided.left._tag} (${decided.left.rule})`,
        )
  }
  const [found, wanted] = [event, ...decided.right.slice(0, 1)].map(
    (one) => new Map(Object.entries(Events.codec.encode(one) as object)),
  )
  const fields = event._tag === 'Taken' ? ['price', 'bought', 'repaid', 'penalty'] : ['startPrice']
  const field = fields.find((name) => found?.get(name) !== wanted?.get(name))
  return field === undefined
    ? E.right(undefined)
    : other(field, found?.get(field), wanted?.get(field))
}

const take = (state: State, draft: Draft, event: Event.Taken): Checked<void> => {
  const found = saleOf(state, event)
  if (E.isLeft(found)) return found
  const { at, bidder, price } = event
  const one = Purchase.of(event, draft.lot)
  // No limit: what the price would have been is told, not that it is too high.
  const limit = Fixed.ray(Fixed.MAX_UINT256)
  const want = Purchase.wantAt(one, price)
  const command = { _tag: 'Take', at, bidder, limit, want, atLeast: Fixed.wad(0n) } as const
  draft.takes = [...draft.takes, one]
  return asDecided(found.right.era, draft.lot, command, event)
}

const reset = (
  state: State,
  draft: Draft,
  event: Event.Reset,
  feed: Fixed.Ray | undefined,
): Checked<void> => {
  const found = saleOf(state, event)
  if (E.isLeft(found)) return found
  const { era, eras, sale } = found.right
  const market = marketOf(state, sale, event, event.startPrice, feed)
  if (E.isLeft(market)) return market
  const { at, keeper } = event
  const { lot } = draft
  const due = Eras.firstStale(Eras.of(eras, lot), lot, lot.lastAt) ?? at
  const one = { at, market: market.right, keeper, late: Math.max(0, at - due) }
  know(state, event.goods.asset, at, market.right)
  draft.resets = [...draft.resets, one]
  return asDecided(era, lot, { _tag: 'Reset', ...one }, event)
}

const ofLot = (
  state: State,
  event: Event.OfDutch | Event.OfEnglish,
  feed: Fixed.Ray | undefined,
): Checked<void> => {
  const draft = state.lots.get(event.lot)
  if (state.bids.has(event.lot)) return E.right(undefined)
  if (draft === undefined) return wrong('lot', event.lot, 'a lot that the log opens before')
  if (draft.lot.ended) return wrong('lot', event.lot, 'a lot that has not ended')
  const checked =
    event._tag === 'Taken'
      ? take(state, draft, event)
      : event._tag === 'Reset'
        ? reset(state, draft, event, feed)
        : E.right(undefined)
  if (E.isLeft(checked)) return checked
  switch (event._tag) {
    case 'Taken':
    case 'Reset':
    case 'Closed':
    case 'Cancelled':
      if (event._tag === 'Cancelled') draft.cancelledAt = event.at
      draft.events = [...draft.events, event]
      draft.lot = Lot.evolveDutch(draft.lot, event)
      return E.right(undefined)
    default:
      return wrong('_tag', event._tag, 'what happens to a lot that is sold by a falling price')
  }
}

const follow = (state: State, { feed, record }: Told): Checked<void> => {
  state.end = Math.max(state.end, record.at)
  switch (record._tag) {
    case 'TermsChanged': {
      const { at: from, line, terms } = record
      const level = state.eras.get(line)?.at(-1)?.level ?? 0
      begin(state, line, { from, auction: Auction.compile(terms), level })
      return E.right(undefined)
    }
    case 'LevelChanged': {
      const eras = erasOf(state, record.line)
      if (E.isLeft(eras)) return eras
      const [first, ...rest] = eras.right
      begin(state, record.line, { ...(rest.at(-1) ?? first), from: record.at, level: record.level })
      return E.right(undefined)
    }
    case 'Quoted':
      know(state, record.asset, record.at, record.market)
      return E.right(undefined)
    case 'Opened':
      return open(state, record, feed)
    case 'SurplusOpened':
    case 'DebtOpened':
      state.bids.add(record.lot)
      return E.right(undefined)
    case 'Established':
    case 'Held':
    case 'Checkpointed':
    case 'HouseChanged':
    case 'Received':
    case 'Matured':
    case 'Healed':
      return E.right(undefined)
    default:
      return ofLot(state, record, feed)
  }
}

/**
 * What a log tells of its lots, or the first line that these terms do not have so (WIF-1). Terms that are given are those
 * of a line of which the log tells none.
 */
export const make = (told: readonly Told[], given?: Terms.Terms): Read<Log> => {
  const state: State = {
    lots: new Map(),
    bids: new Set(),
    eras: new Map(),
    markets: new Map(),
    given,
    before: undefined,
    isGivenUsed: false,
    end: 0,
  }
  for (const one of told) {
    const followed = follow(state, one)
    if (E.isLeft(followed)) return E.left({ rule: 'WIF-1', line: one.line, ...followed.left })
  }
  const none = (field: string, found: string, wanted: string): Read<never> =>
    E.left({ rule: 'WIF-1', line: told.at(-1)?.line ?? 1, field, found, wanted })
  if (state.lots.size === 0)
    return none('lots', `${state.bids.size} by bids`, 'one that is sold by a falling price')
  if (given !== undefined && !state.isGivenUsed)
    return none('--terms', given.line, 'no terms: the log tells those of its lines')
  const markets = [...state.markets].map(
    ([asset, all]) => [asset, [...all].sort((a, b) => a.at - b.at)] as const,
  )
  return E.right({
    lots: [...state.lots.values()],
    eras: state.eras,
    markets: new Map(markets),
    end: state.end,
    byBids: state.bids.size,
  })
}
