/**
 * Histories: whole histories of the core, carried out by an engine on a store.
 */

import { Memory } from '../../src/adapter/memory/index.js'
import type { Book } from '../../src/engine/index.js'
import { Engine, type Port, type Request } from '../../src/engine/index.js'
import { History } from '../../src/testing/index.js'
import { all } from './world.js'

/** What sets a store up as the book of a history is. */
export const founding = ({ setup }: History.History): readonly Request.Request[] => [
  {
    id: 'establish',
    ask: { _tag: 'Establish', at: 0, treasury: setup.treasuryTerms, money: 6, tokens: [] },
  },
  {
    id: 'house',
    ask: {
      _tag: 'ToHouse',
      command: { _tag: 'ChangeHouse', at: 0, ceiling: setup.ceiling, opens: true },
    },
  },
  ...setup.positions.map(
    (position): Request.Request => ({
      id: `hold ${position.id}`,
      ask: { _tag: 'Hold', at: 0, position, seen: 0 },
    }),
  ),
]

export interface Replayed {
  readonly store: Port.EventStore
  readonly engine: Engine.Engine
  /** The book that the same commands were carried out in, and what it decided. */
  readonly book: Book.Book
  readonly decisions: readonly Book.Decision[]
  readonly answers: readonly Request.Answer[]
}

/** Carries a history out in a book, and by an engine on a new store, or on one that is given. */
export const replayed = async (
  { commands, setup }: History.History,
  store: Port.EventStore = Memory.make(),
): Promise<Replayed> => {
  const engine = Engine.make({
    store,
    clock: Engine.systemClock,
    // A history names its own times, and some that nobody should.
    options: { skew: Number.MAX_VALUE, unchecked: true, snapshotEvery: 3, checkpointEvery: 10 },
  })
  // A treasury closes with its house.
  const history = { commands, setup: { ...setup, treasuryOpens: true } }
  const decisions: Book.Decision[] = []
  const book = History.play(history, ({ decision }) => decisions.push(decision))
  const first = await engine.execute(all)(founding(history))()
  if (first.some(({ _tag }) => _tag !== 'Done')) throw new Error(JSON.stringify(first))
  const requests = commands.map((ask, i) => ({ id: `c${i}`, ask }))
  return { store, engine, book, decisions, answers: await engine.execute(all)(requests)() }
}
