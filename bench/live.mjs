/**
 * Decisions among many live lots: does a step cost the same with a hundred as with a million?
 *
 * Each of three threads has a heap of its own, with the lots that its names say and no others: a
 * hundred; a million; a million of the twin's. They take turns, one at a time. All three are run as
 * a host of a million lots would be, with `--max-semi-space-size=64`: at each collection of young
 * garbage, whoever made it, V8 walks the pages of the whole heap.
 */

import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { Auction } from 'knockdown'
import { agree } from './check.mjs'
import { nanoseconds } from './measure.mjs'
import { generator, shuffled } from './random.mjs'
import { rawLot, rawTake, rawTerms, take } from './raw.mjs'
import { compiled, terms } from './terms.mjs'
import { fold, takes } from './workload.mjs'

const million = 1_000_000
const kinds = 100

/** How many decisions a timed call makes; the next call goes on where this one stopped. */
const chunk = 10_000

/** Megabytes: a young generation is three semi-spaces. */
const resourceLimits = { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 3 * 64 }

/** The `i`-th of many lots: one of a hundred, opened with names and numbers of its own. */
const nthOf = (work, i) => {
  const { before, opening } = work[i % kinds]
  const dust = BigInt(i)
  return fold({
    before,
    opening: {
      ...opening,
      lot: `live-${i}`,
      goods: { _tag: 'Collateral', asset: 'ETH', position: `position-${i}`, owner: `owner-${i}` },
      collateral: opening.collateral + dust,
      debt: opening.debt + dust,
      target: opening.target + dust,
      start: { _tag: 'Dutch', startPrice: opening.start.startPrice + dust },
    },
  })
}

let sink = 0

/** A run over lots, in order or in the order given: a chunk a call, round and round. */
const visiting = (name, lots, commands, order, step) => {
  let next = 0
  const run = () => {
    for (let i = 0; i < chunk; i++) {
      const at = order === undefined ? next : order[next]
      if (step(lots[at], commands[at % kinds])) sink++
      next = next + 1 === lots.length ? 0 : next + 1
    }
    return sink
  }
  return { name, ops: chunk, run }
}

const tasks = (heap) => {
  const work = takes(kinds)
  const commands = work.map(({ command }) => command)
  const lots = (count, of = (lot) => lot) =>
    Array.from({ length: count }, (_, i) => of(nthOf(work, i)))
  const decide = Auction.decide(compiled)
  const engine = (lot, command) => decide(0, lot, command)._tag === 'Right'
  const order = () => shuffled(generator(4), million)
  if (heap === 'few') return [visiting('live.100', lots(kinds), commands, undefined, engine)]
  if (heap === 'many') {
    const all = lots(million)
    return [
      visiting('live.1000000', all, commands, undefined, engine),
      visiting('live.random', all, commands, order(), engine),
    ]
  }
  const bare = rawTerms(terms)
  const rawCommands = commands.map(rawTake)
  agree(
    'raw.random',
    10 * chunk,
    (i) => decide(0, nthOf(work, i), commands[i % kinds]),
    (i) => take(bare, 0, rawLot(nthOf(work, i)), rawCommands[i % kinds]),
  )
  const raw = (lot, command) => typeof take(bare, 0, lot, command) !== 'number'
  return [visiting('raw.random', lots(million, rawLot), rawCommands, order(), raw)]
}

/** What a thread is asked for, and how long; it answers with nanoseconds. */
const serve = () => {
  const named = new Map(tasks(workerData.heap).map((task) => [task.name, task]))
  parentPort.on('message', ({ name, time }) => {
    parentPort.postMessage(nanoseconds(named.get(name), time))
  })
  parentPort.postMessage('ready')
}

const answer = async (worker) => (await once(worker, 'message'))[0]

const there = (worker, name) => ({
  name,
  measure: (time) => {
    worker.postMessage({ name, time })
    return answer(worker)
  },
})

/** Starts the threads, hands what they time to `use`, and ends them. */
export const withLive = async (use) => {
  const [few, many, bare] = ['few', 'many', 'bare'].map(
    (heap) => new Worker(new URL(import.meta.url), { workerData: { heap }, resourceLimits }),
  )
  await Promise.all([few, many, bare].map(answer))
  const found = await use([
    there(few, 'live.100'),
    there(many, 'live.1000000'),
    there(many, 'live.random'),
    there(bare, 'raw.random'),
  ])
  await Promise.all([few, many, bare].map((worker) => worker.terminate()))
  return found
}

if (!isMainThread) serve()
