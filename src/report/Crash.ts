/**
 * Crash: the market price of a day with every sale on it.
 *
 * Laws: REP-3, REP-4 (spec/24-report.md).
 */

import { Fixed } from '../core/index.js'
import * as Compare from './Compare.js'
import * as Day from './Day.js'
import * as Figures from './Figures.js'
import * as Palette from './Palette.js'
import {
  apart,
  money,
  number,
  SHORT,
  type Picture,
  rad,
  ray,
  sentences,
  type Spec,
  WIDTH,
} from './Picture.js'

// Model

/** A mark on the picture: a sale, or several that are close together. */
export interface Mark {
  readonly auction: string
  /** In milliseconds since 1970. */
  readonly at: number
  readonly price: number
  readonly paid: number
  readonly sales: number
}

/** More marks of an auction than this are no longer seen one by one. */
const MOST = 1500

/** Into so many columns and rows are they put together then. */
const COLUMNS = 100
const ROWS = 40

/** How instants are written beside the axis: the hour, and at midnight the date. */
const HOURS =
  "utcFormat(datum.value, '%H:%M') == '00:00' ? utcFormat(datum.value, '%-d %b') : utcFormat(datum.value, '%H:%M')"

// Constructors

/** Several sales as one: at the end of the last, for what a unit of them cost. */
const together = (auction: string, sales: readonly Day.Sale[]): Mark => {
  const [paid, sold] = [(one: Day.Sale) => one.paid, (one: Day.Sale) => one.sold].map((part) =>
    sales.reduce((sum, one) => sum + part(one), 0n),
  ) as [bigint, bigint]
  return {
    auction,
    at: 1000 * Math.max(...sales.map(({ at }) => at)),
    price: ray(Day.priceOf({ paid, sold })),
    paid: rad(paid),
    sales: sales.length,
  }
}

/** The marks of an auction: of every sale, or of those in each cell where there are too many (REP-3). */
export const marks = (run: Day.Run): readonly Mark[] => {
  const sales = Day.sales(run)
  const auction = Compare.nameOf(run.outcome)
  if (sales.length <= MOST) return sales.map((sale) => together(auction, [sale]))
  const times = sales.map(({ at }) => at)
  const prices = sales.map((sale) => ray(Day.priceOf(sale)))
  const cell = (all: readonly number[], parts: number): ((value: number) => number) => {
    const [least, most] = [
      all.reduce((a, b) => Math.min(a, b)),
      all.reduce((a, b) => Math.max(a, b)),
    ]
    const width = (most - least) / parts || 1
    return (value) => Math.min(parts - 1, Math.floor((value - least) / width))
  }
  const [column, row] = [cell(times, COLUMNS), cell(prices, ROWS)]
  const cells = new Map<number, Day.Sale[]>()
  for (const [i, sale] of sales.entries()) {
    const key = column(times[i] as number) * ROWS + row(prices[i] as number)
    const others = cells.get(key)
    if (others === undefined) cells.set(key, [sale])
    else others.push(sale)
  }
  return [...cells.values()].map((some) => together(auction, some))
}

// In words

const belowOf = (below: number, all: number): string =>
  below === all
    ? all === 1
      ? 'it was'
      : 'all of them were'
    : `${Figures.count(below)} of them ${below === 1 ? 'was' : 'were'}`

const ofRun = (run: Day.Run, ofMarks: readonly Mark[]): string => {
  const { outcome } = run
  const sales = Day.sales(run)
  const name = `The ${Compare.nameOf(outcome)} auction`
  const discount = Compare.discountOf(outcome)
  if (discount === undefined) return `${name} sold nothing.`
  const below = sales.filter((sale) => sale.paid < Day.valueOf(sale)).length
  const isEach = ofMarks.length === sales.length
  return sentences(
    `${name} made ${Figures.counted(sales.length, 'sale')} from ${Figures.counted(Compare.soldOf(outcome), 'lot')} for ${Figures.money(outcome.paid)}, on average ${apart(discount)} the market; ${belowOf(below, sales.length)} below it.`,
    isEach
      ? ''
      : `They are drawn as ${Figures.counted(ofMarks.length, 'mark')}, those that are close together as one.`,
  )
}

const fall = ({ market, outcome }: Day.Run, isOne: boolean): string => {
  const name = isOne
    ? 'The market price'
    : `The market price of the ${Compare.nameOf(outcome)} auction`
  const [first] = market.points
  if (first === undefined) return ''
  const low = market.points.reduce((a, b) => (b.price < a.price ? b : a))
  const share = Fixed.mulDiv(first.price - low.price, Fixed.WAD, first.price, 'halfUp')
  return low.price === first.price
    ? `${name}, the line, never was below where it began, at ${Figures.price(first.price)}.`
    : `${name}, the line, began at ${Figures.price(first.price)} and was lowest at ${Figures.utc(low.at)}, ${Figures.price(low.price)}: ${Figures.percent(Fixed.wad(share))} less.`
}

/** What the market was at: once where all had the same, else of each. */
const falls = (day: Day.Day): string =>
  Day.isOneMarket(day)
    ? day.runs
        .slice(0, 1)
        .map((run) => fall(run, true))
        .join('')
    : sentences(
        'What is sold lowers the price of this market, so each auction has a line of its own.',
        ...day.runs.map((run) => fall(run, false)),
      )

// The picture

/** How high the pictures of all auctions are together. */
const HEIGHT = 440

/** Amounts that stand beside marks of their size: round ones, the greatest near that of the greatest sale. */
const sizes = (all: readonly Mark[]): readonly number[] => {
  const most = all.reduce((greatest, { paid }) => Math.max(greatest, paid), 0)
  const power = 10 ** Math.floor(Math.log10(most))
  const top = power * ([5, 2].find((digit) => digit * power <= most) ?? 1)
  return most > 0 ? [top / 10, top / 2, top] : []
}

/** The market of one auction, with its sales. */
const panel = (
  { asset, runs }: Day.Day,
  { market, outcome }: Day.Run,
  own: readonly Mark[],
  all: readonly Mark[],
): Spec => {
  const year = new Date(market.from * 1000).getUTCFullYear()
  const last = all.reduce((latest, { at }) => Math.max(latest, at), market.to * 1000)
  const line = [
    ...Day.thinned(market.points).map(({ at, price }) => ({ at: at * 1000, price: ray(price) })),
    // After the last row the price stays.
    ...(last > market.to * 1000
      ? [{ at: last, price: ray((market.points.at(-1) as { price: bigint }).price) }]
      : []),
  ]
  const x = {
    field: 'at',
    type: 'temporal',
    title: `time (UTC, ${year})`,
    scale: { type: 'utc', nice: false },
    axis: { labelExpr: HOURS, tickCount: 8 },
  }
  const y = number('price', `price of one ${asset} (money)`, {
    scale: { zero: false },
    axis: { tickCount: 6 },
  })
  const name = Compare.nameOf(outcome)
  return {
    title: { text: name, fontSize: 12, fontWeight: 'normal' },
    width: WIDTH,
    height: runs.length > 1 ? HEIGHT / runs.length : 320,
    layer: [
      {
        data: { values: line },
        mark: { type: 'line', color: Palette.light.market, strokeWidth: 1.5 },
        encoding: { x, y },
      },
      {
        data: { values: own },
        mark: {
          type: 'point',
          filled: true,
          opacity: 0.65,
          shape: Palette.shapeOf(name),
        },
        encoding: {
          x,
          y,
          color: { ...Palette.color(runs.map((one) => Compare.nameOf(one.outcome))), legend: null },
          size: money('paid', 'paid', {
            axis: undefined,
            scale: { range: [8, 260], zero: true },
            legend: {
              labelExpr: SHORT,
              values: sizes(all),
              symbolType: 'circle',
              symbolFillColor: Palette.light.soft,
              symbolStrokeColor: Palette.light.soft,
            },
          }),
        },
      },
    ],
  }
}

/** When and for how much each sale was made, beside what the market was at, auction by auction (REP-3). */
export const picture = (day: Day.Day): Picture => {
  const byRun = day.runs.map(marks)
  const all = byRun.flat()
  return {
    name: 'crash',
    title: 'The crash, and every sale in it',
    caption: sentences(
      falls(day),
      ...day.runs.map((run, i) => ofRun(run, byRun[i] ?? [])),
      all.length > 0
        ? 'A mark below the line is a sale below the market, a larger one a larger sale.'
        : '',
    ),
    spec: {
      vconcat: day.runs.map((run, i) => panel(day, run, byRun[i] ?? [], all)),
      // One above the other they are read only where the same place means the same.
      resolve: { scale: { x: 'shared', y: 'shared', size: 'shared' } },
    },
  }
}
