/**
 * Bids: what Flipper, Flapper and Flopper do with an auction by bids: tick, tend, dent, deal, yank.
 *
 * Each is a command to the core, and its answer in Maker's words. Who may call, what accounts hold, and
 * whether a house is live, are the chain's.
 *
 * Laws: MKR-2, MKR-9 (spec/14-maker.md).
 * Source: flip.sol, flap.sol and flop.sol in MakerDAO's dss.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { English, type Event, Fixed, type Lot, type Terms } from '../core/index.js'
import { caused, type Outcome, type Reasons, worded } from './Failure.js'

// Model

/** Which of Maker's three houses for bids. */
export type House = 'Flipper' | 'Flapper' | 'Flopper'

/**
 * An auction as a house stores it; the last three only Flipper has. Nobody is the empty name, and no time is
 * zero. Money is in Rads, collateral and tokens in Wads: a Flipper's bid is money and its lot collateral, a
 * Flapper's bid tokens and its lot money, a Flopper's bid money and its lot tokens.
 */
export interface Bid {
  readonly id: bigint
  readonly bid: bigint
  readonly lot: bigint
  readonly guy: string
  readonly tic: Fixed.Seconds
  readonly end: Fixed.Seconds
  readonly usr: string
  readonly gal: string
  readonly tab: Fixed.Rad
}

/** A house: which one, and its terms worked out. */
export interface Bidders {
  readonly house: House
  readonly auction: English.Compiled
}

/** What a bid moves: to whoever stood before, and to whom the auction is for. */
export interface Paid {
  readonly bid: Bid
  /** What the bidder pays to the one who stood before, unless that is himself. */
  readonly back: { readonly guy: string; readonly amount: bigint } | undefined
  /** What he pays besides, and whether that is income at once or waits until the bid wins. */
  readonly more: bigint
  readonly held: Terms.English['held']
  /** What is no longer for sale. */
  readonly freed: bigint
}

// Constructors

const nobody = ''

/** An auction that no call has touched: every id that is not in use reads so. */
export const unused = (id: bigint): Bid => ({
  id,
  bid: 0n,
  lot: 0n,
  guy: nobody,
  tic: 0,
  end: 0,
  usr: nobody,
  gal: nobody,
  tab: Fixed.rad(0n),
})

/** The terms of a house, worked out in 256 bits; its version is of no account. */
export const bidders = (house: House, sale: Terms.English): Bidders => ({
  house,
  auction: English.compile({ version: 1, width: 'uint256' }, sale),
})

const goodsOf = (house: House, usr: string): Event.Goods => {
  switch (house) {
    case 'Flipper':
      return { _tag: 'Collateral', asset: '', position: usr, owner: usr }
    case 'Flapper':
      return { _tag: 'Surplus', token: '' }
    case 'Flopper':
      return { _tag: 'Debt', token: '' }
  }
}

/** An auction as a lot of the core, without a hard end. The one who opened it stands for its first bid, which does not expire. */
const lotOf = ({ auction, house }: Bidders, bid: Bid): Lot.English => ({
  _tag: 'English',
  id: `${bid.id}`,
  line: house,
  terms: 1,
  goods: goodsOf(house, bid.usr),
  sold: bid.lot,
  bid: bid.bid,
  bidder: bid.guy,
  bidExpiresAt: bid.tic === 0 ? undefined : bid.tic,
  endsAt: bid.end,
  hardEndsAt: Fixed.MAX_UINT48,
  reserve: 0n,
  held: auction.sale.held,
  debt: bid.tab,
  target: bid.tab,
  lossAt: 'seizure',
  binding: 'inForce',
  lastAt: 0,
  ended: bid.guy === nobody,
})

// Calls

const inHouse = (house: House, reasons: Reasons): Reasons =>
  Object.fromEntries(Object.entries(reasons).map(([tag, words]) => [tag, `${house}/${words}`]))

const bidReasons = (house: House, raises: boolean): Reasons =>
  inHouse(house, {
    Ended: 'guy-not-set',
    BidExpired: 'already-finished-tic',
    PastEnd: 'already-finished-end',
    NotWhatStands: raises ? 'lot-not-matching' : 'not-matching-bid',
    AboveTarget: 'higher-than-tab',
    TargetNotBid: 'tend-not-finished',
    NotBetter: raises ? 'bid-not-higher' : 'lot-not-lower',
    TooSmallStep: raises ? 'insufficient-increase' : 'insufficient-decrease',
  })

/**
 * A bid: what the caller offers for what he takes the lot to be, or asks for at what he takes the bid to be;
 * in the units of `Bid`.
 */
export interface Offer {
  readonly at: Fixed.Seconds
  readonly caller: string
  readonly lot: bigint
  readonly bid: bigint
}

const offered = (
  bidders: Bidders,
  before: Bid,
  { at, bid, caller, lot }: Offer,
  tag: 'Raise' | 'Shrink',
): Outcome<Paid> => {
  const decided = English.decide(bidders.auction, 0, lotOf(bidders, before), {
    _tag: tag,
    at,
    bidder: caller,
    bid,
    sold: lot,
  })
  const words = worded(bidReasons(bidders.house, tag === 'Raise'))
  const made = caused(['Raised', 'Shrunk'], words, decided)
  if (E.isLeft(made)) return made
  const event = made.right
  const { outbid } = event
  return E.right({
    bid: { ...before, bid, lot, guy: caller, tic: event.bidExpiresAt, end: event.endsAt },
    back: outbid && { guy: outbid.bidder, amount: outbid.amount },
    more: event.paid - (outbid?.amount ?? 0n),
    held: event.held,
    freed: event._tag === 'Shrunk' ? event.freed : 0n,
  })
}

/** A higher bid for the same lot. */
export const tend = (bidders: Bidders, bid: Bid, offer: Offer): Outcome<Paid> =>
  offered(bidders, bid, offer, 'Raise')

/** The same bid for a smaller lot. */
export const dent = (bidders: Bidders, bid: Bid, offer: Offer): Outcome<Paid> =>
  offered(bidders, bid, offer, 'Shrink')

/** Starts again an auction that nobody bid in, or an id that was never used (MKR-9). */
export const tick = (bidders: Bidders, bid: Bid, at: Fixed.Seconds): Outcome<Bid> => {
  const { auction, house } = bidders
  const hasBid = bid.tic !== 0
  const decided = English.decide(
    auction,
    0,
    { ...lotOf(bidders, bid), bidder: hasBid ? bid.guy : undefined, ended: false },
    { _tag: 'Restart', at, market: Fixed.ray(0n) },
  )
  const words = inHouse(house, { NotOver: 'not-finished', AlreadyBid: 'bid-already-placed' })
  return pipe(
    caused(['Restarted'], worded(words), decided),
    E.map(({ endsAt, sold }) => ({ ...bid, lot: sold, end: endsAt })),
  )
}

/** Gives the winner what he won: what is due to him. */
export const deal = (bidders: Bidders, bid: Bid, at: Fixed.Seconds): Outcome<Bid> => {
  const unfinished = `${bidders.house}/not-finished`
  const decided = English.decide(bidders.auction, 0, lotOf(bidders, bid), { _tag: 'Settle', at })
  return E.isLeft(decided)
    ? E.left(worded({ Ended: unfinished, NotWon: unfinished })(decided.left))
    : E.right(bid)
}

/** Calls an auction off: what the standing bidder is repaid. */
export const yank = (bidders: Bidders, bid: Bid, at: Fixed.Seconds): Outcome<bigint> => {
  const decided = English.decide(bidders.auction, 0, lotOf(bidders, bid), { _tag: 'Cancel', at })
  const words = inHouse(bidders.house, { Ended: 'guy-not-set', AlreadySold: 'already-dent-phase' })
  return pipe(
    caused(['Cancelled', 'Stopped'], worded(words), decided),
    E.map(({ refund }) => refund?.amount ?? 0n),
  )
}

/** What a kick puts up. */
export type Kicked = Pick<Bid, 'bid' | 'gal' | 'guy' | 'lot' | 'tab' | 'usr'>

/** An auction that opens now; nothing of what it is given is looked at (MKR-9). */
export const kick = (
  { auction }: Bidders,
  id: bigint,
  at: Fixed.Seconds,
  kicked: Kicked,
): Outcome<Bid> => {
  const until = English.ends(auction, at)
  return E.isLeft(until)
    ? E.left(worded({})(until.left))
    : E.right({ ...unused(id), ...kicked, end: until.right.endsAt })
}
