/**
 * Days for the tests of reports: one that is simulated, and one with as many sales as anybody likes.
 */

import fc from 'fast-check'
import type { Day } from '../../src/report/index.js'
import { Fixed } from '../../src/core/index.js'
import { PricePath } from '../../src/market/index.js'
import { type Presets, Simulate } from '../../src/tuning/index.js'
import { price, right } from '../example.js'
import { dayScenario } from '../tuning/scenario.js'

/** What became of the day under terms. */
const runOf = (terms: Presets.Name): Day.Run => {
  const scenario = dayScenario('2020-03-12', terms, { positions: 80, capital: 2_000_000n })
  let log: Day.Run['log'] = []
  const outcome = right(
    Simulate.on(scenario, {
      onEnd: (happened) => {
        log = happened
      },
    }),
  )
  return { outcome, log, terms: scenario.terms, market: scenario.path }
}

export const dutchRun: Day.Run = runOf('dutch-default')
export const englishRun: Day.Run = runOf('english-default')

/** 12 March 2020 by both auctions, with money short. */
export const day: Day.Day = { asset: 'ETH', runs: [dutchRun, englishRun] }

/** A sale: when, how much of a unit in thousandths, for how much, and what a unit was at on the market. */
export type Sold = readonly [at: number, thousandths: bigint, paid: bigint, market: bigint]

/** The Dutch run with other sales. */
export const selling = (sales: readonly Sold[]): Day.Run => {
  const taken = dutchRun.log.find(({ event }) => event._tag === 'Taken')
  if (taken?.event._tag !== 'Taken') throw new Error('nothing was sold')
  const { command, event } = taken
  const log = sales.map(([at, thousandths, paid, market]) => ({
    command,
    market: price(market),
    event: {
      ...event,
      at,
      bought: Fixed.wad((thousandths * Fixed.WAD) / 1000n),
      repaid: Fixed.rad(paid * Fixed.RAD),
      penalty: Fixed.rad(0n),
    },
  }))
  return { ...dutchRun, log }
}

export const sold: fc.Arbitrary<Sold> = fc.tuple(
  fc.integer({ min: 0, max: 100_000 }),
  fc.bigInt(1n, 10_000n),
  fc.bigInt(1n, 1000n),
  fc.bigInt(1n, 300n),
)

/** A price every minute for a month, up and down. */
export const longPath: PricePath.PricePath = PricePath.ofPoints(
  Array.from({ length: 43_200 }, (_, i) => ({
    at: i * 60,
    price: price(BigInt(100 + ((i * 7919) % 101))),
  })),
)
