/**
 * Pglite: PostgreSQL in this process, in a folder or in memory. It has one connection, which one asks for after the
 * other.
 */

import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import * as Durable from './Durable.js'
import * as Era from './Era.js'
import * as FolderLock from './FolderLock.js'
import * as Hands from './Hands.js'
import type { Connected } from './Postgres.js'
import type { Tables } from './Tables.js'
import * as Turns from './Turns.js'
import * as Types from './Types.js'

/** What the store needs of a `PGlite` of @electric-sql/pglite. */
export interface Embedded {
  readonly query: (
    statement: string,
    parameters: unknown[],
    options: { readonly parsers: Record<number, (text: string) => unknown> },
  ) => Promise<{ readonly rows: unknown[]; readonly affectedRows?: number | undefined }>
}

const connectionOf = (embedded: Embedded): DatabaseConnection => ({
  executeQuery: async ({ sql, parameters }) => {
    const { rows, affectedRows } = await embedded.query(sql, [...parameters], {
      parsers: { ...Types.parsers },
    })
    return { rows: rows as never[], numAffectedRows: BigInt(affectedRows ?? 0) }
  },
  streamQuery: () => {
    throw new Error('the store reads no rows one by one')
  },
})

const dialectOf = (embedded: Embedded): Dialect => {
  const connection = connectionOf(embedded)
  const turn = Turns.make()
  let leave = (): void => undefined
  const run = (statement: string) => async (): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(statement))
  }
  return {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createDriver: () => ({
      init: () =>
        Era.settle(async (statement) => {
          const { rows } = await connection.executeQuery<Record<string, unknown>>(
            CompiledQuery.raw(statement),
          )
          return rows
        }),
      acquireConnection: async () => {
        leave = await turn()
        return connection
      },
      releaseConnection: async () => {
        leave()
        return Promise.resolve()
      },
      beginTransaction: run('begin'),
      commitTransaction: run('commit'),
      rollbackTransaction: run('rollback'),
      destroy: () => Promise.resolve(),
    }),
  }
}

/** An instance that is the store's alone while it is open; who made it closes it. */
export const wrap = (embedded: Embedded): Connected => {
  const database = new Kysely<Tables>({ dialect: dialectOf(embedded) })
  return { database, hands: Hands.ofProcess(), close: () => database.destroy() }
}

/** What a `PGlite` runs PostgreSQL with. */
interface Running {
  readonly Module: Record<string, unknown>
  readonly POSTGRES_MAIN_LONGJMP: number
}

/** What it runs it by. Any of it may end in `longjmp`, which is how PostgreSQL leaves a statement that fails. */
const entries = [
  '_PostgresMainLoopOnce',
  '_PostgresMainLongJmp',
  '_PostgresSendReadyForQueryIfNecessary',
]

/**
 * Where PostgreSQL cannot write its log, it ends its process: nothing that is in its memory may be believed. PGlite
 * takes that for a statement that failed, and goes on: it answers that what it could not store is stored, or never answers.
 * Here nothing of it runs any more; the folder is as if its process had been killed. Answers whether that was so.
 */
const stopsForGood = ({ Module: functions, POSTGRES_MAIN_LONGJMP }: Running): (() => boolean) => {
  let hasStopped = false
  const refuse = (): never => {
    throw new Error('the embedded database has stopped, as on a full disk: open the store again')
  }
  const stop = (): void => {
    hasStopped = true
    for (const [name, value] of Object.entries(functions))
      if (typeof value === 'function') functions[name] = refuse
  }
  for (const name of entries) {
    const run = functions[name] as (...given: unknown[]) => unknown
    functions[name] = (...given: unknown[]) => {
      try {
        return run(...given)
      } catch (error) {
        const { status } = error as { readonly status?: unknown }
        if (status !== POSTGRES_MAIN_LONGJMP) stop()
        throw error
      }
    }
  }
  return () => hasStopped
}

/** A folder, which no other process may open meanwhile: it would spoil what is in it. */
export const openFolder = async (folder: string): Promise<Connected> => {
  const release = FolderLock.take(folder)
  try {
    const embedded = await Durable.create(folder)
    const hasStopped = stopsForGood(embedded as unknown as Running)
    const { database, hands } = wrap(embedded)
    return {
      database,
      hands,
      close: async () => {
        try {
          await database.destroy()
          if (!hasStopped()) await embedded.close()
        } finally {
          release()
        }
      },
    }
  } catch (error) {
    release()
    throw error
  }
}
