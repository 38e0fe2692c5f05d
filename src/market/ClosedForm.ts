/**
 * ClosedForm: what a falling-price auction loses and how long it takes, by formula.
 *
 * It is there for one thing: that a simulation can be held against what is known. In floating point.
 *
 * Laws: MTC-7, MTC-8 (spec/17-montecarlo.md), with the derivation.
 * Source: Moallemi and Robinson (2024), derived anew, with drift, a margin and any start at or above
 * what the buyer would pay.
 */

import type { Setting } from './Single.js'

// Model

export interface Expected {
  /** The part of the market value that is lost at the sale, and its variance. */
  readonly loss: number
  readonly lossVariance: number
  /** The seconds until the sale. */
  readonly time: number
  /**
   * The logarithm of what the buyer would pay over what is paid is exponential, of this rate.
   */
  readonly rate: number
}

// Queries

/** The expected outcome of an auction in the domain of the formulas; nothing outside it (MTC-7, MTC-8). */
export const of = (setting: Setting): Expected | undefined => {
  const { blocks, buyer, clock, curve, drift, markup, reserve, reset, target, volatility } = setting
  const isBare =
    reserve === 0 && reset.after === Infinity && reset.below === 0 && target === Infinity
  if (blocks._tag !== 'Poisson' || clock !== 'continuous' || curve._tag !== 'Exponential')
    return undefined
  if (!isBare || buyer.gas !== 0) return undefined
  const distance = Math.log(markup) - Math.log1p(-buyer.margin)
  const fall = curve.rate + drift - volatility ** 2 / 2
  if (!(distance >= 0 && fall > 0)) return undefined
  // Written so that nothing is divided by the volatility, and nothing cancels.
  const rate =
    2 / (blocks.every * (fall + Math.sqrt(fall ** 2 + (2 * volatility ** 2) / blocks.every)))
  const kept = 1 - buyer.margin
  return {
    loss: buyer.margin + kept / (rate + 1),
    lossVariance: (kept ** 2 * rate) / ((rate + 1) ** 2 * (rate + 2)),
    time: (distance + 1 / rate) / fall,
    rate,
  }
}
