/**
 * worker: carries out the trials that a Pool sends to it, on a thread of its own.
 */

import { files } from './Files.js'
import type { Result, Trial } from './Task.js'
import { runner } from './Trial.js'

const run = runner(files)

/** A trial that throws is one that failed: the others go on. */
const carryOut = (trials: readonly Trial[]): readonly Result[] =>
  trials.map((trial) => {
    try {
      return run(trial)
    } catch (error) {
      return { _tag: 'Failed', why: error instanceof Error ? error.message : String(error) }
    }
  })

export default carryOut
