/**
 * Seizure: how much of an unsafe position goes up for sale, and in which lots.
 *
 * A pipeline with one rounding a stage: close factor, cap, dust rule, collateral, penalty.
 *
 * Laws: SEI-1 to SEI-11 (spec/04-seizure.md).
 * Source: bark of Dog and bite of Cat in MakerDAO's dss (dog.sol, cat.sol).
 */

import * as E from 'fp-ts/lib/Either.js'
import { outOfRange } from './Check.js'
import { fits, min, mulDiv, type Rad, rad, WAD, type Wad, wad } from './Fixed.js'
import { held, type Position, type Quote, quoted } from './Position.js'
import type * as Refusal from './Refusal.js'
import type { Collateral, Terms } from './Terms.js'

// Model

/** The money that may still be put in flight, in the whole house and in this line. */
export interface Room {
  readonly inHouse: Rad
  readonly inLine: Rad
}

/** What is seized of one asset, and the debt that its sale is to repay. */
export interface Part {
  readonly collateral: Collateral
  readonly amount: Wad
  readonly shares: Wad
  readonly debt: Rad
  readonly target: Rad
}

type Outcome<A> = E.Either<
  | Refusal.CeilingReached
  | Refusal.DustyDebt
  | Refusal.NothingSeized
  | Refusal.NoValue
  | Refusal.OutOfRange,
  A
>

// Stages

const nothing: Refusal.NothingSeized = { _tag: 'NothingSeized', rule: 'SEI-5' }

/** One and the penalty, as a Wad: what the debt is multiplied by. */
const grossOf = ({ sizing }: Terms): bigint => WAD + sizing.penaltyRate

/** The target of a debt: debt × (1 + penaltyRate), rounded down (SEI-6). */
export const targetOf = (terms: Terms, debt: Rad): Rad =>
  rad(mulDiv(debt, grossOf(terms), WAD, 'floor'))

/** The shares that close factor and cap allow (SEI-1 to SEI-3). */
const allowed = (terms: Terms, { shares, index }: Position, room: Room): Outcome<Wad> => {
  const { cap, closeFactor } = terms.sizing
  const left = min(room.inHouse, room.inLine)
  if (left <= 0n || (cap._tag === 'Slice' && left < cap.minRoom))
    return E.left({
      _tag: 'CeilingReached',
      rule: 'SEI-1',
      roomInHouse: room.inHouse,
      roomInLine: room.inLine,
    })
  const wanted = mulDiv(shares, closeFactor, WAD, 'floor')
  const money = (cap._tag === 'Slice' ? min(cap.most, left) : left) * WAD
  const gross = grossOf(terms)
  if (!fits(terms.width, money)) return outOfRange('room', 140)
  if (gross <= 0n) return outOfRange('shares that fit the room', 140)
  return E.right(wad(min(wanted, money / index / gross)))
}

/** The shares after the dust rule (SEI-4). */
const undusted = (terms: Terms, position: Position, part: Wad): Outcome<Wad> => {
  const { dust } = terms.sizing
  const { index, shares } = position
  if (dust._tag === 'Ignore' || part >= shares) return E.right(part)
  const { minDebt } = dust
  const left = rad((shares - part) * index)
  if (!fits(terms.width, left)) return outOfRange('debt left', 150)
  if (left < minDebt)
    return dust._tag === 'Absorb'
      ? E.right(shares)
      : E.left({ _tag: 'DustyDebt', rule: 'SEI-4', debt: left, minDebt })
  const debt = rad(part * index)
  if (!fits(terms.width, debt)) return outOfRange('debt seized', 150)
  return dust._tag === 'Absorb' && debt < minDebt
    ? E.left({ _tag: 'DustyDebt', rule: 'SEI-4', debt, minDebt })
    : E.right(part)
}

/**
 * Parts of a whole in proportion to weights, by largest remainder: each is rounded down, and what is
 * left over goes one unit each to the largest remainders, the first of equals first (SEI-9). Weights
 * are not below zero; where all are zero the first takes the whole.
 */
export const splitByWeight = (whole: bigint, weights: readonly bigint[]): readonly bigint[] => {
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  if (total === 0n) return weights.map((_, i) => (i === 0 ? whole : 0n))
  const parts = weights.map((weight) => (whole * weight) / total)
  const over = whole - parts.reduce((sum, part) => sum + part, 0n)
  const favoured = weights
    .map((weight, i) => ({ i, remainder: (whole * weight) % total }))
    .sort((a, b) => (a.remainder === b.remainder ? a.i - b.i : a.remainder > b.remainder ? -1 : 1))
    .slice(0, Number(over))
  return parts.map((part, i) => (favoured.some((one) => one.i === i) ? part + 1n : part))
}

interface Seized {
  readonly collateral: Collateral
  readonly amount: Wad
  /** What it is worth on the market. */
  readonly value: bigint
}

/** The shares of debt that each asset covers, one after the other, the last taking the rest (SEI-10). */
const splitInOrder = (
  terms: Terms,
  index: bigint,
  whole: bigint,
  seized: readonly Seized[],
): readonly bigint[] =>
  seized.reduce<readonly bigint[]>((parts, { value }, i) => {
    const left = whole - parts.reduce((sum, part) => sum + part, 0n)
    const covers = mulDiv(value, WAD, index * grossOf(terms), 'floor')
    return [...parts, i === seized.length - 1 ? left : min(left, covers)]
  }, [])

const pricedOrNot = (seized: readonly Seized[]): E.Either<Refusal.NoValue, readonly Seized[]> => {
  const missing = seized.find(({ value }) => value <= 0n)
  return missing === undefined
    ? E.right(seized)
    : E.left({ _tag: 'NoValue', rule: 'SEI-8', asset: missing.collateral.asset })
}

/** The lots that the seized shares make: one an asset (SEI-5, SEI-6, SEI-9, SEI-10). */
const parts = (
  terms: Terms,
  position: Position,
  quotes: readonly Quote[],
  seizedShares: Wad,
): Outcome<readonly Part[]> => {
  const products = terms.collaterals.map(({ asset }) => held(position, asset) * seizedShares)
  if (!products.every((product) => fits(terms.width, product)))
    return outOfRange('collateral seized', 155)
  const seized = terms.collaterals
    .map((collateral, i): Seized => {
      const amount = wad((products[i] ?? 0n) / position.shares)
      return {
        collateral,
        amount,
        value: amount * (quoted(quotes, collateral.asset)?.market ?? 0n),
      }
    })
    .filter(({ amount }) => amount > 0n)
  if (seized.length === 0) return E.left(nothing)
  const priced = seized.length > 1 ? pricedOrNot(seized) : E.right(seized)
  if (E.isLeft(priced)) return priced
  const split =
    terms.sizing.split === 'inOrder'
      ? splitInOrder(terms, position.index, seizedShares, seized)
      : splitByWeight(
          seizedShares,
          seized.map(({ value }) => value),
        )
  return part(terms, position, seized, split)
}

/** An asset that takes no share of the debt stays with the position. */
const part = (
  terms: Terms,
  { index }: Position,
  seized: readonly Seized[],
  split: readonly bigint[],
): Outcome<readonly Part[]> => {
  const parts = seized.flatMap(({ amount, collateral }, i): readonly Part[] => {
    const shares = wad(split[i] ?? 0n)
    const debt = rad(shares * index)
    return shares > 0n ? [{ collateral, amount, shares, debt, target: targetOf(terms, debt) }] : []
  })
  const tooLarge = parts.find(
    ({ debt }) => !fits(terms.width, debt) || !fits(terms.width, debt * grossOf(terms)),
  )
  return tooLarge === undefined ? E.right(parts) : outOfRange('target', 170)
}

// Queries

/**
 * The lots that an unsafe position's seizure makes, with the room there is (SEI-1 to SEI-10): Wads of
 * collateral, Rads of debt and target. Refuses where there is no room (SEI-1), where dust forbids it
 * (SEI-4), where nothing would be seized (SEI-5), and where an asset of several has no value (SEI-8).
 */
export const plan = (
  terms: Terms,
  position: Position,
  quotes: readonly Quote[],
  room: Room,
): Outcome<readonly Part[]> => {
  if (position.shares <= 0n || position.index <= 0n) return E.left(nothing)
  const share = allowed(terms, position, room)
  if (E.isLeft(share)) return share
  const kept = undusted(terms, position, share.right)
  return E.isLeft(kept) ? kept : parts(terms, position, quotes, kept.right)
}
