/**
 * Expect: the command that runs one set of terms many times, and says what is to be expected of them, and how sure that is.
 *
 * Laws: TUN-2, TUN-16 (spec/23-tuning.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Figures as Format, Numbers } from '../report/index.js'
import { Figures, Statistics } from '../tuning/index.js'
import * as Asked from './Asked.js'
import * as Auctions from './Auctions.js'
import * as Flag from './Flag.js'
import type { Io, Problem } from './Io.js'
import * as Runs from './Runs.js'
import * as Working from './Working.js'

interface Plan {
  readonly asked: Asked.Asked
  readonly cases: Asked.Asked['cases']
  readonly threads: number
}

/** What a figure comes to over all runs. */
type Expected = readonly (readonly [Figures.Name, Statistics.Summary])[]

const read = (io: Io, name: string, flags: Asked.RunFlags): E.Either<Problem, Plan> =>
  pipe(
    E.Do,
    E.apS('threads', Flag.whole(0, 1024)('--threads', flags.threads)),
    E.apSW('named', Auctions.readTerms(io, name, flags.unchecked === true)),
    E.bindW('asked', ({ named }) => Asked.read(io, flags, named)),
    E.map(({ asked, threads }) => ({ asked, cases: Asked.allOf(asked), threads })),
  )

const tried = async (
  { asked, cases }: Plan,
  runs: Runs.Runs,
): Promise<E.Either<Problem, Expected | undefined>> => {
  const found = await runs.of([{ texts: [asked.name], terms: asked.terms }], cases)
  if (E.isLeft(found) || found.right === undefined) return found as E.Either<Problem, undefined>
  const [all = []] = found.right
  const failed = runs.failed().length
  if (failed > 0) return E.left(`${failed} runs failed: nothing is expected without them`)
  return E.right(
    Figures.names.flatMap((name) => {
      const summary = Statistics.summary(Runs.figure(name, all))
      return summary === undefined ? [] : [[name, summary] as const]
    }),
  )
}

const text = ({ asked, cases }: Plan, expected: Expected): string =>
  [
    `${asked.name}, ${Format.counted(cases.length, 'run')} (${Asked.days(cases)}).\n\n`,
    Format.table([
      ['figure', 'mean', 'median', '95 of 100 below', 'worst 5 %, mean', 'worst 1 %, mean'],
      ...expected.map(([name, { mean, median, p95, standardError, worst1, worst5 }]) => [
        name,
        Numbers.withError(mean, standardError),
        ...[median, p95, worst5, worst1].map(Numbers.shown),
      ]),
    ]),
    '\nThe error is that of the mean, over days and seeds like these; docs/metrics.md defines the figures.\n',
  ].join('')

const json = ({ asked, cases }: Plan, expected: Expected): string =>
  `${JSON.stringify(
    {
      terms: asked.name,
      cases,
      figures: Object.fromEntries(
        expected.map(([name, summary]) => [
          name,
          { ...summary, standardError: summary.standardError ?? null },
        ]),
      ),
    },
    null,
    2,
  )}\n`

export const expect = (
  io: Io,
  name: string,
  flags: Asked.RunFlags,
): E.Either<Problem, 0> | Promise<E.Either<Problem, 0>> => {
  const plan = read(io, name, flags)
  if (E.isLeft(plan)) return plan
  const { asked, cases, threads } = plan.right
  return Working.on(
    io,
    'running',
    { csv: flags.csv, database: flags.database, threads },
    asked.job,
    ['terms'],
    cases.length,
    (runs) => tried(plan.right, runs),
    (found) => Promise.resolve(E.right((flags.json === true ? json : text)(plan.right, found))),
  )
}
