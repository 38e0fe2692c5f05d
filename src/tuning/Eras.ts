/**
 * Eras: which terms and which breaker a lot meets when, and the first second at which its price is what somebody waits for.
 *
 * Every price is one that the core answers. Where a curve never rises a second is found by halving, and else one by one.
 *
 * Laws: WIF-3, WIF-4 (spec/30-whatif.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import {
  type Auction,
  Check,
  Curve,
  Dutch,
  type Event,
  type Fixed,
  type Lot,
} from '../core/index.js'

// Model

/** Terms and a breaker, from an instant on until the next era. */
export interface Era {
  readonly from: Fixed.Seconds
  readonly auction: Auction.Compiled
  readonly level: Event.Level
}

/** Of a line, in order. The first counts from the beginning of time. */
export type Eras = readonly Era[]

/** What stays as it is so long stays for ever. */
const FOREVER = 10 * 365 * 86_400

/** Where a curve may rise, no more seconds than these are looked at. */
const MOST_SECONDS = 100_000

// Constructors

/** The eras that a lot obeys: under terms of its opening only the breaker changes. */
export const of = (eras: Eras, lot: Pick<Lot.Lot, 'binding' | 'terms'>): Eras => {
  if (lot.binding === 'inForce') return eras
  const own = eras.find(({ auction }) => auction.terms.version === lot.terms)?.auction
  return own === undefined ? eras : eras.map((era) => ({ ...era, auction: own }))
}

// Queries

/** The era at an instant. */
export const at = (eras: Eras, instant: Fixed.Seconds): Era | undefined =>
  eras.reduce<Era | undefined>((found, era) => (era.from <= instant ? era : found), eras[0])

export const saleOf = ({ sales }: Auction.Compiled, asset: string): Dutch.Compiled | undefined => {
  const sale = sales.get(asset)
  return sale?._tag === 'Dutch' ? sale : undefined
}

/** The price of a lot at an instant, if it has one. */
export const priceAt = (
  eras: Eras,
  lot: Lot.Dutch,
  instant: Fixed.Seconds,
): Fixed.Ray | undefined => {
  const era = at(eras, instant)
  const sale = era && saleOf(era.auction, lot.goods.asset)
  const status = sale && Dutch.status(sale, lot, instant)
  return status !== undefined && E.isRight(status) ? status.right.price : undefined
}

/** What is waited for: `reached`, which on a curve that never rises lasts once it is so, and `fits` when it is. */
interface Awaited {
  readonly command: 'Take' | 'Reset'
  readonly reached: (status: Dutch.Status) => boolean
  readonly fits: (status: Dutch.Status) => boolean
}

/** The first second from `low` to before `high` at which something is reached, if it then is for ever. */
const halved = (
  reached: (at: Fixed.Seconds) => boolean,
  low: Fixed.Seconds,
  high: Fixed.Seconds,
): Fixed.Seconds | undefined => {
  if (!reached(high - 1)) return undefined
  let [from, to] = [low, high - 1]
  while (from < to) {
    const middle = from + Math.floor((to - from) / 2)
    if (reached(middle)) to = middle
    else from = middle + 1
  }
  return to
}

const firstIn = (
  sale: Dutch.Compiled,
  lot: Lot.Dutch,
  low: Fixed.Seconds,
  high: Fixed.Seconds,
  { fits, reached }: Awaited,
): Fixed.Seconds | undefined => {
  const holds =
    (...all: readonly ((status: Dutch.Status) => boolean)[]) =>
    (at: Fixed.Seconds): boolean => {
      const status = Dutch.status(sale, lot, at)
      return E.isRight(status) && all.every((one) => one(status.right))
    }
  if (Curve.hazards(sale.sale.curve).length === 0) {
    const found = halved(holds(reached), low, high)
    return found !== undefined && holds(fits)(found) ? found : undefined
  }
  for (let at = low; at < Math.min(high, low + MOST_SECONDS); at += 1)
    if (holds(reached, fits)(at)) return at
  return undefined
}

const first = (
  eras: Eras,
  lot: Lot.Dutch,
  from: Fixed.Seconds,
  awaited: Awaited,
): Fixed.Seconds | undefined => {
  for (const [i, { auction, from: begins, level }] of eras.entries()) {
    const sale = saleOf(auction, lot.goods.asset)
    if (sale === undefined || level >= Check.haltedFrom[awaited.command]) continue
    const low = i === 0 ? from : Math.max(from, begins)
    // From then on it is stale, and nothing but a new start changes that.
    const last = lot.startedAt + Math.min(sale.staleFrom + 1, FOREVER)
    const high = Math.min(eras[i + 1]?.from ?? Infinity, Math.max(last, low + 1))
    const found = low < high ? firstIn(sale, lot, low, high, awaited) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** The first second at which a lot is for sale at a price or below it, if there is one before it has to be reset. */
export const firstAtMost = (
  eras: Eras,
  lot: Lot.Dutch,
  from: Fixed.Seconds,
  limit: Fixed.Ray,
): Fixed.Seconds | undefined =>
  first(eras, lot, from, {
    command: 'Take',
    reached: ({ price }) => price <= limit,
    fits: ({ stale }) => !stale,
  })

/** The first second at which a lot is stale, and may be reset. */
export const firstStale = (
  eras: Eras,
  lot: Lot.Dutch,
  from: Fixed.Seconds,
): Fixed.Seconds | undefined =>
  first(eras, lot, from, {
    command: 'Reset',
    reached: ({ stale }) => stale,
    fits: ({ stale }) => stale,
  })
