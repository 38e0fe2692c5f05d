/**
 * Bidders of several kinds: MKT-19 to MKT-22 of spec/16-market.md.
 */

import { expect, test } from 'vitest'
import { Fixed, type Terms } from '../../src/core/index.js'
import type { Bidder } from '../../src/market/index.js'
import { Pool, PricePath } from '../../src/market/index.js'
import { Simulate, type Stage } from '../../src/tuning/index.js'
import * as Begin from '../../src/tuning/Begin.js'
import * as Openings from '../../src/tuning/Openings.js'
import * as Step from '../../src/tuning/Step.js'
import { price, ray, right, wad } from '../example.js'
import { cents } from '../market/rows.js'
import { bidder, dutchTerms, englishTerms, fallTo, lotOf, start } from './fall.js'
import { money, plain, run } from './scenario.js'

const gwei = (n: bigint): Fixed.Ray => price(n)

/** The same bidder with some traits. */
const traits = (one: Bidder.Bidder, some: Partial<Bidder.Traits>): Bidder.Bidder => ({
  ...one,
  ...some,
})

/** 200 until 1600, then less, with a gas price of its own from each instant on. */
const gasFall = (low: number, gas: readonly (readonly [at: number, gwei: bigint])[]) => {
  const rows = [
    { time: 1000, open: cents(20_000), close: cents(20_000), gasPriceGwei: undefined },
    { time: 1600, open: cents(low), close: cents(low), gasPriceGwei: undefined },
  ]
  const path = { ...PricePath.make(rows), gas: gas.map(([at, n]) => ({ at, gwei: gwei(n) })) }
  return plain(path, 10, 0, 200_000)
}

const english = (sale: Partial<Terms.English>): Terms.Terms => ({
  ...englishTerms,
  collaterals: englishTerms.collaterals.map((one) => ({
    ...one,
    sale: { ...one.sale, ...sale } as Terms.English,
  })),
})

const firstBid = (stage: Stage.Stage) => {
  const bids: { readonly at: number; readonly bidder: string; readonly bid: bigint }[] = []
  right(
    Simulate.on(stage, {
      onEnd: (log) => {
        for (const { event } of log) if (event._tag === 'Raised') bids.push(event)
      },
    }),
  )
  return bids
}

test('MKT-19 an order waits while its block asks for more than it offers, and pays what it offered', () => {
  const offers = (offered: bigint) =>
    fallTo(
      12_000,
      dutchTerms,
      [traits(bidder('one', 1, 0), { gas: { _tag: 'Fixed', gwei: gwei(offered) } })],
      {},
      gwei(10n),
    )
  const spike = gasFall(12_000, [
    [1000, 10n],
    [3000, 500n],
    [9000, 20n],
  ])
  const plainLot = lotOf(run(offers(20n)))
  const held = run({ ...offers(20n), ...spike })
  // On a quiet day it buys within an hour; in the spike its order waits for 9000.
  expect(plainLot.closedAt).toBeLessThan(9000)
  expect(lotOf(held).closedAt).toBe(9000)
  expect(held.gas.bidders).toBe((300_000n * 20n * Fixed.RAD * 120n) / 10n ** 9n)
  expect(lotOf(run({ ...offers(500n), ...spike })).closedAt).toBe(plainLot.closedAt)
})

test('MKT-19 a multiple is of the gas price of the block in which it is decided', () => {
  const with2 = traits(bidder('one', 1, 0), { gas: { _tag: 'Times', factor: ray('2') } })
  const outcome = run({ ...fallTo(12_000, dutchTerms, [with2]), ...gasFall(12_000, [[1000, 30n]]) })
  expect(outcome.gas.bidders).toBe((300_000n * 60n * Fixed.RAD * 120n) / 10n ** 9n)
})

test('MKT-19 others bid as if an order that waits were not there, and one for a lot that is gone is taken back', () => {
  const stuck = traits(bidder('stuck', 1, 0), { gas: { _tag: 'Fixed', gwei: gwei(5n) } })
  const outcome = run({
    ...fallTo(12_000, english({ lasts: 1000n, bidLasts: 300n, ending: { _tag: 'Fixed' } }), [
      stuck,
      bidder('pays', 4, 0),
    ]),
    ...gasFall(12_000, [[1000, 50n]]),
  })
  expect(lotOf(outcome).sold).toBeGreaterThan(0n)
  expect(outcome.bids.refused).toBe(0)
  expect(outcome.endedBy).toBe('allEnded')
})

test('MKT-19 an order that waits for a lot that is gone is taken back in its turn: at once after what ended the lot, if it was sent later', () => {
  const ends = bidder('ends', 1, 60)
  const waits = traits(bidder('waits', 1, 0), { gas: { _tag: 'Fixed', gwei: gwei(5n) } })
  const takenBackAfter = (names: readonly string[]): number => {
    const stage = {
      ...fallTo(12_000, dutchTerms, [ends, waits]),
      ...gasFall(12_000, [
        [1000, 50n],
        [90_000, 50n],
      ]),
    }
    const world = right(Begin.make(stage))
    const openings = Openings.make(world)
    const free = () => world.walletOf.get('waits')?.free
    let endedIn: number | undefined
    for (let block = 0; block < 200; block += 1) {
      Step.moveTo(world, block)
      Openings.open(world, openings)
      Step.arrive(world)
      const [watch] = world.watched.values()
      if (watch === undefined && world.opened > 0) endedIn ??= block
      if (endedIn !== undefined && free() === waits.capital) return block - endedIn
      if (watch === undefined || watch.ordered.size > 0) continue
      for (const name of names) {
        const wallet = world.walletOf.get(name)
        if (wallet === undefined) throw new Error(`no ${name}`)
        const want = { _tag: 'All' } as const
        const limit = price(1000n)
        Step.order(world, watch, {
          lot: watch.lot,
          wallet,
          aside: money(20_000n),
          amount: wad('100'),
          command: { _tag: 'Take', bidder: name, want, limit, atLeast: wad('0') },
        })
      }
    }
    throw new Error('it is never taken back')
  }
  expect(takenBackAfter(['ends', 'waits'])).toBe(0)
  expect(takenBackAfter(['waits', 'ends'])).toBe(1)
})

test('MKT-20 nobody holds more than its inventory of what is not sold yet', () => {
  const limited = (returns: number) =>
    traits(bidder('one', 1, 0), { inventory: wad('10'), returns })
  const bought: [at: number, amount: bigint][] = []
  right(
    Simulate.on(fallTo(12_000, dutchTerms, [limited(600)]), {
      onEnd: (log) => {
        for (const { event } of log)
          if (event._tag === 'Taken') bought.push([event.at, event.bought])
      },
    }),
  )
  expect(bought.length).toBeGreaterThan(2)
  for (const [at] of bought) {
    const held = bought.filter(([then]) => then > at - 600 && then <= at)
    expect(held.reduce((sum, [, amount]) => sum + amount, 0n)).toBeLessThanOrEqual(wad('10'))
  }
  expect(lotOf(run(fallTo(12_000, englishTerms, [limited(600)], { until: 90_000 }))).sold).toBe(0n)
})

test('MKT-20 what orders on the way may bring counts as well, over many lots', () => {
  const one = traits(bidder('one', 1, 0), { inventory: wad('10'), returns: 400_000 })
  const entries = Array.from({ length: 20 }, (_, i) => ({
    id: `p${i}`,
    collateral: wad('100'),
    debt: money(10_000n),
  }))
  for (const terms of [dutchTerms, english({ minRaise: Fixed.wad(0n) })]) {
    const { collateral } = run(
      fallTo(12_000, terms, [one, traits(one, { name: 'two' } as Partial<Bidder.Traits>)], {
        positions: entries,
        until: 300_000,
      }),
    )
    expect(collateral.sold).toBeLessThanOrEqual(wad('20'))
  }
  const { collateral } = run(
    fallTo(12_000, dutchTerms, [one], { positions: entries, until: 300_000 }),
  )
  expect(collateral.sold).toBe(wad('10'))
})

test('MKT-10 of orders that reach a block together the one that was sent first goes first, though it waited', () => {
  const waits = traits(bidder('waits', 1, 0), { gas: { _tag: 'Fixed', gwei: gwei(20n) } })
  const late = bidder('late', 4, 1500)
  /** Who buys first, and when, where gas is dear from 3000 until an instant. */
  const first = (bidders: readonly Bidder.Bidder[], until: number) => {
    const bought: { readonly at: number; readonly bidder: string }[] = []
    const spike = gasFall(12_000, [
      [1000, 10n],
      [2000, 500n],
      [until, 10n],
    ])
    right(
      Simulate.on(
        { ...fallTo(12_000, dutchTerms, bidders), ...spike },
        {
          onEnd: (log) => {
            for (const { event } of log) if (event._tag === 'Taken') bought.push(event)
          },
        },
      ),
    )
    return bought[0]
  }
  const arrives = first([late], 90_000)?.at ?? 0
  expect(first([waits], arrives)).toMatchObject({ at: arrives, bidder: 'waits' })
  expect(first([late, waits], arrives)).toMatchObject({ at: arrives, bidder: 'waits' })
})

/** A lot of 100 of which each costs no less than 120, and a pool of so many. */
const withPool = (collateral: bigint, one: Partial<Bidder.Traits>): Stage.Stage => {
  const pool = right(
    Pool.make(wad(`${collateral}`), Fixed.rad(collateral * 200n * Fixed.RAD), ray('0.003')),
  )
  return {
    ...fallTo(13_000, dutchTerms, [traits(bidder('one', 1, 0, 0n), { sells: 'atOnce', ...one })]),
    pool: { pool, keep: ray('0.99') },
  }
}

test('MKT-21 a bidder without money buys what it can sell to the pool at a gain, and as much as gains most', () => {
  const deep = run(withPool(1_000_000n, {}))
  const shallow = run(withPool(50n, {}))
  expect(lotOf(deep).sold).toBeGreaterThan(0n)
  expect(deep.bids.refused).toBe(0)
  expect(deep.capital.mostInUse).toBe(0n)
  // In a small pool it buys a little at a time, as the pool comes back.
  expect(shallow.bids.sent).toBeGreaterThan(deep.bids.sent)
  expect(shallow.cascade?.largestDrop).toBeGreaterThan(deep.cascade?.largestDrop ?? 0n)
  expect(lotOf(run(fallTo(13_000, dutchTerms, [bidder('one', 1, 0, 0n)]))).sold).toBe(0n)
})

test('MKT-21 what does not pay any more when it arrives does not happen, but for the gas', () => {
  // Two see the same gain, and the pool has it only once.
  const [one] = withPool(400n, {}).bidders
  if (one === undefined) throw new Error('no bidder')
  const both = run({ ...withPool(400n, {}), bidders: [one, { ...one, name: 'two' }] })
  expect(both.bids.refused).toBeGreaterThan(0)
  expect(both.gas.bidders).toBeGreaterThan(0n)
  expect(lotOf(both).sold).toBeGreaterThan(0n)
})

test('MKT-22 the patient buy later and for less than the eager', () => {
  const lot = (patience: string) =>
    lotOf(
      run(fallTo(13_000, dutchTerms, [traits(bidder('one', 1, 0), { patience: ray(patience) })])),
    )
  const [eager, patient] = [lot('0'), lot('0.05')]
  expect(patient.closedAt).toBeGreaterThan(eager.closedAt ?? 0)
  expect(patient.paid).toBe(eager.paid)
  expect(patient.sold).toBeGreaterThan(eager.sold)
})

const slow = english({ lasts: 1000n, bidLasts: 300n, ending: { _tag: 'Fixed' } })

test('MKT-22 those of the last minute bid in the last block from which they still arrive', () => {
  const late = traits(bidder('late', 1, 25), { style: 'lastMinute' })
  const bids = firstBid(fallTo(12_000, slow, [late]))
  // Orders take three blocks of ten seconds, and the lot ends a thousand seconds after it opened.
  expect(bids[0]?.at).toBe(start + 990)
  const [first, ...others] = firstBid(fallTo(12_000, slow, [bidder('honest', 4, 0), late]))
  expect(first?.bidder).toBe('honest')
  expect(others.map((one) => one.bidder)).toContain('late')
})

test('MKT-22 those who bid next to nothing do so where others are kept out, and a reserve keeps them from it', () => {
  const low = traits(bidder('low', 1, 0), { style: 'lowball' })
  const honest = traits(bidder('honest', 1, 0), { gas: { _tag: 'Fixed', gwei: gwei(20n) } })
  const sold = (sale: Partial<Terms.English>, gas: bigint) =>
    lotOf(
      run({
        ...fallTo(
          12_000,
          english({ lasts: 1000n, bidLasts: 300n, ending: { _tag: 'Fixed' }, ...sale }),
          [low, honest],
        ),
        ...gasFall(12_000, [
          [1000, gas],
          [9000, 10n],
        ]),
      }),
    )
  const none = { reserve: Fixed.ray(0n) }
  const least = sold(none, 200n)
  expect(least.sold).toBe(wad('100'))
  expect(least.paid).toBeLessThan(money(1n))
  expect(least.bad).toBeGreaterThan(money(9_999n))
  expect(sold(none, 10n).bad).toBe(0n)
  // Alone, the honest one waits for cheaper gas, and then pays the reserve: half of what it is worth.
  expect(sold({}, 200n).paid).toBe(money(6_000n))
})
