import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { Book } from '../../src/engine/index.js'
import type { Event } from '../../src/index.js'
import { History } from '../../src/testing/index.js'
import { law } from '../law.js'
import { drawn, everyStep } from './steps.js'

/** A copy of a book that changes by itself. */
const copy = (book: Book.Book): Book.Book => ({
  ...book,
  terms: new Map(book.terms),
  positions: new Map(book.positions),
  lots: new Map(book.lots),
  queue: new Map(book.queue),
})

/** A book with nothing but what a command reads: its lot, or its position, and the totals. */
const without = (book: Book.Book, command: Book.Command): Book.Book => {
  const lot = command._tag === 'ToLot' ? book.lots.get(command.lot) : undefined
  const position = command._tag === 'Open' ? book.positions.get(command.position) : undefined
  return {
    ...book,
    lots: new Map(lot === undefined ? [] : [[lot.id, lot]]),
    positions: new Map(position === undefined ? [] : [[position.id, position]]),
  }
}

/** All of a book that events make, as plain data; what is compiled is left out, but its terms are not. */
const stateOf = ({ house, lots, positions, queue, terms, treasury }: Book.Book): unknown => ({
  house,
  lots,
  positions,
  queue,
  treasury,
  terms: [...terms].map(([line, versions]) => [line, versions.map((one) => one.terms)]),
})

law(
  'HOU-12',
  'a decision is the same whatever other lots and positions there are, and each time it is asked',
  fc.property(History.history, (history) => {
    History.play(
      history,
      () => undefined,
      (book, command) => {
        const decision = Book.decide(book, command)
        if (
          !isDeepStrictEqual(decision, Book.decide(without(book, command), command)) ||
          !isDeepStrictEqual(decision, Book.decide(book, command))
        )
          throw new Error(fc.stringify(command))
      },
    )
  }),
  drawn(21),
)

law(
  'ACC-10',
  'a refused command changes nothing, and the events of another make all that it changes',
  fc.property(History.history, (history) => {
    const start = History.play({ ...history, commands: [] })
    const replayed = copy(start)
    const past: Event.Event[] = []
    let before: unknown
    const end = History.play(
      history,
      (step) => {
        if (E.isLeft(step.decision) && !isDeepStrictEqual(stateOf(step.book), before))
          throw new Error(`refused, but changed: ${fc.stringify(step.command)}`)
        past.push(...History.events(step))
      },
      (book) => {
        before = stateOf(copy(book))
      },
    )
    for (const event of past) Book.apply(replayed, event)
    return isDeepStrictEqual(stateOf(end), stateOf(replayed))
  }),
  drawn(22),
)

law(
  'ACC-2',
  'what positions hold and what is seized of them is what they held',
  fc.property(History.history, (history) => {
    const had = History.play({ ...history, commands: [] }).positions
    const moved = new Map<string, bigint>()
    const end = History.play(history, (step) => {
      for (const event of History.events(step)) {
        if (event._tag !== 'Opened' && event._tag !== 'Cancelled') continue
        const key = `${event.goods.position} ${event.goods.asset}`
        const amount = event._tag === 'Opened' ? event.collateral : 0n - event.collateral
        moved.set(key, (moved.get(key) ?? 0n) + amount)
      }
    })
    return [...end.positions.values()].every(({ holdings, id }) =>
      holdings.every(
        ({ amount, asset }, i) =>
          amount >= 0n &&
          had.get(id)?.holdings[i]?.amount === amount + (moved.get(`${id} ${asset}`) ?? 0n),
      ),
    )
  }),
  drawn(23),
)

law(
  'ACC-2',
  'no account of a lot or a position is ever below zero',
  everyStep(({ book }) =>
    [...book.lots.values()].every((lot) =>
      lot._tag === 'Dutch'
        ? lot.collateral >= 0n && lot.debt >= 0n && lot.target >= 0n
        : lot.sold >= 0n && lot.debt >= 0n && lot.target >= 0n && lot.bid >= 0n,
    ),
  ),
  drawn(24),
)
