/**
 * worker: carries out the trials that a Pool sends to it, on a thread of its own.
 */

import type { Sent } from './Pool.js'
import type { Result } from './Task.js'
import * as Texts from './Texts.js'
import { type Run, runner } from './Trial.js'

/** So many jobs are kept ready: a worker at a database may have several by turns. */
const MOST = 4

const runs = new Map<number, Run>()

const runOf = ({ base, files, id }: Sent['job']): Run => {
  const known = runs.get(id)
  if (known !== undefined) return known
  const made = runner(
    Texts.files((name) => {
      const bytes = files.get(name)
      return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8')
    }),
    base,
  )
  runs.set(id, made)
  for (const old of [...runs.keys()].slice(0, -MOST)) runs.delete(old)
  return made
}

/** A trial that throws is one that failed: the others go on. */
const carryOut = ({ job, trials }: Sent): readonly Result[] => {
  const run = runOf(job)
  return trials.map((trial) => {
    try {
      return run(trial)
    } catch (error) {
      return { _tag: 'Failed', why: error instanceof Error ? error.message : String(error) }
    }
  })
}

export default carryOut
