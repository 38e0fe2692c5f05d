/**
 * Outcome: what became of a command, told so that two outcomes are alike where the same rules decided them.
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Book, Denied } from '../../src/engine/index.js'
import { type Event, Fixed, type Lot, type Refusal } from '../../src/index.js'

export type Decision = E.Either<Denied.Refusal | Refusal.Refusal, readonly Event.Event[]>

const kindOf = (command: Book.Command): string =>
  'command' in command ? command.command._tag : command._tag

/** A refusal as the table of all refusals has it. */
const refusal = (one: Denied.Refusal | Refusal.Refusal): string => {
  switch (one._tag) {
    case 'OutOfRange':
      return `OutOfRange ${one.stage} ${one.what}`
    case 'NotFound':
      return `NotFound ${one.what}`
    default:
      return one._tag
  }
}

const BECAUSE = ' because '

/** The row of the table that a refused outcome is in; nothing where something happened. */
export const rowOf = (outcome: string): string | undefined => {
  const [, why] = outcome.split(BECAUSE)
  return why === undefined ? undefined : `refusal ${why}`
}

/** What happened, event by event, or why nothing did: what a table counts. */
export const rows = (decision: Decision): readonly string[] =>
  E.isLeft(decision)
    ? [`refusal ${refusal(decision.left)}`]
    : decision.right.map(({ _tag, ...event }) =>
        'goods' in event ? `event ${_tag} of ${event.goods._tag}` : `event ${_tag}`,
      )

/** Where a number stands beside another. */
const beside = (a: bigint, b: bigint): string => (a < b ? '<' : a > b ? '>' : '=')

/** Which way through its rules an event tells of. */
const way = (event: Event.Event, lot: Lot.Lot | undefined): string => {
  switch (event._tag) {
    case 'Opened':
      return [
        event.start._tag,
        event.lossAt,
        event.binding,
        event.payer._tag,
        beside(event.reward, 0n),
        beside(event.reward, event.target - event.debt),
        beside(event.target, event.debt),
        event.start._tag === 'English'
          ? `${beside(event.start.reserve, event.target)}${beside(event.start.reserve, 0n)}${event.start.held}`
          : '',
      ].join()
    case 'Taken': {
      if (lot?._tag !== 'Dutch') return ''
      const paid = event.repaid + event.penalty
      return [
        event.lossAt,
        beside(paid, lot.target),
        beside(paid, event.bought * event.price),
        beside(event.bought, lot.collateral),
        beside(event.bought, 0n),
        beside(event.repaid, lot.debt),
        beside(event.price, 0n),
      ].join()
    }
    case 'Reset':
      return `${event.payer._tag}${beside(event.reward, 0n)}`
    case 'Closed':
      return `${event.lossAt}${beside(event.returned, 0n)}${beside(event.badDebt, 0n)}${beside(event.shortfall, 0n)}`
    case 'Cancelled':
    case 'Stopped':
      return `${event.held}${event.refund === undefined}${'lossAt' in event ? event.lossAt : ''}`
    case 'Raised':
    case 'Shrunk': {
      if (lot?._tag !== 'English') return ''
      const outbid =
        event.outbid !== undefined ? 'other' : lot.bidder === undefined ? 'none' : 'own'
      return [
        event.held,
        event.lossAt,
        outbid,
        beside(event.bid, lot.target),
        event._tag === 'Raised' ? beside(event.penalty, 0n) : beside(event.sold, 0n),
        beside(BigInt(event.endsAt), BigInt(lot.endsAt)),
        beside(BigInt(event.endsAt), BigInt(lot.hardEndsAt)),
      ].join()
    }
    case 'Restarted':
      return lot?._tag === 'English' ? beside(event.sold, lot.sold) : ''
    case 'Settled':
      return `${event.held}${event.lossAt}${beside(event.penalty, 0n)}${beside(event.repaid, 0n)}`
    case 'Healed':
      return event.of
    case 'HouseChanged':
      return String(event.opens)
    default:
      return ''
  }
}

/** How much of a position an opening seizes, and under which settings. */
const seizure = (book: Book.Book, position: string, events: readonly Event.Event[]): string => {
  const before = book.positions.get(position)
  const terms = before === undefined ? undefined : book.terms.get(before.line)?.at(-1)?.terms
  if (before === undefined || terms === undefined) return ''
  const { cap, closeFactor, dust, split } = terms.sizing
  const shares = events.reduce(
    (sum, event) => sum + (event._tag === 'Opened' ? event.shares : 0n),
    0n,
  )
  const asked = Fixed.mulDiv(before.shares, closeFactor, Fixed.WAD, 'floor')
  return [
    cap._tag,
    dust._tag,
    events.length > 1 ? split : '',
    beside(shares, before.shares),
    beside(shares, asked),
  ].join()
}

const MOST_TOLD = 3

/** What is out of order besides what a refusal names: a command that breaks two rules shows which of them comes first. */
const besides = (book: Book.Book, command: Book.Command, lot: Lot.Lot | undefined): string => {
  if (command._tag !== 'ToLot' || lot === undefined) return ''
  const asked = command.command
  const isFor = { Dutch: ['Take', 'Reset', 'Cancel'], English: [] as readonly string[] }[lot._tag]
  const goods = lot.goods._tag
  const wrong = [
    asked.at < lot.lastAt && 'time',
    (book.house.lines.get(lot.line)?.level ?? 0) > 1 && 'level',
    lot.ended && 'ended',
    'market' in asked && asked.market <= 0n && 'market',
    'want' in asked && asked.want._tag !== 'All' && 'want',
    'limit' in asked && asked.limit <= 0n && 'limit',
    lot._tag === 'Dutch' && !isFor.includes(asked._tag) && 'kind',
    lot._tag === 'English' && asked.at >= lot.endsAt && 'end',
    lot._tag === 'English' && lot.bidder !== undefined && 'bid',
    lot._tag === 'English' && asked.at >= (lot.bidExpiresAt ?? Infinity) && 'expired',
    lot._tag === 'English' && 'sold' in asked && asked.sold !== lot.sold && 'sold',
    lot._tag === 'English' && 'bid' in asked && asked.bid <= lot.bid && 'low',
    lot._tag === 'English' && 'bid' in asked && asked.bid > lot.target && 'high',
  ].filter((one) => one !== false)
  return `${goods} ${wrong.slice(0, MOST_TOLD).join()}`
}

/** What becomes of a command, in a few words: the decision is that of the book as it is. */
export const outcome = (book: Book.Book, command: Book.Command, decision: Decision): string => {
  const lot = command._tag === 'ToLot' ? book.lots.get(command.lot) : undefined
  if (E.isLeft(decision))
    return `refused ${kindOf(command)}: ${besides(book, command, lot)}${BECAUSE}${refusal(decision.left)}`
  const events = decision.right.map(
    (event) => `${'goods' in event ? event.goods._tag : ''} ${event._tag} ${way(event, lot)}`,
  )
  const opened = command._tag === 'Open' ? seizure(book, command.position, decision.right) : ''
  return `done ${kindOf(command)}: ${opened} ${events.join(' and ')}`
}
