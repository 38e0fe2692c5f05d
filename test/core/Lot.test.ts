/**
 * Lot: what each event leaves of a lot.
 */

import { expect, test } from 'vitest'
import { type Event, Fixed, Lot } from '../../src/index.js'
import { price, rad, wad } from '../example.js'
import { dutchLot } from '../examples/dutch.js'

const about = { lot: 'MAIN/1', line: 'MAIN', terms: 1 }

const opened: Event.Opened = {
  _tag: 'Opened',
  ...about,
  at: 1000,
  goods: dutchLot.goods,
  collateral: wad('10'),
  shares: wad('36'),
  debt: rad('36'),
  target: rad('40'),
  lossAt: 'close',
  binding: 'inForce',
  start: { _tag: 'Dutch', startPrice: price(5n) },
  keeper: 'kim',
  reward: rad('0'),
  payer: { _tag: 'Protocol' },
}

const bids: Lot.Lot = {
  _tag: 'English',
  id: 'MAIN/1',
  line: 'MAIN',
  terms: 1,
  goods: dutchLot.goods,
  sold: wad('10'),
  bid: 0n,
  bidder: undefined,
  bidExpiresAt: undefined,
  endsAt: 2000,
  hardEndsAt: 3000,
  reserve: rad('7'),
  held: 'escrow',
  debt: rad('36'),
  target: rad('40'),
  lossAt: 'close',
  binding: 'inForce',
  lastAt: 1000,
  ended: false,
}

const taken: Event.Taken = {
  _tag: 'Taken',
  ...about,
  at: 1020,
  goods: dutchLot.goods,
  bidder: 'bob',
  price: price(4n),
  bought: wad('9.5'),
  repaid: rad('36'),
  penalty: rad('2'),
  lossAt: 'close',
}

const raised: Event.Raised = {
  _tag: 'Raised',
  ...about,
  at: 1100,
  goods: dutchLot.goods,
  bidder: 'ann',
  held: 'income',
  lossAt: 'close',
  bid: 12n,
  paid: 12n,
  outbid: undefined,
  bidExpiresAt: 1400,
  endsAt: 2100,
  repaid: Fixed.rad(11n),
  penalty: Fixed.rad(1n),
}

const shrunk: Event.Shrunk = {
  ...raised,
  _tag: 'Shrunk',
  sold: wad('8'),
  freed: wad('2'),
}

const settled: Event.Settled = {
  _tag: 'Settled',
  ...about,
  at: 2500,
  goods: dutchLot.goods,
  bidder: 'ann',
  bid: 12n,
  sold: wad('8'),
  repaid: Fixed.rad(5n),
  penalty: Fixed.rad(0n),
  held: 'escrow',
  lossAt: 'close',
}

const closed: Event.Closed = {
  _tag: 'Closed',
  ...about,
  at: 2500,
  goods: dutchLot.goods,
  returned: wad('0'),
  badDebt: rad('1'),
  shortfall: rad('1'),
  lossAt: 'close',
  released: rad('1'),
}

const nothingLeft = { debt: 0n, target: 0n, lastAt: 2500, ended: true }

test('DUT-10 an opening puts up a lot of its own kind', () => {
  expect(Lot.open(opened)).toEqual(dutchLot)
  const bound: Event.Opened = { ...opened, binding: 'atOpening', reward: rad('2') }
  expect(Lot.open(bound)).toEqual({ ...dutchLot, binding: 'atOpening', rewarded: rad('2') })
  const { endsAt, hardEndsAt, reserve } = { endsAt: 2000, hardEndsAt: 3000, reserve: rad('7') }
  const start: Event.Start = { _tag: 'English', endsAt, hardEndsAt, reserve, held: 'escrow' }
  expect(Lot.open({ ...opened, start })).toEqual(bids)
  expect(Lot.open({ ...bound, start })).toEqual({ ...bids, binding: 'atOpening' })
})

test('DUT-10 an opening of surplus or of a debt auction has no debt and no target', () => {
  const ends = { endsAt: 2000, hardEndsAt: 3000, held: 'escrow' as const }
  const surplus: Event.SurplusOpened = {
    _tag: 'SurplusOpened',
    ...about,
    ...ends,
    at: 1000,
    goods: { _tag: 'Surplus', token: 'GOV' },
    sold: rad('50'),
    reserve: wad('3'),
  }
  const debt: Event.DebtOpened = {
    _tag: 'DebtOpened',
    ...about,
    ...ends,
    at: 1000,
    goods: { _tag: 'Debt', token: 'GOV' },
    bid: rad('50'),
    sold: wad('3'),
  }
  const free = { debt: 0n, target: 0n, bidder: undefined, bidExpiresAt: undefined, ...ends }
  expect(Lot.open(surplus)).toMatchObject({
    ...free,
    goods: surplus.goods,
    sold: rad('50'),
    bid: 0n,
    reserve: wad('3'),
    lastAt: 1000,
    ended: false,
    lossAt: 'close',
    binding: 'inForce',
  })
  expect(Lot.open(debt)).toMatchObject({
    ...free,
    goods: debt.goods,
    sold: wad('3'),
    bid: rad('50'),
    reserve: 0n,
    lastAt: 1000,
    ended: false,
    lossAt: 'close',
    binding: 'inForce',
  })
  for (const opening of [opened, surplus, debt]) expect(Lot.open(opening).goods).toBe(opening.goods)
})

test('DUT-10 a sale takes what was bought, what was repaid, and the penalty', () => {
  expect(Lot.evolve(dutchLot, taken)).toEqual({
    ...dutchLot,
    collateral: wad('0.5'),
    debt: rad('0'),
    target: rad('2'),
    lastAt: 1020,
  })
})

test('DUT-10 a reset moves the start, and counts its reward', () => {
  const reset: Event.Reset = {
    _tag: 'Reset',
    ...about,
    at: 1050,
    goods: dutchLot.goods,
    startPrice: price(8n),
    keeper: 'kim',
    reward: rad('1'),
    payer: { _tag: 'Protocol' },
  }
  expect(Lot.evolve(dutchLot, reset)).toEqual({
    ...dutchLot,
    startPrice: price(8n),
    startedAt: 1050,
    rewarded: rad('1'),
    lastAt: 1050,
  })
  expect(Lot.evolve(bids, reset)).toBe(bids)
})

const cancelled: Event.Cancelled = {
  _tag: 'Cancelled',
  ...about,
  at: 2500,
  goods: dutchLot.goods,
  collateral: wad('10'),
  debt: rad('36'),
  released: rad('40'),
  refund: undefined,
  held: 'escrow',
  lossAt: 'close',
}

test('DUT-10 a closing, or a cancelling, leaves nothing and ends a lot of either kind', () => {
  for (const event of [closed, cancelled]) {
    expect(Lot.evolve(dutchLot, event)).toEqual({ ...dutchLot, ...nothingLeft, collateral: 0n })
    expect(Lot.evolve(bids, event)).toEqual({ ...bids, ...nothingLeft, sold: 0n })
  }
})

test('DUT-10 an event of another kind of auction changes nothing', () => {
  for (const event of [raised, shrunk, settled]) expect(Lot.evolve(dutchLot, event)).toBe(dutchLot)
  expect(Lot.evolve(bids, taken)).toBe(bids)
})

test('ENG-12 a bid stands in the place of the one before; a raise repays, a shrink sells less', () => {
  const standing = { bid: 12n, bidder: 'ann', bidExpiresAt: 1400, endsAt: 2100, lastAt: 1100 }
  expect(Lot.evolve(bids, raised)).toEqual({ ...bids, ...standing, debt: rad('36') - 11n })
  expect(Lot.evolve(bids, shrunk)).toEqual({ ...bids, ...standing, sold: wad('8') })
})

test('ENG-12 a restart sets its ends, its reserve and what it sells', () => {
  const set = { endsAt: 4000, hardEndsAt: 5000, reserve: 9n, sold: wad('15') }
  const restarted: Event.Restarted = {
    _tag: 'Restarted',
    ...about,
    at: 2500,
    goods: dutchLot.goods,
    ...set,
  }
  expect(Lot.evolve(bids, restarted)).toEqual({ ...bids, ...set, lastAt: 2500 })
})

test('ENG-12 a settling gives away what is sold, and ends what has no debt to close', () => {
  const after = { sold: 0n, debt: rad('36') - 5n, lastAt: 2500 }
  expect(Lot.evolve(bids, settled)).toEqual({ ...bids, ...after, ended: false })
  const goods = { _tag: 'Surplus' as const, token: 'GOV' }
  const surplus = { ...bids, goods }
  expect(Lot.evolve(surplus, { ...settled, goods })).toEqual({ ...surplus, ...after, ended: true })
})

test('ENG-12 a stop leaves nothing and ends the auction', () => {
  const goods = { _tag: 'Debt' as const, token: 'GOV' }
  const stopped: Event.Stopped = {
    _tag: 'Stopped',
    ...about,
    at: 2500,
    goods,
    bid: 12n,
    sold: 3n,
    refund: undefined,
    held: 'escrow',
  }
  const debt = { ...bids, goods }
  expect(Lot.evolve(debt, stopped)).toEqual({ ...debt, ...nothingLeft, sold: 0n })
})
