/**
 * Terms: everything that one line's liquidations need; and the settings that are known to lose money,
 * which `make` refuses and `unchecked` does not.
 *
 * A line is a kind of loan: the positions that share terms, a ceiling and a breaker (Maker's ilk).
 *
 * Laws: PAR-1 to PAR-20 (spec/08-parameters.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type * as Clause from './Clause.js'
import * as Curve from './Curve.js'
import {
  type Duration,
  min,
  mulDiv,
  type Rad,
  RAY,
  type Ray,
  rad,
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

const named = (terms: Terms): Hazards => [
  ...atLeast('PAR-1', 'line.length', 'Count', BigInt(terms.line.length), 1n),
  ...(Number.isSafeInteger(terms.version)
    ? atLeast('PAR-1', 'version', 'Count', BigInt(terms.version), 1n)
    : is('PAR-1', 'version', `${terms.version}`, 'a whole number')),
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
    ...atLeast('PAR-3', `${path}haircut`, 'Ray', haircut, 0n),
    ...atMost('PAR-3', `${path}haircut`, 'Ray', haircut, RAY - 1n),
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
  ]
}

/** The least debt that a seizure is for: what the dust rule says. */
const minDebtOf = ({ sizing: { dust } }: Terms): Rad =>
  dust._tag === 'Ignore' ? rad(0n) : dust.minDebt

const sized = (terms: Terms): Hazards => {
  const { cap, closeFactor, penaltyRate } = terms.sizing
  const minDebt = minDebtOf(terms)
  const smallest = mulDiv(minDebt, grossOf(terms), WAD, 'ceil')
  const least = smallest > 0n ? smallest : 1n
  return [
    ...atLeast('PAR-4', 'sizing.penaltyRate', 'Wad', penaltyRate, 0n),
    ...atMost('PAR-4', 'sizing.penaltyRate', 'Wad', penaltyRate, WAD),
    ...atLeast('PAR-5', 'sizing.closeFactor', 'Wad', closeFactor, 1n),
    ...atMost('PAR-5', 'sizing.closeFactor', 'Wad', closeFactor, WAD),
    ...atLeast('PAR-6', 'sizing.dust.minDebt', 'Rad', minDebt, 0n),
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
  const { penaltyRate } = terms.sizing
  const gross = grossOf(terms)
  const minDebt = minDebtOf(terms)
  const target = mulDiv(minDebt, gross, WAD, 'floor')
  const spare = target - minDebt - mulDiv(target, rate, WAD, 'ceil')
  return [
    ...atLeast('PAR-8', 'reward.flat', 'Rad', flat, 0n),
    ...atLeast('PAR-8', 'reward.rate', 'Wad', rate, 0n),
    ...(gross > 0n
      ? atMost('PAR-8', 'reward.rate', 'Wad', rate, mulDiv(penaltyRate, WAD, gross, 'floor'))
      : []),
    ...atMost('PAR-8', 'reward.flat', 'Rad', flat, spare > 0n ? spare : 0n),
  ]
}

/** No auction waits longer than this for its price: about 285 million years. */
const forEver: Duration = 2n ** 53n

/** The share of the start price left after a time. */
const shareAt = (curve: Clause.Dutch['curve'], elapsed: Duration): Ray =>
  E.getOrElse(() => RAY)(Curve.priceAt(curve)(RAY, elapsed))

/** The last instant from `low` to `high` at which a thing holds that holds at `low` and, once it fails, fails for good. */
const lastInstant = (holds: (at: Duration) => boolean, low: Duration, high: Duration): Duration => {
  if (low >= high) return low
  const middle = (low + high + 1n) / 2n
  return holds(middle) ? lastInstant(holds, middle, high) : lastInstant(holds, low, middle - 1n)
}

const dutch = (sale: Clause.Dutch, path: string): Hazards => {
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
  ]
  if (plain.length > 0) return plain

  const start = shareAt(curve, 0n)
  const below = reset._tag === 'Never' ? 0n : reset.below
  const last =
    reset._tag === 'Never'
      ? forEver
      : min(forEver, edges === 'strict' ? reset.after : reset.after - 1n)
  // The last second before the price first drops: the drop itself must still be on offer.
  const held = lastInstant((at) => shareAt(curve, at) >= start, 0n, forEver)
  const dropped = held < forEver ? shareAt(curve, held + 1n) : start
  if (below > dropped) return atMost('PAR-10', `${path}reset.below`, 'Ray', below, dropped)
  if (held < forEver && held >= last)
    return atLeast(
      'PAR-10',
      `${path}reset.after`,
      'Duration',
      reset._tag === 'Never' ? last : reset.after,
      edges === 'strict' ? held + 1n : held + 2n,
    )

  const lowest = shareAt(
    curve,
    lastInstant((at) => shareAt(curve, at) >= below, 0n, last),
  )
  if (lowest <= 0n)
    return reset._tag === 'Never'
      ? is('PAR-11', `${path}reset`, 'Never', 'WhenStale, or a curve with a floor')
      : atLeast('PAR-11', `${path}reset.below`, 'Ray', below, 1n)
  return [
    ...(curve._tag === 'Constant'
      ? []
      : atLeast('PAR-9', `${path}markup`, 'Ray', markup, mulDiv(RAY, RAY, start, 'ceil'))),
    ...atMost('PAR-12', `${path}markup`, 'Ray', markup, mulDiv(RAY, RAY, lowest, 'floor')),
    ...atMost('PAR-13', `${path}reserve`, 'Ray', reserve, mulDiv(lowest, markup, RAY, 'floor')),
  ]
}

/** What is hazardous in the terms of an auction by bids, its settings named from `path` on (PAR-16 to PAR-19). */
export const englishHazards = (sale: Clause.English, path: string, reserve: Ray): Hazards => {
  const { bidLasts, ending, growth, lasts, minRaise } = sale
  return [
    ...atLeast('PAR-16', `${path}reserve`, 'Ray', sale.reserve, reserve),
    ...atMost('PAR-16', `${path}reserve`, 'Ray', sale.reserve, RAY),
    ...atLeast('PAR-17', `${path}minRaise`, 'Wad', minRaise, WAD / 1000n),
    ...atLeast('PAR-18', `${path}bidLasts`, 'Duration', bidLasts, 1n),
    ...atLeast('PAR-18', `${path}lasts`, 'Duration', lasts, bidLasts > 1n ? bidLasts : 1n),
    ...(ending._tag === 'Fixed'
      ? []
      : [
          ...atLeast('PAR-18', `${path}ending.by`, 'Duration', ending.by, 0n),
          ...atLeast('PAR-18', `${path}ending.hardEnd`, 'Duration', ending.hardEnd, lasts),
        ]),
    ...atLeast('PAR-19', `${path}growth`, 'Wad', growth, 0n),
  ]
}

/** The least reserve of a first bid for collateral: a tenth of the market value. */
const leastReserve: Ray = mulDiv(RAY, 1n, 10n, 'floor') as Ray

const sold = ({ sale }: Clause.Collateral, path: string): Hazards =>
  sale._tag === 'Dutch'
    ? dutch(sale, `${path}sale.`)
    : englishHazards(sale, `${path}sale.`, leastReserve)

/** All that is known to lose money in terms, in the order of spec/08-parameters.md. */
export const hazards = (terms: Terms): Hazards => [
  ...named(terms),
  ...terms.collaterals.flatMap((one, i) => supported(terms, one, `collaterals[${i}].`)),
  ...sized(terms),
  ...rewarded(terms),
  ...terms.collaterals.flatMap((one, i) => sold(one, `collaterals[${i}].`)),
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
