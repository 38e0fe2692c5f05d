import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Curve, Fixed, type Hazard } from '../../src/index.js'
import { share, wildCurve } from '../../src/testing/Arbitrary.js'
import { law } from '../law.js'
import { curve, wild } from './curves.js'
import { atBound, isSame, kindOf } from './hazards.js'

const { RAY, ray } = Fixed
const { unchecked } = Curve

const isFactor = (n: bigint): boolean => n > 0n && n <= RAY

/** CRV-5, read as one condition a curve. */
const isAccepted = (curve: Curve.Curve): boolean => {
  switch (curve._tag) {
    case 'Constant':
      return isFactor(curve.share)
    case 'Linear':
      return curve.zeroAfter >= 1n
    case 'Stairs':
      return curve.stepEvery >= 1n && isFactor(curve.keepPerStep)
    case 'Exponential':
      return isFactor(curve.keepPerSecond)
    case 'Piecewise': {
      const shares = [RAY, ...curve.points.map(({ share }) => share), 0n]
      const times = curve.points.map(({ after }) => after)
      return (
        times[0] === 0n &&
        times.every((time, i) => i === 0 || time > (times[i - 1] ?? 0n)) &&
        shares.every((share, i) => i === 0 || share <= (shares[i - 1] ?? 0n))
      )
    }
    case 'Scaled':
      return isFactor(curve.by) && isAccepted(curve.of)
    case 'Floored':
    case 'Capped':
      return isFactor(curve.at) && isAccepted(curve.of)
  }
}

/** Small numbers about the bounds, so that points are in order about as often as not. */
const small = fc.oneof(fc.bigInt(-1n, 3n), fc.bigInt(RAY - 2n, RAY + 2n)).map(ray)
const point = fc.record({ after: fc.bigInt(-1n, 3n), share: small })
const closeCurve: fc.Arbitrary<Curve.Curve> = fc.oneof(
  small.map(unchecked.constant),
  small.map((n) => unchecked.linear(n)),
  fc.tuple(fc.bigInt(-1n, 2n), small).map((all) => unchecked.stairs(...all)),
  small.map(unchecked.exponential),
  {
    weight: 4,
    arbitrary: fc.array(point, { maxLength: 3 }).map((points) =>
      unchecked.piecewise(
        points.map((one, i) => (i === 0 ? { ...one, after: 0n } : one)),
        'linear',
        'hold',
      ),
    ),
  },
)
const anyCurve = fc.oneof(
  wild,
  wildCurve,
  curve,
  closeCurve,
  fc
    .tuple(small, closeCurve, fc.constantFrom('scaled', 'floored', 'capped'))
    .map(([by, of, how]) => unchecked[how as 'scaled'](by, of)),
)

law(
  'CRV-5',
  'a curve is accepted exactly where each of its settings is in bounds',
  fc.property(anyCurve, (curve) => {
    const made = Curve.make(curve)
    return isAccepted(curve)
      ? E.isRight(made) && made.right === curve
      : isDeepStrictEqual(made, E.left(Curve.hazards(curve)[0]))
  }),
  { numRuns: 1000 },
)

law(
  'CRV-5',
  'each constructor accepts what make accepts, and builds what unchecked builds',
  fc.property(
    small,
    fc.bigInt(-1n, 3n),
    fc.array(point, { maxLength: 3 }),
    closeCurve,
    (share, time, points, of) =>
      (
        [
          [Curve.constant(share), unchecked.constant(share)],
          [Curve.linear(time), unchecked.linear(time)],
          [Curve.stairs(time, share), unchecked.stairs(time, share)],
          [Curve.exponential(share), unchecked.exponential(share)],
          [Curve.piecewise(points, 'step', 'zero'), unchecked.piecewise(points, 'step', 'zero')],
          [Curve.scaled(share, of), unchecked.scaled(share, of)],
          [Curve.floored(share, of), unchecked.floored(share, of)],
          [Curve.capped(share, of), unchecked.capped(share, of)],
        ] as readonly (readonly [E.Either<Hazard.Hazard, Curve.Curve>, Curve.Curve])[]
      ).every(([made, plain]) => isDeepStrictEqual(made, Curve.make(plain))),
  ),
)

test('CRV-5 with a setting at the bound that a hazard names, that hazard is gone; each kind happens', () => {
  const kinds = new Set<string>()
  fc.assert(
    fc.property(anyCurve, (curve) =>
      Curve.hazards(curve).every((hazard) => {
        kinds.add(kindOf(hazard))
        return !Curve.hazards(atBound(curve, hazard)).some((left) => isSame(left, hazard))
      }),
    ),
    { seed: 1, numRuns: 2000 },
  )
  expect([...kinds].sort()).toEqual(
    [
      'after AtLeast',
      'after AtMost',
      'at AtLeast',
      'at AtMost',
      'by AtLeast',
      'by AtMost',
      'keepPerSecond AtLeast',
      'keepPerSecond AtMost',
      'keepPerStep AtLeast',
      'keepPerStep AtMost',
      'points.length AtLeast',
      'share AtLeast',
      'share AtMost',
      'stepEvery AtLeast',
      'zeroAfter AtLeast',
    ].map((kind) => `CRV-5 ${kind}`),
  )
})

law(
  'CRV-5',
  'a hazard says what was given, and where in a curve of curves',
  fc.property(share, (by) => {
    const over = ray(RAY + 1n)
    const nested = unchecked.scaled(RAY, unchecked.capped(over, unchecked.constant(by)))
    const { given, parameter } = Curve.hazards(nested, 'sale.')[0] ?? {}
    return given === over && parameter === 'sale.of.at'
  }),
)
