/**
 * Reward: what whoever opens or resets a lot earns, and who pays it.
 *
 * Laws: REW-1 to REW-4 (spec/13-reward.md).
 * Source: the incentive of Clipper in MakerDAO's dss (kick and redo in clip.sol).
 */

import * as E from 'fp-ts/lib/Either.js'
import { outOfRange } from './Check.js'
import { fits, max, mulDiv, type Rad, type Ray, rad, WAD, type Wad, wad } from './Fixed.js'
import type { OutOfRange } from './Refusal.js'
import type { Terms } from './Terms.js'

type Outcome = E.Either<OutOfRange, Rad>

const tooLarge: Outcome = outOfRange('reward', 395)

const none: Outcome = E.right(rad(0n))

/**
 * The reward for opening a lot of `target`: flat, and a share of the target rounded down (REW-1), each
 * nothing where the terms set it below zero. Of several lots that one seizure opens only the first
 * earns the flat part.
 */
export const forOpening = ({ reward, width }: Terms, target: Rad, isFirst = true): Outcome => {
  const flat = max(reward.flat, rad(0n))
  const rate = max(reward.rate, wad(0n))
  if (flat === 0n && rate === 0n) return none
  const total = (isFirst ? flat : 0n) + mulDiv(target, rate, WAD, 'floor')
  return fits(width, target * rate) && fits(width, total) ? E.right(rad(total)) : tooLarge
}

/**
 * The reward for resetting a lot: as for opening, if neither its target nor its collateral at the
 * market price is below `minLeft` (REW-2).
 */
export const forReset = (
  terms: Terms,
  lot: { readonly target: Rad; readonly collateral: Wad },
  market: Ray,
  minLeft: Rad,
): Outcome => {
  const { flat, rate } = terms.reward
  if ((flat <= 0n && rate <= 0n) || lot.target < minLeft) return none
  const value = lot.collateral * market
  if (!fits(terms.width, value)) return tooLarge
  return value < minLeft ? none : forOpening(terms, lot.target)
}
