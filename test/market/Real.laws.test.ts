/**
 * Laws of Real, held against decimals of a hundred places: spec/18-prices.md.
 */

import BigNumber from 'bignumber.js'
import fc from 'fast-check'
import { Fixed } from '../../src/core/index.js'
import { Random, Real } from '../../src/market/index.js'
import { law } from '../law.js'

const Decimal = BigNumber.clone({ DECIMAL_PLACES: 100, ROUNDING_MODE: BigNumber.ROUND_HALF_EVEN })
const { RAY } = Fixed

const decimal = (n: bigint): BigNumber => new Decimal(n.toString())
const fromRay = (n: bigint): BigNumber => decimal(n).shiftedBy(-27)

/** Half a unit of a Ray and a little: what is nearest is no farther off. */
const half = new Decimal('0.5000001').shiftedBy(-27)

const cut = (x: BigNumber): BigNumber => x.dp(100)

/** A sum of terms, each worked out from the one before, until they are too small to count. */
const series = (first: BigNumber, next: (term: BigNumber, n: number) => BigNumber): BigNumber => {
  let [sum, term] = [first, first]
  for (let n = 1; term.abs().isGreaterThan('1e-98'); n += 1) {
    term = cut(next(term, n))
    sum = sum.plus(term)
  }
  return sum
}

const exp = (x: BigNumber): BigNumber => {
  const positive = series(new Decimal(1), (term, n) => term.times(x.abs()).div(n))
  return x.isNegative() ? new Decimal(1).div(positive) : positive
}

/** Six times arcsin(1/2), term by term: of one term and the next the ratio is (2n − 1)^2 / (8n (2n + 1)). */
const pi = series(new Decimal(0.5), (term, n) =>
  term.times((2 * n - 1) ** 2).div(8 * n * (2 * n + 1)),
).times(6)

/** The chance of a normal deviate below x. */
const chance = (x: BigNumber): BigNumber => {
  const odd = series(x, (term, n) =>
    term
      .times(x)
      .times(x)
      .div(2 * n + 1),
  )
  const density = exp(x.times(x).div(-2)).div(pi.times(2).sqrt())
  return density.times(odd).plus(0.5)
}

const exponent = fc.oneof(
  fc.bigInt(-40n * RAY, 40n * RAY),
  fc.bigInt(0n - RAY, RAY),
  fc.bigInt(-5n, 5n),
)
const above = fc.oneof(fc.bigInt(1n, 60n), fc.bigInt(1n, 10n ** 60n))
const word = fc.oneof(
  fc.bigInt(0n, 2n ** 64n - 1n),
  fc.bigInt(0n, 1000n),
  fc.bigInt(0n, 1000n).map((n) => 2n ** 63n + n),
  fc.nat(63).map((n) => 1n << BigInt(n)),
)

law(
  'PRI-1',
  'a root is the greatest whole number whose square is not above',
  fc.property(fc.oneof(fc.bigInt(0n, 100n), fc.bigInt(0n, 2n ** 400n)), (n) => {
    const root = Real.sqrt(n)
    const square = Real.sqrt(n * n)
    return root >= 0n && root * root <= n && (root + 1n) * (root + 1n) > n && square === n
  }),
)

law(
  'PRI-2',
  'e to a power is the nearest Ray, by its series in decimals',
  fc.property(exponent, (x) =>
    fromRay(Real.exp(x))
      .minus(exp(fromRay(x)))
      .abs()
      .isLessThanOrEqualTo(half),
  ),
)

law(
  'PRI-2',
  'what has grown is the whole part of the amount times e to the power, to 50 digits',
  fc.property(exponent, fc.bigInt(0n, 10n ** 40n), (x, amount) => {
    const exact = decimal(amount).times(exp(fromRay(x)))
    const spare = exact.times('1e-50').plus('1e-50')
    const grown = decimal(Real.grown(amount, x))
    return (
      grown.isLessThanOrEqualTo(exact.plus(spare)) &&
      grown.plus(1).isGreaterThan(exact.minus(spare))
    )
  }),
)

law(
  'PRI-2',
  'beyond 40 an exponent counts as 40',
  fc.property(
    fc.bigInt(40n * RAY, 10n ** 40n),
    (x) =>
      Real.exp(x) === Real.exp(40n * RAY) &&
      Real.exp(-x) === Real.exp(-40n * RAY) &&
      Real.grown(7n, x) === Real.grown(7n, 40n * RAY),
  ),
)

law(
  'PRI-3',
  'e to the power of the logarithm, half a unit more and less, has the ratio between them',
  fc.property(above, above, (x, y) => {
    const log = fromRay(Real.lnRatio(x, y))
    const ratio = decimal(x).div(decimal(y))
    const [less, more] = [exp(log.minus(half)), exp(log.plus(half))]
    return (
      less.times(decimal(y)).isLessThanOrEqualTo(decimal(x)) &&
      more.times(decimal(y)).isGreaterThanOrEqualTo(decimal(x)) &&
      ratio.isPositive() &&
      Real.ln(x) === Real.lnRatio(x, RAY)
    )
  }),
  { numRuns: 60 },
)

law(
  'PRI-4',
  'a deviate has the chance of its word below it, to half a unit, and its mirror image is its opposite',
  fc.property(word, (word) => {
    const deviate = Real.normal(word)
    const wanted = decimal(2n * word + 1n).div(decimal(2n ** 65n))
    const at = fromRay(deviate)
    return (
      chance(at.minus(half)).isLessThanOrEqualTo(wanted) &&
      chance(at.plus(half)).isGreaterThanOrEqualTo(wanted) &&
      Real.normal(2n ** 64n - 1n - word) + deviate === 0n
    )
  }),
  { numRuns: 60 },
)

law(
  'PRI-4',
  'deviates of 20,000 words of a seed have the first four moments of the normal distribution',
  fc.property(fc.constantFrom(1n, 2n, 3n), (seed) => {
    const count = 20_000
    const deviates = Array.from(
      { length: count },
      (_, n) => Number(Real.normal(Random.word(seed, n))) / 1e27,
    )
    const moment = (power: number): number =>
      deviates.reduce((sum, deviate) => sum + deviate ** power, 0) / count
    // Four standard errors of each: 1, 2, 15 and 96 are the variances of the first four powers.
    const isNear = (found: number, wanted: number, variance: number): boolean =>
      Math.abs(found - wanted) < 4 * Math.sqrt(variance / count)
    return (
      isNear(moment(1), 0, 1) &&
      isNear(moment(2), 1, 2) &&
      isNear(moment(3), 0, 15) &&
      isNear(moment(4), 3, 96)
    )
  }),
  { numRuns: 3 },
)
