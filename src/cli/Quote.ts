/**
 * Quote: the command that answers what a Dutch lot costs at an instant.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Csv, Decimal, Json, Lots, TermsJson } from '../codec/index.js'
import type { Fixed } from '../core/index.js'
import { Curve, Dutch, type Lot, type Refusal, type Terms } from '../core/index.js'
import { Figures } from '../report/index.js'
import * as O from 'fp-ts/lib/Option.js'
import * as Flag from './Flag.js'
import { type Io, mismatch, type Problem, unread } from './Io.js'
import * as Refused from './Refused.js'
import { readTerms } from './Auctions.js'

export interface Flags {
  readonly at?: string
  readonly amount?: string
  readonly reach?: string
  readonly terms?: string
  readonly unchecked?: boolean
  readonly json?: boolean
}

interface Asked {
  readonly auction: Dutch.Compiled
  readonly lot: Lot.Dutch
  readonly at: Fixed.Seconds
  readonly amount: Fixed.Wad | undefined
  readonly reach: Fixed.Ray | undefined
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The terms of the file, a preset or in full; or those of the flag, which go first. */
const termsOf = (
  io: Io,
  file: string,
  document: Json.Document,
  terms: unknown,
  flags: Flags,
): E.Either<Problem, Terms.Terms> => {
  const unchecked = flags.unchecked === true
  const named = flags.terms ?? (typeof terms === 'string' ? terms : undefined)
  return named === undefined
    ? pipe(TermsJson.read(document, terms, ['terms'], unchecked), E.mapLeft(Csv.render(file)))
    : pipe(
        readTerms(io, named, unchecked),
        E.map(({ terms }) => terms),
      )
}

/** How the lot's asset is sold, worked out. */
const auctionOf = (
  file: string,
  document: Json.Document,
  terms: Terms.Terms,
  { asset }: Lots.Sketch,
): E.Either<Problem, Dutch.Compiled> => {
  const sale = terms.collaterals.find((one) => one.asset === asset)?.sale
  const refuse = (wanted: string): E.Either<Problem, never> => {
    const line = document.lineOf(['lot', 'asset'])
    return E.left(
      Csv.render(file)({ rule: 'DEC-23', line, field: 'lot.asset', found: asset, wanted }),
    )
  }
  if (sale === undefined)
    return refuse(`an asset of the terms: ${terms.collaterals.map((one) => one.asset).join(', ')}`)
  return sale._tag === 'Dutch'
    ? E.right(Dutch.compile(terms, sale))
    : refuse('an asset sold by a falling price: an English auction has none to quote')
}

const fields = ['terms', 'lot']

/** The file's lot and terms. */
const readFile = (
  io: Io,
  file: string,
  flags: Flags,
): E.Either<Problem, Pick<Asked, 'auction' | 'lot'>> =>
  pipe(
    io.read(file),
    E.mapLeft((why) => unread('quote', file, why, 'a JSON file with a lot and its terms')),
    E.chain((text) => pipe(Json.parse(text), E.mapLeft(Csv.render(file)))),
    E.chain((document) => {
      const { value } = document
      const refuse = (path: Json.Path, found: string, wanted: string): E.Either<Problem, never> =>
        E.left(
          Csv.render(file)({
            rule: 'DEC-23',
            line: document.lineOf(path),
            field: Json.show(path) || 'json',
            found,
            wanted,
          }),
        )
      if (!isRecord(value))
        return refuse([], JSON.stringify(value), 'an object with the fields terms and lot')
      const other = Object.keys(value).find((field) => !fields.includes(field))
      if (other !== undefined) return refuse([other], other, 'only the fields terms and lot')
      if (!Object.hasOwn(value, 'lot')) return refuse(['lot'], '', 'this field')
      if (!Object.hasOwn(value, 'terms') && flags.terms === undefined)
        return refuse(['terms'], '', 'this field, or --terms')
      return pipe(
        E.Do,
        E.apS('terms', termsOf(io, file, document, value['terms'], flags)),
        E.apS(
          'sketch',
          pipe(Lots.read(document, value['lot'], ['lot']), E.mapLeft(Csv.render(file))),
        ),
        E.chain(({ sketch, terms }) =>
          pipe(
            auctionOf(file, document, terms, sketch),
            E.map((auction) => ({ auction, lot: Lots.lot(terms, sketch) })),
          ),
        ),
      )
    }),
  )

const optional = <A>(
  read: (flag: string, text: string) => E.Either<Problem, A>,
  flag: string,
  text: string | undefined,
): E.Either<Problem, A | undefined> => (text === undefined ? E.right(undefined) : read(flag, text))

const ask = (io: Io, file: string, flags: Flags): E.Either<Problem, Asked> =>
  pipe(
    flags.at === undefined
      ? E.left('--at is missing: the instant to quote the price at')
      : Flag.instant('--at', flags.at),
    E.bindTo('at'),
    E.apS('amount', optional(Flag.amount, '--amount', flags.amount)),
    E.apS('reach', optional(Flag.price, '--reach', flags.reach)),
    E.bind('file', () => readFile(io, file, flags)),
    E.filterOrElse(
      ({ at, file: { lot } }) => at >= lot.startedAt,
      ({ file: { lot } }) =>
        mismatch(
          '--at',
          flags.at ?? '',
          `an instant from ${Figures.utc(lot.startedAt)} (${lot.startedAt}) on, when the lot started`,
        ),
    ),
    E.map(({ file, ...rest }) => ({ ...rest, ...file })),
  )

/** The first second at which a lot is stale, if it ever is, up to the last that a safe integer counts. */
export const staleFrom = (auction: Dutch.Compiled, lot: Lot.Dutch): Fixed.Seconds | undefined => {
  const isStale = (at: Fixed.Seconds): boolean => {
    const status = Dutch.status(auction, lot, at)
    return E.isRight(status) && status.right.stale
  }
  const search = (low: Fixed.Seconds, high: Fixed.Seconds): Fixed.Seconds => {
    if (low >= high) return high
    const middle = low + Math.floor((high - low) / 2)
    return isStale(middle) ? search(low, middle) : search(middle + 1, high)
  }
  const last = Number.MAX_SAFE_INTEGER
  return isStale(last) ? search(lot.startedAt, last) : undefined
}

/** What an amount costs, or the rule that refuses to sell it. */
const costOf = (
  { at, auction, lot }: Asked,
  amount: Fixed.Wad,
): E.Either<Refusal.Refusal, Dutch.Sale> =>
  Dutch.quote(auction, lot, at, { _tag: 'Amount', amount })

/** A refusal in a few words, and where its rule stands. */
const refused = (refusal: Refusal.Refusal): string =>
  refusal._tag === 'TooLittleLeft'
    ? `not sold: a part sale must leave a target of ${Decimal.formatRad(refusal.minLeft)} and ${Decimal.formatWad(refusal.minCollateralLeft)} of collateral; all of it can be bought (${refusal.rule})`
    : `not sold: ${Refused.inWords(refusal)}`

/** The same for programs, with the facts that decided it. */
const refusedAsJson = (refusal: Refusal.Refusal): object => ({
  refused: refusal._tag,
  rule: refusal.rule,
  ...(refusal._tag === 'TooLittleLeft'
    ? {
        target: Decimal.formatRad(refusal.target),
        minLeft: Decimal.formatRad(refusal.minLeft),
        collateral: Decimal.formatWad(refusal.collateral),
        minCollateralLeft: Decimal.formatWad(refusal.minCollateralLeft),
      }
    : {}),
})

/** When the price is first at or below another; nothing where it never is. */
const reachOf = ({ auction, lot }: Asked, price: Fixed.Ray): Fixed.Seconds | undefined =>
  pipe(
    Curve.timeToReach(auction.sale.curve, auction.terms.width)(
      lot.startPrice,
      price,
      Number.MAX_SAFE_INTEGER - lot.startedAt,
    ),
    O.map((elapsed) => lot.startedAt + elapsed),
    O.toUndefined,
  )

const plainly = (
  asked: Asked,
  { price, stale }: Dutch.Status,
  from: Fixed.Seconds | undefined,
): readonly string[] => {
  const { amount, at, lot, reach } = asked
  const after = (instant: Fixed.Seconds): string =>
    `${Figures.utc(instant)} (${instant}, ${instant - lot.startedAt} s after the start)`
  const bought = amount === undefined ? undefined : costOf(asked, amount)
  const reached = reach === undefined ? undefined : reachOf(asked, reach)
  const isLate = reached !== undefined && from !== undefined && reached >= from
  return [
    `at ${after(at)}`,
    `price: ${Decimal.formatRay(price)}`,
    stale
      ? 'stale: yes, it must be reset before it sells'
      : `stale: no${from === undefined ? ', and it never is' : `, from ${after(from)} on`}`,
    ...(amount === undefined || bought === undefined
      ? []
      : [
          E.isRight(bought)
            ? `cost of ${Decimal.formatWad(amount)}: ${Decimal.formatRad(bought.right.paid)} for ${Decimal.formatWad(bought.right.bought)}${bought.right.bought === amount ? '' : ', which is what can be had'}`
            : `cost of ${Decimal.formatWad(amount)}: ${refused(bought.left)}`,
        ]),
    ...(reach === undefined
      ? []
      : [
          reached === undefined
            ? `reaches ${Decimal.formatRay(reach)}: never`
            : `reaches ${Decimal.formatRay(reach)}: ${after(reached)}${isLate ? ', when it is stale: it is reset before' : ''}`,
        ]),
  ]
}

const asJson = (
  asked: Asked,
  { price, stale }: Dutch.Status,
  from: Fixed.Seconds | undefined,
): unknown => {
  const { amount, at, reach } = asked
  const bought = amount === undefined ? undefined : costOf(asked, amount)
  return {
    at,
    price: Decimal.formatRay(price),
    stale,
    staleFrom: from ?? null,
    ...(amount === undefined || bought === undefined
      ? {}
      : {
          cost: {
            amount: Decimal.formatWad(amount),
            ...(E.isRight(bought)
              ? {
                  paid: Decimal.formatRad(bought.right.paid),
                  bought: Decimal.formatWad(bought.right.bought),
                }
              : refusedAsJson(bought.left)),
          },
        }),
    ...(reach === undefined
      ? {}
      : { reach: { price: Decimal.formatRay(reach), at: reachOf(asked, reach) ?? null } }),
  }
}

/** Prints the price of a file's lot at an instant, and what else the flags ask. */
export const quote = (io: Io, file: string, flags: Flags): E.Either<Problem, 0> =>
  pipe(
    ask(io, file, flags),
    E.chain((asked) => {
      const { at, auction, lot } = asked
      const status = Dutch.status(auction, lot, at)
      if (E.isLeft(status))
        return E.left(`${file}: the lot has no price then: ${Refused.inWords(status.left)}`)
      const from = staleFrom(auction, lot)
      io.out(
        flags.json === true
          ? `${JSON.stringify(asJson(asked, status.right, from), null, 2)}\n`
          : `${plainly(asked, status.right, from).join('\n')}\n`,
      )
      return E.right(0 as const)
    }),
  )
