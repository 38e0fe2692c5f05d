/**
 * Line: a request as one line of JSON, and the line that answers it: for hosts that talk to an engine by text.
 *
 * Laws: DEC-17 to DEC-20, DEC-25, DEC-26 (spec/02-decimal.md).
 *
 * @example
 * Line.read(1, '{"id":"c-1","ask":{"_tag":"ToLot","lot":"MAIN/1","command":{"_tag":"Cancel"}}}')
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Csv, Json, Shape } from '../codec/index.js'
import * as Denied from './Denied.js'
import type { Unavailable } from './Port.js'
import * as Record from './Record.js'
import { type Answer, codec as requestCodec, type Happened, type Request } from './Request.js'

// Model

/** Why a line is no request: what stands in a field of it, and what would be right. */
export interface Misread {
  readonly _tag: 'Misread'
  readonly line: number
  /** Where the line has one that can be read. */
  readonly id?: string
  readonly problem: {
    readonly rule: string
    readonly field: string
    readonly found: string
    readonly wanted: string
  }
}

/** What a line is answered by. */
export type Reply = Answer | Misread

/** How much of what was found is told. */
const TOLD = 64

// As JSON

const { closed, keyed, list, mapped, oneOf, partly, tag, tagged, text, whole } = Shape

const happened: Shape.Codec<Happened> = mapped(
  closed('event', { stream: text, sequence: whole, event: Record.codec }),
  ({ event, sequence, stream }) => ({ stream, sequence, record: event }),
  ({ record, sequence, stream }) => ({ stream, sequence, event: record }),
)

const failure: Shape.Codec<Unavailable | Record.Unreadable> = tagged<
  Unavailable | Record.Unreadable
>('failure', {
  Unavailable: closed('Unavailable', {
    _tag: tag('Unavailable'),
    what: oneOf('store', 'clock', 'prices', 'payments'),
    why: text,
  }),
  Unreadable: closed('Unreadable', {
    _tag: tag('Unreadable'),
    rule: oneOf('PRT-17'),
    stream: text,
    sequence: whole,
    why: text,
  }),
})

type Of<Tag extends Reply['_tag']> = Extract<Reply, { readonly _tag: Tag }>

const problem: Shape.Codec<Of<'Misread'>> = mapped(
  partly(
    'problem',
    {
      line: whole,
      problem: closed('problem', { rule: text, field: text, found: text, wanted: text }),
    },
    { id: text },
  ),
  ({ id, line, problem }) => ({
    _tag: 'Misread',
    line,
    ...(id === undefined ? {} : { id }),
    problem,
  }),
  ({ id, line, problem }) => ({ line, ...(id === undefined ? {} : { id }), problem }),
)

/** The codec of what a line is answered by: an object with the field `events`, `refusal`, `failure` or `problem`. */
export const codec: Shape.Codec<Reply> = keyed<Reply>('answer', {
  Done: [
    'events',
    mapped(
      closed('what happened', { id: text, events: list(happened) }),
      ({ events, id }): Of<'Done'> => ({ _tag: 'Done', id, happened: events }),
      ({ happened, id }) => ({ id, events: happened }),
    ),
  ],
  Refused: [
    'refusal',
    mapped(
      closed('refusal', { id: text, refusal: Denied.codec }),
      (one): Of<'Refused'> => ({ _tag: 'Refused', ...one }),
      ({ id, refusal }) => ({ id, refusal }),
    ),
  ],
  Failed: [
    'failure',
    mapped(
      closed('failure', { id: text, failure }),
      (one): Of<'Failed'> => ({ _tag: 'Failed', ...one }),
      ({ failure, id }) => ({ id, failure }),
    ),
  ],
  Misread: ['problem', problem],
})

// Reading

const idOf = (value: unknown): { readonly id?: string } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string'
    ? { id: value.id }
    : {}

/** A line that is no request, for a reason that is none of its fields'. */
export const misread = (
  line: number,
  { field, found, rule, wanted }: Omit<Csv.Problem, 'line'>,
  id: Pick<Misread, 'id'> = {},
): Misread => ({
  _tag: 'Misread',
  line,
  ...id,
  problem: { rule, field, found: found.slice(0, TOLD), wanted },
})

/** The request that the text of a line is, or what is wrong with it (DEC-17 to DEC-20). */
export const read = (line: number, text: string): E.Either<Misread, Request> => {
  const document = Json.parse(text)
  if (E.isLeft(document)) return E.left(misread(line, document.left))
  const { value } = document.right
  return pipe(
    Shape.read(requestCodec, document.right),
    E.mapLeft((problem) => misread(line, problem, idOf(value))),
  )
}

/** The answer to a line, as one. */
export const write = (reply: Reply): string => JSON.stringify(codec.encode(reply))
