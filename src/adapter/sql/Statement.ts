/**
 * Statement: what runs for every command. Its text is made of parts once for each choice of them, and each part has one
 * parameter: its rows, as JSON. Kysely would build a tree of it each time, which costs as much as deciding the command.
 */

import { CompiledQuery } from 'kysely'
import type { Database } from './Tables.js'

/** Runs the parts that have rows. */
export type Statement<Row> = (
  database: Database,
  rows: readonly (readonly unknown[] | undefined)[],
) => Promise<readonly Row[]>

/** Rows for a part that is left out where there are none. */
export const some = (rows: readonly unknown[]): readonly unknown[] | undefined =>
  rows.length > 0 ? rows : undefined

/** A statement of parts, in each of which `$rows` is where its rows stand, with `join` between two of them. */
export const make = <Row>(parts: readonly string[], join = '', end = ''): Statement<Row> => {
  const textOf = (rows: Parameters<Statement<Row>>[1]): string => {
    let count = 0
    const chosen = parts.filter((_, i) => rows[i] !== undefined)
    return (
      chosen.map((part) => part.replace('$rows', () => `$${(count += 1)}::json`)).join(join) + end
    )
  }
  const texts = new Map<string, string>()
  return async (database, rows) => {
    const choice = rows.map((some) => (some === undefined ? '-' : '+')).join('')
    const text = texts.get(choice) ?? textOf(rows)
    texts.set(choice, text)
    const values = rows.flatMap((some) => (some === undefined ? [] : [JSON.stringify(some)]))
    return (await database.executeQuery<Row>(CompiledQuery.raw(text, values))).rows
  }
}
