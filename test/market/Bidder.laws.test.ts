/**
 * Laws of Bidder and Portfolio: spec/16-market.md, spec/22-book.md.
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

law(
  'BOK-1',
  'drawn positions have ratios and debts between the quantiles, the collateral the least that has the ratio',
  fc.property(
    seed,
    fc.array(fc.bigInt(1n, 5n * Fixed.RAY), { minLength: 1, maxLength: 5 }),
    fc.array(fc.bigInt(1n, 10n ** 52n), { minLength: 1, maxLength: 5 }),
    fc.bigInt(1n, 10n ** 31n).map(Fixed.ray),
    (seed, someRatios, someDebts, price) => {
      const sorted = (all: readonly bigint[]): readonly bigint[] =>
        [...all].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
      const [ratios, debts] = [sorted(someRatios), sorted(someDebts)]
      const spread = { ratios: ratios.map(Fixed.ray), debts: debts.map(Fixed.rad) }
      const drawn = Portfolio.draw(seed, 20, price, spread)
      if (drawn._tag === 'Left') return false
      // By the rule's words: the part of the way that a word is of 2^64, from quantile to quantile.
      const at = (quantiles: readonly bigint[], n: number): bigint => {
        const way = Random.word(seed, n) * BigInt(quantiles.length - 1)
        const [low, part] = [Number(way / 2n ** 64n), way % 2n ** 64n]
        const [from = 0n, to = from] = quantiles.slice(low, low + 2)
        return from + ((to - from) * part) / 2n ** 64n
      }
      return drawn.right.every(({ collateral, debt }, i) => {
        const needed = debt * at(ratios, 2 * i)
        const worth = (amount: bigint): bigint => amount * price * Fixed.RAY
        return (
          debt === at(debts, 2 * i + 1) &&
          worth(collateral) >= needed &&
          worth(collateral - 1n) < needed
        )
      })
    },
  ),
)

test('BOK-1 each of four parts of a spread has a quarter of 20,000 positions', () => {
  const ratios = [10n, 11n, 13n, 20n, 30n].map((n) => Fixed.ray((n * Fixed.RAY) / 10n))
  const drawn = Portfolio.draw(1n, 20_000, Fixed.RAY, { ratios, debts: [Fixed.RAD] })
  if (drawn._tag === 'Left') throw new Error(JSON.stringify(drawn.left))
  const shares = ratios.slice(1).map((high, i) => {
    const low = ratios[i] ?? 0n
    const inPart = drawn.right.filter(({ collateral }) => {
      const ratio = collateral * 10n ** 9n
      return ratio > low && ratio <= high
    })
    return inPart.length / 20_000
  })
  const error = Math.sqrt((0.25 * 0.75) / 20_000)
  expect(shares.every((share) => Math.abs(share - 0.25) < 4 * error)).toBe(true)
})

test('BOK-1 what is no spread, no price and no count is refused, each by its name', () => {
  const good = { ratios: [Fixed.RAY], debts: [Fixed.RAD] }
  const settings = (...all: Parameters<typeof Portfolio.draw>): readonly string[] => {
    const drawn = Portfolio.draw(...all)
    return drawn._tag === 'Left' ? drawn.left.map(({ rule, setting }) => `${rule} ${setting}`) : []
  }
  expect(settings(1n, -1, Fixed.RAY, good)).toEqual(['BOK-1 count'])
  expect(settings(1n, 1, Fixed.ray(0n), good)).toEqual(['BOK-1 price'])
  expect(settings(1n, 1, Fixed.RAY, { ...good, debts: [] })).toEqual(['BOK-1 debts.length'])
  expect(settings(1n, 1, Fixed.RAY, { ...good, ratios: [Fixed.RAY, Fixed.ray(1n)] })).toEqual([
    'BOK-1 ratios[1]',
  ])
  expect(settings(1n, 1, Fixed.RAY, { ...good, ratios: [Fixed.ray(0n)] })).toEqual([
    'BOK-1 ratios[0]',
  ])
})
