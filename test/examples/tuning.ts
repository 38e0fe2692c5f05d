/**
 * Sample data of spec/23-tuning.md: the room itself, and a day on which nothing happens.
 */

import { PricePath } from '../../src/market/index.js'
import { type Outcome, Presets, Simulate } from '../../src/tuning/index.js'
import { price } from '../example.js'

export {
  Figures,
  Optimise,
  Pareto,
  Points,
  Space,
  Statistics,
} from '../../src/tuning/index.js'

/** A day without positions. */
export const quietDay = (): Outcome.Outcome => {
  const row = { time: 0, open: price(100n), close: price(100n), gasPriceGwei: undefined }
  const outcome = Simulate.run({
    path: PricePath.make([row]),
    block: 12,
    oracleDelay: 0,
    until: 1000,
    positions: [],
    bidders: [],
    terms: Presets.presets['dutch-default'],
  })
  if (outcome === undefined) throw new Error('no outcome')
  return outcome
}
