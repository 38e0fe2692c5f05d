/**
 * Sends lines that nobody should send to `knockdown engine`, and holds it to one answer each, in their order, and to
 * its memory: `node scripts/fuzz.mjs [lines] [seed] [database]` (100000, 1, a new folder of PGlite).
 */

import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostile, huge } from './hostile.mjs'

const [lines = '100000', seed = '1', database] = process.argv.slice(2)
const many = Number(lines)
const root = join(import.meta.dirname, '..')
const main = join(root, 'dist/cli/main.mjs')
const temporary = mkdtempSync(join(tmpdir(), 'knockdown-fuzz-'))

/** More than this is not bounded by what a line may be. PGlite has a memory of its own. */
const MOST = 1536 * 2 ** 20

/** A line of every so many is of ten megabytes. */
const HUGE = 5000

const english = {
  _tag: 'English',
  minRaise: '0.05',
  bidLasts: '10800',
  lasts: '172800',
  ending: { _tag: 'Fixed' },
  reserve: '0',
  held: 'escrow',
  growth: '0',
  edges: 'halfOpen',
}
const treasury = {
  line: 'TREASURY',
  version: 1,
  width: 'unbounded',
  wait: '3600',
  surplus: {
    token: 'GOV',
    lot: '10000',
    buffer: '50000',
    limit: '30000',
    minFirstBid: '1',
    sale: english,
  },
  debt: { token: 'GOV', lot: '50000', tokens: '250', sale: { ...english, growth: '0.5' } },
}
const terms = join(temporary, 'terms')
mkdirSync(terms)
writeFileSync(join(terms, 'tokens.json'), '{"money": 6, "tokens": []}')
writeFileSync(join(terms, 'treasury.json'), JSON.stringify(treasury))

const child = spawn(
  process.execPath,
  [
    main,
    'engine',
    '--database',
    database ?? join(temporary, 'store'),
    '--terms',
    terms,
    '--grant',
    'prices',
  ],
  { stdio: ['pipe', 'pipe', 'inherit'] },
)

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
const faults = []
let answered = 0
let most = 0
let atStart = 0

const answer = (text) => {
  answered += 1
  try {
    const value = JSON.parse(text)
    const kind = Object.keys(counts).find((one) => one in value)
    if (kind === undefined) faults.push(`line ${answered}: no answer: ${text.slice(0, 200)}`)
    else counts[kind] += 1
    if (kind === 'failure') faults.push(`line ${answered}: ${text.slice(0, 200)}`)
    if (kind === 'problem' && value.line !== answered)
      faults.push(`line ${answered} is answered as ${value.line}`)
  } catch {
    faults.push(`line ${answered}: no JSON: ${text.slice(0, 200)}`)
  }
  if (answered === 1) atStart = peak()
  if (answered % 1000 === 0) most = Math.max(most, peak())
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
rmSync(temporary, { recursive: true })

const megabytes = (bytes) => `${Math.round(bytes / 2 ** 20)} MB`
console.log(`${many} lines, ${answered} answers: ${JSON.stringify(counts)}`)
console.log(
  `exit status ${status}; memory ${megabytes(atStart)} at the first answer, at most ${megabytes(most)}`,
)
if (answered !== many) faults.push(`${answered} answers to ${many} lines`)
if (status !== 0) faults.push(`exit status ${status}`)
if (most > MOST) faults.push(`memory above ${megabytes(MOST)}`)
for (const fault of faults.slice(0, 20)) console.log(`FAULT ${fault}`)
process.exitCode = faults.length === 0 ? 0 : 1
