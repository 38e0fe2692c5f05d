/**
 * Bid: one bid in an auction by rounds: more for all that is sold, or the same for less.
 *
 * Laws: ENG-1 to ENG-8, ENG-13 (spec/06-english.md).
 * Source: tend and dent of Flipper, Flapper and Flopper in MakerDAO's dss.
 */

import * as E from 'fp-ts/lib/Either.js'
import { outOfRange, wrongAuction } from './Check.js'
import type { OfEnglish, Raised, Refund } from './Event.js'
import { fits, later, min, type Rad, rad, type Seconds, WAD } from './Fixed.js'
import type * as Lot from './Lot.js'
import type * as Refusal from './Refusal.js'
import type * as Terms from './Terms.js'

// Model

/** Bid more for all that is sold: `sold` is what the bidder believes that to be. */
export interface Raise {
  readonly _tag: 'Raise'
  readonly at: Seconds
  readonly bidder: string
  readonly bid: bigint
  readonly sold: bigint
}

/** Ask for less for the standing bid: `bid` is what the bidder believes that to be. */
export interface Shrink {
  readonly _tag: 'Shrink'
  readonly at: Seconds
  readonly bidder: string
  readonly bid: bigint
  readonly sold: bigint
}

/** The events that a bid causes, or why it is refused. */
export type Decision = E.Either<Refusal.Refusal, readonly OfEnglish[]>

/** What of the terms an auction by bids needs, its durations as numbers. */
export interface Compiled {
  readonly _tag: 'English'
  readonly terms: Pick<Terms.Terms, 'version' | 'width'>
  readonly sale: Terms.English
  readonly bidLasts: number
  readonly lasts: number
  readonly hardEnd: number
  readonly extendBy: number
  /** One and the least raise, as a Wad (Maker's beg). */
  readonly step: bigint
}

/** Works out what every bid needs. */
export const compile = (
  terms: Pick<Terms.Terms, 'version' | 'width'>,
  sale: Terms.English,
): Compiled => {
  const lasts = Number(sale.lasts)
  return {
    _tag: 'English',
    terms,
    sale,
    bidLasts: Number(sale.bidLasts),
    lasts,
    hardEnd: sale.ending._tag === 'Fixed' ? lasts : Number(sale.ending.hardEnd),
    extendBy: sale.ending._tag === 'Fixed' ? 0 : Number(sale.ending.by),
    step: WAD + sale.minRaise,
  }
}

// Queries

/** What an auction by bids raises at most: the target of collateral; surplus has no limit (ENG-4). */
const capOf = ({ goods, target }: Lot.English): bigint | undefined =>
  goods._tag === 'Collateral' ? target : undefined

// Transitions

type Refused = E.Either<Refusal.Refusal, never>

/** Why no bid may come now, if it may not (ENG-1). */
const closedToBids = ({ bidExpiresAt, endsAt }: Lot.English, at: Seconds): Refused | undefined => {
  if (bidExpiresAt !== undefined && at >= bidExpiresAt)
    return E.left({ _tag: 'BidExpired', rule: 'ENG-1', bidExpiresAt })
  return at >= endsAt ? E.left({ _tag: 'PastEnd', rule: 'ENG-1', endsAt }) : undefined
}

const notWhatStands = (stands: bigint, given: bigint): Refused =>
  E.left({ _tag: 'NotWhatStands', rule: 'ENG-2', stands, given })

const notBetter = (given: bigint, stands: bigint): Refused =>
  E.left({ _tag: 'NotBetter', rule: 'ENG-5', given, stands })

const tooSmallStep = (given: bigint, stands: bigint): Refused =>
  E.left({ _tag: 'TooSmallStep', rule: 'ENG-6', given, stands })

/** The step from one number to a greater one: refused if too small, or out of range (ENG-6, FIX-5). */
const checkStep = (
  { step, terms }: Compiled,
  less: bigint,
  more: bigint,
): 'enough' | 'tooSmall' | 'outOfRange' => {
  const needed = step * less
  const given = more * WAD
  if (!fits(terms.width, needed) || !fits(terms.width, given)) return 'outOfRange'
  return given < needed ? 'tooSmall' : 'enough'
}

/** The end of the auction after a bid (ENG-8). */
const extended = ({ extendBy }: Compiled, lot: Lot.English, at: Seconds): Seconds =>
  Math.max(lot.endsAt, Math.min(at + extendBy, lot.hardEndsAt))

/** Who is repaid when `bidder` takes the place of the bid that stands (ENG-13). */
const outbidBy = ({ bid, bidder: before }: Lot.English, bidder: string): Refund | undefined =>
  before === undefined || before === bidder ? undefined : { bidder: before, amount: bid }

/** What money repays: the debt first, then it is penalty (ACC-3). */
export const principalFirst = (
  money: bigint,
  debt: Rad,
): { readonly repaid: Rad; readonly penalty: Rad } => {
  const repaid = rad(min(money, debt))
  return { repaid, penalty: rad(money - repaid) }
}

/** A payment that repays nothing yet. */
export const nothing: { readonly repaid: Rad; readonly penalty: Rad } = {
  repaid: rad(0n),
  penalty: rad(0n),
}

/** A higher bid for all that is sold, or why it is refused: HOU-6, ENG-1, ENG-2, ENG-4 to ENG-8. */
export const raise = (auction: Compiled, lot: Lot.English, command: Raise): Decision => {
  const { at, bid, bidder, sold } = command
  if (lot.goods._tag === 'Debt') return wrongAuction
  const closed = closedToBids(lot, at)
  if (closed !== undefined) return closed
  if (sold !== lot.sold) return notWhatStands(lot.sold, sold)
  const cap = capOf(lot)
  if (cap !== undefined && bid > cap)
    return E.left({ _tag: 'AboveTarget', rule: 'ENG-4', bid, target: cap })
  if (bid <= lot.bid) return notBetter(bid, lot.bid)
  const step = checkStep(auction, lot.bid, bid)
  if (step === 'outOfRange') return outOfRange('step of the bid', 460)
  if (step === 'tooSmall' && bid !== cap) return tooSmallStep(bid, lot.bid)
  const { reserve } = lot
  // Bids only rise, so that only a first one can be below.
  if (bid < reserve) return E.left({ _tag: 'BelowReserve', rule: 'ENG-7', bid, reserve })
  const bidExpiresAt = later(auction.terms.width, at, auction.bidLasts)
  if (bidExpiresAt === undefined) return outOfRange('time that the bid stands', 480)
  const isIncome = lot.held === 'income' && lot.goods._tag === 'Collateral'
  const { penalty, repaid } = isIncome ? principalFirst(bid - lot.bid, lot.debt) : nothing
  const raised: Raised = {
    _tag: 'Raised',
    lot: lot.id,
    line: lot.line,
    at,
    terms: auction.terms.version,
    goods: lot.goods,
    bidder,
    held: lot.held,
    lossAt: lot.lossAt,
    bid,
    paid: bidder === lot.bidder ? bid - lot.bid : bid,
    outbid: outbidBy(lot, bidder),
    bidExpiresAt,
    endsAt: extended(auction, lot, at),
    repaid,
    penalty,
  }
  return E.right([raised])
}

/** The standing bid for less, or why it is refused: HOU-6, ENG-1 to ENG-3, ENG-5, ENG-6, ENG-8. */
export const shrink = (auction: Compiled, lot: Lot.English, command: Shrink): Decision => {
  const { at, bid, bidder, sold } = command
  if (lot.goods._tag === 'Surplus') return wrongAuction
  const closed = closedToBids(lot, at)
  if (closed !== undefined) return closed
  if (bid !== lot.bid) return notWhatStands(lot.bid, bid)
  const cap = capOf(lot)
  if (cap !== undefined && bid !== cap)
    return E.left({ _tag: 'TargetNotBid', rule: 'ENG-3', bid, target: cap })
  if (sold >= lot.sold || sold < 0n) return notBetter(sold, lot.sold)
  const step = checkStep(auction, sold, lot.sold)
  if (step === 'outOfRange') return outOfRange('step of the bid', 460)
  if (step === 'tooSmall') return tooSmallStep(sold, lot.sold)
  const bidExpiresAt = later(auction.terms.width, at, auction.bidLasts)
  if (bidExpiresAt === undefined) return outOfRange('time that the bid stands', 480)
  return E.right([
    {
      _tag: 'Shrunk',
      lot: lot.id,
      line: lot.line,
      at,
      terms: auction.terms.version,
      goods: lot.goods,
      bidder,
      held: lot.held,
      lossAt: lot.lossAt,
      bid,
      paid: bidder === lot.bidder ? 0n : bid,
      outbid: outbidBy(lot, bidder),
      bidExpiresAt,
      endsAt: extended(auction, lot, at),
      sold,
      freed: lot.sold - sold,
    },
  ])
}
