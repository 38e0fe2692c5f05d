/**
 * GasPath: a gas price that rises when the price moves, for paths whose file has none.
 *
 * Laws: BLK-5 (spec/20-blocks.md).
 */

import { Fixed } from '../core/index.js'
import * as PricePath from './PricePath.js'
import { type Made, made, seconds, unless } from './Setting.js'

// Model

/** Gas prices are in gwei. */
export interface Spikes {
  /** What gas costs while the price stands still. */
  readonly base: Fixed.Ray
  /** How many times the base is added for a range of the whole price. */
  readonly gain: Fixed.Ray
  readonly most: Fixed.Ray
  /** How far back the range reaches. */
  readonly window: Fixed.Seconds
  /** How often the price is looked at, and the gas price changes. */
  readonly every: Fixed.Seconds
}

// Constructors

const { RAY, max, min, ray } = Fixed

/** A range of prices as a share of the highest, rounded up. */
const rangeOf = (prices: readonly Fixed.Ray[]): bigint => {
  const high = prices.reduce(max)
  return Fixed.mulDiv(high - prices.reduce(min), RAY, high, 'ceil')
}

/**
 * The path with a gas price of its own (BLK-5): the base, and more the wider the range of prices was of late. Refuses
 * amounts below zero, times that are none, and a window of more than a thousand looks.
 */
export const spikes = (path: PricePath.PricePath, settings: Spikes): Made<PricePath.PricePath> => {
  const { base, every, gain, most, window } = settings
  return made(
    [
      ...unless(base >= 0n, 'BLK-5', 'base', base, 'at least 0'),
      ...unless(gain >= 0n, 'BLK-5', 'gain', gain, 'at least 0'),
      ...unless(most >= base, 'BLK-5', 'most', most, 'at least the base'),
      ...seconds('BLK-5', 'window', window),
      ...seconds('BLK-5', 'every', every),
      ...unless(
        !(every > 0) || window / every <= 1000,
        'BLK-5',
        'window',
        window,
        'at most a thousand times every',
      ),
    ],
    () => {
      const count = Math.floor((path.to - path.from) / every) + 1
      const prices = Array.from({ length: count }, (_, i) =>
        PricePath.priceAt(path, path.from + i * every),
      )
      const looks = Math.floor(window / every)
      const gas = prices.map((_, i) => {
        const range = rangeOf(prices.slice(Math.max(0, i - looks), i + 1))
        const gwei = base + Fixed.mulDiv(base * gain, range, RAY * RAY, 'ceil')
        return { at: path.from + i * every, gwei: min(ray(gwei), most) }
      })
      return { ...path, gas }
    },
  )
}
