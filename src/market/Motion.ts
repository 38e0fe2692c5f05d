/**
 * Motion: prices that wander, and now and then jump, drawn by a seed at a stated spacing.
 *
 * Laws: PRI-6 to PRI-8 (spec/18-prices.md).
 * Source: geometric Brownian motion; jumps after Merton (1976), "Option pricing when underlying stock
 * returns are discontinuous".
 */

import { Fixed } from '../core/index.js'
import * as PricePath from './PricePath.js'
import * as Random from './Random.js'
import * as Real from './Real.js'
import { type Made, made, seconds, type Unfit, unless } from './Setting.js'

// Model

/** When there are points: from an instant on, every so often, until a time has passed. */
export interface Times {
  readonly from: Fixed.Seconds
  readonly lasts: Fixed.Seconds
  readonly every: Fixed.Seconds
}

/** Jumps of the logarithm of the price. */
export interface Jumps {
  /** How many a second there are, on average. */
  readonly rate: Fixed.Ray
  /** How far one goes on average, in the logarithm. */
  readonly mean: Fixed.Ray
  /** The standard deviation of how far it goes. */
  readonly deviation: Fixed.Ray
}

/** How one price moves. */
export interface Motion {
  readonly start: Fixed.Ray
  /** By how much the expected price grows in a second, in the logarithm. */
  readonly drift: Fixed.Ray
  /** The standard deviation of the logarithm after one second; it grows with the root of time. */
  readonly volatility: Fixed.Ray
  /** None where there are none. */
  readonly jumps: Jumps | undefined
}

/** More jumps than this between two points are not drawn: draw points closer together. */
export const MOST_JUMPS = 20n

const { RAY, ray } = Fixed
const year = 365n * 86_400n

// Constructors

/** The volatility of a second from that of a year of 365 days, rounded down: a year's, divided by the root of its seconds (PRI-6). */
export const ofYear = (volatility: Fixed.Ray): Fixed.Ray =>
  ray(Real.sqrt((volatility * volatility) / year))

/** What is wrong with times: more than ten million points are refused too, before they fill the memory. */
export const timesUnfit = ({ every, from, lasts }: Times): readonly Unfit[] => [
  ...unless(Number.isSafeInteger(from), 'PRI-6', 'from', from, 'a whole second'),
  ...seconds('PRI-6', 'lasts', lasts),
  ...seconds('PRI-6', 'every', every),
  ...unless(
    !(every > 0) || lasts / every <= 10_000_000,
    'PRI-6',
    'every',
    every,
    'no more than ten million points',
  ),
]

/** What is wrong with a motion, at a spacing. */
export const unfit = (
  { drift, jumps, start, volatility }: Motion,
  every: Fixed.Seconds,
  path = '',
): readonly Unfit[] => [
  ...unless(start > 0n, 'PRI-6', `${path}start`, start, 'above 0'),
  ...unless(drift + RAY >= 0n && drift <= RAY, 'PRI-6', `${path}drift`, drift, 'from -1 to 1'),
  ...unless(
    volatility >= 0n && volatility <= RAY,
    'PRI-6',
    `${path}volatility`,
    volatility,
    'from 0 to 1',
  ),
  ...(jumps === undefined
    ? []
    : [
        ...unless(
          jumps.rate >= 0n &&
            (!(every > 0) || jumps.rate * BigInt(Math.ceil(every)) <= MOST_JUMPS * RAY),
          'PRI-7',
          `${path}jumps.rate`,
          jumps.rate,
          'at least 0, and at most 20 jumps between two points',
        ),
        ...unless(
          jumps.mean >= -10n * RAY && jumps.mean <= 10n * RAY,
          'PRI-7',
          `${path}jumps.mean`,
          jumps.mean,
          'from -10 to 10',
        ),
        ...unless(
          jumps.deviation >= 0n && jumps.deviation <= 5n * RAY,
          'PRI-7',
          `${path}jumps.deviation`,
          jumps.deviation,
          'from 0 to 5',
        ),
      ]),
]

/** The rounding of a product of two Rays, everywhere in a motion: half up. */
const times = (a: bigint, b: bigint): bigint => Fixed.mulDiv(a, b, RAY, 'halfUp')

/** The root of a Ray, rounded down. */
const root = (x: bigint): bigint => Real.sqrt(x * RAY)

/** How many jumps there are, by a word: the first count that the chance of no more of them is above the word's. */
const jumpsOf = (word: bigint, mean: bigint): bigint => {
  let count = 0n
  let chance: bigint = Real.exp(-mean)
  let sum = chance
  const drawn = (word * RAY) >> 64n
  while (drawn >= sum && chance > 0n) {
    count += 1n
    chance = (chance * mean) / (count * RAY)
    sum += chance
  }
  return count
}

/** The logarithm of the price of each point but the first, less that of the first. */
const logs = (
  { drift, jumps, volatility }: Motion,
  every: Fixed.Seconds,
  count: number,
  deviate: (i: number) => bigint,
  word: (i: number) => bigint,
): readonly bigint[] => {
  const lasts = BigInt(every)
  const spread = volatility * root(lasts * RAY)
  const gain =
    jumps === undefined
      ? 0n
      : times(jumps.rate, Real.exp(jumps.mean + times(jumps.deviation, jumps.deviation) / 2n) - RAY)
  const steady = (drift - times(volatility, volatility) / 2n - gain) * lasts
  const points: bigint[] = []
  let log = 0n
  for (let i = 0; i < count; i += 1) {
    log += steady + Fixed.mulDiv(spread, deviate(i), RAY * RAY, 'halfUp')
    if (jumps !== undefined) {
      const found = jumpsOf(word(2 * i), jumps.rate * lasts)
      if (found > 0n)
        log +=
          found * jumps.mean +
          times(times(jumps.deviation, root(found * RAY)), Real.normal(word(2 * i + 1)))
    }
    points.push(log)
  }
  return points
}

/** The price that a logarithm stands for, rounded down, and at least one unit (PRI-6). */
const priceOf = (start: Fixed.Ray, log: bigint): Fixed.Ray =>
  ray(Fixed.max(Real.grown(start, log), 1n))

/** A path by normal deviates, the i-th for the step to the i-th point, and words for its jumps. */
export const path = (
  motion: Motion,
  { every, from, lasts }: Times,
  deviate: (i: number) => bigint,
  word: (i: number) => bigint,
): PricePath.PricePath =>
  PricePath.ofPoints([
    { at: from, price: motion.start },
    ...logs(motion, every, Math.ceil(lasts / every), deviate, word).map((log, i) => ({
      at: from + (i + 1) * every,
      price: priceOf(motion.start, log),
    })),
  ])

/** The seeds of the deviates and of the jumps of a motion: words 0 and 1 of its own. */
export const words = (seed: bigint, stream: number): ((i: number) => bigint) => {
  const own = Random.word(seed, stream)
  return (i) => Random.word(own, i)
}

/**
 * A path of one price that moves so (PRI-6, PRI-7). Refuses times that are no whole seconds, a start that is not
 * above zero, and settings beyond their bounds.
 */
export const make = (seed: bigint, motion: Motion, at: Times): Made<PricePath.PricePath> =>
  made([...timesUnfit(at), ...unfit(motion, at.every)], () => {
    const drawn = words(seed, 0)
    return path(motion, at, (i) => Real.normal(drawn(i)), words(seed, 1))
  })
