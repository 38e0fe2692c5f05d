/**
 * Scenario: all that a simulation depends on, as data.
 *
 * Laws: SCN-1 to SCN-6 (spec/27-scenario.md).
 *
 * @example
 * const scenario = { ...Scenario.plain, prices: { _tag: 'Rows', rows }, terms: Presets.presets['dutch-default'] }
 * E.map(({ debt }) => debt.bad)(Simulate.run(scenario))
 */

import { Fixed, type Terms } from '../core/index.js'
import type {
  Bidder,
  Bootstrap,
  Bridge,
  GasPath,
  Motion,
  Portfolio,
  PricePath,
} from '../market/index.js'
import * as Sources from './Sources.js'

// Model

/** What stands in a file of its own, which has to be read before anything is made of it (SCN-6). */
export interface InFile {
  readonly file: string
}

type Rows = readonly PricePath.Row[] | InFile

/** Where the price goes (spec/18-prices.md). */
export type Prices =
  /** Along rows: straight between them, or by a bridge. */
  | {
      readonly _tag: 'Rows'
      readonly rows: Rows
      readonly bridge?: Bridge.Settings
    }
  | ({ readonly _tag: 'Motion' } & Motion.Motion & Motion.Times)
  /** By the steps of rows, drawn anew. */
  | ({ readonly _tag: 'Bootstrap'; readonly rows: Rows } & Bootstrap.Settings)

export type GasPrices =
  /** As the rows have it, so many times over. */
  | { readonly _tag: 'Recorded'; readonly times: Fixed.Ray }
  | { readonly _tag: 'Constant'; readonly gwei: Fixed.Ray }
  | ({ readonly _tag: 'Spikes' } & GasPath.Spikes)

export type BlockTimes =
  | { readonly _tag: 'Fixed'; readonly every: Fixed.Seconds }
  | { readonly _tag: 'Poisson'; readonly mean: Fixed.Ray }

/** A pool at the first price, and the share of its distance from the market that is left after a second. */
export interface Depth {
  readonly collateral: Fixed.Wad
  readonly fee: Fixed.Ray
  readonly keep: Fixed.Ray
}

export type Positions =
  | { readonly _tag: 'Drawn'; readonly count: number }
  | ({ readonly _tag: 'Spread'; readonly count: number } & Portfolio.Spread)
  | { readonly _tag: 'Listed'; readonly entries: readonly Portfolio.Entry[] | InFile }

/** So many bidders of one kind, who have `capital` together, and how they differ from the plain ones. */
export interface Kind extends Partial<Bidder.Traits> {
  readonly kind: string
  readonly count: number
  readonly capital: Fixed.Rad
}

export type Bidders =
  | { readonly _tag: 'Drawn'; readonly kinds: readonly Kind[] }
  | { readonly _tag: 'Listed'; readonly bidders: readonly Bidder.Bidder[] }

export interface Scenario {
  /** Of all that is drawn. */
  readonly seed: bigint
  readonly prices: Prices
  readonly gas: GasPrices
  readonly blocks: BlockTimes
  readonly oracle: Sources.Sources
  /** Where there is one, its price is the market's (SCN-4). */
  readonly pool?: Depth
  readonly positions: Positions
  readonly bidders: Bidders
  /** The last instant that is simulated; 30 days after the last price where it does not say. */
  readonly until?: Fixed.Seconds
  /** Of one asset. */
  readonly terms: Terms.Terms
  /** The collateral that positions are drawn for, where that is not the one of the terms: so that several terms meet the same book. */
  readonly drawnFor?: Terms.Collateral
}

// Constructors

/** A scenario but for its prices and its terms: a thousand positions, ten bidders with fifty million, a block every 12 s and an oracle ten minutes late. */
export const plain: Omit<Scenario, 'prices' | 'terms'> = {
  seed: 1n,
  gas: { _tag: 'Recorded', times: Fixed.RAY },
  blocks: { _tag: 'Fixed', every: 12 },
  oracle: Sources.late(600),
  positions: { _tag: 'Drawn', count: 1000 },
  bidders: {
    _tag: 'Drawn',
    kinds: [{ kind: 'bidder', count: 10, capital: Fixed.rad(50_000_000n * Fixed.RAD) }],
  },
}

// Queries

/** Whether something stands in a file of its own. */
export const isInFile = (one: object): one is InFile => 'file' in one

/** The files that have to be read before a scenario can be made. */
export const files = ({
  positions,
  prices,
}: Scenario): { readonly prices?: string; readonly positions?: string } => ({
  ...(prices._tag !== 'Motion' && isInFile(prices.rows) ? { prices: prices.rows.file } : {}),
  ...(positions._tag === 'Listed' && isInFile(positions.entries)
    ? { positions: positions.entries.file }
    : {}),
})

/** The scenario with what its files hold. */
export const filled = (
  scenario: Scenario,
  {
    entries,
    rows,
  }: { readonly rows?: readonly PricePath.Row[]; readonly entries?: readonly Portfolio.Entry[] },
): Scenario => {
  const { positions, prices } = scenario
  return {
    ...scenario,
    prices: prices._tag === 'Motion' || rows === undefined ? prices : { ...prices, rows },
    positions:
      positions._tag === 'Listed' && entries !== undefined ? { ...positions, entries } : positions,
  }
}
