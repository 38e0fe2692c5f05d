/**
 * The twins: the arithmetic and every comparison that the rules require, on plain objects with bare
 * bigints. No `Either`, no event, no refusal with its facts: what is refused is the number of its
 * stage, and what is done is the figures alone. `check.mjs` holds them against the engine before
 * anything is timed.
 */

import { Fixed } from 'knockdown'

const RAY = 10n ** 27n
const WAD = 10n ** 18n
const MAX = 2n ** 256n - 1n

/** The seconds between drops, the share kept at each, and the shares of the first drops. */
const dropsOf = (every, keep, horizon) => {
  const bits = 32 - Math.clz32(Math.floor(horizon / every))
  return { every, keep, shares: Fixed.powers(keep, bits) }
}

const drops = (curve, horizon) =>
  curve._tag === 'Stairs'
    ? dropsOf(Number(curve.stepEvery), curve.keepPerStep, horizon)
    : dropsOf(1, curve.keepPerSecond, horizon)

const rawDutch = ({ curve, emptySale, minCollateralLeft, minLeft, reset }) => {
  const staleFrom = Number(reset.after)
  const staleBelow = reset.below
  return {
    ...drops(curve, staleFrom),
    staleFrom,
    staleBelow,
    minLeft,
    minCollateralLeft,
    emptySale,
  }
}

const rawEnglish = ({ bidLasts, ending, minRaise }) => ({
  step: WAD + minRaise,
  bidLasts: Number(bidLasts),
  extendBy: Number(ending.by),
})

/** What takes and raises read of terms, worked out; a sale is found by its kind and asset. */
export const rawTerms = ({ binding, collaterals, line, version, width }) => {
  const salesOf = (kind, raw) =>
    new Map(
      collaterals
        .filter(({ sale }) => sale._tag === kind)
        .map(({ asset, sale }) => [asset, raw(sale)]),
    )
  return {
    line,
    version,
    width,
    binding,
    dutch: salesOf('Dutch', rawDutch),
    english: salesOf('English', rawEnglish),
  }
}

const rawDutchLot = (lot) => ({
  kind: 'Dutch',
  id: lot.id,
  line: lot.line,
  terms: lot.terms,
  goods: lot.goods._tag,
  asset: lot.goods.asset,
  position: lot.goods.position,
  owner: lot.goods.owner,
  collateral: lot.collateral,
  debt: lot.debt,
  target: lot.target,
  startPrice: lot.startPrice,
  startedAt: lot.startedAt,
  rewarded: lot.rewarded,
  lossAt: lot.lossAt,
  binding: lot.binding,
  lastAt: lot.lastAt,
  ended: lot.ended,
})

const rawEnglishLot = (lot) => ({
  kind: 'English',
  id: lot.id,
  line: lot.line,
  terms: lot.terms,
  goods: lot.goods._tag,
  asset: lot.goods.asset,
  position: lot.goods.position,
  owner: lot.goods.owner,
  sold: lot.sold,
  bid: lot.bid,
  bidder: lot.bidder,
  bidExpiresAt: lot.bidExpiresAt,
  endsAt: lot.endsAt,
  hardEndsAt: lot.hardEndsAt,
  reserve: lot.reserve,
  held: lot.held,
  debt: lot.debt,
  target: lot.target,
  lossAt: lot.lossAt,
  binding: lot.binding,
  lastAt: lot.lastAt,
  ended: lot.ended,
})

/** The same facts as a lot's, flat. */
export const rawLot = (lot) => (lot._tag === 'Dutch' ? rawDutchLot(lot) : rawEnglishLot(lot))

/** The same command, its want as a kind and a number. */
export const rawTake = ({ at, bidder, want, limit, atLeast }) => ({
  command: 'Take',
  at,
  bidder,
  kind: want._tag,
  want: want.amount ?? want.money ?? 0n,
  limit,
  atLeast,
})

export const rawRaise = ({ at, bidder, bid, sold }) => ({ command: 'Raise', at, bidder, bid, sold })

const fits = (width, n) => width === 'unbounded' || (n >= 0n && n <= MAX)
const lastSecond = (width) => (width === 'unbounded' ? Number.MAX_SAFE_INTEGER : 2 ** 48 - 1)

/**
 * A take: the stage at which it is refused, or `[price, bought, repaid, penalty, ended]`, where
 * `ended` is zero, or `[returned, badDebt, shortfall]` if the lot ends with it.
 */
export const take = (terms, level, lot, { command, at, atLeast, kind, limit, want }) => {
  if (lot.line !== terms.line) return 5
  if (lot.binding === 'atOpening' && lot.terms !== terms.version) return 5
  if (lot.goods !== 'Collateral' || lot.kind !== 'Dutch') return 5
  const sale = terms.dutch.get(lot.asset)
  if (sale === undefined) return 5
  if (!Number.isSafeInteger(at) || at < lot.lastAt) return 10
  if (level >= 3) return 200
  if (lot.ended) return 210
  if (command !== 'Take') return 220

  const { startPrice, collateral, target, debt } = lot
  const elapsed = at - lot.startedAt
  const drop = Math.floor((elapsed > 0 ? elapsed : 0) / sale.every)
  const share = sale.shares[drop] ?? Fixed.rpow(sale.keep, BigInt(drop))
  if (share === undefined || startPrice < 0n) return 300
  const product = startPrice * share
  if (!fits(terms.width, product)) return 300
  const price = product / RAY
  if (elapsed >= sale.staleFrom) return 310
  if (price * RAY < sale.staleBelow * startPrice) return 310
  if (price > limit) return 320

  let wanted = collateral
  if (kind === 'Amount') {
    if (want < collateral) wanted = want
  } else if (kind === 'Spend' && price > 0n) {
    const affordable = want / price
    if (affordable < collateral) wanted = affordable
  }
  const isEmptyRefused = sale.emptySale === 'refuse'
  if (wanted < 0n || (isEmptyRefused && (wanted === 0n || price === 0n))) return 330
  const owed = wanted * price
  if (!fits(terms.width, owed)) return 340

  let bought = wanted
  let paid = owed
  if (owed > target) {
    paid = target
    bought = target / price
  } else if (owed !== target && wanted !== collateral) {
    const most = collateral - sale.minCollateralLeft
    if (wanted > most) {
      if (most <= 0n) return 350
      bought = most
      paid = most * price
    }
    if (target - paid < sale.minLeft) {
      if (target <= sale.minLeft) return 350
      paid = target - sale.minLeft
      bought = paid / price
    }
  }
  const ends = paid === target || bought === collateral
  if (isEmptyRefused && bought === 0n && !ends) return 360
  if (bought < atLeast) return 370
  const repaid = paid < debt ? paid : debt
  const penalty = paid - repaid
  return [
    price,
    bought,
    repaid,
    penalty,
    ends ? [collateral - bought, debt - repaid, target - repaid - penalty] : 0,
  ]
}

/**
 * A raise: the stage at which it is refused, or `[paid, outbid, refunded, bidExpiresAt, endsAt,
 * repaid, penalty]`.
 */
export const raise = (terms, level, lot, { command, at, bid, bidder, sold }) => {
  if (lot.line !== terms.line) return 5
  if (lot.binding === 'atOpening' && lot.terms !== terms.version) return 5
  if (lot.goods !== 'Collateral' || lot.kind !== 'English') return 5
  const sale = terms.english.get(lot.asset)
  if (sale === undefined) return 5
  if (!Number.isSafeInteger(at) || at < lot.lastAt) return 10
  if (level >= 3) return 200
  if (lot.ended) return 210
  if (command !== 'Raise') return 220

  const { bidExpiresAt: expires, bid: before } = lot
  if (expires !== undefined && at >= expires) return 400
  if (at >= lot.endsAt) return 410
  if (sold !== lot.sold) return 420
  const { target } = lot
  if (bid > target) return 440
  if (bid <= before) return 450
  const needed = sale.step * before
  const given = bid * WAD
  if (!fits(terms.width, needed) || !fits(terms.width, given)) return 460
  if (given < needed && bid !== target) return 460
  if (bid < lot.reserve) return 470
  const bidExpiresAt = at + sale.bidLasts
  if (bidExpiresAt < 0 || bidExpiresAt > lastSecond(terms.width)) return 480
  const extended = Math.min(at + sale.extendBy, lot.hardEndsAt)
  const endsAt = lot.endsAt > extended ? lot.endsAt : extended

  const isOwn = bidder === lot.bidder
  const paid = isOwn ? bid - before : bid
  const outbid = isOwn ? undefined : lot.bidder
  const refunded = outbid === undefined ? 0n : before
  if (lot.held === 'escrow') return [paid, outbid, refunded, bidExpiresAt, endsAt, 0n, 0n]
  const more = bid - before
  const repaid = more < lot.debt ? more : lot.debt
  return [paid, outbid, refunded, bidExpiresAt, endsAt, repaid, more - repaid]
}

/** The formulas of the curves: a start price and the seconds elapsed, to a price. */
export const rawCurves = ({ exponential, linear, stairs }, horizon) => {
  const { zeroAfter } = linear
  const byStairs = drops(stairs, horizon)
  const bySecond = drops(exponential, horizon)
  return {
    linear: (startPrice, elapsed) => {
      const left = zeroAfter - BigInt(elapsed)
      return left <= 0n ? 0n : (startPrice * ((left * RAY) / zeroAfter)) / RAY
    },
    stairs: (startPrice, elapsed) => {
      const drop = Math.floor(elapsed / byStairs.every)
      const share = byStairs.shares[drop] ?? Fixed.rpow(byStairs.keep, BigInt(drop))
      return (startPrice * share) / RAY
    },
    exponential: (startPrice, elapsed) => {
      const share = bySecond.shares[elapsed] ?? Fixed.rpow(bySecond.keep, BigInt(elapsed))
      return (startPrice * share) / RAY
    },
  }
}
