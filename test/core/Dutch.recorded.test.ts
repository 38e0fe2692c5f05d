/**
 * Dutch under Clipper's terms, against what Clipper did.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Dutch, Fixed, Lot, type Refusal } from '../../src/index.js'
import { exampleTerms } from '../example.js'
import { dutchLot } from '../examples/dutch.js'
import { type Recorded, recorded } from './dutch/recorded.js'

const auctionOf = ({ buf, chip, chost, curve, cusp, tail, tip }: Recorded): Dutch.Compiled =>
  Dutch.compile(
    {
      ...exampleTerms,
      width: 'uint256',
      reward: {
        flat: Fixed.rad(tip),
        rate: Fixed.wad(chip),
        limit: 'none',
        payer: { _tag: 'Protocol' },
      },
    },
    {
      _tag: 'Dutch',
      curve,
      markup: Fixed.ray(buf),
      reset: { _tag: 'WhenStale', after: tail, below: Fixed.ray(cusp) },
      reserve: Fixed.ray(0n),
      minLeft: Fixed.rad(chost),
      minCollateralLeft: Fixed.wad(0n),
      emptySale: 'allow',
      edges: 'strict',
    },
  )

const lotOf = ({ lot, tab, tic, top }: Recorded): Lot.Dutch => ({
  ...dutchLot,
  collateral: Fixed.wad(lot),
  debt: Fixed.rad(tab),
  target: Fixed.rad(tab),
  startPrice: Fixed.ray(top),
  startedAt: tic,
  lastAt: tic,
})

const commandOf = ({ asked, t }: Recorded): Dutch.Command =>
  asked.op === 'take'
    ? {
        _tag: 'Take',
        at: t,
        bidder: 'bob',
        want: { _tag: 'Amount', amount: Fixed.wad(asked.amt) },
        limit: Fixed.ray(asked.max),
        atLeast: Fixed.wad(0n),
      }
    : { _tag: 'Reset', at: t, keeper: 'kim', market: Fixed.ray(asked.feed) }

/** What the events of a decision are called in a record: a Clipper event says what is left before it deletes. */
const outcomeOf = ({ lot, tab }: Recorded, decision: Dutch.Decision): unknown => {
  if (E.isLeft(decision)) return decision.left._tag
  const [event] = decision.right
  if (event?._tag === 'Reset') return { top: event.startPrice, coin: event.reward }
  if (event?._tag !== 'Taken') return event
  const owe = event.repaid + event.penalty
  return { owe, price: event.price, tab: tab - owe, lot: lot - event.bought }
}

const refusals: Readonly<Record<string, Refusal.Refusal['_tag']>> = {
  'Clipper/needs-reset': 'Stale',
  'Clipper/too-expensive': 'TooExpensive',
  'Clipper/no-partial-purchase': 'TooLittleLeft',
  '': 'OutOfRange',
}

test.each(recorded)('$rule $what ($id, step $step)', (one) => {
  const decision = Dutch.decide(auctionOf(one), 0, lotOf(one), commandOf(one))
  const { outcome } = one
  expect(outcomeOf(one, decision)).toEqual(
    typeof outcome === 'string' ? refusals[outcome] : outcome,
  )
  if (E.isRight(decision) && typeof outcome !== 'string' && 'owe' in outcome) {
    const after = decision.right.reduce(Lot.evolveDutch, lotOf(one))
    expect(after.ended).toBe(outcome.tab === 0n || outcome.lot === 0n)
  }
})
