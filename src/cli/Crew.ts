/**
 * Crew: those who carry out the trials of a command: threads of this process, or all who work at a database.
 *
 * Laws: WRK-5, WRK-8 (spec/25-work.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Ended, Task, Work } from '../adapter/sql/Work.js'
import type { Unavailable } from '../engine/Port.js'
import { broken } from './Database.js'
import type { Io, Live, Pool, Problem } from './Io.js'
import * as Lanes from './Lanes.js'
import * as Parcel from './Parcel.js'
import * as Patience from './Patience.js'
import type { Job, Result, Trial } from './Task.js'

export interface Crew {
  /** So many trials are given to it at a time at most. */
  readonly most: number
  /** What trials came to, in their order, some at a time; it ends early where the program is asked to stop. */
  readonly run: (trials: readonly Trial[]) => AsyncIterable<E.Either<Problem, readonly Result[]>>
  readonly close: () => Promise<void>
}

// Threads

/** How many trials are run before what they came to is kept. */
const BATCH = 64

export const ofThreads = (pool: Pool, job: Job): Crew => ({
  most: BATCH,
  run: async function* (trials) {
    yield E.right(await pool.run(job, trials))
  },
  close: pool.close,
})

// A database

/** So many tasks are put there at a time: enough for many machines, and little enough to hold in memory. */
const PUT = 4096

/** The first of so many is asked for, since they are told in their order. */
const ASKED = 512

/** How long to wait before looking for results again, in milliseconds: at first, and at most. */
const SOON = 10
const LATE = 200

/** Those that are finished, up to the first that is not; or the first that cannot be read. */
const finished = (
  tasks: readonly Task[],
  ends: ReadonlyMap<string, Ended | undefined>,
): E.Either<Problem, readonly Result[]> => {
  const results: Result[] = []
  for (const { task } of tasks) {
    const end = ends.get(task)
    if (end === undefined) break
    const result = Parcel.readEnd(end)
    if (E.isLeft(result)) return E.left(`--database: task ${task}: ${result.left}`)
    results.push(result.right)
  }
  return E.right(results)
}

/** Puts tasks there and waits for what they come to; threads of this process work at it too, if there are any. */
export const atDatabase = (
  io: Pick<Io, 'err' | 'version'>,
  live: Live,
  work: Work,
  pool: Pool | undefined,
  job: Job,
): Crew => {
  const patience = Patience.make(io, live)
  const kept = Parcel.job(io.version, job)
  const lanes = pool === undefined ? undefined : Lanes.start(io, live, work, pool, false)
  let broke: Problem | undefined
  void lanes?.ended.then((ended) => {
    if (E.isLeft(ended)) broke = ended.left
  })
  // What never answered will hardly answer later: no right to the tables, for one.
  let hasAnswered = false
  /** Nothing where the program is asked to stop meanwhile. */
  const insist = async <A>(
    ask: TaskEither<Unavailable, A>,
  ): Promise<E.Either<Problem, A | undefined>> => {
    while (!live.isStopped()) {
      const answer = await ask()
      if (E.isRight(answer)) {
        hasAnswered = true
        patience.answered()
        return answer
      }
      if (!hasAnswered) return E.left(broken(answer.left))
      await patience.failed(answer.left)
    }
    return E.right(undefined)
  }
  return {
    most: PUT,
    run: async function* (trials) {
      const tasks = trials.map(Parcel.task)
      let isThere = false
      let wait = SOON
      for (let told = 0; told < tasks.length; ) {
        if (!isThere) {
          const put = await insist(work.put(kept, tasks.slice(told)))
          if (E.isLeft(put)) {
            yield put
            return
          }
          isThere = true
        }
        const next = tasks.slice(told, told + ASKED)
        const names = next.map(({ task }) => task)
        const ends = await insist(work.ended(kept.job, names))
        if (E.isLeft(ends)) {
          yield ends
          return
        }
        if (ends.right === undefined) return
        // Somebody has removed tasks: they are put there again.
        isThere = ends.right.size === new Set(names).size
        const results = finished(next, ends.right)
        yield results
        if (E.isLeft(results)) return
        told += results.right.length
        if (results.right.length === next.length) continue
        if (broke !== undefined) {
          yield E.left(broke)
          return
        }
        await live.pause(wait)
        wait = Math.min(2 * wait, LATE)
      }
    },
    close: async () => {
      await lanes?.stop()
      await pool?.close()
      await work.close()
    },
  }
}
