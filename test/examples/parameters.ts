/**
 * What the examples of spec/08-parameters.md change: terms that nothing is known to be wrong with.
 */

import { Curve, Fixed, Terms, type Treasury, TreasuryTerms } from '../../src/index.js'

const { rad, RAD, ray, RAY, wad, WAD } = Fixed

const percent = (n: bigint): Fixed.Ray => ray((RAY * n) / 100n)

/** Falls one per cent every minute and a half, from a fifth above the market to half of that. */
export const soundDutch: Terms.Dutch = {
  _tag: 'Dutch',
  curve: Curve.unchecked.stairs(90n, percent(99n)),
  markup: percent(120n),
  reset: { _tag: 'WhenStale', after: 7200n, below: percent(50n) },
  reserve: percent(60n),
  minLeft: rad(100n * RAD),
  minCollateralLeft: wad(WAD / 100n),
  emptySale: 'refuse',
  edges: 'halfOpen',
}

/** Two days of bids, each a twentieth better, the first at half of the market value. */
export const soundEnglish: Terms.English = {
  _tag: 'English',
  minRaise: wad(WAD / 20n),
  bidLasts: 10_800n,
  lasts: 172_800n,
  ending: { _tag: 'Extended', by: 3600n, hardEnd: 259_200n },
  reserve: percent(50n),
  held: 'escrow',
  growth: wad(0n),
  edges: 'halfOpen',
}

const ether: Terms.Collateral = {
  asset: 'ETH',
  support: { _tag: 'Ratio', ratio: percent(150n) },
  haircut: ray(0n),
  sale: soundDutch,
}

export const soundTerms: Terms.Terms = {
  line: 'SOUND',
  version: 1,
  width: 'unbounded',
  binding: 'atOpening',
  unsafe: 'below',
  collaterals: [ether],
  ceiling: rad(10n ** 6n * RAD),
  sizing: {
    closeFactor: WAD,
    cap: { _tag: 'Room' },
    dust: { _tag: 'Absorb', minDebt: rad(1000n * RAD) },
    penaltyRate: wad((WAD * 13n) / 100n),
    split: 'byValue',
  },
  reward: {
    flat: rad(100n * RAD),
    rate: wad(WAD / 1000n),
    limit: 'penalty',
    payer: { _tag: 'Protocol' },
  },
  lossAt: 'close',
}

export const soundTreasury: Treasury.Terms = {
  line: 'TREASURY',
  version: 1,
  width: 'unbounded',
  wait: 561_600n,
  surplus: {
    token: 'GOV',
    lot: rad(10_000n * RAD),
    buffer: rad(50_000n * RAD),
    limit: rad(30_000n * RAD),
    minFirstBid: WAD,
    sale: { ...soundEnglish, reserve: ray(0n) },
  },
  debt: {
    token: 'GOV',
    lot: rad(50_000n * RAD),
    tokens: wad(250n * WAD),
    sale: { ...soundEnglish, reserve: ray(0n), growth: wad(WAD / 2n) },
  },
}

/** The sound terms with something else. */
export const withTerms = (change: Partial<Terms.Terms>): Terms.Terms => ({
  ...soundTerms,
  ...change,
})

/** With something else about their one asset. */
export const withAsset = (change: Partial<Terms.Collateral>): Terms.Terms =>
  withTerms({ collaterals: [{ ...ether, ...change }] })

/** With something else about their sale by a falling price. */
export const withDutch = (change: Partial<Terms.Dutch>): Terms.Terms =>
  withAsset({ sale: { ...soundDutch, ...change } })

/** With a sale by bids, and something else about it. */
export const withEnglish = (change: Partial<Terms.English>): Terms.Terms =>
  withAsset({ sale: { ...soundEnglish, ...change } })

/** With something else about how much is seized. */
export const withSizing = (change: Partial<Terms.Sizing>): Terms.Terms =>
  withTerms({ sizing: { ...soundTerms.sizing, ...change } })

/** With another reward. */
export const withReward = (change: Partial<Terms.Reward>): Terms.Terms =>
  withTerms({ reward: { ...soundTerms.reward, ...change } })

/** A sound treasury with something else about its surplus, or its debt. */
export const withSurplus = (change: Partial<Treasury.Terms['surplus']>): Treasury.Terms => ({
  ...soundTreasury,
  surplus: { ...soundTreasury.surplus, ...change },
})
export const withDebt = (change: Partial<Treasury.Terms['debt']>): Treasury.Terms => ({
  ...soundTreasury,
  debt: { ...soundTreasury.debt, ...change },
})

/** The hazards of terms, short: rule, setting, and what would pass. */
export const hazardsIn = (terms: Terms.Terms | Treasury.Terms): readonly (readonly unknown[])[] =>
  ('collaterals' in terms ? Terms.hazards(terms) : TreasuryTerms.hazards(terms)).map(
    ({ bound, needs, parameter, rule }) => [
      rule,
      parameter.replace('collaterals[0].', ''),
      needs,
      bound,
    ],
  )
