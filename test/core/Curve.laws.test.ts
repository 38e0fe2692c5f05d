import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { Curve, Fixed } from '../../src/index.js'
import { duration, price, seconds, share, wildCurve, width } from '../../src/testing/Arbitrary.js'
import { law } from '../law.js'
import { curve, elapsed, slowPrice, wild } from './curves.js'

const { mulDiv, RAY, ray, rpow } = Fixed
const { unchecked } = Curve

/** The price of a curve that has one. */
const priced = (curve: Curve.Curve, start: Fixed.Ray, at: bigint): bigint =>
  E.getOrElse(() => ray(-1n))(Curve.priceAt(curve)(start, at))

const keep = share.map((one) => (one > 0n ? one : RAY))
const shorter = fc.bigInt(1n, 10n ** 5n)
const linear = shorter.map(unchecked.linear)
const stairs = fc.tuple(shorter, keep).map((all) => unchecked.stairs(...all))
const later = fc.oneof(fc.constant(1n), duration)
const anyStart = fc
  .oneof(price, fc.bigInt(-3n, 3n), fc.bigInt(0n, 2n ** 256n), fc.bigInt(-(2n ** 300n), 2n ** 300n))
  .map(ray)

law(
  'CRV-1',
  'a price never rises, and never exceeds the start price',
  fc.property(curve, price, elapsed, later, (curve, start, at, later) => {
    const before = priced(curve, start, at)
    const after = priced(curve, start, at + later)
    return 0n <= after && after <= before && before <= start
  }),
)

law(
  'CRV-1',
  'a price never rises from one second to the next, over a whole sale',
  fc.property(curve, price, (curve, start) => {
    const prices = Array.from({ length: 60 }, (_, at) => priced(curve, start, BigInt(at)))
    return prices.every((price, at) => price <= (prices[at - 1] ?? start))
  }),
)

law(
  'CRV-2',
  'a linear price is the start price times the share of time left, each rounded down',
  fc.property(linear, price, elapsed, (curve, start, at) => {
    const left = curve.zeroAfter - (at < 0n ? 0n : at)
    const share = left > 0n ? (left * RAY) / curve.zeroAfter : 0n
    return priced(curve, start, at) === (start * share) / RAY
  }),
)

law(
  'CRV-2',
  'rounding twice never gives more than rounding once, nor less by more than a unit and the start price in Rays',
  fc.property(linear, price, shorter, (curve, start, at) => {
    if (at > curve.zeroAfter) return priced(curve, start, at) === 0n
    const once = (start * (curve.zeroAfter - at)) / curve.zeroAfter
    const twice = priced(curve, start, at)
    return twice <= once && once - twice <= 1n + start / RAY
  }),
)

law(
  'CRV-3',
  'a stairs price is the start price times the keep to the power of whole steps',
  fc.property(stairs, price, duration, (curve, start, at) => {
    const share = rpow(curve.keepPerStep, at / curve.stepEvery)
    return share !== undefined && priced(curve, start, at) === (start * share) / RAY
  }),
)

law(
  'CRV-3',
  'a step not yet complete does not count',
  fc.property(
    stairs,
    price,
    fc.bigInt(0n, 300n),
    fc.bigInt(0n, 10n ** 5n),
    (curve, start, n, into) => {
      const at = n * curve.stepEvery
      return priced(curve, start, at) === priced(curve, start, at + (into % curve.stepEvery))
    },
  ),
)

law(
  'CRV-4',
  'before elapsed zero the price is that at zero: on lines, stairs and exponentials the start price',
  fc.property(wild, width, anyStart, duration, (curve, width, start, early) => {
    const priceAt = Curve.priceAt(curve, width)
    const [before, zero] = [priceAt(start, -early), priceAt(start, 0n)]
    return E.isRight(before)
      ? isDeepStrictEqual(before, zero)
      : E.isLeft(zero) && before.left.elapsed === -early
  }),
)

law(
  'CRV-4',
  'at zero a line, stairs and an exponential stand at the start price',
  fc.property(fc.oneof(linear, stairs, keep.map(unchecked.exponential)), price, (curve, start) => {
    return priced(curve, start, 0n) === start
  }),
)

law(
  'CRV-6',
  'an exponential curve is a stairs curve with a step of one second',
  fc.property(wildCurve, width, anyStart, elapsed, (wild, width, start, at) => {
    const keep = wild._tag === 'Exponential' ? wild.keepPerSecond : ray(RAY - 3n)
    return isDeepStrictEqual(
      Curve.priceAt(unchecked.exponential(keep), width)(start, at),
      Curve.priceAt(unchecked.stairs(1n, keep), width)(start, at),
    )
  }),
)

law(
  'CRV-7',
  'the time to reach a price is the first of all seconds at or below it, up to the horizon',
  fc.property(
    curve,
    fc.bigInt(1n, 90n).map(ray),
    fc.bigInt(-1n, 90n).map(ray),
    fc.integer({ min: -2, max: 80 }),
    (curve, start, target, horizon) => {
      const seconds = Array.from({ length: Math.max(horizon + 1, 0) }, (_, at) => at)
      const first = seconds.find((at) => priced(curve, start, BigInt(at)) <= target)
      return isDeepStrictEqual(
        Curve.timeToReach(curve)(start, target, horizon),
        first === undefined ? O.none : O.some(first),
      )
    },
  ),
)

law(
  'CRV-7',
  'over long horizons and in either width it is reached then, and not a second before',
  fc.property(curve, width, price, price, seconds, (curve, width, start, target, horizon) => {
    const reached = (at: number): boolean => {
      const then = Curve.priceAt(curve, width)(start, BigInt(at))
      return E.isRight(then) && then.right <= target
    }
    const found = Curve.timeToReach(curve, width)(start, target, horizon)
    return O.isNone(found)
      ? !reached(horizon)
      : found.value <= horizon &&
          reached(found.value) &&
          (found.value === 0 || !reached(found.value - 1))
  }),
)

const horizon = fc.oneof(
  fc.nat(200),
  fc.nat(10 ** 7),
  fc.constantFrom(-1, 0.5, NaN, Infinity, -Infinity, 2 ** 53),
)

const onClock = fc.oneof(
  { weight: 6, arbitrary: fc.nat(300) },
  { weight: 3, arbitrary: fc.nat(10 ** 7) },
  { weight: 1, arbitrary: fc.maxSafeInteger() },
)

law(
  'CRV-8',
  'a compiled curve gives the same prices, within its horizon and past it, wild ones too',
  fc.property(
    wild,
    width,
    anyStart,
    horizon,
    fc.array(onClock, { minLength: 3, maxLength: 6 }),
    (curve, width, start, horizon, times) => {
      const compiled = Curve.compile(curve, horizon, width)
      return times.every((at) => {
        const plain = Curve.priceAt(curve, width)(start, BigInt(at))
        return compiled(start, at) === (E.isRight(plain) ? plain.right : undefined)
      })
    },
  ),
)

law(
  'CRV-8',
  'at a time that is no whole second a compiled curve has no price',
  fc.property(
    wild,
    width,
    price,
    horizon,
    fc.oneof(
      fc.nat(10 ** 6).map((n) => n + 0.5),
      fc.constantFrom(NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 53), Number.MIN_VALUE),
    ),
    (curve, width, start, horizon, at) =>
      Curve.compile(curve, horizon, width)(start, at) === undefined,
  ),
)

law(
  'CRV-9',
  'any curve at any time and from any start price has the price that the rules give, or names what has none',
  fc.property(wild, width, anyStart, elapsed, (curve, width, start, at) => {
    const slow = slowPrice(curve, width, start, at)
    const expected: E.Either<Curve.NoPrice, bigint> =
      slow === undefined
        ? E.left({ _tag: 'NoPrice', rule: 'CRV-9', startPrice: start, elapsed: at })
        : E.right(slow)
    return isDeepStrictEqual(Curve.priceAt(curve, width)(start, at), expected)
  }),
  { numRuns: 2000 },
)

law(
  'CRV-9',
  'nothing is thrown at a time of any length',
  fc.property(wild, width, anyStart, fc.nat(20_000), (curve, width, start, bits) => {
    return '_tag' in Curve.priceAt(curve, width)(start, 2n ** BigInt(bits))
  }),
)

law(
  'CRV-9',
  'a curve of the constructors lacks a price only below zero, or where a product passes a word',
  fc.property(curve, width, anyStart, elapsed, (curve, width, start, at) => {
    const isTooLarge = width === 'uint256' && start > (2n ** 256n - 1n) / RAY
    return E.isRight(Curve.priceAt(curve, width)(start, at)) || start < 0n || isTooLarge
  }),
)

law(
  'CRV-10',
  'a constant curve keeps its share for ever',
  fc.property(keep, price, elapsed, (share, start, at) => {
    return priced(unchecked.constant(share), start, at) === (start * share) / RAY
  }),
)

const twoPoints = fc
  .tuple(keep, share, fc.bigInt(1n, 300n))
  .map(([first, kept, after]) => ({ first, second: mulDiv(first, kept, RAY, 'floor'), after }))

law(
  'CRV-11',
  'between two points a share runs straight, or holds',
  fc.property(twoPoints, fc.bigInt(0n, 300n), ({ after, first, second }, into) => {
    const at = into % after
    const points = [
      { after: 0n, share: first },
      { after, share: ray(second) },
    ]
    const straight = priced(unchecked.piecewise(points, 'linear', 'hold'), RAY, at)
    const exact = first * (after - at) + second * at
    return (
      straight * after <= exact &&
      exact < (straight + 1n) * after &&
      priced(unchecked.piecewise(points, 'step', 'hold'), RAY, at) === first
    )
  }),
)

law(
  'CRV-11',
  'at a point its share counts; after the last it holds, or is zero from the next second on',
  fc.property(twoPoints, duration, ({ after, first, second }, later) => {
    const points = [
      { after: 0n, share: first },
      { after, share: ray(second) },
    ]
    return (['linear', 'step'] as const).every((between) => {
      const holds = unchecked.piecewise(points, between, 'hold')
      const ends = unchecked.piecewise(points, between, 'zero')
      return (
        priced(holds, RAY, after) === second &&
        priced(ends, RAY, after) === second &&
        priced(holds, RAY, after + later) === second &&
        priced(ends, RAY, after + later) === 0n
      )
    })
  }),
)

law(
  'CRV-12',
  'a scaled curve keeps its part of another, a floored one no less and a capped one no more than a share',
  fc.property(curve, share, elapsed, (of, by, at) => {
    const inner = priced(of, RAY, at)
    return (
      priced(unchecked.scaled(by, of), RAY, at) === (inner * by) / RAY &&
      priced(unchecked.floored(by, of), RAY, at) === (inner < by ? by : inner) &&
      priced(unchecked.capped(by, of), RAY, at) === (inner > by ? by : inner)
    )
  }),
)
