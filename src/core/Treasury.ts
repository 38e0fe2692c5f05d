/**
 * Treasury: the protocol's surplus and its losses: losses queue, surplus heals them, and what either
 * has too much of is auctioned.
 *
 * Laws: TRE-1 to TRE-10 (spec/09-treasury.md).
 * Source: Vow in MakerDAO's dss (vow.sol).
 */

import * as E from 'fp-ts/lib/Either.js'
import * as Bid from './Bid.js'
import type * as Clause from './Clause.js'
import { badTime, isTime, outOfRange } from './Check.js'
import * as English from './English.js'
import type { Event, OfTreasuryItself } from './Event.js'
import { fits, min, type Rad, rad, type Seconds } from './Fixed.js'
import type * as Refusal from './Refusal.js'
import type { Terms } from './TreasuryTerms.js'

// Model

export type { Terms } from './TreasuryTerms.js'

export interface Treasury {
  /** Money that is the protocol's own (dai of the vow). */
  readonly surplus: Rad
  /** What it has to cover (sin of the vow). */
  readonly losses: Rad
  /** The part of the losses that still waits (Sin). */
  readonly queued: Rad
  /** The part that debt auctions are held for (Ash). */
  readonly onAuction: Rad
  /** The surplus that is on auction (fill). */
  readonly selling: Rad
  /** Whether it opens auctions: it closes with the house. */
  readonly opens: boolean
  /** How many auctions it has opened. */
  readonly opened: number
  readonly lastAt: Seconds
}

/** The losses that were queued at one instant. */
export interface Entry {
  readonly queuedAt: Seconds
  readonly amount: Rad
}

/** Take in money from elsewhere. */
export interface Receive {
  readonly _tag: 'Receive'
  readonly at: Seconds
  readonly from: string
  readonly amount: Rad
}

/** Let an entry of the queue be healed or auctioned (flog). */
export interface Mature {
  readonly _tag: 'Mature'
  readonly at: Seconds
}

/** Cover losses with surplus: those that wait for nothing (heal), or those that auctions are held for (kiss). */
export interface Heal {
  readonly _tag: 'Heal'
  readonly at: Seconds
  readonly amount: Rad
  readonly of: 'ready' | 'onAuction'
}

/** Put surplus up for sale (flap), or tokens for the money to cover a loss (flop). */
export interface OpenAuction {
  readonly _tag: 'OpenSurplus' | 'OpenDebt'
  readonly at: Seconds
}

export type Command = Receive | Mature | Heal | OpenAuction

/** The events that a command causes, or why it is refused. */
export type Decision = E.Either<Refusal.Refusal, readonly OfTreasuryItself[]>

/** A treasury with nothing in it. */
export const empty: Treasury = {
  surplus: rad(0n),
  losses: rad(0n),
  queued: rad(0n),
  onAuction: rad(0n),
  selling: rad(0n),
  opens: true,
  opened: 0,
  lastAt: 0,
}

// Queries

/** The losses that may be healed or auctioned now (TRE-4). */
export const ready = ({ losses, onAuction, queued }: Treasury): Rad =>
  rad(losses - queued - onAuction)

/** The losses that an event queues, as an entry of its instant (TRE-2). */
export const queuedBy = (event: Event): Rad => {
  if (event._tag === 'Opened' && event.lossAt === 'seizure') return event.debt
  return event._tag === 'Closed' && event.lossAt === 'close' ? event.badDebt : rad(0n)
}

/** The loss that an event books without a wait: a reward that the protocol paid, or a bid it repays. */
const lossOf = (event: Event): bigint => {
  switch (event._tag) {
    case 'Opened':
    case 'Reset':
      return event.payer._tag === 'Protocol' ? event.reward : 0n
    case 'Stopped':
      return event.goods._tag === 'Debt' && event.held === 'income'
        ? (event.refund?.amount ?? 0n)
        : 0n
    default:
      return 0n
  }
}

/** The money that an event adds to the surplus (TRE-9). */
const incomeOf = (event: Event): bigint => {
  switch (event._tag) {
    case 'Taken':
    case 'Raised':
      return event.lossAt === 'seizure' ? event.repaid + event.penalty : event.penalty
    case 'Settled': {
      const { bid, goods, held, lossAt, penalty, repaid } = event
      if (goods._tag === 'Debt') return held === 'escrow' ? bid : 0n
      return lossAt === 'seizure' ? repaid + penalty : penalty
    }
    case 'Cancelled':
      return event.lossAt === 'seizure' ? event.debt : 0n
    case 'Shrunk':
      return event.goods._tag === 'Debt' && event.held === 'income' && event.outbid === undefined
        ? event.paid
        : 0n
    case 'Stopped':
      return event.goods._tag === 'Surplus' ? event.sold : 0n
    default:
      return 0n
  }
}

// Transitions

const noAmount = (amount: bigint): Decision => E.left({ _tag: 'NoAmount', rule: 'TRE-1', amount })

const tooLittleSurplus = (surplus: Rad, needed: bigint): Decision =>
  E.left({ _tag: 'TooLittleSurplus', rule: 'TRE-3', surplus, needed: rad(needed) })

const tooLittleLoss = (loss: Rad, needed: Rad): Decision =>
  E.left({ _tag: 'TooLittleLoss', rule: 'TRE-4', loss, needed })

const closed: Decision = E.left({ _tag: 'TreasuryClosed', rule: 'TRE-7' })

/** The losses that are ready, if the width holds them (TRE-4, FIX-5). */
const readyIn = ({ width }: Terms, treasury: Treasury): E.Either<Refusal.OutOfRange, Rad> => {
  const loss = ready(treasury)
  return fits(width, loss) ? E.right(loss) : outOfRange('losses that are ready', 725)
}

const heal = (terms: Terms, treasury: Treasury, { amount, at, of }: Heal): Decision => {
  const { onAuction, surplus } = treasury
  if (amount <= 0n) return noAmount(amount)
  if (of === 'onAuction' && amount > onAuction)
    return E.left({ _tag: 'TooLittleOnAuction', rule: 'TRE-3', onAuction, needed: amount })
  if (amount > surplus) return tooLittleSurplus(surplus, amount)
  const loss = of === 'ready' ? readyIn(terms, treasury) : E.right(onAuction)
  if (E.isLeft(loss)) return loss
  return amount > loss.right
    ? tooLittleLoss(loss.right, amount)
    : E.right([{ _tag: 'Healed', at, amount, of }])
}

const mature = (
  { wait, width }: Terms,
  { queued }: Treasury,
  entry: Entry | undefined,
  at: Seconds,
): Decision => {
  if (entry === undefined || entry.amount <= 0n || !isTime(entry.queuedAt, 0))
    return E.left({ _tag: 'NoSuchEntry', rule: 'TRE-2' })
  const until = BigInt(entry.queuedAt) + wait
  if (!fits(width, until)) return outOfRange('end of the wait', 708)
  if (until > BigInt(at)) return E.left({ _tag: 'StillWaiting', rule: 'TRE-2', until })
  return entry.amount > queued
    ? outOfRange('losses that wait', 712)
    : E.right([{ _tag: 'Matured', at, ...entry }])
}

/** What the opening of a treasury's auction says of itself (TRE-10); its ends are formed last. */
const opening = (terms: Terms, { opened }: Treasury, sale: Clause.English, at: Seconds) => {
  const until = English.ends(Bid.compile(terms, sale), at, 770)
  const { line, version } = terms
  return E.isLeft(until)
    ? until
    : E.right({ lot: `${line}/${opened + 1}`, line, at, terms: version, ...until.right })
}

const openSurplus = (terms: Terms, treasury: Treasury, at: Seconds): Decision => {
  const { losses, opens, selling, surplus } = treasury
  const { buffer, limit, lot, minFirstBid, sale, token } = terms.surplus
  if (lot < 0n || buffer < 0n) return noAmount(min<bigint>(lot, buffer))
  const needed = losses + lot + buffer
  if (!fits(terms.width, needed)) return outOfRange('surplus needed', 718)
  if (surplus < needed) return tooLittleSurplus(surplus, needed)
  const loss = readyIn(terms, treasury)
  if (E.isLeft(loss)) return loss
  if (loss.right !== 0n) return E.left({ _tag: 'LossesLeft', rule: 'TRE-5', loss: loss.right })
  if (!opens) return closed
  const onAuction = rad(selling + lot)
  if (!fits(terms.width, onAuction)) return outOfRange('surplus on auction', 755)
  if (onAuction > limit)
    return E.left({ _tag: 'TooMuchOnAuction', rule: 'TRE-8', onAuction, limit })
  const about = opening(terms, treasury, sale, at)
  if (E.isLeft(about)) return about
  const goods = { _tag: 'Surplus', token } as const
  const reserve = minFirstBid
  return E.right([
    { _tag: 'SurplusOpened', ...about.right, goods, sold: lot, reserve, held: 'escrow' },
  ])
}

const openDebt = (terms: Terms, treasury: Treasury, at: Seconds): Decision => {
  const { opens, surplus } = treasury
  const { lot, sale, token, tokens } = terms.debt
  if (lot < 0n || tokens < 0n) return noAmount(min<bigint>(lot, tokens))
  const loss = readyIn(terms, treasury)
  if (E.isLeft(loss)) return loss
  if (lot > loss.right) return tooLittleLoss(loss.right, lot)
  if (surplus !== 0n) return E.left({ _tag: 'SurplusLeft', rule: 'TRE-6', surplus })
  if (!opens) return closed
  const about = opening(terms, treasury, sale, at)
  if (E.isLeft(about)) return about
  const goods = { _tag: 'Debt', token } as const
  return E.right([
    { _tag: 'DebtOpened', ...about.right, goods, bid: lot, sold: tokens, held: sale.held },
  ])
}

/**
 * The events of a treasury's command, or the first rule that it breaks (TRE-1 to TRE-8). `entry` is the
 * one of the queue that a Mature names; other commands need none.
 */
export const decide =
  (terms: Terms) =>
  (treasury: Treasury, entry: Entry | undefined, command: Command): Decision => {
    const { at } = command
    if (!isTime(at, treasury.lastAt)) return badTime(at, treasury.lastAt)
    switch (command._tag) {
      case 'Receive': {
        const { amount, from } = command
        return amount > 0n ? E.right([{ _tag: 'Received', at, from, amount }]) : noAmount(amount)
      }
      case 'Mature':
        return mature(terms, treasury, entry, at)
      case 'Heal':
        return heal(terms, treasury, command)
      case 'OpenSurplus':
        return openSurplus(terms, treasury, at)
      case 'OpenDebt':
        return openDebt(terms, treasury, at)
    }
  }

/** What an event of the treasury's own auctions changes (TRE-9). */
const auctioned = (treasury: Treasury, event: Event): Partial<Treasury> => {
  const { onAuction, opened, selling, surplus } = treasury
  switch (event._tag) {
    case 'SurplusOpened':
      return {
        surplus: rad(surplus - event.sold),
        selling: rad(selling + event.sold),
        opened: opened + 1,
        lastAt: event.at,
      }
    case 'DebtOpened':
      return { onAuction: rad(onAuction + event.bid), opened: opened + 1, lastAt: event.at }
    case 'Settled':
    case 'Stopped':
      if (event.goods._tag === 'Surplus') return { selling: rad(selling - event.sold) }
      // Money that came in for a loss still heals it; where none came, the loss is ready again.
      return event._tag === 'Settled' || (event.held === 'income' && event.refund !== undefined)
        ? {}
        : { onAuction: rad(onAuction - min(event.bid, onAuction)) }
    default:
      return {}
  }
}

/** The treasury after any event (TRE-9): it reads those of lots, too, whose time is not its own. */
export const evolve = (treasury: Treasury, event: Event): Treasury => {
  const { losses, onAuction, queued, surplus } = treasury
  switch (event._tag) {
    case 'Received':
      return { ...treasury, surplus: rad(surplus + event.amount), lastAt: event.at }
    case 'HouseChanged':
      return { ...treasury, opens: event.opens }
    case 'Matured':
      return { ...treasury, queued: rad(queued - event.amount), lastAt: event.at }
    case 'Healed':
      return {
        ...treasury,
        surplus: rad(surplus - event.amount),
        losses: rad(losses - event.amount),
        onAuction: event.of === 'onAuction' ? rad(onAuction - event.amount) : onAuction,
        lastAt: event.at,
      }
    default: {
      const waiting = queuedBy(event)
      return {
        ...treasury,
        surplus: rad(surplus + incomeOf(event)),
        losses: rad(losses + waiting + lossOf(event)),
        queued: rad(queued + waiting),
        ...auctioned(treasury, event),
      }
    }
  }
}
