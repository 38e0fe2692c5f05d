/**
 * Positions: who owes what against which collateral, from CSV text.
 *
 * Laws: DEC-15 and DEC-16 (spec/02-decimal.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Fixed } from '../core/index.js'
import * as Csv from './Csv.js'
import { parseRad, parseWad } from './Decimal.js'

// Model

/** What one position holds and owes, both above zero. */
export interface Row {
  readonly id: string
  readonly collateral: Fixed.Wad
  readonly debt: Fixed.Rad
}

// Constructors

const columns = { required: ['id', 'collateral', 'debt'], optional: [] } as const

type Text = Csv.Row<(typeof columns.required)[number]>

/** Spaces around an id would make two of what a reader sees as one. */
const id: Csv.Format<string> = {
  rule: 'DEC-15',
  wanted: 'an id without spaces around it',
  read: E.fromPredicate(
    (text) => text !== '' && text === text.trim(),
    () => 'no id',
  ),
}
const collateral = Csv.decimal('DEC-15', parseWad, 18, 'above 0')
const debt = Csv.decimal('DEC-15', parseRad, 45, 'above 0')

const values = (text: Text): E.Either<Csv.Problem, Row> =>
  pipe(
    E.Do,
    E.apS('id', Csv.field('id', id)(text)),
    E.apS('collateral', Csv.field('collateral', collateral)(text)),
    E.apS('debt', Csv.field('debt', debt)(text)),
  )

/** The line on which each id stands first. */
const firstLines = (texts: readonly Text[]): ReadonlyMap<string, number> =>
  new Map(RA.reverse(texts).map(({ line, fields }) => [fields.id, line]))

/**
 * Reads positions, one or more. Refuses a text that is no such CSV (DEC-7 to DEC-9), then the first
 * row with a value out of bounds (DEC-15) or the id of an earlier row (DEC-16).
 *
 * @example parse('id,collateral,debt\na,1.5,100\n') // one row: 1.5 Wad, 100 Rad
 */
export const parse: (text: string) => E.Either<Csv.Problem, readonly Row[]> = flow(
  Csv.parse(columns),
  E.chain((texts) => {
    const first = firstLines(texts)
    return pipe(
      texts,
      E.traverseReadonlyArrayWithIndex((_, text) =>
        pipe(
          values(text),
          E.filterOrElse(
            (row) => first.get(row.id) === text.line,
            (row): Csv.Problem => ({
              rule: 'DEC-16',
              line: text.line,
              field: 'id',
              found: row.id,
              wanted: `another id: line ${first.get(row.id)} has this one`,
            }),
          ),
        ),
      ),
    )
  }),
)
