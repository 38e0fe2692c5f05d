/**
 * Laws of Simulate over days drawn by chance: spec/16-market.md.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fixed, type Terms } from '../../src/core/index.js'
import { Arbitrary } from '../../src/testing/index.js'
import { Outcome, Presets, Simulate } from '../../src/tuning/index.js'
import { law } from '../law.js'
import { drawn, run } from './scenario.js'

const sound = fc.constantFrom<Presets.Name>(
  'dutch-default',
  'english-default',
  'maker-clipper',
  'maker-flipper',
)

const base = Presets.presets['dutch-default']
const usual = base.collaterals.map(({ sale }) => sale)
const ofBids = Presets.presets['english-default'].collaterals.map(({ sale }) => sale)

type Sale = Terms.Dutch | Terms.English

/** The first sale with one field as in the second, if both have it. */
const mix = (good: Sale, bad: Sale, n: number): Sale => {
  const entries = (Object.entries(bad) as readonly (readonly [string, unknown])[]).filter(
    ([key]) => key in good && key !== '_tag',
  )
  const [key, value] = entries[n % entries.length] ?? ['edges', good.edges]
  return { ...good, [key]: value }
}

/** A sale of any kind; often one that sells, but for a part of it. */
const sale: fc.Arbitrary<Sale> = fc.oneof(
  fc
    .tuple(
      fc.constantFrom<Sale>(...usual, ...ofBids),
      fc.oneof<fc.Arbitrary<Sale>[]>(Arbitrary.dutch, Arbitrary.english),
      fc.nat(),
    )
    .map(([good, bad, n]) => mix(good, bad, n)),
  Arbitrary.dutch,
  Arbitrary.english,
)

/** Terms of one asset, whatever is known to be wrong with them: a ceiling that binds, a curve without a price. */
const wild: fc.Arbitrary<Terms.Terms> = fc
  .record({
    terms: Arbitrary.terms,
    sale,
    ceiling: fc.constantFrom(base.ceiling, Fixed.rad(10n ** 50n), Fixed.rad(3n * 10n ** 50n)),
    isPart: fc.boolean(),
  })
  .map(({ ceiling, isPart, sale, terms }) => ({
    ...terms,
    ceiling,
    // With a third at a time, and no dust rule, a position would make hundreds of lots.
    sizing: isPart
      ? { ...base.sizing, closeFactor: Fixed.wad(Fixed.WAD / 3n) }
      : { ...terms.sizing, closeFactor: Fixed.WAD },
    collaterals: base.collaterals.map((one) => ({ ...one, sale })),
  }))

/** Reading a value deeply frozen shows that it is not changed. */
const freeze = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const part of Object.values(value)) freeze(part)
  }
  return value
}

const isSound = (outcome: Outcome.Outcome): boolean => {
  const { capital, collateral, debt, lots, paid, penalty, secondsToClear } = outcome
  const amounts: readonly bigint[] = [
    ...[debt.seized, debt.repaid, debt.open, debt.bad, debt.cancelled],
    ...[collateral.seized, collateral.sold, collateral.open, collateral.returned],
    penalty,
    outcome.rewards,
    outcome.gas.keepers,
    outcome.gas.bidders,
    paid,
  ]
  return (
    Outcome.isWhole(outcome) &&
    amounts.every((amount) => amount >= 0n) &&
    paid <= debt.repaid + penalty &&
    capital.mostInUse <= capital.total &&
    outcome.bids.refused <= outcome.bids.sent &&
    lots.every(({ closedAt, openedAt }) => closedAt === undefined || closedAt >= openedAt) &&
    (secondsToClear === undefined || secondsToClear.median <= secondsToClear.p95)
  )
}

law(
  'MKT-16',
  'every unit is accounted for on any day, under terms with and without hazards of Maker',
  fc.property(
    sound.chain((name) => drawn(fc.constant(Presets.presets[name]))),
    (scenario) => isSound(run(scenario)),
  ),
)

law(
  'MKT-16',
  'every unit is accounted for under any terms of one asset, and nothing is thrown',
  fc.property(drawn(wild), (scenario) => isSound(run(scenario))),
)

law(
  'MKT-12',
  'any two auctions with ample ceilings open the same lots at the same moments',
  fc.property(
    drawn(fc.constant(Presets.presets['dutch-default'])),
    fc.constantFrom<Presets.Name>('english-default', 'maker-clipper'),
    fc.constantFrom(0n, 10n ** 51n),
    (scenario, other, capital) => {
      const opened = (outcome: Outcome.Outcome): unknown =>
        outcome.lots.map(({ collateral, debt, openedAt, position }) => [
          position,
          openedAt,
          collateral,
          debt,
        ])
      const bidders = scenario.bidders.map((one) => ({ ...one, capital: Fixed.rad(capital) }))
      const a = run(scenario)
      const b = run({ ...scenario, bidders, terms: Presets.presets[other] })
      expect(opened(a)).toEqual(opened(b))
    },
  ),
)

law(
  'MKT-11',
  'the same scenario, which is not changed, has the same outcome',
  fc.property(
    sound.chain((name) => drawn(fc.constant(Presets.presets[name]))),
    (scenario) => {
      const frozen = {
        ...scenario,
        path: freeze(scenario.path),
        positions: freeze(scenario.positions),
      }
      expect(run(frozen)).toEqual(run(scenario))
    },
  ),
  { numRuns: 40 },
)

test('MKT-16 the drawn days meet what the laws are about', () => {
  const outcomes = fc
    .sample(
      sound.chain((name) => drawn(fc.constant(Presets.presets[name]))),
      { numRuns: 200, seed: 1 },
    )
    .map(run)
  const count = (isMet: (outcome: Outcome.Outcome) => boolean): number =>
    outcomes.filter(isMet).length
  expect(count(({ lots }) => lots.length > 0)).toBeGreaterThan(100)
  expect(count(({ paid }) => paid > 0n)).toBeGreaterThan(40)
  expect(count(({ debt }) => debt.bad > 0n)).toBeGreaterThan(5)
  expect(count(({ debt }) => debt.open > 0n)).toBeGreaterThan(20)
  expect(count(({ bids }) => bids.refused > 0)).toBeGreaterThan(5)
  expect(count(({ resets }) => resets > 0)).toBeGreaterThan(5)
  expect(count(({ capital }) => capital.lotsShort > 0)).toBeGreaterThan(20)
  const wildOnes = fc.sample(drawn(wild), { numRuns: 200, seed: 1 }).map(run)
  expect(wildOnes.filter(({ lots }) => lots.length > 0).length).toBeGreaterThan(40)
  expect(wildOnes.filter(({ paid }) => paid > 0n).length).toBeGreaterThan(10)
  expect(wildOnes.some(({ notOpened }) => notOpened.size > 0)).toBe(true)
  expect(wildOnes.some(({ positionsDelayed }) => positionsDelayed > 0)).toBe(true)
})

test('SCN-3 terms of no asset, or of two, are not simulated', () => {
  const [scenario] = fc.sample(drawn(fc.constant(Presets.presets['dutch-default'])), 1)
  if (scenario === undefined) throw new Error('no sample')
  const [one] = scenario.terms.collaterals
  if (one === undefined) throw new Error('no collateral')
  for (const collaterals of [[], [one, { ...one, asset: 'BTC' }]])
    expect(Simulate.on({ ...scenario, terms: { ...scenario.terms, collaterals } })).toMatchObject({
      left: [{ rule: 'SCN-3', setting: 'terms.collaterals', found: `${collaterals.length}` }],
    })
})
