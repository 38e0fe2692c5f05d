/**
 * Routes: bidders without money of their own, who buy from a lot whose price falls and sell to the pool in the same step.
 *
 * Laws: MKT-21 (spec/16-market.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Dutch, Fixed, type Lot } from '../core/index.js'
import { Pool } from '../market/index.js'
import { gasFor, gasOf, type Order, type Wallet, type World } from './World.js'

/** What the pool pays for an amount, if anything. */
const brings = ({ trade }: World, amount: Fixed.Wad): bigint => {
  const sold = trade === undefined ? undefined : Pool.sell(trade.pool, amount)
  return sold === undefined || E.isLeft(sold) ? 0n : sold.right.money
}

/** Whether what the pool pays for a purchase covers it and the gas, and leaves the bidder its margin. */
const isWorth = (
  world: World,
  { bidder }: Wallet,
  { bought, paid }: Dutch.Sale,
  gas: Fixed.Rad,
): boolean =>
  Fixed.mulDiv(brings(world, bought), Fixed.RAY - bidder.margin, Fixed.RAY, 'floor') >= paid + gas

/** What gains a bidder most of a lot at a price, if anything does. */
export const best = (
  world: World,
  { sale }: Dutch.Compiled,
  lot: Lot.Dutch,
  price: Fixed.Ray,
  wallet: Wallet,
): Dutch.Sale | undefined => {
  const { trade } = world
  const amount = trade === undefined ? 0n : Pool.best(trade.pool, price, lot.collateral)
  const purchase = amount > 0n ? Dutch.sale(lot, price, Fixed.wad(amount), sale) : undefined
  return purchase !== undefined &&
    purchase.bought > 0n &&
    isWorth(world, wallet, purchase, gasFor(world, wallet, 'take'))
    ? purchase
    : undefined
}

/** Whether an order still pays for itself when it reaches its block: else none of it happens. */
export const pays = (world: World, { command, lot: id, offered, wallet }: Order): boolean => {
  const lot = world.book.lots.get(id)
  const { sale } = world
  if (lot?._tag !== 'Dutch' || sale._tag !== 'Dutch') return false
  if (command._tag !== 'Take') return false
  const status = Dutch.status(sale, lot, world.at)
  if (E.isLeft(status) || status.right.stale) return false
  const { want } = command
  const amount = want._tag === 'Amount' ? Fixed.min(want.amount, lot.collateral) : lot.collateral
  const purchase = Dutch.sale(lot, status.right.price, amount, sale.sale)
  return purchase !== undefined && isWorth(world, wallet, purchase, gasOf(world, 'take', offered))
}
