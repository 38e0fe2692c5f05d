/**
 * Slopes: what each setting does near the best ones.
 *
 * Laws: TUN-14 (spec/23-tuning.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Numbers } from '../report/index.js'
import { type Space, Statistics, Tune } from '../tuning/index.js'
import type { Problem } from './Io.js'
import type * as Runs from './Runs.js'

// Model

/** What a setting does near the best: the change of the figure over the whole of its range, at this slope. */
export interface Slope {
  readonly name: string
  readonly from: string
  readonly to: string
  /** Whether both sides could be tried. */
  readonly isKnown: boolean
  readonly change: Statistics.Interval | undefined
}

/** A figure on each run. */
export type Row = readonly number[]

/** Tries settings on the runs that are searched, or on those that are held out. */
export type Try = (
  settings: readonly Runs.Settings[],
  held?: boolean,
) => Promise<E.Either<Problem, readonly Row[] | undefined>>

// Running

/** The settings a step to each side of the best one, where both are safe, and what the figure does between them. */
export const of = async (
  space: Space.Space,
  best: Tune.Tried,
  figures: Try,
): Promise<E.Either<Problem, readonly Slope[] | undefined>> => {
  const slopes: Slope[] = []
  for (const [i, { name }] of space.settings.entries()) {
    const sides = Tune.around(best.point, i).map((point) => Tune.askedFor(space, point))
    const [low, high] = sides
    const texts = sides.map((side) => side?.texts[i] ?? '')
    const row = { name, from: texts[0] ?? '', to: texts[1] ?? '' }
    if (low === undefined || high === undefined || texts[0] === texts[1]) {
      slopes.push({ ...row, isKnown: false, change: undefined })
      continue
    }
    const found = await figures([low, high])
    if (E.isLeft(found)) return found
    if (found.right === undefined) return E.right(undefined)
    const [before = [], after = []] = found.right
    const width = (high.point[i] ?? 0) - (low.point[i] ?? 0)
    slopes.push({
      ...row,
      isKnown: true,
      change: Statistics.interval(after.map((value, j) => (value - (before[j] ?? 0)) / width)),
    })
  }
  return E.right(slopes)
}

// Telling

export const shown = (slope: Slope | undefined): string =>
  slope?.isKnown === true ? Numbers.interval(slope.change) : 'the settings beside it are not safe'
