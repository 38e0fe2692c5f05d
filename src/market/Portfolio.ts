/**
 * Portfolio: a book of positions, drawn by a seed or read from rows.
 *
 * Laws: MKT-8, MKT-9 (spec/16-market.md), BOK-1 (spec/22-book.md).
 */

import { Fixed, Position, type Terms } from '../core/index.js'
import * as Random from './Random.js'
import { type Made, made, money, share, type Unfit, unless } from './Setting.js'

// Model

/** What one position holds and owes. */
export interface Entry {
  readonly id: string
  readonly collateral: Fixed.Wad
  readonly debt: Fixed.Rad
}

/** Quantiles at even distances, the least and the greatest value first and last: between two all values are as likely. */
export interface Spread {
  /** What the collateral is worth, over the debt. */
  readonly ratios: readonly Fixed.Ray[]
  readonly debts: readonly Fixed.Rad[]
}

// Constructors

const billion = 10n ** 9n
const smallest = 10_000n * Fixed.RAD
const millionths = 1_000_000n

/**
 * So many positions that are safe at a price (MKT-8). Each becomes unsafe when the price has fallen by
 * a part drawn evenly from 1 to 60 per cent; debts are drawn from 10,000 to 640,000, each doubling as
 * often as the next. The collateral follows from both, whatever the price is.
 */
export const make = (
  seed: bigint,
  count: number,
  collateral: Terms.Collateral,
  price: Fixed.Ray,
): readonly Entry[] => {
  const support = Position.supportPrice(collateral, price)
  return Array.from({ length: count }, (_, i) => {
    const fall = billion / 100n + Random.below(seed, 3 * i, (billion * 59n) / 100n)
    const doublings = Random.below(seed, 3 * i + 1, 6n)
    const size = millionths + Random.below(seed, 3 * i + 2, millionths)
    const debt = Fixed.rad(((smallest << doublings) * size) / millionths)
    const edge = Fixed.max(support * (billion - fall), 1n)
    return {
      id: `p${i + 1}`,
      collateral: Fixed.wad(Fixed.mulDiv(debt, billion, edge, 'ceil')),
      debt,
    }
  })
}

const rising = <A extends bigint>(
  setting: string,
  quantiles: readonly A[],
  written: (units: A) => string,
): readonly Unfit[] => [
  ...unless(quantiles.length > 0, 'BOK-1', `${setting}.length`, 0, 'at least 1'),
  ...quantiles.flatMap((one, i) => [
    ...unless(one > 0n, 'BOK-1', `${setting}[${i}]`, written(one), 'above 0'),
    ...unless(
      one >= (quantiles[i - 1] ?? one),
      'BOK-1',
      `${setting}[${i}]`,
      written(one),
      'not below the one before',
    ),
  ]),
]

/** The value that a word stands for, rounded down. */
const quantile = (quantiles: readonly bigint[], word: bigint): bigint => {
  const place = word * BigInt(quantiles.length - 1)
  const low = quantiles[Number(place >> 64n)] ?? 0n
  const high = quantiles[Number(place >> 64n) + 1] ?? low
  return low + (((high - low) * BigInt.asUintN(64, place)) >> 64n)
}

/**
 * So many positions whose collateral ratios and debts are spread as stated, at a price (BOK-1). Refuses quantiles that
 * are none, not above zero or out of order, a price that is not above zero, and a count that is none.
 */
export const draw = (
  seed: bigint,
  count: number,
  price: Fixed.Ray,
  { debts, ratios }: Spread,
): Made<readonly Entry[]> =>
  made(
    [
      ...unless(
        Number.isSafeInteger(count) && count >= 0,
        'BOK-1',
        'count',
        count,
        'a whole number, from 0 on',
      ),
      ...unless(price > 0n, 'BOK-1', 'price', price, 'above 0'),
      ...rising('ratios', ratios, share),
      ...rising('debts', debts, money),
    ],
    () =>
      Array.from({ length: count }, (_, i) => {
        const ratio = quantile(ratios, Random.word(seed, 2 * i))
        const debt = Fixed.rad(quantile(debts, Random.word(seed, 2 * i + 1)))
        return {
          id: `p${i + 1}`,
          collateral: Fixed.wad(Fixed.mulDiv(debt, ratio, Fixed.RAY * price, 'ceil')),
          debt,
        }
      }),
  )

/** A debt as shares times an index, exactly: the shares as fine as the debt allows (MKT-9). */
const shared = (debt: Fixed.Rad): Pick<Position.Position, 'index' | 'shares'> => {
  if (debt % Fixed.RAY === 0n) return { shares: Fixed.wad(debt / Fixed.RAY), index: Fixed.RAY }
  return debt % Fixed.WAD === 0n
    ? { shares: Fixed.WAD, index: Fixed.ray(debt / Fixed.WAD) }
    : { shares: Fixed.wad(1n), index: Fixed.ray(debt) }
}

/** The position of an entry, its owner named as it is (MKT-9). */
export const position = (
  line: string,
  asset: string,
  { collateral, debt, id }: Entry,
): Position.Position => ({
  id,
  owner: id,
  line,
  holdings: [{ asset, amount: collateral }],
  ...shared(debt),
})
