/**
 * Correlated: the prices of several assets that move together.
 *
 * Laws: PRI-8, PRI-9 (spec/18-prices.md).
 * Source: the decomposition of Cholesky, by the elimination of Bareiss (1968), which stays in whole
 * numbers: whether a matrix is positive semidefinite is decided exactly.
 */

import { Fixed } from '../core/index.js'
import * as Motion from './Motion.js'
import type * as PricePath from './PricePath.js'
import * as Real from './Real.js'
import { type Made, made, type Unfit, unless } from './Setting.js'

// Model

/** How the price of an asset moves. */
export interface Asset extends Motion.Motion {
  readonly asset: string
}

/** The correlations of deviates, a row an asset, in the order of the assets. */
export type Matrix = readonly (readonly Fixed.Ray[])[]

const { RAY } = Fixed

// Queries

const entry = (matrix: readonly (readonly bigint[])[], i: number, j: number): bigint =>
  matrix[i]?.[j] ?? 0n

/**
 * A lower triangle whose product with its own transpose is the matrix (PRI-9): each entry rounded to the
 * nearest Ray toward zero. Nothing where the matrix is not positive semidefinite.
 */
export const cholesky = (matrix: Matrix): Matrix | undefined => {
  const size = matrix.length
  let left = matrix.map((row) => row.map((one): bigint => one))
  const columns: (readonly bigint[])[] = []
  // After k pivots an entry is the determinant of the k pivots' rows and columns and its own, in whole numbers.
  let before = 1n
  for (let k = 0; k < size; k += 1) {
    const pivot = entry(left, k, k)
    if (pivot < 0n) return undefined
    const below = Array.from({ length: size }, (_, i) => (i < k ? 0n : entry(left, i, k)))
    if (pivot === 0n) {
      // What has no length of its own can lean on nothing.
      if (below.some((one) => one !== 0n)) return undefined
      columns.push(below)
      continue
    }
    // An entry of the triangle is its determinant over the root of the last two pivots' product, which have one RAY more.
    const root = Real.sqrt(before * pivot * RAY ** 3n)
    columns.push(below.map((one) => (one * RAY * RAY) / root))
    const last = before
    left = left.map((row, i) =>
      row.map((one, j) =>
        i > k && j > k ? (pivot * one - entry(left, i, k) * entry(left, k, j)) / last : one,
      ),
    )
    before = pivot
  }
  return matrix.map((_, i) => columns.map((column) => Fixed.ray(column[i] ?? 0n)))
}

// Constructors

const matrixUnfit = (matrix: Matrix, size: number): readonly Unfit[] => {
  const shape = [
    ...unless(
      matrix.length === size && matrix.every((row) => row.length === size),
      'PRI-9',
      'correlation',
      `${matrix.length} rows`,
      `a row and a column for each of ${size} assets`,
    ),
    ...matrix.flatMap((row, i) =>
      row.flatMap((one, j) => [
        ...unless(
          i !== j || one === RAY,
          'PRI-9',
          `correlation[${i}][${j}]`,
          one,
          '1, with itself',
        ),
        ...unless(
          j >= i || one === matrix[j]?.[i],
          'PRI-9',
          `correlation[${i}][${j}]`,
          one,
          `the same as correlation[${j}][${i}]`,
        ),
      ]),
    ),
  ]
  return shape.length > 0
    ? shape
    : unless(
        cholesky(matrix) !== undefined,
        'PRI-9',
        'correlation',
        'a matrix that is not',
        'a positive semidefinite matrix',
      )
}

/**
 * The paths of several assets, each by its name (PRI-8, PRI-9). Refuses what a motion does, no assets, a
 * name that stands twice, and a matrix that is no correlation.
 */
export const make = (
  seed: bigint,
  assets: readonly Asset[],
  correlation: Matrix,
  at: Motion.Times,
): Made<ReadonlyMap<string, PricePath.PricePath>> =>
  made(
    [
      ...Motion.timesUnfit(at),
      ...unless(assets.length > 0, 'PRI-8', 'assets.length', 0, 'at least 1'),
      ...assets.flatMap((one, i) => [
        ...unless(
          assets.findIndex(({ asset }) => asset === one.asset) === i,
          'PRI-8',
          `assets[${i}].asset`,
          one.asset,
          'named once',
        ),
        ...Motion.unfit(one, at.every, `assets[${i}].`),
      ]),
      ...matrixUnfit(correlation, assets.length),
    ],
    () => {
      const triangle = cholesky(correlation) ?? []
      const drawn = assets.map((_, j) => {
        const word = Motion.words(seed, 2 * j)
        const known: bigint[] = []
        return (i: number): bigint => (known[i] ??= Real.normal(word(i)))
      })
      const together =
        (row: readonly Fixed.Ray[]) =>
        (i: number): bigint =>
          Fixed.mulDiv(
            row.reduce(
              (sum, part, j) => (part === 0n ? sum : sum + part * (drawn[j]?.(i) ?? 0n)),
              0n,
            ),
            1n,
            RAY,
            'halfUp',
          )
      return new Map(
        assets.map((one, j) => [
          one.asset,
          Motion.path(one, at, together(triangle[j] ?? []), Motion.words(seed, 2 * j + 1)),
        ]),
      )
    },
  )
