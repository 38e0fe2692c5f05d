/**
 * Where axes are marked, and how numbers are written beside them.
 */

import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Draw } from '../../src/report/index.js'
import { number, SHORT } from '../../src/report/Picture.js'
import * as Ticks from '../../src/report/Ticks.js'
import { law } from '../law.js'

const loaded = await Draw.load()
if (E.isLeft(loaded)) throw new Error(loaded.left)
const draw = loaded.right

/** What stands beside an axis at such values. */
const labels = async (labelExpr: string, values: readonly number[]): Promise<readonly string[]> => {
  const y = number('y', 'y', { axis: { labelExpr, values, labelOverlap: false } })
  const spec = { data: { values: values.map((y) => ({ y })) }, mark: 'point', encoding: { y } }
  const svg = await draw({ name: 'axis', title: '', caption: '', spec }, false)
  return [...svg.matchAll(/<text [^>]*text-anchor="end"[^>]*>([^<]*)</g)].map(([, one = '']) => one)
}

/** Seconds, as often few as many. */
const reached = fc.oneof(
  ...[3, 4, 5, 6, 8].map((power) => fc.integer({ min: 1, max: 10 ** power })),
)

law(
  'REP-15',
  'a clock is read at most six times from 0 on, at equal steps, the last of them within one of the end',
  fc.property(reached, (reach) => {
    const all = Ticks.clock(reach)
    expect(all.length).toBeLessThanOrEqual(6)
    const step = all[1] ?? 60
    expect(all).toEqual(all.map((_, i) => i * step))
    expect(all.at(-1)).toBeLessThanOrEqual(reach)
    expect(all.length * step).toBeGreaterThan(reach)
  }),
)

law(
  'REP-15',
  'marks of equal shares lie within the range, in order',
  fc.property(
    fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
    fc.double({ min: 1, max: 1e5, noNaN: true }),
    (from, times) => {
      const all = Ticks.shares(from, from * times)
      expect(all).toEqual([...new Set(all)].sort((a, b) => a - b))
      for (const one of all) {
        expect(one).toBeGreaterThanOrEqual(from)
        expect(one).toBeLessThanOrEqual(from * times)
      }
      if (times >= 10) expect(all.length).toBeGreaterThan(0)
      expect(all.length).toBeLessThanOrEqual(7)
    },
  ),
)

test('REP-15 hours are written as a clock has them', async () => {
  const hours = [0, 1 / 60, 0.5, 59 / 60, 1.75, 26]
  expect(await labels(Ticks.HOURS, hours)).toEqual([
    '0:00',
    '0:01',
    '0:30',
    '0:59',
    '1:45',
    '26:00',
  ])
})

test('REP-15 numbers beside an axis have k and M from a thousand on, and no thousandths', async () => {
  expect(await labels(SHORT, [0, 0.0025, 0.05, 999, 1000, 12_500, 1_000_000])).toEqual([
    ...['0', '0.0025', '0.05', '999', '1k', '12.5k', '1M'],
  ])
})
