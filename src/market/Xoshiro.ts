/**
 * Xoshiro: the quick generator of the Monte Carlo kernel, xoshiro256+.
 *
 * A state is four words of 64 bits, each as two halves of 32: a processor adds, shifts and mixes those
 * without making an object, which a bigint always is.
 *
 * Laws: MTC-1 (spec/17-montecarlo.md).
 * Source: xoshiro256+ (Blackman and Vigna, 2018), its shifts of 17 and 45 as in xoshiro256plus.c.
 */

import * as Random from './Random.js'

// Model

/** The high and the low half of each of four words, in turn. It changes with every draw. */
export type State = Int32Array

/** How many words one filling draws at most. */
export const MOST = 1024

/**
 * The words of the last filling. They belong to the module, and are not what it exports, so that their
 * places are known when the loop is compiled: it needs every register for the state.
 */
const upper = /* @__PURE__ */ new Int32Array(MOST)
const lower = /* @__PURE__ */ new Int32Array(MOST)

/** The high and the low halves of the words of the last filling, until the next. */
export const high: Int32Array = upper
export const low: Int32Array = lower

// Constructors

/** The state of four words, each counted modulo 2^64. */
export const of = (words: readonly [bigint, bigint, bigint, bigint]): State =>
  Int32Array.from(
    words.flatMap((word) => [
      Number(BigInt.asIntN(32, word >> 32n)),
      Number(BigInt.asIntN(32, word)),
    ]),
  )

/** The state of a stream of a seed: words `4 × stream` to `4 × stream + 3` of the seed (MTC-1, MKT-1). */
export const make = (seed: bigint, stream: number): State => {
  const word = (n: number): bigint => Random.word(seed, 4 * stream + n)
  return of([word(0), word(1), word(2), word(3)])
}

// Queries

/** A word as the middle of one of 2^53 equal parts of (0, 1): its 53 highest bits and a half. */
export const share = (high: number, low: number): number =>
  ((high >>> 0) * 2_097_152 + (low >>> 11) + 0.5) / 9_007_199_254_740_992

// Transitions

/**
 * Puts the next so many words, MOST at most, into `high` and `low` (MTC-1). The state is held in
 * variables, for a typed array is read anew at every use.
 */
export const fill = (state: State, count: number): void => {
  let ah = state[0] as number
  let al = state[1] as number
  let bh = state[2] as number
  let bl = state[3] as number
  let ch = state[4] as number
  let cl = state[5] as number
  let dh = state[6] as number
  let dl = state[7] as number
  for (let i = 0; i < count; i++) {
    // Added by halves: the carry is what the highest bits of both and of their sum tell.
    const sum = (al + dl) | 0
    lower[i] = sum
    upper[i] = (ah + dh + (((al & dl) | ((al | dl) & ~sum)) >>> 31)) | 0
    const th = (bh << 17) | (bl >>> 15)
    const tl = bl << 17
    ch ^= ah
    cl ^= al
    dh ^= bh
    dl ^= bl
    bh ^= ch
    bl ^= cl
    ah ^= dh
    al ^= dl
    ch ^= th
    cl ^= tl
    // Turned left by 45: by one half, and by 13.
    const turned = dh
    dh = (dl << 13) | (dh >>> 19)
    dl = (turned << 13) | (dl >>> 19)
  }
  state[0] = ah
  state[1] = al
  state[2] = bh
  state[3] = bl
  state[4] = ch
  state[5] = cl
  state[6] = dh
  state[7] = dl
}

/** The next word as a number from 0 to 1, neither of which it is (MTC-1). */
export const uniform = (state: State): number => {
  fill(state, 1)
  return share(high[0] as number, low[0] as number)
}

/** The next word as a whole number (MTC-1). */
export const word = (state: State): bigint => {
  fill(state, 1)
  return (BigInt((high[0] as number) >>> 0) << 32n) | BigInt((low[0] as number) >>> 0)
}
