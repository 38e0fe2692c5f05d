/**
 * Appends: entries that are next are stored, with all that comes with them, and others are not.
 *
 * Laws: PRT-3 (spec/10-ports.md).
 */

import type { Entry, Write } from '../../engine/Port.js'
import {
  type Case,
  conflicts,
  holds,
  isUnavailable,
  oneOf,
  right,
  same,
  storeCase,
  type World,
} from './Case.js'
import {
  after,
  chain,
  comeTo,
  contents,
  full,
  read,
  totalOf,
  wanted,
  write,
  zeros,
} from './Writes.js'

/** Appends one write after the other. */
export const appendAll = async ({ store }: World, writes: readonly Write[]): Promise<void> => {
  for (const one of writes) await right('an append', store.append(one))
}

/** Something of everything in each of two streams. */
export const start = (): readonly [Write, Write, Write] => {
  const first = full('lot/A')
  return [first, full('lot/A', first.entries[0]), full('lot/B')]
}

/** Appends are conflicts, though all else in them could be stored, and nothing of them is stored. */
export const nothingOf = async (
  world: World,
  before: readonly Write[],
  bad: Readonly<Record<string, Partial<Write>>>,
): Promise<void> => {
  const fresh = full('lot/C')
  for (const [what, { entries = [], outcomes = [], upon = [] }] of Object.entries(bad)) {
    const mixed: Write = {
      ...fresh,
      upon: [...fresh.upon, ...upon],
      entries: [...fresh.entries, ...entries],
      outcomes: [...fresh.outcomes, ...outcomes],
    }
    await conflicts(what, world.store.append(mixed))
    await conflicts(
      `${what}, first`,
      world.store.append({ ...mixed, entries: [...entries, ...fresh.entries] }),
    )
    same(`the store after ${what}`, await contents(world.other), comeTo(before))
  }
  const handed: string[] = []
  await right(
    'a delivery',
    world.store.deliver(100, (payments) => () => {
      handed.push(...payments.map(({ key }) => key))
      return Promise.resolve({ _tag: 'Right', right: [] })
    }),
  )
  same(
    'payments handed out',
    handed.sort(),
    comeTo(before).payments.map(({ key }) => key),
  )
  await right('the append that was part of all', world.store.append(fresh))
  same('the store at last', await contents(world.other), comeTo([...before, fresh]))
}

export const appends: readonly Case[] = [
  storeCase('PRT-3 what is appended is read as it was, and in its order', async (world) => {
    const { other, store } = world
    const writes = start()
    await appendAll(world, [write({}), ...writes])
    const [a1, a2, b1] = writes.flatMap(({ entries }) => entries) as [Entry, Entry, Entry]
    same('the contents', await contents(store), comeTo(writes))
    same('the contents in small pages', await contents(other, 1), comeTo(writes))
    for (const [from, expected] of [
      [0, [a1, a2]],
      [1, [a2]],
      [2, []],
      [9, []],
      ['last', [a2]],
    ] as const)
      same(`the entries from ${from}`, await read(other, 'lot/A', from), expected)
    const found = await right(
      'a read',
      other.read(
        wanted({
          streams: [
            { stream: 'lot/B', from: 0 },
            { stream: 'none', from: 0 },
            { stream: 'nor here', from: 'last' },
            { stream: 'lot/A', from: 1 },
          ],
          entries: [
            { stream: 'lot/B', sequence: 1 },
            { stream: 'lot/B', sequence: 2 },
            { stream: 'lot/A', sequence: 2 },
            { stream: 'none', sequence: 1 },
            { stream: 'lot/A', sequence: 1 },
          ],
        }),
      ),
    )
    same(
      'many streams at once',
      found.streams,
      new Map([
        ['lot/B', { snapshot: undefined, entries: [b1] }],
        ['none', { snapshot: undefined, entries: [] }],
        ['nor here', { snapshot: undefined, entries: [] }],
        ['lot/A', { snapshot: undefined, entries: [a2] }],
      ]),
    )
    same('single entries', found.entries, [b1, a2, a1])
  }),

  storeCase(
    'PRT-3 an append with an entry that is not the next of its stream stores nothing',
    async (world) => {
      const before = start()
      await appendAll(world, before)
      const [a1, a2] = before.flatMap(({ entries }) => entries) as [Entry, Entry]
      const [a3, a4, a5] = chain('lot/A', 3, a2) as [Entry, Entry, Entry]
      const first = after(undefined, 'lot/D')
      await nothingOf(world, before, {
        'an entry after a gap': { entries: [{ ...a4, previous: a2.hash }] },
        'an entry of the next but one': { entries: [a4] },
        'the last entry again': { entries: [a2] },
        'another in the place of the last entry': { entries: [{ ...a2, data: '[]' }] },
        'another in the place of the first entry': { entries: [{ ...a1, data: '[]' }] },
        'an entry before the first': { entries: [{ ...a3, sequence: 0 }] },
        'a gap among its entries': { entries: [a3, { ...a5, previous: a3.hash }] },
        'an entry twice': { entries: [a3, a3] },
        'entries in the wrong order': { entries: [a4, a3] },
        'a second entry of a stream that has none': { entries: [{ ...first, sequence: 2 }] },
      })
    },
  ),

  storeCase(
    'PRT-3 an append with an entry that does not name the one before it stores nothing',
    async (world) => {
      const before = start()
      await appendAll(world, before)
      const [a1, a2, b1] = before.flatMap(({ entries }) => entries) as [Entry, Entry, Entry]
      const [a3, a4] = chain('lot/A', 2, a2) as [Entry, Entry]
      const first = after(undefined, 'lot/D')
      await nothingOf(world, before, {
        'an entry that names the one before the last': { entries: [{ ...a3, previous: a1.hash }] },
        'an entry that names one of another stream': { entries: [{ ...a3, previous: b1.hash }] },
        'a later entry that names none': { entries: [{ ...a3, previous: zeros }] },
        'a first entry that names one': { entries: [{ ...first, previous: a2.hash }] },
        'the second of two that names the wrong one': {
          entries: [a3, { ...a4, previous: a2.hash }],
        },
      })
    },
  ),

  storeCase(
    'PRT-3 an append stores nothing where a stream does not end as it was decided upon',
    async (world) => {
      const before = start()
      await appendAll(world, before)
      const [a1, a2, b1] = before.flatMap(({ entries }) => entries) as [Entry, Entry, Entry]
      const [e1, e2] = chain('lot/E', 2) as [Entry, Entry]
      const none = { stream: 'lot/D', sequence: 0, hash: zeros }
      await nothingOf(world, before, {
        'an entry that is not the last': { upon: [a1] },
        'an entry that is not there': { upon: [e1] },
        'an entry of another stream': { upon: [{ ...b1, stream: 'lot/A', sequence: 2 }] },
        'another in the place of the last': { upon: [{ ...a2, hash: a1.hash }] },
        'the last one under a later number': { upon: [{ ...a2, sequence: 3 }] },
        'nothing, where there is something': { upon: [{ ...none, stream: 'lot/A' }] },
        'nothing, with a hash': { upon: [{ ...none, hash: a2.hash }] },
        'one that is so, and one that is not': { upon: [a2, a1], entries: [e1] },
        'what it stores itself': { upon: [e1], entries: [e1, e2] },
      })
      await appendAll(world, [write({ upon: [a2, b1, none], entries: [e1] })])
    },
  ),

  storeCase('PRT-3 of two streams of which one conflicts nothing is stored', async (world) => {
    const before = start()
    await appendAll(world, before)
    const [a1, a2, b1] = before.flatMap(({ entries }) => entries) as [Entry, Entry, Entry]
    const [a3, b2] = [after(a2, 'lot/A'), after(b1, 'lot/B')]
    await nothingOf(world, before, {
      'the next of one and an old one of the other': { entries: [b2, a1] },
      'an old one and the next of the other': { entries: [b1, a3] },
      'both, one after a gap': { entries: [a3, { ...b2, sequence: 3 }] },
    })
  }),

  storeCase(
    'PRT-3 of many who append the next entry at once one succeeds',
    async ({ other, store }) => {
      let last: Entry | undefined
      for (let round = 0; round < 12; round++) {
        const before = last
        const entries = Array.from({ length: 12 }, (_, i) =>
          after(before, 's', { data: `${round} ${i}` }),
        )
        const done = await oneOf(
          'an append',
          entries.map((entry, i) => (i % 2 ? other : store).append(write({ entries: [entry] }))),
        )
        last = entries[done]
        same('the last entry', await read(store, 's', 'last'), [last])
      }
      holds('each follows the one before', (await read(other, 's')).length === 12)
    },
  ),

  storeCase(
    'PRT-3 of two who append to the same streams in another order one succeeds',
    async ({ other, store }) => {
      let before: readonly (Entry | undefined)[] = [undefined, undefined]
      for (let round = 0; round < 25; round++) {
        const [mine, yours] = ['1', '2'].map((data) =>
          ['x', 'y'].map((stream, i) => after(before[i], stream, { data })),
        ) as [Entry[], Entry[]]
        const deltas = [
          { total: 'p', amount: 1n },
          { total: 'q', amount: 1n },
        ]
        const done = await oneOf('an append', [
          store.append(write({ entries: mine, deltas })),
          other.append(write({ entries: [...yours].reverse(), deltas: [...deltas].reverse() })),
        ])
        before = done === 0 ? mine : yours
      }
      same('a total', await totalOf(other, 'p'), { amount: 25n, deltas: 25 })
    },
  ),

  storeCase(
    'PRT-3 nothing is stored in a store that is closed',
    async ({ again, other, store }) => {
      const first = full('lot/A')
      await right('an append', store.append(first))
      await right('closing', store.close)
      await isUnavailable('an append to it', store.append(full('lot/A', first.entries[0])))
      await isUnavailable('a read of it', store.read(wanted({ outcomes: ['a'] })))
      if (again === undefined) return
      same('what others find', await contents(other), comeTo([first]))
      const opened = await again()
      same('what is found later', await contents(opened), comeTo([first]))
      await right('closing', opened.close)
    },
  ),
]
