/**
 * Abacus: MakerDAO's price functions, as curves of the core and back.
 *
 * Laws: MKR-1, MKR-3 (spec/14-maker.md).
 * Source: abaci.sol in MakerDAO's dss.
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Fixed } from '../core/index.js'
import { Curve } from '../core/index.js'
import { fail, type Outcome } from './Failure.js'

// Model

/** A price function of abaci.sol. */
export type Calc =
  | { readonly _tag: 'LinearDecrease'; readonly tau: Fixed.Duration }
  | {
      readonly _tag: 'StairstepExponentialDecrease'
      readonly step: Fixed.Duration
      readonly cut: Fixed.Ray
    }
  | { readonly _tag: 'ExponentialDecrease'; readonly cut: Fixed.Ray }

// Constructors

/** The curve of a price function, whatever its parameters are. */
export const curveOf = (calc: Calc): Curve.Curve => {
  switch (calc._tag) {
    case 'LinearDecrease':
      return Curve.unchecked.linear(calc.tau)
    case 'StairstepExponentialDecrease':
      return Curve.unchecked.stairs(calc.step, calc.cut)
    case 'ExponentialDecrease':
      return Curve.unchecked.exponential(calc.cut)
  }
}

/** The price function of a curve, if there is one. */
export const calcOf = (curve: Curve.Curve): Calc | undefined => {
  switch (curve._tag) {
    case 'Linear':
      return { _tag: 'LinearDecrease', tau: curve.zeroAfter }
    case 'Stairs':
      return {
        _tag: 'StairstepExponentialDecrease',
        step: curve.stepEvery,
        cut: curve.keepPerStep,
      }
    case 'Exponential':
      return { _tag: 'ExponentialDecrease', cut: curve.keepPerSecond }
    default:
      return undefined
  }
}

// Queries

/**
 * The price `dur` seconds after it stood at `top`. Without a reason where a product passes 256 bits;
 * `<invalid>` for a step of no length.
 *
 * @example Abacus.price({ _tag: 'LinearDecrease', tau: 100n }, ray(RAY), 50n) // E.right(half a Ray)
 */
export const price = (calc: Calc, top: Fixed.Ray, dur: Fixed.Duration): Outcome<Fixed.Ray> => {
  const found = Curve.priceAt(curveOf(calc), 'uint256')(top, dur)
  if (E.isRight(found)) return found
  const dividesByZero = calc._tag === 'StairstepExponentialDecrease' && calc.step === 0n
  return fail(dividesByZero ? '<invalid>' : '', 300)
}
