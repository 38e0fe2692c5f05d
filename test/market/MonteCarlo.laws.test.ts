/**
 * Laws of MonteCarlo, Moments and ClosedForm: spec/17-montecarlo.md. `npm run lab:deep` runs more of the same.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { ClosedForm, Moments, MonteCarlo, Single } from '../../src/market/index.js'
import * as exact from '../lab/exact.js'
import { compare, finer, isChance, known, settings } from '../lab/settings.js'

const kernelOf = (setting: Single.Setting): MonteCarlo.Kernel => {
  const made = MonteCarlo.make(setting)
  if (E.isLeft(made)) throw new Error(JSON.stringify(made.left))
  return made.right
}

const base: Single.Setting = {
  ...known(1e-3, 1e-3, 12, 0.05),
  blocks: { _tag: 'Fixed', every: 12 },
  clock: 'seconds',
  lasts: 6000,
}

const curves: Readonly<Record<string, Single.Curve>> = {
  exponential: { _tag: 'Exponential', rate: 1e-3 },
  stairs: { _tag: 'Stairs', stepEvery: 50, keepPerStep: 0.95 },
  linear: { _tag: 'Linear', zeroAfter: 1500 },
}

/** What a sale, a reset, a reserve and a target are about, on every curve and with blocks of both kinds. */
const variants: Readonly<Record<string, Partial<Single.Setting>>> = {
  plain: {},
  drifting: { drift: 2e-5, volatility: 3e-3 },
  'with margin and gas': { buyer: { margin: 0.02, gas: 0.01 } },
  'with a target': { target: 0.9, buyer: { margin: 0.01, gas: 0.002 } },
  'with resets by age': { markup: 1.3, volatility: 2e-3, reset: { after: 250, below: 0 } },
  'with resets by share': { markup: 1.3, volatility: 2e-3, reset: { after: 4000, below: 0.7703 } },
  'with a reserve': { reserve: 0.98, volatility: 2e-3, lasts: 900 },
}

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b)

for (const [name, curve] of Object.entries(curves))
  for (const tag of ['Fixed', 'Poisson'] as const)
    test(`MTC-5 on a curve that is ${name}, with blocks that are ${tag}, the exact core sells when the kernel does, at the same price`, () => {
      let [sold, unsold, resets] = [0, 0, 0]
      for (const [variant, changed] of Object.entries(variants)) {
        const setting = { ...base, curve, ...changed, blocks: { _tag: tag, every: 12 } }
        const count = 150
        const kept = MonteCarlo.records(count)
        const sums = MonteCarlo.run(kernelOf(setting), 9n, count, kept)
        const terms = exact.compiled(setting)
        const draws = exact.draws(9n, 0)
        let found = 0
        for (let i = 0; i < count; i++) {
          const outcome = exact.auction(setting, terms, draws)
          const [time = NaN, price = NaN, paid = NaN, fair = NaN, loss = NaN] = [
            kept.time[i],
            kept.price[i],
            kept.paid[i],
            kept.fair[i],
            kept.loss[i],
          ]
          if (outcome === undefined) {
            expect(price, `${variant} ${i}`).toBeNaN()
            unsold += 1
            continue
          }
          sold += 1
          found += outcome.resets
          const isSame =
            close(time, outcome.time) &&
            close(price, outcome.price) &&
            close(paid, outcome.paid) &&
            close(fair, outcome.fair) &&
            Math.abs(loss - outcome.loss) <= 1e-9
          expect(isSame, `${variant} ${i}: ${price} ${JSON.stringify(outcome)}`).toBe(true)
        }
        expect(sums.sold + (count - sums.sold)).toBe(count)
        // Those of auctions that ended unsold are not told here.
        expect(sums.resets).toBeGreaterThanOrEqual(found)
        resets += found
      }
      expect(sold).toBeGreaterThan(800)
      expect(unsold).toBeGreaterThan(0)
      expect(resets).toBeGreaterThan(20)
    })

test('MTC-3 with no volatility an auction ends in the first block at which its price is at or below the market', () => {
  const kept = MonteCarlo.records(3)
  const sums = MonteCarlo.run(kernelOf({ ...base, volatility: 0, markup: 1.05 }), 1n, 3, kept)
  const blocks = Math.ceil(Math.log(1.05) / 1e-3 / 12)
  expect(Array.from(kept.time)).toEqual([12 * blocks, 12 * blocks, 12 * blocks])
  expect(kept.price[0]).toBeCloseTo(1.05 * Math.exp(-1e-3 * 12 * blocks), 14)
  expect(sums.blocks).toBe(3 * blocks)
})

test('MTC-3 nothing is sold below the reserve, and what nobody bought in time is unsold', () => {
  const setting: Single.Setting = { ...base, reserve: 1.01, lasts: 600 }
  const kept = MonteCarlo.records(2000)
  const sums = MonteCarlo.run(kernelOf(setting), 4n, 2000, kept)
  expect(sums.sold).toBeGreaterThan(0)
  expect(sums.sold).toBeLessThan(2000)
  expect(Array.from(kept.price).every((price) => Number.isNaN(price) || price >= 1.01)).toBe(true)
  expect(Array.from(kept.time).every((time) => Number.isNaN(time) || time <= 600)).toBe(true)
})

test('MTC-4 a parameter that will not do is named', () => {
  const wrong: readonly (readonly [string, Partial<Single.Setting>])[] = [
    ['volatility', { volatility: -1 }],
    ['drift', { drift: NaN }],
    ['blocks.every', { blocks: { _tag: 'Fixed', every: 0 } }],
    ['curve.rate', { curve: { _tag: 'Exponential', rate: Infinity } }],
    ['curve.zeroAfter', { curve: { _tag: 'Linear', zeroAfter: 0 } }],
    ['curve.stepEvery', { curve: { _tag: 'Stairs', stepEvery: 0, keepPerStep: 0.9 } }],
    ['curve.keepPerStep', { curve: { _tag: 'Stairs', stepEvery: 1, keepPerStep: 1.1 } }],
    ['markup', { markup: 0 }],
    ['reserve', { reserve: -0.1 }],
    ['reset.after', { reset: { after: 0, below: 0 } }],
    ['reset.below', { reset: { after: 1, below: 1 } }],
    ['target', { target: 0 }],
    ['buyer.margin', { buyer: { margin: 1, gas: 0 } }],
    ['buyer.gas', { buyer: { margin: 0, gas: -1 } }],
    ['lasts', { lasts: 0 }],
    ['lasts', { lasts: 12 * Single.MOST_BLOCKS }],
  ]
  for (const [parameter, changed] of wrong)
    expect(MonteCarlo.make({ ...base, ...changed })).toMatchObject({
      left: { rule: 'MTC-4', parameter },
    })
})

test('MTC-6 the same seed gives the same numbers, and workers that share chunks the same sums', () => {
  const kernel = kernelOf({ ...base, blocks: { _tag: 'Poisson', every: 12 } })
  const auctions = 3 * MonteCarlo.CHUNK + 100
  const whole = MonteCarlo.run(kernel, 3n, auctions)
  expect(MonteCarlo.run(kernel, 3n, auctions)).toEqual(whole)
  expect(MonteCarlo.run(kernel, 4n, auctions)).not.toEqual(whole)
  // One worker has the odd chunks and another the even ones; whoever has them combines them in order.
  const sizes = [0, 1, 2, 3].map((i) => (i < 3 ? MonteCarlo.CHUNK : 100))
  const done = new Map([3, 1, 2, 0].map((i) => [i, MonteCarlo.chunk(kernel, 3n, i, sizes[i])]))
  const combined = [0, 1, 2, 3].reduce(
    (sums, i) => MonteCarlo.combine(sums, done.get(i) ?? MonteCarlo.none),
    MonteCarlo.none,
  )
  expect(combined).toEqual(whole)
})

test('MTC-6 means and variances are those of the figures that are kept', () => {
  const auctions = MonteCarlo.CHUNK + 500
  const kept = MonteCarlo.records(auctions)
  const sums = MonteCarlo.run(kernelOf(base), 8n, auctions, kept)
  for (const name of ['time', 'price', 'fair', 'paid', 'loss'] as const) {
    const some = kept[name].filter((x) => !Number.isNaN(x))
    const mean = some.reduce((sum, x) => sum + x, 0) / some.length
    const variance = some.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (some.length - 1)
    expect(sums[name].count).toBe(some.length)
    expect(sums[name].mean).toBeCloseTo(mean, 9)
    expect(Moments.variance(sums[name]) / variance).toBeCloseTo(1, 9)
  }
})

test('MTC-6 a variance keeps its digits however far from zero the numbers lie', () => {
  const of = (...numbers: number[]): Moments.Moments =>
    Moments.of(Float64Array.from(numbers), numbers.length)
  const far = Moments.combine(of(1e9 + 4, 1e9 + 7), of(1e9 + 13, 1e9 + 16))
  expect(far).toEqual({ count: 4, mean: 1e9 + 10, squares: 90 })
  expect(Moments.combine(Moments.none, far)).toEqual(far)
  expect(Moments.combine(far, Moments.of(new Float64Array(3), 0))).toEqual(far)
})

test('MTC-7 the formulas of the handbook come to the same, but where they divide nothing by nothing', () => {
  for (const setting of settings.slice(0, -5).filter(({ volatility }) => volatility > 0)) {
    const { blocks, curve, markup, volatility } = setting
    const rate = curve._tag === 'Exponential' ? curve.rate : NaN
    const fall = rate - volatility ** 2 / 2
    const k = (fall + Math.sqrt(fall ** 2 + (2 * volatility ** 2) / blocks.every)) / volatility ** 2
    const a = 1 / (1 + rate * blocks.every - volatility ** 2 * blocks.every)
    const found = ClosedForm.of(setting)
    expect(found?.loss).toBeCloseTo(1 - a * (1 - 1 / k), 9)
    const time = Math.log(markup) / fall + blocks.every + 1 / (k * fall)
    expect((found?.time ?? NaN) / time).toBeCloseTo(1, 9)
  }
})

test('MTC-7 there is no closed form outside its domain', () => {
  const inside = known(1e-4, 1e-3, 12, 0.05)
  expect(ClosedForm.of(inside)).toBeDefined()
  const outside: readonly Partial<Single.Setting>[] = [
    { blocks: { _tag: 'Fixed', every: 12 } },
    { clock: 'seconds' },
    { curve: { _tag: 'Linear', zeroAfter: 100 } },
    { markup: 0.99 },
    { volatility: 0.02 },
    { reserve: 0.1 },
    { target: 0.5 },
    { reset: { after: 100, below: 0 } },
    { buyer: { margin: 0, gas: 0.001 } },
  ]
  for (const changed of outside) expect(ClosedForm.of({ ...inside, ...changed })).toBeUndefined()
})

/** Every so manieth setting, with as many auctions as a test has time for. */
const some = settings.filter((_, i) => i % 12 === 5 || i >= settings.length - 5)

test('MTC-8 simulated losses and times are those of the closed form, and so is the variance of a loss', () => {
  const distances = some.flatMap((setting, i) => {
    const sums = MonteCarlo.run(kernelOf(setting), 100n + BigInt(i), 20_000)
    const variance = ClosedForm.of(setting)?.lossVariance ?? NaN
    expect(Moments.variance(sums.loss) / variance).toBeGreaterThan(0.85)
    expect(Moments.variance(sums.loss) / variance).toBeLessThan(1.15)
    return compare(setting, sums).distances
  })
  expect(distances.length).toBeGreaterThan(30)
  expect(isChance(distances)).toBe(true)
})

test('MTC-8 so are those of the exact core, with time counted in thousandths of a second', () => {
  const distances = [known(4e-4, 1e-3, 60, 0.05), known(1e-3, 3e-3, 12, 0)].flatMap((setting) => {
    const fine = finer(setting, 1000)
    const terms = exact.compiled(fine)
    const draws = exact.draws(77n, 0)
    const found = Array.from({ length: 1000 }, () => exact.auction(fine, terms, draws)).filter(
      (outcome) => outcome !== undefined,
    )
    const of = (numbers: readonly number[]): Moments.Moments =>
      Moments.of(Float64Array.from(numbers), numbers.length)
    return compare(setting, {
      loss: of(found.map(({ loss }) => loss)),
      time: of(found.map(({ time }) => time / 1000)),
    }).distances
  })
  expect(distances.every((z) => Math.abs(z) <= 4)).toBe(true)
})

test('MTC-8 a closed form that is wrong by a twentieth is noticed', () => {
  const setting = known(4e-4, 1e-3, 60, 0.05)
  const sums = MonteCarlo.run(kernelOf(setting), 5n, 20_000)
  const { every } = setting.blocks
  const wrong = { ...setting, blocks: { ...setting.blocks, every: every * 1.05 } }
  expect(isChance(compare(setting, sums).distances)).toBe(true)
  expect(isChance(compare(wrong, sums).distances)).toBe(false)
})
