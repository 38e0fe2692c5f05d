/**
 * Position: collateral, of one asset or several, against one debt; whether it is safe, and how far from it.
 *
 * Laws: POS-1 to POS-6 (spec/11-position.md).
 * Source: the unsafe test of Dog and Cat in MakerDAO's dss (dog.sol, cat.sol), where one asset counts.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { outOfRange } from './Check.js'
import type { Cancelled, Opened } from './Event.js'
import { fits, mulDiv, type Rad, RAY, type Ray, rad, ray, type Wad, wad, worth } from './Fixed.js'
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
 * or × (1 − margin), rounded down once (POS-1; Maker's spot). Zero where the terms divide by nothing.
 */
export const supportPrice = (collateral: Collateral, price: Ray): Ray => {
  const [part, whole] = counted(collateral)
  return ray(whole > 0n ? mulDiv(price, part, whole, 'floor') : 0n)
}

/** The price at which an asset is quoted, if it is quoted. */
export const quoted = (quotes: readonly Quote[], asset: string): Quote | undefined =>
  quotes.find((quote) => quote.asset === asset)

/** What a position holds of an asset. */
export const held = ({ holdings }: Position, asset: string): Wad =>
  holdings.find((holding) => holding.asset === asset)?.amount ?? wad(0n)

type Judged = E.Either<NoRiskPrice | OutOfRange, Health>

/** The stage at which a position is judged (spec/README.md). */
const stage = 120

/**
 * What supports a position and what it owes. Refuses a position that holds an asset of the terms
 * without a price above zero (POS-3), and, in 256 bits, an amount times its price, or their sum, or
 * the debt, that is too large (FIX-5).
 */
export const health = (terms: Terms, position: Position, quotes: readonly Quote[]): Judged => {
  const supported = terms.collaterals.reduce<E.Either<NoRiskPrice | OutOfRange, bigint>>(
    (sum, collateral) => {
      if (E.isLeft(sum)) return sum
      const { asset } = collateral
      const amount = held(position, asset)
      if (amount === 0n) return sum
      const price = quoted(quotes, asset)?.risk
      if (price === undefined || price <= 0n)
        return E.left({ _tag: 'NoRiskPrice', rule: 'POS-3', asset })
      const support = worth(amount, supportPrice(collateral, price))
      return fits(terms.width, support) && fits(terms.width, sum.right + support)
        ? E.right(sum.right + support)
        : outOfRange('support of the collateral', stage)
    },
    E.right(0n),
  )
  if (E.isLeft(supported)) return supported
  const owed = debt(position)
  if (!fits(terms.width, owed)) return outOfRange('debt of the position', stage)
  return E.right({ support: rad(supported.right), debt: owed })
}

const isUnsafe = (unsafe: Terms['unsafe'], { debt, support }: Health): boolean =>
  debt > 0n && (unsafe === 'below' ? support < debt : support <= debt)

/** The position's health, if it may be liquidated. Refuses a safe one (POS-2), as health does otherwise. */
export const liquidatable = (
  terms: Terms,
  position: Position,
  quotes: readonly Quote[],
): E.Either<NoRiskPrice | OutOfRange | Safe, Health> => {
  const judged = health(terms, position, quotes)
  return E.isRight(judged) && !isUnsafe(terms.unsafe, judged.right)
    ? E.left({ _tag: 'Safe', rule: 'POS-2', ...judged.right })
    : judged
}

/**
 * The highest price of an asset at which a position is unsafe, the other prices staying as quoted
 * (POS-4). None where it holds nothing of it, or is safe at every price of it.
 */
export const unsafeAt = (
  terms: Terms,
  position: Position,
  quotes: readonly Quote[],
  asset: string,
): O.Option<Ray> => {
  const collateral = terms.collaterals.find((one) => one.asset === asset)
  const amount = held(position, asset)
  if (collateral === undefined || amount <= 0n || debt(position) <= 0n) return O.none
  const others = terms.collaterals.reduce(
    (sum, other) =>
      other.asset === asset
        ? sum
        : sum +
          held(position, other.asset) *
            supportPrice(other, quoted(quotes, other.asset)?.risk ?? ray(0n)),
    0n,
  )
  const missing = debt(position) - others
  const [part, whole] = counted(collateral)
  if (part <= 0n || whole <= 0n) return O.none
  // The greatest support price that is not enough, then the greatest price that gives no more.
  const short = terms.unsafe === 'below' ? missing - 1n : missing
  if (short < 0n) return O.none
  const support = mulDiv(short, 1n, amount, 'floor')
  const price = mulDiv(support + 1n, whole, part, 'ceil') - 1n
  return price > 0n ? O.some(ray(price)) : O.none
}

// Transitions

const hold = (position: Position, asset: string, added: bigint): readonly Holding[] =>
  position.holdings.map((holding) =>
    holding.asset === asset ? { ...holding, amount: wad(holding.amount + added) } : holding,
  )

/**
 * The position after a seizure, with less collateral and fewer shares of debt (POS-5), or after what was
 * left of a lot is handed back, its debt as shares rounded up (POS-6).
 */
export const evolve = (position: Position, event: Opened | Cancelled): Position => {
  const { asset } = event.goods
  return event._tag === 'Opened'
    ? {
        ...position,
        shares: wad(position.shares - event.shares),
        holdings: hold(position, asset, 0n - event.collateral),
      }
    : {
        ...position,
        shares: wad(position.shares + mulDiv(event.debt, 1n, position.index, 'ceil')),
        holdings: hold(position, asset, event.collateral),
      }
}
