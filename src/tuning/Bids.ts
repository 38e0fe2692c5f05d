/**
 * Bids: how bidders compete for a lot by rounds, and when it is settled or started again.
 *
 * The rounds of a contest are taken in one: the bidder that can go furthest bids what the next one
 * would not better. The next one bids too, the least that is allowed; which of them is first is a
 * matter of their delays.
 *
 * Laws: MKT-14, MKT-18, MKT-19, MKT-20, MKT-22 (spec/16-market.md).
 */

import type { English } from '../core/index.js'
import { Fixed, Lot } from '../core/index.js'
import { Bidder, Gas } from '../market/index.js'
import * as Outlook from './Outlook.js'
import { keep, noteShort, order, type Plan } from './Step.js'
import {
  arrivalOf,
  atHand,
  blockOf,
  gasFor,
  lotOf,
  type Order,
  roomOf,
  type Span,
  timeOf,
  type Wallet,
  type Watch,
  type World,
  worthOf,
} from './World.js'

/** The least that betters the standing bid: pay at least `pay`, or ask for at most `amount`. */
interface Next {
  readonly _tag: 'Raise' | 'Shrink'
  readonly pay: bigint
  readonly amount: bigint
}

/** The least step that the rules allow, or none where nothing is left to better. */
const nextStep = ({ step }: English.Compiled, lot: Lot.English): Next | undefined => {
  if (step <= 0n) return undefined
  if (lot.bid < lot.target) {
    const raised = Fixed.mulDiv(lot.bid, step, Fixed.WAD, 'ceil')
    const least = Fixed.max(Fixed.max(raised, lot.bid + 1n), lot.reserve)
    return { _tag: 'Raise', pay: Fixed.min(least, lot.target), amount: lot.sold }
  }
  const shrunk = Fixed.mulDiv(lot.sold, Fixed.WAD, step, 'floor')
  const amount = Fixed.min(shrunk, lot.sold - 1n)
  return amount > 0n ? { _tag: 'Shrink', pay: lot.bid, amount } : undefined
}

/** What a bidder would pay for the lot in all, its gas included. */
interface Contender {
  readonly wallet: Wallet
  readonly worth: Fixed.Ray
  readonly gas: Fixed.Rad
}

const canBid = (next: Next, { gas, worth }: Contender): boolean =>
  worth * next.amount >= next.pay + gas

/** The most that somebody would pay for all of it. */
const mostPaid = (next: Next, { gas, worth }: Contender): bigint => worth * next.amount - gas

/** The least that somebody would ask for. */
const leastAsked = (next: Next, { gas, worth }: Contender): bigint =>
  worth > 0n ? Fixed.mulDiv(next.pay + gas, 1n, worth, 'ceil') : next.amount + 1n

/** The bid of the best, which the second best would not better. */
const decisive = (
  { step }: English.Compiled,
  lot: Lot.English,
  next: Next,
  best: Contender,
  second: Contender | undefined,
): Pick<Next, 'pay' | 'amount'> => {
  if (second === undefined) return next
  if (next._tag === 'Shrink') {
    const deterring = Fixed.mulDiv(leastAsked(next, second), step, Fixed.WAD, 'ceil') - 1n
    const amount = Fixed.max(leastAsked(next, best), Fixed.min(next.amount, deterring))
    return { pay: next.pay, amount }
  }
  const deterring = Fixed.mulDiv(mostPaid(next, second), Fixed.WAD, step, 'floor') + 1n
  const most = Fixed.min(mostPaid(next, best), best.wallet.free)
  const pay = Fixed.min(Fixed.max(next.pay, deterring), Fixed.min(most, lot.target))
  return { pay, amount: next.amount }
}

const send = (
  world: World,
  watch: Watch,
  lot: Lot.English,
  tag: Next['_tag'],
  { amount, pay }: Pick<Next, 'pay' | 'amount'>,
  { wallet }: Contender,
): void => {
  const command: Order['command'] =
    tag === 'Raise'
      ? { _tag: 'Raise', bidder: wallet.bidder.name, bid: pay, sold: lot.sold }
      : { _tag: 'Shrink', bidder: wallet.bidder.name, bid: lot.bid, sold: amount }
  order(world, watch, { lot: lot.id, wallet, aside: pay, amount, command })
}

const contender = (world: World, wallet: Wallet): Contender => ({
  wallet,
  worth: worthOf(world, wallet),
  gas: gasFor(world, wallet, 'bid'),
})

/** To whom it is worth more, and of two alike the one that is named first. */
const isBefore = (a: Contender, b: Contender): boolean =>
  a.worth === b.worth ? a.wallet.place < b.wallet.place : a.worth > b.worth

/** Whether a bidder's style has it bid for a lot now (MKT-22); one bids in the last block in which it can. */
const bidsNow = (world: World, { bidder }: Wallet, lot: Lot.English): boolean =>
  bidder.style !== 'lastMinute'
    ? bidder.style === 'honest'
    : timeOf(world, arrivalOf(world, { bidder }, world.block + 1)) >= Lot.endOf(lot)

/** Those of some bidders, who keep less and less, that gain by the next step and have room for what they would get. */
const willingOf = (
  world: World,
  wallets: readonly Wallet[],
  { ordered }: Watch,
  lot: Lot.English,
  next: Next,
): readonly Contender[] => {
  const willing: Contender[] = []
  for (const wallet of wallets) {
    if (wallet.bidder.name === lot.bidder || ordered.has(wallet)) continue
    const one = contender(world, wallet)
    if (canBid(next, one)) {
      const room = roomOf(wallet)
      if (room === undefined || room >= next.amount) willing.push(one)
    } else if (world.isPlain) break
  }
  return willing
}

/** Lets the bidders who have the money and gain by it compete for a lot; whether there was one (MKT-14, MKT-22). */
const contest = (
  world: World,
  auction: English.Compiled,
  watch: Watch,
  lot: Lot.English,
  next: Next,
): boolean => {
  const able = willingOf(world, atHand(world).wallets, watch, lot, next)
    .filter(({ wallet }) => wallet.free >= next.pay)
    .sort((a, b) => (isBefore(a, b) ? -1 : 1))
  const [best, runnerUp] = able.filter(({ wallet }) => bidsNow(world, wallet, lot))
  if (best === undefined) {
    const low = able.find(
      ({ wallet, worth }) =>
        wallet.bidder.style === 'lowball' && next.pay * Bidder.LOWBALL_PART <= worth * next.amount,
    )
    if (low !== undefined) send(world, watch, lot, next._tag, next, low)
    return low !== undefined
  }
  const holding = lot.bidder === undefined ? undefined : world.walletOf.get(lot.bidder)
  const holder = holding && contender(world, holding)
  const second =
    holder !== undefined && (runnerUp === undefined || isBefore(holder, runnerUp))
      ? holder
      : runnerUp
  send(world, watch, lot, next._tag, decisive(auction, lot, next, best, second), best)
  if (runnerUp !== undefined) send(world, watch, lot, next._tag, next, runnerUp)
  return true
}

/** Whether a bidder may gain by the next step in some blocks: at their highest price, and their lowest of gas. */
const mayGain = (next: Next, { bidder, keep }: Wallet, { gwei, highest }: Span): boolean => {
  const offered = Bidder.offered(bidder.gas, gwei) ?? gwei
  const gas = Gas.cost('bid', offered, highest) + Gas.cost('settle', offered, highest)
  // What rounding may take from one bidder and not from another.
  const worth = (Bidder.worth(keep, highest) + 1n) * next.amount + 2n
  return worth >= next.pay + gas
}

/** The same, once nobody more is to be noted as short of money: of those who do not bid as soon as they gain. */
const mayBid = (
  world: World,
  lot: Lot.English,
  next: Next,
  wallet: Wallet,
  span: Span,
  last: number,
): boolean => {
  const { bidder, keep } = wallet
  switch (bidder.style) {
    case 'honest':
      return true
    case 'lastMinute':
      return timeOf(world, arrivalOf(world, wallet, last + 1)) >= Lot.endOf(lot)
    case 'lowball':
      return next.pay * Bidder.LOWBALL_PART <= (Bidder.worth(keep, span.highest) + 1n) * next.amount
  }
}

/** Who could ever take the next step; where nobody differs but in what they keep, the one that keeps most stands for all. */
const candidates = (
  { byKeep, isPlain }: World,
  { ordered }: Watch,
  lot: Lot.English,
  next: Next,
  isNoted: boolean,
): readonly Wallet[] => {
  const able = byKeep.filter((wallet) => {
    const { capital, inventory, name } = wallet.bidder
    return (
      name !== lot.bidder &&
      !ordered.has(wallet) &&
      // Money is of no account until somebody was short of it.
      !(isNoted && capital < next.pay) &&
      !(inventory !== undefined && inventory < next.amount)
    )
  })
  return isPlain ? able.slice(0, 1) : able
}

/** When bidders are to look again at a lot of which none took the next step, before a keeper is (MKT-18). */
const rest = (world: World, watch: Watch, lot: Lot.English, next: Next, due: number): Plan => {
  const { block, gwei, market } = world
  // Of a market that moves by what is sold nothing is known.
  if (world.trade !== undefined) return { block: block + 1 }
  const isNoted = world.lotsShort.has(lot.id)
  const some = candidates(world, watch, lot, next, isNoted)
  if (some.length === 0) return { block: due }
  const may = (span: Span, last: number): boolean =>
    some.some(
      (wallet) =>
        mayGain(next, wallet, span) && (!isNoted || mayBid(world, lot, next, wallet, span, last)),
    )
  if (!may({ gwei, highest: market }, block))
    return { block: Outlook.first(world, block + 1, due - 1, may) }
  return isNoted && atHand(world).money < next.pay
    ? { block: due, waitsFor: { money: next.pay - 1n, keep: Fixed.RAY } }
    : { block: block + 1 }
}

/** Lets the bidders look at a lot that takes bids. */
const consider = (
  world: World,
  auction: English.Compiled,
  watch: Watch,
  lot: Lot.English,
  due: number,
): Plan => {
  const next = watch.ordered.size > watch.stuck.size ? undefined : nextStep(auction, lot)
  if (next === undefined) return { block: due }
  if (!world.lotsShort.has(watch.lot)) {
    const willing = willingOf(world, world.byKeep, watch, lot, next)
    if (willing.some(({ wallet }) => wallet.free < next.pay)) noteShort(world, watch)
  }
  return contest(world, auction, watch, lot, next)
    ? { block: due }
    : rest(world, watch, lot, next, due)
}

/**
 * Lets a keeper settle what is won or start again what nobody bid for, and bidders who can act look at
 * the rest (MKT-14); when it is to be looked at again.
 */
export const look = (world: World, auction: English.Compiled, watch: Watch): Plan => {
  const { at, block, oracle: market } = world
  const lot = lotOf(world, watch)
  if (lot?._tag !== 'English') return { block: block + 1 }
  const end = Lot.endOf(lot)
  if (at < end) return consider(world, auction, watch, lot, blockOf(world, end))
  if (lot.bidExpiresAt !== undefined) keep(world, lot.id, { _tag: 'Settle', at }, 'settle')
  else if (market !== undefined) keep(world, lot.id, { _tag: 'Restart', at, market }, 'restart')
  return { block: block + 1 }
}
