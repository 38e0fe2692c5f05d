/**
 * Steer: the next command of a history. Most are near what makes sense for the book as it stands, so
 * that histories get deep; some are not.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { Dutch, type English, Fixed, Lot, type Position, Treasury } from '../core/index.js'
import { Book } from '../engine/index.js'
import { assets } from './Arbitrary.js'
import { lines, type Setup, units } from './Setup.js'

// Model

/** The choices that a command is made from. */
export interface Pick {
  /** Out of 100: what is done. */
  readonly kind: number
  /** Which of several, counted around. */
  readonly which: number
  /** Out of 1,000: how much of what there is. */
  readonly size: number
  /** A little less, exactly, or a little more than what makes sense. */
  readonly edge: -1 | 0 | 1
  /** How long after the last command. */
  readonly wait: number
  readonly bidder: string
  /** In place of an amount that makes sense. */
  readonly wild: bigint | undefined
}

type ToLot = Dutch.Command | English.Command

// Constructors

export const pick: fc.Arbitrary<Pick> = fc.record({
  kind: fc.nat(99),
  which: fc.nat(999),
  size: fc.oneof(fc.nat(1000), fc.constantFrom(0, 500, 1000)),
  edge: fc.constantFrom(-1, 0, 0, 0, 1),
  wait: fc.oneof(
    { weight: 12, arbitrary: fc.nat(3) },
    { weight: 8, arbitrary: fc.nat(30) },
    { weight: 2, arbitrary: fc.nat(400) },
    { weight: 1, arbitrary: fc.constantFrom(-1, -100, 0.5, NaN, Infinity, 2 ** 53 - 1, 2 ** 53) },
  ),
  bidder: fc.constantFrom('ann', 'bob', 'eve'),
  wild: fc.oneof(
    { weight: 15, arbitrary: fc.constant(undefined) },
    fc.constantFrom(0n, -1n, -(10n ** 30n), 1n, 10n ** 30n, 2n ** 256n - 1n, 2n ** 257n),
  ),
})

const at = <A>(all: readonly A[], i: number): A | undefined => all[i % Math.max(1, all.length)]

const part = (of: bigint, { size }: Pick): bigint => (of * BigInt(size)) / 1000n

const near = (n: bigint, { edge, wild }: Pick): bigint => wild ?? n + BigInt(edge)

// Lots

const isStaleAt = (book: Book.Book, lot: Lot.Dutch, now: number): Dutch.Compiled | undefined => {
  const sale = Book.termsOf(book, lot)?.sales.get(lot.goods.asset)
  return sale?._tag === 'Dutch' && Number.isSafeInteger(now) ? sale : undefined
}

const want = (lot: Lot.Dutch, price: bigint, minLeft: bigint, one: Pick): Dutch.Want => {
  switch (one.which % 4) {
    case 0:
      return { _tag: 'All' }
    case 1:
      return { _tag: 'Spend', money: Fixed.rad(near(part(lot.target, one), one)) }
    case 2: {
      // As much as leaves the least that may be left.
      const most = price > 0n ? (lot.target - minLeft) / price : lot.collateral
      return { _tag: 'Amount', amount: Fixed.wad(near(most, one)) }
    }
    default:
      return { _tag: 'Amount', amount: Fixed.wad(near(part(lot.collateral, one), one)) }
  }
}

const market = ({ unit }: Setup, one: Pick): Fixed.Ray =>
  one.wild === undefined ? units(unit).ray(1n + BigInt(one.size % 14)) : Fixed.ray(one.wild)

const toDutch = (setup: Setup, book: Book.Book, lot: Lot.Dutch, one: Pick, now: number): ToLot => {
  const { bidder, kind, which } = one
  const sale = isStaleAt(book, lot, now)
  // Now and then exactly when the lot turns stale.
  const then =
    sale !== undefined && kind % 10 === 0 && Number.isFinite(sale.staleFrom)
      ? Math.max(now, lot.startedAt + sale.staleFrom + one.edge)
      : now
  const status = sale === undefined ? undefined : Dutch.status(sale, lot, then)
  const { price, stale } =
    status !== undefined && E.isRight(status) ? status.right : { price: 1n, stale: false }
  const choice = which % 100
  if (choice < 3) return { _tag: 'Cancel', at: then }
  if (choice < 5) return { _tag: 'Settle', at: then }
  if (choice < (stale ? 80 : 15))
    return { _tag: 'Reset', at: then, keeper: bidder, market: market(setup, one) }
  const limit = choice % 8 === 0 ? price + BigInt(one.edge) : 2n * price
  const least = choice % 9 === 0 ? near(part(lot.collateral, one), one) : 0n
  return {
    _tag: 'Take',
    at: then,
    bidder,
    want: want(lot, price, sale?.sale.minLeft ?? 0n, one),
    limit: Fixed.ray(limit),
    atLeast: Fixed.wad(least),
  }
}

/** One and the least raise of a lot's terms, as a Wad. */
const stepOf = (book: Book.Book, { goods, ...lot }: Lot.English): bigint => {
  const { debt, surplus } = book.treasuryTerms
  if (goods._tag !== 'Collateral')
    return Fixed.WAD + (goods._tag === 'Surplus' ? surplus : debt).sale.minRaise
  const sale = Book.termsOf(book, { goods, ...lot })?.sales.get(goods.asset)
  return sale?._tag === 'English' ? sale.step : Fixed.WAD
}

const bid = (setup: Setup, book: Book.Book, lot: Lot.English, one: Pick): ToLot => {
  const { bidder, which } = one
  const step = stepOf(book, lot)
  const told = { at: 0, bidder }
  const isWhole = lot.goods._tag === 'Debt' || lot.bid === lot.target
  // Now and then a bid of the kind that does not come now, or for what no longer stands.
  const shrinks = which % 16 === 0 ? !isWhole : isWhole && lot.goods._tag !== 'Surplus'
  const off = which % 17 === 0 ? BigInt(one.edge) : 0n
  if (shrinks) {
    const most = Fixed.mulDiv(lot.sold, Fixed.WAD, step > 0n ? step : 1n, 'floor')
    const sold = which % 3 === 0 ? part(most, one) : near(most, one)
    return { _tag: 'Shrink', ...told, bid: lot.bid + off, sold }
  }
  const least =
    lot.bidder === undefined
      ? Fixed.max(lot.reserve, 1n)
      : Fixed.max(lot.bid + 1n, Fixed.mulDiv(lot.bid, step, Fixed.WAD, 'ceil'))
  const isCapped = lot.goods._tag === 'Collateral'
  const most = isCapped ? lot.target : least + units(setup.unit).wad(5n)
  const raised =
    which % 3 === 0 ? most : which % 3 === 1 ? near(least, one) : least + part(most - least, one)
  return { _tag: 'Raise', ...told, bid: one.wild ?? raised, sold: lot.sold + off }
}

const toEnglish = (
  setup: Setup,
  book: Book.Book,
  lot: Lot.English,
  one: Pick,
  now: number,
): ToLot => {
  const { bidder } = lot
  const end = Lot.endOf(lot)
  const choice = one.which % 100
  // Now and then exactly when the auction ends.
  const then = one.kind % 5 === 0 ? Math.max(now, end + one.edge) : now
  if (choice < 4) return { _tag: 'Cancel', at: then }
  if (choice < 6) return { _tag: 'Reset', at: then, keeper: one.bidder, market: market(setup, one) }
  const isOver = then >= end
  if (choice < 12 || (isOver && choice < 85))
    return (bidder === undefined) === (choice !== 7)
      ? { _tag: 'Restart', at: then, market: market(setup, one) }
      : { _tag: 'Settle', at: then }
  return { ...bid(setup, book, lot, one), at: then }
}

const quotes = ({ unit }: Setup, one: Pick): readonly Position.Quote[] => {
  const of = units(unit)
  return assets.flatMap((asset, i) => {
    const is = (which: number): boolean => one.which % 40 === which + i
    const risk = of.ray(1n + BigInt((one.size * (i + 1)) % 12))
    const value = of.ray(1n + BigInt((one.size * (i + 1) + one.which) % 12))
    const none = Fixed.ray(one.wild ?? 0n)
    return is(0) ? [] : [{ asset, risk: is(3) ? none : risk, market: is(6) ? none : value }]
  })
}

const opening = (setup: Setup, one: Pick, now: number): Book.Command => ({
  _tag: 'Open',
  at: now,
  keeper: one.bidder,
  position: one.which === 501 ? 'nobody' : (at(setup.positions, one.which)?.id ?? ''),
  quotes: quotes(setup, one),
})

const toLot = (setup: Setup, book: Book.Book, one: Pick, now: number): Book.Command => {
  const all = [...book.lots.values()]
  const open = all.filter(({ ended }) => !ended)
  if (one.which === 500)
    return { _tag: 'ToLot', lot: 'nowhere', command: { _tag: 'Cancel', at: now } }
  const lot = at(one.kind % 16 > 0 ? open : all, one.which)
  if (lot === undefined) return opening(setup, one, now)
  const command =
    lot._tag === 'Dutch'
      ? toDutch(setup, book, lot, one, now)
      : toEnglish(setup, book, lot, one, now)
  return { _tag: 'ToLot', lot: lot.id, command }
}

// The rest

const toHouse = (setup: Setup, book: Book.Book, one: Pick, now: number): Book.Command => {
  const line = at(lines, one.which) ?? ''
  const version = book.house.lines.get(line)?.version ?? 0
  const choice = one.size % 10
  if (choice < 4) {
    const next = setup.terms.find((terms) => terms.line === line && terms.version === version + 1)
    const any = at(setup.terms, one.which)
    const terms = next ?? any
    if (terms !== undefined && choice > 0)
      return { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', at: now, terms } }
    if (terms !== undefined && one.edge === 1) {
      const taken = { ...terms, line: setup.treasuryTerms.line }
      return { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', at: now, terms: taken } }
    }
  }
  if (choice < 8) {
    const level = at([0, 0, 0, 0, 1, 2, 3, 4, -1, NaN, 0.5], one.which) ?? 0
    const known = one.which % 19 === 0 ? 'NONE' : line
    return { _tag: 'ToHouse', command: { _tag: 'ChangeLevel', at: now, line: known, level } }
  }
  const ceiling = Fixed.rad(one.wild ?? setup.ceiling + BigInt(one.edge))
  const opens = one.which % 8 > 0
  return { _tag: 'ToHouse', command: { _tag: 'ChangeHouse', at: now, ceiling, opens } }
}

const toTreasury = (setup: Setup, book: Book.Book, one: Pick, now: number): Book.Command => {
  const { losses, onAuction, surplus } = book.treasury
  const { treasuryTerms } = setup
  const ready = Treasury.ready(book.treasury)
  const of = (n: bigint): Fixed.Rad => Fixed.rad(one.wild ?? n)
  if (one.kind % 2 === 0) {
    if (surplus === 0n && ready >= treasuryTerms.debt.lot)
      return { _tag: 'ToTreasury', command: { _tag: 'OpenDebt', at: now } }
    if (surplus > 0n && ready > 0n && one.size % 6 > 0) {
      const amount = Fixed.min(surplus, ready)
      return { _tag: 'ToTreasury', command: { _tag: 'Heal', at: now, amount, of: 'ready' } }
    }
    // With losses left, too, which it is refused for.
    if (surplus >= losses + treasuryTerms.surplus.lot + treasuryTerms.surplus.buffer)
      return { _tag: 'ToTreasury', command: { _tag: 'OpenSurplus', at: now } }
  }
  switch (one.which % 12) {
    case 0:
    case 1:
    case 2: {
      const amount = of(units(setup.unit).rad(BigInt(1 + (one.size % 60))))
      return { _tag: 'ToTreasury', command: { _tag: 'Receive', at: now, from: 'fees', amount } }
    }
    case 3:
    case 4:
    case 5: {
      const queuedAt = at([...book.queue.keys()], one.size) ?? 7
      const named = one.kind % 9 === 0 ? {} : { queuedAt }
      return { _tag: 'ToTreasury', command: { _tag: 'Mature', at: now }, ...named }
    }
    case 6:
    case 7: {
      const most = Fixed.min(surplus, ready)
      const amount = of(one.size % 2 === 0 ? most + BigInt(one.edge) : part(most, one))
      return { _tag: 'ToTreasury', command: { _tag: 'Heal', at: now, amount, of: 'ready' } }
    }
    case 8: {
      const amount = of(Fixed.min(surplus, onAuction) + BigInt(one.edge))
      return { _tag: 'ToTreasury', command: { _tag: 'Heal', at: now, amount, of: 'onAuction' } }
    }
    default: {
      const isDebt = one.size % 2 === 0
      return {
        _tag: 'ToTreasury',
        command: { _tag: isDebt ? 'OpenDebt' : 'OpenSurplus', at: now },
      }
    }
  }
}

/** The command that a pick comes to, `now` being the time of the last one that was carried out. */
export const command = (setup: Setup, book: Book.Book, one: Pick, now: number): Book.Command => {
  const later = now + one.wait
  if (one.kind < 18) return opening(setup, one, later)
  if (one.kind < 74) return toLot(setup, book, one, later)
  return one.kind < 93 ? toTreasury(setup, book, one, later) : toHouse(setup, book, one, later)
}
