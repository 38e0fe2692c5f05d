/**
 * Maker: calls under the contracts' names. What they come to over thousands of recorded steps is in
 * test/vectors; here is what a name, a unit or an edge means.
 */

import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { Fixed } from '../../src/core/index.js'
import { Bids, Cat, Clipper, Dog, Flipper, Sales, Spotter, Vow } from '../../src/maker/index.js'
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
  makerVow,
  makerVowTerms,
} from '../examples/maker.js'

const { MAX_UINT256, MAX_UINT48 } = Fixed

describe('prices', () => {
  const pip = { val: wad('200'), has: true }

  test('MKR-4 without a par or a mat there is no price: whoever works it out divides by zero', () => {
    const invalid = E.left({ reason: '<invalid>', stage: 380 })
    expect(Spotter.feed(pip, ray('0'))).toEqual(invalid)
    expect(Spotter.spot(pip, ray('0'), ray('1'))).toEqual(invalid)
    expect(Spotter.spot(pip, ray('1'), ray('0'))).toEqual(invalid)
    expect(answered(Spotter.spot(pip, ray('1'), ray('1')))).toBe(ray('200'))
    const huge = { val: Fixed.wad(MAX_UINT256 / 10n ** 9n), has: true }
    expect(answered(Spotter.feed(huge, ray('0')))).toBe('')
  })

  test('MKR-2 in a bark it is the clipper that the dog calls that does, and says nothing', () => {
    const feed = Spotter.feed(pip, ray('0'))
    const at = { at: 9000, kpr: 'kim' }
    const kicked = { ...at, tab: rad('1'), lot: wad('1'), usr: 'urn' }
    expect(answered<unknown>(Sales.kick(makerClip, feed, kicked))).toBe('<invalid>')
    expect(answered<unknown>(Sales.redo(makerClip, makerSale, feed, at))).toBe('<invalid>')
    const barked = Dog.bark(makerClip, makerDog, makerUrn, { ...makerPrices, feed }, at)
    expect(barked).toEqual(E.left({ reason: '', stage: 380 }))
  })

  test('MKR-4 each product is a word', () => {
    const most = MAX_UINT256 / 10n ** 9n
    expect(answered(Spotter.feed({ val: Fixed.wad(most), has: true }, ray('1')))).toBe('')
    expect(answered(Spotter.feed({ val: Fixed.wad(most + 1n), has: true }, ray('1')))).toBe('')
    const product = MAX_UINT256 / Fixed.RAY / 10n ** 9n
    expect(answered(Spotter.feed({ val: Fixed.wad(product), has: true }, ray('1')))).toBe(
      product * 10n ** 9n,
    )
    expect(answered(Spotter.feed({ val: Fixed.wad(product + 1n), has: true }, ray('1')))).toBe('')
  })
})

describe('a clipper', () => {
  test('MKR-5 a minimum that does not fit a word is not stored', () => {
    const chop = wad('2')
    const most = MAX_UINT256 / chop
    expect(answered(Sales.upchost({ dust: Fixed.rad(most), chop }))).toBe((most * chop) / Fixed.WAD)
    expect(answered(Sales.upchost({ dust: Fixed.rad(most + 1n), chop }))).toBe('')
  })

  test('MKR-5 a stored minimum, not the one worked out anew, is what a part sale leaves', () => {
    const auction = (chost?: Fixed.Rad): Sales.Clip => ({
      ...makerClip,
      auction: Clipper.compile(makerIlk, chost),
    })
    const asked = { at: 7, amt: wad('3'), max: ray('300'), who: 'ann' }
    expect(answered(Sales.take(auction(), makerSale, asked))).toMatchObject({ owe: rad('435') })
    expect(answered(Sales.take(auction(rad('0')), makerSale, asked))).toMatchObject({
      owe: rad('720'),
    })
    expect(answered(Sales.take(auction(rad('1000')), makerSale, asked))).toBe(
      'Clipper/no-partial-purchase',
    )
  })

  test('MKR-6 a kick logs what it opens, and what its keeper earns', () => {
    const kicked = { at: 7, tab: rad('1000'), lot: wad('10'), usr: 'urn', kpr: 'kim' }
    expect(answered(Sales.kick(makerClip, E.right(ray('200')), kicked))).toEqual({
      sale: { id: 1n, tab: rad('1000'), lot: wad('10'), usr: 'urn', tic: 7, top: ray('240') },
      log: {
        name: 'Kick',
        id: 1n,
        top: ray('240'),
        tab: rad('1000'),
        lot: wad('10'),
        usr: 'urn',
        kpr: 'kim',
        coin: rad('301'),
      },
    })
  })

  test('MKR-6 a redo logs the sale as it starts again', () => {
    const again = Sales.redo(makerClip, makerSale, E.right(ray('100')), { at: 9000, kpr: 'kim' })
    expect(answered(again)).toEqual({
      sale: { ...makerSale, tic: 9000, top: ray('120') },
      isDue: true,
      log: {
        name: 'Redo',
        id: 1n,
        top: ray('120'),
        tab: rad('1000'),
        lot: wad('10'),
        usr: 'urn',
        kpr: 'kim',
        coin: rad('301'),
      },
    })
  })

  test('MKR-6 a redo of too little is not due a reward, and one that rounds down to nothing is', () => {
    const isDue = (sale: Partial<Sales.Sale>, clip = makerClip): unknown => {
      const again = Sales.redo(clip, { ...makerSale, ...sale }, E.right(ray('100')), {
        at: 9000,
        kpr: 'kim',
      })
      return E.isRight(again) ? [again.right.isDue, again.right.log.coin] : again.left
    }
    // The least target is 565.
    expect(isDue({ tab: rad('565') })).toEqual([true, rad('300.565')])
    expect(isDue({ tab: rad('564') })).toEqual([false, 0n])
    expect(isDue({ lot: wad('5.65') })).toEqual([true, rad('301')])
    expect(isDue({ lot: wad('5.64') })).toEqual([false, 0n])
    const stingy = { ...makerIlk, tip: rad('0'), chip: Fixed.wad(1n) }
    const clip = { ...makerClip, auction: Clipper.compile(stingy, rad('0')) }
    expect(isDue({ tab: Fixed.rad(9n) }, clip)).toEqual([true, 0n])
  })

  test('MKR-7 a level stops what a lower one does, and more', () => {
    const stoppedAt = (stopped: bigint): readonly unknown[] => {
      const clip = { ...makerClip, stopped }
      const kicked = { at: 9000, tab: rad('1'), lot: wad('1'), usr: 'urn', kpr: 'kim' }
      const feed = E.right(ray('200'))
      const asked = { at: 7, amt: wad('1'), max: ray('300'), who: 'ann' }
      return [
        Sales.kick(clip, feed, kicked),
        Sales.redo(clip, makerSale, feed, kicked),
        Sales.take(clip, makerSale, asked),
        Sales.yank(clip, makerSale, 9000),
      ].map((outcome) =>
        answered<unknown>(outcome) === 'Clipper/stopped-incorrect' ? 'no' : 'yes',
      )
    }
    expect(stoppedAt(0n)).toEqual(['yes', 'yes', 'yes', 'yes'])
    expect(stoppedAt(1n)).toEqual(['no', 'yes', 'yes', 'yes'])
    expect(stoppedAt(2n)).toEqual(['no', 'no', 'yes', 'yes'])
    expect(stoppedAt(3n)).toEqual(['no', 'no', 'no', 'yes'])
    expect(stoppedAt(MAX_UINT256)).toEqual(['no', 'no', 'no', 'yes'])
  })

  test('MKR-7 a sale that is there needs a redo once it is old', () => {
    const needs = (at: number): unknown => answered(Sales.status(makerClip, makerSale, at))
    expect(needs(7)).toMatchObject({ needsRedo: false, price: ray('240'), tab: rad('1000') })
    expect(needs(8401)).toMatchObject({ needsRedo: true, lot: wad('10') })
  })
})

describe('seizures', () => {
  test('MKR-8 a bark tells the vat before it asks the clipper', () => {
    const stopped = { ...makerClip, stopped: 1n }
    const barked = Dog.bark(stopped, makerDog, makerUrn, makerPrices, { at: 7, kpr: 'kim' })
    expect(answered<unknown>(barked)).toBe('Clipper/stopped-incorrect')
    expect(answered(Dog.seizure(stopped, makerDog, makerUrn))).toEqual({
      ink: wad('10'),
      art: wad('1500'),
      due: rad('1500'),
    })
  })

  test('MKR-8 the vat is told of a seizure whose target is no word', () => {
    const chop = Fixed.wad(MAX_UINT256)
    const dust = Fixed.rad(2n ** 250n)
    const clip = { ...makerClip, auction: Clipper.compile({ ...makerIlk, chop, dust }, rad('0')) }
    const barked = Dog.bark(clip, makerDog, makerUrn, makerPrices, { at: 7, kpr: 'kim' })
    expect(barked).toEqual(E.left({ reason: '', stage: 170 }))
    expect(answered(Dog.seizure(clip, makerDog, makerUrn))).toMatchObject({
      art: wad('1500'),
      due: rad('1500'),
    })
  })

  test('MKR-8 a bite takes a slice, and leaves a dusty vault', () => {
    const auction = Flipper.compile({
      ilk: 'ETH-A',
      gem: 'ETH',
      mat: ray('1'),
      beg: wad('1.05'),
      ttl: 10_800n,
      tau: 21_600n,
      box: rad('1000000'),
      dunk: rad('1582'),
      chop: wad('1.13'),
      dust: rad('500'),
    })
    const cat = { live: true, litter: rad('0'), kicks: 4n }
    expect(answered(Cat.bite(auction, cat, makerUrn, ray('133'), 7))).toMatchObject({
      tab: rad('1582'),
      bid: { id: 5n, lot: (wad('10') * 1400n) / 1500n, guy: 'cat', gal: 'vow', end: 21_607 },
      logs: [{ name: 'Kick' }, { name: 'Bite', art: wad('1400'), tab: rad('1400') }],
    })
    expect(
      answered<unknown>(Cat.bite(auction, { ...cat, live: false }, makerUrn, ray('133'), 7)),
    ).toBe('Cat/not-live')
  })
})

describe('houses for bids', () => {
  const kicked = { bid: 0n, lot: 10n, guy: 'gus', usr: 'urn', gal: 'vow', tab: Fixed.rad(100n) }

  test('MKR-9 a kick is refused by the clock alone', () => {
    expect(answered(Bids.kick(makerBidders, 1n, 7, kicked))).toEqual({
      ...kicked,
      id: 1n,
      tic: 0,
      end: 21_607,
    })
    expect(answered<unknown>(Bids.kick(makerBidders, 1n, MAX_UINT48, kicked))).toBe('')
    const nothing = { ...kicked, lot: 0n, tab: Fixed.rad(0n), usr: '', gal: '' }
    expect(answered(Bids.kick(makerBidders, 1n, 7, nothing))).toMatchObject(nothing)
  })

  test('MKR-9 who kicked is repaid by the first bidder, and pays only what he adds himself', () => {
    const opened = { ...Bids.unused(1n), ...kicked, bid: 40n, end: 21_607 }
    const offer = { at: 8, lot: 10n, bid: 50n }
    expect(answered(Bids.tend(makerBidders, opened, { ...offer, caller: 'ann' }))).toMatchObject({
      back: { guy: 'gus', amount: 40n },
      more: 10n,
    })
    expect(answered(Bids.tend(makerBidders, opened, { ...offer, caller: 'gus' }))).toMatchObject({
      back: undefined,
      more: 10n,
    })
  })
})

describe('a vow', () => {
  test('MKR-10 what is queued passes its wait, whenever that was', () => {
    const flog = (era: bigint, at: number): unknown =>
      answered(Vow.flog(makerVowTerms, makerVow, { at, era, amount: Fixed.rad(20n) }))
    expect(flog(50n, 150)).toBe(20n)
    expect(flog(50n, 149)).toBe('Vow/wait-not-finished')
    expect(flog(2n ** 60n, 149)).toBe('Vow/wait-not-finished')
    expect(flog(MAX_UINT256 - 100n, 149)).toBe('Vow/wait-not-finished')
    expect(flog(MAX_UINT256 - 99n, 149)).toBe('')
  })

  test('MKR-1 its parameters come back', () => {
    const found = Vow.parametersOf(makerVowTerms)
    expect(found && Vow.vow(found)).toEqual(makerVowTerms)
    expect(Vow.parametersOf({ ...makerVowTerms, width: 'unbounded' })).toBeUndefined()
  })
})
