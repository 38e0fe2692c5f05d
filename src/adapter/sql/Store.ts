/**
 * Store: the events and all that follows from them, in a database whose tables are in their last form.
 *
 * Laws: PRT-3, PRT-5, PRT-9, PRT-13, PRT-16 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql } from 'kysely'
import type { Conflict, EventStore, Lock, Session, Unavailable } from '../../engine/Port.js'
import * as Deliveries from './Deliveries.js'
import * as Failure from './Failure.js'
import * as Feed from './Feed.js'
import type { Connected } from './Postgres.js'
import * as Reads from './Reads.js'
import type { Database } from './Tables.js'
import * as Transaction from './Transaction.js'
import * as Views from './Views.js'
import * as Writes from './Writes.js'

const append =
  (database: Database, count: () => Writes.Count): Session['append'] =>
  (write) =>
    pipe(
      TE.tryCatch(() => Writes.append(database, write, count()), Failure.of),
      TE.filterOrElseW(
        (fits) => fits,
        () => Failure.conflict,
      ),
      TE.map(() => undefined),
    )

/**
 * Of a transaction under way. A statement that fails is the end of it: PostgreSQL would take a commit
 * after it, and roll back.
 */
const sessionOf = (database: Database, fail: (why: Conflict | Unavailable) => void): Session => {
  const count: Writes.Count = { entries: 0, payments: 0 }
  const noted = <F extends Conflict | Unavailable, A>(
    task: TE.TaskEither<F, A>,
  ): TE.TaskEither<F, A> =>
    pipe(
      task,
      TE.mapLeft((why) => {
        fail(why)
        return why
      }),
    )
  return {
    read: (wanted) => noted(Failure.attempt(() => Reads.read(database, wanted))),
    append: (write) => noted(append(database, () => count)(write)),
  }
}

/**
 * In a fixed order, so that no two wait for each other; in a statement of its own, so that the next one sees what was
 * stored while this one waited. No lock of a row: it would give the transaction its id, and with it its place in the
 * order of all, before it has read what it follows from.
 */
const take = async (database: Database, locks: readonly Lock[]): Promise<void> => {
  const names = [...new Set(locks)].sort()
  if (names.length === 0) return
  const calls = names.map(
    (name) => sql`pg_advisory_xact_lock(hashtextextended(${`knockdown:${name}`}, 0))`,
  )
  await sql`select ${sql.join(calls)}`.execute(database)
}

const alone =
  (database: Database): EventStore['alone'] =>
  <E, A>(locks: readonly Lock[], body: (session: Session) => TE.TaskEither<E, A>) =>
    pipe(
      TE.tryCatch(
        () =>
          Transaction.within<E | Conflict | Unavailable, A>(
            database,
            Transaction.COMMITTED,
            async (connection) => {
              await take(connection, locks)
              let failed: Conflict | Unavailable | undefined
              const session = sessionOf(connection, (why) => {
                failed ??= why
              })
              const result = await body(session)()
              return failed !== undefined && E.isRight(result) ? E.left(failed) : result
            },
          ),
        Failure.of,
      ),
      TE.flatMapEither((result) => result),
    )

export const make = ({ close, database, hands }: Connected): EventStore => ({
  read: (wanted) => Failure.attempt(() => Reads.read(database, wanted)),
  append: append(database, () => ({ entries: 0, payments: 0 })),
  alone: alone(database),
  since: (after, limit) =>
    pipe(
      Failure.attempt(() => Feed.since(database, after, limit, 'settled')),
      TE.flatMapEither((page) => page),
    ),
  still: (body) =>
    pipe(
      Failure.attempt(() =>
        Transaction.within(database, Transaction.STILL, (connection) =>
          body(Views.of(connection))(),
        ),
      ),
      TE.flatMapEither((result) => result),
    ),
  deliver: (limit, send) =>
    pipe(
      Failure.attempt(() => Deliveries.deliver(database, hands, limit, send)),
      TE.flatMapEither((result) => result),
    ),
  close: Failure.attempt(close),
})
