/**
 * Of two rules that one opening breaks, the one of the lower stage is named; of two lots that break rules
 * of one stage, the first (spec/12-house.md).
 */

import { expect, test } from 'vitest'
import { Fixed, type House, type Position } from '../../src/index.js'
import {
  answerOf,
  loanHouse,
  loanOf,
  loanQuotes,
  loanTerms,
  openedBy,
} from '../examples/opening.js'
import { outOfRange } from './refusal.js'

const { MAX_UINT256, rad, ray, wad } = Fixed

test('HOU-2 whether there is such a line is looked at before the line of a position', () => {
  const position = { ...loanOf(100n, 40n), line: 'ELSE' }
  expect(answerOf(openedBy(loanTerms(), loanHouse({}, 'OTHER'), position))).toEqual({
    _tag: 'NoSuchLine',
    rule: 'HOU-2',
    line: 'LOANS',
  })
})

test('HOU-2 the version of the terms is looked at before the time', () => {
  const opened = (version: number) =>
    answerOf(openedBy(loanTerms(), loanHouse({ version, lastAt: 8 }), loanOf(100n, 40n)))
  expect([opened(2), opened(1)]).toEqual([
    { _tag: 'OtherTerms', rule: 'HOU-2', wanted: '2', given: '1' },
    { _tag: 'BadTime', rule: 'HOU-1', at: 7, lastAt: 8 },
  ])
})

test('POS-1 the range of the support is looked at before that of the debt', () => {
  const huge = MAX_UINT256 + 1n
  const opened = (eth: bigint) =>
    answerOf(openedBy(loanTerms({}, { width: 'uint256' }), loanHouse(), loanOf(huge, eth)))
  expect([opened(huge), opened(1n)]).toEqual([
    outOfRange('support of the collateral', 115),
    outOfRange('debt of the position', 116),
  ])
})

test('DUT-9 of two lots without a start price the first is named', () => {
  const terms = loanTerms()
  const tenths = terms.collaterals.map((one) => ({
    ...one,
    sale: { ...one.sale, markup: ray(Fixed.RAY / 10n) },
  })) as typeof terms.collaterals
  const opened = openedBy(
    { ...terms, collaterals: tenths },
    loanHouse(),
    loanOf(100n, 40n, 10n),
    loanQuotes(1n, 2n),
  )
  expect(answerOf(opened)).toEqual({ _tag: 'NoStartPrice', rule: 'DUT-9', market: 1n })
})

test('HOU-2 the line of a position is looked at before the version of the terms', () => {
  const position = { ...loanOf(100n, 40n), line: 'OTHER' }
  expect(answerOf(openedBy(loanTerms(), loanHouse({ version: 2 }), position))).toEqual({
    _tag: 'OtherTerms',
    rule: 'HOU-2',
    wanted: 'LOANS',
    given: 'OTHER',
  })
})

test('DUT-9 the start of a sale is looked at before the reward for opening it', () => {
  const terms = loanTerms(
    {},
    { width: 'uint256', reward: { ...loanTerms().reward, rate: wad(MAX_UINT256) } },
  )
  const quotes: readonly Position.Quote[] = [{ asset: 'ETH', risk: ray(1n), market: ray(0n) }]
  const position = loanOf(100n, 40n)
  expect(answerOf(openedBy(terms, loanHouse(), position, loanQuotes(1n, 2n)))).toEqual(
    outOfRange('reward', 395),
  )
  expect(answerOf(openedBy(terms, loanHouse(), position, quotes))).toEqual({
    _tag: 'NoMarketPrice',
    rule: 'SEI-11',
    asset: 'ETH',
  })
})

test('FIX-5 the range of the money in flight is looked at before the breaker', () => {
  const house = (level: 0 | 1): House.House => ({
    ...loanHouse({ level }),
    ceiling: rad(MAX_UINT256 + 1000n),
    inFlight: rad(MAX_UINT256),
  })
  const terms = loanTerms({}, { width: 'uint256' })
  const answers = ([0, 1] as const).map((level) =>
    answerOf(openedBy(terms, house(level), loanOf(100n, 40n))),
  )
  expect(answers).toEqual([outOfRange('money in flight', 180), outOfRange('money in flight', 180)])
})
