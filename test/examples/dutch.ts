/**
 * What the examples of spec/05-dutch.md are written with: one lot, sold by two sets of terms.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Curve, Dutch, Fixed, type Lot, type Terms } from '../../src/index.js'
import { exampleTerms, price, rad, ray, wad } from '../example.js'

/** Falls to nothing in 100 seconds, but stops being for sale at half its start price. */
const careful: Terms.Dutch = {
  _tag: 'Dutch',
  curve: Curve.unchecked.linear(100n),
  markup: ray('1.25'),
  reset: { _tag: 'WhenStale', after: 50n, below: ray('0.4') },
  reserve: ray('0.5'),
  minLeft: rad('34'),
  minCollateralLeft: wad('1'),
  emptySale: 'refuse',
  edges: 'halfOpen',
}

/** The same with Clipper's habits: strict edges, sales of nothing, no minimum of collateral. */
const clipper: Terms.Dutch = {
  ...careful,
  reset: { _tag: 'WhenStale', after: 55n, below: ray('0.45') },
  minCollateralLeft: wad('0'),
  emptySale: 'allow',
  edges: 'strict',
}

/** Clipper without an end to the price: it reaches zero. */
const endless: Terms.Dutch = { ...clipper, reset: { _tag: 'Never' } }

export const dutchAuction: Dutch.Compiled = Dutch.compile(exampleTerms, careful)
export const clipperAuction: Dutch.Compiled = Dutch.compile(exampleTerms, clipper)
export const endlessAuction: Dutch.Compiled = Dutch.compile(exampleTerms, endless)

/** 10 of collateral for a debt of 36 and a target of 40, from a price of 5 at second 1000. */
export const dutchLot: Lot.Dutch = {
  _tag: 'Dutch',
  id: 'MAIN/1',
  line: 'MAIN',
  terms: 1,
  goods: { _tag: 'Collateral', asset: 'ETH', position: 'p1', owner: 'olga' },
  collateral: wad('10'),
  debt: rad('36'),
  target: rad('40'),
  startPrice: price(5n),
  startedAt: 1000,
  rewarded: rad('0'),
  lossAt: 'close',
  binding: 'inForce',
  lastAt: 1000,
  ended: false,
}

export const dutchAll: Dutch.Want = { _tag: 'All' }
export const dutchAmount = (text: string): Dutch.Want => ({ _tag: 'Amount', amount: wad(text) })
export const dutchSpend = (text: string): Dutch.Want => ({ _tag: 'Spend', money: rad(text) })

/** A take at an instant, by bob, at any price unless a limit is given. */
export const dutchTake = (
  at: number,
  want: Dutch.Want,
  limit: Fixed.Ray = price(1000n),
  atLeast: Fixed.Wad = Fixed.wad(0n),
): Dutch.Take => ({ _tag: 'Take', at, bidder: 'bob', want, limit, atLeast })

export const dutchReset = (at: number, market: Fixed.Ray): Dutch.Reset => ({
  _tag: 'Reset',
  at,
  keeper: 'kim',
  market,
})

/** What a decision comes to: the kinds of its events, or the refusal's. */
export const dutchOutcome = (decision: Dutch.Decision): readonly string[] =>
  E.isLeft(decision) ? [decision.left._tag] : decision.right.map(({ _tag }) => _tag)
