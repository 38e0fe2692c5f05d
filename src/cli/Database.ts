/**
 * Database: the one place where stores are opened. What a kind of store takes is loaded when one is opened.
 */

import { existsSync, readdirSync, statSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Memory } from '../adapter/memory/index.js'
import type { Sql } from '../adapter/sql/index.js'
import type { Port, Record } from '../engine/index.js'
import { type Live, mismatch, type Problem, type Roles, type Stores, withoutSecrets } from './Io.js'

// Model

type Where =
  | { readonly _tag: 'Memory' }
  | { readonly _tag: 'Server'; readonly url: string }
  | { readonly _tag: 'Folder'; readonly folder: string }

const wanted =
  'a folder, a URL such as postgres://localhost/auctions, or memory: for a store that is gone with the process'

/** A name with an @ in its first part, as an address whose scheme was forgotten, or with words of libpq's own form. */
const isAddress = (database: string): boolean =>
  /^(\/\/)?[^/\\]*@/.test(database) || /\b(host|dbname|password)\s*=/i.test(database)

/** What may be shown of what is no database: whatever stands before an @, or after `password`, may be a secret. */
const shown = (database: string): string =>
  withoutSecrets(database)
    .replace(/^([a-z]+:\/\/)?.*@/is, '$1')
    .replace(/(password\s*=).*/is, '$1')

/** What the text of --database names. */
export const whereOf = (database: string): E.Either<Problem, Where> => {
  if (database === 'memory:') return E.right({ _tag: 'Memory' })
  if (/^postgres(ql)?:\/\//.test(database))
    return URL.canParse(database)
      ? E.right({ _tag: 'Server', url: database })
      : E.left(mismatch('--database', shown(database), wanted))
  return database === '' || /^[a-z][a-z\d+.-]+:/i.test(database) || isAddress(database)
    ? E.left(mismatch('--database', shown(database), wanted))
    : E.right({ _tag: 'Folder', folder: database })
}

// What goes wrong

/** The packages that a store in PostgreSQL takes. */
const packages = { Server: 'kysely pg', Folder: 'kysely @electric-sql/pglite' }

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND')

const load = <A>(
  kind: keyof typeof packages,
  module: () => Promise<A>,
): TE.TaskEither<Problem, A> =>
  TE.tryCatch(module, (error) =>
    isMissing(error)
      ? `--database: a package that it takes is missing: npm install ${packages[kind]}`
      : `--database: ${error instanceof Error ? error.message : String(error)}`,
  )

const loadSql = (kind: keyof typeof packages): TE.TaskEither<Problem, typeof Sql> =>
  load(kind, async () => (await import('../adapter/sql/index.js')).Sql)

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

/** The same of what asking again does not mend. */
export const lost = ({ why }: Port.Unavailable): Problem =>
  `--database: ${withoutSecrets(why)}: wanted the tables and rights that knockdown migrate makes`

// Interpretation

/** Whether a folder has what is not a database's: neither one of PostgreSQL, nor the lock of one that is being made. */
const isForeign = (names: readonly string[]): boolean =>
  names.length > 0 &&
  !names.some((name) => name === 'PG_VERSION' || name.startsWith('knockdown.lock'))

/** The same, with the folder of one who says which; nothing where there is none and none may be made. */
const folderOf = (folder: string, create: boolean): E.Either<Problem, string> => {
  const wrong = (wanted: string): E.Either<Problem, string> =>
    E.left(mismatch('--database', folder, wanted))
  if (!existsSync(folder)) return create ? E.right(folder) : wrong('a folder that is there')
  try {
    if (!statSync(folder).isDirectory()) return wrong('a folder: this is a file')
    return isForeign(readdirSync(folder))
      ? wrong('a database, an empty folder or a new one: this has other files')
      : E.right(folder)
  } catch {
    return wrong('a folder that may be read')
  }
}

const open: Stores['open'] = (database, create) =>
  pipe(
    TE.fromEither(whereOf(database)),
    TE.chain((where): TE.TaskEither<Problem, Port.EventStore> => {
      switch (where._tag) {
        case 'Memory':
          return TE.right(Memory.make())
        case 'Server':
          return pipe(
            loadSql('Server'),
            TE.chain((sql) => pipe(sql.open({ url: where.url }), TE.mapLeft(told))),
          )
        case 'Folder':
          return pipe(
            TE.fromEither(folderOf(where.folder, create)),
            TE.chain((folder) =>
              pipe(
                loadSql('Folder'),
                TE.chain((sql) => pipe(sql.open({ folder, migrate: true }), TE.mapLeft(told))),
              ),
            ),
          )
      }
    }),
  )

/** PostgreSQL cuts a name that is longer, without a word. */
const ROLE_BYTES = 63

const checkedRoles = (roles: Roles): E.Either<Problem, Roles> => {
  const wrong = (['role', 'workers'] as const).find((one) => {
    const name = roles[one]
    return name !== undefined && (name === '' || Buffer.byteLength(name) > ROLE_BYTES)
  })
  return wrong === undefined
    ? E.right(roles)
    : E.left(
        mismatch(
          `--${wrong}`,
          roles[wrong] ?? '',
          `the name of a role, of 1 to ${ROLE_BYTES} bytes`,
        ),
      )
}

const placeOf = (database: string, where: Where): E.Either<Problem, Sql.Where> => {
  switch (where._tag) {
    case 'Memory':
      return E.left(mismatch('--database', database, 'a folder or a URL: memory has no tables'))
    case 'Server':
      return E.right({ url: where.url })
    case 'Folder':
      return pipe(
        folderOf(where.folder, true),
        E.map((folder) => ({ folder })),
      )
  }
}

const migrate: Stores['migrate'] = (database, roles) =>
  pipe(
    E.Do,
    E.apS('where', whereOf(database)),
    E.apS('roles', checkedRoles(roles)),
    E.bind('place', ({ where }) => placeOf(database, where)),
    TE.fromEither,
    TE.chain(({ place, roles: { role, workers } }) =>
      pipe(
        loadSql('url' in place ? 'Server' : 'Folder'),
        TE.chain((sql) =>
          pipe(
            sql.migrate({
              ...place,
              ...(role === undefined ? {} : { role }),
              ...(workers === undefined ? {} : { workers }),
            }),
            TE.mapLeft(told),
          ),
        ),
      ),
    ),
  )

/** Beside those that have a task in hand: to note attempts, and to put tasks there and look for results. */
const SPARE = 2

const work: Stores['work'] = (database, threads) =>
  pipe(
    TE.fromEither(whereOf(database)),
    TE.filterOrElse(
      (where) => where._tag === 'Server',
      () => mismatch('--database', database, 'the URL of a server: many share its tasks'),
    ),
    TE.chain(({ url }) =>
      pipe(
        load('Server', () => import('../adapter/sql/Work.js')),
        TE.chain(({ open }) => pipe(open(url, threads + SPARE), TE.mapLeft(told))),
      ),
    ),
  )

/** The stores of the world. */
export const stores: Stores = { open, migrate, work }

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
