/**
 * Shape: io-ts codecs that accept exactly the fields they know, and say of a failure where it is,
 * what stands there and what would be right.
 *
 * Laws: DEC-18 to DEC-20 (spec/02-decimal.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import type { Fixed } from '../core/index.js'
import type { Problem, Rule } from './Csv.js'
import * as Decimal from './Decimal.js'
import * as Json from './Json.js'

// Model

type Codecs = Readonly<Record<string, t.Mixed>>

type Decoded<P extends Codecs> = { readonly [Key in keyof P]: t.TypeOf<P[Key]> }

type Some<O extends Codecs> = { readonly [Key in keyof O]?: t.TypeOf<O[Key]> }

type Tagged = { readonly _tag: string }

// Constructors

const fail = <A>(input: unknown, context: t.Context, rule: Rule, wanted: string): t.Validation<A> =>
  t.failure(input, context, `${rule} ${wanted}`)

const isRecord = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

const at = (context: t.Context, key: string, type: t.Mixed, actual: unknown): t.Context =>
  t.appendContext(context, key, type, actual)

/** An object with these fields, every one of them, perhaps some of the optional ones, and no other (DEC-18). */
export const partly = <P extends Codecs, O extends Codecs>(
  name: string,
  props: P,
  optional: O,
): t.Type<Decoded<P> & Some<O>, unknown> => {
  const required = Object.keys(props)
  const all: readonly (readonly [string, t.Mixed])[] = Object.entries({ ...props, ...optional })
  const names = all.map(([key]) => key)
  const entriesOf = (one: Readonly<Record<string, unknown>>) =>
    all.filter(([key]) => required.includes(key) || one[key] !== undefined)
  return new t.Type(
    name,
    (u): u is Decoded<P> & Some<O> =>
      isRecord(u) && entriesOf(u).every(([key, type]) => type.is(u[key])),
    (input, context) => {
      if (!isRecord(input)) return fail(input, context, 'DEC-18', `an object: ${name}`)
      const unknown = Object.keys(input).find((key) => !names.includes(key))
      if (unknown !== undefined)
        return fail(
          input[unknown],
          at(context, unknown, t.unknown, input[unknown]),
          'DEC-18',
          `no field ${Json.showName(unknown)}, only ${names.join(', ')}`,
        )
      const missing = required.find((key) => !Object.hasOwn(input, key))
      if (missing !== undefined)
        return fail(undefined, at(context, missing, t.unknown, undefined), 'DEC-18', `this field`)
      return pipe(
        entriesOf(input),
        E.traverseArray(([key, type]) =>
          pipe(
            type.validate(input[key], at(context, key, type, input[key])),
            E.map((value) => [key, value] as const),
          ),
        ),
        E.map((values) => Object.fromEntries(values) as Decoded<P> & Some<O>),
      )
    },
    (value: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(entriesOf(value).map(([key, type]) => [key, type.encode(value[key])])),
  )
}

/** An object with these fields, every one of them and no other (DEC-18). */
export const closed = <P extends Codecs>(name: string, props: P): t.Type<Decoded<P>, unknown> =>
  partly(name, props, {})

/** One of several objects, told apart by their `_tag` (DEC-19). */
export const tagged = <A extends Tagged>(
  name: string,
  options: { readonly [Tag in A['_tag']]: t.Type<Extract<A, { readonly _tag: Tag }>, unknown> },
): t.Type<A, unknown> => {
  const byTag = new Map<string, t.Type<A, unknown>>(Object.entries(options))
  const wanted = [...byTag.keys()].join(' or ')
  return new t.Type(
    name,
    (u): u is A => isRecord(u) && byTag.get(String(u['_tag']))?.is(u) === true,
    (input, context) => {
      if (!isRecord(input))
        return fail(input, context, 'DEC-19', `an object with a _tag: ${wanted}`)
      const { _tag } = input
      const type = typeof _tag === 'string' ? byTag.get(_tag) : undefined
      return type === undefined
        ? fail(_tag, at(context, '_tag', t.unknown, _tag), 'DEC-19', wanted)
        : type.validate(input, context)
    },
    (value) => byTag.get(value._tag)?.encode(value),
  )
}

/** A tag, which `tagged` has checked. */
export const tag = <Tag extends string>(name: Tag): t.Type<Tag, unknown> => oneOf(name)

/** One of these words (DEC-19). */
export const oneOf = <Word extends string>(...words: readonly Word[]): t.Type<Word, unknown> =>
  new t.Type<Word, unknown>(
    words.join(' | '),
    (u): u is Word => words.some((word) => word === u),
    (input, context) => {
      const word = words.find((one) => one === input)
      return word === undefined
        ? fail(input, context, 'DEC-19', words.join(' or '))
        : t.success(word)
    },
    (word) => word,
  )

/** One of these whole numbers (DEC-19). */
export const oneOfNumbers = <N extends number>(...numbers: readonly N[]): t.Type<N, unknown> =>
  new t.Type<N, unknown>(
    numbers.join(' | '),
    (u): u is N => numbers.some((one) => one === u),
    (input, context) => {
      const found = numbers.find((one) => one === input)
      return found === undefined
        ? fail(input, context, 'DEC-19', numbers.join(' or '))
        : t.success(found)
    },
    (value) => value,
  )

const number = <A extends bigint>(
  read: Decimal.Parse<A>,
  write: Decimal.Format<A>,
  wanted: string,
  textOf: (input: unknown) => unknown = (input) => input,
): t.Type<A, unknown> =>
  new t.Type<A, unknown>(
    wanted,
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
            typeof text === 'string' ? Decimal.wantedFor(wanted, text) : wanted,
          )
    },
    write,
  )

/** A Wad as decimal text; as are the others (DEC-20). */
export const wad: t.Type<Fixed.Wad, unknown> = number(
  Decimal.parseWad,
  Decimal.formatWad,
  'a plain decimal in quotes, with at most 18 places',
)
export const ray: t.Type<Fixed.Ray, unknown> = number(
  Decimal.parseRay,
  Decimal.formatRay,
  'a plain decimal in quotes, with at most 27 places',
)
export const rad: t.Type<Fixed.Rad, unknown> = number(
  Decimal.parseRad,
  Decimal.formatRad,
  'a plain decimal in quotes, with at most 45 places',
)

/** A count of the smallest units of something that the record names elsewhere, as digits in quotes (DEC-24). */
export const units: t.Type<bigint, unknown> = number(
  Decimal.parseDuration,
  Decimal.formatDuration,
  'a whole number of the smallest units, in quotes',
)

/** Whole seconds of any size, as decimal text or, where a number holds them exactly, as a number (DEC-20). */
export const duration: t.Type<Fixed.Duration, unknown> = number(
  Decimal.parseDuration,
  Decimal.formatDuration,
  'whole seconds, as a number or in quotes',
  (input) => (Number.isSafeInteger(input) ? String(input) : input),
)

/** An instant or a count, as a number (DEC-20). */
export const whole: t.Type<number, unknown> = new t.Type(
  'whole',
  (u): u is number => Number.isSafeInteger(u),
  (input, context) =>
    typeof input === 'number' && Number.isSafeInteger(input)
      ? t.success(input)
      : fail(input, context, 'DEC-20', 'a whole number'),
  (value) => value,
)

/** A number that a caller gave as one, whatever it is, as the text that JavaScript writes (DEC-24). */
export const asGiven: t.Type<number, unknown> = new t.Type(
  'number as given',
  t.number.is,
  (input, context) =>
    typeof input === 'string' && String(Number(input)) === input
      ? t.success(Number(input))
      : fail(input, context, 'DEC-24', 'a number in quotes'),
  String,
)

/** True or false. */
export const flag: t.Type<boolean, unknown> = new t.Type(
  'flag',
  t.boolean.is,
  (input, context) =>
    typeof input === 'boolean' ? t.success(input) : fail(input, context, 'DEC-20', 'true or false'),
  (value) => value,
)

/** Something that may be absent, and is null then (DEC-24). */
export const orNull = <A>(of: t.Type<A, unknown>): t.Type<A | undefined, unknown> =>
  new t.Type<A | undefined, unknown>(
    `${of.name} or null`,
    (u): u is A | undefined => u === undefined || of.is(u),
    (input, context) => (input === null ? t.success(undefined) : of.validate(input, context)),
    (value) => (value === undefined ? null : of.encode(value)),
  )

/** Text of any kind. */
export const text: t.Type<string, unknown> = new t.Type(
  'text',
  t.string.is,
  (input, context) =>
    typeof input === 'string' ? t.success(input) : fail(input, context, 'DEC-20', 'text in quotes'),
  (value) => value,
)

/** A list of any length (DEC-18). */
export const list = <A>(of: t.Type<A, unknown>): t.Type<readonly A[], unknown> =>
  new t.Type<readonly A[], unknown>(
    `list of ${of.name}`,
    (u): u is readonly A[] => Array.isArray(u) && u.every(of.is),
    (input, context) =>
      Array.isArray(input)
        ? pipe(
            input as readonly unknown[],
            E.traverseReadonlyArrayWithIndex((i, one) =>
              of.validate(one, t.appendContext(context, `[${i}]`, of, one)),
            ),
          )
        : fail(input, context, 'DEC-18', 'a list'),
    (values) => values.map(of.encode),
  )

// Interpretation

const pathOf = (context: t.Context): Json.Path =>
  context.slice(1).map(({ key }) => {
    const [, index] = /^\[(\d+)\]$/.exec(key) ?? []
    return index === undefined ? key : Number(index)
  })

/** What stands somewhere, as the text of it; nothing where it is missing. */
const foundText = (found: unknown): string =>
  typeof found === 'string' ? found : found === undefined ? '' : JSON.stringify(found)

/** The value of a part of a document, or the first problem with it (DEC-18 to DEC-20). */
export const read = <A>(
  type: t.Type<A, unknown>,
  document: Json.Document,
  value: unknown = document.value,
  within: Json.Path = [],
): E.Either<Problem, A> =>
  pipe(
    type.decode(value),
    E.mapLeft(([error]): Problem => {
      const path = [...within, ...pathOf(error?.context ?? [])]
      const message = error?.message ?? ''
      const space = message.indexOf(' ')
      return {
        rule: message.slice(0, space) as Rule,
        line: document.lineOf(path),
        field: Json.show(path) || 'json',
        found: foundText(error?.value),
        wanted: message.slice(space + 1),
      }
    }),
  )
