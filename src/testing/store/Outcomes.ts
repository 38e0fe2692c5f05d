/**
 * Outcomes: what a store keeps beside its entries: outcomes, totals, snapshots.
 *
 * Laws: PRT-5, PRT-9, PRT-18 (spec/10-ports.md).
 */

import type { Entry } from '../../engine/Port.js'
import { appendAll, nothingOf, start } from './Appends.js'
import { alone, type Case, oneOf, right, same, storeCase } from './Case.js'
import { after, chain, comeTo, contents, read, totalOf, wanted, write } from './Writes.js'

export const outcomes: readonly Case[] = [
  storeCase('PRT-5 an outcome is found by the id of its command', async (world) => {
    const { other, store } = world
    const outcomes = ['b', 'a', 'c'].map((id) => ({
      id,
      fingerprint: `f ${id}`,
      answer: `[${id}]`,
    }))
    await appendAll(world, [
      write({ outcomes: outcomes.slice(0, 2) }),
      write({ outcomes: outcomes.slice(2) }),
    ])
    const found = await right('a read', other.read(wanted({ outcomes: ['c', 'none', 'a'] })))
    same(
      'the outcomes',
      found.outcomes,
      new Map([
        ['a', outcomes[1]],
        ['c', outcomes[2]],
      ]),
    )
    same('all of them', (await contents(store)).outcomes, comeTo([write({ outcomes })]).outcomes)
  }),

  storeCase('PRT-5 an append of a command that has its outcome stores nothing', async (world) => {
    const before = start()
    await appendAll(world, before)
    const [known] = before[0].outcomes
    if (known === undefined) return
    const fresh = { ...known, id: 'new' }
    await nothingOf(world, before, {
      'the same outcome': { outcomes: [known] },
      'another outcome': { outcomes: [{ ...known, answer: '["other"]' }] },
      'another command of the same id': { outcomes: [{ ...known, fingerprint: 'other' }] },
      'a new outcome and a known one': { outcomes: [fresh, known] },
      'a new outcome twice': { outcomes: [fresh, { ...fresh, answer: '["other"]' }] },
    })
  }),

  storeCase(
    'PRT-5 of many who append the outcome of a command at once one succeeds',
    async ({ other, store }) => {
      for (let round = 0; round < 10; round++) {
        const id = `c${round}`
        const writes = Array.from({ length: 8 }, (_, i) =>
          write({
            entries: [after(undefined, `${id}/${i}`)],
            outcomes: [{ id, fingerprint: '', answer: String(i) }],
          }),
        )
        const done = await oneOf(
          'an append',
          writes.map((one, i) => (i % 2 ? other : store).append(one)),
        )
        const found = await right('a read', store.read(wanted({ outcomes: [id] })))
        same('the outcome', found.outcomes, comeTo(writes.slice(done, done + 1)).outcomes)
        for (const [i, one] of writes.entries())
          same('its entry', await read(other, `${id}/${i}`), i === done ? one.entries : [])
      }
    },
  ),

  storeCase(
    'PRT-9 a total is the sum of what was added at once, and says of how many',
    async ({ other, store }) => {
      const amounts = Array.from({ length: 60 }, (_, i) => BigInt((i % 7) - 3) * 10n ** BigInt(i))
      const deltas = amounts.map((amount) => [
        { total: 't', amount },
        { total: 'u', amount: -amount },
      ])
      const appended = deltas.map((one, i) =>
        (i % 2 ? other : store).append(write({ deltas: one })),
      )
      await Promise.all(appended.map((one) => right('an append', one)))
      const amount = amounts.reduce((sum, one) => sum + one, 0n)
      const found = await right('a read', store.read(wanted({ totals: ['u', 'none', 't'] })))
      same(
        'the totals',
        found.totals,
        new Map([
          ['t', { amount, deltas: 60 }],
          ['u', { amount: -amount, deltas: 60 }],
          ['none', { amount: 0n, deltas: 0 }],
        ]),
      )
      const both = [
        { total: 't', amount: 1n },
        { total: 't', amount: 1n },
      ]
      await right('an append', store.append(write({ deltas: both })))
      same('two deltas at once', await totalOf(other, 't'), { amount: amount + 2n, deltas: 62 })
    },
  ),

  storeCase(
    'PRT-9 a fold keeps what a total comes to and makes one delta of many',
    async (world) => {
      const { other, store } = world
      const deltas = [5n, -8n, 2n ** 600n, -1n].flatMap((amount) => [
        { total: 't', amount },
        { total: 'u', amount: -2n * amount },
      ])
      await appendAll(
        world,
        deltas.map((delta) => write({ deltas: [delta] })),
      )
      const amount = 2n ** 600n - 4n
      const fold = ['t', 'none']
      await right(
        'a fold',
        store.alone(['treasury'], (session) => session.append(write({ fold }))),
      )
      same('what is folded', await totalOf(other, 't'), { amount, deltas: 1 })
      same('another', await totalOf(other, 'u'), { amount: -2n * amount, deltas: 4 })
      same('what has none', (await totalOf(other, 'none'))?.amount, 0n)
      await appendAll(world, [write({ deltas: [{ total: 't', amount: 1n }] })])
      same('what is added later', await totalOf(other, 't'), { amount: amount + 1n, deltas: 2 })
      await Promise.all([
        alone(store, ['treasury'], (session) => right('a fold', session.append(write({ fold })))),
        ...deltas.map((delta) => right('an append', other.append(write({ deltas: [delta] })))),
      ])
      same('what was added during a fold', (await totalOf(store, 't'))?.amount, 2n * amount + 1n)
      const { totals } = await contents(other)
      same(
        'all totals',
        totals,
        new Map([
          ['t', 2n * amount + 1n],
          ['u', -4n * amount],
        ]),
      )
    },
  ),

  storeCase(
    'PRT-18 a snapshot takes the place of the one before it, and is read with what follows',
    async (world) => {
      const { other, store } = world
      const entries = chain('s', 6) as [Entry, Entry, Entry, Entry, Entry, Entry]
      const at = (entry: Entry, state: string) =>
        ({ stream: 's', sequence: entry.sequence, hash: entry.hash, format: 2, state }) as const
      const read = async () =>
        (
          await right(
            'a read',
            other.read(wanted({ streams: [{ stream: 's', from: 'snapshot' }] })),
          )
        ).streams.get('s')
      same('a stream that has nothing', await read(), { snapshot: undefined, entries: [] })
      await appendAll(world, [write({ entries })])
      same('a stream without a snapshot', await read(), { snapshot: undefined, entries })
      const [two, four, six] = [
        at(entries[1], 'two'),
        at(entries[3], 'four'),
        at(entries[5], 'six'),
      ]
      await appendAll(world, [write({ snapshots: [two] })])
      same('the first snapshot', await read(), { snapshot: two, entries: entries.slice(2) })
      await appendAll(world, [write({ snapshots: [four] })])
      same('the second', await read(), { snapshot: four, entries: entries.slice(4) })
      await appendAll(world, [write({ snapshots: [six] })])
      same('that of the last entry', await read(), { snapshot: six, entries: [] })
      same('all snapshots', (await contents(store)).snapshots, new Map([['s', six]]))
      const seventh = after(entries[5], 's')
      await appendAll(world, [write({ entries: [seventh] })])
      same('what is appended later', await read(), { snapshot: six, entries: [seventh] })
    },
  ),
]
