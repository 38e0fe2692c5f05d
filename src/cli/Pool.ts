/**
 * Pool: threads that carry trials out, some trials at a time.
 */

import { availableParallelism } from 'node:os'
import Tinypool from 'tinypool'
import type { Pool } from './Io.js'
import type { Result, Trial } from './Task.js'

/** Parts of some trials, of about the same length. */
const parted = (trials: readonly Trial[], parts: number): readonly (readonly Trial[])[] =>
  Array.from({ length: parts }, (_, i) => trials.filter((_, j) => j % parts === i)).filter(
    ({ length }) => length > 0,
  )

/** More parts than threads, so that none waits for long at the end. */
const PARTS = 2

/** So many threads, or, where none is asked for, one for each processor. */
export const pool = (asked: number): Pool => {
  const threads = asked === 0 ? availableParallelism() : asked
  const workers = new Tinypool({
    filename: new URL('worker.mjs', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  })
  return {
    run: async (trials) => {
      const parts = parted(trials, threads * PARTS)
      const found = await Promise.all(
        parts.map((part) => workers.run(part) as Promise<readonly Result[]>),
      )
      return trials.map((_, j) => {
        const part = found[j % (threads * PARTS)] as readonly Result[]
        return part[Math.floor(j / (threads * PARTS))] as Result
      })
    },
    close: () => workers.destroy(),
  }
}
