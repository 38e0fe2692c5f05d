/**
 * Two sets of terms on the same runs: which figures differ, by how much, and on which days.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Numbers, Paired, Pictures } from '../../src/report/index.js'
import * as Intervals from '../../src/report/Intervals.js'
import { Statistics } from '../../src/tuning/index.js'
import { law } from '../law.js'

const days = ['d1', 'd1', 'd1', 'd2', 'd2', 'd2']

/** Losses of which b has less on each day; a discount of which a has less; one that nobody can tell apart. */
const paired: Paired.Paired = {
  a: 'one.json',
  b: 'other.json',
  days,
  pairs: [
    { name: 'loss', a: [10, 11, 12, 20, 21, 22], b: [5, 6.5, 7, 12, 13, 15] },
    { name: 'discount', a: [0.1, 0.1, 0.1, 0.2, 0.2, 0.2], b: [0.2, 0.21, 0.2, 0.3, 0.3, 0.31] },
    { name: 'gas', a: [1, 2, 3, 1, 2, 3], b: [2, 1, 3, 2, 1, 3] },
    { name: 'zero', a: [0, 0, 0, 0, 0, 0], b: [0, 0, 0, 0, 0, 0] },
    { name: 'resets', a: [4, 4, 4, 4, 4, 4], b: [4, 4, 4, 4, 4, 4] },
  ],
}

const captionOf = (of: Paired.Paired, name: string): string =>
  Pictures.ofPaired(of).find((one) => one.name === name)?.caption ?? ''

const figures = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 300 })

law(
  'REP-17',
  'rings are runs of their own, in equal steps of rank with the least and the greatest, where they are too many',
  fc.property(figures, (runs) => {
    const rings = Intervals.rings(runs)
    expect(rings.length).toBe(Math.min(100, runs.length))
    expect(Math.min(...rings)).toBe(Math.min(...runs))
    expect(Math.max(...rings)).toBe(Math.max(...runs))
    if (runs.length <= 100) expect(rings).toEqual(runs)
  }),
)

law(
  'REP-17',
  'an interval lies on a side of 0 only where it does not hold it',
  fc.property(fc.integer({ min: -9, max: 9 }), fc.nat({ max: 9 }), (from, width) => {
    const side = Intervals.side({ mean: from + width / 2, from, to: from + width })
    const holds = from <= 0 && from + width >= 0
    expect(side).toBe(holds ? 0 : Math.sign(from))
  }),
)

test('REP-17 there is a picture of all that differs, and one of each such figure', () => {
  const names = Pictures.ofPaired(paired).map(({ name }) => name)
  expect(names).toEqual(['differences', 'compare-loss', 'compare-discount', 'compare-gas'])
  expect(names.filter((name) => !Pictures.names.includes(name))).toEqual([])
  expect(Pictures.ofPaired({ ...paired, pairs: paired.pairs.slice(3) })).toEqual([])
})

test('REP-17 the difference is that of the pairs, on all runs and on those of each day', () => {
  const [pair] = paired.pairs
  if (pair === undefined) throw new Error('no pair')
  const rows = Paired.byDay(paired, pair)
  expect(rows.map(({ name }) => name)).toEqual(['all runs', 'd1', 'd2'])
  expect(rows[0]?.interval).toEqual(Statistics.paired(pair.a, pair.b))
  expect(rows[1]?.interval).toEqual(Statistics.paired(pair.a.slice(0, 3), pair.b.slice(0, 3)))
  expect(rows[2]?.runs).toEqual([8, 8, 7])
  const one = { ...paired, days: days.map(() => 'd1') }
  expect(Paired.byDay(one, pair).map(({ name }) => name)).toEqual(['all runs'])
  expect(Paired.share({ name: 'gas', a: [1, 3], b: [-4, -4] })?.runs).toEqual([1.25, 1.75])
})

test('REP-17 the captions say who has less, and of what that is not sure', () => {
  expect(captionOf(paired, 'differences')).toContain(
    'a is one.json, b is other.json. With 95 % confidence, less under a: discount; less under b: loss; not sure: gas; the same on every run: zero, resets.',
  )
  const told = Numbers.interval(
    Statistics.paired(paired.pairs[0]?.a ?? [], paired.pairs[0]?.b ?? []),
  )
  expect(captionOf(paired, 'compare-loss')).toContain(
    `a − b, run by run: ${told}: all of it above 0, so b has less on such runs; b has less on 6 of 6 runs. By day, less under b on: d1, d2.`,
  )
  expect(captionOf(paired, 'compare-discount')).toContain('so a has less on such runs')
  expect(captionOf(paired, 'compare-gas')).toContain(
    'it holds 0, so these runs do not tell them apart; b has less on 2 of 6 runs. By day, not sure on: d1, d2.',
  )
})

test('REP-17 of one run nothing is sure', () => {
  const one = { ...paired, days: ['d1'], pairs: [{ name: 'loss', a: [3], b: [2] }] } as const
  expect(captionOf(one, 'differences')).toContain('With 95 % confidence, not sure: loss.')
  expect(captionOf(one, 'compare-loss')).toContain(
    'a − b, run by run: from one run nothing is known; b has less on 1 of 1 runs.',
  )
})
