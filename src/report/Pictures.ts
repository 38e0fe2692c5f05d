/**
 * Pictures: which pictures there are of a simulated day, of settings that were tried, of a search, and of two sets
 * of terms.
 */

import { Figures } from '../tuning/index.js'
import * as Beside from './Beside.js'
import * as Crash from './Crash.js'
import type * as Day from './Day.js'
import * as Front from './Front.js'
import * as Landscape from './Landscape.js'
import * as Lots from './Lots.js'
import * as Paired from './Paired.js'
import type { Picture } from './Picture.js'
import * as Search from './Search.js'
import * as Spread from './Spread.js'
import type * as Study from './Study.js'

/** What pictures may be called. */
export const names: readonly string[] = [
  'crash',
  'costs',
  'dutch-lots',
  'english-lots',
  'discounts',
  'clearing',
  'course',
  'held-out',
  'slopes',
  'front',
  'settings',
  ...Figures.names.map((name) => `heat-${name}`),
  'differences',
  ...Figures.names.map((name) => `compare-${name}`),
]

const those = (all: readonly (Picture | undefined)[]): readonly Picture[] =>
  all.filter((one) => one !== undefined)

/** Those of a day, the crash first. */
export const ofDay = (day: Day.Day): readonly Picture[] =>
  those([
    Crash.picture(day),
    Beside.picture(day),
    ...day.runs.map((run) => Lots.picture(day, run)),
    Spread.discounts(day),
    Spread.clearing(day),
  ])

/** Those of settings that were tried all over their ranges. */
export const ofStudy = (study: Study.Study): readonly Picture[] =>
  those([
    Front.picture(study),
    ...study.objectives.map((_, i) => Landscape.heat(study, i)),
    Landscape.each(study),
  ])

/** Those of a search. */
export const ofSearch = (search: Search.Search): readonly Picture[] => [
  ...Search.pictures(search),
  ...ofStudy(search.study),
]

/** Those of two sets of terms on the same runs. */
export const ofPaired: (paired: Paired.Paired) => readonly Picture[] = Paired.pictures
