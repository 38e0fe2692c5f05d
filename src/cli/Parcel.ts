/**
 * Parcel: jobs, trials and results as a database keeps them for workers elsewhere: text with a digest.
 *
 * Laws: WRK-1, WRK-2, WRK-3 (spec/25-work.md).
 */

import { hash } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import type { Ended, Job as Kept, Kind, Task } from '../adapter/sql/Work.js'
import { Figures } from '../tuning/index.js'
import type { Problem } from './Io.js'
import type { Job, Result, Trial } from './Task.js'

/** The version of the form of what is written here. */
const FORMAT = 1

/** What a release writes, and can read. */
export const kindOf = (version: string): Kind => ({ format: FORMAT, version })

// Writing

const digest = (text: string): string => hash('sha256', text)

/** A job by what is in it, and by who can carry it out: the same one again is the same. */
const digestOf = ({ format, version }: Kind, { base, files }: Job): string => {
  const texts = [...files].map(([name, text]) => [name, digest(text)])
  return digest(JSON.stringify([format, version, base, texts.sort()]))
}

/** @example Parcel.job('0.1.0', { base: '{}', files: new Map() }).job.length // 64 */
export const job = (version: string, { base, files }: Job): Kept => {
  const kind = kindOf(version)
  return { ...kind, job: digestOf(kind, { base, files }), data: base, files }
}

export const task = ({ day, terms }: Trial): Task => {
  const data = JSON.stringify({ day, terms })
  return { task: digest(data), data }
}

export const end = (result: Result): Ended =>
  result._tag === 'Figures'
    ? { _tag: 'Done', result: JSON.stringify(result.figures) }
    : { _tag: 'Failed', why: result.why }

// Reading

const dayType = t.intersection([
  t.strict({
    prices: t.string,
    positions: t.string,
    seed: t.string,
    block: t.string,
    oracleDelay: t.string,
    bidders: t.string,
    capital: t.string,
  }),
  t.partial({ gas: t.string, until: t.string }),
])

const trialType = t.strict({
  day: t.union([dayType, t.strict({ scenario: t.string, seed: t.string })]),
  terms: t.string,
})

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What a task is, if it is what was put there. */
export const readTask = ({ data, task: named }: Task): E.Either<Problem, Trial> =>
  digest(data) === named
    ? pipe(
        trialType.decode(parse(data)),
        E.mapLeft(() => 'the task cannot be read: wanted a day or a scenario, and terms'),
      )
    : E.left('the task is not the one that was put there: its digest is another')

/** What a job is, if it is what was put there. */
export const readJob = (kept: Kept): E.Either<Problem, Job> => {
  const found = { base: kept.data, files: kept.files }
  return digestOf(kept, found) === kept.job
    ? E.right(found)
    : E.left('the job is not the one that was put there: its digest is another')
}

/** What a task came to. */
export const readEnd = (ended: Ended): E.Either<Problem, Result> => {
  if (ended._tag === 'Failed') return E.right(ended)
  const found = t.record(t.string, t.number).decode(parse(ended.result))
  return E.isRight(found) && Figures.names.every((name) => Number.isFinite(found.right[name]))
    ? E.right({ _tag: 'Figures', figures: found.right as Figures.Figures })
    : E.left('a result cannot be read: wanted figures, as a worker writes them')
}
