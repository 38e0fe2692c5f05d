/**
 * Outline: the scenario that the flags of a day stand for, as JSON to go on from.
 *
 * Laws: SCN-6 (spec/27-scenario.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Scenario, ScenarioJson, Sources } from '../tuning/index.js'
import type { Io, Problem } from './Io.js'
import * as Setup from './Setup.js'

/** Prints the scenario that `simulate` runs with the same flags, of the first of its auctions. */
export const outline = (io: Io, flags: Setup.Flags): E.Either<Problem, 0> =>
  pipe(
    Setup.read(io, flags, undefined),
    E.map(({ auctions, common, said, seed }) => {
      const [first] = auctions
      if (said._tag !== 'Flags' || first === undefined) return 0
      const count = Number(flags.positions)
      const scenario: Scenario.Scenario = {
        ...Scenario.plain,
        seed,
        prices: { _tag: 'Rows', rows: { file: flags.prices } },
        ...(said.gwei === undefined ? {} : { gas: { _tag: 'Constant', gwei: said.gwei } }),
        blocks: { _tag: 'Fixed', every: said.block },
        oracle: Sources.late(said.oracleDelay),
        positions: Number.isInteger(count)
          ? { _tag: 'Drawn', count }
          : { _tag: 'Listed', entries: { file: flags.positions } },
        bidders: {
          _tag: 'Drawn',
          kinds: [{ kind: 'bidder', count: common.bidders.length, capital: said.capital }],
        },
        ...(flags.until === undefined ? {} : { until: common.until }),
        terms: first.terms,
      }
      io.out(`${ScenarioJson.format(scenario)}\n`)
      return 0 as const
    }),
  )
