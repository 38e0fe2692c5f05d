/**
 * Outline: the scenario that the flags of a day stand for, as JSON to go on from.
 *
 * Laws: SCN-6 (spec/27-scenario.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Scenario, ScenarioJson } from '../tuning/index.js'
import type { Io, Problem } from './Io.js'
import * as Setup from './Setup.js'

/** A scenario with files by their names, and an end only where one is given: what a person goes on from. */
const named = (
  { until, ...scenario }: Scenario.Scenario,
  flags: Setup.Flags,
): Scenario.Scenario => ({
  ...scenario,
  prices: { _tag: 'Rows', rows: { file: flags.prices } },
  ...(scenario.positions._tag === 'Listed'
    ? { positions: { _tag: 'Listed', entries: { file: flags.positions } } }
    : {}),
  ...(flags.until === undefined || until === undefined ? {} : { until }),
})

/** Prints the scenario that `simulate` runs with the same flags, of the first of its auctions. */
export const outline = (io: Io, flags: Setup.Flags): E.Either<Problem, 0> =>
  pipe(
    Setup.read(io, flags, undefined),
    E.map(({ said }) => {
      io.out(`${ScenarioJson.format(named(said.scenario, flags))}\n`)
      return 0 as const
    }),
  )
