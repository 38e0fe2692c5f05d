/**
 * Counts: what a day came to, as the columns of StableSims' own record, in floating point: they describe exact days.
 *
 * Laws: STB-11, STB-12 (spec/26-stablesims.md).
 */

import { Fixed } from '../core/index.js'
import { Statistics } from '../tuning/index.js'
import type { Outcome } from './StableSims.js'

// Model

/** What does not hang on purchases and restarts: given the vaults and the place of the price in each step, it is fixed. */
export const fixed = [
  'vaults_opened',
  'vaults_ever_unsafe',
  'unsafe_episodes',
  'cured_episodes',
  'vaults_liquidated',
  'unsafe_at_end',
  'unsafe_vault_steps',
  'max_unsafe',
  'avg_time_steps',
  'sum_time_steps',
  'median_time_steps',
  'max_time_steps',
  'incentive_tip',
  'incentive_chip',
  'debt_liquidated',
  'tab_total',
  'lot_total',
  'gas_bark_usd',
  'max_barkcost_usd',
] as const

/** What chance decides too: at which prices takers buy, and who is first. */
export const drawn = [
  'redo_incentive_paid',
  'resets',
  'takes',
  'last_take_step',
  'lock_step',
  'proceeds_dai',
  'tab_left',
  'lot_left',
  'max_auction_debt',
  'negative_dai_accounts',
] as const

export const names: readonly Name[] = [...fixed, ...drawn]

export type Name = (typeof fixed)[number] | (typeof drawn)[number]

export type Counts = Readonly<Record<Name, number>>

// Queries

/** An exact number of units, so many to one, as the nearest number. */
const over =
  (one: bigint) =>
  (units: bigint): number =>
    Number(units / one) + Number(units % one) / Number(one)

/** Money in whole units with their fraction. */
export const money: (units: bigint) => number = over(Fixed.RAD)

const amount = over(Fixed.WAD)

/** The columns of a day. What never happened has the step after the last, where steps are asked for. */
export const of = (outcome: Outcome, steps: number): Counts => {
  const { tally } = outcome
  const waits = [...tally.waits].sort((a, b) => a - b)
  return {
    vaults_opened: outcome.opened,
    vaults_ever_unsafe: outcome.everUnsafe,
    unsafe_episodes: tally.spells,
    cured_episodes: tally.cured,
    vaults_liquidated: waits.length,
    unsafe_at_end: tally.unsafeAtEnd,
    unsafe_vault_steps: tally.unsafeSteps,
    max_unsafe: tally.mostUnsafe,
    avg_time_steps: Statistics.mean(waits),
    sum_time_steps: Statistics.sum(waits),
    median_time_steps: waits.length === 0 ? NaN : Statistics.quantile(waits, 0.5),
    max_time_steps: waits[waits.length - 1] ?? NaN,
    incentive_tip: money(tally.flat),
    incentive_chip: money(tally.share),
    debt_liquidated: money(tally.debt),
    tab_total: money(tally.targets),
    lot_total: amount(tally.lots),
    gas_bark_usd: money(tally.gas.barks),
    max_barkcost_usd: money(tally.mostCost),
    redo_incentive_paid: money(tally.restarted),
    resets: tally.restarts,
    takes: tally.takes,
    last_take_step: tally.lastTake ?? steps,
    lock_step: tally.lockedAt ?? steps,
    proceeds_dai: money(tally.proceeds),
    tab_left: money(outcome.targetLeft),
    lot_left: amount(outcome.lotLeft),
    max_auction_debt: money(tally.mostInFlight),
    negative_dai_accounts: outcome.owing,
  }
}
