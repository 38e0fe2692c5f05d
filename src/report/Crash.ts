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
import { apart, money, number, SHORT, type Picture, rad, ray, sentences, WIDTH } from './Picture.js'

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

const ofRun = (run: Day.Run, ofMarks: readonly Mark[]): string => {
  const { outcome } = run
  const sales = Day.sales(run)
  const name = `The ${Compare.nameOf(outcome)} auction`
  const discount = Compare.discountOf(outcome)
  if (discount === undefined) return `${name} sold nothing.`
  const below = sales.filter((sale) => sale.paid < Day.valueOf(sale)).length
  const isEach = ofMarks.length === sales.length
  return sentences(
    `${name} made ${Figures.counted(sales.length, 'sale')} from ${Figures.counted(Compare.soldOf(outcome), 'lot')} for ${Figures.money(outcome.paid)}, on average ${apart(discount)} the market; ${Figures.count(below)} of them ${below === 1 ? 'was' : 'were'} below it.`,
    isEach
      ? ''
      : `They are drawn as ${Figures.counted(ofMarks.length, 'mark')}, those that are close together as one.`,
  )
}

const fall = ({ path }: Day.Day): string => {
  const [first] = path.points
  if (first === undefined) return ''
  const low = path.points.reduce((a, b) => (b.price < a.price ? b : a))
  const share = Fixed.mulDiv(first.price - low.price, Fixed.WAD, first.price, 'halfUp')
  return low.price === first.price
    ? `The market price, the line, never was below where it began, at ${Figures.price(first.price)}.`
    : `The market price, the line, began at ${Figures.price(first.price)} and was lowest at ${Figures.utc(low.at)}, ${Figures.price(low.price)}: ${Figures.percent(Fixed.wad(share))} less.`
}

// The picture

/** When and for how much each sale was made, beside what the market was at. */
export const picture = (day: Day.Day): Picture => {
  const { asset, path, runs } = day
  const byRun = runs.map(marks)
  const all = byRun.flat()
  const names = runs.map(({ outcome }) => Compare.nameOf(outcome))
  const year = new Date(path.from * 1000).getUTCFullYear()
  const last = all.reduce((latest, { at }) => Math.max(latest, at), path.to * 1000)
  const line = [
    ...Day.thinned(path.points).map(({ at, price }) => ({ at: at * 1000, price: ray(price) })),
    // After the last row the price stays.
    ...(last > path.to * 1000
      ? [{ at: last, price: ray((path.points.at(-1) as { price: bigint }).price) }]
      : []),
  ]
  const x = {
    field: 'at',
    type: 'temporal',
    title: `time (UTC, ${year})`,
    scale: { type: 'utc', nice: false },
    axis: { labelExpr: HOURS, tickCount: 8 },
  }
  const y = number('price', `price of one ${asset} (money)`, { scale: { zero: false } })
  return {
    name: 'crash',
    title: 'The crash, and every sale in it',
    caption: sentences(
      fall(day),
      ...runs.map((run, i) => ofRun(run, byRun[i] ?? [])),
      all.length > 0
        ? 'A mark below the line is a sale below the market, a larger one a larger sale.'
        : '',
    ),
    spec: {
      width: WIDTH,
      height: 320,
      layer: [
        {
          data: { values: line },
          mark: { type: 'line', color: Palette.light.market, strokeWidth: 1.5 },
          encoding: { x, y },
        },
        {
          data: { values: all },
          mark: { type: 'point', filled: true, opacity: 0.55 },
          encoding: {
            x,
            y,
            color: Palette.color(names),
            shape: Palette.shape(names),
            size: money('paid', 'paid', {
              axis: undefined,
              scale: { range: [8, 260], zero: true },
              legend: {
                labelExpr: SHORT,
                tickCount: 3,
                symbolFillColor: Palette.light.soft,
                symbolStrokeColor: Palette.light.soft,
              },
            }),
          },
        },
      ],
    },
  }
}
