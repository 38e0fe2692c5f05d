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
import * as Turns from './Turns.js'
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
  if (locks.length === 0) return
  const calls = locks.map(
    (name) => sql`pg_advisory_xact_lock(hashtextextended(${`knockdown:${name}`}, 0))`,
  )
  await sql`select ${sql.join(calls)}`.execute(database)
}

/**
 * Of this process, those who want a lock wait for each other here: of a lock one connection at most waits at the
 * server, and the others are left for who needs no lock.
 */
const queued = (): (<A>(locks: readonly Lock[], body: () => Promise<A>) => Promise<A>) => {
  const turns: Readonly<Record<Lock, Turns.Turns>> = {
    house: Turns.make(),
    treasury: Turns.make(),
  }
  const run = async <A>([first, ...rest]: readonly Lock[], body: () => Promise<A>): Promise<A> => {
    if (first === undefined) return body()
    const leave = await turns[first]()
    try {
      return await run(rest, body)
    } finally {
      leave()
    }
  }
  return run
}

const alone = (database: Database): EventStore['alone'] => {
  const inTurn = queued()
  return <E, A>(locks: readonly Lock[], body: (session: Session) => TE.TaskEither<E, A>) => {
    const names = [...new Set(locks)].sort()
    const held = async (connection: Database): Promise<E.Either<E | Conflict | Unavailable, A>> => {
      await take(connection, names)
      let failed: Conflict | Unavailable | undefined
      const session = sessionOf(connection, (why) => {
        failed ??= why
      })
      const result = await body(session)()
      return failed !== undefined && E.isRight(result) ? E.left(failed) : result
    }
    return pipe(
      TE.tryCatch(
        () => inTurn(names, () => Transaction.within(database, Transaction.COMMITTED, held)),
        Failure.of,
      ),
      TE.flatMapEither((result) => result),
    )
  }
}

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
