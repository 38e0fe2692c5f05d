/**
 * Event: what happened. State is a fold of events, and every transfer of value follows from one.
 *
 * Laws: ACC-5 (spec/07-accounting.md). An event carries all that its readers need: none of them
 * looks up another record.
 */

import type { Rad, Ray, Seconds, Wad } from './Fixed.js'
import type { Dutch, English, Payer, Terms } from './Terms.js'

// What is sold

/** Collateral of a position, for money. */
export interface OfCollateral {
  readonly _tag: 'Collateral'
  readonly asset: string
  readonly position: string
  readonly owner: string
}

/** Money of the treasury, for tokens that are burned (Maker's flap). */
export interface OfSurplus {
  readonly _tag: 'Surplus'
  readonly token: string
}

/** Tokens, minted when the auction settles, for money (flop). */
export interface OfDebt {
  readonly _tag: 'Debt'
  readonly token: string
}

/** What an auction sells, and for whom. */
export type Goods = OfCollateral | OfSurplus | OfDebt

// What every event of a lot says

interface OfLot {
  readonly lot: string
  readonly line: string
  readonly at: Seconds
  /** The version of the terms that decided it. */
  readonly terms: number
}

interface OfCollateralLot extends OfLot {
  readonly goods: OfCollateral
}

/** A reward and who earned it; booked as a loss when the protocol pays. */
export interface Rewarded {
  readonly keeper: string
  readonly reward: Rad
  readonly payer: Payer
}

// Collateral

/** How a lot starts: a price that falls, or an end to bid until. */
export type Start =
  | { readonly _tag: Dutch['_tag']; readonly startPrice: Ray }
  | {
      readonly _tag: English['_tag']
      readonly endsAt: Seconds
      readonly hardEndsAt: Seconds
      readonly reserve: Rad
      readonly held: English['held']
    }

/** A position's collateral and debt went up for sale, to raise `target`: the debt and a penalty. */
export interface Opened extends OfCollateralLot, Rewarded {
  readonly _tag: 'Opened'
  readonly collateral: Wad
  /** The position's shares of debt that were seized, and the money that they were. */
  readonly shares: Wad
  readonly debt: Rad
  readonly target: Rad
  readonly lossAt: Terms['lossAt']
  /** Whether the lot obeys the terms in force, or those that it was opened under, whatever those in force say. */
  readonly binding: Terms['binding']
  readonly start: Start
}

/** A buyer took `bought` of a Dutch lot, paying `repaid` of the debt and then `penalty`. */
export interface Taken extends OfCollateralLot {
  readonly _tag: 'Taken'
  readonly bidder: string
  readonly price: Ray
  readonly bought: Wad
  readonly repaid: Rad
  readonly penalty: Rad
  readonly lossAt: Terms['lossAt']
}

/** The price of a Dutch lot starts again from `startPrice`. */
export interface Reset extends OfCollateralLot, Rewarded {
  readonly _tag: 'Reset'
  readonly startPrice: Ray
}

/** A lot of collateral is over: `returned` went to the owner, `badDebt` is a loss, `shortfall` was not raised. */
export interface Closed extends OfCollateralLot {
  readonly _tag: 'Closed'
  readonly returned: Wad
  readonly badDebt: Rad
  readonly shortfall: Rad
  readonly lossAt: Terms['lossAt']
  /** The money in flight that this lot no longer is: Dutch sales release as they go. */
  readonly released: Rad
}

/** What was left of a lot of collateral was handed back, with its debt. */
export interface Cancelled extends OfCollateralLot {
  readonly _tag: 'Cancelled'
  readonly collateral: Wad
  readonly debt: Rad
  readonly released: Rad
  /** The standing bid, repaid. */
  readonly refund: Refund | undefined
  readonly held: English['held']
  readonly lossAt: Terms['lossAt']
}

// Bids

/** A bidder who was outbid, or whose auction was called off, and what he gets back. */
export interface Refund {
  readonly bidder: string
  readonly amount: bigint
}

interface OfBid extends OfLot {
  readonly goods: Goods
  readonly bidder: string
  readonly held: English['held']
  readonly lossAt: Terms['lossAt']
  /** The bid that now stands, in what the auction is paid in: money, or tokens for surplus. */
  readonly bid: bigint
  /** What the bidder pays now: the bid, or what it adds to his own. */
  readonly paid: bigint
  /** Who else stood before, and is repaid. */
  readonly outbid: Refund | undefined
  readonly bidExpiresAt: Seconds
  readonly endsAt: Seconds
}

/** A higher bid for all that is sold. A bid that is income repays debt at once, and then penalty. */
export interface Raised extends OfBid {
  readonly _tag: 'Raised'
  readonly repaid: Rad
  readonly penalty: Rad
}

/** The same bid for less: `sold` is left for sale, `freed` is not. */
export interface Shrunk extends OfBid {
  readonly _tag: 'Shrunk'
  readonly sold: bigint
  readonly freed: bigint
}

/** An auction that nobody bid in starts again. */
export interface Restarted extends OfLot {
  readonly _tag: 'Restarted'
  readonly goods: Goods
  readonly endsAt: Seconds
  readonly hardEndsAt: Seconds
  readonly reserve: bigint
  readonly sold: bigint
}

/** The winner gets what is sold. A bid from escrow repays debt now, and then penalty; else they are zero. */
export interface Settled extends OfLot {
  readonly _tag: 'Settled'
  readonly goods: Goods
  readonly bidder: string
  readonly bid: bigint
  readonly sold: bigint
  readonly repaid: Rad
  readonly penalty: Rad
  readonly held: English['held']
  readonly lossAt: Terms['lossAt']
}

// House

/** The terms of a line changed. */
export interface TermsChanged {
  readonly _tag: 'TermsChanged'
  readonly line: string
  readonly at: Seconds
  readonly terms: Terms
}

/** The breaker of a line moved to `level`. */
export interface LevelChanged {
  readonly _tag: 'LevelChanged'
  readonly line: string
  readonly at: Seconds
  readonly level: Level
}

/** The house's ceiling, or whether it and its treasury open anything at all, changed. */
export interface HouseChanged {
  readonly _tag: 'HouseChanged'
  readonly at: Seconds
  readonly ceiling: Rad
  readonly opens: boolean
}

/** What a breaker forbids: nothing; openings; also resets and restarts; also sales and bids. */
export type Level = 0 | 1 | 2 | 3

// Treasury

interface OfTreasury {
  readonly at: Seconds
}

/** Money came in from elsewhere. */
export interface Received extends OfTreasury {
  readonly _tag: 'Received'
  readonly from: string
  readonly amount: Rad
}

/** An entry of the queue has waited: its loss may be healed or auctioned. */
export interface Matured extends OfTreasury {
  readonly _tag: 'Matured'
  readonly queuedAt: Seconds
  readonly amount: Rad
}

/** Surplus covered a loss, one that was waiting or one that a debt auction was held for. */
export interface Healed extends OfTreasury {
  readonly _tag: 'Healed'
  readonly amount: Rad
  readonly of: 'ready' | 'onAuction'
}

/** Surplus went up for sale (flap). */
export interface SurplusOpened extends OfLot {
  readonly _tag: 'SurplusOpened'
  readonly goods: OfSurplus
  readonly sold: Rad
  readonly reserve: Wad
  readonly endsAt: Seconds
  readonly hardEndsAt: Seconds
  readonly held: 'escrow'
}

/** Tokens went up for sale for a fixed bid, to cover losses (flop). */
export interface DebtOpened extends OfLot {
  readonly _tag: 'DebtOpened'
  readonly goods: OfDebt
  readonly bid: Rad
  readonly sold: Wad
  readonly endsAt: Seconds
  readonly hardEndsAt: Seconds
  readonly held: English['held']
}

/** A surplus or debt auction was stopped: what it held went back, a standing bid was repaid. */
export interface Stopped extends OfLot {
  readonly _tag: 'Stopped'
  readonly goods: OfSurplus | OfDebt
  readonly bid: bigint
  readonly sold: bigint
  readonly refund: Refund | undefined
  readonly held: English['held']
}

/** What happened to a lot of collateral once it is open. */
export type OfDutch = Taken | Reset | Closed | Cancelled

/** What happened to an auction by bids once it is open. */
export type OfEnglish = Raised | Shrunk | Restarted | Settled | Closed | Cancelled | Stopped

export type OfHouse = TermsChanged | LevelChanged | HouseChanged

export type OfTreasuryItself = Received | Matured | Healed | SurplusOpened | DebtOpened

export type Event = Opened | OfDutch | OfEnglish | OfHouse | OfTreasuryItself
