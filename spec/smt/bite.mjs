/**
 * Plants each fault of plants.json in a copy of the laws, or of the build, and sees the check that it names fail.
 */

import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { plantIn } from '../planting.mjs'

const here = import.meta.dirname
const home = join(here, '../..')
const copy = join(home, 'build/spec/smt-bite')
const plants = JSON.parse(readFileSync(join(here, 'plants.json'), 'utf8'))

const runs = (only) =>
  spawnSync(
    process.execPath,
    [
      join(here, 'run.mjs'),
      ...[
        '--spec',
        join(copy, 'spec'),
        '--dist',
        join(copy, 'dist'),
        '--build',
        join(copy, 'build'),
      ],
      ...['--only', only],
    ],
    { encoding: 'utf8' },
  )

const plant = plantIn(here, copy)

const missed = plants.filter(([what, file, from, to, by]) => {
  plant(file, from, to)
  const { status, stdout } = runs(by)
  const said = stdout.split('\n').filter((line) => line.startsWith(`FAILED ${by}`))
  const caught = status !== 0 && said.some((line) => /says (sat|unsat)|the code/.test(line))
  console.log(`${caught ? 'caught' : 'MISSED'}: ${what} (${file}), by ${by}`)
  return !caught
})
rmSync(copy, { recursive: true, force: true })
console.log(`smt: ${plants.length - missed.length} of ${plants.length} faults caught`)
process.exitCode = missed.length === 0 ? 0 : 1
