/**
 * Work: the command that carries out tasks of a database, on as many machines as one likes.
 *
 * Laws: WRK-3 to WRK-7 (spec/25-work.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import * as Flag from './Flag.js'
import type { Io, Problem } from './Io.js'
import * as Lanes from './Lanes.js'

export interface Flags {
  readonly database: string
  readonly threads: string
  readonly once?: boolean
}

/** Status 1 where tasks failed. */
export const work = async (io: Io, flags: Flags): Promise<E.Either<Problem, 0 | 1>> => {
  const threads = Flag.whole(0, 1024)('--threads', flags.threads)
  if (E.isLeft(threads)) return threads
  const live = io.live()
  const pool = io.pool(threads.right)
  try {
    const opened = await live.stores.work(flags.database, pool.threads)()
    if (E.isLeft(opened)) return opened
    const lanes = Lanes.start(io, live, opened.right, pool, flags.once === true)
    const ended = await lanes.ended
    await opened.right.close()
    if (E.isLeft(ended)) return ended
    const { done, failed } = ended.right
    await live.print(`${done} tasks done, ${failed} failed.\n`)
    return E.right(failed === 0 ? 0 : 1)
  } finally {
    await pool.close()
  }
}
