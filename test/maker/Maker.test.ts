/**
 * Maker: its parameters become the terms that the names of DESIGN.md say.
 */

import { expect, test } from 'vitest'
import { Auction, Dutch, Fixed, type Lot, Terms } from '../../src/core/index.js'
import { Maker } from '../../src/maker/index.js'
import { rad, ray, wad } from '../example.js'

const clipper = {
  ilk: 'ETH-A',
  gem: 'ETH',
  mat: ray('1.5'),
  buf: ray('1.3'),
  tail: 8400n,
  cusp: ray('0.4'),
  chip: wad('0.001'),
  tip: rad('300'),
  calc: { _tag: 'StairstepExponentialDecrease', step: 90n, cut: ray('0.99') },
  hole: rad('1000000'),
  chop: wad('1.13'),
  dust: rad('7500'),
} as const

const flipper = {
  ilk: 'ETH-A',
  gem: 'ETH',
  mat: ray('1.5'),
  beg: wad('1.03'),
  ttl: 600n,
  tau: 21600n,
  box: rad('15000000'),
  dunk: rad('50000'),
  chop: wad('1.13'),
  dust: rad('100'),
} as const

test('clipper takes every parameter to its place', () => {
  const terms = Maker.clipper(clipper)
  expect(terms).toMatchObject({
    line: 'ETH-A',
    width: 'uint256',
    binding: 'inForce',
    unsafe: 'below',
    ceiling: clipper.hole,
    sizing: {
      closeFactor: Fixed.WAD,
      cap: { _tag: 'Room' },
      dust: { _tag: 'Absorb', minDebt: clipper.dust },
      penaltyRate: wad('0.13'),
    },
    reward: { flat: clipper.tip, rate: clipper.chip, limit: 'none', payer: { _tag: 'Protocol' } },
    lossAt: 'seizure',
  })
  expect(terms.collaterals).toEqual([
    {
      asset: 'ETH',
      support: { _tag: 'Ratio', ratio: clipper.mat },
      haircut: 0n,
      sale: {
        _tag: 'Dutch',
        curve: { _tag: 'Stairs', stepEvery: 90n, keepPerStep: ray('0.99') },
        markup: clipper.buf,
        reset: { _tag: 'WhenStale', after: 8400n, below: clipper.cusp },
        reserve: 0n,
        minLeft: rad('8475'),
        minCollateralLeft: 0n,
        emptySale: 'allow',
        edges: 'strict',
      },
    },
  ])
})

test('clipper knows the three price functions', () => {
  const curveOf = (calc: Parameters<typeof Maker.clipper>[0]['calc']): unknown => {
    const sale = Maker.clipper({ ...clipper, calc }).collaterals[0]?.sale
    return sale?._tag === 'Dutch' ? sale.curve : undefined
  }
  expect(curveOf({ _tag: 'LinearDecrease', tau: 7200n })).toEqual({
    _tag: 'Linear',
    zeroAfter: 7200n,
  })
  expect(curveOf({ _tag: 'ExponentialDecrease', cut: ray('0.9999') })).toEqual({
    _tag: 'Exponential',
    keepPerSecond: ray('0.9999'),
  })
})

test('flipper takes every parameter to its place', () => {
  const terms = Maker.flipper(flipper)
  expect(terms).toMatchObject({
    ceiling: flipper.box,
    sizing: {
      cap: { _tag: 'Slice', most: flipper.dunk, minRoom: flipper.dust },
      dust: { _tag: 'Ignore' },
      penaltyRate: wad('0.13'),
    },
    reward: { flat: 0n, rate: 0n },
    lossAt: 'seizure',
  })
  expect(terms.collaterals[0]?.sale).toEqual({
    _tag: 'English',
    minRaise: wad('0.03'),
    bidLasts: 600n,
    lasts: 21600n,
    ending: { _tag: 'Fixed' },
    reserve: 0n,
    held: 'income',
    growth: 0n,
    edges: 'strict',
  })
})

test("Maker's terms are built though they have hazards, and sell as Clipper does at its edge", () => {
  expect(Terms.hazards(Maker.clipper(clipper)).map(({ rule }) => rule)).toContain('PAR-14')
  expect(Terms.hazards(Maker.flipper(flipper)).map(({ rule }) => rule)).toContain('PAR-16')
  const terms = Maker.clipper({ ...clipper, cusp: ray('0') })
  const sale = Auction.compile(terms).sales.get('ETH')
  const lot: Lot.Dutch = {
    _tag: 'Dutch',
    id: 'ETH-A/1',
    line: 'ETH-A',
    terms: 1,
    goods: { _tag: 'Collateral', asset: 'ETH', position: 'p', owner: 'o' },
    collateral: wad('1'),
    debt: rad('100'),
    target: rad('113'),
    startPrice: ray('130'),
    startedAt: 0,
    rewarded: rad('0'),
    lossAt: 'seizure',
    binding: 'inForce',
    lastAt: 0,
    ended: false,
  }
  const stale = (at: number): unknown =>
    sale?._tag === 'Dutch' ? Dutch.status(sale, lot, at) : undefined
  expect(stale(8400)).toMatchObject({ right: { stale: false } })
  expect(stale(8401)).toMatchObject({ right: { stale: true } })
})
