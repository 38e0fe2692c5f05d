/**
 * Sale: how much of a Dutch lot is sold at a price, for how much.
 *
 * Laws: DUT-4 to DUT-6 (spec/05-dutch.md).
 * Source: take of Clipper in MakerDAO's dss (clip.sol), with a second minimum, of collateral.
 */

import { min, type Rad, type Ray, rad, type Wad, wad, worth } from './Fixed.js'
import type * as Lot from './Lot.js'
import type * as Terms from './Terms.js'

// Model

/** How much a buyer wants: an amount, what a sum of money buys, or all that may be had. */
export type Want =
  | { readonly _tag: 'Amount'; readonly amount: Wad }
  | { readonly _tag: 'Spend'; readonly money: Rad }
  | { readonly _tag: 'All' }

/** What a buyer pays and gets. */
export interface Sale {
  readonly paid: Rad
  readonly bought: Wad
}

// Queries

/** What is wanted of a lot at a price, at most all of it: what money buys is rounded down (DUT-4). */
export const wantedOf = ({ collateral }: Lot.Dutch, want: Want, price: Ray): Wad => {
  switch (want._tag) {
    case 'Amount':
      return min(want.amount, collateral)
    case 'Spend': {
      const { money } = want
      // Less than no money buys less than nothing, whatever the price.
      if (money < 0n) return wad(money)
      return price > 0n ? min(wad(money / price), collateral) : collateral
    }
    case 'All':
      return collateral
  }
}

/**
 * The sale of up to `wanted`, which is at most the lot's collateral, at a price (DUT-5, DUT-6):
 * nothing if too little would be left. A payment is a Rad, exact; what is bought is rounded down. Who
 * knows what all that is wanted costs says so: `owed`.
 */
export const sale = (
  { collateral, target }: Pick<Lot.Dutch, 'collateral' | 'target'>,
  price: Ray,
  wanted: Wad,
  { minCollateralLeft, minLeft }: Pick<Terms.Dutch, 'minCollateralLeft' | 'minLeft'>,
  owed: Rad = worth(wanted, price),
): Sale | undefined => {
  if (owed > target) return { paid: target, bought: wad(target / price) }
  if (owed === target || wanted === collateral) return { paid: owed, bought: wanted }
  const most = wad(collateral - minCollateralLeft)
  const isCut = wanted > most
  if (isCut && most <= 0n) return undefined
  const bought = isCut ? most : wanted
  const paid = isCut ? worth(most, price) : owed
  if (target - paid >= minLeft) return { paid, bought }
  if (target <= minLeft) return undefined
  const rest = rad(target - minLeft)
  return { paid: rest, bought: wad(rest / price) }
}
