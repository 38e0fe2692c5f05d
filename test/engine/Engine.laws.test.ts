/**
 * Laws of Engine: spec/10-ports.md. Whole histories, carried out on a store in memory, against Book.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import { Memory } from '../../src/adapter/memory/index.js'
import { Audit, Book, Engine, type Request } from '../../src/engine/index.js'
import { History } from '../../src/testing/index.js'
import { law } from '../law.js'

const all = new Set(Engine.authorities)

/** What sets a store up as the book of a history is. */
const founding = ({ setup }: History.History): readonly Request.Request[] => [
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

law(
  'PRT-3',
  'an engine on a store answers every command of a history as a book in memory does',
  fc.asyncProperty(History.history, async (drawn) => {
    // A treasury closes with its house.
    const history = { ...drawn, setup: { ...drawn.setup, treasuryOpens: true } }
    const store = Memory.make()
    const engine = Engine.make({
      store,
      clock: Engine.systemClock,
      options: { unchecked: true, snapshotEvery: 3, checkpointEvery: 10 },
    }).execute(all)
    for (const answer of await engine(founding(history))()) expect(answer._tag).toBe('Done')
    const expected: Book.Decision[] = []
    History.play(history, ({ decision }) => expected.push(decision))
    const answers = await engine(history.commands.map((ask, i) => ({ id: `c${i}`, ask })))()
    answers.forEach((answer, i) => {
      const decision = expected[i]
      const found =
        answer._tag === 'Done'
          ? E.right(
              answer.happened.flatMap(({ record }) => (record._tag === 'Held' ? [] : [record])),
            )
          : answer._tag === 'Refused'
            ? E.left(answer.refusal)
            : answer
      expect(found).toEqual(decision)
    })
    const report = await Audit.run(store)()
    expect(report).toMatchObject({ right: { fault: undefined } })
  }),
)
