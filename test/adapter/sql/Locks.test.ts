/**
 * Who waits for whom in a server's database, and what would be if nobody did.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Sql } from '../../../src/adapter/sql/index.js'
import { Audit, type Port, type Request } from '../../../src/engine/index.js'
import { examplePosition, exampleTerms, rad } from '../../example.js'
import { all, founded, opening, taking, world } from '../../engine/world.js'
import { fresh, onServer, right, waiting } from './databases.js'
import { entry, signal, wanted, write } from './writes.js'

onServer('who waits', (database) => {
  let store: Port.EventStore
  let other: Port.EventStore
  beforeEach(async () => {
    store = await fresh(database())
    other = await right(Sql.open(database().where))
  })
  afterEach(async () => {
    await store.close()
    await other.close()
  })

  const second: Request.Request['ask'] = {
    _tag: 'Open',
    keeper: 'kim',
    position: 'p2',
  }

  /** A position like another, in a line. */
  const hold = (id: string, line = 'MAIN'): Request.Request => ({
    id: `hold ${id}`,
    ask: { _tag: 'Hold', position: { ...examplePosition, id, line }, seen: 0 },
  })

  test('PRT-9 a bid on a lot waits for nobody who has another lot in hand', async () => {
    const { ask, engine } = await founded({}, store)
    await engine.execute(all)([hold('p2')])()
    expect(await ask('o1', opening)).toMatchObject({ _tag: 'Done' })
    expect(await ask('o2', second)).toMatchObject({ _tag: 'Done' })
    const appended = signal()
    const may = signal()
    let isOver = false
    const slow = other.alone([], (session) => async () => {
      // The next entry of the first lot, whatever it says: it is not stored in the end.
      const stream = 'lot/MAIN/1'
      const found = await right(
        session.read({
          streams: [{ stream, from: 'last' }],
          outcomes: [],
          totals: [],
          entries: [],
        }),
      )
      const last = found.streams.get(stream)?.entries.at(-1)
      const sequence = (last?.sequence ?? 0) + 1
      const next = { ...entry(stream, sequence), previous: last?.hash ?? '' }
      await right(session.append(write({ entries: [next] })))
      appended.give()
      await may.given
      isOver = true
      return E.left('not in the end')
    })()
    await appended.given
    const bid = { ...taking('1'), lot: 'MAIN/2' } as Request.Request['ask']
    expect(await ask('b2', bid)).toMatchObject({ _tag: 'Done' })
    expect(isOver).toBe(false)
    may.give()
    expect(await slow).toEqual(E.left('not in the end'))
    expect(await ask('b1', taking('1'))).toMatchObject({ _tag: 'Done' })
    expect(await right(Audit.run(store))).toMatchObject({ fault: undefined })
  })

  test('PRT-9 an opening waits for another one, and a bid does not', async () => {
    const { ask, engine } = await founded({}, store)
    await engine.execute(all)([hold('p2')])()
    await ask('o1', opening)
    const holds = signal()
    const may = signal()
    const first = other.alone(['house'], () => async () => {
      holds.give()
      await may.given
      return E.right(undefined)
    })()
    await holds.given
    let isOpen = false
    const next = ask('o2', second).then((answer) => {
      isOpen = true
      return answer
    })
    await waiting(database(), 1)
    expect(await ask('b1', taking('1'))).toMatchObject({ _tag: 'Done' })
    expect(isOpen).toBe(false)
    may.give()
    await first
    expect(await next).toMatchObject({ _tag: 'Done' })
  })

  test('PRT-9 however many openings wait for the lock, a bid finds a connection', async () => {
    const { ask, engine } = await founded({}, store)
    await engine.execute(all)([hold('p2')])()
    await ask('o1', opening)
    const holds = signal()
    const may = signal()
    const first = other.alone(['house', 'treasury'], () => async () => {
      holds.give()
      await may.given
      return E.right(undefined)
    })()
    await holds.given
    const locks: readonly Port.Lock[][] = [['house'], ['treasury'], ['treasury', 'house']]
    const openings = Array.from({ length: 30 }, (_, i) =>
      store.alone(locks[i % locks.length] ?? [], () => TE.right(i))(),
    )
    const next = world({}, store).ask('o2', second)
    await waiting(database(), 2)
    expect(await ask('b1', taking('1'))).toMatchObject({ _tag: 'Done' })
    expect(await database().query(`select from pg_locks where not granted`)).toHaveLength(2)
    may.give()
    await first
    expect(await Promise.all(openings)).toEqual(openings.map((_, i) => E.right(i)))
    expect(await next).toMatchObject({ _tag: 'Done' })
  })

  /**
   * Two openings at once, in two lines, under a ceiling that has room for one and a part that is no dust; by two
   * engines, whose store is given. What is then in flight.
   */
  const race = async (of: (store: Port.EventStore) => Port.EventStore): Promise<bigint> => {
    const { engine } = await founded({}, store)
    const answers = await engine.execute(all)([
      {
        id: 'more terms',
        ask: {
          _tag: 'ToHouse',
          command: { _tag: 'ChangeTerms', terms: { ...exampleTerms, line: 'OTHER' } },
        },
      },
      {
        id: 'ceiling',
        ask: {
          _tag: 'ToHouse',
          command: { _tag: 'ChangeHouse', ceiling: rad('15000'), opens: true },
        },
      },
      hold('p2', 'OTHER'),
    ])()
    expect(answers.map(({ _tag }) => _tag)).toEqual(['Done', 'Done', 'Done'])
    const opened = await Promise.all([
      world({}, of(store)).ask('o1', opening),
      world({}, of(other)).ask('o2', second),
    ])
    expect(opened.map(({ _tag }) => _tag)).toEqual(['Done', 'Done'])
    const total = 'house/inFlight'
    const found = await right(store.read(wanted({ totals: [total] })))
    return found.totals.get(total)?.amount ?? 0n
  }

  test('PRT-9 of two openings at once the second finds the room that the first one left', async () => {
    expect(await race((one) => one)).toBeLessThanOrEqual(rad('15000'))
  })

  /** Two stores that take no locks; each of two who decide in them has read before the other one appends. */
  const unlocked = (): ((one: Port.EventStore) => Port.EventStore) => {
    const both = [signal(), signal()]
    let readers = 0
    return (one) => ({
      ...one,
      alone: (_locks, body) =>
        one.alone([], (session) =>
          body({
            ...session,
            append: (given) => async () => {
              both[readers]?.give()
              readers += 1
              await Promise.all(both.map(({ given: read }) => read))
              return session.append(given)()
            },
          }),
        ),
    })
  }

  test('PRT-9 without the lock both would find all of the room, and together exceed the ceiling', async () => {
    expect(await race(unlocked())).toBe(rad('22600'))
  })

  /** Money comes in, and surplus is put up for sale, at once; what an audit then finds. */
  const treasuryRace = async (
    of: (store: Port.EventStore) => Port.EventStore,
  ): Promise<string | undefined> => {
    const receiving: Request.Request['ask'] = {
      _tag: 'ToTreasury',
      command: { _tag: 'Receive', from: 'fees', amount: rad('100000') },
    }
    const { ask } = await founded({}, store)
    expect(await ask('r1', receiving)).toMatchObject({ _tag: 'Done' })
    const [one, two] = [world({}, of(store)), world({}, of(other))]
    one.clock.at = two.clock.at = 2000
    const answers = await Promise.all([
      one.ask('r2', receiving),
      two.ask('s1', { _tag: 'ToTreasury', command: { _tag: 'OpenSurplus' } }),
    ])
    expect(answers.map(({ _tag }) => _tag)).toEqual(['Done', 'Done'])
    return (await right(Audit.run(store))).fault?.what
  }

  test('PRT-9 of two steps of the treasury at once each adds what it changed', async () => {
    expect(await treasuryRace((one) => one)).toBe(undefined)
  })

  test('PRT-9 without the lock both would add the time that has gone by', async () => {
    expect(await treasuryRace(unlocked())).toBe('treasury/lastAt')
  })

  test('PRT-9 an opening does not wait for who has the lock of the treasury', async () => {
    const { ask } = await founded({}, store)
    const holds = signal()
    const may = signal()
    const held = other.alone(['treasury'], () => async () => {
      holds.give()
      await may.given
      return E.right(undefined)
    })()
    await holds.given
    expect(await ask('o1', opening)).toMatchObject({ _tag: 'Done' })
    may.give()
    expect(await held).toEqual(await TE.right(undefined)())
  })
})
