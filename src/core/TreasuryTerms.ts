/**
 * TreasuryTerms: how a treasury sells surplus and covers losses; and the settings that are known to
 * lose money, which `make` refuses and `unchecked` does not.
 *
 * Laws: PAR-21 to PAR-25, and PAR-16 to PAR-19 of its two auctions (spec/08-parameters.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type * as Clause from './Clause.js'
import { type Duration, max, type Rad, ray, WAD, type Wad, type Width } from './Fixed.js'
import type { Hazard } from './Hazard.js'
import { atLeast } from './Hazard.js'
import { englishHazards, timeHazards } from './Safety.js'
import { nameHazards } from './Terms.js'

// Model

/** How the treasury sells its surplus and covers its losses. */
export interface Terms {
  readonly line: string
  readonly version: number
  readonly width: Width
  /** How long a loss waits before it may be healed or auctioned (wait). */
  readonly wait: Duration
  readonly surplus: {
    readonly token: string
    /** The money sold at a time (bump). */
    readonly lot: Rad
    /** The surplus that is never sold (hump). */
    readonly buffer: Rad
    /** The most money on auction at once (lid). */
    readonly limit: Rad
    /** The least first bid. */
    readonly minFirstBid: Wad
    readonly sale: Clause.English
  }
  readonly debt: {
    readonly token: string
    /** The loss covered at a time (sump). */
    readonly lot: Rad
    /** The tokens offered for it at first (dump). */
    readonly tokens: Wad
    readonly sale: Clause.English
  }
}

// Constructors

/** A treasury sells money for tokens, or tokens for money: no market price says what a first bid is worth. */
const noReserve = ray(0n)

/** All that is known to lose money in the terms of a treasury, in the order of spec/08-parameters.md. */
export const hazards = (terms: Terms): readonly Hazard[] => {
  const { debt, surplus, wait } = terms
  return [
    ...nameHazards('PAR-21', terms),
    ...atLeast('PAR-21', 'surplus.token.length', 'Count', BigInt(surplus.token.length), 1n),
    ...atLeast('PAR-21', 'debt.token.length', 'Count', BigInt(debt.token.length), 1n),
    ...timeHazards('PAR-22', 'wait', wait, 0n),
    ...atLeast('PAR-23', 'surplus.lot', 'Rad', surplus.lot, 1n),
    ...atLeast('PAR-23', 'surplus.buffer', 'Rad', surplus.buffer, 0n),
    ...atLeast('PAR-23', 'surplus.limit', 'Rad', surplus.limit, max<bigint>(surplus.lot, 1n)),
    ...atLeast('PAR-24', 'surplus.minFirstBid', 'Wad', surplus.minFirstBid, WAD),
    ...englishHazards(surplus.sale, 'surplus.sale.', noReserve, 0n),
    ...atLeast('PAR-25', 'debt.lot', 'Rad', debt.lot, 1n),
    ...atLeast('PAR-25', 'debt.tokens', 'Wad', debt.tokens, WAD),
    ...englishHazards(debt.sale, 'debt.sale.', noReserve, WAD),
  ]
}

/** Terms that no known hazard is in, or all that are (PAR-16 to PAR-19, PAR-21 to PAR-25). */
export const make = (terms: Terms): E.Either<readonly Hazard[], Terms> => {
  const found = hazards(terms)
  return found.length === 0 ? E.right(terms) : E.left(found)
}

/** The terms as they are given, hazards and all: for replaying history exactly. */
export const unchecked = (terms: Terms): Terms => terms
