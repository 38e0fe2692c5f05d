/**
 * Sweep: the command that tries settings of terms all over their ranges, and says which are best, by one figure or by several.
 *
 * Laws: TUN-4, TUN-7, TUN-17 (spec/23-tuning.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Figures, Pareto, Points, type Space, Statistics, Tune } from '../tuning/index.js'
import * as Asked from './Asked.js'
import { Figures as Format, Numbers, Pictures, type Study } from '../report/index.js'
import * as Bars from './Bars.js'
import * as Drawn from './Drawn.js'
import * as Flag from './Flag.js'
import { type Io, mismatch, type Problem } from './Io.js'
import * as Runs from './Runs.js'
import * as Auctions from './Auctions.js'
import * as Unsold from './Unsold.js'
import * as Working from './Working.js'

// Model

export interface Flags extends Asked.Flags, Drawn.Flags {
  readonly vary: string
  readonly objective: string
  readonly grid?: string
  readonly points?: string
  readonly seed: string
  readonly threads: string
  readonly database?: string
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

interface Found {
  readonly rows: readonly Study.Row[]
  readonly front: ReadonlySet<Study.Row>
  /** The mean debt that each leaves open. */
  readonly open: ReadonlyMap<Study.Row, number>
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

const objectivesOf = (text: string): E.Either<Problem, readonly Figures.Name[]> =>
  pipe(
    text.split(','),
    E.traverseArray(Asked.objective),
    E.filterOrElse(
      (names) => new Set(names).size === names.length,
      () => mismatch('--objective', text, 'each figure once'),
    ),
  )

const read = (io: Io, flags: Flags): E.Either<Problem, Plan> =>
  pipe(
    E.Do,
    E.apS('objectives', objectivesOf(flags.objective)),
    E.apS('threads', Flag.whole(0, 1024)('--threads', flags.threads)),
    E.apSW('named', Auctions.readTerms(io, flags.terms, false)),
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
  const rows = found.right.map((row, i): Study.Row => {
    const figures = objectives.map((name) => Runs.figure(name, row))
    const { point, texts } = settings[i] as Tune.Asked
    return {
      texts,
      point,
      means: figures.map(Statistics.mean),
      errors: figures.map(Statistics.standardError),
    }
  })
  const open = new Map(
    rows.map((row, i) => [row, Statistics.mean(Runs.figure('open', found.right?.[i] ?? []))]),
  )
  const ranked = [...rows].sort((a, b) => (a.means[0] ?? 0) - (b.means[0] ?? 0))
  const front = new Set(Pareto.front(ranked, ({ means }) => means))
  return E.right({ rows: ranked, front, open, failed: runs.failed() })
}

// Telling

/** How wide the longest bar beside a figure is. */
const BAR = 12

/** How many settings are printed. */
const TOLD = 20

const text = ({ asked, objectives, settings, space, unsafe }: Plan, found: Found): string => {
  const several = objectives.length > 1
  const shownRows = several ? found.rows.filter((row) => found.front.has(row)) : found.rows
  const most = shownRows.slice(0, TOLD)
  const bars = objectives.map((_, i) =>
    Bars.column(
      most.map(({ means }) => means[i] as number),
      BAR,
    ),
  )
  return [
    `${settings.length} settings of ${asked.name}, each on ${asked.cases.length} runs (${Asked.days(asked.cases)}); ${unsafe} more are known to lose money and were not tried.\n`,
    several
      ? `Those that no other is better than in ${objectives.join(', ')} at once:\n\n`
      : `Those with the least mean ${objectives[0] ?? ''}:\n\n`,
    Format.table([
      [...space.settings.map(({ name }) => name), ...objectives.flatMap((name) => [name, ''])],
      ...most.map(({ errors, means, texts }, row) => [
        ...texts,
        ...means.flatMap((mean, i) => [Numbers.withError(mean, errors[i]), bars[i]?.[row] ?? '']),
      ]),
    ]),
    ...(shownRows.length > most.length
      ? [`and ${shownRows.length - most.length} more: --json tells all\n`]
      : []),
    ...Unsold.line(
      objectives,
      'The first settings',
      most.slice(0, 1).map((row) => found.open.get(row) ?? 0),
    ),
    ...(found.failed.length === 0
      ? []
      : [`${found.failed.length} runs failed: ${found.failed[0] ?? ''}\n`]),
  ].join('')
}

const json = (
  { asked, objectives, space, unsafe }: Plan,
  { failed, front, open, rows }: Found,
): string =>
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
        open: open.get(row) ?? null,
        onFront: front.has(row),
      })),
      failed,
    },
    null,
    2,
  )}\n`

/** What there is to see of what was tried. */
const drawn = (plan: Plan, found: Found, isGrid: boolean): Drawn.Found => {
  const { asked, objectives, space } = plan
  const names = space.settings.map(({ name }) => name).join(', ')
  return {
    title: `${asked.name} swept over ${names}`,
    pictures: Pictures.ofStudy({ space, objectives, rows: found.rows, isGrid }),
    text: text(plan, found),
  }
}

export const sweep = (
  io: Io,
  flags: Flags,
): E.Either<Problem, 0> | Promise<E.Either<Problem, 0>> => {
  const asking = read(io, flags)
  if (E.isLeft(asking)) return asking
  const plan = asking.right
  const { asked, settings, space, threads } = plan
  return Drawn.before(io, flags, (write) =>
    Working.on(
      io,
      'sweeping',
      { csv: flags.csv, database: flags.database, threads },
      asked.job,
      space.settings.map(({ name }) => name),
      settings.length * asked.cases.length,
      (runs) => tried(plan, runs),
      (found) =>
        Drawn.told(
          write,
          () => drawn(plan, found, flags.grid !== undefined),
          flags.json === true ? json(plan, found) : undefined,
        ),
    ),
  )
}
