/**
 * Space: which settings of some terms are varied, from where to where; and the terms at any point between.
 *
 * A setting is named by its path in the terms as JSON, or by the end of that path where no other setting has the same:
 * `markup`, `curve.stepEvery`, `reward.flat`. What it is set to is decimal text: the terms are exact at every point.
 *
 * Laws: TUN-8 to TUN-10 (spec/23-tuning.md).
 *
 * @example
 * const space = Space.make(terms, [{ name: 'markup', from: 1.05, to: 1.4 }])
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Csv, Json, Shape, TermsJson } from '../codec/index.js'
import { type Hazard, Terms } from '../core/index.js'
import type { Point } from './Points.js'

// Model

/** What is asked for: a setting, and between which values it is varied. */
export interface Range {
  readonly name: string
  readonly from: number
  readonly to: number
  /** Whether equal steps are equal shares: of a whole number of seconds, or of a sum of money. */
  readonly scale?: 'linear' | 'log'
}

export interface Setting extends Required<Range> {
  readonly path: Json.Path
  /** Whether it counts something, as seconds do, and is a whole number. */
  readonly isWhole: boolean
}

export interface Space {
  readonly terms: Terms.Terms
  readonly settings: readonly Setting[]
}

/** Why something cannot be varied so. */
export type Unfit =
  | {
      readonly _tag: 'NoSuchSetting'
      readonly rule: 'TUN-8'
      readonly name: string
      /** Those that are named most alike, the nearest first. */
      readonly nearest: readonly string[]
    }
  | {
      readonly _tag: 'ManySettings'
      readonly rule: 'TUN-8'
      readonly name: string
      readonly paths: readonly string[]
    }
  | {
      readonly _tag: 'EmptyRange'
      readonly rule: 'TUN-9'
      readonly name: string
      readonly why: string
    }
  | { readonly _tag: 'SameSetting'; readonly rule: 'TUN-8'; readonly name: string }
  | NoSuchValue

/** A setting is not a number of this form. */
export interface NoSuchValue {
  readonly _tag: 'NoSuchValue'
  readonly rule: 'TUN-8'
  readonly name: string
  readonly found: string
  readonly wanted: string
}

// Names

type Leaf = { readonly path: Json.Path; readonly text: string }

/** Settings that say which terms these are, not how they sell. */
const identity: ReadonlySet<string> = new Set(['line', 'version', 'format', 'asset'])

const decimal = /^-?\d+(\.\d+)?$/

/** Every setting that is a number, with its path. */
const leaves = (value: unknown, path: Json.Path = []): readonly Leaf[] => {
  if (typeof value === 'string') return decimal.test(value) ? [{ path, text: value }] : []
  if (Array.isArray(value)) return value.flatMap((one, i) => leaves(one, [...path, i]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, one]) =>
    identity.has(name) ? [] : leaves(one, [...path, name]),
  )
}

/** Settings that go by other names where people speak of them. */
const words: Readonly<Record<string, string>> = {
  resetAfter: 'reset.after',
  resetBelow: 'reset.below',
  flatReward: 'reward.flat',
  rewardRate: 'reward.rate',
}

/** How many letters are to be changed, put in or left out to make one word of another. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(
        Math.min(
          (row[j] as number) + 1,
          (next[j - 1] as number) + 1,
          (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row[b.length] as number
}

/** Those of some names that are most like a word, the nearest first. */
export const nearest = (word: string, all: readonly string[], most = 3): readonly string[] =>
  [...all].sort((a, b) => distance(word, a) - distance(word, b)).slice(0, most)

const encoded = (terms: Terms.Terms): unknown => TermsJson.codec.encode(terms)

/** The names of all settings of terms, as short as they are without a doubt. */
export const names = (terms: Terms.Terms): readonly string[] => {
  const paths = leaves(encoded(terms)).map(({ path }) => Json.show(path))
  return paths.map((path) => {
    const parts = path.split('.')
    for (let from = parts.length - 1; from > 0; from--) {
      const end = parts.slice(from).join('.')
      if (paths.filter((other) => other === end || other.endsWith(`.${end}`)).length === 1)
        return end
    }
    return path
  })
}

// Constructors

const find = (terms: Terms.Terms, name: string): E.Either<Unfit, Leaf> => {
  const all = leaves(encoded(terms))
  const end = words[name] ?? name
  const found = all.filter(({ path }) => {
    const text = Json.show(path)
    return text === end || text.endsWith(`.${end}`)
  })
  const [one, other] = found
  if (one !== undefined && other === undefined) return E.right(one)
  if (one !== undefined)
    return E.left({
      _tag: 'ManySettings',
      rule: 'TUN-8',
      name,
      paths: found.map(({ path }) => Json.show(path)),
    })
  return E.left({
    _tag: 'NoSuchSetting',
    rule: 'TUN-8',
    name,
    nearest: nearest(name, names(terms)),
  })
}

/** Whether a setting has to be a whole number: what the codec makes of a half of it. */
const isWhole = (terms: Terms.Terms, path: Json.Path): boolean =>
  E.isLeft(decode(set(encoded(terms), path, '1.5')))

const settingOf =
  (terms: Terms.Terms) =>
  (range: Range): E.Either<Unfit, Setting> => {
    const { from, name, scale = 'linear', to } = range
    const empty = (why: string): E.Either<Unfit, never> =>
      E.left({ _tag: 'EmptyRange', rule: 'TUN-9', name, why })
    const found = find(terms, name)
    if (E.isLeft(found)) return found
    const { path } = found.right
    const whole = isWhole(terms, path)
    if (!(Number.isFinite(from) && Number.isFinite(to))) return empty('both ends are numbers')
    if (!(from < to)) return empty('the first end is below the other')
    if (scale === 'log' && !(from > 0)) return empty('on a scale of shares both ends are above 0')
    if (whole && Math.ceil(from) > Math.floor(to)) return empty('there is a whole number between')
    return E.right({ name, from, to, scale, path, isWhole: whole })
  }

/** A setting is varied once, whatever it is called. */
const once = (settings: readonly Setting[]): E.Either<Unfit, readonly Setting[]> => {
  const paths = settings.map(({ path }) => Json.show(path))
  const again = settings.find((_, i) => paths.indexOf(paths[i] ?? '') !== i)
  return again === undefined
    ? E.right(settings)
    : E.left({ _tag: 'SameSetting', rule: 'TUN-8', name: again.name })
}

/** The settings of terms that are varied. Refused as Unfit (TUN-8, TUN-9). */
export const make = (terms: Terms.Terms, ranges: readonly Range[]): E.Either<Unfit, Space> =>
  pipe(
    ranges,
    E.traverseArray(settingOf(terms)),
    E.chain(once),
    E.map((settings) => ({ terms, settings })),
  )

// Queries

/** How many digits of a value count: more make no difference that anybody could measure. */
const DIGITS = 6

/** A number as decimal text without an exponent, rounded to so many digits. */
const inDecimals = (exact: number): string => {
  if (exact === 0) return '0'
  const value = Number(exact.toPrecision(DIGITS))
  const places = DIGITS - 1 - Math.floor(Math.log10(Math.abs(value)))
  const text = value.toFixed(Math.min(100, Math.max(0, places)))
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}

/** What lies at a coordinate from 0 to 1 between the ends of a setting, before it is rounded. */
export const valueAt = ({ from, scale, to }: Range, x: number): number => {
  const value = scale === 'log' ? from * (to / from) ** x : from + x * (to - from)
  return Math.min(to, Math.max(from, value))
}

/** What a setting is set to at a coordinate from 0 to 1 (TUN-10). */
export const textAt = (setting: Setting, x: number): string => {
  const { from, isWhole, to } = setting
  const inside = valueAt(setting, x)
  if (!isWhole) return inDecimals(inside)
  return String(Math.min(Math.floor(to), Math.max(Math.ceil(from), Math.round(inside))))
}

/** What a setting is in terms. */
export const textIn = ({ path }: Setting, terms: Terms.Terms): string =>
  leaves(encoded(terms)).find((leaf) => Json.show(leaf.path) === Json.show(path))?.text ?? ''

/** The coordinate at which a setting has its value in terms, at most 1 and at least 0. */
export const coordinateOf = (setting: Setting, terms: Terms.Terms): number => {
  const { from, scale, to } = setting
  const value = Number(textIn(setting, terms))
  const x =
    scale === 'log' ? Math.log(value / from) / Math.log(to / from) : (value - from) / (to - from)
  return Math.min(1, Math.max(0, x))
}

const set = (value: unknown, [first, ...rest]: Json.Path, text: string): unknown => {
  if (first === undefined) return text
  if (Array.isArray(value))
    return value.map((one: unknown, i) => (i === first ? set(one, rest, text) : one))
  const record = value as Readonly<Record<string, unknown>>
  return { ...record, [first]: set(record[first], rest, text) }
}

const decode = (value: unknown): E.Either<Csv.Problem, Terms.Terms> =>
  Shape.read(TermsJson.codec, { value, lineOf: () => 1 })

/** The path of a setting in terms as JSON, such as 'collaterals[0].sale.markup'. Refused as Unfit (TUN-8). */
export const pathOf = (terms: Terms.Terms, name: string): E.Either<Unfit, string> =>
  pipe(
    find(terms, name),
    E.map(({ path }) => Json.show(path)),
  )

/** Terms with what stands at a path of them as JSON as this text has it, whatever is known to be wrong with them. */
export const putAt = (
  terms: Terms.Terms,
  path: Json.Path,
  text: string,
): E.Either<Csv.Problem, Terms.Terms> => decode(set(encoded(terms), path, text))

/** Terms with a setting as this text has it, whatever is known to be wrong with them. Refused as Unfit (TUN-8). */
export const put = (terms: Terms.Terms, name: string, text: string): E.Either<Unfit, Terms.Terms> =>
  pipe(
    find(terms, name),
    E.chain(({ path }) =>
      pipe(
        putAt(terms, path, text),
        E.mapLeft(({ found, wanted }): Unfit => {
          const problem = { rule: 'TUN-8', name, found, wanted } as const
          return { _tag: 'NoSuchValue', ...problem }
        }),
      ),
    ),
  )

/** The terms at a point, whatever is known to be wrong with them (TUN-10). */
export const termsAt = (
  { settings, terms }: Space,
  point: Point,
): E.Either<Csv.Problem, Terms.Terms> =>
  decode(
    settings.reduce(
      (value, setting, i) => set(value, setting.path, textAt(setting, point[i] ?? 0)),
      encoded(terms),
    ),
  )

/** The terms at a point, or what is known to lose money in them: such are not tried (TUN-10). */
export const safeAt = (
  space: Space,
  point: Point,
): E.Either<readonly Hazard.Hazard[], Terms.Terms> => {
  const terms = termsAt(space, point)
  return E.isLeft(terms) ? E.left([]) : Terms.make(terms.right)
}
