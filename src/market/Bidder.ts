/**
 * Bidder: who buys, at what margin, with what money, and how late.
 *
 * Laws: MKT-5 to MKT-7 (spec/16-market.md).
 */

import { Fixed, Seizure } from '../core/index.js'
import * as Random from './Random.js'

// Model

/** What a bidder offers for gas. What is offered is paid; an order waits while a block's gas price is above it (MKT-19). */
export type Offer =
  /** What the block asks for, whatever that is. */
  | { readonly _tag: 'Market' }
  /** So many gwei, whatever the block asks for. */
  | { readonly _tag: 'Fixed'; readonly gwei: Fixed.Ray }
  /** So many times what the block asks for in which it decides. */
  | { readonly _tag: 'Times'; readonly factor: Fixed.Ray }

/** How a bidder acts, beside its margin, its money and its delay. */
export interface Traits {
  readonly gas: Offer
  /** How long money is away after a purchase: until what was bought is sold. */
  readonly returns: Fixed.Seconds
  /** The most collateral that it holds and has not sold yet; any amount where it does not say. */
  readonly inventory?: Fixed.Wad
  /** The share of the price that it asks for on top of its margin where prices fall: nothing for the eager. */
  readonly patience: Fixed.Ray
  /** How it bids in rounds (MKT-22). */
  readonly style: 'honest' | 'lastMinute' | 'lowball'
  /** Where it sells what it bought: where that moves no price, in the pool, or in the pool in the same step (MKT-21). */
  readonly sells: 'elsewhere' | 'inPool' | 'atOnce'
}

export interface Bidder extends Traits {
  readonly name: string
  /** The share of the market price that a purchase must leave to be worth it. */
  readonly margin: Fixed.Ray
  readonly capital: Fixed.Rad
  /** How long after it looked its order reaches a block. */
  readonly delay: Fixed.Seconds
}

/** The share of the price that a bidder asks more for every hour that it waits for what it pays for. */
export const WAIT_PER_HOUR: Fixed.Ray = Fixed.ray(Fixed.RAY / 50n)

/** A bidder with less than this part of its capital at hand does not look for lots. */
export const IDLE_PART = 100n

/** A bidder next to nothing bids at most this part of what a lot is worth to it. */
export const LOWBALL_PART = 100n

// Constructors

/** Pays any gas price, sells elsewhere within an hour, and bids what it gains by. */
export const plain: Traits = {
  gas: { _tag: 'Market' },
  returns: 3600,
  patience: Fixed.ray(0n),
  style: 'honest',
  sells: 'elsewhere',
}

const percent = Fixed.RAY / 100n
const millionths = 1_000_000n

/**
 * So many bidders who have `capital` together (MKT-5): margins from 0.5 to 5 per cent, delays from 0
 * to 60 seconds, and of the capital parts in proportion to 1 to 10. They are named for their kind, and alike in their traits.
 */
export const make = (
  seed: bigint,
  count: number,
  capital: Fixed.Rad,
  traits: Traits = plain,
  kind = 'bidder',
): readonly Bidder[] => {
  const names = Array.from({ length: count }, (_, i) => `${kind}-${i + 1}`)
  const weights = names.map((_, i) => 1n + Random.below(seed, 3 * i, 10n))
  const parts = Seizure.splitByWeight(capital, weights)
  return names.map((name, i) => ({
    ...traits,
    name,
    margin: Fixed.ray(
      percent / 2n +
        (Random.below(seed, 3 * i + 1, millionths) * (percent * 9n)) / (2n * millionths),
    ),
    capital: Fixed.rad(parts[i] ?? 0n),
    delay: Number(Random.below(seed, 3 * i + 2, 61n)),
  }))
}

// Queries

/** What is left of a price of one for a bidder who waits so long for what it buys, at least nothing (MKT-6). */
export const keep = ({ margin }: Pick<Bidder, 'margin'>, wait: number): Fixed.Ray => {
  const asked = Number.isSafeInteger(wait)
    ? Fixed.mulDiv(WAIT_PER_HOUR, BigInt(wait), 3600n, 'ceil')
    : Fixed.RAY
  return Fixed.ray(Fixed.max(Fixed.RAY - margin - asked, 0n))
}

/** The most that a bidder pays for one unit at a market price, before gas: what it keeps of it, rounded down (MKT-6). */
export const worth = (kept: Fixed.Ray, market: Fixed.Ray): Fixed.Ray =>
  Fixed.ray(Fixed.mulDiv(market, kept, Fixed.RAY, 'floor'))

/** The gwei that a bidder offers, decided on in a block that asks for so many; nothing where it pays what is asked (MKT-19). */
export const offered = (offer: Offer, gwei: Fixed.Ray): Fixed.Ray | undefined => {
  switch (offer._tag) {
    case 'Market':
      return undefined
    case 'Fixed':
      return offer.gwei
    case 'Times':
      return Fixed.ray(Fixed.mulDiv(gwei, offer.factor, Fixed.RAY, 'ceil'))
  }
}

/** Whether a bidder has none but the plain traits. */
export const isPlain = ({ gas, inventory, patience, sells, style }: Traits): boolean =>
  gas._tag === 'Market' &&
  inventory === undefined &&
  patience === 0n &&
  style === 'honest' &&
  sells === 'elsewhere'
