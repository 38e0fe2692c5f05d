/**
 * Step: everything that changes a World: blocks, money, commands and orders.
 *
 * Laws: MKT-7, MKT-10, MKT-11, MKT-19 (spec/16-market.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { type Bid, type Dutch, type English, type Event, Fixed } from '../core/index.js'
import { Book } from '../engine/index.js'
import { Bidder, type Gas, PricePath } from '../market/index.js'
import * as Routes from './Routes.js'
import * as Trade from './Trade.js'
import {
  arrivalOf,
  blockOf,
  gasOf,
  gasRestsFrom,
  leastOffer,
  priceOf,
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

/** Moves to a block: what was bought and is sold by then has come back as money. */
export const moveTo = (world: World, block: number): void => {
  const { at: before, source, stage } = world
  world.block = block
  world.at = timeOf(world, block)
  world.gwei = PricePath.gweiAt(stage.path, world.at)
  world.leastGwei = leastOffer(world, world.gwei)
  Trade.move(world, world.at - before)
  const payments = world.payments.get(block) ?? []
  world.payments.delete(block)
  world.awaited -= payments.length
  for (const { amount, bought, lot, wallet } of payments) {
    wallet.held -= bought
    if (wallet.bidder.sells === 'inPool') Trade.sell(world, lot, bought)
    release(world, wallet, amount)
  }
  world.oracle = priceOf(source.at(world.at))
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

/** What was paid is away until the purchase is sold on (MKT-7), which is at once on a route (MKT-21). */
const spend = (
  world: World,
  lot: string,
  bidder: string,
  amount: bigint,
  bought: Fixed.Wad,
): void => {
  const wallet = world.walletOf.get(bidder)
  if (wallet === undefined || (amount <= 0n && bought <= 0n)) return
  if (wallet.bidder.sells === 'atOnce') {
    Trade.sell(world, lot, bought)
    return
  }
  const back = blockOf(world, world.at + wallet.bidder.returns)
  put(world.payments, back, { wallet, amount, bought, lot })
  wallet.held += bought
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

/** What the standing bid of a lot may bring its bidder counts as held; that of the one before it does not any more (MKT-20). */
const stand = (world: World, lot: string, bidder?: string, amount = 0n): void => {
  const before = world.standing.get(lot)
  if (before !== undefined) before.wallet.held -= before.amount
  world.standing.delete(lot)
  const wallet = bidder === undefined ? undefined : world.walletOf.get(bidder)
  if (wallet === undefined) return
  wallet.held += amount
  world.standing.set(lot, { wallet, amount })
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
        stuck: new Set(),
        next: -1,
        dueAt: undefined,
        waitsFor: undefined,
      }
      world.opened += 1
      world.depths.set(lot, world.depth)
      world.watched.set(lot, watch)
      plan(world, watch, { block: world.block })
      return
    }
    case 'Taken':
      spend(world, event.lot, event.bidder, event.repaid + event.penalty, event.bought)
      world.released += 1
      return
    case 'Settled':
      stand(world, event.lot)
      spend(world, event.lot, event.bidder, event.bid, Fixed.wad(event.sold))
      return
    case 'Raised':
    case 'Shrunk': {
      const outbid = event.outbid && world.walletOf.get(event.outbid.bidder)
      if (event.outbid && outbid) release(world, outbid, event.outbid.amount)
      const lot = world.book.lots.get(event.lot)
      stand(world, event.lot, event.bidder, lot?._tag === 'English' ? lot.sold : 0n)
      return
    }
    case 'Closed':
      stand(world, event.lot)
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

/** Sends an order off, to arrive after the bidder's delay (MKT-10), at the gas price that it offers now (MKT-19). */
export const order = (
  world: World,
  watch: Watch,
  unsent: Omit<Order, 'offered' | 'sent'>,
): void => {
  const { aside, wallet } = unsent
  const offered = Bidder.offered(wallet.bidder.gas, world.gwei)
  putAside(world, wallet, aside)
  wallet.held += unsent.amount
  watch.ordered.add(wallet)
  world.sent += 1
  put(world.orders, arrivalOf(world, wallet, world.block), { ...unsent, offered, sent: world.sent })
}

/** Gives back what was put aside for an order. */
const takeBack = (world: World, { amount, aside, wallet }: Order): void => {
  wallet.held -= amount
  release(world, wallet, aside)
}

/** What an accepted bid or purchase took from the money put aside for it. */
const paidIn = (events: readonly Event.Event[]): bigint =>
  events.reduce((paid, event) => {
    if (event._tag === 'Taken') return paid + event.repaid + event.penalty
    return event._tag === 'Raised' || event._tag === 'Shrunk' ? paid + event.paid : paid
  }, 0n)

/**
 * Keeps an order for a later block, which may be cheaper; one for a lot that is gone is taken back, and one that no
 * block will ever take is given up, with the money but not the mark of it (MKT-19).
 */
const wait = (world: World, one: Order): void => {
  const { lot, wallet } = one
  const watch = world.watched.get(lot)
  const isGivenUp = world.at >= gasRestsFrom(world)
  if (watch === undefined || isGivenUp) takeBack(world, one)
  else world.waiting.push(one)
  if (watch === undefined) return
  if (watch.stuck.has(wallet)) return
  watch.stuck.add(wallet)
  plan(world, watch, { block: world.block })
}

/** Those that wait, where one of them may be carried out now, taken back or given up: where gas has another price, a lot is gone, or gas rests. */
const woken = (world: World): readonly Order[] => {
  const { gwei, waitedFor, waiting, watched } = world
  if (waiting.length === 0) return []
  const isSame = waitedFor.gwei === gwei && waitedFor.lots === world.opened - watched.size
  if (isSame && world.at < gasRestsFrom(world)) return []
  world.waiting = []
  return waiting
}

/** Carries an order out: what it was to buy on a route is bought only if that still pays (MKT-21). */
const carryOut = (world: World, one: Order): void => {
  const { aside, command, lot, offered, wallet } = one
  const sent = { ...command, at: world.at } as Dutch.Take | Bid.Raise | Bid.Shrink
  const action = sent._tag === 'Take' ? 'take' : 'bid'
  // At the market price before a sale of its own moves that.
  const [gas, gasRefused] = [gasOf(world, action, offered), gasOf(world, 'refused', offered)]
  const isGivenUp = wallet.bidder.sells === 'atOnce' && !Routes.pays(world, one)
  wallet.held -= one.amount
  const decision = isGivenUp ? undefined : send(world, { _tag: 'ToLot', lot, command: sent })
  const events = decision === undefined || E.isLeft(decision) ? undefined : decision.right
  world.bidsSent += 1
  if (events === undefined) world.bidsRefused += 1
  world.gas.bidders += events === undefined ? gasRefused : gas
  // On a route nothing was put aside: what the pool pays pays for it.
  const isOwnMoney = wallet.bidder.sells !== 'atOnce' && events !== undefined
  release(world, wallet, aside - (isOwnMoney ? paidIn(events) : 0n))
  const watch = world.watched.get(lot)
  if (watch === undefined) return
  watch.ordered.delete(wallet)
  watch.stuck.delete(wallet)
  plan(world, watch, { block: world.block })
}

/** Takes back what waits for a lot that an order has just ended, and was sent later. */
const takeRest = (world: World, { lot, sent }: Order): void => {
  if (world.watched.has(lot)) return
  const isLeft = (other: Order): boolean => other.lot === lot && other.sent > sent
  for (const other of world.waiting.filter(isLeft)) takeBack(world, other)
  world.waiting = world.waiting.filter((other) => !isLeft(other))
}

/** Carries out the orders that reach this block, in the order in which they were sent (MKT-10), but those that offer too little for gas. */
export const arrive = (world: World): void => {
  const orders = [...woken(world), ...(world.orders.get(world.block) ?? [])]
  world.orders.delete(world.block)
  world.waitedFor = { gwei: world.gwei, lots: world.opened - world.watched.size }
  for (const one of orders.sort((a, b) => a.sent - b.sent)) {
    if (one.offered !== undefined && one.offered < world.gwei) wait(world, one)
    else {
      carryOut(world, one)
      takeRest(world, one)
    }
  }
}
