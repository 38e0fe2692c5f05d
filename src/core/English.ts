/**
 * English: a lot sold by rounds of bids: first more for all of it, then the same for less.
 *
 * One module for three uses. Collateral is sold for money, up to the target, and then shrinks; surplus
 * money is sold for tokens, where bids only rise; tokens are sold for the money that covers a loss,
 * where what is asked for only shrinks.
 *
 * Laws: ENG-1 to ENG-16 (spec/06-english.md).
 * Source: Flipper, Flapper and Flopper in MakerDAO's dss (flip.sol, flap.sol, flop.sol); where this
 * differs, the rule says so.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as Bid from './Bid.js'
import { type Misfit, outOfRange, refusedFirst, wrongAuction } from './Check.js'
import type { Closed, Level, OfEnglish, Settled } from './Event.js'
import { fits, later, min, mulDiv, RAY, type Ray, rad, type Seconds, WAD, wad } from './Fixed.js'
import type * as Lot from './Lot.js'
import type * as Refusal from './Refusal.js'

// Model

/** Start again what nobody bid for. The market price sets the reserve where there is one. */
export interface Restart {
  readonly _tag: 'Restart'
  readonly at: Seconds
  readonly market: Ray
}

/** Give the winner what he won. */
export interface Settle {
  readonly _tag: 'Settle'
  readonly at: Seconds
}

/** Call the auction off. Who may ask is the host's. */
export interface Cancel {
  readonly _tag: 'Cancel'
  readonly at: Seconds
}

export type Command = Bid.Raise | Bid.Shrink | Restart | Settle | Cancel

/** The events that a command causes, or why it is refused. */
export type Decision = E.Either<Refusal.Refusal, readonly OfEnglish[]>

/** Terms with what every bid needs worked out. */
export type Compiled = Bid.Compiled

export { compile } from './Bid.js'

/** What of the terms it takes to end an auction. */
export interface Rules {
  readonly terms: Pick<Compiled['terms'], 'version'>
  readonly sale: Pick<Compiled['sale'], 'edges'>
}

// Queries

/** The least first bid: a share of what the collateral is worth, rounded up, at most the target (ENG-7). */
export const reserveOf = (
  { sale }: Compiled,
  asset: string,
  sold: bigint,
  target: bigint,
  market: Ray,
): E.Either<Refusal.NoMarketPrice, bigint> => {
  if (sale.reserve <= 0n) return E.right(0n)
  return market > 0n
    ? E.right(min(target, mulDiv(sold * market, sale.reserve, RAY, 'ceil')))
    : E.left({ _tag: 'NoMarketPrice', rule: 'SEI-11', asset })
}

/** The ends of an auction that opens or restarts at an instant (ENG-8), formed at `stage`. */
export const ends = (
  { hardEnd, lasts, terms }: Compiled,
  at: Seconds,
  stage = 390,
): E.Either<Refusal.OutOfRange, { readonly endsAt: Seconds; readonly hardEndsAt: Seconds }> => {
  const endsAt = later(terms.width, at, lasts)
  const hardEndsAt = later(terms.width, at, Math.max(hardEnd, lasts))
  return endsAt === undefined || hardEndsAt === undefined
    ? outOfRange('end of the auction', stage)
    : E.right({ endsAt, hardEndsAt })
}

/** Whether the standing bid has won: its time is over, or the auction's (ENG-9). */
export const isWon = ({ sale }: Rules, lot: Lot.English, at: Seconds): boolean => {
  const { bidExpiresAt, endsAt } = lot
  if (bidExpiresAt === undefined) return false
  const end = bidExpiresAt < endsAt ? bidExpiresAt : endsAt
  return sale.edges === 'strict' ? at > end : at >= end
}

const isOver = ({ sale }: Rules, { endsAt }: Lot.English, at: Seconds): boolean =>
  sale.edges === 'strict' ? at > endsAt : at >= endsAt

// Transitions

const restart = (auction: Compiled, lot: Lot.English, { at, market }: Restart): Decision => {
  const { sale, terms } = auction
  const { bidder, endsAt, goods, target } = lot
  const reserve =
    goods._tag === 'Collateral'
      ? reserveOf(auction, goods.asset, lot.sold, target, market)
      : E.right(lot.reserve)
  if (E.isLeft(reserve)) return reserve
  if (!isOver(auction, lot, at)) return E.left({ _tag: 'NotOver', rule: 'ENG-10', endsAt })
  if (bidder !== undefined) return E.left({ _tag: 'AlreadyBid', rule: 'ENG-10', bidder })
  const grown = lot.sold * (WAD + sale.growth)
  const isMinted = goods._tag === 'Debt'
  if (isMinted && (grown < 0n || !fits(terms.width, grown)))
    return outOfRange('what a restart sells', 525)
  const sold = isMinted ? grown / WAD : lot.sold
  const until = ends(auction, at, 528)
  if (E.isLeft(until)) return until
  return E.right([
    {
      _tag: 'Restarted',
      lot: lot.id,
      line: lot.line,
      at,
      terms: terms.version,
      goods,
      ...until.right,
      reserve: reserve.right,
      sold,
    },
  ])
}

/** Gives the winner what he won (ENG-9, ENG-14): of the terms, only the edges matter. */
export const settle = (auction: Rules, lot: Lot.English, at: Seconds): Decision => {
  const { bid, bidExpiresAt, debt, endsAt, goods, held, lossAt, sold, target } = lot
  const bidder = isWon(auction, lot, at) ? lot.bidder : undefined
  if (bidder === undefined) return E.left({ _tag: 'NotWon', rule: 'ENG-9', bidExpiresAt, endsAt })
  const about = { lot: lot.id, line: lot.line, at, terms: auction.terms.version }
  const isRepaidNow = held === 'escrow' && goods._tag === 'Collateral'
  const parts = isRepaidNow ? Bid.principalFirst(bid, debt) : Bid.nothing
  const settled: Settled = {
    _tag: 'Settled',
    ...about,
    goods,
    bidder,
    bid,
    sold,
    ...parts,
    held,
    lossAt,
  }
  if (goods._tag !== 'Collateral') return E.right([settled])
  const closed: Closed = {
    _tag: 'Closed',
    ...about,
    goods,
    returned: wad(0n),
    badDebt: rad(debt - parts.repaid),
    shortfall: rad(target - bid),
    lossAt,
    released: target,
  }
  return E.right([settled, closed])
}

/** Hands back what is left of a lot and repays the standing bid, whatever the terms have become (ENG-11). */
export const cancel = (
  terms: Pick<Compiled['terms'], 'version'>,
  lot: Lot.English,
  at: Seconds,
): Decision => {
  const { bid, bidder, debt, goods, held, lossAt, sold, target } = lot
  const about = { lot: lot.id, line: lot.line, at, terms: terms.version }
  const refund = bidder === undefined || bid === 0n ? undefined : { bidder, amount: bid }
  if (goods._tag !== 'Collateral')
    return E.right([{ _tag: 'Stopped', ...about, goods, bid, sold, refund, held }])
  if (bid >= target) return E.left({ _tag: 'AlreadySold', rule: 'ENG-11', bid })
  const collateral = wad(sold)
  return E.right([
    {
      _tag: 'Cancelled',
      ...about,
      goods,
      collateral,
      debt,
      released: target,
      refund,
      held,
      lossAt,
    },
  ])
}

/**
 * The events that a command to an auction by bids causes (ENG-8, ENG-12 to ENG-16), or the first rule
 * that it breaks: HOU-1, HOU-4, HOU-5, HOU-6, then ENG-1 to ENG-7 for a bid, ENG-9 to settle, ENG-10
 * to restart, ENG-11 to cancel.
 */
export const decide = (
  auction: Compiled,
  level: Level,
  lot: Lot.English,
  command: Command | Misfit<Command['_tag']>,
): Decision => {
  const refused = refusedFirst(level, lot, command)
  if (refused !== undefined) return refused
  switch (command._tag) {
    case 'Raise':
      return Bid.raise(auction, lot, command)
    case 'Shrink':
      return Bid.shrink(auction, lot, command)
    case 'Restart':
      return restart(auction, lot, command)
    case 'Settle':
      return settle(auction, lot, command.at)
    case 'Cancel':
      return cancel(auction.terms, lot, command.at)
    default:
      return wrongAuction
  }
}
