/**
 * Position: collateral, of one asset or several, against one debt; whether it is safe, and how far from it.
 *
 * Laws: POS-1 to POS-6 (spec/11-position.md).
 * Source: the unsafe test of Dog and Cat in MakerDAO's dss (dog.sol, cat.sol), where one asset counts.
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Option } from 'fp-ts/lib/Option.js'
import { outOfRange } from './Check.js'
import type { Cancelled, Opened } from './Event.js'
import {
  fits,
  max,
  mulDiv,
  type Rad,
  RAY,
  type Ray,
  rad,
  ray,
  type Wad,
  wad,
  worth,
} from './Fixed.js'
import type { NoRiskPrice, OutOfRange, Safe } from './Refusal.js'
import type { Collateral, Terms } from './Terms.js'

// Model

/** What a position holds of one asset. */
export interface Holding {
  readonly asset: string
  readonly amount: Wad
}

/** A loan: `holdings` secure a debt of `shares` times `index`. */
export interface Position {
  readonly id: string
  readonly owner: string
  readonly line: string
  readonly holdings: readonly Holding[]
  readonly shares: Wad
  /** The money that a share of debt stands for: one, where a system has no index. */
  readonly index: Ray
}

/** What one unit of an asset is worth: to judge positions by, and to start auctions from. */
export interface Quote {
  readonly asset: string
  readonly risk: Ray
  readonly market: Ray
}

/** What the collateral supports and what is owed. */
export interface Health {
  readonly support: Rad
  readonly debt: Rad
}

// Queries

const none: Option<never> = { _tag: 'None' }

/** What a position owes: exact, as a product (POS-1). */
export const debt = ({ shares, index }: Position): Rad => worth(shares, index)

/** The part of a price that counts, as a fraction. */
const counted = ({ haircut, support }: Collateral): readonly [bigint, bigint] => {
  const kept = RAY - haircut
  switch (support._tag) {
    case 'Ratio':
      return [kept, support.ratio]
    case 'LoanToValue':
      return [kept * support.share, RAY * RAY]
    case 'Margin':
      return [kept * (RAY - support.share), RAY * RAY]
  }
}

/**
 * The debt that one unit of collateral supports at a price: price × (1 − haircut) ÷ ratio, or × share,
 * or × (1 − margin), rounded down once (POS-1; Maker's spot). Zero where no part of the price counts, or
 * the terms divide by nothing.
 */
export const supportPrice = (collateral: Collateral, price: Ray): Ray => {
  const [part, whole] = counted(collateral)
  return ray(part > 0n && whole > 0n ? mulDiv(price, part, whole, 'floor') : 0n)
}

/** The price at which an asset is quoted, if it is quoted. */
export const quoted = (quotes: readonly Quote[], asset: string): Quote | undefined =>
  quotes.find((quote) => quote.asset === asset)

/** What a position holds of an asset: of one that it lists twice, the first; never below nothing (POS-1). */
export const held = ({ holdings }: Position, asset: string): Wad =>
  max(wad(0n), holdings.find((holding) => holding.asset === asset)?.amount ?? wad(0n))

/** What a line accepts as collateral: of an asset that its terms list twice, the first (POS-1). */
export const accepted = ({ collaterals }: Terms): readonly Collateral[] =>
  collaterals.length < 2
    ? collaterals
    : collaterals.filter(
        ({ asset }, i) => collaterals.findIndex((one) => one.asset === asset) === i,
      )

/**
 * The first asset without a price above zero, of those that a position needs one of: what it holds, or,
 * if it holds nothing, all that the line accepts (POS-3).
 */
const unpriced = (
  collaterals: readonly Collateral[],
  position: Position,
  quotes: readonly Quote[],
): Collateral | undefined => {
  const some = collaterals.filter(({ asset }) => held(position, asset) > 0n)
  return (some.length > 0 ? some : collaterals).find(
    ({ asset }) => (quoted(quotes, asset)?.risk ?? 0n) <= 0n,
  )
}

/** What an amount of collateral supports at the risk price, which needs to be there. */
const supportOf = (
  collateral: Collateral,
  position: Position,
  quotes: readonly Quote[],
): bigint => {
  const { asset } = collateral
  const price = quoted(quotes, asset)?.risk ?? ray(0n)
  return worth(held(position, asset), supportPrice(collateral, price))
}

type Judged = E.Either<NoRiskPrice | OutOfRange, Health>

/**
 * What supports a position and what it owes. Refuses a position that holds an asset of the terms
 * without a price above zero (POS-3), and then, in 256 bits, an amount times its price, or their sum, or
 * the debt, that is too large (FIX-5).
 */
export const health = (terms: Terms, position: Position, quotes: readonly Quote[]): Judged => {
  const collaterals = accepted(terms)
  const missing = unpriced(collaterals, position, quotes)
  if (missing !== undefined)
    return E.left({ _tag: 'NoRiskPrice', rule: 'POS-3', asset: missing.asset })
  const support = collaterals.reduce(
    (sum, collateral) => sum + supportOf(collateral, position, quotes),
    0n,
  )
  // Nothing that is added is below zero: where the sum fits, so does each part of it.
  if (!fits(terms.width, support)) return outOfRange('support of the collateral', 115)
  const owed = debt(position)
  if (!fits(terms.width, owed)) return outOfRange('debt of the position', 116)
  return E.right({ support: rad(support), debt: owed })
}

const isUnsafe = (unsafe: Terms['unsafe'], { debt, support }: Health): boolean =>
  unsafe === 'below' ? support < debt : support <= debt

/** Whether there is a debt: no number of shares below zero makes one. */
const owes = (position: Position): boolean => position.shares > 0n && position.index > 0n

/** The position's health, if it may be liquidated. Refuses a safe one (POS-2), as health does otherwise. */
export const liquidatable = (
  terms: Terms,
  position: Position,
  quotes: readonly Quote[],
): E.Either<NoRiskPrice | OutOfRange | Safe, Health> => {
  const judged = health(terms, position, quotes)
  return E.isRight(judged) && !(owes(position) && isUnsafe(terms.unsafe, judged.right))
    ? E.left({ _tag: 'Safe', rule: 'POS-2', ...judged.right })
    : judged
}

/**
 * The highest price of an asset at which a position is unsafe, the other prices staying as quoted
 * (POS-4). None where it holds nothing of it, is safe at every price of it, or unsafe at every one,
 * or another asset has no price.
 */
export const unsafeAt = (
  terms: Terms,
  position: Position,
  quotes: readonly Quote[],
  asset: string,
): Option<Ray> => {
  const collaterals = accepted(terms)
  const collateral = collaterals.find((one) => one.asset === asset)
  const amount = held(position, asset)
  if (collateral === undefined || amount === 0n || !owes(position)) return none
  const others = collaterals.filter(
    (other) => other.asset !== asset && held(position, other.asset) > 0n,
  )
  if (unpriced(others, position, quotes) !== undefined) return none
  const missing =
    debt(position) - others.reduce((sum, other) => sum + supportOf(other, position, quotes), 0n)
  const [part, whole] = counted(collateral)
  if (part <= 0n || whole <= 0n) return none
  // The greatest support price that is not enough, then the greatest price that gives no more: both are
  // below zero where nothing is short.
  const short = terms.unsafe === 'below' ? missing - 1n : missing
  const support = mulDiv(short, 1n, amount, 'floor')
  const price = mulDiv(support + 1n, whole, part, 'ceil') - 1n
  return price > 0n ? { _tag: 'Some', value: ray(price) } : none
}

// Transitions

/** What a position holds once `added` is: of an asset that it lists twice, the first changes. */
const hold = ({ holdings }: Position, asset: string, added: bigint): readonly Holding[] => {
  const at = holdings.findIndex((holding) => holding.asset === asset)
  return at < 0
    ? [...holdings, { asset, amount: wad(added) }]
    : holdings.map((holding, i) =>
        i === at ? { asset, amount: wad(holding.amount + added) } : holding,
      )
}

/**
 * The position after a seizure, with less collateral and fewer shares of debt (POS-5), or after what was
 * left of a lot is handed back, its debt as shares rounded up (POS-6).
 */
export const evolve = (position: Position, event: Opened | Cancelled): Position => {
  const { asset } = event.goods
  const { index, shares } = position
  if (event._tag === 'Opened')
    return {
      ...position,
      shares: wad(shares - event.shares),
      holdings: hold(position, asset, 0n - event.collateral),
    }
  // No shares stand for a debt where one is worth nothing.
  const back = index > 0n ? mulDiv(event.debt, 1n, index, 'ceil') : 0n
  return {
    ...position,
    shares: wad(shares + back),
    holdings: hold(position, asset, event.collateral),
  }
}
