/**
 * Shape: the shapes of price curves as data, and which of them are hazardous.
 *
 * Laws: CRV-5 (spec/03-curves.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { type Duration, RAY, type Ray } from './Fixed.js'
import * as Hazard from './Hazard.js'

// Model

/** The same share for ever: with no time to wait for, an instant sale at a fixed discount. */
export interface Constant {
  readonly _tag: 'Constant'
  readonly share: Ray
}

/** Falls in a straight line, to zero at `zeroAfter`. */
export interface Linear {
  readonly _tag: 'Linear'
  readonly zeroAfter: Duration
}

/** Drops once every `stepEvery`, each time to `keepPerStep` of the price before. */
export interface Stairs {
  readonly _tag: 'Stairs'
  readonly stepEvery: Duration
  readonly keepPerStep: Ray
}

/** Drops every second, each time to `keepPerSecond` of the price before. */
export interface Exponential {
  readonly _tag: 'Exponential'
  readonly keepPerSecond: Ray
}

/** The share at one moment of a piecewise curve. */
export interface Point {
  readonly after: Duration
  readonly share: Ray
}

/** Runs through points, straight from one to the next or holding each until the next. */
export interface Piecewise {
  readonly _tag: 'Piecewise'
  readonly points: readonly Point[]
  readonly between: 'linear' | 'step'
  /** After the last point its share holds, or the price is zero. */
  readonly afterLast: 'hold' | 'zero'
}

/** `by` times the share of another curve, rounded down. */
export interface Scaled {
  readonly _tag: 'Scaled'
  readonly by: Ray
  readonly of: Curve
}

/** Another curve, but never below the share `at`. */
export interface Floored {
  readonly _tag: 'Floored'
  readonly at: Ray
  readonly of: Curve
}

/** Another curve, but never above the share `at`. */
export interface Capped {
  readonly _tag: 'Capped'
  readonly at: Ray
  readonly of: Curve
}

export type Curve = Constant | Linear | Stairs | Exponential | Piecewise | Scaled | Floored | Capped

// Constructors

/** Builds curves as they are given, hazardous ones too: for replaying history exactly. */
export const unchecked = {
  constant: (share: Ray): Constant => ({ _tag: 'Constant', share }),
  linear: (zeroAfter: Duration): Linear => ({ _tag: 'Linear', zeroAfter }),
  stairs: (stepEvery: Duration, keepPerStep: Ray): Stairs => ({
    _tag: 'Stairs',
    stepEvery,
    keepPerStep,
  }),
  exponential: (keepPerSecond: Ray): Exponential => ({ _tag: 'Exponential', keepPerSecond }),
  piecewise: (
    points: readonly Point[],
    between: Piecewise['between'],
    afterLast: Piecewise['afterLast'],
  ): Piecewise => ({ _tag: 'Piecewise', points, between, afterLast }),
  scaled: (by: Ray, of: Curve): Scaled => ({ _tag: 'Scaled', by, of }),
  floored: (at: Ray, of: Curve): Floored => ({ _tag: 'Floored', at, of }),
  capped: (at: Ray, of: Curve): Capped => ({ _tag: 'Capped', at, of }),
} as const

const factor = (parameter: string, given: Ray): readonly Hazard.Hazard[] => [
  ...Hazard.atLeast('CRV-5', parameter, 'Ray', given, 1n),
  ...Hazard.atMost('CRV-5', parameter, 'Ray', given, RAY),
]

const period = (parameter: string, given: Duration): readonly Hazard.Hazard[] =>
  Hazard.atLeast('CRV-5', parameter, 'Duration', given, 1n)

const pointHazards = (points: readonly Point[], path: string): readonly Hazard.Hazard[] => [
  ...Hazard.atLeast('CRV-5', `${path}points.length`, 'Count', BigInt(points.length), 1n),
  ...points.flatMap(({ after, share }, i) => {
    const before = points[i - 1]
    const here = `${path}points[${i}]`
    return [
      ...Hazard.atLeast('CRV-5', `${here}.share`, 'Ray', share, 0n),
      ...Hazard.atMost('CRV-5', `${here}.share`, 'Ray', share, before ? before.share : RAY),
      ...(before
        ? Hazard.atLeast('CRV-5', `${here}.after`, 'Duration', after, before.after + 1n)
        : [
            ...Hazard.atLeast('CRV-5', `${here}.after`, 'Duration', after, 0n),
            ...Hazard.atMost('CRV-5', `${here}.after`, 'Duration', after, 0n),
          ]),
    ]
  }),
]

/** How deep curves may be nested: a judgement, far below what a stack holds. */
const deepest = 16

/** No further down than `left` curves: whoever nests 20,000 is told so, and no stack overflows. */
const within = (curve: Curve, path: string, left: number): readonly Hazard.Hazard[] => {
  switch (curve._tag) {
    case 'Constant':
      return factor(`${path}share`, curve.share)
    case 'Linear':
      return period(`${path}zeroAfter`, curve.zeroAfter)
    case 'Stairs':
      return [
        ...period(`${path}stepEvery`, curve.stepEvery),
        ...factor(`${path}keepPerStep`, curve.keepPerStep),
      ]
    case 'Exponential':
      return factor(`${path}keepPerSecond`, curve.keepPerSecond)
    case 'Piecewise':
      return pointHazards(curve.points, path)
    case 'Scaled':
    case 'Floored':
    case 'Capped':
      return [
        ...(curve._tag === 'Scaled'
          ? factor(`${path}by`, curve.by)
          : factor(`${path}at`, curve.at)),
        ...(left > 0
          ? within(curve.of, `${path}of.`, left - 1)
          : Hazard.atMost('CRV-5', `${path}of`, 'Count', BigInt(deepest + 1), BigInt(deepest))),
      ]
  }
}

/** What is hazardous in a curve by itself (CRV-5), its parameters named from `path` on. */
export const hazards = (curve: Curve, path = ''): readonly Hazard.Hazard[] =>
  within(curve, path, deepest)

/** The curve, or the first thing hazardous in it (CRV-5). */
export const make = <C extends Curve>(curve: C): E.Either<Hazard.Hazard, C> => {
  const [hazard] = hazards(curve)
  return hazard === undefined ? E.right(curve) : E.left(hazard)
}

/** A share above 0 and at most 1, for ever (CRV-10). Refuses another (CRV-5). */
export const constant = (share: Ray): E.Either<Hazard.Hazard, Constant> =>
  make(unchecked.constant(share))

/** A straight line to zero (CRV-2). Refuses a `zeroAfter` below one second (CRV-5). */
export const linear = (zeroAfter: Duration): E.Either<Hazard.Hazard, Linear> =>
  make(unchecked.linear(zeroAfter))

/**
 * A drop every so many seconds (CRV-3). Refuses a `stepEvery` below one second, and a `keepPerStep`
 * that is not above 0 and at most 1 (CRV-5).
 *
 * @example stairs(90n, ray(99n * 10n ** 25n)) // one per cent every minute and a half
 */
export const stairs = (stepEvery: Duration, keepPerStep: Ray): E.Either<Hazard.Hazard, Stairs> =>
  make(unchecked.stairs(stepEvery, keepPerStep))

/** A drop every second (CRV-6). Refuses a `keepPerSecond` not above 0 and at most 1 (CRV-5). */
export const exponential = (keepPerSecond: Ray): E.Either<Hazard.Hazard, Exponential> =>
  make(unchecked.exponential(keepPerSecond))

/** Through points (CRV-11). Refuses no points, a first not at 0, times that do not rise, shares that do (CRV-5). */
export const piecewise = (
  points: readonly Point[],
  between: Piecewise['between'],
  afterLast: Piecewise['afterLast'],
): E.Either<Hazard.Hazard, Piecewise> => make(unchecked.piecewise(points, between, afterLast))

/** Another curve times `by`, above 0 and at most 1 (CRV-12, CRV-5). */
export const scaled = (by: Ray, of: Curve): E.Either<Hazard.Hazard, Scaled> =>
  make(unchecked.scaled(by, of))

/** Another curve, never below the share `at`, above 0 and at most 1 (CRV-12, CRV-5). */
export const floored = (at: Ray, of: Curve): E.Either<Hazard.Hazard, Floored> =>
  make(unchecked.floored(at, of))

/** Another curve, never above the share `at`, above 0 and at most 1 (CRV-12, CRV-5). */
export const capped = (at: Ray, of: Curve): E.Either<Hazard.Hazard, Capped> =>
  make(unchecked.capped(at, of))
