/**
 * Settings: what is set in the terms of a log, so that its lots are sold otherwise.
 *
 * Laws: WIF-7 (spec/30-whatif.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { HazardsJson } from '../codec/index.js'
import { type Hazard, Terms } from '../core/index.js'
import * as Space from './Space.js'

// Model

/** A setting by its name (TUN-8), and what it is set to. */
export interface Setting {
  readonly name: string
  readonly text: string
}

/** Why terms cannot be changed so. */
export type Unfit =
  | Space.Unfit
  | { readonly _tag: 'NotOfSale'; readonly rule: 'WIF-7'; readonly name: string }
  | { readonly _tag: 'Hazardous'; readonly rule: 'WIF-7'; readonly hazard: Hazard.Hazard }

type Changed = E.Either<Unfit, Terms.Terms>

// Queries

/** Settings of how a lot is sold. Which lots are opened is the log's; a Dutch reserve only bounds other settings. */
const ofSale = /^(collaterals\[\d+\]\.sale\.(?!reserve$)|sizing\.penaltyRate$|reward\.)/

/** More are not mended: one may bring the next. */
const MOST_MENDED = 32

/**
 * Terms without the hazards that they have, as far as a setting can be what would pass: hazards that were in force are history,
 * and would hide those that a change brings.
 */
const mended = (terms: Terms.Terms, left: number = MOST_MENDED): Terms.Terms => {
  const [hazard] = Terms.hazards(terms)
  if (hazard === undefined || left === 0) return terms
  const path = HazardsJson.pathOf(hazard.parameter)
  const after = Space.putAt(terms, path, HazardsJson.bound(hazard))
  return E.isLeft(after) ? terms : mended(after.right, left - 1)
}

const same = (one: Hazard.Hazard, other: Hazard.Hazard): boolean =>
  one.rule === other.rule && one.parameter === other.parameter

// Constructors

const changed = (settings: readonly Setting[], terms: Terms.Terms): Changed =>
  settings.reduce<Changed>(
    (before, { name, text }) =>
      pipe(
        before,
        E.chainW((terms) => Space.put(terms, name, text)),
      ),
    E.right(terms),
  )

/** The first hazard that settings bring. */
const brought = (settings: readonly Setting[], terms: Terms.Terms): Hazard.Hazard | undefined => {
  const sound = mended(terms)
  const known = Terms.hazards(sound)
  const after = changed(settings, sound)
  return E.isLeft(after)
    ? undefined
    : Terms.hazards(after.right).find((one) => !known.some((other) => same(one, other)))
}

/** Terms with these settings; refused where that brings in what is known to lose money, unless it is not to be checked (WIF-7). */
export const put =
  (settings: readonly Setting[], isUnchecked = false) =>
  (terms: Terms.Terms): Changed =>
    pipe(
      settings,
      E.traverseArray(({ name }) =>
        pipe(
          Space.pathOf(terms, name),
          E.filterOrElseW(
            (path) => ofSale.test(path),
            (): Unfit => ({ _tag: 'NotOfSale', rule: 'WIF-7', name }),
          ),
        ),
      ),
      E.chain(() => changed(settings, terms)),
      E.chain((after): Changed => {
        const hazard = isUnchecked ? undefined : brought(settings, terms)
        return hazard === undefined
          ? E.right(after)
          : E.left({ _tag: 'Hazardous', rule: 'WIF-7', hazard })
      }),
    )
