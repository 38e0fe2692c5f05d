/**
 * main: simulated auctions beside the closed form.
 *
 *   npm run lab:deep                                     every setting, a million auctions each
 *   npm run lab                                          ten settings, a hundred thousand each
 *   … -- [--settings N] [--auctions N] [--exact N] [--seed N]
 *
 * Prints a line for each setting: what was found, what is expected, and the difference in standard
 * errors, z. The last lines are the same auctions by the exact core, fewer of them. The exit status is 1
 * where a z is above 4, or the mean of all is 1.1 or more.
 */

import process from 'node:process'
import { parseArgs } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { Moments, MonteCarlo, type Single } from '../../src/market/index.js'
import * as exact from './exact.js'
import { compare, finer, isChance, type Line, meanSize, settings } from './settings.js'

const { values } = parseArgs({
  options: {
    settings: { type: 'string', default: `${settings.length}` },
    auctions: { type: 'string', default: '1000000' },
    exact: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
  },
})
const auctions = Number(values.auctions)
const count = Math.min(Number(values.settings), settings.length)
const seed = BigInt(values.seed)

const say = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** So many settings, from all over the list. */
const chosen = Array.from(
  { length: count },
  (_, i) => settings[Math.floor((i * settings.length) / count)],
).filter((setting) => setting !== undefined)

const byKernel = (setting: Single.Setting, i: number): Line => {
  const kernel = MonteCarlo.make(setting)
  if (E.isLeft(kernel)) throw new Error(JSON.stringify(kernel.left))
  // Seeds of their own: settings that shared draws would be off together.
  return compare(setting, MonteCarlo.run(kernel.right, seed * 1000n + BigInt(i), auctions))
}

const byCore = (setting: Single.Setting, i: number): Line => {
  const parts = 1000
  const fine = finer(setting, parts)
  const terms = exact.compiled(fine)
  const draws = exact.draws(seed * 1000n + 500n + BigInt(i), 0)
  const found = Array.from({ length: Number(values.exact) }, () =>
    exact.auction(fine, terms, draws),
  ).filter((outcome) => outcome !== undefined)
  const of = (numbers: readonly number[]): Moments.Moments =>
    Moments.of(Float64Array.from(numbers), numbers.length)
  return compare(setting, {
    loss: of(found.map(({ loss }) => loss)),
    time: of(found.map(({ time }) => time / parts)),
  })
}

const begun = Date.now()
const told = (name: string, lines: Iterable<Line>): boolean => {
  const distances: number[] = []
  for (const { distances: some, text } of lines) {
    say(`${name}: ${text}`)
    distances.push(...some)
  }
  const most = Math.max(...distances.map(Math.abs))
  const holds = isChance(distances)
  say(
    `${name}: ${distances.length} z, the largest ${most.toFixed(2)} (4 at most), ${meanSize(distances).toFixed(3)} on average (below 1.1): ${holds ? 'holds' : 'FAILED'}`,
  )
  return holds
}

function* each(
  some: readonly Single.Setting[],
  run: (setting: Single.Setting, i: number) => Line,
): Generator<Line> {
  for (const [i, setting] of some.entries()) yield run(setting, i)
}

say(`${count} settings of ${settings.length}, ${auctions} auctions each, seed ${values.seed}`)
const quick = told('kernel', each(chosen, byKernel))
const slow = told(
  'core',
  each(
    chosen.filter((_, i) => i % 5 === 3),
    byCore,
  ),
)
say(`${((Date.now() - begun) / 1000).toFixed(1)} s`)
process.exitCode = quick && slow ? 0 : 1
