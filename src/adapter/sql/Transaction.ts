/**
 * Transaction: a body of statements on one connection that come to be together or not at all.
 */

import * as E from 'fp-ts/lib/Either.js'
import { sql } from 'kysely'
import type { Database } from './Tables.js'

/**
 * Each statement sees what is stored when it begins. A snapshot of the whole transaction would be taken before
 * the wait for a lock, and would not show what was stored by whoever held it.
 */
export const COMMITTED = 'begin isolation level read committed read write'

/** All statements see the same. */
export const STILL = 'begin isolation level repeatable read read only'

/** A connection on which this fails is broken, and its transaction has ended with it. */
const rollback = (database: Database): Promise<unknown> =>
  sql`rollback`.execute(database).catch(() => undefined)

/** Kysely's own transactions keep their connection for ever when a commit fails. */
export const within = <E, A>(
  database: Database,
  begin: string,
  body: (database: Database) => Promise<E.Either<E, A>>,
): Promise<E.Either<E, A>> =>
  database.connection().execute(async (connection) => {
    await sql.raw(begin).execute(connection)
    try {
      const result = await body(connection)
      await (E.isRight(result) ? sql`commit`.execute(connection) : rollback(connection))
      return result
    } catch (error) {
      await rollback(connection)
      throw error
    }
  })
