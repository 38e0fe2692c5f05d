/**
 * main: what becomes of a store when processes, servers and disks fail under it.
 *
 *   npm run soak -- [--part 0.1] [--seed 1] [--only TEXT]
 *
 * Prints a line for each kind of fault: how many there were, what was seen, how long it took. The exit status is 1
 * where anything was lost, doubled or found by an audit.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import * as Cluster from './cluster.js'
import * as Disk from './disk.js'
import { seeded } from '../random.js'
import type { Ground, Scenario } from './scenario.js'
import { backup } from './scenario/backup.js'
import { clock } from './scenario/clock.js'
import { disk } from './scenario/disk.js'
import { kills } from './scenario/kills.js'
import { races } from './scenario/races.js'
import { server } from './scenario/server.js'
import { work } from './scenario/work.js'

const { values: options } = parseArgs({
  options: {
    part: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
})
const part = Number(options.part)
const seed = Number(options.seed)

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const scenarios: readonly Scenario[] = [
  ...kills,
  ...server,
  ...disk,
  clock,
  ...races,
  ...backup,
  work,
]

const home = mkdtempSync(join(tmpdir(), 'knockdown-soak-'))
let shared: Promise<Cluster.Cluster> | undefined
let names = 0

const groundOf = (index: number): Ground => ({
  seed,
  random: seeded(seed * 1000 + index),
  some: (whole) => Math.max(1, Math.round(whole * part)),
  server: () => (shared ??= Cluster.make()),
  database: async (cluster) => {
    names += 1
    await cluster.query(`create database soak_${names} template template0`)
    return cluster.url(`soak_${names}`)
  },
  folder: () => {
    names += 1
    return join(home, `${names}`)
  },
})

const lacking = ({ needs }: Scenario): string | undefined => {
  if (needs.startsWith('postgres') && !Cluster.isInstalled) return 'PostgreSQL is not installed'
  return needs.endsWith('a small disk') && !Disk.isPossible()
    ? 'this process may not mount a tmpfs'
    : undefined
}

const begun = Date.now()
const secondsSince = (from: number): string => ((Date.now() - from) / 1000).toFixed(1)
let [count, failed, leftOut] = [0, 0, 0]
say(`seed ${seed}, part ${part}`)
for (const [index, scenario] of scenarios.entries()) {
  const { name } = scenario
  if (!name.includes(options.only)) continue
  const why = lacking(scenario)
  if (why !== undefined) {
    leftOut += 1
    say(`left out: ${name}: ${why}`)
    continue
  }
  const from = Date.now()
  try {
    const [times, found] = await scenario.run(groundOf(index))
    count += times
    say(`${name}: ${times} times; ${found}; ${secondsSince(from)} s`)
  } catch (error) {
    failed += 1
    say(
      `FAILED ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
  }
}
if (shared !== undefined) (await shared).remove()
rmSync(home, { recursive: true, force: true })
say(`${count} faults in all, ${failed} kinds failed, ${leftOut} left out; ${secondsSince(begun)} s`)
process.exit(failed === 0 ? 0 : 1)
