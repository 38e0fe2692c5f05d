/**
 * Clipper: MakerDAO's Dutch auction house (Dog and Clipper), its parameters as Terms of the core.
 *
 * Laws: MKR-1, MKR-5 (spec/14-maker.md).
 * Source: dog.sol and clip.sol in MakerDAO's dss.
 */

import { Auction, Fixed, Seizure, Terms } from '../core/index.js'
import { type Calc, calcOf, curveOf } from './Abacus.js'
import { same } from './Data.js'

// Model

/** The parameters by Maker's names, in Maker's units. */
export interface Parameters {
  readonly ilk: string
  readonly gem: string
  /** The least ratio of collateral to debt. */
  readonly mat: Fixed.Ray
  /** The start price as a multiple of the market price. */
  readonly buf: Fixed.Ray
  /** How long until a lot must be reset. */
  readonly tail: Fixed.Duration
  /** The share of the start price below which it must be reset. */
  readonly cusp: Fixed.Ray
  /** The part of the target that whoever opens or resets earns. */
  readonly chip: Fixed.Wad
  /** What he earns besides. */
  readonly tip: Fixed.Rad
  readonly calc: Calc
  /** The most money in flight. */
  readonly hole: Fixed.Rad
  /** One and the penalty. */
  readonly chop: Fixed.Wad
  /** The least debt of a position. */
  readonly dust: Fixed.Rad
}

// Constructors

/** The least target that a part sale leaves: dust × chop, rounded down; what upchost stores (MKR-5). */
export const chostOf = ({ chop, dust }: Pick<Parameters, 'chop' | 'dust'>): Fixed.Rad =>
  Seizure.targetOf({ sizing: { penaltyRate: Fixed.wad(chop - Fixed.WAD) } }, dust)

/**
 * The terms that sell as Clipper does, with its hazards: they are unchecked. `chost` is what the contract
 * has stored, which may be out of date (MKR-5).
 */
export const clipper = (ilk: Parameters, chost: Fixed.Rad = chostOf(ilk)): Terms.Terms =>
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
        sale: {
          _tag: 'Dutch',
          curve: curveOf(ilk.calc),
          markup: ilk.buf,
          reset: { _tag: 'WhenStale', after: ilk.tail, below: ilk.cusp },
          reserve: Fixed.ray(0n),
          minLeft: chost,
          minCollateralLeft: Fixed.wad(0n),
          emptySale: 'allow',
          edges: 'strict',
        },
      },
    ],
    ceiling: ilk.hole,
    sizing: {
      closeFactor: Fixed.WAD,
      cap: { _tag: 'Room' },
      dust: { _tag: 'Absorb', minDebt: ilk.dust },
      penaltyRate: Fixed.wad(ilk.chop - Fixed.WAD),
      split: 'byValue',
    },
    reward: { flat: ilk.tip, rate: ilk.chip, limit: 'none', payer: { _tag: 'Protocol' } },
    lossAt: 'seizure',
  })

/** The same with their prices worked out. */
export const compile = (ilk: Parameters, chost?: Fixed.Rad): Auction.Compiled =>
  Auction.compile(clipper(ilk, chost))

/** The parameters of terms that sell as Clipper does, and the chost among them; nothing of any others (MKR-1). */
export const parametersOf = (
  terms: Terms.Terms,
): { readonly ilk: Parameters; readonly chost: Fixed.Rad } | undefined => {
  const [collateral] = terms.collaterals
  const { dust, penaltyRate } = terms.sizing
  if (collateral?.sale._tag !== 'Dutch' || collateral.support._tag !== 'Ratio') return undefined
  const { asset, sale, support } = collateral
  const calc = calcOf(sale.curve)
  if (calc === undefined || sale.reset._tag === 'Never' || dust._tag === 'Ignore') return undefined
  const ilk: Parameters = {
    ilk: terms.line,
    gem: asset,
    mat: support.ratio,
    buf: sale.markup,
    tail: sale.reset.after,
    cusp: sale.reset.below,
    chip: terms.reward.rate,
    tip: terms.reward.flat,
    calc,
    hole: terms.ceiling,
    chop: Fixed.wad(Fixed.WAD + penaltyRate),
    dust: dust.minDebt,
  }
  const back = { ...clipper(ilk, sale.minLeft), version: terms.version }
  return same(back, terms) ? { ilk, chost: sale.minLeft } : undefined
}
