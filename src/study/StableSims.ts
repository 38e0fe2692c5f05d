/**
 * StableSims: the study of that name as a scenario: one day, from its first step to midnight, as a function of an
 * experiment and a seed.
 *
 * Laws: STB-1 to STB-11 (spec/26-stablesims.md).
 *
 * @example
 * StableSims.run(Experiment.reference(day, { tip, chip }), 1n)
 */

import * as Day from './Day.js'
import * as Deeds from './Deeds.js'
import * as Draw from './Draw.js'
import type { Experiment, Step } from './Experiment.js'
import type { Tally } from './Tally.js'
import * as Wants from './Wants.js'

// Model

/** What a day came to. */
export interface Outcome {
  readonly opened: number
  readonly everUnsafe: number
  readonly tally: Readonly<Tally>
  /** The vaults that were liquidated, by their place among all. */
  readonly seized: readonly number[]
  /** What open lots are still to raise at the end. */
  readonly targetLeft: bigint
  readonly lotLeft: bigint
  /** What takers have in the end, all together, and how many of them owe money: the original lets them. */
  readonly money: bigint
  readonly owing: number
}

// Transitions

/** One step: what all want, looking at the end of the step before, is done in an order that is drawn (STB-4). */
const step = (day: Day.Day, now: Step, t: number): void => {
  const cost = Day.costOf(now)
  if (cost > day.tally.mostCost) day.tally.mostCost = cost
  Draw.shuffle(day.order, day.isLocked)
  day.pool = now.pool
  for (const deed of Wants.inOrder(day, now, cost)) Deeds.act(day, deed, now, t, cost)
  Day.judge(day, now, t)
}

// Interpretation

/** One day. Nothing where its terms do not sell by a falling price, or it has not two steps. */
export const run = (experiment: Experiment, seed: bigint): Outcome | undefined => {
  const day = Day.make(experiment, seed)
  if (day === undefined) return undefined
  // Vaults are opened in the second step: from the third on something can happen to them.
  for (const [t, now] of experiment.day.entries()) if (t > 1) step(day, now, t)
  const open = day.loans.flatMap(({ lot }) => lot ?? [])
  return {
    opened: day.loans.length,
    everUnsafe: day.loans.filter(({ wasUnsafe }) => wasUnsafe).length,
    tally: day.tally,
    seized: day.loans.flatMap(({ isSeized, place }) => (isSeized ? [place] : [])),
    targetLeft: day.house.inFlight,
    lotLeft: open.reduce((sum, { collateral }) => sum + collateral, 0n),
    money: day.takers.reduce((sum, { money }) => sum + money, 0n),
    owing: day.takers.filter(({ money }) => money < 0n).length,
  }
}
