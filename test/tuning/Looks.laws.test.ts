/**
 * Who is not asked could not have acted, against a slow model that asks all: MKT-18 of spec/16-market.md.
 */

import fc from 'fast-check'
import { expect } from 'vitest'
import { Fixed, type Terms } from '../../src/core/index.js'
import { Bidder, PricePath } from '../../src/market/index.js'
import { Outcome, Presets, Stage } from '../../src/tuning/index.js'
import * as Begin from '../../src/tuning/Begin.js'
import * as Looks from '../../src/tuning/Looks.js'
import * as Openings from '../../src/tuning/Openings.js'
import * as Outlook from '../../src/tuning/Outlook.js'
import * as Step from '../../src/tuning/Step.js'
import * as World from '../../src/tuning/World.js'
import { right } from '../example.js'
import { law } from '../law.js'
import { rows } from '../market/rows.js'
import { drawn, money, plain, run } from './scenario.js'
import { scenario, traits } from './scenarios.js'

/** The same day, every lot looked at in every block. */
const slowly = (stage: Stage.Stage, { endedAt, endedBy }: Outcome.Outcome) => {
  const world = right(Begin.make(stage))
  const openings = Openings.make(world)
  const blocks = stage.blocks.firstAt(endedAt)
  for (let block = 0; block <= blocks; block += 1) {
    Step.moveTo(world, block)
    Openings.open(world, openings)
    Step.arrive(world)
    for (const watch of world.watched.values()) Step.plan(world, watch, { block })
    Looks.look(world)
    // Orders that wait are thought of in every block, too.
    world.waitedFor = { gwei: Fixed.ray(-1n), lots: -1 }
  }
  return Outcome.make(world, endedBy)
}

const names = fc.constantFrom<Presets.Name>(
  'dutch-default',
  'english-default',
  'maker-clipper',
  'maker-flipper',
)

/** The terms of a name, or with a price that falls to nothing, or that rises, or that is not reset. */
const terms: fc.Arbitrary<Terms.Terms> = fc.oneof(
  names.map((name) => Presets.presets[name]),
  fc
    .record<Partial<Terms.Dutch>>(
      {
        curve: fc.constantFrom<Terms.Dutch['curve']>(
          { _tag: 'Linear', zeroAfter: 5_000n },
          { _tag: 'Stairs', stepEvery: 600n, keepPerStep: Fixed.ray((Fixed.RAY * 11n) / 10n) },
          { _tag: 'Constant', share: Fixed.ray((Fixed.RAY * 8n) / 10n) },
        ),
        reset: fc.constantFrom<Terms.ResetRule>(
          { _tag: 'Never' },
          { _tag: 'WhenStale', after: 3_000n, below: Fixed.ray(Fixed.RAY / 2n) },
        ),
        minLeft: fc.constantFrom(money(0n), money(100_000n)),
        emptySale: fc.constantFrom('refuse', 'allow'),
      },
      { requiredKeys: [] },
    )
    .map((changed) => {
      const base = Presets.presets['dutch-default']
      const collaterals = base.collaterals.map(
        (one): Terms.Collateral =>
          one.sale._tag === 'Dutch' ? { ...one, sale: { ...one.sale, ...changed } } : one,
      )
      return { ...base, collaterals }
    }),
)

/** Gas from nothing to more than a lot is worth, money from nothing to more than all are worth. */
const days: fc.Arbitrary<Stage.Stage> = fc
  .record({
    scenario: drawn(terms),
    gwei: fc.option(
      fc.nat(6).map((n) => Fixed.ray(10n ** BigInt(n) * Fixed.RAY)),
      { nil: undefined },
    ),
    capitals: fc.array(fc.constantFrom(0n, 1n, 300n, 5_000n, 50_000n, 200_000n, 10_000_000n), {
      minLength: 1,
      maxLength: 8,
    }),
    rows: rows(20),
    isOther: fc.boolean(),
    block: fc.constantFrom(30, 60, 97),
  })
  .map(({ block, capitals, gwei, isOther, rows, scenario }) => ({
    ...scenario,
    ...(isOther ? plain(PricePath.make(rows, gwei), block, 600, 0) : {}),
    bidders: Bidder.make(7n, capitals.length, money(1n)).map((bidder, i) => ({
      ...bidder,
      capital: money(capitals[i] ?? 0n),
    })),
  }))
  .map((scenario) => ({ ...scenario, until: scenario.path.to + 9_000 }))

law(
  'MKT-18',
  'the outcome is as if everybody looked at every lot in every block',
  fc.property(days, (scenario) => {
    const outcome = run(scenario)
    expect(slowly(scenario, outcome)).toEqual(outcome)
  }),
)

law(
  'MKT-18',
  'the same holds where bidders differ in more than margin, money and delay, and orders wait for cheaper blocks',
  fc.property(
    days,
    fc.array(traits, { minLength: 8, maxLength: 8 }),
    fc.array(fc.nat(400), { minLength: 1, maxLength: 20 }),
    (day, all, gas) => {
      const bidders = day.bidders.map((bidder, i) => ({ ...bidder, ...all[i] }))
      const gwei = (n: number) => Fixed.ray(BigInt(n) * Fixed.RAY)
      const path = {
        ...day.path,
        gas: gas.map((n, i) => ({ at: day.path.from + 300 * i, gwei: gwei(n) })),
      }
      const stage = { ...day, bidders, path }
      const outcome = run(stage)
      expect(slowly(stage, outcome)).toEqual(outcome)
    },
  ),
)

law(
  'MKT-18',
  'the same holds of any scenario',
  fc.property(scenario, (one) => {
    const stage = right(Stage.make(one))
    const outcome = run(stage)
    expect(slowly(stage, outcome)).toEqual(outcome)
  }),
)

law(
  'MKT-18',
  'the first block found is the first that holds something, where a span holds what its blocks do',
  fc.property(
    drawn(fc.constant(Presets.presets['dutch-default'])),
    fc.nat(400),
    fc.nat(400),
    fc.double({ min: 0, max: 1, noNaN: true }),
    (scenario, from, more, part) => {
      const world = right(Begin.make(scenario))
      const { path } = scenario
      const most = PricePath.highestIn(path, path.from, path.to)
      const wanted = BigInt(Math.floor(Number(most / 10n ** 15n) * part)) * 10n ** 15n
      const to = from + more
      const at = (block: number) => PricePath.priceAt(path, World.timeOf(world, block))
      const blocks = Array.from({ length: more + 1 }, (_, i) => from + i)
      const first = blocks.find((block) => at(block) >= wanted) ?? to + 1
      const found = Outlook.first(world, from, to, ({ highest }) => highest >= wanted)
      expect(Math.min(found, to + 1)).toBe(first)
    },
  ),
)
