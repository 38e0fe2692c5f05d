/**
 * What the examples of spec/16-market.md are written with: the market, and a short day.
 */

import { PricePath } from '../../src/market/index.js'
import { price } from '../example.js'

export { Bidder, Gas, Portfolio, PricePath, Random } from '../../src/market/index.js'
export { Outcome, Presets, Simulate } from '../../src/tuning/index.js'

/** Two rows of ten minutes, then one after a gap of ten more. */
export const shortDay: PricePath.PricePath = PricePath.make([
  { time: 0, open: price(200n), close: price(190n), gasPriceGwei: price(10n) },
  { time: 600, open: price(180n), close: price(120n), gasPriceGwei: price(40n) },
  { time: 1800, open: price(100n), close: price(110n), gasPriceGwei: price(20n) },
])
