import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { type Event, Fixed, Position, type Terms } from '../../src/index.js'
import * as Arbitrary from '../../src/testing/Arbitrary.js'
import { answerOf, handedBack, loanOf, loanQuotes, loanTerms } from '../examples/opening.js'
import { law } from '../law.js'
import { position, quotes, terms, times } from './opening/cases.js'
import { amountOf, ceilOf, judged, listed, slowSupportPrice } from './opening/model.js'

const { ray, wad } = Fixed

const anyTerms = fc.oneof(terms, Arbitrary.terms)
const anyPosition = fc.oneof(position, Arbitrary.position('p1'))
const anyQuotes = fc.oneof(quotes, Arbitrary.quotes)

law(
  'POS-1',
  'a debt is the product, a unit supports the fraction of its price that the terms count, rounded down once',
  fc.property(
    anyTerms,
    anyPosition,
    Arbitrary.price,
    (terms, position, price) =>
      Position.debt(position) === position.shares * position.index &&
      terms.collaterals.every(
        (one) => Position.supportPrice(one, price) === slowSupportPrice(one, price),
      ),
  ),
)

law(
  'POS-1',
  'health is the sum of what each asset supports, and the debt; an asset named twice counts once',
  fc.property(anyTerms, anyPosition, anyQuotes, (terms, position, quotes) => {
    const health = Position.health(terms, position, quotes)
    const [broken] = judged(terms, position, quotes).filter(({ stage }) => stage < 120)
    if (broken !== undefined) return isDeepStrictEqual(health, E.left(broken.refusal))
    const twice = {
      ...terms,
      collaterals: [
        ...terms.collaterals,
        ...terms.collaterals.map((one) => ({ ...one, haircut: ray(0n) })),
      ],
    }
    const double = { ...position, holdings: [...position.holdings, ...position.holdings] }
    return (
      E.isRight(health) &&
      health.right.debt === Position.debt(position) &&
      isDeepStrictEqual(Position.health(twice, double, [...quotes, ...quotes]), health)
    )
  }),
)

test('POS-2 no shares, or an index of nothing, are no debt: a position without support is safe at it', () => {
  const terms = loanTerms({}, { unsafe: 'atOrBelow' })
  const judged = (shares: bigint, index: bigint) =>
    answerOf(Position.liquidatable(terms, loanOf(shares, 0n, 0n, index), loanQuotes(1n, 1n)))
  const safe = { _tag: 'Safe', rule: 'POS-2', support: 0n, debt: 0n }
  expect([judged(0n, 1n), judged(1n, 0n)]).toEqual([safe, safe])
  const free = { ...loanOf(1n, 1n), index: ray(0n) }
  expect(Position.unsafeAt(terms, free, loanQuotes(1n, 1n), 'ETH')).toEqual(O.none)
})

law(
  'POS-2',
  'only a position that owes, and more than its support or as much as the terms say, may be liquidated',
  fc.property(anyTerms, anyPosition, anyQuotes, (terms, position, quotes) => {
    const answer = Position.liquidatable(terms, position, quotes)
    const [first] = judged(terms, position, quotes)
    return first === undefined
      ? isDeepStrictEqual(answer, Position.health(terms, position, quotes)) && E.isRight(answer)
      : isDeepStrictEqual(answer, E.left(first.refusal))
  }),
  times(5),
)

law(
  'POS-2',
  'at exactly its support a debt is safe or not as the terms say, one unit above never is',
  fc.property(
    fc.bigInt(1n, 10n ** 30n),
    fc.bigInt(1n, 10n ** 30n),
    terms,
    (amount, price, terms) => {
      const plain: Terms.Terms = {
        ...terms,
        width: 'unbounded',
        collaterals: terms.collaterals.slice(0, 1).map((one) => ({
          ...one,
          support: { _tag: 'Ratio', ratio: Fixed.RAY },
          haircut: ray(0n),
        })),
      }
      const of = (shares: bigint) =>
        E.isRight(
          Position.liquidatable(
            plain,
            {
              id: 'p',
              owner: 'o',
              line: 'l',
              holdings: [{ asset: 'ETH', amount: wad(amount) }],
              shares: wad(shares),
              index: ray(1n),
            },
            [{ asset: 'ETH', risk: ray(price), market: ray(price) }],
          ),
        )
      const support = amount * price
      return of(support) === (plain.unsafe === 'atOrBelow') && of(support + 1n) && !of(support - 1n)
    },
  ),
)

law(
  'POS-3',
  'without a price above zero of something that it holds a position is never liquidated',
  fc.property(anyTerms, anyPosition, anyQuotes, fc.nat(2), (terms, position, quotes, i) => {
    const [asset] = listed(terms)
      .map((one) => one.asset)
      .slice(i % terms.collaterals.length)
    const unpriced = quotes.map((one) => (one.asset === asset ? { ...one, risk: ray(0n) } : one))
    const answer = Position.liquidatable(terms, position, unpriced)
    const gone = Position.liquidatable(
      terms,
      position,
      quotes.filter((one) => one.asset !== asset),
    )
    return (
      isDeepStrictEqual(answer, gone) &&
      (amountOf(position, asset ?? '') === 0n ||
        (E.isLeft(answer) && answer.left._tag === 'NoRiskPrice'))
    )
  }),
)

/** A case of `unsafeAt` in which nothing overflows. */
const priced = fc.record({
  terms: anyTerms.map((terms): Terms.Terms => ({ ...terms, width: 'unbounded' })),
  position: anyPosition,
  quotes: anyQuotes,
  asset: fc.constantFrom(...Arbitrary.assets),
})

const isUnsafeAt = (
  { asset, position, quotes, terms }: typeof priced extends fc.Arbitrary<infer A> ? A : never,
  price: bigint,
): boolean => {
  const quote = { asset, risk: ray(price), market: ray(price) }
  return E.isRight(
    Position.liquidatable(terms, position, [quote, ...quotes.filter((one) => one.asset !== asset)]),
  )
}

law(
  'POS-4',
  'a position is unsafe at that price, and one unit below it, and safe one unit above',
  fc.property(priced, fc.bigInt(1n, 10n ** 40n), (one, higher) => {
    const at = Position.unsafeAt(one.terms, one.position, one.quotes, one.asset)
    if (O.isSome(at))
      return (
        at.value > 0n &&
        isUnsafeAt(one, at.value) &&
        (at.value === 1n || isUnsafeAt(one, at.value - 1n)) &&
        !isUnsafeAt(one, at.value + 1n)
      )
    // None: no price of it decides whether the position is unsafe.
    const isHeld =
      amountOf(one.position, one.asset) > 0n &&
      listed(one.terms).some(({ asset }) => asset === one.asset)
    return !isHeld || isUnsafeAt(one, 1n) === isUnsafeAt(one, higher)
  }),
  times(10),
)

test('POS-4 there often is such a price, and often none', () => {
  const cases = fc.sample(priced, { seed: 1, numRuns: 1000 })
  const some = cases.filter((one) =>
    O.isSome(Position.unsafeAt(one.terms, one.position, one.quotes, one.asset)),
  )
  expect(some.length).toBeGreaterThan(200)
  expect(some.filter(({ terms }) => terms.collaterals.length > 1).length).toBeGreaterThan(100)
  expect(cases.length - some.length).toBeGreaterThan(200)
})

/** What of a position its lots take, one lot an asset. */
const seized = fc
  .tuple(
    position,
    fc.array(fc.tuple(fc.nat(3), fc.bigInt(0n, 50n), fc.bigInt(0n, 50n)), { maxLength: 3 }),
  )
  .map(([before, lots]) => ({
    before,
    lots: lots.map(([i, collateral, shares]) => ({
      asset: Arbitrary.assets[i] ?? 'NEW',
      collateral: wad(collateral),
      shares: wad(shares),
    })),
  }))

const opens = (asset: string, collateral: Fixed.Wad, shares: Fixed.Wad): Event.Opened => ({
  ...handedBack(0n),
  _tag: 'Opened',
  goods: { _tag: 'Collateral', asset, position: 'p1', owner: 'olga' },
  collateral,
  shares,
  debt: Fixed.rad(0n),
  target: Fixed.rad(0n),
  lossAt: 'close',
  binding: 'inForce',
  start: { _tag: 'Dutch', startPrice: ray(1n) },
  keeper: 'kim',
  reward: Fixed.rad(0n),
  payer: { _tag: 'Protocol' },
})

const sumOf = (position: Position.Position, asset: string): bigint =>
  position.holdings.reduce((sum, one) => (one.asset === asset ? sum + one.amount : sum), 0n)

law(
  'POS-5',
  'what lots take is what a position loses, whatever it lists, and all else stays',
  fc.property(seized, ({ before, lots }) => {
    const after = lots
      .map(({ asset, collateral, shares }) => opens(asset, collateral, shares))
      .reduce(Position.evolve, before)
    const { holdings, shares, ...rest } = after
    const { holdings: held, shares: owed, ...same } = before
    const taken = (asset: string): bigint =>
      lots.reduce((sum, lot) => (lot.asset === asset ? sum + lot.collateral : sum), 0n)
    return (
      isDeepStrictEqual(rest, same) &&
      shares === owed - lots.reduce((sum, lot) => sum + lot.shares, 0n) &&
      [...Arbitrary.assets, 'NEW'].every(
        (asset) => sumOf(after, asset) === sumOf(before, asset) - taken(asset),
      ) &&
      held.every(({ asset }, i) => holdings[i]?.asset === asset)
    )
  }),
)

law(
  'POS-6',
  'a cancel gives the collateral back and the least shares that are worth the debt',
  fc.property(position, fc.nat(3), fc.bigInt(0n, 10n ** 30n), (before, i, debt) => {
    const asset = Arbitrary.assets[i] ?? 'NEW'
    const back = handedBack(debt)
    const after = Position.evolve(before, { ...back, goods: { ...back.goods, asset } })
    const gained = after.shares - before.shares
    return (
      sumOf(after, asset) === sumOf(before, asset) + 20n &&
      gained === (before.index > 0n ? ceilOf(debt, before.index) : 0n) &&
      (before.index <= 0n || gained * before.index >= debt)
    )
  }),
)

law(
  'POS-6',
  'what is seized and cancelled at the same index leaves a position as it was; at a later one it owes no less',
  fc.property(
    position,
    fc.bigInt(0n, 50n),
    fc.bigInt(0n, 50n),
    fc.bigInt(0n, 5n),
    (before, amount, shares, grown) => {
      const index = before.index > 0n ? before.index : ray(1n)
      const start = { ...before, index }
      const lot = opens('ETH', wad(amount), wad(shares))
      const seized = Position.evolve(start, lot)
      const back = { ...handedBack(shares * index), collateral: wad(amount) }
      const later = { ...seized, index: ray(index + grown) }
      const debt = Position.debt(later)
      return (
        isDeepStrictEqual(Position.evolve(seized, back), start) &&
        Position.debt(Position.evolve(later, back)) >= debt + shares * index
      )
    },
  ),
)

test('POS-4 an asset that the position does not hold needs no price', () => {
  const [ether] = loanQuotes(1n, 1n)
  expect(Position.unsafeAt(loanTerms(), loanOf(100n, 40n), ether ? [ether] : [], 'ETH')).toEqual(
    O.some(2n),
  )
})

test('POS-6 what is handed back adds no shares where one is worth nothing', () => {
  const worthless = loanOf(9n, 40n, 0n, 0n)
  expect(Position.evolve(worthless, handedBack(5n))).toEqual({
    ...worthless,
    holdings: loanOf(9n, 60n).holdings,
  })
})
