/**
 * A store that an earlier release made, brought up to date with all that is in it.
 */

import { Migrator } from 'kysely'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Sql } from '../../../src/adapter/sql/index.js'
import { migrations } from '../../../src/adapter/sql/Migrations.js'
import * as Store from '../../../src/adapter/sql/Store.js'
import type { Write } from '../../../src/engine/Port.js'
import { left, onEach, right } from './databases.js'
import { entry, outcome, payment, snapshot, transfer, wanted, write } from './writes.js'

const [first = ''] = Object.keys(migrations)

onEach('a store of the first layout', (database) => {
  const given: Write = write({
    entries: [entry('s', 1), entry('s', 2)],
    transfers: [transfer(0)],
    deltas: [{ total: 't', amount: 1n }],
    outcomes: [outcome('c')],
    payments: [payment('k')],
    snapshots: [snapshot('s', 1)],
  })

  beforeEach(async () => {
    await database().query('drop schema if exists knockdown cascade')
    const connected = await database().connect()
    const migrator = new Migrator({
      db: connected.database,
      provider: {
        getMigrations: () =>
          Promise.resolve(Object.fromEntries(Object.entries(migrations).slice(0, 1))),
      },
      migrationTableSchema: 'knockdown',
      migrationTableName: 'migrations',
      migrationLockTableName: 'migrations_lock',
    })
    const { error } = await migrator.migrateToLatest()
    expect(error).toBeUndefined()
    const store = Store.make(connected)
    await right(store.append(given))
    await right(store.close)
  })

  const done = async (): Promise<readonly unknown[]> =>
    (await database().query('select name from knockdown.migrations order by name')).map(
      ({ name }) => name,
    )

  test('PRT-17 is refused until it is migrated, and then goes on with all that is in it', async () => {
    expect(await left(Sql.open(database().where))).toEqual({
      _tag: 'OlderSchema',
      missing: Object.keys(migrations).slice(1),
    })
    expect(await done()).toEqual([first])
    await right(Sql.migrate(database().where))
    await right(Sql.migrate(database().where))
    expect(await done()).toEqual(Object.keys(migrations))

    const store = await right(Sql.open(database().where))
    expect((await right(store.since(undefined, 9))).entries).toEqual(given.entries)
    await right(store.append(write({ entries: [entry('s', 3)] })))
    const found = await right(
      store.read(wanted({ streams: [{ stream: 's', from: 0 }], totals: ['t'], outcomes: ['c'] })),
    )
    expect(found.streams.get('s')?.entries).toEqual([...given.entries, entry('s', 3)])
    expect(found.totals.get('t')).toEqual({ amount: 1n, deltas: 1 })
    expect([...found.outcomes.keys()]).toEqual(['c'])
    expect(await right(store.still((view) => view.counts))).toEqual({
      entries: 3,
      transfers: 1,
      payments: 1,
    })
    await right(store.close)
  })

  test('PRT-17 stays as it was where a step cannot be done to its end', async () => {
    // Of the tables of the second step this is one of the last.
    await database().query('create table knockdown.attempts ()')
    expect(await left(Sql.migrate(database().where))).toMatchObject({ _tag: 'Unavailable' })
    expect(await done()).toEqual([first])
    expect(await database().query(`select to_regclass('knockdown.jobs')::text as jobs`)).toEqual([
      { jobs: null },
    ])
    const store = Store.make(await database().connect())
    expect((await right(store.since(undefined, 9))).entries).toEqual(given.entries)
    await right(store.close)
    await database().query('drop table knockdown.attempts')
    await right(Sql.migrate(database().where))
  })

  afterEach(() => {
    vi.doUnmock('../../../src/adapter/sql/Migrations.js')
    vi.resetModules()
  })

  test('PRT-17 is refused once it is migrated by a release that knows the first layout only', async () => {
    await right(Sql.migrate(database().where))
    vi.resetModules()
    vi.doMock('../../../src/adapter/sql/Migrations.js', async (original) => ({
      ...(await original<object>()),
      migrations: Object.fromEntries(Object.entries(migrations).slice(0, 1)),
    }))
    const { Sql: earlier } = await import('../../../src/adapter/sql/index.js')
    const newer = { _tag: 'NewerSchema', unknown: Object.keys(migrations).slice(1) }
    expect(await left(earlier.open(database().where))).toEqual(newer)
    expect(await left(earlier.migrate(database().where))).toEqual(newer)
  })
})
