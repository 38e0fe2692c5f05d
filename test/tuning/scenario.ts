/**
 * Scenarios for the laws: the three crash days, and days drawn by chance.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { Prices } from '../../src/codec/index.js'
import { Fixed, type Terms } from '../../src/core/index.js'
import { Bidder, Blocks, Portfolio, PricePath, Random } from '../../src/market/index.js'
import { type Outcome, Presets, Simulate, Sources, type Stage } from '../../src/tuning/index.js'
import { right } from '../example.js'
import { rows } from '../market/rows.js'

const folder = join(import.meta.dirname, '../../data/eth-crashes')

export const days = ['2020-03-12', '2021-02-22', '2021-05-19'] as const

const pathOf = (day: string): PricePath.PricePath => {
  const read = Prices.parse(readFileSync(join(folder, `${day}.csv`), 'utf8'))
  if (E.isLeft(read)) throw new Error(`${day} is no price file`)
  return PricePath.make(read.right)
}

const paths: ReadonlyMap<string, PricePath.PricePath> = new Map(
  days.map((day) => [day, pathOf(day)]),
)

export const money = (n: bigint): Fixed.Rad => Fixed.rad(n * Fixed.RAD)

/** Blocks so far apart, and an oracle so late. */
export const plain = (
  path: PricePath.PricePath,
  block: number,
  oracleDelay: number,
  until: Fixed.Seconds,
): Pick<Stage.Stage, 'path' | 'blocks' | 'oracle' | 'pool' | 'until'> => ({
  path,
  blocks: right(Blocks.fixed(path.from, block)),
  oracle: right(Sources.make(Sources.late(oracleDelay), path, until)),
  pool: undefined,
  until,
})

export interface Settings {
  readonly seed?: bigint
  readonly positions?: number
  readonly capital?: bigint
  readonly oracleDelay?: number
}

/** A crash day as the command line sets it up. */
export const dayScenario = (
  day: (typeof days)[number],
  terms: Presets.Name,
  { capital = 50_000_000n, oracleDelay = 600, positions = 1000, seed = 1n }: Settings = {},
): Stage.Stage => {
  const path = paths.get(day)
  const [collateral] = Presets.presets[terms].collaterals
  if (path === undefined || collateral === undefined) throw new Error(`no ${day}`)
  return {
    ...plain(path, 12, oracleDelay, path.to + 30 * 86_400),
    positions: Portfolio.make(
      Random.word(seed, 0),
      positions,
      collateral,
      PricePath.priceAt(path, path.from),
    ),
    bidders: Bidder.make(Random.word(seed, 1), 10, money(capital)),
    terms: Presets.presets[terms],
  }
}

/** The outcome of a stage that has one. */
export const run = (stage: Stage.Stage): Outcome.Outcome => right(Simulate.on(stage))

/** Days of up to twenty rows and a dozen positions, under terms of one asset. */
export const drawn = (terms: fc.Arbitrary<Terms.Terms>): fc.Arbitrary<Stage.Stage> =>
  fc
    .record({
      rows: rows(20),
      block: fc.constantFrom(30, 60, 97),
      oracleDelay: fc.constantFrom(0, 600, 5000),
      seed: fc.bigInt(0n, 1000n),
      count: fc.integer({ min: 1, max: 8 }),
      bidders: fc.integer({ min: 1, max: 4 }),
      capital: fc.constantFrom(0n, 1n, 50_000n, 10_000_000n),
      terms,
    })
    .map(({ bidders, block, capital, count, oracleDelay, rows, seed, terms }) => {
      const path = PricePath.make(rows)
      const [collateral] = terms.collaterals
      if (collateral === undefined) throw new Error('no collateral')
      return {
        ...plain(path, block, oracleDelay, path.to + 9_000),
        positions: Portfolio.make(seed, count, collateral, PricePath.priceAt(path, path.from)),
        bidders: Bidder.make(seed + 1n, bidders, money(capital)),
        terms,
      }
    })

/** Outcomes of ours that lost more are worse; what is open counts as lost as well. */
export const lossOf = ({ debt, ownersLoss }: Outcome.Outcome): bigint =>
  debt.bad + debt.open + ownersLoss
