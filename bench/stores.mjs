/**
 * npm run bench:stores             what an engine on a store is held to, on PGlite and on the server of KNOCKDOWN_POSTGRES
 * npm run bench:stores -- --check  ends with 1 if a ratio is beyond its limit: by hand, on a quiet machine
 * npm run bench:stores -- --small  leaves out the stores of more than 10,000 events
 *
 * A bare driver runs the very statements that the engine ran, in the same transactions, on a copy of the same database.
 */

import { parseArgs } from 'node:util'
import { folders, server } from './stores/databases.mjs'
import { growth } from './stores/growth.mjs'
import { racing } from './stores/processes.mjs'
import { bid, executor, found } from './stores/world.mjs'

const { values } = parseArgs({
  options: {
    check: { type: 'boolean' },
    rounds: { type: 'string' },
    small: { type: 'boolean' },
  },
})
const rounds = Number(values.rounds ?? '5')
const lots = 20

/** Rounds that are not counted: an engine works for long, and is at its speed after some thousands of bids. */
const WARM = 5
if (values.small) console.log('left out: stores of more than 10,000 events (npm run bench:stores)')
const sizes = values.small ? [1000, 10_000] : [1000, 10_000, 100_000, 1_000_000]

/** How many times as long a lot may take to load among the most events as among the fewest. */
const FLAT = 1.5

const sorted = (numbers) => [...numbers].sort((a, b) => a - b)
const quantile = (numbers, part) => sorted(numbers)[Math.floor(part * (numbers.length - 1))]
const median = (numbers) => quantile(numbers, 0.5)

const timed = async (run) => {
  const start = performance.now()
  await run()
  return performance.now() - start
}

const numbered = (from, count) =>
  Array.from({ length: count }, (_, i) => bid(`b${from + i}`, ((from + i) % lots) + 1))

/**
 * Milliseconds that the engine takes for bids, so many at a time, and a bare driver for the same statements. They are
 * taken down from another engine on a copy of its own, since to keep them costs as much again as to decide a bid.
 */
const compared = async (database, count, size) => {
  const engine = await database.open()
  const twin = await database.open()
  const bare = await database.bare()
  const execute = executor(engine.store)
  const executeTwin = executor(twin.store)
  const latencies = []
  const pairs = []
  for (let round = -WARM; round < rounds; round++) {
    const requests = numbered((round + WARM) * count, count)
    const groups = Array.from({ length: count / size }, (_, i) =>
      requests.slice(i * size, (i + 1) * size),
    )
    const statements = await twin.recorded(async () => {
      for (const group of groups) await executeTwin(group)
    })
    const own = await timed(async () => {
      for (const group of groups) {
        const time = await timed(() => execute(group))
        if (round >= 0) latencies.push(time)
      }
    })
    const theirs = await timed(async () => {
      for (const statement of statements) await bare.run(statement)
    })
    if (round >= 0) pairs.push([own, theirs])
  }
  for (const each of [engine, twin, bare]) await each.close()
  return {
    perSecond: Math.round((1000 * count) / median(pairs.map(([own]) => own))),
    barePerSecond: Math.round((1000 * count) / median(pairs.map(([, theirs]) => theirs))),
    share: median(pairs.map(([own, theirs]) => theirs / own)),
    p50: quantile(latencies, 0.5),
    p99: quantile(latencies, 0.99),
  }
}

const address = process.env.KNOCKDOWN_POSTGRES
if (address === undefined)
  console.log(
    'left out: PostgreSQL, since KNOCKDOWN_POSTGRES is not set (scripts/postgres run -- npm run bench:stores)',
  )

const found20 = (store) => found(store, lots)
const databases = [
  await folders(found20),
  ...(address === undefined ? [] : [await server(address, found20)]),
]
const short = []

for (const database of databases) {
  for (const [what, count, size, least] of [
    ['single bids', 1000, 1, 0.7],
    ['group commit', 4000, 500, 0.4],
  ]) {
    const { barePerSecond, p50, p99, perSecond, share } = await compared(database, count, size)
    console.log(
      `${database.name}, ${what}: ${perSecond} bids a second, ${(100 * share).toFixed(0)} % of the bare driver's ${barePerSecond} (at least ${100 * least} %); p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms for ${size}`,
    )
    if (share < least) short.push(`${database.name}, ${what}`)
    if (database.url !== undefined && size > 1 && perSecond < 8000)
      short.push(`${database.name}, ${what}: fewer than 8,000 events a second`)
  }
  const opened = await database.open()
  const times = await growth(opened.store, lots, sizes)
  await opened.close()
  const told = times.map(([size, time]) => `${size}: ${time.toFixed(2)} ms`).join(', ')
  const grown = times.at(-1)[1] / times[0][1]
  console.log(
    `${database.name}, loading a lot among so many events: ${told}; ${grown.toFixed(2)} times (at most ${FLAT})`,
  )
  if (grown > FLAT) short.push(`${database.name}, loading a lot`)
  if (database.url !== undefined) {
    const one = await racing(await database.url(), 1, lots, 2000)
    const four = await racing(await database.url(), 4, lots, 2000)
    const ratio = four.perSecond / one.perSecond
    const shares = [one, four]
      .map(({ engines, seconds }) => `${((100 * engines) / (2 * seconds)).toFixed(0)} %`)
      .join(' and ')
    console.log(
      `${database.name}, single bids of 1 and 4 processes: ${one.perSecond.toFixed(0)} and ${four.perSecond.toFixed(0)} a second, ${ratio.toFixed(2)} times (at least 1.2); the engines took ${shares} of two processors`,
    )
    if (ratio < 1.2) short.push(`${database.name}, four processes`)
  }
  await database.remove()
}

if (short.length > 0) console.log(`beyond the limit: ${short.join('; ')}`)
process.exitCode = values.check && short.length > 0 ? 1 : 0
