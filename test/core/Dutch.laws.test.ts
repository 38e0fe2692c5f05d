/**
 * Dutch: what one command does to one lot, and the rule that refuses it.
 */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Check, Dutch, Fixed, type Lot, type Refusal } from '../../src/index.js'
import * as Arbitrary from '../../src/testing/Arbitrary.js'
import { law } from '../law.js'
import * as lots from './dutch/lots.js'
import { events, everySale, everyStep, history, type Step } from './dutch/lots.js'
import { firstBroken, priceThen, staleThen } from './dutch/model.js'

/** A command that breaks `rule` first is refused by it, with the facts; one that breaks none is not. */
const refusedInPlace = (rule: Refusal.Refusal['rule']): fc.IRawProperty<[lots.History]> =>
  everyStep((step) => {
    const refusal = firstBroken(step)
    if (refusal === undefined) return E.isRight(step.decision)
    return refusal.rule !== rule || isDeepStrictEqual(step.decision, E.left(refusal))
  })

/** Refusals that few histories come to are looked for in five times as many. */
const rare = { numRuns: 5 * Number(process.env['FC_RUNS'] ?? 200) }

law(
  'DUT-1',
  'a time before the last event, or between seconds, comes first',
  refusedInPlace('HOU-1'),
)
law('DUT-1', 'a halted or ended lot comes before its price', refusedInPlace('HOU-5'))
law('DUT-1', 'a lot whose curve has no price is neither sold nor reset', refusedInPlace('CRV-9'))
law('DUT-2', 'a stale lot is only reset, another only sold', refusedInPlace('DUT-2'))
law('DUT-3', 'nothing is sold above the limit', refusedInPlace('DUT-3'))
law('DUT-4', 'wanting nothing, or less, is refused', refusedInPlace('DUT-4'))
law('DUT-4', 'a number past the width is refused in its place', refusedInPlace('FIX-5'), rare)
law('DUT-6', 'a sale that would leave too little is refused', refusedInPlace('DUT-6'), rare)
law('DUT-7', 'a sale of nothing is refused', refusedInPlace('DUT-7'), rare)
law('DUT-8', 'a sale of less than is insisted on is refused', refusedInPlace('DUT-8'))
law('DUT-9', 'a reset without a market price is refused', refusedInPlace('SEI-11'))
law('DUT-9', 'a reset to nothing is refused', refusedInPlace('DUT-9'), rare)
law(
  'DUT-13',
  'the breaker stops takes at 3 and resets at 2, a cancel never',
  refusedInPlace('HOU-4'),
)

law(
  'DUT-1',
  'a sale is at the price of the curve, for the seconds since the last start',
  everySale(({ price }, step) => price === priceThen(step) && price >= 0n),
)

law(
  'DUT-1',
  'the status of a lot is what a take or a reset finds (I41)',
  everyStep((step) => {
    const { after, auction, before, command } = step
    const open = [before, after].filter(({ ended }) => !ended)
    return open.every((lot) => {
      const at = Number.isSafeInteger(command.at) ? Math.max(command.at, lot.lastAt) : lot.lastAt
      const then = { ...step, before: lot, command: { ...command, at } }
      const price = priceThen(then)
      const stale = price === undefined ? undefined : staleThen(then, price)
      const status = Dutch.status(auction, lot, at)
      return E.isRight(status)
        ? isDeepStrictEqual(status.right, { price, stale })
        : price === undefined && status.left._tag === 'NoPrice'
    })
  }),
)

const anyPrice = Fixed.ray(2n ** 512n)

law(
  'DUT-1',
  'a take without limits gets what the quote says, and is refused exactly when it is (I41)',
  fc.property(history, lots.want, ({ steps }, want) =>
    steps.every(({ auction, before, command: { at } }) => {
      const quote = Dutch.quote(auction, before, at, want)
      const take = { at, bidder: 'bob', want, limit: anyPrice, atLeast: Fixed.wad(0n) }
      const decision = Dutch.decide(auction, 0, before, { _tag: 'Take', ...take })
      if (E.isLeft(decision)) return isDeepStrictEqual(quote, decision)
      const [taken] = events({ decision }, 'Taken')
      return (
        taken !== undefined &&
        isDeepStrictEqual(
          quote,
          E.right({
            price: taken.price,
            stale: false,
            paid: taken.repaid + taken.penalty,
            bought: taken.bought,
            ends: decision.right.length === 2,
          }),
        )
      )
    }),
  ),
)

law(
  'DUT-2',
  'on a curve that a constructor made, the price never rises between resets (I23)',
  fc.property(
    lots.compiled(fc.tuple(lots.saleTerms, Arbitrary.curve).map(([s, curve]) => ({ ...s, curve }))),
    lots.lot,
    fc.nat(5000),
    fc.nat(5000),
    (auction, lot, soon, more) => {
      const [early, late] = [soon, soon + more].map((age) =>
        Dutch.status(auction, lot, lot.startedAt + age),
      )
      return (
        early === undefined ||
        late === undefined ||
        E.isLeft(early) ||
        E.isLeft(late) ||
        (late.right.price <= early.right.price && (late.right.stale || !early.right.stale))
      )
    },
  ),
)

law(
  'DUT-3',
  'a sale is at most at the limit (I14)',
  everySale(({ price }, { command }) => command._tag === 'Take' && price <= command.limit),
)

law(
  'DUT-4',
  'a sale is of no more than was wanted, nor than there is (I15)',
  everySale(({ bought, penalty, repaid }, { before, command }) => {
    if (command._tag !== 'Take') return false
    const { want } = command
    return (
      0n <= bought &&
      bought <= before.collateral &&
      (want._tag !== 'Amount' || bought <= want.amount) &&
      (want._tag !== 'Spend' || repaid + penalty <= want.money)
    )
  }),
)

law(
  'DUT-4',
  'where nothing empty is sold, a sale is of something wanted, at a price',
  everySale(({ penalty, price, repaid }, { auction }) =>
    auction.sale.emptySale === 'allow' ? true : price > 0n && repaid + penalty > 0n,
  ),
)

law(
  'DUT-5',
  'a buyer pays for what is bought, and less than one unit more costs; never above the target (D4, I12, I13, I21)',
  everySale(({ bought, penalty, price, repaid }, { before }) => {
    const excess = repaid + penalty - bought * price
    const inTarget = repaid >= 0n && penalty >= 0n && repaid + penalty <= before.target
    return inTarget && 0n <= excess && (excess < price || excess === 0n)
  }),
)

law(
  'DUT-6',
  'an open lot is never left with less than a minimum of either side by a sale (D5, I20)',
  everyStep((step) => {
    const { after, auction } = step
    const [taken] = events(step, 'Taken')
    return (
      taken === undefined ||
      after.ended ||
      (after.target >= auction.sale.minLeft && after.collateral >= auction.sale.minCollateralLeft)
    )
  }),
)

law(
  'DUT-7',
  'where nothing empty is sold, a sale moves collateral or ends the lot',
  everySale(
    ({ bought }, { after, auction }) =>
      auction.sale.emptySale === 'allow' || bought > 0n || after.ended,
  ),
)

law(
  'DUT-8',
  'a sale is of at least what was insisted on (I14)',
  everySale(({ bought }, { command }) => command._tag === 'Take' && bought >= command.atLeast),
)

law(
  'DUT-9',
  'a reset starts at the market price times the markup, rounded down, above zero, and moves nothing else',
  everyStep((step) => {
    const { after, auction, before, command } = step
    const [reset] = events(step, 'Reset')
    if (reset === undefined) return true
    if (command._tag !== 'Reset') return false
    const { startPrice } = reset
    const exact = command.market * auction.sale.markup
    return (
      startPrice > 0n &&
      startPrice * Fixed.RAY <= exact &&
      exact < (startPrice + 1n) * Fixed.RAY &&
      isDeepStrictEqual(after, {
        ...before,
        startPrice,
        startedAt: command.at,
        rewarded: before.rewarded + reset.reward,
        lastAt: command.at,
      })
    )
  }),
)

law(
  'DUT-12',
  'an event names the lot, its line, its goods, the time, the terms and who asked',
  everyStep(({ after, auction, before, command, decision }) => {
    if (E.isLeft(decision)) return after === before
    return decision.right.every((event) => {
      const { at, goods, line, lot, terms } = event
      const isNamed =
        lot === before.id &&
        line === before.line &&
        goods === before.goods &&
        at === command.at &&
        terms === auction.terms.version
      if (event._tag === 'Taken')
        return isNamed && command._tag === 'Take' && event.bidder === command.bidder
      if (event._tag === 'Reset')
        return (
          isNamed &&
          command._tag === 'Reset' &&
          event.keeper === command.keeper &&
          event.payer === auction.terms.reward.payer
        )
      return isNamed
    })
  }),
)

law(
  'DUT-12',
  'equal lots and commands have equal events, and neither is changed by them (I28)',
  everyStep(({ auction, before, command, decision, level }) => {
    const copy: Lot.Dutch = { ...before, goods: { ...before.goods } }
    const again = Dutch.decide(auction, level, Object.freeze(copy), Object.freeze({ ...command }))
    return isDeepStrictEqual(again, decision) && isDeepStrictEqual(copy, before)
  }),
)

/** Every kind of decision, and how often 3,000 histories come to it. */
const reached = (): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>()
  const outcomes = (step: Step): readonly string[] => {
    const { after, auction, decision } = step
    if (E.isLeft(decision)) {
      const { left } = decision
      return [left._tag === 'OutOfRange' ? `OutOfRange: ${left.what}` : left._tag]
    }
    const [taken] = events(step, 'Taken')
    const isCut = taken !== undefined && !after.ended && after.target === auction.sale.minLeft
    const isShort = events(step, 'Closed').some(({ badDebt }) => badDebt > 0n)
    return [
      ...decision.right.map(({ _tag }) => _tag),
      ...(isCut ? ['cut to the minimum'] : []),
      ...(isShort ? ['short'] : []),
      ...(taken !== undefined && !after.ended ? ['a part'] : []),
    ]
  }
  for (const { steps } of fc.sample(history, { seed: 7, numRuns: 3000 }))
    for (const outcome of steps.flatMap(outcomes))
      counts.set(outcome, (counts.get(outcome) ?? 0) + 1)
  return counts
}

test('DUT-13 every event and every refusal happens, and often', () => {
  const counts = reached()
  const often = ['Taken', 'Reset', 'Closed', 'a part', 'Stale', 'NotStale', 'Ended']
  const many = [
    'Cancelled',
    'BadTime',
    'TooExpensive',
    'NothingWanted',
    'TooLittleLeft',
    'NoPrice',
    'Halted',
  ]
  const some = ['BelowLeast', 'NoMarketPrice', 'NoStartPrice', 'short']
  const few = [
    'NothingBought',
    'cut to the minimum',
    'OutOfRange: reward',
    'OutOfRange: start price',
    'OutOfRange: price of the amount',
  ]
  const atLeast = (least: number, kinds: readonly string[]): readonly string[] =>
    kinds.filter((kind) => (counts.get(kind) ?? 0) < least)
  expect(atLeast(150, often)).toEqual([])
  expect(atLeast(30, many)).toEqual([])
  expect(atLeast(8, some)).toEqual([])
  expect(atLeast(3, few)).toEqual([])
  expect([...counts.keys()].sort()).toEqual([...often, ...many, ...some, ...few].sort())
})

law(
  'DUT-13',
  'a refusal of a later stage is never named before one of an earlier',
  everyStep((step) => {
    const refusal = firstBroken(step)
    return (
      refusal === undefined ||
      (E.isLeft(step.decision) && Check.stage(step.decision.left) === Check.stage(refusal))
    )
  }),
)
