/**
 * exact: the auctions of the Monte Carlo kernel once more, drawn one number at a time as
 * spec/17-montecarlo.md says, and decided block by block by the exact core.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Curve, Dutch, Fixed, type Lot, type Terms } from '../../src/core/index.js'
import { Normal, type Single, Xoshiro } from '../../src/market/index.js'
import { exampleTerms } from '../example.js'

const { RAY, ray } = Fixed

/** A number as a Ray: exact where it has no more than 60 binary places. */
const rayOf = (x: number): Fixed.Ray => ray((BigInt(Math.round(x * 2 ** 60)) * RAY) / 2n ** 60n)

const numberOf = (x: bigint, unit: bigint): number => Number((x * 10n ** 18n) / unit) / 1e18

/** Normal numbers and waits, one of each a block, of a chunk of a seed (MTC-3). */
export function* draws(seed: bigint, chunk: number): Generator<readonly [number, number]> {
  const source = Normal.make(Xoshiro.make(seed, 3 * chunk), Xoshiro.make(seed, 3 * chunk + 1))
  const waits = Xoshiro.make(seed, 3 * chunk + 2)
  for (;;) {
    Normal.fill(source)
    const normals = Normal.numbers.slice()
    for (const normal of normals) yield [normal, -Math.log(Xoshiro.uniform(waits))]
  }
}

const shapeOf = (curve: Single.Curve): Terms.Dutch['curve'] => {
  switch (curve._tag) {
    case 'Exponential':
      return Curve.unchecked.exponential(rayOf(Math.exp(-curve.rate)))
    case 'Stairs':
      return Curve.unchecked.stairs(BigInt(curve.stepEvery), rayOf(curve.keepPerStep))
    case 'Linear':
      return Curve.unchecked.linear(BigInt(curve.zeroAfter))
  }
}

/** The terms that a setting comes to. Times are whole seconds for the core. */
export const compiled = ({ curve, markup, reset }: Single.Setting): Dutch.Compiled =>
  Dutch.compile(exampleTerms, {
    _tag: 'Dutch',
    curve: shapeOf(curve),
    markup: rayOf(markup),
    reset:
      reset.after === Infinity
        ? { _tag: 'Never' }
        : { _tag: 'WhenStale', after: BigInt(reset.after), below: rayOf(reset.below) },
    reserve: ray(0n),
    minLeft: Fixed.rad(0n),
    minCollateralLeft: Fixed.wad(0n),
    emptySale: 'refuse',
    edges: 'halfOpen',
  })

const startOf = (auction: Dutch.Compiled, fair: number): Fixed.Ray => {
  const start = Dutch.startPriceOf(auction, 'ETH', rayOf(fair))
  if (E.isLeft(start)) throw new Error(JSON.stringify(start.left))
  return start.right
}

const lotOf = (startPrice: Fixed.Ray, target: number): Lot.Dutch => ({
  _tag: 'Dutch',
  id: 'MAIN/1',
  line: 'MAIN',
  terms: exampleTerms.version,
  goods: { _tag: 'Collateral', asset: 'ETH', position: 'p1', owner: 'olga' },
  collateral: Fixed.WAD,
  debt: Fixed.rad(0n),
  target: Fixed.rad(target === Infinity ? 10n ** 60n : rayOf(target) * Fixed.WAD),
  startPrice,
  startedAt: 0,
  rewarded: Fixed.rad(0n),
  lossAt: 'close',
  binding: 'inForce',
  lastAt: 0,
  ended: false,
})

export interface Outcome {
  readonly time: number
  readonly price: number
  readonly paid: number
  readonly fair: number
  readonly loss: number
  readonly resets: number
}

/** One auction; nothing where it was not sold. */
export const auction = (
  setting: Single.Setting,
  terms: Dutch.Compiled,
  from: Generator<readonly [number, number]>,
): Outcome | undefined => {
  const { blocks, buyer, drift, lasts, reserve, target, volatility } = setting
  let [fair, since, age, resets] = [1, 0, 0, 0]
  let lot = lotOf(startOf(terms, fair), target)
  for (let n = 1; ; n++) {
    // With blocks a fixed time apart the last one is told by its number; so both end at the same one.
    if (blocks._tag === 'Fixed' && n * blocks.every > lasts) return undefined
    const [normal, wait] = from.next().value as readonly [number, number]
    const every = blocks._tag === 'Fixed' ? blocks.every : blocks.every * wait
    age += every
    if (since + age > lasts) return undefined
    fair *= Math.exp((drift - volatility ** 2 / 2) * every + volatility * Math.sqrt(every) * normal)
    const at = Math.floor(age)
    const status = Dutch.status(terms, lot, at)
    if (E.isLeft(status)) throw new Error(status.left._tag)
    if (status.right.stale) {
      const market = rayOf(fair)
      const reset = Dutch.decide(terms, 0, lot, { _tag: 'Reset', at, keeper: 'kim', market })
      const [event] = E.isRight(reset) ? reset.right : []
      if (event?._tag !== 'Reset') throw new Error('a stale lot was not reset')
      lot = lotOf(event.startPrice, target)
      since += age
      age = 0
      resets += 1
      continue
    }
    const quote = Dutch.quote(terms, lot, at, { _tag: 'All' })
    if (E.isLeft(quote)) continue
    const { bought, paid, price } = quote.right
    const worth = (bought * rayOf(fair) * rayOf(1 - buyer.margin)) / RAY
    if (price < rayOf(reserve) || worth - paid < rayOf(buyer.gas) * Fixed.WAD) continue
    const take = {
      at,
      bidder: 'ann',
      want: { _tag: 'All' },
      limit: price,
      atLeast: bought,
    } as const
    const decision = Dutch.decide(terms, 0, lot, { _tag: 'Take', ...take })
    const [taken] = E.isRight(decision) ? decision.right : []
    if (taken?._tag !== 'Taken') throw new Error('a sale that was quoted was refused')
    const told = numberOf(taken.price, RAY)
    return {
      time: since + age,
      price: told,
      paid: numberOf(taken.repaid + taken.penalty, Fixed.RAD),
      fair,
      loss: 1 - told / fair,
      resets,
    }
  }
}
