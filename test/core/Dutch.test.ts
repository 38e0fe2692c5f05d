/**
 * Dutch: examples at the edges, and every claim about takes that was refuted once (handbook/proofs.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { Curve, Dutch, Fixed, Lot, type Terms } from '../../src/index.js'
import { exampleTerms, price, rad, ray, wad } from '../example.js'
import {
  clipperAuction,
  dutchAll,
  dutchAmount,
  dutchAuction,
  dutchLot,
  dutchOutcome,
  dutchReset,
  dutchSpend,
  dutchTake,
  endlessAuction,
} from '../examples/dutch.js'

/** A lot of so many units, at a price that stands still. */
const units = (collateral: bigint, target: bigint, startPrice: bigint): Lot.Dutch => ({
  ...dutchLot,
  collateral: Fixed.wad(collateral),
  debt: Fixed.rad(target),
  target: Fixed.rad(target),
  startPrice: Fixed.ray(startPrice),
})

/** Terms with these minimums, and nothing else that could get in the way. */
const leaving = (
  minLeft: bigint,
  minCollateralLeft = 0n,
  emptySale: Terms.Dutch['emptySale'] = 'refuse',
): Dutch.Compiled =>
  Dutch.compile(exampleTerms, {
    ...dutchAuction.sale,
    curve: Curve.unchecked.constant(Fixed.RAY),
    reset: { _tag: 'Never' },
    minLeft: Fixed.rad(minLeft),
    minCollateralLeft: Fixed.wad(minCollateralLeft),
    emptySale,
  })

/** What so many units come to: what is paid and bought, or the refusal. */
const take = (
  auction: Dutch.Compiled,
  lot: Lot.Dutch,
  amount: bigint,
): readonly [paid: bigint, bought: bigint] | string => {
  const want: Dutch.Want = { _tag: 'Amount', amount: Fixed.wad(amount) }
  const quote = Dutch.quote(auction, lot, 1000, want)
  return E.isRight(quote) ? [quote.right.paid, quote.right.bought] : quote.left._tag
}

describe('claims that do not hold', () => {
  test('DUT-7 what pays something gets something: not in Clipper; here it is refused', () => {
    const lot = units(3n, 5n, 2n)
    expect(take(leaving(4n, 0n, 'allow'), lot, 2n)).toEqual([1n, 0n])
    expect(take(leaving(4n), lot, 2n)).toBe('NothingBought')
  })

  test('DUT-5 what is paid is exactly what was bought, times the price', () => {
    expect(take(leaving(2n), units(4n, 7n, 2n), 3n)).toEqual([5n, 2n])
  })

  test('DUT-6 a part is never refused', () => {
    expect(take(leaving(2n), units(2n, 2n, 1n), 1n)).toBe('TooLittleLeft')
    expect(take(leaving(2n), units(2n, 2n, 1n), 2n)).toEqual([2n, 2n])
  })

  test('DUT-6 a lower price never sells less', () => {
    const auction = leaving(34_000n * Fixed.RAD)
    const lot = { ...dutchLot, target: rad('40000') }
    const at = (startPrice: Fixed.Ray) => take(auction, { ...lot, startPrice }, wad('9'))
    expect(at(price(5000n))).toEqual([rad('40000'), wad('8')])
    expect(at(price(4000n))).toEqual([rad('6000'), wad('1.5')])
  })

  test('DUT-6 waiting never makes a unit dearer', () => {
    expect(take(leaving(34n), units(10n, 40n, 5n), 9n)).toEqual([40n, 8n]) // 5 each
    expect(take(leaving(34n), units(10n, 40n, 4n), 9n)).toEqual([6n, 1n]) // 6 each
  })

  test('DUT-6 a loss is always booked: not without a minimum of collateral', () => {
    const lot = { ...units(10n, 20_000n, 1n) }
    const want: Dutch.Want = { _tag: 'Amount', amount: Fixed.wad(9n) }
    const left = (auction: Dutch.Compiled): Lot.Dutch => {
      const decision = Dutch.decide(auction, 0, lot, dutchTake(1000, want))
      return E.isRight(decision) ? decision.right.reduce(Lot.evolveDutch, lot) : lot
    }
    expect(left(leaving(5000n))).toMatchObject({ collateral: 1n, target: 19_991n, ended: false })
    expect(left(leaving(5000n, 4n))).toMatchObject({ collateral: 4n, target: 19_994n })
    const last = { ...lot, collateral: Fixed.wad(4n) }
    expect(take(leaving(5000n, 4n), last, 3n)).toBe('TooLittleLeft')
    const closing = Dutch.decide(leaving(5000n, 4n), 0, last, dutchTake(1000, dutchAll))
    expect(dutchOutcome(closing)).toEqual(['Taken', 'Closed'])
    expect(E.isRight(closing) && closing.right[1]).toMatchObject({ badDebt: 19_996n })
  })

  test('DUT-4 a price of zero is harmless: in Clipper everything goes for nothing', () => {
    const quote = Dutch.quote(endlessAuction, dutchLot, 1100, dutchAll)
    expect(quote).toMatchObject({ right: { paid: 0n, bought: wad('10'), ends: true } })
    expect(take(leaving(1n), units(10n, 40n, 0n), 10n)).toBe('NothingWanted')
    expect(take(leaving(1n), units(10n, 40n, 0n), 0n)).toBe('NothingWanted')
  })

  test('DUT-6 an open lot has at least the minimum: not one that opened below it', () => {
    const lot = units(10n, 3n, 1n)
    expect(take(leaving(5n), lot, 2n)).toBe('TooLittleLeft')
    expect(take(leaving(5n), lot, 3n)).toEqual([3n, 3n])
  })

  test('DUT-11 conservation catches a payment above the target: it is blind to sign', () => {
    const decision = Dutch.decide(dutchAuction, 0, dutchLot, dutchTake(1000, dutchAmount('7')))
    const [taken] = E.isRight(decision) ? decision.right : []
    if (taken?._tag !== 'Taken') throw new Error('refused')
    const tooMuch = { ...taken, repaid: dutchLot.debt, penalty: rad('5') } // 41 for a target of 40
    const after = Lot.evolveDutch(dutchLot, tooMuch)
    const raised = tooMuch.repaid + tooMuch.penalty
    expect(raised + after.target).toBe(dutchLot.target)
    expect(raised <= dutchLot.target).toBe(false)
  })
})

describe('edges', () => {
  const staleAt = (auction: Dutch.Compiled, at: number): boolean | undefined => {
    const status = Dutch.status(auction, dutchLot, at)
    return E.isRight(status) ? status.right.stale : undefined
  }

  const compiled = (sale: Partial<Terms.Dutch>): Dutch.Compiled =>
    Dutch.compile(exampleTerms, { ...dutchAuction.sale, ...sale })

  test('DUT-2 a lot is stale at its last second, or under strict edges only after it', () => {
    const reset: Terms.ResetRule = { _tag: 'WhenStale', after: 30n, below: ray('0') }
    const [open, strict] = [compiled({ reset }), compiled({ reset, edges: 'strict' })]
    expect([1029, 1030, 1031].map((at) => staleAt(open, at))).toEqual([false, true, true])
    expect([1029, 1030, 1031].map((at) => staleAt(strict, at))).toEqual([false, false, true])
  })

  test('DUT-2 a lot is stale below its share, not at it, under either edges', () => {
    const reset: Terms.ResetRule = { _tag: 'WhenStale', after: 1000n, below: ray('0.7') }
    for (const edges of ['halfOpen', 'strict'] as const)
      expect([1030, 1031].map((at) => staleAt(compiled({ reset, edges }), at))).toEqual([
        false,
        true,
      ])
  })

  test('DUT-2 a lot of any length is stale only by its price; one that is never reset, never', () => {
    const long: Terms.ResetRule = { _tag: 'WhenStale', after: 2n ** 2000n, below: ray('0') }
    expect(staleAt(compiled({ reset: long }), 2 ** 52)).toBe(false)
    expect(staleAt(endlessAuction, 2 ** 52)).toBe(false)
  })

  test('DUT-1 an ended lot has no status and no quote', () => {
    const over = { ...dutchLot, ended: true }
    const ended = E.left({ _tag: 'Ended', rule: 'HOU-5' })
    expect(Dutch.status(dutchAuction, over, 1000)).toEqual(ended)
    expect(Dutch.quote(dutchAuction, over, 1000, dutchAll)).toEqual(ended)
  })

  test('DUT-4 money buys what it pays for in full, and everything at no price', () => {
    const quote = (at: number, text: string) =>
      Dutch.quote(endlessAuction, dutchLot, at, dutchSpend(text))
    expect(quote(1040, '5')).toMatchObject({ right: { paid: rad('5') - 2n * Fixed.RAY } })
    expect(quote(1100, '0')).toMatchObject({ right: { paid: 0n, bought: wad('10') } })
    expect(quote(1100, '-1')).toMatchObject({ left: { _tag: 'NothingWanted' } })
    expect(quote(1040, '-1')).toMatchObject({ left: { _tag: 'NothingWanted' } })
  })

  test('DUT-8 at exactly what is insisted on it sells, at one unit less it does not', () => {
    const insist = (atLeast: bigint) =>
      dutchOutcome(
        Dutch.decide(
          dutchAuction,
          0,
          dutchLot,
          dutchTake(1020, dutchAmount('9'), price(4n), Fixed.wad(atLeast)),
        ),
      )
    expect(insist(wad('1.5'))).toEqual(['Taken'])
    expect(insist(wad('1.5') + 1n)).toEqual(['BelowLeast'])
    expect(insist(-1n)).toEqual(['Taken'])
  })

  test('DUT-3 the limit comes before what is wanted, and below zero nothing sells', () => {
    const none = Dutch.decide(
      dutchAuction,
      0,
      dutchLot,
      dutchTake(1020, dutchAmount('0'), ray('3')),
    )
    expect(dutchOutcome(none)).toEqual(['TooExpensive'])
    const negative = dutchTake(1100, dutchAll, Fixed.ray(-1n))
    expect(dutchOutcome(Dutch.decide(endlessAuction, 0, dutchLot, negative))).toEqual([
      'TooExpensive',
    ])
  })

  test('DUT-12 an auction decides by the very terms that it was compiled from', () => {
    const auction = Dutch.compile(exampleTerms, dutchAuction.sale)
    expect(auction.terms).toBe(exampleTerms)
    expect(auction.sale).toBe(dutchAuction.sale)
  })

  test('DUT-5 what costs exactly the target is sold, at a price of zero as at any other', () => {
    const none = { minLeft: rad('0'), minCollateralLeft: wad('0') }
    const of = (target: bigint, price: bigint) =>
      Dutch.sale(units(10n, target, 1n), Fixed.ray(price), Fixed.wad(5n), none)
    expect(of(15n, 3n)).toEqual({ paid: 15n, bought: 5n })
    expect(of(0n, 0n)).toEqual({ paid: 0n, bought: 5n })
  })

  test('DUT-9 a start price is rounded down, and one unit below it is none', () => {
    const start = (market: bigint) => Dutch.startPriceOf(dutchAuction, 'ETH', Fixed.ray(market))
    expect(start(3n)).toEqual(E.right(3n)) // 3.75
    const half = Dutch.compile(exampleTerms, { ...dutchAuction.sale, markup: ray('0.5') })
    expect(Dutch.startPriceOf(half, 'ETH', Fixed.ray(1n))).toEqual(
      E.left({ _tag: 'NoStartPrice', rule: 'DUT-9', market: 1n }),
    )
    expect(Dutch.startPriceOf(half, 'ETH', Fixed.ray(2n))).toEqual(E.right(1n))
    for (const market of [0n, -1n])
      expect(start(market)).toMatchObject({ left: { _tag: 'NoMarketPrice', asset: 'ETH' } })
  })

  test('DUT-9 a reset earns its keeper the reward, cut down from 10.04 to the penalty', () => {
    const reset = Dutch.decide(dutchAuction, 0, dutchLot, dutchReset(1050, price(4n)))
    expect(E.isRight(reset) && reset.right).toEqual([
      {
        _tag: 'Reset',
        lot: 'MAIN/1',
        line: 'MAIN',
        at: 1050,
        terms: 1,
        goods: dutchLot.goods,
        startPrice: price(5n),
        keeper: 'kim',
        reward: rad('4'),
        payer: { _tag: 'Protocol' },
      },
    ])
  })

  test('DUT-13 the level that stops a take, a reset and a cancel', () => {
    const stopped = (command: Dutch.Command): readonly number[] =>
      ([0, 1, 2, 3] as const).filter((level) =>
        dutchOutcome(Dutch.decide(clipperAuction, level, dutchLot, command)).includes('Halted'),
      )
    expect(stopped(dutchTake(1020, dutchAll))).toEqual([3])
    expect(stopped(dutchReset(1080, price(4n)))).toEqual([2, 3])
    expect(stopped({ _tag: 'Cancel', at: 1020 })).toEqual([])
  })

  test('DUT-13 a lot whose target is below the price of a unit can be closed', () => {
    const decision = Dutch.decide(leaving(1n, 1n), 0, units(10n, 3n, 5n), dutchTake(1000, dutchAll))
    expect(E.isRight(decision) && decision.right).toMatchObject([
      { _tag: 'Taken', bought: 0n, repaid: 3n },
      { _tag: 'Closed', returned: 10n, badDebt: 0n, shortfall: 0n },
    ])
  })
})
