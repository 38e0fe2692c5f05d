/**
 * Lots: lots as their entries say they stand, and those that an engine keeps at hand, so that it reads
 * on from where it was.
 *
 * Laws: PRT-3, PRT-18 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Json, Shape, States } from '../codec/index.js'
import { Lot } from '../core/index.js'
import { type End, endOf, start } from './Chain.js'
import type { Found, Snapshot } from './Port.js'
import * as Record from './Record.js'

// Model

/** A lot, where its stream ends, and which of its entries its snapshot is of. */
export interface Kept {
  readonly lot: Lot.Lot | undefined
  readonly end: End
  readonly snapshot: number
  /** How many steps of the same engine are the last that happened to it, with nobody else's between them. */
  readonly own: number
}

const none: Kept = { lot: undefined, end: start, snapshot: 0, own: 0 }

/** Lots by their streams, the last used last. It changes as lots are used. */
export type Shelf = Map<string, Kept>

// Queries

/**
 * Steps in a row after which a lot is taken to be nobody else's: the next is decided on it as it is kept, and is a conflict
 * where that is wrong. More than one, so that engines that share a lot seldom try in vain.
 */
const IN_A_ROW = 2

/** Whether a lot need not be read again before a step. */
export const isOwn = (kept: Kept | undefined): boolean => (kept?.own ?? 0) >= IN_A_ROW

/** Those of some streams, as they stand: a shelf changes. */
export const of = (
  shelf: ReadonlyMap<string, Kept>,
  streams: readonly string[],
): ReadonlyMap<string, Kept> =>
  new Map(
    streams.flatMap((stream) => {
      const kept = shelf.get(stream)
      return kept === undefined ? [] : [[stream, kept]]
    }),
  )

/** The lot that a snapshot is of (PRT-18). */
const snapshotOf = ({
  hash,
  sequence,
  state,
  stream,
}: Snapshot): E.Either<Record.Unreadable, Kept> =>
  pipe(
    Json.trusted(state),
    E.chain((document) => Shape.read(States.lot, document)),
    E.bimap(Record.unreadable({ stream, sequence }), (lot) => ({
      lot,
      end: { sequence, hash },
      snapshot: sequence,
      own: 0,
    })),
  )

/** A lot after more of what happened to it; none where it was not opened. */
export const evolve = (lot: Lot.Lot | undefined, record: Record.Record): Lot.Lot | undefined => {
  switch (record._tag) {
    case 'Opened':
    case 'SurplusOpened':
    case 'DebtOpened':
      return Lot.open(record)
    default:
      return lot === undefined || !Record.isEvent(record)
        ? lot
        : Lot.evolve(lot, record as Parameters<typeof Lot.evolve>[1])
  }
}

/** The streams whose snapshots are in another format: only their entries say what these lots are (PRT-18). */
export const unusable = (streams: Found['streams']): readonly string[] =>
  [...streams].flatMap(([stream, { snapshot }]) =>
    snapshot === undefined || snapshot.format === Record.format ? [] : [stream],
  )

/** The lots that were read, each from where it was kept. */
export const read = (
  streams: Found['streams'],
  shelf: ReadonlyMap<string, Kept>,
): E.Either<Record.Unreadable, ReadonlyMap<string, Kept>> => {
  const lots = new Map<string, Kept>()
  for (const [stream, { entries, snapshot }] of streams) {
    if (Record.lotIn(stream) === undefined) continue
    const first = snapshot === undefined ? E.right(shelf.get(stream) ?? none) : snapshotOf(snapshot)
    if (E.isLeft(first)) return first
    const records = Record.readAll(entries)
    if (E.isLeft(records)) return records
    const last = entries.at(-1)
    const { lot } = first.right
    lots.set(
      stream,
      last === undefined
        ? first.right
        : { ...first.right, lot: records.right.reduce(evolve, lot), end: endOf(last), own: 0 },
    )
  }
  return E.right(lots)
}

// Transitions

/** How many lots are kept: those that were used last. */
const MOST = 10_000

/** Keeps lots at hand, and lets those go that were not used for longest. */
export const keep = (shelf: Shelf, lots: Iterable<readonly [string, Kept]>): void => {
  for (const [stream, kept] of lots) {
    shelf.delete(stream)
    shelf.set(stream, kept)
  }
  for (const stream of shelf.keys()) {
    if (shelf.size <= MOST) return
    shelf.delete(stream)
  }
}
