/**
 * What the examples of spec/26-stablesims.md are written with.
 */

import { Fixed } from '../../src/index.js'
import { Experiment, StableSims } from '../../src/study/index.js'
import { price, rad, wad } from '../example.js'

export { Archive, Rewards } from '../../src/study/index.js'

/** What of a day an example says. */
interface Given extends Partial<Experiment.Habits> {
  readonly tip?: bigint
  readonly chip?: Fixed.Wad
  readonly gwei?: readonly bigint[]
  readonly vaults?: readonly Experiment.Vault[]
  readonly seed?: bigint
}

/** 10 ETH that secure a debt of 900: unsafe below 135. */
const loan: Experiment.Vault = { owner: 'borrower', collateral: wad('10'), debt: rad('900') }

/** Ten minutes a price. */
export const studyDay = (
  closes: readonly bigint[],
  gwei: readonly bigint[] = [],
): readonly Experiment.Step[] =>
  Experiment.steps(
    closes.map((close, i) => ({
      time: 600 * i,
      close: price(close),
      gasPriceGwei: price(gwei[i] ?? 100n),
      poolDai: undefined,
      poolWeth: undefined,
    })),
  )

/** What was counted on a day of these prices, of one vault unless others are given. */
export const studied = (
  closes: readonly bigint[],
  { chip = wad('0'), gwei, seed = 1n, tip = 100n, vaults = [loan], ...habits }: Given = {},
): StableSims.Outcome['tally'] => {
  const reward = { tip: Fixed.rad(tip * Fixed.RAD), chip }
  const outcome = StableSims.run(
    { ...Experiment.reference(studyDay(closes, gwei), reward, vaults), ...habits },
    seed,
  )
  if (outcome === undefined) throw new Error('no outcome')
  return outcome.tally
}
