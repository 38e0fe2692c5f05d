/**
 * Safety: which settings of a sale are known to lose money, by a falling price and by bids.
 *
 * Laws: PAR-9 to PAR-20 (spec/08-parameters.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { constant } from 'fp-ts/lib/function.js'
import type * as Clause from './Clause.js'
import * as Curve from './Curve.js'
import {
  type Duration,
  MAX_UINT256,
  max,
  mulDiv,
  RAD,
  type Rad,
  RAY,
  type Ray,
  ray,
  WAD,
  type Width,
} from './Fixed.js'
import * as Hazard from './Hazard.js'

// Model

/** What a sale needs to know of its terms. */
interface Line {
  readonly width: Width
  readonly ceiling: Rad
  readonly sizing: Clause.Sizing
}

// Constructors

type Hazards = readonly Hazard.Hazard[]

const { atLeast, atMost, is } = Hazard

/** One and the penalty, as a Wad. */
export const grossOf = ({
  sizing,
}: {
  readonly sizing: Pick<Clause.Sizing, 'penaltyRate'>
}): bigint => WAD + sizing.penaltyRate

/**
 * The debt and the penalty of a position that has just become unsafe, as a fraction of what its
 * collateral is worth; none where PAR-2, PAR-3 or PAR-4 is broken so that there is no such fraction.
 */
const owed = (line: Line, { haircut, support }: Clause.Collateral): readonly [bigint, bigint] => {
  const kept = (RAY - haircut) * grossOf(line)
  const [part, whole] =
    support._tag === 'Ratio'
      ? [kept * RAY, support.ratio]
      : [kept * (support._tag === 'Margin' ? RAY - support.share : support.share), RAY]
  return part > 0n && whole > 0n ? [part, whole * RAY * WAD] : [0n, 1n]
}

/** No lot that is never reset waits longer than this: about 285 million years. */
const forEver: Duration = 2n ** 53n

/** The longest time from one reset to the next: a week. */
const week: Duration = 604_800n

/** The share of the start price left after a time: a curve without hazards always has one. */
const shareAt = (curve: Curve.Curve, elapsed: Duration): Ray =>
  E.getOrElse(constant(RAY))(Curve.priceAt(curve)(RAY, elapsed))

/** The last instant from `low` to `high` at which a thing holds that holds at `low` and, once it fails, fails for good. */
const lastInstant = (holds: (at: Duration) => boolean, low: Duration, high: Duration): Duration => {
  if (low >= high) return low
  const middle = (low + high + 1n) / 2n
  return holds(middle) ? lastInstant(holds, middle, high) : lastInstant(holds, low, middle - 1n)
}

/** A straight line so long that its price does not fit a word: its lots are neither sold nor reset. */
const overlong = (curve: Curve.Curve, path: string): Hazards => {
  switch (curve._tag) {
    case 'Linear':
      return atMost('PAR-20', `${path}zeroAfter`, 'Duration', curve.zeroAfter, MAX_UINT256 / RAY)
    case 'Scaled':
    case 'Floored':
    case 'Capped':
      return overlong(curve.of, `${path}of.`)
    default:
      return []
  }
}

/**
 * How far a share must stay above the one that makes a lot stale: at equality the rounding of the price
 * decides. With this much the rounding of no start price from a billionth up does.
 */
const margin: bigint = 10n ** 9n

/** The least that may be asked for collateral at once: a tenth of the market value. */
const leastReserve: Ray = ray(RAY / 10n)

/** What a buyer pays at most of the market price: less, as it moves while he sells. */
const discounted: bigint = (RAY * 95n) / 100n

const dutch = (
  line: Line,
  collateral: Clause.Collateral,
  sale: Clause.Dutch,
  path: string,
): Hazards => {
  const { curve, edges, emptySale, markup, minCollateralLeft, minLeft, reserve, reset } = sale
  const isReset = reset._tag === 'WhenStale'
  const shaped = Curve.hazards(curve, `${path}curve.`)
  const plain = [
    ...shaped,
    ...atLeast('PAR-13', `${path}reserve`, 'Ray', reserve, leastReserve),
    ...atLeast('PAR-14', `${path}minLeft`, 'Rad', minLeft, RAD),
    ...atMost('PAR-14', `${path}minLeft`, 'Rad', minLeft, line.ceiling),
    ...atLeast('PAR-14', `${path}minCollateralLeft`, 'Wad', minCollateralLeft, 10n ** 12n),
    ...is('PAR-15', `${path}emptySale`, emptySale, 'refuse'),
    ...(isReset
      ? [
          ...atLeast('PAR-20', `${path}reset.after`, 'Duration', reset.after, 60n),
          ...atMost('PAR-20', `${path}reset.after`, 'Duration', reset.after, week),
          ...atLeast('PAR-20', `${path}reset.below`, 'Ray', reset.below, 0n),
        ]
      : []),
    // A curve without hazards is not nested so deep that this overflows a stack.
    ...(line.width === 'uint256' && shaped.length === 0 ? overlong(curve, `${path}curve.`) : []),
  ]
  if (plain.length > 0) return plain

  const start = shareAt(curve, 0n)
  const horizon = isReset ? week : forEver
  // The last second before the price first drops: the drop itself must still be on offer.
  const held = lastInstant((at) => shareAt(curve, at) >= start, 0n, horizon)
  const falls = held + 1n < horizon
  const dropped = falls ? shareAt(curve, held + 1n) : start
  if (dropped <= margin)
    return is('PAR-11', `${path}curve`, curve._tag, 'one whose first drop leaves something')
  if (falls && !isReset)
    return is('PAR-11', `${path}reset`, 'Never', 'WhenStale, or a curve that does not fall')
  const [below, last] = isReset
    ? [reset.below, edges === 'strict' ? reset.after : reset.after - 1n]
    : [0n, forEver]
  if (below > dropped - margin)
    return atMost('PAR-10', `${path}reset.below`, 'Ray', below, dropped - margin)
  if (isReset && falls && held >= last)
    return atLeast(
      'PAR-10',
      `${path}reset.after`,
      'Duration',
      reset.after,
      edges === 'strict' ? held + 1n : held + 2n,
    )

  const lowestFrom = (share: bigint): Ray =>
    shareAt(
      curve,
      lastInstant((at) => shareAt(curve, at) >= share, 0n, last),
    )
  const lowest = lowestFrom(below)
  if (lowest <= 0n) return atLeast('PAR-11', `${path}reset.below`, 'Ray', below, 1n)
  const reached = below > 0n ? lowestFrom(below + margin) : lowest
  const [part, whole] = owed(line, collateral)
  const least = falls
    ? mulDiv(RAY, RAY, start, 'ceil')
    : mulDiv(part * RAY, RAY, whole * lowest, 'ceil')
  const most = mulDiv(lowest, markup, RAY, 'floor')
  return [
    ...atLeast('PAR-9', `${path}markup`, 'Ray', markup, least),
    ...atMost('PAR-12', `${path}markup`, 'Ray', markup, mulDiv(discounted, RAY, reached, 'floor')),
    ...(most < leastReserve
      ? atLeast('PAR-13', `${path}markup`, 'Ray', markup, mulDiv(leastReserve, RAY, lowest, 'ceil'))
      : atMost('PAR-13', `${path}reserve`, 'Ray', reserve, most)),
  ]
}

/** The longest time of an auction by bids: half of what a 48-bit clock shows, so that it still can end. */
const longest: Duration = 2n ** 47n

/** What is hazardous in a time, which is to be from `least` to one that a contract's clock still shows. */
export const timeHazards = (
  rule: Hazard.Hazard['rule'],
  parameter: string,
  given: Duration,
  least: Duration,
): Hazards => [
  ...atLeast(rule, parameter, 'Duration', given, least),
  ...atMost(rule, parameter, 'Duration', given, longest),
]

/**
 * What is hazardous in the terms of an auction by bids, its settings named from `path` on (PAR-16 to
 * PAR-19): it asks for at least `reserve` of the market value, and grows by at most `growing`.
 */
export const englishHazards = (
  sale: Clause.English,
  path: string,
  reserve: Ray,
  growing: bigint,
): Hazards => {
  const { bidLasts, ending, growth, lasts, minRaise } = sale
  return [
    ...atLeast('PAR-16', `${path}reserve`, 'Ray', sale.reserve, reserve),
    ...atMost('PAR-16', `${path}reserve`, 'Ray', sale.reserve, RAY),
    ...atLeast('PAR-17', `${path}minRaise`, 'Wad', minRaise, WAD / 1000n),
    ...atMost('PAR-17', `${path}minRaise`, 'Wad', minRaise, WAD),
    ...timeHazards('PAR-18', `${path}bidLasts`, bidLasts, 300n),
    ...timeHazards('PAR-18', `${path}lasts`, lasts, max(bidLasts, 3600n)),
    ...(ending._tag === 'Fixed'
      ? []
      : [
          ...atLeast('PAR-18', `${path}ending.by`, 'Duration', ending.by, 0n),
          ...timeHazards('PAR-18', `${path}ending.hardEnd`, ending.hardEnd, lasts),
        ]),
    ...atLeast('PAR-19', `${path}growth`, 'Wad', growth, 0n),
    ...atMost('PAR-19', `${path}growth`, 'Wad', growth, growing),
  ]
}

/** What is hazardous in how collateral is sold, its settings named from `path` on (PAR-9 to PAR-20). */
export const sold = (line: Line, collateral: Clause.Collateral, path: string): Hazards =>
  collateral.sale._tag === 'Dutch'
    ? dutch(line, collateral, collateral.sale, `${path}sale.`)
    : englishHazards(collateral.sale, `${path}sale.`, leastReserve, 0n)
