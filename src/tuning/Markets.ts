/**
 * Markets: the market prices that a log tells of, by asset.
 *
 * Laws: WIF-2 (spec/30-whatif.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Dutch, type Fixed } from '../core/index.js'
import { Replay } from '../maker/index.js'

// Model

/** A market price, and from when on it is known. */
export interface Known {
  readonly at: Fixed.Seconds
  readonly market: Fixed.Ray
}

/** Of each asset, in the order in which they became known. */
export type Markets = ReadonlyMap<string, readonly Known[]>

// Queries

/** The last market price that is known at an instant. */
export const at = (
  markets: Markets,
  asset: string,
  instant: Fixed.Seconds,
): Fixed.Ray | undefined => {
  const all = markets.get(asset) ?? []
  for (let i = all.length - 1; i >= 0; i -= 1) {
    const one = all[i]
    if (one !== undefined && one.at <= instant) return one.market
  }
  return undefined
}

/**
 * The market price that a start read: what the log says it read, or what was last known, if it leads to that start; else the least that
 * does (WIF-2). Nothing where none does.
 */
export const readBy = (
  sale: Dutch.Compiled,
  asset: string,
  startPrice: Fixed.Ray,
  feed: Fixed.Ray | undefined,
  known: Fixed.Ray | undefined,
): Fixed.Ray | undefined => {
  const leads = (market: Fixed.Ray): boolean => {
    const start = Dutch.startPriceOf(sale, asset, market)
    return E.isRight(start) && start.right === startPrice
  }
  if (feed !== undefined) return leads(feed) ? feed : undefined
  if (known !== undefined && leads(known)) return known
  const least = Replay.leastMarket(sale, asset, startPrice)
  return leads(least) ? least : undefined
}
