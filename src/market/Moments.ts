/**
 * Moments: the mean and the variance of numbers that are seen once and not kept.
 *
 * In floating point, on purpose. Squares are those of distances from a mean, of a group at a time:
 * nothing large is subtracted from anything large.
 *
 * Laws: MTC-6 (spec/17-montecarlo.md).
 * Source: Chan, Golub and LeVeque (1979) for two groups made one.
 */

// Model

export interface Moments {
  readonly count: number
  readonly mean: number
  /** The sum of the squared distances from the mean. */
  readonly squares: number
}

// Constructors

export const none: Moments = { count: 0, mean: 0, squares: 0 }

const square = (x: number): number => x * x

/** The moments of the first `count` of numbers: their mean, then the distances from it (MTC-6). */
export const of = (numbers: Float64Array, count: number): Moments => {
  if (count === 0) return none
  let sum = 0
  for (let i = 0; i < count; i++) sum += numbers[i] as number
  const mean = sum / count
  let squares = 0
  for (let i = 0; i < count; i++) squares += square((numbers[i] as number) - mean)
  return { count, mean, squares }
}

// Queries

/** The variance of what the numbers are drawn from, without bias: it needs two of them. */
export const variance = ({ count, squares }: Moments): number => squares / (count - 1)

/** The standard error of the mean. */
export const standardError = (moments: Moments): number =>
  Math.sqrt(variance(moments) / moments.count)

// Transitions

/** Of two groups, the earlier one first, the moments of both (MTC-6). */
export const combine = (a: Moments, b: Moments): Moments => {
  if (a.count === 0) return b
  if (b.count === 0) return a
  const count = a.count + b.count
  const from = b.mean - a.mean
  return {
    count,
    mean: a.mean + (from * b.count) / count,
    squares: a.squares + b.squares + (from * from * a.count * b.count) / count,
  }
}
