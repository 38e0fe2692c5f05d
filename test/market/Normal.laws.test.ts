/**
 * Laws of Xoshiro and Normal: spec/17-montecarlo.md.
 */

import { expect, test } from 'vitest'
import { Normal, Random, Xoshiro } from '../../src/market/index.js'

test('MTC-1 the words of the state 1, 2, 3, 4 are those of the reference', () => {
  // As the tests of the Rust crate rand_xoshiro have them, from the authors' xoshiro256plus.c.
  const state = Xoshiro.of([1n, 2n, 3n, 4n])
  const words = Array.from({ length: 10 }, () => Xoshiro.word(state))
  expect(words).toEqual([
    5n,
    211106232532999n,
    211106635186183n,
    9223759065350669058n,
    9250833439874351877n,
    13862484359527728515n,
    2346507365006083650n,
    1168864526675804870n,
    34095955243042024n,
    3466914240207415127n,
  ])
})

/** The recurrence on whole numbers, as it is published. */
const slow = (words: readonly bigint[], count: number): readonly bigint[] => {
  const word64 = (n: bigint): bigint => BigInt.asUintN(64, n)
  let [a = 0n, b = 0n, c = 0n, d = 0n] = words
  return Array.from({ length: count }, () => {
    const word = word64(a + d)
    const t = word64(b << 17n)
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= t
    d = word64((d << 45n) | (d >> 19n))
    return word
  })
}

test('MTC-1 a stream starts from four words of its seed, and halves make the words that whole numbers do', () => {
  for (const [seed, stream] of [
    [0n, 0],
    [7n, 3],
    [2n ** 64n - 1n, 1000],
  ] as const) {
    const words = [0, 1, 2, 3].map((i) => Random.word(seed, 4 * stream + i))
    const expected = slow(words, 3000)
    const state = Xoshiro.make(seed, stream)
    const found = Array.from({ length: 3 }, (_, i) => {
      const count = [1024, 1000, 976][i] ?? 0
      Xoshiro.fill(state, count)
      return Array.from(Xoshiro.high.slice(0, count), (high, j) =>
        BigInt.asUintN(64, (BigInt(high) << 32n) | BigInt((Xoshiro.low[j] ?? 0) >>> 0)),
      )
    }).flat()
    expect(found).toEqual(expected)
    const again = Xoshiro.make(seed, stream)
    const shares = expected.slice(0, 50).map((word) => (Number(word >> 11n) + 0.5) / 2 ** 53)
    expect(shares.map(() => Xoshiro.uniform(again))).toEqual(shares)
  }
})

const fillings = 1000

/** Every number of so many fillings, in turn. */
function* numbers(seed: bigint, count: number): Generator<number> {
  const source = Normal.make(Xoshiro.make(seed, 0), Xoshiro.make(seed, 1))
  for (let i = 0; i < count; i++) {
    Normal.fill(source)
    yield* Normal.numbers
  }
}

/** The share of normal numbers below `x`: the integral of the curve by Simpson's rule, exact to 10^-12. */
const below = (x: number): number => {
  const steps = 2000
  const h = x / steps
  const curve = (t: number): number => Math.exp((-t * t) / 2)
  let sum = curve(0) + curve(x)
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * curve(i * h)
  return 0.5 + ((sum * h) / 3) * (1 / Math.sqrt(2 * Math.PI))
}

test('MTC-2 the first eight moments are those of normal numbers, within four standard errors', () => {
  const sums = new Float64Array(9)
  for (const x of numbers(1n, fillings))
    for (let k = 1, power = x; k <= 8; k++, power *= x) sums[k] = (sums[k] ?? 0) + power
  const count = fillings * Xoshiro.MOST
  // The mean of an even power is the product of the odd numbers below it; of an odd one it is zero.
  const mean = (k: number): number => (k % 2 === 1 ? 0 : k === 0 ? 1 : (k - 1) * mean(k - 2))
  for (let k = 1; k <= 8; k++) {
    const error = Math.sqrt((mean(2 * k) - mean(k) ** 2) / count)
    expect(Math.abs((sums[k] ?? 0) / count - mean(k)) / error, `moment ${k}`).toBeLessThan(4)
  }
})

test('MTC-2 the numbers fall into 120 equal intervals and two tails as normal numbers do', () => {
  const [from, width, cells] = [-4.2, 0.07, 120]
  const seen = new Float64Array(cells + 2)
  for (const x of numbers(2n, fillings)) {
    const cell = Math.min(Math.max(Math.floor((x - from) / width) + 1, 0), cells + 1)
    seen[cell] = (seen[cell] ?? 0) + 1
  }
  const count = fillings * Xoshiro.MOST
  const edges = Array.from({ length: cells + 1 }, (_, i) => below(from + i * width))
  const shares = [...edges, 1].map((edge, i) => edge - (edges[i - 1] ?? 0))
  const square = shares.reduce(
    (sum, share, i) => sum + ((seen[i] ?? 0) - share * count) ** 2 / (share * count),
    0,
  )
  // With 121 degrees of freedom it is 121 on average, with a standard deviation of 15.6.
  expect(Math.abs(square - 121) / Math.sqrt(2 * 121)).toBeLessThan(4)
})

test('MTC-2 beyond the last layer lie as many as should, half of them on each side, as far out as they should', () => {
  let [up, down, over] = [0, 0, 0]
  const from = Normal.TAIL_FROM
  for (const x of numbers(3n, 4 * fillings)) {
    if (x > from) up += 1
    if (x < -from) down += 1
    if (Math.abs(x) > from) over += Math.abs(x) - from
  }
  const share = 1 - below(from)
  const expected = share * 4 * fillings * Xoshiro.MOST
  expect(Math.abs(up - expected) / Math.sqrt(expected)).toBeLessThan(4)
  expect(Math.abs(down - expected) / Math.sqrt(expected)).toBeLessThan(4)
  // The mean distance beyond is the curve there over the area, less the edge; its spread is nearly as much.
  const mean = Math.exp((-from * from) / 2) / Math.sqrt(2 * Math.PI) / share - from
  const found = over / (up + down)
  expect(Math.abs(found - mean) / (mean / Math.sqrt(up + down))).toBeLessThan(4)
})

test('MTC-2 layers have equal areas: the top one closes at the height of the curve', () => {
  const curve = (x: number): number => Math.exp((-x * x) / 2)
  const from = Normal.TAIL_FROM
  const area = from * curve(from) + Math.sqrt(2 * Math.PI) * (1 - below(from))
  let x = from
  for (let i = 2; i < 256; i++) x = Math.sqrt(-2 * Math.log(area / x + curve(x)))
  expect(area / x + curve(x)).toBeCloseTo(1, 8)
})

test('MTC-2 a number in its core is that of its word', () => {
  const source = Normal.make(Xoshiro.make(5n, 0), Xoshiro.make(5n, 1))
  const state = Xoshiro.make(5n, 0)
  Normal.fill(source)
  const found = Normal.numbers.slice()
  const signs = Array.from(found, () => Xoshiro.word(state) < 2n ** 63n)
  const wrong = signs.filter((isUp, i) => isUp !== (found[i] ?? 0) > 0).length
  // One in eighty is made good, and then may have either sign.
  expect(wrong).toBeLessThan(25)
  expect(wrong).toBeGreaterThan(0)
})
