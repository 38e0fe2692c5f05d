/**
 * Steps: what the tests of whole histories ask of every step.
 */

import fc from 'fast-check'
import type { Event } from '../../src/index.js'
import { History } from '../../src/testing/index.js'

const { FC_RUNS = '200', FC_SEED = '1' } = process.env

/** Half as many histories as other cases: each is some fifty steps. */
export const drawn = (seed: number): fc.Parameters<[History.History]> => ({
  seed: Number(FC_SEED) + seed,
  numRuns: Math.ceil(Number(FC_RUNS) / 2),
})

/** Holds for every step of a history. */
export const everyStep = (
  holds: (step: History.Step, history: History.History) => boolean,
): fc.IRawProperty<[History.History]> =>
  fc.property(History.history, (history) => {
    let fails: History.Step | undefined
    History.play(history, (step) => {
      if (fails === undefined && !holds(step, history)) fails = step
    })
    if (fails !== undefined)
      throw new Error(`fails at ${fc.stringify(fails.command)}: ${fc.stringify(fails.decision)}`)
  })

/** An event that is about a lot. */
export const isAbout = (
  event: Event.Event,
): event is Extract<Event.Event, { readonly lot: string }> => 'lot' in event
