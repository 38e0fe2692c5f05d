/**
 * Bridge: what the price may have done between two points that are known, drawn by a seed.
 *
 * Laws: PRI-10 (spec/18-prices.md).
 * Source: the Brownian bridge, in the logarithm of the price, from its near end to its far one.
 */

import { Fixed } from '../core/index.js'
import type * as PricePath from './PricePath.js'
import * as Random from './Random.js'
import * as Real from './Real.js'
import { type Made, made, seconds, unless } from './Setting.js'

// Model

export interface Settings {
  /** As of a motion: the standard deviation of the logarithm after one second, were the far end not known. */
  readonly volatility: Fixed.Ray
  /** How far apart the points are that are drawn. */
  readonly every: Fixed.Seconds
}

// Constructors

const { RAY } = Fixed

/** The points strictly between two, each drawn from the one before and the far end. */
const between = (
  seed: bigint,
  near: PricePath.Point,
  far: PricePath.Point,
  { every, volatility }: Settings,
): readonly PricePath.Point[] => {
  const count = Math.ceil((far.at - near.at) / every) - 1
  if (count < 1) return []
  const end = Real.lnRatio(far.price, near.price)
  const step = BigInt(every)
  const points: PricePath.Point[] = []
  let log = 0n
  for (let i = 0; i < count; i += 1) {
    const left = BigInt(far.at - near.at) - BigInt(i) * step
    // The variance of a second, times what is gone of the time, times the part of it that is left.
    const spread = Real.sqrt((volatility * volatility * step * (left - step)) / left)
    const deviate = Real.normal(Random.word(seed, i))
    log +=
      Fixed.mulDiv(end - log, step, left, 'halfUp') + Fixed.mulDiv(spread, deviate, RAY, 'halfUp')
    points.push({
      at: near.at + (i + 1) * every,
      price: Fixed.ray(Fixed.max(Real.grown(near.price, log), 1n)),
    })
  }
  return points
}

/**
 * The path with points drawn between its own, which stay as they are (PRI-10). Refuses a volatility
 * below zero or above one, and a spacing that is no whole number of seconds.
 */
export const make = (
  seed: bigint,
  path: PricePath.PricePath,
  settings: Settings,
): Made<PricePath.PricePath> =>
  made(
    [
      ...unless(
        settings.volatility >= 0n && settings.volatility <= RAY,
        'PRI-10',
        'volatility',
        settings.volatility,
        'from 0 to 1',
      ),
      ...seconds('PRI-10', 'every', settings.every),
    ],
    () => ({
      ...path,
      points: path.points.flatMap((near, i) => {
        const far = path.points[i + 1]
        return far === undefined
          ? [near]
          : [near, ...between(Random.word(seed, i), near, far, settings)]
      }),
    }),
  )
