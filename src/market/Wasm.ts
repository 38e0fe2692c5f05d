/**
 * Wasm: as much of WebAssembly as a loop over numbers needs, as functions that answer its bytes.
 *
 * A processor adds, shifts and mixes words of 64 bits as quickly as halves; JavaScript has them as objects
 * only. An expression is the bytes that leave its value, so that a loop is written here as in any language,
 * and what runs is what is read: there is no second compiler and no file of bytes.
 *
 * Laws: MTC-2 (spec/17-montecarlo.md).
 * Source: the codes are those of the WebAssembly Core Specification 1.0, 5.4 (instructions) and 5.5 (modules).
 */

import * as E from 'fp-ts/lib/Either.js'

// Model

/** A kind of value: whole numbers of 32 and of 64 bits, and of floating point. */
type Kind = 'i32' | 'i64' | 'f64'

/** Bytes that leave a value of that kind, or none. */
export type Code<K extends Kind | 'none'> = readonly number[] & { readonly leaves?: K }

/** A constant: a whole number of 32 bits with its sign, or any of floating point. */
type Of<K extends Kind> = (n: number) => Code<K>
type One<A extends Kind, B extends Kind> = (value: Code<A>) => Code<B>
type Two<A extends Kind, B extends Kind = A> = (left: Code<A>, right: Code<A>) => Code<B>
/** Memory is read and written so many bytes beyond a fixed address. */
type Load<K extends Kind> = (beyond: Code<'i32'>, address: number) => Code<K>
type Store<K extends Kind> = (beyond: Code<'i32'>, address: number, value: Code<K>) => Code<'none'>

/** Whole numbers of 32 bits, without a sign where one would matter; what a comparison finds is one too. */
interface Numbers32 {
  readonly of: Of<'i32'>
  /** The low half of a word. */
  readonly lowOf: One<'i64', 'i32'>
  readonly isBelow: Two<'i32'>
  readonly add: Two<'i32'>
  readonly and: Two<'i32'>
  readonly or: Two<'i32'>
  readonly shiftLeft: Two<'i32'>
  readonly shiftRight: Two<'i32'>
  readonly store: Store<'i32'>
}

/** Words of 64 bits. */
interface Words {
  readonly of: Of<'i64'>
  readonly add: Two<'i64'>
  readonly xor: Two<'i64'>
  readonly shiftLeft: Two<'i64'>
  /** To the right: what comes in is the sign. */
  readonly shiftSigned: Two<'i64'>
  readonly turnLeft: Two<'i64'>
  readonly load: Load<'i64'>
  readonly store: Store<'i64'>
}

/** Numbers of floating point. */
interface Reals {
  readonly of: Of<'f64'>
  /** The nearest to a word that has a sign. */
  readonly ofSigned: One<'i64', 'f64'>
  readonly abs: One<'f64', 'f64'>
  readonly isAtLeast: Two<'f64', 'i32'>
  readonly add: Two<'f64'>
  readonly multiply: Two<'f64'>
  readonly load: Load<'f64'>
  readonly store: Store<'f64'>
}

/** A variable, which starts at zero. */
interface Local<K extends Kind> {
  readonly kind: K
  readonly get: Code<K>
  readonly set: (value: Code<K>) => Code<'none'>
}

/**
 * A function without parameters, its variables in order of their places, that answers a whole number of 32
 * bits. It has a page of memory: 64 KiB.
 */
interface Program {
  readonly locals: readonly { readonly kind: Kind }[]
  readonly body: Code<'none'>
  readonly answer: Code<'i32'>
}

/** A program at work: the memory that it reads and writes never moves. */
interface Running {
  readonly memory: ArrayBuffer
  readonly run: () => number
}

/** What a host tells of it: TypeScript knows it as a part of browsers only. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (
    module: object,
  ) => {
    readonly exports: {
      readonly memory: { readonly buffer: ArrayBuffer }
      readonly run: () => number
    }
  }
}

// Constructors

/** A number not below zero, seven bits a byte, the lowest first. */
const count = (n: number): readonly number[] =>
  n < 128 ? [n] : [(n & 127) | 128, ...count(n >>> 7)]

/** The same with a sign, which the highest bit of the last byte repeats. */
const signed = (n: number): readonly number[] =>
  n >= -64 && n < 64 ? [n & 127] : [(n & 127) | 128, ...signed(n >> 7)]

const of =
  <K extends Kind>(code: number): Of<K> =>
  (n) => [code, ...signed(n)]

const one =
  <A extends Kind, B extends Kind>(code: number): One<A, B> =>
  (value) => [...value, code]

const two =
  <A extends Kind, B extends Kind = A>(code: number): Two<A, B> =>
  (left, right) => [...left, ...right, code]

/** Told with the address is the logarithm of what it is a multiple of. */
const load =
  <K extends Kind>(code: number, align: number): Load<K> =>
  (beyond, address) => [...beyond, code, align, ...count(address)]

const store =
  <K extends Kind>(code: number, align: number): Store<K> =>
  (beyond, address, value) => [...beyond, ...value, code, align, ...count(address)]

export const i32: Numbers32 = {
  of: of(0x41),
  lowOf: one(0xa7),
  isBelow: two(0x49),
  add: two(0x6a),
  and: two(0x71),
  or: two(0x72),
  shiftLeft: two(0x74),
  shiftRight: two(0x76),
  store: store(0x36, 2),
}

export const i64: Words = {
  of: of(0x42),
  add: two(0x7c),
  xor: two(0x85),
  shiftLeft: two(0x86),
  shiftSigned: two(0x87),
  turnLeft: two(0x89),
  load: load(0x29, 3),
  store: store(0x37, 3),
}

export const f64: Reals = {
  of: (x) => [0x44, ...bytesOf(x)],
  ofSigned: one(0xb9),
  abs: one(0x99),
  isAtLeast: two(0x66),
  add: two(0xa0),
  multiply: two(0xa2),
  load: load(0x2b, 3),
  store: store(0x39, 3),
}

const bytesOf = (x: number): Uint8Array => {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, x, true)
  return new Uint8Array(view.buffer)
}

/** The variable of that place among those of a program. */
export const local = <K extends Kind>(kind: K, place: number): Local<K> => ({
  kind,
  get: [0x20, ...count(place)],
  set: (value) => [...value, 0x21, ...count(place)],
})

/** What a module begins with: zero, "asm", and the version. */
const HEAD = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

/** Steps that leave nothing follow. */
const BLOCK = 0x40
const END = 0x0b

/** One after the other. */
export const inTurn = (...steps: readonly Code<'none'>[]): Code<'none'> => steps.flat()

/** Steps for where a comparison holds. */
export const when = (holds: Code<'i32'>, ...steps: readonly Code<'none'>[]): Code<'none'> => [
  ...holds,
  0x04,
  BLOCK,
  ...inTurn(...steps),
  END,
]

/** Steps once, and again as long as a comparison holds after them. */
export const loopWhile = (holds: Code<'i32'>, ...steps: readonly Code<'none'>[]): Code<'none'> => [
  0x03,
  BLOCK,
  ...inTurn(...steps),
  ...holds,
  0x0d,
  0,
  END,
]

const kinds: Readonly<Record<Kind, number>> = { i32: 0x7f, i64: 0x7e, f64: 0x7c }

const list = (items: readonly (readonly number[])[]): readonly number[] => [
  ...count(items.length),
  ...items.flat(),
]

const sized = (bytes: readonly number[]): readonly number[] => [...count(bytes.length), ...bytes]

/** A name. */
const text = (ascii: string): readonly number[] =>
  sized(Array.from(ascii, (letter) => letter.charCodeAt(0)))

const section = (id: number, items: readonly (readonly number[])[]): readonly number[] => [
  id,
  ...sized(list(items)),
]

// Interpretation

/** The module of a program: its sections are the type of the function, the function, memory, names and code. */
const moduleOf = ({ answer, body, locals }: Program): Uint8Array =>
  Uint8Array.from([
    ...HEAD,
    ...section(1, [[0x60, ...list([]), ...list([[kinds.i32]])]]),
    ...section(3, [count(0)]),
    // A page, and never more.
    ...section(5, [[1, 1, 1]]),
    ...section(7, [
      [...text('memory'), 2, 0],
      [...text('run'), 0, 0],
    ]),
    ...section(10, [
      sized([...list(locals.map(({ kind }) => [1, kinds[kind]])), ...body, ...answer, END]),
    ]),
  ])

/** Whether numbers of this host lie in memory as those of WebAssembly do, the lowest byte first. */
const isLowestFirst = (): boolean => new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

/** The program at work, or why this host does not run it: it has no WebAssembly, forbids it, or has another order of bytes. */
export const start = (program: Program): E.Either<string, Running> =>
  isLowestFirst()
    ? E.tryCatch(() => {
        const module = new WebAssembly.Module(moduleOf(program))
        const { memory, run } = new WebAssembly.Instance(module).exports
        return { memory: memory.buffer, run }
      }, String)
    : E.left('numbers lie in memory with the highest byte first')
