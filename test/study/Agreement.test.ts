/**
 * Our days beside every run of StableSims' record whose vaults are known.
 */

import { beforeAll, describe, expect, test } from 'vitest'
import { Fixed } from '../../src/index.js'
import { Agreement, Archive, Counts, Experiment, StableSims } from '../../src/study/index.js'
import { Statistics } from '../../src/tuning/index.js'
import { cases, days, knownOrder, orders, runs } from './record.js'

/** The cases that their known orders give, on days that are changed somehow. */
const given = (
  some: readonly Agreement.Case[],
  change: (day: readonly Experiment.Step[]) => readonly Experiment.Step[] = (day) => day,
): readonly Agreement.Case[] =>
  some.filter((one) => {
    const day = change(one.day)
    return Agreement.beside({ ...one, day }, knownOrder(one), 0, 0).order !== undefined
  })

test('STB-12 every run of the record whose vaults are known is there, with an order', () => {
  expect(runs.length).toBe(252)
  expect(cases.length).toBe(162)
  expect(orders.size).toBe(162)
})

describe('STB-12 an order gives every run, in every column that does not hang on purchases', () => {
  for (const date of days.keys())
    test(`STB-12 ${date}`, () => {
      const some = cases.filter(({ run }) => run.date === date)
      expect(given(some).map(({ run }) => Archive.nameOf(run))).toEqual(
        some.map(({ run }) => Archive.nameOf(run)),
      )
    })

  const sensitive = cases.filter(
    ({ run }) => run.date === '2021-05-19' && run.tip === 100n * Fixed.RAD,
  )
  const first = sensitive.filter(({ run }) => run.chip === Fixed.WAD / 1000n)

  test('STB-12 keepers that see the gas of the step before give none', () => {
    const late = (day: readonly Experiment.Step[]): readonly Experiment.Step[] =>
      day.map((step, i) => ({ ...step, gwei: day[i - 1]?.gwei ?? step.gwei }))
    expect(given(first, late)).toEqual([])
  })

  test('STB-12 a thousandth more of gas gives none: the gas that barkers used is a column', () => {
    const dearer = (day: readonly Experiment.Step[]): readonly Experiment.Step[] =>
      day.map((step) => ({ ...step, gwei: Fixed.ray((step.gwei * 1001n) / 1000n) }))
    expect(given(sensitive).length).toBe(sensitive.length)
    expect(given(sensitive, dearer)).toEqual([])
  })

  test('STB-12 a vault less, or a cent more for each, gives none', () => {
    const without = first.map((one) => ({ ...one, vaults: one.vaults.slice(1) }))
    const cent = Fixed.RAD / 100n
    const owing = first.map((one) => ({
      ...one,
      vaults: one.vaults.map((vault) => ({ ...vault, debt: Fixed.rad(vault.debt + cent) })),
    }))
    expect([given(first).length, given(without), given(owing)]).toEqual([10, [], []])
  })
})

describe('STB-13 what chance decides', () => {
  let all: readonly Agreement.Beside[] = []

  beforeAll(() => {
    all = cases.map((one) => Agreement.beside(one, knownOrder(one), 0, 30))
  }, 300_000)

  test('STB-12 where no order changes anything, the record has the same', () => {
    const fixed = all.filter(({ isFixed }) => isFixed)
    expect(fixed.length).toBeGreaterThan(40)
    for (const { drawn, run } of fixed)
      expect(
        [run.counts.vaults_liquidated, run.counts.sum_time_steps],
        Archive.nameOf(run),
      ).toEqual([drawn[0]?.vaults_liquidated, drawn[0]?.sum_time_steps])
  })

  test('STB-13 no column of a cell is four deviations off, and few are more than two', () => {
    const cells = Agreement.cells(all)
    expect(cells.length).toBe(27)
    const held = cells.flatMap((cell) =>
      Counts.names.map((name) => ({ name, cell: cell.date, ...cell.held[name] })),
    )
    expect(held.filter(({ z }) => z !== undefined && !(Math.abs(z) < 4))).toEqual([])
    const drawn = held.filter(({ z }) => z !== undefined)
    expect(drawn.length).toBeGreaterThan(400)
    expect(drawn.filter(({ z }) => Math.abs(z ?? 0) > 2).length).toBeLessThan(0.15 * drawn.length)
  })

  test('STB-13 what chance has no part in is the same, but for rounding', () => {
    const still = Agreement.cells(all).flatMap(({ held }) =>
      Counts.names.map((name) => held[name]).filter(({ z }) => z === undefined),
    )
    expect(still.length).toBeGreaterThan(27)
    expect(still.filter(({ isSame }) => !isSame)).toEqual([])
    for (const { ours, theirs } of still)
      expect(Math.abs(ours - theirs)).toBeLessThan(1e-6 * Math.abs(ours) + 0.01)
  })

  test('STB-13 of few days no spread is told, and what differs is not called the same', () => {
    const few = all.map((one) => ({ ...one, drawn: one.drawn.slice(0, 2) }))
    const held = Agreement.cells(few).flatMap((cell) => Counts.names.map((name) => cell.held[name]))
    expect(held.filter(({ z }) => z !== undefined)).toEqual([])
    const apart = held.filter(({ ours, theirs }) => Math.abs(ours - theirs) > 0.01 * theirs)
    expect(apart.length).toBeGreaterThan(100)
    expect(apart.filter(({ isSame }) => isSame)).toEqual([])
  })
})

test('STB-2 STB-13 populations of our own have what all twenty of the record have', () => {
  const day = days.get('2021-05-19') ?? []
  const reward = { tip: Fixed.rad(100n * Fixed.RAD), chip: Fixed.wad(Fixed.WAD / 1000n) }
  const experiment = { ...Experiment.reference(day, reward), lock: 'shut' as const }
  const ours = Array.from({ length: 200 }, (_, i) => {
    const outcome = StableSims.run(experiment, BigInt(i))
    if (outcome === undefined) throw new Error('no outcome')
    return Counts.of(outcome, day.length)
  })
  const theirs = runs.filter(
    ({ chip, date, tip }) => date === '2021-05-19' && chip === reward.chip && tip === reward.tip,
  )
  expect(theirs.length).toBe(20)
  for (const name of Counts.fixed) {
    const [a, b] = [theirs.map(({ counts }) => counts[name]), ours.map((counts) => counts[name])]
    const error = Math.hypot(Statistics.standardError(a) ?? 0, Statistics.standardError(b) ?? 0)
    const far = Math.abs(Statistics.mean(a) - Statistics.mean(b))
    expect(far, name).toBeLessThan(3.5 * error + 0.01)
  }
})
