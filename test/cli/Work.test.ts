/**
 * Those who put tasks at a database and those who carry them out, on a database in memory.
 */

import { hash } from 'node:crypto'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import { run } from '../../src/cli/Cli.js'
import type { Io, Live, Pool } from '../../src/cli/Io.js'
import * as Parcel from '../../src/cli/Parcel.js'
import { unavailable } from '../../src/engine/Port.js'
import { type Board, board } from './board.js'
import { days } from './days.js'
import { inMemory, type Run } from './io.js'

const shared = '--days days --positions 8 --capital 20000 --seeds 2 --block 60'
const tune = `tune ${shared} --vary markup,stepEvery=30:300:log --budget 5`
const sweep = `sweep ${shared} --vary markup=1.05:1.4 --points 4 --objective badDebt,ownersLoss`
const compare = `compare dutch-default english-default ${shared}`

interface Setting {
  readonly files?: Record<string, string>
  readonly live?: Partial<Live>
  readonly io?: Partial<Io>
}

/** Carries a command out at a board. Nobody waits: what would pause lets the others go on. */
const at = async (
  tasks: Board,
  argv: string,
  { files = { ...days }, io: parts = {}, live = {} }: Setting = {},
): Promise<Run> => {
  const { err, io, out } = inMemory(files)
  const status = await run(argv.split(' '), {
    ...io,
    ...parts,
    live: () => ({
      ...io.live(),
      stores: { work: () => TE.right(tasks) } as never,
      stopped: new Promise(() => undefined),
      pause: () =>
        new Promise((resolve) => {
          setImmediate(resolve)
        }),
      ...live,
    }),
  })
  return { status, out: out(), err: err() }
}

const works = (tasks: Board, setting?: Setting): Promise<Run> =>
  at(tasks, 'work --database postgres://x/y --once', setting)

const withDatabase = (argv: string): string => `${argv} --database postgres://x/y`

const poolOf =
  (one: (terms: string) => Promise<never>): Io['pool'] =>
  (threads) => {
    const { io } = inMemory({})
    const pool = io.pool(threads)
    return {
      ...pool,
      run: async (job, trials) => {
        for (const { terms } of trials) await one(terms)
        return pool.run(job, trials)
      },
    } satisfies Pool
  }

test.each([tune, sweep, compare])(
  'WRK-5 what %s finds is what one process finds, to the last character',
  async (argv) => {
    const [alone, together] = [{ ...days }, { ...days }]
    const first = await at(board(), `${argv} --json --csv runs.csv`, { files: alone })
    expect([first.status, first.err]).toEqual([0, ''])
    const tasks = board()
    const second = await at(tasks, withDatabase(`${argv} --json --csv runs.csv --threads 2`), {
      files: together,
    })
    expect(second).toEqual(first)
    expect(together['runs.csv']).toBe(alone['runs.csv'])
    expect(tasks.jobs.size).toBe(1)
    expect([...tasks.tasks.values()].every(({ ended }) => ended?._tag === 'Done')).toBe(true)
  },
)

test('WRK-1 a worker needs no files, and WRK-2 what was found is found again', async () => {
  const tasks = board()
  const waits = at(tasks, withDatabase(sweep))
  // The command has put its tasks there, and none of its own threads carries them out.
  while (tasks.tasks.size < 8) await Promise.resolve()
  expect(await works(tasks, { files: {} })).toEqual({
    status: 0,
    out: '8 tasks done, 0 failed.\n',
    err: '',
  })
  const first = await waits
  expect(first).toEqual(await at(board(), sweep))
  // No thread and no worker: all of it is there.
  expect(await at(tasks, withDatabase(sweep))).toEqual(first)
  expect(await works(tasks)).toMatchObject({ out: '0 tasks done, 0 failed.\n' })
})

test('WRK-6 runs that fail are told in a line each, and tried again when the command is given again', async () => {
  const tasks = board()
  const pool = poolOf((terms) =>
    terms.includes('"1.4"') ? Promise.reject(new Error('out of memory')) : (undefined as never),
  )
  const argv = withDatabase(`sweep ${shared} --vary markup=1.2:1.4 --grid 2 --threads 1`)
  const { err, out, status } = await at(tasks, argv, { io: { pool } })
  expect(err).toBe(
    [1, 2]
      .map((seed) => `knockdown: days/1.csv, seed ${seed}, markup=1.4: out of memory\n`)
      .join(''),
  )
  expect(status).toBe(0)
  expect(out).toContain('2 runs failed: days/1.csv, seed 1, markup=1.4: out of memory\n')
  const again = await at(tasks, argv)
  expect(again.err).toBe('')
  expect(again.out).toBe((await at(board(), argv.replace('--database postgres://x/y ', ''))).out)

  const compared = await at(board(), withDatabase(`${compare} --threads 1`), {
    io: { pool: poolOf(() => Promise.reject(new Error('out of memory'))) },
  })
  expect(compared.status).toBe(2)
  expect(compared.err.split('\n').slice(-3)).toEqual([
    'knockdown: days/2.csv, seed 2, terms=b: out of memory',
    'knockdown: 8 runs failed: nothing is compared without them',
    '',
  ])
})

test('WRK-6 what is no task, or belongs to a job that is not whole, is marked as failed, and the worker goes on', async () => {
  const tasks = board()
  const job = Parcel.job('1.2.3', { base: '{}', files: new Map() })
  const whole = Parcel.task({ day: {} as never, terms: '{}' })
  const garbage = ['', '{', 'null', '[]', '"\0"', whole.data, '{"day":7,"terms":"{}"}'].map(
    (data) => ({ task: hash('sha256', data), data }),
  )
  const changed = garbage.map(({ data, task }) => ({ task: `not ${task}`, data }))
  const cut = { ...job, job: 'f'.repeat(64) }
  await tasks.put(job, [...garbage, ...changed])()
  await tasks.put(cut, [whole])()
  expect(await works(tasks)).toEqual({ status: 1, out: '0 tasks done, 15 failed.\n', err: '' })
  const whys = [...tasks.tasks.values()].map(({ ended }) => ended?._tag === 'Failed' && ended.why)
  expect(whys).toEqual([
    ...garbage.map(() => 'the task cannot be read: wanted a day or a scenario, and terms'),
    ...changed.map(() => 'the task is not the one that was put there: its digest is another'),
    'the job is not the one that was put there: its digest is another',
  ])
})

test('WRK-6 a task whose file or job is not there is marked as failed', async () => {
  const tasks = board()
  const put = at(tasks, withDatabase(sweep))
  while (tasks.tasks.size < 8) await Promise.resolve()
  const [kept] = [...tasks.jobs.values()]
  if (kept === undefined) throw new Error('there is no job')
  tasks.jobs.set(kept.job, { ...kept, files: new Map() })
  expect((await works(tasks)).out).toBe('0 tasks done, 8 failed.\n')
  expect((await put).out).toContain('8 runs failed')
  const gone = board()
  await gone.put(kept, [Parcel.task({ day: {} as never, terms: '' })])()
  const worker = { ...gone, job: () => TE.right(undefined) }
  expect((await works(worker)).out).toBe('0 tasks done, 1 failed.\n')
  expect([...gone.tasks.values()][0]?.ended).toEqual({ _tag: 'Failed', why: 'its job is gone' })
})

test('WRK-6 a result that no worker wrote is a run that failed, and is carried out when the command is given again', async () => {
  const tasks = board()
  let taken = 0
  const take: Board['take'] = (kind, run) =>
    tasks.take(kind, async (task) => {
      const end = await run(task)
      taken += 1
      return taken > 2 ? end : { _tag: 'Done', result: '{"loss":"1"}' }
    })
  const { err, out, status } = await at({ ...tasks, take }, withDatabase(`${sweep} --threads 1`))
  expect(status).toBe(0)
  expect(out).toContain('2 runs failed: ')
  expect(err.split('\n').slice(0, -1).length).toBe(2)
  expect(err).toMatch(
    /^knockdown: days\/1.csv, seed 1, markup=[\d.]+: a result cannot be read: wanted figures, as a worker writes them\n/,
  )
  const failed = [...tasks.tasks.values()].filter(({ ended }) => ended?._tag === 'Failed')
  expect(failed.length).toBe(2)
  expect(await at(tasks, withDatabase(`${sweep} --threads 1`))).toEqual(await at(board(), sweep))
})

test('WRK-9 where nobody works that is said once, until results come again', async () => {
  const tasks = board()
  let waited = 0
  let looks = 0
  const pause = (milliseconds: number): Promise<void> => {
    waited += milliseconds
    return Promise.resolve()
  }
  const asked: number[] = []
  const alone: Board = {
    ...tasks,
    isUnbegun: (job) => {
      asked.push(waited)
      return tasks.isUnbegun(job)
    },
  }
  const line =
    'knockdown: --database: no worker has begun any of the runs that wait there (8): wanted knockdown work --database … on some machine, or --threads 1 here\n'
  const live: Partial<Live> = { isStopped: () => (looks += 1) > 200, pause }
  const { err } = await at(alone, withDatabase(sweep), { live })
  expect(err.split(line).length).toBe(2)
  expect(asked.length).toBe(1)
  expect(asked[0]).toBeGreaterThanOrEqual(5000)
  expect(asked[0]).toBeLessThan(5500)
  expect(waited).toBeGreaterThan(20_000)

  // One task is in somebody's hand for long: nobody is called for.
  for (const task of tasks.tasks.values()) task.isTaken = true
  looks = 0
  const busy: Board = { ...tasks, put: () => TE.right(undefined) }
  expect((await at(busy, withDatabase(sweep), { live })).err).not.toContain('no worker')
})

test.each([
  ['put', sweep],
  ['ended', sweep],
  ['isUnbegun', sweep],
  ['fail', sweep],
  ['take', `${sweep} --threads 1`],
  ['take', 'work'],
] as const)(
  'WRK-10 where tables are gone %s is not asked again: %s ends with one line',
  async (which, argv) => {
    const tasks = board()
    const why = 'relation "knockdown.tasks" does not exist'
    let asked = 0
    const gone = <A>(answer: TE.TaskEither<never, A>): TE.TaskEither<never, A> =>
      TE.flatten(
        TE.fromIO(() => {
          asked += 1
          return which === 'put' || which === 'isUnbegun' || which === 'fail' || asked > 3
            ? (TE.left({ ...unavailable('store', why), isLasting: true as const }) as never)
            : answer
        }),
      )
    const spoilt: Board = {
      ...tasks,
      [which]: (...given: never[]) =>
        gone(
          (tasks[which] as unknown as (...all: never[]) => TE.TaskEither<never, unknown>)(...given),
        ),
    }
    // A result that nobody can read is what is to be marked as failed.
    const ended: Board['ended'] = (_, all) =>
      TE.right(new Map(all.map((task) => [task, { _tag: 'Done', result: '' }])))
    const { err, out, status } = await at(
      which === 'fail' ? { ...spoilt, ended } : spoilt,
      withDatabase(argv),
    )
    expect([status, out]).toEqual([2, ''])
    expect(err.split('\n').slice(-2)).toEqual([
      `knockdown: --database: ${why}: wanted the tables and rights that knockdown migrate makes`,
      '',
    ])
    expect(err).not.toContain('it is tried again')
    expect(asked).toBe(which === 'ended' || which === 'take' ? 4 : 1)
  },
)

test('WRK-3 tasks of another release are left alone, which is said once', async () => {
  const tasks = board()
  for (const version of ['1.2.4', '1.2.2'])
    await tasks.put(Parcel.job(version, { base: '{}', files: new Map() }), [
      Parcel.task({ day: {} as never, terms: '' }),
      Parcel.task({ day: {} as never, terms: '{}' }),
    ])()
  let looks = 0
  const live: Partial<Live> = { isStopped: () => (looks += 1) > 9 }
  const { err, out, status } = await at(tasks, 'work --database postgres://x/y', { live })
  expect([status, out]).toEqual([0, '0 tasks done, 0 failed.\n'])
  expect(err).toBe(
    ['1.2.4', '1.2.2']
      .map(
        (version) =>
          `knockdown: tasks of ${version} (format 1) are left to workers of that version: this is 1.2.3 (format 1)\n`,
      )
      .join(''),
  )
  expect([...tasks.tasks.values()].every(({ ended }) => ended === undefined)).toBe(true)
})

test('WRK-4 a worker that is asked to stop gives back what it has in hand', async () => {
  const tasks = board()
  void at(tasks, withDatabase(sweep))
  while (tasks.tasks.size < 8) await Promise.resolve()
  let isStopped = false
  let stop = (): void => undefined
  const live: Partial<Live> = {
    isStopped: () => isStopped,
    stopped: new Promise((resolve) => {
      stop = resolve
    }),
  }
  // Its thread never ends; the third task is when it is asked to.
  let begun = 0
  const pool = poolOf(() => {
    begun += 1
    if (begun < 3) return undefined as never
    isStopped = true
    stop()
    return new Promise(() => undefined)
  })
  expect(await at(tasks, 'work --database postgres://x/y', { live, io: { pool } })).toEqual({
    status: 0,
    out: '2 tasks done, 0 failed.\n',
    err: '',
  })
  const left = [...tasks.tasks.values()].filter(({ ended }) => ended === undefined)
  expect(left.length).toBe(6)
  expect(left.some(({ isTaken }) => isTaken)).toBe(false)
  expect((await works(tasks)).out).toBe('6 tasks done, 0 failed.\n')
})

test('WRK-8 a command that is stopped says how it goes on; tasks that are removed are put there again', async () => {
  const tasks = board()
  const files = { ...days }
  let looks = 0
  const stopped = await at(tasks, withDatabase(`${sweep} --csv runs.csv`), {
    files,
    live: { isStopped: () => (looks += 1) > 20 },
  })
  expect(stopped).toEqual({
    status: 2,
    out: '',
    err: 'knockdown: stopped: what was done is kept in the database, where workers go on; the same command goes on from there\n',
  })
  const again = at(tasks, withDatabase(sweep))
  let removed = 0
  const worker: Board = {
    ...tasks,
    take: (of, run) => {
      const [first] = tasks.tasks.keys()
      if (removed < 3 && first !== undefined) {
        removed += 1
        tasks.tasks.delete(first)
      }
      return tasks.take(of, run)
    },
    // It waits for those that are put there again.
    left: () => TE.right({ isSome: [...tasks.tasks.values()].length < 8, others: [] }),
  }
  expect((await works(worker)).status).toBe(0)
  expect((await again).out).toBe((await at(board(), sweep)).out)
  expect(removed).toBe(3)
})

test('WRK-4 a database that is gone for a while is told of once, and asked again; one that never answers is one line', async () => {
  const tasks = board()
  let asked = 0
  const flaky = <A>(answer: TE.TaskEither<never, A>) =>
    TE.flatten(
      TE.fromIO(() => ((asked += 1) % 3 === 0 ? TE.left(unavailable('store', 'gone')) : answer)),
    )
  const sometimes: Board = {
    ...tasks,
    put: (...given) => flaky(tasks.put(...given) as never),
    ended: (...given) => flaky(tasks.ended(...given) as never),
    take: (...given) => flaky(tasks.take(...given) as never),
  }
  const { err, out, status } = await at(sometimes, withDatabase(`${sweep} --threads 1`))
  expect(status).toBe(0)
  expect(out).toBe((await at(board(), sweep)).out)
  expect(new Set(err.split('\n'))).toEqual(
    new Set(['knockdown: the store does not answer: gone; it is tried again', '']),
  )

  const never: Board = {
    ...tasks,
    put: () => TE.left(unavailable('store', 'permission denied for table jobs')),
    take: () => TE.left(unavailable('store', 'permission denied for table tasks')),
  }
  for (const [argv, table] of [
    [withDatabase(sweep), 'jobs'],
    ['work --database postgres://x/y', 'tasks'],
  ] as const)
    expect(await at(never, argv)).toEqual({
      status: 2,
      out: '',
      err: `knockdown: the store does not answer: permission denied for table ${table}\n`,
    })
  const cannotTake: Board = { ...tasks, take: never.take }
  expect(
    (await at(cannotTake, withDatabase(`${sweep} --seeds 3 --threads 1`.replace('--seeds 2 ', ''))))
      .err,
  ).toBe('knockdown: the store does not answer: permission denied for table tasks\n')
})

test.each([
  ['work', "required option '--database <url>' not specified"],
  ['work --database postgres://x/y --threads x', '--threads: found "x", wanted a whole number'],
])('what is wrong with %j is one line', async (argv, problem) => {
  const { err, out, status } = await at(board(), argv)
  expect([status, out]).toEqual([2, ''])
  expect(err).toMatch(/^knockdown: [^\n]+\n$/)
  expect(err).toContain(problem)
})
