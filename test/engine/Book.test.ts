import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Book } from '../../src/engine/index.js'
import type { Event, Lot } from '../../src/index.js'
import { portsBook } from '../examples/accounting.js'
import {
  examplePosition,
  exampleQuotes,
  exampleTerms,
  exampleTreasuryTerms,
  price,
  rad,
  wad,
} from '../example.js'

const done = (decision: Book.Decision): readonly Event.Event[] => {
  if (E.isLeft(decision)) throw new Error(decision.left._tag)
  return decision.right
}

const change = (terms: typeof exampleTerms, at = 0): Book.Command => ({
  _tag: 'ToHouse',
  command: { _tag: 'ChangeTerms', at, terms },
})

/** A book with the terms in force, and one lot open. */
const opened = (terms = exampleTerms): Book.Book => {
  const book = portsBook()
  Book.hold(book, examplePosition)
  done(Book.step(book, change(terms)))
  done(
    Book.step(book, {
      _tag: 'Open',
      at: 1000,
      keeper: 'kim',
      position: 'p1',
      quotes: exampleQuotes,
    }),
  )
  return book
}

const lotOf = (book: Book.Book, name = 'MAIN/1'): Lot.Lot => {
  const lot = book.lots.get(name)
  if (lot === undefined) throw new Error(name)
  return lot
}

const toLot = (
  lot: string,
  command: Extract<Book.Command, { readonly _tag: 'ToLot' }>['command'],
): Book.Command => ({ _tag: 'ToLot', lot, command })

const all = { _tag: 'All' } as const

test('PRT-1 what a command names is looked up before anything else', () => {
  const book = opened()
  const cancel = { _tag: 'Cancel', at: NaN } as const
  expect(Book.decide(book, toLot('MAIN/2', cancel))).toEqual(
    E.left({ _tag: 'NotFound', rule: 'PRT-1', what: 'lot', name: 'MAIN/2' }),
  )
  expect(
    Book.decide(book, { _tag: 'Open', at: NaN, keeper: '', position: 'p9', quotes: [] }),
  ).toEqual(E.left({ _tag: 'NotFound', rule: 'PRT-1', what: 'position', name: 'p9' }))
  Book.hold(book, { ...examplePosition, id: 'p2', line: 'NONE' })
  expect(
    Book.decide(book, { _tag: 'Open', at: NaN, keeper: '', position: 'p2', quotes: [] }),
  ).toEqual(E.left({ _tag: 'NotFound', rule: 'PRT-1', what: 'line', name: 'NONE' }))
  book.lots.set('NONE/1', { ...lotOf(book), id: 'NONE/1', line: 'NONE' })
  expect(Book.decide(book, toLot('NONE/1', cancel))).toEqual(
    E.left({ _tag: 'NotFound', rule: 'PRT-1', what: 'line', name: 'NONE' }),
  )
})

test('PRT-2 a line may not have the name of the treasury', () => {
  const taken = { ...exampleTerms, line: exampleTreasuryTerms.line }
  expect(Book.step(portsBook(), change(taken))).toEqual(
    E.left({ _tag: 'NameTaken', rule: 'PRT-2', name: 'TREASURY' }),
  )
})

test('HOU-2 a lot obeys the terms in force, or those it was opened under where these say so', () => {
  const take = { _tag: 'Take', at: 2000, bidder: 'ben', want: all } as const
  const version = (before: typeof exampleTerms.binding, after: typeof before): unknown => {
    const book = opened({ ...exampleTerms, binding: before })
    const next = { ...exampleTerms, version: 2, width: 'uint256', binding: after } as const
    done(Book.step(book, change(next, 2000)))
    expect(lotOf(book).binding).toBe(before)
    const [taken] = done(
      Book.step(book, toLot('MAIN/1', { ...take, limit: price(9999n), atLeast: wad('0') })),
    )
    expect(taken).toMatchObject({
      _tag: 'Taken',
      terms: Book.termsOf(book, lotOf(book))?.terms.version,
    })
    return taken?._tag === 'Taken' && taken.terms
  }
  expect(version('inForce', 'inForce')).toBe(2)
  expect(version('inForce', 'atOpening')).toBe(2)
  expect(version('atOpening', 'atOpening')).toBe(1)
  expect(version('atOpening', 'inForce')).toBe(1)
})

test('HOU-6 a surplus auction is not sold at a price', () => {
  const book = portsBook()
  const to = (command: Extract<Book.Command, { readonly _tag: 'ToTreasury' }>['command']) =>
    Book.step(book, { _tag: 'ToTreasury', command })
  done(to({ _tag: 'Receive', at: 5, from: 'fees', amount: rad('70000') }))
  done(to({ _tag: 'OpenSurplus', at: 6 }))
  const take = {
    _tag: 'Take',
    bidder: 'ben',
    want: all,
    limit: price(1n),
    atLeast: wad('0'),
  } as const
  const taking = (at: number): Book.Command => toLot('TREASURY/1', { ...take, at })
  expect(Book.step(book, taking(7))).toEqual(E.left({ _tag: 'WrongAuction', rule: 'HOU-6' }))
  expect(Book.step(book, taking(5))).toEqual(
    E.left({ _tag: 'BadTime', rule: 'HOU-1', at: 5, lastAt: 6 }),
  )
  done(Book.step(book, toLot('TREASURY/1', { _tag: 'Cancel', at: 8 })))
  expect(Book.step(book, taking(9))).toEqual(E.left({ _tag: 'Ended', rule: 'HOU-5' }))
})

test('HOU-4 no breaker of a line stops the bids of the treasury', () => {
  const book = opened()
  done(
    Book.step(book, {
      _tag: 'ToHouse',
      command: { _tag: 'ChangeLevel', at: 2000, line: 'MAIN', level: 3 },
    }),
  )
  const to = (command: Extract<Book.Command, { readonly _tag: 'ToTreasury' }>['command']) =>
    Book.step(book, { _tag: 'ToTreasury', command })
  done(to({ _tag: 'Receive', at: 2000, from: 'fees', amount: rad('70000') }))
  // The reward for the opening was a loss, and surplus heals it first.
  done(to({ _tag: 'Heal', at: 2000, amount: book.treasury.losses, of: 'ready' }))
  done(to({ _tag: 'OpenSurplus', at: 2000 }))
  const raise = {
    _tag: 'Raise',
    at: 2001,
    bidder: 'ben',
    bid: wad('2'),
    sold: rad('10000'),
  } as const
  expect(done(Book.step(book, toLot('TREASURY/1', raise)))[0]).toMatchObject({ _tag: 'Raised' })
})

test('TRE-2 the losses of one instant make one entry, which matures whole', () => {
  const book = opened({ ...exampleTerms, lossAt: 'seizure' })
  expect([...book.queue]).toEqual([[1000, rad('10000')]])
  const mature = { _tag: 'Mature', at: 4600 } as const
  expect(Book.step(book, { _tag: 'ToTreasury', command: mature })).toEqual(
    E.left({ _tag: 'NoSuchEntry', rule: 'TRE-2' }),
  )
  done(Book.step(book, { _tag: 'ToTreasury', command: mature, queuedAt: 1000 }))
  expect([...book.queue]).toEqual([])
  expect(Book.step(book, { _tag: 'ToTreasury', command: mature, queuedAt: 1000 })).toEqual(
    E.left({ _tag: 'NoSuchEntry', rule: 'TRE-2' }),
  )
})
