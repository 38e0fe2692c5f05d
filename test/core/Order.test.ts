/**
 * Of two rules that one command breaks, the one of the lower stage is named (spec/12-house.md): pairs
 * that it takes numbers of an unusual size, or a lot in an unusual state, to break together.
 */

import { describe, expect, test } from 'vitest'
import {
  Auction,
  Dutch,
  English,
  Fixed,
  type Lot,
  type Position,
  Seizure,
  type Terms,
  Treasury,
} from '../../src/index.js'
import { dutchAll, dutchAuction, dutchLot, dutchReset, dutchTake } from '../examples/dutch.js'
import {
  afterBids,
  bidAnswer,
  collateralByBids,
  debtByBids,
  raiseTo,
  sampleBidding,
  sampleTreasuryTerms,
  shrinkTo,
  surplusByBids,
  treasuryOf,
} from '../examples/english.js'
import {
  answerOf,
  loanLots,
  loanOf,
  loanQuotes,
  loanTerms,
  loanTermsOf,
} from '../examples/opening.js'
import { outOfRange } from './refusal.js'

const { MAX_UINT256, WAD, rad, ray, wad } = Fixed

/** A duration that no clock shows the end of. */
const forever = 2n ** 60n

describe('a command to a lot', () => {
  const [first] = loanLots()
  const lot = first as Lot.Lot
  const cancelled = (terms: Terms.Terms, lot: Lot.Lot, at: number): unknown =>
    answerOf(Auction.decide(Auction.compile(terms))(0, lot, { _tag: 'Cancel', at }))

  test('HOU-1 the time is looked at before the end of a lot whose asset is no longer sold', () => {
    const terms = loanTermsOf({ asset: 'GOLD' })
    const over = { ...lot, lastAt: 7, ended: true } as Lot.Lot
    expect(cancelled(terms, over, 6)).toEqual({ _tag: 'BadTime', rule: 'HOU-1', at: 6, lastAt: 7 })
    expect(cancelled(terms, over, 7)).toEqual({ _tag: 'Ended', rule: 'HOU-5' })
  })

  test('HOU-2 the line of a lot is looked at before the version that it is bound to', () => {
    const bound = { ...lot, binding: 'atOpening' } as Lot.Lot
    const terms = loanTerms({}, { line: 'OTHER', version: 2 })
    expect(cancelled(terms, bound, 9)).toEqual({
      _tag: 'OtherTerms',
      rule: 'HOU-2',
      wanted: 'LOANS',
      given: 'OTHER',
    })
  })

  test('HOU-2 the version that a lot is bound to is looked at before its goods', () => {
    const bound = { ...surplusByBids, line: 'LOANS', terms: 1, binding: 'atOpening' } as Lot.Lot
    const answers = [2, 1].map((version) => cancelled(loanTerms({}, { version }), bound, 9))
    expect(answers).toEqual([
      { _tag: 'OtherTerms', rule: 'HOU-2', wanted: '1', given: '2' },
      { _tag: 'OtherTerms', rule: 'HOU-2', wanted: 'MKR', given: 'LOANS' },
    ])
  })
})

describe('a bid', () => {
  test('ENG-6 the step of a smaller lot is looked at before the end of the bid', () => {
    const lot = afterBids(collateralByBids, raiseTo(100n, 10))
    const answers = [49n, 40n].map((sold) =>
      bidAnswer(lot, shrinkTo(sold, 20), { bidLasts: forever }),
    )
    expect(answers).toEqual([
      { _tag: 'TooSmallStep', rule: 'ENG-6', given: 49n, stands: 50n },
      outOfRange('time that the bid stands', 480),
    ])
  })
})

describe('a restart', () => {
  const restarted = (lot: Lot.English, lasts: bigint): unknown =>
    answerOf(
      English.decide(
        English.compile({ version: 1, width: 'uint256' }, { ...sampleBidding, lasts }),
        0,
        lot,
        { _tag: 'Restart', at: 3600, market: ray(0n) },
      ),
    )
  const large: Lot.English = { ...debtByBids, sold: wad(MAX_UINT256) }

  test('ENG-10 a bid is looked at before the range of what is minted', () => {
    const bid: Lot.English = { ...large, bidder: 'ann', bidExpiresAt: 600 }
    expect(restarted(bid, 3600n)).toEqual({ _tag: 'AlreadyBid', rule: 'ENG-10', bidder: 'ann' })
  })

  test('FIX-5 the range of what is minted is looked at before the end of the auction', () => {
    expect([restarted(large, forever), restarted(debtByBids, forever)]).toEqual([
      outOfRange('what a restart sells', 525),
      outOfRange('end of the auction', 528),
    ])
  })
})

describe('a lot at a falling price', () => {
  const wide = (sale: Partial<Terms.Dutch> = {}): Dutch.Compiled =>
    Dutch.compile({ ...dutchAuction.terms, width: 'uint256' }, { ...dutchAuction.sale, ...sale })

  test('FIX-5 the range of the price is looked at before what a sale would leave', () => {
    // Opened before the terms were of that width.
    const lot: Lot.Dutch = {
      ...dutchLot,
      collateral: wad(2n ** 200n + 1n),
      target: rad(2n ** 262n),
      startPrice: ray(2n ** 60n),
    }
    const auction = wide({ minLeft: rad(2n ** 263n), minCollateralLeft: wad(2n) })
    const answers = [2n ** 200n, 2n ** 100n].map((amount) =>
      answerOf(
        Dutch.decide(
          auction,
          0,
          lot,
          dutchTake(1000, { _tag: 'Amount', amount: wad(amount) }, ray(2n ** 60n)),
        ),
      ),
    )
    expect(answers).toEqual([
      outOfRange('price of the amount', 340),
      expect.objectContaining({ _tag: 'TooLittleLeft', rule: 'DUT-6' }),
    ])
  })

  test('HOU-1 the time is looked at before the end of a lot that is only asked about', () => {
    const over: Lot.Dutch = { ...dutchLot, lastAt: 1010, ended: true }
    const early = { _tag: 'BadTime', rule: 'HOU-1', at: 1009, lastAt: 1010 }
    expect(answerOf(Dutch.status(dutchAuction, over, 1009))).toEqual(early)
    expect(answerOf(Dutch.quote(dutchAuction, over, 1009, dutchAll))).toEqual(early)
  })

  test('DUT-9 the start price of a reset is looked at before its reward', () => {
    const reset = (markup: Fixed.Ray): unknown =>
      answerOf(Dutch.decide(wide({ markup }), 0, dutchLot, dutchReset(1090, ray(MAX_UINT256))))
    expect([reset(dutchAuction.sale.markup), reset(ray(1n))]).toEqual([
      outOfRange('start price', 390),
      outOfRange('reward', 395),
    ])
  })
})

describe('a seizure', () => {
  const planned = (
    sizing: Partial<Terms.Sizing>,
    position: Position.Position,
    room: bigint,
  ): unknown =>
    answerOf(
      Seizure.plan(loanTerms(sizing, { width: 'uint256' }), position, loanQuotes(1n, 2n), {
        inHouse: rad(room),
        inLine: rad(room),
      }),
    )

  test('FIX-5 the range under the close factor stands between the ceiling and that of the room', () => {
    const under = (closeFactor: bigint, room: bigint): unknown =>
      planned({ closeFactor: wad(closeFactor) }, loanOf(MAX_UINT256, 40n), room)
    const full = { _tag: 'CeilingReached', rule: 'SEI-1', roomInHouse: 0n, roomInLine: 0n }
    const half = WAD / 2n
    expect([under(half, 0n), under(half, MAX_UINT256), under(WAD, MAX_UINT256)]).toEqual([
      full,
      outOfRange('shares under the close factor', 135),
      outOfRange('room', 140),
    ])
  })

  test('FIX-5 the range of the room is looked at before a factor that is not above zero', () => {
    const answers = [MAX_UINT256, 100n].map((room) =>
      planned({ penaltyRate: wad(0n - WAD) }, loanOf(100n, 40n), room),
    )
    expect(answers).toEqual([outOfRange('room', 140), outOfRange('shares that fit the room', 142)])
  })

  test('FIX-5 the range of the debt left is looked at before the least debt', () => {
    const dust = { _tag: 'Refuse', minDebt: rad(2n ** 301n) } as const
    const answers = [2n ** 200n, 2n ** 100n].map((shares) =>
      planned({ dust }, loanOf(shares, 40n, 0n, 2n ** 100n), 100n),
    )
    expect(answers).toEqual([
      outOfRange('debt left', 145),
      { _tag: 'DustyDebt', rule: 'SEI-4', debt: 2n ** 200n, minDebt: dust.minDebt },
    ])
  })

  test('FIX-5 the range of what is seized is looked at before whether it is anything', () => {
    const answers = [2n ** 70n, 1n].map((eth) => planned({}, loanOf(2n ** 300n, eth), 2n ** 196n))
    expect(answers).toEqual([
      outOfRange('collateral seized', 155),
      { _tag: 'NothingSeized', rule: 'SEI-5' },
    ])
  })
})

describe('a treasury', () => {
  const { debt, surplus } = sampleTreasuryTerms
  const terms = { ...sampleTreasuryTerms, width: 'uint256' } as const
  const decided = (
    more: Partial<Treasury.Terms>,
    treasury: Treasury.Treasury,
    command: Treasury.Command,
  ): unknown => answerOf(Treasury.decide({ ...terms, ...more })(treasury, undefined, command))
  const openSurplus = { _tag: 'OpenSurplus', at: 9 } as const
  const openDebt = { _tag: 'OpenDebt', at: 9 } as const
  const endless = { ...sampleBidding, lasts: forever }
  const closed = { _tag: 'TreasuryClosed', rule: 'TRE-7' }

  test('TRE-3 the surplus is looked at before the range of the losses', () => {
    // More waits than is lost.
    const heal = { _tag: 'Heal', at: 9, amount: rad(5n), of: 'ready' } as const
    const answers = [4n, 5n].map((surplus) =>
      decided({}, treasuryOf({ surplus, queued: 1n }), heal),
    )
    expect(answers).toEqual([
      { _tag: 'TooLittleSurplus', rule: 'TRE-3', surplus: 4n, needed: 5n },
      outOfRange('losses that are ready', 725),
    ])
    const opened = [109n, 110n].map((surplus) =>
      decided({}, treasuryOf({ surplus, queued: 1n }), openSurplus),
    )
    expect(opened).toEqual([
      { _tag: 'TooLittleSurplus', rule: 'TRE-3', surplus: 109n, needed: 110n },
      outOfRange('losses that are ready', 725),
    ])
  })

  test('TRE-1 terms below zero are looked at before the range of what they need', () => {
    const negative = { ...surplus, lot: rad(-200n) }
    expect(decided({ surplus: negative }, treasuryOf({}), openSurplus)).toEqual({
      _tag: 'NoAmount',
      rule: 'TRE-1',
      amount: -200n,
    })
  })

  test('TRE-1 terms below zero are looked at before the range of the losses', () => {
    const negative = { ...debt, lot: rad(-20n) }
    expect(decided({ debt: negative }, treasuryOf({ queued: 1n }), openDebt)).toEqual({
      _tag: 'NoAmount',
      rule: 'TRE-1',
      amount: -20n,
    })
  })

  test('TRE-7 whether it opens is looked at before the range of what is on auction', () => {
    const treasury = treasuryOf({ surplus: 110n, selling: MAX_UINT256 })
    const answers = [false, true].map((opens) => decided({}, { ...treasury, opens }, openSurplus))
    expect(answers).toEqual([closed, outOfRange('surplus on auction', 755)])
  })

  test('TRE-8 the limit is looked at before the end of the auction', () => {
    const answers = [21n, 20n].map((selling) =>
      decided(
        { surplus: { ...surplus, sale: endless } },
        treasuryOf({ surplus: 110n, selling }),
        openSurplus,
      ),
    )
    expect(answers).toEqual([
      { _tag: 'TooMuchOnAuction', rule: 'TRE-8', onAuction: 31n, limit: 30n },
      outOfRange('end of the auction', 770),
    ])
  })

  test('TRE-7 whether it opens is looked at before the end of the auction', () => {
    const treasury = treasuryOf({ losses: 20n })
    const answers = [false, true].map((opens) =>
      decided({ debt: { ...debt, sale: endless } }, { ...treasury, opens }, openDebt),
    )
    expect(answers).toEqual([closed, outOfRange('end of the auction', 770)])
  })
})
