/**
 * Rewards: what a reward buys, as a curve: the time that vaults stay unsafe, and the dollars it costs, for each flat
 * reward and each rate, on the same populations throughout.
 *
 * Laws: STB-14 (spec/26-stablesims.md).
 */

import { Statistics } from '../tuning/index.js'
import * as Counts from './Counts.js'
import { type Experiment, repaired, type Reward, type Step, type Vault } from './Experiment.js'
import * as StableSims from './StableSims.js'

// Model

/** Who owns what in a day: vaults that are given, or drawn by the seed, which draws all else too. */
export interface Population {
  readonly seed: bigint
  readonly vaults: readonly Vault[] | undefined
}

/** A mean over populations, and its standard error. */
export interface Mean {
  readonly mean: number
  readonly error: number
}

/** What one day came to: nothing for a time where nobody was liquidated. */
interface Result {
  readonly waited: number | undefined
  readonly unsafe: number
  readonly liquidated: number
  readonly paid: number
}

/** One reward on all populations. Times are in seconds, money in dollars. */
export interface Point {
  readonly reward: Reward
  readonly liquidated: Mean
  /** From a vault's first unsafe step to its liquidation; nothing unless somebody is liquidated in every population. */
  readonly waited: Mean | undefined
  /** How long a vault that was ever unsafe was so in all, whether it was then liquidated or not. */
  readonly unsafe: Mean
  /** For openings and restarts. */
  readonly paid: Mean
  /** The seconds gained against the reward before for each thousand dollars that this one costs more. */
  readonly gainedWaited: Mean | undefined
  readonly gainedUnsafe: Mean | undefined
  readonly results: readonly Result[]
}

// Constructors

const STEP = 600

const resultOf = (experiment: Experiment, { seed, vaults }: Population): Result => {
  const outcome = StableSims.run({ ...experiment, vaults }, seed)
  if (outcome === undefined) return { waited: undefined, unsafe: 0, liquidated: 0, paid: 0 }
  const { flat, restarted, share, unsafeSteps, waits } = outcome.tally
  return {
    waited: waits.length === 0 ? undefined : STEP * Statistics.mean(waits),
    unsafe: outcome.everUnsafe === 0 ? 0 : (STEP * unsafeSteps) / outcome.everUnsafe,
    liquidated: waits.length,
    paid: Counts.money(flat + share + restarted),
  }
}

const meanOf = (values: readonly number[]): Mean => ({
  mean: Statistics.mean(values),
  error: Statistics.standardError(values) ?? 0,
})

const waitsOf = (results: readonly Result[]): readonly number[] | undefined => {
  const waits = results.flatMap(({ waited }) => waited ?? [])
  return waits.length === results.length ? waits : undefined
}

/** The ratio of two sums over the same populations, with an error by leaving out one after the other. */
export const ratio = (above: readonly number[], below: readonly number[]): Mean | undefined => {
  const [top, bottom] = [Statistics.sum(above), Statistics.sum(below)]
  const n = above.length
  if (bottom === 0 || n < 2) return undefined
  const without = above.map((value, i) => (top - value) / (bottom - (below[i] as number)))
  return { mean: top / bottom, error: (Statistics.standardError(without) ?? 0) * (n - 1) }
}

const THOUSAND = 1000

/** What is gained of some time, from one reward to the next, for each thousand dollars (STB-14). */
const gained = (
  before: readonly Result[],
  now: readonly Result[],
  timeOf: (results: readonly Result[]) => readonly number[] | undefined,
): Mean | undefined => {
  const [then, since] = [timeOf(before), timeOf(now)]
  if (then === undefined || since === undefined) return undefined
  return ratio(
    then.map((time, i) => time - (since[i] as number)),
    now.map(({ paid }, i) => (paid - (before[i] as Result).paid) / THOUSAND),
  )
}

const pointOf = (reward: Reward, results: readonly Result[], before: readonly Result[]): Point => {
  const waits = waitsOf(results)
  return {
    reward,
    results,
    liquidated: meanOf(results.map(({ liquidated }) => liquidated)),
    waited: waits === undefined ? undefined : meanOf(waits),
    unsafe: meanOf(results.map(({ unsafe }) => unsafe)),
    paid: meanOf(results.map(({ paid }) => paid)),
    gainedWaited: gained(before, results, waitsOf),
    gainedUnsafe: gained(before, results, (all) => all.map(({ unsafe }) => unsafe)),
  }
}

/** The points of rewards in their order, each beside the one before; the first, beside itself, gains nothing (STB-14). */
export const curve = (
  day: readonly Step[],
  rewards: readonly Reward[],
  populations: readonly Population[],
  onRun: () => void = () => undefined,
): readonly Point[] => {
  const points: Point[] = []
  for (const reward of rewards) {
    const experiment = repaired(day, reward)
    const results = populations.map((population) => {
      onRun()
      return resultOf(experiment, population)
    })
    points.push(pointOf(reward, results, points[points.length - 1]?.results ?? results))
  }
  return points
}

// Queries

/** How long vaults are unsafe where another curve costs so much, on a straight line between its two nearest points. */
export const unsafeAt = (points: readonly Point[], paid: number): number | undefined => {
  const after = points.findIndex((point) => point.paid.mean >= paid)
  const [low, high] = [points[after - 1], points[after]]
  if (high === undefined) return undefined
  if (low === undefined) return high.paid.mean === paid ? high.unsafe.mean : undefined
  const part = (paid - low.paid.mean) / (high.paid.mean - low.paid.mean)
  return low.unsafe.mean + part * (high.unsafe.mean - low.unsafe.mean)
}
