/**
 * The contract of a store, and whole histories on one: spec/10-ports.md.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Sql } from '../../../src/adapter/sql/index.js'
import { Audit } from '../../../src/engine/index.js'
import { History, StoreContract } from '../../../src/testing/index.js'
import { replayed } from '../../engine/histories.js'
import { fresh, onEach, right } from './databases.js'

onEach('the contract', (database) => {
  StoreContract.holds(test, {
    name: 'sql',
    // A PGlite has one connection.
    get isSerial() {
      return 'pglite' in database().where
    },
    open: async () => {
      const store = await fresh(database())
      const { where } = database()
      return 'url' in where ? { store, again: () => right(Sql.open(where)) } : { store }
    },
  })

  test('PRT-15 after whole histories every law holds in the store, which answers as a book in memory does', async () => {
    const histories = fc.sample(History.history, { seed: 7, numRuns: 6 })
    for (const history of histories) {
      const store = await fresh(database())
      const { answers, decisions } = await replayed(history, store)
      expect(answers.map(({ _tag }) => (_tag === 'Done' ? 'Right' : 'Left'))).toEqual(
        decisions.map(({ _tag }) => _tag),
      )
      expect(await right(Audit.run(store))).toMatchObject({ fault: undefined })
      await right(store.close)
    }
  }, 120_000)
})
