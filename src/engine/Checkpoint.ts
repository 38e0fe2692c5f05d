/**
 * Checkpoint: entries that name where all other streams ended, so that a tail or a stream that is taken
 * away is missed.
 *
 * Laws: PRT-14 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type End, endOf, link, start } from './Chain.js'
import {
  type Clock,
  type Cursor,
  type Entry,
  type EventStore,
  nothing,
  nothingWanted,
  type Unavailable,
} from './Port.js'
import * as Record from './Record.js'

// Model

/** The last checkpoint, to be kept where the store is not: whoever changes both changes what nobody can see. */
export type Anchor = End

type Failure = Unavailable | Record.Unreadable

/** The most entries that one checkpoint looks at. */
const MOST = 10_000

/** What stands as the command that caused a checkpoint: no command does. */
export const cause = 'checkpoint'

// Queries

/** The heads of the streams of entries, checkpoints left out. */
export const headsOf = (entries: readonly Entry[]): readonly Record.Head[] => [
  ...new Map(
    entries
      .filter(({ stream }) => stream !== Record.checkpointStream)
      .map(({ hash, sequence, stream }) => [stream, { stream, sequence, hash }]),
  ).values(),
]

interface Last {
  readonly entry: Entry | undefined
  readonly cursor: Cursor | undefined
}

const last = (store: EventStore): TE.TaskEither<Failure, Last> =>
  pipe(
    store.read({
      ...nothingWanted,
      streams: [{ stream: Record.checkpointStream, from: 'last' }],
    }),
    TE.chainEitherKW(({ streams }): E.Either<Record.Unreadable, Last> => {
      const entry = streams.get(Record.checkpointStream)?.entries.at(-1)
      if (entry === undefined) return E.right({ entry, cursor: undefined })
      return pipe(
        Record.read(entry),
        E.map((record) => ({
          entry,
          cursor: record._tag === 'Checkpointed' ? record.cursor : undefined,
        })),
      )
    }),
  )

/** The last checkpoint of a store, if it has one. */
export const anchor = (store: EventStore): TE.TaskEither<Failure, Anchor | undefined> =>
  pipe(
    last(store),
    TE.map(({ entry }) => (entry === undefined ? undefined : endOf(entry))),
  )

// Transitions

/**
 * Writes the checkpoints that are due, and answers how many. Where another engine is writing them, it
 * leaves them to it.
 */
export const write = (store: EventStore, clock: Clock): TE.TaskEither<Failure, number> =>
  pipe(
    TE.Do,
    TE.bind('last', () => last(store)),
    TE.bindW('page', ({ last }) => store.since(last.cursor, MOST)),
    TE.bindW('at', () => clock.now),
    TE.chainW(({ at, last, page }): TE.TaskEither<Failure, number> => {
      const heads = headsOf(page.entries)
      if (heads.length === 0 || page.next === undefined) return TE.right(0)
      const record: Record.Record = { _tag: 'Checkpointed', at, cursor: page.next, heads }
      const stream = Record.streamOf(record)
      const entry = link(last.entry ?? start, { stream, command: cause, ...Record.write(record) })
      return pipe(
        store.append({ ...nothing, entries: [entry] }),
        TE.map(() => true),
        TE.orElseW((why) => (why._tag === 'Conflict' ? TE.right(false) : TE.left(why))),
        TE.chainW((isMine) =>
          isMine && page.entries.length === MOST
            ? pipe(
                write(store, clock),
                TE.map((more) => more + 1),
              )
            : TE.right(isMine ? 1 : 0),
        ),
      )
    }),
  )
