/**
 * A day of StableSims: 144 steps and 66 participants, who draw their vaults, open them, and then bark, restart and buy
 * until midnight; as the original has it, with its auctions never locked, and repaired.
 */

import { readFileSync } from 'node:fs'
import { Prices } from 'knockdown/codec'
import { Experiment, StableSims } from 'knockdown/study'

const file = new URL('../data/eth-crashes/2021-05-19.csv', import.meta.url)

const reward = { tip: 100n * 10n ** 45n, chip: 10n ** 15n }

/** A timed call is a day of a seed of its own. */
const days = (name, experiment) => {
  let seed = 0n
  let sink = 0
  const run = () => {
    seed += 1n
    sink += StableSims.run(experiment, seed).tally.waits.length
    return sink
  }
  return { name, ops: 1, run }
}

export const study = () => {
  const rows = Prices.parse(readFileSync(file, 'utf8')).right
  const day = Experiment.steps(rows)
  const original = Experiment.reference(day, reward)
  return [
    days('study.day', original),
    days('study.unlocked', { ...original, lock: 'released' }),
    days('study.repaired', Experiment.repaired(day, reward)),
  ]
}
