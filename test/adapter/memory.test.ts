import { test } from 'vitest'
import { Memory } from '../../src/adapter/memory/index.js'
import { StoreContract } from '../../src/testing/index.js'

StoreContract.holds(test, {
  name: 'memory',
  open: () => Promise.resolve({ store: Memory.make() }),
})
