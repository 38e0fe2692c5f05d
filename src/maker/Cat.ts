/**
 * Cat: how MakerDAO's first generation seizes a vault: bite.
 *
 * Laws: MKR-2, MKR-4, MKR-8 (spec/14-maker.md).
 * Source: cat.sol in MakerDAO's dss.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Auction, Fixed, type House, Treasury } from '../core/index.js'
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
import { lineOf } from './Sales.js'

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
const opener = 'cat'
const vow = 'vow'

const reasons: Reasons = {
  HouseClosed: 'Cat/not-live',
  NoRiskPrice: 'Cat/not-unsafe',
  Safe: 'Cat/not-unsafe',
  CeilingReached: 'Cat/liquidation-limit-hit',
  NothingSeized: 'Cat/null-auction',
}

// Calls

/** The house that a cat is, with the line of its flipper: both have the one ceiling. */
const catHouse = (auction: Auction.Compiled, { kicks, litter, live }: Cat): House.House => {
  const line = lineOf({ auction, kicks, stopped: 0n }, litter)
  return houseOf(auction, live, auction.terms.ceiling, litter, line)
}

/**
 * How much a bite would seize, before anything is opened: what the vat is told before the flipper is asked.
 * For a bite that is not refused before that.
 */
export const seizure = (auction: Auction.Compiled, cat: Cat, urn: Urn): Outcome<Seized> =>
  seizedOf(auction, catHouse(auction, cat), urn, reasons)

/** Seizes a part of an unsafe vault and opens an auction of it. Fails at the stages of Auction.open. */
export const bite = (
  auction: Auction.Compiled,
  cat: Cat,
  urn: Urn,
  spot: Fixed.Ray,
  at: Fixed.Seconds,
): Outcome<Bitten> => {
  const { terms } = auction
  const opened = Auction.open(auction)(
    catHouse(auction, cat),
    positionOf(auction, urn),
    quotesOf(auction, spot, none),
    { _tag: 'Open', at, keeper: opener },
  )
  const only = openedAs('English', wordedBySeizure(reasons), opened)
  if (E.isLeft(only)) return only
  const first = only.right
  const { collateral: ink, debt, shares: art, start, target: tab } = first
  const id = cat.kicks + 1n
  const about = { id, lot: ink, bid: 0n, tab, usr: urn.urn, gal: vow }
  return E.right({
    bid: { ...about, guy: opener, tic: 0, end: start.endsAt },
    tab,
    queued: Treasury.queuedBy(first),
    logs: [
      { name: 'Kick', ...about },
      { name: 'Bite', ilk: terms.line, urn: urn.urn, ink, art, tab: debt, id },
    ],
  })
}
