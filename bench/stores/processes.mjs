/**
 * Bids a second of several processes on one server, each on lots of its own.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'

const program = new URL('bidder.mjs', import.meta.url).pathname

/** Bids a second, and the seconds of processor time that the engines took, and the time that all took. */
export const racing = async (url, processes, lots, count) => {
  const each = Math.floor(lots / processes)
  const children = Array.from({ length: processes }, (_, i) => {
    const args = [
      url,
      `p${processes}-${i}`,
      String(1 + i * each),
      String(each),
      String(count / processes),
    ]
    const child = spawn(process.execPath, [program, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    return { child, lines: createInterface({ input: child.stdout })[Symbol.asyncIterator]() }
  })
  for (const { lines } of children) await lines.next()
  const start = performance.now()
  for (const { child } of children) child.stdin.write('go\n')
  const used = []
  for (const { lines } of children) used.push(Number((await lines.next()).value))
  const seconds = (performance.now() - start) / 1000
  for (const { child } of children) {
    child.stdin.end()
    if (child.exitCode === null) await once(child, 'exit')
  }
  return { perSecond: count / seconds, engines: used.reduce((a, b) => a + b, 0), seconds }
}
