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
import {
  fits,
  max,
  min,
  mulDiv,
  type Rad,
  type Ray,
  rad,
  ray,
  WAD,
  type Wad,
  wad,
  worth,
} from './Fixed.js'
import { accepted, held, type Position, type Quote, quoted } from './Position.js'
import type * as Refusal from './Refusal.js'
import { grossOf } from './Safety.js'
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
  /** The market price that its sale starts from: zero where there is none. */
  readonly market: Ray
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

/** The target of a debt: debt × (1 + penaltyRate), rounded down (SEI-6). */
export const targetOf = (terms: Parameters<typeof grossOf>[0], debt: Rad): Rad =>
  rad(mulDiv(debt, grossOf(terms), WAD, 'floor'))

/**
 * The shares that the close factor asks for (SEI-2): not so few that they are dust, if the rest may not
 * be left for that.
 */
const wanted = ({ sizing }: Terms, { shares, index }: Position): bigint => {
  const { closeFactor, dust } = sizing
  const part = mulDiv(shares, closeFactor, WAD, 'floor')
  const least = dust._tag === 'Absorb' ? mulDiv(dust.minDebt, 1n, index, 'ceil') : 0n
  return min(shares, max(part, max(least, 0n)))
}

/** The shares that close factor and cap allow (SEI-1 to SEI-3). */
const allowed = (terms: Terms, position: Position, room: Room): Outcome<Wad> => {
  const { cap, closeFactor } = terms.sizing
  const left = min(room.inHouse, room.inLine)
  // Cat takes the difference before it compares, Dog compares.
  if (cap._tag === 'Slice' && !fits(terms.width, left)) return outOfRange('room', 125)
  if (left <= 0n || (cap._tag === 'Slice' && left < cap.minRoom))
    return E.left({
      _tag: 'CeilingReached',
      rule: 'SEI-1',
      roomInHouse: room.inHouse,
      roomInLine: room.inLine,
    })
  if (closeFactor < WAD && !fits(terms.width, position.shares * closeFactor))
    return outOfRange('shares under the close factor', 135)
  const money = (cap._tag === 'Slice' ? min(cap.most, left) : left) * WAD
  const gross = grossOf(terms)
  if (!fits(terms.width, money)) return outOfRange('room', 140)
  if (gross <= 0n) return outOfRange('shares that fit the room', 142)
  const shares = mulDiv(money, 1n, position.index, 'floor')
  return E.right(wad(min(wanted(terms, position), mulDiv(shares, 1n, gross, 'floor'))))
}

/** The shares after the dust rule (SEI-4). */
const undusted = (terms: Terms, position: Position, part: Wad): Outcome<Wad> => {
  const { dust } = terms.sizing
  const { index, shares } = position
  if (dust._tag === 'Ignore' || part >= shares) return E.right(part)
  const { minDebt } = dust
  const left = rad((shares - part) * index)
  if (!fits(terms.width, left)) return outOfRange('debt left', 145)
  if (left < minDebt)
    return dust._tag === 'Absorb'
      ? E.right(shares)
      : E.left({ _tag: 'DustyDebt', rule: 'SEI-4', debt: left, minDebt })
  // It fits in any width: at most the money of the cap as a Wad, which does.
  const debt = rad(part * index)
  return dust._tag === 'Absorb' && debt < minDebt
    ? E.left({ _tag: 'DustyDebt', rule: 'SEI-4', debt, minDebt })
    : E.right(part)
}

/** Something that takes a part of a whole. */
type Taking<A> = readonly [A, bigint]

const byRemainder = (a: { readonly over: bigint }, b: { readonly over: bigint }): number =>
  a.over === b.over ? 0 : a.over > b.over ? -1 : 1

const divide = <A>(
  whole: bigint,
  items: readonly A[],
  weightOf: (item: A) => bigint,
): readonly Taking<A>[] => {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0n)
  if (total === 0n) return items.map((item, i) => [item, i === 0 ? whole : 0n])
  const parts = items.map((item, i) => {
    const share = whole * weightOf(item)
    return { i, item, part: share / total, over: share % total }
  })
  const left = whole - parts.reduce((sum, { part }) => sum + part, 0n)
  // Sorting keeps the order of equals.
  const favoured = [...parts].sort(byRemainder).slice(0, Number(left))
  return parts.map((one) => [one.item, favoured.includes(one) ? one.part + 1n : one.part])
}

/**
 * Parts of a whole in proportion to weights, by largest remainder: each is rounded down, and what is
 * left over goes one unit each to the largest remainders, the first of equals first (SEI-9). The weights
 * and the whole are not below zero; where all weights are zero the first takes the whole.
 *
 * @example splitByWeight(10n, [1n, 1n, 1n]) // [4n, 3n, 3n]
 */
export const splitByWeight = (whole: bigint, weights: readonly bigint[]): readonly bigint[] =>
  divide(whole, weights, (weight) => weight).map(([, part]) => part)

interface Seized {
  readonly collateral: Collateral
  readonly amount: Wad
  readonly market: Ray
  /** What it is worth on the market. */
  readonly value: bigint
}

/** The shares of debt that each asset covers, one after the other, the last taking the rest (SEI-10). */
const splitInOrder = (
  terms: Terms,
  { index }: Position,
  whole: bigint,
  seized: readonly Seized[],
): readonly Taking<Seized>[] =>
  seized.reduce<readonly Taking<Seized>[]>((parts, one, i) => {
    const left = whole - parts.reduce((sum, [, part]) => sum + part, 0n)
    const covers = (one.value * WAD) / index / grossOf(terms)
    return [...parts, [one, i === seized.length - 1 ? left : min(left, covers)]]
  }, [])

/** The shares of debt that fall to each asset seized: all, to one by itself (SEI-8 to SEI-10). */
const split = (
  terms: Terms,
  position: Position,
  whole: Wad,
  seized: readonly Seized[],
): Outcome<readonly Taking<Seized>[]> => {
  if (seized.length === 1) return E.right(seized.map((one) => [one, whole]))
  const worthless = seized.find(({ value }) => value <= 0n)
  if (worthless !== undefined)
    return E.left({ _tag: 'NoValue', rule: 'SEI-8', asset: worthless.collateral.asset })
  const isInOrder = terms.sizing.split === 'inOrder'
  const total = seized.reduce((sum, { value }) => sum + value, 0n)
  if (!fits(terms.width, total)) return outOfRange('value of the collateral', 166)
  const factor = isInOrder ? WAD : whole
  if (!seized.every(({ value }) => fits(terms.width, value * factor)))
    return outOfRange('split of the debt', 168)
  return E.right(
    isInOrder
      ? splitInOrder(terms, position, whole, seized)
      : divide(whole, seized, ({ value }) => value),
  )
}

/** The lots that the seized shares make: one an asset (SEI-5, SEI-6, SEI-8 to SEI-10). */
const parts = (
  terms: Terms,
  position: Position,
  quotes: readonly Quote[],
  seizedShares: Wad,
): Outcome<readonly Part[]> => {
  const collaterals = accepted(terms)
  const products = collaterals.map(({ asset }) => held(position, asset) * seizedShares)
  if (!products.every((product) => fits(terms.width, product)))
    return outOfRange('collateral seized', 155)
  const seized = collaterals
    .map((collateral): Seized => {
      const { asset } = collateral
      const amount = wad((held(position, asset) * seizedShares) / position.shares)
      const market = quoted(quotes, asset)?.market ?? ray(0n)
      return { collateral, amount, market, value: worth(amount, market) }
    })
    .filter(({ amount }) => amount > 0n)
  if (seized.length === 0) return E.left(nothing)
  const shares = split(terms, position, seizedShares, seized)
  return E.isLeft(shares) ? shares : lots(terms, position, shares.right)
}

/** An asset that takes no share of the debt stays with the position. */
const lots = (
  terms: Terms,
  { index }: Position,
  taking: readonly Taking<Seized>[],
): Outcome<readonly Part[]> => {
  const parts = taking
    .filter(([, shares]) => shares > 0n)
    .map(([{ amount, collateral, market }, shares]): Part => {
      const debt = rad(shares * index)
      const target = targetOf(terms, debt)
      return { collateral, amount, shares: wad(shares), debt, target, market }
    })
  return parts.every(({ debt }) => fits(terms.width, debt * grossOf(terms)))
    ? E.right(parts)
    : outOfRange('target', 170)
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
