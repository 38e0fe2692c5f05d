/**
 * Oracle: what the engine is told of the market, and how old that is.
 *
 * An oracle is one function of time, so that each can be put before another and replaced by the
 * user's own. What it answers at an instant depends on the market up to that instant alone.
 *
 * Laws: ORA-1 to ORA-6 (spec/19-oracle.md).
 */

import { Fixed } from '../core/index.js'
import { type Made, made, seconds, type Unfit, unless } from './Setting.js'

// Model

/** A price, and the instant that it was seen at. */
export interface Reading {
  readonly price: Fixed.Ray
  readonly at: Fixed.Seconds
}

/** What is known at an instant, if anything is. */
export interface Oracle {
  readonly at: (time: Fixed.Seconds) => Reading | undefined
}

/** The market price at an instant, of a path or of the user's own making. */
export type Price = (time: Fixed.Seconds) => Fixed.Ray

/** From one instant on, until before another. */
export interface Span {
  readonly from: Fixed.Seconds
  readonly until: Fixed.Seconds
}

/** When an oracle looks at the one before it: every so often, the first and the last time as given. */
export interface Looks {
  readonly from: Fixed.Seconds
  readonly to: Fixed.Seconds
  readonly every: Fixed.Seconds
}

export interface Heartbeat extends Looks {
  /** A price is published at the latest this long after the one before. */
  readonly heartbeat: Fixed.Seconds
  /** And at once where it differs by this share of the one published. */
  readonly deviation: Fixed.Ray
}

export interface Breaker extends Looks {
  /** The largest share of a price by which the next one may differ. */
  readonly most: Fixed.Ray
  /** How long there is no price once one differs by more. */
  readonly holds: Fixed.Seconds
}

export interface Quorum {
  /** A reading older than this does not count. */
  readonly maxAge: Fixed.Seconds
  /** With fewer readings than this there is no price. */
  readonly least: number
}

// Constructors: from the market

/** Knows the market price at once (ORA-1). */
export const direct = (price: Price): Oracle => ({
  at: (time) => ({ price: price(time), at: time }),
})

/** Knows what another knew so many seconds ago (ORA-1). Refuses a delay that is no whole number, or below zero. */
export const delayed = (oracle: Oracle, by: Fixed.Seconds): Made<Oracle> =>
  made(
    unless(
      Number.isSafeInteger(by) && by >= 0,
      'ORA-1',
      'by',
      by,
      'a whole number of seconds, from 0 on',
    ),
    () => ({ at: (time) => oracle.at(time - by) }),
  )

// Constructors: that look now and then

/** What is known from an instant on. */
interface Published {
  readonly from: Fixed.Seconds
  readonly reading: Reading | undefined
}

/** What was published last, by any instant. */
const lastOf = (published: readonly Published[], time: Fixed.Seconds): Reading | undefined => {
  let [low, high] = [0, published.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((published[middle]?.from ?? Infinity) <= time) low = middle + 1
    else high = middle
  }
  return published[low - 1]?.reading
}

/** An oracle that looks more often than this is refused, before it fills the memory. */
const MOST_LOOKS = 10_000_000

const looksUnfit = (rule: Unfit['rule'], { every, from, to }: Looks): readonly Unfit[] => [
  ...unless(
    !(every > 0) || (to - from) / every <= MOST_LOOKS,
    rule,
    'every',
    every,
    `no more than ${MOST_LOOKS} looks`,
  ),
  ...seconds(rule, 'every', every),
  ...unless(Number.isSafeInteger(from), rule, 'from', from, 'a whole second'),
  ...unless(
    Number.isSafeInteger(to) && to >= from,
    rule,
    'to',
    to,
    'a whole second, not before from',
  ),
]

/**
 * What looks at the times of `looks` publish, worked out no further than it is asked for: the market may be known no further,
 * where what is decided by its prices moves them.
 */
const asLooked = (
  { every, from, to }: Looks,
  look: (at: Fixed.Seconds) => Published | undefined,
): Oracle['at'] => {
  const published: Published[] = []
  let next = from
  return (time) => {
    for (; next <= Math.min(time, to); next += every) {
      const one = look(next)
      if (one !== undefined) published.push(one)
    }
    return lastOf(published, time)
  }
}

/** Whether two prices are at least, or more than, a share of the first apart. */
const differs = (
  before: Fixed.Ray,
  now: Fixed.Ray,
  share: Fixed.Ray,
): 'less' | 'equal' | 'more' => {
  const apart = (now > before ? now - before : before - now) * Fixed.RAY
  const limit = before * share
  return apart < limit ? 'less' : apart === limit ? 'equal' : 'more'
}

/**
 * Publishes what another knows when it is far enough from what was published last, or that is old
 * enough (ORA-2). Refuses times that are no whole seconds, and a deviation below zero.
 */
export const heartbeat = (oracle: Oracle, settings: Heartbeat): Made<Oracle> =>
  made(
    [
      ...looksUnfit('ORA-2', settings),
      ...seconds('ORA-2', 'heartbeat', settings.heartbeat),
      ...unless(settings.deviation >= 0n, 'ORA-2', 'deviation', settings.deviation, 'at least 0'),
    ],
    () => {
      let last: Reading | undefined
      const look = (at: Fixed.Seconds): Published | undefined => {
        const seen = oracle.at(at)
        const isDue =
          last === undefined ||
          at - last.at >= settings.heartbeat ||
          (seen !== undefined && differs(last.price, seen.price, settings.deviation) !== 'less')
        if (seen === undefined || !isDue) return undefined
        last = { price: seen.price, at }
        return { from: at, reading: last }
      }
      return { at: asLooked(settings, look) }
    },
  )

/**
 * Passes on what another knows, until a price is too far from the one before: then there is none for a
 * while, and after it whatever is known by then is the first one (ORA-5). Refuses times that are no
 * whole seconds, and a share below zero.
 */
export const breaker = (oracle: Oracle, settings: Breaker): Made<Oracle> =>
  made(
    [
      ...looksUnfit('ORA-5', settings),
      ...seconds('ORA-5', 'holds', settings.holds),
      ...unless(settings.most >= 0n, 'ORA-5', 'most', settings.most, 'at least 0'),
    ],
    () => {
      let last: Reading | undefined
      let closedUntil = -Infinity
      const look = (at: Fixed.Seconds): Published | undefined => {
        const seen = oracle.at(at)
        if (seen === undefined || at < closedUntil) return undefined
        const isJump =
          last !== undefined && differs(last.price, seen.price, settings.most) === 'more'
        if (isJump) closedUntil = at + settings.holds
        last = isJump ? undefined : seen
        return { from: at, reading: last }
      }
      return { at: asLooked(settings, look) }
    },
  )

// Constructors: of several

const byPrice = (a: Reading, b: Reading): number =>
  a.price === b.price ? a.at - b.at : a.price < b.price ? -1 : 1

/**
 * The price in the middle of several oracles' (ORA-3): of those that are not too old, if enough are left. Of an even number the
 * mean of the two in the middle, rounded down; as old as the older of them. Refuses no oracles, and fewer than are needed.
 */
export const median = (oracles: readonly Oracle[], { least, maxAge }: Quorum): Made<Oracle> =>
  made(
    [
      ...unless(
        Number.isSafeInteger(maxAge) && maxAge >= 0,
        'ORA-3',
        'maxAge',
        maxAge,
        'a whole number of seconds, from 0 on',
      ),
      ...unless(
        Number.isSafeInteger(least) && least > 0 && least <= oracles.length,
        'ORA-3',
        'least',
        least,
        `a whole number from 1 to the number of oracles, ${oracles.length}`,
      ),
    ],
    () => ({
      at: (time) => {
        const fresh = oracles
          .map((oracle) => oracle.at(time))
          .filter((reading) => reading !== undefined)
          .filter((reading) => time - reading.at <= maxAge)
          .sort(byPrice)
        const low = fresh[(fresh.length - 1) >> 1]
        const high = fresh[fresh.length >> 1]
        if (fresh.length < least || low === undefined || high === undefined) return undefined
        return {
          price: Fixed.ray((low.price + high.price) / 2n),
          at: Math.min(low.at, high.at),
        }
      },
    }),
  )

// Constructors: that fail

const isIn = ({ from, until }: Span, time: Fixed.Seconds): boolean => time >= from && time < until

/** Gone wrong for a while: what it says is the truth times a factor, rounded down (ORA-4). */
export const wrong = (oracle: Oracle, span: Span, factor: Fixed.Ray): Made<Oracle> =>
  made(unless(factor >= 0n, 'ORA-4', 'factor', factor, 'at least 0'), () => ({
    at: (time) => {
      const reading = oracle.at(time)
      return reading === undefined || !isIn(span, time)
        ? reading
        : {
            price: Fixed.ray(Fixed.mulDiv(reading.price, factor, Fixed.RAY, 'floor')),
            at: reading.at,
          }
    },
  }))

/** Silent for a while: it still says what it said the second before, as old as that then is (ORA-4). */
export const silent = (oracle: Oracle, span: Span): Oracle => ({
  at: (time) => oracle.at(isIn(span, time) ? span.from - 1 : time),
})
