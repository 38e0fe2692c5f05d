/**
 * Edge: the two numbers next to each other between which what becomes of a command changes.
 *
 * No threshold is named here: a number of a command, or of what comes before it, is moved until the outcome is another,
 * and the place where it turns is found by halving. So every comparison that any rule makes has its edges found.
 */

import { Book } from '../../src/engine/index.js'
import type { Position } from '../../src/index.js'
import type { Random } from '../random.js'
import { outcome } from './outcome.js'

// Model

/** What changes a book: a position that is put into it, or a command. */
export type Item =
  | { readonly _tag: 'Hold'; readonly position: Position.Position }
  | { readonly _tag: 'Ask'; readonly command: Book.Command }

/** Some items, the last of which is what matters. */
export type Script = readonly Item[]

/** Two scripts of which one number differs by one, and the outcome. */
export interface Edge {
  readonly below: Script
  readonly above: Script
}

type Path = readonly (string | number)[]

// Numbers in values

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The ways to all numbers in a value. */
const numbers = (value: unknown, path: Path = []): readonly Path[] => {
  if (typeof value === 'bigint' || typeof value === 'number') return [path]
  return isNode(value)
    ? Object.entries(value).flatMap(([key, one]) => numbers(one, [...path, key]))
    : []
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((node, key) => (isNode(node) ? node[key] : undefined), value)

/** The value with another number in one place, of the kind that stands there. */
const put = <A>(value: A, path: Path, n: bigint): A => {
  const [key, ...rest] = path
  if (key === undefined) return (typeof value === 'number' ? Number(n) : n) as A
  if (Array.isArray(value))
    return value.map((one: unknown, i) => (String(i) === key ? put(one, rest, n) : one)) as A
  return { ...value, [key]: put((value as Readonly<Record<string, unknown>>)[key], rest, n) }
}

// Trying

/** A book that may be changed without the other. */
const copy = (book: Book.Book): Book.Book => ({
  ...book,
  positions: new Map(book.positions),
  lots: new Map(book.lots),
  queue: new Map(book.queue),
})

const tryLast = (book: Book.Book, item: Item | undefined): string =>
  item?._tag === 'Ask' ? outcome(book, item.command, Book.decide(book, item.command)) : 'held'

/** What becomes of the last of some items; the book stays as it is. */
export const tried = (book: Book.Book, script: Script): string => {
  if (script.length === 1) return tryLast(book, script[0])
  const own = copy(book)
  for (const item of script.slice(0, -1))
    if (item._tag === 'Hold') Book.hold(own, item.position)
    else Book.step(own, item.command)
  return tryLast(own, script.at(-1))
}

const LATEST = BigInt(Number.MAX_SAFE_INTEGER)

/** Another number to look at: near, or at the ends of what there is. */
const other = (random: Random, n: bigint, isNumber: boolean): bigint => {
  const near = random.pick([n + 1n, n - 1n, n + 9n, n + 300n, n * 2n, n / 2n, n * 1000n, 0n]) ?? 0n
  if (random.chance(0.7)) return near
  return isNumber
    ? (random.pick([2n ** 48n, LATEST, 0n, n + 100_000n]) ?? 0n)
    : (random.pick([-1n, 1n, 10n ** 18n, 10n ** 27n, 10n ** 45n, 2n ** 256n, 2n ** 258n]) ?? 0n)
}

/** A script with another number in a place or two: what breaks two rules at once tells which is looked at first. */
export const spoilt = (random: Random, script: Script): Script => {
  const path = random.pick(numbers(script.slice(-1)))
  if (path === undefined) return script
  const found = valueAt(script.slice(-1), path) as number | bigint
  const n = other(random, BigInt(found), typeof found === 'number')
  return [...script.slice(0, -1), ...put(script.slice(-1), path, n)]
}

/** An edge of the outcome of a script by one of its numbers, if the number taken shows one. */
export const edge = (random: Random, book: Book.Book, script: Script): Edge | undefined => {
  const path = random.pick(numbers(script))
  if (path === undefined) return undefined
  const found = valueAt(script, path)
  const isNumber = typeof found === 'number'
  const from = BigInt(found as number | bigint)
  const to = other(random, from, isNumber)
  if (isNumber && (to > LATEST || to < -LATEST)) return undefined
  const outcomeAt = (n: bigint): string => tried(book, put(script, path, n))
  const first = outcomeAt(from)
  if (from === to || outcomeAt(to) === first) return undefined
  let same = from
  let different = to
  while (same - different > 1n || different - same > 1n) {
    const middle = (same + different) / 2n
    if (outcomeAt(middle) === first) same = middle
    else different = middle
  }
  const [low, high] = same < different ? [same, different] : [different, same]
  return { below: put(script, path, low), above: put(script, path, high) }
}
