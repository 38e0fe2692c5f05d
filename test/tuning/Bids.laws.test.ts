/**
 * What bidders and keepers do with English lots, how a day ends, and what owners lose: spec/16-market.md.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fixed } from '../../src/core/index.js'
import { type Bidder, Gas, PricePath } from '../../src/market/index.js'
import { Outcome } from '../../src/tuning/index.js'
import { law } from '../law.js'
import { cents } from '../market/rows.js'
import { bidder, dutchTerms, englishTerms, fallTo, lotOf, start } from './fall.js'
import { money, run } from './scenario.js'

/** What a bidder would pay for one unit, waiting for a bid to win. */
const worthOf = (low: number, { delay, margin }: Bidder.Bidder): bigint => {
  const waiting = Fixed.mulDiv(Fixed.RAY, BigInt(delay + 1800), 180_000n, 'ceil')
  return (cents(low) * (Fixed.RAY - margin - waiting)) / Fixed.RAY
}

law(
  'MKT-14',
  'below the target the best bidder wins with what the second would not better by a step',
  fc.property(
    fc.integer({ min: 8_000, max: 10_800 }),
    fc.integer({ min: 0, max: 10 }),
    fc.integer({ min: 1, max: 20 }),
    (low, percent, more) => {
      const [best, second] = [bidder('best', percent, 0), bidder('second', percent + more, 0)]
      const outcome = run(fallTo(low, englishTerms, [second, best]))
      const lot = lotOf(outcome)
      const gas =
        Gas.cost('bid', PricePath.DEFAULT_GWEI, cents(low)) +
        Gas.cost('settle', PricePath.DEFAULT_GWEI, cents(low))
      const amount = 100n * Fixed.WAD
      const mostOf = (one: Bidder.Bidder): bigint => worthOf(low, one) * amount - gas
      const target = money(11_300n)
      if (mostOf(best) < target && lot.sold === amount) {
        expect(lot.paid).toBeLessThanOrEqual(mostOf(best))
        // The second could not have taken the next step.
        const next = Fixed.mulDiv(lot.paid, 103n, 100n, 'ceil')
        expect(next > mostOf(second) || lot.paid + 1n > mostOf(second)).toBe(true)
      }
      expect(lot.closedAt).not.toBe(undefined)
      expect(outcome.bids.sent).toBeLessThanOrEqual(8)
    },
  ),
)

test('MKT-14 a lone bidder gets the lot at the reserve; two make each other pay', () => {
  const low = 10_000
  const alone = lotOf(run(fallTo(low, englishTerms, [bidder('one', 1, 0)])))
  expect(alone.paid).toBe(money(5_000n))
  expect([alone.openedAt, alone.closedAt]).toEqual([start, start + 10 + 1800])
  const contested = lotOf(
    run(fallTo(low, englishTerms, [bidder('one', 1, 0), bidder('two', 2, 0)])),
  )
  // The second pays up to 97 % of 10,000 before gas, so a bid of 94.2 % is safe from a step of 3 %.
  expect(contested.paid).toBeGreaterThan(money(9_400n))
  expect(contested.paid).toBeLessThan(money(9_450n))
})

test('MKT-14 a lot worth more than its target is sold for the target and as little as two bidders ask for', () => {
  const low = 14_000
  const outcome = run(fallTo(low, englishTerms, [bidder('one', 1, 0), bidder('two', 2, 0)]))
  const lot = lotOf(outcome)
  expect(lot.paid).toBe(money(11_300n))
  // 11,300 at 140 less 3 % is 83.2 of collateral; a step of 3 % above it is 85.7.
  expect(lot.sold).toBeGreaterThan(Fixed.wad(80n * Fixed.WAD))
  expect(lot.sold).toBeLessThan(Fixed.wad(86n * Fixed.WAD))
  expect(lot.returned + lot.sold).toBe(100n * Fixed.WAD)
  expect(outcome.debt.bad).toBe(0n)
})

test('MKT-14 what nobody can bid for is restarted, and told of as short of capital', () => {
  const outcome = run(
    fallTo(10_000, englishTerms, [bidder('poor', 1, 0, 4_999n)], { until: 60_000 }),
  )
  expect(outcome.resets).toBe(2)
  expect(outcome.bids.sent).toBe(0)
  expect(outcome.capital.lotsShort).toBe(1)
  expect(outcome.debt.open).toBe(money(10_000n))
})

test('MKT-18 a lot waits for the money that it lacks, and is bid for in the block in which that comes', () => {
  const positions = ['a', 'b'].map((id) => ({
    id,
    collateral: Fixed.wad(100n * Fixed.WAD),
    debt: money(10_000n),
  }))
  const one = bidder('one', 1, 0, 7_000n)
  const { lots } = run(fallTo(10_000, englishTerms, [one], { positions }))
  // Bid in the next block, won half an hour later, and the money back after an hour.
  const won = start + 10 + 1_800
  expect(lots.map(({ closedAt }) => closedAt)).toEqual([won, won + 3_600 + 10 + 1_800])
  expect(lots.map(({ paid }) => paid)).toEqual([money(5_000n), money(5_000n)])
})

test('MKT-14 orders on delayed information may be refused, as bids that others have bettered', () => {
  const bidders = [bidder('one', 1, 30), bidder('two', 2, 0), bidder('three', 2.5, 60)]
  const outcome = run(fallTo(10_000, englishTerms, bidders))
  const slower = run(fallTo(10_000, englishTerms, [bidder('one', 1, 0), bidder('two', 2, 30)]))
  expect(outcome.bids.sent).toBeGreaterThan(1)
  expect(slower.bids.refused).toBe(1)
})

test('MKT-15 a day ends when all lots have, when nothing can happen, or at the end that is given', () => {
  const rich = run(fallTo(14_000, dutchTerms, [bidder('one', 2, 0)]))
  expect(rich.endedAt).toBe(Math.max(lotOf(rich).closedAt ?? 0, 2200))
  expect(rich.endedBy).toBe('allEnded')
  const far = 10_000_000
  const none = run(fallTo(14_000, dutchTerms, [bidder('none', 2, 0, 0n)], { until: far }))
  expect(none.endedAt).toBe(2200 + 86_400 + 10)
  expect(none.endedBy).toBe('nothingLeft')
  expect(none.lots.length).toBe(1)
  const nobody = run(fallTo(10_000, englishTerms, [bidder('none', 2, 0, 0n)], { until: far }))
  expect(nobody.endedAt).toBe(2200 + 2 * (43_200 + 1_800) + 10)
  const cut = run(fallTo(14_000, dutchTerms, [bidder('one', 2, 0)], { until: 1700 }))
  expect([cut.endedAt, cut.debt.open]).toEqual([1700, money(10_000n)])
  expect(cut.endedBy).toBe('until')
})

const amounts = fc.bigInt(0n, 1000n).map(Fixed.rad)

law(
  'MKT-17',
  'an owner lost what the buyers gained beyond what the target was short by',
  fc.property(amounts, amounts, amounts, (marketValue, paid, shortfall) => {
    const lot = { ...lotOf(run(fallTo(14_000, dutchTerms, []))), marketValue, paid, shortfall }
    const lost = Outcome.ownersLoss(lot)
    // Had it been sold at the market price, the extra money would have met the target first.
    const extra = marketValue - paid
    const toTarget = shortfall === 0n ? 0n : extra < 0n ? extra : Fixed.min(extra, shortfall)
    return lost === (shortfall === 0n ? extra : Fixed.max(extra - Fixed.max(toTarget, 0n), 0n))
  }),
)

test('MKT-17 sales count at the market price of their block: with bids, that of the settlement', () => {
  const terms = englishTerms
  const lot = lotOf(
    run(
      fallTo(10_000, terms, [bidder('one', 1, 0)], {
        path: PricePath.make([
          { time: 1000, open: cents(20_000), close: cents(20_000), gasPriceGwei: undefined },
          { time: 1600, open: cents(10_000), close: cents(10_000), gasPriceGwei: undefined },
          { time: 2200, open: cents(12_000), close: cents(12_000), gasPriceGwei: undefined },
        ]),
      }),
    ),
  )
  expect(lot.paid).toBe(money(5_000n))
  expect(lot.marketValue).toBe(money(12_000n))
  expect(Outcome.ownersLoss(lot)).toBe(money(700n))
})

test('MKT-14 a contest is short: what the second would not better is bid at once', () => {
  const sent = (low: number): number =>
    run(fallTo(low, englishTerms, [bidder('one', 1, 0), bidder('two', 9, 0)])).bids.sent
  // Both bid at first, the best one's bid deters the other; to shrink, the one bids who does not hold the bid.
  expect(sent(10_000)).toBe(2)
  expect(sent(14_000)).toBeLessThanOrEqual(4)
  expect(sent(20_000 - 5_100)).toBeLessThanOrEqual(4)
})
