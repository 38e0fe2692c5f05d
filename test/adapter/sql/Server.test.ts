/**
 * A store that many processes use at once, on a server.
 */

import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Sql } from '../../../src/adapter/sql/index.js'
import type { EventStore, Payment, Session } from '../../../src/engine/Port.js'
import { fresh, left, onServer, right, waiting } from './databases.js'
import { entry, outcome, payment, signal, snapshot, transfer, wanted, write } from './writes.js'

test('an address where there is no server is one line without what is secret', async () => {
  const wrong = ['[::1', '127.0.0.1:1/x', 'no.such.host.invalid/x', '127.0.0.1:port/x']
  for (const host of wrong) {
    const failure = await left(Sql.open({ url: `postgres://kim:sesame@${host}` }))
    expect(failure).toMatchObject({ _tag: 'Unavailable', what: 'store' })
    expect(failure).not.toMatchObject({ why: expect.stringMatching(/sesame|\n|^$/) as unknown })
  }
})

test('PRT-10 a number of connections that is none is one line', async () => {
  for (const connections of [0, -1, 1.5, Number.NaN])
    expect(await left(Sql.open({ url: 'postgres://127.0.0.1:1/x', connections }))).toEqual({
      _tag: 'Unavailable',
      what: 'store',
      why: `connections: found ${connections}, wanted a whole number from 1 on`,
    })
})

onServer('many at once', (database) => {
  let store: EventStore
  let other: EventStore
  beforeEach(async () => {
    store = await fresh(database())
    other = await right(Sql.open(database().where))
  })
  afterEach(async () => {
    await store.close()
    await other.close()
  })

  const feed = async (): Promise<readonly string[]> =>
    (await right(other.since(undefined, 1000))).entries.map(({ hash }) => hash)

  /** A transaction that has appended an entry, and has not ended. */
  const holding = async (stream: string) => {
    const appended = signal()
    const may = signal()
    const held = right(
      store.alone([], (session) => async () => {
        await right(session.append(write({ entries: [entry(stream, 1)] })))
        appended.give()
        await may.given
        return TE.right(undefined)()
      }),
    )
    await appended.given
    return { held, end: may.give }
  }

  test('PRT-9 who asks for a lock waits until it is free, and reads what its holder stored', async () => {
    const holds = signal()
    const may = signal()
    const steps: string[] = []
    const first = right(
      store.alone(['treasury'], (session) => async () => {
        holds.give()
        await may.given
        steps.push('first')
        return session.append(write({ deltas: [{ total: 't', amount: 1n }] }))()
      }),
    )
    await holds.given
    await right(other.alone(['house'], () => TE.right(undefined)))
    const second = right(
      other.alone(['treasury', 'house', 'house'], (session) => async () => {
        steps.push('second')
        return session.read(wanted({ totals: ['t'] }))()
      }),
    )
    await Promise.race([waiting(database(), 1), second])
    may.give()
    await first
    expect((await second).totals.get('t')).toEqual({ amount: 1n, deltas: 1 })
    expect(steps).toEqual(['first', 'second'])
  })

  test('PRT-16 nothing is shown that an entry under way may come before', async () => {
    const { held, end } = await holding('early')
    await right(other.append(write({ entries: [entry('late', 1)] })))
    expect(await feed()).toEqual([])
    expect(
      (await right(other.read(wanted({ streams: [{ stream: 'late', from: 0 }] })))).streams.get(
        'late',
      )?.entries,
    ).toEqual([entry('late', 1)])
    end()
    await held
    expect(await feed()).toEqual(['early#1', 'late#1'])
  })

  test('PRT-16 what was appended after something was read comes after it, though its transaction began before', async () => {
    const began = signal()
    const may = signal()
    const body = right(
      store.alone(['house'], (session: Session) => async () => {
        began.give()
        await may.given
        await right(session.read(wanted({ streams: [{ stream: 'cause', from: 0 }] })))
        return session.append(write({ entries: [entry('effect', 1)] }))()
      }),
    )
    await began.given
    await right(other.append(write({ entries: [entry('cause', 1)] })))
    may.give()
    await body
    expect(await feed()).toEqual(['cause#1', 'effect#1'])
  })

  test('PRT-15 an audit reads all that is stored, whatever is under way, and nothing later', async () => {
    const { held, end } = await holding('early')
    await right(other.append(write({ entries: [entry('late', 1)] })))
    const found = await right(
      other.still((view) => async () => {
        const counts = await right(view.counts)
        end()
        await held
        const { entries } = await right(view.since(undefined, 9))
        return TE.right({ counts, entries })()
      }),
    )
    expect(found.counts.entries).toBe(1)
    expect(found.entries).toEqual([entry('late', 1)])
  })

  test('PRT-3 of many who append the same entry one does, and the others have a conflict', async () => {
    const results = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        (index % 2 === 0 ? store : other).append(
          write({ entries: [entry('s', 1)], outcomes: [outcome(`c${index}`)] }),
        )(),
      ),
    )
    expect(results.filter(({ _tag }) => _tag === 'Right')).toHaveLength(1)
    expect(results.flatMap((result) => (result._tag === 'Left' ? [result.left._tag] : []))).toEqual(
      Array.from({ length: 15 }, () => 'Conflict'),
    )
  })

  test('PRT-3 of two who wait for each other one has a conflict, and the other goes on', async () => {
    const both = [signal(), signal()] as const
    const body = (at: 0 | 1, first: string, second: string) =>
      (at === 0 ? store : other).alone([], (session) => async () => {
        await right(session.append(write({ entries: [entry(first, 1)] })))
        both[at].give()
        await both[(1 - at) as 0 | 1].given
        return session.append(write({ entries: [entry(second, 1)] }))()
      })()
    const results = await Promise.all([body(0, 'a', 'b'), body(1, 'b', 'a')])
    expect(results.map(({ _tag }) => _tag).sort()).toEqual(['Left', 'Right'])
    expect(results.flatMap((result) => (result._tag === 'Left' ? [result.left] : []))).toEqual([
      { _tag: 'Conflict' },
    ])
  })

  test('PRT-13 no two senders have a payment in hand, and a sender holds nobody up', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e']
    await right(store.append(write({ payments: keys.map((key) => payment(key)) })))
    const has = signal()
    const may = signal()
    const hands: string[][] = []
    const sent = (payments: readonly Payment[]) => payments.map(({ key }) => key)
    const slow = right(
      store.deliver(2, (payments) => async () => {
        hands.push(sent(payments))
        has.give()
        await may.given
        return TE.right(sent(payments))()
      }),
    )
    await has.given
    const quick = (payments: readonly Payment[]) => {
      hands.push(sent(payments))
      return TE.right(sent(payments))
    }
    expect(await right(other.deliver(2, quick))).toBe(2)
    expect(await right(other.deliver(9, quick))).toBe(1)
    expect(await right(other.deliver(9, quick))).toBe(0)
    await right(other.append(write({ entries: [entry('s', 1)] })))
    expect(await feed()).toEqual(['s#1'])
    may.give()
    expect(await slow).toBe(2)
    expect(hands).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })

  const cut = () =>
    database().query(
      `select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and application_name = 'knockdown'`,
    )

  test('PRT-10 a connection that is cut is an answer, and the next one is another', async () => {
    await right(store.append(write({ entries: [entry('s', 1)] })))
    const lost = await left(
      store.alone(['house'], (session) => async () => {
        await right(session.append(write({ entries: [entry('s', 2)] })))
        await cut()
        return session.append(write({ entries: [entry('s', 3)] }))()
      }),
    )
    expect(lost).toMatchObject({ _tag: 'Unavailable', what: 'store' })
    expect(
      (
        await right(
          store.alone(['house'], (session) =>
            session.read(wanted({ streams: [{ stream: 's', from: 0 }] })),
          ),
        )
      ).streams.get('s')?.entries,
    ).toEqual([entry('s', 1)])

    // Each connection that nobody was using is met by one call at most.
    await cut()
    const tries: string[] = []
    do {
      const result = await store.since(undefined, 1)()
      tries.push(result._tag === 'Left' ? result.left._tag : 'well')
    } while (!tries.includes('well') && tries.length <= 10)
    expect(tries.at(-1)).toBe('well')
    expect(tries.slice(0, -1).filter((tag) => tag !== 'Unavailable')).toEqual([])
  })

  test('PRT-10 more bodies than connections that wait for a lock all have their turn', async () => {
    const body = (session: Session) => async () => {
      const found = await right(session.read(wanted({ totals: ['t'] })))
      const { deltas } = found.totals.get('t') ?? { deltas: -1 }
      await right(session.append(write({ deltas: [{ total: 't', amount: 1n }] })))
      return TE.right(deltas)()
    }
    const turns = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        right((index % 2 === 0 ? store : other).alone(['house'], body)),
      ),
    )
    expect(turns.sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, index) => index))
  })

  test('an address that does not do is one line without what is secret', async () => {
    const { url } = database().where
    const with_ = (change: (url: URL) => void): string => {
      const changed = new URL(url)
      change(changed)
      return changed.href
    }
    const wrong = [
      with_((url) => (url.password = 'sesame')),
      with_((url) => (url.port = '1')),
      with_((url) => {
        url.pathname = 'nowhere'
      }),
    ]
    for (const url of wrong) {
      const failure = await left(Sql.open({ url }))
      expect(failure).toMatchObject({ _tag: 'Unavailable', what: 'store' })
      const { why } = failure as { why: string }
      expect(why).toMatch(/^\S.*\S$/)
      expect(why).not.toMatch(/sesame/)
      expect(why).not.toContain(new URL(database().where.url).password)
    }
  })

  test('PRT-13 who may only carry out commands has a whole store, and changes no event and no payment', async () => {
    const role = `auctioneers_${process.pid}`
    await right(Sql.migrate({ ...database().where, role }))
    await right(Sql.migrate({ ...database().where, role }))
    const url = `${database().where.url}?options=${encodeURIComponent(`-c role=${role}`)}`
    const theirs = await right(Sql.open({ url }))
    try {
      const given = write({
        entries: [entry('s', 1)],
        transfers: [transfer(0)],
        deltas: [{ total: 't', amount: 1n }],
        outcomes: [outcome('c')],
        payments: [payment('k')],
        snapshots: [snapshot('s', 1)],
      })
      await right(theirs.append(given))
      await right(
        theirs.alone(['house', 'treasury'], (session) => async () => {
          await right(
            session.read(wanted({ streams: [{ stream: 's', from: 'snapshot' }], totals: ['t'] })),
          )
          return session.append(
            write({ entries: [entry('s', 2)], snapshots: [snapshot('s', 2)], fold: ['t'] }),
          )()
        }),
      )
      expect(await right(theirs.deliver(9, () => TE.right(['k'])))).toBe(1)
      expect(await right(theirs.still((view) => view.counts))).toEqual({
        entries: 2,
        transfers: 1,
        payments: 1,
      })
      expect((await right(theirs.since(undefined, 9))).entries).toHaveLength(2)
      await database().query('update knockdown.events set xid = xid + 1000000000')
      await right(theirs.close)
      await right((await right(Sql.open({ url }))).close)
      expect(await database().query('select max(era) as era from knockdown.eras')).toEqual([
        { era: 1 },
      ])

      await database().query(`set role ${role}`)
      for (const forbidden of [
        'update knockdown.events set data = data',
        'delete from knockdown.events',
        'truncate knockdown.events',
        'update knockdown.postings set amount = amount',
        'delete from knockdown.postings',
        'update knockdown.commands set answer = answer',
        'delete from knockdown.commands',
        'update knockdown.outbox set units = units + 1',
        'update knockdown.outbox set sent_at = now(), party = party',
        'delete from knockdown.outbox',
        'update knockdown.totals set amount = 0',
        'delete from knockdown.eras',
        'create table knockdown.mine ()',
        'drop table knockdown.snapshots',
      ])
        await expect(database().query(forbidden)).rejects.toThrow(/permission denied|must be owner/)
    } finally {
      await database().query('reset role')
      await database().query(`drop owned by ${role}`)
      await database().query(`drop role ${role}`)
    }
  })
})
