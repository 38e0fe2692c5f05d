/**
 * Task: one day with one seed under some terms, as a worker is sent it, and what it answers: plain data.
 */

import type { Figures } from '../tuning/index.js'

/** A scenario in a file, by a seed. */
export interface OfScenario {
  readonly scenario: string
  readonly seed: string
}

/** The flags of `simulate` that say which day it is, and who is there. */
export interface OfDay {
  readonly scenario?: undefined
  readonly prices: string
  readonly positions: string
  readonly seed: string
  readonly block: string
  readonly oracleDelay: string
  readonly bidders: string
  readonly capital: string
  readonly gas?: string
  readonly until?: string
}

export type Case = OfDay | OfScenario

/** The file that a case is of. */
export const fileOf = (one: Case): string =>
  one.scenario === undefined ? one.prices : one.scenario
/** What the trials of a command have in common: a worker may be where its files are not. */
export interface Job {
  /** The terms that positions are drawn for, as JSON. */
  readonly base: string
  /** The text of every file that its days are read from, by its name. */
  readonly files: ReadonlyMap<string, string>
}

export interface Trial {
  readonly day: Case
  /** The terms that are tried, as JSON. */
  readonly terms: string
}

/** Figures, or in one line why the trial could not be run. */
export type Result =
  | { readonly _tag: 'Figures'; readonly figures: Figures.Figures }
  | { readonly _tag: 'Failed'; readonly why: string }
