/**
 * Clipper: MakerDAO's Dutch auction house (Dog and Clipper), its parameters as Terms of the core.
 *
 * Source: dog.sol, clip.sol and abaci.sol in MakerDAO's dss.
 */

import { Curve, Fixed, Terms } from '../core/index.js'

// Model

/** A price function of abaci.sol. */
export type Calc =
  | { readonly _tag: 'LinearDecrease'; readonly tau: Fixed.Duration }
  | {
      readonly _tag: 'StairstepExponentialDecrease'
      readonly step: Fixed.Duration
      readonly cut: Fixed.Ray
    }
  | { readonly _tag: 'ExponentialDecrease'; readonly cut: Fixed.Ray }

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

const curveOf = (calc: Calc): Curve.Curve => {
  switch (calc._tag) {
    case 'LinearDecrease':
      return Curve.unchecked.linear(calc.tau)
    case 'StairstepExponentialDecrease':
      return Curve.unchecked.stairs(calc.step, calc.cut)
    case 'ExponentialDecrease':
      return Curve.unchecked.exponential(calc.cut)
  }
}

/** The terms that sell as Clipper does, with its hazards: they are unchecked. */
export const clipper = (ilk: Parameters): Terms.Terms =>
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
          // chost, the least target that a part sale leaves
          minLeft: Fixed.rad(Fixed.mulDiv(ilk.dust, ilk.chop, Fixed.WAD, 'floor')),
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
