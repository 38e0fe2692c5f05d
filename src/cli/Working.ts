/**
 * Working: runs by a crew while a bar shows how far they are, until they are done or the program is asked to stop.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as Crew from './Crew.js'
import { complaint, type Io, type Live, type Problem } from './Io.js'
import * as Runs from './Runs.js'
import type { Job } from './Task.js'

/** Where runs are kept, on how many threads they are, and at which database others carry them out. */
export interface Flags {
  readonly csv: string | undefined
  readonly threads: number
  readonly database: string | undefined
}

const stopped = ({ csv, database }: Flags, count: number): Problem => {
  if (database !== undefined)
    return 'stopped: what was done is kept in the database, where workers go on; the same command goes on from there'
  return csv === undefined
    ? 'stopped: nothing was kept; with --csv the same command goes on from where it was'
    : `stopped: ${count} runs are kept in ${csv}; the same command goes on from there`
}

/** Threads of this process; or those who work at a database, with threads of this process only where some are asked for. */
const crewOf = async (
  io: Io,
  live: Live,
  { database, threads }: Flags,
  job: Job,
): Promise<E.Either<Problem, Crew.Crew>> => {
  if (database === undefined) return E.right(Crew.ofThreads(io.pool(threads), job, live))
  const opened = await live.stores.work(database, threads)()
  if (E.isLeft(opened)) return opened
  const pool = threads === 0 ? undefined : io.pool(threads)
  return E.right(Crew.atDatabase(io, live, opened.right, pool, job))
}

/**
 * What a body makes of runs, printed, and then what is done with it besides; `most` says how many runs there are at most. The names are those of what tells one
 * setting from another.
 */
export const on = async <A>(
  io: Io,
  doing: string,
  flags: Flags,
  job: Job,
  names: readonly string[],
  most: number,
  body: (runs: Runs.Runs) => Promise<E.Either<Problem, A | undefined>>,
  tell: (found: A) => Promise<E.Either<Problem, string>>,
  then: (found: A) => E.Either<Problem, undefined> = () => E.right(undefined),
): Promise<E.Either<Problem, 0>> => {
  const live = io.live()
  const crew = await crewOf(io, live, flags, job)
  if (E.isLeft(crew)) return crew
  const progress = io.progress(doing)
  try {
    const runs = Runs.open(io, crew.right, job, names, flags.csv, live.isStopped, (count) => {
      progress.update(Math.min(1, count / most))
    })
    if (E.isLeft(runs)) return runs
    const found = await body(runs.right)
    progress.stop()
    for (const why of runs.right.failed()) io.err(complaint(why))
    if (E.isLeft(found)) return found
    if (found.right === undefined) return E.left(stopped(flags, runs.right.count()))
    const told = await tell(found.right)
    if (E.isLeft(told)) return told
    await live.print(told.right)
    const done = then(found.right)
    return E.isLeft(done) ? done : E.right(0)
  } finally {
    progress.stop()
    await crew.right.close()
  }
}
