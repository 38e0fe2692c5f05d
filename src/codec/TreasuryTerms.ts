/**
 * TreasuryTerms: the terms of a treasury as JSON: the fields of the core's, amounts as decimal text.
 *
 * Laws: DEC-18 to DEC-20, DEC-22, DEC-25, DEC-27 (spec/02-decimal.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Treasury, TreasuryTerms } from '../core/index.js'
import type { Problem } from './Csv.js'
import * as Hazards from './Hazards.js'
import type * as Json from './Json.js'
import * as Shape from './Shape.js'
import { english } from './Terms.js'

const { closed, duration, formatted, oneOf, rad, text, wad, whole } = Shape

/** The codec of a treasury's terms, whatever is known to be wrong with them. */
export const codec: Shape.Codec<Treasury.Terms> = formatted(
  'treasury terms',
  {
    line: text,
    version: whole,
    width: oneOf('unbounded', 'uint256'),
    wait: duration,
    surplus: closed('surplus', {
      token: text,
      lot: rad,
      buffer: rad,
      limit: rad,
      minFirstBid: wad,
      sale: english,
    }),
    debt: closed('debt', { token: text, lot: rad, tokens: wad, sale: english }),
  },
  {},
)

/**
 * The terms of a treasury that a document holds. Refuses what is none (DEC-18 to DEC-20) and, unless
 * `unchecked`, settings that are known to lose money (DEC-22).
 */
export const read = (
  document: Json.Document,
  unchecked = false,
): E.Either<Problem, Treasury.Terms> =>
  pipe(
    Shape.read(codec, document),
    E.chain((terms) => {
      const [first, ...rest] = unchecked ? [] : TreasuryTerms.hazards(terms)
      return first === undefined
        ? E.right(terms)
        : E.left(Hazards.problemOf(document, [], [first, ...rest]))
    }),
  )
