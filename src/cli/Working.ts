/**
 * Working: runs on a pool while a bar shows how far they are, until they are done or the program is asked to stop.
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Terms } from '../core/index.js'
import type { Io, Problem } from './Io.js'
import * as Runs from './Runs.js'

/** Where runs are kept, and on how many threads they are. */
export interface Flags {
  readonly csv: string | undefined
  readonly threads: number
}

const stopped = ({ csv }: Flags, count: number): Problem =>
  csv === undefined
    ? 'stopped: nothing was kept; with --csv the same command goes on from where it was'
    : `stopped: ${count} runs are kept in ${csv}; the same command goes on from there`

/**
 * What a body makes of runs, printed; `most` says how many runs there are at most. Terms are those that positions are
 * drawn for, and names those of what tells one setting from another.
 */
export const on = async <A>(
  io: Io,
  doing: string,
  flags: Flags,
  base: Terms.Terms,
  names: readonly string[],
  most: number,
  body: (runs: Runs.Runs) => Promise<E.Either<Problem, A | undefined>>,
  tell: (found: A) => Promise<E.Either<Problem, string>>,
): Promise<E.Either<Problem, 0>> => {
  const { isStopped, print } = io.live()
  const progress = io.progress(doing)
  const pool = io.pool(flags.threads)
  try {
    const runs = Runs.open(io, pool, base, names, flags.csv, isStopped, (count) => {
      progress.update(Math.min(1, count / most))
    })
    if (E.isLeft(runs)) return runs
    const found = await body(runs.right)
    progress.stop()
    if (E.isLeft(found)) return found
    if (found.right === undefined) return E.left(stopped(flags, runs.right.count()))
    const told = await tell(found.right)
    if (E.isLeft(told)) return told
    await print(told.right)
    return E.right(0)
  } finally {
    progress.stop()
    await pool.close()
  }
}
