/**
 * What bidders and keepers do with Dutch lots, and when lots open, against slow models written from spec/16-market.md.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { Auction, Dutch, Fixed, type Lot, Position, type Terms } from '../../src/core/index.js'
import { type Bidder, Blocks, Gas, Portfolio, PricePath } from '../../src/market/index.js'
import { Outcome } from '../../src/tuning/index.js'
import { right } from '../example.js'
import { law } from '../law.js'
import { cents } from '../market/rows.js'
import { bidder, dutchTerms, fallTo, lotOf, start } from './fall.js'
import { money, plain, run } from './scenario.js'

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
      const lot = lotOf(
        run(fallTo(low, dutchTerms, [buyer], { blocks: right(Blocks.fixed(1000, block)) }, gwei)),
      )
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

test('MKT-12 a position is opened at the very highest price at which it is unsafe', () => {
  const scenario = fallTo(15_000, dutchTerms, [bidder('one', 2, 0)])
  const [entry] = scenario.positions
  if (entry === undefined) throw new Error('no position')
  const position = Portfolio.position('ETH-A', 'ETH', entry)
  const unsafeAt = O.toUndefined(Position.unsafeAt(dutchTerms, position, [], 'ETH')) ?? 0n
  const opened = (price: bigint): readonly number[] => {
    const [open, close] = [Fixed.ray(price), Fixed.ray(price)]
    const path = PricePath.make([{ time: start, open, close, gasPriceGwei: undefined }])
    return run({ ...scenario, ...plain(path, 10, 0, 200_000) }).lots.map(({ openedAt }) => openedAt)
  }
  expect(opened(unsafeAt)).toEqual([start])
  expect(opened(unsafeAt + 1n)).toEqual([])
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
