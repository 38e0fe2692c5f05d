/**
 * Board: the lots that are open, with the terms that they obey, folded from the feed as it goes on.
 *
 * Entries of a lot are kept as they are until somebody looks: of one that ended before, nothing is ever read.
 * A board changes as entries are added to it.
 *
 * Laws: PRT-16 (spec/10-ports.md).
 *
 * @example
 * const board = Board.make()
 * Board.add(board, page.entries)
 * Board.lots(board)
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Lot } from '../core/index.js'
import { evolve } from './Lots.js'
import type { Entry } from './Port.js'
import * as Record from './Record.js'
import * as Settings from './Settings.js'

// Model

/** A lot as it stood when it was last looked at, and what has happened to it since. */
interface Standing {
  readonly lot: Lot.Lot | undefined
  readonly since: readonly Entry[]
}

export interface Board {
  settings: Settings.Settings
  /** By stream, in the order in which they were opened. */
  readonly standing: Map<string, Standing>
}

/** More entries than this are not kept of one lot. */
const MOST = 64

// Constructors

/** A board on which nothing was put yet. */
export const make = (): Board => ({ settings: Settings.none, standing: new Map() })

// Queries

const isOfLot = ({ stream }: Entry): boolean => Record.lotIn(stream) !== undefined

/** What ends any lot; and what ends one that sells nobody's collateral. */
const endings: ReadonlySet<string> = new Set(['Closed', 'Cancelled', 'Stopped'])
const sale = 'Settled'

const folded = ({ lot, since }: Standing): E.Either<Record.Unreadable, Standing> =>
  E.map((records: readonly Record.Record[]) => ({
    lot: records.reduce(evolve, lot),
    since: [],
  }))(Record.readAll(since))

// Transitions

const addToLot = ({ standing }: Board, entry: Entry): E.Either<Record.Unreadable, void> => {
  const { stream, type } = entry
  if (endings.has(type)) {
    standing.delete(stream)
    return E.right(undefined)
  }
  const { lot, since } = standing.get(stream) ?? { lot: undefined, since: [] }
  const next: Standing = { lot, since: [...since, entry] }
  const kept = next.since.length < MOST && type !== sale ? E.right(next) : folded(next)
  if (E.isLeft(kept)) return kept
  if (kept.right.lot?.ended === true) standing.delete(stream)
  else standing.set(stream, kept.right)
  return E.right(undefined)
}

/** Puts the next entries of the feed on a board, and answers whether any was of a lot or of terms. */
export const add = (
  board: Board,
  entries: readonly Entry[],
): E.Either<Record.Unreadable, boolean> => {
  let isChanged = false
  for (const entry of entries) {
    const isOfHouse = entry.stream === Record.houseStream
    if (!isOfHouse && !isOfLot(entry)) continue
    isChanged = true
    if (isOfHouse) {
      const settings = Settings.after(board.settings, [entry])
      if (E.isLeft(settings)) return settings
      board.settings = settings.right
    } else {
      const added = addToLot(board, entry)
      if (E.isLeft(added)) return added
    }
  }
  return E.right(isChanged)
}

/** The lots that are open, in the order in which they were opened. */
export const lots = ({ standing }: Board): E.Either<Record.Unreadable, readonly Lot.Lot[]> => {
  const open: Lot.Lot[] = []
  for (const [stream, one] of standing) {
    const now = folded(one)
    if (E.isLeft(now)) return now
    standing.set(stream, now.right)
    if (now.right.lot !== undefined) open.push(now.right.lot)
  }
  return E.right(open)
}
