/**
 * Gauntlet's settings beside those that a search finds: spec/29-gauntlet.md.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Prices, TermsJson } from '../../src/codec/index.js'
import { Gauntlet } from '../../src/study/index.js'
import { Presets, Statistics } from '../../src/tuning/index.js'
import { ray, right } from '../example.js'

const dayOf = (name: string) => {
  const file = join(import.meta.dirname, `../../data/eth-crashes/${name}.csv`)
  return { name, rows: right(Prices.parse(readFileSync(file, 'utf8'))) }
}

const plan: Gauntlet.Plan = {
  days: [dayOf('2020-03-12'), dayOf('2021-05-19')],
  seeds: 2,
  budget: 6,
  seed: 1n,
}

test('GAU-3 both settings are compared run by run on a day and seeds that the search did not see', () => {
  let runs = 0
  const found = right(
    Gauntlet.run(plan, () => {
      runs += 1
    }),
  )
  // The first day and stress are searched, the last and stress held out.
  const perSetting = 2 * 2
  expect(runs).toBe((6 + 3) * perSetting)
  expect(found.tried).toBe(6)
  expect(found.names).toEqual(['markup', 'stepEvery', 'keepPerStep', 'resetAfter', 'resetBelow'])
  expect(found.theirs.texts).toEqual(['1.1', '30', '0.997', '5200', '0.6'])
  for (const { heldOut, searched } of [found.theirs, found.ours]) {
    expect([searched.length, heldOut.length]).toEqual([perSetting, perSetting])
    // Other seeds have other books: no run is both.
    expect(searched.filter((figure) => heldOut.includes(figure))).toEqual([])
    expect(Statistics.mean(heldOut)).toBeGreaterThan(0)
  }
  expect(found.apart.map(({ name }) => name)).toEqual(['all', '2021-05-19', 'stress'])
  expect(found.apart[0]?.interval).toEqual(
    Statistics.paired(found.theirs.heldOut, found.ours.heldOut),
  )
  // The difference of the means is the mean of the differences.
  expect(found.apart[0]?.interval.mean).toBeCloseTo(
    Statistics.mean(found.theirs.heldOut) - Statistics.mean(found.ours.heldOut),
    4,
  )
})

test('GAU-3 what happens on the last day changes nothing of what is found', () => {
  const found = (days: Gauntlet.Plan['days']) => right(Gauntlet.run({ ...plan, budget: 4, days }))
  const [first, last] = plan.days
  if (first === undefined || last === undefined) throw new Error('no days')
  const [one, other] = [found([first, last]), found([first, first])]
  expect(other.ours.texts).toEqual(one.ours.texts)
  expect(other.ours.searched).toEqual(one.ours.searched)
  expect(other.ours.heldOut).not.toEqual(one.ours.heldOut)
})

test('GAU-1 the search begins at what was published', () => {
  const { apart, ours, theirs } = right(Gauntlet.run({ ...plan, budget: 1 }))
  expect(ours).toEqual(theirs)
  expect(apart[0]?.interval).toEqual({ mean: 0, from: 0, to: 0 })
})

test('GAU-2 the drawn days are of all kinds, and another seed has others', () => {
  const figures = (seed: bigint) =>
    right(Gauntlet.run({ ...plan, days: [], budget: 1, seed })).theirs.searched
  expect(new Set([...figures(1n), ...figures(5n)]).size).toBe(4)
})

test('GAU-3 one seed says nothing of how sure a difference is, and is refused', () => {
  const found = Gauntlet.run({ ...plan, seeds: 1 })
  expect(E.isLeft(found) ? found.left[0]?.setting : found).toBe('seeds')
})

test('GAU-1 what was published differs from the default in five settings, and no hazard is known of it', () => {
  const [base, theirs] = [Presets.presets['dutch-default'], Gauntlet.published].map(
    ({ collaterals }) => collaterals[0]?.sale,
  )
  if (base?._tag !== 'Dutch' || theirs?._tag !== 'Dutch') throw new Error('no falling price')
  const { curve, markup, reset } = theirs
  expect({ ...base, curve, markup, reset }).toEqual(theirs)
  expect(reset).toEqual({ _tag: 'WhenStale', after: 5200n, below: ray('0.6') })
  expect(E.isRight(TermsJson.parse(TermsJson.format(Gauntlet.published)))).toBe(true)
})
