/**
 * What a reward buys.
 */

import { expect, test } from 'vitest'
import { Fixed } from '../../src/index.js'
import { type Experiment, Rewards } from '../../src/study/index.js'
import { wad } from '../example.js'
import { days } from './record.js'

const day = days.get('2021-05-19') ?? []
const populations = [1n, 2n, 3n, 4n, 5n].map((seed) => ({ seed, vaults: undefined }))
const flat = (dollars: bigint): Experiment.Reward => ({
  tip: Fixed.rad(dollars * Fixed.RAD),
  chip: wad('0'),
})

const curve = Rewards.curve(day, [0n, 100n, 500n, 500n].map(flat), populations)

test('STB-14 nobody acts for nothing, and time falls as dollars rise', () => {
  const [none, little, much] = curve
  expect([none?.liquidated.mean, none?.paid.mean, none?.waited]).toEqual([0, 0, undefined])
  expect(little?.unsafe.mean).toBeLessThan(none?.unsafe.mean ?? 0)
  expect(much?.unsafe.mean).toBeLessThan(little?.unsafe.mean ?? 0)
  expect(much?.paid.mean).toBeGreaterThan(little?.paid.mean ?? 0)
})

test('STB-14 what is gained is the seconds less over the thousands of dollars more', () => {
  const [none, little, much, again] = curve
  if (!none || !little || !much || !again) throw new Error('no points')
  const slope = (a: Rewards.Point, b: Rewards.Point): number =>
    (a.unsafe.mean - b.unsafe.mean) / ((b.paid.mean - a.paid.mean) / 1000)
  expect(little.gainedUnsafe?.mean).toBeCloseTo(slope(none, little), 6)
  expect(much.gainedUnsafe?.mean).toBeCloseTo(slope(little, much), 6)
  expect(little.gainedWaited).toBeUndefined()
  expect(much.gainedWaited?.error).toBeGreaterThan(0)
  // The same reward has the same chance: nothing is gained, and nothing paid.
  expect([again.unsafe, again.paid, again.gainedUnsafe]).toEqual([
    much.unsafe,
    much.paid,
    undefined,
  ])
})

test('STB-14 a ratio has the error of leaving one out', () => {
  const found = Rewards.ratio([1, 2, 6], [1, 1, 2])
  expect(found?.mean).toBe(9 / 4)
  const without = [8 / 3, 7 / 3, 3 / 2]
  const mean = without.reduce((sum, one) => sum + one) / 3
  const spread = without.reduce((sum, one) => sum + (one - mean) ** 2, 0)
  expect(found?.error).toBeCloseTo(Math.sqrt((2 / 3) * spread), 12)
})

test('STB-14 between two points a curve is straight, and beyond the last there is none', () => {
  const [none, little, much] = curve
  if (!none || !little || !much) throw new Error('no points')
  expect(Rewards.unsafeAt(curve, 0)).toBe(none.unsafe.mean)
  expect(Rewards.unsafeAt(curve, little.paid.mean / 2)).toBeCloseTo(
    (none.unsafe.mean + little.unsafe.mean) / 2,
    6,
  )
  expect(Rewards.unsafeAt(curve, much.paid.mean + 1)).toBeUndefined()
})
