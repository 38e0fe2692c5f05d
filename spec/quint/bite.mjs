/**
 * Plants each fault of plants.json in a copy of the model, or of the build, and sees the check that it names fail.
 */

import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { plantIn } from '../planting.mjs'

const here = import.meta.dirname
const home = join(here, '../..')
const copy = join(home, 'build/spec/quint/bite')
const plants = JSON.parse(readFileSync(join(here, 'plants.json'), 'utf8'))

const runs = (by) =>
  spawnSync(
    process.execPath,
    [
      join(here, 'run.mjs'),
      ...['--spec', join(copy, 'spec'), '--dist', join(copy, 'dist'), '--build', join(copy, 'run')],
      ...['--samples', by === 'replay' ? '30' : '40'],
    ],
    { encoding: 'utf8' },
  )

const plant = plantIn(here, copy)

const missed = plants.filter(([what, file, from, to, by]) => {
  plant(file, from, to)
  const { status, stdout } = runs(by)
  const caught = status !== 0 && stdout.includes(`FAILED ${by}`)
  console.log(`${caught ? 'caught' : 'MISSED'}: ${what} (${file}), by ${by}`)
  return !caught
})
rmSync(copy, { recursive: true, force: true })
console.log(`quint: ${plants.length - missed.length} of ${plants.length} faults caught`)
process.exitCode = missed.length === 0 ? 0 : 1
