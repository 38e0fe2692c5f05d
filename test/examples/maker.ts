/**
 * Samples for the examples of spec/14-maker.md: ten ETH against 1,500, at 200 after having been at more.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Auction, Fixed } from '../../src/index.js'
import type { Dog } from '../../src/maker/index.js'
import { Bids, Clipper, type Failure, Flipper, type Sales, Vow } from '../../src/maker/index.js'
import { rad, ray, wad } from '../example.js'

export { Bids, Clipper, Dog, File, Sales, Spotter, Vow } from '../../src/maker/index.js'

/** What a call answers, or why it fails. */
export const answered = <A>(outcome: Failure.Outcome<A>): A | string =>
  E.isLeft(outcome) ? outcome.left.reason : outcome.right

export const makerIlk: Clipper.Parameters = {
  ilk: 'ETH-A',
  gem: 'ETH',
  mat: ray('1'),
  buf: ray('1.2'),
  tail: 8400n,
  cusp: ray('0.4'),
  chip: wad('0.001'),
  tip: rad('300'),
  calc: { _tag: 'StairstepExponentialDecrease', step: 90n, cut: ray('0.99') },
  hole: rad('1000000'),
  chop: wad('1.13'),
  dust: rad('500'),
}

export const makerClip: Sales.Clip = {
  auction: Auction.compile(Clipper.clipper(makerIlk)),
  stopped: 0n,
  kicks: 0n,
}

export const makerDog: Dog.Dog = {
  live: true,
  Hole: rad('1000000'),
  Dirt: rad('0'),
  dirt: rad('0'),
}

export const makerUrn: Dog.Urn = {
  urn: 'urn',
  ink: wad('10'),
  art: wad('1500'),
  rate: ray('1'),
}

export const makerPrices: Dog.Prices = { spot: ray('133'), feed: E.right(ray('200')) }

/** A thousand to raise, from 240 down. */
export const makerSale: Sales.Sale = {
  id: 1n,
  tab: rad('1000'),
  lot: wad('10'),
  usr: 'urn',
  tic: 0,
  top: ray('240'),
}

export const makerAsked: Sales.Asked = { at: 7, amt: wad('1'), max: ray('300'), who: 'ann' }

const bidding = { beg: wad('1.05'), ttl: 10_800n, tau: 21_600n }

export const makerBidders: Bids.Bidders = Bids.bidders(
  'Flipper',
  Flipper.bidding(bidding, 'income'),
)

export const makerVowTerms: ReturnType<typeof Vow.vow> = Vow.vow({
  wait: 100n,
  bump: rad('10'),
  hump: rad('500'),
  sump: rad('50'),
  dump: wad('250'),
  flap: { ...bidding, lid: rad('100') },
  flop: { ...bidding, pad: wad('1.5') },
})

/** It has 100 and owes 90, of which 20 wait and 30 are on auction. */
export const makerVow: Vow.Vow = {
  dai: Fixed.rad(100n),
  sin: Fixed.rad(90n),
  Sin: Fixed.rad(20n),
  Ash: Fixed.rad(30n),
  fill: Fixed.rad(0n),
  live: true,
}
