/**
 * Trade: what the market price is in each block, and how selling collateral to a pool moves it.
 *
 * Laws: SCN-4 (spec/27-scenario.md); the pool is that of spec/21-pool.md.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed } from '../core/index.js'
import { Pool, PricePath } from '../market/index.js'
import { gasOf, priceOf, type Trade, type World } from './World.js'

/** A pool's price that is no more than this part of the price it comes back to away from that is at rest. */
const REST_PART = 100_000n

/** Takes a price for the market's. */
const priced = (world: World, price: Fixed.Ray): void => {
  world.market = price
  world.takeGas = gasOf(world, 'take')
  world.bidGas = Fixed.rad(gasOf(world, 'bid') + gasOf(world, 'settle'))
}

/** The price of the pool, beside that which it would have had. */
const told = (world: World, trade: Trade): void => {
  const price = Pool.price(trade.pool)
  const goal = PricePath.priceAt(world.stage.path, world.at)
  const apart = price > goal ? price - goal : goal - price
  if (price !== world.market && apart * REST_PART > goal) trade.movedAt = world.at
  trade.prices[world.block] = price
  trade.undisturbedPrices[world.block] = Pool.price(trade.undisturbed)
  trade.largestDrop = Fixed.max(trade.largestDrop, Pool.drop(trade.undisturbed, trade.pool))
  priced(world, price)
}

/** A pool some seconds later; as it was where the market price is nothing to come back to. */
const refilled = (pool: Pool.Pool, { keep }: Trade, price: Fixed.Ray, lasts: number): Pool.Pool =>
  E.getOrElse(() => pool)(Pool.refill(pool, price, lasts, keep))

/** Has the price be that of this block, some seconds after the one before. */
export const move = (world: World, lasts: Fixed.Seconds): void => {
  const { at, stage, trade } = world
  const price = PricePath.priceAt(stage.path, at)
  if (trade === undefined) {
    priced(world, price)
    return
  }
  const isDisturbed = trade.pool !== trade.undisturbed
  trade.undisturbed = refilled(trade.undisturbed, trade, price, lasts)
  trade.pool = isDisturbed ? refilled(trade.pool, trade, price, lasts) : trade.undisturbed
  if (Pool.drop(trade.undisturbed, trade.pool) * REST_PART <= Fixed.RAY) trade.deepest = undefined
  told(world, trade)
}

/** Sells what was bought of a lot to the pool: what it pays, nothing where it does not. */
export const sell = (world: World, lot: string, amount: Fixed.Wad): bigint => {
  const { depths, trade } = world
  const sold = trade === undefined ? undefined : Pool.sell(trade.pool, amount)
  if (trade === undefined || sold === undefined || E.isLeft(sold)) return 0n
  trade.pool = sold.right.pool
  trade.deepest = Math.max(trade.deepest ?? 0, depths.get(lot) ?? 0)
  told(world, trade)
  return sold.right.money
}

/** How deep in a cascade a lot is that opens at prices below another: one deeper than those whose sales brought it about. */
export const depthOf = ({ at, trade }: World, unsafeAt: bigint): number => {
  if (trade?.deepest === undefined) return 0
  const would = priceOf(trade.undisturbedOracle.at(at))
  return would !== undefined && unsafeAt >= would ? 0 : trade.deepest + 1
}
