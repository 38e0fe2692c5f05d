/**
 * The three crash days, with the terms that have no known hazard: spec/16-market.md. A long run
 * (FC_RUNS of 1,000 or more) takes seeds 1 to 20, a short one the first.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, test } from 'vitest'
import { Position } from '../../src/core/index.js'
import { Portfolio, PricePath } from '../../src/market/index.js'
import { Outcome } from '../../src/tuning/index.js'
import { dayScenario, days, lossOf, run } from './scenario.js'

const isLong = Number(process.env['FC_RUNS'] ?? 200) >= 1000
const seeds = Array.from({ length: isLong ? 20 : 1 }, (_, i) => BigInt(i + 1))

const times = 60_000 * seeds.length

const opened = ({ lots }: Outcome.Outcome): unknown =>
  lots.map(({ collateral, debt, lot, openedAt, position }) => ({
    lot,
    position,
    openedAt,
    collateral,
    debt,
  }))

for (const day of days)
  describe(
    day,
    () => {
      const outcomes = seeds.map((seed) => {
        const scenario = dayScenario(day, 'dutch-default', { seed })
        return {
          scenario,
          dutch: run(scenario),
          english: run(dayScenario(day, 'english-default', { seed })),
        }
      })

      test(`MKT-16 every unit is accounted for on ${day}`, () => {
        for (const { dutch, english } of outcomes)
          for (const outcome of [dutch, english]) {
            const { collateral, debt } = outcome
            expect(Outcome.isWhole(outcome)).toBe(true)
            expect(debt.repaid + debt.open + debt.bad + debt.cancelled).toBe(debt.seized)
            expect(
              collateral.sold + collateral.open + collateral.returned + collateral.cancelled,
            ).toBe(collateral.seized)
            expect(debt.seized).toBeGreaterThan(0n)
            expect(outcome.lots.every(({ closedAt }) => closedAt !== undefined)).toBe(true)
            expect([debt.open, collateral.open]).toEqual([0n, 0n])
            expect(outcome.paid).toBe(debt.repaid + outcome.penalty)
          }
      })

      test(`MKT-12 both auctions open the same lots on ${day}, 200 or more, and sell 100 or more`, () => {
        for (const { dutch, english } of outcomes) {
          expect(opened(dutch)).toEqual(opened(english))
          expect(dutch.lots.length).toBeGreaterThanOrEqual(200)
          for (const { lots } of [dutch, english])
            expect(lots.filter(({ sold }) => sold > 0n).length).toBeGreaterThanOrEqual(100)
        }
      })

      test(`MKT-12 each is opened in the first block that knows it is unsafe, on ${day}`, () => {
        for (const { dutch, scenario } of outcomes) {
          const { path, positions, terms } = scenario
          const [block, oracleDelay] = [12, 600]
          const openedAt = new Map(dutch.lots.map((lot) => [lot.position, lot.openedAt]))
          const oracle = (at: number) => PricePath.priceAt(path, at - oracleDelay)
          const isUnsafe = (entry: Portfolio.Entry, at: number): boolean => {
            const risk = oracle(at)
            const quotes = [{ asset: 'ETH', risk, market: risk }]
            const position = Portfolio.position(terms.line, 'ETH', entry)
            return E.isRight(Position.liquidatable(terms, position, quotes))
          }
          const blocks = Math.ceil((path.to + oracleDelay - path.from) / block)
          const lowest = Array.from({ length: blocks + 1 }, (_, i) =>
            oracle(path.from + i * block),
          ).reduce((a, b) => (a < b ? a : b))
          for (const entry of positions) {
            const at = openedAt.get(entry.id)
            if (at === undefined) {
              const position = Portfolio.position(terms.line, 'ETH', entry)
              const unsafeAt = O.toUndefined(Position.unsafeAt(terms, position, [], 'ETH')) ?? 0n
              expect(unsafeAt).toBeLessThan(lowest)
            } else {
              expect((at - path.from) % block).toBe(0)
              expect(isUnsafe(entry, at)).toBe(true)
              // Before that block the price was never as low: the one just before is enough on a falling path.
              expect(isUnsafe(entry, at - block)).toBe(false)
            }
          }
        }
      })
    },
    times,
  )

test(
  'MKT-7 a tenth of the capital loses more, on every day and in both auctions',
  () => {
    const settings = { positions: 300, capital: 15_000_000n }
    for (const day of days)
      for (const terms of ['dutch-default', 'english-default'] as const) {
        const rich = run(dayScenario(day, terms, settings))
        const poor = run(dayScenario(day, terms, { ...settings, capital: 1_500_000n }))
        expect(lossOf(poor)).toBeGreaterThan(lossOf(rich))
        expect(poor.debt.bad).toBeGreaterThanOrEqual(rich.debt.bad)
        expect(poor.ownersLoss).toBeGreaterThanOrEqual(rich.ownersLoss)
        expect(poor.capital.lotsShort).toBeGreaterThan(rich.capital.lotsShort)
        for (const { capital } of [rich, poor])
          expect(capital.mostInUse).toBeLessThanOrEqual(capital.total)
      }
  },
  times,
)

test(
  'MKT-16 a day ends with everything accounted for under the terms of Maker, too',
  () => {
    for (const terms of ['maker-clipper', 'maker-flipper'] as const) {
      const outcome = run(dayScenario('2020-03-12', terms, { positions: 300 }))
      expect(Outcome.isWhole(outcome)).toBe(true)
      expect(outcome.lots.length).toBeGreaterThan(200)
      expect(outcome.debt.open).toBe(0n)
    }
  },
  times,
)
