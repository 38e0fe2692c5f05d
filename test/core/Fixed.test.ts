import { expect, test } from 'vitest'
import { Fixed } from '../../src/index.js'

const { max, MAX_UINT256, min, mulDiv, RAD, RAY, rad, ray, rpow, WAD, wad, worth } = Fixed

test('FIX-1 a Wad times a Ray is a Rad, exactly', () => {
  expect(worth(WAD, RAY)).toBe(RAD)
  expect(worth(wad(3n), ray(5n))).toBe(rad(15n))
})

test('FIX-1 the lesser and the greater of two, of equals the same', () => {
  expect([min(1n, 2n), min(2n, 1n), min(2n, 2n)]).toEqual([1n, 1n, 2n])
  expect([max(1n, 2n), max(2n, 1n), max(2n, 2n)]).toEqual([2n, 2n, 2n])
})

test('FIX-3 the power 0 is 1 and the power 1 is x, for zero and for the largest too', () => {
  for (const x of [0n, 1n, RAY, 2n * RAY, MAX_UINT256, 2n ** 300n].map(ray)) {
    expect(rpow(x, 0n)).toBe(RAY)
    expect(rpow(x, 1n)).toBe(x)
  }
})

test('FIX-3 rounding at every multiplication shows in the last digits', () => {
  expect(rpow(ray(99n * 10n ** 25n), 93n)).toBe(392711028357805184361574922n) // exact: …921
  expect(rpow(ray(987654321098765432109876543n), 6n)).toBe(928174876619473270718734165n) // top bit first: …164
  expect(rpow(ray(1000000564701133626865910626n), 86_400n)).toBe(1050000000000000000000016038n)
  expect(rpow(ray(RAY / 2n), 28n)).toBe((5n ** 27n + 1n) / 2n) // a tie, up
})

test('FIX-3 an exponent of any length has its power, and none fills the stack', () => {
  const long = 2n ** 100_000n
  expect(rpow(ray(RAY - 1n), long)).toBe(0n)
  expect(rpow(ray(RAY - 1n), long + 1n)).toBe(0n)
  expect(rpow(RAY, long - 1n)).toBe(RAY)
  expect(rpow(ray(0n), long)).toBe(0n)
  expect(rpow(ray(RAY + 1n), long)).toBeUndefined()
})

test('FIX-3 a product with its half that a word just holds is formed, and one more is not', () => {
  // Squares: the greatest number whose square leaves room for a half, and the next.
  const root = 2n ** 128n - 1n
  expect(root ** 2n + RAY / 2n <= MAX_UINT256 && (root + 1n) ** 2n > MAX_UINT256).toBe(true)
  expect(rpow(ray(root), 2n)).toBe((root ** 2n + RAY / 2n) / RAY)
  expect(rpow(ray(root + 1n), 2n)).toBeUndefined()
})

test('FIX-3 any product may be the first that a word does not hold', () => {
  const two = ray(2n * RAY)
  expect(rpow(two, 76n)).toBe(2n ** 76n * RAY)
  expect(rpow(two, 77n)).toBeUndefined() // 2^13 × 2^64, while the square 2^32 × 2^32 is held
  expect(rpow(two, 64n)).toBe(2n ** 64n * RAY)
  expect(rpow(two, 128n)).toBeUndefined() // the square 2^64 × 2^64, with nothing to multiply
})

test('FIX-3 a product is compared with its half, to the unit', () => {
  const fits = (x: bigint): boolean => rpow(ray(x), 3n) !== undefined
  const greatest = (low: bigint, high: bigint): bigint => {
    const middle = (low + high + 1n) / 2n
    if (low >= high) return low
    return fits(middle) ? greatest(middle, high) : greatest(low, middle - 1n)
  }
  const x = greatest(RAY, 2n ** 128n)
  const product = (x: bigint): bigint => x * ((x * x + RAY / 2n) / RAY) + RAY / 2n
  expect(product(x) <= MAX_UINT256 && product(x + 1n) > MAX_UINT256).toBe(true)
})

// Powers over any base, to see on small numbers what powers over a Ray do.

type Round = (n: bigint, d: bigint) => bigint

const halfUp: Round = (n, d) => mulDiv(n, 1n, d, 'halfUp')
const floor: Round = (n, d) => mulDiv(n, 1n, d, 'floor')

/** From the lowest bit, as FIX-3. */
const lowestFirst = (x: bigint, n: number, base: bigint, round: Round): bigint => {
  let [square, result] = [x, n % 2 === 1 ? x : base]
  for (let left = Math.floor(n / 2); left > 0; left = Math.floor(left / 2)) {
    square = round(square * square, base)
    if (left % 2 === 1) result = round(result * square, base)
  }
  return result
}

/** From the highest bit: square, and multiply where the bit is set. */
const highestFirst = (x: bigint, n: number, base: bigint, round: Round): bigint => {
  let result = base
  for (const bit of n.toString(2)) {
    result = round(result * result, base)
    if (bit === '1') result = round(result * x, base)
  }
  return result
}

test('FIX-3 over the base of a Ray, lowest bit first is rpow', () => {
  for (const x of [0n, 1n, RAY / 3n, 99n * 10n ** 25n, RAY - 1n, RAY])
    for (let n = 0; n < 130; n += 1)
      expect(lowestFirst(x, n, RAY, halfUp)).toBe(rpow(ray(x), BigInt(n)))
})

test('FIX-4 lowest bit first never rises, over all small bases and both roundings', () => {
  for (const round of [halfUp, floor])
    for (let base = 1n; base <= 24n; base += 1n)
      for (let x = 0n; x <= base; x += 1n)
        for (let n = 0; n < 40; n += 1) {
          const after = lowestFirst(x, n + 1, base, round)
          expect(after <= lowestFirst(x, n, base, round) && after >= 0n).toBe(true)
        }
})

test('FIX-4 refuted: most-significant-bit-first powering is monotone too', () => {
  expect([13, 14].map((n) => highestFirst(20n, n, 23n, halfUp))).toEqual([3n, 4n])
  expect([581, 582].map((n) => highestFirst(9n * 10n ** 26n, n, RAY, floor))).toEqual([1n, 2n])
  // From the lowest bit the same powers do not rise.
  expect([13, 14].map((n) => lowestFirst(20n, n, 23n, halfUp))).toEqual([3n, 3n])
})

test('FIX-4 refuted: a power never rounds up', () => {
  expect(lowestFirst(1n, 2, 2n, halfUp)).toBe(1n) // exact: 0.5
  expect(rpow(ray(RAY / 2n), 28n)).toBe(RAY ** 28n / 2n ** 28n / RAY ** 27n + 1n)
})

test('FIX-4 refuted: a power is within one unit of the exact one', () => {
  expect(lowestFirst(9n, 5, 11n, halfUp)).toBe(3n) // exact: 9^5 / 11^4 = 4.03
  expect((9n ** 5n * 100n) / 11n ** 4n).toBe(403n)
})

test('FIX-4 for a keep of 0.99 and 200 powers the error is below a unit', () => {
  const keep = 99n * 10n ** 25n
  for (let n = 1n; n <= 200n; n += 1n) {
    const thousandths = (keep ** n * 1000n) / RAY ** (n - 1n)
    const error = (rpow(ray(keep), n) ?? 0n) * 1000n - thousandths
    expect(error <= 790n && error >= -790n).toBe(true)
  }
})

test('FIX-4 refuted: a power strictly decreases', () => {
  expect([1, 2].map((n) => lowestFirst(1n, n, 2n, halfUp))).toEqual([1n, 1n])
  expect(rpow(RAY, 7n)).toBe(RAY)
})

test('FIX-4 refuted: repeated half-up multiplication decays to 0', () => {
  let left = 1000n
  for (let n = 0; n < 10_000; n += 1) left = halfUp(left * 990n, 1000n)
  expect(left).toBe(50n)
})

test('FIX-6 the first second that a clock shows is zero', () => {
  for (const width of ['unbounded', 'uint256'] as const) {
    expect(Fixed.later(width, 0, 0)).toBe(0)
    expect(Fixed.later(width, 5, -5)).toBe(0)
    expect(Fixed.later(width, 5, -6)).toBeUndefined()
  }
})
