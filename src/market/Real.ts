/**
 * Real: roots, exponentials, logarithms and normal deviates of Rays, in whole numbers throughout.
 *
 * The functions of `Math` may differ in their last bit from one engine to the next, and one bit of a
 * price can decide an auction. Here everything is a whole number of 2^-192 until it is rounded to
 * the nearest Ray, so that a seed gives the same prices everywhere.
 *
 * Laws: PRI-1 to PRI-4 (spec/18-prices.md).
 * Source: the series of exp, of the inverse hyperbolic tangent and of the normal distribution, and
 * Machin's formula for pi (textbook mathematics; Abramowitz and Stegun, 4.1, 4.2, 26.2).
 */

import { Fixed } from '../core/index.js'

// Model

/** A real number as a count of 2^-192: more than 57 decimals. */
type Fine = bigint

const bits = 192n
const one: Fine = 1n << bits

/** Farther from zero than this, an exponent counts as this: up to here 192 bits give every digit of a Ray. */
const widest = 40n

// Constructors

const fine = (x: bigint): Fine => (x << bits) / Fixed.RAY

const half = one >> 1n

/** The nearest Ray; a tie goes up. */
const nearest = (x: Fine): Fixed.Ray => Fixed.ray((x * Fixed.RAY + half) >> bits)

const times = (x: Fine, y: Fine): Fine => (x * y) >> bits

const over = (x: Fine, y: Fine): Fine => (x << bits) / y

/** What is worked out once, when it is first asked for. */
const once = <A>(work: () => A): (() => A) => {
  let known: { readonly value: A } | undefined
  return () => (known ??= { value: work() }).value
}

// Roots

/** At least as many bits as a number has, and at most three more. */
const lengthOf = (n: bigint): bigint => BigInt(n.toString(16).length * 4)

/** The greatest whole number whose square is not above `n`, which is not below zero (PRI-1). */
export const sqrt = (n: bigint): bigint => {
  if (n < 2n) return n
  // Above the root at first, Newton's steps fall until they have reached it.
  let root = 1n << ((lengthOf(n) >> 1n) + 1n)
  for (;;) {
    const next = (root + n / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

// Exponentials and logarithms

/** The inverse hyperbolic tangent of a number of at most a third: z + z^3/3 + z^5/5 + … */
const atanh = (z: Fine): Fine => {
  const square = times(z, z)
  let [power, sum] = [z, z]
  for (let n = 3n; power !== 0n && power !== -1n; n += 2n) {
    power = times(power, square)
    sum += power / n
  }
  return sum
}

const ln2 = once(() => 2n * atanh(one / 3n))

/** How often an exponent is halved before its series, and the sum squared after it. */
const halvings = 8n

/** An amount times e to a power. What is tiny is scaled up before it is cut off, so no digit of it is lost. */
const timesExp = (amount: bigint, x: Fine): bigint => {
  const doublings = Fixed.mulDiv(x, 1n, ln2(), 'halfUp')
  const rest = (x - doublings * ln2()) >> halvings
  let [term, sum] = [one, one]
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    term = times(term, rest) / n
    sum += term
  }
  for (let n = 0n; n < halvings; n += 1n) sum = times(sum, sum)
  return (amount * sum) >> (bits - doublings)
}

const limited = (x: bigint): bigint =>
  Fixed.max(Fixed.min(x, widest * Fixed.RAY), -widest * Fixed.RAY)

/** e to the power of a Ray, to the nearest Ray (PRI-2). */
export const exp = (x: bigint): Fixed.Ray => nearest(timesExp(one, fine(limited(x))))

/** An amount times e to the power of a Ray, rounded down (PRI-2). */
export const grown = (amount: bigint, x: bigint): bigint => timesExp(amount, fine(limited(x)))

/** The natural logarithm of the ratio of two numbers above zero, to the nearest Ray (PRI-3). */
export const lnRatio = (x: bigint, y: bigint): Fixed.Ray => {
  // The ratio is m times 2^shift, with m between 3/4 and 3/2 in the end.
  let shift = lengthOf(x) - lengthOf(y)
  let m = shift >= 0n ? over(x, y << shift) : over(x << -shift, y)
  while (m * 2n > one * 3n) {
    m >>= 1n
    shift += 1n
  }
  while (m * 4n < one * 3n) {
    m <<= 1n
    shift -= 1n
  }
  return nearest(shift * ln2() + 2n * atanh(over(m - one, m + one)))
}

/** The natural logarithm of a Ray above zero, to the nearest Ray (PRI-3). */
export const ln = (x: bigint): Fixed.Ray => lnRatio(x, Fixed.RAY)

// The normal distribution

/** arctan(1/n) = 1/n − 1/3n^3 + 1/5n^5 − … */
const arccot = (n: bigint): Fine => {
  let [power, sum] = [one / n, one / n]
  for (let k = 3n; power !== 0n; k += 2n) {
    power /= n * n
    sum += (k & 2n) === 0n ? power / k : -(power / k)
  }
  return sum
}

const rootOfTwoPi = once(() => sqrt((8n * (4n * arccot(5n) - arccot(239n))) << bits))

/** An amount times the density of the normal distribution. */
const timesDensity = (amount: Fine, x: Fine): Fine =>
  over(timesExp(amount, -times(x, x) >> 1n), rootOfTwoPi())

/** The chance of a deviate below −x, for x of at least zero: 1/2 − density × (x + x^3/3 + x^5/15 + …). */
const lowerTail = (x: Fine): Fine => {
  const square = times(x, x)
  let [term, sum] = [x, x]
  for (let n = 3n; term !== 0n; n += 2n) {
    term = times(term, square) / n
    sum += term
  }
  return half - timesDensity(sum, x)
}

/** A point of the normal distribution, and the first derivatives of its chance there, over their factorials. */
interface Knot {
  readonly x: Fine
  readonly chance: Fine
  readonly density: Fine
  readonly series: readonly Fine[]
}

/** Knots lie a sixteenth apart, so that a series from one has to reach a sixteenth and no farther. */
const spacing: Fine = one >> 4n
const terms = 36

/**
 * The chance below x + h is the one below x, and density × (h + c2·h^2 + c3·h^3 + …). The density is e
 * to the power of −x·h − h^2/2 times itself at x, whose coefficients follow one from the other.
 */
const knotAt = (i: number): Knot => {
  const x = -BigInt(i) * spacing
  let [before, now] = [0n, one]
  const series: Fine[] = []
  for (let n = 1n; n <= BigInt(terms); n += 1n) {
    series.push(now / n)
    const next: Fine = (-times(x, now) - before) / n
    before = now
    now = next
  }
  return { x, chance: lowerTail(-x), density: timesDensity(one, x), series }
}

/** From 0 down to −9.5: a word is never farther out than −9.2. */
const knots = once(() => Array.from({ length: 153 }, (_, i) => knotAt(i)))

/** How much farther than the knot the chance is reached, by Halley's method from a parabola. */
const farther = ({ density, series, x, chance }: Knot, wanted: Fine): Fine => {
  const gap = over(wanted - chance, density)
  let h = gap + (times(times(gap, gap), x) >> 1n)
  for (let step = 0; step < 3; step += 1) {
    let sum = 0n
    for (let n = terms - 1; n >= 0; n -= 1) sum = times(sum, h) + (series[n] ?? 0n)
    const short = times(sum, h) - gap
    const slope = timesExp(one, -times(x, h) - (times(h, h) >> 1n))
    const newton = over(short, slope)
    h -= over(newton, one + (times(newton, x + h) >> 1n))
  }
  return h
}

const quantileFine = (chance: Fine): Fine => {
  if (chance > half) return -quantileFine(one - chance)
  const all = knots()
  let [low, high] = [0, all.length - 1]
  // The last knot whose chance is not below: the nearest on the side of zero.
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((all[middle]?.chance ?? 0n) >= chance) low = middle
    else high = middle - 1
  }
  const knot = all[low] as Knot
  return knot.x + farther(knot, chance)
}

/**
 * The normal deviate of a 64-bit word, to the nearest Ray (PRI-4): the one that the chance (2·word + 1) ÷ 2^65
 * lies below. Never farther from zero than 9.2.
 */
export const normal = (word: bigint): Fixed.Ray =>
  nearest(quantileFine((2n * word + 1n) << (bits - 65n)))
