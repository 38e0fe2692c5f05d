/**
 * npm run bench            the figures, and the ratios with their limits; then those of stores, the small form
 * npm run bench -- --json  [{ name, opsPerSecond, nanosecondsPerOp }] of the core, and nothing else
 * npm run bench -- --only study   the group of that name alone: montecarlo, or study
 * npm run bench -- --check ends with 1 if a ratio is over its limit: by hand, on a quiet machine
 */

import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { alone, curves, dutch, english } from './groups.mjs'
import { withLive } from './live.mjs'
import { montecarlo } from './montecarlo.mjs'
import { here, median, ratio, rounds } from './measure.mjs'
import { study } from './study.mjs'
import { watches } from './watch.mjs'

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, check: { type: 'boolean' }, only: { type: 'string' } },
})

/** What must hold in one run: a name, what it is held against, how many times that it may cost. */
const limits = [
  ['dutch.take', 'raw.take', 1.3],
  ['english.raise', 'raw.raise', 1.3],
  ['curve.linear', 'raw.curve.linear', 1.5],
  ['curve.stairs', 'raw.curve.stairs', 1.5],
  ['curve.exponential', 'raw.curve.exponential', 1.5],
  ['live.1000000', 'live.100', 1.2],
  ['live.random', 'raw.random', 1.3],
  ['watch.1000000', 'watch.1000', 15],
  ['watch.1000000', 'scan.1000000', 0.001],
  ['montecarlo.step', 'c.montecarlo.step', 2],
]

/** What an operation may take, in milliseconds. */
const bounds = [
  ['study.day', 4.4],
  ['study.unlocked', 4.4],
  ['study.repaired', 4.4],
]

const say = values.json ? () => {} : console.log
const report = (what, counts) => {
  const most = [...counts].sort(([, a], [, b]) => b - a)
  say(`${what}: ${most.map(([kind, count]) => `${kind} ${count}`).join(', ')}`)
}

/** A group of twins, or what has none, timed in this thread. */
const timed = (group, { count = 41, time = 20, warmup = 150 } = {}) =>
  rounds(group.map(here), { count, time, warmup })

const found = {}
if (values.only === undefined) {
  Object.assign(found, await timed(dutch(report)), await timed(english(report)))
  for (const curve of curves()) Object.assign(found, await timed(curve, { time: 10 }))
  Object.assign(found, await timed(alone(), { count: 21, warmup: 100 }))
  Object.assign(found, await timed(watches(), { count: 11, warmup: 100 }))
  const many = (group) => rounds(group, { count: 41, time: 40, warmup: 300 })
  Object.assign(found, await withLive(many))
}
const isWanted = (name) => values.only === undefined || values.only === name
if (isWanted('study')) Object.assign(found, await timed(study(), { count: 21, warmup: 400 }))
if (isWanted('montecarlo')) Object.assign(found, montecarlo(say))

const figures = Object.entries(found).map(([name, all]) => {
  const nanosecondsPerOp = median(all)
  return { name, opsPerSecond: Math.round(1e9 / nanosecondsPerOp), nanosecondsPerOp }
})
const both = ([name, twin]) => name in found && twin in found
const held = (name, twin, limit, measured) => ({
  name,
  twin,
  ratio: measured,
  limit,
  holds: measured <= limit,
})
const ratios = [
  ...limits
    .filter(both)
    .map(([name, twin, limit]) => held(name, twin, limit, ratio(found, name, twin))),
  ...bounds
    .filter(([name]) => name in found)
    .map(([name, limit]) => held(name, 'ms', limit, median(found[name]) / 1e6)),
]

if (values.json) console.log(JSON.stringify(figures))
else {
  console.table(
    Object.fromEntries(
      figures.map(({ name, opsPerSecond, nanosecondsPerOp }) => [
        name,
        { 'per second': opsPerSecond, nanoseconds: Math.round(nanosecondsPerOp * 10) / 10 },
      ]),
    ),
  )
  console.table(
    Object.fromEntries(
      ratios.map(({ name, twin, ratio, limit, holds }) => [
        `${name} / ${twin}`,
        { ratio: Math.round(ratio * 100) / 100, limit, holds: holds ? 'yes' : 'NO' },
      ]),
    ),
  )
}

/** What an engine on a store does, in a process of its own: it has other things in its memory. */
const stores = () => {
  const program = new URL('stores.mjs', import.meta.url).pathname
  const flags = ['--small', ...(values.check ? ['--check'] : [])]
  return spawnSync(process.execPath, [program, ...flags], { stdio: 'inherit' }).status === 0
}

const storesHold = values.json || values.only !== undefined || stores()
if (!storesHold || (values.check && ratios.some(({ holds }) => !holds))) process.exitCode = 1
