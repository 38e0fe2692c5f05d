/**
 * The databases that a store is tested on: PGlite always; a PostgreSQL server where KNOCKDOWN_POSTGRES names one
 * (scripts/postgres run -- npm test).
 */

import { randomUUID } from 'node:crypto'
import { PGlite } from '@electric-sql/pglite'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Sql } from '../../../src/adapter/sql/index.js'
import * as Pglite from '../../../src/adapter/sql/Pglite.js'
import * as Postgres from '../../../src/adapter/sql/Postgres.js'
import type { Connected } from '../../../src/adapter/sql/Postgres.js'
import type { EventStore } from '../../../src/engine/Port.js'

export interface Database {
  readonly where: Sql.Where
  /** What no store would ask. */
  readonly query: (
    statement: string,
    values?: unknown[],
  ) => Promise<readonly Record<string, unknown>[]>
  /** What a store is made of. */
  readonly connect: () => Promise<Connected>
}

export interface Server extends Database {
  readonly where: { readonly url: string }
}

export const right = async <E, A>(task: TaskEither<E, A>): Promise<A> => {
  const result = await task()
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

export const left = async <E, A>(task: TaskEither<E, A>): Promise<E> => {
  const result = await task()
  if (E.isRight(result)) throw new Error('it went well')
  return result.left
}

/** A store in a database that had none. */
export const fresh = async (database: Database): Promise<EventStore> => {
  await database.query('drop schema if exists knockdown cascade')
  await right(Sql.migrate(database.where))
  return right(Sql.open(database.where))
}

const address = process.env['KNOCKDOWN_POSTGRES']

/** Tests on a server that has nothing else to do: what another database has under way would hold the feed up. */
export const onServer = (title: string, body: (database: () => Server) => void): void => {
  if (address === undefined) {
    console.log(`left out, since KNOCKDOWN_POSTGRES is not set: ${title}, on PostgreSQL`)
    // Where everything has to pass, what was left out has not.
    test(`${title}, on PostgreSQL, is left out, which it may be outside of CI only`, () => {
      expect(process.env['CI']).toBeUndefined()
    })
    return
  }
  describe(`${title}, on PostgreSQL`, () => {
    const name = `knockdown_${randomUUID().replaceAll('-', '')}`
    const url = new URL(address)
    url.pathname = name
    const first = new Client(address)
    const client = new Client(url.href)
    beforeAll(async () => {
      await first.connect()
      await first.query('select pg_advisory_lock(1)')
      await first.query(`create database ${name} template template0`)
      await client.connect()
    }, 300_000)
    afterAll(async () => {
      await client.end()
      await first.query(`drop database ${name} with (force)`)
      await first.end()
    })
    body(() => ({
      where: { url: url.href },
      connect: () => Postgres.connect(url.href, 4),
      query: async (statement, values = []) =>
        (await client.query<Record<string, unknown>>(statement, values)).rows,
    }))
  })
}

/** Tests on both. */
export const onEach = (title: string, body: (database: () => Database) => void): void => {
  describe(`${title}, on PGlite`, () => {
    let pglite: PGlite | undefined
    beforeAll(async () => {
      pglite = await PGlite.create()
    }, 120_000)
    afterAll(() => pglite?.close())
    body(() => {
      if (pglite === undefined) throw new Error('not before the tests')
      const embedded = pglite
      return {
        where: { pglite: embedded },
        connect: () => Promise.resolve(Pglite.wrap(embedded)),
        query: async (statement, values) =>
          (await embedded.query<Record<string, unknown>>(statement, values)).rows,
      }
    })
  })
  onServer(title, body)
}

/** Until so many wait for an advisory lock of a database. */
export const waiting = async ({ query }: Database, many: number): Promise<void> => {
  for (;;) {
    const rows = await query(
      `select from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`,
    )
    if (rows.length === many) return
  }
}
