/**
 * A slow model of an auction by bids: the list of its bids, and what everybody then holds.
 *
 * Whoever made the last bid has paid it, nobody else has paid anything; all balances follow from the
 * list and from how it ended, without a look at any posting.
 */

import { Fixed, type English, Ledger, Lot } from '../../../src/index.js'
import { biddingWith } from '../../examples/english.js'
import { eventsOf, type History, type Opening, type Step } from './history.js'

interface ABid {
  readonly bidder: string
  readonly at: number
  readonly bid: bigint
  readonly sold: bigint
  readonly auction: English.Compiled
}

/** What has happened, as a plain story: the start or last restart, the bids since, the end. */
export interface Model {
  readonly opened: Opening
  readonly startedAt: number
  readonly startedUnder: English.Compiled
  readonly offered: bigint
  readonly bids: readonly ABid[]
  readonly over: 'no' | 'settled' | 'called off'
}

const soldOf = (opened: Opening): bigint =>
  opened._tag === 'Opened' ? opened.collateral : opened.sold

/** The lot that an opening starts with. */
export const opening = (opened: Opening): Lot.English => Lot.open(opened) as Lot.English

/** The terms that the lot was opened under: those of version 1. */
const openedUnder = (steps: readonly Step[], lot: Lot.English): English.Compiled =>
  steps.find(({ auction }) => auction.terms.version === 1)?.auction ??
  biddingWith({
    lasts: BigInt(lot.endsAt - lot.lastAt),
    ending: { _tag: 'Extended', by: 0n, hardEnd: BigInt(lot.hardEndsAt - lot.lastAt) },
  })

export const start = ({ opened, steps }: History): Model => ({
  opened,
  startedAt: opened.at,
  startedUnder: openedUnder(steps, opening(opened)),
  offered: soldOf(opened),
  bids: [],
  over: 'no',
})

/** The story after a command that was not refused. */
export const follow = (model: Model, { auction, before, command }: Step): Model => {
  const { at } = command
  switch (command._tag) {
    case 'Raise':
    case 'Shrink': {
      const { bid, bidder, sold } = command
      return { ...model, bids: [...model.bids, { bidder, at, bid, sold, auction }] }
    }
    case 'Restart': {
      const grown = (model.offered * (Fixed.WAD + auction.sale.growth)) / Fixed.WAD
      const offered = before.goods._tag === 'Debt' ? grown : model.offered
      return { ...model, startedAt: at, startedUnder: auction, offered }
    }
    case 'Settle':
      return { ...model, over: 'settled' }
    case 'Cancel':
      return { ...model, over: 'called off' }
  }
}

/** What of a lot its bids decide. */
export type Standing = Pick<
  Lot.English,
  'bid' | 'bidder' | 'bidExpiresAt' | 'sold' | 'endsAt' | 'hardEndsAt' | 'ended'
>

/** How the lot must stand: what a reader of the story would say. */
export const stands = ({
  bids,
  offered,
  opened,
  over,
  startedAt,
  startedUnder,
}: Model): Standing => {
  const last = bids[bids.length - 1]
  const { ending, lasts } = startedUnder.sale
  const firstEnd = startedAt + Number(lasts)
  const hardEndsAt =
    ending._tag === 'Extended' ? Math.max(firstEnd, startedAt + Number(ending.hardEnd)) : firstEnd
  const kept = bids.flatMap(({ at, auction }) =>
    auction.sale.ending._tag === 'Extended' ? [at + Number(auction.sale.ending.by)] : [],
  )
  return {
    bid: last?.bid ?? (opened._tag === 'DebtOpened' ? opened.bid : 0n),
    bidder: last?.bidder,
    bidExpiresAt: last === undefined ? undefined : last.at + Number(last.auction.sale.bidLasts),
    sold: over === 'no' ? (last?.sold ?? offered) : 0n,
    endsAt: Math.max(firstEnd, ...kept.map((end) => Math.min(end, hardEndsAt))),
    hardEndsAt,
    ended: over !== 'no',
  }
}

/** Amounts by asset and account; those of nothing left out. */
export type Balances = ReadonlyMap<string, bigint>

const sum = (lines: readonly (readonly [account: string, amount: bigint])[]): Balances => {
  const balances = new Map<string, bigint>()
  for (const [account, amount] of lines)
    balances.set(account, (balances.get(account) ?? 0n) + amount)
  return new Map([...balances].filter(([, amount]) => amount !== 0n).sort())
}

const name = (tagged: { readonly _tag: string; readonly of?: string }): string =>
  tagged.of === undefined ? tagged._tag : `${tagged._tag} ${tagged.of}`

/** What the postings of events, folded, leave with everybody. */
export const folded = (history: History, steps: readonly Step[]): Balances =>
  sum(
    [history.opened, ...steps.flatMap(eventsOf)]
      .flatMap(Ledger.postings)
      .flatMap(({ amount, asset, from, to }) => [
        [`${name(asset)}: ${name(from)}`, -amount] as const,
        [`${name(asset)}: ${name(to)}`, amount] as const,
      ]),
  )

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)

const ofCollateral = (model: Model, opened: Extract<Opening, { _tag: 'Opened' }>): Balances => {
  const { collateral, debt, lossAt, start } = opened
  const held = start._tag === 'English' ? start.held : 'escrow'
  const { bid, bidder = 'nobody' } = stands(model)
  const sold = model.bids[model.bids.length - 1]?.sold ?? model.offered
  const settled = model.over === 'settled'
  const off = model.over === 'called off'
  const counted = held === 'income' || settled
  const repaid = counted ? least(bid, debt) : 0n
  const penalty = counted ? bid - repaid : 0n
  const left = debt - repaid
  const lost = lossAt === 'seizure' ? debt : settled ? left : 0n
  const restored = off && lossAt === 'seizure' ? left : 0n
  return sum([
    ['Collateral ETH: Position position', (off ? sold : 0n) - collateral],
    ['Collateral ETH: Owner owner', collateral - sold],
    [`Collateral ETH: Bidder ${bidder}`, settled ? sold : 0n],
    ['Collateral ETH: Lot line/1', settled || off ? 0n : sold],
    [`Money: Bidder ${bidder}`, off ? 0n : -bid],
    ['Money: Canceller', off && held === 'income' ? -bid : 0n],
    ['Money: Escrow line/1', counted || off ? 0n : bid],
    [lossAt === 'close' ? 'Money: Repaid' : 'Money: Protocol', repaid],
    ['Money: Penalty', penalty],
    ['Debt: Position position', (off ? left : 0n) - debt],
    ['Debt: Lot line/1', settled || off ? 0n : left],
    ['Debt: Repaid', repaid],
    ['Debt: BadDebt', settled ? left : 0n],
    ['Loss: Lot line/1', -lost],
    ['Loss: Protocol', lost],
    ['Money: Issued', -restored],
    ['Money: Protocol', restored],
  ])
}

const ofSurplus = (model: Model): Balances => {
  const { bid, bidder = 'nobody' } = stands(model)
  const [settled, off] = [model.over === 'settled', model.over === 'called off']
  return sum([
    ['Money: Protocol', off ? 0n : -model.offered],
    ['Money: Lot line/1', settled || off ? 0n : model.offered],
    [`Money: Bidder ${bidder}`, settled ? model.offered : 0n],
    [`Token MKR: Bidder ${bidder}`, off ? 0n : -bid],
    ['Token MKR: Escrow line/1', settled || off ? 0n : bid],
    ['Token MKR: Burned', settled ? bid : 0n],
  ])
}

const ofDebt = (model: Model, held: 'escrow' | 'income'): Balances => {
  const last = model.bids[model.bids.length - 1]
  const [settled, off] = [model.over === 'settled', model.over === 'called off']
  const paid = last?.bid ?? 0n
  const earned = held === 'income' || settled ? paid : 0n
  const reissued = off && held === 'income' ? paid : 0n
  const bidder = last?.bidder ?? 'nobody'
  return sum([
    [`Money: Bidder ${bidder}`, off ? 0n : -paid],
    ['Money: Escrow line/1', held === 'escrow' && !settled && !off ? paid : 0n],
    ['Money: Protocol', off && held === 'escrow' ? 0n : earned],
    ['Money: Issued', -reissued],
    ['Loss: Lot line/1', -reissued],
    ['Loss: Protocol', reissued],
    [`Token MKR: Bidder ${bidder}`, settled ? (last?.sold ?? 0n) : 0n],
    ['Token MKR: Issued', settled ? -(last?.sold ?? 0n) : 0n],
  ])
}

/** What everybody must hold. */
export const balances = (model: Model): Balances => {
  const { opened } = model
  switch (opened._tag) {
    case 'Opened':
      return ofCollateral(model, opened)
    case 'SurplusOpened':
      return ofSurplus(model)
    case 'DebtOpened':
      return ofDebt(model, opened.held)
  }
}
