/**
 * Trial: carries trials out.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Csv, TermsJson } from '../codec/index.js'
import type { Terms } from '../core/index.js'
import { Figures, Simulate } from '../tuning/index.js'
import * as Flag from './Flag.js'
import type { Problem } from './Io.js'
import * as Scene from './Scene.js'
import type * as Setup from './Setup.js'
import type { Case, Result, Trial } from './Task.js'
import type { Readable } from './Texts.js'

export type Run = (trial: Trial) => Result

const failed = (why: Problem): Result => ({ _tag: 'Failed', why })

const parse = (text: string): E.Either<Problem, Terms.Terms> =>
  pipe(TermsJson.parse(text, true), E.mapLeft(Csv.render('terms')))

const setupOf = (io: Readable, base: string, day: Case): E.Either<Problem, Setup.Setup> =>
  pipe(
    parse(base),
    E.chain((terms) => Scene.read(io, { ...day, auction: 'both' }, [{ name: 'terms', terms }])),
  )

/** Carries the trials of a job out, and keeps the days that it has read: most trials are of a few days. */
export const runner = (io: Readable, base: string): Run => {
  const days = new Map<string, E.Either<Problem, Setup.Setup>>()
  return (trial) => {
    const key = JSON.stringify(trial.day)
    const day = days.get(key) ?? setupOf(io, base, trial.day)
    days.set(key, day)
    return pipe(
      E.Do,
      E.apS('day', day),
      E.apS('terms', parse(trial.terms)),
      E.chain(({ day: { common }, terms }) =>
        pipe(Simulate.on({ ...common, terms }), E.mapLeft(Flag.unfit)),
      ),
      E.match(failed, (outcome): Result => ({ _tag: 'Figures', figures: Figures.of(outcome) })),
    )
  }
}
