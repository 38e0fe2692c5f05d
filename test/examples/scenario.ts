/**
 * Sample data of spec/27-scenario.md: a price that falls, a few positions, and what selling to a pool does to them.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from '../../src/core/index.js'
import type { Bidder, Setting } from '../../src/market/index.js'
import { type Outcome, Presets, Scenario, Simulate } from '../../src/tuning/index.js'
import { price, rad, ray, right, wad } from '../example.js'
import { quietDay } from './tuning.js'

const row = (time: number, open: bigint, close = open) => ({
  time,
  open: price(open),
  close: price(close),
  gasPriceGwei: undefined,
})

/** From 200 to 120 in two hours. */
export const fallScenario = (seed: bigint): Scenario.Scenario => ({
  ...Scenario.plain,
  seed,
  prices: { _tag: 'Rows', rows: [row(0, 200n, 160n), row(3600, 160n, 120n)] },
  positions: { _tag: 'Drawn', count: 10 },
  terms: Presets.presets['dutch-default'],
})

export const lossOfQuiet = (): Fixed.Rad => quietDay().debt.bad

export const isSameOutcome = (a: Scenario.Scenario, b: Scenario.Scenario): boolean => {
  const told = (outcome: Outcome.Outcome): string =>
    JSON.stringify(outcome, (_, one: unknown) => (typeof one === 'bigint' ? `${one}` : one))
  return told(right(Simulate.run(a))) === told(right(Simulate.run(b)))
}

/** The first thing that is wrong with a scenario. */
export const unfitOf = (scenario: Scenario.Scenario): Setting.Unfit | undefined => {
  const outcome = Simulate.run(scenario)
  return E.isLeft(outcome) ? outcome.left[0] : undefined
}

/** A price that falls a little, just enough for the first of four positions, and a small pool. */
export const cascadeScenario = (sells: Bidder.Traits['sells']): Scenario.Scenario => ({
  ...fallScenario(1n),
  prices: { _tag: 'Rows', rows: [row(0, 200n, 190n), row(600, 190n, 190n)] },
  gas: { _tag: 'Constant', gwei: Fixed.ray(0n) },
  oracle: { sources: [[]] },
  pool: { collateral: wad('20000'), fee: ray('0.003'), keep: ray('0.999') },
  positions: {
    _tag: 'Listed',
    entries: [195n, 185n, 165n, 145n].map((unsafeAt, i) => ({
      id: `p${i + 1}`,
      collateral: wad('1000'),
      debt: rad(`${(unsafeAt * 1000n * 2n) / 3n}`),
    })),
  },
  bidders: {
    _tag: 'Drawn',
    kinds: [{ kind: 'bidder', count: 3, capital: rad('10000000'), returns: 600, sells }],
  },
})

export const cascadeOf = (sells: Bidder.Traits['sells']): Outcome.Cascade | undefined =>
  right(Simulate.run(cascadeScenario(sells))).cascade
