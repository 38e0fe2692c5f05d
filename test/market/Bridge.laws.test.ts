/**
 * Laws of Bridge and Bootstrap: spec/18-prices.md.
 */

import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { Fixed } from '../../src/core/index.js'
import { Bootstrap, Bridge, PricePath, Random, Real } from '../../src/market/index.js'
import { law } from '../law.js'
import { rows } from './rows.js'
import { get, isWithin, mean, variance } from './statistics.js'

const { RAY, ray } = Fixed

const seed = fc.bigInt(0n, 2n ** 64n - 1n)
const path = rows(6).map((rows) => PricePath.make(rows))
const volatility = fc.nat(50).map((n) => ray((BigInt(n) * RAY) / 10_000n))
const every = fc.integer({ min: 7, max: 900 })

law(
  'PRI-10',
  'the points that are known stay, and between them there is one every so often',
  fc.property(seed, path, volatility, every, (seed, path, volatility, every) => {
    const bridged = get(Bridge.make(seed, path, { volatility, every }))
    const times = path.points.flatMap(({ at }, i) => {
      const until = path.points[i + 1]?.at ?? at
      const between: number[] = []
      for (let time = at + every; time < until; time += every) between.push(time)
      return [at, ...between]
    })
    return (
      bridged.points.map(({ at }) => at).join() === times.join() &&
      path.points.every((point) => bridged.points.includes(point)) &&
      bridged.points.every(({ price }) => price > 0n) &&
      bridged.gas === path.gas
    )
  }),
  { numRuns: 100 },
)

law(
  'PRI-10',
  'without volatility the logarithm is on the line from end to end, to 20 digits',
  fc.property(fc.bigInt(1n, 10n ** 6n), fc.bigInt(1n, 10n ** 6n), every, (a, b, every) => {
    const ends = [
      { at: 0, price: ray(a * RAY) },
      { at: 3600, price: ray(b * RAY) },
    ]
    const bridged = get(Bridge.make(1n, PricePath.ofPoints(ends), { volatility: ray(0n), every }))
    const whole = Real.lnRatio(b, a)
    return bridged.points.every(({ at, price }) => {
      const off = Real.lnRatio(price, a * RAY) - (whole * BigInt(at)) / 3600n
      return (off < 0n ? -off : off) * 10n ** 20n <= RAY * 10n
    })
  }),
)

law(
  'PRI-10',
  'of 10,000 bridges the points have the mean and variance that the rule comes to, and their steps are tied',
  fc.property(fc.constantFrom(1n, 2n, 3n), (seed) => {
    const count = 10_000
    const hour = Array.from({ length: count + 1 }, (_, i) => ({
      at: i * 3600,
      price: ray(RAY * (i % 2 === 0 ? 1000n : 1100n)),
    }))
    const settings = { volatility: ray(RAY / 1000n), every: 1200 }
    const bridged = get(Bridge.make(seed, PricePath.ofPoints(hour), settings)).points
    // Of the way up or down, turned so that all go up.
    const way = (at: number): readonly number[] =>
      Array.from({ length: count }, (_, i) => {
        const [near, here] = [bridged[3 * i]?.price ?? 1n, bridged[3 * i + at]?.price ?? 1n]
        return (Number(Real.lnRatio(here, near)) / 1e27) * (i % 2 === 0 ? 1 : -1)
      })
    const [first, second] = [way(1), way(2)]
    const whole = Math.log(1.1)
    // At a share s of the time: s(1 − s) × 3600 × volatility^2; with the middle between the two tied by s(1 − t).
    const spread = (2 / 9) * 3600e-6
    const tie = (1 / 9) * 3600e-6
    const together = mean(
      first.map((one, i) => (one - whole / 3) * ((second[i] ?? 0) - (2 * whole) / 3)),
    )
    return (
      isWithin(mean(first), whole / 3, Math.sqrt(spread / count)) &&
      isWithin(mean(second), (2 * whole) / 3, Math.sqrt(spread / count)) &&
      isWithin(variance(first), spread, spread * Math.sqrt(2 / count)) &&
      isWithin(variance(second), spread, spread * Math.sqrt(2 / count)) &&
      isWithin(together, tie, Math.sqrt((spread ** 2 + tie ** 2) / count))
    )
  }),
  { numRuns: 3 },
)

law(
  'PRI-10',
  'a volatility out of bounds and a spacing of nothing are refused',
  fc.property(path, fc.constantFrom(-1n, RAY + 1n), (path, volatility) => {
    const bad = Bridge.make(1n, path, { volatility: ray(volatility), every: 0 })
    return E.isLeft(bad) && bad.left.map(({ setting }) => setting).join() === 'volatility,every'
  }),
)

const settings = fc.record({
  from: fc.integer({ min: 0, max: 10 ** 6 }),
  lasts: fc.integer({ min: 1, max: 20_000 }),
  every: fc.integer({ min: 1, max: 60 }).map((n) => n * 10),
  start: fc.bigInt(10n ** 24n, 10n ** 31n).map(ray),
  block: fc.integer({ min: 1, max: 12 }),
})

law(
  'PRI-11',
  'each step is one of the history, in blocks, with its gas, from where the seed says',
  fc.property(seed, path, settings, (seed, history, settings) => {
    const { block, every, from, start } = settings
    const steps = Math.floor((history.to - history.from) / every)
    const made = Bootstrap.make(seed, history, settings)
    if (E.isLeft(made)) return steps === 0 && made.left[0]?.setting === 'every'
    const { gas, points } = made.right
    let price: bigint = start
    return (
      points[0]?.at === from &&
      points[0].price === start &&
      points.slice(1).every((point, i) => {
        const first = Number(Random.below(seed, Math.floor(i / block), BigInt(steps)))
        const at = history.from + ((first + (i % block)) % steps) * every
        const [before, after] = [at, at + every].map((time) => PricePath.priceAt(history, time))
        price = Fixed.max((price * (after ?? 1n)) / (before ?? 1n), 1n)
        return (
          point.at === from + (i + 1) * every &&
          point.price === price &&
          gas[i]?.at === point.at - every &&
          gas[i].gwei === PricePath.gweiAt(history, at)
        )
      })
    )
  }),
)

law(
  'PRI-11',
  'of 20,000 steps drawn each of a history comes as often as any other',
  fc.property(fc.constantFrom(1n, 2n, 3n), fc.constantFrom(1, 5), (seed, block) => {
    // Ten steps, told apart by their gas price.
    const points = Array.from({ length: 11 }, (_, i) => ({ at: i * 60, price: RAY }))
    const gas = points.map(({ at }, i) => ({ at, gwei: ray(BigInt(i)) }))
    const history = PricePath.ofPoints(points, gas)
    const drawn = get(
      Bootstrap.make(seed, history, { from: 0, lasts: 1_200_000, every: 60, start: RAY, block }),
    )
    return gas.slice(0, 10).every(({ gwei }) => {
      const share = drawn.gas.filter((one) => one.gwei === gwei).length / 20_000
      return isWithin(share, 0.1, Math.sqrt((0.09 * block) / 20_000))
    })
  }),
  { numRuns: 6 },
)

law(
  'PRI-11',
  'a start at nothing and a block of nothing are refused',
  fc.property(path, (path) => {
    const good = { from: 0, lasts: 600, every: 60, start: RAY, block: 1 }
    const bad = Bootstrap.make(1n, path, { ...good, start: ray(0n), block: 0 })
    return E.isLeft(bad) && bad.left.map(({ setting }) => setting).join() === 'start,block'
  }),
)
