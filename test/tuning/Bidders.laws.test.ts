/**
 * What bidders and keepers do, lot by lot, against slow models written from spec/16-market.md.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Auction, Dutch, Fixed, type Lot, type Terms } from '../../src/core/index.js'
import { type Bidder, Gas, PricePath } from '../../src/market/index.js'
import { Outcome, Presets, type Simulate } from '../../src/tuning/index.js'
import { law } from '../law.js'
import { cents } from '../market/rows.js'
import { money, run } from './scenario.js'

const bidder = (
  name: string,
  percent: number,
  delay: number,
  capital = 10_000_000n,
): Bidder.Bidder => ({
  name,
  margin: Fixed.ray((BigInt(Math.round(percent * 100)) * Fixed.RAY) / 10_000n),
  capital: money(capital),
  delay,
})

/** From 200 at once to a lower price, which stays: one position of 100 for a debt of 10,000 is unsafe below 150. */
const fallTo = (
  low: number,
  terms: Terms.Terms,
  bidders: readonly Bidder.Bidder[],
  more: Partial<Simulate.Scenario> = {},
  gasPriceGwei?: Fixed.Ray,
): Simulate.Scenario => ({
  path: PricePath.make([
    { time: 1000, open: cents(20_000), close: cents(20_000), gasPriceGwei },
    { time: 1600, open: cents(low), close: cents(low), gasPriceGwei },
  ]),
  block: 10,
  oracleDelay: 0,
  until: 200_000,
  positions: [{ id: 'a', collateral: Fixed.wad(100n * Fixed.WAD), debt: money(10_000n) }],
  bidders,
  terms,
  ...more,
})

const dutchTerms = Presets.presets['dutch-default']
const englishTerms = Presets.presets['english-default']
const start = 1600

const lotOf = ({ lots }: Outcome.Outcome): Outcome.OfLot => {
  const [lot] = lots
  if (lot === undefined) throw new Error('no lot')
  return lot
}

const openLot = (low: number): Lot.Dutch => ({
  _tag: 'Dutch',
  id: 'ETH-A/1',
  line: 'ETH-A',
  terms: 1,
  goods: { _tag: 'Collateral', asset: 'ETH', position: 'a', owner: 'a' },
  collateral: Fixed.wad(100n * Fixed.WAD),
  debt: money(10_000n),
  target: money(11_300n),
  startPrice: Fixed.ray((cents(low) * 6n) / 5n),
  startedAt: start,
  rewarded: money(0n),
  lossAt: 'close',
  binding: 'atOpening',
  lastAt: start,
  ended: false,
})

const compiled = Auction.compile(dutchTerms).sales.get('ETH') as Dutch.Compiled

/** When and for how much a lone bidder with enough money buys, tried block by block. */
const modelled = (
  low: number,
  { delay, margin }: Bidder.Bidder,
  block: number,
  gwei: Fixed.Ray,
) => {
  const lot = openLot(low)
  const gas = Gas.cost('take', gwei, cents(low))
  // 2 % an hour is 1/180,000 a second.
  const waiting = Fixed.mulDiv(Fixed.RAY, BigInt(delay), 180_000n, 'ceil')
  const worth = (cents(low) * (Fixed.RAY - margin - waiting)) / Fixed.RAY
  const all = (at: number): Dutch.Sale | undefined => {
    const status = Dutch.status(compiled, lot, at)
    if (E.isLeft(status) || status.right.stale) return undefined
    return Dutch.sale(lot, status.right.price, lot.collateral, compiled.sale)
  }
  for (let at = start; at < start + 8000; at += block) {
    const sale = all(at)
    if (sale === undefined || sale.bought * worth - sale.paid < gas) continue
    const arrival = at + block * Math.max(1, Math.ceil(delay / block))
    return { at: arrival, sale: all(arrival) }
  }
  return undefined
}

law(
  'MKT-13',
  'a lone bidder buys in the block that a slow model finds, for the price of the block it arrives in',
  fc.property(
    fc.integer({ min: 11_000, max: 14_990 }),
    fc.integer({ min: 0, max: 40 }),
    fc.nat(100),
    fc.constantFrom(10, 60, 600),
    fc.nat(50_000).map((gwei) => cents(gwei * 100)),
    (low, percent, delay, block, gwei) => {
      const buyer = bidder('b', percent / 2, delay)
      const lot = lotOf(run(fallTo(low, dutchTerms, [buyer], { block }, gwei)))
      const expected = modelled(low, buyer, block, gwei)
      expect(lot.openedAt).toBe(start)
      expect(lot.closedAt).toBe(expected?.at)
      expect(lot.paid).toBe(expected?.sale?.paid)
      expect(lot.sold).toBe(expected?.sale?.bought)
    },
  ),
)

law(
  'MKT-10',
  'no order arrives before its delay: of two alike the faster one buys and the slower is refused',
  fc.property(
    fc.integer({ min: 11_000, max: 14_990 }),
    fc.nat(50),
    fc.integer({ min: 20, max: 60 }),
    (low, fast, more) => {
      const outcome = run(
        fallTo(low, dutchTerms, [
          { ...bidder('slow', 0, fast + more), margin: Fixed.ray(0n) },
          bidder('fast', 2, fast),
        ]),
      )
      const alone = run(fallTo(low, dutchTerms, [bidder('fast', 2, fast)]))
      expect(outcome.bids.sent).toBeGreaterThanOrEqual(1)
      expect(lotOf(outcome).closedAt ?? Infinity).toBeLessThanOrEqual(
        lotOf(alone).closedAt ?? Infinity,
      )
    },
  ),
)

test('MKT-10 of two orders decided alike the one sent first is carried out, and the other refused', () => {
  const both = run(fallTo(14_000, dutchTerms, [bidder('a', 2, 5), bidder('b', 2, 5)]))
  expect(both.bids).toEqual({ sent: 2, refused: 1 })
  const late = run(fallTo(14_000, dutchTerms, [bidder('a', 2, 35), bidder('b', 2, 5)]))
  expect(late.bids).toEqual({ sent: 2, refused: 1 })
  const gas = Gas.cost('take', PricePath.DEFAULT_GWEI, cents(14_000))
  const refused = Gas.cost('refused', PricePath.DEFAULT_GWEI, cents(14_000))
  expect(both.gas.bidders).toBe(gas + refused)
  expect(both.gas.keepers).toBe(Gas.cost('open', PricePath.DEFAULT_GWEI, cents(14_000)))
})

test('MKT-7 money that was spent is back after an hour, and buys again', () => {
  const positions = ['a', 'b'].map((id) => ({
    id,
    collateral: Fixed.wad(100n * Fixed.WAD),
    debt: money(10_000n),
  }))
  const sales = (capital: bigint): readonly number[] =>
    run(fallTo(14_000, dutchTerms, [bidder('one', 2, 0, capital)], { positions })).lots.map(
      ({ closedAt }) => closedAt ?? 0,
    )
  const [first = 0, second = 0] = sales(11_300n)
  expect(second - first).toBeGreaterThanOrEqual(3600)
  expect(second - first).toBeLessThanOrEqual(3600 + 20)
  const [a, b] = sales(22_600n)
  expect(a).toBe(b)
})

test('MKT-7 a bidder with less than a hundredth at hand does not look', () => {
  const outcome = run(
    fallTo(14_000, dutchTerms, [bidder('one', 2, 0, 11_300n)], {
      positions: ['a', 'b'].map((id) => ({
        id,
        collateral: Fixed.wad(100n * Fixed.WAD),
        debt: money(10_000n),
      })),
      until: 5000,
    }),
  )
  expect(outcome.bids.sent).toBe(1)
  expect(outcome.capital.mostInUse).toBe(money(11_300n))
})

test('MKT-13 a keeper resets a stale lot in the first block, from the price that the auction then knows', () => {
  const outcome = run(
    fallTo(14_000, dutchTerms, [bidder('poor', 2, 0, 0n)], { until: start + 20_000 }),
  )
  // 8,400 s old at 10,000; below 0.4 of the start after 92 drops, from 8,280 s on.
  expect(lotOf(outcome).resets).toBe(2)
  expect(outcome.resets).toBe(2)
  expect(outcome.debt.open).toBe(money(10_000n))
  const reward = money(100n) + Fixed.mulDiv(money(11_300n), 1n, 1000n, 'floor')
  expect(outcome.rewards).toBe(3n * reward)
})

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
  const far = 10_000_000
  const none = run(fallTo(14_000, dutchTerms, [bidder('none', 2, 0, 0n)], { until: far }))
  expect(none.endedAt).toBe(2200 + 86_400 + 10)
  expect(none.lots.length).toBe(1)
  const nobody = run(fallTo(10_000, englishTerms, [bidder('none', 2, 0, 0n)], { until: far }))
  expect(nobody.endedAt).toBe(2200 + 2 * (43_200 + 1_800) + 10)
  const cut = run(fallTo(14_000, dutchTerms, [bidder('one', 2, 0)], { until: 1700 }))
  expect([cut.endedAt, cut.debt.open]).toEqual([1700, money(10_000n)])
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

test('MKT-16 a percentile is the least number that so many do not exceed', () => {
  expect(Outcome.percentile([], 50)).toBe(undefined)
  expect(Outcome.percentile([5], 95)).toBe(5)
  expect(Outcome.percentile([4, 1, 3, 2], 50)).toBe(2)
  expect(Outcome.percentile([5, 4, 1, 3, 2], 50)).toBe(3)
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
  expect(Outcome.percentile(hundred, 95)).toBe(95)
})

test('MKT-12 a position that finds no room is opened as soon as a lot releases some', () => {
  const positions = ['a', 'b'].map((id) => ({
    id,
    collateral: Fixed.wad(100n * Fixed.WAD),
    debt: money(10_000n),
  }))
  const terms = { ...dutchTerms, ceiling: money(11_300n) }
  const outcome = run(fallTo(14_000, terms, [bidder('one', 2, 0)], { positions }))
  const [first, second] = outcome.lots
  expect(outcome.positionsDelayed).toBe(1)
  expect(second?.openedAt).toBe((first?.closedAt ?? 0) + 10)
  const never = run(
    fallTo(14_000, { ...terms, ceiling: money(0n) }, [bidder('one', 2, 0)], { positions }),
  )
  expect([never.lots.length, never.positionsDelayed, never.endedAt]).toEqual([0, 2, 2200])
})

test('MKT-12 where terms seize a part, the rest follows in the next blocks, until it is safe', () => {
  const [position] = fallTo(14_000, dutchTerms, []).positions
  if (position === undefined) throw new Error('no position')
  const half = { ...dutchTerms.sizing, closeFactor: Fixed.wad(Fixed.WAD / 2n) }
  const outcome = run(fallTo(14_000, { ...dutchTerms, sizing: half }, [bidder('one', 2, 0)]))
  const [first, second] = outcome.lots
  expect(first?.debt).toBe(money(5_000n))
  expect((second?.openedAt ?? 0) - (first?.openedAt ?? 0)).toBe(10)
  expect(Outcome.isWhole(outcome)).toBe(true)
})

test('MKT-12 a position is opened at the very price at which it becomes unsafe', () => {
  const buyers = [bidder('one', 2, 0)]
  const at = run(fallTo(15_000, { ...dutchTerms, unsafe: 'atOrBelow' }, buyers))
  expect(at.lots.map(({ openedAt }) => openedAt)).toEqual([start])
  expect(run(fallTo(15_000, dutchTerms, buyers)).lots).toEqual([])
})

test('MKT-13 an order that a reset overtakes does not buy above the price that the bidder saw', () => {
  const [collateral] = dutchTerms.collaterals
  if (collateral?.sale._tag !== 'Dutch') throw new Error('no Dutch terms')
  // From 0.9 of the market down by 1 % every ten seconds, and again from the start after a hundred.
  const sale: Terms.Dutch = {
    ...collateral.sale,
    curve: { _tag: 'Stairs', stepEvery: 10n, keepPerStep: Fixed.ray((Fixed.RAY * 99n) / 100n) },
    markup: Fixed.ray((Fixed.RAY * 9n) / 10n),
    reset: { _tag: 'WhenStale', after: 100n, below: Fixed.ray(0n) },
  }
  const positions = ['a', 'b'].map((id) => ({
    id,
    collateral: Fixed.wad(100n * Fixed.WAD),
    debt: money(10_000n),
  }))
  const terms = { ...dutchTerms, collaterals: [{ ...collateral, sale }] }
  const { bids, lots } = run(
    fallTo(14_000, terms, [bidder('one', 2, 60, 11_300n)], { positions, until: 5340 }),
  )
  // The second order is sent when the money is back, at 60 seconds of age, and arrives at 20 of the next.
  expect(lots.map(({ closedAt }) => closedAt)).toEqual([1660, undefined])
  expect(bids).toEqual({ sent: 2, refused: 1 })
})
