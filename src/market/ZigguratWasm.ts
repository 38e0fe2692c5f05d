/**
 * ZigguratWasm: the loop of Ziggurat, and the generator inside it, on words of 64 bits.
 *
 * It is `Ziggurat.plain` bit for bit, and three times as quick. Slow and rare things, which take a logarithm
 * or a power, stay outside, where they are done as ever.
 *
 * Laws: MTC-1, MTC-2 (spec/17-montecarlo.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as Wasm from './Wasm.js'
import * as Xoshiro from './Xoshiro.js'
import type { Loop, Tables } from './Ziggurat.js'

// Model

/** What lies where in memory, each after the one before it: a page holds it. */
const STATE = 0
const SCALE = STATE + 4 * 8
const CORE = SCALE + 256 * 8
const NUMBERS = CORE + 256 * 8
const OUTSIDE = NUMBERS + Xoshiro.MOST * 8

// Constructors

const { f64, i32, i64, inTurn, local, loopWhile, when } = Wasm

/** How many bytes after the start of `NUMBERS`, of `OUTSIDE` and of a table lies what is next. */
const place = local('i32', 0)
const noted = local('i32', 1)
const layer = local('i32', 2)
/** The state, and what the generator makes of it. */
const a = local('i64', 3)
const b = local('i64', 4)
const c = local('i64', 5)
const d = local('i64', 6)
const t = local('i64', 7)
const word = local('i64', 8)
const x = local('f64', 9)

const state = [a, b, c, d]

/** A state has the high half of a word first, memory the low one. */
const turned = (value: Wasm.Code<'i64'>): Wasm.Code<'i64'> => i64.turnLeft(value, i64.of(32))

const mix = (into: typeof a, from: typeof a): Wasm.Code<'none'> =>
  into.set(i64.xor(into.get, from.get))

/** The next word, as Xoshiro.fill has it. */
const nextWord = (): Wasm.Code<'none'> =>
  inTurn(
    word.set(i64.add(a.get, d.get)),
    t.set(i64.shiftLeft(b.get, i64.of(17))),
    mix(c, a),
    mix(d, b),
    mix(b, c),
    mix(a, d),
    mix(c, t),
    d.set(i64.turnLeft(d.get, i64.of(45))),
  )

/** Its number, as Ziggurat.numberOf has it: eight bits above the three lowest are eight times the layer. */
const nextNumber = (): Wasm.Code<'none'> => {
  const whole = f64.ofSigned(i64.shiftSigned(word.get, i64.of(11)))
  return inTurn(
    layer.set(i32.and(i32.lowOf(word.get), i32.of(255 * 8))),
    x.set(f64.multiply(f64.add(whole, f64.of(0.5)), f64.load(layer.get, SCALE))),
    f64.store(place.get, NUMBERS, x.get),
  )
}

/** A place times 256, and the layer: a place is eight bytes, and so is a layer. */
const note = (): Wasm.Code<'none'> => {
  const told = i32.or(i32.shiftLeft(place.get, i32.of(5)), i32.shiftRight(layer.get, i32.of(3)))
  return inTurn(i32.store(noted.get, OUTSIDE, told), noted.set(i32.add(noted.get, i32.of(4))))
}

const body = (): Wasm.Code<'none'> =>
  inTurn(
    ...state.map((part, i) => part.set(turned(i64.load(i32.of(STATE), 8 * i)))),
    loopWhile(
      i32.isBelow(place.get, i32.of(8 * Xoshiro.MOST)),
      nextWord(),
      nextNumber(),
      when(f64.isAtLeast(f64.abs(x.get), f64.load(layer.get, CORE)), note()),
      place.set(i32.add(place.get, i32.of(8))),
    ),
    ...state.map((part, i) => i64.store(i32.of(STATE), 8 * i, turned(part.get))),
  )

/** The loop, or why this host does not run it. */
export const make = ({ core, scale }: Tables): E.Either<string, Loop> =>
  pipe(
    Wasm.start({
      locals: [place, noted, layer, a, b, c, d, t, word, x],
      body: body(),
      answer: i32.shiftRight(noted.get, i32.of(2)),
    }),
    E.map(({ memory, run }) => {
      new Float64Array(memory, SCALE, 256).set(scale)
      new Float64Array(memory, CORE, 256).set(core)
      const words = new Int32Array(memory, STATE, 8)
      return {
        draw: (from) => {
          words.set(from)
          const count = run()
          from.set(words)
          return count
        },
        numbers: new Float64Array(memory, NUMBERS, Xoshiro.MOST),
        outside: new Int32Array(memory, OUTSIDE, Xoshiro.MOST),
      }
    }),
  )
