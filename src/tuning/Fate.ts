/**
 * Fate: what became of a lot that is sold by a falling price, and of many together.
 *
 * Laws: WIF-6 (spec/30-whatif.md). The figures are those of docs/metrics.md.
 */

import { type Event, Fixed, type Lot } from '../core/index.js'
import * as Markets from './Markets.js'
import * as Outcome from './Outcome.js'

// Model

/** What became of a lot: its figures (docs/metrics.md), and what was left. */
export interface Fate {
  readonly of: Outcome.OfLot
  readonly takes: number
  readonly rewards: Fixed.Rad
  readonly open: Left
  readonly cancelled: Left
  /** What happened, in order. */
  readonly events: readonly (Event.Opened | Event.OfDutch)[]
}

export interface Left {
  readonly collateral: Fixed.Wad
  readonly debt: Fixed.Rad
}

/** All lots of one side together. */
export interface Totals {
  readonly debt: Outcome.Debt
  readonly collateral: Outcome.Collateral
  readonly penalty: Fixed.Rad
  readonly rewards: Fixed.Rad
  readonly ownersLoss: Fixed.Rad
  readonly takes: number
  readonly resets: number
  /** Lots with collateral left. */
  readonly openLots: number
  readonly secondsToClear: Outcome.Outcome['secondsToClear']
}

// Constructors

const none = { collateral: Fixed.wad(0n), debt: Fixed.rad(0n) }

/** What a lot's events come to; what is left is what the lot is after them. */
export const make = (
  markets: Markets.Markets,
  events: readonly (Event.Opened | Event.OfDutch)[],
  lot: Lot.Dutch,
): Fate => {
  const [of] = Outcome.lotsOf(
    events.map((event) => ({
      event,
      market: Markets.at(markets, lot.goods.asset, event.at) ?? Fixed.ray(0n),
    })),
  )
  const cancelled = events.find((event) => event._tag === 'Cancelled')
  return {
    of: of as Outcome.OfLot,
    takes: events.filter(({ _tag }) => _tag === 'Taken').length,
    rewards: Fixed.rad(
      events.reduce((sum, event) => ('reward' in event ? sum + event.reward : sum), 0n),
    ),
    open: { collateral: lot.collateral, debt: lot.debt },
    cancelled: cancelled ?? none,
    events,
  }
}

/** The sums of many lots. */
export const totals = (fates: readonly Fate[]): Totals => {
  const sum = (part: (fate: Fate) => bigint): bigint =>
    fates.reduce((all, fate) => all + part(fate), 0n)
  const rad = (part: (fate: Fate) => bigint): Fixed.Rad => Fixed.rad(sum(part))
  const wad = (part: (fate: Fate) => bigint): Fixed.Wad => Fixed.wad(sum(part))
  const count = (part: (fate: Fate) => number): number =>
    fates.reduce((all, fate) => all + part(fate), 0)
  return {
    debt: {
      seized: rad(({ of }) => of.debt),
      repaid: rad(({ of }) => of.repaid),
      open: rad(({ open }) => open.debt),
      bad: rad(({ of }) => of.bad),
      cancelled: rad(({ cancelled }) => cancelled.debt),
    },
    collateral: {
      seized: wad(({ of }) => of.collateral),
      sold: wad(({ of }) => of.sold),
      open: wad(({ open }) => open.collateral),
      returned: wad(({ of }) => of.returned),
      cancelled: wad(({ cancelled }) => cancelled.collateral),
    },
    penalty: rad(({ of }) => of.penalty),
    rewards: rad(({ rewards }) => rewards),
    ownersLoss: rad(({ of }) => Outcome.ownersLoss(of)),
    takes: count(({ takes }) => takes),
    resets: count(({ of }) => of.resets),
    openLots: count(({ open }) => (open.collateral > 0n ? 1 : 0)),
    secondsToClear: Outcome.clearing(fates.map(({ of }) => of)),
  }
}
