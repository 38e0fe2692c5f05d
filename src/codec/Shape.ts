/**
 * Shape: io-ts codecs that accept exactly the fields they know, and say of a failure where it is,
 * what stands there and what would be right.
 *
 * Laws: DEC-18 to DEC-20, DEC-24, DEC-26 (spec/02-decimal.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { Codec, fail, isRecord, type Schema } from './Codec.js'
import type { Problem, Rule } from './Csv.js'
import * as Json from './Json.js'

export { Codec, type Schema } from './Codec.js'
export * from './Scalar.js'

// Model

export type Codecs = Readonly<Record<string, t.Mixed & { readonly schema: Schema }>>

type Decoded<P extends Codecs> = { readonly [Key in keyof P]: t.TypeOf<P[Key]> }

type Some<O extends Codecs> = { readonly [Key in keyof O]?: t.TypeOf<O[Key]> }

type Tagged = { readonly _tag: string }

/** A codec for each of several objects, by its `_tag`. */
export type Options<A extends Tagged> = {
  readonly [Tag in A['_tag']]: Codec<Extract<A, { readonly _tag: Tag }>>
}

// Constructors

const at = (context: t.Context, key: string, type: t.Mixed, actual: unknown): t.Context =>
  t.appendContext(context, key, type, actual)

/** An object with these fields, every one of them, perhaps some of the optional ones, and no other (DEC-18). */
export const partly = <P extends Codecs, O extends Codecs>(
  name: string,
  props: P,
  optional: O,
): Codec<Decoded<P> & Some<O>> => {
  const required = Object.keys(props)
  const all = [
    ...Object.entries(props).map(([key, type]) => [key, type, true] as const),
    ...Object.entries(optional).map(([key, type]) => [key, type, false] as const),
  ]
  const names = all.map(([key]) => key)
  const entriesOf = (one: Readonly<Record<string, unknown>>) =>
    all.filter(([key, , isRequired]) => isRequired || one[key] !== undefined)
  return new Codec<Decoded<P> & Some<O>>(
    name,
    {
      type: 'object',
      properties: Object.fromEntries(all.map(([key, { schema }]) => [key, schema])),
      required,
      additionalProperties: false,
    },
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
    (value: Readonly<Record<string, unknown>>) => {
      const written: Record<string, unknown> = {}
      for (const [key, type, isRequired] of all)
        if (isRequired || value[key] !== undefined) written[key] = type.encode(value[key])
      return written
    },
  )
}

/** An object with these fields, every one of them and no other (DEC-18). */
export const closed = <P extends Codecs>(name: string, props: P): Codec<Decoded<P>> =>
  partly(name, props, {})

/** The format that documents of terms are written in: the first one. What has none is of the first. */
const FORMAT = 1

/** An object that says in which format it is written, and may leave that out where it is the first (DEC-27). */
export const formatted = <P extends Codecs, O extends Codecs>(
  name: string,
  props: P,
  optional: O,
): Codec<Decoded<P> & Some<O>> => {
  const whole = partly(name, props, { ...optional, format: oneOfNumbers(FORMAT) })
  return new Codec<Decoded<P> & Some<O>>(
    name,
    whole.schema,
    (u): u is Decoded<P> & Some<O> => whole.is(u),
    (input, context) =>
      pipe(
        whole.validate(input, context),
        E.map((all) => {
          const kept = Object.entries(all).filter(([key]) => key !== 'format')
          return Object.fromEntries(kept) as Decoded<P> & Some<O>
        }),
      ),
    (value) => ({ ...(whole.encode(value) as object), format: FORMAT }),
  )
}

/** One of several objects, told apart by their `_tag` (DEC-19). */
export const tagged = <A extends Tagged>(name: string, options: Options<A>): Codec<A> => {
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

/** What has another form in the program than the one that is written. */
export const mapped = <A extends object, B>(
  of: Codec<B>,
  read: (written: B) => A,
  write: (value: A) => B,
): Codec<A> =>
  new Codec<A>(
    of.name,
    of.schema,
    (u): u is A => isRecord(u) && of.is(write(u as A)),
    (input, context) => pipe(of.validate(input, context), E.map(read)),
    (value) => of.encode(write(value)),
  )

/** One of several objects, told apart by a field that only it has (DEC-19). */
export const keyed = <A extends Tagged>(
  name: string,
  options: {
    readonly [Tag in A['_tag']]: readonly [
      field: string,
      codec: Codec<Extract<A, { readonly _tag: Tag }>>,
    ]
  },
): Codec<A> => {
  const byTag = new Map<string, readonly [string, Codec<A>]>(Object.entries(options))
  const all = [...byTag.values()]
  const wanted = all.map(([field]) => field).join(' or ')
  return new Codec<A>(
    name,
    { anyOf: all.map(([, { schema }]) => schema) },
    (u): u is A => isRecord(u) && byTag.get(String(u['_tag']))?.[1].is(u) === true,
    (input, context) => {
      const found = isRecord(input)
        ? all.find(([field]) => Object.hasOwn(input, field))?.[1]
        : undefined
      return found === undefined
        ? fail(input, context, 'DEC-19', `an object with the field ${wanted}`)
        : found.validate(input, context)
    },
    (value) => byTag.get(value._tag)?.[1].encode(value),
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

/** Something that may be absent, and is null then (DEC-24). */
export const orNull = <A>(of: Codec<A>): Codec<A | undefined> =>
  new Codec<A | undefined>(
    `${of.name} or null`,
    { anyOf: [of.schema, { type: 'null' }] },
    (u): u is A | undefined => u === undefined || of.is(u),
    (input, context) => (input === null ? t.success(undefined) : of.validate(input, context)),
    (value) => (value === undefined ? null : of.encode(value)),
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
