/**
 * Terms: the terms of a line as JSON: the fields of the core's Terms, amounts as decimal text.
 *
 * Laws: DEC-18 to DEC-22 (spec/02-decimal.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Curve, Terms } from '../core/index.js'
import type { Problem } from './Csv.js'
import * as Decimal from './Decimal.js'
import * as Hazards from './Hazards.js'
import * as Json from './Json.js'
import * as Shape from './Shape.js'

// Model

const { closed, duration, formatted, list, oneOf, rad, ray, tag, tagged, text, wad, whole } = Shape

/** A curve within a curve. */
const inner: Shape.Codec<Curve.Curve> = Shape.lazy('Curve', () => curve)

/** The codec of a curve. */
export const curve: Shape.Codec<Curve.Curve> = tagged<Curve.Curve>('Curve', {
  Constant: closed('Constant', { _tag: tag('Constant'), share: ray }),
  Linear: closed('Linear', { _tag: tag('Linear'), zeroAfter: duration }),
  Stairs: closed('Stairs', { _tag: tag('Stairs'), stepEvery: duration, keepPerStep: ray }),
  Exponential: closed('Exponential', { _tag: tag('Exponential'), keepPerSecond: ray }),
  Piecewise: closed('Piecewise', {
    _tag: tag('Piecewise'),
    points: list(closed('Point', { after: duration, share: ray })),
    between: oneOf('linear', 'step'),
    afterLast: oneOf('hold', 'zero'),
  }),
  Scaled: closed('Scaled', { _tag: tag('Scaled'), by: ray, of: inner }),
  Floored: closed('Floored', { _tag: tag('Floored'), at: ray, of: inner }),
  Capped: closed('Capped', { _tag: tag('Capped'), at: ray, of: inner }),
})

const edges = oneOf<Terms.Edges>('halfOpen', 'strict')

const dutch = closed('Dutch', {
  _tag: tag('Dutch'),
  curve: inner,
  markup: ray,
  reset: tagged<Terms.ResetRule>('reset', {
    Never: closed('Never', { _tag: tag('Never') }),
    WhenStale: closed('WhenStale', { _tag: tag('WhenStale'), after: duration, below: ray }),
  }),
  reserve: ray,
  minLeft: rad,
  minCollateralLeft: wad,
  emptySale: oneOf('refuse', 'allow'),
  edges,
})

/** The codec of a sale by rounds of bids. */
export const english: Shape.Codec<Terms.English> = closed('English', {
  _tag: tag('English'),
  minRaise: wad,
  bidLasts: duration,
  lasts: duration,
  ending: tagged<Terms.Ending>('ending', {
    Fixed: closed('Fixed', { _tag: tag('Fixed') }),
    Extended: closed('Extended', { _tag: tag('Extended'), by: duration, hardEnd: duration }),
  }),
  reserve: ray,
  held: oneOf('escrow', 'income'),
  growth: wad,
  edges,
})

export const collateral: Shape.Codec<Terms.Collateral> = closed('collateral', {
  asset: text,
  support: tagged<Terms.Support>('support', {
    Ratio: closed('Ratio', { _tag: tag('Ratio'), ratio: ray }),
    LoanToValue: closed('LoanToValue', { _tag: tag('LoanToValue'), share: ray }),
    Margin: closed('Margin', { _tag: tag('Margin'), share: ray }),
  }),
  haircut: ray,
  sale: tagged<Terms.Dutch | Terms.English>('sale', { Dutch: dutch, English: english }),
})

const sizing = closed('sizing', {
  closeFactor: wad,
  cap: tagged<Terms.Cap>('cap', {
    Room: closed('Room', { _tag: tag('Room') }),
    Slice: closed('Slice', { _tag: tag('Slice'), most: rad, minRoom: rad }),
  }),
  dust: tagged<Terms.Dust>('dust', {
    Ignore: closed('Ignore', { _tag: tag('Ignore') }),
    Refuse: closed('Refuse', { _tag: tag('Refuse'), minDebt: rad }),
    Absorb: closed('Absorb', { _tag: tag('Absorb'), minDebt: rad }),
  }),
  penaltyRate: wad,
  split: oneOf('byValue', 'inOrder'),
})

/** Who pays a reward. */
export const payer: Shape.Codec<Terms.Payer> = tagged<Terms.Payer>('payer', {
  Protocol: closed('Protocol', { _tag: tag('Protocol') }),
  Fund: closed('Fund', { _tag: tag('Fund'), of: text }),
})

const reward = closed('reward', {
  flat: rad,
  rate: wad,
  limit: oneOf('penalty', 'none'),
  payer,
})

/** The codec of terms, whatever is known to be wrong with them (DEC-18 to DEC-21, DEC-27). */
export const codec: Shape.Codec<Terms.Terms> = formatted(
  'terms',
  {
    line: text,
    version: whole,
    width: oneOf('unbounded', 'uint256'),
    binding: oneOf('inForce', 'atOpening'),
    unsafe: oneOf('below', 'atOrBelow'),
    collaterals: list(collateral),
    ceiling: rad,
    sizing,
    reward,
    lossAt: oneOf('close', 'seizure'),
  },
  {},
)

// Constructors

/**
 * The terms at a path of a document. Refuses what is no terms (DEC-18 to DEC-20) and, unless
 * `unchecked`, settings that are known to lose money (DEC-22).
 */
export const read = (
  document: Json.Document,
  value: unknown,
  within: Json.Path,
  unchecked = false,
): E.Either<Problem, Terms.Terms> =>
  pipe(
    Shape.read(codec, document, value, within),
    E.chain((terms) => {
      const [first, ...rest] = unchecked ? [] : Terms.hazards(terms)
      if (first === undefined) return E.right(terms)
      const cause =
        first.rule === 'PAR-2'
          ? ` for a penaltyRate of ${Decimal.formatWad(terms.sizing.penaltyRate)}`
          : ''
      return E.left(Hazards.problemOf(document, within, [first, ...rest], cause))
    }),
  )

/** The terms that a text of JSON holds (DEC-17 to DEC-22). */
export const parse = (text: string, unchecked = false): E.Either<Problem, Terms.Terms> =>
  pipe(
    Json.parse(text),
    E.chain((document) => read(document, document.value, [], unchecked)),
  )

// Interpretation

/** The terms as JSON that reads back as the same terms (DEC-21). */
export const format = (terms: Terms.Terms): string => JSON.stringify(codec.encode(terms), null, 2)
