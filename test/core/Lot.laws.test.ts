/**
 * Lot: the fold of a lot's events.
 */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { type Event, Lot } from '../../src/index.js'
import { law } from '../law.js'
import { history, lot, type Step } from './dutch/lots.js'

const eventsOf = (steps: readonly Step[]): readonly Event.OfDutch[] =>
  steps.flatMap(({ decision }) => (E.isRight(decision) ? decision.right : []))

/** The opening that a lot is of. */
const openingOf = ({ id, lastAt, startPrice, ...rest }: Lot.Dutch): Event.Opened => ({
  _tag: 'Opened',
  lot: id,
  at: lastAt,
  line: rest.line,
  terms: rest.terms,
  goods: rest.goods,
  collateral: rest.collateral,
  shares: rest.collateral,
  debt: rest.debt,
  target: rest.target,
  lossAt: rest.lossAt,
  binding: rest.binding,
  start: { _tag: 'Dutch', startPrice },
  keeper: 'kim',
  reward: rest.rewarded,
  payer: { _tag: 'Protocol' },
})

law(
  'DUT-10',
  'a lot is its opening and what followed, replayed (I42)',
  fc.property(history, ({ opened, steps }) => {
    const replayed = eventsOf(steps).reduce<Lot.Lot>(Lot.evolve, Lot.open(openingOf(opened)))
    return isDeepStrictEqual(replayed, steps.at(-1)?.after)
  }),
)

law(
  'DUT-10',
  'events take the same from any lot, whatever it holds',
  fc.property(lot, history, (other, { opened, steps }) => {
    const all = eventsOf(steps)
    const [here, there] = [opened, other].map((start) => all.reduce(Lot.evolveDutch, start))
    if (here === undefined || there === undefined) return false
    return here.ended
      ? there.ended && there.collateral === 0n && there.debt === 0n && there.target === 0n
      : here.collateral - there.collateral === opened.collateral - other.collateral &&
          here.debt - there.debt === opened.debt - other.debt &&
          here.target - there.target === opened.target - other.target
  }),
)

law(
  'DUT-10',
  'no event changes what a lot is, and each sets its last time',
  fc.property(history, ({ opened, steps }) =>
    eventsOf(steps).every((event) => {
      const { binding, goods, id, lastAt, line, lossAt, terms } = Lot.evolveDutch(opened, event)
      return (
        id === opened.id &&
        line === opened.line &&
        goods === opened.goods &&
        terms === opened.terms &&
        lossAt === opened.lossAt &&
        binding === opened.binding &&
        lastAt === event.at
      )
    }),
  ),
)
