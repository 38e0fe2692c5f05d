/**
 * Samples for the examples of spec/06-english.md and spec/09-treasury.md: three auctions by bids, and a
 * treasury, in numbers that fit a line.
 */

import * as E from 'fp-ts/lib/Either.js'
import { type Bid, English, type Event, Fixed, Lot, type Terms, Treasury } from '../../src/index.js'

const { rad, ray, wad } = Fixed

/** Five per cent a step, ten minutes a bid, an hour in all; no reserve. */
export const sampleBidding: Terms.English = {
  _tag: 'English',
  minRaise: wad(Fixed.WAD / 20n),
  bidLasts: 600n,
  lasts: 3600n,
  ending: { _tag: 'Fixed' },
  reserve: ray(0n),
  held: 'escrow',
  growth: wad(Fixed.WAD / 2n),
  edges: 'halfOpen',
}

/** The same, with other settings where given. */
export const biddingWith = (settings: Partial<Terms.English>): English.Compiled =>
  English.compile({ version: 1, width: 'unbounded' }, { ...sampleBidding, ...settings })

const about = { lot: 'lot', line: 'line', at: 0, terms: 1 } as const
const until = { endsAt: 3600, hardEndsAt: 7200 } as const

/** 50 of collateral for a target of 100, which is a debt of 80 and a penalty; opened at 0. */
export const collateralByBids: Lot.English = Lot.open({
  _tag: 'Opened',
  ...about,
  goods: { _tag: 'Collateral', asset: 'ETH', position: 'p', owner: 'olga' },
  collateral: wad(50n),
  shares: wad(80n),
  debt: rad(80n),
  target: rad(100n),
  lossAt: 'close',
  binding: 'inForce',
  keeper: 'kim',
  reward: rad(0n),
  payer: { _tag: 'Protocol' },
  start: { _tag: 'English', ...until, reserve: rad(0n), held: 'escrow' },
}) as Lot.English

/** 50 of surplus money, for tokens. */
export const surplusByBids: Lot.English = Lot.open({
  _tag: 'SurplusOpened',
  ...about,
  ...until,
  goods: { _tag: 'Surplus', token: 'MKR' },
  sold: rad(50n),
  reserve: wad(0n),
  held: 'escrow',
}) as Lot.English

/** 50 tokens, for 100 of money to cover a loss with. */
export const debtByBids: Lot.English = Lot.open({
  _tag: 'DebtOpened',
  ...about,
  ...until,
  goods: { _tag: 'Debt', token: 'MKR' },
  bid: rad(100n),
  sold: wad(50n),
  held: 'escrow',
}) as Lot.English

/** Bids `bid` for 50 at an instant. */
export const raiseTo = (bid: bigint, at: number, bidder = 'ann'): Bid.Raise => ({
  _tag: 'Raise',
  at,
  bidder,
  bid,
  sold: 50n,
})

/** Asks for `sold` for 100 at an instant. */
export const shrinkTo = (sold: bigint, at: number, bidder = 'ann'): Bid.Shrink => ({
  _tag: 'Shrink',
  at,
  bidder,
  bid: 100n,
  sold,
})

/** What a command leads to: why it is refused, or its events. */
export const bidAnswer = (
  lot: Lot.English,
  command: English.Command,
  settings: Partial<Terms.English> = {},
): unknown => E.toUnion(English.decide(biddingWith(settings), 0, lot, command))

/** The events of a command that is not refused. */
export const bidEvents = (
  lot: Lot.English,
  command: English.Command,
  settings: Partial<Terms.English> = {},
): readonly Event.OfEnglish[] =>
  E.getOrElse((): readonly Event.OfEnglish[] => [])(
    English.decide(biddingWith(settings), 0, lot, command),
  )

/** A lot after commands; one that is refused changes nothing. */
export const afterBids = (lot: Lot.English, ...commands: readonly English.Command[]): Lot.English =>
  commands.reduce((lot, command) => bidEvents(lot, command).reduce(Lot.evolveEnglish, lot), lot)

/** Sells surplus 10 at a time above a buffer of 100, at most 30 at once; covers losses 20 at a time. */
export const sampleTreasuryTerms: Treasury.Terms = {
  line: 'treasury',
  version: 1,
  width: 'unbounded',
  wait: 60n,
  surplus: {
    token: 'MKR',
    lot: rad(10n),
    buffer: rad(100n),
    limit: rad(30n),
    minFirstBid: wad(2n),
    sale: sampleBidding,
  },
  debt: { token: 'MKR', lot: rad(20n), tokens: wad(50n), sale: sampleBidding },
}

/** A treasury with these totals, and else nothing. */
export const treasuryOf = (
  totals: Partial<Record<'losses' | 'onAuction' | 'queued' | 'selling' | 'surplus', bigint>>,
): Treasury.Treasury => ({ ...Treasury.empty, ...totals }) as Treasury.Treasury

/** What a command to a treasury leads to: why it is refused, or its events. */
export const treasuryAnswer = (
  treasury: Treasury.Treasury,
  command: Treasury.Command,
  entry?: Treasury.Entry,
): unknown => E.toUnion(Treasury.decide(sampleTreasuryTerms)(treasury, entry, command))
