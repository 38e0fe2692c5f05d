/**
 * Simulate: a crash day through an auction, block by block, with the core deciding every command.
 *
 * In a block money comes back, then unsafe positions are opened, then the orders that arrive are carried
 * out, then keepers and bidders look at the lots. Nothing reads a clock or draws a number: the scenario
 * says everything, and the same one gives the same outcome.
 *
 * Laws: MKT-10 to MKT-17 (spec/16-market.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { PricePath, type Setting } from '../market/index.js'
import * as Begin from './Begin.js'
import * as Looks from './Looks.js'
import * as Openings from './Openings.js'
import * as Outcome from './Outcome.js'
import type * as Scenario from './Scenario.js'
import * as Stage from './Stage.js'
import * as Step from './Step.js'
import * as World from './World.js'

export type { Caused } from './World.js'

/** How long nothing but new starts of lots may happen, once all is still, before the rest is left open. */
const DAY = 86_400

/** How long a lot may take to start again. */
const cycle = ({ sale }: World.World): number => {
  if (sale._tag === 'English') return Math.max(sale.lasts, sale.hardEnd) + sale.bidLasts
  return sale.staleFrom === Infinity ? 0 : sale.staleFrom
}

/** From when on no price moves any more. */
const stillFrom = ({ stage, trade }: World.World): number =>
  Math.max(stage.path.to, trade === undefined ? 0 : trade.movedAt + 1) + stage.oracle.rests

/** Whether no order is on its way, or waits for a cheaper block. */
const isStill = ({ orders, waiting }: World.World): boolean =>
  orders.size === 0 && waiting.length === 0

/** Whether every lot has ended and no other can open. */
const isOver = (world: World.World, openings: Openings.Openings): boolean =>
  world.watched.size === 0 &&
  isStill(world) &&
  world.at >= stillFrom(world) &&
  (world.trade === undefined || world.awaited === 0) &&
  (openings.waiting.length === 0 || openings.triedAt === world.released)

/** Whether nothing can happen any more that has not happened before (MKT-15). */
const isStalled = (world: World.World): boolean =>
  isStill(world) &&
  world.at - Math.max(world.progressAt, stillFrom(world), World.gasRestsFrom(world)) >
    Math.max(DAY, 2 * cycle(world)) &&
  world.awaited === 0

/** The prices that the market had: those of the scenario, or of its pool block by block. */
const marketOf = ({ stage, trade }: World.World): PricePath.PricePath =>
  trade === undefined
    ? stage.path
    : {
        ...PricePath.ofPoints(
          trade.prices.map((price, block) => ({ at: stage.blocks.timeOf(block), price })),
        ),
        gas: stage.path.gas,
      }

/**
 * What hears of a run: of every block, as the part from 0 to 1 of the prices that is through, and at the end of all that happened,
 * and of the market's prices.
 */
export interface Listener {
  readonly onBlock?: (part: number) => void
  readonly onEnd?: (log: readonly World.Caused[], market: PricePath.PricePath) => void
}

const play = (world: World.World, { onBlock, onEnd }: Listener): Outcome.Outcome => {
  const openings = Openings.make(world)
  const { blocks, path, until } = world.stage
  const length = Math.max(path.to - path.from, 1)
  const end = (by: Outcome.End): Outcome.Outcome => {
    onEnd?.(world.log, marketOf(world))
    return Outcome.make(world, by)
  }
  for (let i = 0; blocks.timeOf(i) <= until; i += 1) {
    Step.moveTo(world, i)
    Openings.open(world, openings)
    Step.arrive(world)
    Looks.look(world)
    onBlock?.(Math.min(1, (world.at - path.from) / length))
    if (isOver(world, openings)) return end('allEnded')
    if (isStalled(world)) return end('nothingLeft')
  }
  return end('until')
}

/** What becomes of a stage: a scenario that is drawn already. */
export const on = (stage: Stage.Stage, listener: Listener = {}): Setting.Made<Outcome.Outcome> =>
  E.map((world: World.World) => play(world, listener))(Begin.make(stage))

/**
 * What becomes of a scenario. Refuses settings that a part of it refuses, and terms that do not sell exactly one
 * asset (SCN-2, SCN-3).
 */
export const run = (
  scenario: Scenario.Scenario,
  listener: Listener = {},
): Setting.Made<Outcome.Outcome> =>
  pipe(
    Stage.make(scenario),
    E.chain((stage) => on(stage, listener)),
  )
