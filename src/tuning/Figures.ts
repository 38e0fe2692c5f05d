/**
 * Figures: what a day came to, as numbers to compare settings by. Each is worked out exactly and rounded once, to the
 * nearest number; docs/metrics.md defines them.
 *
 * Laws: TUN-11 (spec/23-tuning.md).
 */

import { Decimal } from '../codec/index.js'
import { Fixed } from '../core/index.js'
import type { OfLot, Outcome } from './Outcome.js'

// Model

/** What settings can be judged by: less is better. */
export const names = [
  'loss',
  'badDebt',
  'ownersLoss',
  'shortfall',
  'discount',
  'rewards',
  'gas',
  'clearing',
  'slowest',
  'resets',
  'nearZero',
  'zero',
  'open',
  'cascadeDepth',
  'largestDrop',
] as const

export type Name = (typeof names)[number]

export type Figures = Readonly<Record<Name, number>>

// Queries

/** An exact amount as the nearest number: that is how decimal text is read. */
const money = (amount: bigint): number => Number(Decimal.formatRad(Fixed.rad(amount)))

/** The part of what it was worth below which a lot counts as sold for next to nothing. */
const NEAR_ZERO = 100n

/** The same for nothing at all, or a dust of it. */
const ZERO = 1_000_000n

/** Whether a lot was sold for less than a part of what it was worth. */
const isSoldBelow =
  (part: bigint) =>
  ({ marketValue, paid, sold }: OfLot): boolean =>
    sold > 0n && paid * part < marketValue

/** Whether a lot was sold for next to nothing. */
export const isNearZero: (lot: OfLot) => boolean = isSoldBelow(NEAR_ZERO)

const sumOf = (lots: readonly OfLot[], amount: (lot: OfLot) => bigint): bigint =>
  lots.reduce((total, lot) => total + amount(lot), 0n)

/** The figures of a day (TUN-11). */
export const of = (outcome: Outcome): Figures => {
  const {
    cascade,
    debt,
    gas,
    lots,
    marketValue,
    ownersLoss,
    paid,
    resets,
    rewards,
    secondsToClear,
  } = outcome
  const times = lots.flatMap(({ closedAt, openedAt }) =>
    closedAt === undefined ? [] : [closedAt - openedAt],
  )
  return {
    loss: money(debt.bad + ownersLoss),
    badDebt: money(debt.bad),
    ownersLoss: money(ownersLoss),
    shortfall: money(sumOf(lots, ({ shortfall }) => shortfall)),
    discount:
      marketValue === 0n
        ? 0
        : Number(
            Decimal.formatWad(
              Fixed.wad(Fixed.mulDiv(marketValue - paid, Fixed.WAD, marketValue, 'floor')),
            ),
          ),
    rewards: money(rewards),
    gas: money(gas.keepers + gas.bidders),
    clearing: secondsToClear?.median ?? 0,
    slowest: times.reduce((most, time) => Math.max(most, time), 0),
    resets,
    nearZero: lots.filter(isNearZero).length,
    zero: lots.filter(isSoldBelow(ZERO)).length,
    open: money(debt.open),
    cascadeDepth: Math.max(0, (cascade?.byDepth.length ?? 0) - 1),
    largestDrop: cascade === undefined ? 0 : Number(Decimal.formatRay(cascade.largestDrop)),
  }
}

/** Whether a word is one of the names. */
export const isName = (word: string): word is Name => (names as readonly string[]).includes(word)
