/**
 * Database: the one place where stores are opened. What a kind of store takes is loaded when one is opened.
 */

import { existsSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Memory } from '../adapter/memory/index.js'
import type { Sql } from '../adapter/sql/index.js'
import type { Port, Record } from '../engine/index.js'
import { type Live, mismatch, type Problem, type Stores, withoutSecrets } from './Io.js'

// Model

type Where =
  | { readonly _tag: 'Memory' }
  | { readonly _tag: 'Server'; readonly url: string }
  | { readonly _tag: 'Folder'; readonly folder: string }

const wanted =
  'a folder, a URL such as postgres://localhost/auctions, or memory: for a store that is gone with the process'

/** What the text of --database names. */
export const whereOf = (database: string): E.Either<Problem, Where> => {
  if (database === 'memory:') return E.right({ _tag: 'Memory' })
  if (/^postgres(ql)?:\/\//.test(database))
    return URL.canParse(database)
      ? E.right({ _tag: 'Server', url: database })
      : E.left(mismatch('--database', withoutSecrets(database), wanted))
  return database === '' || /^[a-z][a-z\d+.-]+:/i.test(database)
    ? E.left(mismatch('--database', withoutSecrets(database), wanted))
    : E.right({ _tag: 'Folder', folder: database })
}

// What goes wrong

/** The packages that a store in PostgreSQL takes. */
const packages = { Server: 'kysely pg', Folder: 'kysely @electric-sql/pglite' }

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND')

const load = (kind: keyof typeof packages): TE.TaskEither<Problem, typeof Sql> =>
  TE.tryCatch(
    async () => (await import('../adapter/sql/index.js')).Sql,
    (error) =>
      isMissing(error)
        ? `--database: a package that it takes is missing: npm install ${packages[kind]}`
        : `--database: ${error instanceof Error ? error.message : String(error)}`,
  )

type Failure = Sql.NewerSchema | Sql.OlderSchema | Port.Unavailable

const told = (failure: Failure): Problem => {
  switch (failure._tag) {
    case 'NewerSchema':
      return `--database: its tables are of a later release, wanted none of ${failure.unknown.join(', ')}`
    case 'OlderSchema':
      return `--database: its tables are missing or of an earlier release, wanted ${failure.missing.join(', ')}: knockdown migrate makes them`
    case 'Unavailable':
      return broken(failure)
  }
}

/** What does not answer or cannot be read, and why, as one line. */
export const broken = (failure: Port.Unavailable | Record.Unreadable): Problem =>
  failure._tag === 'Unavailable'
    ? `the ${failure.what} does not answer: ${withoutSecrets(failure.why)}`
    : `entry ${failure.sequence} of ${failure.stream} cannot be read: ${failure.why} (${failure.rule})`

// Interpretation

/** The same, with the folder of one who says which; nothing where there is none and none may be made. */
const folderOf = (folder: string, create: boolean): E.Either<Problem, string> =>
  create || existsSync(folder)
    ? E.right(folder)
    : E.left(mismatch('--database', folder, 'a folder that is there'))

const open: Stores['open'] = (database, create) =>
  pipe(
    TE.fromEither(whereOf(database)),
    TE.chain((where): TE.TaskEither<Problem, Port.EventStore> => {
      switch (where._tag) {
        case 'Memory':
          return TE.right(Memory.make())
        case 'Server':
          return pipe(
            load('Server'),
            TE.chain((sql) => pipe(sql.open({ url: where.url }), TE.mapLeft(told))),
          )
        case 'Folder':
          return pipe(
            TE.fromEither(folderOf(where.folder, create)),
            TE.chain((folder) =>
              pipe(
                load('Folder'),
                TE.chain((sql) => pipe(sql.open({ folder, migrate: true }), TE.mapLeft(told))),
              ),
            ),
          )
      }
    }),
  )

const migrate: Stores['migrate'] = (database, role) =>
  pipe(
    TE.fromEither(whereOf(database)),
    TE.chain((where): TE.TaskEither<Problem, void> => {
      if (where._tag === 'Memory')
        return TE.left(mismatch('--database', database, 'a folder or a URL: memory has no tables'))
      const place = where._tag === 'Server' ? { url: where.url } : { folder: where.folder }
      return pipe(
        load(where._tag),
        TE.chain((sql) =>
          pipe(sql.migrate(role === undefined ? place : { ...place, role }), TE.mapLeft(told)),
        ),
      )
    }),
  )

/** The stores of the world. */
export const stores: Stores = { open, migrate }

/** Opens a store, uses it, and closes it, however that ended. */
export const using = async <A>(
  { stores }: Pick<Live, 'stores'>,
  database: string,
  create: boolean,
  use: (store: Port.EventStore) => Promise<E.Either<Problem, A>>,
): Promise<E.Either<Problem, A>> => {
  const opened = await stores.open(database, create)()
  if (E.isLeft(opened)) return opened
  const store = opened.right
  const result = await use(store)
  const closed = await store.close()
  return E.isRight(result) && E.isLeft(closed) ? E.left(broken(closed.left)) : result
}
