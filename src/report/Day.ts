/**
 * Day: a simulated day as pictures are made of it: of each auction its market, what became of it, all that happened and
 * every sale.
 */

import { Fixed, type Terms } from '../core/index.js'
import type { PricePath } from '../market/index.js'
import { Outcome, type Simulate } from '../tuning/index.js'

// Model

/** An auction that the day went through. */
export interface Run {
  readonly outcome: Outcome.Outcome
  readonly log: readonly Simulate.Caused[]
  readonly terms: Terms.Terms
  /** The prices of its market: where that is a pool, what the auction sold is in them. */
  readonly market: PricePath.PricePath
}

export interface Day {
  readonly asset: string
  readonly runs: readonly Run[]
}

export interface Sale extends Outcome.Sale {
  /** The price of a unit on the market. */
  readonly market: Fixed.Ray
}

// Queries

/** Every sale, in the order in which they happened. */
export const sales = ({ log }: Run): readonly Sale[] =>
  log.flatMap(({ event, market }) => {
    const sale = Outcome.saleIn(event)
    return sale === undefined || sale.sold === 0n ? [] : [{ ...sale, market }]
  })

const areSame = (a: PricePath.PricePath, b: PricePath.PricePath): boolean =>
  a === b ||
  (a.points.length === b.points.length &&
    a.points.every(({ at, price }, i) => b.points[i]?.at === at && b.points[i].price === price))

/** Whether every auction had the same prices, as it has where none of them moves the market. */
export const isOneMarket = ({ runs: [first, ...others] }: Day): boolean =>
  others.every(({ market }) => first !== undefined && areSame(market, first.market))

/** What a unit was sold for. */
export const priceOf = ({ paid, sold }: Pick<Sale, 'paid' | 'sold'>): Fixed.Ray =>
  Fixed.ray(paid / sold)

export const valueOf = ({ market, sold }: Sale): bigint => market * sold

/** A path as at most so many points: of each stretch the first, the lowest, the highest and the last (REP-4). */
export const thinned = (
  points: readonly PricePath.Point[],
  most = 1000,
): readonly PricePath.Point[] => {
  if (points.length <= most) return points
  const stretches = Math.floor(most / 4)
  return Array.from({ length: stretches }, (_, i) => {
    const [from, to] = [i, i + 1].map((n) => Math.floor((n * points.length) / stretches))
    const some = points.slice(from, to)
    const ends = [some[0], some.at(-1)]
    const low = some.reduce((a, b) => (b.price < a.price ? b : a))
    const high = some.reduce((a, b) => (b.price > a.price ? b : a))
    return some.filter((one) => ends.includes(one) || one === low || one === high)
  }).flat()
}
