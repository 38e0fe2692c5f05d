/**
 * Pool: a constant-product market maker, exactly: what it pays, what it costs to move it, and how it
 * comes back to the market.
 *
 * Reserves are a Wad of collateral and a Rad of money, so that their ratio is a price. Every rounding
 * is in the pool's favour.
 *
 * Laws: AMM-1 to AMM-8 (spec/21-pool.md).
 * Source: the constant product formula with the fee left in the pool (Uniswap v2 whitepaper, 2020).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from '../core/index.js'
import * as Real from './Real.js'
import { amount, type Made, made, money as moneyText, type Unfit, unless } from './Setting.js'

// Model

export interface Pool {
  readonly collateral: Fixed.Wad
  readonly money: Fixed.Rad
  /** The share of what is paid in that stays out of the formula, and in the pool. */
  readonly fee: Fixed.Ray
}

/** Collateral was sold to the pool. */
export interface Sold {
  readonly pool: Pool
  readonly sold: Fixed.Wad
  readonly money: Fixed.Rad
}

/** Collateral was bought from the pool. */
export interface Bought {
  readonly pool: Pool
  readonly paid: Fixed.Rad
  readonly bought: Fixed.Wad
}

// Constructors

const { RAY, mulDiv, rad, ray, wad } = Fixed

/** A pool with something of both in it, and a fee of at least nothing and less than all (AMM-1). */
export const make = (collateral: Fixed.Wad, money: Fixed.Rad, fee: Fixed.Ray): Made<Pool> =>
  made(
    [
      ...unless(collateral > 0n, 'AMM-1', 'collateral', amount(collateral), 'above 0'),
      ...unless(money > 0n, 'AMM-1', 'money', moneyText(money), 'above 0'),
      ...unless(fee >= 0n && fee < RAY, 'AMM-1', 'fee', fee, 'from 0 to below 1'),
    ],
    () => ({ collateral, money, fee }),
  )

// Queries

/** What no swap and no refill lowers: collateral times money (AMM-4). */
export const product = ({ collateral, money }: Pool): bigint => collateral * money

/** The price of a swap of almost nothing, before the fee: money over collateral, rounded down (AMM-1). */
export const price = ({ collateral, money }: Pool): Fixed.Ray =>
  ray(mulDiv(money, 1n, collateral, 'floor'))

/** What comes out for what goes in, rounded down (AMM-2). */
const out = (into: bigint, from: bigint, given: bigint, fee: Fixed.Ray): bigint => {
  const counted = given * (RAY - fee)
  return (from * counted) / (into * RAY + counted)
}

/** The least that has to go in for at least so much to come out (AMM-3). */
const needed = (into: bigint, from: bigint, wanted: bigint, fee: Fixed.Ray): bigint =>
  mulDiv(wanted * into, RAY, (RAY - fee) * (from - wanted), 'ceil')

/**
 * The sale that gains most where each unit costs a price (AMM-8): up to where the pool pays less than that for one more, and of no
 * more than there is. Nothing where already the first one brings less.
 */
export const best = (
  { collateral, fee, money }: Pool,
  cost: Fixed.Ray,
  most?: Fixed.Wad,
): Fixed.Wad => {
  const kept = RAY - fee
  if (cost <= 0n || kept <= 0n) return wad(0n)
  // A root is dear: most often it is known before that there is nothing to gain, or that all there is gains.
  if (money * kept < collateral * cost * RAY) return wad(0n)
  const square = (money * collateral * kept) / (cost * RAY)
  const full = most === undefined ? undefined : collateral + mulDiv(most, kept, RAY, 'ceil')
  if (most !== undefined && full !== undefined && square >= full * full) return most
  const held = Real.sqrt(square)
  const gains = wad(held <= collateral ? 0n : ((held - collateral) * RAY) / kept)
  return most === undefined ? gains : Fixed.min(gains, most)
}

const reachable = <A extends bigint>(
  setting: string,
  wanted: A,
  held: A,
  written: (units: A) => string,
): readonly Unfit[] =>
  unless(
    wanted > 0n && wanted < held,
    'AMM-3',
    setting,
    written(wanted),
    'above 0, and below what the pool holds',
  )

/** The least collateral that the pool pays at least so much money for (AMM-3). */
export const toSell = ({ collateral, fee, money }: Pool, wanted: Fixed.Rad): Made<Fixed.Wad> =>
  made(reachable('money', wanted, money, moneyText), () =>
    wad(needed(collateral, money, wanted, fee)),
  )

/** The least money that the pool gives at least so much collateral for (AMM-3). */
export const toPay = ({ collateral, fee, money }: Pool, wanted: Fixed.Wad): Made<Fixed.Rad> =>
  made(reachable('collateral', wanted, collateral, amount), () =>
    rad(needed(money, collateral, wanted, fee)),
  )

/** The share by which the second pool's price is below that of the first, rounded up; below zero where it is above (AMM-6). */
export const drop = (before: Pool, after: Pool): Fixed.Ray =>
  ray(RAY - mulDiv(after.money * before.collateral, RAY, before.money * after.collateral, 'floor'))

/** The share of its price that the pool loses by a sale: what the sale does to all who come after it (AMM-6). */
export const impact = (pool: Pool, sold: Fixed.Wad): Made<Fixed.Ray> =>
  E.map<Sold, Fixed.Ray>((sale) => drop(pool, sale.pool))(sell(pool, sold))

// Transitions

const moving = (setting: string, given: bigint, written: string, got: bigint): readonly Unfit[] => [
  ...unless(given > 0n, 'AMM-2', setting, written, 'above 0'),
  ...unless(given <= 0n || got > 0n, 'AMM-2', setting, written, 'enough to be paid something for'),
]

/** Sells collateral to the pool. Refuses an amount that is nothing, or is paid nothing for (AMM-2). */
export const sell = (pool: Pool, sold: Fixed.Wad): Made<Sold> => {
  const money = out(pool.collateral, pool.money, Fixed.max<bigint>(sold, 0n), pool.fee)
  return made(moving('sold', sold, amount(sold), money), () => ({
    pool: { ...pool, collateral: wad(pool.collateral + sold), money: rad(pool.money - money) },
    sold,
    money: rad(money),
  }))
}

/** Buys collateral from the pool. Refuses money that is none, or that nothing is given for (AMM-2). */
export const buy = (pool: Pool, paid: Fixed.Rad): Made<Bought> => {
  const bought = out(pool.money, pool.collateral, Fixed.max<bigint>(paid, 0n), pool.fee)
  return made(moving('paid', paid, moneyText(paid), bought), () => ({
    pool: { ...pool, collateral: wad(pool.collateral - bought), money: rad(pool.money + paid) },
    paid,
    bought: wad(bought),
  }))
}

/**
 * The pool after some seconds in which others trade it toward the market price (AMM-7): of the distance
 * of its collateral from what it would hold at that price, `keep` is left after each second. Refuses a
 * market price that is not above zero, a share that is none, and no whole number of seconds.
 */
export const refill = (
  pool: Pool,
  market: Fixed.Ray,
  lasts: Fixed.Seconds,
  keep: Fixed.Ray,
): Made<Pool> =>
  made(
    [
      ...unless(market > 0n, 'AMM-7', 'market', market, 'above 0'),
      ...unless(
        Number.isSafeInteger(lasts) && lasts >= 0,
        'AMM-7',
        'lasts',
        lasts,
        'a whole number of seconds, from 0 on',
      ),
      ...unless(keep >= 0n && keep <= RAY, 'AMM-7', 'keep', keep, 'from 0 to 1'),
    ],
    () => {
      const left = Fixed.rpow(keep, BigInt(lasts)) ?? RAY
      if (left === RAY) return pool
      const there = Fixed.max(Real.sqrt(product(pool) / market), 1n)
      // Rounded toward the market; the money is rounded up, so that the product does not fall.
      const collateral = there + ((pool.collateral - there) * left) / RAY
      return {
        ...pool,
        collateral: wad(collateral),
        money: rad(mulDiv(product(pool), 1n, collateral, 'ceil')),
      }
    },
  )
