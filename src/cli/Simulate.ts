/**
 * Simulate: the command that replays a crash day by one auction or both.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Outcome, Simulate } from '../tuning/index.js'
import * as Compare from './Compare.js'
import * as Document from './Document.js'
import { type Io, mismatch, type Problem } from './Io.js'
import * as LogFile from './LogFile.js'
import * as Report from './Report.js'
import * as Setup from './Setup.js'

export interface Flags extends Setup.Flags {
  readonly json?: boolean
  readonly lots?: boolean
  readonly log?: string
}

/** The outcome of each scenario, while a bar shows how far they are; of the first, all that happened is told. */
const runAll = (
  io: Io,
  scenarios: readonly Simulate.Scenario[],
  onEnd: (log: readonly Simulate.Caused[]) => void,
): readonly Outcome.Outcome[] => {
  const progress = io.progress('simulating')
  const outcomes = scenarios.map((scenario, i) =>
    Simulate.run(
      scenario,
      (part) => {
        progress.update((i + part) / scenarios.length)
      },
      i === 0 ? onEnd : undefined,
    ),
  )
  progress.stop()
  return outcomes.filter((outcome) => outcome !== undefined)
}

/** What a setting should do to losses beside another: less capital and a longer delay make them worse. */
const expected = (setup: Setup.Setup, base: Setup.Setup['common']): Compare.Expected => {
  const total = base.bidders.reduce((sum, { capital }) => sum + capital, 0n)
  const isHarder = setup.capital < total || setup.oracleDelay > base.oracleDelay
  const isEasier = setup.capital > total || setup.oracleDelay < base.oracleDelay
  return isHarder && isEasier ? 'either' : isHarder ? 'more' : 'less'
}

/** Prints what the flags ask for: 0 when done, 1 when a sum does not come out, or why it cannot be done. */
export const simulate = (io: Io, flags: Flags): E.Either<Problem, 0 | 1> => {
  if (flags.lots === true && flags.json !== true) return E.left('--lots: wanted --json with it')
  const read = Setup.read(io, flags)
  if (E.isLeft(read)) return read
  const setup = read.right
  const begun = flags.log === undefined ? undefined : LogFile.begin(setup.auctions)
  if (begun !== undefined && E.isLeft(begun)) return begun
  let happened: readonly Simulate.Caused[] = []
  const base = Setup.reference(setup)
  const scenarios = (common: Setup.Setup['common']): readonly Simulate.Scenario[] =>
    setup.auctions.map(({ terms }) => ({ ...common, terms }))
  const outcomes = runAll(
    io,
    [...scenarios(setup.common), ...(base === undefined ? [] : scenarios(base))],
    (log) => {
      happened = log
    },
  )
  const runs = outcomes.slice(0, setup.auctions.length)
  const bases = outcomes.slice(setup.auctions.length)
  const broken = runs.find((run) => !Outcome.isWhole(run))
  if (broken !== undefined) {
    io.err(
      `knockdown: check failed: MKT-16: the ${broken.auction} auction's sums do not come out\n`,
    )
    return E.right(1)
  }
  if (flags.log !== undefined && begun !== undefined) {
    const written = io.write(flags.log, LogFile.text(begun.right, happened))
    if (E.isLeft(written))
      return E.left(mismatch('--log', flags.log, `a file that can be written: ${written.left}`))
  }
  const comparisons = bases.flatMap((then, i) => {
    const now = runs[i]
    return now === undefined || base === undefined
      ? []
      : [Compare.withDefault(now, then, expected(setup, base))]
  })
  io.out(
    flags.json === true
      ? Document.text(setup, runs, comparisons, flags.lots === true)
      : Report.text(setup, runs, comparisons),
  )
  return E.right(0)
}
