/**
 * Book: an engine in memory: one house, its positions, lots and treasury, and the events that made them.
 *
 * It looks up what a command touches, lets the core decide, and folds the events into all that read
 * them. It is the shape of any host: a database takes the place of the maps.
 *
 * Laws: PRT-1, PRT-2 (spec/10-ports.md), and all those of spec/07-accounting.md, which
 * `Laws` of knockdown/testing checks a book against.
 *
 * @example
 * const book = Book.make(ceiling, treasuryTerms)
 * Book.step(book, { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', at: 0, terms } })
 * Book.hold(book, position)
 * Book.step(book, { _tag: 'Open', at: 7, keeper: 'kim', position: position.id, quotes })
 * Book.step(book, { _tag: 'ToLot', lot: 'MAIN/1', command: { _tag: 'Cancel', at: 9 } })
 */

import * as E from 'fp-ts/lib/Either.js'
import {
  Auction,
  type Dutch,
  English,
  type Event,
  type Fixed,
  House,
  Lot,
  Position,
  type Refusal,
  type Terms,
  Treasury,
} from '../core/index.js'
import { MONEY } from './Payable.js'

// Model

/** Something a command names is not there. */
export interface NotFound {
  readonly _tag: 'NotFound'
  readonly rule: 'PRT-1'
  readonly what: 'position' | 'lot' | 'line'
  readonly name: string
}

/**
 * A line of loans may not have the treasury's name: their lots' names would be the same. No asset and no token may have
 * that of money: who pays them would take them for money.
 */
export interface NameTaken {
  readonly _tag: 'NameTaken'
  readonly rule: 'PRT-2'
  readonly name: string
}

/** What may be asked of a book. */
export type Command =
  | {
      readonly _tag: 'Open'
      readonly at: Fixed.Seconds
      readonly keeper: string
      readonly position: string
      readonly quotes: readonly Position.Quote[]
    }
  | {
      readonly _tag: 'ToLot'
      readonly lot: string
      readonly command: Dutch.Command | English.Command
    }
  | { readonly _tag: 'ToHouse'; readonly command: House.Command }
  | {
      readonly _tag: 'ToTreasury'
      readonly command: Treasury.Command
      /** The instant of the queued losses that a Mature is about. */
      readonly queuedAt?: Fixed.Seconds
    }

export type Decision = E.Either<Refusal.Refusal | NotFound | NameTaken, readonly Event.Event[]>

/** Its maps change with every command that is carried out; their values never do. */
export interface Book {
  house: House.House
  treasury: Treasury.Treasury
  readonly treasuryTerms: Treasury.Terms
  /** Of every line, its terms by version. */
  terms: ReadonlyMap<string, readonly Auction.Compiled[]>
  readonly positions: Map<string, Position.Position>
  readonly lots: Map<string, Lot.Lot>
  /** The losses that wait, by the instant they were queued. */
  readonly queue: Map<Fixed.Seconds, Fixed.Rad>
}

// Constructors

/** An empty book under a ceiling over all lines. */
export const make = (ceiling: Fixed.Rad, treasuryTerms: Treasury.Terms): Book => ({
  house: House.make(ceiling),
  treasury: Treasury.empty,
  treasuryTerms,
  terms: new Map(),
  positions: new Map(),
  lots: new Map(),
  queue: new Map(),
})

// Queries

const notFound = (what: NotFound['what'], name: string): E.Either<NotFound, never> =>
  E.left({ _tag: 'NotFound', rule: 'PRT-1', what, name })

/** Of every line, its terms by version. */
interface Versions {
  readonly terms: ReadonlyMap<string, readonly Auction.Compiled[]>
}

export const nameTaken = (name: string): E.Either<NameTaken, never> =>
  E.left({ _tag: 'NameTaken', rule: 'PRT-2', name })

/** The first name in terms that means something else already (PRT-2). */
const takenIn = (
  { treasuryTerms }: Book,
  { collaterals, line }: Terms.Terms,
): string | undefined =>
  line === treasuryTerms.line ? line : collaterals.find(({ asset }) => asset === MONEY)?.asset

const inForce = ({ terms }: Versions, line: string): Auction.Compiled | undefined => {
  const versions = terms.get(line)
  return versions?.[versions.length - 1]
}

/** The terms that a lot obeys: those in force, or, where those it was opened under say so, those. */
export const termsOf = (versions: Versions, lot: Lot.Lot): Auction.Compiled | undefined =>
  lot.binding === 'atOpening'
    ? versions.terms.get(lot.line)?.[lot.terms - 1]
    : inForce(versions, lot.line)

const saleOf = ({ treasuryTerms }: Book, lot: Lot.English): English.Compiled =>
  English.compile(
    treasuryTerms,
    lot.goods._tag === 'Surplus' ? treasuryTerms.surplus.sale : treasuryTerms.debt.sale,
  )

/** A surplus or debt auction has no line, and so no breaker: who opens none of them closes the treasury. */
const decideTreasuryLot = (
  book: Book,
  lot: Lot.English,
  command: Dutch.Command | English.Command,
): Decision => English.decide(saleOf(book, lot), 0, lot, command)

const decideLot = (
  book: Book,
  lot: Lot.Lot,
  command: Dutch.Command | English.Command,
): Decision => {
  if (lot._tag === 'English' && lot.goods._tag !== 'Collateral')
    return decideTreasuryLot(book, lot, command)
  const terms = termsOf(book, lot)
  const line = book.house.lines.get(lot.line)
  return terms === undefined || line === undefined
    ? notFound('line', lot.line)
    : Auction.decide(terms)(line.level, lot, command)
}

/**
 * The events that a command would cause, or why it is refused: something it names is not there
 * (PRT-1), a name is taken (PRT-2), or as the core says.
 */
export const decide = (book: Book, command: Command): Decision => {
  switch (command._tag) {
    case 'Open': {
      const position = book.positions.get(command.position)
      if (position === undefined) return notFound('position', command.position)
      const terms = inForce(book, position.line)
      if (terms === undefined) return notFound('line', position.line)
      const { at, keeper, quotes } = command
      return Auction.open(terms)(book.house, position, quotes, { _tag: 'Open', at, keeper })
    }
    case 'ToLot': {
      const lot = book.lots.get(command.lot)
      return lot === undefined
        ? notFound('lot', command.lot)
        : decideLot(book, lot, command.command)
    }
    case 'ToHouse': {
      const change = command.command
      const taken = change._tag === 'ChangeTerms' ? takenIn(book, change.terms) : undefined
      return taken === undefined ? House.decide(book.house, change) : nameTaken(taken)
    }
    case 'ToTreasury': {
      const { queuedAt } = command
      const amount = queuedAt === undefined ? undefined : book.queue.get(queuedAt)
      const entry =
        queuedAt === undefined || amount === undefined ? undefined : { queuedAt, amount }
      return Treasury.decide(book.treasuryTerms)(book.treasury, entry, command.command)
    }
  }
}

// Transitions

/** Puts a position in the book, or takes the place of the one of that name: loans change outside it. */
export const hold = (book: Book, position: Position.Position): void => {
  book.positions.set(position.id, position)
}

const putTerms = (book: Book, terms: Terms.Terms): void => {
  const versions = [...(book.terms.get(terms.line) ?? []), Auction.compile(terms)]
  book.terms = new Map([...book.terms, [terms.line, versions]])
}

const queue = (book: Book, event: Event.Event): void => {
  const amount = Treasury.queuedBy(event)
  if (amount > 0n)
    book.queue.set(event.at, ((book.queue.get(event.at) ?? 0n) + amount) as Fixed.Rad)
  if (event._tag === 'Matured') book.queue.delete(event.queuedAt)
}

const foldLot = (book: Book, event: Event.OfDutch | Event.OfEnglish): void => {
  const lot = book.lots.get(event.lot)
  if (lot !== undefined) book.lots.set(event.lot, Lot.evolve(lot, event))
}

const foldPosition = (book: Book, event: Event.Opened | Event.Cancelled): void => {
  const position = book.positions.get(event.goods.position)
  if (position !== undefined) book.positions.set(position.id, Position.evolve(position, event))
}

/** Folds an event into everything that reads it. */
export const apply = (book: Book, event: Event.Event): void => {
  book.house = House.evolve(book.house, event)
  book.treasury = Treasury.evolve(book.treasury, event)
  queue(book, event)
  switch (event._tag) {
    case 'TermsChanged':
      putTerms(book, event.terms)
      return
    case 'Opened':
      foldPosition(book, event)
      book.lots.set(event.lot, Lot.open(event))
      return
    case 'SurplusOpened':
    case 'DebtOpened':
      book.lots.set(event.lot, Lot.open(event))
      return
    case 'Cancelled':
      foldPosition(book, event)
      foldLot(book, event)
      return
    case 'LevelChanged':
    case 'HouseChanged':
    case 'Received':
    case 'Matured':
    case 'Healed':
      return
    default:
      foldLot(book, event)
  }
}

/** Carries a command out: the events, already folded in, or why it is refused and nothing changed. */
export const step = (book: Book, command: Command): Decision => {
  const decision = decide(book, command)
  if (E.isRight(decision)) for (const event of decision.right) apply(book, event)
  return decision
}
