/**
 * Scalar: codecs of numbers, words and flags.
 *
 * Laws: DEC-19, DEC-20, DEC-24, DEC-26, DEC-28 (spec/02-decimal.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import type { Fixed } from '../core/index.js'
import { Codec, fail, type Schema } from './Codec.js'
import * as Decimal from './Decimal.js'

/** Decimal text with so many places that count (DEC-1, DEC-2). */
const decimals = (places: number, longest: number = Decimal.LONGEST): Schema => ({
  type: 'string',
  maxLength: longest,
  pattern: places === 0 ? '^-?\\d+(\\.0+)?$' : `^-?\\d+(\\.\\d{1,${places}}0*)?$`,
})

/** A whole number that JavaScript holds exactly. */
const safeInteger: Schema = {
  type: 'integer',
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
}

const number = <A extends bigint>(
  read: Decimal.Parse<A>,
  write: Decimal.Format<A>,
  wanted: string,
  schema: Schema,
  longest: number = Decimal.LONGEST,
  textOf: (input: unknown) => unknown = (input) => input,
): Codec<A> =>
  new Codec<A>(
    wanted,
    schema,
    (u): u is A => typeof u === 'bigint',
    (input, context) => {
      const text = textOf(input)
      const value = typeof text === 'string' ? read(text) : undefined
      return value !== undefined && E.isRight(value)
        ? t.success(value.right)
        : fail(
            input,
            context,
            'DEC-20',
            typeof text === 'string' ? Decimal.wantedFor(wanted, text, longest) : wanted,
          )
    },
    write,
  )

const places = (count: number): string => `a plain decimal in quotes, with at most ${count} places`

const smallest = 'a whole number of the smallest units, in quotes'

/** A Wad as decimal text; as are the others (DEC-20). */
export const wad: Codec<Fixed.Wad> = number(
  Decimal.parseWad,
  Decimal.formatWad,
  places(18),
  decimals(18),
)
export const ray: Codec<Fixed.Ray> = number(
  Decimal.parseRay,
  Decimal.formatRay,
  places(27),
  decimals(27),
)
export const rad: Codec<Fixed.Rad> = number(
  Decimal.parseRad,
  Decimal.formatRad,
  places(45),
  decimals(45),
)

/** A count of the smallest units of something that the record names elsewhere, as digits in quotes (DEC-24). */
export const units: Codec<bigint> = number(
  Decimal.parseDuration,
  Decimal.formatDuration,
  smallest,
  decimals(0),
)

/** What all that is drawn is drawn by, in quotes. */
export const seed: Codec<bigint> = number(
  Decimal.parseDuration,
  Decimal.formatDuration,
  'a whole number in quotes',
  decimals(0),
)

/** What was decided may be longer than what is asked (DEC-28). */
const ofDecision = <A extends bigint>(
  read: Decimal.Parse<A>,
  write: Decimal.Format<A>,
  wanted: string,
  count: number,
): Codec<A> =>
  number(read, write, wanted, decimals(count, Decimal.LONGEST_DECIDED), Decimal.LONGEST_DECIDED)

/** Amounts and prices of events, refusals, lots and payments. */
export const decided: {
  readonly wad: Codec<Fixed.Wad>
  readonly ray: Codec<Fixed.Ray>
  readonly rad: Codec<Fixed.Rad>
  readonly units: Codec<bigint>
} = {
  wad: ofDecision(Decimal.parseDecidedWad, Decimal.formatWad, places(18), 18),
  ray: ofDecision(Decimal.parseDecidedRay, Decimal.formatRay, places(27), 27),
  rad: ofDecision(Decimal.parseDecidedRad, Decimal.formatRad, places(45), 45),
  units: ofDecision(Decimal.parseDecidedUnits, Decimal.formatDuration, smallest, 0),
}

/** Whole seconds of any size, as decimal text or, where a number holds them exactly, as a number (DEC-20). */
export const duration: Codec<Fixed.Duration> = number(
  Decimal.parseDuration,
  Decimal.formatDuration,
  'whole seconds, as a number or in quotes',
  { anyOf: [decimals(0), safeInteger] },
  Decimal.LONGEST,
  (input) => (Number.isSafeInteger(input) ? String(input) : input),
)

/** An instant or a count, as a number (DEC-20). */
export const whole: Codec<number> = new Codec(
  'whole',
  safeInteger,
  (u): u is number => Number.isSafeInteger(u),
  (input, context) =>
    typeof input === 'number' && Number.isSafeInteger(input)
      ? t.success(input)
      : fail(input, context, 'DEC-20', 'a whole number'),
  (value) => value,
)

/** A number as JavaScript writes it: a decimal, with an exponent where it is large or small, or none at all. */
const numberText = /^(NaN|-?Infinity|-?(0|[1-9]\d*)(\.\d+)?(e[+-]\d+)?)$/

/** A number that a caller gave as one, whatever it is, as the text that JavaScript writes (DEC-24). */
export const asGiven: Codec<number> = new Codec(
  'number as given',
  { type: 'string', pattern: numberText.source },
  t.number.is,
  (input, context) =>
    typeof input === 'string' && numberText.test(input)
      ? t.success(Number(input))
      : fail(input, context, 'DEC-24', 'a number in quotes'),
  String,
)

/** True or false. */
export const flag: Codec<boolean> = new Codec(
  'flag',
  { type: 'boolean' },
  t.boolean.is,
  (input, context) =>
    typeof input === 'boolean' ? t.success(input) : fail(input, context, 'DEC-20', 'true or false'),
  (value) => value,
)

/** Text of any kind. */
export const text: Codec<string> = new Codec(
  'text',
  { type: 'string' },
  t.string.is,
  (input, context) =>
    typeof input === 'string' ? t.success(input) : fail(input, context, 'DEC-20', 'text in quotes'),
  (value) => value,
)
