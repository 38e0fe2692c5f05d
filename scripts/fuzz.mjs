/**
 * Sends lines that nobody should send, and bids that somebody might, to `knockdown engine`, and holds it to one answer
 * each, in their order, to its memory, and to a store in which nothing is wrong then:
 * `node scripts/fuzz.mjs [lines] [seed] [database]` (100000, 1, a new folder of PGlite).
 */

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostile, huge } from './hostile.mjs'
import { founding, granted, grantedToFound } from './market.mjs'

const [lines = '100000', seed = '1', database] = process.argv.slice(2)
const many = Number(lines)
const root = join(import.meta.dirname, '..')
const main = join(root, 'dist/cli/main.mjs')
const temporary = mkdtempSync(join(tmpdir(), 'knockdown-fuzz-'))
const at = ['--database', database ?? join(temporary, 'store')]

/**
 * Memory is measured from when so many lines were answered: PGlite's own, about a gigabyte, and what an engine
 * remembers are there by then. From there on it may grow by so many bytes a line: a leak of 2 kB a line is more.
 */
const SETTLED = many / 5
const MOST_A_LINE = 1536

/** A line of every so many is of ten megabytes. */
const HUGE = 5000

/** What has to happen, and to be refused by the core, so that it was a trial. */
const WANTED = ['Opened', 'Taken', 'Closed', 'Raised', 'Held', 'Quoted']
const REFUSED = ['DUT', 'ENG', 'HOU', 'POS', 'TRE', 'PRT']

const faults = []

/** Carries out a command line to its end, and answers what it printed. */
const knockdown = (argv, input = '') => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, ...argv, ...at], {
    input,
    encoding: 'utf8',
  })
  if (status !== 0) faults.push(`${argv[0]}: exit status ${status}: ${stdout}${stderr}`)
  return stdout
}

const founded = knockdown(['engine', '--grant', grantedToFound], founding.join('\n'))
for (const line of founded.split('\n'))
  if (line !== '' && !('events' in JSON.parse(line))) faults.push(`founding: ${line}`)

const child = spawn(process.execPath, [main, 'engine', ...at, '--grant', granted], {
  stdio: ['pipe', 'pipe', 'inherit'],
})

/** The memory that the process has had at most, in bytes: nothing where the system does not say. */
const peak = () => {
  try {
    const [, kilobytes = '0'] =
      /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) * 1024
  } catch {
    return 0
  }
}

const counts = { events: 0, refusal: 0, failure: 0, problem: 0 }

/** How often each event happened, and each rule refused something or was broken by a line. */
const found = { events: new Map(), refusal: new Map(), problem: new Map() }
const note = (kind, name) => found[kind].set(name, (found[kind].get(name) ?? 0) + 1)

let answered = 0
let most = 0
let settled = 0

const answer = (text) => {
  answered += 1
  try {
    const value = JSON.parse(text)
    const kind = Object.keys(counts).find((one) => one in value)
    if (kind === undefined) faults.push(`line ${answered}: no answer: ${text.slice(0, 200)}`)
    else counts[kind] += 1
    if (kind === 'failure') faults.push(`line ${answered}: ${text.slice(0, 200)}`)
    if (kind === 'events') for (const { event } of value.events) note(kind, event._tag)
    if (kind === 'refusal') note(kind, `${value.refusal.rule} ${value.refusal._tag}`)
    if (kind === 'problem') note(kind, value.problem.rule)
    if (kind === 'problem' && value.line !== answered)
      faults.push(`line ${answered} is answered as ${value.line}`)
  } catch {
    faults.push(`line ${answered}: no JSON: ${text.slice(0, 200)}`)
  }
  if (answered % 1000 === 0 || answered === many) most = Math.max(most, peak())
  if (answered <= SETTLED) settled = most
}

let rest = ''
child.stdout.setEncoding('utf8').on('data', (text) => {
  const parts = (rest + text).split('\n')
  rest = parts.pop()
  for (const part of parts) answer(part)
})

const send = async () => {
  for (let n = 0; n < many && child.exitCode === null; n += 1) {
    const line = n % HUGE === HUGE / 2 ? huge(n / HUGE) : hostile(Number(seed), n)
    if (!child.stdin.write(Buffer.concat([line, Buffer.from('\n')])))
      await new Promise((resolve) => child.stdin.once('drain', resolve))
  }
  child.stdin.end()
}

child.stdin.on('error', () => undefined)
const ended = new Promise((resolve) => child.on('close', resolve))
await send()
const status = await ended
const verified = knockdown(['verify'])
rmSync(temporary, { recursive: true })

const listed = (all) =>
  [...all]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`
const grown = most - settled
const mayGrow = MOST_A_LINE * (many - SETTLED)

console.log(`${many} lines, ${answered} answers`)
console.log(`accepted ${counts.events}: ${listed(found.events)}`)
console.log(`refused by a rule ${counts.refusal}: ${listed(found.refusal)}`)
console.log(`unreadable ${counts.problem}: ${listed(found.problem)}`)
console.log(`not carried out ${counts.failure}`)
console.log(
  `exit status ${status}; memory at most ${megabytes(settled)} up to line ${SETTLED}, then ${megabytes(grown)} more (at most ${megabytes(mayGrow)})`,
)
console.log(verified.trimEnd())
if (answered !== many) faults.push(`${answered} answers to ${many} lines`)
if (status !== 0) faults.push(`exit status ${status}`)
if (grown > mayGrow) faults.push(`memory grew by more than ${MOST_A_LINE} bytes a line`)
if (!verified.endsWith('\nNothing is wrong.\n'))
  faults.push('verify does not find that nothing is wrong')
for (const name of WANTED) if (!found.events.has(name)) faults.push(`nothing was ${name}`)
const rules = [...found.refusal.keys()]
for (const page of REFUSED)
  if (!rules.some((rule) => rule.startsWith(page)))
    faults.push(`no rule of ${page} refused anything`)
for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`)
process.exitCode = faults.length === 0 ? 0 : 1
