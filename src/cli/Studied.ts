/**
 * Studied: what a study came to as people read it, and as JSON.
 */

import { Decimal } from '../codec/index.js'
import { type Agreement, type Counts, type Experiment, Rewards } from '../study/index.js'
import { Figures } from '../report/index.js'

// Model

/** What rewards buy on a day. */
export interface Curves {
  readonly date: string
  readonly populations: number
  readonly flat: readonly Rewards.Point[]
  readonly rate: readonly Rewards.Point[]
}

// Their record beside ours

const fixed = (value: number, places: number): string => {
  const [whole = '', part] = Math.abs(value).toFixed(places).split('.')
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  const text = part === undefined ? digits : `${digits}.${part}`
  return value < 0 && /[1-9]/.test(text) ? `-${text}` : text
}

/** A column of the record: its name in a table, and its places. */
type Shown = readonly [name: Counts.Name, title: string, places: number]

const onOrder: readonly Shown[] = [
  ['avg_time_steps', 'steps', 3],
  ['vaults_liquidated', 'liquidated', 1],
  ['unsafe_vault_steps', 'unsafe steps', 1],
  ['incentive_tip', 'flat $', 0],
  ['incentive_chip', 'rate $', 0],
]

const onTakers: readonly Shown[] = [
  ['resets', 'restarts', 2],
  ['redo_incentive_paid', 'restarts $', 0],
  ['takes', 'purchases', 2],
  ['lock_step', 'locked at', 1],
  ['proceeds_dai', 'proceeds $', 0],
  ['tab_left', 'unsold $', 0],
]

const rewardOf = ({ chip, tip }: Agreement.Cell): string =>
  `${Decimal.formatRad(tip)} + ${Decimal.formatWad(chip)}`

const heldIn = (cell: Agreement.Cell, columns: readonly Shown[]): readonly string[] =>
  columns.flatMap(([name, , places]) => {
    const { isSame, ours, theirs, z } = cell.held[name]
    const mark = isSame ? '=' : z === undefined ? '?' : fixed(z, 1)
    return [fixed(theirs, places), fixed(ours, places), mark]
  })

const headed = (columns: readonly Shown[]): readonly string[] =>
  columns.flatMap(([, title]) => [title, 'ours', 'z'])

const givenIn = ({ runs }: Agreement.Cell): string =>
  `${runs.filter(({ order }) => order !== undefined).length} of ${runs.length}`

const fixedIn = ({ runs }: Agreement.Cell): string =>
  String(runs.filter(({ isFixed }) => isFixed).length)

const dayText = (cells: readonly Agreement.Cell[]): string => {
  const [first] = cells
  return [
    first?.date ?? '',
    Figures.table([
      ['reward', 'given', 'fixed', ...headed(onOrder)],
      ...cells.map((cell) => [
        rewardOf(cell),
        givenIn(cell),
        fixedIn(cell),
        ...heldIn(cell, onOrder),
      ]),
    ]),
    Figures.table([
      ['reward', ...headed(onTakers)],
      ...cells.map((cell) => [rewardOf(cell), ...heldIn(cell, onTakers)]),
    ]),
  ].join('\n')
}

const datesOf = (all: readonly { readonly date: string }[]): readonly string[] => [
  ...new Set(all.map(({ date }) => date)),
]

/** The tables of cells, by day. */
export const agreement = (cells: readonly Agreement.Cell[], draws: number): string => {
  const runs = cells.flatMap((cell) => cell.runs)
  const given = runs.filter(({ order }) => order !== undefined).length
  return [
    ...datesOf(cells).map((date) => dayText(cells.filter((cell) => cell.date === date))),
    `${given} of ${Figures.counted(runs.length, 'run')} of the record are given by an order that ours can have, in all columns that do not hang on purchases.`,
    'reward: flat, in dollars, and rate. given: runs that an order gives. fixed: runs in which no order that was drawn changes how many are liquidated, and how soon.',
    `Each column: the mean of the record, of ours over ${draws} days drawn for each run, and how many standard deviations lie between (=: every run is the same in each of its days; ?: they differ, and of fewer than 30 days, or of days all alike, no spread is known).`,
    '',
  ].join('\n')
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const plain = ({ chip, tip }: Experiment.Reward) => ({
  tip: Decimal.formatRad(tip),
  chip: Decimal.formatWad(chip),
})

export const agreementJson = (cells: readonly Agreement.Cell[]): string =>
  json(
    cells.map((cell) => ({
      date: cell.date,
      ...plain(cell),
      held: cell.held,
      runs: cell.runs.map(({ isFixed, order, run }) => ({ seed: run.seed, isFixed, order })),
    })),
  )

// What a reward buys

const none = '-'

const withError = (mean: Rewards.Mean | undefined, places = 0): string =>
  mean === undefined ? none : `${fixed(mean.mean, places)} ± ${fixed(mean.error, places)}`

const titles = [
  'liquidated',
  's to liquidation',
  's unsafe',
  'dollars',
  's gained per 1000 $',
  'the same of s to liquidation',
]

const pointRow = (point: Rewards.Point): readonly string[] => [
  withError(point.liquidated, 1),
  withError(point.waited),
  withError(point.unsafe),
  withError(point.paid),
  withError(point.gainedUnsafe, 1),
  withError(point.gainedWaited, 1),
]

const shown = (seconds: number | undefined): string =>
  seconds === undefined ? none : fixed(seconds, 0)

const curvesOf = ({ date, flat, populations, rate }: Curves): string =>
  [
    `${date}, ${populations} populations`,
    Figures.table([
      ['flat reward, $', ...titles, 's unsafe at a rate that costs as much'],
      ...flat.map((point) => [
        Decimal.formatRad(point.reward.tip),
        ...pointRow(point),
        shown(Rewards.unsafeAt(rate, point.paid.mean)),
      ]),
    ]),
    Figures.table([
      ['rate', ...titles, 's unsafe at a flat reward that costs as much'],
      ...rate.map((point) => [
        Decimal.formatWad(point.reward.chip),
        ...pointRow(point),
        shown(Rewards.unsafeAt(flat, point.paid.mean)),
      ]),
    ]),
  ].join('\n')

/** The curves of each day. */
export const curves = (all: readonly Curves[], from: 'drawn' | 'recorded'): string =>
  [
    ...all.map(curvesOf),
    `Means over populations (vaults ${from}) and their standard errors, the same populations and the same chance for every reward.`,
    's to liquidation: from the first unsafe step, of those that were liquidated. s unsafe: in all, of each vault that was ever unsafe, liquidated or not.',
    's gained: of the time unsafe, against the reward above, for each thousand dollars that are paid more; below zero, time is lost.',
    '',
  ].join('\n')

const jsonOf = (point: Rewards.Point) => ({
  ...plain(point.reward),
  liquidated: point.liquidated,
  waited: point.waited,
  unsafe: point.unsafe,
  paid: point.paid,
  gainedUnsafe: point.gainedUnsafe,
  gainedWaited: point.gainedWaited,
})

export const curvesJson = (all: readonly Curves[]): string =>
  json(
    all.map(({ flat, rate, ...day }) => ({
      ...day,
      flat: flat.map(jsonOf),
      rate: rate.map(jsonOf),
    })),
  )
