/**
 * Lot: what is for sale and what is left of it, as a fold of events. It decides nothing.
 *
 * Laws: DUT-10, ENG-12 (spec/05-dutch.md, spec/06-english.md).
 */

import type {
  DebtOpened,
  Goods,
  OfCollateral,
  OfDutch,
  OfEnglish,
  Opened,
  Start,
  SurplusOpened,
} from './Event.js'
import { type Rad, type Ray, rad, type Seconds, type Wad, wad } from './Fixed.js'
import type * as Terms from './Terms.js'

// Model

/** What is left of a Dutch lot: collateral for sale, debt to repay, target to raise (debt and penalty). */
export interface Dutch {
  readonly _tag: 'Dutch'
  readonly id: string
  readonly line: string
  /** The version of the terms it was opened under. */
  readonly terms: number
  readonly goods: OfCollateral
  readonly collateral: Wad
  readonly debt: Rad
  readonly target: Rad
  readonly startPrice: Ray
  readonly startedAt: Seconds
  /** What its opening and its resets have earned. */
  readonly rewarded: Rad
  readonly lossAt: Terms.Terms['lossAt']
  /** Whether it obeys the terms in force, or those it was opened under. */
  readonly binding: Terms.Terms['binding']
  readonly lastAt: Seconds
  readonly ended: boolean
}

/** An auction by bids: `Bid` is what it is paid in, `Sold` what it sells. */
export interface English<Bid extends bigint = bigint, Sold extends bigint = bigint> {
  readonly _tag: 'English'
  readonly id: string
  readonly line: string
  /** The version of the terms it was opened under. */
  readonly terms: number
  readonly goods: Goods
  readonly sold: Sold
  readonly bid: Bid
  /** Whose bid stands. */
  readonly bidder: string | undefined
  /** Until when it stands; nothing until somebody bids. */
  readonly bidExpiresAt: Seconds | undefined
  readonly endsAt: Seconds
  readonly hardEndsAt: Seconds
  /** The least first bid. */
  readonly reserve: Bid
  readonly held: Terms.English['held']
  /** The debt left to repay, and what is to be raised: zero where no collateral is sold. */
  readonly debt: Rad
  readonly target: Rad
  readonly lossAt: Terms.Terms['lossAt']
  /** Whether it obeys the terms in force, or those it was opened under. */
  readonly binding: Terms.Terms['binding']
  readonly lastAt: Seconds
  readonly ended: boolean
}

/** Money for collateral. */
export type OfLiquidation = English<Rad, Wad>

/** Tokens for surplus money (flap). */
export type OfSurplus = English<Wad, Rad>

/** Money for tokens that are minted (flop). */
export type OfDebt = English<Rad, Wad>

export type Lot = Dutch | English

// Queries

/** When the standing bid of an auction has won, or, where nobody bid, it is over. */
export const endOf = ({
  bidExpiresAt,
  endsAt,
}: Pick<English, 'bidExpiresAt' | 'endsAt'>): Seconds => Math.min(bidExpiresAt ?? endsAt, endsAt)

// Constructors

const none = rad(0n)

const opened = (
  { at, binding, collateral, debt, goods, line, lossAt, lot, reward, target, terms }: Opened,
  start: Start,
): Lot =>
  start._tag === 'Dutch'
    ? {
        _tag: 'Dutch',
        id: lot,
        line,
        terms,
        goods,
        collateral,
        debt,
        target,
        startPrice: start.startPrice,
        startedAt: at,
        rewarded: reward,
        lossAt,
        binding,
        lastAt: at,
        ended: false,
      }
    : {
        _tag: 'English',
        id: lot,
        line,
        terms,
        goods,
        sold: collateral,
        bid: none,
        bidder: undefined,
        bidExpiresAt: undefined,
        endsAt: start.endsAt,
        hardEndsAt: start.hardEndsAt,
        reserve: start.reserve,
        held: start.held,
        debt,
        target,
        lossAt,
        binding,
        lastAt: at,
        ended: false,
      }

/** The lot that an opening puts up for sale. */
export const open = (event: Opened | SurplusOpened | DebtOpened): Lot => {
  if (event._tag === 'Opened') return opened(event, event.start)
  const { at, endsAt, goods, hardEndsAt, held, line, lot, sold, terms } = event
  return {
    _tag: 'English',
    id: lot,
    line,
    terms,
    goods,
    sold,
    bid: event._tag === 'DebtOpened' ? event.bid : wad(0n),
    bidder: undefined,
    bidExpiresAt: undefined,
    endsAt,
    hardEndsAt,
    reserve: event._tag === 'SurplusOpened' ? event.reserve : none,
    held,
    debt: none,
    target: none,
    lossAt: 'close',
    binding: 'inForce',
    lastAt: at,
    ended: false,
  }
}

// Transitions

/**
 * A lot with what has changed of it. Written out, as where it opens: V8 keeps the fields of a literal in
 * one object of one shape, and those of a spread in two; a million lots are then slower to visit.
 */
const nextDutch = (
  lot: Dutch,
  lastAt: Seconds,
  {
    collateral = lot.collateral,
    debt = lot.debt,
    ended = lot.ended,
    rewarded = lot.rewarded,
    startedAt = lot.startedAt,
    startPrice = lot.startPrice,
    target = lot.target,
  }: Partial<Dutch>,
): Dutch => ({
  _tag: 'Dutch',
  id: lot.id,
  line: lot.line,
  terms: lot.terms,
  goods: lot.goods,
  collateral,
  debt,
  target,
  startPrice,
  startedAt,
  rewarded,
  lossAt: lot.lossAt,
  binding: lot.binding,
  lastAt,
  ended,
})

/** The same of an auction by bids. */
const nextEnglish = (
  lot: English,
  lastAt: Seconds,
  {
    bid = lot.bid,
    bidder = lot.bidder,
    bidExpiresAt = lot.bidExpiresAt,
    debt = lot.debt,
    ended = lot.ended,
    endsAt = lot.endsAt,
    hardEndsAt = lot.hardEndsAt,
    reserve = lot.reserve,
    sold = lot.sold,
    target = lot.target,
  }: Partial<English>,
): English => ({
  _tag: 'English',
  id: lot.id,
  line: lot.line,
  terms: lot.terms,
  goods: lot.goods,
  sold,
  bid,
  bidder,
  bidExpiresAt,
  endsAt,
  hardEndsAt,
  reserve,
  held: lot.held,
  debt,
  target,
  lossAt: lot.lossAt,
  binding: lot.binding,
  lastAt,
  ended,
})

/** A Dutch lot after an event (DUT-10). */
export const evolveDutch = (lot: Dutch, event: OfDutch): Dutch => {
  switch (event._tag) {
    case 'Taken':
      return nextDutch(lot, event.at, {
        collateral: wad(lot.collateral - event.bought),
        debt: rad(lot.debt - event.repaid),
        target: rad(lot.target - event.repaid - event.penalty),
      })
    case 'Reset':
      return nextDutch(lot, event.at, {
        startPrice: event.startPrice,
        startedAt: event.at,
        rewarded: rad(lot.rewarded + event.reward),
      })
    case 'Closed':
    case 'Cancelled':
      return nextDutch(lot, event.at, {
        collateral: wad(0n),
        debt: none,
        target: none,
        ended: true,
      })
  }
}

/** An auction by bids after an event (ENG-12). */
export const evolveEnglish = (lot: English, event: OfEnglish): English => {
  switch (event._tag) {
    case 'Raised':
    case 'Shrunk': {
      const { bid, bidder, bidExpiresAt, endsAt } = event
      const standing = { bid, bidder, bidExpiresAt, endsAt }
      return event._tag === 'Raised'
        ? nextEnglish(lot, event.at, { ...standing, debt: rad(lot.debt - event.repaid) })
        : nextEnglish(lot, event.at, { ...standing, sold: event.sold })
    }
    case 'Restarted': {
      const { endsAt, hardEndsAt, reserve, sold } = event
      return nextEnglish(lot, event.at, { endsAt, hardEndsAt, reserve, sold })
    }
    case 'Settled':
      return nextEnglish(lot, event.at, {
        sold: 0n,
        debt: rad(lot.debt - event.repaid),
        ended: lot.goods._tag !== 'Collateral',
      })
    case 'Closed':
    case 'Cancelled':
    case 'Stopped':
      return nextEnglish(lot, event.at, { sold: 0n, debt: none, target: none, ended: true })
  }
}

/** A lot after an event of its own kind; an event of another kind leaves it as it is. */
export const evolve = (lot: Lot, event: OfDutch | OfEnglish): Lot => {
  if (lot._tag === 'English')
    return event._tag === 'Taken' || event._tag === 'Reset' ? lot : evolveEnglish(lot, event)
  switch (event._tag) {
    case 'Taken':
    case 'Reset':
    case 'Closed':
    case 'Cancelled':
      return evolveDutch(lot, event)
    default:
      return lot
  }
}
