/**
 * Hands: which payments a sender has in hand, so that no other is handed them meanwhile.
 *
 * Laws: PRT-13 (spec/10-ports.md).
 */

import type { Either } from 'fp-ts/lib/Either.js'
import { sql } from 'kysely'
import type { Database } from './Tables.js'
import * as Transaction from './Transaction.js'

/** Takes those of some keys that nobody has in hand, in their order. */
export type Take = (keys: readonly string[]) => Promise<readonly string[]>

/** Runs a body, and lets go of what it took however it ends. */
export type Hands = <E, A>(
  database: Database,
  body: (database: Database, take: Take) => Promise<Either<E, A>>,
) => Promise<Either<E, A>>

/**
 * Of all processes at a server: by advisory locks of a transaction, which end with its process. Locks of rows would do,
 * but they give the transaction an id, and while a sender sends, nobody would be shown an entry with a later one.
 */
export const ofServer: Hands = (database, body) =>
  Transaction.within(database, Transaction.SENDING, (connection) =>
    body(connection, async (keys) => {
      const { rows } = await sql<{ readonly key: string; readonly free: boolean }>`
        select key, pg_try_advisory_xact_lock(hashtextextended(key, 0)) as free
        from json_array_elements_text(${JSON.stringify(keys)}::json) as asked(key)`.execute(
        connection,
      )
      return rows.flatMap(({ key, free }) => (free ? [key] : []))
    }),
  )

/**
 * Of this process, which alone has the database: in its memory. A transaction would keep the only connection while a
 * sender sends, and one that waits for something else of the store would wait for ever.
 */
export const ofProcess = (): Hands => {
  const inHand = new Set<string>()
  return async (database, body) => {
    const taken: string[] = []
    try {
      return await body(database, (keys) => {
        const free = keys.filter((key) => !inHand.has(key))
        for (const key of free) inHand.add(key)
        taken.push(...free)
        return Promise.resolve(free)
      })
    } finally {
      for (const key of taken) inHand.delete(key)
    }
  }
}
