/**
 * Reading: one order of all entries, which readers follow while others append, and views that stand still.
 *
 * Laws: PRT-3, PRT-16 (spec/10-ports.md).
 */

import fc from 'fast-check'
import type { Entry, EventStore } from '../../engine/Port.js'
import { alone, type Case, holds, pass, right, same, still, storeCase } from './Case.js'
import {
  after,
  allEntries,
  allOf,
  chain,
  comeTo,
  contents,
  full,
  nameOf,
  read,
  reader,
  type Reader,
  readOn,
  write,
} from './Writes.js'

/** Which streams each of some writers appends to, how many entries, and how long it pauses. */
const plans = (
  writers: number,
  steps: number,
): readonly (readonly {
  readonly own: number
  readonly count: number
  readonly pause: number
}[])[] =>
  fc.sample(
    fc.array(
      fc.record({ own: fc.nat(1), count: fc.integer({ min: 1, max: 3 }), pause: fc.nat(3) }),
      { minLength: steps, maxLength: steps },
    ),
    { seed: 16, numRuns: writers },
  )

/** Reads on until nothing more comes though everybody was done before. */
const follow = async (store: EventStore, limit: number, isDone: () => boolean): Promise<Reader> => {
  const own = reader()
  for (;;) {
    const wasDone = isDone()
    const isMore = await readOn(own, store.since, limit)
    if (!isMore && wasDone) return own
  }
}

/** Throws unless each stream's entries are in their order without a gap. */
const inSequence = (entries: readonly Entry[]): void => {
  const last = new Map<string, Entry>()
  for (const entry of entries) {
    const before = last.get(entry.stream)
    const expected = after(before, entry.stream)
    same(`the order of ${nameOf(entry)}`, entry.sequence, expected.sequence)
    same(`what ${nameOf(entry)} follows`, entry.previous, expected.previous)
    last.set(entry.stream, entry)
  }
}

/** Throws unless entries of one append, which has the command to itself, stand together. */
const together = (entries: readonly Entry[]): void => {
  const commands = entries.map(({ command }) => command)
  const turns = commands.filter((command, i) => command !== commands[i - 1])
  same('commands whose entries stand apart', turns.length, new Set(turns).size)
}

/** An entry's data names one that was read before it was appended. */
const causes = (entries: readonly Entry[]): void => {
  const seen = new Set(['none'])
  for (const entry of entries) {
    holds(`${entry.data} comes before ${nameOf(entry)}`, seen.has(entry.data))
    seen.add(nameOf(entry))
  }
}

export const reading: readonly Case[] = [
  storeCase(
    'PRT-16 pages of any size show all entries once, in one order',
    async ({ other, store }) => {
      same('the place in a store that has none', await right('a page', store.since(undefined, 9)), {
        entries: [],
        next: undefined,
      })
      const streams = ['b', 'a', 'c'].map((stream) => chain(stream, 12))
      const expected: Entry[] = []
      for (let i = 0; i < 12; i += 3) {
        const entries = streams.flatMap((one) => one.slice(i, i + 3))
        expected.push(...entries)
        await right('an append', store.append(write({ entries })))
      }
      for (let limit = 1; limit <= 38; limit++)
        same(
          `pages of ${limit}`,
          await allEntries((limit % 2 ? other : store).since, limit),
          expected,
        )
      const own = reader()
      while (await readOn(own, store.since, 7));
      holds('nothing more comes', !(await readOn(own, store.since, 7)))
      const more = chain('a', 3, streams[1]?.at(-1))
      await right('an append', other.append(write({ entries: more })))
      while (await readOn(own, store.since, 2));
      same('what comes later', own.entries, [...expected, ...more])
    },
  ),

  storeCase(
    'PRT-16 readers who read on while many append miss nothing and meet nothing twice',
    async ({ other, store }) => {
      const handles = [store, other]
      const writers = plans(6, 30)
      const appended = new Map<string, Entry>()
      let running = writers.length
      const run = async (number: number): Promise<void> => {
        const own = handles[number % 2] ?? store
        const last: [Entry?, Entry?] = []
        for (const [i, step] of (writers[number] ?? []).entries()) {
          const neighbour = `${(number + 1 + (i % 5)) % writers.length}/${i % 2}`
          const [seen] = await read(own, neighbour, 'last')
          const parts = {
            command: `${number}/${i}`,
            data: seen === undefined ? 'none' : nameOf(seen),
          }
          const entries = [step.own, 1 - step.own].flatMap((which) => {
            const made = chain(`${number}/${which}`, step.count, last[which], parts)
            last[which] = made.at(-1)
            return made
          })
          if (i % 3) await right('an append', own.append(write({ entries })))
          else
            await alone(own, [], async (session) => {
              await right('an append', session.append(write({ entries })))
              await pass(session, step.pause)
            })
          for (const entry of entries) appended.set(nameOf(entry), entry)
        }
        running -= 1
      }
      const readers = Promise.all(
        [1, 7, 1000].map((limit, i) => follow(handles[i % 2] ?? store, limit, () => running <= 0)),
      )
      const stopped = (error: unknown): never => {
        running = 0
        throw error
      }
      const [found] = await Promise.all([
        readers,
        ...[...writers.keys()].map((number) => run(number).catch(stopped)),
      ])
      const order = await allEntries(store.since)
      for (const own of found) {
        same('how many a reader met', own.seen.size, appended.size)
        same('what a reader met', new Map(own.entries.map((one) => [nameOf(one), one])), appended)
        same('in which order', own.entries.map(nameOf), order.map(nameOf))
      }
      inSequence(order)
      together(order)
      causes(order)
    },
  ),

  storeCase(
    'PRT-16 what is stored late reaches a reader who has read on',
    async ({ other, store }) => {
      for (let round = 0; round < 6; round++) {
        let isDone = false
        const late = chain(`late ${round}`, 2)
        const quick = [0, 1, 2].map((i) => after(undefined, `quick ${round}/${i}`))
        const before = await allEntries(store.since)
        const isOver = (): boolean => isDone
        const body = async (): Promise<void> => {
          try {
            const appended = await alone(store, [], async (session) => {
              await right('an append', session.append(write({ entries: late.slice(0, 1) })))
              const started = quick.map((entry) => other.append(write({ entries: [entry] }))())
              await pass(session, 40)
              await right('an append', session.append(write({ entries: late.slice(1) })))
              return started
            })
            for (const one of appended) same('a quick append', (await one)._tag, 'Right')
          } finally {
            isDone = true
          }
        }
        const [byOne, byTwo] = await Promise.all([
          follow(store, 1, isOver),
          follow(other, 2, isOver),
          body(),
        ])
        const all = await allEntries(store.since)
        same('what is new', all.length, before.length + 5)
        same('who read on by one', byOne.entries, all)
        same('who read on by two', byTwo.entries, all)
        inSequence(all)
      }
    },
  ),

  storeCase(
    'PRT-16 what was appended after something had been read comes after it',
    async ({ other, store }) => {
      const handles = [store, other]
      const turns = Array.from({ length: 40 }, (_, i) => i)
      let seen: Entry | undefined
      for (const i of turns) {
        const [writes, reads] = [handles[i % 2] ?? store, handles[(i >> 1) % 2] ?? store]
        const data = seen === undefined ? 'none' : nameOf(seen)
        const entry = after(undefined, `${(i * 7) % 40}`, { data })
        if (i % 3) await right('an append', writes.append(write({ entries: [entry] })))
        else
          await alone(writes, ['house'], (session) =>
            right('an append', session.append(write({ entries: [entry] }))),
          )
        ;[seen] = await read(reads, entry.stream, 'last')
        same('what is read', seen, entry)
      }
      causes(await allEntries(store.since))
    },
  ),

  storeCase('PRT-16 a view shows all that was appended', async ({ other, store }) => {
    const first = full('lot/A')
    const writes = [first, full('lot/A', first.entries[0]), full('b'), full('c'), full('B')]
    for (const one of writes) await right('an append', store.append(one))
    for (const limit of [1, 2, 3, 100])
      same('the contents', await contents(other, limit), comeTo(writes))
    await still(store, async (view) => {
      const none = [
        { stream: 'lot/A', sequence: 3 },
        { stream: 'none', sequence: 1 },
      ]
      same('transfers of none', await right('transfers', view.transfers(none)), [])
      same('payments of none', await right('payments', view.payments(none)), [])
      same('transfers of nothing', await right('transfers', view.transfers([])), [])
      const some = writes[1]?.entries ?? []
      same('transfers', await right('transfers', view.transfers(some)), writes[1]?.transfers)
      const ids = (await right('outcomes', view.outcomes(undefined, 9))).map(({ id }) => id)
      same('the order of outcomes', ids, ['c B 0', 'c b 0', 'c c 0', 'c lot/A 0', 'c lot/A 1'])
      const after = await right('snapshots', view.snapshots('b', 1))
      same('the snapshot after one', after, writes[3]?.snapshots)
    })
  }),

  storeCase('PRT-16 a view stands still while others append', async ({ other, store }) => {
    const before = full('lot/A')
    await right('an append', store.append(before))
    const next = full('lot/A', before.entries[0])
    const fresh = full('lot/B')
    const fold = write({ fold: ['flow'], deltas: [{ total: 'flow 2', amount: 3n }] })
    const early = await still(store, async (view) => {
      same('the view', await allOf(view), comeTo([before]))
      const own = reader()
      while (await readOn(own, view.since, 1));
      const appended = [
        other.append(next)(),
        store.append(fresh)(),
        other.alone(['treasury'], (session) => session.append(fold))(),
      ]
      for (let i = 0; i < 8; i++) same('the view meanwhile', await allOf(view), comeTo([before]))
      holds('nothing more comes in it', !(await readOn(own, view.since, 1)))
      const hidden = await right('transfers', view.transfers([...next.entries, ...fresh.entries]))
      same('transfers of later entries', hidden, [])
      return appended
    })
    for (const one of early) same('an append', (await one)._tag, 'Right')
    const all = await contents(other)
    same('how many there are now', all.counts, comeTo([before, next, fresh]).counts)
    same('totals now', all.totals, comeTo([before, next, fresh, fold]).totals)
    same('snapshots now', all.snapshots, comeTo([before, next, fresh]).snapshots)
    const bad = { _tag: 'Bad' }
    same(
      'what a view that ends badly answers',
      await store.still(() => () => Promise.resolve({ _tag: 'Left', left: bad }))(),
      { _tag: 'Left', left: bad },
    )
  }),
]
