/**
 * Plants faults in a copy of the core, one at a time, and runs the tests that should notice.
 *
 *   node scripts/faults.mjs [--file Ledger] [--kind move] [--match Ledger.ts:72] [--sample 40 --seed 1] [--list]
 *
 * Prints a line for each fault and a summary; the exit status is 1 if a fault survives. `--match`, which may
 * be given several times, takes the faults whose line holds that text. Kinds:
 *   move    two accounts of a posting exchanged, a posting of one unit more, a posting left out
 *   order   two neighbouring checks exchanged
 *   check   a check left out
 *   fact    a field of a refusal, event or any other tagged value changed
 *   compare a comparison flipped: < and <=, > and >=, === and !==; && and ||
 *   round   floor and ceil exchanged, min and max
 * A fault that changes nothing that anyone can see is listed in scripts/faults.json, with the reason.
 */

import { parseArgs } from 'node:util'
import { chosen, label } from './faults/choose.mjs'
import { root } from './faults/modules.mjs'
import { run } from './faults/run.mjs'

const { values: options } = parseArgs({
  options: {
    file: { type: 'string' },
    kind: { type: 'string' },
    match: { type: 'string', multiple: true },
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    list: { type: 'boolean', default: false },
  },
})

if (options.list) {
  const all = chosen(root, options)
  for (const one of all) console.log(label(one))
  console.log(`${all.length} faults`)
} else process.exitCode = await run(options)
