/**
 * Laws of Board: what is folded from the feed, however it is cut, is what a book has.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Board, Book, type Port } from '../../src/engine/index.js'
import { History } from '../../src/testing/index.js'
import { exampleQuotes, price } from '../example.js'
import { law } from '../law.js'
import { replayed } from './histories.js'
import { founded } from './world.js'

const right = <A>(one: E.Either<unknown, A>): A => {
  if (E.isLeft(one)) throw new Error(JSON.stringify(one.left))
  return one.right
}

const feedOf = async (store: Port.EventStore): Promise<readonly Port.Entry[]> =>
  right(await store.since(undefined, 10_000)()).entries

law(
  'PRT-16',
  'a board has the open lots of a book after the same history, and their terms, however the feed is cut and looked at',
  fc.asyncProperty(
    History.history,
    fc.integer({ min: 1, max: 40 }),
    fc.boolean(),
    async (history, size, looks) => {
      const { book, store } = await replayed(history)
      const entries = await feedOf(store)
      const board = Board.make()
      for (let from = 0; from < entries.length; from += size) {
        right(Board.add(board, entries.slice(from, from + size)))
        if (looks) right(Board.lots(board))
      }
      const lots = right(Board.lots(board))
      const open = [...book.lots.values()].filter(({ ended }) => !ended)
      expect(lots).toEqual(open)
      for (const lot of lots)
        expect(Book.termsOf(board.settings, lot)?.terms).toEqual(Book.termsOf(book, lot)?.terms)
    },
  ),
  { numRuns: 60 },
)

test('PRT-16 lots that ended leave nothing behind, and what is of no lot changes nothing', async () => {
  const { ask, store } = await founded()
  const board = Board.make()
  expect(right(Board.add(board, await feedOf(store)))).toBe(true)
  await ask('q', { _tag: 'Quote', asset: 'ETH', risk: price(1n), market: price(1n) })
  const quoted = (await feedOf(store)).slice(-1)
  expect(right(Board.add(board, quoted))).toBe(false)
  const before = (await feedOf(store)).length
  await ask('open', { _tag: 'Open', keeper: 'kim', position: 'p1', quotes: exampleQuotes })
  await ask('cancel', { _tag: 'ToLot', lot: 'MAIN/1', command: { _tag: 'Cancel' } })
  const more = (await feedOf(store)).slice(before)
  expect(more.map(({ type }) => type)).toEqual(['Opened', 'Held', 'Cancelled', 'Held'])
  right(Board.add(board, more.slice(0, 2)))
  expect(right(Board.lots(board)).map(({ id }) => id)).toEqual(['MAIN/1'])
  right(Board.add(board, more.slice(2)))
  expect(board.standing.size).toBe(0)
})

test('PRT-17 an entry that cannot be read is told', async () => {
  const { store } = await founded()
  const [entry] = await feedOf(store)
  expect(Board.add(Board.make(), [{ ...entry, format: 99 } as Port.Entry])).toMatchObject(
    E.left({ _tag: 'Unreadable', rule: 'PRT-17', stream: 'house' }),
  )
})
