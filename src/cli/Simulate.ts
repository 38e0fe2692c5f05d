/**
 * Simulate: the command that replays a crash day by one auction or both.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Outcome, Simulate, type Stage } from '../tuning/index.js'
import { Compare, type Day, Pictures } from '../report/index.js'
import * as Document from './Document.js'
import * as Drawn from './Drawn.js'
import * as Flag from './Flag.js'
import { type Io, mismatch, type Problem } from './Io.js'
import * as LogFile from './LogFile.js'
import * as Report from './Report.js'
import * as Scene from './Scene.js'
import * as Setup from './Setup.js'

export type Flags = Scene.Flags &
  Drawn.Flags & {
    readonly json?: boolean
    readonly lots?: boolean
    readonly log?: string
  }

/** What was run: each auction with all that happened in it, and the same with the defaults to compare with. */
interface Ran {
  readonly runs: readonly Day.Run[]
  readonly bases: readonly Outcome.Outcome[]
}

/** Runs each stage, while a bar shows how far they are. */
const runAll = (io: Io, stages: readonly Stage.Stage[]): E.Either<Problem, readonly Day.Run[]> => {
  const progress = io.progress('simulating')
  const runs = stages.map((stage, i) => {
    let log: Day.Run['log'] = []
    let market = stage.path
    const outcome = Simulate.on(stage, {
      onBlock: (part) => {
        progress.update((i + part) / stages.length)
      },
      onEnd: (happened, prices) => {
        log = happened
        market = prices
      },
    })
    return E.map((outcome: Outcome.Outcome): Day.Run => {
      return { outcome, log, market, terms: stage.terms }
    })(outcome)
  })
  progress.stop()
  return pipe(E.sequenceArray(runs), E.mapLeft(Flag.unfit))
}

/** What there is to be told. */
interface Told {
  readonly runs: readonly Day.Run[]
  readonly outcomes: readonly Outcome.Outcome[]
  readonly comparisons: readonly string[]
}

/** What a setting should do to losses beside another: less capital and a longer delay make them worse. */
const expected = ({ common }: Setup.Setup, base: Setup.Setup['common']): Compare.Expected => {
  const totalOf = ({ bidders }: Setup.Setup['common']): bigint =>
    bidders.reduce((sum, { capital }) => sum + capital, 0n)
  const [total, least] = [totalOf(common), totalOf(base)]
  const [delay, usual] = [common.oracle.rests, base.oracle.rests]
  const isHarder = total < least || delay > usual
  const isEasier = total > least || delay < usual
  return isHarder && isEasier ? 'either' : isHarder ? 'more' : 'less'
}

const run = (
  io: Io,
  setup: Setup.Setup,
  base: Setup.Setup['common'] | undefined,
): E.Either<Problem, Ran> => {
  const stages = (common: Setup.Setup['common']): readonly Stage.Stage[] =>
    setup.auctions.map(({ terms }) => ({ ...common, terms }))
  return pipe(
    runAll(io, [...stages(setup.common), ...(base === undefined ? [] : stages(base))]),
    E.map((all) => ({
      runs: all.slice(0, setup.auctions.length),
      bases: all.slice(setup.auctions.length).map(({ outcome }) => outcome),
    })),
  )
}

/** Runs what was read, and writes the log; what there is to be told of it, or nothing where a sum does not come out. */
const carryOut = (
  io: Io,
  flags: Flags,
  setup: Setup.Setup,
): E.Either<Problem, Told | undefined> => {
  const begun = flags.log === undefined ? undefined : LogFile.begin(setup.auctions)
  if (begun !== undefined && E.isLeft(begun)) return begun
  const base = Setup.reference(setup)
  const ran = run(io, setup, base)
  if (E.isLeft(ran)) return ran
  const { bases, runs } = ran.right
  const outcomes = runs.map(({ outcome }) => outcome)
  const broken = outcomes.find((outcome) => !Outcome.isWhole(outcome))
  if (broken !== undefined) {
    io.err(
      `knockdown: check failed: MKT-16: the ${broken.auction} auction's sums do not come out\n`,
    )
    return E.right(undefined)
  }
  if (flags.log !== undefined && begun !== undefined) {
    const written = io.write(flags.log, LogFile.text(begun.right, runs[0]?.log ?? []))
    if (E.isLeft(written))
      return E.left(mismatch('--log', flags.log, `a file that can be written: ${written.left}`))
  }
  const comparisons = bases.flatMap((then, i) => {
    const now = outcomes[i]
    return now === undefined || base === undefined
      ? []
      : [Compare.withDefault(now, then, expected(setup, base))]
  })
  return E.right({ runs, outcomes, comparisons })
}

/** What there is to see of a day. */
const found = (setup: Setup.Setup, { runs }: Told, text: string): Drawn.Found => ({
  title: `A crash under ${setup.auctions.map(({ name }) => name).join(' and ')}: ${setup.file}`,
  pictures: Pictures.ofDay({
    asset: runs[0]?.terms.collaterals[0]?.asset ?? '',
    runs,
  }),
  text,
})

/** Prints what the flags ask for: 0 when done, 1 when a sum does not come out, or why it cannot be done. */
export const simulate = (
  io: Io,
  flags: Flags,
): E.Either<Problem, 0 | 1> | Promise<E.Either<Problem, 0 | 1>> => {
  if (flags.lots === true && flags.json !== true) return E.left('--lots: wanted --json with it')
  const read = Scene.read(io, flags)
  if (E.isLeft(read)) return read
  const setup = read.right
  const tell = ({ comparisons, outcomes }: Told): string =>
    Report.text(setup, outcomes, comparisons)
  const done = (told: Told, places = ''): E.Either<Problem, 0> => {
    io.out(
      flags.json === true
        ? Document.text(setup, told.outcomes, told.comparisons, flags.lots === true)
        : `${tell(told)}${places}`,
    )
    return E.right(0)
  }
  if (!Drawn.isAsked(flags)) {
    const told = carryOut(io, flags, setup)
    if (E.isLeft(told)) return told
    return told.right === undefined ? E.right(1) : done(told.right)
  }
  return Drawn.before(io, flags, async (write) => {
    const told = carryOut(io, flags, setup)
    if (E.isLeft(told)) return told
    const { right } = told
    if (right === undefined) return E.right(1)
    const places = await write(() => found(setup, right, tell(right)))
    return E.isLeft(places) ? places : done(right, places.right)
  })
}
