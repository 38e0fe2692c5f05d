/**
 * History: arbitrary whole histories of one book: many lots of both kinds in several lines, their
 * treasury and house, sensible commands and hostile ones.
 *
 * @example
 * fc.assert(fc.property(History.history, (history) => History.breaks(history) === undefined))
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import type { Event, Lot } from '../core/index.js'
import { Book, Books, Laws } from '../engine/index.js'
import { book, lines, setup, type Setup } from './Setup.js'
import * as Steer from './Steer.js'

// Model

export interface History {
  readonly setup: Setup
  readonly commands: readonly Book.Command[]
}

/** A command, the lot that it names as it was before, and what it led to. The book is as it is after. */
export interface Step {
  readonly book: Book.Book
  readonly command: Book.Command
  readonly before: Lot.Lot | undefined
  readonly decision: Book.Decision
}

// Queries

/** The time of a command. */
export const timeOf = (command: Book.Command): number =>
  command._tag === 'Open' ? command.at : command.command.at

/** The events of a step; none where the command was refused. */
export const events = ({ decision }: Step): readonly Event.Event[] =>
  E.isRight(decision) ? decision.right : []

/** Nothing of a plain value can be changed any more. */
const freeze = <A>(value: A): A => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(freeze)
  }
  return value
}

/**
 * Carries a history out in a new book, and calls `after` with every step. Commands, events and lots
 * are frozen: what would change one throws. `before` sees the book as each command finds it.
 */
export const play = (
  { commands, setup }: History,
  after: (step: Step) => void = () => undefined,
  before: (book: Book.Book, command: Book.Command) => void = () => undefined,
): Book.Book => {
  const made = book(setup)
  for (const command of commands) {
    freeze(command)
    const lot = command._tag === 'ToLot' ? made.lots.get(command.lot) : undefined
    before(made, command)
    const decision = Book.step(made, command)
    freeze(decision)
    after({ book: made, command, before: lot, decision })
  }
  return made
}

/** The first law of the accounts that a history breaks, if any, checked after every step. */
export const breaks = (history: History): Books.Broken | undefined => {
  const books = Books.start()
  let found: Books.Broken | undefined
  play(history, (step) => {
    if (found !== undefined) return
    for (const event of events(step)) Books.record(books, event)
    found = Laws.broken(step.book, books)
  })
  return found
}

// Constructors

/** The history that picks come to, each steered by the book that the ones before it made. */
const steered = (start: Setup, picks: readonly Steer.Pick[]): History => {
  const made = book(start)
  const commands: Book.Command[] = []
  let now = 0
  const carryOut = (command: Book.Command): void => {
    commands.push(command)
    if (E.isRight(Book.step(made, command))) now = Math.max(now, timeOf(command))
  }
  for (const terms of start.terms.slice(0, lines.length))
    carryOut({ _tag: 'ToHouse', command: { _tag: 'ChangeTerms', at: 0, terms } })
  for (const pick of picks) carryOut(Steer.command(start, made, pick, now))
  return { setup: start, commands }
}

/** Histories of up to 80 commands in two lines of six positions. */
export const history: fc.Arbitrary<History> = fc
  .tuple(setup, fc.array(Steer.pick, { minLength: 10, maxLength: 80, size: 'max' }))
  .map(([start, picks]) => steered(start, picks))
