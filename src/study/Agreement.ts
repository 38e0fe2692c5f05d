/**
 * Agreement: our days beside the record of StableSims' program, run by run and cell by cell.
 *
 * Given the vaults, a day's liquidations hang on one thing more: which of them were tried before the price was told, in
 * steps in which it made a vault safe again. So a run of the record is held against days with orders that are drawn, one
 * after the other, until one is the same in every column.
 *
 * Laws: STB-12, STB-13 (spec/26-stablesims.md).
 */

import { Random } from '../market/index.js'
import { Statistics } from '../tuning/index.js'
import * as Counts from './Counts.js'
import { type Experiment, reference, type Reward, type Step, type Vault } from './Experiment.js'
import type { Run } from './Archive.js'
import * as StableSims from './StableSims.js'

// Model

/** One run of the record, and the vaults it had, on the steps of its day. */
export interface Case {
  readonly run: Run
  readonly day: readonly Step[]
  readonly vaults: readonly Vault[]
}

/** A run beside ours. */
export interface Beside {
  readonly run: Run
  /** Which of the orders that can be drawn, from 1 on, gives the run in every column; nothing where none was found. */
  readonly order: number | undefined
  /** Whether in every day that was drawn as many were liquidated, after as many steps. */
  readonly isFixed: boolean
  /** The days that were drawn for this run, purchases and all. */
  readonly drawn: readonly Counts.Counts[]
}

/** One column of a cell: the mean over its runs in the record, in ours, and how many deviations lie between. */
export interface Held {
  readonly theirs: number
  readonly ours: number
  /** Whether every day that was drawn for every run has what the record has, but for its rounding. */
  readonly isSame: boolean
  /** Nothing where they are the same, and where the spread is not known: of too few days, or of days that are all alike. */
  readonly z: number | undefined
}

/** The runs of one day under one reward. */
export interface Cell extends Reward {
  readonly date: string
  readonly runs: readonly Beside[]
  readonly held: Readonly<Record<Counts.Name, Held>>
}

// Constructors

/** Half of the last digit of a column, and by how much each vault may shift it: its amounts are rounded, too (STB-12). */
const rounding = (name: Counts.Name, chip: number): readonly [half: number, each: number] => {
  switch (name) {
    case 'avg_time_steps':
      return [5e-7, 0]
    case 'debt_liquidated':
      return [0.005, 5e-5]
    case 'tab_total':
      return [0.005, 1.13 * 5e-5]
    case 'incentive_chip':
      return [0.005, chip * 1.13 * 5e-5]
    case 'lot_total':
      return [5e-5, 5e-7]
    case 'gas_bark_usd':
    case 'max_barkcost_usd':
      // The gas price has six places: half of the last, times 300,000 gas, times the price of ether.
      return [0.005, 6e-7]
    default:
      return [0, 0]
  }
}

/** What a float may be off after a sum of fifty. */
const EPSILON = 1e-9

/** Whether a day has in a column what the record says, but for its rounding (STB-12). */
const agrees = ({ chip, counts }: Run, ours: Counts.Counts, name: Counts.Name): boolean => {
  const [half, each] = rounding(name, Number(chip) / 1e18)
  const reach = half + each * counts.vaults_opened + EPSILON * counts[name]
  return Math.abs(ours[name] - counts[name]) <= reach
}

const experimentOf = ({ day, run: { chip, tip }, vaults }: Case): Experiment =>
  reference(day, { chip, tip }, vaults)

/** The n-th order that is drawn, from 1 on. Those of purchases are of other seeds. */
const seedOf = (n: number): bigint => Random.word(26n, n)

const counted = (experiment: Experiment, seed: bigint): Counts.Counts | undefined => {
  const outcome = StableSims.run(experiment, seed)
  return outcome === undefined ? undefined : Counts.of(outcome, experiment.day.length)
}

/** The first of some orders that gives a run of the record. */
const search = (run: Run, shut: Experiment, orders: Iterable<number>): number | undefined => {
  for (const n of orders) {
    const ours = counted(shut, seedOf(n))
    if (ours !== undefined && Counts.fixed.every((name) => agrees(run, ours, name))) return n
  }
  return undefined
}

function* firstOf(known: Iterable<number>, most: number): Generator<number> {
  yield* known
  for (let n = 1; n <= most; n++) yield n
}

/** A run beside ours: the order that gives it, a known one or one of the first `orders`, and so many days (STB-12). */
export const beside = (
  one: Case,
  known: Iterable<number>,
  orders: number,
  days: number,
): Beside => {
  const experiment = experimentOf(one)
  const drawn = Array.from({ length: days }, (_, i) => counted(experiment, seedOf(-1 - i))).filter(
    (counts) => counts !== undefined,
  )
  const [first] = drawn
  return {
    run: one.run,
    // What does not hang on purchases does not need them.
    order: search(one.run, { ...experiment, lock: 'shut' }, firstOf(known, orders)),
    isFixed: drawn.every(
      (day) =>
        day.vaults_liquidated === first?.vaults_liquidated &&
        day.sum_time_steps === first.sum_time_steps,
    ),
    drawn,
  }
}

// Queries

/** So many days tell a spread; of fewer, what happens one time in six may be missing. */
const ENOUGH = 30

/** How far the sum over runs is from what ours have on average, in its standard deviations (STB-13). */
const heldOf = (runs: readonly Beside[], name: Counts.Name): Held => {
  const parts = runs.map(({ drawn, run }) => {
    const values = drawn.map((counts) => counts[name])
    const error = Statistics.standardError(values) ?? 0
    // Of one more value, beside a mean that is itself of so many.
    const variance = error ** 2 * (values.length + 1)
    return { theirs: run.counts[name], ours: Statistics.mean(values), variance }
  })
  const theirs = Statistics.mean(parts.map((part) => part.theirs))
  const ours = Statistics.mean(parts.map((part) => part.ours))
  const deviation = Math.sqrt(Statistics.sum(parts.map(({ variance }) => variance))) / parts.length
  const isSame = runs.every(({ drawn, run }) => drawn.every((day) => agrees(run, day, name)))
  const isKnown =
    deviation > EPSILON * Math.abs(ours) && runs.every(({ drawn }) => drawn.length >= ENOUGH)
  return { theirs, ours, isSame, z: !isSame && isKnown ? (theirs - ours) / deviation : undefined }
}

/** Runs by cell, in the order in which the cells first come. */
export const cells = (all: readonly Beside[]): readonly Cell[] => {
  const byCell = new Map<string, readonly Beside[]>()
  for (const one of all) {
    const key = `${one.run.date}/${one.run.tip}/${one.run.chip}`
    byCell.set(key, [...(byCell.get(key) ?? []), one])
  }
  return [...byCell.values()].flatMap((runs) => {
    const [first] = runs
    if (first === undefined) return []
    const { chip, date, tip } = first.run
    const held = Counts.names.map((name) => [name, heldOf(runs, name)] as const)
    return [{ date, tip, chip, runs, held: Object.fromEntries(held) as Cell['held'] }]
  })
}
