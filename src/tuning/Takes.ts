/**
 * Takes: how bidders buy from a lot whose price falls, and when a keeper resets it.
 *
 * Laws: MKT-13, MKT-18, MKT-20, MKT-21 (spec/16-market.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Dutch, Fixed, type Lot, type Terms } from '../core/index.js'
import { Bidder, Gas } from '../market/index.js'
import * as Outlook from './Outlook.js'
import * as Routes from './Routes.js'
import { keep, noteShort, order, type Plan } from './Step.js'
import {
  atHand,
  blockOf,
  gasFor,
  gasOf,
  isActive,
  leastOffer,
  lotOf,
  type Means,
  roomOf,
  type Span,
  timeOf,
  type Wallet,
  type Watch,
  type World,
  worthOf,
} from './World.js'

/** The first second from `low` to `high` at which a thing that then lasts has begun, or after `high`. */
const firstSecond = (begun: (at: Fixed.Seconds) => boolean, low: number, high: number): number => {
  if (low > high) return low
  const middle = low + Math.floor((high - low) / 2)
  return begun(middle) ? firstSecond(begun, low, middle - 1) : firstSecond(begun, middle + 1, high)
}

/** When a lot is stale, or has no price any more, if its price never rises. */
const staleAt = (world: World, sale: Dutch.Compiled, lot: Lot.Dutch): Fixed.Seconds => {
  const last = Math.min(world.stage.until, lot.startedAt + sale.staleFrom)
  const isStale = (at: Fixed.Seconds): boolean => {
    const status = Dutch.status(sale, lot, at)
    return E.isLeft(status) || status.right.stale
  }
  return firstSecond(isStale, world.at, last)
}

type Worthwhile = (sale: Dutch.Sale) => boolean

const isWorth =
  (worth: bigint, gas: Fixed.Rad): Worthwhile =>
  ({ bought, paid }) =>
    bought * worth - paid >= gas

/** The same but for what roundings may take from one bidder and not from another. */
const mayBeWorth =
  (worth: bigint, gas: Fixed.Rad): Worthwhile =>
  ({ bought, paid }) =>
    (bought + 1n) * (worth + 1n) - paid + 1n >= gas

/** What a bidder would buy now with what it has, and whether it would buy more if it had more. */
const affordable = (
  terms: Terms.Dutch,
  lot: Lot.Dutch,
  price: Fixed.Ray,
  free: bigint,
  isWorthIt: Worthwhile,
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

/** Whether a purchase ends its lot: a price that falls until it arrives must not leave a little. */
const isEnd = (lot: Lot.Dutch, { bought, paid }: Dutch.Sale): boolean =>
  paid === lot.target || bought === lot.collateral

/** What a bidder would spend at a price: its money at hand, and no more than it has room for (MKT-20). */
const moneyFor = (wallet: Wallet, price: Fixed.Ray): bigint => {
  const room = roomOf(wallet)
  return room === undefined ? wallet.free : Fixed.min(wallet.free, room * price)
}

/** All that ends a lot, and else what its money buys by then; no more than it saw, for whom more may be too much. */
const wanted = (wallet: Wallet, lot: Lot.Dutch, purchase: Dutch.Sale): Dutch.Want => {
  const { bought, paid } = purchase
  if (roomOf(wallet) !== undefined && bought < lot.collateral)
    return { _tag: 'Amount', amount: bought }
  return isEnd(lot, purchase) ? { _tag: 'All' } : { _tag: 'Spend', money: paid }
}

/** Sends an order for a purchase, at most at the price that was seen. */
const take = (
  world: World,
  watch: Watch,
  lot: Lot.Dutch,
  limit: Fixed.Ray,
  wallet: Wallet,
  { bought }: Dutch.Sale,
  { aside, ...asked }: Pick<Dutch.Take, 'want' | 'atLeast'> & { readonly aside: bigint },
): void => {
  order(world, watch, {
    lot: lot.id,
    wallet,
    aside,
    amount: bought,
    command: { _tag: 'Take', bidder: wallet.bidder.name, limit, ...asked },
  })
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
  const gas = gasFor(world, wallet, 'take')
  const worth = worthOf(world, wallet)
  if (price >= worth || watch.ordered.has(wallet)) return
  const money = isActive(wallet) ? moneyFor(wallet, price) : 0n
  const { purchase } = affordable(sale.sale, lot, price, money, isWorth(worth, gas))
  if (purchase === undefined) return
  take(world, watch, lot, price, wallet, purchase, {
    aside: purchase.paid,
    want: wanted(wallet, lot, purchase),
    atLeast: Fixed.wad(Fixed.mulDiv(gas, 1n, worth - price, 'ceil')),
  })
}

/** Lets a bidder without money decide whether to buy what it can sell in the same step (MKT-21). */
const route = (
  world: World,
  watch: Watch,
  sale: Dutch.Compiled,
  lot: Lot.Dutch,
  price: Fixed.Ray,
  wallet: Wallet,
): void => {
  const purchase = watch.ordered.has(wallet)
    ? undefined
    : Routes.best(world, sale, lot, price, wallet)
  if (purchase === undefined) return
  const { bought } = purchase
  take(world, watch, lot, price, wallet, purchase, {
    aside: 0n,
    want: isEnd(lot, purchase) ? { _tag: 'All' } : { _tag: 'Amount', amount: bought },
    atLeast: bought,
  })
}

/** Whether somebody would buy more of a lot with more money: of those it is worth it to, anyone. */
const isShort = (
  world: World,
  { ordered }: Watch,
  { sale }: Dutch.Compiled,
  lot: Lot.Dutch,
  price: Fixed.Ray,
): boolean => {
  const [best] = world.byKeep
  if (best === undefined || price >= worthOf(world, best)) return false
  const all = Dutch.sale(lot, price, lot.collateral, sale)
  if (all === undefined) return false
  for (const wallet of world.byKeep) {
    const worth = worthOf(world, wallet)
    if (price >= worth) return false
    if (!isWorth(worth, gasFor(world, wallet, 'take'))(all)) continue
    if (!ordered.has(wallet) && !(isActive(wallet) && all.paid <= wallet.free)) return true
  }
  return false
}

/** Who may buy at a price, in the order of bidders: nobody where the one that keeps most would not with the most money. */
const buyers = (
  world: World,
  { sale }: Dutch.Compiled,
  lot: Lot.Dutch,
  price: Fixed.Ray,
): readonly Wallet[] => {
  const { money, wallets } = atHand(world)
  const [best] = wallets
  if (best === undefined || price >= worthOf(world, best)) return []
  const isWorthIt = mayBeWorth(worthOf(world, best), gasOf(world, 'take', world.leastGwei))
  if (affordable(sale, lot, price, money, isWorthIt).purchase === undefined) return []
  const dearer = wallets.findIndex((wallet) => price >= worthOf(world, wallet))
  return wallets.slice(0, dearer < 0 ? wallets.length : dearer).sort((a, b) => a.place - b.place)
}

/**
 * Whether a bidder of some means could act on a lot in blocks that end with `last`: at its price then,
 * the lowest, the highest market price and the lowest of gas. Where nobody was short of money yet,
 * that counts as well.
 */
const mayAct =
  (world: World, sale: Dutch.Compiled, lot: Lot.Dutch, { keep, money }: Means) =>
  ({ gwei, highest }: Span, last: number): boolean => {
    const status = Dutch.status(sale, lot, Math.min(timeOf(world, last), world.stage.until))
    if (E.isLeft(status) || status.right.stale) return true
    const { price } = status.right
    const worth = Bidder.worth(keep, highest)
    if (price >= worth) return false
    const isWorthIt = mayBeWorth(worth, Gas.cost('take', leastOffer(world, gwei), highest))
    const { isShort, purchase } = affordable(sale.sale, lot, price, money, isWorthIt)
    return purchase !== undefined || (isShort && !world.lotsShort.has(lot.id))
  }

/** When a lot is to be looked at again: when it is stale, or somebody can act on it (MKT-18). */
const rest = (world: World, sale: Dutch.Compiled, lot: Lot.Dutch, watch: Watch): Plan => {
  const next = world.block + 1
  // Of a price that may rise nothing is known, nor of a market that moves by what is sold.
  if (!world.neverRises || world.trade !== undefined) return { block: next }
  watch.dueAt ??= staleAt(world, sale, lot)
  const due = blockOf(world, watch.dueAt)
  const now: Span = { gwei: world.gwei, highest: world.market }
  const may = mayAct(world, sale, lot, world.means)
  if (!may(now, world.block)) return { block: Outlook.first(world, next, due - 1, may) }
  if (!world.lotsShort.has(lot.id)) return { block: next }
  const means = atHand(world)
  const mayNow = mayAct(world, sale, lot, means)
  return {
    block: mayNow(now, world.block) ? next : Outlook.first(world, next, due - 1, mayNow),
    waitsFor: means,
  }
}

/** Lets a keeper and the bidders who can act look at a Dutch lot (MKT-13); when it is to be looked at again. */
export const look = (world: World, sale: Dutch.Compiled, watch: Watch): Plan => {
  const next = { block: world.block + 1 }
  const lot = lotOf(world, watch)
  if (lot?._tag !== 'Dutch') return next
  const { at, oracle: market } = world
  const status = Dutch.status(sale, lot, at)
  if (E.isLeft(status)) return next
  if (status.right.stale) {
    if (market === undefined) return next
    if (keep(world, lot.id, { _tag: 'Reset', at, keeper: 'keeper', market }, 'reset'))
      watch.dueAt = undefined
    return next
  }
  const { price } = status.right
  if (!world.lotsShort.has(watch.lot) && isShort(world, watch, sale, lot, price))
    noteShort(world, watch)
  for (const wallet of buyers(world, sale, lot, price))
    consider(world, watch, sale, lot, price, wallet)
  for (const wallet of world.routes) route(world, watch, sale, lot, price, wallet)
  return rest(world, sale, lot, watch)
}
