/**
 * Sample data of spec/23-tuning.md: the room itself, and a day on which nothing happens.
 */

import { type Outcome, Presets, Scenario, Simulate } from '../../src/tuning/index.js'
import { price, right } from '../example.js'

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
  return right(
    Simulate.run({
      ...Scenario.plain,
      prices: { _tag: 'Rows', rows: [row] },
      positions: { _tag: 'Drawn', count: 0 },
      bidders: { _tag: 'Drawn', kinds: [] },
      terms: Presets.presets['dutch-default'],
    }),
  )
}
