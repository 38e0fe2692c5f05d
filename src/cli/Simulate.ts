/**
 * Simulate: the command that replays a crash day by one auction or both.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Outcome, Simulate, type Stage } from '../tuning/index.js'
import * as Compare from './Compare.js'
import * as Document from './Document.js'
import * as Flag from './Flag.js'
import { type Io, mismatch, type Problem } from './Io.js'
import * as LogFile from './LogFile.js'
import * as Report from './Report.js'
import * as Setup from './Setup.js'

export interface Flags extends Setup.Flags {
  readonly json?: boolean
  readonly lots?: boolean
  readonly log?: string
}

/** The outcome of each stage, while a bar shows how far they are; of the first, all that happened is told. */
const runAll = (
  io: Io,
  stages: readonly Stage.Stage[],
  onEnd: (log: readonly Simulate.Caused[]) => void,
): E.Either<Problem, readonly Outcome.Outcome[]> => {
  const progress = io.progress('simulating')
  const outcomes = stages.map((stage, i) =>
    Simulate.on(stage, {
      onBlock: (part) => {
        progress.update((i + part) / stages.length)
      },
      ...(i === 0 ? { onEnd } : {}),
    }),
  )
  progress.stop()
  return pipe(E.sequenceArray(outcomes), E.mapLeft(Flag.unfit))
}

/** What a setting should do to losses beside another: less capital and a longer delay make them worse. */
const expected = (setup: Setup.Setup, base: Setup.Setup['common']): Compare.Expected => {
  const total = base.bidders.reduce((sum, { capital }) => sum + capital, 0n)
  const delay = base.oracle.rests
  const isHarder = setup.capital < total || setup.oracleDelay > delay
  const isEasier = setup.capital > total || setup.oracleDelay < delay
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
  const stages = (common: Setup.Setup['common']): readonly Stage.Stage[] =>
    setup.auctions.map(({ terms }) => ({ ...common, terms }))
  const ran = runAll(
    io,
    [...stages(setup.common), ...(base === undefined ? [] : stages(base))],
    (log) => {
      happened = log
    },
  )
  if (E.isLeft(ran)) return ran
  const outcomes = ran.right
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
