/**
 * How sales and lots are spread, and what a day cost: nothing is left out.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fixed } from '../../src/core/index.js'
import * as Beside from '../../src/report/Beside.js'
import { Bins, Compare, Figures } from '../../src/report/index.js'
import { rad } from '../../src/report/Picture.js'
import * as Spread from '../../src/report/Spread.js'
import { lotThatTook, openLot } from '../examples/report.js'
import { law } from '../law.js'
import { day, dutchRun, englishRun, selling, sold } from './day.js'

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)

law(
  'REP-6',
  'each lot that closed is counted once, and no bin between two is left out',
  fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 10 ** 6 }))), (times) => {
    const lots = times.map((time) => (time === null ? openLot : lotThatTook(time)))
    const bins = Bins.clearing([{ ...dutchRun.outcome, lots }])
    expect(total(bins.map(({ counts: [count] }) => count ?? 0))).toBe(
      times.filter((time) => time !== null).length,
    )
    const all = Bins.clearing([
      { ...dutchRun.outcome, lots: [lotThatTook(0), lotThatTook(10 ** 6)] },
    ]).map(({ name }) => name)
    const names = bins.map(({ name }) => name)
    const [first = ''] = names
    expect(names).toEqual(all.slice(all.indexOf(first)).slice(0, names.length))
    for (const end of bins.length > 0 ? [bins[0], bins.at(-1)] : [])
      expect(end?.counts[0]).toBeGreaterThan(0)
  }),
)

law(
  'REP-6',
  'the bins of discounts hold all that was sold, few of them, in common to the runs',
  fc.property(
    fc.array(sold, { minLength: 1, maxLength: 60 }),
    fc.array(sold, { minLength: 1, maxLength: 60 }),
    (a, b) => {
      const { bins, width } = Bins.discounts([selling(a), selling(b)])
      for (const [i, sales] of [a, b].entries()) {
        const own = bins[i] ?? []
        const worth = total(sales.map(([, amount, , market]) => Number(amount * market) / 1000))
        expect(total(own.map(({ value }) => value)) / worth).toBeCloseTo(1, 9)
        expect(
          own.every(({ from, to }) => Math.abs(to - from - width) < 1e-9 * Math.abs(from) + 1e-9),
        ).toBe(true)
      }
      const places = bins.flat().map(({ from }) => Math.round(from / width))
      expect(Math.max(...places) - Math.min(...places)).toBeLessThan(25)
      expect([1, 2, 5]).toContain(Number(width.toExponential(0).split('e')[0]))
    },
  ),
)

test('REP-7 the captions say what the table says', () => {
  const discounts = Spread.discounts(day)?.caption ?? ''
  const clearing = Spread.clearing(day)?.caption ?? ''
  for (const { outcome } of [dutchRun, englishRun]) {
    const name = Compare.nameOf(outcome)
    const discount = Figures.percent(Compare.discountOf(outcome) ?? Fixed.wad(0n))
    expect(discounts).toContain(`${name}: ${discount} on average`)
    const { median, p95 } = outcome.secondsToClear ?? { median: 0, p95: 0 }
    expect(clearing).toContain(
      `${name}: of ${outcome.lots.length - Compare.openOf(outcome)} lots that closed half took at most ${Figures.seconds(median)}, 95 % at most ${Figures.seconds(p95)}.`,
    )
  }
  const { caption, spec } = Beside.picture(day)
  expect(caption).toContain(Compare.meaning([dutchRun.outcome, englishRun.outcome]))
  const { values } = spec['data'] as { values: { cost: string; auction: string; amount: number }[] }
  expect(
    values.find(({ auction, cost }) => auction === 'Dutch' && cost === 'bad debt')?.amount,
  ).toBe(rad(dutchRun.outcome.debt.bad))
  expect(values.length).toBe(10)
})

test('REP-7 what a caption says to see is there', () => {
  const gain = { ...dutchRun.outcome, ownersLoss: Fixed.rad(0n - Fixed.RAD) }
  const open = { ...dutchRun.outcome, lots: [lotThatTook(5), openLot] }
  const of = (outcome: typeof gain) => ({ ...day, runs: [{ ...dutchRun, outcome }] })
  expect(Beside.picture(of(gain)).caption).toContain('A bar to the left of 0 is a gain.')
  expect(Beside.picture(of(dutchRun.outcome)).caption).not.toContain('gain')
  expect(Spread.clearing(of(open))?.caption).toMatch(
    /^Dutch: of 1 lot that closed half .* 1 lot had not closed at the end\./,
  )
  const dear = { ...day, runs: [selling([[5, 1000n, 300n, 200n]])] }
  expect(Spread.discounts(dear)?.caption).toContain('from -50.00 % to -50.00 %')
  expect(Spread.discounts(dear)?.caption).toContain('Left of 0 buyers paid more')
  const cheap = { ...day, runs: [selling([[5, 1000n, 100n, 200n]])] }
  expect(Spread.discounts(cheap)?.caption).not.toContain('Left of 0')
})

test('REP-6 where nothing was sold there is no picture of how', () => {
  const outcome = { ...dutchRun.outcome, lots: [], paid: Fixed.rad(0n), marketValue: Fixed.rad(0n) }
  const quiet = { ...day, runs: [{ ...dutchRun, log: [], outcome }] }
  expect([Spread.discounts(quiet), Spread.clearing(quiet)]).toEqual([undefined, undefined])
})
