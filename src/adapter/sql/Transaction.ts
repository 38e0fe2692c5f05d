/**
 * Transaction: a body of statements on one connection that come to be together or not at all.
 */

import * as E from 'fp-ts/lib/Either.js'
import { sql } from 'kysely'
import type { Database } from './Tables.js'

/** How a transaction begins. */
type Beginning = readonly string[]

/**
 * Each statement sees what is stored when it begins. A snapshot of the whole transaction would be taken before
 * the wait for a lock, and would not show what was stored by whoever held it.
 */
export const COMMITTED: Beginning = ['begin isolation level read committed read write']

/** Nobody waits for it: it may itself let the server wait, which ends other transactions for that. */
const PATIENT: Beginning = ['set local idle_in_transaction_session_timeout = 0']

/** As a sender needs it, which may be slow. */
export const SENDING: Beginning = [...COMMITTED, ...PATIENT]

/** All statements see the same. An audit may work long between them. */
export const STILL: Beginning = ['begin isolation level repeatable read read only', ...PATIENT]

/** A connection on which this fails is broken, and its transaction has ended with it. */
const rollback = (database: Database): Promise<unknown> =>
  sql`rollback`.execute(database).catch(() => undefined)

/** Kysely's own transactions keep their connection for ever when a commit fails. */
export const within = <E, A>(
  database: Database,
  begin: Beginning,
  body: (database: Database) => Promise<E.Either<E, A>>,
): Promise<E.Either<E, A>> =>
  database.connection().execute(async (connection) => {
    try {
      for (const statement of begin) await sql.raw(statement).execute(connection)
      const result = await body(connection)
      await (E.isRight(result) ? sql`commit`.execute(connection) : rollback(connection))
      return result
    } catch (error) {
      await rollback(connection)
      throw error
    }
  })
