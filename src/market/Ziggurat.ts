/**
 * Ziggurat: 256 layers of equal area over the curve of normal numbers, and the loop that draws from them.
 *
 * In floating point, on purpose. A word of the generator gives a number by one product and one comparison;
 * which numbers fall outside their layer's core is noted, and Normal makes them good, so that the loop calls nothing.
 *
 * Laws: MTC-2 (spec/17-montecarlo.md).
 * Source: the ziggurat and its 256 layers from x = 3.6541528853610088 on (Marsaglia and Tsang, 2000).
 */

import * as Xoshiro from './Xoshiro.js'

// Model

/** Where the lowest layer ends and the tail begins. */
export const TAIL_FROM = 3.6541528853610088

export interface Tables {
  /** What makes a number of a layer's width from a whole one of 53 bits with a sign. */
  readonly scale: Float64Array
  /** Below it, up or down, a number of a layer is under the curve for sure. */
  readonly core: Float64Array
  /** The curve at the two ends of a layer. */
  readonly low: Float64Array
  readonly high: Float64Array
}

/** A loop that draws, and what it writes: the same numbers whoever runs it (MTC-2). */
export interface Loop {
  /** Numbers of the next Xoshiro.MOST words; answers how many of them are outside their layer's core. */
  readonly draw: (state: Xoshiro.State) => number
  readonly numbers: Float64Array
  /** Those outside: the place times 256, and the layer. */
  readonly outside: Int32Array
}

// Constructors

/** The curve, one at its top: what it is divided by does not matter. */
export const curve = (x: number): number => Math.exp(-0.5 * x * x)

/** The area beyond `x`, by the continued fraction of Laplace: 60 terms are exact where the tail begins. */
const beyond = (x: number): number => {
  let fraction = 0
  for (let n = 60; n > 0; n--) fraction = n / (x + fraction)
  return curve(x) / (x + fraction)
}

/** The widths of layers of equal area from the tail up: the lowest one is as wide as its area, tail included, asks for. */
const widths = (): readonly number[] => {
  const area = TAIL_FROM * curve(TAIL_FROM) + beyond(TAIL_FROM)
  const found = [area / curve(TAIL_FROM), TAIL_FROM]
  for (let i = 2; i < 256; i++) {
    const x = found[i - 1] as number
    found.push(Math.sqrt(-2 * Math.log(area / x + curve(x))))
  }
  return [...found, 0]
}

const tablesOf = (): Tables => {
  const all = widths()
  const [from, to] = [all.slice(0, 256), all.slice(1)]
  return {
    scale: Float64Array.from(from, (width) => width * 2 ** -52),
    core: Float64Array.from(to),
    low: Float64Array.from(from, curve),
    high: Float64Array.from(to, curve),
  }
}

export const tables: Tables = /* @__PURE__ */ tablesOf()

/** Named here for the reason that Xoshiro gives. */
const { core, scale } = tables
const upper = Xoshiro.high
const lower = Xoshiro.low
const numbers = /* @__PURE__ */ new Float64Array(Xoshiro.MOST)
const outside = /* @__PURE__ */ new Int32Array(Xoshiro.MOST)

/** Written out: the power would be taken again for each number. */
const TWO_21 = 2_097_152

// Queries

/** The layer that the low half of a word tells: by eight bits above the three lowest, its weakest. */
export const layerOf = (low: number): number => (low >>> 3) & 255

/** The number of a layer that a word tells: its 53 highest bits, with a sign, and a half. */
export const numberOf = (high: number, low: number, layer: number): number =>
  (high * TWO_21 + (low >>> 11) + 0.5) * (scale[layer] as number)

// Transitions

/** What the words of the last filling tell. */
const numbersOfWords = (): number => {
  let count = 0
  for (let i = 0; i < Xoshiro.MOST; i++) {
    const rest = lower[i] as number
    const layer = layerOf(rest)
    const x = numberOf(upper[i] as number, rest, layer)
    numbers[i] = x
    if (Math.abs(x) >= (core[layer] as number)) {
      outside[count] = (i << 8) | layer
      count = (count + 1) | 0
    }
  }
  return count
}

const draw = (state: Xoshiro.State): number => {
  Xoshiro.fill(state, Xoshiro.MOST)
  return numbersOfWords()
}

/** The loop as anyone can run it. */
export const plain: Loop = { draw, numbers, outside }
