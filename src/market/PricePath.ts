/**
 * PricePath: the market price and the gas price at every second, from rows of a price file.
 *
 * Laws: MKT-2, MKT-3 (spec/16-market.md), PRI-5 (spec/18-prices.md).
 */

import { Fixed } from '../core/index.js'
import { type Made, made, unless } from './Setting.js'

// Model

/** What of a row of a price file a path is made of. */
export interface Row {
  readonly time: Fixed.Seconds
  readonly open: Fixed.Ray
  readonly close: Fixed.Ray
  /** Nothing where the file does not say. */
  readonly gasPriceGwei: Fixed.Ray | undefined
}

/** The price at an instant; of two points at one instant the later one counts from it on. */
export interface Point {
  readonly at: Fixed.Seconds
  readonly price: Fixed.Ray
}

export interface Gas {
  readonly at: Fixed.Seconds
  readonly gwei: Fixed.Ray
}

export interface PricePath {
  /** One or more, by time. */
  readonly points: readonly Point[]
  readonly gas: readonly Gas[]
  /** The first instant that the rows speak of. */
  readonly from: Fixed.Seconds
  /** The instant from which on the price stays. */
  readonly to: Fixed.Seconds
}

/** How long a row lasts where there is no other row to tell. */
export const LONE_ROW: Fixed.Seconds = 600

/** The gas price where a file has none, in gwei. */
export const DEFAULT_GWEI: Fixed.Ray = Fixed.ray(50n * Fixed.RAY)

// Constructors

/** How long a row lasts: the shortest time between two rows (MKT-2). */
const rowLasts = (rows: readonly Row[]): Fixed.Seconds =>
  rows.reduce((shortest, { time }, i) => {
    const before = rows[i - 1]
    return before === undefined ? shortest : Math.min(shortest, time - before.time)
  }, Infinity)

/**
 * The path of rows, one or more, each later than the one before (MKT-2, MKT-3). A gas price given
 * here is used instead of the rows' own.
 */
export const make = (rows: readonly Row[], gwei?: Fixed.Ray): PricePath => {
  const shortest = rowLasts(rows)
  const lasts = shortest === Infinity ? LONE_ROW : shortest
  const points = rows.flatMap(({ close, open, time }): readonly Point[] => [
    { at: time, price: open },
    { at: time + lasts, price: close },
  ])
  return {
    points,
    gas: rows.map(({ gasPriceGwei, time }) => ({
      at: time,
      gwei: gwei ?? gasPriceGwei ?? DEFAULT_GWEI,
    })),
    from: points[0]?.at ?? 0,
    to: points[points.length - 1]?.at ?? 0,
  }
}

/** A path of points whose gas price does not change, unless it is given. */
export const ofPoints = (
  points: readonly Point[],
  gas: readonly Gas[] = [{ at: points[0]?.at ?? 0, gwei: DEFAULT_GWEI }],
): PricePath => ({
  points,
  gas,
  from: points[0]?.at ?? 0,
  to: points[points.length - 1]?.at ?? 0,
})

/**
 * A path of the user's own points (PRI-5). Refuses none at all, a time that is no whole second or before
 * that of the point before, and a price that is not above zero.
 */
export const along = (points: readonly Point[], gas?: readonly Gas[]): Made<PricePath> =>
  made(
    [
      ...unless(points.length > 0, 'PRI-5', 'points.length', points.length, 'at least 1'),
      ...unless(gas?.length !== 0, 'PRI-5', 'gas.length', 0, 'at least 1'),
      ...points.flatMap(({ at, price }, i) => [
        ...unless(
          Number.isSafeInteger(at) && at >= (points[i - 1]?.at ?? at),
          'PRI-5',
          `points[${i}].at`,
          at,
          'a whole second, not before the point before',
        ),
        ...unless(price > 0n, 'PRI-5', `points[${i}].price`, price, 'above 0'),
      ]),
      ...(gas ?? []).flatMap(({ at, gwei }, i, all) => [
        ...unless(
          Number.isSafeInteger(at) && at >= (all[i - 1]?.at ?? at),
          'PRI-5',
          `gas[${i}].at`,
          at,
          'a whole second, not before the one before',
        ),
        ...unless(gwei >= 0n, 'PRI-5', `gas[${i}].gwei`, gwei, 'at least 0'),
      ]),
    ],
    () => ofPoints(points, gas),
  )

// Queries

/** The place of the last entry at or before an instant, or -1. */
const lastAt = (entries: readonly { readonly at: Fixed.Seconds }[], at: Fixed.Seconds): number => {
  let [low, high] = [0, entries.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((entries[middle]?.at ?? Infinity) <= at) low = middle + 1
    else high = middle
  }
  return low - 1
}

/**
 * The price at an instant (MKT-2): a straight line from each row's open to its close, and across a
 * gap from the close to the next open, rounded down; before the first row its open, after the last
 * row its close.
 */
export const priceAt = ({ points }: PricePath, at: Fixed.Seconds): Fixed.Ray => {
  const i = lastAt(points, at)
  const from = points[Math.max(i, 0)] as Point
  const to = points[i + 1]
  if (i < 0 || to === undefined) return from.price
  const [before, after] = [BigInt(at - from.at), BigInt(to.at - at)]
  return Fixed.ray((from.price * after + to.price * before) / (before + after))
}

/** The gas price at an instant, in gwei: that of the last row at or before it, or of the first (MKT-3). */
export const gweiAt = ({ gas }: PricePath, at: Fixed.Seconds): Fixed.Ray =>
  (gas[Math.max(lastAt(gas, at), 0)] as Gas).gwei

/** The entries later than one instant and not later than another. */
const within = <A extends { readonly at: Fixed.Seconds }>(
  entries: readonly A[],
  from: Fixed.Seconds,
  to: Fixed.Seconds,
): readonly A[] => entries.slice(lastAt(entries, from) + 1, lastAt(entries, to) + 1)

/** A price that none from one instant to another is above (MKT-2): at one of both, or that of a point between. */
export const highestIn = (path: PricePath, from: Fixed.Seconds, to: Fixed.Seconds): Fixed.Ray =>
  within(path.points, from, to).reduce(
    (highest, { price }) => Fixed.max(highest, price),
    Fixed.max(priceAt(path, from), priceAt(path, to)),
  )

/** The lowest gas price from one instant to another, in gwei (MKT-3). */
export const lowestGweiIn = (path: PricePath, from: Fixed.Seconds, to: Fixed.Seconds): Fixed.Ray =>
  within(path.gas, from, to).reduce(
    (lowest, { gwei }) => Fixed.min(lowest, gwei),
    gweiAt(path, from),
  )
