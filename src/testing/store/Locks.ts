/**
 * Locks: what runs alone: one at a time of those with a common lock, and stored as a whole or not at all.
 *
 * Laws: PRT-3, PRT-5, PRT-9, PRT-18 (spec/10-ports.md).
 */

import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Entry, EventStore, Lock, Session, Write } from '../../engine/Port.js'
import {
  alone,
  type Case,
  conflicts,
  fails,
  holds,
  isUnavailable,
  oneOf,
  pass,
  right,
  same,
  signal,
  storeCase,
  type World,
} from './Case.js'
import { after, comeTo, contents, full, read, totalOf, wanted, write } from './Writes.js'

const locks: readonly Lock[] = ['house', 'treasury']

const append = (session: Session, one: Write): Promise<void> =>
  right('an append', session.append(one))

/** Appends the next entry of a stream, and counts it, as one who has read the last one. */
const step = async (session: Session, stream: string): Promise<void> => {
  const [last] = await read(session, stream, 'last')
  const before = await totalOf(session, stream)
  same('the total, as the stream has it', before?.amount, BigInt(last?.sequence ?? 0))
  await pass(session, 2)
  const deltas = [{ total: stream, amount: 1n }]
  await append(session, write({ entries: [after(last, stream)], deltas }))
}

/** Runs bodies at once, on both handles. */
const atOnce = (
  { other, store }: World,
  count: number,
  body: (store: EventStore, i: number) => Promise<void>,
): Promise<unknown> =>
  Promise.all(Array.from({ length: count }, (_, i) => body(i % 2 ? other : store, i)))

/** What a body appends before it ends badly is not stored, and its lock is free again. */
const undone = async (
  { other, store }: World,
  end: (body: (session: Session) => Promise<void>, locks: readonly Lock[]) => Promise<void>,
): Promise<void> => {
  const before = full('lot/A')
  await append(store, before)
  const next = full('lot/A', before.entries[0])
  for (const held of [locks, locks.slice(1, 2), []]) {
    await end(async (session) => {
      await append(session, next)
      await append(session, full('lot/B'))
      await append(session, write({ fold: ['flow'] }))
    }, held)
    same('the store', await contents(other), comeTo([before]))
    same('a total', await totalOf(other, 'flow'), { amount: 1n, deltas: 1 })
    await alone(other, locks, (session) => pass(session, 1))
  }
  await alone(store, locks, (session) => append(session, next))
  same('the store at last', await contents(other), comeTo([before, next]))
}

export const ofLocks: readonly Case[] = [
  storeCase(
    'PRT-9 of bodies that hold a common lock one runs at a time, and finds what those before it stored',
    async (world) => {
      const running = new Set<Lock>()
      await atOnce(world, 36, (store, i) => {
        const [one, two] = [locks[i % 2] ?? 'house', locks[(i + 1) % 2] ?? 'house']
        const held = i % 4 ? [one] : [two, one]
        return alone(store, held, async (session) => {
          for (const lock of new Set(held)) {
            holds(`nobody else has ${lock}`, !running.has(lock))
            running.add(lock)
          }
          await step(session, one)
          for (const lock of held) running.delete(lock)
        })
      })
      for (const lock of locks)
        same(`steps with ${lock}`, (await totalOf(world.other, lock))?.amount, 18n)
    },
  ),

  storeCase('PRT-9 locks may be asked for in any order, and more than once', async (world) => {
    const orders: readonly (readonly Lock[])[] = [
      ['house', 'treasury'],
      ['treasury', 'house'],
      ['treasury', 'house', 'treasury'],
      ['house', 'house'],
    ]
    await atOnce(world, 24, (store, i) =>
      alone(store, orders[i % orders.length] ?? [], (session) => step(session, 's')),
    )
    same('the steps', (await totalOf(world.store, 's'))?.amount, 24n)
  }),

  storeCase('PRT-9 bodies without a common lock run side by side', async (world) => {
    const { isSerial, other, store } = world
    const arrivals = [signal(), signal(), signal()]
    await Promise.all(
      arrivals.map(({ give }, i) =>
        alone(i % 2 ? other : store, i < 2 ? locks.slice(i, i + 1) : [], async (session) => {
          give()
          if (!isSerial) await Promise.all(arrivals.map(({ given }) => given))
          await step(session, `s${i}`)
        }),
      ),
    )
    for (const i of [0, 1, 2]) same('its steps', (await totalOf(other, `s${i}`))?.amount, 1n)
  }),

  storeCase(
    'PRT-3 of bodies without a common lock that append the same entry one succeeds',
    async ({ other, store }) => {
      for (let round = 0; round < 8; round++) {
        const stream = `s${round}`
        const writes = [0, 1, 2, 3].map((i) =>
          write({
            entries: [after(undefined, stream, { data: String(i) })],
            deltas: [{ total: 'all', amount: 1n }],
          }),
        )
        const done = await oneOf(
          'a body',
          writes.map((one, i) =>
            (i % 2 ? other : store).alone(locks.slice(i, i + 1), (session) =>
              TE.chain(() => session.append(one))(session.read(wanted({ totals: ['all'] }))),
            ),
          ),
        )
        same('the stream', await read(other, stream), writes[done]?.entries)
      }
      same('what was added', await totalOf(store, 'all'), { amount: 8n, deltas: 8 })
    },
  ),

  storeCase('PRT-3 a body that ends badly stores nothing, and answers why', async (world) => {
    const bad = { _tag: 'Bad', why: 'it is not good' }
    await undone(world, (body, held) =>
      fails(
        'the body',
        world.store.alone(held, (session) =>
          TE.chain(() => TE.left(bad))(TE.rightTask(() => body(session))),
        ),
        bad,
      ),
    )
  }),

  storeCase('PRT-3 a body that throws stores nothing', async (world) => {
    await undone(world, async (body, held) => {
      const thrown = new Error('thrown on purpose')
      await isUnavailable(
        'a body that rejects',
        world.store.alone(held, (session) => async () => {
          await body(session)
          throw thrown
        }),
      )
      await isUnavailable(
        'a body that throws',
        world.store.alone(held, () => {
          throw thrown
        }),
      )
    })
  }),

  storeCase('PRT-3 a body that meets a conflict stores nothing', async (world) => {
    const { outcomes } = full('lot/A')
    await undone(world, async (body, held) => {
      for (const bad of [full('lot/B'), write({ outcomes })])
        await conflicts(
          'the body',
          world.store.alone(held, (session) =>
            TE.chain(() => session.append(bad))(TE.rightTask(() => body(session))),
          ),
        )
    })
  }),

  storeCase('PRT-3 a body reads what it has appended', async ({ other, store }) => {
    const first = full('lot/A')
    await append(store, first)
    const second = full('lot/A', first.entries[0])
    const third = full('lot/A', second.entries[0])
    const [a1, a2, a3] = [first, second, third].flatMap(({ entries }) => entries) as [
      Entry,
      Entry,
      Entry,
    ]
    const answer = await alone(other, ['house'], async (session) => {
      await append(session, second)
      same('the stream', await read(session, 'lot/A'), [a1, a2])
      same('after its first entry', await read(session, 'lot/A', 1), [a2])
      same('after its second entry', await read(session, 'lot/A', 2), [])
      await append(session, { ...third, snapshots: [] })
      same('its last entry', await read(session, 'lot/A', 'last'), [a3])
      const found = await right(
        'a read',
        session.read({
          streams: [{ stream: 'lot/A', from: 'snapshot' }],
          outcomes: [...first.outcomes, ...second.outcomes].map(({ id }) => id),
          totals: ['flow', 'flow lot/A', 'none'],
          entries: [a3, a1, a2],
        }),
      )
      same('from its snapshot', found.streams.get('lot/A'), {
        snapshot: second.snapshots[0],
        entries: [a3],
      })
      same('outcomes', found.outcomes, comeTo([first, second]).outcomes)
      same(
        'totals',
        found.totals,
        new Map([
          ['flow', { amount: 6n, deltas: 3 }],
          ['flow lot/A', { amount: -6n, deltas: 3 }],
          ['none', { amount: 0n, deltas: 0 }],
        ]),
      )
      same('single entries', found.entries, [a3, a1, a2])
      await append(session, write({ fold: ['flow'] }))
      same('a folded total', await totalOf(session, 'flow'), { amount: 6n, deltas: 1 })
      return 'its answer'
    })
    same('what it answers', answer, 'its answer')
    same('the store', await contents(store), comeTo([first, second, { ...third, snapshots: [] }]))
    same('a folded total', await totalOf(store, 'flow'), { amount: 6n, deltas: 1 })
  }),

  storeCase(
    'PRT-3 nobody sees what a body appends before its end',
    async ({ isSerial, other, store }) => {
      const before = full('lot/A')
      await append(store, before)
      const next = full('lot/A', before.entries[0])
      const early: Promise<Awaited<ReturnType<typeof contents>>>[] = []
      await alone(store, ['house'], async (session) => {
        await append(session, next)
        await append(session, full('lot/B'))
        if (isSerial) early.push(contents(store), contents(other))
        else {
          same('the store meanwhile', await contents(store), comeTo([before]))
          same('another handle meanwhile', await contents(other), comeTo([before]))
          same('the stream meanwhile', await read(store, 'lot/A'), before.entries)
          same('a total meanwhile', await totalOf(other, 'flow'), { amount: 1n, deltas: 1 })
        }
        await pass(session)
      })
      const all = comeTo([before, next, full('lot/B')])
      for (const { counts } of await Promise.all(early))
        holds('all is seen, or nothing', [1, 3].includes(counts.entries))
      same('the store at its end', await contents(other), all)
    },
  ),

  storeCase('PRT-9 whoever appends without a lock meets no conflict with a body', async (world) => {
    const { other, store } = world
    const adds = Array.from({ length: 20 }, (_, i) =>
      write({
        entries: [after(undefined, `lot/${i}`)],
        deltas: [{ total: 'flow', amount: BigInt(i) }],
      }),
    )
    const body = alone(store, ['house'], async (session) => {
      await step(session, 's')
      await pass(session)
      await append(session, write({ fold: ['flow'] }))
    })
    await Promise.all([
      body,
      ...adds.map((one, i) => right('an append', (i % 2 ? other : store).append(one))),
    ])
    same('the total', (await totalOf(other, 'flow'))?.amount, 190n)
  }),
]
