/**
 * Csv: text of comma-separated numbers in, rows out, or the first problem to mend.
 *
 * Laws: DEC-7 to DEC-11 (spec/02-decimal.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { type Parse, wantedFor } from './Decimal.js'

// Model

/** The columns that a file has, in any order, and those that it may have. */
export interface Columns<Required extends string, Optional extends string> {
  readonly required: readonly Required[]
  readonly optional: readonly Optional[]
}

/** A line below the header: its number in the file, from 2 on, and its text by column. */
export interface Row<Required extends string, Optional extends string = never> {
  readonly line: number
  readonly fields: Readonly<Record<Required, string>> & Readonly<Partial<Record<Optional, string>>>
}

/** The rule that a problem breaks. */
export type Rule = `${'DEC' | 'LOG' | 'STB' | 'WIF'}-${number}`

/** What is wrong with a file: where, what stands there, and what would have been right. */
export interface Problem {
  readonly rule: Rule
  /** Counted from 1, the header's. */
  readonly line: number
  /** A column; or 'header' or 'row', where it is the line as a whole. */
  readonly field: string
  readonly found: string
  readonly wanted: string
}

/** How the text of a field is read, and what is wanted where it cannot be. */
export interface Format<A> {
  readonly rule: Rule
  readonly wanted: string
  readonly read: (text: string) => E.Either<unknown, A>
  /** Whether it has the length of a number (DEC-1). */
  readonly isNumber?: boolean
}

// Constructors

/** A plain decimal in the range, with at most so many places (DEC-11). */
export const decimal = <A extends bigint>(
  rule: Rule,
  read: Parse<A>,
  places: number,
  range: 'above 0' | '0 or more',
): Format<A> => ({
  rule,
  wanted: `a plain decimal, ${range}, with at most ${places} places`,
  isNumber: true,
  read: flow(
    read,
    E.filterOrElseW(
      (units) => units > 0n || (units === 0n && range === '0 or more'),
      () => range,
    ),
  ),
})

/** Quotes, characters that do not show, and the mark that a decoder leaves for a byte it could not read. */
const foreign = /["\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffd]/u

const split = (
  line: number,
  field: 'header' | 'row',
  text: string,
): E.Either<Problem, readonly string[]> => {
  const [found] = foreign.exec(text) ?? []
  const wanted = 'plain text without quotes or control characters'
  return found === undefined
    ? E.right(text.split(','))
    : E.left({ rule: 'DEC-7', line, field, found, wanted })
}

const header = (
  { required, optional }: Columns<string, string>,
  text: string,
): E.Either<Problem, readonly string[]> => {
  const refuse = (found: string, wanted: string): E.Either<Problem, never> =>
    E.left({ rule: 'DEC-8', line: 1, field: 'header', found, wanted })
  if (text === '') return refuse(text, `the columns ${required.join(',')}`)
  const known = [...required, ...optional]
  return pipe(
    split(1, 'header', text),
    E.chain((names) => {
      const unknown = names.find((name) => !known.includes(name))
      if (unknown !== undefined) return refuse(unknown, `only the columns ${known.join(',')}`)
      const twice = names.find((name, at) => names.indexOf(name) !== at)
      if (twice !== undefined) return refuse(twice, 'this column once')
      const missing = required.find((name) => !names.includes(name))
      return missing === undefined ? E.right(names) : refuse(text, `the column ${missing} too`)
    }),
  )
}

const row = (
  names: readonly string[],
  line: number,
  text: string,
): E.Either<Problem, Row<string>> => {
  const refuse = (instead: string): E.Either<Problem, never> => {
    const wanted = `${names.length} ${names.length === 1 ? 'field' : 'fields'}, not ${instead}`
    return E.left({ rule: 'DEC-9', line, field: 'row', found: text, wanted })
  }
  if (text === '') return refuse('a blank line')
  return pipe(
    split(line, 'row', text),
    E.chain((cells) =>
      cells.length === names.length
        ? E.right({ line, fields: Object.fromEntries(RA.zip(names, cells)) })
        : refuse(`${cells.length}`),
    ),
  )
}

const noRow: Problem = {
  rule: 'DEC-9',
  line: 2,
  field: 'row',
  found: '',
  wanted: 'a row after the header',
}

/**
 * Reads the lines below a header as rows. Refuses the first line that breaks DEC-7, DEC-8 or DEC-9:
 * every line has its shape before a field is read.
 *
 * @example parse({ required: ['a', 'b'], optional: [] })('b,a\n1,2\n') // one row: a is '2', b is '1'
 */
export const parse =
  <Required extends string, Optional extends string>(columns: Columns<Required, Optional>) =>
  (text: string): E.Either<Problem, readonly Row<Required, Optional>[]> => {
    const [first = '', ...rest] = text
      .replace(/^\ufeff/, '')
      .replace(/\r?\n$/, '')
      .split(/\r?\n/)
    return pipe(
      header(columns, first),
      E.filterOrElse(
        () => rest.length > 0,
        () => noRow,
      ),
      E.chain((names) =>
        pipe(
          rest,
          // The header has every required column and no unknown one, so the row has its type.
          E.traverseReadonlyArrayWithIndex(
            (at, line) => row(names, at + 2, line) as E.Either<Problem, Row<Required, Optional>>,
          ),
        ),
      ),
    )
  }

// Queries

const read = <A>(
  line: number,
  field: string,
  found: string,
  { isNumber = false, read, rule, wanted }: Format<A>,
): E.Either<Problem, A> =>
  pipe(
    read(found),
    E.mapLeft(() => ({
      rule,
      line,
      field,
      found,
      wanted: isNumber ? wantedFor(wanted, found) : wanted,
    })),
  )

/** The value of a required column, or the problem with it (DEC-11). */
export const field =
  <Name extends string, A>(name: Name, format: Format<A>) =>
  ({ line, fields }: Row<Name>): E.Either<Problem, A> =>
    read(line, name, fields[name], format)

/** The value of an optional column, none where the file has no such column, or the problem with it (DEC-11). */
export const optionalField =
  <Name extends string, A>(name: Name, format: Format<A>) =>
  ({ line, fields }: Row<never, Name>): E.Either<Problem, A | undefined> => {
    const found = fields[name]
    return found === undefined ? E.right(undefined) : read(line, name, found, format)
  }

// Interpretation

const escape = (text: string, unsafe: RegExp): string =>
  text.replace(unsafe, (character) =>
    Array.from(
      { length: character.length },
      (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  )

/** Enough to find a value again in its line. */
const shown = 32

const quote = (text: string): string => {
  const start = text.slice(0, shown).replace(/["\\]/g, '\\$&')
  return `"${escape(start, /[^ -~]/g)}${text.length > shown ? '…' : ''}"`
}

/**
 * A problem as one line, for a reader who knows the text as `file` (DEC-10).
 *
 * @example render('day.csv')(problem) // day.csv:3: close: found "1e5", wanted a plain decimal, …
 */
export const render =
  (file: string) =>
  ({ line, field, found, wanted }: Problem): string =>
    `${escape(file, /[\p{C}\p{Zl}\p{Zp}]/gu)}:${line}: ${field}: found ${quote(found)}, wanted ${wanted}`
