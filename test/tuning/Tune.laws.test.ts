/**
 * Laws of Tune and Figures: spec/23-tuning.md.
 */

import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Decimal } from '../../src/codec/index.js'
import { Fixed, Terms } from '../../src/core/index.js'
import { Figures, Presets, Space, Tune } from '../../src/tuning/index.js'
import { law } from '../law.js'
import { drawn, run } from './scenario.js'

const terms = Presets.presets['dutch-default']

const spaceOf = (ranges: readonly Space.Range[]): Space.Space => {
  const space = Space.make(terms, ranges)
  if (E.isLeft(space)) throw new Error(JSON.stringify(space.left))
  return space.right
}

const space = spaceOf([
  { name: 'markup', from: 1, to: 2 },
  { name: 'stepEvery', from: 10, to: 300, scale: 'log' },
  { name: 'keepPerStep', from: 0.9, to: 0.9999 },
])

/** What settings cost, in a world that has its least at a markup of 1.25 and steps of a minute. */
const cost = ({ texts: [markup, step] }: Tune.Asked, seed: number): number =>
  (Number(markup) - 1.25) ** 2 + Math.log(Number(step) / 60) ** 2 + seed

const searched = (
  plan: Tune.Plan,
  figure = cost,
): { readonly state: Tune.State; readonly asked: readonly Tune.Asked[] } => {
  let state = Tune.start(plan)
  const all: Tune.Asked[] = []
  while (!Tune.isOver(state)) {
    const asked = Tune.next(state)
    all.push(...asked)
    state = Tune.told(
      state,
      asked,
      asked.map((one) => [figure(one, 0), figure(one, 1)]),
    )
  }
  return { state, asked: all }
}

law(
  'TUN-11',
  'figures are the exact sums of a day, each rounded once',
  fc.property(drawn(fc.constantFrom(...Object.values(Presets.presets))), (scenario) => {
    const outcome = run(scenario)
    const figures = Figures.of(outcome)
    const { debt, lots, marketValue, ownersLoss, paid } = outcome
    /** Half a unit in the last place that a number of that size has, and no more. */
    const isNearest = (figure: number, exact: bigint): boolean =>
      figure === Number(Decimal.formatRad(Fixed.rad(exact)))
    expect(isNearest(figures.badDebt, debt.bad)).toBe(true)
    expect(isNearest(figures.loss, debt.bad + ownersLoss)).toBe(true)
    expect(isNearest(figures.open, debt.open)).toBe(true)
    expect(
      isNearest(
        figures.shortfall,
        lots.reduce((sum, { shortfall }) => sum + shortfall, 0n),
      ),
    ).toBe(true)
    expect(figures.discount).toBeCloseTo(
      marketValue === 0n ? 0 : 1 - Number(paid) / Number(marketValue),
      9,
    )
    expect(figures.nearZero).toBe(
      lots.filter((lot) => lot.sold > 0n && lot.paid * 100n < lot.marketValue).length,
    )
    expect(figures.zero).toBe(
      lots.filter((lot) => lot.sold > 0n && lot.paid * 1_000_000n < lot.marketValue).length,
    )
    expect([figures.cascadeDepth, figures.largestDrop]).toEqual([0, 0])
    expect(figures.slowest).toBe(
      Math.max(0, ...lots.map(({ closedAt, openedAt }) => (closedAt ?? openedAt) - openedAt)),
    )
  }),
  { numRuns: 40 },
)

law(
  'TUN-12',
  'what is tried is new, safe and within the budget, and the same plan tries the same',
  fc.property(fc.integer({ min: 1, max: 60 }), fc.bigInt({ min: 0n, max: 99n }), (budget, seed) => {
    const { asked, state } = searched({ space, budget, seed })
    expect(asked.length).toBe(budget)
    expect(Tune.countOf(state)).toBe(budget)
    expect(new Set(asked.map(({ texts }) => texts.join())).size).toBe(budget)
    for (const one of asked) {
      expect(Terms.make(one.terms)).toEqual(E.right(one.terms))
      expect(Tune.textsAt(space, one.point)).toEqual(one.texts)
    }
    expect(searched({ space, budget, seed }).asked).toEqual(asked)
  }),
  { numRuns: 20 },
)

test('TUN-12 a search ends where there is nothing new to try', () => {
  const few = spaceOf([{ name: 'stepEvery', from: 88, to: 91 }])
  const { asked, state } = searched({ space: few, budget: 50, seed: 1n })
  expect(asked.map(({ texts }) => texts[0]).sort()).toEqual(['88', '89', '90', '91'])
  expect(Tune.isOver(state)).toBe(true)
  expect(Tune.next(state)).toEqual([])
})

test('TUN-12 a search ends soon where nothing is safe', () => {
  const unsafe = spaceOf([
    { name: 'markup', from: 0.1, to: 0.2 },
    { name: 'stepEvery', from: 10, to: 600 },
  ])
  const { asked, state } = searched({ space: unsafe, budget: 50, seed: 1n })
  expect(asked).toEqual([])
  expect(Tune.isOver(state)).toBe(true)
  expect(state.search.asked).toBeGreaterThan(2000)
  expect(state.search.asked).toBeLessThan(2100)
})

test('TUN-13 the best are those with the least mean, and they are near where the figure is least', () => {
  const { state } = searched({ space, budget: 300, seed: 1n })
  const [best, next] = Tune.ranked(state)
  expect(best?.mean).toBeLessThanOrEqual(next?.mean ?? 0)
  expect(Number(best?.texts[0])).toBeCloseTo(1.25, 2)
  expect(Number(best?.texts[1])).toBe(60)
  expect(best?.mean).toBeCloseTo(0.5, 4)
})

test('TUN-13 settings whose runs fail are worse than any', () => {
  const { state } = searched({ space, budget: 40, seed: 1n }, (one) =>
    Number(one.texts[0]) > 1.2 ? Infinity : 1,
  )
  expect(Tune.ranked(state).at(-1)?.mean).toBe(Infinity)
  expect(Tune.ranked(state)[0]?.mean).toBe(1)
})

test('TUN-14 a setting is moved by a twentieth of its range to either side, and not out of it', () => {
  expect(Tune.around([0.5, 0.2], 1)).toEqual([
    [0.5, 0.15000000000000002],
    [0.5, 0.25],
  ])
  expect(Tune.around([0, 1], 0)[0]).toEqual([0, 1])
  expect(Tune.around([0, 1], 1)[1]).toEqual([0, 1])
})
