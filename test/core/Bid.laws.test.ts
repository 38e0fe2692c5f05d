/**
 * The laws of one bid: when it may come, what it must better, how long it stands.
 */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Check, English, Fixed, Lot, type Refusal } from '../../src/index.js'
import * as Arbitrary from '../../src/testing/Arbitrary.js'
import {
  auction,
  eventsOf,
  everyStep,
  history,
  openingUnder,
  outcome,
  type Step,
} from './english/history.js'
import { broken, ceil, isPast, reserveIn } from './english/refusals.js'
import { biddingWith, collateralByBids, debtByBids } from '../examples/english.js'
import { law } from '../law.js'

const { WAD } = Fixed

const histories = fc.sample(history, { seed: 1, numRuns: 3000 })

/** How often a case that a law is about was met: a law over none proves nothing. */
const met = (is: (step: Step) => boolean): number =>
  histories.reduce((sum, { steps }) => sum + steps.filter(is).length, 0)

/** A command that breaks `rule` first is refused by it, with the facts; one that breaks none is not. */
const refusedInPlace = (rule: Refusal.Refusal['rule']) =>
  everyStep((step) => {
    const [refusal] = broken(step)
    if (refusal === undefined) return E.isRight(step.result)
    return refusal.rule !== rule || isDeepStrictEqual(step.result, E.left(refusal))
  })

law('ENG-1', 'a bid that is too late is refused', refusedInPlace('ENG-1'))
law('ENG-2', 'a bid on something else is refused', refusedInPlace('ENG-2'))
law('ENG-3', 'nothing shrinks before the target is bid', refusedInPlace('ENG-3'))
law('ENG-4', 'no bid is above the target', refusedInPlace('ENG-4'))
law('ENG-5', 'a bid that is no better is refused', refusedInPlace('ENG-5'))
law('ENG-6', 'a step that is too small is refused', refusedInPlace('ENG-6'))
law('ENG-6', 'a number that does not fit is refused in its place', refusedInPlace('FIX-5'))
law('ENG-7', 'a first bid below the reserve is refused', refusedInPlace('ENG-7'))
law('ENG-9', 'what nobody has won is not settled', refusedInPlace('ENG-9'))
law('ENG-10', 'what is not over, or is bid for, is not restarted', refusedInPlace('ENG-10'))
law('ENG-10', 'a restart of collateral needs a market price', refusedInPlace('SEI-11'))
law('ENG-11', 'what is as good as sold is not cancelled', refusedInPlace('ENG-11'))
law('ENG-12', 'what has ended takes no command', refusedInPlace('HOU-5'))
law('ENG-15', 'tokens are never raised, surplus never shrinks', refusedInPlace('HOU-6'))
law('ENG-16', 'a command at a bad time is refused', refusedInPlace('HOU-1'))
law('ENG-16', 'a breaker stops bids and restarts', refusedInPlace('HOU-4'))

law(
  'ENG-5',
  'of all rules that a command breaks, the one of the lowest stage is named',
  everyStep((step) => {
    const all = broken(step)
    const stages = all.map(Check.stage)
    return (
      isDeepStrictEqual(
        stages,
        [...stages].sort((a, b) => a - b),
      ) &&
      (E.isRight(step.result)
        ? all.length === 0
        : Check.stage(step.result.left) === Math.min(...stages))
    )
  }),
)

test('ENG-1 to ENG-16: every event and every refusal happens', () => {
  const reached = new Set(histories.flatMap(({ steps }) => steps.flatMap(outcome)))
  expect([...reached].sort()).toEqual([
    'AboveTarget',
    'AlreadyBid',
    'AlreadySold',
    'BadTime',
    'BelowReserve',
    'BidExpired',
    'Cancelled',
    'Closed',
    'Ended',
    'Halted',
    'NoMarketPrice',
    'NotBetter',
    'NotOver',
    'NotWhatStands',
    'NotWon',
    'OutOfRange',
    'PastEnd',
    'Raised',
    'Restarted',
    'Settled',
    'Shrunk',
    'Stopped',
    'TargetNotBid',
    'TooSmallStep',
    'WrongAuction',
  ])
})

test('ENG-5 two rules are often broken at once, and steps of every kind are often taken', () => {
  expect(met((step) => broken(step).length > 1)).toBeGreaterThan(2000)
  for (const held of ['escrow', 'income'] as const)
    for (const edges of ['halfOpen', 'strict'] as const)
      for (const goods of ['Collateral', 'Debt'] as const)
        for (const command of ['Raise', 'Shrink', 'Settle'] as const)
          if (goods === 'Collateral' || command !== 'Raise')
            expect(
              met(
                ({ auction, before, command: { _tag }, result }) =>
                  E.isRight(result) &&
                  _tag === command &&
                  before.held === held &&
                  before.goods._tag === goods &&
                  auction.sale.edges === edges,
              ),
            ).toBeGreaterThan(10)
})

/** Whether a bid may come, and whether the lot may be settled. */
const open = (auction: English.Compiled, lot: Lot.English, at: number) => {
  const _tag = lot.goods._tag === 'Debt' ? 'Shrink' : 'Raise'
  const bid = English.decide(auction, 0, lot, { _tag, at, bidder: 'x', bid: -1n, sold: -1n })
  return {
    bidding: E.isLeft(bid) && bid.left.rule !== 'ENG-1',
    settling: E.isRight(English.decide(auction, 0, lot, { _tag: 'Settle', at })),
  }
}

law(
  'ENG-1',
  'half open, while a bid stands exactly one of bidding and settling is open; strict, at the edge neither',
  everyStep(({ auction, after: lot }) => {
    if (lot.ended || lot.bidExpiresAt === undefined) return true
    const edge = Math.min(lot.bidExpiresAt, lot.endsAt)
    return [-2, -1, 0, 1, 2].every((off) => {
      const at = edge + off
      if (!Check.isTime(at, lot.lastAt)) return true
      const { bidding, settling } = open(auction, lot, at)
      return auction.sale.edges === 'strict' && off === 0
        ? !bidding && !settling
        : bidding !== settling && bidding === off < 0
    })
  }),
)

law(
  'ENG-4',
  'no bid for collateral passes the target, and nobody bids or asks below zero',
  everyStep(
    ({ after }) =>
      0n <= after.bid &&
      0n <= after.sold &&
      (after.goods._tag !== 'Collateral' || after.bid <= after.target || after.ended),
  ),
)

const small = fc.bigInt(0n, 500n)

law(
  'ENG-6',
  'the least step is the least whole number that is enough, up or down',
  fc.property(small, small, fc.bigInt(0n, WAD), (stands, most, raise) => {
    const auction = biddingWith({ minRaise: Fixed.wad(raise) })
    const lot = { ...collateralByBids, bid: stands, target: Fixed.rad(10n ** 9n) }
    const up = (bid: bigint) =>
      E.isRight(
        English.decide(auction, 0, lot, { _tag: 'Raise', at: 5, bidder: 'x', bid, sold: lot.sold }),
      )
    const least = Fixed.max(stands + 1n, ceil(stands * (WAD + raise), WAD))
    const tokens = { ...debtByBids, sold: most }
    const down = (sold: bigint) =>
      E.isRight(
        English.decide(auction, 0, tokens, {
          _tag: 'Shrink',
          at: 5,
          bidder: 'x',
          bid: tokens.bid,
          sold,
        }),
      )
    const greatest = Fixed.min(most - 1n, (most * WAD) / (WAD + raise))
    return up(least) && !up(least - 1n) && !down(greatest + 1n) && down(greatest) === greatest >= 0n
  }),
)

law(
  'ENG-7',
  'a reserve is the least that is not below the share, at most the target; it needs a price',
  fc.property(
    auction,
    Arbitrary.count(10n ** 21n),
    Arbitrary.count(10n ** 50n),
    Arbitrary.hostile(Arbitrary.price),
    (auction, sold, target, market) => {
      const reserve = English.reserveOf(auction, 'ETH', sold, target, Fixed.ray(market))
      return market <= 0n && auction.sale.reserve > 0n
        ? isDeepStrictEqual(
            reserve,
            E.left({ _tag: 'NoMarketPrice', rule: 'SEI-11', asset: 'ETH' }),
          )
        : isDeepStrictEqual(reserve, E.right(reserveIn(auction, sold, target, market)))
    },
  ),
)

law(
  'ENG-7',
  'nothing is won for less than the reserve, nor restarted with another',
  everyStep((step) => {
    const { auction, before, command } = step
    return eventsOf(step).every((event) => {
      if (event._tag === 'Settled') return event.bid >= before.reserve
      if (event._tag !== 'Restarted' || command._tag !== 'Restart') return true
      return (
        event.reserve ===
        (before.goods._tag === 'Collateral'
          ? reserveIn(auction, before.sold, before.target, command.market)
          : before.reserve)
      )
    })
  }),
)

law(
  'ENG-8',
  'a bid stands for its time; the end moves only later, by what terms say, never past the hard end',
  everyStep((step) => {
    const { after, auction, before, command } = step
    const { bidLasts, ending } = auction.sale
    return eventsOf(step).every((event) => {
      if (event._tag !== 'Raised' && event._tag !== 'Shrunk') return true
      const kept = ending._tag === 'Extended' ? BigInt(command.at) + ending.by : 0n
      const wanted = Fixed.max(kept, BigInt(before.endsAt))
      return (
        BigInt(event.bidExpiresAt) === BigInt(command.at) + bidLasts &&
        BigInt(event.endsAt) === Fixed.min(wanted, BigInt(before.hardEndsAt)) &&
        after.hardEndsAt === before.hardEndsAt &&
        after.endsAt === event.endsAt
      )
    })
  }),
)

law(
  'ENG-8',
  'with a bidder who pays the reserve, a lot is sold by its hard end',
  fc.property(
    auction.chain((auction) => fc.tuple(fc.constant(auction), openingUnder(auction))),
    ([auction, opened]) => {
      const lot = Lot.open(opened) as Lot.English
      const { at } = opened
      const bid = English.decide(
        auction,
        0,
        lot,
        lot.goods._tag === 'Debt'
          ? { _tag: 'Shrink', at, bidder: 'x', bid: lot.bid, sold: 0n }
          : { _tag: 'Raise', at, bidder: 'x', bid: Fixed.max(lot.reserve, 1n), sold: lot.sold },
      )
      if (E.isLeft(bid)) return bid.left.rule === 'FIX-5'
      const end = lot.hardEndsAt + (auction.sale.edges === 'strict' ? 1 : 0)
      const settled = English.decide(auction, 3, bid.right.reduce(Lot.evolveEnglish, lot), {
        _tag: 'Settle',
        at: end,
      })
      return isPast(auction, lot.hardEndsAt, end) && E.isRight(settled)
    },
  ),
)
