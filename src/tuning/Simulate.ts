/**
 * Simulate: a crash day through an auction, block by block, with the core deciding every command.
 *
 * In a block money comes back, then unsafe positions are opened, then the orders that arrive are carried
 * out, then keepers and bidders look at the lots. Nothing reads a clock or draws a number: the scenario
 * says everything, and the same one gives the same outcome.
 *
 * Laws: MKT-10 to MKT-17 (spec/16-market.md).
 */

import * as Looks from './Looks.js'
import * as Openings from './Openings.js'
import * as Outcome from './Outcome.js'
import * as Step from './Step.js'
import * as World from './World.js'

export type { Caused, Scenario } from './World.js'

/** How long nothing but new starts of lots may happen, once all is still, before the rest is left open. */
const DAY = 86_400

/** How long a lot may take to start again. */
const cycle = ({ sale }: World.World): number => {
  if (sale._tag === 'English') return Math.max(sale.lasts, sale.hardEnd) + sale.bidLasts
  return sale.staleFrom === Infinity ? 0 : sale.staleFrom
}

/** From when on no price moves any more. */
const stillFrom = ({ scenario }: World.World): number => scenario.path.to + scenario.oracleDelay

/** Whether every lot has ended and no other can open. */
const isOver = (world: World.World, openings: Openings.Openings): boolean =>
  world.watched.size === 0 &&
  world.orders.size === 0 &&
  world.at >= stillFrom(world) &&
  (openings.waiting.length === 0 || openings.triedAt === world.released)

/** Whether nothing can happen any more that has not happened before (MKT-15). */
const isStalled = (world: World.World): boolean =>
  world.orders.size === 0 &&
  world.at - Math.max(world.progressAt, stillFrom(world)) > Math.max(DAY, 2 * cycle(world)) &&
  world.awaited === 0

/**
 * What became of a scenario; nothing where its terms do not sell exactly one asset. `onBlock` hears
 * of every block, as the part from 0 to 1 of the price file that is through; `onEnd` of all that happened.
 */
export const run = (
  scenario: World.Scenario,
  onBlock: (part: number) => void = () => undefined,
  onEnd: (log: readonly World.Caused[]) => void = () => undefined,
): Outcome.Outcome | undefined => {
  const world = World.make(scenario)
  if (world === undefined) return undefined
  const openings = Openings.make(world)
  const { block, path, until } = scenario
  const length = Math.max(path.to - path.from, 1)
  const end = (by: Outcome.End): Outcome.Outcome => {
    onEnd(world.log)
    return Outcome.make(world, by)
  }
  for (let i = 0; path.from + i * block <= until; i += 1) {
    Step.moveTo(world, i)
    Openings.open(world, openings)
    Step.arrive(world)
    Looks.look(world)
    onBlock(Math.min(1, (world.at - path.from) / length))
    if (isOver(world, openings)) return end('allEnded')
    if (isStalled(world)) return end('nothingLeft')
  }
  return end('until')
}
