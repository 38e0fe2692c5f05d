/**
 * The largest lots one by one: what was asked or bid, from what happened.
 */

import { expect, test } from 'vitest'
import * as Lots from '../../src/report/Lots.js'
import { Figures } from '../../src/report/index.js'
import { Fixed } from '../../src/core/index.js'
import { ray } from '../../src/report/Picture.js'
import { day, dutchRun, englishRun, longPath } from './day.js'

interface Line {
  readonly data: { readonly values: readonly { readonly after: number; readonly price: number }[] }
}

/** The market, the price asked or bid, and the sales of each lot that is shown. */
const drawn = (run: typeof dutchRun): readonly (readonly Line[])[] =>
  (Lots.picture(day, run)?.spec['concat'] as { layer: Line[] }[]).map(({ layer }) => layer)

test('REP-5 the lots are those that sold for most by market value', () => {
  for (const run of [dutchRun, englishRun]) {
    const values = run.outcome.lots.map(({ marketValue }) => marketValue)
    const most = [...values].sort((a, b) => (a < b ? 1 : -1)).slice(0, 4)
    expect(Lots.largest(run).map(({ marketValue }) => marketValue)).toEqual(most)
  }
})

test('REP-5 every sale of a Dutch lot lies on the price asked', () => {
  const lots = drawn(dutchRun)
  expect(lots.length).toBe(4)
  for (const [market, asked, sales] of lots) {
    const prices = asked?.data.values ?? []
    expect(prices.length).toBeGreaterThan(10)
    expect(sales?.data.values.length).toBeGreaterThan(0)
    for (const { after, price } of sales?.data.values ?? []) {
      const last = prices.filter((one) => one.after <= after + 1e-9).at(-1)
      // What is paid is rounded to the last digit of the money, and so is the price of a unit.
      expect(price / (last?.price ?? 0)).toBeCloseTo(1, 12)
    }
    expect(market?.data.values[0]?.after).toBe(0)
    expect(market?.data.values.at(-1)?.after).toBeCloseTo(prices.at(-1)?.after ?? 0, 12)
  }
})

test('REP-5 an English lot sells for the last bid', () => {
  for (const [, bids, sales] of drawn(englishRun)) {
    const last = bids?.data.values.at(-1)
    const sale = sales?.data.values.at(-1)
    expect(sale?.price).toBe(last?.price)
    expect(sale?.after).toBe(last?.after)
    const prices = (bids?.data.values ?? []).map(({ price }) => price)
    expect(prices).toEqual([...prices].sort((a, b) => a - b))
  }
})

test('REP-5 every new start of a lot is there', () => {
  const lot = dutchRun.outcome.lots.find(({ resets, sold }) => resets > 0 && sold > 0n)
  if (lot === undefined) throw new Error('no lot was started again')
  const outcome = { ...dutchRun.outcome, lots: [lot] }
  const [[, asked, sales] = []] = drawn({ ...dutchRun, outcome })
  const prices = (asked?.data.values ?? []).map(({ price }) => price)
  expect(prices.filter((price, i) => price > (prices[i - 1] ?? Infinity)).length).toBe(lot.resets)
  const instants = (asked?.data.values ?? []).map(({ after }) => after)
  expect(instants).toEqual([...instants].sort((a, b) => a - b))
  const last = sales?.data.values.at(-1)
  expect(last?.after).toBeCloseTo(instants.at(-1) ?? 0, 9)
})

test('REP-7 the caption adds the lots up', () => {
  const lots = Lots.largest(dutchRun)
  const paid = lots.reduce((sum, one) => sum + one.paid, 0n)
  const caption = Lots.picture(day, dutchRun)?.caption ?? ''
  expect(caption).toContain(`The 4 lots of ${dutchRun.outcome.lots.length} that sold for most`)
  expect(caption).toContain(`for ${Figures.money(Fixed.rad(paid))}, `)
})

test('REP-5 where nothing was sold there is no picture', () => {
  expect(Lots.picture(day, { ...dutchRun, outcome: { ...dutchRun.outcome, lots: [] } })).toBe(
    undefined,
  )
})

test('REP-5 the market that a lot is drawn on is that of its auction', () => {
  const [first] = drawn({ ...dutchRun, market: longPath })
  const prices = (first?.[0]?.data.values ?? []).map(({ price }) => price)
  // Nothing but the last price is known of a path that ended long before.
  expect(new Set(prices)).toEqual(new Set([ray(longPath.points.at(-1)?.price ?? 0n)]))
})
