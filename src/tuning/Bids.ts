/**
 * Bids: how bidders compete for a lot by rounds, and when it is settled or started again.
 *
 * The rounds of a contest are taken in one: the bidder that can go furthest bids what the next one
 * would not better. The next one bids too, the least that is allowed; which of them is first is a
 * matter of their delays.
 *
 * Laws: MKT-14 (spec/16-market.md).
 */

import type { English } from '../core/index.js'
import { Fixed, type Lot } from '../core/index.js'
import type { Order, Wallet, Watch, World } from './World.js'
import { keep, noteShort, order } from './Step.js'
import { isActive, lotOf } from './World.js'

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
}

const canBid = (next: Next, gas: Fixed.Rad, { worth }: Contender): boolean =>
  worth * next.amount >= next.pay + gas

/** The most that somebody would pay for all of it. */
const mostPaid = (next: Next, gas: Fixed.Rad, { worth }: Contender): bigint =>
  worth * next.amount - gas

/** The least that somebody would ask for. */
const leastAsked = (next: Next, gas: Fixed.Rad, { worth }: Contender): bigint =>
  worth > 0n ? Fixed.mulDiv(next.pay + gas, 1n, worth, 'ceil') : next.amount + 1n

/** The bid of the best, which the second best would not better. */
const decisive = (
  { step }: English.Compiled,
  lot: Lot.English,
  next: Next,
  gas: Fixed.Rad,
  best: Contender,
  second: Contender | undefined,
): Pick<Next, 'pay' | 'amount'> => {
  if (second === undefined) return next
  if (next._tag === 'Shrink') {
    const deterring = Fixed.mulDiv(leastAsked(next, gas, second), step, Fixed.WAD, 'ceil') - 1n
    const amount = Fixed.max(leastAsked(next, gas, best), Fixed.min(next.amount, deterring))
    return { pay: next.pay, amount }
  }
  const deterring = Fixed.mulDiv(mostPaid(next, gas, second), Fixed.WAD, step, 'floor') + 1n
  const most = Fixed.min(mostPaid(next, gas, best), best.wallet.free)
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
  order(world, watch, { lot: lot.id, wallet, aside: pay, command })
}

/** A price that no market reaches: longer than any number of a price file. */
const beyond = 10n ** 200n

/** The market price from which on somebody but the standing bidder would take the next step. */
const interestingFrom = (
  world: World,
  lot: Lot.English,
  { amount, pay }: Next,
  gas: Fixed.Rad,
): bigint => {
  const perUnit = Fixed.mulDiv(pay + gas, 1n, amount, 'ceil')
  return world.wallets.reduce<bigint>((least, { bidder, keep }) => {
    if (bidder.name === lot.bidder || keep === 0n) return least
    return Fixed.min(least, Fixed.mulDiv(perUnit, Fixed.RAY, keep, 'ceil'))
  }, beyond)
}

/** Lets every bidder look at a lot in which no order is on its way (MKT-14). */
const contest = (
  world: World,
  auction: English.Compiled,
  watch: Watch,
  lot: Lot.English,
  next: Next,
  gas: Fixed.Rad,
): void => {
  const contenders = world.wallets
    .map((wallet): Contender => ({ wallet, worth: wallet.worth }))
    .sort((a, b) => (a.worth === b.worth ? 0 : a.worth > b.worth ? -1 : 1))
  const willing = contenders.filter(
    (one) => one.wallet.bidder.name !== lot.bidder && canBid(next, gas, one),
  )
  if (willing.some(({ wallet }) => wallet.free < next.pay)) noteShort(world, watch)
  const able = willing.filter(({ wallet }) => wallet.free >= next.pay && isActive(wallet))
  const [best, runnerUp] = able
  if (best === undefined) return
  const second = contenders.find(
    (one) => one !== best && (able.includes(one) || one.wallet.bidder.name === lot.bidder),
  )
  send(world, watch, lot, next._tag, decisive(auction, lot, next, gas, best, second), best)
  if (runnerUp !== undefined) send(world, watch, lot, next._tag, next, runnerUp)
}

/** The market price below which nobody takes the next step, kept until the lot or the gas price changes. */
const quietBelow = (
  world: World,
  watch: Watch,
  lot: Lot.English,
  next: Next,
  gas: Fixed.Rad,
): bigint => {
  const { gwei } = world
  if (watch.quiet?.gwei === gwei) return watch.quiet.below
  const below = interestingFrom(world, lot, next, gas)
  watch.quiet = { below, gwei }
  return below
}

/** Whether nothing that matters to bidders has changed since they last looked. */
const isQuiet = ({ gwei, market, moneyIn }: World, { ordered, quiet, shortAt }: Watch): boolean =>
  ordered.size > 0 || shortAt === moneyIn || (quiet?.gwei === gwei && market < quiet.below)

/** Lets the bidders look at a lot that takes bids. */
const consider = (
  world: World,
  auction: English.Compiled,
  watch: Watch,
  lot: Lot.English,
): void => {
  const next = nextStep(auction, lot)
  if (next === undefined) return
  const { bidGas: gas } = world
  if (world.market < quietBelow(world, watch, lot, next, gas)) return
  const isAnyAble = world.wallets.some((one) => one.free >= next.pay && isActive(one))
  if (isAnyAble) {
    contest(world, auction, watch, lot, next, gas)
    return
  }
  noteShort(world, watch)
  watch.shortAt = world.moneyIn
}

/** Lets a keeper settle what is won or start again what nobody bid for, and bidders look at the rest (MKT-14). */
export const look = (world: World, auction: English.Compiled, watch: Watch): void => {
  if (world.at < watch.dueAt && isQuiet(world, watch)) return
  const lot = lotOf(world, watch)
  if (lot?._tag !== 'English') return
  const { at, oracle: market } = world
  const end = Math.min(lot.bidExpiresAt ?? lot.endsAt, lot.endsAt)
  watch.dueAt = end
  if (at < end) {
    if (!isQuiet(world, watch)) consider(world, auction, watch, lot)
    return
  }
  if (lot.bidExpiresAt !== undefined) {
    keep(world, lot.id, { _tag: 'Settle', at }, 'settle')
    return
  }
  if (!keep(world, lot.id, { _tag: 'Restart', at, market }, 'restart')) return
  watch.quiet = undefined
  watch.shortAt = -1
  watch.dueAt = 0
}
