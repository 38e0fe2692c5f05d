/**
 * Tasks that several workers share, on a server.
 */

import { spawnSync } from 'node:child_process'
import process from 'node:process'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Sql } from '../../../src/adapter/sql/index.js'
import * as Work from '../../../src/adapter/sql/Work.js'
import { fresh, left, onServer, right } from './databases.js'
import { signal } from './writes.js'

const kind: Work.Kind = { format: 1, version: '0.1.0' }

const job = (name: string, of: Work.Kind = kind): Work.Job => ({
  ...of,
  job: name,
  data: `{"base":"\0 of ${name}"}`,
  files: new Map([
    ['a.csv', '\ufefftime\n1\n'],
    ['b \0.csv', ''],
  ]),
})

const tasks = (...names: readonly string[]): readonly Work.Task[] =>
  names.map((task) => ({ task, data: `"\ud800 ${task}"` }))

const done = (result: string): Work.Ended => ({ _tag: 'Done', result })

onServer('work', (database) => {
  let work: Work.Work
  let other: Work.Work
  beforeEach(async () => {
    await (await fresh(database())).close()
    work = await right(Work.open(database().where.url, 4))
    other = await right(Work.open(database().where.url, 4))
  })
  afterEach(async () => {
    await work.close()
    await other.close()
  })

  /** Takes a task and answers which, having ended it so. */
  const takes = async (
    by: Work.Work,
    end: Work.Ended | undefined,
    of: Work.Kind = kind,
  ): Promise<string | undefined> => {
    let name: string | undefined
    const took = await right(
      by.take(of, ({ job, task }) => {
        name = `${job} ${task}`
        return Promise.resolve(end)
      }),
    )
    expect(took).toBe(name !== undefined)
    return name
  }

  const attempts = async (): Promise<readonly unknown[]> =>
    (
      await database().query(
        'select task, count(*)::int as count from knockdown.attempts group by task order by task',
      )
    ).map(({ count, task }) => [task, count])

  test('WRK-1 a job is read as it was put there, with any text in it', async () => {
    await right(work.put(job('j'), tasks('a')))
    expect(await right(other.job('j'))).toEqual(job('j'))
    expect(await right(other.job('k'))).toBeUndefined()
    let data = ''
    await right(
      other.take(kind, (task) => {
        data = task.data
        return Promise.resolve(undefined)
      }),
    )
    expect(data).toBe(tasks('a')[0]?.data)
  })

  test('WRK-4 tasks are taken in the order in which they were put there, and each has one result', async () => {
    await right(work.put(job('j'), tasks('b', 'a')))
    await right(work.put(job('i'), tasks('c')))
    expect(await takes(work, done('1'))).toBe('j b')
    expect(await takes(other, done('2 \0'))).toBe('j a')
    expect(await takes(other, { _tag: 'Failed', why: 'no' })).toBe('i c')
    expect(await takes(other, done('3'))).toBeUndefined()
    expect(await right(work.ended('j', ['a', 'b', 'c']))).toEqual(
      new Map([
        ['a', done('2 \0')],
        ['b', done('1')],
      ]),
    )
    expect(await right(work.ended('i', ['c']))).toEqual(
      new Map([['c', { _tag: 'Failed', why: 'no' }]]),
    )
  })

  test('WRK-2 what is put there again has its result, but for what failed, which is tried again', async () => {
    await right(work.put(job('j'), tasks('a', 'b', 'c')))
    await takes(work, done('1'))
    await takes(work, { _tag: 'Failed', why: 'no' })
    await right(other.put(job('j'), tasks('c', 'b', 'a', 'a', 'd')))
    const ends = await right(work.ended('j', ['a', 'b', 'c', 'd']))
    expect(ends).toEqual(
      new Map<string, Work.Ended | undefined>([
        ['a', done('1')],
        ['b', undefined],
        ['c', undefined],
        ['d', undefined],
      ]),
    )
    expect(await takes(work, done('2'))).toBe('j b')
    expect(await attempts()).toEqual([
      ['a', 1],
      ['b', 2],
    ])
  })

  test('WRK-4 a task that one has in hand is left out by another, and goes back where that one stops or fails', async () => {
    await right(work.put(job('j'), tasks('a', 'b')))
    const begun = signal()
    const may = signal()
    const first = right(
      work.take(kind, async () => {
        begun.give()
        await may.given
        return undefined
      }),
    )
    await begun.given
    // Who puts it there again does not wait for it either.
    await right(other.put(job('j'), tasks('a', 'b')))
    expect(await takes(other, done('b'))).toBe('j b')
    expect(await takes(other, done('none'))).toBeUndefined()
    expect(await right(other.left(kind))).toEqual({ isSome: true, others: [] })
    may.give()
    expect(await first).toBe(true)
    const thrown = work.take(kind, () => Promise.reject(new Error('it is thrown')))
    expect(await left(thrown)).toMatchObject({ why: 'it is thrown' })
    expect(await takes(other, done('a'))).toBe('j a')
    expect(await attempts()).toEqual([
      ['a', 3],
      ['b', 1],
    ])
  })

  test('WRK-4 the result of a worker whose connection is lost is not stored, and another has the task', async () => {
    await right(work.put(job('j'), tasks('a')))
    const lost = left(
      work.take(kind, async () => {
        await database().query(
          `select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()`,
        )
        return done('lost')
      }),
    )
    expect(await lost).toMatchObject({ _tag: 'Unavailable' })
    expect(await takes(other, done('found'))).toBe('j a')
    expect(await right(work.ended('j', ['a']))).toEqual(new Map([['a', done('found')]]))
  })

  test('WRK-4 many who take at once have each a task of their own', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `t${i}`)
    await right(work.put(job('j'), tasks(...names)))
    const lane = async (by: Work.Work): Promise<readonly string[]> => {
      const name = await takes(by, done('1'))
      return name === undefined ? [] : [name, ...(await lane(by))]
    }
    const taken = await Promise.all([lane(work), lane(other), lane(work), lane(other)])
    expect(taken.flat().sort()).toEqual(names.map((name) => `j ${name}`).sort())
    expect((await attempts()).length).toBe(40)
  })

  test('WRK-9 whether somebody has begun the first task of a job is known', async () => {
    expect(await right(work.isUnbegun('j'))).toBe(false)
    await right(work.put(job('i'), tasks('a')))
    await right(work.put(job('j'), tasks('a', 'b')))
    expect(await right(work.isUnbegun('j'))).toBe(true)
    expect(await takes(work, done('1'))).toBe('i a')
    const begun = signal()
    const may = signal()
    const first = right(
      work.take(kind, async () => {
        begun.give()
        await may.given
        return done('2')
      }),
    )
    await begun.given
    expect(await right(other.isUnbegun('j'))).toBe(false)
    may.give()
    await first
    expect(await right(other.isUnbegun('j'))).toBe(true)
    expect(await takes(work, done('3'))).toBe('j b')
    expect(await right(other.isUnbegun('j'))).toBe(false)
  })

  test('WRK-6 a result that somebody else cannot read is marked as failed', async () => {
    await right(work.put(job('j'), tasks('a', 'b')))
    await takes(work, done('1'))
    await right(other.fail('j', 'a', 'no \0'))
    expect(await right(work.ended('j', ['a', 'b']))).toEqual(
      new Map<string, Work.Ended | undefined>([
        ['a', { _tag: 'Failed', why: 'no \0' }],
        ['b', undefined],
      ]),
    )
    await right(work.put(job('j'), tasks('a')))
    expect(await takes(work, done('2'))).toBe('j a')
  })

  test('WRK-10 what asking again does not mend is known: tables or rights that are gone', async () => {
    expect(
      await left(work.take({ ...kind, format: 2 ** 40 }, () => Promise.reject(new Error()))),
    ).not.toHaveProperty('isLasting')
    await database().query('drop schema knockdown cascade')
    const lost = { _tag: 'Unavailable', isLasting: true }
    const asks: readonly TaskEither<unknown, unknown>[] = [
      work.put(job('j'), tasks('a')),
      work.ended('j', ['a']),
      work.job('j'),
      work.isUnbegun('j'),
      work.fail('j', 'a', ''),
      work.left(kind),
    ]
    for (const ask of asks) expect(await left(ask)).toMatchObject(lost)
    expect(await left(work.take(kind, () => Promise.resolve(undefined)))).toMatchObject({
      ...lost,
      why: expect.stringContaining('does not exist') as string,
    })
  })

  test('WRK-3 tasks of another release or form are left alone, and known of', async () => {
    const [later, otherwise] = [
      { ...kind, version: '0.2.0' },
      { ...kind, format: 2 },
    ]
    await right(work.put(job('later', later), tasks('a')))
    await right(work.put(job('otherwise', otherwise), tasks('a')))
    expect(await takes(work, done('1'))).toBeUndefined()
    expect(await right(work.left(kind))).toEqual({ isSome: false, others: [later, otherwise] })
    await right(work.put(job('own'), tasks('a')))
    expect(await takes(work, done('1'))).toBe('own a')
    expect(await takes(work, done('1'), later)).toBe('later a')
    expect(await right(work.left(kind))).toEqual({ isSome: false, others: [otherwise] })
  })

  test('WRK-7 a run may last longer than the server waits for one who is silent', async () => {
    const slow = await right(Work.open(database().where.url, 4, { answer: 60_000, idle: 150 }))
    await right(work.put(job('j'), tasks('a')))
    const lasts = async (): Promise<Work.Ended> => {
      for (;;) {
        const [open] = await database().query(
          `select clock_timestamp() - xact_start > '450 ms' as is_long from pg_stat_activity
            where datname = current_database() and backend_xid is not null and pid <> pg_backend_pid()`,
        )
        if (open === undefined) return done('its transaction is gone')
        if (open['is_long'] === true) return done('it was long')
      }
    }
    expect(await right(slow.take(kind, lasts))).toBe(true)
    expect(await right(work.ended('j', ['a']))).toEqual(new Map([['a', done('it was long')]]))
    await slow.close()
  })

  test('WRK-7 one that is silent for longer loses its task to another', async () => {
    const hung = await right(Work.open(database().where.url, 4, { answer: 60_000, idle: 150 }))
    await right(work.put(job('j'), tasks('a')))
    // This process does nothing at all until the server has given it up.
    const hangs = (): Promise<Work.Ended> => {
      const { status } = spawnSync(process.execPath, [
        ...['--input-type=module', '--eval'],
        `import { Client } from 'pg'
          const client = new Client(${JSON.stringify(database().where.url)})
          await client.connect()
          for (let rows = [{}]; rows.length > 0; )
            ({ rows } = await client.query(\`select from pg_stat_activity
              where datname = current_database() and backend_xid is not null\`))
          await client.end()`,
      ])
      return Promise.resolve(done(`late ${status}`))
    }
    expect(await left(hung.take(kind, hangs))).toMatchObject({ _tag: 'Unavailable' })
    expect(await takes(other, done('found'))).toBe('j a')
    expect(await right(work.ended('j', ['a']))).toEqual(new Map([['a', done('found')]]))
    await hung.close()
  })

  test('WRK-4 who may only work sees no event, and who may only carry out commands sees no task', async () => {
    const [role, workers] = [`auctioneers_${process.pid}`, `workers_${process.pid}`]
    await right(Sql.migrate({ ...database().where, role, workers }))
    const url = `${database().where.url}?options=${encodeURIComponent(`-c role=${workers}`)}`
    const theirs = await right(Work.open(url, 4))
    try {
      await right(theirs.put(job('j'), tasks('a')))
      await right(theirs.put(job('j'), tasks('a', 'b')))
      expect(await right(theirs.job('j'))).toEqual(job('j'))
      expect(await takes(theirs, { _tag: 'Failed', why: 'no' })).toBe('j a')
      await right(theirs.put(job('j'), tasks('a')))
      expect(await takes(theirs, done('1'))).toBe('j a')
      expect(await right(theirs.left(kind))).toEqual({ isSome: true, others: [] })
      const refuse = async (who: string, statements: readonly string[]): Promise<void> => {
        await database().query(`set role ${who}`)
        for (const statement of statements)
          await expect(database().query(statement), statement).rejects.toThrow(/permission denied/)
        await database().query('reset role')
      }
      await refuse(workers, [
        'select * from knockdown.events',
        'insert into knockdown.totals (total, amount) values (1, 1)',
        'update knockdown.tasks set data = data',
        'update knockdown.jobs set data = data',
        'delete from knockdown.tasks',
      ])
      await refuse(role, [
        'select * from knockdown.tasks',
        'select * from knockdown.jobs',
        'select * from knockdown.files',
        'insert into knockdown.attempts default values',
      ])
    } finally {
      await theirs.close()
      await database().query('reset role')
      for (const one of [role, workers]) {
        await database().query(`drop owned by ${one}`)
        await database().query(`drop role ${one}`)
      }
    }
  })

  test('WRK-8 what is removed is gone with all that belongs to it', async () => {
    await right(work.put(job('j'), tasks('a', 'b')))
    await takes(work, done('1'))
    await database().query('delete from knockdown.jobs')
    expect(await right(work.ended('j', ['a', 'b']))).toEqual(new Map())
    expect(await attempts()).toEqual([])
    await right(work.put(job('j'), tasks('a', 'b')))
    expect(await takes(work, done('1'))).toBe('j a')
  })
})
