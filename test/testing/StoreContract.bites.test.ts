/**
 * Stores that are each wrong in one way, and the case of the contract that catches it.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import { Memory } from '../../src/adapter/memory/index.js'
import type {
  Entry,
  EventStore,
  Outcome,
  Page,
  Payment,
  Session,
  Snapshot,
  View,
  Write,
} from '../../src/engine/Port.js'
import { nothingWanted } from '../../src/engine/Port.js'
import { StoreContract } from '../../src/testing/index.js'

type Wrong = (store: EventStore) => EventStore

// Ways to be wrong

/** Sessions are changed, the store's own and those of bodies. */
const session =
  (change: (own: Session) => Partial<Session>): Wrong =>
  (store) => ({
    ...store,
    ...change(store),
    alone: (locks, body) => store.alone(locks, (own) => body({ ...own, ...change(own) })),
  })

const writing = (change: (write: Write) => Write): Wrong =>
  session((own) => ({ append: (write) => own.append(change(write)) }))

/** Looks first and then writes, as if nothing could happen in between. */
const afterReading = (change: (own: Session, write: Write) => Promise<Write>): Wrong =>
  session((own) => ({
    append: (write) => async () => own.append(await change(own, write))(),
  }))

const paging =
  (change: (page: Page) => Page): Wrong =>
  (store) => ({
    ...store,
    since: (after, limit) => TE.map(change)(store.since(after, limit)),
  })

const viewing =
  (change: (view: View, store: EventStore) => Partial<View>): Wrong =>
  (store) => ({
    ...store,
    still: (body) => store.still((view) => body({ ...view, ...change(view, store) })),
  })

const delivering =
  (
    change: (sent: E.Either<unknown, readonly string[]>, keys: readonly string[]) => unknown,
  ): Wrong =>
  (store) => ({
    ...store,
    deliver: (limit, send) =>
      store.deliver(limit, (payments) => async () => {
        const keys = payments.map(({ key }) => key)
        return change(await send(payments)(), keys) as never
      }),
  })

const lastOf = async (own: Session, stream: string): Promise<Entry | undefined> => {
  const wanted = {
    streams: [{ stream, from: 'last' as const }],
    outcomes: [],
    totals: [],
    entries: [],
  }
  const found = await own.read(wanted)()
  return E.isRight(found) ? found.right.streams.get(stream)?.entries[0] : undefined
}

/** Makes entries follow whatever is there. */
const mending = (what: 'sequence' | 'previous'): Wrong =>
  afterReading(async (own, write) => {
    const last = new Map<string, Entry>()
    const entries: Entry[] = []
    for (const entry of write.entries) {
      const before = last.get(entry.stream) ?? (await lastOf(own, entry.stream))
      const previous = before?.hash ?? '0'.repeat(64)
      const sequence = (before?.sequence ?? 0) + 1
      const mended = { ...entry, previous, ...(what === 'sequence' && { sequence }) }
      last.set(entry.stream, mended)
      entries.push(mended)
    }
    return { ...write, entries }
  })

/** Takes the hash of whatever stream ends with such a number. */
const endingAnyhow: Wrong = afterReading(async (own, write) => {
  const upon = await Promise.all(
    write.upon.map(async (head) => {
      const last = await lastOf(own, head.stream)
      return last?.sequence === head.sequence ? last : head
    }),
  )
  return { ...write, upon }
})

/** The outcomes of commands that have none yet. */
const unknown = async (own: Session, { outcomes }: Write): Promise<readonly Outcome[]> => {
  const ids = outcomes.map(({ id }) => id)
  const found = await own.read({ ...nothingWanted, outcomes: ids })()
  return outcomes.filter(({ id }) => E.isRight(found) && !found.right.outcomes.has(id))
}

const withoutKnown: Wrong = afterReading(async (own, write) => ({
  ...write,
  outcomes: await unknown(own, write),
}))

/** Looks whether a write fits, and then stores it whatever has happened since. */
const insisting =
  (fits: (own: Session, write: Write) => Promise<boolean>, mended: Wrong): Wrong =>
  (store) => ({
    ...store,
    append: (write) => async () => {
      if (!(await fits(store, write))) return E.left({ _tag: 'Conflict' })
      for (;;) {
        const answer = await mended(store).append(write)()
        if (E.isRight(answer)) return answer
      }
    },
  })

const areNext = async (own: Session, { entries }: Write): Promise<boolean> => {
  const [entry] = entries
  const last = entry === undefined ? undefined : await lastOf(own, entry.stream)
  return entry?.sequence === (last?.sequence ?? 0) + 1
}

const areNew = async (own: Session, write: Write): Promise<boolean> =>
  (await unknown(own, write)).length === write.outcomes.length

/** Gives entries their places when they are appended, and shows them when the body has ended. */
const reserving: Wrong = (store) => {
  const places: { readonly entry: Entry; isSeen: boolean }[] = []
  const reserve = (write: Write) => {
    const own = write.entries.map((entry) => ({ entry, isSeen: false }))
    places.push(...own)
    return own
  }
  return {
    ...store,
    append: (write) => async () => {
      const own = reserve(write)
      const answer = await store.append(write)()
      for (const place of own) place.isSeen = E.isRight(answer)
      return answer
    },
    alone: (locks, body) => async () => {
      const own: (typeof places)[number][] = []
      const answer = await store.alone(locks, (inner) =>
        body({
          ...inner,
          append: (write) => {
            own.push(...reserve(write))
            return inner.append(write)
          },
        }),
      )()
      for (const place of own) place.isSeen = E.isRight(answer)
      return answer
    },
    since: (after, limit) => () => {
      const from = Number(after ?? 0)
      const seen = [...places.entries()].filter(([i, { isSeen }]) => i >= from && isSeen)
      const page = seen.slice(0, limit)
      const last = page.at(-1)?.[0]
      const next = last === undefined ? after : String(last + 1)
      return Promise.resolve(E.right({ entries: page.map(([, { entry }]) => entry), next }))
    },
  }
}

/** Stores what is beside the entries though they conflict. */
const halfway: Wrong = (store) => ({
  ...store,
  append: (write) => async () => {
    const answer = await store.append(write)()
    if (E.isLeft(answer)) await store.append({ ...write, entries: [], outcomes: [] })()
    return answer
  },
})

const inTwo: Wrong = (store) => ({
  ...store,
  append: (write) => async () => {
    const { entries } = write
    const first = await store.append({ ...write, entries: entries.slice(0, 1) })()
    if (E.isLeft(first) || entries.length < 2) return first
    for (let i = 0; i < 5; i++) await Promise.resolve()
    return store.append({ ...write, entries: entries.slice(1), outcomes: [], deltas: [] })()
  },
})

const handingOutTwice: Wrong = (store) => {
  const waiting = new Map<string, Payment>()
  const noting = writing((write) => {
    for (const payment of write.payments) waiting.set(payment.key, payment)
    return write
  })(store)
  return {
    ...noting,
    deliver: (limit, send) => async () => {
      const sent = await send([...waiting.values()].slice(0, limit))()
      if (E.isLeft(sent)) return sent
      return E.right(sent.right.filter((key) => waiting.delete(key)).length)
    },
  }
}

const firstSnapshots: Wrong = (store) => {
  const first = new Map<string, Snapshot>()
  return writing((write) => {
    for (const one of write.snapshots) if (!first.has(one.stream)) first.set(one.stream, one)
    const snapshots = write.snapshots.map((one) => first.get(one.stream) ?? one)
    return { ...write, snapshots }
  })(store)
}

const wellFormed = (text: string): string => Buffer.from(text).toString()

const wrongs: readonly (readonly [what: string, caughtBy: string, Wrong])[] = [
  [
    'drops an entry of a page',
    'PRT-16 pages of any size',
    paging((page) => ({ ...page, entries: page.entries.slice(page.entries.length > 4 ? 1 : 0) })),
  ],
  [
    'shows an entry twice',
    'PRT-16 pages of any size',
    paging((page) => ({ ...page, next: String(Math.max(Number(page.next ?? 0) - 1, 0)) })),
  ],
  [
    'forgets the place at the end',
    'PRT-16 pages of any size',
    paging((page) => (page.entries.length > 0 ? page : { ...page, next: undefined })),
  ],
  ['shows late entries at places that were passed', 'PRT-16 what is stored late', reserving],
  ['shows late entries at such places to many', 'PRT-16 readers who read on', reserving],
  ['stores the entries of an append apart', 'PRT-16 readers who read on', inTwo],
  [
    'has views that move',
    'PRT-16 a view stands still',
    viewing((_, store) => ({ since: store.since })),
  ],
  [
    'has counts that move',
    'PRT-16 a view stands still',
    viewing((_, store) => ({ counts: store.still((view) => view.counts) })),
  ],
  [
    'loses the second transfer of an entry',
    'PRT-16 a view shows all',
    writing((write) => ({ ...write, transfers: write.transfers.slice(0, 1) })),
  ],
  ['allows gaps', 'PRT-3 an append with an entry that is not the next', mending('sequence')],
  [
    'lets two have one place',
    'PRT-3 of many who append the next',
    insisting(areNext, mending('sequence')),
  ],
  ['looks at no hash', 'PRT-3 an append with an entry that does not name', mending('previous')],
  [
    'stores what was decided upon an old end',
    'PRT-3 an append stores nothing where a stream does not end',
    writing((write) => ({ ...write, upon: [] })),
  ],
  [
    'looks at no hash of what it was decided upon',
    'PRT-3 an append stores nothing where a stream does not end',
    endingAnyhow,
  ],
  ['stores half of a conflict', 'PRT-3 of two streams of which one conflicts', halfway],
  [
    'takes the first entry for the last',
    'PRT-3 what is appended is read as it was',
    session((own) => ({
      read: (wanted) =>
        own.read({
          ...wanted,
          streams: wanted.streams.map((one) => (one.from === 'last' ? { ...one, from: 0 } : one)),
        }),
    })),
  ],
  [
    'goes on when it is closed',
    'PRT-3 nothing is stored in a store that is closed',
    (store) => ({ ...store, close: TE.right(undefined) }),
  ],
  ['answers a command twice', 'PRT-5 an append of a command that has its outcome', withoutKnown],
  ['answers two at once', 'PRT-5 of many who append the outcome', insisting(areNew, withoutKnown)],
  [
    'loses a delta',
    'PRT-9 a total is the sum',
    writing((write) => ({ ...write, deltas: write.deltas.slice(-1) })),
  ],
  [
    'takes two deltas of one total for one',
    'PRT-9 a total is the sum',
    writing((write) => ({
      ...write,
      deltas: [...new Map(write.deltas.map((delta) => [delta.total, delta])).values()],
    })),
  ],
  ['does not fold', 'PRT-9 a fold keeps', writing((write) => ({ ...write, fold: [] }))],
  [
    'keeps 512 bits of an amount',
    'PRT-9 an amount has as many digits',
    writing((write) => ({
      ...write,
      deltas: write.deltas.map((delta) => ({ ...delta, amount: BigInt.asIntN(512, delta.amount) })),
    })),
  ],
  ['keeps the first snapshot', 'PRT-18 a snapshot takes the place', firstSnapshots],
  [
    'takes names for one that normalise alike',
    'PRT-3 any text is a name',
    writing((write) => ({
      ...write,
      outcomes: write.outcomes.map((one) => ({ ...one, id: one.id.normalize() })),
    })),
  ],
  [
    'cuts text off at NUL',
    'PRT-3 any text is a name',
    writing((write) => ({
      ...write,
      deltas: write.deltas.map((one) => ({ ...one, total: one.total.split('\0')[0] ?? '' })),
    })),
  ],
  [
    'mends text that is not well formed',
    'PRT-13 any text is the key of a payment',
    writing((write) => ({
      ...write,
      payments: write.payments.map((one) => ({ ...one, party: wellFormed(one.party) })),
    })),
  ],
  [
    'cuts long data off',
    'PRT-3 a megabyte is stored whole',
    writing((write) => ({
      ...write,
      entries: write.entries.map((one) => ({ ...one, data: one.data.slice(0, 1 << 19) })),
    })),
  ],
  [
    'has no locks',
    'PRT-9 of bodies that hold a common lock',
    (store) => ({ ...store, alone: (_, body) => store.alone([], body) }),
  ],
  [
    'undoes nothing',
    'PRT-3 a body that ends badly',
    (store) => ({ ...store, alone: (_, body) => body(store) }),
  ],
  [
    'shows what a body is about to store',
    'PRT-3 nobody sees',
    (store) => ({ ...store, alone: (_, body) => body(store) }),
  ],
  [
    'stores what a body appended before it threw',
    'PRT-3 a body that throws',
    (store) => ({
      ...store,
      alone: (locks, body) =>
        store.alone(locks, (own) => () => body(own)().catch(() => E.right(undefined as never))),
    }),
  ],
  [
    'rejects where a body throws',
    'PRT-3 a body that throws',
    (store) => ({
      ...store,
      alone: (locks, body) => async () => {
        const thrown: unknown[] = []
        const answer = await store.alone(locks, (own) => async () => {
          try {
            return await body(own)()
          } catch (error) {
            thrown.push(error)
            throw error
          }
        })()
        if (thrown.length > 0) throw thrown[0]
        return answer
      },
    }),
  ],
  [
    'does not show a body its own',
    'PRT-3 a body reads what it has appended',
    (store) => ({
      ...store,
      alone: (locks, body) => store.alone(locks, (own) => body({ ...own, read: store.read })),
    }),
  ],
  ['hands a payment to two', 'PRT-13 no two senders', handingOutTwice],
  [
    'notes what failed',
    'PRT-13 what a sender fails to send',
    delivering((sent, keys) => (E.isLeft(sent) ? E.right(keys) : sent)),
  ],
  [
    'notes all where some was sent',
    'PRT-13 a payment is handed out, as it was stored',
    delivering((sent, keys) => (E.isRight(sent) ? E.right(keys) : sent)),
  ],
  [
    'forgets what was noted',
    'PRT-13 a payment is handed out, as it was stored',
    delivering((sent) => E.map(() => [])(sent)),
  ],
  [
    'loses snapshots of large writes',
    'PRT-3 whatever happens',
    writing((write) => (write.entries.length > 3 ? { ...write, snapshots: [] } : write)),
  ],
]

for (const [what, caughtBy, wrong] of wrongs)
  test(`a store that ${what} is caught`, async () => {
    const [found, ...more] = StoreContract.cases.filter(({ title }) => title.startsWith(caughtBy))
    expect(more).toEqual([])
    const subject = {
      name: what,
      open: () => Promise.resolve({ store: wrong(Memory.make()) }),
    }
    await expect(found?.run(subject)).rejects.toThrow()
  })
