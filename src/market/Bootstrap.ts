/**
 * Bootstrap: days that never were, of pieces of one that was.
 *
 * Laws: PRI-11 (spec/18-prices.md).
 * Source: the circular block bootstrap (Politis and Romano, 1992).
 */

import { Fixed } from '../core/index.js'
import * as Motion from './Motion.js'
import * as PricePath from './PricePath.js'
import * as Random from './Random.js'
import { type Made, made, type Unfit, unless } from './Setting.js'

// Model

export interface Settings extends Motion.Times {
  readonly start: Fixed.Ray
  /** How many steps that followed each other stay together. */
  readonly block: number
}

// Constructors

/** How many steps of a spacing a history has. */
const stepsOf = ({ from, to }: PricePath.PricePath, every: Fixed.Seconds): number =>
  Math.floor((to - from) / every)

const unfit = (history: PricePath.PricePath, settings: Settings): readonly Unfit[] => {
  const { block, every, start } = settings
  return [
    ...Motion.timesUnfit(settings),
    ...unless(start > 0n, 'PRI-11', 'start', start, 'above 0'),
    ...unless(
      Number.isSafeInteger(block) && block > 0,
      'PRI-11',
      'block',
      block,
      'a whole number above 0',
    ),
    ...unless(
      !(every > 0) || stepsOf(history, every) > 0,
      'PRI-11',
      'every',
      every,
      'no longer than the history',
    ),
  ]
}

/** Which step of the history each step is, block after block, the first step following the last. */
const drawn = (seed: bigint, count: number, steps: number, block: number): readonly number[] =>
  Array.from(
    { length: count },
    (_, i) =>
      (Number(Random.below(seed, Math.floor(i / block), BigInt(steps))) + (i % block)) % steps,
  )

/**
 * A path whose every step changes the price in the ratio of a step of the history (PRI-11), and takes place
 * under the gas price of that. Refuses times that are no whole seconds, a start that is not above zero, a block
 * of no steps, and a history shorter than a step.
 */
export const make = (
  seed: bigint,
  history: PricePath.PricePath,
  settings: Settings,
): Made<PricePath.PricePath> =>
  made(unfit(history, settings), () => {
    const { block, every, from, lasts, start } = settings
    const steps = drawn(seed, Math.ceil(lasts / every), stepsOf(history, every), block)
    const instant = (step: number): Fixed.Seconds => history.from + step * every
    const before = Array.from({ length: stepsOf(history, every) + 1 }, (_, i) =>
      PricePath.priceAt(history, instant(i)),
    )
    let price = start
    const points = steps.map((step, i) => {
      const ratio = [before[step + 1] ?? 1n, before[step] ?? 1n] as const
      price = Fixed.ray(Fixed.max(Fixed.mulDiv(price, ...ratio, 'floor'), 1n))
      return { at: from + (i + 1) * every, price }
    })
    return PricePath.ofPoints(
      [{ at: from, price: start }, ...points],
      steps.map((step, i) => ({
        at: from + i * every,
        gwei: PricePath.gweiAt(history, instant(step)),
      })),
    )
  })
