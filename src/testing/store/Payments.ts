/**
 * Payments: handed out until they are noted, and never to two senders at once.
 *
 * Laws: PRT-13 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type { EventStore, Payment } from '../../engine/Port.js'
import {
  type Case,
  fails,
  holds,
  isUnavailable,
  pass,
  right,
  same,
  storeCase,
  type World,
} from './Case.js'
import { after, write } from './Writes.js'

/** Stores payments, each of an entry of its own. */
const owe = async ({ store }: World, count: number): Promise<readonly Payment[]> => {
  const payments = Array.from({ length: count }, (_, i): Payment => {
    const name = { stream: `lot/${i}`, sequence: 1 }
    return { key: `k${i}`, ...name, direction: 'pay', party: 'p', token: 't', units: BigInt(i + 1) }
  })
  const entries = payments.map(({ stream }) => after(undefined, stream))
  await right('an append', store.append(write({ entries, payments })))
  return payments
}

const keysOf = (payments: readonly Payment[]): readonly string[] => payments.map(({ key }) => key)

/** What is handed to a sender who notes some of it. */
const handed = async (
  store: EventStore,
  limit: number,
  note: (keys: readonly string[]) => readonly string[],
): Promise<readonly Payment[]> => {
  const got: Payment[] = []
  const noted = await right(
    'a delivery',
    store.deliver(limit, (payments) => () => {
      got.push(...payments)
      return Promise.resolve(E.right(note(keysOf(payments))))
    }),
  )
  same('how many are noted', noted, note(keysOf(got)).length)
  holds(`${got.length} payments are within ${limit}`, got.length <= limit)
  return got
}

const all = (keys: readonly string[]): readonly string[] => keys
const none = (): readonly string[] => []

export const ofPayments: readonly Case[] = [
  storeCase(
    'PRT-13 a payment is handed out, as it was stored, until it is noted',
    async (world) => {
      const { other, store } = world
      same('what is handed out of nothing', await handed(store, 10, all), [])
      const payments = await owe(world, 12)
      const byKey = new Map(payments.map((payment) => [payment.key, payment]))
      const still = new Set(byKey.keys())
      for (const limit of [20, 12, 5, 20, 3, 20, 1, 20, 20]) {
        const every = (keys: readonly string[]): readonly string[] =>
          keys.filter((_, i) => limit < 20 && i % 2 === 0)
        const got = await handed(limit % 2 ? other : store, limit, every)
        same('how many are handed out', got.length, Math.min(limit, still.size))
        same('different ones', new Set(keysOf(got)).size, got.length)
        for (const payment of got) {
          holds(`${payment.key} was not noted`, still.has(payment.key))
          same('a payment', payment, byKey.get(payment.key))
        }
        for (const key of every(keysOf(got))) still.delete(key)
      }
      same('the rest', new Set(keysOf(await handed(store, 20, all))), still)
      same('when all are noted', await handed(other, 20, all), [])
      same('and again', await handed(store, 20, all), [])
    },
  ),

  storeCase('PRT-13 what a sender fails to send is handed out again', async (world) => {
    const { other, store } = world
    const keys = new Set(keysOf(await owe(world, 5)))
    const bad = { _tag: 'Bad', why: 'the wire is cut' }
    const got: string[] = []
    const cut = (payments: readonly Payment[]) => () => {
      got.push(...keysOf(payments))
      return Promise.resolve(E.left(bad))
    }
    await fails('a delivery', store.deliver(10, cut), bad)
    same('what failed', new Set(got), keys)
    await isUnavailable(
      'a sender that rejects',
      other.deliver(10, () => () => Promise.reject(new Error('rejected on purpose'))),
    )
    await isUnavailable(
      'a sender that throws',
      store.deliver(10, () => {
        throw new Error('thrown on purpose')
      }),
    )
    same('what is handed out then', new Set(keysOf(await handed(other, 10, none))), keys)
    same('what is handed out again', new Set(keysOf(await handed(store, 10, all))), keys)
    same('when all are noted', await handed(other, 10, all), [])
  }),

  storeCase('PRT-13 no two senders have a payment in hand at once', async (world) => {
    const { other, store } = world
    const keys = keysOf(await owe(world, 48))
    const inHand = new Set<string>()
    const noted = new Set<string>()
    const sends = new Map<string, number>()
    const bad = { _tag: 'Bad' }
    let turn = 0
    const send = (payments: readonly Payment[]) => async () => {
      const own = keysOf(payments)
      for (const key of own) {
        holds(`nobody else has ${key} in hand`, !inHand.has(key))
        holds(`${key} was not noted`, !noted.has(key))
        inHand.add(key)
        sends.set(key, (sends.get(key) ?? 0) + 1)
      }
      await pass(other, 3)
      const sent = own.filter((_, i) => (turn + i) % 3 > 0)
      for (const key of own) inHand.delete(key)
      turn += 1
      if (turn % 5 === 0) return E.left(bad)
      for (const key of sent) noted.add(key)
      return E.right(sent)
    }
    const broken: unknown[] = []
    const sender = async (own: EventStore): Promise<void> => {
      for (let i = 0; i < 400 && noted.size < keys.length && broken.length === 0; i++) {
        const answer = await own.deliver(5, (payments) => async () => {
          try {
            return await send(payments)()
          } catch (error) {
            broken.push(error)
            return E.left(bad)
          }
        })()
        if (E.isLeft(answer)) same('why a delivery failed', answer.left, bad)
      }
    }
    await Promise.all([store, other, store, other].map(sender))
    if (broken.length > 0) throw broken[0]
    for (const key of keys) holds(`${key} was handed out`, (sends.get(key) ?? 0) > 0)
    const rest = await handed(store, keys.length, all)
    same('what is left', new Set(keysOf(rest)), new Set(keys.filter((key) => !noted.has(key))))
    same('when all are noted', await handed(other, keys.length, all), [])
  }),

  storeCase(
    'PRT-13 a payment that is not stored is not handed out, and one that is waits for no other',
    async (world) => {
      const { other, store } = world
      const entry = after(undefined, 's')
      const payment: Payment = {
        ...{ key: 'k', stream: 's', sequence: 1, direction: 'collect' },
        ...{ party: 'p', token: 't', units: 3n },
      }
      const one = write({ entries: [entry], payments: [payment] })
      await store.alone(['house'], (session) => async () => {
        await session.append(one)()
        return E.left('undone')
      })()
      same('what is undone', await handed(other, 10, all), [])
      await right(
        'a body',
        store.alone(['house'], (session) => session.append(one)),
      )
      same('what is stored', await handed(other, 10, none), [payment])
      const next = after(entry, 's')
      const more: Payment = { ...payment, key: 'l', sequence: 2 }
      await right('an append', other.append(write({ entries: [next], payments: [more] })))
      same('both', new Set(keysOf(await handed(store, 10, all))), new Set(['k', 'l']))
    },
  ),
]
