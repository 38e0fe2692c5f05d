/**
 * Spread: how sales and lots of a day are spread: at which discount to the market they sold, and how long they took to clear.
 *
 * Laws: REP-6, REP-7 (spec/24-report.md).
 */

import { Fixed } from '../core/index.js'
import type { Outcome } from '../tuning/index.js'
import * as Bins from './Bins.js'
import * as Compare from './Compare.js'
import * as Day from './Day.js'
import * as Figures from './Figures.js'
import * as Palette from './Palette.js'
import { money, number, type Picture, SHORT, sentences, WIDTH, wad } from './Picture.js'

// Discounts

const ofSales = (run: Day.Run): string => {
  const discount = Compare.discountOf(run.outcome)
  if (discount === undefined) return ''
  const shares = Day.sales(run).map((sale) => {
    const value = Day.valueOf(sale)
    return Fixed.mulDiv(value - sale.paid, Fixed.WAD, value, 'floor')
  })
  const least = Fixed.wad(shares.reduce((a, b) => (b < a ? b : a)))
  const most = Fixed.wad(shares.reduce((a, b) => (b > a ? b : a)))
  return `${Compare.nameOf(run.outcome)}: ${Figures.percent(discount)} on average, the dashed line, from ${Figures.percent(least)} to ${Figures.percent(most)}.`
}

/** What was sold at which discount to the market; nothing where nothing was sold. */
export const discounts = ({ runs }: Day.Day): Picture | undefined => {
  const sold = runs.filter(({ outcome }) => Compare.discountOf(outcome) !== undefined)
  if (sold.length === 0) return undefined
  const { bins, width } = Bins.discounts(sold)
  const names = sold.map(({ outcome }) => Compare.nameOf(outcome))
  const x = number('from', 'discount to the market price at the sale (right of 0: below it)', {
    axis: { format: width < 0.01 ? '.1%' : '.0%', tickCount: 8 },
  })
  return {
    name: 'discounts',
    title: 'At which discount to the market it was sold',
    caption: sentences(
      'How much of what was sold, by its market value at the sale, went at which discount.',
      ...sold.map(ofSales),
      bins.flat().some(({ from }) => from < 0)
        ? 'Left of 0 buyers paid more than the market price.'
        : '',
    ),
    spec: {
      data: {
        values: sold.flatMap(({ outcome }, i) => {
          const average = wad(Compare.discountOf(outcome) ?? 0n)
          return (bins[i] ?? []).map((bin) => ({ ...bin, auction: names[i], average }))
        }),
      },
      facet: {
        row: {
          field: 'auction',
          type: 'nominal',
          title: null,
          header: { labelOrient: 'top', labelAnchor: 'start', labelPadding: 4 },
        },
      },
      spec: {
        width: WIDTH,
        height: 130,
        layer: [
          {
            mark: { type: 'bar', stroke: Palette.light.paper, strokeWidth: 0.5 },
            encoding: {
              x,
              x2: { field: 'to' },
              y: money('value', 'market value', { axis: { labelExpr: SHORT, tickCount: 4 } }),
              y2: { datum: 0 },
              color: { ...Palette.color(names), legend: null },
            },
          },
          {
            mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.5, color: Palette.light.ink },
            encoding: { x: { aggregate: 'min', field: 'average', type: 'quantitative' } },
          },
        ],
      },
    },
  }
}

// Time to clear

const ofLots = (outcome: Outcome.Outcome): string => {
  const { lots, secondsToClear } = outcome
  const name = Compare.nameOf(outcome)
  const open = Compare.openOf(outcome)
  const left = open === 0 ? '' : ` ${Figures.counted(open, 'lot')} had not closed at the end.`
  return secondsToClear === undefined
    ? `${name}: no lot closed.${left}`
    : `${name}: of ${Figures.counted(lots.length - open, 'lot')} that closed half took at most ${Figures.seconds(secondsToClear.median)}, 95 % at most ${Figures.seconds(secondsToClear.p95)}.${left}`
}

/** How long lots took to clear; nothing where none did. */
export const clearing = ({ runs }: Day.Day): Picture | undefined => {
  const outcomes = runs.map(({ outcome }) => outcome)
  const bins = Bins.clearing(outcomes)
  if (bins.length === 0) return undefined
  const x = {
    field: 'name',
    type: 'nominal',
    sort: null,
    title: 'time from opening to close',
    axis: { labelAngle: bins.length > 8 ? -35 : 0 },
  }
  // Room for the number on the highest bar.
  const most = Math.max(...bins.flatMap(({ counts }) => counts))
  const y = number('count', 'lots', {
    scale: { domainMax: 1.1 * most },
    axis: { tickMinStep: 1, format: ',d' },
  })
  const offset = { field: 'auction', sort: ['Dutch', 'English'] }
  return {
    name: 'clearing',
    title: 'How long lots took to clear',
    caption: sentences(...outcomes.map(ofLots), 'The bins are wider to the right.'),
    spec: {
      width: WIDTH,
      height: 220,
      data: {
        values: bins.flatMap(({ counts, name }) =>
          outcomes.map((outcome, i) => ({
            name,
            auction: Compare.nameOf(outcome),
            count: counts[i] ?? 0,
          })),
        ),
      },
      layer: [
        {
          mark: 'bar',
          encoding: { x, y, xOffset: offset, color: Palette.color(outcomes.map(Compare.nameOf)) },
        },
        {
          transform: [{ filter: 'datum.count > 0' }],
          mark: { type: 'text', dy: -7, fontSize: 11, color: Palette.light.ink },
          encoding: { x, y, xOffset: offset, text: { field: 'count', format: ',' } },
        },
      ],
    },
  }
}
