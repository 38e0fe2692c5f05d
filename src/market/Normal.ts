/**
 * Normal: normal numbers of mean 0 and variance 1, by a ziggurat of 256 layers.
 *
 * In floating point, on purpose. Most numbers come of one word each (Ziggurat); the one in eighty or so that
 * falls outside its layer's core is made good afterwards, from a second generator, so that neither loop calls anything.
 *
 * Laws: MTC-2 (spec/17-montecarlo.md).
 * Source: the ziggurat (Marsaglia and Tsang, 2000); the tail beyond it by Marsaglia (1964).
 */

import * as E from 'fp-ts/lib/Either.js'
import * as Xoshiro from './Xoshiro.js'
import * as Ziggurat from './Ziggurat.js'
import * as ZigguratWasm from './ZigguratWasm.js'

// Model

export { TAIL_FROM } from './Ziggurat.js'

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

// Constructors

const { core, high, low } = Ziggurat.tables

/** How many words of the second generator are drawn at a time. */
const AHEAD = 64

/** The source of two generators. */
export const make = (state: Xoshiro.State, spare: Xoshiro.State): Source => ({
  state,
  spare: { state: spare, high: new Int32Array(AHEAD), low: new Int32Array(AHEAD), next: AHEAD },
})

/** WebAssembly draws where the host has it: what is drawn is the same, bit for bit. */
const {
  draw,
  numbers: out,
  outside,
} = /* @__PURE__ */ E.getOrElse(() => Ziggurat.plain)(
  /* @__PURE__ */ ZigguratWasm.make(Ziggurat.tables),
)

/** The numbers of the last filling, until the next. */
export const numbers: Float64Array = out

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
    const x = -Math.log(uniform(spare)) / Ziggurat.TAIL_FROM
    const y = -Math.log(uniform(spare))
    if (2 * y >= x * x) return Ziggurat.TAIL_FROM + x
  }
}

/** A number of a layer outside its core: itself where it is under the curve, else the next one that is (MTC-2). */
const madeGood = (spare: Spare, layer: number, x: number): number => {
  for (;;) {
    if (layer === 0) return Math.sign(x) * tail(spare)
    const bottom = low[layer] as number
    const top = high[layer] as number
    if (bottom + (top - bottom) * uniform(spare) < Ziggurat.curve(x)) return x
    const place = nextOf(spare)
    const rest = spare.low[place] as number
    layer = Ziggurat.layerOf(rest)
    x = Ziggurat.numberOf(spare.high[place] as number, rest, layer)
    if (Math.abs(x) < (core[layer] as number)) return x
  }
}

/**
 * Puts the next Xoshiro.MOST normal numbers into `numbers` (MTC-2): one of each word of the first
 * generator; what the core of a layer does not settle, the second one does.
 */
export const fill = ({ spare, state }: Source): void => {
  const count = draw(state)
  for (let i = 0; i < count; i++) {
    const found = outside[i] as number
    const place = found >> 8
    out[place] = madeGood(spare, found & 255, out[place] as number)
  }
}
