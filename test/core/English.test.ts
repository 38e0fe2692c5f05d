/**
 * Auctions by bids from opening to end, in all three uses.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Check, English, type Event, Fixed, type Lot } from '../../src/index.js'
import { exampleEnglish, exampleTerms } from '../example.js'
import {
  afterBids,
  bidAnswer,
  bidEvents,
  biddingWith,
  collateralByBids,
  debtByBids,
  raiseTo,
  shrinkTo,
  surplusByBids,
} from '../examples/english.js'

const settle = (at: number): English.Settle => ({ _tag: 'Settle', at })
const cancel = (at: number): English.Cancel => ({ _tag: 'Cancel', at })
const restart = (at: number, market = 0n): English.Restart => ({
  _tag: 'Restart',
  at,
  market: Fixed.ray(market),
})

test('ENG-9 collateral sold for the target, part of it returned', () => {
  const won = afterBids(collateralByBids, raiseTo(100n, 5), shrinkTo(40n, 6, 'bob'))
  expect(bidEvents(won, settle(606))).toEqual([
    {
      _tag: 'Settled',
      lot: 'lot',
      line: 'line',
      at: 606,
      terms: 1,
      goods: collateralByBids.goods,
      bidder: 'bob',
      bid: 100n,
      sold: 40n,
      repaid: 80n,
      penalty: 20n,
      held: 'escrow',
      lossAt: 'close',
    },
    {
      _tag: 'Closed',
      lot: 'lot',
      line: 'line',
      at: 606,
      terms: 1,
      goods: collateralByBids.goods,
      returned: 0n,
      badDebt: 0n,
      shortfall: 0n,
      released: 100n,
      lossAt: 'close',
    },
  ])
})

test('ENG-9 a bid below the debt leaves bad debt, below the target a shortfall', () => {
  const [, low] = bidEvents(afterBids(collateralByBids, raiseTo(30n, 5)), settle(605))
  expect(low).toMatchObject({ badDebt: 50n, shortfall: 70n, released: 100n })
  const [, middle] = bidEvents(afterBids(collateralByBids, raiseTo(90n, 5)), settle(605))
  expect(middle).toMatchObject({ badDebt: 0n, shortfall: 10n })
  const income = { ...collateralByBids, held: 'income' as const }
  const [settled, closed] = bidEvents(afterBids(income, raiseTo(30n, 5)), settle(605))
  expect(settled).toMatchObject({ repaid: 0n, penalty: 0n })
  expect(closed).toMatchObject({ badDebt: 50n, shortfall: 70n })
})

test('ENG-9 a bid that stands past the end of the lot wins at the end', () => {
  const late = afterBids(collateralByBids, raiseTo(10n, 3500))
  expect(late.bidExpiresAt).toBe(4100)
  expect(E.isLeft(English.decide(biddingWith({}), 0, late, settle(3599)))).toBe(true)
  expect(bidEvents(late, settle(3600))).toHaveLength(2)
  expect(bidEvents(late, settle(3600), { edges: 'strict' })).toEqual([])
  expect(bidEvents(late, settle(3601), { edges: 'strict' })).toHaveLength(2)
})

test('ENG-9 a surplus or debt auction settles with one event', () => {
  const surplus = afterBids(surplusByBids, raiseTo(7n, 5), settle(605))
  expect(surplus).toMatchObject({ ended: true, sold: 0n, bid: 7n })
  const debt = afterBids(debtByBids, shrinkTo(40n, 5))
  expect(bidEvents(debt, settle(605))).toHaveLength(1)
  expect(bidEvents(debt, settle(605))[0]).toMatchObject({ bid: 100n, sold: 40n, bidder: 'ann' })
})

test('ENG-10 the market price is looked at before the end, and only where there is a reserve', () => {
  const reserve = { reserve: Fixed.ray(Fixed.RAY / 2n) }
  expect(bidAnswer(collateralByBids, restart(5), reserve)).toEqual({
    _tag: 'NoMarketPrice',
    rule: 'SEI-11',
    asset: 'ETH',
  })
  expect(bidAnswer(collateralByBids, restart(5, 3n), reserve)).toMatchObject({ _tag: 'NotOver' })
  expect(bidAnswer(debtByBids, restart(3600), reserve)).toMatchObject([{ reserve: 0n }])
  expect(bidAnswer(surplusByBids, restart(3600), reserve)).toMatchObject([{ sold: 50n }])
  expect(bidAnswer(collateralByBids, restart(3600, 3n), reserve)).toMatchObject([
    { reserve: 75n, endsAt: 7200, hardEndsAt: 7200, sold: 50n },
  ])
})

test('ENG-10 tokens grow, and never to less than nothing or to more than a word', () => {
  const tooMuch = { _tag: 'OutOfRange', rule: 'FIX-5', what: 'what a restart sells', stage: 525 }
  expect(bidAnswer(debtByBids, restart(3600), { growth: Fixed.wad(0n) })).toMatchObject([
    { sold: 50n },
  ])
  expect(bidAnswer(debtByBids, restart(3600), { growth: Fixed.wad(-2n * Fixed.WAD) })).toEqual(
    tooMuch,
  )
  expect(bidAnswer(debtByBids, restart(3600), { growth: Fixed.wad(0n - Fixed.WAD) })).toMatchObject(
    [{ sold: 0n }],
  )
  const word = { version: 1, width: 'uint256' } as const
  const auction = English.compile(word, biddingWith({}).sale)
  const many = { ...debtByBids, sold: 2n ** 200n }
  expect(English.decide(auction, 0, many, restart(3600))).toEqual(E.left(tooMuch))
  expect(English.decide(auction, 0, debtByBids, restart(2 ** 48))).toEqual(
    E.left({ ...tooMuch, what: 'end of the auction', stage: 528 }),
  )
  // What is held does not grow, and no product of it is formed.
  expect(
    E.isRight(English.decide(auction, 0, { ...surplusByBids, sold: 2n ** 250n }, restart(3600))),
  ).toBe(true)
})

test('ENG-11 a cancel, with a bid and without, in escrow and as income', () => {
  expect(bidEvents(collateralByBids, cancel(5))[0]).toMatchObject({
    collateral: 50n,
    debt: 80n,
    refund: undefined,
  })
  const income = { ...collateralByBids, held: 'income' as const }
  expect(bidEvents(afterBids(income, raiseTo(30n, 5)), cancel(6))[0]).toMatchObject({
    collateral: 50n,
    debt: 50n,
    refund: { bidder: 'ann', amount: 30n },
    held: 'income',
  })
  expect(bidEvents(debtByBids, cancel(5))[0]).toMatchObject({ refund: undefined, bid: 100n })
  const free = { ...debtByBids, bid: 0n }
  const bid = { ...shrinkTo(40n, 5), bid: 0n }
  expect(bidEvents(afterBids(free, bid), cancel(6))[0]).toMatchObject({ refund: undefined })
})

test('ENG-11 at every level of the breaker a lot can be settled and cancelled', () => {
  const bid = afterBids(collateralByBids, raiseTo(30n, 5))
  for (const level of [0, 1, 2, 3] as const) {
    expect(E.isRight(English.decide(biddingWith({}), level, bid, settle(605)))).toBe(true)
    expect(E.isRight(English.decide(biddingWith({}), level, bid, cancel(6)))).toBe(true)
    const restarted = English.decide(biddingWith({}), level, collateralByBids, restart(3600))
    expect(E.isRight(restarted)).toBe(level < 2)
    const raised = English.decide(biddingWith({}), level, collateralByBids, raiseTo(30n, 5))
    expect(E.isRight(raised)).toBe(level < 3)
  }
  expect(English.decide(biddingWith({}), 3, bid, raiseTo(40n, 6))).toEqual(
    E.left({ _tag: 'Halted', rule: 'HOU-4', level: 3 }),
  )
})

test('ENG-12 the order of the first checks: time, level, ended, fit', () => {
  const over = afterBids(debtByBids, cancel(5))
  const raise = (lot: Lot.English, level: Event.Level, at: number) =>
    E.mapLeft(Check.stage)(English.decide(biddingWith({}), level, lot, raiseTo(1n, at)))
  expect(raise(over, 3, 4)).toEqual(E.left(10))
  expect(raise(over, 3, 5)).toEqual(E.left(200))
  expect(raise(over, 0, 5)).toEqual(E.left(210))
  expect(raise(debtByBids, 0, 5)).toEqual(E.left(220))
  expect(raise(debtByBids, 0, 0.5)).toEqual(E.left(10))
})

test('ENG-14 income repays as it comes, debt first', () => {
  const income = { ...collateralByBids, held: 'income' as const }
  const bids = [raiseTo(70n, 5), raiseTo(90n, 6, 'bob'), raiseTo(100n, 7)]
  const parts = bids.map((bid, i) => bidEvents(afterBids(income, ...bids.slice(0, i)), bid)[0])
  expect(parts).toMatchObject([
    { repaid: 70n, penalty: 0n, paid: 70n },
    { repaid: 10n, penalty: 10n, paid: 90n },
    { repaid: 0n, penalty: 10n, paid: 100n },
  ])
  expect(afterBids(income, ...bids).debt).toBe(0n)
  // Tokens repay nothing, however they are held.
  const tokens = { ...surplusByBids, held: 'income' as const }
  expect(bidEvents(tokens, raiseTo(70n, 5))[0]).toMatchObject({ repaid: 0n, penalty: 0n })
})

test('ENG-16 an event says which terms decided it, not which the lot was opened under', () => {
  const later = English.compile({ version: 9, width: 'unbounded' }, biddingWith({}).sale)
  const decided = English.decide(later, 0, collateralByBids, raiseTo(10n, 5))
  expect(E.isRight(decided) && decided.right[0]?.terms).toBe(9)
  expect(collateralByBids.terms).toBe(1)
})

test('ENG-16 an auction decides by the very terms that it was compiled from', () => {
  const auction = English.compile(exampleTerms, exampleEnglish)
  expect(auction.terms).toBe(exampleTerms)
  expect(auction.sale).toBe(exampleEnglish)
})

test('ENG-9 what nobody bid for is never won', () => {
  expect(
    [3599, 3600, 99_999].map((at) => English.isWon(biddingWith({}), collateralByBids, at)),
  ).toEqual([false, false, false])
  const bid = afterBids(collateralByBids, raiseTo(10n, 5))
  expect([604, 605].map((at) => English.isWon(biddingWith({}), bid, at))).toEqual([false, true])
})
