/**
 * Purchase: what somebody is recorded to have bought, as what he would buy again.
 *
 * Laws: WIF-3 (spec/30-whatif.md).
 */

import { type Dutch, type Event, Fixed, type Lot } from '../core/index.js'

// Model

/** `since` is the start of the price that it was bought at; it was bought for `limit` a unit. */
export interface Purchase {
  readonly since: Fixed.Seconds
  readonly bidder: string
  readonly limit: Fixed.Ray
  readonly want: Dutch.Want
}

// Constructors

/**
 * A purchase of a lot, which was so before it. Who ended the lot asked for all there was. Who else paid more than the price of what was
 * bought was cut to that money, and had asked for more.
 */
export const of = (
  { bidder, bought, penalty, price, repaid }: Event.Taken,
  { collateral, startedAt, target }: Lot.Dutch,
): Purchase => {
  const money = Fixed.rad(repaid + penalty)
  const want: Dutch.Want =
    money === target || bought === collateral
      ? { _tag: 'All' }
      : money === Fixed.worth(bought, price)
        ? { _tag: 'Amount', amount: bought }
        : { _tag: 'Spend', money }
  return { since: startedAt, bidder, limit: price, want }
}

// Queries

/** What is wanted at a price. What money buys is rounded up: the core cuts it to the money. */
export const wantAt = ({ want }: Purchase, price: Fixed.Ray): Dutch.Want =>
  want._tag === 'Spend' && price > 0n
    ? { _tag: 'Amount', amount: Fixed.wad(Fixed.mulDiv(want.money, 1n, price, 'ceil')) }
    : want
