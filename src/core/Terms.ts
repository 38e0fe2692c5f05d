/**
 * Terms: everything that one line's liquidations need; and the settings that are known to lose money,
 * which `make` refuses and `unchecked` does not.
 *
 * A line is a kind of loan: the positions that share terms, a ceiling and a breaker (Maker's ilk).
 *
 * Laws: PAR-1 to PAR-20 (spec/08-parameters.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { constant } from 'fp-ts/lib/function.js'
import type * as Clause from './Clause.js'
import * as Curve from './Curve.js'
import {
  type Duration,
  MAX_UINT256,
  max,
  min,
  mulDiv,
  type Rad,
  RAY,
  type Ray,
  rad,
  ray,
  WAD,
  type Width,
} from './Fixed.js'
import * as Hazard from './Hazard.js'

export type * from './Clause.js'

// Model

export interface Terms {
  readonly line: string
  /** Counts the changes of this line's terms. */
  readonly version: number
  /** How large a number may grow (FIX-5). */
  readonly width: Width
  /** Whether a lot obeys the terms in force, or those it was opened under. */
  readonly binding: 'inForce' | 'atOpening'
  /** A position is unsafe when what its collateral supports is below its debt, or also at it. */
  readonly unsafe: 'below' | 'atOrBelow'
  readonly collaterals: readonly Clause.Collateral[]
  /** The most money in flight in this line (hole). */
  readonly ceiling: Rad
  readonly sizing: Clause.Sizing
  readonly reward: Clause.Reward
  /** When a lot's debt is booked as the protocol's loss: when it closes with some left, or all of it at once (Maker). */
  readonly lossAt: 'close' | 'seizure'
}

// Constructors

type Hazards = readonly Hazard.Hazard[]

const { atLeast, atMost, is } = Hazard

/** One and the penalty, as a Wad. */
const grossOf = (terms: Terms): bigint => WAD + terms.sizing.penaltyRate

/** What is hazardous in the name and the version of terms. */
export const nameHazards = (
  rule: Hazard.Hazard['rule'],
  { line, version }: Pick<Terms, 'line' | 'version'>,
): Hazards => [
  ...atLeast(rule, 'line.length', 'Count', BigInt(line.length), 1n),
  ...(Number.isSafeInteger(version)
    ? atLeast(rule, 'version', 'Count', BigInt(version), 1n)
    : is(rule, 'version', `${version}`, 'a whole number')),
]

const named = (terms: Terms): Hazards => [
  ...nameHazards('PAR-1', terms),
  ...atLeast('PAR-1', 'collaterals.length', 'Count', BigInt(terms.collaterals.length), 1n),
  ...terms.collaterals.flatMap(({ asset }, i) => [
    ...atLeast('PAR-1', `collaterals[${i}].asset.length`, 'Count', BigInt(asset.length), 1n),
    ...(terms.collaterals.findIndex((one) => one.asset === asset) === i
      ? []
      : is('PAR-1', `collaterals[${i}].asset`, asset, 'listed once')),
  ]),
]

/** A position that has just become unsafe must be worth its debt and the penalty (PAR-2, PAR-3). */
const supported = (
  terms: Terms,
  { haircut, support }: Clause.Collateral,
  path: string,
): Hazards => {
  const gross = grossOf(terms)
  const most = gross > 0n ? mulDiv(RAY, WAD, gross, 'floor') : RAY
  return [
    ...(support._tag === 'Ratio'
      ? atLeast(
          'PAR-2',
          `${path}support.ratio`,
          'Ray',
          support.ratio,
          mulDiv(RAY, gross, WAD, 'ceil'),
        )
      : support._tag === 'LoanToValue'
        ? [
            ...atLeast('PAR-2', `${path}support.share`, 'Ray', support.share, 1n),
            ...atMost('PAR-2', `${path}support.share`, 'Ray', support.share, most),
          ]
        : [
            ...atLeast('PAR-2', `${path}support.share`, 'Ray', support.share, RAY - most),
            ...atMost('PAR-2', `${path}support.share`, 'Ray', support.share, RAY - 1n),
          ]),
    ...atLeast('PAR-3', `${path}haircut`, 'Ray', haircut, 0n),
    ...atMost('PAR-3', `${path}haircut`, 'Ray', haircut, RAY - 1n),
  ]
}

/** The least debt that a seizure is for: what the dust rule says. */
const minDebtOf = ({ sizing: { dust } }: Terms): Rad =>
  dust._tag === 'Ignore' ? rad(0n) : dust.minDebt

const sized = (terms: Terms): Hazards => {
  const { cap, closeFactor, dust, penaltyRate } = terms.sizing
  const minDebt = minDebtOf(terms)
  const least = max(mulDiv(minDebt, grossOf(terms), WAD, 'ceil'), 1n)
  // Where dust is refused, a part may leave some that can then never be seized.
  const isPartial = closeFactor < WAD || cap._tag === 'Slice'
  return [
    ...atLeast('PAR-4', 'sizing.penaltyRate', 'Wad', penaltyRate, 0n),
    ...atMost('PAR-4', 'sizing.penaltyRate', 'Wad', penaltyRate, WAD),
    ...atLeast('PAR-5', 'sizing.closeFactor', 'Wad', closeFactor, 1n),
    ...atMost('PAR-5', 'sizing.closeFactor', 'Wad', closeFactor, WAD),
    ...atLeast('PAR-6', 'sizing.dust.minDebt', 'Rad', minDebt, 0n),
    ...(isPartial && dust._tag === 'Refuse' && minDebt > 0n
      ? is('PAR-6', 'sizing.dust', dust._tag, 'Absorb, or Ignore')
      : []),
    ...atLeast('PAR-7', 'ceiling', 'Rad', terms.ceiling, least),
    ...(cap._tag === 'Slice'
      ? [
          ...atLeast('PAR-7', 'sizing.cap.most', 'Rad', cap.most, least),
          ...atLeast('PAR-7', 'sizing.cap.minRoom', 'Rad', cap.minRoom, 0n),
          ...atMost('PAR-7', 'sizing.cap.minRoom', 'Rad', cap.minRoom, terms.ceiling),
        ]
      : []),
  ]
}

/** Whoever liquidates a loan of his own must not earn more than the penalty he pays (PAR-8). */
const rewarded = (terms: Terms): Hazards => {
  const { flat, rate } = terms.reward
  const { dust, penaltyRate } = terms.sizing
  const gross = grossOf(terms)
  // Only where dust is absorbed is every part that is seized at least that large.
  const minDebt = dust._tag === 'Absorb' ? dust.minDebt : 0n
  const target = mulDiv(minDebt, gross, WAD, 'floor')
  const spare = target - minDebt - mulDiv(target, rate, WAD, 'ceil')
  return [
    ...atLeast('PAR-8', 'reward.flat', 'Rad', flat, 0n),
    ...atLeast('PAR-8', 'reward.rate', 'Wad', rate, 0n),
    ...(gross > 0n
      ? atMost('PAR-8', 'reward.rate', 'Wad', rate, mulDiv(penaltyRate, WAD, gross, 'floor'))
      : []),
    ...atMost('PAR-8', 'reward.flat', 'Rad', flat, max(spare, 0n)),
  ]
}

/** No auction waits longer than this for its price: about 285 million years. */
const forEver: Duration = 2n ** 53n

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

const dutch = (sale: Clause.Dutch, path: string, width: Width): Hazards => {
  const { curve, edges, emptySale, markup, minCollateralLeft, minLeft, reserve, reset } = sale
  const plain = [
    ...Curve.hazards(curve, `${path}curve.`),
    ...atLeast('PAR-13', `${path}reserve`, 'Ray', reserve, 0n),
    ...atLeast('PAR-14', `${path}minLeft`, 'Rad', minLeft, 1n),
    ...atLeast('PAR-14', `${path}minCollateralLeft`, 'Wad', minCollateralLeft, 1n),
    ...is('PAR-15', `${path}emptySale`, emptySale, 'refuse'),
    ...(reset._tag === 'Never'
      ? []
      : [
          ...atLeast('PAR-20', `${path}reset.after`, 'Duration', reset.after, 1n),
          ...atLeast('PAR-20', `${path}reset.below`, 'Ray', reset.below, 0n),
        ]),
    ...(width === 'uint256' ? overlong(curve, `${path}curve.`) : []),
  ]
  if (plain.length > 0) return plain

  const start = shareAt(curve, 0n)
  // The last second before the price first drops: the drop itself must still be on offer.
  const held = lastInstant((at) => shareAt(curve, at) >= start, 0n, forEver)
  const falls = held < forEver
  const dropped = falls ? shareAt(curve, held + 1n) : start
  if (dropped <= margin)
    return is('PAR-11', `${path}curve`, curve._tag, 'one whose first drop leaves something')
  const [below, last] =
    reset._tag === 'Never'
      ? [0n, forEver]
      : [reset.below, min(forEver, edges === 'strict' ? reset.after : reset.after - 1n)]
  if (below > dropped - margin)
    return atMost('PAR-10', `${path}reset.below`, 'Ray', below, dropped - margin)
  if (reset._tag !== 'Never' && falls && held >= last)
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
  if (lowest <= 0n)
    return reset._tag === 'Never'
      ? is('PAR-11', `${path}reset`, 'Never', 'WhenStale, or a curve with a floor')
      : atLeast('PAR-11', `${path}reset.below`, 'Ray', below, 1n)
  const reached = below > 0n ? lowestFrom(below + margin) : lowest
  const least = mulDiv(RAY, falls ? RAY : leastReserve, start, 'ceil')
  const most = mulDiv(lowest, markup, RAY, 'floor')
  return [
    ...atLeast('PAR-9', `${path}markup`, 'Ray', markup, least),
    ...atMost('PAR-12', `${path}markup`, 'Ray', markup, mulDiv(RAY, RAY, reached, 'floor')),
    ...atMost('PAR-13', `${path}reserve`, 'Ray', reserve, max(most, 0n)),
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

/** What is hazardous in the terms of an auction by bids, its settings named from `path` on (PAR-16 to PAR-19). */
export const englishHazards = (sale: Clause.English, path: string, reserve: Ray): Hazards => {
  const { bidLasts, ending, growth, lasts, minRaise } = sale
  return [
    ...atLeast('PAR-16', `${path}reserve`, 'Ray', sale.reserve, reserve),
    ...atMost('PAR-16', `${path}reserve`, 'Ray', sale.reserve, RAY),
    ...atLeast('PAR-17', `${path}minRaise`, 'Wad', minRaise, WAD / 1000n),
    ...atMost('PAR-17', `${path}minRaise`, 'Wad', minRaise, WAD),
    ...timeHazards('PAR-18', `${path}bidLasts`, bidLasts, 1n),
    ...timeHazards('PAR-18', `${path}lasts`, lasts, max(bidLasts, 1n)),
    ...(ending._tag === 'Fixed'
      ? []
      : [
          ...atLeast('PAR-18', `${path}ending.by`, 'Duration', ending.by, 0n),
          ...timeHazards('PAR-18', `${path}ending.hardEnd`, ending.hardEnd, lasts),
        ]),
    ...atLeast('PAR-19', `${path}growth`, 'Wad', growth, 0n),
    ...atMost('PAR-19', `${path}growth`, 'Wad', growth, WAD),
  ]
}

const sold = (width: Width, { sale }: Clause.Collateral, path: string): Hazards =>
  sale._tag === 'Dutch'
    ? dutch(sale, `${path}sale.`, width)
    : englishHazards(sale, `${path}sale.`, leastReserve)

/** All that is known to lose money in terms, in the order of spec/08-parameters.md. */
export const hazards = (terms: Terms): Hazards => [
  ...named(terms),
  ...terms.collaterals.flatMap((one, i) => supported(terms, one, `collaterals[${i}].`)),
  ...sized(terms),
  ...rewarded(terms),
  ...terms.collaterals.flatMap((one, i) => sold(terms.width, one, `collaterals[${i}].`)),
]

/**
 * Terms that no known hazard is in, or all that are: each names the rule, the setting, what was given
 * and what would pass (PAR-1 to PAR-20, CRV-5).
 */
export const make = (terms: Terms): E.Either<Hazards, Terms> => {
  const found = hazards(terms)
  return found.length === 0 ? E.right(terms) : E.left(found)
}

/** The terms as they are given, hazards and all: for replaying history exactly. */
export const unchecked = (terms: Terms): Terms => terms
