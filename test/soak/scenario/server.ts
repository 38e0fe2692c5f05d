/** The server killed, stopped and started again under load, and connections cut. */

import { readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { rad } from '../../example.js'
import { type Child, start } from '../child.js'
import * as Cluster from '../cluster.js'
import { work } from '../crew.js'
import * as Ledger from '../ledger.js'
import * as Load from '../load.js'
import { type Ground, found, type Scenario, words } from '../scenario.js'

const house: Load.House = { positions: 40, ceiling: rad('300000') }
const options = { skew: 3600, checkpointEvery: 50, snapshotEvery: 5 }

type Fault = (cluster: Cluster.Cluster, ground: Ground) => Promise<void>

/** The processes of a server that serve connections: those that its postmaster has begun and that say so. */
const backends = (postmaster: number): readonly number[] =>
  readdirSync('/proc').flatMap((name) => {
    try {
      const parent = Number(
        readFileSync(`/proc/${name}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ')[1],
      )
      const title = readFileSync(`/proc/${name}/cmdline`, 'utf8')
      return parent === postmaster && title.includes('tester soak') ? [Number(name)] : []
    } catch {
      return []
    }
  })

const killServer: Fault = async (cluster) => {
  process.kill(cluster.pid(), 'SIGKILL')
  await cluster.start()
}

/** The server ends all others too, and recovers by itself. */
const killBackend: Fault = (cluster, { random }) => {
  const pid = random.pick(backends(cluster.pid()))
  if (pid === undefined) throw new Error('there is no connection')
  process.kill(pid, 'SIGKILL')
  return Promise.resolve()
}

const restart: Fault = (cluster) => {
  cluster.restart('immediate')
  return Promise.resolve()
}

const stop: Fault = async (cluster, { random }) => {
  cluster.stop('fast')
  await Ledger.wait(random.below(500))
  await cluster.start()
}

const cut: Fault = async (cluster, { random }) => {
  await cluster.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'knockdown' and pid % 2 <= ${random.below(2)}`,
  )
}

/** One fault after the other, each in the middle of load that goes on through it. */
const run = async (
  ground: Ground,
  faults: readonly Fault[],
  count: number,
): Promise<readonly [number, string]> => {
  const { database, random } = ground
  const cluster = await Cluster.make()
  const where = { url: await database(cluster), connections: 4 }
  const ledger = Ledger.make()
  const load = Load.make(random, house, 's')
  const reader = start({ where, migrate: true, options }, ledger.handed)
  await reader.here
  await found(reader, ledger, Load.founding(house), load.learn)
  const workers: readonly Child[] = [0, 1].map(() => start({ where, options }, ledger.handed))
  await Promise.all(workers.map(({ here }) => here))
  for (let i = 0; i < count; i += 1) {
    const fault = faults[i % faults.length]
    const when = random.below(30)
    const more = 5 + random.below(20)
    let last = Infinity
    let now = 0
    let faulted: Promise<void> | undefined
    const after = (answered: number): void => {
      now = answered
      if (answered < when || faulted !== undefined) return
      faulted = Ledger.wait(random.below(12)).then(async () => {
        await fault?.(cluster, ground)
        last = now + more
      })
      faulted.catch(() => {
        last = 0
      })
    }
    await work(workers, 3, { load, ledger, after }, () => now >= last)
    await faulted
    if (workers.some((worker) => worker.isGone())) throw new Ledger.Wrong('a worker has ended')
    await ledger.check(reader)
  }
  await ledger.close(reader, load.now())
  await Promise.all([reader, ...workers].map((child) => child.end()))
  cluster.remove()
  return [count, words(ledger)]
}

export const server: readonly Scenario[] = [
  {
    name: 'the server killed with -9, a backend of it, restarted at once, stopped and started',
    needs: 'postgres',
    run: (ground) => run(ground, [killServer, killBackend, restart, stop], ground.some(40)),
  },
  {
    name: 'connections cut',
    needs: 'postgres',
    run: (ground) => run(ground, [cut], ground.some(200)),
  },
]
