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
import { max, mulDiv, RAD, type Rad, RAY, rad, WAD, type Width } from './Fixed.js'
import * as Hazard from './Hazard.js'
import * as Safety from './Safety.js'

export type * from './Clause.js'
export { englishHazards, timeHazards } from './Safety.js'

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
const { grossOf } = Safety

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
  const least = max<bigint>(mulDiv(minDebt, grossOf(terms), WAD, 'ceil'), RAD)
  // Where dust is refused, a part may leave some that can then never be seized.
  const isPartial = closeFactor < WAD || cap._tag === 'Slice'
  return [
    ...atLeast('PAR-4', 'sizing.penaltyRate', 'Wad', penaltyRate, 0n),
    ...atMost('PAR-4', 'sizing.penaltyRate', 'Wad', penaltyRate, WAD),
    ...atLeast('PAR-5', 'sizing.closeFactor', 'Wad', closeFactor, WAD / 100n),
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
  const { flat, limit, rate } = terms.reward
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
    ...is('PAR-8', 'reward.limit', limit, 'penalty'),
  ]
}

/** All that is known to lose money in terms, in the order of spec/08-parameters.md. */
export const hazards = (terms: Terms): Hazards => [
  ...named(terms),
  ...terms.collaterals.flatMap((one, i) => supported(terms, one, `collaterals[${i}].`)),
  ...sized(terms),
  ...rewarded(terms),
  ...terms.collaterals.flatMap((one, i) => Safety.sold(terms, one, `collaterals[${i}].`)),
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
