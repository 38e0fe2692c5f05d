/**
 * Presets: terms by name. The default ones have no known hazard; Maker's have, and say so.
 *
 * All judge a position alike (a ratio of 1.5, a penalty of 13 %) and none has a ceiling that a crash
 * day reaches, so that all open the same lots.
 */

import { Curve, Fixed, type Terms } from '../core/index.js'
import { EthA, Maker } from '../maker/index.js'

// Model

export type Name = 'dutch-default' | 'english-default' | 'maker-clipper' | 'maker-flipper'

// Constructors

const thousandths = (n: bigint): Fixed.Ray => Fixed.ray((n * Fixed.RAY) / 1000n)
const parts = (n: bigint): Fixed.Wad => Fixed.wad((n * Fixed.WAD) / 1000n)
const money = (n: bigint): Fixed.Rad => Fixed.rad(n * Fixed.RAD)

const line = 'ETH-A'
const asset = 'ETH'

/** So high that a simulated day never reaches it: one thousand billions. */
const ample = money(10n ** 12n)

const terms = (sale: Terms.Dutch | Terms.English): Terms.Terms => ({
  line,
  version: 1,
  width: 'unbounded',
  binding: 'atOpening',
  unsafe: 'below',
  collaterals: [
    {
      asset,
      support: { _tag: 'Ratio', ratio: thousandths(1500n) },
      haircut: thousandths(0n),
      sale,
    },
  ],
  ceiling: ample,
  sizing: {
    closeFactor: Fixed.WAD,
    cap: { _tag: 'Room' },
    dust: { _tag: 'Absorb', minDebt: money(5_000n) },
    penaltyRate: parts(130n),
    split: 'byValue',
  },
  reward: { flat: money(100n), rate: parts(1n), limit: 'penalty', payer: { _tag: 'Protocol' } },
  lossAt: 'close',
})

/** A falling price without known hazards: from 1.2 times the market price down by 1 % a 90 seconds. */
const dutchDefault: Terms.Terms = terms({
  _tag: 'Dutch',
  curve: Curve.unchecked.stairs(90n, thousandths(990n)),
  markup: thousandths(1200n),
  reset: { _tag: 'WhenStale', after: 8_400n, below: thousandths(400n) },
  reserve: thousandths(400n),
  minLeft: money(5_000n),
  minCollateralLeft: parts(10n),
  emptySale: 'refuse',
  edges: 'halfOpen',
})

/** Rounds of bids without known hazards: a reserve of half the market value, half an hour to better a bid. */
const englishDefault: Terms.Terms = terms({
  _tag: 'English',
  minRaise: parts(30n),
  bidLasts: 1_800n,
  lasts: 21_600n,
  ending: { _tag: 'Extended', by: 1_800n, hardEnd: 43_200n },
  reserve: thousandths(500n),
  held: 'escrow',
  growth: parts(0n),
  edges: 'halfOpen',
})

/**
 * Maker's Clipper as for ETH-A in October 2021, but for `hole`, which a crash day reaches (40 million, and
 * 120 are seized), and `mat`: with those of then it would open other lots than the rest, and later.
 */
const makerClipper: Terms.Terms = Maker.clipper({
  ...EthA.clipper,
  mat: thousandths(1500n),
  hole: ample,
})

/**
 * Maker's Flipper as for ETH-A in March 2020, but for `box` and `dunk`, which came later: with them
 * (10 million, 50,000) it would open more lots than the rest, smaller ones and later.
 */
const makerFlipper: Terms.Terms = Maker.flipper({ ...EthA.flipper, box: ample, dunk: ample })

/** The terms of every name. */
export const presets: Readonly<Record<Name, Terms.Terms>> = {
  'dutch-default': dutchDefault,
  'english-default': englishDefault,
  'maker-clipper': makerClipper,
  'maker-flipper': makerFlipper,
}
