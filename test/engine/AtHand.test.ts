/**
 * What an engine has at hand: it is not read again, and what others did meanwhile is met nevertheless.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import { Memory } from '../../src/adapter/memory/index.js'
import { type Ask, Audit, type Port, Record } from '../../src/engine/index.js'
import * as Lots from '../../src/engine/Lots.js'
import { nothingWanted } from '../../src/engine/Port.js'
import { examplePosition, rad, wad } from '../example.js'
import { brief, founded, opening, taking, told, world } from './world.js'

const halt: Ask.Ask = { _tag: 'ToHouse', command: { _tag: 'ChangeLevel', line: 'MAIN', level: 3 } }
const ceiling = (amount: string): Ask.Ask => ({
  _tag: 'ToHouse',
  command: { _tag: 'ChangeHouse', ceiling: rad(amount), opens: true },
})

const isSound = async (store: Port.EventStore): Promise<void> => {
  expect(await Audit.run(store)()).toMatchObject({ right: { fault: undefined } })
}

/** A store that counts readings, and lets something happen before an append. */
const watched = () => {
  const store = Memory.make()
  let reads = 0
  let before = (): Promise<unknown> => Promise.resolve()
  return {
    store: {
      ...store,
      read: (wanted) => () => {
        reads += 1
        return store.read(wanted)()
      },
      append: (write) => async () => {
        const first = before
        before = () => Promise.resolve()
        await first()
        return store.append(write)()
      },
    } satisfies Port.EventStore,
    reads: () => reads,
    /** Lets something happen before the next append. */
    first: (happens: () => Promise<unknown>): void => {
      before = happens
    },
  }
}

/** A lot whose last two steps were this engine's own. */
const withOwnLot = async (store: Port.EventStore) => {
  const made = await founded({}, store)
  await made.ask('open', opening)
  expect(brief(await made.ask('first', taking('1')))).toBe('Taken')
  return made
}

test('PRT-3 a bid on a lot that is nobody else’s reads nothing', async () => {
  const { reads, store } = watched()
  const { ask } = await withOwnLot(store)
  const before = reads()
  expect(brief(await ask('second', taking('1')))).toBe('Taken')
  expect(brief(await ask('third', taking('1')))).toBe('Taken')
  expect(reads()).toBe(before)
  await isSound(store)
})

test('PRT-3 a bid of somebody else is met, and the lot read until it is this engine’s again', async () => {
  const { reads, store } = watched()
  const { ask } = await withOwnLot(store)
  const other = world({}, store)
  expect(brief(await other.ask('other', taking('1')))).toBe('Taken')
  const before = reads()
  expect(brief(await ask('second', taking('1')))).toBe('Taken')
  expect(reads()).toBe(before + 1)
  expect(brief(await ask('third', taking('1')))).toBe('Taken')
  expect(reads()).toBe(before + 2)
  expect(brief(await ask('fourth', taking()))).toBe('Taken Closed')
  expect(reads()).toBe(before + 2)
  await isSound(store)
})

test('PRT-3 a lot that somebody else was found to bid on is not this engine’s own', async () => {
  const { reads, store } = watched()
  const { ask } = await founded({}, store)
  await ask('open', opening)
  await world({}, store).ask('other', taking('1'))
  const before = reads()
  for (const id of ['1', '2', '3', '4']) expect(brief(await ask(id, taking('1')))).toBe('Taken')
  expect(reads()).toBe(before + 2)
})

test('PRT-5 a command that another engine has carried out is answered by what it came to', async () => {
  const { store } = watched()
  const { ask } = await withOwnLot(store)
  const answer = await world({}, store).ask('twice', taking('1'))
  expect(brief(answer)).toBe('Taken')
  expect(await ask('twice', taking('1'))).toEqual(answer)
  expect(brief(await ask('twice', taking('2')))).toBe('OtherCommand PRT-5')
  await isSound(store)
})

test('PRT-9 nothing is sold once the breaker is answered, though a bid was decided before', async () => {
  const { first, store } = watched()
  const { ask } = await founded({}, store)
  await ask('open', opening)
  const other = world({}, store)
  // Decided on what was read before the breaker.
  first(() => other.ask('halt', halt))
  expect(brief(await ask('read', taking('1')))).toBe('Halted HOU-4')
  await isSound(store)
})

test('PRT-9 the breaker that another engine moved stops a bid that reads nothing', async () => {
  const { store } = watched()
  const { ask } = await withOwnLot(store)
  await world({}, store).ask('halt', halt)
  expect(brief(await ask('second', taking('1')))).toBe('Halted HOU-4')
  await isSound(store)
})

test('PRT-3 all that others changed in the house is read, not only what they changed last', async () => {
  const { ask, store } = await founded()
  await ask('open', opening)
  const other = world({}, store)
  expect(brief(await other.ask('halt', halt))).toBe('LevelChanged')
  expect(brief(await other.ask('ceiling', ceiling('7')))).toBe('HouseChanged')
  expect(brief(await ask('take', taking('1')))).toBe('Halted HOU-4')
})

/** An engine on one store, until it is another one: a copy that was made before and has gone on otherwise. */
const onCopies = (first: Port.EventStore, then: Port.EventStore) => {
  let store = first
  let tries = 0
  const moving: Port.EventStore = {
    ...first,
    read: (wanted) => store.read(wanted),
    append: (write) => store.append(write),
    alone: (locks, body) => {
      tries += 1
      return store.alone(locks, body)
    },
  }
  return {
    ...world({}, moving),
    tries: () => tries,
    move: (): void => {
      store = then
    },
  }
}

test('PRT-10 settings that are gone from the store are forgotten', async () => {
  const [lost, lasting] = [await founded(), await founded()]
  const { ask, move, tries } = onCopies(lost.store, lasting.store)
  expect(brief(await ask('ceiling', ceiling('1')))).toBe('HouseChanged')
  expect(brief(await ask('no room', opening))).toBe('DustyDebt SEI-4')
  move()
  expect(brief(await ask('open', opening))).toBe('Opened Held')
  const before = tries()
  expect(brief(await ask('again', ceiling('5000000')))).toBe('HouseChanged')
  // They were forgotten once, and for good.
  expect(tries()).toBe(before + 1)
  await isSound(lasting.store)
})

test.each([1, 2, 3])(
  'PRT-10 settings are forgotten where the store has gone on otherwise, by %d entries',
  async (more) => {
    const [lost, lasting] = [await founded(), await founded()]
    for (const { ask } of [lost, lasting]) await ask('open', opening)
    const { ask, move } = onCopies(lost.store, lasting.store)
    expect(brief(await ask('first', taking('1')))).toBe('Taken')
    expect(brief(await ask('ceiling', ceiling('4000000')))).toBe('HouseChanged')
    // What an engine stored itself it knows once it has read it.
    expect(brief(await ask('again 4000000', ceiling('4000000')))).toBe('HouseChanged')
    await lasting.ask('first', taking('1'))
    expect(brief(await lasting.ask('halt', halt))).toBe('LevelChanged')
    for (let i = 1; i < more; i++) await lasting.ask(`more ${i}`, ceiling('3000000'))
    move()
    // Told of by reading, and by nothing but the append where the lot is at hand.
    expect(brief(await ask('bid', taking('1')))).toBe('Halted HOU-4')
    expect(brief(await ask('again', taking('1')))).toBe('Halted HOU-4')
    await isSound(lasting.store)
  },
)

test.each([0, 1, 2, 3])(
  'PRT-10 a lot is forgotten where its store has gone on otherwise, by %d entries',
  async (more) => {
    const [lost, lasting] = [await founded(), await founded()]
    for (const { ask } of [lost, lasting]) await ask('open', opening)
    const { ask, move } = onCopies(lost.store, lasting.store)
    expect(brief(await ask('mine', taking('1')))).toBe('Taken')
    for (let i = 0; i < more; i++) await lasting.ask(`theirs ${i}`, taking('2'))
    move()
    const [event] = told(await ask('all', taking())) as readonly Record.Record[]
    const left = examplePosition.holdings[0]?.amount ?? 0n
    expect(event?._tag === 'Taken' ? event.bought : 0n).toBeLessThanOrEqual(
      left - BigInt(more) * wad('2'),
    )
    await isSound(lasting.store)
  },
)

test('PRT-18 a snapshot in another format is not used', async () => {
  const made = await founded({ snapshotEvery: 1 })
  await made.ask('open', opening)
  const later: Port.EventStore = {
    ...made.store,
    read: (wanted) =>
      TE.map(
        (found: Port.Found): Port.Found => ({
          ...found,
          streams: new Map(
            [...found.streams].map(([stream, one]) => [
              stream,
              {
                ...one,
                snapshot: one.snapshot && { ...one.snapshot, format: 9, state: 'of later' },
              },
            ]),
          ),
        }),
      )(made.store.read(wanted)),
  }
  expect(brief(await world({}, later).ask('take', taking('1')))).toBe('Taken')
  await isSound(made.store)
})

test('PRT-3 the lots that were used last are kept at hand, and so many only', () => {
  const shelf: Lots.Shelf = new Map()
  const kept: Lots.Kept = { lot: undefined, end: { sequence: 1, hash: '' }, snapshot: 0, own: 1 }
  const names = Array.from({ length: 10_000 }, (_, i) => `lot/${i}`)
  Lots.keep(
    shelf,
    names.map((name) => [name, kept] as const),
  )
  Lots.keep(shelf, [
    ['lot/0', kept],
    ['lot/new', kept],
  ])
  expect(shelf.size).toBe(10_000)
  expect(['lot/0', 'lot/1', 'lot/2', 'lot/new'].map((name) => shelf.has(name))).toEqual([
    true,
    false,
    true,
    true,
  ])
})

test('PRT-9 deltas that have become many are made one by an opening', async () => {
  const { ask, store } = await founded()
  await ask('open', opening)
  const total = 'house/inFlight'
  const deltas = async (): Promise<number> => {
    const found = await store.read({ ...nothingWanted, totals: [total] })()
    return E.isRight(found) ? (found.right.totals.get(total)?.deltas ?? -1) : -1
  }
  for (let i = 0; i < 70; i++) expect(brief(await ask(`bid ${i}`, taking('0.001')))).toBe('Taken')
  expect(await deltas()).toBeGreaterThan(64)
  await ask('once more', ceiling('5000000'))
  expect(await deltas()).toBe(1)
  await isSound(store)
})

test('PRT-9 the end of an auction of the treasury’s own is alone among steps of the treasury', async () => {
  const store = Memory.make()
  const held: (readonly Port.Lock[])[] = []
  const { ask, clock } = await founded({}, {
    ...store,
    alone: (locks, body) => {
      held.push(locks)
      return store.alone(locks, body)
    },
  } satisfies Port.EventStore)
  const toTreasury = (command: Ask.ToTreasury['command']): Ask.Ask => ({
    _tag: 'ToTreasury',
    command,
  })
  await ask('fees', toTreasury({ _tag: 'Receive', from: 'fees', amount: rad('1000000') }))
  expect(brief(await ask('surplus', toTreasury({ _tag: 'OpenSurplus' })))).toBe('SurplusOpened')
  const lot = 'TREASURY/1'
  const raise = { _tag: 'Raise', bidder: 'ben', bid: wad('5'), sold: rad('10000') } as const
  expect(brief(await ask('bid', { _tag: 'ToLot', lot, command: raise }))).toBe('Raised')
  clock.at += 10_000_000
  held.length = 0
  expect(brief(await ask('settle', { _tag: 'ToLot', lot, command: { _tag: 'Settle' } }))).toBe(
    'Settled',
  )
  expect(held).toEqual([['treasury']])
  expect(Record.lotIn(Record.lotStream(lot))).toBe(lot)
  await isSound(store)
})
