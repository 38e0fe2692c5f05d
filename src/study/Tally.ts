/**
 * Tally: what is counted and added up while a day goes by.
 *
 * Laws: STB-11 (spec/26-stablesims.md).
 */

import { type Event, Fixed, type Terms } from '../core/index.js'

// Model

/** It changes with every event. Money is a Rad, ether a Wad. */
export interface Tally {
  /** How many steps each liquidated vault had waited. */
  readonly waits: number[]
  /** Times that a vault became unsafe, and became safe again. */
  spells: number
  cured: number
  unsafeSteps: number
  mostUnsafe: number
  unsafeAtEnd: number
  /** The flat part of what openings earned, the other, and what restarts earned. */
  flat: bigint
  share: bigint
  restarted: bigint
  restarts: number
  takes: number
  lastTake: number | undefined
  lockedAt: number | undefined
  debt: bigint
  targets: bigint
  lots: bigint
  proceeds: bigint
  sold: bigint
  /** What lots that ran out of collateral could not raise, and what of theirs went back. */
  shortfall: bigint
  returned: bigint
  mostInFlight: bigint
  readonly gas: { barks: bigint; takes: bigint; restarts: bigint; failed: bigint }
  /** The most that an action cost in any step. */
  mostCost: bigint
  /** Times that it hung on the order of a step whether a vault was liquidated in it. */
  byOrder: number
}

// Constructors

export const make = (): Tally => ({
  waits: [],
  spells: 0,
  cured: 0,
  unsafeSteps: 0,
  mostUnsafe: 0,
  unsafeAtEnd: 0,
  flat: 0n,
  share: 0n,
  restarted: 0n,
  restarts: 0,
  takes: 0,
  lastTake: undefined,
  lockedAt: undefined,
  debt: 0n,
  targets: 0n,
  lots: 0n,
  proceeds: 0n,
  sold: 0n,
  shortfall: 0n,
  returned: 0n,
  mostInFlight: 0n,
  gas: { barks: 0n, takes: 0n, restarts: 0n, failed: 0n },
  mostCost: 0n,
  byOrder: 0,
})

// Transitions

/** A vault was liquidated after so many steps. */
export const barked = (
  tally: Tally,
  { reward }: Terms.Terms,
  event: Event.Opened,
  waited: number,
  cost: Fixed.Rad,
): void => {
  const flat = Fixed.min(event.reward, reward.flat)
  tally.waits.push(waited)
  tally.flat += flat
  tally.share += event.reward - flat
  tally.debt += event.debt
  tally.targets += event.target
  tally.lots += event.collateral
  tally.gas.barks += cost
}

export const reset = (tally: Tally, event: Event.Reset, cost: Fixed.Rad): void => {
  tally.restarts += 1
  tally.restarted += event.reward
  tally.gas.restarts += cost
}

export const taken = (tally: Tally, event: Event.Taken, t: number, cost: Fixed.Rad): void => {
  tally.takes += 1
  tally.lastTake = t
  tally.proceeds += event.repaid + event.penalty
  tally.sold += event.bought
  tally.gas.takes += cost
}

export const closed = (tally: Tally, event: Event.Closed): void => {
  tally.shortfall += event.shortfall
  tally.returned += event.returned
}

/** A step is over, with so many vaults unsafe and so much in flight. */
export const ended = (tally: Tally, unsafe: number, inFlight: Fixed.Rad): void => {
  tally.unsafeAtEnd = unsafe
  tally.unsafeSteps += unsafe
  if (unsafe > tally.mostUnsafe) tally.mostUnsafe = unsafe
  if (inFlight > tally.mostInFlight) tally.mostInFlight = inFlight
}
