import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { ofThreads } from '../../src/cli/Crew.js'
import type { Result, Trial } from '../../src/cli/Task.js'

const job = { base: '', files: new Map<string, string>() }

/** Threads that end a batch only when they are told to, and what they were asked for. */
const threads = () => {
  const asked: (readonly Trial[])[] = []
  const ends: (() => void)[] = []
  return {
    asked,
    end: (batch: number) => ends[batch]?.(),
    pool: {
      threads: 2,
      run: (_job: unknown, trials: readonly Trial[]) => {
        asked.push(trials)
        return new Promise<readonly Result[]>((resolve) => {
          const results = trials.map(({ terms }): Result => ({ _tag: 'Failed', why: terms }))
          ends.push(() => {
            resolve(results)
          })
        })
      },
      close: () => Promise.resolve(),
    },
  }
}

const trials = (count: number): readonly Trial[] =>
  Array.from({ length: count }, (_, i) => ({ day: {} as Trial['day'], terms: `${i}` }))

test('TUN-15 threads are given the next batch before one ends, and answer in order', async () => {
  const { asked, end, pool } = threads()
  const crew = ofThreads(pool, job, { isStopped: () => false })
  const came = crew.run(trials(150))[Symbol.asyncIterator]()
  const first = came.next()
  expect(asked.map(({ length }) => length)).toEqual([64, 64])
  end(1)
  end(0)
  expect((await first).done).toBe(false)
  const second = await came.next()
  expect(asked.map(({ length }) => length)).toEqual([64, 64, 22])
  expect(second.done).toBe(false)
  end(2)
  const third: unknown = (await came.next()).value
  expect(third).toEqual(
    E.right(Array.from({ length: 22 }, (_, i) => ({ _tag: 'Failed', why: `${128 + i}` }))),
  )
  expect((await came.next()).done).toBe(true)
})

test('TUN-15 threads begin no batch once the program is asked to stop', async () => {
  const { asked, end, pool } = threads()
  let stopped = false
  const crew = ofThreads(pool, job, { isStopped: () => stopped })
  const came = crew.run(trials(300))[Symbol.asyncIterator]()
  const first = came.next()
  end(0)
  expect((await first).done).toBe(false)
  stopped = true
  expect((await came.next()).done).toBe(true)
  expect(asked).toHaveLength(2)
})
