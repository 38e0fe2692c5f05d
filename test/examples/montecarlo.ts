/**
 * What the examples of spec/17-montecarlo.md are written with: an auction that is over in a minute, and one that is known.
 */

import * as E from 'fp-ts/lib/Either.js'
import { MonteCarlo, Single } from '../../src/market/index.js'

export {
  ClosedForm,
  Moments,
  MonteCarlo,
  Normal,
  Single,
  Xoshiro,
} from '../../src/market/index.js'

/** A price that halves every minute from twice that of a market that stands still. */
export const fast: Single.Setting = {
  ...Single.plain,
  volatility: 0,
  blocks: { _tag: 'Fixed', every: 12 },
  curve: { _tag: 'Stairs', stepEvery: 60, keepPerStep: 0.5 },
  markup: 2,
  lasts: 3600,
}

export const fallingFast: MonteCarlo.Kernel = E.getOrElse((): MonteCarlo.Kernel => {
  throw new Error('unusable')
})(MonteCarlo.make(fast))

/** Ten blocks to a tenth of the logarithm. */
export const known: Single.Setting = {
  ...Single.plain,
  volatility: 0.001,
  blocks: { _tag: 'Poisson', every: 100 },
  curve: { _tag: 'Exponential', rate: 0.001 },
  markup: 1,
}
