/**
 * Wants: who asks for what in a step, all looking at the end of the step before, and in which order that is done.
 *
 * Laws: STB-4 to STB-7, STB-10 (spec/26-stablesims.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Dutch, Fixed, type Lot, Reward } from '../core/index.js'
import { Pool } from '../market/index.js'
import { costOf, type Day, type Loan, type Taker } from './Day.js'
import * as Draw from './Draw.js'
import { ACTING, type Step } from './Experiment.js'

// Model

/** What somebody wants to do in a step, and its place in the order. */
export type Deed = { readonly place: number } & (
  | { readonly _tag: 'Tell' }
  | { readonly _tag: 'Bark' | 'Redo'; readonly loan: Loan; readonly keeper: string }
  | {
      readonly _tag: 'Take'
      readonly loan: Loan
      readonly taker: Taker
      readonly amount: Fixed.Wad
      readonly price: Fixed.Ray
    }
)

// Queries

const { ray, wad } = Fixed

/**
 * What barkers try (STB-5). All try alike, so that the first of them is the only one that may succeed: what he cannot
 * do, none after him can.
 */
const barks = (day: Day, cost: Fixed.Rad): readonly Deed[] =>
  day.unsafe
    .filter(({ reward }) => reward > cost)
    .map((loan) => {
      let [first, place] = [0, Infinity]
      for (let actor = 0; actor < ACTING; actor++) {
        const own = Draw.placeOfBark(day.order, loan.place, actor)
        if (own < place) [first, place] = [actor, own]
      }
      return { _tag: 'Bark', place, loan, keeper: `barker-${first + 1}` }
    })

/** What restarting a lot is thought to earn: what it will, or, as the original has it, whatever is left of it (STB-6). */
const earned = ({ experiment, sale }: Day, lot: Lot.Dutch, { close }: Step): bigint => {
  const { terms } = experiment.auction
  const reward =
    experiment.gas === 'charged'
      ? Reward.forReset(terms, lot, close, sale.sale.minLeft)
      : Reward.forOpening(terms, lot)
  return E.isRight(reward) ? reward.right : 0n
}

const redos = (day: Day, loan: Loan): readonly Deed[] =>
  Array.from({ length: ACTING }, (_, i) => ({
    _tag: 'Redo',
    place: Draw.placeOfRedo(day.order, loan.place, i),
    loan,
    keeper: `resetter-${i + 1}`,
  }))

/** What a taker can pay for in a step, and what selling that would bring. */
interface Means {
  readonly taker: Taker
  readonly index: number
  readonly most: Fixed.Ray
  readonly amount: Fixed.Wad
  readonly worth: bigint
}

const soldFor = (pool: Pool.Pool, amount: Fixed.Wad): bigint => {
  const sold = Pool.sell(pool, amount)
  return E.isRight(sold) ? sold.right.money : 0n
}

/** The takers that have money, by the price at which they buy (STB-7). */
const meansOf = (day: Day, { close, pool }: Step): readonly Means[] =>
  day.takers.flatMap((taker, index) => {
    const most = ray(Fixed.mulDiv(close, taker.ratio, Fixed.RAY, 'floor'))
    const amount = wad(taker.money > 0n && most > 0n ? taker.money / most : 0n)
    return amount > 0n ? [{ taker, index, most, amount, worth: soldFor(pool, amount) }] : []
  })

/** Whether what is bought would sell for more than its gas, or, where gas is charged, than its price and gas (STB-7, STB-10). */
const isWorth = (day: Day, amount: Fixed.Wad, price: Fixed.Ray, worth: bigint, step: Step) => {
  const cost = costOf(step, Draw.guess(day.noise))
  const paid = day.experiment.gas === 'charged' ? Fixed.worth(amount, price) : 0n
  return worth > cost + paid
}

const takes = (
  day: Day,
  means: readonly Means[],
  loan: Loan,
  lot: Lot.Dutch,
  price: Fixed.Ray,
  step: Step,
) => {
  const found: Deed[] = []
  for (const { amount: most, index, most: limit, taker, worth } of means) {
    if (price > limit) continue
    const amount = Fixed.min(lot.collateral, most)
    const isAll = amount === most
    if (isWorth(day, amount, price, isAll ? worth : soldFor(step.pool, amount), step))
      found.push({
        _tag: 'Take',
        place: Draw.placeOfTake(day.order, loan.place, index),
        loan,
        taker,
        amount,
        price,
      })
  }
  return found
}

/** What is tried on the lots that are open: restarts of the stale ones, purchases of the others. */
const onLots = (day: Day, step: Step, cost: Fixed.Rad): readonly Deed[] => {
  // While the auctions are locked nothing of it succeeds, and nothing changes by it.
  if (day.isLocked) return []
  const means = meansOf(day, step)
  return day.loans.flatMap((loan) => {
    const { lot } = loan
    if (lot === undefined) return []
    const status = Dutch.status(day.sale, lot, step.at)
    if (E.isLeft(status)) return []
    if (!status.right.stale) return takes(day, means, loan, lot, status.right.price, step)
    return earned(day, lot, step) > cost ? redos(day, loan) : []
  })
}

/** All that is wanted in a step, in the order in which it is done (STB-4). */
export const inOrder = (day: Day, step: Step, cost: Fixed.Rad): readonly Deed[] => {
  const deeds: Deed[] = [
    { _tag: 'Tell', place: Draw.placeOfPrice(day.order) },
    ...barks(day, cost),
    ...onLots(day, step, cost),
  ]
  return deeds.sort((a, b) => a.place - b.place)
}
