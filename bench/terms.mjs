/**
 * The terms that the benchmarks decide under: a line with three assets, two sold by a falling price
 * and one by bids, accepted by `Terms.make`.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Auction, Curve, Fixed, Terms } from 'knockdown'

const { RAD, RAY, WAD, rad, ray, wad } = Fixed

/** What an Either holds; a benchmark whose setting is refused says why and stops. */
export const accepted = E.getOrElse((refusal) => {
  throw new Error('refused', { cause: refusal })
})

const percent = (n) => ray((BigInt(n) * RAY) / 100n)

const dutch = (curve) => ({
  _tag: 'Dutch',
  curve,
  markup: percent(120),
  reset: { _tag: 'WhenStale', after: 7200n, below: percent(60) },
  reserve: percent(50),
  minLeft: rad(5_000n * RAD),
  minCollateralLeft: wad(WAD / 10n),
  emptySale: 'refuse',
  edges: 'halfOpen',
})

/** Half a per cent every minute: 120 drops until a lot is stale. */
export const stairs = accepted(Curve.stairs(60n, ray((995n * RAY) / 1000n)))

/** Half of the price every two hours, second by second. */
export const exponential = accepted(Curve.exponential(ray(999_903_734_000_000_000_000_000_000n)))

export const linear = accepted(Curve.linear(10_800n))

const english = {
  _tag: 'English',
  minRaise: wad(WAD / 20n),
  bidLasts: 10_800n,
  lasts: 86_400n,
  ending: { _tag: 'Extended', by: 600n, hardEnd: 172_800n },
  reserve: percent(30),
  held: 'escrow',
  growth: wad(0n),
  edges: 'halfOpen',
}

const secured = (asset, sale) => ({
  asset,
  support: { _tag: 'Ratio', ratio: percent(150) },
  haircut: ray(0n),
  sale,
})

export const terms = accepted(
  Terms.make({
    line: 'bench',
    version: 3,
    width: 'unbounded',
    binding: 'inForce',
    unsafe: 'below',
    collaterals: [
      secured('ETH', dutch(stairs)),
      secured('BTC', english),
      secured('SOL', dutch(exponential)),
    ],
    ceiling: rad(10n ** 12n * RAD),
    sizing: {
      closeFactor: WAD,
      cap: { _tag: 'Room' },
      dust: { _tag: 'Absorb', minDebt: rad(10_000n * RAD) },
      penaltyRate: wad((13n * WAD) / 100n),
      split: 'byValue',
    },
    reward: {
      flat: rad(100n * RAD),
      rate: wad(WAD / 1000n),
      limit: 'penalty',
      payer: { _tag: 'Protocol' },
    },
    lossAt: 'close',
  }),
)

export const compiled = Auction.compile(terms)
