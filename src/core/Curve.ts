/**
 * Curve: how an auction's price falls as time passes, as a share of the price it started from.
 *
 * Laws: CRV-1 to CRV-12 (spec/03-curves.md).
 * Source: Linear, Stairs and Exponential are LinearDecrease, StairstepExponentialDecrease and
 * ExponentialDecrease in MakerDAO's dss (abaci.sol).
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Option } from 'fp-ts/lib/Option.js'
import {
  type Duration,
  fits,
  max,
  min,
  mulDiv,
  powers,
  RAY,
  type Ray,
  ray,
  rpow,
  type Seconds,
  type Width,
} from './Fixed.js'
import type { Capped, Curve, Floored, Piecewise, Scaled } from './Shape.js'

export * from './Shape.js'

// Model

/** The curve gives no price: a step of no seconds, no points, a share below zero, or a number that overflows. */
export interface NoPrice {
  readonly _tag: 'NoPrice'
  readonly rule: 'CRV-9'
  readonly startPrice: Ray
  readonly elapsed: Duration
}

// Queries

const linearShare = (zeroAfter: Duration, elapsed: Duration, width: Width): bigint | undefined => {
  const left = zeroAfter - elapsed
  if (left <= 0n) return 0n
  const scaled = left * RAY
  return fits(width, scaled) ? scaled / zeroAfter : undefined
}

/** The last point at or before `elapsed` decides; of two at one time, the later in the list. */
const pointsShare = (
  { afterLast, between, points }: Piecewise,
  elapsed: Duration,
): bigint | undefined => {
  const last = points.reduce((found, { after }, i) => (after <= elapsed ? i : found), -1)
  const from = points[last] ?? points[0]
  const to = points[last + 1]
  if (from === undefined) return undefined
  if (to === undefined) return afterLast === 'zero' && elapsed > from.after ? 0n : from.share
  if (between === 'step' || elapsed <= from.after) return from.share
  const sum = from.share * (to.after - elapsed) + to.share * (elapsed - from.after)
  return mulDiv(sum, 1n, to.after - from.after, 'floor')
}

const on = <A>(share: bigint | undefined, then: (share: bigint) => A): A | undefined =>
  share === undefined ? undefined : then(share)

const combine = (curve: Scaled | Floored | Capped, share: bigint): bigint => {
  switch (curve._tag) {
    case 'Scaled':
      return mulDiv(share, curve.by, RAY, 'floor')
    case 'Floored':
      return max(share, curve.at)
    case 'Capped':
      return min(share, curve.at)
  }
}

/** The share of the start price that is left. Needs `elapsed >= 0`. */
const shareAt = (curve: Curve, elapsed: Duration, width: Width): bigint | undefined => {
  switch (curve._tag) {
    case 'Constant':
      return curve.share
    case 'Linear':
      return linearShare(curve.zeroAfter, elapsed, width)
    case 'Stairs':
      return curve.stepEvery > 0n ? rpow(curve.keepPerStep, elapsed / curve.stepEvery) : undefined
    case 'Exponential':
      return rpow(curve.keepPerSecond, elapsed)
    case 'Piecewise':
      return pointsShare(curve, elapsed)
    case 'Scaled':
    case 'Floored':
    case 'Capped':
      return on(shareAt(curve.of, elapsed, width), (share) => combine(curve, share))
  }
}

/** How deep a curve may hold curves and still have prices: a stack holds many times as many. */
const deepest = 64

const isShallow = (curve: Curve, left = deepest): boolean =>
  !('of' in curve) || (left > 0 && isShallow(curve.of, left - 1))

const priceOf = (startPrice: bigint, share: bigint | undefined, width: Width): Ray | undefined => {
  if (share === undefined || share < 0n || startPrice < 0n) return undefined
  const product = startPrice * share
  return fits(width, product) ? ray(product / RAY) : undefined
}

/**
 * The price on a curve, `elapsed` after it stood at `startPrice` (CRV-1 to CRV-4, CRV-6, CRV-9 to
 * CRV-12). A curve made by the constructors always has one, unless it overflows `width` (FIX-5).
 */
export const priceAt =
  (curve: Curve, width: Width = 'unbounded') =>
  (startPrice: Ray, elapsed: Duration): E.Either<NoPrice, Ray> => {
    const share = isShallow(curve) ? shareAt(curve, max(elapsed, 0n), width) : undefined
    const price = priceOf(startPrice, share, width)
    return price === undefined
      ? E.left({ _tag: 'NoPrice', rule: 'CRV-9', startPrice, elapsed })
      : E.right(price)
  }

/** A start price and the seconds elapsed on a clock, to the price, if there is one. */
export type PriceOnClock = (startPrice: Ray, elapsed: Seconds) => Ray | undefined

type ShareOnClock = (elapsed: Seconds) => bigint | undefined

/** The powers of a share from 0 to 1: a table for its lowest bits, one multiplication for each bit above. */
const powersOnClock = (keep: Ray, every: number, horizon: Seconds): ShareOnClock => {
  const drops = Math.min(Math.max(0, Math.floor(horizon / every)), 0x3fff)
  const table = powers(keep, 32 - Math.clz32(drops))
  return (elapsed) => {
    const drop = Math.floor(elapsed / every)
    return table[drop] ?? rpow(keep, BigInt(drop))
  }
}

const shareOnClock = (curve: Curve, horizon: Seconds, width: Width): ShareOnClock => {
  switch (curve._tag) {
    case 'Stairs':
    case 'Exponential': {
      const [every, keep] =
        curve._tag === 'Stairs'
          ? [Number(curve.stepEvery), curve.keepPerStep]
          : [1, curve.keepPerSecond]
      return every > 0 && keep >= 0n && keep <= RAY
        ? powersOnClock(keep, every, horizon)
        : (elapsed) => shareAt(curve, BigInt(elapsed), width)
    }
    case 'Scaled':
    case 'Floored':
    case 'Capped': {
      const inner = shareOnClock(curve.of, horizon, width)
      return (elapsed) => on(inner(elapsed), (share) => combine(curve, share))
    }
    case 'Constant':
    case 'Linear':
    case 'Piecewise':
      return (elapsed) => shareAt(curve, BigInt(elapsed), width)
  }
}

/**
 * The same prices as priceAt (CRV-8), with the powers up to `horizon` (16,384 at most) worked out
 * beforehand: slower for one price, many times faster for thousands.
 */
export const compile = (
  curve: Curve,
  horizon: Seconds,
  width: Width = 'unbounded',
): PriceOnClock => {
  const share = isShallow(curve) ? shareOnClock(curve, horizon, width) : () => undefined
  return (startPrice, elapsed) =>
    Number.isSafeInteger(elapsed)
      ? priceOf(startPrice, share(elapsed > 0 ? elapsed : 0), width)
      : undefined
}

/** The first second from `low` to `high` at which `reached` holds, if it then holds up to `high`. */
const firstSecond = (reached: (at: Seconds) => boolean, low: Seconds, high: Seconds): Seconds => {
  if (low >= high) return high
  const middle = low + Math.floor((high - low) / 2)
  return reached(middle)
    ? firstSecond(reached, low, middle)
    : firstSecond(reached, middle + 1, high)
}

/**
 * The first second, up to `horizon`, at which the price is at or below `price`, if any (CRV-7).
 * Takes a curve that never rises, as the constructors make them.
 */
export const timeToReach =
  (curve: Curve, width: Width = 'unbounded') =>
  (startPrice: Ray, price: Ray, horizon: Seconds): Option<Seconds> => {
    const reached = (at: Seconds): boolean => {
      const then = priceAt(curve, width)(startPrice, BigInt(at))
      return E.isRight(then) && then.right <= price
    }
    return Number.isSafeInteger(horizon) && horizon >= 0 && reached(horizon)
      ? { _tag: 'Some', value: firstSecond(reached, 0, horizon) }
      : { _tag: 'None' }
  }
