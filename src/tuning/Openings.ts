/**
 * Openings: the positions that the oracle's price makes unsafe, opened in the first block that knows it.
 *
 * It reads the oracle's price, the positions and the room under the ceilings, and nothing of how lots
 * are sold: under the same ceilings, if they never bind, all auctions open the same lots (MKT-12).
 *
 * Laws: MKT-12 (spec/16-market.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { type Fixed, Position } from '../core/index.js'
import type { Book } from '../engine/index.js'
import type * as World from './World.js'
import { send } from './Step.js'
import { depthOf } from './Trade.js'
import { gasOf } from './World.js'

// Model

interface Candidate {
  readonly position: string
  /** The highest price at which it is unsafe. */
  readonly unsafeAt: bigint
  /** Whether it found no room, and waits for some. */
  readonly isStuck: boolean
}

/** The positions by the price at which they become unsafe, and those that were unsafe but not opened whole. */
export interface Openings {
  readonly byPrice: readonly Candidate[]
  next: number
  waiting: readonly Candidate[]
  /** The count of releases when the waiting were last tried. */
  triedAt: number
}

// Constructors

const candidate = (world: World.World, id: string): Candidate | undefined => {
  const position = world.book.positions.get(id)
  if (position === undefined) return undefined
  const unsafeAt = Position.unsafeAt(world.terms, position, [], world.asset)
  return O.isSome(unsafeAt) ? { position: id, unsafeAt: unsafeAt.value, isStuck: false } : undefined
}

/** Sorts the positions once. */
export const make = (world: World.World): Openings => ({
  byPrice: world.stage.positions
    .map(({ id }) => candidate(world, id))
    .filter((one) => one !== undefined)
    .sort((a, b) => (a.unsafeAt === b.unsafeAt ? 0 : a.unsafeAt > b.unsafeAt ? -1 : 1)),
  next: 0,
  waiting: [],
  triedAt: 0,
})

// Transitions

/** Notes why a position stays as it is: it waits where there was no room, and is given up otherwise. */
const refused = (
  world: World.World,
  one: Candidate,
  refusal: Extract<Book.Decision, { readonly _tag: 'Left' }>['left'],
): Candidate | undefined => {
  if (refusal._tag === 'CeilingReached' || refusal._tag === 'DustyDebt') {
    world.positionsDelayed.add(one.position)
    return { ...one, isStuck: true }
  }
  world.notOpened.set(one.position, { _tag: refusal._tag, rule: refusal.rule })
  return undefined
}

/** Tries to open a position: what of it still waits, as terms may seize a part at a time. */
const attempt = (world: World.World, one: Candidate, oracle: Fixed.Ray): Candidate | undefined => {
  const { asset, at } = world
  if (one.unsafeAt < oracle) return one
  world.depth = depthOf(world, one.unsafeAt)
  const quotes = [{ asset, risk: oracle, market: oracle }]
  const { position } = one
  const decision = send(world, { _tag: 'Open', at, keeper: 'keeper', position, quotes })
  if (E.isLeft(decision)) return refused(world, one, decision.left)
  world.gas.keepers += gasOf(world, 'open')
  return candidate(world, position)
}

/** Opens what is unsafe at the oracle's price, the highest price first; nothing where it knows none. */
export const open = (world: World.World, openings: Openings): void => {
  const { byPrice, waiting } = openings
  const { oracle } = world
  if (oracle === undefined) return
  let next = openings.next
  while ((byPrice[next]?.unsafeAt ?? -1n) >= oracle) next += 1
  const fresh = byPrice.slice(openings.next, next)
  openings.next = next
  if (waiting.length === 0 && fresh.length === 0) return
  const isRoomNew = openings.triedAt !== world.released
  openings.triedAt = world.released
  openings.waiting = [...waiting, ...fresh]
    .map((one) => (one.isStuck && !isRoomNew ? one : attempt(world, one, oracle)))
    .filter((one) => one !== undefined)
}
