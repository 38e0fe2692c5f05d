/**
 * A server that does not answer, and an engine that says no more: nobody waits for ever.
 */

import { existsSync, readFileSync } from 'node:fs'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Postgres from '../../../src/adapter/sql/Postgres.js'
import * as Store from '../../../src/adapter/sql/Store.js'
import type { EventStore } from '../../../src/engine/Port.js'
import { fresh, left, onServer, right } from './databases.js'
import { entry, payment, wanted, write } from './writes.js'

onServer('nobody waits for ever', (database) => {
  let other: EventStore
  const opened: Postgres.Connected[] = []
  beforeEach(async () => {
    other = await fresh(database())
  })
  afterEach(async () => {
    await other.close()
    for (const { close } of opened.splice(0)) await close()
  })

  const connect = async (limits?: Postgres.Limits): Promise<Postgres.Connected> => {
    const connected = await Postgres.connect(database().where.url, 4, limits)
    opened.push(connected)
    return connected
  }

  /** The process that serves the connection which is used next. */
  const pidOf = async ({ database: own }: Postgres.Connected): Promise<number> => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(own)
    return rows[0]?.pid ?? 0
  }

  /** Until a question has an answer. */
  const until = async (question: string): Promise<void> => {
    while ((await database().query(question)).length === 0);
  }

  const stream = wanted({ streams: [{ stream: 's', from: 0 }] })

  test('PRT-10 a statement that is not answered in time is a failure, and the next one has another connection', async ({
    skip,
  }) => {
    const connected = await connect({ answer: 3_000, idle: 60_000 })
    const store = Store.make(connected)
    await right(store.append(write({ entries: [entry('s', 1)] })))
    const pid = await pidOf(connected)
    const name = new URL(database().where.url).pathname.slice(1)
    const command = `/proc/${pid}/cmdline`
    if (!existsSync(command) || !readFileSync(command, 'utf8').includes(name))
      skip('the server has its processes elsewhere')
    process.kill(pid, 'SIGSTOP')
    try {
      const late = { _tag: 'Unavailable', what: 'store', why: 'Query read timeout' }
      expect(await left(store.alone(['house'], (session) => session.read(stream)))).toEqual(late)
      const found = await right(store.read(stream))
      expect(found.streams.get('s')?.entries).toEqual([entry('s', 1)])
      expect(await pidOf(connected)).not.toBe(pid)
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    await right(
      store.alone(['house'], (session) => session.append(write({ entries: [entry('s', 2)] }))),
    )
  })

  test('PRT-9 the lock of who says no more is free again, and a sender and an audit may take their time', async () => {
    const connected = await connect({ answer: 60_000, idle: 1_000 })
    const store = Store.make(connected)
    await right(other.append(write({ payments: [payment('k')] })))
    const silent = store.alone(['house'], (session) => async () => {
      await right(session.append(write({ entries: [entry('s', 1)] })))
      await until(`select from (select pg_try_advisory_xact_lock(hashtextextended('knockdown:house', 0)) as free)
        as house where free`)
      return session.append(write({ entries: [entry('s', 2)] }))()
    })
    const slow = store.still((view) => async () => {
      const before = await right(view.counts)
      expect(await left(silent)).toMatchObject({ _tag: 'Unavailable', what: 'store' })
      expect(await right(view.counts)).toEqual(before)
      return TE.right(before)()
    })
    const sent = store.deliver(9, () => async () => {
      expect(await right(slow)).toEqual({ entries: 0, transfers: 0, payments: 1 })
      return TE.right(['k'])()
    })
    expect(await right(sent)).toBe(1)
    await right(other.alone(['house'], () => TE.right(undefined)))
    expect((await right(other.since(undefined, 9))).entries).toEqual([])
  })

  test('PRT-10 every session says how a dead machine is found out', async () => {
    const { database: own } = await connect()
    const { rows } = await sql<{
      name: string
      setting: string
    }>`select name, setting from pg_settings
      where name like 'tcp_%' or name like 'idle_in_transaction%' order by name`.execute(own)
    expect(rows.map(({ name, setting }) => `${name}=${setting}`)).toEqual([
      'idle_in_transaction_session_timeout=60000',
      'tcp_keepalives_count=3',
      'tcp_keepalives_idle=10',
      'tcp_keepalives_interval=10',
      'tcp_user_timeout=40000',
    ])
  })
})
