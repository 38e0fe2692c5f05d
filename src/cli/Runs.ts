/**
 * Runs: settings, tried on days and seeds by a crew, and kept as rows of a CSV file: what is in the file is not run again.
 *
 * A file is of one command: its columns are the day, the seed, the settings, what tells the run from any other, and then
 * every figure.
 *
 * Laws: TUN-15 (spec/23-tuning.md).
 */

import { hash } from 'node:crypto'
import { basename, dirname } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { TermsJson } from '../codec/index.js'
import type { Terms } from '../core/index.js'
import { Figures, type Tune } from '../tuning/index.js'
import type { Crew } from './Crew.js'
import { type Io, mismatch, type Problem } from './Io.js'
import { type Case, fileOf, type Job } from './Task.js'

// Model

export interface Settings {
  readonly texts: Tune.Texts
  readonly terms: Terms.Terms
}

/** What a run came to. */
export type Run = Figures.Figures | { readonly why: Problem }

export interface Runs {
  /** The runs of settings on cases, in their order; nothing where it was stopped before. */
  readonly of: (
    settings: readonly Settings[],
    cases: readonly Case[],
  ) => Promise<E.Either<Problem, readonly (readonly Run[])[] | undefined>>
  readonly count: () => number
  readonly failed: () => readonly Problem[]
}

// As text

const quoted = (cell: string): string =>
  /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

const headerOf = (names: readonly string[]): string =>
  ['day', 'seed', ...names, 'run', ...Figures.names].map(quoted).join(',')

/** What a row begins with, as people read it. */
const nameOf = (day: Case, texts: readonly string[]): string =>
  [fileOf(day), day.seed, ...texts].map(quoted).join(',')

/** Tells a run from any other: by the terms, the case, and all that was read of files. */
const runOf = ({ base, files }: Job): ((day: Case, terms: string) => string) => {
  const job = hash('sha256', JSON.stringify([base, ...[...files].sort()]))
  return (day, terms) => hash('sha256', JSON.stringify([job, day, terms])).slice(0, 16)
}

/** The same without what tells it from others. */
const namesIn = (rows: ReadonlyMap<string, Run>): ReadonlySet<string> =>
  new Set([...rows.keys()].map((key) => key.slice(0, key.lastIndexOf(','))))

/** The figures of rows by what was run, or the line that is none. */
const rowsOf = (
  file: string,
  text: string,
  names: readonly string[],
): E.Either<Problem, Map<string, Run>> => {
  const [header = '', ...lines] = text.split('\n').filter((line) => line !== '')
  if (header !== headerOf(names))
    return E.left(mismatch(`${file}:1`, header, `the columns ${headerOf(names)}, or another file`))
  const rows = new Map<string, Run>()
  for (const [i, line] of lines.entries()) {
    const cells = line.split(',')
    const figures = cells.slice(-Figures.names.length).map(Number)
    if (figures.length < Figures.names.length || figures.some((figure) => !Number.isFinite(figure)))
      return E.left(mismatch(`${file}:${i + 2}`, line, 'a row that this command wrote'))
    const named = Figures.names.map((name, j) => [name, figures[j] as number] as const)
    rows.set(
      cells.slice(0, -Figures.names.length).join(','),
      Object.fromEntries(named) as Figures.Figures,
    )
  }
  return E.right(rows)
}

const isFigures = (run: Run): run is Figures.Figures => !('why' in run)

const textOf = (names: readonly string[], rows: ReadonlyMap<string, Run>): string =>
  [
    headerOf(names),
    ...[...rows].flatMap(([key, run]) =>
      isFigures(run) ? [`${key},${Figures.names.map((name) => run[name]).join(',')}`] : [],
    ),
    '',
  ].join('\n')

// Running

/** What was run, in a few words. */
const named = (names: readonly string[], day: Case, texts: readonly string[]): string =>
  [`${fileOf(day)}, seed ${day.seed}`, ...names.map((name, i) => `${name}=${texts[i] ?? ''}`)].join(
    ', ',
  )

/**
 * The text of a file of runs, which is made where it is not there: before anything is run it is known that rows can be kept. A file that
 * cannot be read is left as it is.
 */
const textIn = (io: Io, file: string, names: readonly string[]): E.Either<Problem, string> => {
  const unfit = (what: string) => (why: string) =>
    mismatch('--csv', file, `a file that can be ${what}: ${why}`)
  const text = pipe(
    io.list(dirname(file)),
    E.mapLeft(unfit('written')),
    E.chain((there) =>
      there.includes(basename(file))
        ? pipe(io.read(file), E.mapLeft(unfit('read')))
        : E.right(textOf(names, new Map())),
    ),
  )
  return pipe(
    text,
    E.chainFirst((known) => rowsOf(file, known, names)),
    E.chainFirst((known) => pipe(io.write(file, known), E.mapLeft(unfit('written')))),
  )
}

/** Runs that are kept in a file, if one is given, which may have some already. */
export const open = (
  io: Io,
  crew: Crew,
  job: Job,
  names: readonly string[],
  file: string | undefined,
  isStopped: () => boolean,
  onRun: (count: number) => void,
): E.Either<Problem, Runs> => {
  const known =
    file === undefined
      ? E.right(new Map<string, Run>())
      : pipe(
          textIn(io, file, names),
          E.chain((text) => rowsOf(file, text, names)),
        )
  if (E.isLeft(known)) return known
  const rows = known.right
  const others = namesIn(rows)
  const digest = runOf(job)
  const keep = (): E.Either<Problem, undefined> => {
    const written = file === undefined ? E.right(undefined) : io.write(file, textOf(names, rows))
    return E.isLeft(written)
      ? E.left(mismatch('--csv', file ?? '', `a file that can be written: ${written.left}`))
      : E.right(undefined)
  }
  return E.right({
    count: () => rows.size,
    failed: () => [...rows.values()].flatMap((run) => (isFigures(run) ? [] : [run.why])),
    of: async (settings, cases) => {
      const wanted = settings.flatMap(({ terms, texts }) =>
        cases.map((day) => {
          const written = TermsJson.format(terms)
          const name = nameOf(day, texts)
          return { name, key: `${name},${digest(day, written)}`, day, terms: written, texts }
        }),
      )
      const missing = wanted.filter(({ key }) => !rows.has(key))
      const foreign = missing.find(({ name }) => others.has(name))
      if (foreign !== undefined)
        return E.left(
          mismatch(
            '--csv',
            file ?? '',
            `a file of this command: it has ${foreign.name} of another`,
          ),
        )
      for (let from = 0; from < missing.length; from += crew.most) {
        if (isStopped()) return E.right(undefined)
        const some = missing.slice(from, from + crew.most)
        const trials = some.map(({ day, terms }) => ({ day, terms }))
        let next = 0
        for await (const results of crew.run(trials)) {
          if (E.isLeft(results)) return results
          for (const result of results.right) {
            const { day, key, texts } = some[next] as (typeof some)[number]
            const run: Run =
              result._tag === 'Figures'
                ? result.figures
                : { why: `${named(names, day, texts)}: ${result.why}` }
            rows.set(key, run)
            next += 1
          }
          if (results.right.length === 0) continue
          const kept = keep()
          if (E.isLeft(kept)) return kept
          onRun(rows.size)
        }
        if (next < some.length) return E.right(undefined)
      }
      return E.right(
        settings.map((_, i) =>
          cases.map((_, j) => rows.get(wanted[i * cases.length + j]?.key ?? '') as Run),
        ),
      )
    },
  })
}

/** One figure of runs; infinity where one failed. */
export const figure = (name: Figures.Name, runs: readonly Run[]): readonly number[] =>
  runs.map((run) => (isFigures(run) ? run[name] : Infinity))
