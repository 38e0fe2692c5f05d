/**
 * Report: a simulation as people read it: one table, a sentence, and what was assumed.
 */

import { Fixed } from '../core/index.js'
import { type Outcome, Stage } from '../tuning/index.js'
import { Beside, Bins, Compare, Figures, Picture } from '../report/index.js'
import * as Bars from './Bars.js'
import * as Refused from './Refused.js'
import * as Said from './Said.js'
import type { Setup } from './Setup.js'

type Run = Outcome.Outcome

const none = '-'

type Row = readonly [name: string, cell: (run: Run) => string]

const rows: readonly Row[] = [
  ['lots opened', ({ lots }) => Figures.count(lots.length)],
  ['lots sold from', (run) => Figures.count(Compare.soldOf(run))],
  ['collateral seized', ({ collateral }) => Figures.amount(collateral.seized)],
  ['collateral sold', ({ collateral }) => Figures.amount(collateral.sold)],
  ['collateral returned to owners', ({ collateral }) => Figures.amount(collateral.returned)],
  ['debt seized', ({ debt }) => Figures.money(debt.seized)],
  ['debt repaid', ({ debt }) => Figures.money(debt.repaid)],
  ['penalty collected', ({ penalty }) => Figures.money(penalty)],
  ['bad debt', ({ debt }) => Figures.money(debt.bad)],
  ['still open: lots', (run) => Figures.count(Compare.openOf(run))],
  ['still open: debt', ({ debt }) => Figures.money(debt.open)],
  ['still open: collateral', ({ collateral }) => Figures.amount(collateral.open)],
  ["owners' loss against market value", ({ ownersLoss }) => Figures.money(ownersLoss)],
  [
    'average discount to market at the sale',
    (run) => {
      const discount = Compare.discountOf(run)
      return discount === undefined ? none : Figures.percent(discount)
    },
  ],
  [
    'time to clear, median',
    ({ secondsToClear }) =>
      secondsToClear === undefined ? none : Figures.seconds(secondsToClear.median),
  ],
  [
    'time to clear, 95th percentile',
    ({ secondsToClear }) =>
      secondsToClear === undefined ? none : Figures.seconds(secondsToClear.p95),
  ],
  ['rewards paid', ({ rewards }) => Figures.money(rewards)],
  ['gas spent', ({ gas }) => Figures.money(Fixed.rad(gas.keepers + gas.bidders))],
  ['resets', ({ resets }) => Figures.count(resets)],
  ['bids sent', ({ bids }) => Figures.count(bids.sent)],
  ['bids refused', ({ bids }) => Figures.count(bids.refused)],
]

/** What selling to a pool brought about, where there is one (SCN-4). */
const cascade: readonly Row[] = [
  ['lots by depth of cascade', ({ cascade }) => cascade?.byDepth.join(', ') ?? none],
  [
    'largest drop caused',
    ({ cascade }) =>
      cascade === undefined ? none : Figures.percent(Fixed.wad(cascade.largestDrop / 10n ** 9n)),
  ],
]

const table = (setup: Setup, runs: readonly Run[]): string =>
  Figures.table([
    ['', ...runs.map(({ auction }) => (auction === 'dutch' ? 'Dutch' : 'English'))],
    ['terms', ...setup.auctions.map(({ name }) => name)],
    ...[...rows, ...(runs.some((run) => run.cascade !== undefined) ? cascade : [])].map(
      ([name, cell]) => [name, ...runs.map(cell)],
    ),
  ])

const notOpened = (run: Run): readonly string[] => {
  const [first] = run.notOpened
  if (first === undefined) return []
  const [position, refusal] = first
  const count = Figures.counted(run.notOpened.size, 'unsafe position')
  return [
    `${Compare.nameOf(run)}: ${count} could not be opened, the first ${position}: ${Refused.inWords(refusal)}.`,
  ]
}

/** Why a day ended before every lot had, and when (MKT-15). */
const ending = (run: Run, { common: { path, until }, said }: Setup): readonly string[] => {
  const [open, at] = [Compare.openOf(run), Figures.utc(run.endedAt)]
  if (run.endedBy === 'allEnded') return []
  const why =
    run.endedBy === 'until'
      ? until === path.to + Stage.FOLLOWED
        ? `${Stage.FOLLOWED / 86_400} days after the last row`
        : `as ${said._tag === 'Flags' ? '--until' : 'the scenario'} says`
      : 'because nothing but new starts of lots had happened for a day and two cycles of a lot, and nothing else could'
  return [
    `${Compare.nameOf(run)}: the simulation ended at ${at}, ${why}; ${Figures.counted(open, 'lot')} ${open === 1 ? 'was' : 'were'} still open.`,
  ]
}

/** Everything that was noted besides the table and its sentence. */
export const notes = (
  setup: Setup,
  runs: readonly Run[],
  comparisons: readonly string[],
): readonly string[] => {
  const [a, b] = runs
  return [
    ...(a !== undefined && b !== undefined ? [Compare.sameLots(a, b)] : []),
    ...runs.map(Compare.capital),
    ...comparisons,
    ...runs.flatMap(notOpened),
    ...runs.flatMap((run) => ending(run, setup)),
    ...setup.auctions.flatMap(({ name, terms }) => {
      const found = Said.hazards(terms)
      return found.length === 0 ? [] : [`${name} is known to lose money: ${found.join('; ')}.`]
    }),
  ]
}

/** The name of the first of some rows, and nothing before the others. */
const onFirst = (name: string, i: number): string => (i === 0 ? name : '')

/** What it cost and how long it took, as bars. */
const bars = (runs: readonly Run[]): readonly string[] => {
  const lost = Beside.losses.flatMap(({ name, of }) =>
    runs.map((run, i) => ({
      labels: [onFirst(name, i), Compare.nameOf(run)],
      value: Picture.rad(of(run)),
      text: Figures.money(of(run)),
    })),
  )
  const cleared = Bins.clearing(runs).flatMap(({ counts, name }) =>
    counts.map((count, i) => ({
      labels: [onFirst(name, i), Compare.nameOf(runs[i] as Run)],
      value: count,
      text: Figures.count(count),
    })),
  )
  return [
    ...(runs.some(({ lots }) => lots.length > 0)
      ? ['Lost, in money:', ...Bars.lines(lost), '']
      : []),
    ...(cleared.length > 0
      ? ['Lots by the time they took to clear:', ...Bars.lines(cleared), '']
      : []),
  ]
}

/** The whole report. */
export const text = (setup: Setup, runs: readonly Run[], comparisons: readonly string[]): string =>
  [
    Said.heading(setup) + table(setup, runs),
    Compare.meaning(runs),
    '',
    ...notes(setup, runs, comparisons),
    '',
    'Assumed:',
    ...Said.assumptions(setup).map((line) => `- ${line}`),
    '',
    ...bars(runs),
    'Figures are rounded for reading (money to whole units); --json gives them exactly, and docs/metrics.md defines them.',
    '',
  ].join('\n')
