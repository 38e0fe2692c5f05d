/**
 * Watch: positions by the price at which they become unsafe, so that a move of the price names those
 * that do without a look at the others.
 *
 * What is unsafe is decided by the core's own test, `Position.liquidatable`: no position is unsafe here that
 * is safe there, nor the other way round.
 *
 * Laws: BOK-2 to BOK-6 (spec/22-book.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed, Position, type Terms } from '../core/index.js'
import * as Tree from './Tree.js'

// Model

/**
 * When a position is unsafe: whether or not the asset has a price; at every price; at a price of at most
 * `edge`; never.
 */
type When = 'Regardless' | 'Always' | 'AtMost' | 'Never'

interface Watched {
  readonly position: Position.Position
  readonly when: When
  readonly edge: Fixed.Ray
}

/** Positions of one line, by the price of one asset; what they hold of others counts at the prices given. */
export interface Watch {
  readonly terms: Terms.Terms
  readonly asset: string
  readonly quotes: readonly Position.Quote[]
  readonly byEdge: Tree.Tree<Watched>
  readonly byId: Tree.Tree<Watched>
}

/** What cannot be watched, and why. */
export interface Unwatchable {
  readonly _tag: 'Unwatchable'
  readonly rule: 'BOK-2'
  readonly what: 'asset' | 'line' | 'id'
  readonly found: string
  readonly wanted: string
}

// Constructors

const places: Readonly<Record<When, number>> = { Regardless: 0, Always: 1, AtMost: 2, Never: 3 }

/** By id, by UTF-16 units. */
const byId: Tree.Order<Watched> = (a, b) =>
  a.position.id === b.position.id ? 0 : a.position.id < b.position.id ? -1 : 1

/** Those that are unsafe at the higher prices first. */
const byEdge: Tree.Order<Watched> = (a, b) => {
  if (a.when !== b.when) return places[a.when] - places[b.when]
  return a.edge === b.edge ? byId(a, b) : a.edge > b.edge ? -1 : 1
}

type Setting = Pick<Watch, 'asset' | 'quotes' | 'terms'>

const isUnsafe = (
  { asset, quotes, terms }: Setting,
  position: Position.Position,
  price: Fixed.Ray,
): boolean =>
  E.isRight(
    Position.liquidatable(terms, position, [{ asset, risk: price, market: price }, ...quotes]),
  )

const none = Fixed.ray(0n)
const least = Fixed.ray(1n)

/** The edge of a position, by the core's formula; and by its test, where it has none. */
const watched = (setting: Setting, position: Position.Position): Watched => {
  const { asset, quotes, terms } = setting
  const edge = Position.unsafeAt(terms, position, quotes, asset)
  if (edge._tag === 'Some')
    // A debt that no word of the terms' width holds is never judged.
    return isUnsafe(setting, position, edge.value)
      ? { position, when: 'AtMost', edge: edge.value }
      : { position, when: 'Never', edge: none }
  if (!isUnsafe(setting, position, least)) return { position, when: 'Never', edge: none }
  const when = isUnsafe(setting, position, none) ? 'Regardless' : 'Always'
  return { position, when, edge: none }
}

const unwatchable = (
  what: Unwatchable['what'],
  found: string,
  wanted: string,
): E.Either<Unwatchable, never> =>
  E.left({ _tag: 'Unwatchable', rule: 'BOK-2', what, found, wanted })

const otherLine = ({ terms }: Setting, { line }: Position.Position): E.Either<Unwatchable, never> =>
  unwatchable('line', line, `a position of the line ${terms.line}`)

/**
 * Watches positions by the price of an asset (BOK-2). `quotes` has the prices of the other assets: of
 * the asset's own, none counts. Refuses an asset that the terms do not accept, a position of another line, and an id that stands twice.
 */
export const make = (
  terms: Terms.Terms,
  asset: string,
  quotes: readonly Position.Quote[],
  positions: readonly Position.Position[],
): E.Either<Unwatchable, Watch> => {
  const setting = { terms, asset, quotes }
  if (!terms.collaterals.some((one) => one.asset === asset))
    return unwatchable('asset', asset, `an asset that the line ${terms.line} accepts`)
  const other = positions.find(({ line }) => line !== terms.line)
  if (other !== undefined) return otherLine(setting, other)
  const all = positions.map((position) => watched(setting, position)).sort(byId)
  const twice = all.find((one, i) => one.position.id === all[i - 1]?.position.id)
  if (twice !== undefined) return unwatchable('id', twice.position.id, 'an id that stands once')
  // Made anew in the order of their edges, so that those of a move lie together in memory.
  const inOrder = [...all].sort(byEdge).map((one) => ({ ...one }))
  return E.right({
    ...setting,
    byId: Tree.ofSorted(all),
    byEdge: Tree.ofSorted(inOrder),
  })
}

// Queries

/** How many positions are watched. */
export const size = (watch: Watch): number => Tree.size(watch.byId)

const reaches =
  (price: Fixed.Ray) =>
  ({ edge, when }: Watched): boolean =>
    when === 'Regardless' ||
    (price > 0n && (when === 'Always' || (when === 'AtMost' && edge >= price)))

const nobody = (): boolean => false

const stretch = (
  { byEdge }: Watch,
  passed: (one: Watched) => boolean,
  reached: (one: Watched) => boolean,
): readonly Position.Position[] =>
  Tree.stretch(byEdge, passed, reached).map(({ position }) => position)

/**
 * The positions that are unsafe at a price of the asset (BOK-3): those that become so at the higher
 * prices first, then by id. A price that is not above zero is none: then those that do not need one are left.
 */
export const unsafeAt = (watch: Watch, price: Fixed.Ray): readonly Position.Position[] =>
  stretch(watch, nobody, reaches(price))

/** The positions that are unsafe at a price and were not at the one before, in the same order (BOK-4). */
export const newlyUnsafe = (
  watch: Watch,
  before: Fixed.Ray,
  now: Fixed.Ray,
): readonly Position.Position[] => stretch(watch, reaches(before), reaches(now))

/** A position as it is watched. */
const found = (watch: Watch, position: Pick<Position.Position, 'id'>): Watched | undefined =>
  // Only the id has a part in the order.
  Tree.find(
    byId,
    { position: position as Position.Position, when: 'Never', edge: none },
    watch.byId,
  )

// Transitions

/** Without the position of an id; as it was, where it watches none of it (BOK-5). */
export const remove = (watch: Watch, id: string): Watch => {
  const old = found(watch, { id })
  return old === undefined
    ? watch
    : {
        ...watch,
        byId: Tree.remove(byId, old, watch.byId),
        byEdge: Tree.remove(byEdge, old, watch.byEdge),
      }
}

/** With a position, in the place of the one of its id (BOK-5). Refuses one of another line (BOK-2). */
export const add = (watch: Watch, position: Position.Position): E.Either<Unwatchable, Watch> => {
  if (position.line !== watch.terms.line) return otherLine(watch, position)
  const one = watched(watch, position)
  const rest = remove(watch, position.id)
  return E.right({
    ...rest,
    byId: Tree.add(byId, one, rest.byId),
    byEdge: Tree.add(byEdge, one, rest.byEdge),
  })
}
