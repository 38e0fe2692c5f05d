/**
 * Setting: what is wrong with the settings of a part of the market, as data.
 *
 * The rules are those of the parts: each names the one that a setting breaks.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from '../core/index.js'

// Model

/** A setting that a part of the market cannot be made of. */
export interface Unfit {
  readonly _tag: 'Unfit'
  readonly rule: `${'AMM' | 'BLK' | 'BOK' | 'ORA' | 'PRI' | 'SCN'}-${number}`
  /** Its path in what was given, such as 'jumps.rate'. */
  readonly setting: string
  readonly found: string
  readonly wanted: string
}

/** What is made of settings, or all that is wrong with them. */
export type Made<A> = E.Either<readonly Unfit[], A>

// Constructors

/** Amounts and money as they are written. */
export const amount = (units: Fixed.Wad): string => Fixed.decimal(units, 18)
export const money = (units: Fixed.Rad): string => Fixed.decimal(units, 45)

/** A price, share or factor as it is written. */
export const share = (units: Fixed.Ray): string => Fixed.decimal(units, 27)

/** Nothing where a setting is fit. What was found is told as it is written (SCN-2). */
export const unless = (
  isFit: boolean,
  rule: Unfit['rule'],
  setting: string,
  found: Fixed.Ray | number | string,
  wanted: string,
): readonly Unfit[] =>
  isFit
    ? []
    : [
        {
          _tag: 'Unfit',
          rule,
          setting,
          found: typeof found === 'bigint' ? share(found) : `${found}`,
          wanted,
        },
      ]

/** A whole number of seconds above zero. */
export const seconds = (rule: Unfit['rule'], setting: string, found: number): readonly Unfit[] =>
  unless(
    Number.isSafeInteger(found) && found > 0,
    rule,
    setting,
    found,
    'a whole number of seconds above 0',
  )

/** A value, made only where nothing is wrong. */
export const made = <A>(unfit: readonly Unfit[], value: () => A): Made<A> =>
  unfit.length === 0 ? E.right(value()) : E.left(unfit)

/** The same, of a part of something larger: the path of each setting begins with that of the part. */
export const within = <A>(path: string, part: Made<A>): Made<A> =>
  E.mapLeft((unfit: readonly Unfit[]) =>
    unfit.map((one) => ({ ...one, setting: `${path}.${one.setting}` })),
  )(part)
