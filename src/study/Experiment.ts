/**
 * Experiment: a day of StableSims as data: what the feeds say, the contract's parameters, who takes part, and which of
 * the original's oddities it keeps.
 *
 * Laws: STB-1 to STB-4, STB-8 to STB-10 (spec/26-stablesims.md).
 * Source: the StableSims project (BerkeleyBlockchain/stablesims at 29556c76; arXiv 2201.03519).
 */

import * as E from 'fp-ts/lib/Either.js'
import { type Auction, Fixed } from '../core/index.js'
import { Clipper, EthA } from '../maker/index.js'
import { Pool } from '../market/index.js'

// Model

/** Ten minutes: what the feeds say of them. */
export interface Step {
  readonly at: Fixed.Seconds
  readonly close: Fixed.Ray
  readonly gwei: Fixed.Ray
  readonly pool: Pool.Pool
}

/** What of a row of a price file a step is made of. */
export interface Row {
  readonly time: Fixed.Seconds
  readonly close: Fixed.Ray
  readonly gasPriceGwei: Fixed.Ray | undefined
  readonly poolDai: Fixed.Wad | undefined
  readonly poolWeth: Fixed.Wad | undefined
}

export type Owner = 'borrower' | 'taker' | 'resetter' | 'barker'

/** A loan as it is opened. */
export interface Vault {
  readonly owner: Owner
  readonly collateral: Fixed.Wad
  readonly debt: Fixed.Rad
}

/** A normal distribution. */
interface Spread {
  readonly mean: number
  readonly deviation: number
}

/** So many owners of a kind, and how the ether that they hold at first is spread. */
export interface Group extends Spread {
  readonly owner: Owner
  readonly count: number
}

/** Which of the original's oddities a day keeps (STB-9, STB-10). */
export interface Habits {
  /**
   * Whether a purchase or a restart that fails leaves the auctions locked until midnight. `shut`: they are from the
   * beginning, for what does not hang on them.
   */
  readonly lock: 'kept' | 'released' | 'shut'
  /** Whether gas is only held against what is to be earned, or paid as well, by those who fail too. */
  readonly gas: 'compared' | 'charged'
  /** Whether what takers buy is never sold, or sold at once, so that their money comes back. */
  readonly capital: 'spent' | 'returns'
}

export interface Experiment extends Habits {
  /** From the first step, in which only the price is told, to the last. */
  readonly day: readonly Step[]
  readonly auction: Auction.Compiled
  /** The loans of all owners; nothing where each run draws its own. */
  readonly vaults: readonly Vault[] | undefined
}

// Constructors

const { RAD, RAY, WAD, rad, ray, wad } = Fixed

/** Owners in the order in which they are drawn (STB-2). */
export const groups: readonly Group[] = [
  { owner: 'borrower', count: 50, mean: 10, deviation: 2.155 },
  { owner: 'taker', count: 5, mean: 25, deviation: 6.466 },
  { owner: 'resetter', count: 5, mean: 100, deviation: 2.155 },
  { owner: 'barker', count: 5, mean: 100, deviation: 2.155 },
]

/** How many act in each part: every one of the kind, with a vault or without. */
export const ACTING = 5

/** The part of the largest debt that an owner wants: normal, mean and deviation (STB-2). */
export const leverage: Spread = { mean: 12 / 14, deviation: 0.216 }

/** The part of the market price at which a taker buys (STB-2). */
export const wanted: Spread = { mean: 0.85, deviation: 0.061 }

/** The gas of an action, and how far a taker's guess of it is off (STB-5, STB-7). */
export const GAS = 300_000n
export const GAS_DEVIATION = 30_000

const part = (n: bigint, of: bigint): Fixed.Ray => ray((n * RAY) / of)

/** 72 steps of ten minutes. */
const halfDay = 43_200n

/** The contract of the study but for what it varies (STB-8). */
const contract: Omit<Clipper.Parameters, 'chip' | 'tip'> = {
  ilk: 'ETH-A',
  gem: 'ETH',
  mat: part(3n, 2n),
  buf: part(105n, 100n),
  tail: halfDay,
  cusp: part(1n, 2n),
  calc: { _tag: 'LinearDecrease', tau: halfDay },
  hole: rad(15_000_000n * RAD),
  chop: wad((113n * WAD) / 100n),
  dust: rad(500n * RAD),
}

/** What a reward is made of: a flat sum, and a part of the target. */
export type Reward = Pick<Clipper.Parameters, 'chip' | 'tip'>

/** The contract of the study. What a part sale leaves is held against the dust, without the penalty. */
const original = (reward: Reward): Auction.Compiled =>
  Clipper.compile({ ...contract, ...reward }, contract.dust)

/** The same loans, sold as Maker sold those of ETH-A: its curve, its start and its restarts. */
const real = (reward: Reward): Auction.Compiled => {
  const { buf, calc, cusp, tail } = EthA.clipper
  return Clipper.compile({ ...contract, ...reward, buf, calc, cusp, tail })
}

/** The pool of a day that has none in its file: so much ether, and as much money at each step's price. */
const MADE_UP = wad(20_000n * WAD)

const noGas = ray(0n)
const noFee = ray(0n)

/** The steps of a day's rows, each with the pool of its row (STB-1). */
export const steps = (rows: readonly Row[]): readonly Step[] =>
  rows.map(({ close, gasPriceGwei, poolDai, poolWeth, time }) => ({
    at: time,
    close,
    gwei: gasPriceGwei ?? noGas,
    pool:
      poolDai === undefined || poolWeth === undefined
        ? { collateral: MADE_UP, money: Fixed.worth(MADE_UP, close), fee: noFee }
        : { collateral: poolWeth, money: Fixed.worth(poolDai, RAY), fee: noFee },
  }))

/** What a swap costs on the pair: 0.3 %. */
const fee = part(3n, 1000n)

/** The same with each pool as deep as it is, at the step's price, and a fee (STB-10). */
const inStep = (day: readonly Step[]): readonly Step[] =>
  day.map((step) => {
    const pool = { ...step.pool, fee }
    const refilled = Pool.refill(pool, step.close, 1, ray(0n))
    return { ...step, pool: E.isRight(refilled) ? refilled.right : pool }
  })

/** The day as the original has it. */
export const reference = (
  day: readonly Step[],
  reward: Reward,
  vaults?: readonly Vault[],
): Experiment => ({
  day,
  auction: original(reward),
  vaults,
  lock: 'kept',
  gas: 'compared',
  capital: 'spent',
})

/** The day with what its authors asked for: no lock, gas that is paid, capital that returns, Maker's curve (STB-10). */
export const repaired = (
  day: readonly Step[],
  reward: Reward,
  vaults?: readonly Vault[],
): Experiment => ({
  day: inStep(day),
  auction: real(reward),
  vaults,
  lock: 'released',
  gas: 'charged',
  capital: 'returns',
})
