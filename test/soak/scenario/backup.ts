/** A store that was backed up, and goes on where its backup was restored. */

import { cpSync, rmSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { rad } from '../../example.js'
import { type Child, start } from '../child.js'
import * as Cluster from '../cluster.js'
import { work } from '../crew.js'
import * as Ledger from '../ledger.js'
import * as Load from '../load.js'
import type { Setting } from '../protocol.js'
import { type Ground, found, type Scenario, together } from '../scenario.js'

const house: Load.House = { positions: 20, ceiling: rad('150000') }
const options = { skew: 3600, checkpointEvery: 50, snapshotEvery: 5 }

type Where = Setting['where']

/** The feed is read to some place, then more is stored, all of it is restored elsewhere, and both go on there. */
const run = async (
  { random }: Ground,
  from: Where,
  restore: () => Promise<Where>,
): Promise<Ledger.Ledger> => {
  const ledger = Ledger.make()
  const load = Load.make(random, house, 'b')
  const some = async (child: Child, many: number): Promise<void> => {
    let count = 0
    const after = (answered: number): void => {
      count = answered
    }
    await work([child], 2, { load, ledger, after }, () => count >= many)
  }
  const before = start({ where: from, migrate: true, options }, ledger.handed)
  await before.here
  await found(before, ledger, Load.founding(house), load.learn)
  await some(before, 60)
  // With the anchor of a checkpoint, which the audits that follow are held to.
  await ledger.check(before)
  await ledger.anchor(before, load.now())
  await some(before, 40)
  await before.end()

  const after = start({ where: await restore(), options }, ledger.handed)
  await after.here
  await ledger.check(after)
  await some(after, 40)
  await ledger.close(after, load.now())
  await after.end()
  return ledger
}

const dumped = (cluster: Cluster.Cluster, url: string): string =>
  cluster.run('pg_dump', ['--dbname', url])

const restored = (cluster: Cluster.Cluster, url: string, dump: string): void => {
  cluster.run('psql', ['--dbname', url, '--quiet', '--set', 'ON_ERROR_STOP=1'], dump)
}

const inFolders: Scenario = {
  name: 'a backup restored, PGlite',
  needs: 'nothing',
  run: async (ground) => {
    const [copied, dumped] = [ground.folder(), ground.folder()]
    const ledgers = [
      await run(ground, { folder: copied }, () => {
        const folder = ground.folder()
        cpSync(copied, folder, { recursive: true })
        rmSync(copied, { recursive: true })
        return Promise.resolve({ folder })
      }),
      await run(ground, { folder: dumped }, async () => {
        const folder = ground.folder()
        const from = await PGlite.create(dumped)
        const loadDataDir = await from.dumpDataDir('none')
        await from.close()
        const to = await PGlite.create(folder, { loadDataDir })
        await to.close()
        return { folder }
      }),
    ]
    return [2, `a folder copied, a folder dumped; ${together(ledgers)}`]
  },
}

const onServer: Scenario = {
  name: 'a backup restored, PostgreSQL',
  needs: 'postgres',
  run: async (ground) => {
    const server = await ground.server()
    const [first, second] = [await ground.database(server), await ground.database(server)]
    const there = await Cluster.make()
    const ledgers = [
      await run(ground, { url: first }, async () => {
        const url = await ground.database(server)
        restored(server, url, dumped(server, first))
        return { url }
      }),
      await run(ground, { url: second }, async () => {
        const dump = dumped(server, second)
        const url = await ground.database(there)
        restored(there, url, dump)
        return { url }
      }),
    ]
    there.remove()
    return [2, `in a new database, in a new cluster; ${together(ledgers)}`]
  },
}

export const backup: readonly Scenario[] = [inFolders, onServer]
