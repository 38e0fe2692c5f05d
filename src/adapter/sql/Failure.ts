/**
 * Failure: what a driver throws, as what the port knows: a conflict, or one line without a secret.
 */

import * as TE from 'fp-ts/lib/TaskEither.js'
import * as Port from '../../engine/Port.js'
import type { Conflict, Unavailable } from '../../engine/Port.js'

export const conflict: Conflict = { _tag: 'Conflict' }

export const unavailable = (why: string): Unavailable => Port.unavailable('store', why)

/** Somebody has that key; two waited for each other; two that may not both be (SQLSTATE). */
const lost = ['23505', '40P01', '40001']

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error ? String(error.code) : undefined

const isConflict = (error: unknown): boolean => lost.includes(codeOf(error) ?? '')

/** Where all addresses of a host refuse, the error has no words of its own, but those of each. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  const first: unknown = error instanceof AggregateError ? error.errors[0] : undefined
  return first === undefined ? (codeOf(error) ?? error.name) : wordsOf(first)
}

/** Takes out whatever stands before the @ of an address, or after `password`. */
const withoutSecrets = (line: string): string =>
  line.replace(/\/\/\S*@/g, '//').replace(/(password|passfile|sslkey)\s*[=:]\s*\S+/gi, '$1')

const lineOf = (error: unknown): string =>
  withoutSecrets(wordsOf(error).replace(/\s+/g, ' ').trim())

/** The module of an optional peer that is not there. */
const missing = /Cannot find (?:package|module) '((?:@[^/']+\/)?[^/']+)/

const fromError = (error: unknown): Unavailable => {
  const name = /MODULE_NOT_FOUND$/.test(codeOf(error) ?? '')
    ? missing.exec(wordsOf(error))?.[1]
    : undefined
  return unavailable(
    name === undefined ? lineOf(error) : `the package ${name} is missing: npm install ${name}`,
  )
}

/** The failure of something thrown. */
export const of = (error: unknown): Conflict | Unavailable =>
  isConflict(error) ? conflict : fromError(error)

/** Whether asking again mends it, as far as is known: not what there are no tables, no rights or no database for (SQLSTATE). */
export interface Unanswered extends Unavailable {
  readonly isLasting?: true
}

const lasting = /^42|^3[DF]/

const unanswered = (error: unknown): Unanswered =>
  lasting.test(codeOf(error) ?? '') ? { ...fromError(error), isLasting: true } : fromError(error)

/** Runs what may throw and is asked again where that may help. */
export const attempting = <A>(run: () => Promise<A>): TE.TaskEither<Unanswered, A> =>
  TE.tryCatch(run, unanswered)

/** Runs what may throw, where nothing can conflict. */
export const attempt = <A>(run: () => Promise<A>): TE.TaskEither<Unavailable, A> =>
  TE.tryCatch(run, fromError)
