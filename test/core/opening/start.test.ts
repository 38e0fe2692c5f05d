import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Auction, Fixed, House, Seizure, type Terms } from '../../../src/index.js'
import {
  loanHouse,
  loanOf,
  loanQuotes,
  loanTerms,
  openedBy,
  startedOf,
} from '../../examples/opening.js'
import { law } from '../../law.js'

const unrewarded: Terms.Reward = {
  flat: Fixed.rad(0n),
  rate: Fixed.wad(0n),
  limit: 'penalty',
  payer: { _tag: 'Protocol' },
}

const lot = { amount: 40n, debt: 100n, target: 110n }
const tagOf = (...given: Parameters<typeof startedOf>): unknown => {
  const answer = startedOf(...given)
  return '_tag' in answer ? answer._tag : 'put up'
}

test('SEI-12 is checked in the order of the stages: what is broken later is mended last', () => {
  const nothing = { amount: 0n, debt: 0n, target: 0n }
  const from = { level: 1, owner: '', market: 0n } as const
  expect(tagOf(nothing, from)).toBe('Halted')
  expect(tagOf(nothing, { ...from, level: 0 })).toBe('NoTarget')
  expect(tagOf({ ...nothing, target: 1n }, { ...from, level: 0 })).toBe('NoCollateral')
  expect(tagOf({ ...nothing, amount: 1n, target: 1n }, { ...from, level: 0 })).toBe('NoOwner')
  expect(tagOf({ ...lot, debt: 0n }, { market: 0n })).toBe('NoMarketPrice')
  expect(tagOf({ ...lot, debt: 0n })).toBe('put up')
})

test('SEI-12 puts up no debt or shares below zero, and no amount that is not above it', () => {
  expect(tagOf({ ...lot, debt: -1n })).toBe('NoTarget')
  expect(tagOf({ ...lot, shares: -1n })).toBe('NoTarget')
  expect(tagOf({ ...lot, target: -1n })).toBe('NoTarget')
  expect(tagOf({ ...lot, amount: -1n })).toBe('NoCollateral')
})

const { MAX_UINT256, rad, wad } = Fixed

/** What starting one part of the terms comes to, all of it given. */
const started = (
  terms: Terms.Terms,
  line: Partial<House.Line>,
  part: Partial<Seizure.Part>,
  at = 7,
): unknown => {
  const [collateral] = terms.collaterals
  if (collateral === undefined) throw new Error('the terms list nothing')
  const answer = Auction.start(Auction.compile(terms))(
    { level: 0, version: 1, inFlight: rad(0n), opened: 0, lastAt: 5, ...line },
    { id: 'p1', owner: 'olga' },
    [
      {
        collateral,
        amount: wad(40n),
        shares: wad(0n),
        debt: rad(100n),
        target: rad(110n),
        market: Fixed.ray(1n),
        ...part,
      },
    ],
    { _tag: 'Open', at, keeper: 'kim' },
  )
  if (E.isRight(answer)) return 'put up'
  return answer.left._tag === 'OutOfRange' ? answer.left.stage : answer.left._tag
}

test.each([NaN, Infinity, 2 ** 60, 7.5, -5, 4])('SEI-12 HOU-1 a bad time is refused: %s', (at) => {
  expect(started(loanTerms(), { level: 1 }, {}, at)).toBe('BadTime')
  expect(started(loanTerms(), { version: 2 }, {}, at)).toBe('OtherTerms')
})

test('SEI-12 HOU-2 other terms are refused, and an asset that they do not list', () => {
  const [eth] = loanTerms().collaterals
  if (eth === undefined) throw new Error('the terms list nothing')
  expect(started(loanTerms(), { version: 2 }, {})).toBe('OtherTerms')
  expect(started(loanTerms(), {}, { collateral: { ...eth, asset: 'DOGE' } })).toBe('OtherTerms')
  expect(started(loanTerms(), {}, {})).toBe('put up')
})

test('SEI-12 FIX-5 under uint256 every number is a word, and the money in flight with it', () => {
  const terms = loanTerms({}, { width: 'uint256', reward: unrewarded })
  const over = MAX_UINT256 + 1n
  for (const part of [
    { amount: wad(over) },
    { debt: rad(over) },
    { shares: wad(over) },
    { target: rad(over) },
    { shares: wad(-1n) },
  ])
    expect(started(terms, { level: 1 }, part)).toBe(180)
  const most = rad(MAX_UINT256)
  expect(started(terms, {}, { target: most })).toBe('put up')
  expect(started(terms, { inFlight: rad(1n) }, { target: most })).toBe(180)
  expect(started({ ...terms, width: 'unbounded' }, {}, { target: rad(over) })).toBe('put up')
})

law(
  'SEI-12',
  'an opening is the start of what was seized',
  fc.property(
    fc.bigInt({ min: 41n, max: 200n }),
    fc.bigInt({ min: 0n, max: 40n }),
    fc.bigInt({ min: 0n, max: 20n }),
    fc.constantFrom<House.Line['level'][]>(0, 1, 2, 3),
    (shares, eth, btc, level) => {
      const [terms, house, quotes] = [loanTerms(), loanHouse({ level }), loanQuotes(1n, 2n)]
      // Always unsafe: the debt is above what both are worth.
      const position = loanOf(shares + 2n * btc, eth, btc)
      const line = house.lines.get('LOANS')
      if (line === undefined) throw new Error('the house has no line')
      const plan = Seizure.plan(terms, position, quotes, House.room(house, line, terms))
      const start = (parts: readonly Seizure.Part[]) =>
        Auction.start(Auction.compile(terms))(line, position, parts, {
          _tag: 'Open',
          at: 7,
          keeper: 'kim',
        })
      expect(openedBy(terms, house, position)).toEqual(E.isLeft(plan) ? plan : start(plan.right))
    },
  ),
)
