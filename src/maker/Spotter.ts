/**
 * Spotter: the prices that MakerDAO's contracts read: the feed's, and what a unit of collateral supports.
 *
 * Laws: MKR-4 (spec/14-maker.md).
 * Source: spot.sol (poke) and clip.sol (getFeedPrice) in MakerDAO's dss.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from '../core/index.js'
import { fail, type Outcome } from './Failure.js'

/** What a price feed answers: a Wad, and whether it is valid. */
export interface Pip {
  readonly val: Fixed.Wad
  readonly has: boolean
}

const toRay = 10n ** 9n

/** x × RAY ÷ y in 256 bits, rounded down (rdiv): whoever works it out divides by zero himself. */
const rdiv = (x: bigint, y: bigint): Outcome<Fixed.Ray> => {
  if (!Fixed.fits('uint256', x * Fixed.RAY)) return fail('', 380)
  return y <= 0n
    ? fail('<invalid>', 380)
    : E.right(Fixed.ray(Fixed.mulDiv(x, Fixed.RAY, y, 'floor')))
}

const inPar = ({ val }: Pip, par: Fixed.Ray): Outcome<Fixed.Ray> =>
  Fixed.fits('uint256', val * toRay) ? rdiv(val * toRay, par) : fail('', 380)

/** The market price that a sale starts from: the feed's in units of `par`, rounded down. */
export const feed = (pip: Pip, par: Fixed.Ray): Outcome<Fixed.Ray> =>
  pip.has ? inPar(pip, par) : fail('Clipper/invalid-price', 380)

/** The price of one unit by which positions are judged, after `mat`: nothing where the feed is not valid. */
export const spot = (pip: Pip, par: Fixed.Ray, mat: Fixed.Ray): Outcome<Fixed.Ray> => {
  if (!pip.has) return E.right(Fixed.ray(0n))
  const price = inPar(pip, par)
  return E.isLeft(price) ? price : rdiv(price.right, mat)
}
