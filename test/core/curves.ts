/**
 * Curves nested as deep as one likes, and a second, slower pricing of any curve, written from
 * spec/03-curves.md rule by rule.
 */

import fc from 'fast-check'
import { Curve, Fixed } from '../../src/index.js'
import { duration, share, simpleCurve, wildCurve } from '../../src/testing/Arbitrary.js'

const { RAY, rpow } = Fixed
const { unchecked } = Curve

const nest = (by: fc.Arbitrary<Fixed.Ray>, innermost: fc.Arbitrary<Curve.Curve>) =>
  fc.letrec<{ curve: Curve.Curve }>((tie) => ({
    curve: fc.oneof(
      { maxDepth: 3 },
      { weight: 2, arbitrary: innermost },
      fc.tuple(by, tie('curve')).map(([by, of]) => unchecked.scaled(by, of)),
      fc.tuple(by, tie('curve')).map(([at, of]) => unchecked.floored(at, of)),
      fc.tuple(by, tie('curve')).map(([at, of]) => unchecked.capped(at, of)),
    ),
  })).curve

/** Curves that the constructors accept, nested. */
export const curve: fc.Arbitrary<Curve.Curve> = nest(
  share.map((by) => (by > 0n ? by : RAY)),
  simpleCurve,
)

const wildRay = fc
  .oneof(share, fc.bigInt(-2n * RAY, 3n * RAY), fc.bigInt(-(2n ** 260n), 2n ** 260n))
  .map(Fixed.ray)

/** Any curve at all, nested. */
export const wild: fc.Arbitrary<Curve.Curve> = nest(wildRay, wildCurve)

/** Times before, on and past any curve: of any size. */
export const elapsed: fc.Arbitrary<Fixed.Duration> = fc.oneof(
  { weight: 6, arbitrary: fc.bigInt(0n, 200n) },
  { weight: 3, arbitrary: duration },
  { weight: 1, arbitrary: fc.bigInt(-(2n ** 70n), 0n) },
)

const floorOf = (n: bigint, d: bigint): bigint => (n - (((n % d) + d) % d)) / d

const word = (n: bigint, width: Fixed.Width): bigint | undefined =>
  width === 'uint256' && BigInt.asUintN(256, n) !== n ? undefined : n

/** CRV-11: the last point at or before the time, found by going through all of them. */
const slowPoints = ({ afterLast, between, points }: Curve.Piecewise, at: bigint) => {
  const passed = points.filter(({ after }) => after <= at)
  const [first] = points
  if (first === undefined) return undefined
  const last = passed.at(-1)
  if (last === undefined) return first.share
  const next = points[points.lastIndexOf(last) + 1]
  if (next === undefined) return afterLast === 'zero' && at > last.after ? 0n : last.share
  if (between === 'step') return last.share
  const rise = next.share - last.share
  return last.share + floorOf(rise * (at - last.after), next.after - last.after)
}

const slowShare = (curve: Curve.Curve, at: bigint, width: Fixed.Width): bigint | undefined => {
  switch (curve._tag) {
    case 'Constant':
      return curve.share
    case 'Linear': {
      if (at >= curve.zeroAfter) return 0n
      const product = word((curve.zeroAfter - at) * RAY, width)
      return product === undefined ? undefined : floorOf(product, curve.zeroAfter)
    }
    case 'Stairs':
      return curve.stepEvery < 1n
        ? undefined
        : rpow(curve.keepPerStep, floorOf(at, curve.stepEvery))
    case 'Exponential':
      return rpow(curve.keepPerSecond, at)
    case 'Piecewise':
      return slowPoints(curve, at)
    case 'Scaled': {
      const inner = slowShare(curve.of, at, width)
      return inner === undefined ? undefined : floorOf(inner * curve.by, RAY)
    }
    case 'Floored': {
      const inner = slowShare(curve.of, at, width)
      return inner !== undefined && inner < curve.at ? curve.at : inner
    }
    case 'Capped': {
      const inner = slowShare(curve.of, at, width)
      return inner !== undefined && inner > curve.at ? curve.at : inner
    }
  }
}

/** The price, or nothing where CRV-9 says that there is none. */
export const slowPrice = (
  curve: Curve.Curve,
  width: Fixed.Width,
  startPrice: bigint,
  elapsed: bigint,
): bigint | undefined => {
  const share = slowShare(curve, elapsed < 0n ? 0n : elapsed, width)
  if (share === undefined || share < 0n || startPrice < 0n) return undefined
  const product = word(startPrice * share, width)
  return product === undefined ? undefined : floorOf(product, RAY)
}
