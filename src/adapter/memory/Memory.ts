/**
 * Memory: a store of events in memory, for tests, trials and whoever needs no more. It is gone with its process.
 *
 * Laws: PRT-3, PRT-5, PRT-9, PRT-13, PRT-16 (spec/10-ports.md), by `StoreContract` of knockdown/testing.
 *
 * @example
 * const store = Memory.make()
 */

import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import {
  type Conflict,
  type EventStore,
  type Lock,
  type Payment,
  type Session,
  thrown,
  type Unavailable,
  unavailable as atFault,
  type View,
} from '../../engine/Port.js'
import * as Contents from './Contents.js'

// Model

interface Memory {
  readonly contents: Contents.Contents
  /** Payments that were not noted as sent, by their keys, and the keys of those that a sender has. */
  readonly waiting: Map<string, Payment>
  readonly inHand: Set<string>
  /** Of each lock, when the last of those who asked for it so far is done. */
  readonly done: Map<Lock, Promise<void>>
  isClosed: boolean
}

const conflict: E.Either<Conflict, never> = E.left({ _tag: 'Conflict' })

const unavailable = (why: string): E.Either<Unavailable, never> => E.left(atFault('store', why))

// Transitions

/** Waits until nobody has these locks, in the order of asking, and answers how to give them back. */
const hold = async ({ done }: Memory, locks: readonly Lock[]): Promise<() => void> => {
  const before = locks.flatMap((lock) => done.get(lock) ?? [])
  let release = (): void => undefined
  const mine = new Promise<void>((resolve) => {
    release = resolve
  })
  for (const lock of locks) done.set(lock, mine)
  await Promise.all(before)
  return release
}

const append = (
  { contents }: Memory,
  draft: Contents.Draft,
  write: Parameters<Session['append']>[0],
): E.Either<Conflict, undefined> =>
  Contents.add(contents, draft, write) ? E.right(undefined) : conflict

const commit = (
  { contents, isClosed, waiting }: Memory,
  draft: Contents.Draft,
): E.Either<Conflict | Unavailable, undefined> => {
  if (isClosed) return unavailable('it is closed')
  if (!Contents.commit(contents, draft)) return conflict
  for (const { payments } of draft.writes)
    for (const payment of payments) waiting.set(payment.key, payment)
  return E.right(undefined)
}

/** Takes payments that nobody has in hand. */
const take = ({ inHand, waiting }: Memory, limit: number): readonly Payment[] => {
  const taken: Payment[] = []
  for (const [key, payment] of waiting) {
    if (taken.length >= limit) break
    if (!inHand.has(key)) taken.push(payment)
  }
  for (const { key } of taken) inHand.add(key)
  return taken
}

// Interpretation

/** Runs something, unless the memory is closed; what throws has not succeeded. */
const on =
  (memory: Memory) =>
  <E, A>(run: () => Promise<E.Either<E, A>> | E.Either<E, A>): TaskEither<E | Unavailable, A> =>
  async () => {
    if (memory.isClosed) return unavailable('it is closed')
    try {
      return await run()
    } catch (error) {
      return unavailable(`what ran in it threw ${thrown(error)}`)
    }
  }

const sessionOf = (memory: Memory, draft: Contents.Draft): Session => {
  const running = on(memory)
  return {
    read: (wanted) => running(() => E.right(Contents.read(memory.contents, draft, wanted))),
    append: (write) => running(() => append(memory, draft, write)),
  }
}

const page = <A>(found: A | undefined): E.Either<Unavailable, A> =>
  found === undefined ? unavailable('that place is not one of its own') : E.right(found)

const viewOf = (memory: Memory): View => {
  const running = on(memory)
  const still = Contents.still(memory.contents)
  return {
    since: (after, limit) => running(() => page(still.since(after, limit))),
    transfers: (of) => running(() => E.right(still.transfers(of))),
    payments: (of) => running(() => E.right(still.payments(of))),
    outcomes: (after, limit) => running(() => E.right(still.outcomes(after, limit))),
    snapshots: (after, limit) => running(() => E.right(still.snapshots(after, limit))),
    totals: running(() => E.right(still.totals())),
    counts: running(() => E.right(still.counts)),
  }
}

const alone =
  (memory: Memory): EventStore['alone'] =>
  <E, A>(locks: readonly Lock[], body: (session: Session) => TaskEither<E, A>) =>
    on(memory)<E | Conflict | Unavailable, A>(async () => {
      const release = await hold(memory, [...new Set(locks)])
      const draft = Contents.draft()
      try {
        const ended = await body(sessionOf(memory, draft))()
        if (E.isLeft(ended)) return ended
        const stored = commit(memory, draft)
        return E.isLeft(stored) ? stored : ended
      } finally {
        draft.isOver = true
        release()
      }
    })

const deliver =
  (memory: Memory): EventStore['deliver'] =>
  (limit, send) =>
    on(memory)(async () => {
      const taken = take(memory, limit)
      if (taken.length === 0) return E.right(0)
      try {
        const sent = await send(taken)()
        if (E.isLeft(sent)) return sent
        const keys = new Set(sent.right)
        const noted = taken.filter(({ key }) => keys.has(key))
        for (const { key } of noted) memory.waiting.delete(key)
        return E.right(noted.length)
      } finally {
        for (const { key } of taken) memory.inHand.delete(key)
      }
    })

/** A new store, with nothing in it. */
export const make = (): EventStore => {
  const memory: Memory = {
    contents: Contents.empty(),
    waiting: new Map(),
    inHand: new Set(),
    done: new Map(),
    isClosed: false,
  }
  const running = on(memory)
  return {
    read: (wanted) =>
      running(() => E.right(Contents.read(memory.contents, Contents.draft(), wanted))),
    append: (write) =>
      running<Conflict | Unavailable, undefined>(() => {
        const draft = Contents.draft()
        const added = append(memory, draft, write)
        return E.isLeft(added) ? added : commit(memory, draft)
      }),
    alone: alone(memory),
    since: (after, limit) => running(() => page(Contents.since(memory.contents, after, limit))),
    still: (body) => running(() => body(viewOf(memory))()),
    deliver: deliver(memory),
    close: () => {
      memory.isClosed = true
      return Promise.resolve(E.right(undefined))
    },
  }
}
