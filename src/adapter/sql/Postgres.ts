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

/** How long each waits for the other, in milliseconds. */
export interface Limits {
  /** The store for an answer: far longer than the largest page takes, or to count all that is stored. */
  readonly answer: number
  /** The server for the next statement of who has a lock: shorter, so that who waits for the lock is still there. */
  readonly idle: number
}

export const usual: Limits = { answer: 300_000, idle: 60_000 }

/**
 * Of each session. The planner takes every list that it is given for a hundred rows, and would compile for each of
 * them. And a plan is kept while its table grows: that of a table which is small yet has to be that of a large one.
 * The rest is how a server finds out, within a minute, that the machine of who has a lock is gone.
 */
const settings = ({ idle }: Limits): Readonly<Record<string, string>> => ({
  jit: 'off',
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  idle_in_transaction_session_timeout: `${idle}`,
  tcp_keepalives_idle: '10',
  tcp_keepalives_interval: '10',
  tcp_keepalives_count: '3',
  tcp_user_timeout: '40000',
})

/** Those that the server knows. */
const SET = `select set_config(key, value, false) from json_each_text($1)
  where current_setting(key, true) is not null`

/** What a new connection is asked first. */
type Begin = (query: Era.Query) => Promise<void>

/** Whether it was the server who told of an error: then the connection is as good as before. */
const isTold = (error: unknown): boolean => error instanceof Error && 'severity' in error

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
    let isLost = false
    const query = async (text: string, values: readonly unknown[]): Promise<unknown> => {
      if (isLost) throw new Error('the connection was given up')
      const name = values.length === 0 ? undefined : nameOf(text)
      try {
        return await client.query({
          text,
          values: [...values],
          ...(name === undefined ? {} : { name }),
        })
      } catch (error) {
        // What was not answered in time may be answered yet: the next statement would wait for that, too.
        isLost ||= !isTold(error)
        throw error
      }
    }
    return {
      query: query as PostgresPoolClient['query'],
      release: () => {
        client.release(isLost)
      },
    }
  }
}

/** Hands out clients that have been set up: the same object for the same connection. */
const settled = (
  pool: Pool,
  limits: Limits,
  begin: Begin,
): { connect: () => Promise<PostgresPoolClient>; end: () => Promise<void> } => {
  const prepare = preparing()
  const known = new WeakMap<PoolClient, PostgresPoolClient>()
  const settle = async (client: PoolClient): Promise<PostgresPoolClient> => {
    try {
      await client.query(SET, [JSON.stringify(settings(limits))])
      await begin(
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

/** Says no word to the server yet. Who stores events asks it for its era at the begin of each connection. */
export const connect = async (
  url: string,
  connections: number,
  limits: Limits = usual,
  begin: Begin = Era.settle,
): Promise<Connected> => {
  if (!Number.isSafeInteger(connections) || connections < 1)
    throw new Error(`connections: found ${connections}, wanted a whole number from 1 on`)
  const { Pool } = await import('pg')
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    query_timeout: limits.answer,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'knockdown',
    types: { getTypeParser: (type: number) => Types.parser(type) },
  })
  pool.on('error', ignore)
  pool.on('connect', (client) => client.on('error', ignore))
  const database = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: settled(pool, limits, begin) }),
  })
  return { database, hands: Hands.ofServer, close: () => database.destroy() }
}
