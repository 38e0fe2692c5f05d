/**
 * Check: what every command is checked for first, and the place of each refusal in the order of checks.
 *
 * Laws: HOU-1, HOU-4 to HOU-6, FIX-5 (spec/12-house.md, where the stages are listed, spec/01-fixed.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Seconds } from './Fixed.js'
import type * as Refusal from './Refusal.js'

/** Whether a command may come `at` an instant: a whole second, not before `lastAt` (HOU-1). */
export const isTime = (at: number, lastAt: Seconds): boolean =>
  Number.isSafeInteger(at) && at >= lastAt

/** The refusal of a time (HOU-1). */
export const badTime = (at: number, lastAt: Seconds): E.Either<Refusal.BadTime, never> =>
  E.left({ _tag: 'BadTime', rule: 'HOU-1', at, lastAt })

/** The level of the breaker from which a command to a lot is refused (HOU-4): 4, which none reaches, for the ways out. */
export const haltedFrom = {
  Take: 3,
  Raise: 3,
  Shrink: 3,
  Reset: 2,
  Restart: 2,
  Settle: 4,
  Cancel: 4,
} as const

/** The refusal of a breaker's level (HOU-4). */
export const halted = (level: number): E.Either<Refusal.Halted, never> =>
  E.left({ _tag: 'Halted', rule: 'HOU-4', level })

/** The refusal of anything to a lot that is over (HOU-5). */
export const ended: E.Either<Refusal.Ended, never> = E.left({ _tag: 'Ended', rule: 'HOU-5' })

/** A command that is not one of `Fits`: meant for the other kind of auction (HOU-6). */
export interface Misfit<Fits> {
  readonly _tag: Exclude<keyof typeof haltedFrom, Fits>
  readonly at: Seconds
}

/** What a command to a lot is refused for first: its time, the breaker, a lot that is over; nothing where it may go on. */
export const refusedFirst = (
  level: number,
  lot: { readonly lastAt: Seconds; readonly ended: boolean },
  { _tag, at }: { readonly _tag: keyof typeof haltedFrom; readonly at: number },
): E.Either<Refusal.BadTime | Refusal.Halted | Refusal.Ended, never> | undefined => {
  if (!isTime(at, lot.lastAt)) return badTime(at, lot.lastAt)
  // Level 0 forbids nothing: most commands need no look at the table.
  if (level !== 0 && level >= haltedFrom[_tag]) return halted(level)
  return lot.ended ? ended : undefined
}

/** The refusal of a command that does not fit the kind of auction (HOU-6). */
export const wrongAuction: E.Either<Refusal.WrongAuction, never> = E.left({
  _tag: 'WrongAuction',
  rule: 'HOU-6',
})

/** The refusal of a number that does not exist in the terms' width (FIX-5), formed at `stage`. */
export const outOfRange = (what: string, stage: number): E.Either<Refusal.OutOfRange, never> =>
  E.left({ _tag: 'OutOfRange', rule: 'FIX-5', what, stage })

/** Where in the order of checks each refusal stands (spec/12-house.md). */
const stages: Readonly<Record<Exclude<Refusal.Refusal['_tag'], 'OutOfRange'>, number>> = {
  OtherTerms: 5,
  NoSuchLine: 5,
  BadTime: 10,
  HouseClosed: 30,
  NoRiskPrice: 110,
  Safe: 120,
  CeilingReached: 130,
  DustyDebt: 150,
  NothingSeized: 160,
  NoValue: 165,
  Halted: 200,
  Ended: 210,
  WrongAuction: 220,
  NoTarget: 230,
  NoCollateral: 235,
  NoOwner: 240,
  NoPrice: 300,
  Stale: 310,
  NotStale: 310,
  TooExpensive: 320,
  NothingWanted: 330,
  TooLittleLeft: 350,
  NothingBought: 360,
  BelowLeast: 370,
  NoMarketPrice: 380,
  NoStartPrice: 390,
  BidExpired: 400,
  PastEnd: 410,
  NotWhatStands: 420,
  TargetNotBid: 430,
  AboveTarget: 440,
  NotBetter: 450,
  TooSmallStep: 460,
  BelowReserve: 470,
  NotWon: 500,
  NotOver: 510,
  AlreadyBid: 520,
  AlreadySold: 530,
  NotNextVersion: 600,
  BadSetting: 610,
  NoAmount: 700,
  NoSuchEntry: 705,
  StillWaiting: 710,
  TooLittleOnAuction: 715,
  TooLittleSurplus: 720,
  TooLittleLoss: 730,
  LossesLeft: 730,
  SurplusLeft: 740,
  TreasuryClosed: 750,
  TooMuchOnAuction: 760,
}

/**
 * The place of a refusal in the order of checks: of two rules that a command breaks, the one of the
 * lower stage is named. A host merges its own checks in by stage.
 */
export const stage = (refusal: Refusal.Refusal): number =>
  refusal._tag === 'OutOfRange' ? refusal.stage : stages[refusal._tag]
