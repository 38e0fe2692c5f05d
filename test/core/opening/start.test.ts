import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Auction, House, Seizure } from '../../../src/index.js'
import {
  loanHouse,
  loanOf,
  loanQuotes,
  loanTerms,
  openedBy,
  startedOf,
} from '../../examples/opening.js'
import { law } from '../../law.js'

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
