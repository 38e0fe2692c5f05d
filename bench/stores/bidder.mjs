/**
 * A process that bids on lots of its own: node bidder.mjs URL NAME FIRST LOTS COUNT. It says when it is ready, waits
 * for a line, bids, and says how much processor time that took.
 */

import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Sql } from '../../dist/adapter/sql/index.mjs'
import { bid, executor } from './world.mjs'

const [url, name, first, lots, count] = process.argv.slice(2)
const opened = await Sql.open({ url, connections: 1 })()
if (opened._tag === 'Left') throw new Error(JSON.stringify(opened.left))
const execute = executor(opened.right)
const run = async (what, n) => {
  for (let i = 0; i < n; i++)
    await execute([bid(`${name} ${what} ${i}`, Number(first) + (i % Number(lots)))])
}
await run('warm', 50)
const lines = createInterface({ input: process.stdin })
console.log('ready')
await once(lines, 'line')
const start = process.cpuUsage()
await run('bid', Number(count))
const { system, user } = process.cpuUsage(start)
console.log((system + user) / 1e6)
lines.close()
await opened.right.close()
