/**
 * A watch of many positions: does a move of the price cost the same among a thousand as among a
 * million, and how does that compare with a test of every position?
 *
 * Each move is from one edge of the book to another, ten positions farther down, drawn by a seed.
 */

import { Position } from 'knockdown'
import { Portfolio } from 'knockdown/market'
import { Watch } from 'knockdown/watch'
import { generator, shuffled } from './random.mjs'
import { terms } from './terms.mjs'

const [collateral] = terms.collaterals
const { asset } = collateral
const start = 2000n * 10n ** 27n

/** How many positions a move makes unsafe. */
const answers = 10

/** How many moves a timed call makes. */
const chunk = 100

const book = (count) =>
  Portfolio.make(1n, count, collateral, start).map((entry) =>
    Portfolio.position(terms.line, asset, entry),
  )

const watchOf = (positions) => Watch.make(terms, asset, [], positions).right

/** Moves of the price, each from just above one position's edge to that of the tenth after it. */
const movesOf = (watch, count) => {
  const all = Watch.unsafeAt(watch, 1n)
  const edgeOf = (position) => Position.unsafeAt(terms, position, [], asset).value
  const places = [...shuffled(generator(7), all.length - answers).slice(0, count)]
  return places.map((i) => ({
    before: edgeOf(all[i]) + 1n,
    now: edgeOf(all[i + answers - 1]),
  }))
}

let sink = 0

const watching = (positions) => {
  const watch = watchOf(positions)
  const moves = movesOf(watch, 900)
  for (const { before, now } of moves.slice(0, 100))
    if (Watch.newlyUnsafe(watch, before, now).length < answers) throw new Error('too few answers')
  let next = 0
  const run = () => {
    for (let i = 0; i < chunk; i++) {
      const { before, now } = moves[next]
      sink += Watch.newlyUnsafe(watch, before, now).length
      next = next + 1 === moves.length ? 0 : next + 1
    }
    return sink
  }
  return { name: `watch.${positions.length}`, ops: chunk, run }
}

const scanning = (positions) => {
  const quotes = [{ asset, risk: start / 2n, market: start / 2n }]
  const run = () => {
    for (const position of positions)
      if (Position.liquidatable(terms, position, quotes)._tag === 'Right') sink++
    return sink
  }
  return { name: `scan.${positions.length}`, ops: 1, run }
}

/** A thousand watched, a million watched, and that million put to the test one by one. */
export const watches = () => {
  const million = book(1_000_000)
  return [watching(million.slice(0, 1000)), watching(million), scanning(million)]
}
