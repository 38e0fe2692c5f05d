/**
 * Timing that noise cancels from: twins run in alternate rounds, each a few milliseconds long, and
 * what is told is the median, of a name's own rounds and of the ratios within a round. A round is
 * long enough to pay for the garbage that it makes.
 */

import { Bench } from 'tinybench'

export const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/**
 * Milliseconds of processor time that this process has used, all its threads: on a machine that
 * others load, the time on the clock is mostly theirs.
 */
const now = () => {
  const { system, user } = process.cpuUsage()
  return (user + system) / 1000
}

/** The nanoseconds that one of the `ops` of a call takes, on average over `time` milliseconds. */
export const nanoseconds = ({ name, ops, run }, time) => {
  const bench = new Bench({ time, now, iterations: 1, warmup: false })
  bench.add(name, run, { async: false })
  bench.runSync()
  const { result } = bench.tasks[0]
  if (result.state !== 'completed') throw new Error(`${name} failed`, { cause: result.error })
  return (result.latency.mean * 1e6) / ops
}

/** What is timed in this thread. */
export const here = (task) => ({
  name: task.name,
  measure: (time) => nanoseconds(task, time),
})

/**
 * The nanoseconds of each name of a group, round by round: `{ name: [ns, …] }`. Every other round
 * runs the group backwards, so that what one leaves behind (a warm cache, garbage) falls on each in
 * turn.
 */
export const rounds = async (group, { count, time, warmup }) => {
  for (let i = 0; i < 3; i++) for (const { measure } of group) await measure(warmup)
  const found = Object.fromEntries(group.map(({ name }) => [name, []]))
  for (let i = 0; i < count; i++)
    for (const { measure, name } of i % 2 === 0 ? group : [...group].reverse())
      found[name].push(await measure(time))
  return found
}

/** The median of the ratios of two names, round by round. */
export const ratio = (found, name, twin) => median(found[name].map((ns, i) => ns / found[twin][i]))
