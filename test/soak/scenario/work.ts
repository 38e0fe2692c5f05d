/** Workers at a database, killed with -9 while they carry out runs. */

import { join } from 'node:path'
import { killed, start } from '../machines.js'
import { Wrong } from '../ledger.js'
import type { Scenario } from '../scenario.js'

/** As the package has it, from this bundle's folder. */
const program = join(import.meta.dirname, '../../dist/cli/main.mjs')

/** After so many a new database is begun: so many leave work to do. */
const A_DATABASE = 20

const sweep =
  'sweep --vary markup=1.05:1.5,stepEvery=30:300 --points 30 --positions 80 --capital 2000000 --json'.split(
    ' ',
  )

export const work: Scenario = {
  name: 'worker killed, PostgreSQL',
  needs: 'postgres',
  run: async ({ database, random, server, some }) => {
    const cluster = await server()
    const alone = await start(program, sweep).ended
    if (alone.status !== 0) throw new Wrong('a sweep that ends well')
    const kills = some(200)
    let [tasks, attempts] = [0, 0]
    for (let left = kills; left > 0; left -= A_DATABASE) {
      const url = await database(cluster)
      await start(program, ['migrate', '--database', url]).ended
      const found = await killed(program, url, sweep, Math.min(left, A_DATABASE), random)
      if (found.finished !== found.tasks || found.doubled > 0)
        throw new Wrong(`one end of each task: ${JSON.stringify({ ...found, out: '' })}`)
      if (found.out !== alone.out) throw new Wrong('what one process finds')
      tasks += found.tasks
      attempts += found.attempts
    }
    return [
      kills,
      `${attempts} attempts at ${tasks} tasks, each with one end, as one process finds`,
    ]
  },
}
