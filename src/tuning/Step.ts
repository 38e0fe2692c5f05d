/**
 * Step: everything that changes a World: blocks, money, commands and orders.
 *
 * Laws: MKT-7, MKT-10, MKT-11 (spec/16-market.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { type Bid, type Dutch, type English, type Event, Fixed } from '../core/index.js'
import { Book } from '../engine/index.js'
import { Bidder, type Gas, PricePath } from '../market/index.js'
import {
  blockOf,
  gasOf,
  type Means,
  type Order,
  timeOf,
  type Wallet,
  type Watch,
  type World,
} from './World.js'

/** Adds one to those of a block. */
const put = <A>(byBlock: Map<number, A[]>, block: number, one: A): void => {
  const others = byBlock.get(block)
  if (others === undefined) byBlock.set(block, [one])
  else others.push(one)
}

/** Notes a lot that somebody would buy, or buy more of, with more money. */
export const noteShort = (world: World, watch: Watch): void => {
  world.lotsShort.add(watch.lot)
}

/** Moves to a block: what comes back by then is at hand. */
export const moveTo = (world: World, block: number): void => {
  const { oracleDelay, path } = world.scenario
  world.block = block
  world.at = timeOf(world, block)
  world.market = PricePath.priceAt(path, world.at)
  world.oracle = PricePath.priceAt(path, world.at - oracleDelay)
  world.gwei = PricePath.gweiAt(path, world.at)
  world.takeGas = gasOf(world, 'take')
  world.bidGas = Fixed.rad(gasOf(world, 'bid') + gasOf(world, 'settle'))
  const payments = world.payments.get(block) ?? []
  world.payments.delete(block)
  world.awaited -= payments.length
  for (const { amount, wallet } of payments) release(world, wallet, amount)
}

/** Puts money of a bidder aside. */
const putAside = (world: World, wallet: Wallet, amount: bigint): void => {
  wallet.free -= amount
  world.atHand = undefined
  world.inUse += amount
  if (world.inUse > world.mostInUse) world.mostInUse = world.inUse
}

/** Money that was aside or away is at hand again. */
const release = (world: World, wallet: Wallet, amount: bigint): void => {
  if (amount === 0n) return
  wallet.free += amount
  world.atHand = undefined
  world.hasMoneyCome = true
  world.inUse -= amount
}

/** What was paid is away until the purchase is sold on (MKT-7). */
const spend = (world: World, bidder: string, amount: bigint): void => {
  const wallet = world.walletOf.get(bidder)
  if (wallet === undefined || amount <= 0n) return
  put(world.payments, blockOf(world, world.at + Bidder.RESALE), { wallet, amount })
  world.awaited += 1
}

/** When a lot is to be looked at again, and for whom it waits until then. */
export interface Plan {
  readonly block: number
  readonly waitsFor?: Means
}

/** Has a lot looked at when a plan says, and not when another one did (MKT-18). */
export const plan = (world: World, watch: Watch, { block, waitsFor }: Plan): void => {
  watch.waitsFor = waitsFor
  if (watch.next !== block) put(world.agenda, block, watch)
  watch.next = block
}

const note = (world: World, event: Event.Event, command: Book.Command): void => {
  world.log.push({ event, command, market: world.market })
  if (event._tag !== 'Reset' && event._tag !== 'Restarted') world.progressAt = world.at
  switch (event._tag) {
    case 'Opened': {
      const { lot } = event
      const watch: Watch = {
        lot,
        place: world.opened,
        ordered: new Set(),
        next: -1,
        dueAt: undefined,
        waitsFor: undefined,
      }
      world.opened += 1
      world.watched.set(lot, watch)
      plan(world, watch, { block: world.block })
      return
    }
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
  put(world.orders, world.block + wallet.blocks, order)
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
    plan(world, watch, { block: world.block })
  }
}
