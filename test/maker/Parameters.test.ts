/**
 * Parameters: which terms have Maker's, and what a call answers that is made on terms of another kind.
 */

import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, test } from 'vitest'
import { Auction, Curve, Fixed, type Terms } from '../../src/core/index.js'
import {
  type Abacus,
  Cat,
  Clipper,
  EthA,
  Failure,
  Flipper,
  Sales,
  Vow,
} from '../../src/maker/index.js'
import { rad, ray, wad } from '../example.js'
import { makerClip, makerSale, makerUrn } from '../examples/maker.js'

type Only = Terms.Collateral

/** Terms with their one asset, or how it is sold, changed. */
const withAsset = (terms: Terms.Terms, change: (one: Only) => Only): Terms.Terms => ({
  ...terms,
  collaterals: terms.collaterals.map(change),
})

const withDutch = (terms: Terms.Terms, change: Partial<Terms.Dutch>): Terms.Terms =>
  withAsset(terms, (one) =>
    one.sale._tag === 'Dutch' ? { ...one, sale: { ...one.sale, ...change } } : one,
  )

const byShare = (terms: Terms.Terms): Terms.Terms =>
  withAsset(terms, (one) => ({ ...one, support: { _tag: 'LoanToValue', share: ray('0.6') } }))

const clipper = Clipper.clipper(EthA.clipper)
const flipper = Flipper.flipper(EthA.flipper)

describe('parameters', () => {
  test.each<Abacus.Calc>([
    { _tag: 'LinearDecrease', tau: 7200n },
    { _tag: 'StairstepExponentialDecrease', step: 60n, cut: ray('0.98') },
    { _tag: 'ExponentialDecrease', cut: ray('0.9999') },
  ])('MKR-1 a $_tag comes back from its curve', (calc) => {
    const ilk = { ...EthA.clipper, calc }
    expect(Clipper.parametersOf(Clipper.clipper(ilk, rad('7')))).toEqual({ ilk, chost: rad('7') })
  })

  test('MKR-1 no other terms have those of a Clipper', () => {
    const others: readonly Terms.Terms[] = [
      flipper,
      byShare(clipper),
      withDutch(clipper, { curve: Curve.unchecked.constant(ray('1')) }),
      withDutch(clipper, { reset: { _tag: 'Never' } }),
      withDutch(clipper, { emptySale: 'refuse' }),
      { ...clipper, collaterals: [] },
      { ...clipper, sizing: { ...clipper.sizing, dust: { _tag: 'Ignore' } } },
      { ...clipper, sizing: { ...clipper.sizing, dust: { _tag: 'Refuse', minDebt: rad('1') } } },
    ]
    expect(others.map(Clipper.parametersOf)).toEqual(others.map(() => undefined))
    expect(Clipper.parametersOf({ ...clipper, version: 7 })?.ilk).toEqual(EthA.clipper)
  })

  test('MKR-1 no other terms have those of a Flipper', () => {
    const others: readonly Terms.Terms[] = [
      clipper,
      byShare(flipper),
      { ...flipper, collaterals: [] },
      { ...flipper, sizing: { ...flipper.sizing, cap: { _tag: 'Room' } } },
      { ...flipper, lossAt: 'close' },
    ]
    expect(others.map(Flipper.parametersOf)).toEqual(others.map(() => undefined))
    expect(Flipper.parametersOf({ ...flipper, version: 7 })).toEqual(EthA.flipper)
  })
})

describe('calls on terms of another kind', () => {
  const wordless = E.left({ reason: '', stage: 0 })
  const asked = { at: 7, amt: makerSale.lot, max: makerSale.top, who: 'ann' }

  test('MKR-2 a sale has no status, and is not taken, where the terms sell by bids', () => {
    const clip = { ...makerClip, auction: Auction.compile(flipper) }
    expect(Sales.status(clip, makerSale, 7)).toEqual(wordless)
    expect(Sales.take(clip, makerSale, asked)).toMatchObject({ left: { reason: '' } })
  })

  test('MKR-2 no sale is kicked where the terms sell by bids, or sell nothing', () => {
    const kicked = { at: 7, tab: rad('1'), lot: wad('1'), usr: 'urn', kpr: 'kim' }
    for (const terms of [flipper, { ...flipper, collaterals: [] }]) {
      const clip = { ...makerClip, auction: Auction.compile(terms) }
      expect(Sales.kick(clip, E.right(ray('200')), kicked)).toEqual(wordless)
      expect(E.isLeft(Sales.take(clip, makerSale, asked))).toBe(true)
    }
  })

  test('MKR-7 a sale without a price has no status', () => {
    const calc = { _tag: 'StairstepExponentialDecrease', step: 0n, cut: ray('0.99') } as const
    const clip = { ...makerClip, auction: Clipper.compile({ ...EthA.clipper, calc }) }
    expect(Sales.status(clip, makerSale, 7)).toMatchObject({ left: { reason: '' } })
  })

  test('MKR-10 a loss that is queued stays a word', () => {
    const most = Fixed.rad(Fixed.MAX_UINT256)
    const [none, one] = [Fixed.rad(0n), Fixed.rad(1n)]
    expect(Vow.fess({ Sin: none }, none, most)).toEqual(E.right({ queued: most, Sin: most }))
    expect(Vow.fess({ Sin: one }, none, most)).toMatchObject({ left: { reason: '' } })
    expect(Vow.fess({ Sin: none }, one, most)).toMatchObject({ left: { reason: '' } })
  })

  test('MKR-2 nothing is bitten where the terms sell by a falling price', () => {
    const auction = Auction.compile(clipper)
    const cat = { live: true, litter: rad('0'), kicks: 0n }
    expect(E.isLeft(Cat.bite(auction, cat, makerUrn, ray('133'), 7))).toBe(true)
    expect(
      E.isLeft(Cat.seizure(Auction.compile({ ...clipper, collaterals: [] }), cat, makerUrn)),
    ).toBe(true)
  })

  test('MKR-2 a decision without the event that its command causes is none', () => {
    expect(Failure.caused(['Taken'], Failure.worded({}), E.right([]))).toEqual(wordless)
  })
})
