/**
 * Ledger: every transfer of value that an event stands for.
 *
 * Laws: ACC-1 to ACC-10 (spec/07-accounting.md, where the table of all postings stands).
 */

import type {
  Cancelled,
  Closed,
  Event,
  Goods,
  Opened,
  Raised,
  Refund,
  Rewarded,
  Settled,
  Shrunk,
  Stopped,
} from './Event.js'

// Model

/** What moves: collateral or tokens, in Wad; money, debt that a position owes, or loss that the protocol bears, in Rad. */
export type Asset =
  | { readonly _tag: 'Collateral' | 'Token'; readonly of: string }
  | { readonly _tag: 'Money' | 'Debt' | 'Loss' }

/** Who holds or owes it; or where it comes from or ends. */
export type Account =
  | {
      readonly _tag:
        | 'Position'
        | 'Owner'
        | 'Lot'
        | 'Escrow'
        | 'Bidder'
        | 'Keeper'
        | 'RewardPayer'
        | 'Payer'
      readonly of: string
    }
  | {
      readonly _tag:
        | 'Repaid'
        | 'Penalty'
        | 'BadDebt'
        | 'Protocol'
        | 'Healed'
        | 'Issued'
        | 'Burned'
        | 'Canceller'
    }

/** `amount`, above zero, of `asset` moves `from` one account `to` another (ACC-1). */
export interface Posting {
  readonly asset: Asset
  readonly from: Account
  readonly to: Account
  readonly amount: bigint
}

// Interpretation

const money: Asset = { _tag: 'Money' }
const debt: Asset = { _tag: 'Debt' }
const loss: Asset = { _tag: 'Loss' }
const repaidAccount: Account = { _tag: 'Repaid' }
const penaltyAccount: Account = { _tag: 'Penalty' }
const protocol: Account = { _tag: 'Protocol' }
const issued: Account = { _tag: 'Issued' }

const move = (asset: Asset, from: Account, to: Account, amount: bigint): Posting => ({
  asset,
  from,
  to,
  amount,
})

const lotOf = ({ lot }: { readonly lot: string }): Account => ({ _tag: 'Lot', of: lot })
const escrowOf = ({ lot }: { readonly lot: string }): Account => ({ _tag: 'Escrow', of: lot })
const bidderOf = (of: string): Account => ({ _tag: 'Bidder', of })

/** What an auction sells, and what it is paid in. */
const soldOf = (goods: Goods): Asset => {
  switch (goods._tag) {
    case 'Collateral':
      return { _tag: 'Collateral', of: goods.asset }
    case 'Surplus':
      return money
    case 'Debt':
      return { _tag: 'Token', of: goods.token }
  }
}

const paidIn = (goods: Goods): Asset =>
  goods._tag === 'Surplus' ? { _tag: 'Token', of: goods.token } : money

/** A payment for collateral repays debt, and then is penalty; where the loss is booked already, it is the protocol's. */
const payment = (
  from: Account,
  lot: Account,
  {
    lossAt,
    penalty,
    repaid,
  }: { readonly lossAt: Opened['lossAt']; readonly penalty: bigint; readonly repaid: bigint },
): readonly Posting[] => [
  move(money, from, lossAt === 'close' ? repaidAccount : protocol, repaid),
  move(money, from, penaltyAccount, penalty),
  move(debt, lot, repaidAccount, repaid),
]

/** A reward comes from its fund, or is issued and booked as a loss. */
const rewarded = ({ keeper, payer, reward }: Rewarded, lot: Account): readonly Posting[] => {
  const to: Account = { _tag: 'Keeper', of: keeper }
  return payer._tag === 'Fund'
    ? [move(money, { _tag: 'RewardPayer', of: payer.of }, to, reward)]
    : [move(money, issued, to, reward), move(loss, lot, protocol, reward)]
}

const opened = (event: Opened): readonly Posting[] => {
  const lot = lotOf(event)
  const position: Account = { _tag: 'Position', of: event.goods.position }
  return [
    move(soldOf(event.goods), position, lot, event.collateral),
    move(debt, position, lot, event.debt),
    ...(event.lossAt === 'seizure' ? [move(loss, lot, protocol, event.debt)] : []),
    ...rewarded(event, lot),
  ]
}

const closed = (event: Closed): readonly Posting[] => {
  const lot = lotOf(event)
  return [
    move(soldOf(event.goods), lot, { _tag: 'Owner', of: event.goods.owner }, event.returned),
    move(debt, lot, { _tag: 'BadDebt' }, event.badDebt),
    ...(event.lossAt === 'close' ? [move(loss, lot, protocol, event.badDebt)] : []),
  ]
}

const refunded = (asset: Asset, from: Account, refund: Refund | undefined): readonly Posting[] =>
  refund === undefined ? [] : [move(asset, from, bidderOf(refund.bidder), refund.amount)]

/** Where the loss was booked at the seizure, the debt that is owed again makes it good. */
const cancelled = (event: Cancelled): readonly Posting[] => {
  const lot = lotOf(event)
  const position: Account = { _tag: 'Position', of: event.goods.position }
  const payer: Account = event.held === 'escrow' ? escrowOf(event) : { _tag: 'Canceller' }
  return [
    move(soldOf(event.goods), lot, position, event.collateral),
    move(debt, lot, position, event.debt),
    ...refunded(money, payer, event.refund),
    ...(event.lossAt === 'seizure' ? [move(money, issued, protocol, event.debt)] : []),
  ]
}

/** A bid in escrow waits there and frees the one before; one that is income repays the one before itself. */
const bid = (event: Raised | Shrunk): readonly Posting[] => {
  const asset = paidIn(event.goods)
  const bidder = bidderOf(event.bidder)
  if (event.held === 'escrow')
    return [
      move(asset, bidder, escrowOf(event), event.paid),
      ...refunded(asset, escrowOf(event), event.outbid),
    ]
  const isFirstForDebt = event.goods._tag === 'Debt' && event.outbid === undefined
  return [
    ...refunded(asset, bidder, event.outbid),
    ...(isFirstForDebt ? [move(asset, bidder, protocol, event.paid)] : []),
  ]
}

const shrunk = (event: Shrunk): readonly Posting[] => [
  ...bid(event),
  ...(event.goods._tag === 'Collateral'
    ? [
        move(
          soldOf(event.goods),
          lotOf(event),
          { _tag: 'Owner', of: event.goods.owner },
          event.freed,
        ),
      ]
    : []),
]

const settled = (event: Settled): readonly Posting[] => {
  const { goods } = event
  const [lot, escrow, bidder] = [lotOf(event), escrowOf(event), bidderOf(event.bidder)]
  switch (goods._tag) {
    case 'Collateral':
      return [...payment(escrow, lot, event), move(soldOf(goods), lot, bidder, event.sold)]
    case 'Surplus':
      return [
        move(paidIn(goods), escrow, { _tag: 'Burned' }, event.bid),
        move(soldOf(goods), lot, bidder, event.sold),
      ]
    case 'Debt':
      return [
        ...(event.held === 'escrow' ? [move(money, escrow, protocol, event.bid)] : []),
        move(soldOf(goods), issued, bidder, event.sold),
      ]
  }
}

const stopped = (event: Stopped): readonly Posting[] => {
  const { goods, refund } = event
  const asset = paidIn(goods)
  if (goods._tag === 'Surplus')
    return [
      move(soldOf(goods), lotOf(event), protocol, event.sold),
      ...refunded(asset, escrowOf(event), refund),
    ]
  return event.held === 'escrow'
    ? refunded(asset, escrowOf(event), refund)
    : [...refunded(asset, issued, refund), move(loss, lotOf(event), protocol, refund?.amount ?? 0n)]
}

const moves = (event: Event): readonly Posting[] => {
  switch (event._tag) {
    case 'Opened':
      return opened(event)
    case 'Taken': {
      const [lot, bidder] = [lotOf(event), bidderOf(event.bidder)]
      return [...payment(bidder, lot, event), move(soldOf(event.goods), lot, bidder, event.bought)]
    }
    case 'Reset':
      return rewarded(event, lotOf(event))
    case 'Closed':
      return closed(event)
    case 'Cancelled':
      return cancelled(event)
    case 'Raised':
      return [...bid(event), ...payment(bidderOf(event.bidder), lotOf(event), event)]
    case 'Shrunk':
      return shrunk(event)
    case 'Settled':
      return settled(event)
    case 'Stopped':
      return stopped(event)
    case 'Received':
      return [move(money, { _tag: 'Payer', of: event.from }, protocol, event.amount)]
    case 'Healed':
      return [
        move(money, protocol, { _tag: 'Healed' }, event.amount),
        move(loss, protocol, { _tag: 'Healed' }, event.amount),
      ]
    case 'SurplusOpened':
      return [move(money, protocol, lotOf(event), event.sold)]
    case 'Restarted':
    case 'DebtOpened':
    case 'Matured':
    case 'TermsChanged':
    case 'LevelChanged':
    case 'HouseChanged':
      return []
  }
}

/** The transfers of an event, those of nothing left out (ACC-5). */
export const postings = (event: Event): readonly Posting[] =>
  moves(event).filter(({ amount }) => amount !== 0n)
