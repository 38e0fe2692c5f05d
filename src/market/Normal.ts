/**
 * Normal: normal numbers of mean 0 and variance 1, by a ziggurat of 256 layers.
 *
 * In floating point, on purpose. A word of the generator gives a number by one product and one
 * comparison; the one in eighty or so that falls outside its layer's core is made good afterwards, from
 * a second generator, so that neither loop calls anything.
 *
 * Laws: MTC-2 (spec/17-montecarlo.md).
 * Source: the ziggurat and its 256 layers from x = 3.6541528853610088 on (Marsaglia and Tsang, 2000);
 * the tail beyond it by Marsaglia (1964).
 */

import * as Xoshiro from './Xoshiro.js'

// Model

/** Where the lowest layer ends and the tail begins. */
export const TAIL_FROM = 3.6541528853610088

/** Where numbers come from: a generator, and words drawn ahead of a second one. It changes with every draw. */
export interface Source {
  readonly state: Xoshiro.State
  readonly spare: Spare
}

interface Spare {
  readonly state: Xoshiro.State
  readonly high: Int32Array
  readonly low: Int32Array
  next: number
}

interface Tables {
  /** What makes a number of a layer's width from a whole one of 53 bits with a sign. */
  readonly scale: Float64Array
  /** Below it, up or down, a number of a layer is under the curve for sure. */
  readonly core: Float64Array
  /** The curve at the two ends of a layer. */
  readonly low: Float64Array
  readonly high: Float64Array
}

// Constructors

/** The curve, one at its top: what it is divided by does not matter. */
const curve = (x: number): number => Math.exp(-0.5 * x * x)

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

const { core, high, low, scale } = /* @__PURE__ */ tablesOf()

/** Written out: the power would be taken again for each number. */
const TWO_21 = 2_097_152

/** How many words of the second generator are drawn at a time. */
const AHEAD = 64

/** The source of two generators. */
export const make = (state: Xoshiro.State, spare: Xoshiro.State): Source => ({
  state,
  spare: { state: spare, high: new Int32Array(AHEAD), low: new Int32Array(AHEAD), next: AHEAD },
})

/** Named here for the reason that Xoshiro gives. */
const upper = Xoshiro.high
const lower = Xoshiro.low

const out = /* @__PURE__ */ new Float64Array(Xoshiro.MOST)

/** The numbers of the last filling, until the next. */
export const numbers: Float64Array = out

/** The numbers of one filling that are to be made good: the place times 256, and the layer. */
const outside = /* @__PURE__ */ new Int32Array(Xoshiro.MOST)

/** The layer that the low half of a word tells: by eight bits above the three lowest, its weakest. */
const layerOf = (low: number): number => (low >>> 3) & 255

/** The number of a layer that a word tells: its 53 highest bits, with a sign, and a half. */
const numberOf = (high: number, low: number, scale: number): number =>
  (high * TWO_21 + (low >>> 11) + 0.5) * scale

// Transitions

/** The place of the next word of the second generator. */
const nextOf = (spare: Spare): number => {
  if (spare.next === AHEAD) {
    Xoshiro.fill(spare.state, AHEAD)
    spare.high.set(Xoshiro.high.subarray(0, AHEAD))
    spare.low.set(Xoshiro.low.subarray(0, AHEAD))
    spare.next = 0
  }
  const place = spare.next
  spare.next = place + 1
  return place
}

const uniform = (spare: Spare): number => {
  const place = nextOf(spare)
  return Xoshiro.share(spare.high[place] as number, spare.low[place] as number)
}

/** A number of the tail: exponential, kept as often as the curve falls faster than that. */
const tail = (spare: Spare): number => {
  for (;;) {
    const x = -Math.log(uniform(spare)) / TAIL_FROM
    const y = -Math.log(uniform(spare))
    if (2 * y >= x * x) return TAIL_FROM + x
  }
}

/** A number of a layer outside its core: itself where it is under the curve, else the next one that is (MTC-2). */
const madeGood = (spare: Spare, layer: number, x: number): number => {
  for (;;) {
    if (layer === 0) return Math.sign(x) * tail(spare)
    const bottom = low[layer] as number
    const top = high[layer] as number
    if (bottom + (top - bottom) * uniform(spare) < curve(x)) return x
    const place = nextOf(spare)
    const rest = spare.low[place] as number
    layer = layerOf(rest)
    x = numberOf(spare.high[place] as number, rest, scale[layer] as number)
    if (Math.abs(x) < (core[layer] as number)) return x
  }
}

/**
 * Puts the next Xoshiro.MOST normal numbers into `numbers` (MTC-2): one of each word of the first
 * generator; what the core of a layer does not settle, the second one does.
 */
export const fill = ({ spare, state }: Source): void => {
  Xoshiro.fill(state, Xoshiro.MOST)
  const count = draw()
  for (let i = 0; i < count; i++) {
    const found = outside[i] as number
    const place = found >> 8
    out[place] = madeGood(spare, found & 255, out[place] as number)
  }
}

/** The quick part: how many of the numbers are outside their layer's core. */
const draw = (): number => {
  let count = 0
  for (let i = 0; i < Xoshiro.MOST; i++) {
    const rest = lower[i] as number
    const layer = layerOf(rest)
    const x = numberOf(upper[i] as number, rest, scale[layer] as number)
    out[i] = x
    if (Math.abs(x) >= (core[layer] as number)) {
      outside[count] = (i << 8) | layer
      count = (count + 1) | 0
    }
  }
  return count
}
