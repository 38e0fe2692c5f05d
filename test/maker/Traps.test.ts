/**
 * The known traps of Maker's contracts: what happens on Maker's terms, and beside it what does with the one
 * field of the terms that avoids it. docs/maker.md lists them.
 */

import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { Auction, Fixed, type Terms } from '../../src/core/index.js'
import { Bids, Clipper, Dog, Flipper, Sales } from '../../src/maker/index.js'
import { rad, ray, wad } from '../example.js'
import {
  answered,
  makerBidders,
  makerClip,
  makerDog,
  makerIlk,
  makerPrices,
  makerSale,
  makerUrn,
} from '../examples/maker.js'

/** A clipper on Maker's terms, with some settings of its sale changed. */
const selling = (
  change: Partial<Terms.Dutch>,
  ilk: Clipper.Parameters = makerIlk,
  chost?: Fixed.Rad,
): Sales.Clip => {
  const terms = Clipper.clipper(ilk, chost)
  const collaterals = terms.collaterals.map((one) =>
    one.sale._tag === 'Dutch' ? { ...one, sale: { ...one.sale, ...change } } : one,
  )
  return { ...makerClip, auction: Auction.compile({ ...terms, collaterals }) }
}

const wants = (amt: Fixed.Wad, at: number): Sales.Asked => ({
  at,
  amt,
  max: ray('300'),
  who: 'ann',
})

describe('a clipper', () => {
  test('MKR-5 a cached minimum goes stale: a sale leaves less than what the parameters ask for', () => {
    // The dust was raised from 500 to 800, and nobody has called upchost since: 565 stands, not 904.
    const raised = { ...makerIlk, dust: rad('800') }
    const left = (clip: Sales.Clip): unknown => {
      const bought = answered(
        Sales.take(clip, { ...makerSale, tab: rad('2000') }, wants(wad('8'), 7)),
      )
      return typeof bought === 'string' ? bought : bought.left.tab
    }
    expect(left(selling({}, raised, Clipper.chostOf(makerIlk)))).toBe(rad('565'))
    expect(left(selling({}, raised))).toBe(rad('904'))
  })

  test('MKR-7 a price is still on offer in the second in which its time is up', () => {
    const at = Number(makerIlk.tail)
    const cheap = { ...makerIlk, cusp: ray('0') }
    const take = (clip: Sales.Clip): unknown => {
      const bought = answered(Sales.take(clip, makerSale, wants(wad('1'), at)))
      return typeof bought === 'string' ? bought : 'sold'
    }
    const redo = (clip: Sales.Clip): unknown => {
      const again = Sales.redo(clip, makerSale, E.right(ray('100')), { at, kpr: 'kim' })
      return E.isLeft(again) ? again.left.reason : 'started again'
    }
    const strict = selling({}, cheap)
    expect([take(strict), redo(strict)]).toEqual(['sold', 'Clipper/cannot-reset'])
    const halfOpen = selling({ edges: 'halfOpen' }, cheap)
    expect([take(halfOpen), redo(halfOpen)]).toEqual(['Clipper/needs-reset', 'started again'])
  })

  test('MKR-6 a price of zero gives a lot away', () => {
    // A line that ends before the tail, without a cusp: the price is zero, and on offer.
    const ilk: Clipper.Parameters = {
      ...makerIlk,
      calc: { _tag: 'LinearDecrease', tau: 3600n },
      cusp: ray('0'),
    }
    const take = (clip: Sales.Clip): unknown =>
      answered(Sales.take(clip, makerSale, wants(wad('10'), 3600)))
    expect(take(selling({}, ilk))).toMatchObject({ slice: wad('10'), owe: 0n, isOver: true })
    // The core refuses it, for which Clipper has no words.
    expect(take(selling({ emptySale: 'refuse' }, ilk))).toBe('')
  })

  test('MKR-6 one unit of collateral that is left keeps the ceiling used up', () => {
    const take = (clip: Sales.Clip): unknown => {
      const lot = { ...makerSale, tab: rad('5000') }
      const bought = answered(Sales.take(clip, lot, wants(Fixed.wad(makerSale.lot - 1n), 7)))
      return typeof bought === 'string' ? bought : [bought.left.lot, bought.isOver, bought.left.tab]
    }
    expect(take(makerClip)).toEqual([1n, false, Fixed.rad(rad('2600') + ray('240'))])
    const [lot, isOver] = take(selling({ minCollateralLeft: wad('0.01') })) as readonly unknown[]
    expect([lot, isOver]).toEqual([wad('0.01'), false])
  })

  test('MKR-6 rewards are above the penalty', () => {
    const coin = (auction: Auction.Compiled): unknown => {
      const by = { at: 7, kpr: 'kim' }
      const barked = Dog.bark({ ...makerClip, auction }, makerDog, makerUrn, makerPrices, by)
      return E.isLeft(barked) ? barked.left.reason : barked.right.logs[0].coin
    }
    // The penalty on 1,500 at 13 % is 195: who barks at a vault of his own is paid 106.695 for it.
    expect(coin(makerClip.auction)).toBe(rad('301.695'))
    const terms = Clipper.clipper(makerIlk)
    const limited: Terms.Terms = { ...terms, reward: { ...terms.reward, limit: 'penalty' } }
    expect(coin(Auction.compile(limited))).toBe(rad('195'))
  })
})

describe('a flipper', () => {
  const bid: Bids.Bid = {
    ...Bids.unused(1n),
    lot: wad('10'),
    guy: 'cat',
    usr: 'urn',
    gal: 'vow',
    tab: rad('1695'),
    end: 21_600,
  }
  const offer = (at: number): Bids.Offer => ({ at, caller: 'ann', lot: bid.lot, bid: 1n })

  test('MKR-9 there is a second in which nothing is possible: no bid, no deal, no tick', () => {
    const { auction } = makerBidders
    const halfOpen: Bids.Bidders = {
      ...makerBidders,
      auction: { ...auction, sale: { ...auction.sale, edges: 'halfOpen' } },
    }
    const said = <A>(outcome: E.Either<{ readonly reason: string }, A>): string =>
      E.isLeft(outcome) ? outcome.left.reason : 'done'
    const standing = { ...bid, guy: 'bob', tic: 500 }
    const all = (bidders: Bids.Bidders): readonly string[] => [
      said(Bids.tend(bidders, standing, offer(500))),
      said(Bids.deal(bidders, standing, 500)),
      said(Bids.tend(bidders, bid, offer(bid.end))),
      said(Bids.tick(bidders, bid, bid.end)),
    ]
    expect(all(makerBidders)).toEqual([
      'Flipper/already-finished-tic',
      'Flipper/not-finished',
      'Flipper/already-finished-end',
      'Flipper/not-finished',
    ])
    expect(all(halfOpen)).toEqual([
      'Flipper/already-finished-tic',
      'done',
      'Flipper/already-finished-end',
      'done',
    ])
  })

  test('MKR-9 a first bid of nothing wins, as in March 2020', () => {
    const bought = answered(Bids.tend(makerBidders, bid, offer(7)))
    const won = typeof bought === 'string' ? bid : bought.bid
    expect(answered(Bids.deal(makerBidders, won, won.tic + 1))).toMatchObject({
      bid: 1n,
      guy: 'ann',
      lot: wad('10'),
    })
    // With a reserve the lot itself knows its least bid: half of ten at 200.
    const terms = Flipper.flipper({
      ...makerIlk,
      beg: wad('1.05'),
      ttl: 10_800n,
      tau: 21_600n,
      box: rad('1000000'),
      dunk: rad('1000000'),
    })
    const collaterals = terms.collaterals.map((one) =>
      one.sale._tag === 'English' ? { ...one, sale: { ...one.sale, reserve: ray('0.5') } } : one,
    )
    const auction = Auction.compile({ ...terms, collaterals })
    const opened = Auction.open(auction)(
      Dog.houseOf(auction, true, terms.ceiling, rad('0'), Sales.lineOf(makerClip, rad('0'))),
      Dog.positionOf(auction, makerUrn),
      Dog.quotesOf(auction, makerPrices.spot, ray('200')),
      { _tag: 'Open', at: 0, keeper: 'kim' },
    )
    const [first] = E.isRight(opened) ? opened.right : []
    const raise = { _tag: 'Raise', at: 7, bidder: 'ann', bid: 1n, sold: wad('10') } as const
    expect(first && Auction.decide(auction)(0, Auction.lot(first), raise)).toMatchObject({
      left: { _tag: 'BelowReserve', rule: 'ENG-7', reserve: rad('1000') },
    })
  })
})
