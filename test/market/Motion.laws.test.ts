/**
 * Laws of Motion and Correlated, and of paths of points: spec/18-prices.md. What is said of many draws is
 * held to four standard errors, by seeds that are fixed.
 */

import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fixed } from '../../src/core/index.js'
import { Correlated, Motion, PricePath } from '../../src/market/index.js'
import { law } from '../law.js'
import { correlationOf, get, isWithin, logReturns, mean, ratios, variance } from './statistics.js'

const { RAY, ray } = Fixed

const parts = (n: number, of: bigint): Fixed.Ray => ray((BigInt(n) * RAY) / of)

const seed = fc.bigInt(0n, 2n ** 64n - 1n)
const motion: fc.Arbitrary<Motion.Motion> = fc.record({
  start: fc.bigInt(1n, 10n ** 31n).map(ray),
  drift: fc.integer({ min: -100, max: 100 }).map((n) => parts(n, 10n ** 6n)),
  volatility: fc.nat(100).map((n) => parts(n, 10n ** 4n)),
  jumps: fc.option(
    fc.record({
      rate: fc.nat(100).map((n) => parts(n, 10n ** 4n)),
      mean: fc.integer({ min: -50, max: 50 }).map((n) => parts(n, 100n)),
      deviation: fc.nat(50).map((n) => parts(n, 100n)),
    }),
    { nil: undefined },
  ),
})
const times = fc.record({
  from: fc.integer({ min: -1000, max: 10 ** 9 }),
  lasts: fc.integer({ min: 1, max: 3000 }),
  every: fc.integer({ min: 1, max: 500 }),
})

law(
  'PRI-5',
  'points in order at prices above zero make a path of them, and any others are refused',
  fc.property(
    fc.array(fc.tuple(fc.integer({ min: -3, max: 9 }), fc.bigInt(-1n, 9n)), { maxLength: 5 }),
    (steps) => {
      let at = 0
      const points = steps.map(([gap, price]) => ({ at: (at += gap), price: ray(price) }))
      const isFit =
        points.length > 0 &&
        steps.slice(1).every(([gap]) => gap >= 0) &&
        points.every(({ price }) => price > 0n)
      const path = PricePath.along(points)
      return E.isLeft(path)
        ? !isFit && path.left.every(({ rule }) => rule === 'PRI-5')
        : isFit && path.right.points === points && path.right.to === at
    },
  ),
)

test('PRI-5 gas prices are in order and not below zero, and there is one', () => {
  const points = [{ at: 0, price: RAY }]
  const gas = (...all: readonly (readonly [number, bigint])[]): readonly PricePath.Gas[] =>
    all.map(([at, gwei]) => ({ at, gwei: ray(gwei) }))
  expect(E.isRight(PricePath.along(points, gas([0, 0n], [5, 1n])))).toBe(true)
  expect(E.isLeft(PricePath.along(points, gas()))).toBe(true)
  expect(E.isLeft(PricePath.along(points, gas([5, 1n], [0, 1n])))).toBe(true)
  expect(E.isLeft(PricePath.along(points, gas([0, -1n])))).toBe(true)
})

law(
  'PRI-6',
  'points begin at the start and stand every so often until the time has passed; longer goes on the same',
  fc.property(seed, motion, times, (seed, motion, at) => {
    const path = get(Motion.make(seed, motion, at))
    const longer = get(Motion.make(seed, motion, { ...at, lasts: at.lasts + 1000 }))
    return (
      path.points[0]?.price === motion.start &&
      path.points.every(
        ({ at: time, price }, i) => time === at.from + i * at.every && price > 0n,
      ) &&
      path.to >= at.from + at.lasts &&
      path.to < at.from + at.lasts + at.every &&
      path.points.every(({ price }, i) => price === longer.points[i]?.price)
    )
  }),
  { numRuns: 50 },
)

law(
  'PRI-6',
  'without volatility the price grows by the drift, to 20 digits',
  fc.property(motion, times, (motion, at) => {
    const steady = { ...motion, start: ray(motion.start + 10n ** 27n), volatility: ray(0n) }
    const path = get(Motion.make(1n, { ...steady, jumps: undefined }, at))
    const doubled = { ...steady, jumps: undefined, drift: ray(2n * motion.drift) }
    const twice = get(Motion.make(1n, doubled, at))
    // Twice the drift squares the factor.
    return path.points.every(({ price }, i) => {
      const [a, b] = [price * price, (twice.points[i]?.price ?? 0n) * steady.start]
      const off = a > b ? a - b : b - a
      return off * 10n ** 20n <= a + b
    })
  }),
  { numRuns: 50 },
)

law(
  'PRI-6',
  'settings beyond their bounds are refused, each by its name',
  fc.property(
    fc.constantFrom(
      ...(['start', 'drift', 'volatility', 'from', 'lasts', 'every'] as const),
      ...(['jumps.rate', 'jumps.mean', 'jumps.deviation'] as const),
    ),
    (name) => {
      const good = { start: RAY, drift: ray(0n), volatility: ray(0n) }
      const jumps = { rate: ray(0n), mean: ray(0n), deviation: ray(0n) }
      const at = { from: 0, lasts: 60, every: 6 }
      const [head, tail] = name.split('.')
      const far = ray(-100n * RAY)
      const refused = Motion.make(
        1n,
        {
          ...good,
          ...(head !== undefined && head in good ? { [head]: far } : {}),
          jumps: tail === undefined ? jumps : { ...jumps, [tail]: far },
        },
        head !== undefined && head in at ? { ...at, [head]: 0.5 } : at,
      )
      return (
        E.isRight(Motion.make(1n, { ...good, jumps }, at)) &&
        E.isLeft(refused) &&
        refused.left.some(({ setting }) => setting === name)
      )
    },
  ),
)

const minute = { from: 0, lasts: 20_000 * 60, every: 60 }
const wandering: Motion.Motion = {
  start: ray(2000n * RAY),
  drift: ray(0n),
  volatility: ray(RAY / 1000n),
  jumps: undefined,
}

law(
  'PRI-6',
  'of 20,000 steps the returns have the mean and variance stated, do not follow from each other, and the price is fair',
  fc.property(fc.constantFrom(1n, 2n, 3n), (seed) => {
    const path = get(Motion.make(seed, wandering, minute))
    const returns = logReturns(path)
    const wanted = 60e-6
    return (
      isWithin(mean(returns), -wanted / 2, Math.sqrt(wanted / 20_000)) &&
      isWithin(variance(returns), wanted, wanted * Math.sqrt(2 / 20_000)) &&
      isWithin(correlationOf(returns.slice(1), returns.slice(0, -1)), 0, 1 / Math.sqrt(20_000)) &&
      isWithin(mean(ratios(path)), 1, Math.sqrt(wanted / 20_000))
    )
  }),
  { numRuns: 3 },
)

test('PRI-6 of 20,000 wild steps the expected price is the one before, since half the variance is taken off', () => {
  // Four hundred short paths: one long one would fall out of sight.
  const wild = { ...wandering, volatility: ray(RAY / 30n) }
  const paths = Array.from({ length: 400 }, (_, i) =>
    get(Motion.make(BigInt(i), wild, { from: 0, lasts: 50 * 60, every: 60 })),
  )
  const wanted = 60 / 900
  expect(isWithin(mean(paths.flatMap(logReturns)), -wanted / 2, Math.sqrt(wanted / 20_000))).toBe(
    true,
  )
  expect(isWithin(mean(paths.flatMap(ratios)), 1, Math.sqrt(Math.expm1(wanted) / 20_000))).toBe(
    true,
  )
})

test('PRI-6 a year of seconds has the volatility of a year', () => {
  const second = Motion.ofYear(RAY)
  expect(second * second * 31_536_000n <= RAY * RAY).toBe(true)
  expect((second + 1n) ** 2n * 31_536_000n > RAY * RAY).toBe(true)
})

const jumping = (rate: bigint, deviation: bigint): Motion.Motion => ({
  ...wandering,
  volatility: ray(0n),
  jumps: { rate: ray(rate), mean: ray(0n - RAY / 100n), deviation: ray(deviation) },
})

law(
  'PRI-7',
  'of 20,000 steps as many have no jump, one, two … as the Poisson distribution says',
  fc.property(fc.constantFrom(1n, 2n, 3n), fc.constantFrom(1, 30, 600), (seed, hundredths) => {
    const expected = hundredths / 100
    const rate = (BigInt(hundredths) * RAY) / 6000n
    const path = get(Motion.make(seed, jumping(rate, 0n), minute))
    // Without a deviation a return is a steady part and so many hundredths.
    const gain = expected * (Math.exp(-0.01) - 1)
    const counts = logReturns(path).map((step) => -(step + gain) * 100)
    const whole = counts.map(Math.round)
    const share = (k: number): number => whole.filter((n) => n === k).length / whole.length
    const chance = (k: number): number =>
      k === 0 ? Math.exp(-expected) : (chance(k - 1) * expected) / k
    return (
      counts.every((n, i) => Math.abs(n - (whole[i] ?? 0)) < 1e-6) &&
      isWithin(mean(whole), expected, Math.sqrt(expected / 20_000)) &&
      [0, 1, 2, 6].every((k) =>
        isWithin(share(k), chance(k), Math.sqrt((chance(k) * (1 - chance(k))) / 20_000) + 1e-12),
      )
    )
  }),
  { numRuns: 9 },
)

law(
  'PRI-7',
  'jumps of any size have the variance stated, and leave the expected price where it is',
  fc.property(fc.constantFrom(1n, 2n, 3n), (seed) => {
    const path = get(Motion.make(seed, jumping(RAY / 100n, (3n * RAY) / 100n), minute))
    const returns = logReturns(path)
    // Of compound Poisson sums: rate times the second moment of a jump; the fourth for the error of that.
    const second = 0.6 * (0.01 ** 2 + 0.03 ** 2)
    const fourth = 0.6 * (0.01 ** 4 + 6 * 0.01 ** 2 * 0.03 ** 2 + 3 * 0.03 ** 4) + 3 * second ** 2
    return (
      isWithin(variance(returns), second, Math.sqrt((fourth - second ** 2) / 20_000)) &&
      isWithin(mean(ratios(path)), 1, Math.sqrt(second / 20_000))
    )
  }),
  { numRuns: 3 },
)

const share = (n: number): Fixed.Ray => parts(n, 100n)
const one = RAY

law(
  'PRI-8',
  'the first asset moves as it does alone, and one that is added changes none before it',
  fc.property(seed, motion, motion, motion, times, (seed, a, b, c, at) => {
    const [p, q, r] = [share(60), share(-30), share(10)]
    const assets = [a, b, c].map((one, i) => ({ ...one, asset: `A${i}` }))
    const matrix = [
      [one, p, q],
      [p, one, r],
      [q, r, one],
    ]
    const three = get(Correlated.make(seed, assets, matrix, at))
    const two = get(
      Correlated.make(
        seed,
        assets.slice(0, 2),
        matrix.slice(0, 2).map((row) => row.slice(0, 2)),
        at,
      ),
    )
    const alone = get(Motion.make(seed, a, at))
    const same = (
      x: PricePath.PricePath | undefined,
      y: PricePath.PricePath | undefined,
    ): boolean => x !== undefined && x.points.every(({ price }, i) => price === y?.points[i]?.price)
    return same(three.get('A0'), alone) && ['A0', 'A1'].every((n) => same(two.get(n), three.get(n)))
  }),
  { numRuns: 30 },
)

test('PRI-8 no asset, one that stands twice, and a motion out of bounds are refused', () => {
  const at = { from: 0, lasts: 60, every: 6 }
  const asset = { ...wandering, asset: 'ETH' }
  const settings = (made: ReturnType<typeof Correlated.make>): readonly string[] =>
    E.isLeft(made) ? made.left.map(({ setting }) => setting) : []
  const square = [
    [one, one],
    [one, one],
  ]
  expect(settings(Correlated.make(1n, [], [], at))).toEqual(['assets.length'])
  expect(settings(Correlated.make(1n, [asset, asset], square, at))).toEqual(['assets[1].asset'])
  expect(settings(Correlated.make(1n, [{ ...asset, start: ray(0n) }], [[one]], at))).toEqual([
    'assets[0].start',
  ])
})

law(
  'PRI-8',
  'of 20,000 steps the returns of each two assets are correlated as stated',
  fc.property(fc.constantFrom(1n, 2n, 3n), (seed) => {
    const wanted = [
      [one, share(80), share(-50)],
      [share(80), one, share(0)],
      [share(-50), share(0), one],
    ]
    const assets = ['a', 'b', 'c'].map((asset) => ({ ...wandering, asset }))
    const returns = [...get(Correlated.make(seed, assets, wanted, minute)).values()].map(logReturns)
    return wanted.every((row, i) =>
      row.every((correlation, j) => {
        const rho = Number(correlation) / 1e27
        const error = (1 - rho * rho) / Math.sqrt(20_000) + 1e-12
        return isWithin(correlationOf(returns[i] ?? [], returns[j] ?? []), rho, error)
      }),
    )
  }),
  { numRuns: 3 },
)

const cell = fc.integer({ min: -3, max: 3 })
const symmetric = fc.tuple(cell, cell, cell, cell, cell, cell).map(([a, b, c, d, e, f]) => [
  [a, b, c],
  [b, d, e],
  [c, e, f],
])

law(
  'PRI-9',
  'a triangle is found where no principal minor is below zero, and for no other matrix',
  fc.property(symmetric, (whole) => {
    const at = (i: number, j: number): number => whole[i]?.[j] ?? 0
    const minor = (i: number, j: number): number => at(i, i) * at(j, j) - at(i, j) ** 2
    const all =
      at(0, 0) * minor(1, 2) -
      at(0, 1) * (at(0, 1) * at(2, 2) - at(1, 2) * at(0, 2)) +
      at(0, 2) * (at(0, 1) * at(1, 2) - at(1, 1) * at(0, 2))
    const minors = [at(0, 0), at(1, 1), at(2, 2), minor(0, 1), minor(0, 2), minor(1, 2), all]
    const matrix = whole.map((row) => row.map((n) => parts(n, 1n)))
    return (Correlated.cholesky(matrix) !== undefined) === minors.every((n) => n >= 0)
  }),
  { numRuns: 2000 },
)

law(
  'PRI-9',
  'a triangle times its transpose is the matrix, to a few units, whatever the rank',
  fc.property(
    fc.integer({ min: 1, max: 6 }).chain((size) =>
      fc.array(
        fc.array(fc.bigInt(-(10n ** 13n), 10n ** 13n), { minLength: size, maxLength: size }),
        {
          minLength: 1,
          maxLength: 6,
        },
      ),
    ),
    (factor) => {
      const matrix = factor.map((row) =>
        factor.map((other) => ray(row.reduce((sum, part, k) => sum + part * (other[k] ?? 0n), 0n))),
      )
      const triangle = Correlated.cholesky(matrix)
      return matrix.every((row, i) =>
        row.every((wanted, j) => {
          const [left, right] = [triangle?.[i] ?? [], triangle?.[j] ?? []]
          const found = left.reduce((sum, part, k) => sum + part * (right[k] ?? 0n), 0n)
          const off = found - wanted * RAY
          return (
            left.every((part, k) => k <= i || part === 0n) && (off < 0n ? -off : off) <= 24n * RAY
          )
        }),
      )
    },
  ),
)

test('PRI-9 a matrix that is no correlation is refused, and where is said', () => {
  const at = { from: 0, lasts: 60, every: 6 }
  const assets = ['a', 'b'].map((asset) => ({ ...wandering, asset }))
  const settings = (matrix: Correlated.Matrix): readonly string[] => {
    const made = Correlated.make(1n, assets, matrix, at)
    return E.isLeft(made) ? made.left.map(({ rule, setting }) => `${rule} ${setting}`) : []
  }
  const p = share(50)
  expect(
    settings([
      [one, p],
      [p, one],
    ]),
  ).toEqual([])
  expect(settings([[one, p]])).toEqual(['PRI-9 correlation'])
  expect(
    settings([
      [one, p],
      [share(40), one],
    ]),
  ).toEqual(['PRI-9 correlation[1][0]'])
  expect(
    settings([
      [one, p],
      [p, p],
    ]),
  ).toEqual(['PRI-9 correlation[1][1]'])
  expect(
    settings([
      [one, share(101)],
      [share(101), one],
    ]),
  ).toEqual(['PRI-9 correlation'])
})
