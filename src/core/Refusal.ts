/**
 * Refusal: why a command was not carried out, with the facts that decided it.
 *
 * Laws: each rule named here stands in spec/ (test/trace.test.ts); the stages are listed in
 * spec/README.md. The order of checks is part of the rules: the first that is broken is the one named.
 */

import type { NoPrice } from './Curve.js'
import type { Rad, Ray, Seconds, Wad } from './Fixed.js'

/** Something is refused by `Rule`, with facts. */
interface Refused<Tag extends string, Rule extends string> {
  readonly _tag: Tag
  readonly rule: Rule
}

// Any command

/** The time is no whole second, or is before the last event. */
export interface BadTime extends Refused<'BadTime', 'HOU-1'> {
  readonly at: number
  readonly lastAt: Seconds
}

/** A number that the rule forms does not exist in the terms' width, or divides by nothing. */
export interface OutOfRange extends Refused<'OutOfRange', 'FIX-5'> {
  /** What was formed, such as 'price of the amount'. */
  readonly what: string
  /** Where in the order of checks it was formed. */
  readonly stage: number
}

/** The lot or the position is of another line, or its terms are of another version. */
export interface OtherTerms extends Refused<'OtherTerms', 'HOU-2'> {
  readonly wanted: string
  readonly given: string
}

/** The breaker stands too high for this. */
export interface Halted extends Refused<'Halted', 'HOU-4'> {
  readonly level: number
}

/** The lot is no longer for sale. */
export type Ended = Refused<'Ended', 'HOU-5'>

/** The command does not fit the kind of auction: a price for bids, a raise where one only shrinks. */
export type WrongAuction = Refused<'WrongAuction', 'HOU-6'>

// Opening

/** The house opens no lots. */
export type HouseClosed = Refused<'HouseClosed', 'HOU-3'>

/** An asset that the position holds has no price above zero to judge it at. */
export interface NoRiskPrice extends Refused<'NoRiskPrice', 'POS-3'> {
  readonly asset: string
}

/** What the collateral supports is enough. */
export interface Safe extends Refused<'Safe', 'POS-2'> {
  readonly support: Rad
  readonly debt: Rad
}

/** A ceiling leaves no room, or too little. */
export interface CeilingReached extends Refused<'CeilingReached', 'SEI-1'> {
  readonly roomInHouse: Rad
  readonly roomInLine: Rad
}

/** The seizure would leave, or be, a debt below `minDebt`. */
export interface DustyDebt extends Refused<'DustyDebt', 'SEI-4'> {
  readonly debt: Rad
  readonly minDebt: Rad
}

/** Nothing would be seized: no shares, or no collateral. */
export type NothingSeized = Refused<'NothingSeized', 'SEI-5'>

/** The target would not be above zero. */
export type NoTarget = Refused<'NoTarget', 'SEI-6'>

/** There is nothing to put up for sale. */
export type NoCollateral = Refused<'NoCollateral', 'SEI-12'>

/** The position has no owner to return anything to. */
export type NoOwner = Refused<'NoOwner', 'SEI-7'>

/** An asset has no value on the market, to split the debt by. */
export interface NoValue extends Refused<'NoValue', 'SEI-8'> {
  readonly asset: string
}

/** There is no price above zero to start from. */
export interface NoMarketPrice extends Refused<'NoMarketPrice', 'SEI-11'> {
  readonly asset: string
}

/** The market price times the markup rounds down to nothing. */
export interface NoStartPrice extends Refused<'NoStartPrice', 'DUT-9'> {
  readonly market: Ray
}

// Dutch

/** The price is too old or too low to sell at: reset the lot first. */
export interface Stale extends Refused<'Stale', 'DUT-2'> {
  readonly price: Ray
}

/** The lot still sells at a good price: it cannot be reset. */
export interface NotStale extends Refused<'NotStale', 'DUT-2'> {
  readonly price: Ray
}

/** The price is above the buyer's limit. */
export interface TooExpensive extends Refused<'TooExpensive', 'DUT-3'> {
  readonly price: Ray
  readonly limit: Ray
}

/** Nothing is wanted, or the price is zero. */
export interface NothingWanted extends Refused<'NothingWanted', 'DUT-4'> {
  readonly price: Ray
}

/** The sale would leave too little, and less cannot be sold either. */
export interface TooLittleLeft extends Refused<'TooLittleLeft', 'DUT-6'> {
  readonly target: Rad
  readonly minLeft: Rad
  readonly collateral: Wad
  readonly minCollateralLeft: Wad
}

/** What the money buys rounds down to nothing, and the sale does not end the lot. */
export type NothingBought = Refused<'NothingBought', 'DUT-7'>

/** Less would be bought than the buyer insists on. */
export interface BelowLeast extends Refused<'BelowLeast', 'DUT-8'> {
  readonly bought: Wad
  readonly atLeast: Wad
}

// English

/** The standing bid has outlasted its time: the auction can only be settled. */
export interface BidExpired extends Refused<'BidExpired', 'ENG-1'> {
  readonly bidExpiresAt: Seconds
}

/** The auction is past its end. */
export interface PastEnd extends Refused<'PastEnd', 'ENG-1'> {
  readonly endsAt: Seconds
}

/** The bid is for something else than what stands: others were faster. */
export interface NotWhatStands extends Refused<'NotWhatStands', 'ENG-2'> {
  readonly stands: bigint
  readonly given: bigint
}

/** Nobody bids the whole target yet: what is asked for may not shrink. */
export interface TargetNotBid extends Refused<'TargetNotBid', 'ENG-3'> {
  readonly bid: bigint
  readonly target: bigint
}

/** The bid is above the target. */
export interface AboveTarget extends Refused<'AboveTarget', 'ENG-4'> {
  readonly bid: bigint
  readonly target: bigint
}

/** The bid is not above the standing one; or what it asks for is not below, or is below zero. */
export interface NotBetter extends Refused<'NotBetter', 'ENG-5'> {
  readonly given: bigint
  readonly stands: bigint
}

/** The bid betters the standing one by too little. */
export interface TooSmallStep extends Refused<'TooSmallStep', 'ENG-6'> {
  readonly given: bigint
  readonly stands: bigint
}

/** The first bid is below the reserve. */
export interface BelowReserve extends Refused<'BelowReserve', 'ENG-7'> {
  readonly bid: bigint
  readonly reserve: bigint
}

/** The auction is not over, or nobody bid: it cannot be settled. */
export interface NotWon extends Refused<'NotWon', 'ENG-9'> {
  readonly bidExpiresAt: Seconds | undefined
  readonly endsAt: Seconds
}

/** The auction is not past its end: it cannot be restarted. */
export interface NotOver extends Refused<'NotOver', 'ENG-10'> {
  readonly endsAt: Seconds
}

/** Somebody has bid: the auction cannot be restarted. */
export interface AlreadyBid extends Refused<'AlreadyBid', 'ENG-10'> {
  readonly bidder: string
}

/** A bid for the whole target stands: the lot is as good as sold, and cannot be cancelled. */
export interface AlreadySold extends Refused<'AlreadySold', 'ENG-11'> {
  readonly bid: bigint
}

// House

/** The new terms are not of the version that follows. */
export interface NotNextVersion extends Refused<'NotNextVersion', 'HOU-9'> {
  readonly version: number
  readonly wanted: number
}

/** The house has no such line. */
export interface NoSuchLine extends Refused<'NoSuchLine', 'HOU-2'> {
  readonly line: string
}

/** A ceiling below zero, or a level that is none. */
export interface BadSetting extends Refused<'BadSetting', 'HOU-10'> {
  readonly given: bigint
}

// Treasury

/** An amount that is not above zero. */
export interface NoAmount extends Refused<'NoAmount', 'TRE-1'> {
  readonly amount: bigint
}

/** The entry has not waited long enough. */
export interface StillWaiting extends Refused<'StillWaiting', 'TRE-2'> {
  readonly until: bigint
}

/** The entry named is not the one given, or holds nothing. */
export type NoSuchEntry = Refused<'NoSuchEntry', 'TRE-2'>

/** There is less surplus than that. */
export interface TooLittleSurplus extends Refused<'TooLittleSurplus', 'TRE-3'> {
  readonly surplus: Rad
  readonly needed: Rad
}

/** There is less loss that debt auctions are held for than that. */
export interface TooLittleOnAuction extends Refused<'TooLittleOnAuction', 'TRE-3'> {
  readonly onAuction: Rad
  readonly needed: Rad
}

/** There is less loss that may be healed than that. */
export interface TooLittleLoss extends Refused<'TooLittleLoss', 'TRE-4'> {
  readonly loss: Rad
  readonly needed: Rad
}

/** Losses are left that surplus has to heal first. */
export interface LossesLeft extends Refused<'LossesLeft', 'TRE-5'> {
  readonly loss: Rad
}

/** Surplus is left that has to heal losses first. */
export interface SurplusLeft extends Refused<'SurplusLeft', 'TRE-6'> {
  readonly surplus: Rad
}

/** The treasury opens no auctions. */
export type TreasuryClosed = Refused<'TreasuryClosed', 'TRE-7'>

/** More surplus would be on auction than the limit. */
export interface TooMuchOnAuction extends Refused<'TooMuchOnAuction', 'TRE-8'> {
  readonly onAuction: Rad
  readonly limit: Rad
}

export type Refusal =
  | AboveTarget
  | AlreadyBid
  | AlreadySold
  | BadSetting
  | BadTime
  | BelowLeast
  | BelowReserve
  | BidExpired
  | CeilingReached
  | DustyDebt
  | Ended
  | Halted
  | HouseClosed
  | LossesLeft
  | NoAmount
  | NoCollateral
  | NoMarketPrice
  | NoOwner
  | NoPrice
  | NoRiskPrice
  | NoStartPrice
  | NoSuchEntry
  | NoSuchLine
  | NoTarget
  | NoValue
  | NotBetter
  | NothingBought
  | NothingSeized
  | NothingWanted
  | NotNextVersion
  | NotOver
  | NotStale
  | NotWhatStands
  | NotWon
  | OtherTerms
  | OutOfRange
  | PastEnd
  | Safe
  | Stale
  | StillWaiting
  | SurplusLeft
  | TargetNotBid
  | TooExpensive
  | TooLittleLeft
  | TooLittleLoss
  | TooLittleOnAuction
  | TooLittleSurplus
  | TooMuchOnAuction
  | TooSmallStep
  | TreasuryClosed
  | WrongAuction
