/**
 * Scenarios drawn by chance: every part of a market in each of its kinds.
 */

import fc from 'fast-check'
import { Fixed } from '../../src/core/index.js'
import type { Bidder } from '../../src/market/index.js'
import type { Scenario } from '../../src/tuning/index.js'
import { Presets, type Sources } from '../../src/tuning/index.js'
import { rows } from '../market/rows.js'
import { money } from './scenario.js'

const parts = (n: number): Fixed.Ray => Fixed.ray((BigInt(n) * Fixed.RAY) / 1000n)
const gwei = (n: number): Fixed.Ray => Fixed.ray(BigInt(n) * Fixed.RAY)

const length = { from: 1_000_000, lasts: 6000, every: 300 }

const prices: fc.Arbitrary<Scenario.Prices> = fc.oneof(
  fc.record(
    {
      _tag: fc.constant('Rows' as const),
      rows: rows(10),
      bridge: fc.constant({ volatility: parts(2), every: 60 }),
    },
    { requiredKeys: ['_tag', 'rows'] },
  ),
  fc.constant<Scenario.Prices>({
    _tag: 'Motion',
    start: gwei(200),
    drift: Fixed.ray(-(Fixed.RAY / 10_000n)),
    volatility: parts(5),
    jumps: { rate: parts(1), mean: Fixed.ray(-(Fixed.RAY / 10n)), deviation: parts(50) },
    ...length,
  }),
  rows(10).map(
    (history): Scenario.Prices => ({
      _tag: 'Bootstrap',
      rows: history,
      start: gwei(100),
      block: 1,
      ...length,
      every: 60,
    }),
  ),
)

const gas: fc.Arbitrary<Scenario.GasPrices> = fc.oneof(
  fc.constantFrom(0, 1000, 3500).map((n) => ({ _tag: 'Recorded' as const, times: parts(n) })),
  fc.nat(500).map((n) => ({ _tag: 'Constant' as const, gwei: gwei(n) })),
  fc.constant<Scenario.GasPrices>({
    _tag: 'Spikes',
    base: gwei(20),
    gain: gwei(100),
    most: gwei(900),
    window: 1200,
    every: 60,
  }),
)

const blocks: fc.Arbitrary<Scenario.BlockTimes> = fc.oneof(
  fc.constantFrom(30, 97).map((every) => ({ _tag: 'Fixed' as const, every })),
  fc.constant<Scenario.BlockTimes>({ _tag: 'Poisson', mean: gwei(40) }),
)

const span = fc
  .tuple(fc.nat(4000), fc.nat(2000))
  .map(([from, more]) => ({ from, until: from + more }))

const step: fc.Arbitrary<Sources.Step> = fc.oneof(
  fc.nat(1200).map((by) => ({ _tag: 'Delayed' as const, by })),
  fc.record({
    _tag: fc.constant('Heartbeat' as const),
    every: fc.constantFrom(30, 60),
    heartbeat: fc.constantFrom(600, 3600),
    deviation: fc.nat(20).map(parts),
  }),
  fc.record({
    _tag: fc.constant('Breaker' as const),
    every: fc.constantFrom(60, 600),
    most: fc.nat(300).map(parts),
    holds: fc.constantFrom(300, 3000),
  }),
  span.map((one) => ({ _tag: 'Silent' as const, ...one })),
  fc.tuple(span, fc.nat(2000)).map(([one, n]) => ({
    _tag: 'Wrong' as const,
    ...one,
    factor: parts(n + 1),
  })),
)

const steps = fc.array(step, { maxLength: 2 })

/** What an auction may be told of prices. */
export const sources: fc.Arbitrary<Sources.Sources> = fc.oneof(
  steps.map((one) => ({ sources: [one] })),
  fc.record({
    sources: fc.array(steps, { minLength: 3, maxLength: 4 }),
    quorum: fc.record({
      maxAge: fc.constantFrom(600, 7200),
      least: fc.integer({ min: 1, max: 3 }),
    }),
    after: steps,
  }),
)

const offer: fc.Arbitrary<Bidder.Offer> = fc.oneof(
  fc.constant({ _tag: 'Market' as const }),
  fc.nat(200).map((n) => ({ _tag: 'Fixed' as const, gwei: gwei(n) })),
  fc.nat(3000).map((n) => ({ _tag: 'Times' as const, factor: parts(n) })),
)

/** Traits that bidders may have without a pool. */
export const traits: fc.Arbitrary<Partial<Bidder.Traits>> = fc.record(
  {
    gas: offer,
    inventory: fc.nat(500).map((n) => Fixed.wad(BigInt(n) * Fixed.WAD)),
    patience: fc.nat(100).map(parts),
    style: fc.constantFrom<Bidder.Traits['style']>('honest', 'lastMinute', 'lowball'),
  },
  { requiredKeys: [] },
)

const kinds = (hasPool: boolean): fc.Arbitrary<readonly Scenario.Kind[]> =>
  fc
    .array(
      fc.record(
        {
          count: fc.integer({ min: 1, max: 3 }),
          capital: fc.constantFrom(money(0n), money(50_000n), money(10_000_000n)),
          gas: offer,
          returns: fc.constantFrom(60, 3600),
          inventory: fc.nat(500).map((n) => Fixed.wad(BigInt(n) * Fixed.WAD)),
          patience: fc.nat(100).map(parts),
          style: fc.constantFrom('honest', 'lastMinute', 'lowball'),
          sells: hasPool
            ? fc.constantFrom('elsewhere', 'inPool', 'atOnce')
            : fc.constant('elsewhere'),
        } satisfies Record<Exclude<keyof Scenario.Kind, 'kind'>, fc.Arbitrary<unknown>>,
        { requiredKeys: ['count', 'capital'] },
      ),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) => all.map((one, i) => ({ ...one, kind: `kind${i}` })))

const positions: fc.Arbitrary<Scenario.Positions> = fc.oneof(
  fc.nat(8).map((count) => ({ _tag: 'Drawn' as const, count })),
  fc.nat(8).map((count) => ({
    _tag: 'Spread' as const,
    count,
    ratios: [1510, 1700, 2500].map(parts),
    debts: [money(1000n), money(90_000n)],
  })),
)

const names: readonly Presets.Name[] = [
  'dutch-default',
  'english-default',
  'maker-clipper',
  'maker-flipper',
]

/** Any scenario that can be made. */
export const scenario: fc.Arbitrary<Scenario.Scenario> = fc.boolean().chain((hasPool) =>
  fc.record({
    ...(hasPool
      ? {
          pool: fc.record({
            collateral: fc.constantFrom(300n, 20_000n).map((n) => Fixed.wad(n * Fixed.WAD)),
            fee: fc.constantFrom(0, 3).map(parts),
            keep: fc.constantFrom(990, 999).map(parts),
          }),
        }
      : {}),
    seed: fc.nat(1000).map(BigInt),
    prices,
    gas,
    blocks,
    oracle: sources,
    positions,
    bidders: kinds(hasPool).map((some) => ({ _tag: 'Drawn' as const, kinds: some })),
    until: fc.constantFrom(1_020_000, 1_050_000),
    terms: fc.constantFrom(...names).map((name) => Presets.presets[name]),
  }),
)
