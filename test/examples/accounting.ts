/**
 * What the examples of spec/07-accounting.md and spec/10-ports.md are about.
 */

import { Dutch, type Event, Fixed } from '../../src/index.js'
import { Book } from '../../src/engine/index.js'
import { exampleDutch, exampleTerms, exampleTreasuryTerms, rad } from '../example.js'

const about = {
  lot: 'MAIN/7',
  line: 'MAIN',
  at: 9,
  terms: 1,
  goods: { _tag: 'Collateral', asset: 'ETH', position: 'p1', owner: 'olga' },
  lossAt: 'close',
} as const

export const accountingOpened: Event.Opened = {
  _tag: 'Opened',
  ...about,
  collateral: Fixed.wad(11n),
  shares: Fixed.wad(12n),
  debt: Fixed.rad(12n),
  target: Fixed.rad(13n),
  binding: 'inForce',
  start: { _tag: 'Dutch', startPrice: Fixed.ray(14n) },
  keeper: 'kim',
  reward: Fixed.rad(0n),
  payer: { _tag: 'Protocol' },
}

export const accountingTaken: Event.Taken = {
  _tag: 'Taken',
  ...about,
  bidder: 'ben',
  price: Fixed.ray(15n),
  bought: Fixed.wad(16n),
  repaid: Fixed.rad(17n),
  penalty: Fixed.rad(0n),
}

export const accountingClosed: Event.Closed = {
  _tag: 'Closed',
  ...about,
  returned: Fixed.wad(0n),
  badDebt: Fixed.rad(0n),
  shortfall: Fixed.rad(0n),
  released: Fixed.rad(0n),
}

export const accountingRaised: Event.Raised = {
  _tag: 'Raised',
  ...about,
  bidder: 'ben',
  held: 'escrow',
  bid: 9n,
  paid: 9n,
  outbid: { bidder: 'ann', amount: 5n },
  bidExpiresAt: 20,
  endsAt: 30,
  repaid: Fixed.rad(0n),
  penalty: Fixed.rad(0n),
}

export const accountingAuction: Dutch.Compiled = Dutch.compile(exampleTerms, exampleDutch)

/** An empty book. */
export const portsBook = (): Book.Book => Book.make(rad('5000000'), exampleTreasuryTerms)
