/** Processes of the engine killed with -9 at random moments under load. */

import { type Child, start } from '../child.js'
import { settle, work } from '../crew.js'
import * as Ledger from '../ledger.js'
import * as Load from '../load.js'
import { rad } from '../../example.js'
import type { Setting } from '../protocol.js'
import { type Ground, found, type Scenario, together } from '../scenario.js'

const house: Load.House = { positions: 40, ceiling: rad('300000') }

/** After so many a new store is begun: an audit reads all of it every time. */
const A_STORE = 20

const options = { skew: 3600, checkpointEvery: 50, snapshotEvery: 5 }

/** An embedded database has one process, and most of its time goes by with opening it. */
const inFolder = async (
  { folder, random }: Ground,
  kills: number,
  name: string,
): Promise<Ledger.Ledger> => {
  const where = { folder: folder() }
  const ledger = Ledger.make()
  const load = Load.make(random, house, name)
  let isFounded = false
  /** How long it took to be opened, the last time. */
  let took = 6000
  for (let kill = 0; kill < kills; ) {
    const child = start({ where, migrate: true, options }, ledger.handed)
    // While the folder is made, or opened again.
    if (random.chance(isFounded ? 0.2 : 0.5)) {
      await Ledger.wait(random.below(took))
      await child.kill()
      kill += 1
      continue
    }
    const begun = Date.now()
    await child.here
    took = Date.now() - begun
    const shift = { load, ledger }
    if (isFounded) {
      await settle([child], shift)
      await ledger.check(child)
    } else await found(child, ledger, Load.founding(house), load.learn)
    isFounded = true
    await underLoad([child], [child], { ...shift, random }, 30)
    kill += 1
  }
  const child = start({ where, options }, ledger.handed)
  await child.here
  await settle([child], { load, ledger })
  await ledger.close(child, load.now())
  await child.end()
  return ledger
}

/** Some workers are killed in the middle of what they do; the others go on for a while. */
const underLoad = async (
  children: readonly Child[],
  doomed: readonly Child[],
  {
    ledger,
    load,
    random,
  }: {
    readonly load: Load.Load
    readonly ledger: Ledger.Ledger
    readonly random: Ground['random']
  },
  most: number,
): Promise<void> => {
  const when = random.below(most)
  const more = doomed.length === children.length ? 0 : random.below(10)
  let killing: Promise<unknown> | undefined
  let last = Infinity
  const after = (answered: number): void => {
    if (killing !== undefined || answered < when) return
    last = answered + more
    // Not always at the same point of a command.
    killing = Ledger.wait(random.below(12)).then(() =>
      Promise.all(doomed.map((child) => child.kill())),
    )
  }
  let answered = 0
  const shift = {
    load,
    ledger,
    after: (count: number) => {
      answered = count
      after(count)
    },
  }
  await work(children, 3, shift, () => answered >= last && doomed.every((child) => child.isGone()))
  await killing
}

const onServer = async (
  { database, random, server }: Ground,
  kills: number,
  name: string,
): Promise<Ledger.Ledger> => {
  const where = { url: await database(await server()), connections: 4 }
  const setting: Setting = { where, options }
  const ledger = Ledger.make()
  const load = Load.make(random, house, name)
  const shift = { load, ledger }
  const reader = start({ where, migrate: true, options }, ledger.handed)
  await reader.here
  await found(reader, ledger, Load.founding(house), load.learn)
  const hire = async (): Promise<Child> => {
    const child = start(setting, ledger.handed)
    await child.here
    return child
  }
  let children: readonly Child[] = await Promise.all([hire(), hire()])
  for (let kill = 0; kill < kills; ) {
    const most = Math.min(children.length, kills - kill)
    const doomed = children.slice(0, 1 + random.below(most))
    await underLoad(children, doomed, { ...shift, random }, 60)
    kill += doomed.length
    children = [
      ...children.filter((child) => !child.isGone()),
      ...(await Promise.all(doomed.map(hire))),
    ]
    await settle(children, shift)
    await ledger.check(reader)
  }
  await ledger.close(reader, load.now())
  await Promise.all([reader, ...children].map((child) => child.end()))
  return ledger
}

const scenario = (
  name: string,
  needs: Scenario['needs'],
  run: (ground: Ground, kills: number, name: string) => Promise<Ledger.Ledger>,
): Scenario => ({
  name,
  needs,
  run: async (ground) => {
    const kills = ground.some(200)
    const ledgers: Ledger.Ledger[] = []
    for (let done = 0; done < kills; done += A_STORE)
      ledgers.push(await run(ground, Math.min(A_STORE, kills - done), `k${done}`))
    return [kills, together(ledgers)]
  },
})

export const kills: readonly Scenario[] = [
  scenario('a process killed with -9, PGlite', 'nothing', inFolder),
  scenario('a process killed with -9, PostgreSQL', 'postgres', onServer),
]
