/**
 * Lanes: threads that carry out the tasks of a database, each thread a task at a time, until there is nothing left or
 * they are to stop.
 *
 * Laws: WRK-3, WRK-4, WRK-6, WRK-7, WRK-10 (spec/25-work.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Ended, Kind, Taken, Work } from '../adapter/sql/Work.js'
import { broken, lost } from './Database.js'
import { complaint, type Io, type Live, type Pool, type Problem } from './Io.js'
import * as Parcel from './Parcel.js'
import * as Patience from './Patience.js'
import type { Job, Result } from './Task.js'

/** How many tasks were carried out, and how many of them failed. */
export interface Count {
  done: number
  failed: number
}

export interface Lanes {
  /** When there is nothing left, or they have stopped; or what was wrong before anything went well. */
  readonly ended: Promise<E.Either<Problem, Count>>
  /** Ends them; what is in hand goes back. */
  readonly stop: () => Promise<void>
}

/** How long to wait before looking for tasks again, in milliseconds: at first, and at most. */
const SOON = 20
const LATE = 500

/** So many jobs are kept in memory. */
const MOST = 4

/** Jobs by their digests, read once; nothing where one is gone. */
const reading = (work: Work) => {
  const known = new Map<string, E.Either<Problem, Job>>()
  return async (digest: string): Promise<E.Either<Problem, Job> | undefined> => {
    const before = known.get(digest)
    if (before !== undefined) return before
    const found = await work.job(digest)()
    if (E.isLeft(found)) return undefined
    const job = found.right === undefined ? E.left('its job is gone') : Parcel.readJob(found.right)
    known.set(digest, job)
    for (const old of [...known.keys()].slice(0, -MOST)) known.delete(old)
    return job
  }
}

/** A thread that breaks down takes its task with it, and no other. */
const carriedOut = async (pool: Pool, job: Job, task: Taken): Promise<Ended> => {
  const trial = Parcel.readTask(task)
  if (E.isLeft(trial)) return { _tag: 'Failed', why: trial.left }
  const [result] = await pool
    .run(job, [trial.right])
    .catch((error: unknown): readonly Result[] => [
      { _tag: 'Failed', why: error instanceof Error ? error.message : String(error) },
    ])
  return Parcel.end(result as Result)
}

const named = ({ format, version }: Kind): string => `${version} (format ${format})`

/** Says once of every other release that its tasks are left alone. */
const telling = ({ err, version }: Pick<Io, 'err' | 'version'>) => {
  const told = new Set<string>()
  return (others: readonly Kind[]): void => {
    for (const name of others.map(named).filter((name) => !told.has(name))) {
      told.add(name)
      err(
        complaint(
          `tasks of ${name} are left to workers of that version: this is ${named(Parcel.kindOf(version))}`,
        ),
      )
    }
  }
}

/** One for each thread of a pool. With `once` they end when no task is left that they can carry out, in whoever's hand. */
export const start = (
  io: Pick<Io, 'err' | 'version'>,
  live: Live,
  work: Work,
  pool: Pool,
  once: boolean,
): Lanes => {
  const patience = Patience.make(io, live)
  const kind = Parcel.kindOf(io.version)
  const jobOf = reading(work)
  const tell = telling(io)
  const count: Count = { done: 0, failed: 0 }
  let isOver = false
  let over = (): void => undefined
  const end = new Promise<void>((resolve) => {
    over = resolve
  })
  const stopped = Promise.race([live.stopped, end]).then((): undefined => undefined)
  const isStopped = (): boolean => isOver || live.isStopped()

  /** What a task came to; nothing where it is to go back. */
  const run = async (task: Taken): Promise<Ended | undefined> => {
    const job = await jobOf(task.job)
    if (job === undefined) return undefined
    return E.isLeft(job)
      ? { _tag: 'Failed', why: job.left }
      : Promise.race([carriedOut(pool, job.right, task), stopped])
  }

  let hasAnswered = false
  const lane = async (): Promise<E.Either<Problem, undefined>> => {
    let wait = SOON
    while (!isStopped()) {
      let ended: Ended | undefined
      const took = await work.take(kind, async (task) => (ended = await run(task)))()
      if (E.isLeft(took)) {
        if (took.left.isLasting === true) return E.left(lost(took.left))
        if (!hasAnswered) return E.left(broken(took.left))
        await patience.failed(took.left)
        continue
      }
      hasAnswered = true
      patience.answered()
      if (ended !== undefined) count[ended._tag === 'Done' ? 'done' : 'failed'] += 1
      if (took.right) {
        wait = SOON
        continue
      }
      const left = await work.left(kind)()
      if (E.isRight(left)) {
        tell(left.right.others)
        if (once && !left.right.isSome) break
      }
      await Promise.race([live.pause(wait), end])
      wait = Math.min(2 * wait, LATE)
    }
    return E.right(undefined)
  }

  const all = Promise.all(Array.from({ length: pool.threads }, lane))
  return {
    ended: all.then((lanes) => lanes.find(E.isLeft) ?? E.right(count)),
    stop: async () => {
      isOver = true
      over()
      await all
    },
  }
}
