/**
 * Sweep: the command that tries settings of terms all over their ranges, and says which are best, by one figure or by several.
 *
 * Laws: TUN-4, TUN-7 (spec/23-tuning.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Figures, Pareto, Points, type Space, Statistics, Tune } from '../tuning/index.js'
import * as Asked from './Asked.js'
import { table } from './Figures.js'
import * as Flag from './Flag.js'
import { type Io, mismatch, type Problem } from './Io.js'
import { withError } from './Numbers.js'
import * as Runs from './Runs.js'
import * as Setup from './Setup.js'
import * as Working from './Working.js'

// Model

export interface Flags extends Asked.Flags {
  readonly vary: string
  readonly objective: string
  readonly grid?: string
  readonly points?: string
  readonly seed: string
  readonly threads: string
  readonly csv?: string
  readonly json?: boolean
}

interface Plan {
  readonly asked: Asked.Asked
  readonly space: Space.Space
  readonly objectives: readonly Figures.Name[]
  readonly settings: readonly Tune.Asked[]
  /** Points where the settings are known to lose money. */
  readonly unsafe: number
  readonly threads: number
}

/** Settings, and what they came to: of each figure that counts its mean, with its error. */
interface Row {
  readonly texts: Tune.Texts
  readonly means: readonly number[]
  readonly errors: readonly (number | undefined)[]
}

interface Found {
  readonly rows: readonly Row[]
  readonly front: ReadonlySet<Row>
  readonly failed: readonly Problem[]
}

/** More points than anybody waits for. */
const MOST = 1_000_000

const pointsOf = (flags: Flags, space: Space.Space): E.Either<Problem, readonly Points.Point[]> => {
  const sides = space.settings.length
  if (flags.grid !== undefined && flags.points !== undefined)
    return E.left(mismatch('--points', flags.points, '--grid or --points, not both'))
  if (flags.grid !== undefined)
    return pipe(
      Flag.whole(1, Math.floor(MOST ** (1 / sides)))('--grid', flags.grid),
      E.map((count) => Points.grid(space.settings.map(() => count))),
    )
  return pipe(
    E.Do,
    E.apS('count', Flag.whole(1, MOST)('--points', flags.points ?? '50')),
    E.apS('seed', Flag.integer('--seed', flags.seed)),
    E.map(({ count, seed }) =>
      Array.from({ length: count }, (_, i) => Points.spread(seed, sides, i)),
    ),
  )
}

const read = (io: Io, flags: Flags): E.Either<Problem, Plan> =>
  pipe(
    E.Do,
    E.apS('objectives', E.traverseArray(Asked.objective)(flags.objective.split(','))),
    E.apS('threads', Flag.whole(0, 1024)('--threads', flags.threads)),
    E.apSW('named', Setup.readTerms(io, flags.terms, false)),
    E.bindW('space', ({ named }) => Asked.space(named.terms, flags.vary)),
    E.bindW('points', ({ space }) => pointsOf(flags, space)),
    E.map(({ points, space, ...rest }) => {
      const safe = points.flatMap((point) => Tune.askedFor(space, point) ?? [])
      const settings = [...new Map(safe.map((one) => [one.texts.join(' '), one])).values()]
      return { ...rest, space, settings, unsafe: points.length - safe.length }
    }),
    E.filterOrElseW(
      ({ settings }) => settings.length > 0,
      () => mismatch('--vary', flags.vary, 'ranges in which some settings are safe'),
    ),
    E.bindW('asked', ({ named }) => Asked.read(io, flags, named)),
  )

// Running

const tried = async (
  plan: Plan,
  runs: Runs.Runs,
): Promise<E.Either<Problem, Found | undefined>> => {
  const { asked, objectives, settings } = plan
  const found = await runs.of(settings, asked.cases)
  if (E.isLeft(found) || found.right === undefined) return found as E.Either<Problem, undefined>
  const rows = found.right.map((row, i): Row => {
    const figures = objectives.map((name) => Runs.figure(name, row))
    return {
      texts: settings[i]?.texts ?? [],
      means: figures.map(Statistics.mean),
      errors: figures.map(Statistics.standardError),
    }
  })
  const ranked = [...rows].sort((a, b) => (a.means[0] ?? 0) - (b.means[0] ?? 0))
  const front = new Set(Pareto.front(ranked, ({ means }) => means))
  return E.right({ rows: ranked, front, failed: runs.failed() })
}

// Telling

/** How many settings are printed. */
const TOLD = 20

const text = ({ asked, objectives, settings, space, unsafe }: Plan, found: Found): string => {
  const several = objectives.length > 1
  const shownRows = several ? found.rows.filter((row) => found.front.has(row)) : found.rows
  const most = shownRows.slice(0, TOLD)
  return [
    `${settings.length} settings of ${asked.name}, each on ${asked.cases.length} runs (${Asked.days(asked.cases)}); ${unsafe} more are known to lose money and were not tried.\n`,
    several
      ? `Those that no other is better than in ${objectives.join(', ')} at once:\n\n`
      : `Those with the least mean ${objectives[0] ?? ''}:\n\n`,
    table([
      [...space.settings.map(({ name }) => name), ...objectives],
      ...most.map(({ errors, means, texts }) => [
        ...texts,
        ...means.map((mean, i) => withError(mean, errors[i])),
      ]),
    ]),
    ...(shownRows.length > most.length
      ? [`and ${shownRows.length - most.length} more: --json tells all\n`]
      : []),
    ...(found.failed.length === 0
      ? []
      : [`${found.failed.length} runs failed: ${found.failed[0] ?? ''}\n`]),
  ].join('')
}

const json = ({ asked, objectives, space, unsafe }: Plan, { failed, front, rows }: Found): string =>
  `${JSON.stringify(
    {
      objectives,
      cases: asked.cases,
      unsafe,
      settings: rows.map((row) => ({
        settings: Object.fromEntries(space.settings.map(({ name }, i) => [name, row.texts[i]])),
        figures: Object.fromEntries(
          objectives.map((name, i) => [
            name,
            { mean: row.means[i], standardError: row.errors[i] ?? null },
          ]),
        ),
        onFront: front.has(row),
      })),
      failed,
    },
    null,
    2,
  )}\n`

export const sweep = (
  io: Io,
  flags: Flags,
): E.Either<Problem, 0> | Promise<E.Either<Problem, 0>> => {
  const plan = read(io, flags)
  if (E.isLeft(plan)) return plan
  const { asked, settings, space, threads } = plan.right
  return Working.on(
    io,
    'sweeping',
    { csv: flags.csv, threads },
    asked.terms,
    space.settings.map(({ name }) => name),
    settings.length * asked.cases.length,
    (runs) => tried(plan.right, runs),
    (found) => (flags.json === true ? json : text)(plan.right, found),
  )
}
