/**
 * What the examples of spec/20-blocks.md are written with.
 */

import type { Blocks, GasPath } from '../../src/market/index.js'
import { price, ray } from '../example.js'

export { Blocks, GasPath } from '../../src/market/index.js'

export const drawnBlocks: Blocks.Poisson = { from: 100, until: 1000, mean: ray('12') }

/** A range of a tenth adds a base of 50, up to 300. */
export const spiking: GasPath.Spikes = {
  base: price(50n),
  gain: price(20n),
  most: price(300n),
  window: 600,
  every: 600,
}
