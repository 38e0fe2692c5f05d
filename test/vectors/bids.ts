/**
 * bids: what the calls of the three houses for bids share.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Bids } from '../../src/maker/index.js'
import { addressOf, answer, nameOf } from './chain.js'
import { type Json, record, text, word } from './read.js'
import { silent, type Step, type Stepped } from './step.js'

/** The auctions of a starting state, each with what only its house keeps of it. */
export const readBids = (
  init: Json,
  readOwn: (bid: Json) => Partial<Bids.Bid> = () => ({}),
): Record<string, Bids.Bid> => {
  const bids = record(init, 'bids')
  const read = (id: string): Bids.Bid => {
    const bid = record(bids, id)
    return {
      ...Bids.unused(BigInt(id)),
      bid: word(bid, 'bid'),
      lot: word(bid, 'lot'),
      guy: nameOf(text(bid, 'guy')),
      tic: Number(word(bid, 'tic')),
      end: Number(word(bid, 'end')),
      ...readOwn(bid),
    }
  }
  return Object.fromEntries(Object.keys(bids).map((id) => [id, read(id)]))
}

/** The auctions that were opened, as the vectors write them, each with what only its house keeps of it. */
export const bidsView = (
  bids: Readonly<Record<string, Bids.Bid>>,
  kicks: bigint,
  own: (bid: Bids.Bid) => Json = () => ({}),
): Json =>
  Object.fromEntries(
    Object.values(bids)
      .filter(({ id }) => id >= 1n && id <= kicks)
      .map((one) => [
        `${one.id}`,
        {
          bid: `${one.bid}`,
          lot: `${one.lot}`,
          guy: addressOf(one.guy),
          tic: `${one.tic}`,
          end: `${one.end}`,
          ...own(one),
        },
      ]),
  )

/** The auction that a call is about: an id that is not in use reads as an empty one. */
export const bidOf = (bids: Readonly<Record<string, Bids.Bid>>, args: Json): Bids.Bid => {
  const id = word(args, 'id')
  return bids[`${id}`] ?? Bids.unused(id)
}

const offerOf = ({ args, caller, t }: Step): Bids.Offer => {
  const [lot, bid] = [word(args, 'lot'), word(args, 'bid')]
  return { at: t, caller, lot, bid }
}

/** Where a bid's time is added up: after what it moves. */
const clock = 480

/**
 * Makes a bid: `pay` moves what it moves. The houses move it before they add up how long the bid stands: a
 * sum past their clock fails after that.
 */
export const offer = (
  bidders: Bids.Bidders,
  call: typeof Bids.tend,
  bid: Bids.Bid,
  step: Step,
  pay: (paid: Bids.Paid) => void,
): Bids.Bid => {
  const outcome = call(bidders, bid, offerOf(step))
  const isLate = E.isLeft(outcome) && outcome.left.stage === clock
  const timeless = { ...bidders, auction: { ...bidders.auction, bidLasts: 0 } }
  pay(answer(isLate ? call(timeless, bid, offerOf(step)) : outcome))
  return answer(outcome).bid
}

/** Starts an auction again: the same call in all three houses. */
export const tickBid = (
  bidders: Bids.Bidders,
  world: { readonly bids: Record<string, Bids.Bid> },
  { args, t }: Step,
): Stepped => {
  const bid = answer(Bids.tick(bidders, bidOf(world.bids, args), t))
  world.bids[`${bid.id}`] = bid
  return silent
}
