/**
 * The Monte Carlo kernel beside the same auctions in C (`c/montecarlo.c`), in turns. Nothing where there is
 * no compiler.
 */

import { execFileSync } from 'node:child_process'
import { deepStrictEqual } from 'node:assert'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MonteCarlo, Single } from 'knockdown/market'

const setting = {
  ...Single.plain,
  volatility: 1e-3,
  blocks: { _tag: 'Fixed', every: 12 },
  curve: { _tag: 'Exponential', rate: 1e-4 },
  markup: 1.2,
  lasts: 1e6,
}
const auctions = 4 * MonteCarlo.CHUNK
const kernel = MonteCarlo.make(setting).right

const ours = (seed) => {
  const from = process.cpuUsage()
  const sums = MonteCarlo.run(kernel, BigInt(seed), auctions)
  const { system, user } = process.cpuUsage(from)
  return { ...sums, nanoseconds: (system + user) * 1000 }
}

const build = (folder) => {
  const program = join(folder, 'montecarlo')
  const source = join(import.meta.dirname, 'c/montecarlo.c')
  execFileSync('cc', ['-O2', '-o', program, source, '-lm'], { stdio: 'ignore' })
  return (seed) => {
    const { blocks, curve, markup, volatility } = setting
    const told = [auctions, volatility, blocks.every, curve.rate, markup, seed].map(String)
    return JSON.parse(execFileSync(program, told, { encoding: 'utf8' }))
  }
}

/** Both must have had the same auctions, block for block; tables and sums may differ in their last digits. */
const agree = (a, b) => {
  deepStrictEqual(a.blocks, b.blocks, 'montecarlo: C drew other blocks')
  for (const name of ['loss', 'time'])
    if (Math.abs(a[name].mean / b[name] - 1) > 1e-9)
      throw new Error(`montecarlo: C has another ${name}`)
}

/** The nanoseconds of a step of each, round by round. */
export const montecarlo = (say, rounds = 21) => {
  const found = { 'montecarlo.step': [] }
  const folder = mkdtempSync(join(tmpdir(), 'knockdown-bench-'))
  let theirs
  try {
    theirs = build(folder)
    found['c.montecarlo.step'] = []
  } catch {
    say('left out: montecarlo in C: there is no C compiler (cc)')
  }
  try {
    for (let seed = 0; seed < 5; seed++) ours(seed)
    for (let seed = 0; seed < rounds; seed++) {
      const a = ours(seed)
      found['montecarlo.step'].push(a.nanoseconds / a.blocks)
      if (theirs === undefined) continue
      const b = theirs(seed)
      agree(a, b)
      found['c.montecarlo.step'].push(b.nanoseconds / b.blocks)
      if (seed === 0)
        say(`montecarlo: loss ${a.loss.mean}, in C ${b.loss}, over ${a.blocks} blocks`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return found
}
