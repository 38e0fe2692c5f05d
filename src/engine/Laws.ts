/**
 * Laws: the accounting of a book, checked against the events that made it.
 *
 * For whoever writes a host or an adapter: record every event as it is appended, and check the book
 * after it. What is checked is worked out from postings and events alone, and compared with the state.
 *
 * Laws: ACC-1 to ACC-4, ACC-6 to ACC-8, HOU-5, HOU-7, HOU-8 (spec/07-accounting.md, spec/12-house.md).
 *
 * @example
 * const books = Books.start()
 * events.forEach((event) => Books.record(books, event))
 * Laws.broken(book, books) // undefined, or the first law that does not hold
 */

import type { Event, Lot } from '../core/index.js'
import type * as Book from './Book.js'
import { balance, type Books, type Broken, inAll, moved, type Opening } from './Books.js'

// Laws

type Found = readonly (Broken | false)[]

const same = (rule: string, what: string, expected: unknown, found: unknown): Broken | false =>
  expected !== found && { rule, what, expected, found }

const holds = (rule: string, what: string, held: boolean): Broken | false =>
  !held && { rule, what, expected: true, found: false }

/** What a lot has for sale, and the money that it still has to repay. */
const leftOf = (lot: Lot.Lot): bigint => (lot._tag === 'Dutch' ? lot.collateral : lot.sold)

const standing = (lot: Lot.Lot): bigint =>
  lot._tag === 'Dutch' || lot.ended || lot.bidder === undefined ? 0n : lot.bid

/** Of every bidder of an auction by bids: whoever stands or won has paid his bid, all others nothing. */
const bidders = (books: Books, lot: Lot.English): Found =>
  [...(books.paid.get(lot.id) ?? [])].map(([bidder, paid]) => {
    const winner = lot.ended ? books.winners.get(lot.id) : lot.bidder
    return same('ACC-8', `${bidder} in ${lot.id}`, bidder === winner ? lot.bid : 0n, paid)
  })

const ofCollateral = (books: Books, lot: Lot.Lot, opening: Event.Opened): Found => {
  const { id } = lot
  const { collateral, debt, goods, target } = opening
  const sumOf = (asset: string, from: string, to: string): bigint =>
    moved(books, id, asset, from, to)
  const [repaid, bad] = [sumOf('Debt', 'Lot', 'Repaid'), sumOf('Debt', 'Lot', 'BadDebt')]
  const [sold, returned] = [
    sumOf('Collateral', 'Lot', 'Bidder'),
    sumOf('Collateral', 'Lot', 'Owner'),
  ]
  const handedBack = sumOf('Collateral', 'Lot', 'Position')
  const penalty = ['Bidder', 'Escrow'].reduce(
    (sum, from) => sum + sumOf('Money', from, 'Penalty'),
    0n,
  )
  const paid = ['Bidder', 'Escrow'].reduce(
    (sum, from) => sum + sumOf('Money', from, 'Repaid') + sumOf('Money', from, 'Protocol'),
    0n,
  )
  return [
    same(
      'ACC-2',
      `collateral of ${id}`,
      leftOf(lot),
      balance(books, `Collateral ${goods.asset}`, `Lot ${id}`),
    ),
    same('ACC-2', `debt of ${id}`, lot.debt, balance(books, 'Debt', `Lot ${id}`)),
    same('ACC-3', `money that repaid debt of ${id}`, repaid, paid),
    holds(
      'ACC-3',
      `${id}: penalty only when the debt is repaid`,
      penalty === 0n || repaid === debt,
    ),
    holds('ACC-3', `${id}: at most its target`, repaid + penalty <= target),
    holds(
      'ACC-4',
      `${id}: bad debt and nothing returned`,
      bad === 0n || returned === 0n || target < debt,
    ),
    holds(
      'ACC-4',
      `${id}: bad debt and nothing left`,
      bad === 0n || (lot.ended && handedBack === 0n),
    ),
    same(
      'ACC-6',
      `debt seized for ${id}`,
      debt,
      repaid + lot.debt + bad + sumOf('Debt', 'Lot', 'Position'),
    ),
    same(
      'ACC-6',
      `collateral seized for ${id}`,
      collateral,
      sold + leftOf(lot) + returned + handedBack,
    ),
  ]
}

/** The loss that a lot is: its debt when it turns bad or is seized, and what was issued for it. */
const lossOf = (books: Books, id: string, opening: Opening): bigint => {
  const issued = ['Keeper', 'Bidder'].map((to) => moved(books, id, 'Money', 'Issued', to))
  const debt =
    opening._tag !== 'Opened'
      ? 0n
      : opening.lossAt === 'seizure'
        ? opening.debt
        : moved(books, id, 'Debt', 'Lot', 'BadDebt')
  return issued.reduce((sum, amount) => sum + amount, debt)
}

const ofLot = (books: Books, lot: Lot.Lot): Found => {
  const { goods, id } = lot
  const opening = books.openings.get(id)
  if (opening === undefined) return [same('HOU-8', 'the opening of', id, undefined)]
  const isHeld = lot._tag === 'English' && lot.held === 'escrow'
  return [
    ...(opening._tag === 'Opened' ? ofCollateral(books, lot, opening) : []),
    same(
      'ACC-2',
      `money of ${id}`,
      goods._tag === 'Surplus' ? leftOf(lot) : 0n,
      balance(books, 'Money', `Lot ${id}`),
    ),
    same(
      'ACC-8',
      `escrow of ${id}`,
      isHeld ? standing(lot) : 0n,
      balance(books, goods._tag === 'Surplus' ? `Token ${goods.token}` : 'Money', `Escrow ${id}`),
    ),
    same(
      'ACC-7',
      `loss of ${id}`,
      lossOf(books, id, opening),
      -balance(books, 'Loss', `Lot ${id}`),
    ),
    ...(lot._tag === 'English' ? bidders(books, lot) : []),
  ]
}

const sum = <A>(all: Iterable<A>, amount: (one: A) => bigint): bigint =>
  [...all].reduce((total, one) => total + amount(one), 0n)

const ofAllLots = (books: Books, lots: readonly Lot.Lot[]): Found => {
  const openings = [...books.openings.values()].filter((one) => one._tag === 'Opened')
  const cancelled = (asset: string): bigint =>
    sum(openings, ({ lot }) => moved(books, lot, asset, 'Lot', 'Position'))
  const ofCollateral = lots.filter(({ goods }) => goods._tag === 'Collateral')
  const all = (asset: string, account: string): bigint => inAll(books, asset, account)
  return [
    same(
      'ACC-6',
      'debt seized in all',
      sum(openings, ({ debt }) => debt),
      all('Debt', 'Repaid') +
        sum(ofCollateral, ({ debt }) => debt) +
        all('Debt', 'BadDebt') +
        cancelled('Debt'),
    ),
    same(
      'ACC-6',
      'collateral seized in all',
      sum(openings, ({ collateral }) => collateral),
      all('Collateral', 'Bidder') +
        sum(ofCollateral, leftOf) +
        all('Collateral', 'Owner') +
        cancelled('Collateral'),
    ),
  ]
}

const ofTreasury = (
  books: Books,
  { queue, treasury }: Book.Book,
  lots: readonly Lot.Lot[],
): Found => {
  const { losses, onAuction, opened, queued, selling, surplus } = treasury
  const surplusLots = lots.filter(({ goods }) => goods._tag === 'Surplus')
  const named = [...books.openings.values()].filter(({ _tag }) => _tag !== 'Opened').length
  return [
    same(
      'ACC-7',
      'surplus',
      balance(books, 'Money', 'Protocol') + balance(books, 'Money', 'Penalty'),
      surplus,
    ),
    same('ACC-7', 'losses', balance(books, 'Loss', 'Protocol'), losses),
    same(
      'ACC-7',
      'losses that wait',
      sum(queue.values(), (amount) => amount),
      queued,
    ),
    same('ACC-7', 'surplus on auction', sum(surplusLots, leftOf), selling),
    holds('ACC-7', 'losses cover what waits and what is on auction', queued + onAuction <= losses),
    same('HOU-8', 'auctions of the treasury', named, opened),
  ]
}

const ofHouse = (books: Books, { house }: Book.Book, lots: readonly Lot.Lot[]): Found => {
  const targets = (line?: string): bigint =>
    sum(lots, (lot) => (lot.ended || (line !== undefined && lot.line !== line) ? 0n : lot.target))
  return [
    same('HOU-7', 'money in flight', targets(), house.inFlight),
    ...[...house.lines].flatMap(([name, line]) => [
      same('HOU-7', `money in flight of ${name}`, targets(name), line.inFlight),
      same('HOU-8', `lots opened of ${name}`, books.opened.get(name) ?? 0, line.opened),
    ]),
  ]
}

/** The first law that a book breaks, if any: its state, against the events recorded so far. */
export const broken = (book: Book.Book, books: Books): Broken | undefined => {
  if (books.broken !== undefined) return books.broken
  const lots = [...book.lots.values()]
  const all = [
    ...lots.flatMap((lot) => ofLot(books, lot)),
    ...ofAllLots(books, lots),
    ...ofTreasury(books, book, lots),
    ...ofHouse(books, book, lots),
    same('HOU-8', 'lots', books.openings.size, lots.length),
  ]
  return all.find((one) => one !== false) || undefined
}
