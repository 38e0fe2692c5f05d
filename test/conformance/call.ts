/**
 * Call: functions of the core by themselves, as lines of spec/conformance: numbers, prices, and what no book comes to.
 */

import * as E from 'fp-ts/lib/Either.js'
import {
  Commands,
  Decimal,
  Shape,
  States,
  TermsJson,
  TreasuryTermsJson,
} from '../../src/codec/index.js'
import {
  Auction,
  Curve,
  Fixed,
  type House,
  type Position,
  Seizure,
  type Terms,
  Treasury,
} from '../../src/index.js'
import { decision, type Fields, ofLine, ofTreasury, read, refused, Unreadable } from './form.js'

const { closed, decided, duration, list, oneOf, orNull, rad, ray, text, units, wad, whole } = Shape

// Model

/** A part of a seizure, of an asset that is sold as the terms say. */
type Part = Omit<Seizure.Part, 'collateral'> & { readonly asset: string }

/** What each function is given. */
export interface Given {
  readonly mulDiv: Readonly<Record<'x' | 'y' | 'd', bigint>> & { readonly rounding: Fixed.Rounding }
  readonly rpow: { readonly x: Fixed.Ray; readonly n: bigint }
  readonly priceAt: {
    readonly curve: Curve.Curve
    readonly width: Fixed.Width
    readonly startPrice: Fixed.Ray
    readonly elapsed: Fixed.Duration
  }
  readonly plan: {
    readonly terms: Terms.Terms
    readonly position: Position.Position
    readonly quotes: readonly Position.Quote[]
    readonly roomInHouse: Fixed.Rad
    readonly roomInLine: Fixed.Rad
  }
  readonly start: Omit<Auction.Open, '_tag'> & {
    readonly terms: Terms.Terms
    readonly line: House.Line
    readonly position: string
    readonly owner: string
    readonly parts: readonly Part[]
  }
  readonly decideTreasury: {
    readonly terms: Treasury.Terms
    readonly treasury: Treasury.Treasury
    readonly entry: Treasury.Entry | undefined
    readonly command: Treasury.Command
  }
}

type Name = keyof Given

// Functions

const part = closed('part', {
  asset: text,
  amount: wad,
  shares: wad,
  debt: rad,
  target: rad,
  market: ray,
})

const codecs: { readonly [N in Name]: Shape.Codec<Given[N]> } = {
  mulDiv: closed('mulDiv', {
    x: units,
    y: units,
    d: units,
    rounding: oneOf<Fixed.Rounding>('floor', 'ceil', 'halfUp', 'halfEven'),
  }),
  rpow: closed('rpow', { x: ray, n: units }),
  priceAt: closed('priceAt', {
    curve: TermsJson.curve,
    width: oneOf<Fixed.Width>('unbounded', 'uint256'),
    startPrice: ray,
    elapsed: duration,
  }),
  plan: closed('plan', {
    terms: TermsJson.codec,
    position: States.position,
    quotes: list(States.quote),
    roomInHouse: rad,
    roomInLine: rad,
  }),
  start: closed('start', {
    terms: TermsJson.codec,
    line: ofLine,
    position: text,
    owner: text,
    at: whole,
    keeper: text,
    parts: list(part),
  }),
  decideTreasury: closed('decideTreasury', {
    terms: TreasuryTermsJson.codec,
    treasury: ofTreasury,
    entry: orNull(closed('entry', { queuedAt: whole, amount: decided.rad })),
    command: Commands.toTreasury,
  }),
}

/** A part as the core takes it: its asset is sold as the terms say. */
const partOf = ({ collaterals }: Terms.Terms, { asset, ...rest }: Part): Seizure.Part => {
  const listed = collaterals.find((one) => one.asset === asset) ?? collaterals[0]
  if (listed === undefined) throw new Unreadable('terms without an asset')
  return { collateral: { ...listed, asset }, ...rest }
}

const priceOrNull = (price: Fixed.Ray | undefined): string | null =>
  price === undefined ? null : Decimal.formatRay(price)

const answers: { readonly [N in Name]: (given: Given[N]) => Fields } = {
  mulDiv: ({ d, rounding, x, y }) => ({ is: String(Fixed.mulDiv(x, y, d, rounding)) }),
  rpow: ({ n, x }) => ({ is: priceOrNull(Fixed.rpow(x, n)) }),
  priceAt: ({ curve, elapsed, startPrice, width }) => {
    const price = Curve.priceAt(curve, width)(startPrice, elapsed)
    return { is: priceOrNull(E.isRight(price) ? price.right : undefined) }
  },
  plan: ({ position, quotes, roomInHouse, roomInLine, terms }) => {
    const room = { inHouse: roomInHouse, inLine: roomInLine }
    const planned = Seizure.plan(terms, position, quotes, room)
    if (E.isLeft(planned)) return refused(planned.left)
    const parts = planned.right.map(({ collateral, ...rest }) => ({
      asset: collateral.asset,
      ...rest,
    }))
    return { is: parts.map(part.encode) }
  },
  start: ({ at, keeper, line, owner, parts, position, terms }) =>
    decision(
      Auction.start(Auction.compile(terms))(
        line,
        { id: position, owner },
        parts.map((one) => partOf(terms, one)),
        { _tag: 'Open', at, keeper },
      ),
    ),
  decideTreasury: ({ command, entry, terms, treasury }) =>
    decision(Treasury.decide(terms)(treasury, entry, command)),
}

/** The line of a call that is to be answered. */
export const called = <N extends Name>(name: N, given: Given[N]): Fields => ({
  [name]: codecs[name].encode(given),
})

const isName = (name: string): name is Name => name in codecs

const answered = (name: Name, given: unknown): Fields => {
  // The codec of a name reads what its function is given: the types of the two tables say so, name by name.
  const answer: (given: never) => Fields = answers[name]
  return answer(read(codecs[name] as unknown as Shape.Codec<never>, given))
}

/** The answer to a line, if that is a call. */
export const call = (line: Fields): Fields | undefined => {
  const name = Object.keys(line).find(isName)
  return name === undefined ? undefined : answered(name, line[name])
}
