/**
 * Lots: the command that lists the lots that are open, and what they cost now.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Decimal } from '../codec/index.js'
import { Dutch, type Fixed, Lot } from '../core/index.js'
import { Board, Book, Feed, type Port, type Record } from '../engine/index.js'
import { broken, using } from './Database.js'
import { Figures } from '../report/index.js'
import * as Flag from './Flag.js'
import { type Io, type Live, oneLine, type Problem } from './Io.js'
import { staleFrom } from './Quote.js'

export interface Flags {
  readonly database: string
  readonly watch?: boolean
  readonly json?: boolean
  readonly at?: string
}

/** How long a list stands before it is drawn anew, in milliseconds. */
const DRAWN_EVERY = 1000

/** The entries that are read at once. */
const PAGE = 1000

// What is told of a lot

/** A Dutch lot at an instant: its price, where its terms give one, and from when on it is stale, if ever. */
interface Falling {
  readonly lot: Lot.Dutch
  readonly status: Dutch.Status | undefined
  readonly staleFrom: Fixed.Seconds | undefined
}

type Look = Falling | { readonly lot: Lot.English }

const look = ({ settings }: Board.Board, lot: Lot.Lot, at: Fixed.Seconds): Look => {
  if (lot._tag === 'English') return { lot }
  const sale = Book.termsOf(settings, lot)?.sales.get(lot.goods.asset)
  if (sale?._tag !== 'Dutch') return { lot, status: undefined, staleFrom: undefined }
  const status = Dutch.status(sale, lot, at)
  return {
    lot,
    status: E.isRight(status) ? status.right : undefined,
    staleFrom: staleFrom(sale, lot),
  }
}

/** What a lot sells. */
const assetOf = ({ goods }: Lot.Lot): string => {
  switch (goods._tag) {
    case 'Collateral':
      return goods.asset
    case 'Surplus':
      return 'Money'
    case 'Debt':
      return goods.token
  }
}

const leftUntil = (end: Fixed.Seconds | undefined, at: Fixed.Seconds): number | undefined =>
  end === undefined ? undefined : Math.max(0, end - at)

/** Money for collateral and tokens, or tokens for money: which of the two an amount is. */
const isOfMoney = ({ goods }: Lot.English, what: 'bid' | 'sold'): boolean =>
  (goods._tag === 'Surplus') === (what === 'sold')

const asJson = (one: Look, at: Fixed.Seconds): unknown => {
  const { lot } = one
  const shared = { lot: lot.id, line: lot.line, kind: lot._tag, asset: assetOf(lot) }
  const owed = { debt: Decimal.formatRad(lot.debt), target: Decimal.formatRad(lot.target) }
  if ('status' in one) {
    const { status } = one
    return {
      ...shared,
      price: status === undefined ? null : Decimal.formatRay(status.price),
      stale: status?.stale ?? null,
      collateral: Decimal.formatWad(one.lot.collateral),
      ...owed,
      staleFrom: one.staleFrom ?? null,
      left: leftUntil(one.staleFrom, at) ?? null,
    }
  }
  const exact = (what: 'bid' | 'sold'): string =>
    isOfMoney(one.lot, what)
      ? Decimal.formatRad(one.lot[what] as Fixed.Rad)
      : Decimal.formatWad(one.lot[what] as Fixed.Wad)
  return {
    ...shared,
    goods: one.lot.goods._tag,
    sold: exact('sold'),
    bid: exact('bid'),
    bidder: one.lot.bidder ?? null,
    ...owed,
    bidExpiresAt: one.lot.bidExpiresAt ?? null,
    endsAt: one.lot.endsAt,
    left: leftUntil(Lot.endOf(one.lot), at) ?? null,
  }
}

// As a table

const MOST_SHOWN = 24

/** A name that keeps to its column, and to its line. */
const name = (text: string): string => {
  const shown = oneLine(text)
  return shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN - 1)}…` : shown
}

const heads = [
  'lot',
  'asset',
  'auction',
  'price now',
  'stale',
  'for sale',
  'debt',
  'target',
  'best bid',
  'by',
  'left',
]

const row = (one: Look, at: Fixed.Seconds): readonly string[] => {
  const { lot } = one
  const left = leftUntil('status' in one ? one.staleFrom : Lot.endOf(one.lot), at)
  const figure = (what: 'bid' | 'sold', of: Lot.English): string =>
    isOfMoney(of, what)
      ? Figures.money(of[what] as Fixed.Rad)
      : Figures.amount(of[what] as Fixed.Wad)
  const middle =
    'status' in one
      ? [
          one.status === undefined ? '-' : Figures.price(one.status.price),
          one.status === undefined ? '-' : one.status.stale ? 'yes' : 'no',
          Figures.amount(one.lot.collateral),
        ]
      : ['-', '-', figure('sold', one.lot)]
  const best =
    'status' in one || one.lot.bidder === undefined
      ? ['-', '-']
      : [figure('bid', one.lot), name(one.lot.bidder)]
  return [
    name(lot.id),
    name(assetOf(lot)),
    lot._tag,
    ...middle,
    Figures.money(lot.debt),
    Figures.money(lot.target),
    ...best,
    left === undefined ? '-' : Figures.seconds(left),
  ]
}

const text = (looks: readonly Look[], at: Fixed.Seconds, json: boolean): string => {
  if (json) return `${JSON.stringify({ at, lots: looks.map((one) => asJson(one, at)) })}\n`
  const open =
    looks.length === 0 ? 'no lot is open' : `open: ${Figures.counted(looks.length, 'lot')}`
  const table =
    looks.length === 0 ? '' : Figures.table([heads, ...looks.map((one) => row(one, at))])
  return `${Figures.utc(at)}, ${open}\n${table}`
}

// Looking

type Failure = Port.Unavailable | Record.Unreadable

/** What is on a board at an instant, at the earliest that of a lot's last event: clocks differ. */
const drawn = (
  board: Board.Board,
  at: Fixed.Seconds,
  isExact: boolean,
  json: boolean,
): E.Either<Failure, string> =>
  E.map((open: readonly Lot.Lot[]) =>
    text(
      open.map((lot) => look(board, lot, isExact ? at : Math.max(at, lot.lastAt))),
      at,
      json,
    ),
  )(Board.lots(board))

const CLEAR = '\u001b[H\u001b[2J'

/** Follows the store; shows its lots once, or whenever they change, or on a terminal also as time goes by. */
const show = async (
  live: Live,
  store: Port.EventStore,
  flags: Flags,
  given: Fixed.Seconds | undefined,
): Promise<E.Either<Problem, 0>> => {
  const board = Board.make()
  const watch = flags.watch === true
  const redraws = watch && live.isTerminal && flags.json !== true
  let isChanged = true
  let isOver = false
  let failed: Failure | undefined
  const until = (): boolean => isOver || live.isStopped()
  const draw = async (): Promise<void> => {
    const now = given === undefined ? await live.clock.now() : E.right(given)
    const next = E.chainW((at: Fixed.Seconds) =>
      drawn(board, at, given !== undefined, flags.json === true),
    )(now)
    if (E.isLeft(next)) failed = next.left
    else isOver = !(await live.print(`${redraws ? CLEAR : ''}${next.right}`))
  }
  const wait = async (): Promise<void> => {
    if (isChanged || redraws) await draw()
    isChanged = false
    if (!watch || failed !== undefined) isOver = true
    if (!until()) await live.pause(DRAWN_EVERY)
  }
  for await (const page of Feed.follow(store, undefined, { wait, until, limit: PAGE })) {
    const added = E.chainW(({ entries }: Port.Page) => Board.add(board, entries))(page)
    if (E.isLeft(added)) return E.left(broken(added.left))
    if (added.right) isChanged = true
  }
  return failed === undefined ? E.right(0) : E.left(broken(failed))
}

/** Lists the lots that are open. */
export const lots = (
  io: Io,
  flags: Flags,
): E.Either<Problem, 0> | Promise<E.Either<Problem, 0>> => {
  if (flags.watch === true && flags.at !== undefined)
    return E.left('--at: wanted without --watch, which shows what is now')
  const at = flags.at === undefined ? E.right(undefined) : Flag.instant('--at', flags.at)
  if (E.isLeft(at)) return at
  const live = io.live()
  return using(live, flags.database, false, (store) => show(live, store, flags, at.right))
}
