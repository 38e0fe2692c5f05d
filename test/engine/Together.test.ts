/**
 * Requests that are stored together: what one of them needs and is not to be had holds no other up.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import { type Ask, Audit, Checkpoint, Engine, type Port } from '../../src/engine/index.js'
import { all, brief, founded, opening, taking } from './world.js'

const reset: Ask.Ask = { _tag: 'ToLot', lot: 'MAIN/1', command: { _tag: 'Reset', keeper: 'kim' } }

const three = [
  { id: '1', ask: taking('1') },
  { id: '2', ask: reset },
  { id: '3', ask: taking('1') },
]

test('PRT-8 a price that cannot be had holds nobody up who needs none', async () => {
  const { ask, clock, store } = await founded()
  await ask('open', opening)
  const down: Port.Unavailable = { _tag: 'Unavailable', what: 'prices', why: 'the feed is down' }
  const engine = Engine.make({ store, clock, prices: { quotes: () => TE.left(down) } })
  const answers = await engine.execute(all)(three)()
  expect(answers.map(brief)).toEqual(['Taken', 'the feed is down', 'Taken'])
  // What failed may come again.
  const again = await Engine.make({ store, clock }).execute(all)(three)()
  expect(again.map(brief)).toEqual(['Taken', 'NotStale DUT-2', 'Taken'])
  expect(await Audit.run(store)()).toMatchObject({ right: { fault: undefined } })
})

test('PRT-8 prices that cannot be had are asked for once, however many need them', async () => {
  const { ask, clock, store } = await founded()
  await ask('open', opening)
  let asked = 0
  const prices: Port.PriceFeed = {
    quotes: () => {
      asked += 1
      return TE.left({ _tag: 'Unavailable', what: 'prices', why: 'the feed is down' })
    },
  }
  const resets = Array.from({ length: 50 }, (_, i) => ({ id: `r${i}`, ask: reset }))
  const engine = Engine.make({ store, clock, prices })
  const answers = await engine.execute(all)([...resets, { id: 'bid', ask: taking('1') }])()
  expect(answers.slice(0, 50).every(({ _tag }) => _tag === 'Failed')).toBe(true)
  expect(answers.slice(50).map(brief)).toEqual(['Taken'])
  expect(asked).toBe(1)
})

test('PRT-17 a lot that cannot be read holds no other up', async () => {
  const { ask, clock, store } = await founded()
  await ask('open', opening)
  const later: Port.EventStore = {
    ...store,
    read: (wanted) =>
      TE.map((found: Port.Found) => ({
        ...found,
        streams: new Map(
          [...found.streams].map(([stream, one]) =>
            stream === 'lot/MAIN/2'
              ? [
                  stream,
                  {
                    snapshot: undefined,
                    entries: [{ ...one.entries[0], stream, sequence: 1, format: 2 } as Port.Entry],
                  },
                ]
              : [stream, one],
          ),
        ),
      }))(store.read(wanted)),
  }
  const answers = await Engine.make({ store: later, clock }).execute(all)([
    { id: '1', ask: taking('1') },
    { id: '2', ask: { ...taking('1'), lot: 'MAIN/2' } as Ask.Ask },
    { id: '3', ask: taking('1') },
  ])()
  expect(answers.map(brief)).toEqual(['Taken', 'format 2, wanted at most 1', 'Taken'])
})

test('PRT-8 a clock or a feed that throws is one that has not answered', async () => {
  const { ask, clock, store } = await founded()
  await ask('open', opening)
  const broken = (): Promise<never> => Promise.reject(new TypeError('secret'))
  const noPrices = Engine.make({ store, clock, prices: { quotes: () => broken } })
  expect((await noPrices.execute(all)([{ id: '1', ask: reset }])()).map(brief)).toEqual([
    'it threw TypeError',
  ])
  const noTime = Engine.make({ store, clock: { now: broken } })
  expect((await noTime.execute(all)([{ id: '1', ask: taking('1') }])()).map(brief)).toEqual([
    'it threw TypeError',
  ])
})

test('PRT-14 checkpoints that are due are all written', async () => {
  const { clock, engine, store } = await founded({ checkpointEvery: 1_000_000 })
  const quotes = Array.from({ length: 10_001 }, (_, i) => ({
    id: `q${i}`,
    ask: { _tag: 'Quote', asset: `a${i}`, risk: 1n, market: 1n } as unknown as Ask.Ask,
  }))
  expect((await engine.execute(all)(quotes)()).every(({ _tag }) => _tag === 'Done')).toBe(true)
  expect(await Checkpoint.write(store, clock)()).toEqual(E.right(2))
  expect(await Checkpoint.write(store, clock)()).toEqual(E.right(0))
  expect(await Audit.run(store)()).toMatchObject({ right: { checkpoints: 2, fault: undefined } })
})
