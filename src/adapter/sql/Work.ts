/**
 * Work: tasks at a server, which any number of processes on any number of machines carry out, each of them once.
 *
 * A worker takes a task by a lock of its row, and keeps the transaction until it has the result: claim and result are
 * stored together, or, where the worker is gone, neither. What a task says is text, of which nothing is known here.
 *
 * Laws: WRK-2, WRK-4 to WRK-7, WRK-9, WRK-10 (spec/25-work.md).
 */

import { hostname } from 'node:os'
import process from 'node:process'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { sql } from 'kysely'
import type { Unavailable } from '../../engine/Port.js'
import { attempting, type Unanswered } from './Failure.js'
import type { NewerSchema, OlderSchema } from './Migrate.js'
import { checked, using } from './Opening.js'
import * as Postgres from './Postgres.js'
import type { Database } from './Tables.js'
import { restored, stored } from './Text.js'
import * as Transaction from './Transaction.js'

// Model

/** Which tasks a worker can carry out as whoever asked for them would: those of its own form and release. */
export interface Kind {
  readonly format: number
  readonly version: string
}

/** What tasks have in common, by its digest. */
export interface Job extends Kind {
  readonly job: string
  readonly data: string
  /** The text of files by their names. */
  readonly files: ReadonlyMap<string, string>
}

/** One of a job's tasks, by its digest. */
export interface Task {
  readonly task: string
  readonly data: string
}

/** A task and its job's digest. */
export interface Taken extends Task {
  readonly job: string
}

/** What a task came to, or why it could not be carried out. */
export type Ended =
  | { readonly _tag: 'Done'; readonly result: string }
  | { readonly _tag: 'Failed'; readonly why: string }

/** Tasks that are not finished yet: whether some of a kind are, and which other kinds are. */
export interface Left {
  readonly isSome: boolean
  readonly others: readonly Kind[]
}

export interface Work {
  /** Puts tasks there that are not, and their job; those that failed before are to be carried out again. */
  readonly put: (job: Job, tasks: readonly Task[]) => TE.TaskEither<Unanswered, void>
  /** Of those tasks that are there, how each ended, or nothing where it has not. */
  readonly ended: (
    job: string,
    tasks: readonly string[],
  ) => TE.TaskEither<Unanswered, ReadonlyMap<string, Ended | undefined>>
  readonly job: (job: string) => TE.TaskEither<Unanswered, Job | undefined>
  /**
   * Takes the first task of a kind that nobody has, and stores what it comes to; where that is nothing, the task goes back.
   * Answers whether there was one.
   */
  readonly take: (
    kind: Kind,
    run: (task: Taken) => Promise<Ended | undefined>,
  ) => TE.TaskEither<Unanswered, boolean>
  /** Marks a task as failed, whatever it came to. */
  readonly fail: (job: string, task: string, why: string) => TE.TaskEither<Unanswered, void>
  /** Whether the first task of a job that is not finished is in no hand. */
  readonly isUnbegun: (job: string) => TE.TaskEither<Unanswered, boolean>
  readonly left: (kind: Kind) => TE.TaskEither<Unanswered, Left>
  readonly close: TE.TaskEither<Unanswered, void>
}

// Putting there, and reading

const putJob = async (database: Database, { data, files, format, job, version }: Job) => {
  const { rows } = await sql`insert into knockdown.jobs (job, format, version, data)
    values (${job}, ${format}::int, ${stored(version)}, ${stored(data)})
    on conflict do nothing returning job`.execute(database)
  if (rows.length === 0) return
  for (const [name, text] of files)
    await sql`insert into knockdown.files (job, name, data)
      values (${job}, ${stored(name)}, ${stored(text)})`.execute(database)
}

/** A list of texts, to select from. */
const listed = (texts: readonly string[]) =>
  sql`(select json_array_elements_text(${JSON.stringify(texts)}::json))`

const put = async (database: Database, job: Job, tasks: readonly Task[]): Promise<void> => {
  // Of two that put the same tasks there, in whichever order, neither waits for the other halfway.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`knockdown:${job.job}`}, 0))`.execute(
    database,
  )
  await putJob(database, job)
  const rows = tasks.map(({ data, task }, place) => ({ place, task, data: stored(data) }))
  await sql`insert into knockdown.tasks (job, task, data) select ${job.job}, task, data
    from json_to_recordset(${JSON.stringify(rows)}::json) as row(place int, task text, data text)
    order by place on conflict do nothing`.execute(database)
  await sql`update knockdown.tasks set failure = null, finished_at = null
    where job = ${job.job} and failure is not null
    and task in ${listed(tasks.map(({ task }) => task))}`.execute(database)
}

interface Row {
  readonly task: string
  readonly result: string | null
  readonly failure: string | null
}

const endOf = ({ failure, result }: Row): Ended | undefined => {
  if (result !== null) return { _tag: 'Done', result: restored(result) }
  return failure === null ? undefined : { _tag: 'Failed', why: restored(failure) }
}

const ended = async (
  database: Database,
  job: string,
  tasks: readonly string[],
): Promise<ReadonlyMap<string, Ended | undefined>> => {
  const { rows } = await sql<Row>`select task, result, failure from knockdown.tasks
    where job = ${job} and task in ${listed(tasks)}`.execute(database)
  return new Map(rows.map((row) => [row.task, endOf(row)]))
}

const jobOf = async (database: Database, job: string): Promise<Job | undefined> => {
  const { rows } = await sql<Kind & { readonly data: string }>`
    select format, version, data from knockdown.jobs where job = ${job}`.execute(database)
  const [found] = rows
  if (found === undefined) return undefined
  const files = await sql<{ readonly name: string; readonly data: string }>`
    select name, data from knockdown.files where job = ${job} order by name`.execute(database)
  return {
    job,
    format: found.format,
    version: restored(found.version),
    data: restored(found.data),
    files: new Map(files.rows.map(({ data, name }) => [restored(name), restored(data)])),
  }
}

const left = async (database: Database, { format, version }: Kind): Promise<Left> => {
  const { rows } = await sql<Kind>`select format, version from knockdown.jobs where exists (
    select from knockdown.tasks where tasks.job = jobs.job and finished_at is null)
    group by format, version order by format, version`.execute(database)
  const kinds = rows.map((row) => ({ format: row.format, version: restored(row.version) }))
  const others = kinds.filter((kind) => kind.format !== format || kind.version !== version)
  return { isSome: others.length < kinds.length, others }
}

const isUnbegun = async (database: Database, job: string): Promise<boolean> => {
  // A task that is in hand is locked; this one is so no longer than the question takes.
  const { rows } = await sql`select task from knockdown.tasks where finished_at is null and id = (
      select id from knockdown.tasks where job = ${job} and finished_at is null order by id limit 1)
    for update skip locked`.execute(database)
  return rows.length > 0
}

// Taking

const finish = async (
  connection: Database,
  { job, task }: Pick<Taken, 'job' | 'task'>,
  end: Ended,
): Promise<void> => {
  await sql`update knockdown.tasks set finished_at = now(),
    result = ${end._tag === 'Done' ? stored(end.result) : null},
    failure = ${end._tag === 'Failed' ? stored(end.why) : null}
    where job = ${job} and task = ${task}`.execute(connection)
}

const taken = async (database: Database, { format, version }: Kind): Promise<Taken | undefined> => {
  const { rows } = await sql<Taken>`select job, task, data from knockdown.tasks
    where finished_at is null and job in (
      select job from knockdown.jobs where format = ${format}::int and version = ${stored(version)})
    order by id limit 1 for update skip locked`.execute(database)
  return rows[0] === undefined ? undefined : { ...rows[0], data: restored(rows[0].data) }
}

/** Waits until a task is done, and lets the server know meanwhile that this process is alive. */
const alive = async <A>(connection: Database, every: number, working: Promise<A>): Promise<A> => {
  const done = working.then(() => true)
  for (;;) {
    let timer: NodeJS.Timeout | undefined
    const beat = new Promise<false>((resolve) => {
      timer = setTimeout(resolve, every, false)
    })
    const isDone = await Promise.race([done, beat])
    clearTimeout(timer)
    if (isDone) return working
    await sql`select 1`.execute(connection)
  }
}

/** So many signs of life there are in the time after which the server takes a process that is silent for gone. */
const BEATS = 3

const take = (
  database: Database,
  { idle }: Postgres.Limits,
  ...[kind, run]: Parameters<Work['take']>
): Promise<E.Either<never, boolean>> =>
  Transaction.within(database, Transaction.COMMITTED, async (connection) => {
    const task = await taken(connection, kind)
    if (task === undefined) return E.right(false)
    // On a connection of its own, so that it is known of a worker that is killed.
    await sql`insert into knockdown.attempts (job, task, worker)
      values (${task.job}, ${task.task}, ${`${hostname()} ${process.pid}`})`.execute(database)
    const end = await alive(connection, idle / BEATS, run(task))
    if (end !== undefined) await finish(connection, task, end)
    return E.right(true)
  })

// Opening

/** At a server that has the tables, with so many connections at most: a task that is in hand keeps one, and one more is needed. */
export const open = (
  url: string,
  connections: number,
  limits: Postgres.Limits = Postgres.usual,
): TE.TaskEither<NewerSchema | OlderSchema | Unavailable, Work> =>
  using(
    // Nothing of the events is asked, so that a worker needs no right to see them.
    () => Postgres.connect(url, connections, limits, () => Promise.resolve()),
    (connected) => {
      const { close, database } = connected
      return pipe(
        checked(connected),
        TE.map(
          (): Work => ({
            put: (job, tasks) =>
              attempting(async () => {
                await Transaction.within(database, Transaction.COMMITTED, async (connection) => {
                  await put(connection, job, tasks)
                  return E.right(undefined)
                })
              }),
            ended: (job, tasks) => attempting(() => ended(database, job, tasks)),
            job: (job) => attempting(() => jobOf(database, job)),
            take: (kind, run) =>
              pipe(
                attempting(() => take(database, limits, kind, run)),
                TE.flatMapEither((result) => result),
              ),
            fail: (job, task, why) =>
              attempting(() => finish(database, { job, task }, { _tag: 'Failed', why })),
            isUnbegun: (job) => attempting(() => isUnbegun(database, job)),
            left: (kind) => attempting(() => left(database, kind)),
            close: attempting(close),
          }),
        ),
      )
    },
  )
