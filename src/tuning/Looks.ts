/**
 * Looks: which lots keepers and bidders look at in a block: those of which something may change.
 *
 * The others are passed over, whatever their number: a lot's plan says until when nobody can act on it,
 * or what somebody would have to have at hand.
 *
 * Laws: MKT-11, MKT-18 (spec/16-market.md).
 */

import * as Bids from './Bids.js'
import * as Step from './Step.js'
import * as Takes from './Takes.js'
import * as World from './World.js'

/** The lots to look at in this block because a plan says so, the oldest first. */
const planned = (world: World.World): readonly World.Watch[] => {
  const watches = world.agenda.get(world.block) ?? []
  world.agenda.delete(world.block)
  return watches
    .filter(({ lot, next }) => next === world.block && world.watched.has(lot))
    .sort((a, b) => a.place - b.place)
}

/** Looks at the lots of which something may change in this block, the oldest first (MKT-18). */
export const look = (world: World.World): void => {
  const { block, sale } = world
  const due = planned(world)
  let left = due.length
  // Where money came in, it may be what any lot waited for; those before it may spend it again.
  const watches = world.hasMoneyCome ? world.watched.values() : due
  world.hasMoneyCome = false
  for (const watch of watches) {
    if (left === 0 && World.atHand(world).wallets.length === 0) return
    if (watch.next === block) left -= 1
    else if (!World.isReached(world, watch)) continue
    const plan =
      sale._tag === 'Dutch' ? Takes.look(world, sale, watch) : Bids.look(world, sale, watch)
    Step.plan(world, watch, plan)
  }
}
