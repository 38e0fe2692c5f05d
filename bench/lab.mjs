/**
 * npm run bench:lab             what simulations and sweeps are held to
 * npm run bench:lab -- --check  ends with 1 if a ratio is beyond its limit: by hand, on a quiet machine
 * npm run bench:lab -- --small  leaves out days of more than 10,000 lots
 *
 * How the cost of a day grows with its lots, what many runs in one process keep, and what a second processor is worth.
 */

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Fixed } from 'knockdown'
import { Presets, Scenario, Simulate } from 'knockdown/tuning'

const { values } = parseArgs({
  options: { check: { type: 'boolean' }, small: { type: 'boolean' } },
})

/** How many times as much a lot may cost among the most lots as among a thousand. */
const LINEAR = 1.5
/** How much more the heap may hold after the last runs than after the first ones. */
const FLAT = 1.05
/** How many times as fast two threads have to be as one. */
const SHARED = 1.8

const { RAD, RAY } = Fixed
const price = (n) => Fixed.ray(n * RAY)
const short = []

/** A price that falls by half within six hours, under as many positions, and money in proportion. */
const dayOf = (positions, seed = 1n) => ({
  ...Scenario.plain,
  seed,
  prices: {
    _tag: 'Rows',
    rows: [200n, 180n, 160n, 140n, 120n, 100n].map((open, i, all) => ({
      time: i * 3600,
      open: price(open),
      close: price(all[i + 1] ?? open),
      gasPriceGwei: undefined,
    })),
  },
  positions: { _tag: 'Drawn', count: positions },
  bidders: {
    _tag: 'Drawn',
    kinds: [{ kind: 'bidder', count: 10, capital: Fixed.rad(BigInt(positions) * 50_000n * RAD) }],
  },
  terms: Presets.presets['dutch-default'],
})

const ran = (scenario) => {
  const from = process.cpuUsage()
  const outcome = Simulate.run(scenario)
  const { system, user } = process.cpuUsage(from)
  if (outcome._tag === 'Left') throw new Error(JSON.stringify(outcome.left))
  return { ...outcome.right, seconds: (system + user) / 1e6 }
}

const least = (count, run) => Math.min(...Array.from({ length: count }, run))

const growth = () => {
  ran(dayOf(1200))
  const costs = [120, 1200, 12_000, ...(values.small ? [] : [120_000])].map((positions) => {
    let lots = 0
    const seconds = least(positions > 10_000 ? 1 : 5, () => {
      const outcome = ran(dayOf(positions))
      lots = outcome.lots.length
      return outcome.seconds
    })
    return { lots, each: (seconds * 1e6) / lots }
  })
  const told = costs.map(({ each, lots }) => `${lots}: ${each.toFixed(0)} µs`).join(', ')
  const grown = costs.at(-1).each / costs[1].each
  console.log(
    `a lot of a day of so many: ${told}; ${grown.toFixed(2)} times a lot among ${costs[1].lots} (at most ${LINEAR})`,
  )
  if (grown > LINEAR) short.push('cost is not linear in lots')
}

const memory = () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  const after = (runs) => {
    for (let i = 0; i < runs; i += 1) ran(dayOf(120, BigInt(i)))
    collect()
    return process.memoryUsage().heapUsed
  }
  after(20)
  const [first, last] = [after(20), after(400)]
  const grown = last / first
  console.log(
    `the heap after 20 runs and after 400 more: ${[first, last].map((one) => `${(one / 2 ** 20).toFixed(1)} MB`).join(', ')}; ${grown.toFixed(2)} times (at most ${FLAT})`,
  )
  if (grown > FLAT) short.push('memory grows with runs')
}

/** Twice the same sweep by the command line, in turns: the whole process is timed, its start included. */
const threads = () => {
  const main = join(import.meta.dirname, '../dist/cli/main.mjs')
  const folder = mkdtempSync(join(tmpdir(), 'knockdown-bench-'))
  const args =
    'sweep --vary markup=1.02:1.5,stepEvery=30:300 --points 60 --seeds 2 --positions 500 --json'
  const sweep = (count) => {
    const from = performance.now()
    const told = execFileSync(
      process.execPath,
      [main, ...args.split(' '), '--threads', `${count}`],
      {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    )
    return { told, time: performance.now() - from }
  }
  const ratios = Array.from({ length: 3 }, () => {
    const [one, two] = [sweep(1), sweep(2)]
    if (one.told !== two.told) throw new Error('two threads came to something else than one')
    return one.time / two.time
  }).sort((a, b) => a - b)
  rmSync(folder, { recursive: true })
  console.log(
    `a sweep by two threads: ${ratios[1].toFixed(2)} times as fast as by one (at least ${SHARED})`,
  )
  if (ratios[1] < SHARED) short.push('two threads')
}

if (values.small) console.log('left out: days of more than 10,000 lots (npm run bench:lab)')
growth()
memory()
threads()
if (short.length > 0) console.log(`beyond the limit: ${short.join('; ')}`)
process.exitCode = values.check && short.length > 0 ? 1 : 0
