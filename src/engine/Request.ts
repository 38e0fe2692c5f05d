/**
 * Request: a command with its id, and the answer to it.
 *
 * Laws: PRT-5, PRT-6, PRT-21, PRT-22 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Json, Shape } from '../codec/index.js'
import * as Ask from './Ask.js'
import { sha256 } from './Chain.js'
import * as Denied from './Denied.js'
import type { Entry, Outcome, Unavailable } from './Port.js'
import { type Record, type Unreadable, unreadable } from './Record.js'

// Model

/** What is asked, under an id that whoever asks chooses, once for each thing that he wants done. */
export interface Request {
  readonly id: string
  readonly ask: Ask.Ask
}

/** Something that happened, and the entry that tells it. */
export interface Happened {
  readonly stream: string
  readonly sequence: number
  readonly record: Record
}

/** What happened on a request, or why nothing did. */
export type Settled =
  | { readonly _tag: 'Done'; readonly id: string; readonly happened: readonly Happened[] }
  | { readonly _tag: 'Refused'; readonly id: string; readonly refusal: Denied.Refusal }

/** The answer to a request: what it came to, or what is out of order, and then nothing is known of it. */
export type Answer =
  | Settled
  | { readonly _tag: 'Failed'; readonly id: string; readonly failure: Unavailable | Unreadable }

/** What an outcome says: where what happened is told, or why nothing did. */
export type Said =
  | { readonly _tag: 'Done'; readonly entries: readonly Pick<Entry, 'stream' | 'sequence'>[] }
  | { readonly _tag: 'Refused'; readonly refusal: Denied.Refusal }

// Constructors

export const done = (id: string, happened: readonly Happened[]): Settled => ({
  _tag: 'Done',
  id,
  happened,
})

export const refused = (id: string, refusal: Denied.Refusal): Settled => ({
  _tag: 'Refused',
  id,
  refusal,
})

export const failed = (id: string, failure: Unavailable | Unreadable): Answer => ({
  _tag: 'Failed',
  id,
  failure,
})

// Queries

/** Tells what is asked from anything else that is. */
export const fingerprint = ({ ask }: Request): string =>
  sha256(JSON.stringify(Ask.codec.encode(ask)))

/** What a request lacks of what it needs to be granted (PRT-6). */
export const lacks = (
  granted: ReadonlySet<Denied.Authority>,
  { ask }: Request,
): Denied.NoAuthority | undefined => {
  const needs = Ask.needs(ask).find((authority) => !granted.has(authority))
  return needs === undefined ? undefined : { _tag: 'NoAuthority', rule: 'PRT-6', needs }
}

/** The most UTF 16 code units that a name has. That of a lot is its line's, a slash and a number. */
const LONGEST = 256
const LONGEST_OF_LOT = 280

/** What is asked has fewer units than this, or it would not be read back (DEC-3). */
const MOST = 10n ** 128n

type Bad = Denied.BadName | Denied.BadAmount

/** The first text in a value that is no name, or number that is too long, with the name of the field that it is in. */
const badIn = (value: unknown, what: string): Bad | undefined => {
  if (typeof value === 'bigint') {
    const size = value < 0n ? -value : value
    return size < MOST
      ? undefined
      : { _tag: 'BadAmount', rule: 'PRT-22', what, digits: String(size).length }
  }
  if (typeof value === 'string') {
    const longest = what === 'lot' ? LONGEST_OF_LOT : LONGEST
    const isName = value.length <= longest && (value !== '' || what === 'owner')
    return isName ? undefined : { _tag: 'BadName', rule: 'PRT-21', what, length: value.length }
  }
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, one] of Object.entries(value)) {
    const found = badIn(one, Array.isArray(value) ? what : name)
    if (found !== undefined) return found
  }
  return undefined
}

/** The first name of a request that is empty or too long (PRT-21), or number that is too long (PRT-22). */
export const unfit = ({ ask, id }: Request): Bad | undefined => badIn(id, 'id') ?? badIn(ask, '')

// As text

const { closed, list, tag, tagged, text, whole } = Shape

/** The codec of a request. */
export const codec: Shape.Codec<Request> = closed('request', { id: text, ask: Ask.codec })

const said: Shape.Codec<Said> = tagged<Said>('outcome', {
  Done: closed('Done', {
    _tag: tag('Done'),
    entries: list(closed('entry', { stream: text, sequence: whole })),
  }),
  Refused: closed('Refused', { _tag: tag('Refused'), refusal: Denied.codec }),
})

/** An answer as the outcome that is stored. */
export const outcome = (request: Request, answer: Settled): Outcome => ({
  id: request.id,
  fingerprint: fingerprint(request),
  answer: JSON.stringify(
    said.encode(
      answer._tag === 'Done'
        ? {
            _tag: 'Done',
            entries: answer.happened.map(({ sequence, stream }) => ({ stream, sequence })),
          }
        : { _tag: 'Refused', refusal: answer.refusal },
    ),
  ),
})

/** What a stored outcome says. */
export const read = ({ answer, id }: Outcome): E.Either<Unreadable, Said> =>
  pipe(
    Json.trusted(answer),
    E.chain((document) => Shape.read(said, document)),
    E.mapLeft(unreadable({ stream: `outcome of ${id}`, sequence: 0 })),
  )
