/**
 * Statistics of paths, in floating point: for laws about many draws.
 */

import * as E from 'fp-ts/lib/Either.js'
import { type PricePath, Real } from '../../src/market/index.js'

/** What is made of settings that are fit. */
export const get = <A>(made: E.Either<unknown, A>): A => {
  if (E.isLeft(made)) throw new Error(JSON.stringify(made.left))
  return made.right
}

export const logReturns = ({ points }: PricePath.PricePath): readonly number[] =>
  points.slice(1).map(({ price }, i) => Number(Real.lnRatio(price, points[i]?.price ?? 1n)) / 1e27)

export const ratios = (path: PricePath.PricePath): readonly number[] =>
  logReturns(path).map((step) => Math.exp(step))

export const mean = (all: readonly number[]): number =>
  all.reduce((sum, one) => sum + one, 0) / all.length

export const variance = (all: readonly number[]): number => {
  const middle = mean(all)
  return mean(all.map((one) => (one - middle) ** 2))
}

export const correlationOf = (a: readonly number[], b: readonly number[]): number => {
  const [x, y] = [mean(a), mean(b)]
  const together = mean(a.map((one, i) => (one - x) * ((b[i] ?? 0) - y)))
  return together / Math.sqrt(variance(a) * variance(b))
}

/** Whether a figure is within four standard errors of what it should be. */
export const isWithin = (found: number, wanted: number, error: number): boolean =>
  Math.abs(found - wanted) <= 4 * error
