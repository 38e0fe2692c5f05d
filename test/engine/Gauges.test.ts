/**
 * Gauges: what they show of a store, in real numbers, and that they show what the totals and the lots are.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import { Gauges, type Port } from '../../src/engine/index.js'
import { History } from '../../src/testing/index.js'
import { exampleTerms, price, rad, wad } from '../example.js'
import { law } from '../law.js'
import { replayed } from './histories.js'
import { founded, opening, taking } from './world.js'

const read = async (
  watch: Gauges.Watch,
  store: Pick<Port.EventStore, 'read' | 'since'>,
  clock: Port.Clock,
): Promise<Gauges.Gauges> => {
  const shown = await Gauges.read(watch, store, clock)()
  if (E.isLeft(shown)) throw new Error(JSON.stringify(shown.left))
  return shown.right
}

const none = {
  surplus: rad('0'),
  losses: rad('0'),
  queued: rad('0'),
  onAuction: rad('0'),
  selling: rad('0'),
}

test('HOU-7 a lot takes of the room what it has in flight, and is stale when it waits for a reset', async () => {
  const { ask, clock, store } = await founded()
  const watch = Gauges.make()
  const idle = [
    { line: 'MAIN', auction: 'Dutch', open: 0, stale: 0 },
    { line: 'MAIN', auction: 'English', open: 0, stale: 0 },
    { line: 'TREASURY', auction: 'English', open: 0, stale: 0 },
  ]
  expect(await read(watch, store, clock)).toEqual({
    at: 1000,
    lots: idle,
    room: rad('5000000'),
    roomOf: new Map([['MAIN', exampleTerms.ceiling]]),
    treasury: none,
    priceAge: new Map([['ETH', 0]]),
  })

  clock.at = 1060
  await ask('open', opening)
  const [, ...others] = idle
  const open = await read(watch, store, clock)
  expect(open.lots).toEqual([{ line: 'MAIN', auction: 'Dutch', open: 1, stale: 0 }, ...others])
  expect(open.room).toBe(rad('4988700'))
  expect(open.roomOf).toEqual(new Map([['MAIN', rad('988700')]]))
  expect(open.treasury).toEqual({ ...none, losses: rad('21.3') })
  expect(open.priceAge).toEqual(new Map([['ETH', 60]]))

  clock.at = 1060 + 8400
  await ask('eth 2', { _tag: 'Quote', asset: 'ETH', risk: price(700n), market: price(700n) })
  const stale = await read(watch, store, clock)
  expect(stale.lots[0]).toEqual({ line: 'MAIN', auction: 'Dutch', open: 1, stale: 1 })
  expect(stale.priceAge).toEqual(new Map([['ETH', 0]]))

  await ask('reset', { _tag: 'ToLot', lot: 'MAIN/1', command: { _tag: 'Reset', keeper: 'kim' } })
  expect((await read(watch, store, clock)).lots[0]).toMatchObject({ open: 1, stale: 0 })
  await ask('take', taking())
  const over = await read(watch, store, clock)
  expect(over.lots).toEqual(idle)
  expect(over.room).toBe(rad('5000000'))
})

test('HOU-7 bad debt is queued, and a ceiling that was lowered leaves less than no room', async () => {
  const { ask, clock, store } = await founded()
  const watch = Gauges.make()
  await ask('open', opening)
  await ask('house 2', {
    _tag: 'ToHouse',
    command: { _tag: 'ChangeHouse', ceiling: rad('1000'), opens: false },
  })
  expect((await read(watch, store, clock)).room).toBe(rad('-10300'))
  clock.at += 6000
  await ask('take', taking())
  const { lots, room, treasury } = await read(watch, store, clock)
  expect(lots[0]).toMatchObject({ open: 0 })
  expect(room).toBe(rad('1000'))
  expect(treasury.queued).toBeGreaterThan(0n)
  expect(treasury.losses).toBe(treasury.queued + rad('21.3'))
})

test('ENG-9 a treasury auction is stale once the standing bid has won, until it is settled', async () => {
  const { ask, clock, store } = await founded()
  const watch = Gauges.make()
  const receive = { _tag: 'Receive', from: 'fees', amount: rad('100000') } as const
  await ask('receive', { _tag: 'ToTreasury', command: receive })
  await ask('sell', { _tag: 'ToTreasury', command: { _tag: 'OpenSurplus' } })
  const shown = async () => {
    const { lots, treasury } = await read(watch, store, clock)
    const { open, stale } = lots.find(({ line }) => line === 'TREASURY') ?? {}
    return [open, stale, treasury.selling]
  }
  expect(await shown()).toEqual([1, 0, rad('10000')])
  clock.at += 10
  const raise = { _tag: 'Raise', bidder: 'ben', bid: wad('5'), sold: rad('10000') } as const
  const raised = await ask('raise', { _tag: 'ToLot', lot: 'TREASURY/1', command: raise })
  expect(raised._tag).toBe('Done')
  clock.at += 10_799
  expect(await shown()).toEqual([1, 0, rad('10000')])
  clock.at += 1
  expect(await shown()).toEqual([1, 1, rad('10000')])
  await ask('settle', { _tag: 'ToLot', lot: 'TREASURY/1', command: { _tag: 'Settle' } })
  expect(await shown()).toEqual([0, 0, rad('0')])
})

test('ENG-10 an auction without a bid is stale once it is over', async () => {
  const { ask, clock, store } = await founded()
  const watch = Gauges.make()
  const receive = { _tag: 'Receive', from: 'fees', amount: rad('100000') } as const
  await ask('receive', { _tag: 'ToTreasury', command: receive })
  await ask('sell', { _tag: 'ToTreasury', command: { _tag: 'OpenSurplus' } })
  clock.at += 172_799
  expect((await read(watch, store, clock)).lots.at(-1)).toMatchObject({ open: 1, stale: 0 })
  clock.at += 1
  expect((await read(watch, store, clock)).lots.at(-1)).toMatchObject({ open: 1, stale: 1 })
})

test('PRT-16 a reading goes on where the one before it stopped', async () => {
  const { ask, clock, store } = await founded()
  const watch = Gauges.make()
  const from: (string | undefined)[] = []
  const counting: typeof store.since = (after, limit) => {
    from.push(after)
    return store.since(after, limit)
  }
  for (const id of ['open', 'again']) {
    await read(watch, { ...store, since: counting }, clock)
    await ask(id, opening)
  }
  await read(watch, { ...store, since: counting }, clock)
  expect(from).toEqual([undefined, '5', '7'])
})

law(
  'PRT-9',
  'gauges show the open lots, the room and the treasury of a book after the same history',
  fc.asyncProperty(History.history, async (history) => {
    const { book, store } = await replayed(history)
    const shown = await read(Gauges.make(), store, { now: TE.right(0) })
    const open = [...book.lots.values()].filter(({ ended }) => !ended)
    expect(shown.lots.reduce((sum, lots) => sum + lots.open, 0)).toBe(open.length)
    expect(shown.room).toBe(book.house.ceiling - book.house.inFlight)
    for (const [line, room] of shown.roomOf) {
      const ceiling = book.terms.get(line)?.at(-1)?.terms.ceiling ?? 0n
      expect(room).toBe(ceiling - (book.house.lines.get(line)?.inFlight ?? 0n))
    }
    expect(shown.treasury).toEqual(
      Object.fromEntries(
        Object.keys(none).map((key) => [key, book.treasury[key as keyof typeof none]]),
      ),
    )
  }),
  { numRuns: 60 },
)

test('PRT-17 what cannot be read, or does not answer, is told, the first of them for ever', async () => {
  const { clock, store } = await founded()
  const watch = Gauges.make()
  const gone: Port.Unavailable = { _tag: 'Unavailable', what: 'store', why: 'gone' }
  const noClock: Port.Clock = { now: TE.left({ ...gone, what: 'clock' }) }
  expect(await Gauges.read(watch, { ...store, since: () => TE.left(gone) }, clock)()).toEqual(
    E.left(gone),
  )
  expect(await Gauges.read(watch, { ...store, read: () => TE.left(gone) }, clock)()).toEqual(
    E.left(gone),
  )
  expect(await Gauges.read(watch, store, noClock)()).toMatchObject(E.left({ what: 'clock' }))
  expect(await Gauges.read(watch, store, clock)()).toMatchObject(E.right({ at: 1000 }))
  const spoiled: typeof store.since = (after, limit) =>
    TE.map((page: Port.Page) => ({
      ...page,
      entries: page.entries.map((entry) => ({ ...entry, format: 99 })),
    }))(store.since(after, limit))
  const other = Gauges.make()
  const unreadable = E.left({ _tag: 'Unreadable', rule: 'PRT-17' })
  expect(await Gauges.read(other, { ...store, since: spoiled }, clock)()).toMatchObject(unreadable)
  expect(await Gauges.read(other, store, clock)()).toMatchObject(unreadable)
})
