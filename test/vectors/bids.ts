/**
 * bids: what the calls of the three houses for bids share.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Bids } from '../../src/maker/index.js'
import { answer } from './chain.js'
import { type Json, word } from './read.js'
import type { Step } from './step.js'

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
