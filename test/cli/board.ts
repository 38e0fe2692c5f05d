/**
 * Board: the tasks of a database in memory, for tests of those who put them there and carry them out.
 */

import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Ended, Job, Taken, Work } from '../../src/adapter/sql/Work.js'

interface Kept extends Taken {
  ended: Ended | undefined
  isTaken: boolean
}

export interface Board extends Work {
  readonly jobs: Map<string, Job>
  readonly tasks: Map<string, Kept>
}

export const board = (): Board => {
  const jobs = new Map<string, Job>()
  const tasks = new Map<string, Kept>()
  const nameOf = (job: string, task: string): string => `${job} ${task}`
  const unfinished = (): readonly Kept[] => [...tasks.values()].filter(({ ended }) => !ended)
  return {
    jobs,
    tasks,
    put: (job, all) => {
      jobs.set(job.job, jobs.get(job.job) ?? job)
      for (const task of all) {
        const name = nameOf(job.job, task.task)
        if (tasks.get(name)?.ended?._tag !== 'Done')
          tasks.set(name, { ...task, job: job.job, ended: undefined, isTaken: false })
      }
      return TE.right(undefined)
    },
    ended: (job, all) =>
      TE.fromIO(
        () =>
          new Map(
            all.flatMap((task) => {
              const kept = tasks.get(nameOf(job, task))
              return kept === undefined ? [] : [[task, kept.ended] as const]
            }),
          ),
      ),
    job: (job) => TE.fromIO(() => jobs.get(job)),
    take: ({ format, version }, run) =>
      TE.fromTask(async () => {
        const task = unfinished().find(({ isTaken, job }) => {
          const of = jobs.get(job)
          return !isTaken && of?.format === format && of.version === version
        })
        if (task === undefined) return false
        task.isTaken = true
        task.ended = await run(task)
        task.isTaken = false
        return true
      }),
    fail: (job, task, why) =>
      TE.fromIO(() => {
        const kept = tasks.get(nameOf(job, task))
        if (kept !== undefined) kept.ended = { _tag: 'Failed', why }
      }),
    isUnbegun: (job) =>
      TE.fromIO(() => unfinished().find((task) => task.job === job)?.isTaken === false),
    left: ({ format, version }) =>
      TE.fromIO(() => {
        const kinds = [...new Set(unfinished().map(({ job }) => jobs.get(job)))].flatMap((job) =>
          job === undefined ? [] : [{ format: job.format, version: job.version }],
        )
        const others = kinds.filter((one) => one.format !== format || one.version !== version)
        return { isSome: others.length < kinds.length, others }
      }),
    close: TE.right(undefined),
  }
}
