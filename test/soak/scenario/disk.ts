/** A disk that is full while something is written, and has room again later. */

import { join } from 'node:path'
import { rad } from '../../example.js'
import { type Child, start } from '../child.js'
import * as Cluster from '../cluster.js'
import { work } from '../crew.js'
import * as Disk from '../disk.js'
import * as Ledger from '../ledger.js'
import * as Load from '../load.js'
import { type Ground, found, type Scenario, together } from '../scenario.js'

const house: Load.House = { positions: 20, ceiling: rad('150000') }
const options = { skew: 3600, checkpointEvery: 50, snapshotEvery: 5 }

/** Answers that fail before there is room again. */
const FAILURES = 8

interface Under {
  readonly disk: Disk.Disk
  readonly where: { readonly folder: string } | { readonly url: string }
  /** What has to be done once there is room again. */
  readonly mend: (child: Child, ledger: Ledger.Ledger) => Promise<void>
}

/** Megabytes that are stored until there is no room, while everything else goes on too. */
const stuff = async (
  child: Child,
  { ledger, load, random }: { ledger: Ledger.Ledger; load: Load.Load; random: Ground['random'] },
): Promise<void> => {
  const failed = ledger.tally.failed
  for (let i = 0; ledger.tally.failed < failed + FAILURES; i += 1) {
    if (i > 60) throw new Error('the disk is never full')
    const request = Load.bulk(random, `bulk ${i}`)
    ledger.sent(request)
    for (const answer of await child.ask('execute', { now: load.now(), requests: [request] })) {
      load.learn(answer)
      ledger.heard(answer)
    }
  }
}

const run = async ({ random }: Ground, { disk, mend, where }: Under): Promise<Ledger.Ledger> => {
  const ledger = Ledger.make()
  const load = Load.make(random, house, 'd')
  const child = start({ where, migrate: true, options }, ledger.handed)
  await child.here
  await found(child, ledger, Load.founding(house), load.learn)
  let isOver = false
  let count = 0
  const after = (answered: number): void => {
    count = answered
  }
  const under = work([child], 2, { load, ledger, after }, () => isOver)
  const fault = async (): Promise<void> => {
    while (count < 30) await Ledger.wait(10)
    disk.fill(random.below(18_000_000))
    await stuff(child, { ledger, load, random })
    disk.free()
    await mend(child, ledger)
    const until = count + 20
    while (count < until) {
      await Ledger.wait(20)
      // Where more was under way than one thing, it may stop again.
      await mend(child, ledger)
    }
  }
  try {
    await fault()
  } finally {
    isOver = true
  }
  await under
  if (child.isGone()) throw new Ledger.Wrong('the process has ended')
  for (const request of ledger.open())
    for (const answer of await child.ask('execute', { now: load.now(), requests: [request] })) {
      load.learn(answer)
      if (!ledger.heard(answer)) throw new Ledger.Wrong(JSON.stringify(answer))
    }
  await ledger.close(child, load.now())
  await child.end()
  return ledger
}

const scenario = (
  name: string,
  needs: Scenario['needs'],
  on: (disk: Disk.Disk, ground: Ground) => Promise<Under & { readonly remove: () => void }>,
): Scenario => ({
  name,
  needs,
  run: async (ground) => {
    const count = ground.some(10)
    const ledgers: Ledger.Ledger[] = []
    for (let i = 0; i < count; i += 1) {
      const disk = Disk.make('160m')
      if (disk === undefined) throw new Error('no disk')
      const under = await on(disk, ground)
      ledgers.push(await run(ground, under))
      under.remove()
      disk.remove()
    }
    return [count, together(ledgers)]
  },
})

const onServer = async (
  disk: Disk.Disk,
  { database }: Ground,
): Promise<Under & { readonly remove: () => void }> => {
  const sizes = ['-c', 'min_wal_size=32MB', '-c', 'max_wal_size=32MB']
  const cluster = await Cluster.make(sizes, disk.path)
  return {
    disk,
    where: { url: await database(cluster) },
    remove: cluster.remove,
    mend: async (_, { tally }) => {
      for (let tries = 0; !(await cluster.isUp()); tries += 1) {
        await Ledger.wait(200)
        // It may have given up where it could not recover either.
        if (tries <= 5) continue
        tally.mended += 1
        await cluster.start()
      }
    },
  }
}

const inFolder = (disk: Disk.Disk): Promise<Under & { readonly remove: () => void }> =>
  Promise.resolve({
    disk,
    where: { folder: join(disk.path, 'store') },
    remove: () => undefined,
    mend: async (child, ledger) => {
      if (ledger.lastFailure()?.includes('open the store again') !== true) return
      ledger.tally.mended += 1
      await Ledger.patiently(() => child.ask('reopen', {}))
    },
  })

export const disk: readonly Scenario[] = [
  scenario('a full disk, PGlite', 'a small disk', inFolder),
  scenario('a full disk, PostgreSQL', 'postgres and a small disk', onServer),
]
