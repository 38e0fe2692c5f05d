/**
 * Line: the lines of spec/conformance, and how this package answers them.
 */

import { Shape, States, TreasuryTermsJson } from '../../src/codec/index.js'
import { Ask, Book } from '../../src/engine/index.js'
import type { Fixed, Position, Treasury } from '../../src/index.js'
import { call } from './call.js'
import { decision, type Fields, read, stateOf, Unreadable } from './form.js'

// Model

/** What the lines before have come to. */
export interface Session {
  readonly name: string
  readonly book: Book.Book
}

const { closed, rad, text } = Shape

const begun = closed('session', { session: text, ceiling: rad, treasury: TreasuryTermsJson.codec })
const held = closed('hold', { hold: States.position })
const asked = closed('ask', { id: text, ask: Ask.codec })

/** What is asked of a book, with its time, and its prices where it needs any. */
const commandOf = (ask: Ask.Ask): Book.Command => {
  const isTold = Ask.timeOf(ask) !== undefined
  const isPriced = ask._tag !== 'Open' || ask.quotes !== undefined
  const isOfBook = !['Establish', 'Hold', 'Quote'].includes(ask._tag)
  if (!isTold || !isPriced || !isOfBook) throw new Unreadable('no command with all it needs')
  return ask as Book.Command
}

// Lines that are to be answered

/** The line that begins a session. */
export const begin = (session: string, ceiling: Fixed.Rad, treasury: Treasury.Terms): Fields =>
  begun.encode({ session, ceiling, treasury }) as Fields

export const hold = (position: Position.Position): Fields =>
  held.encode({ hold: position }) as Fields

export const ask = (id: string, command: Book.Command): Fields =>
  asked.encode({ id, ask: command }) as Fields

/** A look at the whole book. */
export const look: Fields = { state: {} }

/** The fields of a line that are its answer. */
const answers = ['events', 'postings', 'refusal', 'state', 'is']

/** A line without its answer, and the answer. */
export const parts = (whole: Fields): readonly [Fields, Fields] => {
  const of = (isAnswer: boolean): Fields =>
    Object.fromEntries(
      Object.entries(whole).filter(([name]) => answers.includes(name) === isAnswer),
    )
  return 'state' in whole ? [{}, whole] : [of(false), of(true)]
}

/** The answer to a line, and the session after it: its book is changed in its place. */
export const answer = (
  session: Session | undefined,
  given: Fields,
): readonly [Fields, Session | undefined] => {
  if ('session' in given) {
    const { ceiling, session: name, treasury } = read(begun, given)
    return [{}, { name, book: Book.make(ceiling, treasury) }]
  }
  const called = call(given)
  if (called !== undefined) return [called, session]
  if (session === undefined) throw new Unreadable('no session has begun')
  const { book } = session
  if ('hold' in given) {
    Book.hold(book, read(held, given).hold)
    return [{}, session]
  }
  return 'ask' in given
    ? [decision(Book.step(book, commandOf(read(asked, given).ask))), session]
    : [{ state: stateOf(book) }, session]
}
