/**
 * The laws are worth something: a book that is off by one unit anywhere breaks one.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Book } from '../../src/engine/index.js'
import type { Event } from '../../src/index.js'
import { Books, Laws } from '../../src/engine/index.js'
import { History } from '../../src/testing/index.js'
import { accountingOpened, portsBook } from '../examples/accounting.js'

/** The same, with one number in it off by one; all such copies, and what was changed. */
const offByOne = (value: object, ...fields: readonly string[]): readonly [string, object][] =>
  fields.flatMap((field): readonly [string, object][] => {
    const n = (value as Readonly<Record<string, unknown>>)[field]
    if (typeof n === 'number') return [[field, { ...value, [field]: n + 1 }]]
    return typeof n === 'bigint'
      ? [
          [field, { ...value, [field]: n + 1n }],
          [field, { ...value, [field]: n - 1n }],
        ]
      : []
  })

const tampered = (book: Book.Book): readonly [string, Book.Book][] => [
  ...offByOne(book.treasury, 'surplus', 'losses', 'queued', 'selling', 'opened').map(
    ([what, treasury]): [string, Book.Book] => [
      `treasury.${what}`,
      { ...book, treasury: treasury as Book.Book['treasury'] },
    ],
  ),
  ...offByOne(book.house, 'inFlight').map(([what, house]): [string, Book.Book] => [
    `house.${what}`,
    { ...book, house: house as Book.Book['house'] },
  ]),
  ...[...book.house.lines].flatMap(([name, line]) =>
    offByOne(line, 'inFlight', 'opened').map(([what, changed]): [string, Book.Book] => [
      `${name}.${what}`,
      {
        ...book,
        house: {
          ...book.house,
          lines: new Map([...book.house.lines, [name, changed as typeof line]]),
        },
      },
    ]),
  ),
  ...[...book.lots.values()].flatMap((lot) => {
    const escrowed = lot._tag === 'English' && lot.held === 'escrow' && lot.bidder !== undefined
    const fields = [
      ...(lot._tag === 'Dutch' ? ['collateral'] : lot.goods._tag === 'Debt' ? [] : ['sold']),
      ...(lot.goods._tag === 'Collateral' ? ['debt'] : []),
      ...(lot.ended ? [] : ['target']),
      ...(escrowed && !lot.ended ? ['bid'] : []),
    ]
    return offByOne(lot, ...fields).map(([what, changed]): [string, Book.Book] => [
      `${lot.id}.${what}`,
      { ...book, lots: new Map([...book.lots, [lot.id, changed as typeof lot]]) },
    ])
  }),
  ...[...book.lots.keys()].map((id): [string, Book.Book] => [
    `without ${id}`,
    { ...book, lots: new Map([...book.lots].filter(([name]) => name !== id)) },
  ]),
]

test('ACC-2 a book that is off by one unit breaks a law, whatever is off', () => {
  let tried = 0
  for (const history of fc.sample(History.history, { seed: 5, numRuns: 40 })) {
    const books = Books.start()
    const book = History.play(history, (step) => {
      for (const event of History.events(step)) Books.record(books, event)
    })
    expect(Laws.broken(book, books)).toBeUndefined()
    for (const [what, wrong] of tampered(book)) {
      tried += 1
      expect(Laws.broken(wrong, books), what).toBeDefined()
    }
  }
  expect(tried).toBeGreaterThan(1000)
})

test('HOU-8 a name used twice is noticed, and an event after the end', () => {
  const books = Books.start()
  Books.record(books, accountingOpened)
  Books.record(books, accountingOpened)
  expect(Laws.broken(portsBook(), books)).toMatchObject({ rule: 'HOU-8', found: 'MAIN/7' })

  const closed: Event.Event = {
    _tag: 'Stopped',
    lot: 'TREASURY/1',
    line: 'TREASURY',
    at: 1,
    terms: 1,
    goods: { _tag: 'Debt', token: 'GOV' },
    bid: 0n,
    sold: 0n,
    refund: undefined,
    held: 'escrow',
  }
  const over = Books.start()
  Books.record(over, closed)
  Books.record(over, closed)
  expect(Laws.broken(portsBook(), over)).toMatchObject({ rule: 'HOU-5' })
})

test('ACC-1 a posting of less than nothing is noticed', () => {
  const books = Books.start()
  Books.record(books, { _tag: 'Received', at: 1, from: 'x', amount: -5n as never })
  expect(Laws.broken(portsBook(), books)).toMatchObject({ rule: 'ACC-1', found: -5n })
})
