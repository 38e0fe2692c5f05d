/**
 * Postgres: a pool of connections to a server.
 */

import { Kysely, PostgresDialect, type PostgresPoolClient } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import * as Era from './Era.js'
import * as Hands from './Hands.js'
import type { Database, Tables } from './Tables.js'
import * as Types from './Types.js'

export interface Connected {
  readonly database: Database
  readonly hands: Hands.Hands
  readonly close: () => Promise<void>
}

/** An error of a connection that nobody is using, or that somebody has between two statements, is met by the next statement. */
const ignore = (): void => undefined

/** So many statements have a name at most: those whose limit is written into them could be any number. */
const NAMED = 200

/** Has the server parse and plan a statement once for each connection, which is half of what an append costs. */
const preparing = (): ((client: PoolClient) => PostgresPoolClient) => {
  const names = new Map<string, string>()
  const nameOf = (text: string): string | undefined => {
    if (!names.has(text) && names.size < NAMED) names.set(text, `knockdown_${names.size}`)
    return names.get(text)
  }
  return (client) => {
    const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
      const name = values.length === 0 ? undefined : nameOf(text)
      return client.query({ text, values: [...values], ...(name === undefined ? {} : { name }) })
    }
    return {
      query: query as PostgresPoolClient['query'],
      release: () => {
        client.release()
      },
    }
  }
}

/** Hands out clients whose server has been asked for its era: the same object for the same connection. */
const settled = (
  pool: Pool,
): { connect: () => Promise<PostgresPoolClient>; end: () => Promise<void> } => {
  const prepare = preparing()
  const known = new WeakMap<PoolClient, PostgresPoolClient>()
  const settle = async (client: PoolClient): Promise<PostgresPoolClient> => {
    try {
      // The planner takes every list that it is given for a hundred rows, and would compile for each of them. And a
      // plan is kept while its table grows: that of a table which is small yet has to be that of a large one.
      await client.query('set jit = off; set enable_seqscan = off; set enable_bitmapscan = off')
      await Era.settle(
        async (statement) =>
          (await client.query<Readonly<Record<string, unknown>>>(statement)).rows,
      )
    } catch (error) {
      client.release(true)
      throw error
    }
    const prepared = prepare(client)
    known.set(client, prepared)
    return prepared
  }
  return {
    connect: async () => {
      const client = await pool.connect()
      return known.get(client) ?? settle(client)
    },
    end: () => pool.end(),
  }
}

/** Says no word to the server yet. */
export const connect = async (url: string, connections: number): Promise<Connected> => {
  if (!Number.isSafeInteger(connections) || connections < 1)
    throw new Error(`connections: found ${connections}, wanted a whole number from 1 on`)
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
  return { database, hands: Hands.ofServer, close: () => database.destroy() }
}
