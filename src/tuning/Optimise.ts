/**
 * Optimise: looks for the point of a cube of sides one where a figure is least: CMA-ES, an evolution of clouds of points
 * whose shape and size follow what was found, started again from elsewhere, with more points, when a cloud has shrunk.
 *
 * It asks for the figures of some points and is told them: who works them out, and where, is the caller's. Its state
 * is plain data, which can be stored between the two and gone on from.
 *
 * Laws: TUN-5, TUN-6 (spec/23-tuning.md).
 * Source: Hansen, The CMA Evolution Strategy: A Tutorial (2016); restarts: Auger and Hansen (2005).
 *
 * @example
 * let search = Optimise.start(1n, 3)
 * const points = Optimise.ask(search)
 * search = Optimise.tell(search, points.map(figure))
 */

import * as Eigen from './Eigen.js'
import * as Points from './Points.js'

// Model

/** A cloud: where it is, how large, and of which shape. */
interface Cloud {
  readonly mean: readonly number[]
  readonly size: number
  readonly shape: Eigen.Matrix
  /** How the mean has moved of late, in the shape's own measure and in that of the cube. */
  readonly path: readonly number[]
  readonly shapePath: readonly number[]
  readonly generation: number
}

export interface Found {
  readonly point: Points.Point
  readonly figure: number
}

export interface Search {
  readonly seed: string
  readonly dimensions: number
  readonly cloud: Cloud
  /** How many points a generation has. */
  readonly points: number
  readonly restarts: number
  /** How many points were asked for before. */
  readonly asked: number
  /** The least figure so far. */
  readonly best: Found | undefined
  /** The least figures of the last generations of this cloud. */
  readonly recent: readonly number[]
}

// Constructors

/** The size that a cloud has at its start: the cube is four to six of it wide. */
const SIZE = 0.25

const cloudAt = (mean: readonly number[]): Cloud => ({
  mean,
  size: SIZE,
  shape: Eigen.identity(mean.length),
  path: mean.map(() => 0),
  shapePath: mean.map(() => 0),
  generation: 0,
})

/** A search from the middle of a cube, or from a point that is known to be good. */
export const start = (seed: bigint, dimensions: number, from?: Points.Point): Search => ({
  seed: String(seed),
  dimensions,
  cloud: cloudAt(from ?? Array.from({ length: dimensions }, () => 0.5)),
  points: 4 + Math.floor(3 * Math.log(dimensions)),
  restarts: 0,
  asked: 0,
  best: undefined,
  recent: [],
})

// Weights

interface Rates {
  readonly weights: readonly number[]
  /** How many points the mean is of, in effect. */
  readonly effective: number
  readonly path: number
  readonly shapePath: number
  readonly one: number
  readonly many: number
  readonly damping: number
  /** The length of a normal vector, on average. */
  readonly length: number
}

const ratesOf = (n: number, points: number): Rates => {
  const half = Math.floor(points / 2)
  const raw = Array.from({ length: half }, (_, i) => Math.log((points + 1) / 2) - Math.log(i + 1))
  const total = raw.reduce((a, b) => a + b, 0)
  const weights = raw.map((weight) => weight / total)
  const effective = 1 / weights.reduce((a, weight) => a + weight * weight, 0)
  const path = (effective + 2) / (n + effective + 5)
  const one = 2 / ((n + 1.3) ** 2 + effective)
  return {
    weights,
    effective,
    path,
    shapePath: (4 + effective / n) / (n + 4 + (2 * effective) / n),
    one,
    many: Math.min(1 - one, (2 * (effective - 2 + 1 / effective)) / ((n + 2) ** 2 + effective)),
    damping: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + path,
    length: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  }
}

// Queries

/** Any number as one from 0 to 1, as mirrors at both would show it (TUN-5). */
const mirrored = (x: number): number => {
  const within = Math.abs(x) % 2
  return within > 1 ? 2 - within : within
}

/** Two uniform numbers make a normal one (Box and Muller, 1958). */
const normal = (seed: bigint, n: number): number =>
  Math.sqrt(-2 * Math.log(1 - Points.unit(seed, 2 * n))) *
  Math.cos(2 * Math.PI * Points.unit(seed, 2 * n + 1))

const times = (matrix: Eigen.Matrix, vector: readonly number[]): readonly number[] =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * (vector[i] as number), 0))

/** The square root of a shape, or its inverse. */
const root = ({ values, vectors }: Eigen.Eigen, power: 1 | -1): Eigen.Matrix => {
  const roots = values.map((value) => Math.sqrt(Math.max(value, 1e-20)) ** power)
  return vectors.map((row) =>
    vectors.map((other) =>
      roots.reduce((sum, value, k) => sum + (row[k] as number) * value * (other[k] as number), 0),
    ),
  )
}

/** The points of the generation to come, as they were drawn: some may be outside of the cube. */
const drawn = ({ asked, cloud, dimensions, points, seed }: Search): readonly Points.Point[] => {
  const spread = root(Eigen.of(cloud.shape), 1)
  return Array.from({ length: points }, (_, i) => {
    const z = Array.from({ length: dimensions }, (_, j) =>
      normal(BigInt(seed), (asked + i) * dimensions + j),
    )
    return times(spread, z).map((step, j) => (cloud.mean[j] as number) + cloud.size * step)
  })
}

/** The points whose figures are wanted next (TUN-5). */
export const ask = (search: Search): readonly Points.Point[] =>
  drawn(search).map((point) => point.map(mirrored))

// Transitions

/** The shape, less of the old, more of the way that the mean went and of the points that it went by. */
const reshaped = (
  shape: Eigen.Matrix,
  rates: Rates,
  shapePath: readonly number[],
  isMoving: boolean,
  steps: readonly (readonly number[])[],
): Eigen.Matrix => {
  const { many, one, shapePath: rate, weights } = rates
  const kept = 1 - one - many + (isMoving ? 0 : one * rate * (2 - rate))
  return shape.map((row, i) =>
    row.map((value, j) => {
      const byPath = one * (shapePath[i] as number) * (shapePath[j] as number)
      const byPoints = weights.reduce((sum, weight, k) => {
        const step = steps[k] as readonly number[]
        return sum + weight * (step[i] as number) * (step[j] as number)
      }, 0)
      return kept * value + byPath + many * byPoints
    }),
  )
}

/** The cloud after a generation whose steps from the mean are in the order of their figures. */
const moved = (cloud: Cloud, rates: Rates, steps: readonly (readonly number[])[]): Cloud => {
  const n = cloud.mean.length
  const { damping, effective, length, path: rate, shapePath: shapeRate, weights } = rates
  const way = cloud.mean.map((_, i) =>
    weights.reduce(
      (sum, weight, k) => sum + weight * ((steps[k] as readonly number[])[i] as number),
      0,
    ),
  )
  const straight = times(root(Eigen.of(cloud.shape), -1), way)
  const path = cloud.path.map(
    (old, i) =>
      (1 - rate) * old + Math.sqrt(rate * (2 - rate) * effective) * (straight[i] as number),
  )
  const far = Math.hypot(...path)
  const generation = cloud.generation + 1
  const isMoving = far / Math.sqrt(1 - (1 - rate) ** (2 * generation)) / length < 1.4 + 2 / (n + 1)
  const shapePath = cloud.shapePath.map(
    (old, i) =>
      (1 - shapeRate) * old +
      (isMoving ? Math.sqrt(shapeRate * (2 - shapeRate) * effective) * (way[i] as number) : 0),
  )
  return {
    mean: cloud.mean.map((x, i) => x + cloud.size * (way[i] as number)),
    size: cloud.size * Math.exp(Math.min(1, (rate / damping) * (far / length - 1))),
    shape: reshaped(cloud.shape, rates, shapePath, isMoving, steps),
    path,
    shapePath,
    generation,
  }
}

/** A cloud that is smaller than this in every direction has found what it can find. */
const SMALL = 1e-6

/** So many generations in a row without any change of the least figure, and more for more dimensions. */
const still = (n: number): number => 10 + Math.ceil((30 * n) / 4)

const isOver = ({ cloud, dimensions, recent }: Search): boolean => {
  const widest = Math.sqrt(Math.max(...Eigen.of(cloud.shape).values))
  const last = recent.slice(-still(dimensions))
  return (
    !(cloud.size * widest > SMALL) ||
    (last.length === still(dimensions) && Math.max(...last) - Math.min(...last) === 0)
  )
}

const better = (
  best: Found | undefined,
  points: readonly Points.Point[],
  figures: readonly number[],
) =>
  figures.reduce<Found | undefined>(
    (so, figure, i) =>
      figure < (so?.figure ?? Infinity) ? { point: points[i] as Points.Point, figure } : so,
    best,
  )

/**
 * The search after it is told the figures of the points that it asked for: infinity where a point is none that
 * may be tried. Of equal figures the earlier point counts as the better one (TUN-6).
 */
export const tell = (search: Search, figures: readonly number[]): Search => {
  const { cloud, dimensions, points } = search
  const order = figures
    .map((figure, i) => ({ figure: Number.isNaN(figure) ? Infinity : figure, i }))
    .sort((a, b) => (a.figure === b.figure ? a.i - b.i : a.figure - b.figure))
  const raw = drawn(search)
  const steps = order.map(({ i }) =>
    (raw[i] as Points.Point).map((x, j) => (x - (cloud.mean[j] as number)) / cloud.size),
  )
  const isAny = order[0] !== undefined && order[0].figure < Infinity
  const next: Search = {
    ...search,
    // Where nothing may be tried there is no better direction: the next points are others.
    cloud: isAny ? moved(cloud, ratesOf(dimensions, points), steps) : cloud,
    asked: search.asked + points,
    best: better(search.best, ask(search), figures),
    recent: [...search.recent, Math.min(order[0]?.figure ?? Infinity, Number.MAX_VALUE)].slice(
      -still(dimensions),
    ),
  }
  if (!isOver(next)) return next
  const restarts = search.restarts + 1
  return {
    ...next,
    cloud: cloudAt(Points.spread(BigInt(search.seed), dimensions, restarts)),
    points: points * 2,
    restarts,
    recent: [],
  }
}
