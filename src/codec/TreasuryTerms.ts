/**
 * TreasuryTerms: the terms of a treasury as JSON: the fields of the core's, amounts as decimal text.
 *
 * Laws: DEC-18 to DEC-20, DEC-25, DEC-27 (spec/02-decimal.md).
 */

import type { Treasury } from '../core/index.js'
import * as Shape from './Shape.js'
import { english } from './Terms.js'

const { closed, duration, formatted, oneOf, rad, text, wad, whole } = Shape

/** The codec of a treasury's terms, whatever is known to be wrong with them. */
export const codec: Shape.Codec<Treasury.Terms> = formatted('treasury terms', {
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
})
