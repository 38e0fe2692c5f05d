/**
 * Clause: the parts that terms are made of, as data.
 *
 * Each is a tagged union or a number that one step function interprets, so that another system's
 * mechanism is another value here, not another engine.
 *
 * Ratios are Rays, or Wads where the contracts that they model hold them so: what a product
 * overflows at is part of being exact.
 */

import type { Curve } from './Shape.js'
import type { Duration, Rad, Ray, Wad } from './Fixed.js'

/** How much debt a unit of value supports. */
export type Support =
  /** The value must be at least `ratio` times the debt (Maker's mat). */
  | { readonly _tag: 'Ratio'; readonly ratio: Ray }
  /** The debt must be at most `share` of the value. */
  | { readonly _tag: 'LoanToValue'; readonly share: Ray }
  /** What is left of the value after the debt must be at least `share` of the value. */
  | { readonly _tag: 'Margin'; readonly share: Ray }

/**
 * Whether an instant at which a time runs out still belongs to that time. `halfOpen`: it does not,
 * so that at every instant either bidding or settling is open. `strict`: Maker's, where bidding ends
 * at the instant and settling or a reset begins a second later.
 */
export type Edges = 'halfOpen' | 'strict'

/** When a Dutch lot is stale, and starts again. */
export type ResetRule =
  | { readonly _tag: 'Never' }
  /** From `after` on (Maker's tail), or when the price is below `below` of the start price (cusp). */
  | { readonly _tag: 'WhenStale'; readonly after: Duration; readonly below: Ray }

/** A sale by a falling price. */
export interface Dutch {
  readonly _tag: 'Dutch'
  readonly curve: Curve
  /** The start price as a share of the market price (Maker's buf). */
  readonly markup: Ray
  readonly reset: ResetRule
  /**
   * The share of the market price at the start below which nothing is to be offered: a claim, which
   * `Terms.make` checks against curve, markup and reset rule (PAR-13). While the lot is sold nothing
   * enforces it but the reset rule. Only `Terms.unchecked` takes terms that waive it (zero).
   */
  readonly reserve: Ray
  /** The least target that a partial sale may leave (chost). */
  readonly minLeft: Rad
  /** The least collateral that a partial sale may leave: the host chooses what is worth at least `minLeft`. */
  readonly minCollateralLeft: Wad
  /** Whether a sale of nothing, or for nothing, is refused, or made as Clipper makes it. */
  readonly emptySale: 'refuse' | 'allow'
  readonly edges: Edges
}

/** When an English auction ends. */
export type Ending =
  /** At the end set when it opens, whatever is bid. */
  | { readonly _tag: 'Fixed' }
  /** A bid keeps it open for at least `by`, but never past `hardEnd` after it opened. */
  | { readonly _tag: 'Extended'; readonly by: Duration; readonly hardEnd: Duration }

/** A sale by rounds of bids. */
export interface English {
  readonly _tag: 'English'
  /** The least by which a bid must raise, or shrink what it asks for: 0.05 is five per cent (beg less one). */
  readonly minRaise: Wad
  /** How long a bid stands before it wins (ttl). */
  readonly bidLasts: Duration
  /** How long an auction is open (tau). */
  readonly lasts: Duration
  readonly ending: Ending
  /** The share of the market value that the first bid must reach; zero waives it (PAR-16). */
  readonly reserve: Ray
  /** A standing bid waits in escrow until it wins, or is income at once and the next bidder repays it. */
  readonly held: 'escrow' | 'income'
  /** By how much a restart grows the tokens offered for a loss: 0.5 is half as much again (pad less one). */
  readonly growth: Wad
  readonly edges: Edges
}

/** One asset that secures the line's debt, and how it is sold. */
export interface Collateral {
  readonly asset: string
  readonly support: Support
  /** The share of the market value that does not count. */
  readonly haircut: Ray
  readonly sale: Dutch | English
}

/** What limits the size of one opening besides the close factor. */
export type Cap =
  /** The room left under the ceilings (Dog). */
  | { readonly _tag: 'Room' }
  /** That, at most `most`, and only if there is room for `minRoom` (Cat's dunk, and the dust it asks of its box). */
  | { readonly _tag: 'Slice'; readonly most: Rad; readonly minRoom: Rad }

/** What becomes of a debt below `minDebt` that a part seizure would leave. */
export type Dust =
  | { readonly _tag: 'Ignore' }
  /** The seizure is refused (Reflexer). */
  | { readonly _tag: 'Refuse'; readonly minDebt: Rad }
  /** It is seized as well, past the cap; and no part below `minDebt` is seized (Dog). */
  | { readonly _tag: 'Absorb'; readonly minDebt: Rad }

/** How much is seized: one rounding a stage, in this order. */
export interface Sizing {
  /** The largest share of the debt that one opening seizes. */
  readonly closeFactor: Wad
  readonly cap: Cap
  readonly dust: Dust
  /** What the target adds to the debt: 0.13 is thirteen per cent (chop less one). */
  readonly penaltyRate: Wad
  /** Several assets share the debt by their market value, or cover it one after the other as listed. */
  readonly split: 'byValue' | 'inOrder'
}

/** Who pays rewards: the protocol, which books them as a loss, or a fund of its own. */
export type Payer = { readonly _tag: 'Protocol' } | { readonly _tag: 'Fund'; readonly of: string }

/** What whoever opens or resets a lot earns. */
export interface Reward {
  /** Whatever the size (tip). */
  readonly flat: Rad
  /** A share of the target (chip). */
  readonly rate: Wad
  /** All that a lot earns is at most the penalty that it is still to bring in, or as much as it comes to (Maker). */
  readonly limit: 'penalty' | 'none'
  readonly payer: Payer
}
