/**
 * What is particular to a store in a database; the laws of any store are in knockdown/testing.
 */

import fc from 'fast-check'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { beforeEach, expect, test } from 'vitest'
import { Sql } from '../../../src/adapter/sql/index.js'
import { Chain } from '../../../src/engine/index.js'
import { type EventStore, nothing } from '../../../src/engine/Port.js'
import { fresh, left, onEach, right } from './databases.js'
import { entries, entry, outcome, payment, snapshot, transfer, wanted, write } from './writes.js'

const conflict = { _tag: 'Conflict' }

onEach('a store', (database) => {
  let store: EventStore
  beforeEach(async () => {
    store = await fresh(database())
  })

  const counts = () => right(store.still((view) => view.counts))
  const feed = async (): Promise<readonly string[]> =>
    (await right(store.since(undefined, 1000))).entries.map(({ hash }) => hash)

  test('PRT-3 any text is what it was, of a name or of data', async () => {
    const texts = [
      ...['\0', '\ud800', '\udc00', '\udc00\ud800', '\ud83d\ude00', '\u0010', '\u00100000', '\\0'],
      ...['', ' ', '\n', '"', "'", '\\', '\\u0000', '{"a":"\\u0000"}', '\uffff', '\u{10ffff}'],
      ...fc.sample(fc.string({ unit: 'binary', maxLength: 20 }), { seed: 1, numRuns: 50 }),
      ...fc
        .sample(fc.array(fc.integer({ min: 0xd7f0, max: 0xe010 })), { seed: 1, numRuns: 50 })
        .map((units) => String.fromCharCode(...units)),
    ]
    const all = [...new Set(texts)].map((text) => ({
      entry: {
        ...entry(text, 1),
        type: text,
        data: text,
        command: text,
        previous: Chain.start.hash,
        hash: text,
      },
      outcome: { id: text, fingerprint: text, answer: text },
      payment: { ...payment(text, text), party: text, token: text },
      transfer: { ...transfer(0, text), asset: text, from: text, to: `${text}!` },
      snapshot: { ...snapshot(text, 1, text), hash: text },
      text,
    }))
    const given = write({
      entries: all.map(({ entry }) => entry),
      outcomes: all.map(({ outcome }) => outcome),
      payments: all.map(({ payment }) => payment),
      transfers: all.map(({ transfer }) => transfer),
      snapshots: all.map(({ snapshot }) => snapshot),
      deltas: all.map(({ text }) => ({ total: text, amount: 1n })),
    })
    await right(store.append(given))

    const names = all.map(({ text }) => text)
    const found = await right(
      store.read({
        streams: names.map((stream) => ({ stream, from: 'snapshot' })),
        outcomes: names,
        totals: names,
        entries: names.map((stream) => ({ stream, sequence: 1 })),
      }),
    )
    expect(found.entries).toEqual(given.entries)
    expect([...found.streams.keys()]).toEqual(names)
    expect([...found.streams.values()].map(({ snapshot }) => snapshot)).toEqual(given.snapshots)
    expect(found.outcomes).toEqual(new Map(given.outcomes.map((outcome) => [outcome.id, outcome])))
    expect(found.totals).toEqual(new Map(names.map((name) => [name, { amount: 1n, deltas: 1 }])))
    const firsts = names.map((stream) => ({ stream, from: 0 }))
    const { streams } = await right(store.read(wanted({ streams: firsts })))
    expect([...streams.values()].flatMap(({ entries }) => entries)).toEqual(given.entries)

    expect((await right(store.since(undefined, 1000))).entries).toEqual(given.entries)
    const [transfers, payments, totals] = await right(
      store.still((view) =>
        TE.sequenceSeqArray<unknown, { _tag: string }>([
          view.transfers(given.entries),
          view.payments(given.entries),
          view.totals,
        ]),
      ),
    )
    expect(transfers).toEqual(given.transfers)
    expect(payments).toEqual(given.payments)
    expect(totals).toEqual(new Map(names.map((name) => [name, 1n])))
    const taken: unknown[] = []
    const send = (some: readonly { key: string }[]) => {
      taken.push(...some)
      return TE.right(some.map(({ key }) => key))
    }
    expect(await right(store.deliver(1000, send))).toBe(all.length)
    expect(taken).toEqual(given.payments)
  })

  test('PRT-3 of an append with an entry that is not the next of its stream nothing is stored', async () => {
    await right(
      store.append(
        write({
          entries: entries('s', 1, 2),
          deltas: [1n, 2n].map((amount) => ({ total: 't', amount })),
        }),
      ),
    )
    const wrong = [
      [entry('s', 2)],
      [entry('s', 4)],
      [entry('s', 3), entry('s', 5)],
      [{ ...entry('s', 3), previous: 'another' }],
      [entry('s', 3), { ...entry('s', 4), previous: 'another' }],
      [entry('other', 2)],
      [entry('s', 3), entry('other', 2)],
    ]
    for (const some of wrong) {
      const given = write({
        entries: [entry('new', 1), ...some],
        transfers: [transfer(0, 'new')],
        deltas: [{ total: 't', amount: 1n }],
        outcomes: [outcome('c')],
        payments: [payment('k')],
        snapshots: [snapshot('s', 2)],
        fold: ['t'],
      })
      expect(await left(store.append(given))).toEqual(conflict)
      expect(await left(store.alone(['house'], (session) => session.append(given)))).toEqual(
        conflict,
      )
    }
    expect(await counts()).toEqual({ entries: 2, transfers: 0, payments: 0 })
    const found = await right(
      store.read(
        wanted({ streams: [{ stream: 's', from: 'snapshot' }], outcomes: ['c'], totals: ['t'] }),
      ),
    )
    expect(found.outcomes.size).toBe(0)
    expect(found.streams.get('s')?.snapshot).toBeUndefined()
    expect(found.totals.get('t')).toEqual({ amount: 3n, deltas: 2 })
  })

  test('PRT-5 of an append with a command that has its outcome nothing is stored', async () => {
    await right(store.append(write({ outcomes: [outcome('c')] })))
    const again = write({ entries: [entry('s', 1)], outcomes: [outcome('a'), outcome('c')] })
    expect(await left(store.append(again))).toEqual(conflict)
    expect(await counts()).toEqual({ entries: 0, transfers: 0, payments: 0 })
    const found = await right(store.read(wanted({ outcomes: ['a', 'c', 'd'] })))
    expect(found.outcomes).toEqual(new Map([['c', outcome('c')]]))
  })

  test('PRT-10 a body that goes on after a conflict stores nothing', async () => {
    await right(store.append(write({ entries: [entry('s', 1)] })))
    for (const lost of [entry('s', 1), entry('s', 3)]) {
      const body = store.alone(['house'], (session) => async () => {
        await right(session.append(write({ entries: [entry('t', 1)] })))
        await left(session.append(write({ entries: [lost] })))
        return TE.right('all is well')()
      })
      expect(await left(body)).toEqual(conflict)
    }
    expect(await feed()).toEqual(['s#1'])
  })

  test('PRT-10 what a body that ends badly appended is not stored', async () => {
    const body = store.alone(['house'], (session) => async () => {
      await right(session.append(write({ entries: [entry('s', 1)] })))
      return TE.left('no')()
    })
    expect(await left(body)).toBe('no')
    expect(await feed()).toEqual([])
    await right(store.append(nothing))
    await right(store.append(write({ entries: [entry('s', 1)] })))
    expect(await feed()).toEqual(['s#1'])
  })

  test('PRT-9 a total has no largest amount, and folding it changes nothing but how many deltas it has', async () => {
    const large = 7n ** 500n
    const deltas = [large, -1n, 1n - large, large].map((amount) => ({ total: 't', amount }))
    await right(store.append(write({ deltas: [...deltas, { total: 'u', amount: 1n }] })))
    const totals = async () => (await right(store.read(wanted({ totals: ['t', 'none'] })))).totals
    expect(await totals()).toEqual(
      new Map([
        ['t', { amount: large, deltas: 4 }],
        ['none', { amount: 0n, deltas: 0 }],
      ]),
    )
    await right(store.append(write({ fold: ['t', 'none'], deltas: [{ total: 't', amount: 2n }] })))
    expect((await totals()).get('t')).toEqual({ amount: large + 2n, deltas: 2 })
    expect(await right(store.still((view) => view.totals))).toEqual(
      new Map([
        ['t', large + 2n],
        ['u', 1n],
      ]),
    )
  })

  test('PRT-16 the entries of one append stand together in its order, and those of one body too', async () => {
    await right(store.append(write({ entries: [entry('z', 1), entry('a', 1), entry('z', 2)] })))
    await right(
      store.alone([], (session) => async () => {
        await right(session.append(write({ entries: [entry('y', 1), entry('b', 1)] })))
        return session.append(write({ entries: [entry('a', 2), entry('y', 2)] }))()
      }),
    )
    const all = ['z#1', 'a#1', 'z#2', 'y#1', 'b#1', 'a#2', 'y#2']
    expect(await feed()).toEqual(all)

    const paged: string[] = []
    let after: string | undefined
    for (;;) {
      const page = await right(store.since(after, 2))
      if (page.entries.length === 0) break
      paged.push(...page.entries.map(({ hash }) => hash))
      after = page.next
    }
    expect(paged).toEqual(all)
    expect((await right(store.since(after, 2))).next).toBe(after)
    expect(await left(store.since('first', 2))).toMatchObject({ _tag: 'Unavailable' })
  })

  test('PRT-16 what is stored after a dump was restored elsewhere comes after what was stored before', async () => {
    await right(store.append(write({ entries: entries('s', 1, 2) })))
    await database().query(`update knockdown.events set xid = xid + 1000000000`)
    await right(store.close)

    const restored = await right(Sql.open(database().where))
    await right(restored.append(write({ entries: [entry('a', 1)] })))
    const { entries: all, next } = await right(restored.since(undefined, 10))
    expect(all.map(({ hash }) => hash)).toEqual(['s#1', 's#2', 'a#1'])
    await right(restored.close)

    const again = await right(Sql.open(database().where))
    await right(again.append(write({ entries: [entry('a', 2)] })))
    expect((await right(again.since(next, 10))).entries.map(({ hash }) => hash)).toEqual(['a#2'])
    expect(await database().query('select era from knockdown.eras order by era')).toEqual([
      { era: 0 },
      { era: 1 },
    ])
  })

  test('PRT-16 a transaction that a restored cluster comes to next is one of an earlier era', async () => {
    await right(store.append(write({ entries: [entry('s', 1)] })))
    // When this has ended, the next transaction has that id.
    await database().query(
      'update knockdown.events set xid = pg_current_xact_id()::text::bigint + 1',
    )
    await right(store.close)
    const restored = await right(Sql.open(database().where))
    expect(await database().query('select max(era) as era from knockdown.eras')).toEqual([
      { era: 1 },
    ])
    await right(restored.append(write({ entries: [entry('a', 1)] })))
    expect((await right(restored.since(undefined, 9))).entries.map(({ hash }) => hash)).toEqual([
      's#1',
      'a#1',
    ])
    await right(restored.close)
  })

  test('PRT-18 a snapshot gives way to one that is not older', async () => {
    const state = async () =>
      (
        await right(store.read(wanted({ streams: [{ stream: 's', from: 'snapshot' }] })))
      ).streams.get('s')
    await right(store.append(write({ entries: entries('s', 1, 5), snapshots: [snapshot('s', 3)] })))
    expect(await state()).toEqual({ snapshot: snapshot('s', 3), entries: entries('s', 4, 5) })
    await right(store.append(write({ snapshots: [snapshot('s', 2)] })))
    expect((await state())?.snapshot?.sequence).toBe(3)
    await right(store.append(write({ snapshots: [snapshot('s', 3, '[]')] })))
    expect((await state())?.snapshot?.state).toBe('[]')
    await right(store.append(write({ snapshots: [snapshot('s', 5), snapshot('s', 4)] })))
    expect(await state()).toEqual({ snapshot: snapshot('s', 5), entries: [] })
  })

  test('PRT-3 a long stream is read whole', async () => {
    const long = entries('s', 1, 100_000)
    await right(store.append(write({ entries: long })))
    const found = await right(store.read(wanted({ streams: [{ stream: 's', from: 0 }] })))
    expect(found.streams.get('s')?.entries).toEqual(long)
  }, 120_000)

  test('PRT-15 outcomes and snapshots are read on from one of them', async () => {
    const ids = ['a', 'b', 'c', 'd']
    await right(
      store.append(
        write({ outcomes: ids.map(outcome), snapshots: ids.map((id) => snapshot(id, 1)) }),
      ),
    )
    const [first, rest, states] = await right(
      store.still((view) =>
        TE.sequenceSeqArray<unknown, { _tag: string }>([
          view.outcomes(undefined, 2),
          view.outcomes('b', 9),
          view.snapshots('c', 9),
        ]),
      ),
    )
    expect(first).toEqual([outcome('a'), outcome('b')])
    expect(rest).toEqual([outcome('c'), outcome('d')])
    expect(states).toEqual([snapshot('d', 1)])
  })

  test('one who reads on meets the same answer of a store that is closed', async () => {
    await right(store.close)
    expect(await left(store.since(undefined, 1))).toMatchObject({
      _tag: 'Unavailable',
      what: 'store',
    })
  })

  test('tables that are not there, or of an earlier or a later release, are not opened', async () => {
    const { query, where } = database()
    await query(`insert into knockdown.migrations (name, timestamp) values ('9999_later', '')`)
    const newer = { _tag: 'NewerSchema', unknown: ['9999_later'] }
    expect(await left(Sql.open(where))).toEqual(newer)
    expect(await left(Sql.open({ ...where, migrate: true }))).toEqual(newer)
    expect(await left(Sql.migrate(where))).toEqual(newer)

    await query('drop schema knockdown cascade')
    const older = { _tag: 'OlderSchema', missing: ['0001_store', '0002_work'] }
    expect(await left(Sql.open(where))).toEqual(older)
    const made = await right(Sql.open({ ...where, migrate: true }))
    await right(made.append(write({ entries: [entry('s', 1)] })))
    await right(Sql.migrate(where))
    expect((await right(made.since(undefined, 1))).entries).toEqual([entry('s', 1)])
  })
})
