/**
 * Bidder: who buys, at what margin, with what money, and how late.
 *
 * Laws: MKT-5 to MKT-7 (spec/16-market.md).
 */

import { Fixed, Seizure } from '../core/index.js'
import * as Random from './Random.js'

// Model

export interface Bidder {
  readonly name: string
  /** The share of the market price that a purchase must leave to be worth it. */
  readonly margin: Fixed.Ray
  readonly capital: Fixed.Rad
  /** How long after it looked its order reaches a block. */
  readonly delay: Fixed.Seconds
}

/** The share of the price that a bidder asks more for every hour that it waits for what it pays for. */
export const WAIT_PER_HOUR: Fixed.Ray = Fixed.ray(Fixed.RAY / 50n)

/** How long money is away after a purchase: until what was bought is sold elsewhere. */
export const RESALE: Fixed.Seconds = 3600

/** A bidder with less than this part of its capital at hand does not look for lots. */
export const IDLE_PART = 100n

// Constructors

const percent = Fixed.RAY / 100n
const millionths = 1_000_000n

/**
 * So many bidders who have `capital` together (MKT-5): margins from 0.5 to 5 per cent, delays from 0
 * to 60 seconds, and of the capital parts in proportion to 1 to 10.
 */
export const make = (seed: bigint, count: number, capital: Fixed.Rad): readonly Bidder[] => {
  const names = Array.from({ length: count }, (_, i) => `bidder-${i + 1}`)
  const weights = names.map((_, i) => 1n + Random.below(seed, 3 * i, 10n))
  const parts = Seizure.splitByWeight(capital, weights)
  return names.map((name, i) => ({
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
export const keep = ({ margin }: Bidder, wait: number): Fixed.Ray => {
  const asked = Number.isSafeInteger(wait)
    ? Fixed.mulDiv(WAIT_PER_HOUR, BigInt(wait), 3600n, 'ceil')
    : Fixed.RAY
  return Fixed.ray(Fixed.max(Fixed.RAY - margin - asked, 0n))
}

/** The most that a bidder pays for one unit at a market price, before gas: what it keeps of it, rounded down (MKT-6). */
export const worth = (kept: Fixed.Ray, market: Fixed.Ray): Fixed.Ray =>
  Fixed.ray(Fixed.mulDiv(market, kept, Fixed.RAY, 'floor'))
