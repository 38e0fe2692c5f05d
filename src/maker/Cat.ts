/**
 * Cat: how MakerDAO's first generation seizes a vault: bite.
 *
 * Laws: MKR-2, MKR-4, MKR-8 (spec/14-maker.md).
 * Source: cat.sol in MakerDAO's dss.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Auction, Fixed, Treasury } from '../core/index.js'
import type { Bid } from './Bids.js'
import {
  houseOf,
  positionOf,
  quotesOf,
  type Seized,
  seizedOf,
  type Urn,
  wordedBySeizure,
} from './Dog.js'
import { openedAs, type Outcome, type Reasons } from './Failure.js'
import type { Bite, FlipKick } from './Log.js'

// Model

/** A cat: whether it is live, the money in flight, and how many auctions its flipper has opened. */
export interface Cat {
  readonly live: boolean
  readonly litter: Fixed.Rad
  readonly kicks: bigint
}

/** The auction that a bite makes, of which `tab` counts as in flight, the loss that the vow queues, and what is logged. */
export interface Bitten {
  readonly bid: Bid
  readonly tab: Fixed.Rad
  readonly queued: Fixed.Rad
  readonly logs: readonly [FlipKick, Bite]
}

const none = Fixed.ray(0n)

/** Who stands for the first bid, and who is paid. */
const cat = 'cat'
const vow = 'vow'

const reasons: Reasons = {
  HouseClosed: 'Cat/not-live',
  NoRiskPrice: 'Cat/not-unsafe',
  Safe: 'Cat/not-unsafe',
  CeilingReached: 'Cat/liquidation-limit-hit',
  NothingSeized: 'Cat/null-auction',
}

// Calls

/** How much a bite would seize, before anything is opened: what the vat is told before the flipper is asked. */
export const seizure = (
  auction: Auction.Compiled,
  { litter }: Pick<Cat, 'litter'>,
  urn: Urn,
): Outcome<Seized> => {
  const room = Fixed.rad(auction.terms.ceiling - litter)
  return seizedOf(auction, urn, none, { inHouse: room, inLine: room }, reasons)
}

/** Seizes a part of an unsafe vault and opens an auction of it. Fails at the stages of Auction.open. */
export const bite = (
  auction: Auction.Compiled,
  { kicks, litter, live }: Cat,
  urn: Urn,
  spot: Fixed.Ray,
  at: Fixed.Seconds,
): Outcome<Bitten> => {
  const { terms } = auction
  const line = {
    level: 0,
    version: terms.version,
    inFlight: litter,
    opened: Number(kicks),
    lastAt: 0,
  } as const
  const opened = Auction.open(auction)(
    houseOf(auction, live, terms.ceiling, litter, line),
    positionOf(auction, urn),
    quotesOf(auction, spot, none),
    { _tag: 'Open', at, keeper: cat },
  )
  const only = openedAs('English', wordedBySeizure(reasons), opened)
  if (E.isLeft(only)) return only
  const first = only.right
  const { collateral: ink, debt, shares: art, start, target: tab } = first
  const id = kicks + 1n
  const about = { id, lot: ink, bid: 0n, tab, usr: urn.urn, gal: vow }
  return E.right({
    bid: { ...about, guy: cat, tic: 0, end: start.endsAt },
    tab,
    queued: Treasury.queuedBy(first),
    logs: [
      { name: 'Kick', ...about },
      { name: 'Bite', ilk: terms.line, urn: urn.urn, ink, art, tab: debt, id },
    ],
  })
}
