/**
 * A slow and obvious second reading of spec/05-dutch.md.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Curve, Dutch, Fixed, type Lot, type Refusal, type Terms } from '../../../src/index.js'
import type { Step } from './lots.js'

type Left = Pick<Lot.Dutch, 'collateral' | 'target'>
type Minimums = Pick<Terms.Dutch, 'minCollateralLeft' | 'minLeft'>

/** DUT-5 and DUT-6 as a search through every payment and every amount, the most money first. */
export const largestSale = (
  { collateral, target }: Left,
  price: bigint,
  wanted: bigint,
  { minCollateralLeft, minLeft }: Minimums,
): { readonly paid: bigint; readonly bought: bigint } | undefined => {
  const cost = wanted * price
  const priceOfMost = (collateral - minCollateralLeft) * price
  for (let paid = cost < target ? cost : target; paid >= 0n; paid -= 1n)
    for (let bought = wanted; bought >= 0n; bought -= 1n) {
      const isPaidFor = bought * price <= paid
      const ends = paid === target || (bought === collateral && paid === cost)
      const leavesEnough =
        target - paid >= minLeft && collateral - bought >= minCollateralLeft && paid <= priceOfMost
      const isSomething = wanted === 0n || bought > 0n || paid > 0n
      if (isPaidFor && isSomething && (ends || leavesEnough)) return { paid, bought }
    }
  return undefined
}

/** The price of DUT-1, from the curve itself. */
export const priceThen = ({ auction, before, command }: Step): Fixed.Ray | undefined => {
  const elapsed = BigInt(command.at - before.startedAt)
  const price = Curve.priceAt(auction.sale.curve, auction.terms.width)(before.startPrice, elapsed)
  return E.isRight(price) ? price.right : undefined
}

const fits = ({ auction }: Step, n: bigint): boolean => Fixed.fits(auction.terms.width, n)

/** DUT-2, the age and the share each by itself. */
export const staleThen = (step: Step, price: bigint): boolean => {
  const { auction, before, command } = step
  const { edges, reset } = auction.sale
  if (reset._tag === 'Never') return false
  const age = BigInt(command.at - before.startedAt)
  const isOld = edges === 'strict' ? age > reset.after : age >= reset.after
  return isOld || price * Fixed.RAY < reset.below * before.startPrice
}

type Broken = Refusal.Refusal | undefined

const outOfRange = (what: string, stage: number): Broken => ({
  _tag: 'OutOfRange',
  rule: 'FIX-5',
  what,
  stage,
})

/** What is wanted (DUT-4), not yet limited to what there is. */
const wantedThen = (want: Dutch.Want, price: bigint, all: bigint): bigint => {
  if (want._tag === 'All') return all
  if (want._tag === 'Amount') return want.amount
  if (want.money < 0n) return -1n
  return price === 0n ? all : want.money / price
}

const brokenByTake = (step: Step, take: Dutch.Take, price: Fixed.Ray): Broken => {
  const { auction, before: lot } = step
  const { emptySale, minCollateralLeft, minLeft } = auction.sale
  const { collateral, target } = lot
  const { atLeast, limit, want } = take
  if (staleThen(step, price)) return { _tag: 'Stale', rule: 'DUT-2', price }
  if (limit < price) return { _tag: 'TooExpensive', rule: 'DUT-3', price, limit }
  const asked = wantedThen(want, price, collateral)
  const strict = emptySale === 'refuse'
  if (asked < 0n || (strict && (asked < 1n || price < 1n)))
    return { _tag: 'NothingWanted', rule: 'DUT-4', price }
  const wanted = Fixed.wad(asked < collateral ? asked : collateral)
  if (!fits(step, wanted * price)) return outOfRange('price of the amount', 340)
  const sale = Dutch.sale(lot, price, wanted, auction.sale)
  if (sale === undefined)
    return {
      _tag: 'TooLittleLeft',
      rule: 'DUT-6',
      target,
      minLeft,
      collateral,
      minCollateralLeft,
    }
  const { bought, paid } = sale
  const ends = target - paid === 0n || collateral - bought === 0n
  if (strict && bought < 1n && !ends) return { _tag: 'NothingBought', rule: 'DUT-7' }
  return atLeast > bought ? { _tag: 'BelowLeast', rule: 'DUT-8', bought, atLeast } : undefined
}

const brokenByReset = (step: Step, { market }: Dutch.Reset, price: Fixed.Ray): Broken => {
  const { auction, before: lot } = step
  const { markup, minLeft } = auction.sale
  const { flat, rate } = auction.terms.reward
  if (!staleThen(step, price)) return { _tag: 'NotStale', rule: 'DUT-2', price }
  if (market < 1n) return { _tag: 'NoMarketPrice', rule: 'SEI-11', asset: lot.goods.asset }
  if (!fits(step, market * markup)) return outOfRange('start price', 390)
  if (market * markup < Fixed.RAY) return { _tag: 'NoStartPrice', rule: 'DUT-9', market }
  const isRewarded = (flat > 0n || rate > 0n) && lot.target >= minLeft
  const value = lot.collateral * market
  if (!isRewarded) return undefined
  if (!fits(step, value)) return outOfRange('reward', 395)
  const share = lot.target * rate
  return value >= minLeft && !(fits(step, share) && fits(step, flat + share / Fixed.WAD))
    ? outOfRange('reward', 395)
    : undefined
}

/** The rules in the order of the spec, each by itself: the first that the command breaks. */
export const firstBroken = (step: Step): Broken => {
  const { before: lot, command, level } = step
  const { at } = command
  if (!Number.isSafeInteger(at) || at < lot.lastAt)
    return { _tag: 'BadTime', rule: 'HOU-1', at, lastAt: lot.lastAt }
  const isHalted = command._tag === 'Take' ? level === 3 : command._tag === 'Reset' && level >= 2
  if (isHalted) return { _tag: 'Halted', rule: 'HOU-4', level }
  if (lot.ended) return { _tag: 'Ended', rule: 'HOU-5' }
  if (command._tag === 'Cancel') return undefined
  const price = priceThen(step)
  if (price === undefined) {
    const { startPrice, startedAt } = lot
    return { _tag: 'NoPrice', rule: 'CRV-9', startPrice, elapsed: BigInt(at - startedAt) }
  }
  return command._tag === 'Take'
    ? brokenByTake(step, command, price)
    : brokenByReset(step, command, price)
}
