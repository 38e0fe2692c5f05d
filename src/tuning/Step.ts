/**
 * Step: everything that changes a World: blocks, money, commands and orders.
 *
 * Laws: MKT-7, MKT-10, MKT-11 (spec/16-market.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { type Bid, type Dutch, type English, type Event, Fixed } from '../core/index.js'
import { Book } from '../engine/index.js'
import { Bidder, type Gas, PricePath } from '../market/index.js'
import { gasOf, type Order, type Wallet, type Watch, type World } from './World.js'

/** Notes a lot that somebody would buy, or buy more of, with more money. */
export const noteShort = (world: World, watch: Watch): void => {
  world.lotsShort.add(watch.lot)
}

/** Moves to a block: what comes back by then is at hand. */
export const moveTo = (world: World, block: number): void => {
  const { path, block: seconds, oracleDelay } = world.scenario
  world.block = block
  world.at = path.from + block * seconds
  world.market = PricePath.priceAt(path, world.at)
  world.oracle = PricePath.priceAt(path, world.at - oracleDelay)
  world.gwei = PricePath.gweiAt(path, world.at)
  world.takeGas = gasOf(world, 'take')
  world.bidGas = Fixed.rad(gasOf(world, 'bid') + gasOf(world, 'settle'))
  for (const wallet of world.wallets) {
    wallet.worth = Bidder.worth(wallet.keep, world.market)
    const back = wallet.away.filter(({ at }) => at <= world.at)
    if (back.length === 0) continue
    wallet.away = wallet.away.filter(({ at }) => at > world.at)
    for (const { amount } of back) release(world, wallet, amount)
  }
}

/** Puts money of a bidder aside. */
const putAside = (world: World, wallet: Wallet, amount: bigint): void => {
  wallet.free -= amount
  world.inUse += amount
  if (world.inUse > world.mostInUse) world.mostInUse = world.inUse
}

/** Money that was aside or away is at hand again. */
const release = (world: World, wallet: Wallet, amount: bigint): void => {
  if (amount === 0n) return
  wallet.free += amount
  world.inUse -= amount
  world.moneyIn += 1
}

/** What was paid is away until the purchase is sold on (MKT-7). */
const spend = (world: World, bidder: string, amount: bigint): void => {
  const wallet = world.walletOf.get(bidder)
  if (wallet !== undefined && amount > 0n)
    wallet.away.push({ at: world.at + Bidder.RESALE, amount })
}

const note = (world: World, event: Event.Event, command: Book.Command): void => {
  world.log.push({ event, command, market: world.market })
  if (event._tag !== 'Reset' && event._tag !== 'Restarted') world.progressAt = world.at
  switch (event._tag) {
    case 'Opened':
      world.watched.set(event.lot, {
        lot: event.lot,
        ordered: new Set(),
        quietUntil: undefined,
        dueAt: 0,
        quiet: undefined,
        shortAt: -1,
      })
      return
    case 'Taken':
      spend(world, event.bidder, event.repaid + event.penalty)
      world.released += 1
      return
    case 'Settled':
      spend(world, event.bidder, event.bid)
      return
    case 'Raised':
    case 'Shrunk': {
      const outbid = event.outbid && world.walletOf.get(event.outbid.bidder)
      if (event.outbid && outbid) release(world, outbid, event.outbid.amount)
      return
    }
    case 'Closed':
      world.watched.delete(event.lot)
      world.released += 1
      return
    default:
  }
}

/** Lets the engine carry a command out, and logs what it caused; whether it did. */
export const send = (world: World, command: Book.Command): Book.Decision => {
  const decision = Book.step(world.book, command)
  if (E.isRight(decision)) for (const event of decision.right) note(world, event, command)
  return decision
}

/** A keeper's command to a lot, and its gas. */
export const keep = (
  world: World,
  lot: string,
  command: Dutch.Reset | English.Restart | English.Settle,
  action: Gas.Action,
): boolean => {
  const isDone = E.isRight(send(world, { _tag: 'ToLot', lot, command }))
  if (isDone) world.gas.keepers += gasOf(world, action)
  return isDone
}

/** Sends an order off, to arrive after the bidder's delay (MKT-10). */
export const order = (world: World, watch: Watch, order: Order): void => {
  const { aside, wallet } = order
  putAside(world, wallet, aside)
  watch.ordered.add(wallet)
  const block = world.block + wallet.blocks
  const orders = world.orders.get(block)
  if (orders === undefined) world.orders.set(block, [order])
  else orders.push(order)
}

/** What an accepted bid or purchase took from the money put aside for it. */
const paidIn = (events: readonly Event.Event[]): bigint =>
  events.reduce((paid, event) => {
    if (event._tag === 'Taken') return paid + event.repaid + event.penalty
    return event._tag === 'Raised' || event._tag === 'Shrunk' ? paid + event.paid : paid
  }, 0n)

/** Carries out the orders that reach this block, in the order in which they were sent (MKT-10). */
export const arrive = (world: World): void => {
  const orders = world.orders.get(world.block)
  if (orders === undefined) return
  world.orders.delete(world.block)
  for (const { aside, command, lot, wallet } of orders) {
    const sent = { ...command, at: world.at } as Dutch.Take | Bid.Raise | Bid.Shrink
    const decision = send(world, { _tag: 'ToLot', lot, command: sent })
    const isRefused = E.isLeft(decision)
    world.bidsSent += 1
    if (isRefused) world.bidsRefused += 1
    world.gas.bidders += gasOf(world, isRefused ? 'refused' : sent._tag === 'Take' ? 'take' : 'bid')
    release(world, wallet, aside - (isRefused ? 0n : paidIn(decision.right)))
    const watch = world.watched.get(lot)
    if (watch === undefined) continue
    watch.ordered.delete(wallet)
    watch.quiet = undefined
    watch.shortAt = -1
    if (world.sale._tag === 'English') watch.dueAt = 0
  }
}
