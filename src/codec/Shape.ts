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

/** A JSON Schema (draft 2020-12) of what a codec reads. */
export type Schema = Readonly<Record<string, unknown>>

/** A codec that knows the schema of what it reads (DEC-26). */
export class Codec<A> extends t.Type<A, unknown> {
  readonly schema: Schema
  constructor(
    name: string,
    schema: Schema,
    is: t.Is<A>,
    validate: t.Validate<unknown, A>,
    encode: t.Encode<A, unknown>,
  ) {
    super(name, is, validate, encode)
    this.schema = schema
  }
}

type Codecs = Readonly<Record<string, t.Mixed & { readonly schema: Schema }>>

type Decoded<P extends Codecs> = { readonly [Key in keyof P]: t.TypeOf<P[Key]> }

type Tagged = { readonly _tag: string }

// Constructors

const fail = <A>(input: unknown, context: t.Context, rule: Rule, wanted: string): t.Validation<A> =>
  t.failure(input, context, `${rule} ${wanted}`)

const isRecord = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input)

const at = (context: t.Context, key: string, type: t.Mixed, actual: unknown): t.Context =>
  t.appendContext(context, key, type, actual)

/** An object with these fields, every one of them and no other (DEC-18). */
export const closed = <P extends Codecs>(name: string, props: P): Codec<Decoded<P>> => {
  const names = Object.keys(props)
  const entries: readonly (readonly [string, Codecs[string]])[] = Object.entries(props)
  return new Codec<Decoded<P>>(
    name,
    {
      type: 'object',
      properties: Object.fromEntries(entries.map(([key, { schema }]) => [key, schema])),
      required: names,
      additionalProperties: false,
    },
    (u): u is Decoded<P> => isRecord(u) && entries.every(([key, type]) => type.is(u[key])),
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
      const missing = names.find((key) => !Object.hasOwn(input, key))
      if (missing !== undefined)
        return fail(undefined, at(context, missing, t.unknown, undefined), 'DEC-18', `this field`)
      return pipe(
        entries,
        E.traverseArray(([key, type]) =>
          pipe(
            type.validate(input[key], at(context, key, type, input[key])),
            E.map((value) => [key, value] as const),
          ),
        ),
        E.map((values) => Object.fromEntries(values) as Decoded<P>),
      )
    },
    (value) => Object.fromEntries(entries.map(([key, type]) => [key, type.encode(value[key])])),
  )
}

/** One of several objects, told apart by their `_tag` (DEC-19). */
export const tagged = <A extends Tagged>(
  name: string,
  options: { readonly [Tag in A['_tag']]: Codec<Extract<A, { readonly _tag: Tag }>> },
): Codec<A> => {
  const byTag = new Map<string, Codec<A>>(Object.entries(options))
  const wanted = [...byTag.keys()].join(' or ')
  return new Codec<A>(
    name,
    { anyOf: [...byTag.values()].map(({ schema }) => schema) },
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
export const tag = <Tag extends string>(name: Tag): Codec<Tag> => oneOf(name)

/** One of these words (DEC-19). */
export const oneOf = <Word extends string>(...words: readonly Word[]): Codec<Word> =>
  new Codec<Word>(
    words.join(' | '),
    { enum: words },
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
export const oneOfNumbers = <N extends number>(...numbers: readonly N[]): Codec<N> =>
  new Codec<N>(
    numbers.join(' | '),
    { enum: numbers },
    (u): u is N => numbers.some((one) => one === u),
    (input, context) => {
      const found = numbers.find((one) => one === input)
      return found === undefined
        ? fail(input, context, 'DEC-19', numbers.join(' or '))
        : t.success(found)
    },
    (value) => value,
  )

/** Decimal text with so many places that count (DEC-1, DEC-2). */
const decimals = (places: number): Schema => ({
  type: 'string',
  maxLength: Decimal.LONGEST,
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
            typeof text === 'string' ? Decimal.wantedFor(wanted, text) : wanted,
          )
    },
    write,
  )

/** A Wad as decimal text; as are the others (DEC-20). */
export const wad: Codec<Fixed.Wad> = number(
  Decimal.parseWad,
  Decimal.formatWad,
  'a plain decimal in quotes, with at most 18 places',
  decimals(18),
)
export const ray: Codec<Fixed.Ray> = number(
  Decimal.parseRay,
  Decimal.formatRay,
  'a plain decimal in quotes, with at most 27 places',
  decimals(27),
)
export const rad: Codec<Fixed.Rad> = number(
  Decimal.parseRad,
  Decimal.formatRad,
  'a plain decimal in quotes, with at most 45 places',
  decimals(45),
)

/** A count of the smallest units of something that the record names elsewhere, as digits in quotes (DEC-24). */
export const units: Codec<bigint> = number(
  Decimal.parseDuration,
  Decimal.formatDuration,
  'a whole number of the smallest units, in quotes',
  decimals(0),
)

/** Whole seconds of any size, as decimal text or, where a number holds them exactly, as a number (DEC-20). */
export const duration: Codec<Fixed.Duration> = number(
  Decimal.parseDuration,
  Decimal.formatDuration,
  'whole seconds, as a number or in quotes',
  { anyOf: [decimals(0), safeInteger] },
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

/** Something that may be absent, and is null then (DEC-24). */
export const orNull = <A>(of: Codec<A>): Codec<A | undefined> =>
  new Codec<A | undefined>(
    `${of.name} or null`,
    { anyOf: [of.schema, { type: 'null' }] },
    (u): u is A | undefined => u === undefined || of.is(u),
    (input, context) => (input === null ? t.success(undefined) : of.validate(input, context)),
    (value) => (value === undefined ? null : of.encode(value)),
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

/** A list of any length (DEC-18). */
export const list = <A>(of: Codec<A>): Codec<readonly A[]> =>
  new Codec<readonly A[]>(
    `list of ${of.name}`,
    { type: 'array', items: of.schema },
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

/** A codec that is made when it is first needed: what lets a value hold one of its own kind. */
export const lazy = <A>(name: string, make: () => Codec<A>): Codec<A> =>
  new Codec<A>(
    name,
    { $ref: `#/$defs/${name}` },
    (u): u is A => make().is(u),
    (input, context) => make().validate(input, context),
    (value) => make().encode(value),
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
  type: Codec<A>,
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
