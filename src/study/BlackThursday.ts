/**
 * BlackThursday: lots that were sold for next to nothing on 12 March 2020, as congestion grows, and what would have kept them from it.
 *
 * Maker's auctions of that day let ten minutes pass after a bid. Gas was dear, and most bidders offered a fixed price for
 * it: their orders waited, and who paid what a block asked for had no competitor. That is all that this experiment has in
 * it; how many offered how much is not known, and made up here.
 *
 * Laws: BLT-1 to BLT-3 (spec/28-blackthursday.md).
 * Source: the parameters of ETH-A's flipper of March 2020 (docs/maker.md); prices and gas as in data/eth-crashes.
 */

import { Fixed, type Terms } from '../core/index.js'
import { PricePath } from '../market/index.js'
import { Figures, type Outcome, Presets, Scenario } from '../tuning/index.js'

// Model

/** What an auction has that the day's did not. */
export type Remedy = 'none' | 'reserve' | 'longerBids' | 'fallingPrice' | 'fallingOnce'

export const remedies: readonly Remedy[] = [
  'none',
  'reserve',
  'longerBids',
  'fallingPrice',
  'fallingOnce',
]

/** What became of the lots under one congestion and one remedy. */
export interface Found {
  readonly lots: number
  /** Lots that were sold for less than a hundredth of what they were worth on the market. */
  readonly nearZero: number
  /** The value of those, and of all that was sold. */
  readonly valueNearZero: Fixed.Rad
  readonly valueSold: Fixed.Rad
  readonly badDebt: Fixed.Rad
  /** The debt of lots that are open when the recorded day ends. */
  readonly openDebt: Fixed.Rad
}

// Constructors

const { RAD, RAY, rad, ray } = Fixed

const money = (n: bigint): Fixed.Rad => rad(n * RAD)

/** What honest bidders offer for gas, in gwei: from what was dear the day before to what the worst hours asked for. */
const OFFERS: readonly bigint[] = [10n, 15n, 20n, 30n, 40n, 60n, 80n, 100n]

const honest = (gwei: bigint): Scenario.Kind => ({
  kind: `offers-${gwei}`,
  count: 1,
  capital: money(6_000_000n),
  gas: { _tag: 'Fixed', gwei: ray(gwei * RAY) },
})

const lowball: Scenario.Kind = {
  kind: 'lowball',
  count: 2,
  capital: money(10_000n),
  style: 'lowball',
}

const flipper = Presets.presets['maker-flipper']

const falling = Presets.presets['dutch-default']

/** A price that falls to nothing, and never starts again: what no lot should be sold by (PAR-11). */
const once: Terms.Terms = {
  ...falling,
  collaterals: falling.collaterals.map((one) =>
    one.sale._tag === 'Dutch' ? { ...one, sale: { ...one.sale, reset: { _tag: 'Never' } } } : one,
  ),
}

const changed = (sale: Partial<Terms.English>): Terms.Terms => ({
  ...flipper,
  collaterals: flipper.collaterals.map((one) =>
    one.sale._tag === 'English' ? { ...one, sale: { ...one.sale, ...sale } } : one,
  ),
})

const termsOf = (remedy: Remedy): Terms.Terms => {
  switch (remedy) {
    case 'none':
      return changed({ bidLasts: 600n })
    case 'reserve':
      return changed({ bidLasts: 600n, reserve: ray(RAY / 2n) })
    case 'longerBids':
      return changed({ bidLasts: 43_200n, lasts: 86_400n })
    case 'fallingPrice':
      return falling
    case 'fallingOnce':
      return once
  }
}

/**
 * The rows, and one after them in which the price stays and gas costs again what it did when the day began: orders that wait get
 * into a block in the end. It matters to what is open in the end, and to bids that stand until then.
 */
const calmed = (rows: readonly PricePath.Row[]): readonly PricePath.Row[] => {
  const [first] = rows
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return rows
  const { close } = last
  const { gasPriceGwei } = first
  return [...rows, { time: endOf(rows), open: close, close, gasPriceGwei }]
}

/** The day with gas so many times as dear, under one remedy (BLT-1). */
export const scenario = (
  rows: readonly PricePath.Row[],
  seed: bigint,
  congestion: Fixed.Ray,
  remedy: Remedy,
): Scenario.Scenario => ({
  ...Scenario.plain,
  seed,
  prices: { _tag: 'Rows', rows: calmed(rows) },
  gas: { _tag: 'Recorded', times: congestion },
  positions: { _tag: 'Drawn', count: 300 },
  bidders: { _tag: 'Drawn', kinds: [...OFFERS.map(honest), lowball] },
  terms: termsOf(remedy),
})

// Queries

const sum = (lots: readonly Outcome.OfLot[]): Fixed.Rad =>
  rad(lots.reduce((all, { marketValue }) => all + marketValue, 0n))

/** When the day ends that was recorded, and calm begins. */
export const endOf = (rows: readonly PricePath.Row[]): Fixed.Seconds =>
  (rows.at(-1)?.time ?? 0) + PricePath.LONE_ROW

/** What an outcome says of it, for a day that ends then (BLT-2). */
export const found =
  (dayEnds: Fixed.Seconds) =>
  ({ debt, lots }: Outcome.Outcome): Found => {
    const low = lots.filter(Figures.isNearZero)
    const open = lots.filter(
      ({ closedAt = Infinity, openedAt }) => openedAt < dayEnds && closedAt >= dayEnds,
    )
    return {
      lots: lots.length,
      nearZero: low.length,
      valueNearZero: sum(low),
      valueSold: sum(lots),
      badDebt: debt.bad,
      openDebt: rad(open.reduce((all, one) => all + one.debt, 0n)),
    }
  }
