/**
 * What `knockdown payments` hands out, and what it notes.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import type { Live } from '../../src/cli/Io.js'
import type { Port } from '../../src/engine/index.js'
import { rad } from '../example.js'
import { founded } from '../engine/world.js'
import { holding, parsed, session } from './live.js'

/** A store to which `many` were asked to pay. */
const due = async (many: number): Promise<Port.EventStore> => {
  const { ask, store } = await founded()
  for (let i = 1; i <= many; i += 1)
    await ask(`pay ${i}`, {
      _tag: 'ToTreasury',
      command: { _tag: 'Receive', from: `payer ${i}`, amount: rad(String(i)) },
    })
  return store
}

const payments = (store: Port.EventStore, flags = '', live: Partial<Live> = {}) =>
  session(`payments --database d ${flags}`.trim().split(' '), { stores: holding(store), live })

/** A sender that reads what is printed and answers it by lines; the keys that it was handed, batch by batch. */
const sender = (answers: (keys: readonly string[]) => readonly string[]) => {
  const batches: (readonly string[])[] = []
  const lines: string[] = []
  const live: Partial<Live> = {
    print: (text) => {
      const keys = parsed(text).map(({ key }) => String(key))
      batches.push(keys)
      lines.push(...answers(keys))
      return Promise.resolve(true)
    },
    input: async function* () {
      for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
        await Promise.resolve()
        yield E.right(new TextEncoder().encode(`${line}\n`))
      }
    },
  }
  return { batches, live }
}

const sent = (key: string): string => JSON.stringify({ sent: key })

test('PRT-13 a payment is a line with its key, and comes until it is noted as sent', async () => {
  const store = await due(2)
  const first = await payments(store)
  expect(first).toMatchObject({ status: 0, err: '' })
  expect(parsed(first.out)).toEqual([
    {
      key: 'treasury/1/0',
      stream: 'treasury',
      sequence: 1,
      direction: 'collect',
      party: 'Payer payer 1',
      token: 'Money',
      units: '1000000',
    },
    expect.objectContaining({ key: 'treasury/2/0', units: '2000000' }),
  ])
  expect(await payments(store, '--json')).toEqual(first)
  const one = sender(([, second = '']) => [sent(second)])
  expect(await payments(store, '', one.live)).toMatchObject({ status: 0, err: '' })
  expect(parsed((await payments(store)).out).map(({ key }) => key)).toEqual(['treasury/1/0'])
})

test('PRT-13 batches follow each other until nothing is left', async () => {
  const store = await due(5)
  const all = sender((keys) => keys.map(sent))
  expect(await payments(store, '--batch 2', all.live)).toEqual({ status: 0, out: '', err: '' })
  expect(all.batches.map((keys) => keys.length)).toEqual([2, 2, 1])
  expect((await payments(store)).out).toBe('')
})

test('PRT-13 what was not sent comes again', async () => {
  const store = await due(2)
  const none = sender((keys) => keys.map((key) => JSON.stringify({ unsent: key })))
  expect(await payments(store, '', none.live)).toMatchObject({ status: 0, err: '' })
  expect(none.batches).toHaveLength(1)
  expect(parsed((await payments(store)).out)).toHaveLength(2)
})

test('--follow goes on until it is asked to stop', async () => {
  const { ask, store } = await founded()
  let waits = 0
  const all = sender((keys) => keys.map(sent))
  const { status } = await payments(store, '--follow', {
    ...all.live,
    isStopped: () => waits > 2,
    pause: async () => {
      waits += 1
      const command = { _tag: 'Receive', from: `${waits}`, amount: rad('1') } as const
      await ask(`pay ${waits}`, { _tag: 'ToTreasury', command })
    },
  })
  expect(status).toBe(0)
  expect(all.batches).toEqual([['treasury/1/0'], ['treasury/2/0']])
})

test.each([
  [
    '{"sent":"other"}',
    '1: sent: found "other", wanted the key of a payment that was printed and not answered yet',
  ],
  ['{"sent":1}', '1: sent: found "1", wanted text in quotes'],
  [
    '{"done":"x"}',
    '1: json: found "{\\"done\\":\\"x\\"}", wanted an object with the field sent or unsent',
  ],
  ['x', '1: json: found "x", wanted a JSON value'],
])('what comes back as %s is refused, and what came before it is noted', async (line, message) => {
  const store = await due(2)
  const some = sender(([first = '']) => [line, sent(first)])
  expect(await payments(store, '', some.live)).toEqual({
    status: 2,
    out: '',
    err: `knockdown: standard input:${message}\n`,
  })
  const more = sender(([first = '']) => [sent(first), line])
  expect(await payments(store, '', more.live)).toMatchObject({ status: 2 })
  expect(parsed((await payments(store)).out).map(({ key }) => key)).toEqual(['treasury/2/0'])
})

test('PRT-13 with --follow a store that is gone for a while is told of once, and asked again', async () => {
  const store = await due(1)
  const gone: Port.Unavailable = { _tag: 'Unavailable', what: 'store', why: 'gone' }
  let asked = 0
  let pauses = 0
  const deliver: Port.EventStore['deliver'] = (limit, send) => async () =>
    (asked += 1) <= 2 ? E.left(gone) : store.deliver(limit, send)()
  const all = sender((keys) => keys.map(sent))
  const live: Partial<Live> = {
    ...all.live,
    isStopped: () => pauses > 2,
    pause: () => {
      pauses += 1
      return Promise.resolve()
    },
  }
  const told = 'knockdown: the store does not answer: gone'
  expect(await payments({ ...store, deliver }, '', live)).toMatchObject({
    status: 2,
    err: `${told}\n`,
  })
  asked = 0
  expect(await payments({ ...store, deliver }, '--follow', live)).toMatchObject({
    status: 0,
    err: `${told}; it is tried again\n`,
  })
  expect([asked, all.batches]).toEqual([4, [['treasury/1/0']]])
  // Nobody is left to tell: that it was not noted is the last that he hears.
  asked = 0
  const heard = { ...live, isStopped: () => false, print: () => Promise.resolve(false) }
  const unsent = await due(1)
  const forgets: Port.EventStore['deliver'] = (limit, send) => async () => {
    await unsent.deliver(limit, send)()
    return E.left(gone)
  }
  expect(await payments({ ...store, deliver: forgets }, '--follow', heard)).toMatchObject({
    status: 2,
    err: `${told}\n`,
  })
})
