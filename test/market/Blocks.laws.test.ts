/**
 * Laws of Blocks and GasPath: spec/20-blocks.md.
 */

import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { Fixed } from '../../src/core/index.js'
import { Blocks, GasPath, PricePath } from '../../src/market/index.js'
import { law } from '../law.js'
import { rows } from './rows.js'
import { correlationOf, get, isWithin, mean, variance } from './statistics.js'

const { RAY, ray } = Fixed

const seed = fc.bigInt(0n, 2n ** 64n - 1n)
const from = fc.integer({ min: 0, max: 10 ** 9 })
const tenths = (n: number): Fixed.Ray => ray((BigInt(n) * RAY) / 10n)

const fixed = fc
  .tuple(from, fc.integer({ min: 1, max: 100 }))
  .map(([from, every]) => ({ from, blocks: get(Blocks.fixed(from, every)) }))
const poisson = fc
  .tuple(seed, from, fc.nat(3000), fc.integer({ min: 1, max: 300 }))
  .map(([seed, from, lasts, mean]) => ({
    from,
    blocks: get(Blocks.poisson(seed, { from, until: from + lasts, mean: tenths(mean) })),
  }))

law(
  'BLK-1',
  'fixed blocks are as far apart as stated, and no distance is refused',
  fc.property(from, fc.integer({ min: -2, max: 50 }), fc.nat(1000), (from, every, n) => {
    const made = Blocks.fixed(from, every)
    if (E.isLeft(made)) return every <= 0 && made.left[0]?.rule === 'BLK-1'
    return every > 0 && made.right.timeOf(n) === from + n * every
  }),
)

law(
  'BLK-2',
  'distances of 20,000 blocks have the mean, the variance and the tail of a Poisson process, and no memory',
  fc.property(fc.constantFrom(1n, 2n, 3n), fc.constantFrom(2, 13), (seed, seconds) => {
    const count = 20_000
    // A unit of a millisecond: so the rounding to whole units does not show.
    const settings = {
      from: 0,
      until: 30_000_000 * seconds,
      mean: ray(BigInt(seconds) * 1000n * RAY),
    }
    const { timeOf } = get(Blocks.poisson(seed, settings))
    const gaps = Array.from(
      { length: count },
      (_, n) => (timeOf(n + 1) - timeOf(n)) / 1000 / seconds,
    )
    const late = gaps.filter((gap) => gap > 3).length / count
    return (
      isWithin(mean(gaps), 1, 1 / Math.sqrt(count)) &&
      isWithin(variance(gaps), 1, Math.sqrt(8 / count)) &&
      isWithin(late, Math.exp(-3), Math.sqrt(Math.exp(-3) / count)) &&
      isWithin(correlationOf(gaps.slice(1), gaps.slice(0, -1)), 0, 1 / Math.sqrt(count))
    )
  }),
  { numRuns: 6 },
)

law(
  'BLK-2',
  'a longer time adds blocks and changes none before its end; after the end they are the mean apart',
  fc.property(seed, fc.nat(2000), fc.integer({ min: 1, max: 300 }), (seed, lasts, n) => {
    const mean = tenths(n)
    const short = get(Blocks.poisson(seed, { from: 0, until: lasts, mean }))
    const long = get(Blocks.poisson(seed, { from: 0, until: lasts + 500, mean }))
    const end = short.firstAt(lasts)
    return (
      Array.from({ length: end + 1 }, (_, i) => short.timeOf(i) === long.timeOf(i)).every(
        Boolean,
      ) &&
      short.timeOf(end + 1) - short.timeOf(end) === Math.ceil(n / 10) &&
      short.timeOf(end + 7) - short.timeOf(end + 6) === Math.ceil(n / 10)
    )
  }),
)

law(
  'BLK-2',
  'an end before the beginning, and blocks too many to draw, are refused',
  fc.property(seed, fc.constantFrom('from', 'until', 'mean'), (seed, name) => {
    const good = { from: 0, until: 1000, mean: RAY }
    const bad = { from: 0.5, until: -1, mean: RAY / 1000n }[name]
    const many = Blocks.poisson(seed, { ...good, until: 10 ** 9 })
    const refused = Blocks.poisson(seed, { ...good, [name]: bad })
    return (
      E.isRight(Blocks.poisson(seed, good)) &&
      E.isLeft(many) &&
      E.isLeft(refused) &&
      refused.left.some(({ rule, setting }) => rule === 'BLK-2' && setting === name)
    )
  }),
)

law(
  'BLK-3',
  'time and number of blocks fit each other, fixed or drawn, whenever they are asked for',
  fc.property(
    fc.oneof(fixed, poisson),
    fc.nat(500),
    fc.integer({ min: -50, max: 6000 }),
    (one, n, late) => {
      const { blocks, from } = one
      const first = blocks.firstAt(from + late)
      return (
        blocks.timeOf(n + 1) >= blocks.timeOf(n) &&
        blocks.timeOf(0) === from &&
        blocks.firstAt(blocks.timeOf(n)) <= n &&
        blocks.timeOf(blocks.firstAt(blocks.timeOf(n))) === blocks.timeOf(n) &&
        Number.isSafeInteger(first) &&
        first >= 0 &&
        blocks.timeOf(first) >= from + late &&
        (first === 0 || blocks.timeOf(first - 1) < from + late)
      )
    },
  ),
)

const path = rows(6).map((rows) => PricePath.make(rows))

law(
  'BLK-4',
  'a transaction is taken by the first block that is cheap enough, and who offers more never waits longer',
  fc.property(path, fc.nat(2000), fc.nat(500), fc.nat(40), (path, offered, more, earliest) => {
    const blocks = get(Blocks.fixed(path.from, 97))
    const gweiAt = (time: number): Fixed.Ray => PricePath.gweiAt(path, time)
    const taken = (gwei: number): number | undefined =>
      Blocks.takenIn(blocks, gweiAt, ray(BigInt(gwei) * RAY), earliest, 60)
    const cheap = Array.from({ length: 61 }, (_, n) => n).filter(
      (n) => n >= earliest && gweiAt(blocks.timeOf(n)) <= BigInt(offered) * RAY,
    )
    return (
      taken(offered) === cheap[0] &&
      (taken(offered + more) ?? Infinity) <= (taken(offered) ?? Infinity)
    )
  }),
)

const spikes = fc.record({
  base: fc.bigInt(0n, 100n * RAY).map(ray),
  gain: fc.bigInt(0n, 50n * RAY).map(ray),
  most: fc.bigInt(100n, 2000n).map((n) => ray(n * RAY)),
  window: fc.integer({ min: 1, max: 3000 }),
  every: fc.integer({ min: 60, max: 700 }),
})

law(
  'BLK-5',
  'gas is the base and what the range of the price adds, of prices up to now alone',
  fc.property(path, spikes, fc.nat(1000), (path, settings, part) => {
    const { base, every, gain, most, window } = settings
    const spiky = get(GasPath.spikes(path, settings))
    const time = path.from + Math.floor(((path.to - path.from) * part) / 1000)
    const look = path.from + Math.floor((time - path.from) / every) * every
    const prices: bigint[] = []
    for (let at = look; at >= path.from && at >= look - window; at -= every)
      prices.push(PricePath.priceAt(path, at))
    const high = prices.reduce((a, b) => (a > b ? a : b))
    const low = prices.reduce((a, b) => (a < b ? a : b))
    const ceil = (n: bigint, d: bigint): bigint => (n % d === 0n ? n / d : n / d + 1n)
    const range = ceil((high - low) * RAY, high)
    const gwei = base + ceil(base * gain * range, RAY * RAY)
    return (
      PricePath.gweiAt(spiky, time) === (gwei < most ? gwei : most) && spiky.points === path.points
    )
  }),
)

law(
  'BLK-5',
  'settings that make no gas price are refused, each by its name',
  fc.property(path, fc.constantFrom('base', 'gain', 'most', 'window', 'every'), (path, name) => {
    const good = { base: RAY, gain: RAY, most: RAY, window: 600, every: 60 }
    const bad = { base: ray(-1n), gain: ray(-1n), most: ray(0n), window: 60_060, every: 0 }[name]
    const refused = GasPath.spikes(path, { ...good, [name]: bad })
    return (
      E.isRight(GasPath.spikes(path, good)) &&
      E.isLeft(refused) &&
      refused.left.some(({ rule, setting }) => rule === 'BLK-5' && setting === name)
    )
  }),
)
