/**
 * Loan: what the example of README.md is about: terms, a position, prices, a house and two commands, plain data.
 */

import { type Auction, type Dutch, Fixed } from '../src/index.js'

export {
  exampleHouse as house,
  examplePosition as position,
  exampleQuotes as quotes,
  exampleTerms as terms,
} from './example.js'

export const open: Auction.Open = { _tag: 'Open', at: 1000, keeper: 'kim' }

/** All that may be had, at no more than 1,700 for one ETH, and at least one ETH. */
export const take: Dutch.Take = {
  _tag: 'Take',
  at: 1900,
  bidder: 'ben',
  want: { _tag: 'All' },
  limit: Fixed.ray(1700n * Fixed.RAY),
  atLeast: Fixed.WAD,
}
