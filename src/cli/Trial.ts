/**
 * Trial: carries trials out.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Csv, TermsJson } from '../codec/index.js'
import type { Terms } from '../core/index.js'
import { Figures, Simulate } from '../tuning/index.js'
import * as Flag from './Flag.js'
import type { Files, Problem } from './Io.js'
import * as Scene from './Scene.js'
import type * as Setup from './Setup.js'
import type { Result, Trial } from './Task.js'

// Carrying out

const failed = (why: Problem): Result => ({ _tag: 'Failed', why })

const parse = (text: string): E.Either<Problem, Terms.Terms> =>
  pipe(TermsJson.parse(text, true), E.mapLeft(Csv.render('terms')))

const setupOf = (io: Files, { base, day }: Trial): E.Either<Problem, Setup.Setup> =>
  pipe(
    parse(base),
    E.chain((terms) => Scene.read(io, { ...day, auction: 'both' }, [{ name: 'terms', terms }])),
  )

/** Carries trials out, and keeps the days that it has read: most trials are of a few days. */
export const runner = (io: Files): ((trial: Trial) => Result) => {
  const days = new Map<string, E.Either<Problem, Setup.Setup>>()
  return (trial) => {
    const key = JSON.stringify([trial.day, trial.base])
    const day = days.get(key) ?? setupOf(io, trial)
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
