/**
 * Told: a log as what happened, in its order: that of a Clipper, or what an engine stored, as lines of JSON.
 *
 * Laws: WIF-1 (spec/30-whatif.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Csv, Json, LogLines, Shape } from '../codec/index.js'
import type { Fixed } from '../core/index.js'
import { Record } from '../engine/index.js'
import { Happened } from '../maker/index.js'

// Model

/** What a line tells, and the market price that a start read, where it says so. */
export interface Told {
  readonly line: number
  readonly record: Record.Record
  readonly feed?: Fixed.Ray
}

export type Read<A> = E.Either<Csv.Problem, A>

// Constructors

const clipperLog = (text: string): Read<readonly Told[]> =>
  pipe(
    LogLines.parse(text),
    E.chain(({ lines, terms }) =>
      pipe(
        Happened.happenedOf(terms, lines),
        E.mapLeft((problem): Csv.Problem => ({ rule: 'WIF-1', ...problem })),
      ),
    ),
    E.map((all) =>
      all.map(({ event, feed, line }) => ({
        line,
        record: event,
        ...(feed === undefined ? {} : { feed }),
      })),
    ),
  )

type Fields = Readonly<Partial<Record.Record>> & { readonly event?: unknown }

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? value : {}

/** A line of what is stored: the event alone, or within what `knockdown engine --follow` prints of it. */
const recordOf = (text: string, line: number): Read<Told> =>
  pipe(
    Json.parse(text),
    E.chain((document) => {
      const { event } = fieldsOf(document.value)
      return event === undefined
        ? Shape.read(Record.codec, document)
        : Shape.read(Record.codec, document, event, ['event'])
    }),
    E.bimap(
      (problem) => ({ ...problem, line }),
      (record) => ({ line, record }),
    ),
  )

/** Whether a first line is that of what an engine stored: an event has a tag, and the terms of a Clipper have none. */
const isStored = (text: string): boolean => {
  const document = Json.parse(text)
  if (E.isLeft(document)) return false
  const { _tag, event } = fieldsOf(document.right.value)
  return _tag !== undefined || event !== undefined
}

/** Reads a log of either kind, or the first problem with it. */
export const parse = (text: string): Read<readonly Told[]> => {
  const lines = text
    .replace(/^\ufeff/, '')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
  return isStored(lines[0] ?? '')
    ? E.traverseReadonlyArrayWithIndex((i, one: string) => recordOf(one, i + 1))(lines)
    : clipperLog(text)
}
