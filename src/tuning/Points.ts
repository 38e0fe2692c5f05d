/**
 * Points: places in a cube of sides one, to try settings at: a grid, or points that fill the cube evenly however many
 * are taken.
 *
 * Laws: TUN-4 (spec/23-tuning.md).
 * Source: Halton (1960); shifted by Cranley and Patterson (1976).
 */

import { Random } from '../market/index.js'

export type Point = readonly number[]

const BITS = 2 ** 53

/** The n-th number of a seed, from 0 to just below 1. */
export const unit = (seed: bigint, n: number): number => Number(Random.word(seed, n) >> 11n) / BITS

const isPrime = (n: number): boolean => {
  for (let i = 2; i * i <= n; i++) if (n % i === 0) return false
  return true
}

/** The first prime numbers. */
const primes = (count: number): readonly number[] => {
  const found: number[] = []
  for (let n = 2; found.length < count; n++) if (isPrime(n)) found.push(n)
  return found
}

/** A whole number with its digits in a base mirrored at the point. */
const mirrored = (n: number, base: number): number => {
  let [left, place, value] = [n, 1 / base, 0]
  while (left > 0) {
    value += (left % base) * place
    left = Math.floor(left / base)
    place /= base
  }
  return value
}

/** The `n`-th of points that fill the cube, shifted by a seed, all round (TUN-4). */
export const spread = (seed: bigint, dimensions: number, n: number): Point =>
  primes(dimensions).map((base, i) => (mirrored(n + 1, base) + unit(seed, i)) % 1)

/** All points of a grid with so many on each side, the last coordinate moving first (TUN-4). */
export const grid = (counts: readonly number[]): readonly Point[] =>
  counts.reduce<readonly Point[]>(
    (points, count) =>
      points.flatMap((point) =>
        Array.from({ length: count }, (_, i) => [...point, count === 1 ? 0.5 : i / (count - 1)]),
      ),
    [[]],
  )
