/**
 * What the examples of spec/18-prices.md are written with.
 */

import type { Motion } from '../../src/market/index.js'
import { price, ray } from '../example.js'

export { Bootstrap, Bridge, Correlated, Motion, Real } from '../../src/market/index.js'

/** A price of 200 that does not move. */
export const still: Motion.Motion = {
  start: price(200n),
  drift: ray('0'),
  volatility: ray('0'),
  jumps: undefined,
}
