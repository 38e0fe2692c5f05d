/**
 * npm --prefix bench/peers ci && npm run build && node bench/peers/run.mjs
 *
 * The price calls of two published SDKs beside ours, on curves that give the same prices, in one
 * run.
 */

import { createRequire } from 'node:module'
import { AuctionCalculator } from '@1inch/fusion-sdk'
import * as E from 'fp-ts/lib/Either.js'
import { Curve, Fixed } from '../../dist/index.mjs'
import { here, median, ratio, rounds } from '../measure.mjs'
import { below, between, generator } from '../random.mjs'

// Its ES modules name folders, which Node does not find: it loads as CommonJS, with its ethers.
const require = createRequire(import.meta.url)
const { getDecayedAmount } = require('@uniswap/uniswapx-sdk')
const { BigNumber } = createRequire(require.resolve('@uniswap/uniswapx-sdk'))('ethers')

const { RAY, ray } = Fixed
const accepted = E.getOrElse((refusal) => {
  throw new Error('refused', { cause: refusal })
})

const cases = 1000
const openedAt = 1_600_000_000
const draw = generator(5)
const bases = Array.from({ length: cases }, () => 4n * between(draw, 20n * RAY, 800n * RAY))

let sink = 0
const task = (name, one) => ({
  name,
  ops: cases,
  run: () => {
    for (let i = 0; i < cases; i++) sink += one(i)
    return sink
  },
})

/** How far two ways to the same prices are apart at most, in units of 10^-27. */
const apart = (ours, theirs) =>
  bases.reduce((most, _, i) => {
    const gap = ours(i) - theirs(i)
    return Fixed.max(most, gap < 0n ? -gap : gap)
  }, 0n)

/** Three straight pieces, from a quarter above a price down to it, in whole parts of 10^7. */
const fusion = () => {
  const seconds = Array.from({ length: cases }, () => below(draw, 3500))
  const times = seconds.map((elapsed) => BigInt(openedAt + elapsed))
  const peer = new AuctionCalculator(BigInt(openedAt), 3400n, 2_500_000n, [
    { delay: 600, coefficient: 1_000_000 },
    { delay: 1200, coefficient: 400_000 },
  ])
  const share = (bump) => ray(((10_000_000n + bump) * RAY) / 12_500_000n)
  const points = [
    { after: 0n, share: share(2_500_000n) },
    { after: 600n, share: share(1_000_000n) },
    { after: 1800n, share: share(400_000n) },
    { after: 3400n, share: share(0n) },
  ]
  const priceAt = Curve.compile(accepted(Curve.piecewise(points, 'linear', 'hold')), 3400)
  const starts = bases.map((base) => ray((base * 5n) / 4n))
  const bumps = times.map((time) => peer.calcRateBump(time))
  const ours = (i) => priceAt(starts[i], seconds[i])
  const theirs = (i) => peer.calcAuctionTakingAmount(bases[i], peer.calcRateBump(times[i]))
  return {
    apart: apart(ours, theirs),
    group: [
      task('knockdown: piecewise price', (i) => (ours(i) > 0n ? 1 : 0)),
      task('1inch: calcRateBump + calcAuctionTakingAmount', (i) => (theirs(i) > 0n ? 1 : 0)),
      task('1inch: calcRateBump alone', (i) => peer.calcRateBump(times[i])),
      task('1inch: calcAuctionTakingAmount alone', (i) =>
        peer.calcAuctionTakingAmount(bases[i], bumps[i]) > 0n ? 1 : 0,
      ),
    ],
  }
}

/** One straight piece, down by a tenth in a thousand seconds. */
const uniswap = () => {
  const seconds = Array.from({ length: cases }, () => below(draw, 1000))
  const points = [
    { after: 0n, share: RAY },
    { after: 1000n, share: ray((RAY * 9n) / 10n) },
  ]
  const priceAt = Curve.compile(accepted(Curve.piecewise(points, 'linear', 'hold')), 1000)
  const starts = bases.map((base) => ray(base * 10n))
  const configs = starts.map((start) => ({
    startAmount: BigNumber.from(start),
    endAmount: BigNumber.from((start * 9n) / 10n),
    decayStartTime: openedAt,
    decayEndTime: openedAt + 1000,
  }))
  const times = seconds.map((elapsed) => openedAt + elapsed)
  const ours = (i) => priceAt(starts[i], seconds[i])
  const theirs = (i) => getDecayedAmount(configs[i], times[i])
  return {
    apart: apart(ours, (i) => theirs(i).toBigInt()),
    group: [
      task('knockdown: linear price', (i) => (ours(i) > 0n ? 1 : 0)),
      task('uniswapx: getDecayedAmount', (i) => (theirs(i).isZero() ? 0 : 1)),
    ],
  }
}

for (const { apart, group } of [fusion(), uniswap()]) {
  const [{ name: ours }, ...peers] = group
  console.log(`${ours} and ${peers[0].name}: at most ${apart} unit of 10^-27 apart`)
  const found = await rounds(group.map(here), { count: 31, time: 20, warmup: 150 })
  console.table(
    Object.fromEntries(
      Object.entries(found).map(([name, all]) => [
        name,
        {
          nanoseconds: Math.round(median(all) * 10) / 10,
          'times ours': Math.round(ratio(found, name, ours) * 100) / 100,
        },
      ]),
    ),
  )
}
