/**
 * Terms: the terms of a line as JSON: the fields of the core's Terms, amounts as decimal text.
 *
 * Laws: DEC-18 to DEC-22 (spec/02-decimal.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Curve, type Fixed, type Hazard, Terms } from '../core/index.js'
import type { Problem } from './Csv.js'
import * as Decimal from './Decimal.js'
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

const collateral = closed('collateral', {
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
export const codec: Shape.Codec<Terms.Terms> = formatted('terms', {
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
})

// Constructors

/** The path that a hazard names, such as 'collaterals[0].sale.curve.stepEvery'. */
const pathOf = (parameter: string): Json.Path =>
  [...parameter.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([name, index]) =>
    index === undefined ? name : Number(index),
  )

const inDecimals = (unit: Hazard.Unit, value: bigint): string => {
  switch (unit) {
    case 'Wad':
      return Decimal.formatWad(value as Fixed.Wad)
    case 'Ray':
      return Decimal.formatRay(value as Fixed.Ray)
    case 'Rad':
      return Decimal.formatRad(value as Fixed.Rad)
    case 'Duration':
      return `${value} seconds`
    case 'Count':
      return String(value)
  }
}

/** What was found and what would pass, in decimals. */
export const describe = (
  hazard: Hazard.Hazard,
): { readonly found: string; readonly wanted: string } => {
  if (hazard.unit === 'Choice') return { found: hazard.given, wanted: hazard.bound }
  const { bound, given, needs, unit } = hazard
  const wanted = `${needs === 'AtLeast' ? 'at least' : 'at most'} ${inDecimals(unit, bound)}`
  return { found: inDecimals(unit, given), wanted }
}

/** A hazard in one line, as one of several. */
const told = (hazard: Hazard.Hazard): string => {
  const { found, wanted } = describe(hazard)
  return `${hazard.parameter} is ${found}, wanted ${wanted} (${hazard.rule})`
}

/** How many hazards are told besides the first. */
const others = 3

/**
 * Hazards as a problem of a document: where the first is, its rule of spec/08-parameters.md, what would
 * pass, and the other ones, of which one may be the cause of all (DEC-22).
 */
const problemOf = (
  document: Json.Document,
  within: Json.Path,
  terms: Terms.Terms,
  [hazard, ...rest]: readonly [Hazard.Hazard, ...Hazard.Hazard[]],
): Problem => {
  const path = [...within, ...pathOf(hazard.parameter)]
  const { found, wanted } = describe(hazard)
  const cause =
    hazard.rule === 'PAR-2'
      ? ` for a penaltyRate of ${Decimal.formatWad(terms.sizing.penaltyRate)}`
      : ''
  const more = rest.length > others ? [`${rest.length - others} more`] : []
  const besides = [...rest.slice(0, others).map(told), ...more]
  return {
    rule: 'DEC-22',
    line: document.lineOf(path),
    field: Json.show(path),
    found,
    wanted: `${wanted}${cause} (${hazard.rule})${besides.map((one) => `; ${one}`).join('')}`,
  }
}

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
      return first === undefined
        ? E.right(terms)
        : E.left(problemOf(document, within, terms, [first, ...rest]))
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
