/**
 * The picture of a crash: every sale, and a path that fits on it.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fixed } from '../../src/core/index.js'
import * as Crash from '../../src/report/Crash.js'
import { Compare, Day, Figures } from '../../src/report/index.js'
import { rad, ray } from '../../src/report/Picture.js'
import { PricePath } from '../../src/market/index.js'
import { price } from '../example.js'
import { law } from '../law.js'
import { day, dutchRun, englishRun, longPath, selling, sold } from './day.js'

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

test('REP-3 every sale of the log is a mark: its instant, the price of a unit, the money', () => {
  for (const run of [dutchRun, englishRun]) {
    const sales = run.log.flatMap(({ event }) =>
      event._tag === 'Taken'
        ? [[event.at, rad(event.repaid + event.penalty)]]
        : event._tag === 'Settled'
          ? [[event.at, rad(event.bid)]]
          : [],
    )
    expect(sales.length).toBeGreaterThan(20)
    const marks = Crash.marks(run)
    expect(marks.map(({ at, paid }) => [at / 1000, paid])).toEqual(sales)
    expect(marks.every(({ sales }) => sales === 1)).toBe(true)
    expect(total(marks.map(({ paid }) => paid))).toBeCloseTo(rad(run.outcome.paid), 3)
  }
  const [mark] = Crash.marks(selling([[500, 2000n, 300n, 160n]]))
  expect(mark).toEqual({ auction: 'Dutch', at: 500_000, price: 150, paid: 300, sales: 1 })
})

law(
  'REP-3',
  'sales that share a mark are all counted, and what they cost is not lost',
  fc.property(fc.array(sold, { minLength: 1501, maxLength: 1700 }), (sales) => {
    const marks = Crash.marks(selling(sales))
    expect(marks.length).toBeLessThanOrEqual(4000)
    expect(total(marks.map((one) => one.sales))).toBe(sales.length)
    expect(total(marks.map(({ paid }) => paid))).toBe(
      total(sales.map(([, , paid]) => Number(paid))),
    )
  }),
  { numRuns: 20 },
)

interface Panel {
  readonly title: { readonly text: string }
  readonly layer: readonly { readonly data: { readonly values: readonly { price: number }[] } }[]
}

/** The panel of each auction. */
const panels = (of: Day.Day): readonly Panel[] => Crash.picture(of).spec['vconcat'] as Panel[]

test('REP-3 each auction is drawn by itself, with its sales on its market', () => {
  const other = { ...englishRun, market: longPath }
  const both = panels({ ...day, runs: [dutchRun, other] })
  expect(both.map(({ title }) => title.text)).toEqual(['Dutch', 'English'])
  for (const [i, run] of [dutchRun, other].entries()) {
    const [line, sales] = both[i]?.layer ?? []
    expect(line?.data.values[0]?.price).toBe(ray(run.market.points[0]?.price ?? 0n))
    expect(sales?.data.values).toEqual(Crash.marks(run))
  }
})

test('REP-3 the market is told once where it is one, else of each auction', () => {
  const one = Crash.picture(day).caption
  expect(one).toMatch(/^The market price, the line, began at [\d.]+ and was lowest at /)
  expect(one).not.toContain('market price of the')
  // Equal prices are one market, whoever worked them out.
  const copy = { ...englishRun, market: PricePath.ofPoints([...englishRun.market.points]) }
  expect(Crash.picture({ ...day, runs: [dutchRun, copy] }).caption).toBe(one)
  for (const market of [longPath, PricePath.ofPoints(dutchRun.market.points.slice(0, -1))]) {
    const { caption } = Crash.picture({ ...day, runs: [dutchRun, { ...englishRun, market }] })
    expect(caption).toMatch(
      /^What is sold lowers the price of this market, so each auction has a line of its own\. The market price of the Dutch auction, .* The market price of the English auction, /,
    )
  }
})

test('REP-3 the caption tells how many marks there are where they are fewer than the sales', () => {
  const many = Array.from({ length: 3000 }, (_, i) => [i % 50, 1000n, 150n, 200n] as const)
  const run = selling(many)
  const only = { ...day, runs: [run] }
  const { caption } = Crash.picture(only)
  expect(panels(only)[0]?.layer[1]?.data.values.length).toBe(50)
  expect(caption).toContain('The Dutch auction made 3,000 sales')
  expect(caption).toContain('They are drawn as 50 marks')
  expect(caption).toContain('; all of them were below it.')
  expect(Crash.picture(day).caption).not.toContain('They are drawn as')
})

const path = fc
  .array(fc.bigInt(1n, 1000n), { minLength: 1, maxLength: 5000 })
  .map((prices) => prices.map((each, at) => ({ at, price: price(each) })))

law(
  'REP-4',
  'what is left of a path has its ends, its lowest and its highest price, in order',
  fc.property(path, fc.integer({ min: 4, max: 1000 }), (points, most) => {
    const left = Day.thinned(points, most)
    expect(left.length).toBeLessThanOrEqual(Math.max(most, 4))
    expect(left[0]).toBe(points[0])
    expect(left.at(-1)).toBe(points.at(-1))
    const prices = (some: typeof points) => some.map((one) => Number(one.price))
    expect(Math.min(...prices([...left]))).toBe(Math.min(...prices(points)))
    expect(Math.max(...prices([...left]))).toBe(Math.max(...prices(points)))
    const places = left.map(({ at }) => at)
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
  }),
)

test('REP-4 a month of minutes is drawn as at most a thousand points', () => {
  const [panel] = panels({ ...day, runs: [{ ...dutchRun, market: longPath }] })
  const [line] = panel?.layer ?? []
  expect(line?.data.values.length).toBeGreaterThan(500)
  expect(line?.data.values.length).toBeLessThanOrEqual(1001)
})

test('REP-7 the caption of the crash says what the table says', () => {
  const { caption } = Crash.picture(day)
  for (const { outcome } of [dutchRun, englishRun]) {
    const discount = Compare.discountOf(outcome)
    expect(caption).toContain(
      `from ${Compare.soldOf(outcome)} lots for ${Figures.money(outcome.paid)}, on average ${Figures.percent(discount ?? Fixed.wad(0n))} below the market`,
    )
  }
  // Buyers who pay more than the market are told as that.
  const dear = { ...dutchRun.outcome, paid: Fixed.rad(dutchRun.outcome.marketValue * 2n) }
  expect(Crash.picture({ ...day, runs: [{ ...dutchRun, outcome: dear }] }).caption).toContain(
    'on average 100.00 % above the market',
  )
})

test('REP-7 a day on which nothing happens has a picture that says so', () => {
  const outcome = { ...dutchRun.outcome, lots: [], paid: Fixed.rad(0n), marketValue: Fixed.rad(0n) }
  const quiet = { ...day, runs: [{ ...dutchRun, log: [], outcome }] }
  expect(Crash.picture(quiet).caption).toContain('The Dutch auction sold nothing.')
})
