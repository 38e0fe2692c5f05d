/**
 * Port: what an engine needs of the world, each part to be put behind it by an adapter: a store of
 * events, a clock, prices, payments.
 *
 * A store keeps text and knows nothing of auctions: what the text says, `Record` writes and reads. Names (of
 * streams, commands, totals, keys) are any text of at most 300 UTF 16 code units; other text has no limit.
 *
 * Laws: PRT-3, PRT-5, PRT-9, PRT-12, PRT-13, PRT-16 (spec/10-ports.md). `StoreContract` of
 * knockdown/testing holds any store against them.
 */

import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Fixed, Position } from '../core/index.js'

// What goes wrong

/** A part of the world does not answer: nothing is known of what was asked of it. */
export interface Unavailable {
  readonly _tag: 'Unavailable'
  readonly what: 'store' | 'clock' | 'prices' | 'payments'
  /** One line, without any secret. */
  readonly why: string
}

/** What is answered where a part of the world does not answer. */
export const unavailable = (what: Unavailable['what'], why: string): Unavailable => ({
  _tag: 'Unavailable',
  what,
  why,
})

/** What is told of something that was thrown: no more than its kind, for its words may hold a secret. */
export const thrown = (error: unknown): string =>
  error instanceof Error ? error.name : 'what is no error'

/** Somebody was faster: a stream has gone on, or a command has its answer. Nothing was stored. */
export interface Conflict {
  readonly _tag: 'Conflict'
}

// What is stored

/** An event as it is stored: the `sequence`-th of its stream, counted from one (PRT-3). */
export interface Entry {
  readonly stream: string
  readonly sequence: number
  readonly type: string
  /** The version of the form that `data` is written in (PRT-17). */
  readonly format: number
  /** The event as JSON. */
  readonly data: string
  /** The id of the command that caused it. */
  readonly command: string
  /** The hash of the entry before it in its stream (PRT-4). */
  readonly previous: string
  readonly hash: string
}

/** A place among the entries of all streams: text that only its store can read. */
export type Cursor = string

/** `amount`, above zero, of `asset` moved `from` one account `to` another: the `place`-th transfer of an entry. */
export interface Transfer {
  readonly stream: string
  readonly sequence: number
  readonly place: number
  readonly asset: string
  readonly from: string
  readonly to: string
  readonly amount: bigint
}

/** Something added to a total (PRT-9). */
export interface Delta {
  readonly total: string
  readonly amount: bigint
}

/** What a command came to: the same command again is answered by it (PRT-5). */
export interface Outcome {
  readonly id: string
  /** What tells another command of the same id. */
  readonly fingerprint: string
  readonly answer: string
}

/** Whole units of a token that a party is to pay, or to be paid (PRT-12). */
export interface Payment {
  /** Names it for ever: who carries it out does so once for each key. */
  readonly key: string
  readonly stream: string
  readonly sequence: number
  readonly direction: 'collect' | 'pay'
  readonly party: string
  readonly token: string
  readonly units: bigint
}

/** What the entries of a stream up to one of them come to (PRT-18). */
export interface Snapshot {
  readonly stream: string
  readonly sequence: number
  /** The hash of that entry. */
  readonly hash: string
  readonly format: number
  readonly state: string
}

/** The last entry of a stream: of one without entries the sequence is 0, and the hash that of PRT-4. */
export type Head = Pick<Entry, 'stream' | 'sequence' | 'hash'>

/** All that one step stores, together or not at all. */
export interface Write {
  /** What it was decided upon without reading it: where one of these streams does not end so, nothing is stored. */
  readonly upon: readonly Head[]
  /** In the order of what happened; those of one stream follow each other. */
  readonly entries: readonly Entry[]
  readonly transfers: readonly Transfer[]
  readonly deltas: readonly Delta[]
  readonly outcomes: readonly Outcome[]
  readonly payments: readonly Payment[]
  /** Each takes the place of the one of its stream before it. */
  readonly snapshots: readonly Snapshot[]
  /** Totals whose deltas are to become one. Only who holds the lock that guards them may ask. */
  readonly fold: readonly string[]
}

/** A step that stores nothing. */
export const nothing: Write = {
  upon: [],
  entries: [],
  transfers: [],
  deltas: [],
  outcomes: [],
  payments: [],
  snapshots: [],
  fold: [],
}

// What is read

/** What a step needs to know. */
export interface Wanted {
  /** Of each stream the entries after a sequence; or from its snapshot, and those after it; or its last entry. */
  readonly streams: readonly {
    readonly stream: string
    readonly from: number | 'snapshot' | 'last'
  }[]
  /** The commands whose outcomes are asked for. */
  readonly outcomes: readonly string[]
  readonly totals: readonly string[]
  /** Single entries. */
  readonly entries: readonly Pick<Entry, 'stream' | 'sequence'>[]
}

/** A step that needs to know nothing. */
export const nothingWanted: Wanted = { streams: [], outcomes: [], totals: [], entries: [] }

export interface Found {
  /** Every stream that was asked for, perhaps with no entries, which are in their order. */
  readonly streams: ReadonlyMap<
    string,
    { readonly snapshot: Snapshot | undefined; readonly entries: readonly Entry[] }
  >
  /** Those that there are. */
  readonly outcomes: ReadonlyMap<string, Outcome>
  /** Every total that was asked for: its deltas' sum, and how many they are. */
  readonly totals: ReadonlyMap<string, { readonly amount: bigint; readonly deltas: number }>
  /** Those that there are, in the order in which they were asked for. */
  readonly entries: readonly Entry[]
}

/** Some entries of all streams, in the order of PRT-16, and the place after them. */
export interface Page {
  readonly entries: readonly Entry[]
  readonly next: Cursor | undefined
}

/** What an audit reads: nothing of it changes while it does. */
export interface View {
  readonly since: (after: Cursor | undefined, limit: number) => TaskEither<Unavailable, Page>
  /** The transfers and the payments of entries, each in their order. */
  readonly transfers: (
    of: readonly Pick<Entry, 'stream' | 'sequence'>[],
  ) => TaskEither<Unavailable, readonly Transfer[]>
  readonly payments: (
    of: readonly Pick<Entry, 'stream' | 'sequence'>[],
  ) => TaskEither<Unavailable, readonly Payment[]>
  /** Outcomes in the order of their ids, and snapshots in that of their streams' names, after one of them. */
  readonly outcomes: (
    after: string | undefined,
    limit: number,
  ) => TaskEither<Unavailable, readonly Outcome[]>
  readonly snapshots: (
    after: string | undefined,
    limit: number,
  ) => TaskEither<Unavailable, readonly Snapshot[]>
  readonly totals: TaskEither<Unavailable, ReadonlyMap<string, bigint>>
  readonly counts: TaskEither<
    Unavailable,
    { readonly entries: number; readonly transfers: number; readonly payments: number }
  >
}

// The ports

/** What one process at a time does: who asks for a lock waits until it is free. */
export type Lock = 'house' | 'treasury'

export interface Session {
  readonly read: (wanted: Wanted) => TaskEither<Unavailable, Found>
  /**
   * Stores all of it, or, where an entry is not its stream's next, a stream has gone on from what this was decided upon, or
   * a command has an outcome, nothing (PRT-3, PRT-5).
   */
  readonly append: (write: Write) => TaskEither<Conflict | Unavailable, void>
}

/** Where the events are, and all that follows from them. */
export interface EventStore extends Session {
  /**
   * Runs a body that holds locks, and reads what those who held them before it stored. What the body appends is
   * stored when it ends well; where it ends badly, or the process does, none of it is. A body that has met a conflict must end with it.
   */
  readonly alone: <E, A>(
    locks: readonly Lock[],
    body: (session: Session) => TaskEither<E, A>,
  ) => TaskEither<E | Conflict | Unavailable, A>
  /** The entries after a place, or from the first one: whoever goes on from `next` misses none and meets none twice (PRT-16). */
  readonly since: (after: Cursor | undefined, limit: number) => TaskEither<Unavailable, Page>
  /** Reads while nothing changes. */
  readonly still: <E, A>(body: (view: View) => TaskEither<E, A>) => TaskEither<E | Unavailable, A>
  /**
   * Hands payments that were not sent yet to a sender that says which ones it sent, and notes those (PRT-13). No
   * two senders have one in hand at once. The number noted.
   */
  readonly deliver: <E>(
    limit: number,
    send: (payments: readonly Payment[]) => TaskEither<E, readonly string[]>,
  ) => TaskEither<E | Unavailable, number>
  readonly close: TaskEither<Unavailable, void>
}

/** The time, in seconds since 1970. */
export interface Clock {
  readonly now: TaskEither<Unavailable, Fixed.Seconds>
}

/** A quote, and the instant that it is of. */
export interface Quoted extends Position.Quote {
  readonly at: Fixed.Seconds
}

/** What assets are worth, of those that it knows. It should give up by itself: openings wait for its answer. */
export interface PriceFeed {
  readonly quotes: (assets: readonly string[]) => TaskEither<Unavailable, readonly Quoted[]>
}

/** Who moves the tokens. A payment may come twice with the same key, and is then carried out once. */
export interface Payments {
  /** The keys of those that were carried out, now or before. */
  readonly send: (payments: readonly Payment[]) => TaskEither<Unavailable, readonly string[]>
}
