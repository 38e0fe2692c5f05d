/**
 * Record: what a store keeps an account of: the events of the core, and what a host says besides; each
 * with the stream that it belongs to, and as text.
 *
 * Laws: PRT-3, PRT-14, PRT-17 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Csv, Events, Json, Shape, States, TreasuryTermsJson } from '../codec/index.js'
import type { Event, Fixed, Position, Treasury } from '../core/index.js'
import type { Cursor, Entry } from './Port.js'

// Model

/** In how many decimal places a token is paid. */
export interface Token {
  readonly token: string
  readonly places: number
}

/** What a store is for: its treasury's terms, the places of money and of tokens (PRT-20). */
export interface Established {
  readonly _tag: 'Established'
  readonly at: Fixed.Seconds
  readonly treasury: Treasury.Terms
  readonly money: number
  readonly tokens: readonly Token[]
}

/** How a position stands from now on (PRT-11). */
export interface Held {
  readonly _tag: 'Held'
  readonly at: Fixed.Seconds
  readonly position: Position.Position
}

/** What an asset is worth from now on. */
export interface Quoted extends Position.Quote {
  readonly _tag: 'Quoted'
  readonly at: Fixed.Seconds
}

/** The last entry of a stream. */
export interface Head {
  readonly stream: string
  readonly sequence: number
  readonly hash: string
}

/** The heads of all streams that have had an entry since the last checkpoint (PRT-14). */
export interface Checkpointed {
  readonly _tag: 'Checkpointed'
  readonly at: Fixed.Seconds
  /** The place up to which it looked. */
  readonly cursor: Cursor
  readonly heads: readonly Head[]
}

export type Record = Event.Event | Established | Held | Quoted | Checkpointed

/** An entry that says something that this program cannot read. */
export interface Unreadable {
  readonly _tag: 'Unreadable'
  readonly rule: 'PRT-17'
  readonly stream: string
  readonly sequence: number
  readonly why: string
}

const unread = (
  { sequence, stream }: Pick<Entry, 'stream' | 'sequence'>,
  why: string,
): Unreadable => ({ _tag: 'Unreadable', rule: 'PRT-17', stream, sequence, why })

/** How much of what was found is told. */
const TOLD = 64

const whyOf = ({ field, found, wanted }: Csv.Problem): string =>
  `${field}: found ${found.slice(0, TOLD)}, wanted ${wanted}`

/** What is wrong with an entry, or with a state or an outcome, as the text of it has it. */
export const unreadable =
  (entry: Pick<Entry, 'stream' | 'sequence'>) =>
  (problem: Csv.Problem): Unreadable =>
    unread(entry, whyOf(problem))

// Streams

const lots = 'lot/'

/** The lot that a stream is of, if it is of one. */
export const lotIn = (stream: string): string | undefined =>
  stream.startsWith(lots) ? stream.slice(lots.length) : undefined

/** The stream of a lot; those of the house, the treasury and the checkpoints are one each. */
export const lotStream = (lot: string): string => `${lots}${lot}`
export const positionStream = (position: string): string => `position/${position}`
export const priceStream = (asset: string): string => `price/${asset}`
export const houseStream = 'house'
export const treasuryStream = 'treasury'
export const checkpointStream = 'checkpoints'

/** The stream that a record belongs to (PRT-3). */
export const streamOf = (record: Record): string => {
  switch (record._tag) {
    case 'Established':
    case 'HouseChanged':
    case 'TermsChanged':
    case 'LevelChanged':
      return houseStream
    case 'Received':
    case 'Matured':
    case 'Healed':
      return treasuryStream
    case 'Held':
      return positionStream(record.position.id)
    case 'Quoted':
      return priceStream(record.asset)
    case 'Checkpointed':
      return checkpointStream
    default:
      return lotStream(record.lot)
  }
}

/** Whether a record is an event of the core. */
export const isEvent = (record: Record): record is Event.Event =>
  !['Established', 'Held', 'Quoted', 'Checkpointed'].includes(record._tag)

// As text

const { closed, list, ray, tag, tagged, text, whole } = Shape

/** The fields that say in how many places money and tokens are paid. */
export const places: {
  readonly money: Shape.Codec<number>
  readonly tokens: Shape.Codec<readonly Token[]>
} = { money: whole, tokens: list(closed('token', { token: text, places: whole })) }

type OfHost = Established | Held | Quoted | Checkpointed

const ofHost: Shape.Options<OfHost> = {
  Established: closed('Established', {
    _tag: tag('Established'),
    at: whole,
    treasury: TreasuryTermsJson.codec,
    ...places,
  }),
  Held: closed('Held', { _tag: tag('Held'), at: whole, position: States.heldPosition }),
  Quoted: closed('Quoted', { _tag: tag('Quoted'), at: whole, asset: text, risk: ray, market: ray }),
  Checkpointed: closed('Checkpointed', {
    _tag: tag('Checkpointed'),
    at: whole,
    cursor: text,
    heads: list(closed('head', { stream: text, sequence: whole, hash: text })),
  }),
}

/** The codec of every record, in the format of now. */
export const codec: Shape.Codec<Record> = tagged<Record>('record', {
  ...Events.options,
  ...ofHost,
})

/** The format that records are written in. A change of what an event says makes the next one (PRT-17). */
export const format = 1

/** What makes JSON of an earlier format that of the one after it, by the format it is of. */
type Upcasts = ReadonlyMap<number, (type: string, value: unknown) => unknown>

const upcasts: Upcasts = new Map()

/** A record as an entry has it. */
export const write = (record: Record): Pick<Entry, 'type' | 'format' | 'data'> => ({
  type: record._tag,
  format,
  data: JSON.stringify(codec.encode(record)),
})

/** Reads what an entry of any released format says, or says why it cannot be read (PRT-17). */
export const reader =
  (newest: number, upcasts: Upcasts) =>
  (
    entry: Pick<Entry, 'stream' | 'sequence' | 'type' | 'format' | 'data'>,
  ): E.Either<Unreadable, Record> => {
    const { data, format: from, stream, type } = entry
    if (!Number.isSafeInteger(from) || from < 1 || from > newest)
      return E.left(unread(entry, `format ${from}, wanted at most ${newest}`))
    return pipe(
      Json.trusted(data),
      E.map(({ value }) => {
        const steps = Array.from({ length: newest - from }, (_, i) => upcasts.get(from + i))
        return steps.reduce((one, step) => (step === undefined ? one : step(type, one)), value)
      }),
      E.chain((value) => Shape.read(codec, { value, lineOf: () => 1 })),
      E.mapLeft(whyOf),
      E.filterOrElse(
        (record) => record._tag === type && streamOf(record) === stream,
        () => `it says that it is ${type} of ${stream}`,
      ),
      E.mapLeft((why) => unread(entry, why)),
    )
  }

/** Reads what an entry says, in the format of now or an earlier one (PRT-17). */
export const read: ReturnType<typeof reader> = reader(format, upcasts)

/** Reads what entries say, in their order, or what is wrong with the first that cannot be read. */
export const readAll = (
  entries: readonly Pick<Entry, 'stream' | 'sequence' | 'type' | 'format' | 'data'>[],
): E.Either<Unreadable, readonly Record[]> => E.traverseArray(read)(entries)
