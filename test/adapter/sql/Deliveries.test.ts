/**
 * What a sender is handed, what it may do meanwhile, and what another one is not handed.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { beforeEach, expect, test } from 'vitest'
import * as Deliveries from '../../../src/adapter/sql/Deliveries.js'
import type { Hands } from '../../../src/adapter/sql/Hands.js'
import type { EventStore } from '../../../src/engine/Port.js'
import { fresh, left, onEach, right } from './databases.js'
import { entry, payment, write } from './writes.js'

onEach('a delivery', (database) => {
  let store: EventStore
  beforeEach(async () => {
    store = await fresh(database())
  })

  test('PRT-13 payments come in the order of the feed until they are noted', async () => {
    await right(store.append(write({ payments: [payment('z'), payment('a'), payment('m')] })))
    await right(store.append(write({ payments: [payment('b')] })))
    const seen: string[][] = []
    const send = (sent: readonly string[]) => (payments: readonly { key: string }[]) => {
      seen.push(payments.map(({ key }) => key))
      return TE.right(sent)
    }
    expect(await left(store.deliver(2, () => TE.left('down')))).toBe('down')
    expect(await right(store.deliver(2, send(['a', 'b', 'a'])))).toBe(1)
    expect(await right(store.deliver(9, send(['z', 'm', 'b'])))).toBe(3)
    expect(await right(store.deliver(9, send([])))).toBe(0)
    expect(seen).toEqual([
      ['z', 'a'],
      ['z', 'm', 'b'],
    ])
  })

  test('PRT-13 a sender may ask for anything of the store that handed it payments', async () => {
    await right(store.append(write({ payments: [payment('a'), payment('b')] })))
    const asking = () => async () => {
      await right(store.append(write({ entries: [entry('s', 1)] })))
      await right(
        store.alone(['house'], (session) =>
          session.append(write({ entries: [entry('s', 2)], payments: [payment('c')] })),
        ),
      )
      expect(await right(store.deliver(9, () => TE.right(['a', 'b', 'c'])))).toBe(1)
      return TE.right(['a', 'b'])()
    }
    expect(await right(store.deliver(2, asking))).toBe(2)
    expect((await right(store.since(undefined, 9))).entries).toEqual([entry('s', 1), entry('s', 2)])
    expect(await right(store.deliver(9, () => TE.right(['a', 'b', 'c'])))).toBe(0)
  })

  test('PRT-13 of payments that another sender sends between the look and the hand none is handed out', async () => {
    await right(store.append(write({ payments: [payment('a'), payment('b')] })))
    const connected = await database().connect()
    const late: Hands = (given, body) =>
      connected.hands(given, (connection, take) =>
        body(connection, async (keys) => {
          expect(await right(store.deliver(1, () => TE.right(['a'])))).toBe(1)
          return take(keys)
        }),
      )
    const handed: string[][] = []
    const send = (payments: readonly { key: string }[]) => {
      const keys = payments.map(({ key }) => key)
      handed.push(keys)
      return TE.right(keys)
    }
    expect(await Deliveries.deliver(connected.database, late, 9, send)).toEqual(E.right(1))
    expect(handed).toEqual([['b']])
    await connected.close()
  })
})
