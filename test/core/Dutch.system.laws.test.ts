/**
 * Dutch: the theorems about one lot over any number of takes and resets, at changing prices, under
 * changing terms (handbook/proofs.md, the Dutch system).
 */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Dutch, Fixed, Lot } from '../../src/index.js'
import { law } from '../law.js'
import { events, everyStep, type History, history, type Step } from './dutch/lots.js'
import { priceThen, staleThen } from './dutch/model.js'

/** All that happened to a lot so far, added up. */
interface Sums {
  readonly raised: bigint
  readonly repaid: bigint
  readonly sold: bigint
  readonly sales: bigint
  /** What was sold, each at its price. */
  readonly worth: bigint
  readonly lowestPrice: bigint | undefined
  readonly returned: bigint
  readonly badDebt: bigint
  readonly shortfall: bigint
  /** What a cancel handed back. */
  readonly cancelled: Pick<Lot.Dutch, 'collateral' | 'debt' | 'target'>
}

const nothing: Sums = {
  raised: 0n,
  repaid: 0n,
  sold: 0n,
  sales: 0n,
  worth: 0n,
  lowestPrice: undefined,
  returned: 0n,
  badDebt: 0n,
  shortfall: 0n,
  cancelled: { collateral: Fixed.wad(0n), debt: Fixed.rad(0n), target: Fixed.rad(0n) },
}

const add = (sums: Sums, step: Step): Sums => {
  const { before } = step
  const [taken] = events(step, 'Taken')
  const [closed] = events(step, 'Closed')
  const [cancelled] = events(step, 'Cancelled')
  const { lowestPrice } = sums
  return {
    ...sums,
    ...(taken && {
      raised: sums.raised + taken.repaid + taken.penalty,
      repaid: sums.repaid + taken.repaid,
      sold: sums.sold + taken.bought,
      sales: sums.sales + 1n,
      worth: sums.worth + taken.bought * taken.price,
      lowestPrice:
        lowestPrice === undefined || taken.price < lowestPrice ? taken.price : lowestPrice,
    }),
    ...(closed && {
      returned: sums.returned + closed.returned,
      badDebt: sums.badDebt + closed.badDebt,
      shortfall: sums.shortfall + closed.shortfall,
    }),
    ...(cancelled && { cancelled: { ...cancelled, target: before.target } }),
  }
}

/** Holds after every step of a history, with what happened until then. */
const always = (
  holds: (sums: Sums, lot: Lot.Dutch, opened: Lot.Dutch) => boolean,
): fc.IRawProperty<[History]> =>
  fc.property(history, ({ opened, steps }) =>
    steps.every((step, i) => holds(steps.slice(0, i + 1).reduce(add, nothing), step.after, opened)),
  )

/** Holds for every lot that sales ended. */
const atTheEnd = (
  holds: (sums: Sums, lowestPrice: bigint, opened: Lot.Dutch) => boolean,
): fc.IRawProperty<[History]> =>
  fc.property(history, ({ opened, steps }) => {
    const sums = steps.reduce(add, nothing)
    const isClosed = steps.some((step) => events(step, 'Closed').length > 0)
    return !isClosed || holds(sums, sums.lowestPrice ?? 0n, opened)
  })

const positivePart = (n: bigint): bigint => Fixed.max(n, 0n)

law(
  'DUT-11',
  'the target is what was raised, is still to be raised, fell short or was cancelled (I2)',
  always(
    ({ cancelled, raised, shortfall }, lot, opened) =>
      opened.target === raised + lot.target + shortfall + cancelled.target,
  ),
)

law(
  'DUT-11',
  'the debt is what was repaid, is still to be, is bad or was cancelled (I1)',
  always(
    ({ badDebt, cancelled, repaid }, lot, opened) =>
      opened.debt === repaid + lot.debt + badDebt + cancelled.debt,
  ),
)

law(
  'DUT-11',
  'the collateral is what was sold, is still for sale, was returned or was cancelled (I2)',
  always(
    ({ cancelled, returned, sold }, lot, opened) =>
      opened.collateral === sold + lot.collateral + returned + cancelled.collateral,
  ),
)

law(
  'DUT-11',
  'nothing is below zero, and the debt left is never above the target left (I17)',
  always(
    ({ badDebt, repaid, returned, shortfall, sold }, { collateral, debt, target }) =>
      [badDebt, repaid, returned, shortfall, sold, collateral, debt].every((n) => n >= 0n) &&
      target >= debt,
  ),
)

law(
  'DUT-5',
  'what was sold was paid for at its price, and no more is raised than the target (I12)',
  always(
    ({ raised, worth }, _, opened) => worth <= raised && 0n <= raised && raised <= opened.target,
  ),
)

law(
  'DUT-11',
  'a penalty is paid only once the debt is repaid (I19)',
  everyStep((step) =>
    events(step, 'Taken').every(
      ({ penalty, repaid }) =>
        repaid === Fixed.min(Fixed.rad(repaid + penalty), step.before.debt) &&
        (penalty === 0n || repaid === step.before.debt),
    ),
  ),
)

law(
  'DUT-11',
  'a lot that was sold out falls short by at most what its lowest price leaves of the target',
  atTheEnd(
    ({ shortfall }, lowest, { collateral, target }) =>
      shortfall <= positivePart(target - collateral * lowest),
  ),
)

law(
  'DUT-11',
  'its bad debt is at most what its lowest price leaves of the debt',
  atTheEnd(
    ({ badDebt }, lowest, { collateral, debt }) =>
      badDebt <= positivePart(debt - collateral * lowest),
  ),
)

law(
  'DUT-11',
  'its owner gets back what its lowest price leaves above the target, and nothing where it fell short (I18)',
  atTheEnd(
    ({ raised, returned, shortfall, sold }, lowest, { collateral, target }) =>
      returned * lowest >= collateral * lowest - target &&
      (shortfall === 0n || returned === 0n) &&
      (raised < target || returned === collateral - sold),
  ),
)

law(
  'DUT-7',
  'where nothing empty is sold, a lot has at most as many sales as its target has units',
  fc.property(history, ({ opened, steps }) => {
    const strict = steps.filter(({ auction }) => auction.sale.emptySale === 'refuse')
    const sums = strict.reduce(add, nothing)
    return sums.sales <= opened.target
  }),
)

law(
  'DUT-11',
  'a lot ends with the sale that takes its last collateral or meets its target, at once (I39)',
  everyStep((step) => {
    const { after, before } = step
    const [taken] = events(step, 'Taken')
    if (taken === undefined) return true
    const collateral = before.collateral - taken.bought
    const debt = before.debt - taken.repaid
    const target = before.target - taken.repaid - taken.penalty
    const ends = collateral === 0n || target === 0n
    const [closed] = events(step, 'Closed')
    return ends
      ? after.ended &&
          closed?.returned === collateral &&
          closed.badDebt === debt &&
          closed.shortfall === target &&
          closed.released === target &&
          closed.lossAt === before.lossAt
      : closed === undefined &&
          isDeepStrictEqual(after, {
            ...before,
            collateral,
            debt,
            target,
            lastAt: step.command.at,
          })
  }),
)

law(
  'DUT-11',
  'a cancel hands back all that is left, and books no loss',
  everyStep((step) =>
    events(step, 'Cancelled').every(
      ({ collateral, debt, refund, released }) =>
        isDeepStrictEqual(
          { collateral, debt, released, refund },
          {
            collateral: step.before.collateral,
            debt: step.before.debt,
            released: step.before.target,
            refund: undefined,
          },
        ) && step.after.ended,
    ),
  ),
)

law(
  'DUT-10',
  'time never goes back, and a lot that is over never changes (I26, I27)',
  everyStep(
    ({ after, before }) => after.lastAt >= before.lastAt && (!before.ended || after === before),
  ),
)

const all: Dutch.Want = { _tag: 'All' }

/** What a take of everything, a reset and a cancel come to at an instant. */
const ways = ({ auction, before: lot }: Step, at: number, level: 0 | 1 | 2 | 3) => ({
  take: Dutch.decide(auction, level, lot, {
    _tag: 'Take',
    at,
    bidder: 'ann',
    want: all,
    limit: Fixed.ray(2n ** 512n),
    atLeast: Fixed.wad(0n),
  }),
  reset: Dutch.decide(auction, level, lot, {
    _tag: 'Reset',
    at,
    keeper: 'kim',
    market: Fixed.RAY,
  }),
  cancel: Dutch.decide(auction, level, lot, { _tag: 'Cancel', at }),
})

const isLeftBy = (decision: Dutch.Decision, tags: readonly string[]): boolean =>
  E.isLeft(decision) && tags.includes(decision.left._tag)

/** Holds for every open lot that histories come to, a while later. */
const everyOpenLot = (
  holds: (step: Step, at: number) => boolean,
): fc.IRawProperty<[History, number]> =>
  fc.property(history, fc.nat(3000), ({ steps }, later) =>
    steps.every((step) => step.before.ended || holds(step, step.before.lastAt + later)),
  )

law(
  'DUT-13',
  'an open lot is either not refused as stale or not as fresh, and is never stuck (I33, I35)',
  everyOpenLot((step, at) => {
    const { cancel, reset, take } = ways(step, at, 0)
    const hasPrice = !isLeftBy(take, ['NoPrice'])
    return (
      (!hasPrice || isLeftBy(take, ['Stale']) !== isLeftBy(reset, ['NotStale'])) &&
      E.isRight(cancel) &&
      E.isRight(ways(step, at, 3).cancel)
    )
  }),
)

law(
  'DUT-13',
  'a lot on sale at a price above zero is sold to whoever wants all of it, and ends (I33, I34)',
  everyOpenLot((step, at) => {
    const then: Step = { ...step, command: { _tag: 'Cancel', at } }
    const price = priceThen(then)
    if (price === undefined || staleThen(then, price)) return true
    const { take } = ways(step, at, 2)
    if (E.isLeft(take)) {
      const empty = step.auction.sale.emptySale === 'refuse' && price === 0n
      const wide = step.auction.terms.width === 'uint256'
      return empty ? take.left._tag === 'NothingWanted' : wide && take.left._tag === 'OutOfRange'
    }
    return take.right.reduce(Lot.evolveDutch, step.before).ended
  }),
)

law(
  'DUT-13',
  'a stale lot starts again at a level below 2, unless there is no start price within the width',
  everyOpenLot((step, at) => {
    const then: Step = { ...step, command: { _tag: 'Cancel', at } }
    const price = priceThen(then)
    if (price === undefined || !staleThen(then, price)) return true
    const { reset } = ways(step, at, 1)
    return E.isRight(reset) || ['NoStartPrice', 'OutOfRange'].includes(reset.left._tag)
  }),
)

test('DUT-11 histories sell in parts, fall short, return, cancel and reset, often', () => {
  const histories = fc.sample(history, { seed: 3, numRuns: 800 })
  const sums = histories.map(({ steps }) => steps.reduce(add, nothing))
  const many = (holds: (sums: Sums) => boolean): number => sums.filter(holds).length
  expect(many(({ sales }) => sales >= 2n)).toBeGreaterThan(50)
  expect(many(({ badDebt }) => badDebt > 0n)).toBeGreaterThan(50)
  expect(many(({ badDebt, shortfall }) => shortfall > badDebt)).toBeGreaterThan(50)
  expect(many(({ returned }) => returned > 0n)).toBeGreaterThan(50)
  expect(many(({ cancelled, raised }) => cancelled.target > 0n && raised > 0n)).toBeGreaterThan(5)
  expect(many(({ raised, repaid }) => raised > repaid)).toBeGreaterThan(50)
  const resold = histories.filter(({ steps }) =>
    steps.some(
      (step, i) =>
        events(step, 'Reset').length > 0 &&
        steps.slice(i).some((later) => events(later, 'Taken').length > 0),
    ),
  )
  expect(resold.length).toBeGreaterThan(15)
})
