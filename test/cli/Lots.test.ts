/**
 * What `knockdown lots` lists.
 */

import { expect, test } from 'vitest'
import type { Port } from '../../src/engine/index.js'
import { exampleQuotes, examplePosition, price, rad, wad } from '../example.js'
import { founded, taking, type World } from '../engine/world.js'
import { holding, parsed, session } from './live.js'
import type { Live } from '../../src/cli/Io.js'

const at = (time: number): Live['clock'] => ({
  now: () => Promise.resolve({ _tag: 'Right', right: time }),
})

const lots = (store: Port.EventStore, flags = '', live: Partial<Live> = { clock: at(1000) }) =>
  session(`lots --database d ${flags}`.trim().split(' '), { stores: holding(store), live })

/** One lot of ETH that falls, and one of BTC that is bid for; a third that is over. */
const opened = async (): Promise<World> => {
  const made = await founded()
  const { ask } = made
  const quotes = [...exampleQuotes, { asset: 'BTC', risk: price(900n), market: price(900n) }]
  const holdings = [{ asset: 'BTC', amount: wad('10') }]
  await ask('p2', { _tag: 'Hold', seen: 0, position: { ...examplePosition, id: 'p2', holdings } })
  await ask('p3', { _tag: 'Hold', seen: 0, position: { ...examplePosition, id: 'p3' } })
  for (const position of ['p1', 'p2', 'p3'])
    await ask(`open ${position}`, { _tag: 'Open', keeper: 'kim', position, quotes })
  const bid = { _tag: 'Raise', bidder: 'ann', bid: rad('9000'), sold: wad('10') } as const
  await ask('bid', { _tag: 'ToLot', lot: 'MAIN/2', command: bid })
  await ask('cancel', { _tag: 'ToLot', lot: 'MAIN/3', command: { _tag: 'Cancel' } })
  return made
}

test('an empty store has no lots', async () => {
  const { store } = await founded()
  expect(await lots(store)).toEqual({
    status: 0,
    err: '',
    out: '1970-01-01T00:16:40Z, no lot is open\n',
  })
  expect(parsed((await lots(store, '--json')).out)).toEqual([{ at: 1000, lots: [] }])
})

test('DUT-1 each open lot has its price, or its best bid, and the time left', async () => {
  const { store } = await opened()
  const [start] = exampleQuotes
  const top = Number((start?.market ?? 0n) / 10n ** 27n) * 1.2
  expect(parsed((await lots(store, '--json', { clock: at(1090) })).out)).toEqual([
    {
      at: 1090,
      lots: [
        {
          lot: 'MAIN/1',
          line: 'MAIN',
          kind: 'Dutch',
          asset: 'ETH',
          price: String(top * 0.99),
          stale: false,
          collateral: '10',
          debt: '10000',
          target: '11300',
          staleFrom: 9280,
          left: 8190,
        },
        {
          lot: 'MAIN/2',
          line: 'MAIN',
          kind: 'English',
          asset: 'BTC',
          goods: 'Collateral',
          sold: '10',
          bid: '9000',
          bidder: 'ann',
          debt: '10000',
          target: '11300',
          bidExpiresAt: 11800,
          endsAt: 173800,
          left: 10710,
        },
      ],
    },
  ])
  const { out } = await lots(store, '', { clock: at(1090) })
  expect(out.split('\n')).toHaveLength(5)
  expect(out).toMatch(/^1970-01-01T00:18:10Z, open: 2 lots$/m)
  expect(out).toMatch(
    /^lot +asset +auction +price now +stale +for sale +debt +target +best bid +by +left$/m,
  )
  expect(out).toMatch(/^MAIN\/1 +ETH +Dutch +[\d,.]+ +no +10\.00 +10,000 +11,300 +- +- +8,190 s$/m)
  expect(out).toMatch(
    /^MAIN\/2 +BTC +English +- +- +10\.00 +10,000 +11,300 +9,000 +ann +10,710 s$/m,
  )
})

test('DUT-2 --at tells what lots cost then, and a clock that is behind is no matter', async () => {
  const { store } = await opened()
  const first = async (flags: string, live?: Partial<Live>) =>
    (parsed((await lots(store, `--json ${flags}`, live)).out)[0]?.['lots'] as unknown[])[0]
  expect(await first('--at 9279')).toMatchObject({ stale: false, left: 1 })
  expect(await first('--at 9280')).toMatchObject({ stale: true, left: 0 })
  expect(await first('--at 999')).toMatchObject({ price: null, stale: null })
  expect(await first('', { clock: at(990) })).toMatchObject({ stale: false })
  expect(await lots(store, '--at soon')).toMatchObject({
    status: 2,
    err: expect.stringMatching(/^knockdown: --at: found "soon"/) as string,
  })
})

test('--watch prints again when something changed, and on a terminal as time goes by', async () => {
  const { ask, store } = await opened()
  const watched = async (flags: string, isTerminal: boolean) => {
    let looks = 0
    const { out } = await lots(store, `--watch ${flags}`, {
      clock: at(1000),
      isTerminal,
      isStopped: () => looks > 3,
      pause: async () => {
        looks += 1
        if (looks === 2) await ask(`take ${flags}${isTerminal}`, taking('1'))
      },
    })
    return out
  }
  const blocks = parsed(await watched('--json', false)).map(({ lots }) =>
    (lots as { lot: string; collateral?: string }[]).map(({ collateral, lot }) => [
      lot,
      collateral,
    ]),
  )
  expect(blocks).toEqual([
    [
      ['MAIN/1', '10'],
      ['MAIN/2', undefined],
    ],
    [
      ['MAIN/1', '9'],
      ['MAIN/2', undefined],
    ],
  ])
  const drawn = (await watched('', true)).split('\u001b[H\u001b[2J').slice(1)
  expect(drawn).toHaveLength(4)
  expect(await lots(store, '--watch --at 5')).toMatchObject({
    status: 2,
    err: 'knockdown: --at: wanted without --watch, which shows what is now\n',
  })
})

test('names keep to their columns, whatever they are', async () => {
  const { ask, store } = await opened()
  const bidder = `a\u001b[2J\n${'x'.repeat(99)}`
  const bid = { _tag: 'Raise', bidder, bid: rad('9900'), sold: wad('10') } as const
  await ask('bid 2', { _tag: 'ToLot', lot: 'MAIN/2', command: bid })
  const { out } = await lots(store)
  expect(out.split('\n')).toHaveLength(5)
  expect(out).toContain(' a\\u001b[2J\\u000axxxxxxx… ')
})
