/**
 * Laws of Bidder and Portfolio: spec/16-market.md.
 */

import fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { Fixed, Position } from '../../src/core/index.js'
import { Bidder, Portfolio, Random } from '../../src/market/index.js'
import { Presets } from '../../src/tuning/index.js'
import { law } from '../law.js'

const seed = fc.bigInt(0n, 2n ** 64n)
const percent = Fixed.RAY / 100n
const terms = Presets.presets['dutch-default']
const [collateral] = terms.collaterals

law(
  'MKT-5',
  'bidders share the capital to the last unit, by weights of 1 to 10, and keep to the bounds',
  fc.property(
    seed,
    fc.integer({ min: 1, max: 40 }),
    fc.bigInt(0n, 10n ** 54n),
    (seed, n, money) => {
      const bidders = Bidder.make(seed, n, Fixed.rad(money))
      const shares = bidders.map(({ capital }) => capital)
      const most = shares.reduce((a, b) => (a > b ? a : b), 0n)
      return (
        bidders.length === n &&
        new Set(bidders.map(({ name }) => name)).size === n &&
        shares.reduce((sum, share) => sum + share, 0n) === money &&
        shares.every((share) => (share + 1n) * 10n >= most) &&
        bidders.every(
          ({ delay, margin }) =>
            delay >= 0 &&
            delay <= 60 &&
            Number.isInteger(delay) &&
            margin >= percent / 2n &&
            margin <= 5n * percent,
        )
      )
    },
  ),
)

test('MKT-5 margins and delays come near both ends of their bounds', () => {
  const bidders = Bidder.make(3n, 1000, Fixed.RAD)
  const margins = bidders.map(({ margin }) => Number(margin / 10n ** 22n) / 1000)
  const delays = bidders.map(({ delay }) => delay)
  expect(Math.min(...margins)).toBeLessThan(0.6)
  expect(Math.max(...margins)).toBeGreaterThan(4.9)
  expect([Math.min(...delays), Math.max(...delays)]).toEqual([0, 60])
})

law(
  'MKT-6',
  'a unit is worth the price less margin and 2 % an hour, rounded down, and never less than nothing',
  fc.property(
    fc.bigInt(0n, Fixed.RAY),
    fc.oneof(fc.nat(400_000), fc.constantFrom(0, Infinity, 2 ** 60)),
    fc.bigInt(0n, 10n ** 33n),
    (margin, wait, price) => {
      const bidder = { name: 'b', margin: Fixed.ray(margin), capital: Fixed.RAD, delay: 0 }
      const worth = Bidder.worth(Bidder.keep(bidder, wait), Fixed.ray(price))
      if (!Number.isSafeInteger(wait)) return worth === 0n
      // All in 1/180,000 of a Ray: 2 % an hour is 1/180,000 a second.
      const kept = (Fixed.RAY - margin) * 180_000n - BigInt(wait) * Fixed.RAY
      const exact = kept > 0n ? kept : 0n
      const scale = 180_000n * Fixed.RAY
      // The cost of waiting is rounded up once, the product down once.
      return (
        worth * scale <= price * exact && (worth + 1n) * scale + price * 180_000n > price * exact
      )
    },
  ),
)

law(
  'MKT-8',
  'drawn positions are safe at the first price and unsafe before it has fallen by 60.1 %, not by 0.9 %',
  fc.property(seed, fc.bigInt(1n, 10n ** 8n), (seed, cents) => {
    const price = Fixed.ray((cents * Fixed.RAY) / 100n)
    if (collateral === undefined) return false
    return Portfolio.make(seed, 20, collateral, price).every((entry) => {
      const position = Portfolio.position(terms.line, collateral.asset, entry)
      const at = O.toUndefined(Position.unsafeAt(terms, position, [], collateral.asset)) ?? 0n
      const isInBounds = at * 1000n <= price * 991n && at * 1000n >= price * 399n
      return isInBounds && entry.debt >= 10_000n * Fixed.RAD && entry.debt < 640_000n * Fixed.RAD
    })
  }),
)

law(
  'MKT-8',
  'the collateral is the least that supports the debt after the fall that was drawn',
  fc.property(seed, fc.bigInt(1n, 10n ** 8n), (seed, cents) => {
    if (collateral === undefined) return false
    const price = Fixed.ray((cents * Fixed.RAY) / 100n)
    const support = Position.supportPrice(collateral, price)
    return Portfolio.make(seed, 5, collateral, price).every(({ collateral: amount, debt }, i) => {
      const left = 990_000_000n - Random.below(seed, 3 * i, 590_000_000n)
      const needed = debt * 10n ** 9n
      return amount * support * left >= needed && (amount - 1n) * support * left < needed
    })
  }),
)

test('MKT-8 falls are spread evenly, and sizes double', () => {
  if (collateral === undefined) throw new Error('no collateral')
  const price = Fixed.ray(200n * Fixed.RAY)
  const entries = Portfolio.make(5n, 3000, collateral, price)
  const support = Position.supportPrice(collateral, price)
  const falls = entries.map(
    (one) => 1 - Number((one.debt * 10_000n) / (one.collateral * support)) / 10_000,
  )
  for (const [low, high] of [
    [0.01, 0.2],
    [0.2, 0.4],
    [0.4, 0.6],
  ] as const) {
    const share = falls.filter((fall) => fall >= low && fall < high).length / 3000
    expect(Math.abs(share - (high - low) / 0.59)).toBeLessThan(0.04)
  }
  for (const doublings of [0n, 1n, 2n, 3n, 4n, 5n]) {
    const least = (10_000n << doublings) * Fixed.RAD
    const share = entries.filter(({ debt }) => debt >= least && debt < 2n * least).length / 3000
    expect(Math.abs(share - 1 / 6)).toBeLessThan(0.03)
  }
  expect(new Set(entries.map(({ id }) => id)).size).toBe(3000)
})

law(
  'MKT-9',
  'a position owes exactly the debt of its entry, and holds its collateral',
  fc.property(
    fc.bigInt(1n, 10n ** 60n),
    fc.constantFrom(1n, 10n ** 18n, 10n ** 27n),
    fc.bigInt(1n, 10n ** 25n),
    (units, scale, amount) => {
      const entry = { id: 'a', collateral: Fixed.wad(amount), debt: Fixed.rad(units * scale) }
      const position = Portfolio.position('L', 'ETH', entry)
      return (
        Position.debt(position) === entry.debt &&
        Position.held(position, 'ETH') === amount &&
        position.shares > 0n &&
        position.owner === 'a' &&
        (entry.debt % Fixed.RAY !== 0n || position.index === Fixed.RAY)
      )
    },
  ),
)
