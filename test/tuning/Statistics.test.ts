/**
 * Examples of Statistics: figures of tables and of small lists that are worked out by hand.
 */

import { expect, test } from 'vitest'
import { Statistics } from '../../src/tuning/index.js'

const { critical, interval, paired, quantile, summary, sum, twoSided, worst } = Statistics

test('TUN-1 a sum keeps what single additions round away', () => {
  expect(sum([1, 1e100, 1, -1e100])).toBe(2)
  expect(sum(Array.from({ length: 10 }, () => 0.1))).toBe(1)
  expect(sum([])).toBe(0)
})

test('TUN-2 of ten values', () => {
  const values = [3, 1, 2, 10, 9, 8, 4, 5, 7, 6]
  expect(summary(values)).toEqual({
    count: 10,
    mean: 5.5,
    standardError: Math.sqrt(82.5 / 9 / 10),
    least: 1,
    median: 5.5,
    p95: expect.closeTo(9.55, 12) as number,
    p99: expect.closeTo(9.91, 12) as number,
    most: 10,
    worst5: 10,
    worst1: 10,
  })
  expect(summary([])).toBeUndefined()
  expect(summary([7])).toMatchObject({ mean: 7, median: 7, worst5: 7, standardError: undefined })
  expect(quantile([1, 2], 0.25)).toBe(1.25)
})

test('TUN-2 of the worst the last one counts in part', () => {
  const sorted = [0, 0, 0, 0, 0, 0, 0, 0, 4, 10]
  expect(worst(sorted, 0.1)).toBe(10)
  expect(worst(sorted, 0.2)).toBe(7)
  expect(worst(sorted, 0.15)).toBe((10 + 0.5 * 4) / 1.5)
  expect(worst(sorted, 1)).toBe(1.4)
})

// Printed in every table of Student's t, to three places.
test.each([
  [0.95, 1, 12.706],
  [0.95, 2, 4.303],
  [0.95, 9, 2.262],
  [0.95, 30, 2.042],
  [0.99, 5, 4.032],
  [0.99, 120, 2.617],
  [0.9, 10, 1.812],
])('TUN-3 the t of confidence %d with %d degrees of freedom is %d', (confidence, freedom, t) => {
  expect(critical(confidence, freedom).toFixed(3)).toBe(t.toFixed(3))
})

test('TUN-3 the tails of one degree of freedom are those of an angle', () => {
  for (const t of [0.1, 1, 3, 50, 1e6])
    expect(twoSided(t, 1) / (1 - (2 / Math.PI) * Math.atan(t))).toBeCloseTo(1, t < 100 ? 12 : 3)
})

test('TUN-3 pairs tell what single runs cannot', () => {
  const a = [100, 200, 300, 400]
  const b = a.map((value, i) => value - 1 - (i % 2))
  expect(paired(a, b)).toMatchObject({ mean: 1.5, from: expect.closeTo(0.581, 3) as number })
  const alone = interval(a)
  expect(alone?.from).toBeLessThan(60)
  expect(paired(a, [1])).toBeUndefined()
  expect(interval([1])).toBeUndefined()
})
