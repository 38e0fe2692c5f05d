/**
 * Laws of Pool: spec/21-pool.md.
 */

import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { Fixed } from '../../src/core/index.js'
import { Pool } from '../../src/market/index.js'
import { Arbitrary } from '../../src/testing/index.js'
import { law } from '../law.js'

const { rad, ray, RAY, wad } = Fixed

/** Small pools, where rounding shows, and large ones. */
const collateral = Arbitrary.positive(10n ** 26n).map(wad)
const money = Arbitrary.positive(10n ** 55n).map(rad)
const fee = fc
  .oneof(fc.constant(0n), fc.bigInt(0n, RAY - 1n), fc.constant((3n * RAY) / 1000n))
  .map(ray)
const pool = fc.record({ collateral, money, fee })
const amount = Arbitrary.positive(10n ** 26n).map(wad)
const cash = Arbitrary.positive(10n ** 55n).map(rad)
const market = Arbitrary.positive(10n ** 33n).map(ray)

const right = <A>(made: E.Either<unknown, A>): A | undefined =>
  E.isRight(made) ? made.right : undefined

law(
  'AMM-1',
  'a pool is made as given, or all that is wrong is said',
  fc.property(
    fc.bigInt(-2n, 2n),
    fc.bigInt(-2n, 2n),
    fc.bigInt(-2n, 2n).map((n) => n * (RAY / 2n)),
    (x, y, fee) => {
      const made = Pool.make(wad(x), rad(y), ray(fee))
      const wrong = [x <= 0n, y <= 0n, fee < 0n || fee >= RAY].filter(Boolean).length
      return E.isRight(made)
        ? wrong === 0 && made.right.collateral === x && made.right.money === y
        : made.left.length === wrong && made.left.every(({ rule }) => rule === 'AMM-1')
    },
  ),
)

law(
  'AMM-1',
  'the price is the greatest Ray that is not above money over collateral',
  fc.property(pool, (pool) => {
    const price = Pool.price(pool)
    return price * pool.collateral <= pool.money && (price + 1n) * pool.collateral > pool.money
  }),
)

law(
  'AMM-2',
  'what comes out is the greatest amount that keeps the product with what counts of what goes in',
  fc.property(pool, amount, (pool, given) => {
    const sale = Pool.sell(pool, given)
    const counted = given * (RAY - pool.fee)
    const keeps = (money: bigint): boolean =>
      (pool.collateral * RAY + counted) * (pool.money - money) >= Pool.product(pool) * RAY
    if (E.isLeft(sale)) return !keeps(1n) && sale.left[0]?.rule === 'AMM-2'
    const { money, pool: after, sold } = sale.right
    return (
      keeps(money) &&
      !keeps(money + 1n) &&
      sold === given &&
      after.collateral === pool.collateral + given &&
      after.money === pool.money - money
    )
  }),
)

law(
  'AMM-2',
  'buying is selling with the sides exchanged, and nothing or less is refused',
  fc.property(pool, cash, fc.bigInt(-5n, 0n), (pool, paid, none) => {
    const mirror = { ...pool, collateral: wad(pool.money), money: rad(pool.collateral) }
    const bought = right(Pool.buy(pool, paid))
    return (
      bought?.bought === (right(Pool.sell(mirror, wad(paid)))?.money as bigint | undefined) &&
      E.isLeft(Pool.buy(pool, rad(none))) &&
      E.isLeft(Pool.sell(pool, wad(none)))
    )
  }),
)

law(
  'AMM-3',
  'what is needed is enough, and one unit less is not',
  fc.property(pool, fc.nat(1000), (pool, part) => {
    const wanted = rad((pool.money * BigInt(part)) / 1000n)
    const needed = Pool.toSell(pool, wanted)
    if (E.isLeft(needed)) return wanted === 0n || wanted >= pool.money
    const enough = (given: bigint): boolean =>
      (right(Pool.sell(pool, wad(given)))?.money ?? 0n) >= wanted
    return enough(needed.right) && !enough(needed.right - 1n)
  }),
)

law(
  'AMM-3',
  'what is needed to buy is enough, one unit less is not, and all that there is has no price',
  fc.property(pool, fc.nat(1000), (pool, part) => {
    const wanted = wad((pool.collateral * BigInt(part)) / 1000n)
    const needed = Pool.toPay(pool, wanted)
    if (E.isLeft(needed)) return wanted === 0n || wanted >= pool.collateral
    const enough = (given: bigint): boolean =>
      (right(Pool.buy(pool, rad(given)))?.bought ?? 0n) >= wanted
    return wanted < pool.collateral && enough(needed.right) && !enough(needed.right - 1n)
  }),
)

law(
  'AMM-4',
  'collateral times money never falls, whatever is done and in any order',
  fc.property(
    pool,
    fc.array(
      fc.oneof(
        amount.map((given) => (pool: Pool.Pool) => right(Pool.sell(pool, given))?.pool),
        cash.map((paid) => (pool: Pool.Pool) => right(Pool.buy(pool, paid))?.pool),
        fc
          .tuple(market, fc.nat(5000), Arbitrary.share)
          .map((all) => (pool: Pool.Pool) => right(Pool.refill(pool, ...all))),
      ),
      { maxLength: 8 },
    ),
    (pool, steps) =>
      steps.reduce<Pool.Pool | undefined>((before, step) => {
        if (before === undefined) return undefined
        const after = step(before) ?? before
        const isKept = Pool.product(after) >= Pool.product(before)
        return isKept && after.collateral > 0n && after.money > 0n ? after : undefined
      }, pool) !== undefined,
  ),
)

law(
  'AMM-5',
  'a round trip never gains, from either side',
  fc.property(pool, amount, cash, (pool, given, paid) => {
    const sale = right(Pool.sell(pool, given))
    const back = sale && right(Pool.buy(sale.pool, sale.money))
    const purchase = right(Pool.buy(pool, paid))
    const again = purchase && right(Pool.sell(purchase.pool, purchase.bought))
    return (back?.bought ?? 0n) <= given && (again?.money ?? 0n) <= paid
  }),
)

law(
  'AMM-5',
  'a swap in two parts never brings more than the whole at once',
  fc.property(pool, amount, amount, (pool, first, second) => {
    const whole = right(Pool.sell(pool, wad(first + second)))?.money ?? 0n
    const one = right(Pool.sell(pool, first))
    const two = right(Pool.sell(one?.pool ?? pool, second))
    return (one?.money ?? 0n) + (two?.money ?? 0n) <= whole
  }),
)

law(
  'AMM-6',
  'the impact is the least share that the price falls by at most, and grows with the amount',
  fc.property(pool, amount, amount, (pool, less, more) => {
    const sale = right(Pool.sell(pool, less))
    const impact = right(Pool.impact(pool, less))
    const larger = right(Pool.impact(pool, wad(less + more)))
    if (sale === undefined || impact === undefined) return sale === impact
    const falls = (share: bigint): boolean =>
      sale.pool.money * pool.collateral * RAY >= (RAY - share) * pool.money * sale.pool.collateral
    return falls(impact) && !falls(impact - 1n) && (larger ?? 0n) >= impact
  }),
)

law(
  'AMM-7',
  'a refill moves the pool toward the market and never past it, the faster the less is kept',
  fc.property(pool, market, fc.nat(5000), Arbitrary.share, (pool, market, lasts, keep) => {
    const after = right(Pool.refill(pool, market, lasts, keep))
    const there = right(Pool.refill(pool, market, 1, ray(0n)))
    const later = right(Pool.refill(pool, market, lasts + 1, keep))
    if (after === undefined || there === undefined || later === undefined) return false
    const distance = ({ collateral }: Pool.Pool): bigint => {
      const far = collateral - there.collateral
      return far < 0n ? -far : far
    }
    const isBetween =
      (pool.collateral >= after.collateral && after.collateral >= there.collateral) ||
      (pool.collateral <= after.collateral && after.collateral <= there.collateral)
    return isBetween && distance(later) <= distance(after) && distance(after) <= distance(pool)
  }),
)

law(
  'AMM-7',
  'where nothing is kept, the pool holds the greatest amount that is worth no more than half of it at the market',
  fc.property(pool, market, (pool, market) => {
    const { collateral } = right(Pool.refill(pool, market, 1, ray(0n))) ?? pool
    const isLow = (amount: bigint): boolean => amount * amount * market <= Pool.product(pool)
    return (isLow(collateral) || collateral === 1n) && !isLow(collateral + 1n)
  }),
)

law(
  'AMM-8',
  'no other amount gains more than the best one, but for what rounding takes',
  fc.property(pool, market, amount, fc.bigInt(-3n, 3n), (pool, cost, other, near) => {
    const best = Pool.best(pool, cost)
    const gain = (given: bigint): bigint => {
      const sale = given > 0n ? right(Pool.sell(pool, wad(given))) : undefined
      return sale === undefined ? 0n : sale.money - given * cost
    }
    // The best amount is rounded down twice: as one unit of collateral in the pool, and as one to be sold.
    const unit = (RAY * 2n) / (RAY - pool.fee) + 2n
    const slack = unit * (cost + Pool.price(pool)) + 1n
    return [other, best + near].every((one) => gain(one) <= gain(best) + slack)
  }),
)

law(
  'AMM-8',
  'of no more than there is, the best amount is the best one of all, or all there is',
  fc.property(pool, market, amount, fc.bigInt(-1n, 1n), (pool, cost, given, near) => {
    const best = Pool.best(pool, cost)
    const least = (most: bigint): boolean =>
      Pool.best(pool, cost, wad(most)) === (best < most ? best : most)
    return least(given) && (best + near < 0n || least(best + near))
  }),
)
