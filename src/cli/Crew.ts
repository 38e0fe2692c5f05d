/**
 * Crew: those who carry out the trials of a command: threads of this process, or all who work at a database.
 *
 * Laws: WRK-5, WRK-6, WRK-8 to WRK-10 (spec/25-work.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Unanswered } from '../adapter/sql/Failure.js'
import type { Ended, Task, Work } from '../adapter/sql/Work.js'
import { broken, lost } from './Database.js'
import { complaint, type Io, type Live, type Pool, type Problem } from './Io.js'
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

/** So many trials are given at a time: enough for many machines, and little enough to hold in memory. */
const PUT = 4096

// Threads

/** How many trials are run before what they came to is kept, */
const BATCH = 64

/** and so many such batches are given to the threads at once: while one ends, none of them waits for the next. */
const AHEAD = 2

export const ofThreads = (pool: Pool, job: Job, { isStopped }: Pick<Live, 'isStopped'>): Crew => ({
  most: PUT,
  run: async function* (trials) {
    const begin = (batch: number): Promise<readonly Result[]> => {
      const results = pool.run(job, trials.slice(batch * BATCH, (batch + 1) * BATCH))
      // Who is asked to stop does not wait for a batch, however it ends.
      results.catch(() => undefined)
      return results
    }
    const count = Math.ceil(trials.length / BATCH)
    const going = Array.from({ length: Math.min(AHEAD, count) }, (_, batch) => begin(batch))
    for (let batch = 0; batch < count && !isStopped(); batch += 1) {
      yield E.right(await (going[batch] as Promise<readonly Result[]>))
      if (going.length < count && !isStopped()) going.push(begin(going.length))
    }
  },
  close: pool.close,
})

// A database

/** The first of so many is asked for, since they are told in their order. */
const ASKED = 512

/** How long to wait before looking for results again, in milliseconds: at first, and at most. */
const SOON = 10
const LATE = 200

/** So long nothing comes back until it is asked whether anybody is there, in milliseconds. */
const LONELY = 5000

/** Where nobody works at a database, that is said, once until somebody does. */
const watching = (
  { err }: Pick<Io, 'err'>,
  isUnbegun: () => Promise<E.Either<Problem, boolean | undefined>>,
) => {
  let waited = 0
  let isTold = false
  return {
    came: (): void => {
      waited = 0
      isTold = false
    },
    /** After so many milliseconds more without any result, of so many runs that are waited for. */
    waited: async (milliseconds: number, runs: number): Promise<E.Either<Problem, void>> => {
      waited += milliseconds
      if (isTold || waited < LONELY) return E.right(undefined)
      waited = 0
      const unbegun = await isUnbegun()
      if (E.isLeft(unbegun)) return unbegun
      isTold = unbegun.right === true
      if (isTold)
        err(
          complaint(
            `--database: no worker has begun any of the runs that wait there (${runs}): wanted knockdown work --database … on some machine, or --threads 1 here`,
          ),
        )
      return E.right(undefined)
    },
  }
}

interface Finished {
  readonly results: readonly Result[]
  /** Those of them that nobody can read, and why. */
  readonly unread: ReadonlyMap<string, string>
}

/** Those that are finished, up to the first that is not; what cannot be read is what failed. */
const finished = (
  tasks: readonly Task[],
  ends: ReadonlyMap<string, Ended | undefined>,
): Finished => {
  const results: Result[] = []
  const unread = new Map<string, string>()
  for (const { task } of tasks) {
    const end = ends.get(task)
    if (end === undefined) break
    const result = Parcel.readEnd(end)
    if (E.isLeft(result)) unread.set(task, result.left)
    results.push(E.isLeft(result) ? { _tag: 'Failed', why: result.left } : result.right)
  }
  return { results, unread }
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
    ask: TaskEither<Unanswered, A>,
  ): Promise<E.Either<Problem, A | undefined>> => {
    while (!live.isStopped()) {
      const answer = await ask()
      if (E.isRight(answer)) {
        hasAnswered = true
        patience.answered()
        return answer
      }
      if (answer.left.isLasting === true) return E.left(lost(answer.left))
      if (!hasAnswered) return E.left(broken(answer.left))
      await patience.failed(answer.left)
    }
    return E.right(undefined)
  }
  const watch = watching(io, () => insist(work.isUnbegun(kept.job)))
  /** Marks what nobody can read as failed, so that it is carried out again when the command is given again. */
  const marked = async (unread: Finished['unread']): Promise<E.Either<Problem, void>> => {
    for (const [task, why] of unread) {
      const done = await insist(work.fail(kept.job, task, why))
      if (E.isLeft(done)) return done
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
        const { results, unread } = finished(next, ends.right)
        const mark = await marked(unread)
        if (E.isLeft(mark)) {
          yield mark
          return
        }
        yield E.right(results)
        told += results.length
        if (results.length > 0) watch.came()
        if (results.length === next.length) continue
        if (broke !== undefined) {
          yield E.left(broke)
          return
        }
        await live.pause(wait)
        const seen = await watch.waited(wait, tasks.length - told)
        if (E.isLeft(seen)) {
          yield seen
          return
        }
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
