/**
 * Dutch.sale: the theorems about one sale (handbook/proofs.md, D1 to D21), with a minimum of either side.
 */

import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Dutch, Fixed, type Terms } from '../../src/index.js'
import { law } from '../law.js'
import { largestSale } from './dutch/model.js'

const { max, min } = Fixed

interface Case {
  readonly collateral: bigint
  readonly target: bigint
  readonly price: bigint
  readonly wanted: bigint
  readonly minLeft: bigint
  readonly minCollateralLeft: bigint
}

const minimums = ({ minCollateralLeft, minLeft }: Case) => ({
  minLeft: Fixed.rad(minLeft),
  minCollateralLeft: Fixed.wad(minCollateralLeft),
})

const left = ({ collateral, target }: Case) => ({
  collateral: Fixed.wad(collateral),
  target: Fixed.rad(target),
})

const saleOf = (one: Case): Dutch.Sale | undefined =>
  Dutch.sale(left(one), Fixed.ray(one.price), Fixed.wad(one.wanted), minimums(one))

const upTo = (most: bigint): fc.Arbitrary<bigint> => fc.bigInt(0n, most)

/** Numbers up to a size, of which what is wanted is at most what there is, and often all of it. */
const cases = (collateral: bigint, price: bigint, target: bigint): fc.Arbitrary<Case> =>
  fc
    .record({
      collateral: fc.bigInt(1n, collateral),
      target: fc.bigInt(1n, target),
      price: upTo(price),
      wanted: upTo(collateral),
      minLeft: fc.oneof(upTo(target), upTo(target / 8n)),
      minCollateralLeft: fc.oneof(fc.constant(0n), upTo(collateral / 4n), upTo(collateral)),
      takesAll: fc.nat(7).map((n) => n === 0),
    })
    .map(({ takesAll, ...rest }) => ({
      ...rest,
      wanted: takesAll ? rest.collateral : rest.wanted % (rest.collateral + 1n),
    }))

const small = cases(12n, 9n, 90n)
const anySize = fc.oneof(small, cases(10n ** 21n, 10n ** 31n, 10n ** 51n), cases(40n, 30n, 900n))

/** Holds for every sale that there is. */
const everySale = (holds: (sale: Dutch.Sale, one: Case) => boolean): fc.IRawProperty<[Case]> =>
  fc.property(anySize, (one) => {
    const sale = saleOf(one)
    return sale === undefined || holds(sale, one)
  })

const costOf = ({ price, wanted }: Case): bigint => wanted * price

/** Whether a payment ends the lot, or leaves both minimums, and pays for no more than may be had. */
const admissible = (paid: bigint, one: Case): boolean => {
  const { collateral, minCollateralLeft, minLeft, price, target, wanted } = one
  const most = collateral - minCollateralLeft
  return (
    paid === target ||
    (paid === costOf(one) && wanted === collateral) ||
    (target - paid >= minLeft && most >= 0n && paid <= most * price)
  )
}

const many = { numRuns: Math.max(1000, Number(process.env['FC_RUNS'] ?? 200)) }

law(
  'DUT-6',
  'a sale is the largest that leaves both minimums, found by search (D14 to D16, uniqueness)',
  fc.property(small, (one) => {
    const { collateral, price, target, wanted } = one
    const found = largestSale(
      { collateral: Fixed.wad(collateral), target: Fixed.rad(target) },
      price,
      wanted,
      minimums(one),
    )
    return isDeepStrictEqual(saleOf(one), found)
  }),
  { numRuns: 6000 },
)

test('DUT-6 the search meets every kind of sale, hundreds of times', () => {
  const kind = (one: Case): string => {
    const sale = saleOf(one)
    if (sale === undefined) return 'refused'
    const { bought, paid } = sale
    if (paid === one.target && paid < costOf(one)) return 'cut to the target'
    if (bought === one.collateral) return 'everything'
    if (paid === costOf(one)) return 'as wanted'
    return paid === one.target - one.minLeft ? 'cut to minLeft' : 'cut to minCollateralLeft'
  }
  const kinds = fc.sample(small, { seed: 1, numRuns: 6000 }).map(kind)
  const often = [...new Set(kinds)].filter((k) => kinds.filter((one) => one === k).length >= 100)
  expect(often.sort()).toEqual([
    'as wanted',
    'cut to minCollateralLeft',
    'cut to minLeft',
    'cut to the target',
    'everything',
    'refused',
  ])
})

law(
  'DUT-5',
  'no price, however low, makes a sale divide by nothing (D1)',
  fc.property(anySize, (one) => {
    const sale = saleOf({ ...one, price: 0n })
    return sale === undefined || sale.paid === 0n
  }),
  many,
)

law(
  'DUT-5',
  'a payment is from nothing to the target (D2)',
  everySale(({ paid }, { target }) => 0n <= paid && paid <= target),
  many,
)

law(
  'DUT-5',
  'what is bought is from nothing to what is wanted (D3)',
  everySale(({ bought }, { wanted }) => 0n <= bought && bought <= wanted),
  many,
)

law(
  'DUT-5',
  'a payment is what was bought times the price, or less than one unit more (D4)',
  everySale(({ bought, paid }, { price }) => {
    const excess = paid - bought * price
    return excess === 0n || (excess > 0n && excess < price)
  }),
  many,
)

law(
  'DUT-6',
  'a sale meets the target, takes everything, or leaves both minimums (D5)',
  everySale(({ bought, paid }, { collateral, minCollateralLeft, minLeft, target }) => {
    const [moneyLeft, collateralLeft] = [target - paid, collateral - bought]
    return (
      moneyLeft === 0n ||
      collateralLeft === 0n ||
      (moneyLeft >= minLeft && collateralLeft >= minCollateralLeft)
    )
  }),
  many,
)

law(
  'DUT-5',
  'taking all collateral costs exactly its price, and leaves a shortfall not below zero (D6, D7)',
  everySale(
    ({ bought, paid }, { collateral, price, target }) =>
      bought < collateral || (paid === collateral * price && target - paid >= 0n),
  ),
  many,
)

law(
  'DUT-7',
  'something wanted at a price costs something (D8)',
  everySale(({ paid }, { price, wanted }) => price === 0n || wanted === 0n || paid >= 1n),
  many,
)

law(
  'DUT-6',
  'wanting everything is never refused, and pays the whole target where it is worth that (D9, D10)',
  fc.property(anySize, (any) => {
    const one = { ...any, wanted: any.collateral }
    const sale = saleOf(one)
    return sale !== undefined && sale.paid === min(one.target, costOf(one))
  }),
  many,
)

law(
  'DUT-6',
  'no greater payment is admissible (D14)',
  fc.property(anySize, upTo(10n ** 51n), (one, more) => {
    const sale = saleOf(one)
    if (sale === undefined) return true
    const most = min(costOf(one), one.target)
    const others = [most, one.target - one.minLeft, sale.paid + 1n, sale.paid + more]
    return others.every((paid) => paid <= sale.paid || paid > most || !admissible(paid, one))
  }),
  many,
)

law(
  'DUT-6',
  'a refusal means that nothing above zero is admissible (D15)',
  fc.property(anySize, upTo(10n ** 51n), (one, any) => {
    if (saleOf(one) !== undefined) return true
    const most = min(costOf(one), one.target)
    const others = [1n, most, one.target - one.minLeft, any % (most + 1n)]
    return others.every((paid) => paid <= 0n || paid > most || !admissible(paid, one))
  }),
  many,
)

law(
  'DUT-6',
  'what is bought is the most that the payment buys (D16)',
  everySale(({ bought, paid }, one) => {
    const { collateral, minCollateralLeft, price, target, wanted } = one
    const ends = paid === target || wanted === collateral
    const most = ends ? wanted : min(wanted, collateral - minCollateralLeft)
    return bought <= most && (bought === most || (bought + 1n) * price > paid)
  }),
  many,
)

law(
  'DUT-6',
  'who wants more never pays or gets less, where there is a sale (D17)',
  fc.property(anySize, upTo(10n ** 21n), (one, more) => {
    const less = saleOf(one)
    const greater = saleOf({ ...one, wanted: min(one.collateral, one.wanted + more) })
    if (less === undefined || greater === undefined) return true
    return less.paid <= greater.paid && less.bought <= greater.bought
  }),
  many,
)

/** One sale after the other, at one price, from what the one before left. */
const inTurn = (
  one: Case,
  wants: readonly bigint[],
): { readonly paid: bigint; readonly bought: bigint; readonly sales: bigint } =>
  wants.reduce(
    (sum, wanted) => {
      const collateral = one.collateral - sum.bought
      const target = one.target - sum.paid
      const sale =
        collateral === 0n || target === 0n
          ? undefined
          : saleOf({ ...one, collateral, target, wanted: min(wanted, collateral) })
      return sale === undefined
        ? sum
        : {
            paid: sum.paid + sale.paid,
            bought: sum.bought + sale.bought,
            sales: sum.sales + 1n,
          }
    },
    { paid: 0n, bought: 0n, sales: 0n },
  )

law(
  'DUT-5',
  'n sales at one price get no more than one of their sum, and pay at most n units too much (D19, I22)',
  fc.property(anySize, fc.array(upTo(50n), { minLength: 2, maxLength: 5 }), (any, shares) => {
    const wants = shares.map((share) => (any.wanted * share) / 40n)
    const wanted = wants.reduce((sum, want) => sum + want, 0n)
    const split = inTurn(any, wants)
    const whole = saleOf({ ...any, wanted: min(wanted, any.collateral) })
    const excess = split.paid - split.bought * any.price
    return (
      excess >= 0n &&
      excess <= split.sales * max(any.price - 1n, 0n) &&
      (whole === undefined || split.bought <= whole.bought)
    )
  }),
  many,
)

law(
  'DUT-5',
  'at one price, what a lot is short of never grows, and a covered lot stays covered (D21)',
  everySale(({ bought, paid }, { collateral, price, target }) => {
    const before = target - collateral * price
    const after = target - paid - (collateral - bought) * price
    return after <= before
  }),
  many,
)

test('DUT-6 the minimums are each a term: neither cuts where it is zero', () => {
  const free: Pick<Terms.Dutch, 'minCollateralLeft' | 'minLeft'> = {
    minLeft: Fixed.rad(0n),
    minCollateralLeft: Fixed.wad(0n),
  }
  const lot = { collateral: Fixed.wad(10n), target: Fixed.rad(100n) }
  expect(Dutch.sale(lot, Fixed.ray(9n), Fixed.wad(9n), free)).toEqual({ paid: 81n, bought: 9n })
})
