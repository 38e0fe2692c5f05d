/**
 * Bids at the edges, and bids that were made on chain.
 *
 * Recorded: MakerDAO dss at fa4f663, executed in an EVM.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Check, English, Fixed, Lot } from '../../src/index.js'
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
import { recorded } from './english/recorded.js'

const tag = (answer: unknown): unknown =>
  Array.isArray(answer) ? 'accepted' : (answer as { readonly _tag: string })._tag

test('ENG-1 barely in time, and barely too late', () => {
  const bid = afterBids(collateralByBids, raiseTo(10n, 5))
  expect(tag(bidAnswer(bid, raiseTo(20n, 604)))).toBe('accepted')
  expect(tag(bidAnswer(bid, raiseTo(20n, 605)))).toBe('BidExpired')
  expect(tag(bidAnswer(collateralByBids, raiseTo(20n, 3599)))).toBe('accepted')
  expect(tag(bidAnswer(collateralByBids, raiseTo(20n, 3600)))).toBe('PastEnd')
  const both = { ...bid, endsAt: 605 }
  expect(tag(bidAnswer(both, raiseTo(20n, 605)))).toBe('BidExpired')
})

test('ENG-1 strict edges have a dead second, half open ones have none', () => {
  const bid = afterBids(collateralByBids, raiseTo(10n, 5))
  const strict = { edges: 'strict' } as const
  const settle = (at: number) => ({ _tag: 'Settle' as const, at })
  expect(tag(bidAnswer(bid, raiseTo(20n, 605), strict))).toBe('BidExpired')
  expect(tag(bidAnswer(bid, settle(605), strict))).toBe('NotWon')
  expect(tag(bidAnswer(bid, settle(606), strict))).toBe('accepted')
  expect(tag(bidAnswer(bid, settle(604)))).toBe('NotWon')
  expect(tag(bidAnswer(bid, settle(605)))).toBe('accepted')
})

test('ENG-5 a bid may ask for nothing, and only once', () => {
  const none = afterBids(collateralByBids, raiseTo(100n, 5), shrinkTo(0n, 6))
  expect(none.sold).toBe(0n)
  expect(bidAnswer(none, shrinkTo(0n, 7))).toEqual({
    _tag: 'NotBetter',
    rule: 'ENG-5',
    given: 0n,
    stands: 0n,
  })
  expect(bidEvents(none, { _tag: 'Settle', at: 606 })[0]).toMatchObject({ sold: 0n, bid: 100n })
})

test('ENG-6 barely a step, and barely none', () => {
  const bid = afterBids(surplusByBids, raiseTo(101n, 5))
  expect(tag(bidAnswer(bid, raiseTo(106n, 6)))).toBe('TooSmallStep')
  expect(tag(bidAnswer(bid, raiseTo(107n, 6)))).toBe('accepted')
  expect(tag(bidAnswer(debtByBids, shrinkTo(48n, 6)))).toBe('TooSmallStep')
  expect(tag(bidAnswer(debtByBids, shrinkTo(47n, 6)))).toBe('accepted')
  expect(tag(bidAnswer({ ...debtByBids, sold: 42n }, shrinkTo(40n, 6)))).toBe('accepted')
})

test('ENG-6 the products are formed before the target lets a small step pass', () => {
  const word = { version: 1, width: 'uint256' } as const
  const target = Fixed.rad(2n ** 255n)
  const lot = { ...collateralByBids, target, bid: target - 1n, bidder: 'ann', bidExpiresAt: 600 }
  const command = raiseTo(target, 5)
  const strict = English.compile(word, biddingWith({}).sale)
  expect(English.decide(strict, 0, lot, command)).toEqual(
    E.left({ _tag: 'OutOfRange', rule: 'FIX-5', what: 'step of the bid', stage: 460 }),
  )
  expect(E.isRight(English.decide(biddingWith({}), 0, lot, command))).toBe(true)
  // Here only the product with the step is too large.
  const double = English.compile(word, biddingWith({ minRaise: Fixed.WAD }).sale)
  const most = Fixed.MAX_UINT256 / Fixed.WAD
  const stage = (lot: Lot.English, command: English.Command) =>
    E.mapLeft(Check.stage)(English.decide(double, 0, lot, command))
  expect(stage({ ...lot, target: Fixed.rad(most), bid: most - 1n }, raiseTo(most, 5))).toEqual(
    E.left(460),
  )
  expect(stage({ ...debtByBids, sold: most }, shrinkTo(most - 1n, 5))).toEqual(E.left(460))
  expect(
    English.decide(double, 0, { ...debtByBids, sold: most }, shrinkTo(most - 1n, 5)),
  ).toMatchObject(E.left({ _tag: 'OutOfRange' }))
})

test('ENG-7 only the first bid must reach the reserve, whole', () => {
  const lot = { ...collateralByBids, reserve: 10n }
  expect(tag(bidAnswer(lot, raiseTo(9n, 5)))).toBe('BelowReserve')
  expect(afterBids(lot, raiseTo(10n, 5)).bid).toBe(10n)
  expect(bidAnswer({ ...surplusByBids, reserve: 3n }, raiseTo(2n, 5))).toEqual({
    _tag: 'BelowReserve',
    rule: 'ENG-7',
    bid: 2n,
    reserve: 3n,
  })
})

test('ENG-8 a late bid extends the auction, an early one does not, none past the hard end', () => {
  const ending = { _tag: 'Extended', by: 900n, hardEnd: 7200n } as const
  const endAfter = (lot: Lot.English, at: number) =>
    bidEvents(lot, raiseTo(10n, at), { ending, bidLasts: 9000n }).reduce(Lot.evolveEnglish, lot)
      .endsAt
  expect(endAfter(collateralByBids, 2700)).toBe(3600)
  expect(endAfter(collateralByBids, 2701)).toBe(3601)
  expect(endAfter({ ...collateralByBids, endsAt: 7000 }, 6500)).toBe(7200)
})

test('ENG-8 a duration of no end is out of range, not an instant', () => {
  expect(bidAnswer(collateralByBids, raiseTo(10n, 5), { bidLasts: 2n ** 256n })).toEqual({
    _tag: 'OutOfRange',
    rule: 'FIX-5',
    what: 'time that the bid stands',
    stage: 480,
  })
  expect(bidAnswer(debtByBids, shrinkTo(10n, 5), { bidLasts: 2n ** 53n })).toMatchObject({
    stage: 480,
  })
  const hardEnd = { _tag: 'Extended', by: 0n, hardEnd: 2n ** 53n } as const
  expect(English.ends(biddingWith({ ending: hardEnd }), 0)).toEqual(
    E.left({ _tag: 'OutOfRange', rule: 'FIX-5', what: 'end of the auction', stage: 390 }),
  )
})

test('ENG-13 three bidders, and what each is repaid', () => {
  const first = afterBids(collateralByBids, raiseTo(10n, 5), raiseTo(20n, 6, 'bob'))
  const [third] = bidEvents(first, raiseTo(100n, 7, 'cat'))
  expect(third).toMatchObject({ paid: 100n, outbid: { bidder: 'bob', amount: 20n } })
  const stands = afterBids(first, raiseTo(100n, 7, 'cat'))
  expect(bidEvents(stands, shrinkTo(40n, 8, 'cat'))[0]).toMatchObject({
    paid: 0n,
    outbid: undefined,
  })
  expect(bidEvents(stands, shrinkTo(40n, 8, 'ann'))[0]).toMatchObject({
    paid: 100n,
    outbid: { bidder: 'cat', amount: 100n },
    freed: 10n,
  })
})

test('ENG-6 recorded: steps at the edge and just beside it', () => {
  // flip-v-0193, step 6: exactly five per cent more.
  expect(
    recorded('flip', {
      record: {
        bid: 12121126724589615317910540500674065343727543900n,
        lot: 397002078617724697n,
        guy: 'alice',
        tic: 1625455334,
        end: 1625617334,
        tab: 587026913590992560565696761230646083429675343327n,
      },
      beg: 1050000000000000000n,
      ttl: 10800n,
      tend: [1625445048, 'alice', 12727183060819096083806067525707768610913921095n],
    }),
  ).toEqual({ bid: 12727183060819096083806067525707768610913921095n, tic: 1625455848 })
  // flip-v-0060, step 5: less than one unit short of it.
  expect(
    recorded('flip', {
      record: {
        bid: 14018412449760930736382733338973009002204106439359n,
        lot: 22674303738912930869n,
        guy: 'alice',
        tic: 1613151838,
        end: 1613158944,
        tab: 49999999999999999999999621316908161384960406622128n,
      },
      beg: 1050000000000000000n,
      ttl: 14400n,
      tend: [1613137439, 'alice', 14719333072248977273201870005921659452314311761326n],
    }),
  ).toBe('TooSmallStep')
  // flip-v-0044, step 2: one unit more, which is the target.
  expect(
    recorded('flip', {
      record: {
        bid: 8555795131354732680297879959948411267576616752285n,
        lot: 44289785420473367388n,
        guy: 'bob',
        tic: 1616038352,
        end: 1616200351,
        tab: 8555795131354732680297879959948411267576616752286n,
      },
      beg: 1050000000000000000n,
      ttl: 10800n,
      tend: [1616027553, 'alice', 8555795131354732680297879959948411267576616752286n],
    }),
  ).toEqual({ bid: 8555795131354732680297879959948411267576616752286n, tic: 1616038353 })
  // flop-v-0015, step 9: a product above 2^256 - 1.
  expect(
    recorded('flop', {
      record: { bid: 1n, lot: Fixed.MAX_UINT256, guy: undefined, tic: 0, end: 1606199453 },
      beg: 1050000000000000000n,
      ttl: 10800n,
      dent: [
        1606026653,
        'bob',
        110278180226015424212924747627321817003114271110133870513769127626583932990414n,
      ],
    }),
  ).toBe('OutOfRange')
  // flop-v-0027, step 3: exactly five per cent fewer tokens.
  expect(
    recorded('flop', {
      record: {
        bid: 10n ** 49n,
        lot: 65100000000000000000n,
        guy: 'alice',
        tic: 1634123621,
        end: 1634285620,
      },
      beg: 1050000000000000000n,
      ttl: 10800n,
      dent: [1634112821, 'alice', 62000000000000000000n],
    }),
  ).toEqual({ lot: 62000000000000000000n })
})

test('ENG-1 recorded: at the instant itself one can neither bid nor settle', () => {
  // flip-v-0023, step 4, a bid; flip-v-0226, step 4, a deal.
  const record = {
    bid: 112043902502023867284993818820447109842307337575n,
    lot: 304910713032532791n,
    guy: 'bob',
    tic: 1636286145,
    end: 1636447084,
    tab: 310675715686213747514450000000000000000000000000n,
  }
  const flip = { record, beg: 1050000000000000000n, ttl: 10800n }
  expect(recorded('flip', { ...flip, tend: [1636286145, 'alice', record.tab] })).toBe('BidExpired')
  expect(
    recorded('flip', {
      record: {
        bid: 347901560432621411894010684837681736380366388593n,
        lot: 126712586313359233n,
        guy: 'bob',
        tic: 1636148197,
        end: 1636317396,
        tab: 347901560432621411894010684837681736380366388593n,
      },
      beg: 1100000000000000000n,
      ttl: 3600n,
      deal: 1636148197,
    }),
  ).toBe('NotWon')
})

test('ENG-5 recorded: a bid of one unit for all, and one that asks for nothing', () => {
  // flap-v-0002, step 7.
  expect(
    recorded('flap', {
      record: { bid: 0n, lot: 10n ** 49n, guy: undefined, tic: 0, end: 1616551713 },
      beg: 1050000000000000000n,
      ttl: 10800n,
      tend: [1616548113, 'bob', 1n],
    }),
  ).toEqual({ bid: 1n, tic: 1616558913 })
  // flip-v-0071, step 3.
  expect(
    recorded('flip', {
      record: {
        bid: 10n ** 49n,
        lot: 5270569656916208639n,
        guy: 'alice',
        tic: 1613553058,
        end: 1613563857,
        tab: 10n ** 49n,
      },
      beg: 1100000000000000000n,
      ttl: 3600n,
      dent: [1613549459, 'alice', 0n],
    }),
  ).toEqual({ lot: 0n, tic: 1613553059 })
})

test('ENG-8 recorded: a bid that would stand past the last second of 48 bits', () => {
  // flip-v-0099, step 2.
  const target = 26976176711788001720555013696424913408637896686045n
  expect(
    recorded('flip', {
      record: {
        bid: 0n,
        lot: 27773238118472376551n,
        guy: undefined,
        tic: 0,
        end: 1597010899,
        tab: target,
      },
      beg: 2000000000000000000n,
      ttl: 281474976710655n,
      tend: [1597008405, 'bob', target],
    }),
  ).toBe('OutOfRange')
})

test('ENG-10 recorded: restarts of tokens', () => {
  // flop-v-0013, step 1: 1.29 times two, rounded down.
  expect(
    recorded('flop', {
      record: { bid: 0n, lot: 2n, guy: undefined, tic: 0, end: 1615810245 },
      beg: 1020000000000000000n,
      pad: 1290000000000000000n,
      ttl: 10800n,
      tau: 172800n,
      tick: 1615811255,
    }),
  ).toEqual({ lot: 2n, end: 1615984055 })
  // flop-v-0011, step 5: a product above 2^256 - 1.
  expect(
    recorded('flop', {
      record: {
        bid: 5n * 10n ** 49n,
        lot: 7n * 10n ** 19n,
        guy: undefined,
        tic: 0,
        end: 1630812733,
      },
      beg: 0n,
      pad: Fixed.MAX_UINT256,
      ttl: 0n,
      tick: 1630813589,
    }),
  ).toBe('OutOfRange')
  // flip-v-0056, step 4: at the end itself it is too early.
  expect(
    recorded('flip', {
      record: {
        bid: 205865945180712607989236417966374902283323330n,
        lot: 14073089361095562n,
        guy: 'alice',
        tic: 1600365003,
        end: 1600365003,
        tab: 205865945180712607989236417966374902283323330n,
      },
      beg: 1050000000000000000n,
      ttl: 21600n,
      tick: 1600365003,
    }),
  ).toBe('NotOver')
})
