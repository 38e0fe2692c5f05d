/**
 * Lots sold for next to nothing on 12 March 2020, and what keeps them from it: spec/28-blackthursday.md.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Prices } from '../../src/codec/index.js'
import { Fixed } from '../../src/core/index.js'
import { BlackThursday } from '../../src/study/index.js'
import { Outcome, type Scenario, Simulate, Stage } from '../../src/tuning/index.js'
import { ray, right } from '../example.js'

const file = join(import.meta.dirname, '../../data/eth-crashes/2020-03-12.csv')
const rows = right(Prices.parse(readFileSync(file, 'utf8')))

const ran = (scenario: Scenario.Scenario) => {
  const outcome = right(Simulate.run(scenario))
  expect(Outcome.isWhole(outcome)).toBe(true)
  return BlackThursday.found(BlackThursday.endOf(rows))(outcome)
}

const found = (congestion: string, remedy: BlackThursday.Remedy, seed = 1n) =>
  ran(BlackThursday.scenario(rows, seed, ray(congestion), remedy))

test('BLT-2 the share of lots sold for next to nothing grows with congestion', () => {
  for (const seed of [1n, 2n]) {
    const shares = ['0.25', '0.5', '1', '2'].map((congestion) => {
      const { lots, nearZero } = found(congestion, 'none', seed)
      expect(lots).toBeGreaterThan(200)
      return nearZero / lots
    })
    expect(shares[0]).toBe(0)
    expect([...shares].sort((a, b) => a - b)).toEqual(shares)
    // With gas as it was, about a third of the lots.
    expect(shares[2]).toBeGreaterThan(0.2)
    expect(shares[2]).toBeLessThan(0.5)
    expect(shares[3]).toBeGreaterThan(shares[2] ?? 1)
  }
})

test.each(['reserve', 'longerBids', 'fallingPrice'] as const)(
  'BLT-3 no lot is sold for next to nothing with %s',
  (remedy) => {
    const before = found('1', 'none')
    for (const congestion of ['1', '2']) {
      const { badDebt, lots, nearZero } = found(congestion, remedy)
      expect([lots, nearZero]).toEqual([before.lots, 0])
      expect(badDebt).toBeLessThan(before.badDebt)
    }
  },
)

test('BLT-3 a price that falls keeps lots from it by its reset: without, dear gas brings them back', () => {
  const [dear, none] = [found('2', 'fallingOnce'), found('2', 'none')]
  expect(dear.lots).toBe(none.lots)
  expect(dear.nearZero).toBeGreaterThan(0.2 * dear.lots)
  // Nor does it lose less with gas as it was, when no price reaches the last hundredth.
  const [usual, before] = [found('1', 'fallingOnce'), found('1', 'none')]
  expect(usual.nearZero).toBe(0)
  expect(usual.badDebt).toBeGreaterThan(before.badDebt)
})

test('BLT-3 what a reserve keeps from being sold is open when the day ends', () => {
  const [usual, dear] = [found('1', 'reserve'), found('2', 'reserve')]
  expect(usual.openDebt).toBeGreaterThan(0n)
  expect(dear.openDebt).toBeGreaterThan(usual.openDebt)
})

test('BLT-1 without the calm after the day more lots go for next to nothing, in spite of longer bids too', () => {
  const dear = (remedy: BlackThursday.Remedy) =>
    ran({
      ...BlackThursday.scenario(rows, 1n, ray('1'), remedy),
      prices: { _tag: 'Rows', rows },
    })
  expect(dear('none').nearZero).toBeGreaterThan(found('1', 'none').nearZero)
  expect(dear('longerBids').nearZero).toBeGreaterThan(0)
}, 120_000)

test('BLT-1 the day is as recorded, then calm: its gas so many times over, and the same book for every remedy', () => {
  const stage = (congestion: string, remedy: BlackThursday.Remedy) =>
    right(Stage.make(BlackThursday.scenario(rows, 1n, ray(congestion), remedy)))
  const [one, three] = [stage('1', 'none'), stage('3', 'fallingPrice')]
  expect(three.path.points).toEqual(one.path.points)
  expect(three.path.gas).toEqual(
    one.path.gas.map(({ at, gwei }) => ({ at, gwei: Fixed.ray(3n * gwei) })),
  )
  expect(one.path.gas.slice(0, -1).map(({ gwei }) => gwei)).toEqual(
    rows.map(({ gasPriceGwei }) => gasPriceGwei),
  )
  expect(one.path.gas.at(-1)?.gwei).toBe(rows[0]?.gasPriceGwei)
  expect(three.positions).toEqual(one.positions)
  const kinds = one.bidders.map(({ capital, gas, style }) => [gas._tag, style, capital / Fixed.RAD])
  expect(kinds.filter(([tag]) => tag === 'Fixed').length).toBe(8)
  expect(kinds.slice(8).map(([tag, style]) => [tag, style])).toEqual([
    ['Market', 'lowball'],
    ['Market', 'lowball'],
  ])
})
