/**
 * Flag: the text of a flag as a value, or one line that says what would be right.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Decimal } from '../codec/index.js'
import type { Fixed } from '../core/index.js'
import type { Setting } from '../market/index.js'
import { Figures } from '../report/index.js'
import { Space } from '../tuning/index.js'
import { mismatch, type Problem } from './Io.js'

type Read<A> = (flag: string, text: string) => E.Either<Problem, A>

const plain = /^-?\d{1,40}$/

/** Whole numbers between two bounds. */
export const whole =
  (least: number, most: number, unit = ''): Read<number> =>
  (flag, text) => {
    const value = Number(text)
    return plain.test(text) && value >= least && value <= most
      ? E.right(value)
      : E.left(mismatch(flag, text, `a whole number from ${least} to ${most}${unit}`))
  }

/** Any whole number of up to 40 digits. */
export const integer: Read<bigint> = (flag, text) =>
  plain.test(text)
    ? E.right(BigInt(text))
    : E.left(mismatch(flag, text, 'a whole number of at most 40 digits'))

const decimal =
  <A extends bigint>(
    parse: Decimal.Parse<A>,
    places: number,
    least: bigint,
    range: string,
  ): Read<A> =>
  (flag, text) =>
    pipe(
      parse(text),
      E.filterOrElseW(
        (value) => value >= least,
        () => range,
      ),
      E.mapLeft(() =>
        mismatch(
          flag,
          text,
          Decimal.wantedFor(`a plain decimal, ${range}, with at most ${places} places`, text),
        ),
      ),
    )

/** Money of nothing or more. */
export const money: Read<Fixed.Rad> = decimal(Decimal.parseRad, 45, 0n, '0 or more')

/** A gas price, in gwei. */
export const gwei: Read<Fixed.Ray> = decimal(Decimal.parseRay, 27, 0n, '0 or more')

/** A price above nothing. */
export const price: Read<Fixed.Ray> = decimal(Decimal.parseRay, 27, 1n, 'above 0')

/** An amount above nothing. */
export const amount: Read<Fixed.Wad> = decimal(Decimal.parseWad, 18, 1n, 'above 0')

/** What is wanted instead of a word that is none of some, with the one that is most like it. */
export const among = (found: string, names: readonly string[]): string =>
  `one of ${names.join(', ')}, perhaps ${Space.nearest(found, names, 1).join('')}`

/** One of several words. */
export const oneOf =
  <Word extends string>(...words: readonly Word[]): Read<Word> =>
  (flag, text) => {
    const word = words.find((one) => one === text)
    return word === undefined ? E.left(mismatch(flag, text, words.join(' or '))) : E.right(word)
  }

/** The instant that a date such as 2020-03-12T18:30:00Z is. */
const instantOf = (text: string): Fixed.Seconds | undefined => {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return undefined
  const milliseconds = Date.parse(text)
  return Number.isNaN(milliseconds) || Figures.utc(milliseconds / 1000) !== text
    ? undefined
    : milliseconds / 1000
}

/** An instant as seconds since 1970 or as a date in UTC. */
export const instant: Read<Fixed.Seconds> = (flag, text) => {
  const at = /^\d{1,12}$/.test(text) ? Number(text) : instantOf(text)
  return at === undefined
    ? E.left(mismatch(flag, text, 'seconds since 1970, or a time such as 2020-03-12T18:30:00Z'))
    : E.right(at)
}

/** So many seconds after an instant, or a date in UTC. */
export const after =
  (from: Fixed.Seconds): Read<Fixed.Seconds> =>
  (flag, text) => {
    const at = /^\d{1,12}$/.test(text) ? from + Number(text) : instantOf(text)
    return at === undefined
      ? E.left(
          mismatch(
            flag,
            text,
            'seconds after the last row, or a time such as 2020-03-12T18:30:00Z',
          ),
        )
      : E.right(at)
  }

/** What is wrong with a scenario, the first thing of it. */
export const unfit = ([first]: readonly Setting.Unfit[]): Problem =>
  first === undefined
    ? ''
    : `${first.setting}: found ${first.found}, wanted ${first.wanted} (${first.rule})`
