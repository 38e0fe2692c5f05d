/**
 * Decimal: exact conversion between decimal text and the numbers of the core.
 *
 * Laws: DEC-1 to DEC-6 (spec/02-decimal.md).
 */

import BigNumber from 'bignumber.js'
import * as E from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { Fixed } from '../core/index.js'

// Model

/** The rule a text breaks, and the text. */
export type Refusal =
  | { readonly _tag: 'NotDecimal'; readonly rule: 'DEC-1'; readonly text: string }
  | { readonly _tag: 'TooPrecise'; readonly rule: 'DEC-2'; readonly text: string }
  | { readonly _tag: 'TooLarge'; readonly rule: 'DEC-6'; readonly text: string }

/** Reads a whole text, or says which rule it breaks. */
export type Parse<A> = (text: string) => E.Either<Refusal, A>

/** Writes the text that reads back as the same value. */
export type Format<A> = (value: A) => string

// Constructors

/** A copy of BigNumber that no one else can configure (DEC-4). */
const Exact = BigNumber.clone()

/** Long enough for any 256-bit amount with its decimals, short enough to read at once. */
export const LONGEST = 130

/** What has been decided may be longer than what it was decided from: a product of two amounts has the digits of both. */
export const LONGEST_DECIDED = 100_000

const grammar = /^-?\d+(\.\d+)?$/

/** What is wanted instead of a text that is none, its length told where that is too much (DEC-1). */
export const wantedFor = (wanted: string, text: string, longest: number = LONGEST): string =>
  text.length > longest ? `${wanted}, and ${longest} characters, not ${text.length}` : wanted

const parse =
  <A>(decimals: number, make: (units: bigint) => A, longest: number = LONGEST): Parse<A> =>
  (text) => {
    if (text.length > longest || !grammar.test(text))
      return E.left({ _tag: 'NotDecimal', rule: 'DEC-1', text })
    const units = new Exact(text).shiftedBy(decimals)
    return units.isInteger()
      ? E.right(make(BigInt(units.toFixed())))
      : E.left({ _tag: 'TooPrecise', rule: 'DEC-2', text })
  }

const format =
  (places: number): Format<bigint> =>
  (units) =>
    Fixed.decimal(units, places)

/**
 * Reads text as a Wad. Refuses text that is no plain decimal (DEC-1) and a 19th decimal (DEC-2).
 *
 * @example parseWad('1.25') // E.right(1_250000000000000000n)
 */
export const parseWad: Parse<Fixed.Wad> = parse(18, Fixed.wad)

/** As parseWad, with 27 decimals. */
export const parseRay: Parse<Fixed.Ray> = parse(27, Fixed.ray)

/** As parseWad, with 45 decimals. */
export const parseRad: Parse<Fixed.Rad> = parse(45, Fixed.rad)

/** As parseWad, in whole seconds of any size. */
export const parseDuration: Parse<Fixed.Duration> = parse(0, (seconds) => seconds)

/** The same of text that tells what was decided (DEC-28). */
export const parseDecidedWad: Parse<Fixed.Wad> = parse(18, Fixed.wad, LONGEST_DECIDED)
export const parseDecidedRay: Parse<Fixed.Ray> = parse(27, Fixed.ray, LONGEST_DECIDED)
export const parseDecidedRad: Parse<Fixed.Rad> = parse(45, Fixed.rad, LONGEST_DECIDED)
export const parseDecidedUnits: Parse<bigint> = parse(0, (units) => units, LONGEST_DECIDED)

/** As parseDuration, for an instant. Refuses one that no safe integer holds (DEC-6). */
export const parseSeconds: Parse<Fixed.Seconds> = (text) =>
  pipe(
    parseDuration(text),
    E.chain((seconds) => {
      const instant = Number(seconds)
      return Number.isSafeInteger(instant)
        ? E.right(instant)
        : E.left<Refusal>({ _tag: 'TooLarge', rule: 'DEC-6', text })
    }),
  )

// Queries

/** The shortest decimal that reads back as the Wad (DEC-3). */
export const formatWad: Format<Fixed.Wad> = format(18)

/** As formatWad, for a Ray. */
export const formatRay: Format<Fixed.Ray> = format(27)

/** As formatWad, for a Rad. */
export const formatRad: Format<Fixed.Rad> = format(45)

/** As formatWad, for a duration. */
export const formatDuration: Format<Fixed.Duration> = String

/** As formatWad, for an instant. */
export const formatSeconds: Format<Fixed.Seconds> = String

// Codecs

const codec = <A>(
  name: string,
  is: (u: unknown) => boolean,
  read: Parse<A>,
  write: Format<A>,
): t.Type<A, string> =>
  new t.Type(
    name,
    (u): u is A => is(u),
    (input, context) =>
      pipe(
        t.string.validate(input, context),
        E.chain(
          flow(
            read,
            E.fold(({ rule }) => t.failure(input, context, rule), t.success),
          ),
        ),
      ),
    write,
  )

const isBigint = (u: unknown): boolean => typeof u === 'bigint'

/** A Wad as decimal text (DEC-5). The message of a failure is the rule broken. */
export const WadFromDecimal: t.Type<Fixed.Wad, string> = codec(
  'WadFromDecimal',
  isBigint,
  parseWad,
  formatWad,
)

/** As WadFromDecimal, for a Ray. */
export const RayFromDecimal: t.Type<Fixed.Ray, string> = codec(
  'RayFromDecimal',
  isBigint,
  parseRay,
  formatRay,
)

/** As WadFromDecimal, for a Rad. */
export const RadFromDecimal: t.Type<Fixed.Rad, string> = codec(
  'RadFromDecimal',
  isBigint,
  parseRad,
  formatRad,
)

/** As WadFromDecimal, for whole seconds of any size. */
export const DurationFromDecimal: t.Type<Fixed.Duration, string> = codec(
  'DurationFromDecimal',
  isBigint,
  parseDuration,
  formatDuration,
)

/** As WadFromDecimal, for an instant. */
export const SecondsFromDecimal: t.Type<Fixed.Seconds, string> = codec(
  'SecondsFromDecimal',
  Number.isSafeInteger,
  parseSeconds,
  formatSeconds,
)
