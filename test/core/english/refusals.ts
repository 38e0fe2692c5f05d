/**
 * The rules of auctions by bids, each looked at by itself and in the order of the spec: what a command
 * breaks, written from spec/06-english.md and not from the code.
 */

import { type English, Fixed, type Lot, type Refusal } from '../../../src/index.js'
import type { Step } from './history.js'
import { outOfRange } from '../refusal.js'

type Broken = Refusal.Refusal | false

const { RAY, WAD } = Fixed

const inWord = ({ terms }: English.Compiled, ...numbers: readonly bigint[]): boolean =>
  terms.width === 'unbounded' || numbers.every((n) => 0n <= n && n < 1n << 256n)

const inClock = ({ terms }: English.Compiled, at: number, duration: bigint): boolean =>
  BigInt(at) + duration >= 0n &&
  BigInt(at) + duration <= (terms.width === 'uint256' ? 2n ** 48n : 2n ** 53n) - 1n

/** The least whole number not below n / d. */
export const ceil = (n: bigint, d: bigint): bigint => (n + d - 1n) / d

/** Whether an end is over for settling and restarting. */
export const isPast = ({ sale }: English.Compiled, end: number, at: number): boolean =>
  sale.edges === 'halfOpen' ? end <= at : end < at

const ofAnyBid = (lot: Lot.English, at: number): readonly Broken[] => [
  lot.bidExpiresAt !== undefined &&
    at >= lot.bidExpiresAt && {
      _tag: 'BidExpired',
      rule: 'ENG-1',
      bidExpiresAt: lot.bidExpiresAt,
    },
  at >= lot.endsAt && { _tag: 'PastEnd', rule: 'ENG-1', endsAt: lot.endsAt },
]

const ofRaise = (
  auction: English.Compiled,
  lot: Lot.English,
  { at, bid, sold }: Extract<English.Command, { readonly _tag: 'Raise' }>,
): readonly Broken[] => {
  const beg = WAD + auction.sale.minRaise
  const capped = lot.goods._tag === 'Collateral'
  const fits = inWord(auction, bid * WAD, lot.bid * beg)
  return [
    lot.goods._tag === 'Debt' && { _tag: 'WrongAuction', rule: 'HOU-6' },
    ...ofAnyBid(lot, at),
    sold !== lot.sold && {
      _tag: 'NotWhatStands',
      rule: 'ENG-2',
      stands: lot.sold,
      given: sold,
    },
    capped && bid > lot.target && { _tag: 'AboveTarget', rule: 'ENG-4', bid, target: lot.target },
    bid <= lot.bid && { _tag: 'NotBetter', rule: 'ENG-5', given: bid, stands: lot.bid },
    !fits && outOfRange('step of the bid', 460),
    fits &&
      bid * WAD < lot.bid * beg &&
      !(capped && bid === lot.target) && {
        _tag: 'TooSmallStep',
        rule: 'ENG-6',
        given: bid,
        stands: lot.bid,
      },
    lot.bidder === undefined &&
      bid < lot.reserve && { _tag: 'BelowReserve', rule: 'ENG-7', bid, reserve: lot.reserve },
    !inClock(auction, at, auction.sale.bidLasts) && outOfRange('time that the bid stands', 480),
  ]
}

const ofShrink = (
  auction: English.Compiled,
  lot: Lot.English,
  { at, bid, sold }: Extract<English.Command, { readonly _tag: 'Shrink' }>,
): readonly Broken[] => {
  const beg = WAD + auction.sale.minRaise
  const fits = inWord(auction, lot.sold * WAD, sold * beg)
  return [
    lot.goods._tag === 'Surplus' && { _tag: 'WrongAuction', rule: 'HOU-6' },
    ...ofAnyBid(lot, at),
    bid !== lot.bid && { _tag: 'NotWhatStands', rule: 'ENG-2', stands: lot.bid, given: bid },
    lot.goods._tag === 'Collateral' &&
      bid !== lot.target && { _tag: 'TargetNotBid', rule: 'ENG-3', bid, target: lot.target },
    (sold < 0n || sold >= lot.sold) && {
      _tag: 'NotBetter',
      rule: 'ENG-5',
      given: sold,
      stands: lot.sold,
    },
    !fits && outOfRange('step of the bid', 460),
    fits &&
      lot.sold * WAD < sold * beg && {
        _tag: 'TooSmallStep',
        rule: 'ENG-6',
        given: sold,
        stands: lot.sold,
      },
    !inClock(auction, at, auction.sale.bidLasts) && outOfRange('time that the bid stands', 480),
  ]
}

const ofRestart = (
  auction: English.Compiled,
  lot: Lot.English,
  { at, market }: Extract<English.Command, { readonly _tag: 'Restart' }>,
): readonly Broken[] => {
  const { ending, growth, lasts, reserve } = auction.sale
  const grown = lot.sold * (WAD + growth)
  const longest = ending._tag === 'Extended' && ending.hardEnd > lasts ? ending.hardEnd : lasts
  return [
    lot.goods._tag === 'Collateral' &&
      reserve > 0n &&
      market <= 0n && { _tag: 'NoMarketPrice', rule: 'SEI-11', asset: lot.goods.asset },
    !isPast(auction, lot.endsAt, at) && { _tag: 'NotOver', rule: 'ENG-10', endsAt: lot.endsAt },
    lot.bidder !== undefined && { _tag: 'AlreadyBid', rule: 'ENG-10', bidder: lot.bidder },
    lot.goods._tag === 'Debt' &&
      (grown < 0n || !inWord(auction, grown)) &&
      outOfRange('what a restart sells', 525),
    !inClock(auction, at, longest) && outOfRange('end of the auction', 528),
  ]
}

const ofCommand = ({ auction, before: lot, command }: Step): readonly Broken[] => {
  const { at } = command
  switch (command._tag) {
    case 'Raise':
      return ofRaise(auction, lot, command)
    case 'Shrink':
      return ofShrink(auction, lot, command)
    case 'Restart':
      return ofRestart(auction, lot, command)
    case 'Settle': {
      const { bidExpiresAt, endsAt } = lot
      const won =
        bidExpiresAt !== undefined &&
        (isPast(auction, bidExpiresAt, at) || isPast(auction, endsAt, at))
      return [!won && { _tag: 'NotWon', rule: 'ENG-9', bidExpiresAt, endsAt }]
    }
    case 'Cancel':
      return [
        lot.goods._tag === 'Collateral' &&
          lot.bid >= lot.target && { _tag: 'AlreadySold', rule: 'ENG-11', bid: lot.bid },
      ]
  }
}

const haltedFrom = { Raise: 3, Shrink: 3, Restart: 2, Settle: 4, Cancel: 4 } as const

/** All rules that a step's command breaks, in the order of the spec. */
export const broken = (step: Step): readonly Refusal.Refusal[] => {
  const { before: lot, command, level } = step
  const { at } = command
  if (!Number.isSafeInteger(at) || at < lot.lastAt)
    return [{ _tag: 'BadTime', rule: 'HOU-1', at, lastAt: lot.lastAt }]
  const all: readonly Broken[] = [
    level >= haltedFrom[command._tag] && { _tag: 'Halted', rule: 'HOU-4', level },
    lot.ended && { _tag: 'Ended', rule: 'HOU-5' },
    ...ofCommand(step),
  ]
  return all.filter((one) => one !== false)
}

/** The reserve of collateral, as ENG-7 says it. */
export const reserveIn = (
  { sale }: English.Compiled,
  sold: bigint,
  target: bigint,
  market: bigint,
): bigint => {
  if (sale.reserve <= 0n) return 0n
  const exact = ceil(sold * market * sale.reserve, RAY)
  return exact < target ? exact : target
}
