/**
 * Stored: which of many sessions are kept in spec/conformance: those in which the most happens that no other kept one has.
 */

import { seeded } from '../random.js'
import { byHand, drawn } from './calls.js'
import type { Fields } from './form.js'
import { answered } from './replay.js'
import { scenes } from './scenes.js'
import { type Drawn, sessions, tally } from './session.js'

/** How many commands are stored at least, in files of about so many, and from how many sessions they are chosen. */
const COMMANDS = 2000
const A_FILE = 500
const POOL = 1500

const SEED = 1
const length = { commands: 45, looks: 1000 }
const CALLS = 240

/** The fewest times that each row of the table happens in what is kept. */
const LEAST = 4

const pool = (): readonly Drawn[] => {
  const all = sessions(seeded(SEED), SEED, length, tally())
  return Array.from({ length: POOL }, () => all.next().value)
}

const sizeOf = ({ lines }: Drawn): number => JSON.stringify(lines).length

/** Sessions one after the other, each with the most, for its size, that the ones before it lack. */
const chosen = (from: readonly Drawn[]): readonly Drawn[] => {
  const counts = new Map<string, number>()
  const lacks = ({ outcomes, rows }: Drawn): number =>
    [...outcomes].filter((one) => !counts.has(one)).length +
    100 * [...rows].filter((row) => (counts.get(row) ?? 0) < LEAST).length
  const kept: Drawn[] = []
  const left = new Map(from.map((one) => [one, sizeOf(one)]))
  let commands = 0
  while (commands < COMMANDS && left.size > 0) {
    const [best] = [...left]
      .map(([one, size]) => [one, lacks(one) / size] as const)
      .reduce((a, b) => (b[1] > a[1] ? b : a))
    left.delete(best)
    kept.push(best)
    commands += best.commands
    for (const one of [...best.outcomes, ...best.rows]) counts.set(one, (counts.get(one) ?? 0) + 1)
  }
  return kept
}

/** The files to be stored: their names and lines. */
export const stored = (): ReadonlyMap<string, readonly Fields[]> => {
  const files = new Map<string, readonly Fields[]>()
  let lines: readonly Fields[] = []
  let commands = 0
  const close = (): void => {
    files.set(`vectors-${files.size + 1}.jsonl`, lines)
    lines = []
    commands = 0
  }
  for (const one of chosen(pool())) {
    lines = [...lines, ...one.lines]
    commands += one.commands
    if (commands >= A_FILE) close()
  }
  if (commands > 0) close()
  files.set('vectors-scenes.jsonl', scenes)
  files.set('vectors-calls.jsonl', [...byHand, ...drawn(SEED, CALLS)].map(answered))
  return files
}
