/**
 * Reward: what whoever opens or resets a lot earns, and who pays it.
 *
 * Laws: REW-1 to REW-5 (spec/13-reward.md).
 * Source: the incentive of Clipper in MakerDAO's dss (kick and redo in clip.sol).
 */

import * as E from 'fp-ts/lib/Either.js'
import { outOfRange } from './Check.js'
import { fits, max, min, mulDiv, type Rad, type Ray, rad, WAD, type Wad, wad } from './Fixed.js'
import type { OutOfRange } from './Refusal.js'
import type { Terms } from './Terms.js'

type Outcome = E.Either<OutOfRange, Rad>

const tooLarge: Outcome = outOfRange('reward', 395)

const none: Outcome = E.right(rad(0n))

/** What a lot is to raise, for which debt; what is above the debt is its penalty. */
export interface Owed {
  readonly target: Rad
  readonly debt: Rad
}

/** Flat and share; of a lot that has earned `rewarded` so far no more than is left of its penalty (REW-5). */
const earned = (
  { reward, width }: Terms,
  { debt, target }: Owed,
  isFlat: boolean,
  rewarded: bigint,
): Outcome => {
  const flat = max(reward.flat, rad(0n))
  const rate = max(reward.rate, wad(0n))
  const total = (isFlat ? flat : 0n) + mulDiv(target, rate, WAD, 'floor')
  if (!fits(width, target * rate) || !fits(width, total)) return tooLarge
  return E.right(
    rad(reward.limit === 'none' ? total : min(total, max(target - debt - rewarded, 0n))),
  )
}

/**
 * The reward for opening a lot: flat, and a share of its target rounded down (REW-1), each nothing
 * where the terms set it below zero, and cut down to its penalty (REW-5). Of several lots that one
 * seizure opens only the first earns the flat part.
 */
export const forOpening = (terms: Terms, lot: Owed, isFirst = true): Outcome =>
  earned(terms, lot, isFirst, 0n)

/**
 * The reward for resetting a lot: as for opening, if neither its target nor its collateral at the
 * market price is below `minLeft` (REW-2), and cut down to what it has not earned of the penalty that
 * is left (REW-5).
 */
export const forReset = (
  terms: Terms,
  lot: Owed & { readonly collateral: Wad; readonly rewarded: Rad },
  market: Ray,
  minLeft: Rad,
): Outcome => {
  const { flat, rate } = terms.reward
  if ((flat <= 0n && rate <= 0n) || lot.target < minLeft) return none
  const value = lot.collateral * market
  if (!fits(terms.width, value)) return tooLarge
  return value < minLeft ? none : earned(terms, lot, true, lot.rewarded)
}
