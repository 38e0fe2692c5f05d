/**
 * The twins must decide as the engine does on every case that is timed: else the run stops.
 */

import { deepStrictEqual } from 'node:assert'
import { Check } from 'knockdown'

const taken = ([first, closed]) => [
  first.price,
  first.bought,
  first.repaid,
  first.penalty,
  closed === undefined ? 0 : [closed.returned, closed.badDebt, closed.shortfall],
]

const raised = ([first]) => [
  first.paid,
  first.outbid?.bidder,
  first.outbid?.amount ?? 0n,
  first.bidExpiresAt,
  first.endsAt,
  first.repaid,
  first.penalty,
]

/** What the engine decided, told as the twin tells it. */
const told = (decision) => {
  if (decision._tag === 'Left') return Check.stage(decision.left)
  const [first] = decision.right
  return first._tag === 'Taken' ? taken(decision.right) : raised(decision.right)
}

/** Holds two ways to the same decisions against each other, and counts how each ended. */
export const agree = (name, count, engine, raw) => {
  const counts = new Map()
  for (let i = 0; i < count; i++) {
    const decision = engine(i)
    const [ours, theirs] = [told(decision), raw(i)]
    deepStrictEqual(theirs, ours, `${name}: case ${i}: the twin disagrees with the engine`)
    const kind =
      decision._tag === 'Left'
        ? decision.left._tag
        : decision.right.map((event) => event._tag).join(' ')
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return counts
}

/** Holds prices against each other. */
export const samePrices = (name, seconds, ours, theirs) => {
  for (const elapsed of seconds)
    deepStrictEqual(theirs(elapsed), ours(elapsed), `${name}: the twin disagrees at ${elapsed} s`)
}
