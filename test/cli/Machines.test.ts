/**
 * Workers as processes of their own at a server: what they find, whoever is killed, and what is told where the database
 * is not as it should be.
 */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Sql } from '../../src/adapter/sql/index.js'
import { run } from '../../src/cli/Cli.js'
import { stores } from '../../src/cli/Database.js'
import { onServer, right } from '../adapter/sql/databases.js'
import { killed, start as started } from '../soak/machines.js'
import { seeded } from '../random.js'
import { root } from '../spec.js'
import { inMemory } from './io.js'
import { session } from './live.js'
import { program as built } from './program.js'

const KILLS = 20

onServer('workers', (database) => {
  let program = ''
  let folder = ''
  beforeAll(async () => {
    program = await built('machines')
    folder = mkdtempSync(join(tmpdir(), 'knockdown-machines-'))
  }, 60_000)
  afterAll(() => {
    rmSync(folder, { recursive: true })
  })
  beforeEach(async () => {
    await database().query('drop schema if exists knockdown cascade')
  })

  const url = (): string => database().where.url

  const start = (words: readonly string[]): ReturnType<typeof started> =>
    started(program, [...words, '--database', url()])

  /** What one process prints. */
  const alone = async (argv: readonly string[]): Promise<string> => {
    const { io, out } = inMemory({})
    expect(await run(argv, io)).toBe(0)
    return out()
  }

  test('WRK-4 workers that are killed with -9 while they work lose nothing and double nothing', async () => {
    await right(Sql.migrate(database().where))
    const argv =
      'sweep --vary markup=1.05:1.5,stepEvery=30:300 --points 30 --positions 80 --capital 2000000 --json'.split(
        ' ',
      )
    const { attempts, doubled, failed, finished, out, tasks } = await killed(
      program,
      url(),
      argv,
      KILLS,
      seeded(7),
    )
    console.log(`${KILLS} workers killed with -9: ${attempts} attempts at ${tasks} tasks`)
    expect({ finished, failed, doubled }).toEqual({ finished: tasks, failed: 0, doubled: 0 })
    expect(attempts).toBeGreaterThan(tasks)
    expect(out).toBe(await alone(argv))
  }, 300_000)

  test('the commands of docs/tuning.md for many machines print what those for one do', async () => {
    const page = readFileSync(join(root, 'docs/tuning.md'), 'utf8')
    const [, block = ''] = /^## 6\. [^]*?^```sh\n([^]*?)^```$/m.exec(page) ?? []
    const commands = block
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/ +#.*/, '').split(' '))
    expect(commands.map(([name, command]) => [name, command])).toEqual([
      ['knockdown', 'migrate'],
      ['knockdown', 'work'],
      ['knockdown', 'sweep'],
    ])
    const wordsOf = (i: number): readonly string[] =>
      (commands[i] ?? []).slice(1).filter((word) => word !== '--database' && word !== '"$DATABASE"')
    expect(await start(wordsOf(0)).ended).toEqual({
      status: 0,
      out: 'The tables are up to date.\n',
    })
    const worker = start(wordsOf(1))
    const { out } = await start(wordsOf(2)).ended
    worker.child.kill('SIGINT')
    expect(await worker.ended).toEqual({ status: 0, out: '28 tasks done, 0 failed.\n' })
    expect(page).toContain(`\`\`\`text\n${out}\`\`\``)
  }, 120_000)

  test('WRK-2 a command that is killed goes on from what is there, and a worker needs none of its files', async () => {
    await right(Sql.migrate(database().where))
    const days = join(folder, 'days')
    mkdirSync(days)
    writeFileSync(
      join(days, '1.csv'),
      readFileSync(join(root, 'data/eth-crashes/2020-03-12.csv'), 'utf8'),
    )
    const argv = `sweep --vary markup=1.05:1.5 --grid 2 --positions 50 --days ${days}`.split(' ')
    const first = start(argv)
    const tasks = async (which: string): Promise<unknown> =>
      (
        await database().query(`select count(*)::int as count from knockdown.tasks where ${which}`)
      )[0]?.['count']
    while ((await tasks('true')) !== 4) expect(first.isOver()).toBe(false)
    first.child.kill('SIGKILL')
    await first.ended
    rmSync(days, { recursive: true })
    const worker = await start(['work', '--once']).ended
    expect(worker).toEqual({ status: 0, out: '4 tasks done, 0 failed.\n' })
    mkdirSync(days)
    writeFileSync(
      join(days, '1.csv'),
      readFileSync(join(root, 'data/eth-crashes/2020-03-12.csv'), 'utf8'),
    )
    const { out } = await start(argv).ended
    expect(out).toMatch(/^2 settings of dutch-default, each on 2 runs/)
    expect(await tasks('finished_at is not null')).toBe(4)
  }, 120_000)

  test('WRK-6 garbage among the tasks is marked as failed, and the others are carried out', async () => {
    await right(Sql.migrate(database().where))
    const ask = start('compare dutch-default english-default --seeds 1 --positions 20'.split(' '))
    for (;;) {
      const [found] = await database().query('select count(*)::int as count from knockdown.tasks')
      if (found?.['count'] === 6) break
    }
    await database().query(`insert into knockdown.tasks (job, task, data)
      select job, 'garbage', E'\\x01 no JSON' from knockdown.jobs`)
    await database().query(`insert into knockdown.jobs (job, format, version, data)
      select 'another', format, version, 'no terms' from knockdown.jobs`)
    await database().query(
      `insert into knockdown.tasks (job, task, data) values ('another', '', '')`,
    )
    const worker = await start(['work', '--once']).ended
    expect(worker).toEqual({ status: 1, out: '6 tasks done, 2 failed.\n' })
    expect((await ask.ended).status).toBe(0)
    expect(
      await database().query(
        'select task, failure from knockdown.tasks where failure is not null order by task',
      ),
    ).toEqual([
      { task: '', failure: 'the job is not the one that was put there: its digest is another' },
      {
        task: 'garbage',
        failure: 'the task is not the one that was put there: its digest is another',
      },
    ])
  }, 120_000)

  test('a database that is not there, or has no tables or those of another version, is one line without a secret', async () => {
    const told = async (command: string, where: string): Promise<string> => {
      const argv = [...command.split(' '), '--database', where]
      const { err, out, status } = await session(argv, {
        stores,
        io: { read: inMemory({}).io.read },
      })
      expect([status, out], command).toEqual([2, ''])
      expect(err).toMatch(/^knockdown: [^\n]+\n$/)
      expect(err).not.toContain(new URL(url()).password)
      return err
    }
    const nowhere = new URL(url())
    nowhere.pathname = 'nowhere'
    const noServer = new URL(url())
    noServer.port = '1'
    for (const command of ['work', 'tune --vary markup', 'compare dutch-default dutch-default']) {
      expect(await told(command, url())).toBe(
        'knockdown: --database: its tables are missing or of an earlier release, wanted 0001_store, 0002_work: knockdown migrate makes them\n',
      )
      expect(await told(command, nowhere.href)).toContain('database "nowhere" does not exist')
      expect(await told(command, noServer.href)).toContain('ECONNREFUSED')
      expect(await told(command, 'auctions')).toBe(
        'knockdown: --database: found "auctions", wanted the URL of a server: many share its tasks\n',
      )
    }
    await right(Sql.migrate(database().where))
    await database().query(`insert into knockdown.migrations values ('9999_later', '')`)
    expect(await told('work', url())).toBe(
      'knockdown: --database: its tables are of a later release, wanted none of 9999_later\n',
    )
  })
})
