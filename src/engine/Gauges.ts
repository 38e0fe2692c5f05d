/**
 * Gauges: what to watch of a store, as exact numbers: folded from the feed as it goes on, and read of the totals.
 *
 * What was not sent yet of the payments is not among them: a store tells it to nobody but a sender.
 *
 * Laws: PRT-9, PRT-16 (spec/10-ports.md), HOU-7 (spec/12-house.md).
 *
 * @example
 * const watch = Gauges.make()
 * await Gauges.read(watch, store, Engine.systemClock)() // E.right({ at: 1900, lots: [{ line: 'MAIN', … }], … })
 */

import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { Dutch, Fixed, House, Lot, type Terms, Treasury } from '../core/index.js'
import * as Board from './Board.js'
import { termsOf } from './Book.js'
import * as Feed from './Feed.js'
import {
  type Clock,
  type Cursor,
  type Entry,
  type EventStore,
  nothingWanted,
  type Unavailable,
} from './Port.js'
import * as Record from './Record.js'
import * as Totals from './Totals.js'

// Model

/** The open lots of a line, or of the treasury, that are sold in one way: none, where the terms in force say that way. */
export interface Lots {
  readonly line: string
  readonly auction: Lot.Lot['_tag']
  readonly open: number
  /**
   * Those of them in which nobody can buy until somebody acts: Dutch ones that wait for a reset, English ones that
   * are won or over, and wait for a settlement or a restart.
   */
  readonly stale: number
}

export interface Gauges {
  readonly at: Fixed.Seconds
  readonly lots: readonly Lots[]
  /** How much more money may be in flight in all lines, and in each under its own ceiling; below zero, where a ceiling was lowered (HOU-7). */
  readonly room: Fixed.Rad
  readonly roomOf: ReadonlyMap<string, Fixed.Rad>
  /** The treasury's amounts: losses include those that are queued. */
  readonly treasury: Pick<
    Treasury.Treasury,
    'surplus' | 'losses' | 'queued' | 'onAuction' | 'selling'
  >
  /** Of each asset that was ever quoted in the store, for how many seconds it has not been. */
  readonly priceAge: ReadonlyMap<string, number>
}

type Failure = Unavailable | Record.Unreadable

/** What was folded so far. It changes as more is; one reading at a time. */
export interface Watch {
  readonly board: Board.Board
  readonly quotedAt: Map<string, Fixed.Seconds>
  after: Cursor | undefined
  /** An entry that cannot be read is the end: what comes after it is not to be folded without it. */
  failed: Record.Unreadable | undefined
}

/** The entries that are read at once. */
const PAGE = 1000

// Constructors

/** Nothing was read yet. */
export const make = (): Watch => ({
  board: Board.make(),
  quotedAt: new Map(),
  after: undefined,
  failed: undefined,
})

// Queries

type Edges = Terms.Dutch['edges']

/** By which edges an auction by bids ends. */
const edgesOf = ({ settings }: Board.Board, lot: Lot.English): Edges | undefined => {
  const treasury = settings.established?.treasury
  switch (lot.goods._tag) {
    case 'Collateral':
      return termsOf(settings, lot)?.sales.get(lot.goods.asset)?.sale.edges
    case 'Surplus':
      return treasury?.surplus.sale.edges
    case 'Debt':
      return treasury?.debt.sale.edges
  }
}

/** Clocks differ: a lot is looked at no earlier than at its last event. */
const isStale = (board: Board.Board, lot: Lot.Lot, now: Fixed.Seconds): boolean => {
  const at = Math.max(now, lot.lastAt)
  if (lot._tag === 'English') {
    const end = Lot.endOf(lot)
    return edgesOf(board, lot) === 'strict' ? at > end : at >= end
  }
  const sale = termsOf(board.settings, lot)?.sales.get(lot.goods.asset)
  if (sale?._tag !== 'Dutch') return true
  const status = Dutch.status(sale, lot, at)
  return E.isLeft(status) || status.right.stale
}

/** What is sold in which way by the terms in force: a line without an open lot shows none, and not nothing. */
const kinds = ({ settings }: Board.Board): readonly Lots[] => {
  const treasury = settings.established?.treasury.line
  const sales = [...settings.terms].flatMap(([line, versions]) =>
    [...(versions.at(-1)?.sales.values() ?? [])].map(({ _tag }) => [line, _tag] as const),
  )
  return [...sales, ...(treasury === undefined ? [] : [[treasury, 'English'] as const])].map(
    ([line, auction]) => ({ line, auction, open: 0, stale: 0 }),
  )
}

const keyOf = ({ auction, line }: Pick<Lots, 'auction' | 'line'>): string => `${auction} ${line}`

const counted = (
  board: Board.Board,
  open: readonly Lot.Lot[],
  at: Fixed.Seconds,
): readonly Lots[] => {
  const found = new Map(kinds(board).map((lots) => [keyOf(lots), lots]))
  for (const lot of open) {
    const { _tag: auction, line } = lot
    const key = keyOf({ auction, line })
    const so = found.get(key) ?? { line, auction, open: 0, stale: 0 }
    const stale = so.stale + (isStale(board, lot, at) ? 1 : 0)
    found.set(key, { ...so, open: so.open + 1, stale })
  }
  return [...found.values()]
}

/** The totals that gauges show. */
export const totals = ({ board: { settings } }: Watch): readonly string[] => [
  ...Totals.forHouse([...settings.house.lines.keys()]),
  ...Totals.forTreasury,
]

/** The gauges at an instant, with totals as they are read. */
export const show = (
  { board, quotedAt }: Watch,
  at: Fixed.Seconds,
  total: (name: string) => bigint,
): E.Either<Record.Unreadable, Gauges> => {
  const { settings } = board
  const house = Totals.withHouse(settings.house, [...settings.house.lines.keys()], total)
  const { losses, onAuction, queued, selling, surplus } = Totals.withTreasury(Treasury.empty, total)
  const roomOf = [...house.lines].flatMap(([name, line]) => {
    const terms = settings.terms.get(name)?.at(-1)?.terms
    return terms === undefined ? [] : [[name, House.room(house, line, terms).inLine] as const]
  })
  return E.map((open: readonly Lot.Lot[]) => ({
    at,
    lots: counted(board, open, at),
    room: Fixed.rad(house.ceiling - house.inFlight),
    roomOf: new Map(roomOf),
    treasury: { surplus, losses, queued, onAuction, selling },
    priceAge: new Map([...quotedAt].map(([asset, when]) => [asset, Math.max(0, at - when)])),
  }))(Board.lots(board))
}

// Transitions

const isOfPrice = ({ stream }: Entry): boolean => stream.startsWith(Record.priceStream(''))

/** Folds the next entries of the feed. */
export const add = (
  watch: Watch,
  entries: readonly Entry[],
): E.Either<Record.Unreadable, undefined> => {
  if (watch.failed !== undefined) return E.left(watch.failed)
  const read = E.chain(() => Record.readAll(entries.filter(isOfPrice)))(
    Board.add(watch.board, entries),
  )
  if (E.isLeft(read)) {
    watch.failed = read.left
    return read
  }
  for (const record of read.right)
    if (record._tag === 'Quoted') watch.quotedAt.set(record.asset, record.at)
  return E.right(undefined)
}

/** Folds all that is stored by now. */
const catchUp = async (
  watch: Watch,
  store: Pick<EventStore, 'since'>,
): Promise<E.Either<Failure, undefined>> => {
  for await (const page of Feed.pages(store, watch.after, PAGE)) {
    if (E.isLeft(page)) return page
    const added = add(watch, page.right.entries)
    if (E.isLeft(added)) return added
    watch.after = page.right.next
  }
  return E.right(undefined)
}

// Interpretation

/** Reads on from where the last reading stopped, and answers what the gauges show now. */
export const read =
  (
    watch: Watch,
    store: Pick<EventStore, 'read' | 'since'>,
    clock: Clock,
  ): TaskEither<Failure, Gauges> =>
  async () => {
    const folded = await catchUp(watch, store)
    if (E.isLeft(folded)) return folded
    const found = await store.read({ ...nothingWanted, totals: totals(watch) })()
    if (E.isLeft(found)) return found
    const now = await clock.now()
    if (E.isLeft(now)) return now
    const sums = found.right.totals
    return show(watch, now.right, (name) => sums.get(name)?.amount ?? 0n)
  }
