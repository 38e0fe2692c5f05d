/**
 * Fall: a price that falls at once and stays, and one position under it.
 */

import { Fixed, type Terms } from '../../src/core/index.js'
import { Bidder, PricePath } from '../../src/market/index.js'
import { type Outcome, Presets, type Stage } from '../../src/tuning/index.js'
import { cents } from '../market/rows.js'
import { money, plain } from './scenario.js'

export const bidder = (
  name: string,
  percent: number,
  delay: number,
  capital = 10_000_000n,
): Bidder.Bidder => ({
  ...Bidder.plain,
  name,
  margin: Fixed.ray((BigInt(Math.round(percent * 100)) * Fixed.RAY) / 10_000n),
  capital: money(capital),
  delay,
})

/** From 200 at once to a lower price, which stays: one position of 100 for a debt of 10,000 is unsafe below 150. */
export const fallTo = (
  low: number,
  terms: Terms.Terms,
  bidders: readonly Bidder.Bidder[],
  more: Partial<Stage.Stage> = {},
  gasPriceGwei?: Fixed.Ray,
): Stage.Stage => ({
  ...plain(
    PricePath.make([
      { time: 1000, open: cents(20_000), close: cents(20_000), gasPriceGwei },
      { time: 1600, open: cents(low), close: cents(low), gasPriceGwei },
    ]),
    10,
    0,
    200_000,
  ),
  positions: [{ id: 'a', collateral: Fixed.wad(100n * Fixed.WAD), debt: money(10_000n) }],
  bidders,
  terms,
  ...more,
})

export const dutchTerms: Terms.Terms = Presets.presets['dutch-default']
export const englishTerms: Terms.Terms = Presets.presets['english-default']
export const start: Fixed.Seconds = 1600

export const lotOf = ({ lots }: Outcome.Outcome): Outcome.OfLot => {
  const [lot] = lots
  if (lot === undefined) throw new Error('no lot')
  return lot
}
