/**
 * Dutch: a lot sold at a price that falls until someone takes it.
 *
 * Laws: DUT-1 to DUT-13 (spec/05-dutch.md).
 * Source: Clipper in MakerDAO's dss (clip.sol); where this differs, the rule says so.
 */

import * as E from 'fp-ts/lib/Either.js'
import {
  badTime,
  ended,
  isTime,
  type Misfit,
  outOfRange,
  refusedFirst,
  wrongAuction,
} from './Check.js'
import * as Curve from './Curve.js'
import type { Closed, Level, OfDutch, Taken } from './Event.js'
import {
  fits,
  min,
  mulDiv,
  RAY,
  type Ray,
  rad,
  ray,
  type Seconds,
  type Wad,
  wad,
  worth,
} from './Fixed.js'
import type * as Lot from './Lot.js'
import type * as Refusal from './Refusal.js'
import * as Reward from './Reward.js'
import { type Sale, sale, type Want, wantedOf } from './Sale.js'
import type * as Terms from './Terms.js'

export { type Sale, sale, type Want } from './Sale.js'

// Model

/** Buy at no more than `limit` for a unit, and only if that is at least `atLeast`. */
export interface Take {
  readonly _tag: 'Take'
  readonly at: Seconds
  readonly bidder: string
  readonly want: Want
  readonly limit: Ray
  readonly atLeast: Wad
}

/** Start a stale lot again from the market price. */
export interface Reset {
  readonly _tag: 'Reset'
  readonly at: Seconds
  readonly keeper: string
  readonly market: Ray
}

/** Hand back what is left of a lot, with its debt. Who may ask is the host's. */
export interface Cancel {
  readonly _tag: 'Cancel'
  readonly at: Seconds
}

export type Command = Take | Reset | Cancel

/** The events that a command causes, or why it is refused. */
export type Decision = E.Either<Refusal.Refusal, readonly OfDutch[]>

/** A lot at an instant: its price, and whether it must be reset before it is sold. */
export interface Status {
  readonly price: Ray
  readonly stale: boolean
}

/** What a buyer would pay and get at an instant, and whether that is the end of the lot. */
export interface Quote extends Status, Sale {
  readonly ends: boolean
}

/** Terms with their prices worked out: a matter of milliseconds, so done once and kept. */
export interface Compiled {
  readonly _tag: 'Dutch'
  readonly terms: Terms.Terms
  readonly sale: Terms.Dutch
  readonly priceAt: Curve.PriceOnClock
  /** The age at which a lot is stale. */
  readonly staleFrom: number
  /** The share of its start price below which a lot is stale. */
  readonly staleBelow: Ray
}

/** Works out the prices of a sale until its lots are stale, 16,384 drops at most (CRV-8). */
export const compile = (terms: Terms.Terms, sale: Terms.Dutch): Compiled => {
  const { curve, edges, reset } = sale
  const [after, staleBelow] =
    reset._tag === 'Never' ? [Infinity, ray(0n)] : [Number(reset.after), reset.below]
  return {
    _tag: 'Dutch',
    terms,
    sale,
    priceAt: Curve.compile(curve, after, terms.width),
    staleFrom: edges === 'strict' ? after + 1 : after,
    staleBelow,
  }
}

// Queries

type Refused = E.Either<Refusal.Refusal, never>

const staleAt = (price: Ray): Refused => E.left({ _tag: 'Stale', rule: 'DUT-2', price })

/** The price that a lot is offered at, or why it is not (CRV-9, DUT-2). */
const offered = (auction: Compiled, lot: Lot.Dutch, at: Seconds): Ray | Refused => {
  const { startPrice, startedAt } = lot
  const elapsed = at - startedAt
  const price = auction.priceAt(startPrice, elapsed)
  if (price === undefined)
    return E.left({ _tag: 'NoPrice', rule: 'CRV-9', startPrice, elapsed: BigInt(elapsed) })
  // No product passes the width here: price * RAY is at most what the price was divided from.
  const isStale = elapsed >= auction.staleFrom || price * RAY < auction.staleBelow * startPrice
  return isStale ? staleAt(price) : price
}

const endsWith = ({ collateral, target }: Lot.Dutch, { bought, paid }: Sale): boolean =>
  paid === target || bought === collateral

const tooLittleLeft = (
  { collateral, target }: Lot.Dutch,
  { minCollateralLeft, minLeft }: Terms.Dutch,
): Refused =>
  E.left({
    _tag: 'TooLittleLeft',
    rule: 'DUT-6',
    target,
    minLeft,
    collateral,
    minCollateralLeft,
  })

/** What is sold of a lot at the price it is offered at, or why nothing is (DUT-4 to DUT-7). */
const sold = (auction: Compiled, lot: Lot.Dutch, price: Ray, want: Want): Sale | Refused => {
  const { sale: terms } = auction
  const isEmptyRefused = terms.emptySale === 'refuse'
  const wanted = wantedOf(lot, want, price)
  if (wanted < 0n || (isEmptyRefused && (wanted === 0n || price === 0n)))
    return E.left({ _tag: 'NothingWanted', rule: 'DUT-4', price })
  const owed = worth(wanted, price)
  if (!fits(auction.terms.width, owed)) return outOfRange('price of the amount', 340)
  const largest = sale(lot, price, wanted, terms, owed)
  if (largest === undefined) return tooLittleLeft(lot, terms)
  return isEmptyRefused && largest.bought === 0n && !endsWith(lot, largest)
    ? E.left({ _tag: 'NothingBought', rule: 'DUT-7' })
    : largest
}

/** The price of a lot at an instant, and whether it is stale (DUT-1, DUT-2). Refuses as a sale then would. */
export const status = (
  auction: Compiled,
  lot: Lot.Dutch,
  at: Seconds,
): E.Either<Refusal.Refusal, Status> => {
  if (!isTime(at, lot.lastAt)) return badTime(at, lot.lastAt)
  if (lot.ended) return ended
  const price = offered(auction, lot, at)
  if (typeof price === 'bigint') return E.right({ price, stale: false })
  return E.isLeft(price) && price.left._tag === 'Stale'
    ? E.right({ price: price.left.price, stale: true })
    : price
}

/**
 * What a take of `want` would pay and get at an instant, whatever its limit: refused as the take then
 * is, by HOU-1, HOU-5, CRV-9, DUT-2 and DUT-4 to DUT-7.
 *
 * @example Dutch.quote(auction, lot, 7, { _tag: 'All' })
 */
export const quote = (
  auction: Compiled,
  lot: Lot.Dutch,
  at: Seconds,
  want: Want,
): E.Either<Refusal.Refusal, Quote> => {
  const now = status(auction, lot, at)
  if (E.isLeft(now)) return now
  const { price, stale } = now.right
  if (stale) return staleAt(price)
  const sale = sold(auction, lot, price, want)
  return '_tag' in sale ? sale : E.right({ price, stale, ...sale, ends: endsWith(lot, sale) })
}

// Transitions

const take = (auction: Compiled, lot: Lot.Dutch, command: Take): Decision => {
  const { at, atLeast, bidder, limit, want } = command
  const price = offered(auction, lot, at)
  if (typeof price !== 'bigint') return price
  if (price > limit) return E.left({ _tag: 'TooExpensive', rule: 'DUT-3', price, limit })
  const sale = sold(auction, lot, price, want)
  if ('_tag' in sale) return sale
  const { bought, paid } = sale
  if (bought < atLeast) return E.left({ _tag: 'BelowLeast', rule: 'DUT-8', bought, atLeast })

  const repaid = min(paid, lot.debt)
  const taken: Taken = {
    _tag: 'Taken',
    lot: lot.id,
    line: lot.line,
    at,
    terms: auction.terms.version,
    goods: lot.goods,
    bidder,
    price,
    bought,
    repaid,
    penalty: rad(paid - repaid),
    lossAt: lot.lossAt,
  }
  return E.right(endsWith(lot, sale) ? [taken, close(taken, lot)] : [taken])
}

/** The end of a lot with a sale: what it leaves is returned, bad, or short (DUT-11). */
const close = (taken: Taken, lot: Lot.Dutch): Closed => {
  const shortfall = rad(lot.target - taken.repaid - taken.penalty)
  return {
    _tag: 'Closed',
    lot: lot.id,
    line: lot.line,
    at: taken.at,
    terms: taken.terms,
    goods: lot.goods,
    returned: wad(lot.collateral - taken.bought),
    badDebt: rad(lot.debt - taken.repaid),
    shortfall,
    lossAt: lot.lossAt,
    released: shortfall,
  }
}

const reset = (auction: Compiled, lot: Lot.Dutch, { at, keeper, market }: Reset): Decision => {
  const current = status(auction, lot, at)
  if (E.isLeft(current)) return current
  const { price, stale } = current.right
  if (!stale) return E.left({ _tag: 'NotStale', rule: 'DUT-2', price })
  const start = startPriceOf(auction, lot.goods.asset, market)
  if (E.isLeft(start)) return start
  const { sale, terms } = auction
  const reward = Reward.forReset(terms, lot, market, sale.minLeft)
  if (E.isLeft(reward)) return reward
  return E.right([
    {
      _tag: 'Reset',
      lot: lot.id,
      line: lot.line,
      at,
      terms: terms.version,
      goods: lot.goods,
      startPrice: start.right,
      keeper,
      reward: reward.right,
      payer: terms.reward.payer,
    },
  ])
}

/** Hands back what is left of a lot, whatever the terms have become (DUT-11). */
export const cancel = (
  terms: Pick<Terms.Terms, 'version'>,
  lot: Lot.Dutch,
  at: Seconds,
): Decision =>
  E.right([
    {
      _tag: 'Cancelled',
      lot: lot.id,
      line: lot.line,
      at,
      terms: terms.version,
      goods: lot.goods,
      collateral: lot.collateral,
      debt: lot.debt,
      released: lot.target,
      refund: undefined,
      held: 'escrow',
      lossAt: lot.lossAt,
    },
  ])

/** The price that a lot starts from: the market price times the markup, rounded down (DUT-9). */
export const startPriceOf = (
  { sale, terms }: Compiled,
  asset: string,
  market: Ray,
): E.Either<Refusal.NoMarketPrice | Refusal.NoStartPrice | Refusal.OutOfRange, Ray> => {
  if (market <= 0n) return E.left({ _tag: 'NoMarketPrice', rule: 'SEI-11', asset })
  if (!fits(terms.width, market * sale.markup)) return outOfRange('start price', 390)
  const startPrice = ray(mulDiv(market, sale.markup, RAY, 'floor'))
  return startPrice > 0n
    ? E.right(startPrice)
    : E.left({ _tag: 'NoStartPrice', rule: 'DUT-9', market })
}

/**
 * The events that a command to a Dutch lot causes (DUT-10 to DUT-13), or the first rule that it
 * breaks: HOU-1, HOU-4 to HOU-6, then for a sale CRV-9, DUT-2 to DUT-8, for a reset DUT-2, SEI-11, DUT-9.
 */
export const decide = (
  auction: Compiled,
  level: Level,
  lot: Lot.Dutch,
  command: Command | Misfit<Command['_tag']>,
): Decision => {
  const refused = refusedFirst(level, lot, command)
  if (refused !== undefined) return refused
  switch (command._tag) {
    case 'Take':
      return take(auction, lot, command)
    case 'Reset':
      return reset(auction, lot, command)
    case 'Cancel':
      return cancel(auction.terms, lot, command.at)
    default:
      return wrongAuction
  }
}
