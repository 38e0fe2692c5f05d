/**
 * Laws of Ziggurat, ZigguratWasm and Wasm: spec/17-montecarlo.md.
 */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, expect, test, vi } from 'vitest'
import { Normal, Xoshiro } from '../../src/market/index.js'
import * as Wasm from '../../src/market/Wasm.js'
import * as Ziggurat from '../../src/market/Ziggurat.js'
import * as ZigguratWasm from '../../src/market/ZigguratWasm.js'
import { law } from '../law.js'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

const present = <A>(made: E.Either<string, A>): A => {
  if (E.isLeft(made)) throw new Error(made.left)
  return made.right
}

/** Numbers as their bits: 0 and -0 are two, and what is not a number is itself. */
const bits = (numbers: Float64Array): readonly bigint[] =>
  Array.from(new BigUint64Array(numbers.slice().buffer))

/** All that so many fillings of a state leave behind: so much that to print how two differ would take minutes. */
const filled = ({ draw, numbers, outside }: Ziggurat.Loop, from: Xoshiro.State, times: number) => {
  const state = from.slice()
  return Array.from({ length: times }, () => {
    const count = draw(state)
    const noted = Array.from(outside.subarray(0, count))
    return { numbers: bits(numbers), outside: noted, state: Array.from(state) }
  })
}

const half = fc.oneof(fc.integer(), fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31)))
const state = fc
  .array(half, { minLength: 8, maxLength: 8 })
  .map((halves): Xoshiro.State => Int32Array.from(halves))

const quick = present(ZigguratWasm.make(Ziggurat.tables))

law(
  'MTC-2',
  'WebAssembly and plain TypeScript draw the same from any state, bit for bit, and leave the same state',
  fc.property(state, (state) =>
    isDeepStrictEqual(filled(quick, state, 3), filled(Ziggurat.plain, state, 3)),
  ),
)

test('MTC-2 they do so over the streams of many seeds, tail and all', () => {
  const layers = new Set<number>()
  for (let seed = 0n; seed < 300n; seed++) {
    const from = Xoshiro.make(seed, Number(seed % 7n))
    const found = filled(quick, from, 4)
    const isSame = isDeepStrictEqual(found, filled(Ziggurat.plain, from, 4))
    expect(isSame, `seed ${seed}`).toBe(true)
    for (const { outside } of found) for (const told of outside) layers.add(told & 255)
  }
  expect(layers.size).toBe(256)
})

test('MTC-2 it is WebAssembly that draws here', () => {
  expect(Normal.numbers.buffer.byteLength).toBe(65_536)
})

/** Normal as it is on a host of which something else is true. */
const elsewhere = async (): Promise<typeof Normal> => {
  vi.resetModules()
  return (await import('../../src/market/index.js')).Normal
}

const made = ({ fill, make, numbers }: typeof Normal) => {
  const source = make(Xoshiro.make(11n, 0), Xoshiro.make(11n, 1))
  return Array.from({ length: 50 }, () => {
    fill(source)
    return bits(numbers)
  })
}

for (const [what, name, value] of [
  ['that has no WebAssembly', 'WebAssembly', undefined],
  [
    'that forbids it',
    'WebAssembly',
    {
      Module: function refused() {
        throw new Error('refused')
      },
    },
  ],
  [
    'of another order of bytes',
    'Uint16Array',
    { of: (n: number) => ({ buffer: Uint8Array.of(0, n).buffer }) },
  ],
] as const)
  test(`MTC-2 a host ${what} draws the same numbers`, async () => {
    vi.stubGlobal(name, value)
    const there = await elsewhere()
    expect(there.numbers.buffer.byteLength).toBe(8 * Xoshiro.MOST)
    expect(isDeepStrictEqual(made(there), made(Normal))).toBe(true)
  })

law(
  'MTC-2',
  'a constant of a program is the number that it was given',
  fc.property(half, fc.double(), (n, x) => {
    const { i32, i64, f64 } = Wasm
    const program = Wasm.start({
      locals: [],
      body: Wasm.inTurn(f64.store(i32.of(0), 0, f64.of(x)), i64.store(i32.of(8), 192, i64.of(n))),
      answer: i32.of(n),
    })
    const { memory, run } = present(program)
    expect(run()).toBe(n)
    expect(new Float64Array(memory, 0, 1)[0]).toBe(x)
    expect(new BigInt64Array(memory, 200, 1)[0]).toBe(BigInt(n))
  }),
)
