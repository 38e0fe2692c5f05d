/**
 * MonteCarlo: millions of single falling-price auctions in floating point, for their expected outcome.
 *
 * An approximation, on purpose: amounts are doubles, and agree with the exact core on the same path to
 * one part in 10^9 (MTC-5). Everything else in this library that counts money is exact.
 *
 * Between two sales all is done by Walk; whatever passes its barrier is decided here, at leisure.
 *
 * Laws: MTC-3 to MTC-6 (spec/17-montecarlo.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import * as Moments from './Moments.js'
import * as Single from './Single.js'
import * as Walk from './Walk.js'

// Model

/** A setting with what its loops read worked out. */
export interface Kernel {
  readonly setting: Single.Setting
  /** Blocks a fixed time apart: at which sum of normals a lot of so many blocks may sell, or is stale. */
  readonly barrier: Float64Array
}

/** What is told of an auction that ended in a sale. */
export interface Figures<A> {
  /** Seconds from the start to the sale, resets included. */
  readonly time: A
  /** The price that it sold at. */
  readonly price: A
  /** The market price then. */
  readonly fair: A
  /** The money that was paid. */
  readonly paid: A
  /** The part of the market value of what was sold that was not paid for it. */
  readonly loss: A
}

/** What is known of so many auctions: its size does not depend on how many. */
export interface Sums extends Figures<Moments.Moments> {
  readonly auctions: number
  readonly sold: number
  readonly resets: number
  /** The blocks that were drawn for them. */
  readonly blocks: number
}

/** The figures of auction after auction; not a number where it was not sold. */
export type Records = Figures<Float64Array>

/** How many auctions share generators: what is split over workers is split between chunks. */
export const CHUNK = 4096

/** More blocks than an auction has. */
const MANY = 2 ** 31 - 1

// Constructors

/** Works out what the loops of a setting read, or says what the setting lacks (MTC-4). */
export const make = (setting: Single.Setting): E.Either<Single.Unusable, Kernel> => {
  const made = Single.make(setting)
  if (E.isLeft(made)) return made
  const barrier = setting.blocks._tag === 'Fixed' ? Walk.barrierOf(setting) : new Float64Array(0)
  return E.right({ setting, barrier })
}

/** Room for the figures of so many auctions. */
export const records = (auctions: number): Records => ({
  time: new Float64Array(auctions).fill(NaN),
  price: new Float64Array(auctions).fill(NaN),
  fair: new Float64Array(auctions).fill(NaN),
  paid: new Float64Array(auctions).fill(NaN),
  loss: new Float64Array(auctions).fill(NaN),
})

/** The figures of the auctions of a chunk that ended in a sale: room that every chunk uses anew. */
const found: Records = /* @__PURE__ */ records(CHUNK)

/** Of no auctions. */
export const none: Sums = {
  auctions: 0,
  sold: 0,
  resets: 0,
  blocks: 0,
  time: Moments.none,
  price: Moments.none,
  fair: Moments.none,
  paid: Moments.none,
  loss: Moments.none,
}

// Transitions

/**
 * So many auctions of a chunk of a seed, CHUNK at most (MTC-3, MTC-6). Their figures are put into
 * `kept`, where given, from `at` on.
 */
export const chunk = (
  { barrier, setting }: Kernel,
  seed: bigint,
  index: number,
  auctions: number = CHUNK,
  kept?: Records,
  at = 0,
): Sums => {
  const { blocks, buyer, curve, lasts, markup, reserve, target, volatility } = setting
  const { every } = blocks
  const isFixed = blocks._tag === 'Fixed'
  const growth = isFixed ? (setting.drift - volatility ** 2 / 2) * every : 0
  const size = isFixed ? volatility * Math.sqrt(every) : 1
  const least = Walk.leastLog(setting, 1)
  const most = isFixed ? Math.min(Math.floor(lasts / every), MANY) : MANY
  const draws = Walk.make(seed, index)
  let sold = 0
  let resets = 0
  let offered = 0
  let cursor = Walk.MOST

  for (let auction = 0; auction < auctions; auction++) {
    // The fair price and the time at the last start, and the blocks since it and before it.
    let base = 1
    let since = 0
    let n = 0
    let before = 0
    Walk.start()
    for (;;) {
      if (cursor === Walk.MOST) {
        Walk.refill(setting, draws)
        cursor = 0
      }
      // Kept whole by `| 0`: a place that might be a fraction costs more than the step itself.
      const left = (most - before - n) | 0
      const to = left < Walk.MOST - cursor ? (cursor + left) | 0 : Walk.MOST
      const stop = isFixed
        ? Walk.untilBarrier(barrier, cursor, to, n)
        : Walk.untilNear(setting, least, lasts - since, cursor)
      const next = stop < 0 ? to : stop
      n = (n + next - cursor) | 0
      cursor = next
      if (stop < 0) {
        if (before + n >= most) break
        continue
      }
      const age = isFixed ? n * every : Walk.age()
      const time = since + age
      if (time > lasts) break
      const log = growth * n + size * Walk.moved()
      const fair = base * Math.exp(log)
      const told = Single.onClock(setting, age)
      const share = Single.shareAt(curve, told)
      if (Single.isStale(setting, told, share)) {
        base = fair
        since = time
        before = (before + n) | 0
        n = 0
        Walk.start()
        resets += 1
        continue
      }
      const price = base * markup * share
      const paid = Math.min(price, target)
      const gain = (paid / price) * fair * (1 - buyer.margin) - paid - buyer.gas
      // No comparison holds of what a price of zero divides: nothing is sold at it.
      if (price >= reserve && gain >= 0) {
        const loss = 1 - price / fair
        put(found, sold, time, price, fair, paid, loss)
        if (kept !== undefined) put(kept, at + auction, time, price, fair, paid, loss)
        sold += 1
        break
      }
    }
    offered += before + n
  }
  return {
    auctions,
    sold,
    resets,
    blocks: offered,
    time: Moments.of(found.time, sold),
    price: Moments.of(found.price, sold),
    fair: Moments.of(found.fair, sold),
    paid: Moments.of(found.paid, sold),
    loss: Moments.of(found.loss, sold),
  }
}

const put = (
  to: Records,
  i: number,
  time: number,
  price: number,
  fair: number,
  paid: number,
  loss: number,
): void => {
  to.time[i] = time
  to.price[i] = price
  to.fair[i] = fair
  to.paid[i] = paid
  to.loss[i] = loss
}

/** Of two groups of auctions, the earlier chunks first, the sums of both (MTC-6). */
export const combine = (a: Sums, b: Sums): Sums => ({
  auctions: a.auctions + b.auctions,
  sold: a.sold + b.sold,
  resets: a.resets + b.resets,
  blocks: a.blocks + b.blocks,
  time: Moments.combine(a.time, b.time),
  price: Moments.combine(a.price, b.price),
  fair: Moments.combine(a.fair, b.fair),
  paid: Moments.combine(a.paid, b.paid),
  loss: Moments.combine(a.loss, b.loss),
})

/**
 * So many auctions of a seed: chunk by chunk, their sums combined in order (MTC-6).
 *
 * @example run(kernel, 1n, 1_000_000).loss.mean
 */
export const run = (kernel: Kernel, seed: bigint, auctions: number, kept?: Records): Sums => {
  let sums = none
  for (let from = 0; from < auctions; from += CHUNK) {
    const count = Math.min(CHUNK, auctions - from)
    sums = combine(sums, chunk(kernel, seed, from / CHUNK, count, kept, from))
  }
  return sums
}
