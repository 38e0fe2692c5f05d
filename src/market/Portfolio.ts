/**
 * Portfolio: a book of positions, drawn by a seed or read from rows.
 *
 * Laws: MKT-8, MKT-9 (spec/16-market.md).
 */

import { Fixed, Position, type Terms } from '../core/index.js'
import * as Random from './Random.js'

// Model

/** What one position holds and owes. */
export interface Entry {
  readonly id: string
  readonly collateral: Fixed.Wad
  readonly debt: Fixed.Rad
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
