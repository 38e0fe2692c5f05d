/**
 * Flipper: MakerDAO's English auction house (Cat and Flipper), its parameters as Terms of the core.
 *
 * Source: cat.sol and flip.sol in MakerDAO's dss.
 */

import { Fixed, Terms } from '../core/index.js'

// Model

/** The parameters by Maker's names, in Maker's units. */
export interface Parameters {
  readonly ilk: string
  readonly gem: string
  /** The least ratio of collateral to debt. */
  readonly mat: Fixed.Ray
  /** One and the least raise. */
  readonly beg: Fixed.Wad
  /** How long a bid stands. */
  readonly ttl: Fixed.Duration
  /** How long an auction lasts. */
  readonly tau: Fixed.Duration
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
        sale: {
          _tag: 'English',
          minRaise: Fixed.wad(ilk.beg - Fixed.WAD),
          bidLasts: ilk.ttl,
          lasts: ilk.tau,
          ending: { _tag: 'Fixed' },
          reserve: Fixed.ray(0n),
          held: 'income',
          growth: Fixed.wad(0n),
          edges: 'strict',
        },
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
