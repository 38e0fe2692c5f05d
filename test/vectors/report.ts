/**
 * report: replays every step of every scenario of all *.jsonl files in DIR, plain
 * or gzipped, and prints per file scenarios, steps and mismatches, the first few in full.
 *
 * Ends with 0 if all is as recorded, 1 if something is not, 2 if something cannot be read.
 */

import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type Replayed, replay } from './replay.js'

/** How many mismatches of a file are printed. */
const shown = 5

/** What came of a file. */
interface Tally {
  readonly scenarios: number
  readonly steps: number
  readonly mismatches: number
  readonly unreadable: number
}

/** Where lines go: what was found, and what could not be read. */
export interface Out {
  readonly say: (line: string) => void
  readonly complain: (line: string) => void
}

/** What went wrong, in a line. */
export const reason = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)

/** The lines of a file, each with its number. An empty one at the end is none. */
const linesOf = (path: string): readonly (readonly [number, string])[] => {
  const bytes = readFileSync(path)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const lines = text.split('\n')
  const whole = lines.at(-1) === '' ? lines.slice(0, -1) : lines
  return whole.map((line, i) => [i + 1, line])
}

/** The lines of a file; none of one that cannot be read at all, which is told. */
const readLines = ({ complain }: Out, path: string): ReturnType<typeof linesOf> => {
  try {
    return linesOf(path)
  } catch (error) {
    complain(`${basename(path)}: cannot be read: ${reason(error)}`)
    return []
  }
}

const describe = (
  { say }: Out,
  file: string,
  line: number,
  { id, mismatches }: Replayed,
  room: number,
): void => {
  for (const { expected, field, got, step } of mismatches.slice(0, room)) {
    const where = step === undefined ? '' : `, step ${step}`
    say(`${file}:${line}, ${id}${where}: ${field}: expected ${expected}, got ${got}`)
  }
}

const replayFile = (out: Out, path: string): Tally => {
  const { complain } = out
  const file = basename(path)
  let [scenarios, steps, mismatches, unreadable] = [0, 0, 0, 0]
  for (const [number, line] of readLines(out, path)) {
    try {
      const replayed = replay(JSON.parse(line))
      describe(out, file, number, replayed, Math.max(shown - mismatches, 0))
      scenarios += 1
      steps += replayed.steps
      mismatches += replayed.mismatches.length
    } catch (error) {
      unreadable += 1
      complain(`${file}:${number}: cannot be read: ${reason(error)}`)
    }
  }
  if (scenarios + unreadable === 0) {
    unreadable += 1
    complain(`${file}: there is nothing to replay in it`)
  }
  return { scenarios, steps, mismatches, unreadable }
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /\.jsonl(\.gz)?$/.test(name))
    .sort()
    .map((name) => join(folder, name))

const row = (...cells: readonly (number | string)[]): string =>
  cells.map((cell, i) => (i === 0 ? `${cell}`.padEnd(20) : `${cell}`.padStart(11))).join(' ')

const total = (tallies: readonly Tally[], what: keyof Tally): number =>
  tallies.reduce((sum, tally) => sum + tally[what], 0)

/** The status that replaying a folder ends with: 0 if all is as recorded, 1 if something is not, 2 if something cannot be read. */
export const run = (args: readonly string[], out: Out): number => {
  const { complain, say } = out
  const [folder] = args
  if (folder === undefined || args.length > 1) {
    complain('usage: npm run -s vectors -- DIR, a folder with *.jsonl or *.jsonl.gz files')
    return 2
  }
  const files = filesIn(folder)
  if (files.length === 0) {
    complain(`${folder}: there is no *.jsonl file in it`)
    return 2
  }
  say(row('file', 'scenarios', 'steps', 'mismatches'))
  const tallies = files.map((path) => {
    const tally = replayFile(out, path)
    say(row(basename(path), tally.scenarios, tally.steps, tally.mismatches))
    return tally
  })
  say(
    row(
      'all',
      ...(['scenarios', 'steps', 'mismatches'] as const).map((what) => total(tallies, what)),
    ),
  )
  if (total(tallies, 'unreadable') > 0) return 2
  return total(tallies, 'mismatches') > 0 ? 1 : 0
}
