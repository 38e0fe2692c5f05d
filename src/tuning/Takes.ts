/**
 * Takes: how bidders buy from a lot whose price falls, and when a keeper resets it.
 *
 * Laws: MKT-13 (spec/16-market.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Dutch, Fixed, type Lot, type Terms } from '../core/index.js'
import { Bidder, PricePath } from '../market/index.js'
import type { Wallet, Watch, World } from './World.js'
import { keep, noteShort, order } from './Step.js'
import { isActive, lotOf } from './World.js'

/** The first second from `low` to `high` at which a thing that then lasts has begun, or after `high`. */
const firstSecond = (begun: (at: Fixed.Seconds) => boolean, low: number, high: number): number => {
  if (low > high) return low
  const middle = low + Math.floor((high - low) / 2)
  return begun(middle) ? firstSecond(begun, low, middle - 1) : firstSecond(begun, middle + 1, high)
}

/** Works out until when a lot that just started is not stale, and of no interest whatever the market does. */
const schedule = (world: World, sale: Dutch.Compiled, lot: Lot.Dutch, watch: Watch): number => {
  const { path, until } = world.scenario
  const kept = world.wallets.reduce<bigint>((most, { keep }) => (keep > most ? keep : most), 0n)
  const most = Bidder.worth(Fixed.ray(kept), PricePath.highestFrom(path, world.at))
  const first = (begun: (status: Dutch.Status) => boolean): Fixed.Seconds =>
    firstSecond(
      (at) => {
        const status = Dutch.status(sale, lot, at)
        return E.isLeft(status) || begun(status.right)
      },
      world.at,
      until,
    )
  const staleAt = first(({ stale }) => stale)
  const quietUntil = Math.min(
    staleAt,
    first(({ price }) => price <= most),
  )
  Object.assign(watch, { dueAt: staleAt, quietUntil })
  return quietUntil
}

/** What a bidder would buy now with what it has, and whether it would buy more if it had more. */
const affordable = (
  terms: Terms.Dutch,
  lot: Lot.Dutch,
  price: Fixed.Ray,
  free: bigint,
  isWorthIt: (sale: Dutch.Sale) => boolean,
): { readonly purchase: Dutch.Sale | undefined; readonly isShort: boolean } => {
  const all = Dutch.sale(lot, price, lot.collateral, terms)
  const isAllWorthIt = all !== undefined && isWorthIt(all)
  if (all !== undefined && all.paid <= free)
    return { purchase: isAllWorthIt ? all : undefined, isShort: false }
  const part = Dutch.sale(lot, price, Fixed.min(Fixed.wad(free / price), lot.collateral), terms)
  const isPartBought =
    part !== undefined && part.paid <= free && part.bought > 0n && isWorthIt(part)
  return { purchase: isPartBought ? part : undefined, isShort: isAllWorthIt }
}

/** Lets a bidder decide whether to buy at a price (MKT-13). */
const consider = (
  world: World,
  watch: Watch,
  sale: Dutch.Compiled,
  lot: Lot.Dutch,
  price: Fixed.Ray,
  wallet: Wallet,
): void => {
  const { takeGas: gas } = world
  const { worth } = wallet
  if (price >= worth || watch.ordered.has(wallet)) return
  const isWorthIt = ({ bought, paid }: Dutch.Sale): boolean => bought * worth - paid >= gas
  const atHand = isActive(wallet) ? wallet.free : 0n
  const { isShort, purchase } = affordable(sale.sale, lot, price, atHand, isWorthIt)
  if (isShort) noteShort(world, watch)
  if (purchase === undefined) return
  const { bought, paid } = purchase
  const ends = paid === lot.target || bought === lot.collateral
  order(world, watch, {
    lot: lot.id,
    wallet,
    aside: paid,
    command: {
      _tag: 'Take',
      bidder: wallet.bidder.name,
      want: ends ? { _tag: 'All' } : { _tag: 'Spend', money: paid },
      limit: price,
      atLeast: Fixed.wad(Fixed.mulDiv(gas, 1n, worth - price, 'ceil')),
    },
  })
}

/** The price of a lot that sells, after a keeper has started a stale one again. */
const fresh = (
  world: World,
  sale: Dutch.Compiled,
  lot: Lot.Dutch,
  watch: Watch,
): Fixed.Ray | undefined => {
  const status = Dutch.status(sale, lot, world.at)
  if (E.isLeft(status)) return undefined
  if (!status.right.stale) return status.right.price
  const { at, oracle: market } = world
  if (keep(world, lot.id, { _tag: 'Reset', at, keeper: 'keeper', market }, 'reset'))
    watch.quietUntil = undefined
  return undefined
}

/** Whether a look could change anything: something may be bought, or is stale, or is short of money yet unnoted. */
const isAwake = (world: World, watch: Watch, isAnyActive: boolean): boolean =>
  watch.quietUntil === undefined ||
  (world.at >= watch.quietUntil &&
    (isAnyActive || world.at >= watch.dueAt || !world.lotsShort.has(watch.lot)))

/** Lets a keeper and every bidder look at a Dutch lot (MKT-13). */
export const look = (
  world: World,
  sale: Dutch.Compiled,
  watch: Watch,
  isAnyActive: boolean,
): void => {
  if (!isAwake(world, watch, isAnyActive)) return
  const lot = lotOf(world, watch)
  if (lot?._tag !== 'Dutch') return
  if (world.at < (watch.quietUntil ?? schedule(world, sale, lot, watch))) return
  const price = fresh(world, sale, lot, watch)
  if (price === undefined) return
  for (const wallet of world.wallets)
    if (isActive(wallet) || !world.lotsShort.has(watch.lot))
      consider(world, watch, sale, lot, price, wallet)
}
