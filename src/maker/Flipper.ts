/**
 * Flipper: MakerDAO's English auction house (Cat and Flipper), its parameters as Terms of the core.
 *
 * Laws: MKR-1 (spec/14-maker.md).
 * Source: cat.sol and flip.sol in MakerDAO's dss.
 */

import { Auction, Fixed, Terms } from '../core/index.js'
import { same } from './Data.js'

// Model

/** The parameters that each of Maker's houses for bids has. */
export interface Bidding {
  /** One and the least raise. */
  readonly beg: Fixed.Wad
  /** How long a bid stands. */
  readonly ttl: Fixed.Duration
  /** How long an auction lasts. */
  readonly tau: Fixed.Duration
  /** One and by how much a restart grows what is sold, where it does (Flopper). */
  readonly pad?: Fixed.Wad
}

/** The parameters by Maker's names, in Maker's units. */
export interface Parameters extends Omit<Bidding, 'pad'> {
  readonly ilk: string
  readonly gem: string
  /** The least ratio of collateral to debt. */
  readonly mat: Fixed.Ray
  /** The most money in flight. */
  readonly box: Fixed.Rad
  /** The most debt, with its penalty, in one lot. */
  readonly dunk: Fixed.Rad
  /** One and the penalty. */
  readonly chop: Fixed.Wad
  /** The least debt of a position. */
  readonly dust: Fixed.Rad
}

// Constructors

/** A sale by bids as Flipper, Flapper and Flopper hold it. */
export const bidding = (
  { beg, pad = Fixed.wad(Fixed.WAD), tau, ttl }: Bidding,
  held: Terms.English['held'],
): Terms.English => ({
  _tag: 'English',
  minRaise: Fixed.wad(beg - Fixed.WAD),
  bidLasts: ttl,
  lasts: tau,
  ending: { _tag: 'Fixed' },
  reserve: Fixed.ray(0n),
  held,
  growth: Fixed.wad(pad - Fixed.WAD),
  edges: 'strict',
})

/** The terms that sell as Flipper does, with its hazards: they are unchecked. */
export const flipper = (ilk: Parameters): Terms.Terms =>
  Terms.unchecked({
    line: ilk.ilk,
    version: 1,
    width: 'uint256',
    binding: 'inForce',
    unsafe: 'below',
    collaterals: [
      {
        asset: ilk.gem,
        support: { _tag: 'Ratio', ratio: ilk.mat },
        haircut: Fixed.ray(0n),
        sale: bidding(ilk, 'income'),
      },
    ],
    ceiling: ilk.box,
    sizing: {
      closeFactor: Fixed.WAD,
      cap: { _tag: 'Slice', most: ilk.dunk, minRoom: ilk.dust },
      dust: { _tag: 'Ignore' },
      penaltyRate: Fixed.wad(ilk.chop - Fixed.WAD),
      split: 'byValue',
    },
    reward: {
      flat: Fixed.rad(0n),
      rate: Fixed.wad(0n),
      limit: 'none',
      payer: { _tag: 'Protocol' },
    },
    lossAt: 'seizure',
  })

/** The same, worked out. */
export const compile = (ilk: Parameters): Auction.Compiled => Auction.compile(flipper(ilk))

/** The parameters of terms that sell as Flipper does; nothing of any others (MKR-1). */
export const parametersOf = (terms: Terms.Terms): Parameters | undefined => {
  const [collateral] = terms.collaterals
  const { cap, penaltyRate } = terms.sizing
  if (collateral?.sale._tag !== 'English' || collateral.support._tag !== 'Ratio') return undefined
  if (cap._tag === 'Room') return undefined
  const { asset, sale, support } = collateral
  const ilk: Parameters = {
    ilk: terms.line,
    gem: asset,
    mat: support.ratio,
    beg: Fixed.wad(Fixed.WAD + sale.minRaise),
    ttl: sale.bidLasts,
    tau: sale.lasts,
    box: terms.ceiling,
    dunk: cap.most,
    chop: Fixed.wad(Fixed.WAD + penaltyRate),
    dust: cap.minRoom,
  }
  return same({ ...flipper(ilk), version: terms.version }, terms) ? ilk : undefined
}
