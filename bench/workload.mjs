/**
 * Lots and the commands that come to them. Of every hundred takes 70 are partial, 6 spend a sum, 10
 * are cut by a minimum, 8 end their lot, and 6 are refused; of every hundred raises 11 are refused.
 */

import { Auction, Fixed, Lot } from 'knockdown'
import { below, between, generator } from './random.mjs'
import { accepted, compiled } from './terms.mjs'

const { RAD, RAY, WAD, rad, ray, wad } = Fixed

const openedAt = 1_600_000_000

/** The opening of the `i`-th lot. The price decides whether it can meet its target. */
const opened = (draw, i, asset, start) => {
  const debt = between(draw, 80_000n * RAD, 90_000n * RAD)
  return {
    _tag: 'Opened',
    lot: `bench-${i + 1}`,
    line: 'bench',
    at: openedAt + i,
    terms: 3,
    goods: { _tag: 'Collateral', asset, position: `position-${i}`, owner: `owner-${i % 97}` },
    collateral: wad(between(draw, 95n * WAD, 105n * WAD)),
    shares: wad(debt / RAY),
    debt: rad(debt),
    target: rad((debt * 113n) / 100n),
    lossAt: 'close',
    binding: 'inForce',
    start,
    keeper: 'keeper',
    reward: rad(100n * RAD),
    payer: { _tag: 'Protocol' },
  }
}

const openedDutch = (draw, i, isCheap) =>
  opened(draw, i, 'ETH', {
    _tag: 'Dutch',
    startPrice: ray(
      isCheap ? between(draw, 700n * RAY, 800n * RAY) : between(draw, 1800n * RAY, 2200n * RAY),
    ),
  })

const openedEnglish = (draw, i) =>
  opened(draw, i, 'BTC', {
    _tag: 'English',
    endsAt: openedAt + i + 86_400,
    hardEndsAt: openedAt + i + 172_800,
    reserve: rad(30_000n * RAD),
    held: 'escrow',
  })

/** The lot that an opening and what happened before have made. */
export const fold = ({ opening, before }) => before.reduce(Auction.evolve, Lot.open(opening))

const of = (n, draw, low, high) => (n * between(draw, low, high)) / 1000n

const takeOf = (at, want, more = {}) => ({
  _tag: 'Take',
  at,
  bidder: 'bidder',
  want,
  limit: ray(10_000n * RAY),
  atLeast: wad(0n),
  ...more,
})

const amount = (n) => ({ _tag: 'Amount', amount: wad(n) })
const all = { _tag: 'All' }

/** The take that comes to a lot, by where `k` stands in the hundred. */
const takeFor = (draw, lot, k) => {
  const at = lot.startedAt + 30 + below(draw, 3000)
  const { collateral } = lot
  const part = amount(of(collateral, draw, 10n, 200n))
  if (k < 70) return takeOf(at, part, { atLeast: wad(part.amount / 2n) })
  if (k < 76) return takeOf(at, { _tag: 'Spend', money: rad(of(20_000n * RAD, draw, 50n, 1000n)) })
  if (k < 82) {
    // Just short of the target: cut so that the least target is left.
    const money = rad(lot.target - between(draw, RAD, 4_000n * RAD))
    return takeOf(at, { _tag: 'Spend', money })
  }
  if (k < 86) return takeOf(at, amount(collateral - between(draw, 1n, WAD / 20n)))
  if (k < 94) return takeOf(at, all)
  if (k === 94) return takeOf(lot.startedAt + 7200 + below(draw, 600), part)
  if (k === 95) return takeOf(lot.startedAt + 6400 + below(draw, 600), part)
  if (k === 96) return takeOf(at, part, { limit: ray(RAY) })
  if (k === 97) return takeOf(lot.lastAt - 1, part)
  if (k === 98) return takeOf(at, part, { atLeast: wad(collateral + 1n) })
  return takeOf(at, amount(0n))
}

/** What a command to a new lot does. */
const done = (opening, commandTo) => {
  const lot = Lot.open(opening)
  return accepted(Auction.decide(compiled)(0, lot, commandTo(lot)))
}

const takenBefore = (draw, opening) =>
  done(opening, (lot) => takeOf(lot.lastAt + 20, amount(of(lot.collateral, draw, 10n, 100n))))

/** `count` lots for sale by a falling price, half of them taken from before, each with its take. */
export const takes = (count) => {
  const draw = generator(1)
  return Array.from({ length: count }, (_, i) => {
    const k = (i * 37) % 100
    const opening = openedDutch(draw, i, k >= 82 && k < 90)
    const before = i % 2 === 0 ? [] : takenBefore(draw, opening)
    const lot = fold({ opening, before })
    return { opening, before, lot, command: takeFor(draw, lot, k) }
  })
}

const raiseOf = (lot, at, bidder, bid) => ({
  _tag: 'Raise',
  at,
  bidder,
  bid: rad(bid),
  sold: lot.sold,
})

const raisedBefore = (draw, opening) =>
  done(opening, (lot) =>
    raiseOf(lot, lot.lastAt + 60, 'first', between(draw, 32_000n * RAD, 60_000n * RAD)),
  )

/** The raise that comes to a lot, by where `k` stands in the hundred. */
const raiseFor = (draw, lot, k) => {
  const at = lot.lastAt + 60 + below(draw, 7200)
  const better =
    lot.bid === 0n ? between(draw, 31_000n * RAD, 60_000n * RAD) : of(lot.bid, draw, 1051n, 1200n)
  if (k < 70) return raiseOf(lot, at, 'second', better)
  if (k < 78) return raiseOf(lot, at, 'first', better)
  if (k < 88) return raiseOf(lot, at, 'second', lot.target)
  if (k < 90) return raiseOf(lot, at, 'second', lot.bid)
  if (k < 94) return raiseOf(lot, at, 'second', (lot.bid * 102n) / 100n + RAD)
  if (k === 94) return raiseOf(lot, at, 'second', lot.target + 1n)
  if (k === 95) return { ...raiseOf(lot, at, 'second', better), sold: lot.sold - 1n }
  if (k === 96) return raiseOf(lot, lot.endsAt + 1, 'second', better)
  if (k === 97) return raiseOf(lot, lot.lastAt - 1, 'second', better)
  return raiseOf(lot, lot.lastAt + 11_000, 'second', better)
}

/** `count` lots for sale by bids, two of three with a standing one, each with its raise. */
export const raises = (count) => {
  const draw = generator(2)
  return Array.from({ length: count }, (_, i) => {
    const k = (i * 37) % 100
    const opening = openedEnglish(draw, i)
    const before = i % 3 === 0 ? [] : raisedBefore(draw, opening)
    const lot = fold({ opening, before })
    return { opening, before, lot, command: raiseFor(draw, lot, k) }
  })
}
