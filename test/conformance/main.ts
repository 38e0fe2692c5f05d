/**
 * main: the lines of spec/conformance, drawn, stored, and answered again.
 *
 *   npm run -s conformance -- steps [--steps N] [--seed N]   so many commands and calls, with answers, to standard output
 *   npm run -s conformance -- store                          writes spec/conformance/vectors-*.jsonl
 *   npm run -s conformance -- replay FILE…                   answers the lines of files again: exit status 1 where one differs
 *
 * What happened, and why something did not, is told as a table on standard error.
 */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { seeded } from '../random.js'
import { byHand, drawn } from './calls.js'
import type { Fields } from './form.js'
import { answered, replay } from './replay.js'
import { scenes } from './scenes.js'
import { sessions, tally } from './session.js'
import { stored } from './stored.js'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    steps: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
  },
})
const [what, ...files] = positionals

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const textOf = (lines: readonly Fields[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('')

/** As many calls as an eighth of the commands. */
const CALLS = 8

const steps = (many: number, seed: number): void => {
  const seen = tally()
  const length = { commands: 100, looks: 25 }
  let made = 0
  for (const one of sessions(seeded(seed), seed, length, seen)) {
    made += one.commands
    process.stdout.write(textOf(one.lines))
    if (made >= many) break
  }
  process.stdout.write(textOf(scenes))
  process.stdout.write(textOf([...byHand, ...drawn(seed, Math.ceil(many / CALLS))].map(answered)))
  for (const [row, count] of [...seen.rows].sort())
    process.stderr.write(`${String(count).padStart(8)} ${row}\n`)
  process.stderr.write(`${String(seen.edges).padStart(8)} edges\n`)
  process.stderr.write(`${String(seen.outcomes.size).padStart(8)} different outcomes\n`)
}

const store = (): void => {
  for (const [name, lines] of stored()) {
    writeFileSync(join('spec/conformance', name), textOf(lines))
    say(`${name}: ${lines.length} lines`)
  }
}

const replayAll = (): void => {
  for (const file of files) {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
    const { calls, commands, departures, states } = replay(lines)
    for (const one of departures.slice(0, 5)) say(`${file}: ${one}`)
    say(
      `${file}: ${commands} commands, ${states} states and ${calls} calls, ${departures.length} depart`,
    )
    if (departures.length > 0) process.exitCode = 1
  }
}

switch (what) {
  case 'steps':
    steps(Number(values.steps), Number(values.seed))
    break
  case 'store':
    store()
    break
  case 'replay':
    replayAll()
    break
  default:
    process.stderr.write('wanted: steps, store, or replay FILE…\n')
    process.exitCode = 2
}
