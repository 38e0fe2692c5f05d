/**
 * The contract, on stores of other kinds than memory is: one that does one thing at a time, as with
 * a single connection, and one that several processes have handles on, whose answers take a while.
 */

import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { test } from 'vitest'
import { Memory } from '../../src/adapter/memory/index.js'
import type { EventStore, Session, Unavailable } from '../../src/engine/Port.js'
import { StoreContract } from '../../src/testing/index.js'

type Around = <E, A>(task: TaskEither<E, A>) => TaskEither<E, A>

const sessionAround = (around: Around, { append, read }: Session): Session => ({
  read: (wanted) => around(read(wanted)),
  append: (write) => around(append(write)),
})

const storeAround = (around: Around, store: EventStore): EventStore => ({
  ...store,
  ...sessionAround(around, store),
  alone: (locks, body) => around(store.alone(locks, body)),
  since: (after, limit) => around(store.since(after, limit)),
  still: (body) => around(store.still(body)),
  deliver: (limit, send) => around(store.deliver(limit, send)),
})

/** Whatever is asked for waits until all that was asked for before is done. */
const oneAtATime = (store: EventStore): EventStore => {
  let last: Promise<unknown> = Promise.resolve()
  return storeAround(
    (task) => () => {
      const mine = last.then(task)
      last = mine
      return mine
    },
    store,
  )
}

const closed: E.Either<Unavailable, never> = E.left({
  _tag: 'Unavailable',
  what: 'store',
  why: 'this handle is closed',
})

/** A handle that is closed on its own, and whose answers come after different whiles. */
const handle = (store: EventStore): EventStore => {
  let isClosed = false
  let turn = 0
  const slowly: Around = (task) => async () => {
    for (let i = (turn = (turn * 5 + 3) % 16); i > 0; i--) await Promise.resolve()
    const answer = await task()
    for (let i = (turn = (turn * 5 + 3) % 16); i > 0; i--) await Promise.resolve()
    return answer
  }
  const slow = storeAround(
    (task) => () => (isClosed ? Promise.resolve(closed as never) : slowly(task)()),
    store,
  )
  return {
    ...slow,
    alone: (locks, body) => slow.alone(locks, (session) => body(sessionAround(slowly, session))),
    close: () => {
      isClosed = true
      return Promise.resolve(E.right(undefined))
    },
  }
}

StoreContract.holds(test, {
  name: 'memory, one at a time',
  isSerial: true,
  open: () => {
    const store = Memory.make()
    return Promise.resolve({ store: { ...oneAtATime(store), deliver: store.deliver } })
  },
})

StoreContract.holds(test, {
  name: 'memory, of several',
  open: () => {
    const store = Memory.make()
    const again = (): Promise<EventStore> => Promise.resolve(handle(store))
    const remove = async (): Promise<void> => {
      await store.close()
    }
    return Promise.resolve({ store: handle(store), again, remove })
  },
})
