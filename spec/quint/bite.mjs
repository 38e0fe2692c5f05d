/**
 * Plants each fault of plants.json in a copy of the model, or of the build, and sees the check that it names fail.
 */

import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

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

/** A fresh copy with one text in the place of another; which has to be there, once. */
const plant = (file, from, to) => {
  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  cpSync(here, join(copy, 'spec'), { recursive: true })
  cpSync(join(home, 'dist'), join(copy, 'dist'), { recursive: true })
  const path = join(copy, file.startsWith('dist/') ? '' : 'spec', file)
  const text = readFileSync(path, 'utf8')
  if (text.split(from).length !== 2) throw new Error(`${file} has not once: ${from}`)
  writeFileSync(
    path,
    text.replace(from, () => to),
  )
}

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
