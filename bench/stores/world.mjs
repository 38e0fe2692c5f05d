/**
 * What the stores are measured with: an engine on a store that is founded, with lots of ETH up for sale.
 */

import { Engine } from '../../dist/engine/index.mjs'
import { Fixed } from '../../dist/index.mjs'
import { terms as sold } from '../terms.mjs'

const { RAD, RAY, WAD, rad, ray, wad } = Fixed

const parts = (of, thousandths) => (of * BigInt(thousandths)) / 1000n
const money = (n) => rad(BigInt(n) * RAD)

const english = {
  _tag: 'English',
  minRaise: wad(parts(WAD, 50)),
  bidLasts: 10_800n,
  lasts: 172_800n,
  ending: { _tag: 'Fixed' },
  reserve: ray(parts(RAY, 500)),
  held: 'escrow',
  growth: wad(0n),
  edges: 'halfOpen',
}

const terms = { ...sold, line: 'MAIN', version: 1 }

const treasury = {
  line: 'TREASURY',
  version: 1,
  width: 'unbounded',
  wait: 3600n,
  surplus: {
    token: 'GOV',
    lot: money(10_000),
    buffer: money(50_000),
    limit: money(30_000),
    minFirstBid: WAD,
    sale: english,
  },
  debt: {
    token: 'GOV',
    lot: money(50_000),
    tokens: wad(250n * WAD),
    sale: { ...english, growth: wad(parts(WAD, 500)) },
  },
}

const price = ray(1400n * RAY)
const clock = { now: () => Promise.resolve({ _tag: 'Right', right: 1000 }) }

/** What carries requests out on a store, and stops where one is not carried out. */
export const executor = (store) => {
  const execute = Engine.make({ store, clock, options: { maxPriceAge: 10 ** 9 } }).execute(
    new Set(Engine.authorities),
  )
  return async (requests) => {
    const answers = await execute(requests)()
    const other = answers.find(({ _tag }) => _tag !== 'Done')
    if (other !== undefined)
      throw new Error(JSON.stringify(other, (_, one) => (typeof one === 'bigint' ? `${one}` : one)))
    return answers
  }
}

/** Founds a store and opens so many lots, each of 600 ETH: MAIN/1, MAIN/2 … */
export const found = async (store, lots) => {
  const execute = executor(store)
  await execute([
    { id: 'establish', ask: { _tag: 'Establish', treasury, money: 6, tokens: [] } },
    { id: 'terms', ask: { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', terms } } },
    {
      id: 'house',
      ask: {
        _tag: 'ToHouse',
        command: { _tag: 'ChangeHouse', ceiling: money(10 ** 12), opens: true },
      },
    },
    { id: 'eth', ask: { _tag: 'Quote', asset: 'ETH', risk: price, market: price } },
  ])
  const ids = Array.from({ length: lots }, (_, i) => `p${i + 1}`)
  await execute(
    ids.map((id) => ({
      id,
      ask: {
        _tag: 'Hold',
        seen: 0,
        position: {
          id,
          owner: 'olga',
          line: 'MAIN',
          holdings: [{ asset: 'ETH', amount: wad(600n * WAD) }],
          shares: wad(600_000n * WAD),
          index: RAY,
        },
      },
    })),
  )
  await execute(
    ids.map((id) => ({ id: `open ${id}`, ask: { _tag: 'Open', keeper: 'kim', position: id } })),
  )
}

/** A bid on a lot, of a thousandth of an ETH, which costs it one event, four transfers and two payments. */
export const bid = (id, lot) => ({
  id,
  ask: {
    _tag: 'ToLot',
    lot: `MAIN/${lot}`,
    command: {
      _tag: 'Take',
      bidder: 'ben',
      want: { _tag: 'Amount', amount: wad(parts(WAD, 1)) },
      limit: ray(5000n * RAY),
      atLeast: wad(0n),
    },
  },
})
