/**
 * Postgres: a pool of connections to a server.
 */

import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import type { Pool } from 'pg'
import * as Era from './Era.js'
import type { Database, Tables } from './Tables.js'
import * as Types from './Types.js'

export interface Connected {
  readonly database: Database
  readonly close: () => Promise<void>
}

/** An error of a connection that nobody is using, or that somebody has between two statements, is met by the next statement. */
const ignore = (): void => undefined

/** Hands out clients whose server has been asked for its era. */
const settled = (
  pool: Pool,
): { connect: () => Promise<PostgresPoolClient>; end: () => Promise<void> } => {
  const asked = new WeakSet()
  return {
    connect: async () => {
      const client = await pool.connect()
      if (!asked.has(client)) {
        try {
          await Era.settle(
            async (statement) => (await client.query<Record<string, unknown>>(statement)).rows,
          )
        } catch (error) {
          client.release(true)
          throw error
        }
        asked.add(client)
      }
      return client as unknown as PostgresPoolClient
    },
    end: () => pool.end(),
  }
}

/** Says no word to the server yet. */
export const connect = async (url: string, connections: number): Promise<Connected> => {
  const { Pool } = await import('pg')
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'knockdown',
    types: { getTypeParser: (type: number) => Types.parser(type) },
  })
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: settled(pool) }) })
  return { database, close: () => database.destroy() }
}
