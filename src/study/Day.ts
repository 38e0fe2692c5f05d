/**
 * Day: what changes as a day goes by: vaults, lots, takers' money, the price that was told.
 *
 * It is changed in place; `StableSims.run` makes one and drops it.
 *
 * Laws: STB-3, STB-11 (spec/26-stablesims.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Auction, Dutch, Lot } from '../core/index.js'
import { Fixed, House, Position, Reward, Seizure } from '../core/index.js'
import type { Pool } from '../market/index.js'
import { Gas, Portfolio } from '../market/index.js'
import * as Draw from './Draw.js'
import { type Experiment, GAS, type Step, type Vault } from './Experiment.js'
import * as Tally from './Tally.js'

// Model

/** A vault, and what became of it. */
export interface Loan {
  readonly vault: Vault
  readonly position: Position.Position
  /** The highest price at which it is unsafe. */
  readonly unsafeAt: Fixed.Ray
  /** What starting its auction earns. */
  readonly reward: Fixed.Rad
  readonly place: number
  /** The step at whose end it was first unsafe without a break; nothing while it is safe. */
  since: number | undefined
  wasUnsafe: boolean
  isSeized: boolean
  lot: Lot.Dutch | undefined
}

export interface Taker {
  readonly name: string
  readonly ratio: Fixed.Ray
  money: bigint
}

export interface Day {
  readonly experiment: Experiment
  readonly sale: Dutch.Compiled
  readonly loans: readonly Loan[]
  /** The same, those first that become unsafe at the highest price. */
  readonly byPrice: readonly Loan[]
  readonly takers: readonly Taker[]
  readonly order: Draw.Order
  readonly noise: Draw.Noise
  readonly tally: Tally.Tally
  house: House.House
  /** Those that were unsafe at the end of the step before. */
  unsafe: readonly Loan[]
  /** The price that the vaults are judged by. */
  told: Fixed.Ray
  /** The pool after the sales of this step. */
  pool: Pool.Pool
  isLocked: boolean
}

// Constructors

const { rad, ray } = Fixed

const loanOf = (auction: Auction.Compiled, asset: string, vault: Vault, place: number): Loan => {
  const { terms } = auction
  const id = `${vault.owner}-${place + 1}`
  const position = Portfolio.position(terms.line, asset, { id, ...vault })
  const edge = Position.unsafeAt(terms, position, [], asset)
  const target = Seizure.targetOf(terms, vault.debt)
  const reward = Reward.forOpening(terms, { target, debt: vault.debt })
  return {
    vault,
    position,
    unsafeAt: edge._tag === 'Some' ? edge.value : ray(0n),
    reward: E.isRight(reward) ? reward.right : rad(0n),
    place,
    since: undefined,
    wasUnsafe: false,
    isSeized: false,
    lot: undefined,
  }
}

const houseOf = ({ terms }: Auction.Compiled, at: Fixed.Seconds): House.House =>
  House.evolve(House.make(terms.ceiling), { _tag: 'TermsChanged', line: terms.line, at, terms })

/** A day after its second step, in which vaults were opened on the price of the first (STB-3). */
export const make = (experiment: Experiment, seed: bigint): Day | undefined => {
  const { auction, day } = experiment
  const [collateral] = auction.terms.collaterals
  const [first, second] = day
  const sale = auction.sales.get(collateral?.asset ?? '')
  if (collateral === undefined || sale?._tag !== 'Dutch') return undefined
  if (first === undefined || second === undefined) return undefined
  const { dust } = auction.terms.sizing
  const vaults =
    experiment.vaults ??
    Draw.vaults(
      seed,
      collateral,
      [first.close, second.close],
      dust._tag === 'Ignore' ? rad(0n) : dust.minDebt,
    )
  const loans = vaults.map((vault, i) => loanOf(auction, collateral.asset, vault, i))
  const lent = vaults.filter(({ owner }) => owner === 'taker')
  const made: Day = {
    experiment,
    sale,
    loans,
    byPrice: [...loans].sort((a, b) => (a.unsafeAt < b.unsafeAt ? 1 : -1)),
    takers: Draw.ratios(seed).map((ratio, i) => ({
      name: `taker-${i + 1}`,
      ratio,
      money: lent[i]?.debt ?? 0n,
    })),
    order: Draw.order(seed, loans.length),
    noise: Draw.noise(seed),
    tally: Tally.make(),
    house: houseOf(auction, first.at),
    unsafe: [],
    told: second.close,
    pool: second.pool,
    isLocked: experiment.lock === 'shut',
  }
  judge(made, second, 1)
  return made
}

// Queries

/** What an action costs in a step (STB-5). */
export const costOf = ({ close, gwei }: Step, gas: bigint = GAS): Fixed.Rad =>
  Gas.costOf(gas, gwei, close)

// Transitions

/** Which vaults are unsafe at the end of a step, and since when (STB-11). */
export const judge = (day: Day, { close }: Step, t: number): void => {
  for (const loan of day.unsafe)
    if (!loan.isSeized && loan.unsafeAt < close) {
      loan.since = undefined
      day.tally.cured += 1
    }
  const unsafe: Loan[] = []
  for (const loan of day.byPrice) {
    if (loan.unsafeAt < close) break
    if (loan.isSeized) continue
    unsafe.push(loan)
    if (loan.since !== undefined) continue
    loan.since = t
    loan.wasUnsafe = true
    day.tally.spells += 1
  }
  day.unsafe = unsafe
  Tally.ended(day.tally, unsafe.length, day.house.inFlight)
}
