/**
 * Report: a simulation as people read it: one table, a sentence, and what was assumed.
 */

import { HazardsJson } from '../codec/index.js'
import { Fixed, Terms } from '../core/index.js'
import { Bidder, Gas, PricePath } from '../market/index.js'
import { type Outcome, Stage } from '../tuning/index.js'
import { Beside, Bins, Compare, Figures, Picture } from '../report/index.js'
import * as Bars from './Bars.js'
import * as Refused from './Refused.js'
import type { Setup } from './Setup.js'

type Run = Outcome.Outcome

const none = '-'

const rows: readonly (readonly [string, (run: Run) => string])[] = [
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

const table = (setup: Setup, runs: readonly Run[]): string =>
  Figures.table([
    ['', ...runs.map(({ auction }) => (auction === 'dutch' ? 'Dutch' : 'English'))],
    ['terms', ...setup.auctions.map(({ name }) => name)],
    ...rows.map(([name, cell]) => [name, ...runs.map(cell)]),
  ])

/** The longest time between two rows. */
const gapText = ({ gap }: Setup): string =>
  gap === undefined
    ? 'one row, no gap'
    : `longest gap ${Figures.seconds(gap.seconds)}, after ${Figures.utc(gap.after)}`

const gasText = ({ gwei, path, rows }: Setup): string => {
  if (gwei !== undefined) return `${Figures.price(gwei)} gwei throughout, as given`
  if (rows[0]?.gasPriceGwei === undefined)
    return `${Figures.price(PricePath.DEFAULT_GWEI)} gwei throughout, as the file has no gas_price_gwei`
  const prices = path.gas.map(({ gwei }) => gwei)
  const least = prices.reduce(Fixed.min)
  const most = prices.reduce(Fixed.max)
  return `the file's gas_price_gwei, ${Figures.price(least)} to ${Figures.price(most)}`
}

/** What was read, in two lines. */
const heading = (setup: Setup): string => {
  const { capital, common, file, path, positionsFrom, rows } = setup
  const closes = rows.map(({ close }) => close)
  const range = `closes ${Figures.price(closes.reduce(Fixed.min))} to ${Figures.price(closes.reduce(Fixed.max))}`
  const positions = `${Figures.counted(common.positions.length, 'position')} (${positionsFrom})`
  const bidders = `${Figures.counted(common.bidders.length, 'bidder')} with ${Figures.money(capital)} together`
  return [
    `${file}: ${Figures.counted(rows.length, 'row')}, ${Figures.utc(path.from)} to ${Figures.utc(path.to)}, ${range}, ${gapText(setup)}`,
    `${positions}, ${bidders}, blocks of ${setup.block} s`,
    '',
    '',
  ].join('\n')
}

/** What the model takes for granted (spec/16-market.md). */
export const assumptions = (setup: Setup): readonly string[] => {
  const delays = setup.common.bidders.map(({ delay }) => delay)
  const margins = setup.common.bidders.map(({ margin }) => margin)
  const percent = (share: Fixed.Ray): string =>
    Figures.percent(Fixed.wad(Fixed.mulDiv(share, Fixed.WAD, Fixed.RAY, 'halfUp')))
  return [
    "price between rows: a straight line from each row's open to its close, and across a gap to the next open; highs and lows are not seen; after the last row its close stays",
    `delay: the auction knows the market price of ${Figures.seconds(setup.oracleDelay)} ago; a bidder knows that of the block it looks in, and its order arrives ${Math.min(...delays)} to ${Math.max(...delays)} s later, at the earliest in the next block`,
    `bidders: margins of ${percent(margins.reduce(Fixed.min))} to ${percent(margins.reduce(Fixed.max))} and ${percent(Bidder.WAIT_PER_HOUR)} more for every hour they wait for the collateral; what they pay comes back ${Figures.seconds(Bidder.plain.returns)} after a purchase; they do not move the market`,
    `gas: ${gasText(setup)}; ${Gas.units.open} for an opening, ${Gas.units.take} a purchase, ${Gas.units.bid} a bid, ${Gas.units.settle} a settlement, ${Gas.units.reset} a reset, ${Gas.units.restart} a restart, ${Gas.units.refused} what is refused; every transaction finds room in its block`,
    'keepers open, reset, restart and settle in the first block that allows it, whatever the gas; owners neither add collateral nor repay',
  ]
}

/** What is known to lose money in terms, in one line. */
export const hazards = (terms: Terms.Terms): readonly string[] =>
  Terms.hazards(terms).map((hazard) => {
    const { found, wanted } = HazardsJson.describe(hazard)
    return `${hazard.parameter} ${found}, wanted ${wanted} (${hazard.rule})`
  })

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
const ending = (run: Run, { common, path }: Setup): readonly string[] => {
  const [open, at] = [Compare.openOf(run), Figures.utc(run.endedAt)]
  if (run.endedBy === 'allEnded') return []
  const why =
    run.endedBy === 'until'
      ? common.until === path.to + Stage.FOLLOWED
        ? `${Stage.FOLLOWED / 86_400} days after the last row`
        : 'as --until says'
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
      const found = hazards(terms)
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
    heading(setup) + table(setup, runs),
    Compare.meaning(runs),
    '',
    ...notes(setup, runs, comparisons),
    '',
    'Assumed:',
    ...assumptions(setup).map((line) => `- ${line}`),
    '',
    ...bars(runs),
    'Figures are rounded for reading (money to whole units); --json gives them exactly, and docs/metrics.md defines them.',
    '',
  ].join('\n')
