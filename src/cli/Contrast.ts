/**
 * Contrast: the command that runs two sets of terms on the same days and seeds, and says in which figures they differ.
 *
 * Laws: TUN-3 (spec/23-tuning.md), REP-17 (spec/24-report.md).
 */

import { basename } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Figures, Statistics } from '../tuning/index.js'
import * as Asked from './Asked.js'
import { Figures as Format, Numbers, Pictures } from '../report/index.js'
import * as Bars from './Bars.js'
import * as Drawn from './Drawn.js'
import * as Flag from './Flag.js'
import type { Io, Problem } from './Io.js'
import * as Runs from './Runs.js'
import { fileOf } from './Task.js'
import * as Auctions from './Auctions.js'
import * as Working from './Working.js'

export type Flags = Asked.RunFlags & Drawn.Flags

interface Plan {
  readonly asked: Asked.Asked
  readonly other: Auctions.Named
  readonly threads: number
}

/** Of one figure: on each run under the one and under the other. */
interface Row {
  readonly name: Figures.Name
  readonly a: readonly number[]
  readonly b: readonly number[]
}

const read = (io: Io, a: string, b: string, flags: Flags): E.Either<Problem, Plan> =>
  pipe(
    E.Do,
    E.apS('threads', Flag.whole(0, 1024)('--threads', flags.threads)),
    E.apSW('named', Auctions.readTerms(io, a, flags.unchecked === true)),
    E.apSW('other', Auctions.readTerms(io, b, flags.unchecked === true)),
    E.bindW('asked', ({ named }) => Asked.read(io, flags, named)),
  )

const tried = async (
  { asked, other }: Plan,
  runs: Runs.Runs,
): Promise<E.Either<Problem, readonly Row[] | undefined>> => {
  const cases = Asked.allOf(asked)
  const found = await runs.of(
    [
      { texts: ['a'], terms: asked.terms },
      { texts: ['b'], terms: other.terms },
    ],
    cases,
  )
  if (E.isLeft(found) || found.right === undefined) return found as E.Either<Problem, undefined>
  const [a = [], b = []] = found.right
  const failed = runs.failed().length
  if (failed > 0) return E.left(`${failed} runs failed: nothing is compared without them`)
  return E.right(
    Figures.names.map((name) => ({ name, a: Runs.figure(name, a), b: Runs.figure(name, b) })),
  )
}

const text = ({ asked, other }: Plan, rows: readonly Row[]): string =>
  [
    `a: ${asked.name}; b: ${other.name}; ${rows[0]?.a.length ?? 0} runs of each (${Asked.days(Asked.allOf(asked))}).\n\n`,
    Format.table([
      ['figure', 'a', 'b', 'a − b, run by run, with 95 % confidence'],
      ...rows.map(({ a, b, name }) => [
        name,
        Numbers.meanOf(a),
        Numbers.meanOf(b),
        Numbers.interval(Statistics.paired(a, b)),
      ]),
    ]),
    '\nThe mean loss:\n',
    ...Bars.lines(
      rows
        .filter(({ name }) => name === 'loss')
        .flatMap(({ a, b }) =>
          [
            { name: 'a', figures: a },
            { name: 'b', figures: b },
          ].map(({ figures, name }) => {
            const value = Statistics.mean(figures)
            return { labels: [name], value, text: Numbers.shown(value) }
          }),
        ),
    ).map((line) => `${line}\n`),
  ].join('')

const json = ({ asked, other }: Plan, rows: readonly Row[]): string =>
  `${JSON.stringify(
    {
      a: asked.name,
      b: other.name,
      cases: Asked.allOf(asked),
      figures: Object.fromEntries(
        rows.map(({ a, b, name }) => [
          name,
          {
            a: Statistics.summary(a) ?? null,
            b: Statistics.summary(b) ?? null,
            difference: Statistics.paired(a, b) ?? null,
          },
        ]),
      ),
    },
    null,
    2,
  )}\n`

/** What there is to see of both. */
const drawn = (plan: Plan, rows: readonly Row[]): Drawn.Found => {
  const { asked, other } = plan
  return {
    title: `${asked.name} beside ${other.name}`,
    pictures: Pictures.ofPaired({
      a: asked.name,
      b: other.name,
      days: Asked.allOf(asked).map((one) => basename(fileOf(one), '.csv')),
      pairs: rows,
    }),
    text: text(plan, rows),
  }
}

export const contrast = (
  io: Io,
  a: string,
  b: string,
  flags: Flags,
): E.Either<Problem, 0> | Promise<E.Either<Problem, 0>> => {
  const plan = read(io, a, b, flags)
  if (E.isLeft(plan)) return plan
  const { asked, threads } = plan.right
  return Drawn.before(io, flags, (write) =>
    Working.on(
      io,
      'comparing',
      { csv: flags.csv, database: flags.database, threads },
      asked.job,
      ['terms'],
      2 * Asked.allOf(asked).length,
      (runs) => tried(plan.right, runs),
      (rows) =>
        Drawn.told(
          write,
          () => drawn(plan.right, rows),
          flags.json === true ? json(plan.right, rows) : undefined,
        ),
    ),
  )
}
