/**
 * Sql: a store of events in PostgreSQL: a server's, or one embedded in this process (PGlite).
 *
 * @example
 * // A folder of this process alone. Its tables are made, or brought up to date.
 * const store = await Sql.open({ folder: 'auctions', migrate: true })()
 *
 * @example
 * // A server's database. Who may make tables does so once; who carries out commands needs no such right.
 * await Sql.migrate({ url: 'postgres://owner@localhost/auctions', role: 'auctioneers' })()
 * const store = await Sql.open({ url: 'postgres://auctioneer@localhost/auctions' })()
 */

import type * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { EventStore, Unavailable } from '../../engine/Port.js'
import { attempt } from './Failure.js'
import * as Migrate from './Migrate.js'
import type { NewerSchema, OlderSchema } from './Migrate.js'
import * as Pglite from './Pglite.js'
import type { Embedded } from './Pglite.js'
import { checked, using } from './Opening.js'
import * as Postgres from './Postgres.js'
import * as Store from './Store.js'

export type { Embedded, NewerSchema, OlderSchema }

/** Where the tables are. */
export type Where =
  /** PGlite in a folder, which no other process may have open. What is stored is on the disk. */
  | { readonly folder: string }
  /**
   * A server from PostgreSQL 14 on, and how many connections it is asked for at most (10). Who has, or waits for, a lock
   * keeps one, so two at most; each sender of payments and each audit keeps one; the others are for all that waits for
   * nobody. With less than one more than are kept, bids wait too.
   */
  | { readonly url: string; readonly connections?: number }
  /** A PGlite of the host's, which does nothing else while the store is open, and which the host closes. */
  | { readonly pglite: Embedded }

const connect = (where: Where): Promise<Postgres.Connected> =>
  'url' in where
    ? Postgres.connect(where.url, where.connections ?? 10)
    : 'folder' in where
      ? Pglite.openFolder(where.folder)
      : Promise.resolve(Pglite.wrap(where.pglite))

const migrated = (
  { database }: Postgres.Connected,
  roles: Migrate.Roles = {},
): TE.TaskEither<NewerSchema | Unavailable, void> =>
  pipe(
    attempt(() => Migrate.migrate(database, roles)),
    TE.flatMapEither((result): E.Either<NewerSchema, void> => result),
  )

/**
 * Makes the tables, in a schema `knockdown`, or brings them up to date, all in one transaction. A `role`, which is made
 * if need be, is given what carrying out commands takes: it can never change or remove an event. Another, `workers`, is
 * given what `knockdown work` takes: it sees no event.
 */
export const migrate = (
  options: Where & { readonly role?: string; readonly workers?: string },
): TE.TaskEither<NewerSchema | Unavailable, void> =>
  using(
    () => connect(options),
    (connected) =>
      pipe(
        migrated(connected, options),
        TE.flatMap(() => attempt(connected.close)),
      ),
  )

/** A store whose tables are there, or with `migrate` are made. */
export const open = (
  options: Where & { readonly migrate?: boolean },
): TE.TaskEither<NewerSchema | OlderSchema | Unavailable, EventStore> =>
  using(
    () => connect(options),
    (connected) =>
      pipe(
        options.migrate === true ? migrated(connected) : checked(connected),
        TE.map(() => Store.make(connected)),
      ),
  )
