/**
 * Deeds: what comes of what somebody wants. The core decides every opening, purchase and restart.
 *
 * Laws: STB-5 to STB-10 (spec/26-stablesims.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Auction, Fixed, House, Lot } from '../core/index.js'
import { Gas, Pool } from '../market/index.js'
import { costOf, type Day, type Loan, type Taker } from './Day.js'
import { ACTING, type Step } from './Experiment.js'
import * as Tally from './Tally.js'
import type { Deed } from './Wants.js'

const { rad, wad } = Fixed

// Transitions

/** Nothing comes of a deed: who is charged for gas pays for that too (STB-10). */
const fail = ({ experiment, tally }: Day, step: Step, times = 1): Fixed.Rad => {
  if (experiment.gas === 'compared') return rad(0n)
  const cost = rad(costOf(step, Gas.units.refused) * BigInt(times))
  tally.gas.failed += cost
  return cost
}

/** A call that fails may leave the lock of all auctions closed (STB-9). */
const jam = (day: Day, step: Step, t: number): Fixed.Rad => {
  if (day.experiment.lock === 'kept' && !day.isLocked) {
    day.isLocked = true
    day.tally.lockedAt = t
  }
  return fail(day, step)
}

const bark = (day: Day, loan: Loan, keeper: string, step: Step, t: number, cost: Fixed.Rad) => {
  const { auction } = day.experiment
  const { position, since } = loan
  const asset = position.holdings[0]?.asset ?? ''
  if (loan.unsafeAt < step.close) day.tally.byOrder += 1
  const quotes = [{ asset, risk: day.told, market: step.close }]
  const command = { _tag: 'Open', at: step.at, keeper } as const
  const opened = Auction.open(auction)(day.house, position, quotes, command)
  if (E.isLeft(opened) || since === undefined) {
    fail(day, step, ACTING)
    return
  }
  fail(day, step, ACTING - 1)
  for (const event of opened.right) {
    day.house = House.evolve(day.house, event)
    const lot = Auction.lot(event)
    if (lot._tag === 'Dutch') loan.lot = lot
    Tally.barked(day.tally, auction.terms, event, t - since, cost)
  }
  loan.isSeized = true
  loan.since = undefined
}

const redo = (day: Day, loan: Loan, keeper: string, step: Step, t: number, cost: Fixed.Rad) => {
  if (day.isLocked) return
  const { auction } = day.experiment
  const { lot } = loan
  // Of two restarts in a step the core refuses the second: no need to ask.
  if (lot === undefined || lot.startedAt === step.at) {
    jam(day, step, t)
    return
  }
  const { at, close: market } = step
  const decided = Auction.decide(auction)(0, lot, { _tag: 'Reset', at, keeper, market })
  if (E.isLeft(decided)) {
    jam(day, step, t)
    return
  }
  for (const event of decided.right)
    if (event._tag === 'Reset') {
      loan.lot = Lot.evolveDutch(lot, event)
      Tally.reset(day.tally, event, cost)
    }
}

/** Money that returns is not spent twice (STB-10); that of the original is (STB-7). */
const affordable = ({ experiment }: Day, { amount, price, taker }: Deed & { _tag: 'Take' }) =>
  experiment.capital === 'spent' || price === 0n
    ? amount
    : Fixed.min(amount, wad(Fixed.max(taker.money, 0n) / price))

/** Sells what was bought to the pool, at what the sales before it left (STB-10). */
const resell = (day: Day, taker: Taker, bought: Fixed.Wad): void => {
  const sold = Pool.sell(day.pool, bought)
  if (E.isLeft(sold)) return
  day.pool = sold.right.pool
  taker.money += sold.right.money
}

const take = (day: Day, deed: Deed & { _tag: 'Take' }, step: Step, t: number, cost: Fixed.Rad) => {
  if (day.isLocked) return
  const { capital, gas } = day.experiment
  const { loan, price, taker } = deed
  const { lot } = loan
  const amount = affordable(day, deed)
  if (lot === undefined || amount <= 0n) {
    taker.money -= jam(day, step, t)
    return
  }
  const decided = Auction.decide(day.experiment.auction)(0, lot, {
    _tag: 'Take',
    at: step.at,
    bidder: taker.name,
    want: { _tag: 'Amount', amount },
    limit: price,
    atLeast: wad(0n),
  })
  if (E.isLeft(decided)) {
    taker.money -= jam(day, step, t)
    return
  }
  for (const event of decided.right) {
    day.house = House.evolve(day.house, event)
    if (event._tag === 'Taken') {
      taker.money -= event.repaid + event.penalty
      if (gas === 'charged') taker.money -= cost
      if (capital === 'returns') resell(day, taker, event.bought)
      loan.lot = Lot.evolveDutch(lot, event)
      Tally.taken(day.tally, event, t, cost)
    }
    if (event._tag === 'Closed') {
      loan.lot = undefined
      Tally.closed(day.tally, event)
    }
  }
}

/** Carries out what somebody wants. */
export const act = (day: Day, deed: Deed, step: Step, t: number, cost: Fixed.Rad): void => {
  switch (deed._tag) {
    case 'Tell':
      day.told = step.close
      return
    case 'Bark':
      bark(day, deed.loan, deed.keeper, step, t, cost)
      return
    case 'Redo':
      redo(day, deed.loan, deed.keeper, step, t, cost)
      return
    case 'Take':
      take(day, deed, step, t, cost)
  }
}
