/**
 * Walk: the way of the market from block to block, up to one in which a lot may sell or is stale.
 *
 * In floating point, on purpose. The loops make no objects; what they read and write belongs to the
 * module, for the reason that Xoshiro gives. Where blocks are a fixed time apart, all that is done for
 * one is an addition and a comparison, with a barrier worked out beforehand.
 *
 * Laws: MTC-3 (spec/17-montecarlo.md).
 */

import * as Normal from './Normal.js'
import * as Single from './Single.js'
import * as Xoshiro from './Xoshiro.js'

// Model

/** The generators of a chunk. */
export interface Draws {
  readonly normals: Normal.Source
  readonly waits: Xoshiro.State
}

/** How many blocks are drawn at a time. */
export const MOST: number = Xoshiro.MOST

/** By how much the sum of normals moves until each block, or the logarithm of the fair price where blocks come by chance. */
const moves = Normal.numbers

/** How long after the last block each comes, where they come by chance. */
const times = /* @__PURE__ */ new Float64Array(Xoshiro.MOST)

/** How far the market has moved since the last start of the lot, and the age of the lot where blocks come by chance. */
const place = /* @__PURE__ */ new Float64Array(2)

// Constructors

/** The three generators of a chunk of a seed (MTC-3). */
export const make = (seed: bigint, chunk: number): Draws => {
  const state = (stream: number): Xoshiro.State => Xoshiro.make(seed, 3 * chunk + stream)
  return { normals: Normal.make(state(0), state(1)), waits: state(2) }
}

const logOf = (share: number): number => (share > 0 ? Math.log(share) : -Infinity)

/**
 * What a barrier is moved by, to the safe side: a lot may pass it and not be sold, but is never sold
 * without passing it.
 */
const slack = 1e-12

/** The least logarithm of fair price over that at the last start, at which a lot offered at a share may sell. */
export const leastLog = ({ buyer, markup }: Single.Setting, share: number): number =>
  logOf(share) + Math.log(markup) - Math.log1p(-buyer.margin) - slack

/** The same as sums of normals, block by block, and last the block at which nothing can go on as before. */
export const barrierOf = (setting: Single.Setting): Float64Array => {
  const { blocks, curve, drift, lasts, reset, volatility } = setting
  const { every } = blocks
  const last = Math.ceil(Math.min(lasts, Math.ceil(reset.after)) / every) + 1
  const growth = (drift - volatility ** 2 / 2) * every
  const size = volatility * Math.sqrt(every)
  return Float64Array.from({ length: last + 1 }, (_, n) => {
    const age = Single.onClock(setting, n * every)
    const share = Single.shareAt(curve, age)
    if (n === last || Single.isStale(setting, age, share)) return -Infinity
    const distance = leastLog(setting, share) - growth * n
    return size > 0 ? distance / size : distance > 0 ? Infinity : -Infinity
  })
}

// Queries

/** How far the market has moved, in what `moves` are. */
export const moved = (): number => place[0] as number

/** How old the lot is, where blocks come by chance. */
export const age = (): number => place[1] as number

// Transitions

/** Puts the lot at its start. */
export const start = (): void => {
  place[0] = 0
  place[1] = 0
}

/** The next draws, and for blocks that come by chance what the market does until each. */
export const refill = (
  { blocks, drift, volatility }: Single.Setting,
  { normals, waits }: Draws,
): void => {
  Normal.fill(normals)
  if (blocks._tag === 'Fixed') return
  Xoshiro.fill(waits, Xoshiro.MOST)
  const { high, low } = Xoshiro
  const growth = drift - volatility ** 2 / 2
  const { every } = blocks
  for (let i = 0; i < Xoshiro.MOST; i++) {
    const wait = -every * Math.log(Xoshiro.share(high[i] as number, low[i] as number))
    times[i] = wait
    moves[i] = growth * wait + volatility * Math.sqrt(wait) * (moves[i] as number)
  }
}

/**
 * On through draws, one a block, for a lot of so many blocks, up to a block that passes the barrier:
 * the draw after it, or none, −1.
 */
export const untilBarrier = (
  barrier: Float64Array,
  from: number,
  to: number,
  block: number,
): number => {
  let moved = place[0] as number
  let n = block
  for (let i = from; i < to; i++) {
    moved += moves[i] as number
    n = (n + 1) | 0
    if (moved >= (barrier[n] as number)) {
      place[0] = moved
      return i + 1
    }
  }
  place[0] = moved
  return -1
}

/** The same where blocks come by chance, and up to the first one at which the lot is older than `longest`. */
export const untilNear = (
  setting: Single.Setting,
  least: number,
  longest: number,
  from: number,
): number => {
  const { clock, curve, reset } = setting
  const isWhole = clock === 'seconds'
  const isStraight = curve._tag === 'Linear'
  const every = curve._tag === 'Stairs' ? curve.stepEvery : 0
  // By how much the logarithm of the price falls: a step, a second, or (a straight line) the price itself.
  const fall =
    curve._tag === 'Stairs'
      ? -Math.log(curve.keepPerStep)
      : curve._tag === 'Linear'
        ? 1 / curve.zeroAfter
        : curve.rate
  const lowest = logOf(reset.below) + slack
  let moved = place[0] as number
  let age = place[1] as number
  for (let i = from; i < Xoshiro.MOST; i++) {
    moved += moves[i] as number
    age += times[i] as number
    const whole = isWhole ? Math.floor(age) : age
    const fallen = fall * (every > 0 ? Math.floor(whole / every) : whole)
    const log = isStraight ? Math.log(Math.max(1 - fallen, 0)) : -fallen
    if (moved >= least + log || age > longest || whole >= reset.after || log < lowest) {
      place[0] = moved
      place[1] = age
      return i + 1
    }
  }
  place[0] = moved
  place[1] = age
  return -1
}
