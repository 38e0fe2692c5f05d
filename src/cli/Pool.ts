/**
 * Pool: threads that carry trials out, some trials at a time.
 */

import { availableParallelism } from 'node:os'
import Tinypool from 'tinypool'
import type { Pool } from './Io.js'
import type { Job, Result, Trial } from './Task.js'

/** What a thread is sent. All threads share the bytes of files, however large they are and however often they are sent. */
export interface Sent {
  readonly job: {
    readonly id: number
    readonly base: string
    readonly files: ReadonlyMap<string, SharedArrayBuffer>
  }
  readonly trials: readonly Trial[]
}

const shared = (text: string): SharedArrayBuffer => {
  const bytes = Buffer.from(text, 'utf8')
  const memory = new SharedArrayBuffer(bytes.length)
  bytes.copy(new Uint8Array(memory))
  return memory
}

/** Jobs as threads are sent them, each the same every time. */
const sending = (): ((job: Job) => Sent['job']) => {
  const known = new WeakMap<Job, Sent['job']>()
  let count = 0
  return (job) => {
    const before = known.get(job)
    if (before !== undefined) return before
    count += 1
    const files = new Map([...job.files].map(([name, text]) => [name, shared(text)]))
    const made = { id: count, base: job.base, files }
    known.set(job, made)
    return made
  }
}

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
  const sent = sending()
  const workers = new Tinypool({
    filename: new URL('worker.mjs', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
  })
  return {
    threads,
    run: async (job, trials) => {
      const parts = parted(trials, threads * PARTS)
      const found = await Promise.all(
        parts.map(
          (part) =>
            workers.run({ job: sent(job), trials: part } satisfies Sent) as Promise<
              readonly Result[]
            >,
        ),
      )
      return trials.map((_, j) => {
        const part = found[j % (threads * PARTS)] as readonly Result[]
        return part[Math.floor(j / (threads * PARTS))] as Result
      })
    },
    close: () => workers.destroy(),
  }
}
