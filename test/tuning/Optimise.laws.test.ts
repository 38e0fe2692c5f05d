/**
 * Laws of Points, Optimise, Pareto and Eigen: spec/23-tuning.md.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Eigen from '../../src/tuning/Eigen.js'
import { Optimise, Pareto, Points } from '../../src/tuning/index.js'
import { law } from '../law.js'

type Figure = (point: readonly number[]) => number

/** The least figure that a search finds with at most so many points. */
const found = (figure: Figure, dimensions: number, budget: number, seed = 1n): Optimise.Search => {
  let search = Optimise.start(seed, dimensions)
  while (search.asked + search.points <= budget)
    search = Optimise.tell(search, Optimise.ask(search).map(figure))
  return search
}

/** A bowl whose bottom is inside of the cube, steeper one way than another, and turned. */
const bowl: Figure = (point) =>
  point.reduce((total, _, i) => {
    const along = point.reduce((sum, x, j) => sum + (x - 0.3) * (i === j ? 1 : 0.5), 0)
    return total + 10 ** ((3 * i) / point.length) * along * along
  }, 0)

/** A bent valley (Rosenbrock), its bottom where all are 0.75. */
const valley: Figure = (point) =>
  point.slice(1).reduce((total, y, i) => {
    const [a, b] = [(point[i] as number) * 4 - 2, y * 4 - 2]
    return total + 100 * (b - a * a) ** 2 + (1 - a) ** 2
  }, 0)

/** A hundred dents, of which one is the deepest (Rastrigin), at 0.7. */
const dents: Figure = (point) =>
  point.reduce((total, x) => {
    const z = (x - 0.7) * 10
    return total + z * z - 10 * Math.cos(2 * Math.PI * z) + 10
  }, 0)

test('TUN-6 the bottom of a bowl, of a bent valley and of the deepest of many dents is found', () => {
  expect(found(bowl, 4, 3000).best?.figure).toBeLessThan(1e-9)
  expect(found(valley, 3, 6000).best?.figure).toBeLessThan(1e-9)
  const deepest = found(dents, 2, 6000)
  expect(deepest.best?.figure).toBeLessThan(1e-6)
  expect(deepest.restarts).toBeGreaterThan(0)
})

test('TUN-6 a bottom on the edge of the cube is found, and nothing outside is asked for', () => {
  const { best } = found((point) => point.reduce((a, b) => a + b, 0), 3, 1500)
  expect(best?.figure).toBeLessThan(1e-4)
})

test('TUN-6 points that may not be tried are avoided', () => {
  const forbidden: Figure = (point) => ((point[0] as number) < 0.4 ? Infinity : bowl(point))
  const { best } = found(forbidden, 2, 1500)
  expect(best?.point[0]).toBeGreaterThanOrEqual(0.4)
  expect(best?.point[0]).toBeLessThan(0.401)
  expect(found(() => Infinity, 2, 300).best).toBeUndefined()
  expect(found(() => NaN, 2, 300).best).toBeUndefined()
})

law(
  'TUN-5',
  'the same search asks for the same points, all in the cube, also from its state as text',
  fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n }), fc.integer({ min: 1, max: 6 }), (seed, n) => {
    let search = Optimise.start(seed, n)
    for (let i = 0; i < 6; i++) {
      const points = Optimise.ask(search)
      expect(Optimise.ask(JSON.parse(JSON.stringify(search)) as Optimise.Search)).toEqual(points)
      expect(points.flat().every((x) => x >= 0 && x <= 1)).toBe(true)
      search = Optimise.tell(search, points.map(bowl))
    }
  }),
  { numRuns: 50 },
)

law(
  'TUN-4',
  'so many points that fill the cube have about their share in any box',
  fc.property(fc.bigInt({ min: 0n, max: 99n }), fc.integer({ min: 1, max: 5 }), (seed, n) => {
    const points = Array.from({ length: 1024 }, (_, i) => Points.spread(seed, n, i))
    for (let side = 0; side < n; side++)
      for (const edge of [0.25, 0.5, 0.75]) {
        const inside = points.filter((point) => (point[side] as number) < edge).length
        expect(Math.abs(inside / 1024 - edge)).toBeLessThan(0.02)
      }
  }),
  { numRuns: 30 },
)

test('TUN-4 a grid', () => {
  expect(Points.grid([2, 3])).toEqual([
    [0, 0],
    [0, 0.5],
    [0, 1],
    [1, 0],
    [1, 0.5],
    [1, 1],
  ])
  expect(Points.grid([1])).toEqual([[0.5]])
})

const figures = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), {
  maxLength: 30,
})

law(
  'TUN-7',
  'nothing dominates what is on the front, and something on it is as good as whatever is not',
  fc.property(figures, (all) => {
    const front = Pareto.front(all, (one) => one)
    for (const one of front) expect(all.some((other) => Pareto.dominates(other, one))).toBe(false)
    for (const one of all)
      expect(
        front.some((other) => Pareto.dominates(other, one) || other.join() === one.join()),
      ).toBe(true)
    expect(new Set(front.map(String)).size).toBe(front.length)
  }),
)

law(
  'TUN-6',
  'a symmetric matrix is its eigenvectors times its eigenvalues',
  fc.property(
    fc.integer({ min: 1, max: 7 }).chain((n) =>
      fc.array(
        fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: n, maxLength: n }),
        {
          minLength: n,
          maxLength: n,
        },
      ),
    ),
    (any) => {
      const matrix = any.map((row, i) =>
        row.map((value, j) => value + ((any[j] as number[])[i] as number)),
      )
      const { values, vectors } = Eigen.of(matrix)
      for (const [i, row] of matrix.entries())
        for (const [j, value] of row.entries()) {
          const made = values.reduce(
            (sum, one, k) =>
              sum +
              one *
                ((vectors[i] as number[])[k] as number) *
                ((vectors[j] as number[])[k] as number),
            0,
          )
          expect(Math.abs(made - value)).toBeLessThan(1e-10)
        }
    },
  ),
)
