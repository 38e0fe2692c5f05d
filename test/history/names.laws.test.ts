import { isDeepStrictEqual } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Book } from '../../src/engine/index.js'
import { Auction, Dutch, type Event, type Lot } from '../../src/index.js'
import { History } from '../../src/testing/index.js'
import { accountingAuction, accountingOpened } from '../examples/accounting.js'
import { law } from '../law.js'
import { drawn, everyStep, isAbout } from './steps.js'

/** The times and names that an event must have, of those it has. */
const named = (step: History.Step, event: Event.Event): boolean => {
  const { before, command } = step
  const at = History.timeOf(command)
  if (event.at !== at) return false
  if ('keeper' in event)
    return 'keeper' in command
      ? event.keeper === command.keeper
      : command._tag === 'ToLot' &&
          command.command._tag === 'Reset' &&
          event.keeper === command.command.keeper
  if (event._tag === 'Taken' || event._tag === 'Raised' || event._tag === 'Shrunk')
    return (
      command._tag === 'ToLot' &&
      'bidder' in command.command &&
      event.bidder === command.command.bidder
    )
  if (event._tag === 'Settled')
    return before?._tag === 'English' && event.bidder === before.bidder && event.bid === before.bid
  return true
}

const versionOf = (book: Book.Book, lot: Lot.Lot): number | undefined =>
  lot.goods._tag === 'Collateral'
    ? Book.termsOf(book, lot)?.terms.version
    : book.treasuryTerms.version

/** An event says of its lot what the lot does. */
const aboutItsLot = ({ before, book }: History.Step, event: Event.Event): boolean => {
  if (!isAbout(event)) return true
  if (before !== undefined)
    return (
      event.lot === before.id &&
      event.line === before.line &&
      event.terms === versionOf(book, before) &&
      isDeepStrictEqual(event.goods, before.goods) &&
      (!('lossAt' in event) || event.lossAt === before.lossAt) &&
      // A Dutch lot has no bids to hold: its cancel says escrow, and refunds nobody.
      (!('held' in event) || event.held === (before._tag === 'English' ? before.held : 'escrow'))
    )
  if (event._tag !== 'Opened') return event.line === book.treasuryTerms.line
  const { goods } = event
  const position = book.positions.get(goods.position)
  return (
    event.line === position?.line &&
    goods.owner === position.owner &&
    event.terms === book.house.lines.get(event.line)?.version
  )
}

/** Whoever is outbid, or refunded, is the bidder who stood, and gets his bid. */
const repaysWhoStood = ({ before }: History.Step, event: Event.Event): boolean => {
  if (before?._tag !== 'English') return true
  const stood =
    before.bidder === undefined ? undefined : { bidder: before.bidder, amount: before.bid }
  if (event._tag === 'Raised' || event._tag === 'Shrunk') {
    const isHis = stood === undefined || stood.bidder === event.bidder
    return (
      isDeepStrictEqual(event.outbid, isHis ? undefined : stood) &&
      event.paid === event.bid - (event.bidder === stood?.bidder ? before.bid : 0n)
    )
  }
  return event._tag === 'Cancelled' || event._tag === 'Stopped'
    ? isDeepStrictEqual(event.refund, stood)
    : true
}

law(
  'ACC-9',
  'an event bears the time and the names of its command, lot and bidder',
  everyStep((step) =>
    History.events(step).every(
      (event) => named(step, event) && aboutItsLot(step, event) && repaysWhoStood(step, event),
    ),
  ),
  drawn(11),
)

law(
  'HOU-1',
  'no command comes before the last event of what it is about, nor at no whole second',
  everyStep((step) => {
    const at = History.timeOf(step.command)
    return (
      E.isLeft(step.decision) ||
      (Number.isSafeInteger(at) && (step.before === undefined || at >= step.before.lastAt))
    )
  }),
  drawn(12),
)

test('ACC-9 a cancel names whom it hands back to', () => {
  const lot = Auction.lot(accountingOpened) as Lot.Dutch
  expect(Dutch.decide(accountingAuction, 0, lot, { _tag: 'Cancel', at: 30 })).toEqual(
    E.right([
      {
        _tag: 'Cancelled',
        lot: 'MAIN/7',
        line: 'MAIN',
        at: 30,
        terms: 1,
        goods: { _tag: 'Collateral', asset: 'ETH', position: 'p1', owner: 'olga' },
        collateral: 11n,
        debt: 12n,
        released: 13n,
        refund: undefined,
        held: 'escrow',
        lossAt: 'close',
      },
    ]),
  )
})
