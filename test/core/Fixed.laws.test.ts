import fc from 'fast-check'
import { Fixed } from '../../src/index.js'
import { share } from '../../src/testing/Arbitrary.js'
import { law } from '../law.js'

const { fits, lastSecond, later, MAX_UINT256, MAX_UINT48, mulDiv, powers, RAY, ray, rpow } = Fixed

/** Small factors make exact quotients and ties common; large ones make them rare. */
const factor = fc.oneof(fc.bigInt(-20n, 20n), fc.bigInt(-(2n ** 300n), 2n ** 300n))
const divisor = fc.oneof(fc.bigInt(1n, 20n), fc.bigInt(1n, RAY))
const abs = (n: bigint): bigint => (n < 0n ? -n : n)
const times = (a: bigint, b: bigint): bigint => mulDiv(a, b, RAY, 'halfUp')

/** Powers without bound, read off FIX-3: the top bit of `n` is split off. */
const slowPower = (x: bigint, n: bigint): bigint => {
  if (n === 0n) return RAY
  if (n === 1n) return x
  const top = 2n ** BigInt(n.toString(2).length - 1)
  const half = slowPower(x, top / 2n)
  const square = times(half, half)
  return n === top ? square : times(slowPower(x, n - top), square)
}

law(
  'FIX-1',
  'floor is the greatest whole number not above the quotient',
  fc.property(factor, factor, divisor, (x, y, d) => {
    const floor = mulDiv(x, y, d, 'floor')
    return floor * d <= x * y && x * y < (floor + 1n) * d
  }),
)

law(
  'FIX-1',
  'ceil is the least whole number not below the quotient',
  fc.property(factor, factor, divisor, (x, y, d) => {
    const ceil = mulDiv(x, y, d, 'ceil')
    return (ceil - 1n) * d < x * y && x * y <= ceil * d
  }),
)

law(
  'FIX-2',
  'halfUp is nearest, and a tie goes up',
  fc.property(factor, factor, divisor, (x, y, d) => {
    const twiceOver = 2n * (mulDiv(x, y, d, 'halfUp') * d - x * y)
    return -d < twiceOver && twiceOver <= d
  }),
)

law(
  'FIX-2',
  'halfEven is nearest, and a tie goes to even',
  fc.property(factor, factor, divisor, (x, y, d) => {
    const nearest = mulDiv(x, y, d, 'halfEven')
    const twiceOff = abs(2n * (nearest * d - x * y))
    return twiceOff < d || (twiceOff === d && nearest % 2n === 0n)
  }),
)

law(
  'FIX-2',
  'a tie between two numbers goes to the upper under halfUp, and to the even one under halfEven',
  fc.property(fc.bigInt(-50n, 50n), fc.bigInt(1n, RAY), (below, half) => {
    const even = below % 2n === 0n ? below : below + 1n
    const tied = 2n * below + 1n
    return (
      mulDiv(tied, half, 2n * half, 'halfUp') === below + 1n &&
      mulDiv(tied, half, 2n * half, 'halfEven') === even
    )
  }),
)

law(
  'FIX-3',
  'a power splits at its top bit, rounding half up',
  fc.property(share, fc.bigInt(0n, 2n ** 60n), (x, n) => rpow(x, n) === slowPower(x, n)),
)

law(
  'FIX-3',
  'a power above one is what it is without bound, up to where a word holds it',
  fc.property(fc.bigInt(RAY, 2n * RAY).map(ray), fc.bigInt(2n, 300n), (x, n) => {
    const power = rpow(x, n)
    const slow = slowPower(x, n)
    if (slow * RAY > MAX_UINT256) return power === undefined
    return slow * RAY > MAX_UINT256 - RAY || power === slow
  }),
)

law(
  'FIX-3',
  'there is no power of or to a number below zero',
  fc.property(fc.bigInt(-(2n ** 260n), -1n), share, (below, x) => {
    return rpow(ray(below), 3n) === undefined && rpow(x, below) === undefined
  }),
)

law(
  'FIX-3',
  'a table of powers holds what rpow gives',
  fc.property(share, fc.nat(6), (x, bits) => {
    const table = powers(x, bits)
    return table.length === 2 ** bits && table.every((power, n) => power === rpow(x, BigInt(n)))
  }),
)

law(
  'FIX-4',
  'a power of a share never rises, and stays from 0 to 1',
  fc.property(share, fc.bigInt(0n, 2n ** 64n), (x, n) => {
    const [before, after] = [rpow(x, n), rpow(x, n + 1n)]
    return (
      before !== undefined && after !== undefined && 0n <= after && after <= before && before <= RAY
    )
  }),
)

/** At the words' ends, near them, and anywhere. */
const edge = fc.oneof(
  fc.bigInt(-3n, 3n),
  fc.bigInt(MAX_UINT256 - 3n, MAX_UINT256 + 3n),
  fc.bigInt(-(2n ** 300n), 2n ** 300n),
)

law(
  'FIX-5',
  'a number fits a word as an unsigned number of 256 bits does, and anything fits without bound',
  fc.property(edge, (n) => {
    return fits('uint256', n) === (BigInt.asUintN(256, n) === n) && fits('unbounded', n)
  }),
)

const instant = fc.oneof(
  fc.nat(100),
  fc.maxSafeNat(),
  fc.nat(9).map((before) => MAX_UINT48 - before),
  fc.nat(9).map((before) => Number.MAX_SAFE_INTEGER - before),
)

const lasting = fc.oneof(
  fc.bigInt(-20n, 20n),
  fc.bigInt(0n, 2n ** 54n),
  fc.bigInt(-(2n ** 300n), 2n ** 300n),
  fc.constant(2n ** 2000n),
)

law(
  'FIX-6',
  'an instant is formed exactly, or not at all where it is past the last or before zero',
  fc.property(
    instant,
    lasting,
    fc.constantFrom<Fixed.Width>('unbounded', 'uint256'),
    (at, duration, width) => {
      const sum = BigInt(at) + duration
      const exists = sum >= 0n && sum <= (width === 'uint256' ? 2n ** 48n - 1n : 2n ** 53n - 1n)
      const found = later(width, at, Number(duration))
      return exists ? found !== undefined && BigInt(found) === sum : found === undefined
    },
  ),
)

law(
  'FIX-6',
  'the last instant exists, and none after it',
  fc.property(fc.constantFrom<Fixed.Width>('unbounded', 'uint256'), fc.nat(1000), (width, by) => {
    const last = lastSecond(width)
    return later(width, last - by, by) === last && later(width, last - by, by + 1) === undefined
  }),
)
