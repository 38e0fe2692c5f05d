/**
 * Books: what the events of a history come to by themselves, without any state: what every account
 * holds, and what the events of each lot moved. Laws compares it with the state.
 *
 * Laws: ACC-1, HOU-5, HOU-8 (spec/07-accounting.md, spec/12-house.md).
 */

import { type Event, Ledger } from '../core/index.js'
import { kindOf, nameOf } from './Account.js'

// Model

/** A law that does not hold: of what, what it should come to, and what it comes to. */
export interface Broken {
  readonly rule: string
  readonly what: string
  readonly expected: unknown
  readonly found: unknown
}

/** What makes a lot. */
export type Opening = Event.Opened | Event.SurplusOpened | Event.DebtOpened

/** All sums that the laws need of the events so far. They change as events are recorded. */
export interface Books {
  /** What every account holds of every asset: `Money`, `Lot MAIN/1`. */
  readonly balances: Map<string, bigint>
  /** What the events of one lot moved from a kind of account to another. */
  readonly moved: Map<string, bigint>
  /** What every bidder of a lot has paid in all, less what he got back. */
  readonly paid: Map<string, Map<string, bigint>>
  readonly openings: Map<string, Opening>
  /** How many lots a line, or the treasury, has opened. */
  readonly opened: Map<string, number>
  readonly winners: Map<string, string>
  readonly over: Set<string>
  /** The first law that an event broke by itself. */
  broken: Broken | undefined
}

// Constructors

/** The books before any event. */
export const start = (): Books => ({
  balances: new Map(),
  moved: new Map(),
  paid: new Map(),
  openings: new Map(),
  opened: new Map(),
  winners: new Map(),
  over: new Set(),
  broken: undefined,
})

// Queries

/** No name holds this. */
const between = '\u0000'

const key = (asset: string, account: string): string => `${asset}${between}${account}`

/** What an account holds of an asset, such as `Money`, `Escrow MAIN/1`. */
export const balance = ({ balances }: Books, asset: string, account: string): bigint =>
  balances.get(key(asset, account)) ?? 0n

/** What all accounts of a kind hold of an asset, whatever it is of: `Collateral`, `Bidder`. */
export const inAll = ({ balances }: Books, asset: string, account: string): bigint =>
  [...balances].reduce((sum, [name, amount]) => {
    const [of = '', holder = ''] = name.split(between)
    return kindOf(of) === asset && kindOf(holder) === account ? sum + amount : sum
  }, 0n)

/** What the events of a lot moved of an asset, such as `Debt`, from a kind of account to another. */
export const moved = (books: Books, lot: string, asset: string, from: string, to: string): bigint =>
  books.moved.get(key(`${asset} ${from} ${to}`, lot)) ?? 0n

const add = (sums: Map<string, bigint>, key: string, amount: bigint): void => {
  sums.set(key, (sums.get(key) ?? 0n) + amount)
}

// Transitions

const isAbout = (event: Event.Event): event is Extract<Event.Event, { readonly lot: string }> =>
  'lot' in event

/** What a lot is paid in: what its bidders pay and get back. */
const paidIn = (goods: Event.Goods): Ledger.Asset['_tag'] =>
  goods._tag === 'Surplus' ? 'Token' : 'Money'

const recordLot = (books: Books, event: Extract<Event.Event, { readonly lot: string }>): void => {
  const { lot } = event
  if (books.over.has(lot))
    books.broken ??= { rule: 'HOU-5', what: `${lot} is over`, expected: [], found: event }
  switch (event._tag) {
    case 'Opened':
    case 'SurplusOpened':
    case 'DebtOpened':
      if (books.openings.has(lot))
        books.broken ??= { rule: 'HOU-8', what: 'a name used once', expected: [], found: lot }
      books.openings.set(lot, event)
      books.opened.set(event.line, (books.opened.get(event.line) ?? 0) + 1)
      return
    case 'Settled':
      books.winners.set(lot, event.bidder)
      if (event.goods._tag !== 'Collateral') books.over.add(lot)
      return
    case 'Closed':
    case 'Cancelled':
    case 'Stopped':
      books.over.add(lot)
      return
    default:
  }
}

const recordPaid = (books: Books, lot: string, bidder: string, amount: bigint): void => {
  const ofLot = books.paid.get(lot) ?? new Map<string, bigint>()
  books.paid.set(lot, ofLot)
  add(ofLot, bidder, amount)
}

/** Enters what an event moves. */
export const record = (books: Books, event: Event.Event): void => {
  for (const { amount, asset, from, to } of Ledger.postings(event)) {
    if (amount <= 0n || nameOf(from) === nameOf(to))
      books.broken ??= {
        rule: 'ACC-1',
        what: `${event._tag}: ${nameOf(asset)} from ${nameOf(from)} to ${nameOf(to)}`,
        expected: 'an amount above zero, between two accounts',
        found: amount,
      }
    add(books.balances, key(nameOf(asset), nameOf(from)), -amount)
    add(books.balances, key(nameOf(asset), nameOf(to)), amount)
    if (!isAbout(event)) continue
    add(books.moved, key(`${asset._tag} ${from._tag} ${to._tag}`, event.lot), amount)
    if (!('goods' in event) || asset._tag !== paidIn(event.goods)) continue
    if (from._tag === 'Bidder') recordPaid(books, event.lot, from.of, amount)
    if (to._tag === 'Bidder') recordPaid(books, event.lot, to.of, -amount)
  }
  if (isAbout(event)) recordLot(books, event)
}
