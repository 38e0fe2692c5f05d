/**
 * Tune: looks for settings whose mean of one figure, over days and seeds, is least. It says which settings are to be
 * tried next, on every case, and is told what they came to; the runs are the caller's, on as many processors as it has.
 *
 * Every setting is tried on the same cases, so that two of them differ by little that is chance. What was tried counts
 * once: points that round to the same settings are one.
 *
 * Laws: TUN-12 to TUN-14 (spec/23-tuning.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Terms } from '../core/index.js'
import * as Optimise from './Optimise.js'
import type { Point } from './Points.js'
import * as Space from './Space.js'
import * as Statistics from './Statistics.js'

// Model

/** What settings are called: what each is set to, in the order of the space. */
export type Texts = readonly string[]

/** Settings that were tried, and their figure on each case. */
export interface Tried extends Asked {
  readonly figures: readonly number[]
  readonly mean: number
}

export interface Plan {
  readonly space: Space.Space
  /** How many settings may be tried. */
  readonly budget: number
  readonly seed: bigint
}

export interface State {
  readonly plan: Plan
  readonly search: Optimise.Search
  /** By their texts; nothing where such settings are known to lose money. */
  readonly tried: ReadonlyMap<string, Tried | undefined>
}

/** Settings to be tried. */
export interface Asked {
  readonly texts: Texts
  readonly point: Point
  readonly terms: Terms.Terms
}

// Constructors

/** A search that begins at the settings that the terms have. */
export const start = (plan: Plan): State => {
  const { seed, space } = plan
  const from = space.settings.map((setting) => Space.coordinateOf(setting, space.terms))
  return { plan, search: Optimise.start(seed, space.settings.length, from), tried: new Map() }
}

// Queries

const keyOf = (texts: Texts): string => texts.join(' ')

export const textsAt = ({ settings }: Space.Space, point: Point): Texts =>
  settings.map((setting, i) => Space.textAt(setting, point[i] ?? 0))

/** What the settings are in the terms themselves. */
export const textsOf = ({ settings, terms }: Space.Space): Texts =>
  settings.map((setting) => Space.textIn(setting, terms))

/** What there is to be tried at a point; nothing where such settings are known to lose money. */
export const askedFor = (space: Space.Space, point: Point): Asked | undefined => {
  const safe = Space.safeAt(space, point)
  return E.isLeft(safe) ? undefined : { texts: textsAt(space, point), point, terms: safe.right }
}

/** The settings that were tried, in the order of trying. */
export const inOrder = ({ tried }: State): readonly Tried[] =>
  [...tried.values()].filter((one) => one !== undefined)

/** How many settings were tried. */
export const countOf = (state: State): number => inOrder(state).length

/** So many points of each setting are asked for at most: a search that finds nothing new to try has tried all there is. */
const MOST_ASKED = 100_000

/** And so many where none of them is safe: a look at each takes longer than a search that finds some. */
const MOST_UNSAFE = 1000

/** What there is to be tried of settings, if it is new and safe. */
const askedAt = (
  space: Space.Space,
  points: readonly Point[],
  known: State['tried'],
): readonly Asked[] => {
  const found = new Map<string, Asked>()
  for (const point of points) {
    const key = keyOf(textsAt(space, point))
    const asked = known.has(key) ? undefined : askedFor(space, point)
    if (asked !== undefined) found.set(key, asked)
  }
  return [...found.values()]
}

/** The settings to be tried next, not more than the budget leaves (TUN-12). */
export const next = (state: State): readonly Asked[] => {
  const { plan, search, tried } = state
  return isOver(state)
    ? []
    : askedAt(plan.space, Optimise.ask(search), tried).slice(0, plan.budget - countOf(state))
}

/** Whether there is nothing more to try. */
export const isOver = (state: State): boolean => {
  const { plan, search } = state
  const count = countOf(state)
  const most = count === 0 ? MOST_UNSAFE : MOST_ASKED
  return count >= plan.budget || search.asked > most * plan.space.settings.length
}

/** The settings that were tried, the best first (TUN-13). */
export const ranked = (state: State): readonly Tried[] =>
  [...inOrder(state)].sort((a, b) => a.mean - b.mean)

// Transitions

/** The search after what it asked for was tried: the figures of each, case by case, in the order of asking. */
export const told = (
  state: State,
  asked: readonly Asked[],
  figures: readonly (readonly number[])[],
): State => {
  const { plan, search } = state
  const tried = new Map(state.tried)
  for (const [i, one] of asked.entries()) {
    const own = figures[i] ?? []
    tried.set(keyOf(one.texts), { ...one, figures: own, mean: Statistics.mean(own) })
  }
  const means = Optimise.ask(search).map((point) => {
    const key = keyOf(textsAt(plan.space, point))
    if (!tried.has(key)) tried.set(key, undefined)
    return tried.get(key)?.mean ?? Infinity
  })
  return { plan, search: Optimise.tell(search, means), tried }
}

// Around the best

/** How far a setting is moved to see what it does, of its side. */
const STEP = 0.05

/** A setting a step down and up from a point, as far as the side goes. */
export const around = (point: Point, i: number): readonly [Point, Point] => {
  const at = (x: number): Point =>
    point.map((own, j) => (j === i ? Math.min(1, Math.max(0, x)) : own))
  const x = point[i] ?? 0
  return [at(x - STEP), at(x + STEP)]
}
