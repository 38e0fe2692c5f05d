/**
 * Lots: what is left of a Dutch lot as JSON, to ask its price.
 *
 * Laws: DEC-23 (spec/02-decimal.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Fixed, type Lot, type Terms } from '../core/index.js'
import type { Problem } from './Csv.js'
import * as Json from './Json.js'
import * as Shape from './Shape.js'

// Model

/** What of a lot its price depends on. */
export interface Sketch {
  readonly asset: string
  readonly collateral: Fixed.Wad
  readonly debt: Fixed.Rad
  readonly target: Fixed.Rad
  readonly startPrice: Fixed.Ray
  readonly startedAt: Fixed.Seconds
}

const { closed, rad, ray, text, wad, whole } = Shape

/** The codec of a sketch. */
export const codec: Shape.Codec<Sketch> = closed('lot', {
  asset: text,
  collateral: wad,
  debt: rad,
  target: rad,
  startPrice: ray,
  startedAt: whole,
})

// Constructors

/** Refuses a lot of nothing, for nothing, or from a price of nothing; a debt below zero or above the target (DEC-23). */
const check = (
  document: Json.Document,
  value: unknown,
  within: Json.Path,
  sketch: Sketch,
): E.Either<Problem, Sketch> => {
  const { collateral, debt, startPrice, startedAt, target } = sketch
  const refuse = (field: keyof Sketch, wanted: string): E.Either<Problem, never> => {
    const path = [...within, field]
    const found = (value as Readonly<Record<string, unknown>>)[field]
    return E.left({
      rule: 'DEC-23',
      line: document.lineOf(path),
      field: Json.show(path),
      found: String(found),
      wanted,
    })
  }
  if (collateral <= 0n) return refuse('collateral', 'more than 0')
  if (debt < 0n) return refuse('debt', '0 or more')
  if (target <= 0n) return refuse('target', 'more than 0')
  if (debt > target) return refuse('debt', 'at most the target')
  if (startPrice <= 0n) return refuse('startPrice', 'more than 0')
  return startedAt < 0 ? refuse('startedAt', 'an instant since 1970') : E.right(sketch)
}

/** The lot at a path of a document (DEC-18, DEC-20, DEC-23). */
export const read = (
  document: Json.Document,
  value: unknown,
  within: Json.Path,
): E.Either<Problem, Sketch> =>
  pipe(
    Shape.read(codec, document, value, within),
    E.chain((sketch) => check(document, value, within, sketch)),
  )

/** The lot that a sketch is of, under terms, open since it started. */
export const lot = (terms: Terms.Terms, sketch: Sketch): Lot.Dutch => {
  const { asset, startedAt, ...rest } = sketch
  return {
    _tag: 'Dutch',
    id: 'lot',
    line: terms.line,
    terms: terms.version,
    goods: { _tag: 'Collateral', asset, position: 'position', owner: 'owner' },
    ...rest,
    startedAt,
    rewarded: Fixed.rad(0n),
    lossAt: terms.lossAt,
    binding: terms.binding,
    lastAt: startedAt,
    ended: false,
  }
}
