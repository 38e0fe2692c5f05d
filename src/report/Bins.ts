/**
 * Bins: figures of lots and sales put together by size, for pictures and for bars of a terminal.
 *
 * Laws: REP-6 (spec/24-report.md).
 */

import type { Fixed } from '../core/index.js'
import type { Outcome } from '../tuning/index.js'
import { rad } from './Picture.js'
import * as Day from './Day.js'

// Model

/** From a time to clear, on, up to the next, and in words. */
const times: readonly (readonly [Fixed.Seconds, string])[] = [
  [0, 'under 1 min'],
  [60, '1–2 min'],
  [120, '2–5 min'],
  [300, '5–10 min'],
  [600, '10–20 min'],
  [1200, '20–30 min'],
  [1800, '30–60 min'],
  [3600, '1–2 h'],
  [7200, '2–4 h'],
  [14_400, '4–8 h'],
  [28_800, '8–16 h'],
  [57_600, '16–24 h'],
  [86_400, '1–2 days'],
  [172_800, 'over 2 days'],
]

/** What lies in a bin, of each of several runs. */
export interface Bin {
  readonly name: string
  readonly counts: readonly number[]
}

/** Sales at a discount from one share to another, and what they were worth on the market. */
export interface Discounted {
  readonly from: number
  readonly to: number
  readonly value: number
}

// Queries

const placeOf = (seconds: number): number => times.filter(([from]) => seconds >= from).length - 1

/** How many lots took how long from opening to close, of each outcome: no bin is left out between two that hold some (REP-6). */
export const clearing = (outcomes: readonly Outcome.Outcome[]): readonly Bin[] => {
  const places = outcomes.map(({ lots }) =>
    lots.flatMap(({ closedAt, openedAt }) =>
      closedAt === undefined ? [] : [placeOf(closedAt - openedAt)],
    ),
  )
  const all = times.map(([, name], i) => ({
    name,
    counts: places.map((own) => own.filter((place) => place === i).length),
  }))
  const isAny = all.map(({ counts }) => counts.some((count) => count > 0))
  return all.slice(Math.max(0, isAny.indexOf(true)), isAny.lastIndexOf(true) + 1)
}

/** What part of the market value of a sale was not paid. */
const discountOf = (sale: Day.Sale): number => 1 - rad(sale.paid) / rad(Day.valueOf(sale))

/** Not more bins than this are wide enough to be seen. */
const MOST = 25

/** The least width of 1, 2 or 5 of a power of ten that so many bins reach over. */
const widthFor = (reach: number): number => {
  for (let power = -3; ; power += 1)
    for (const digit of [1, 2, 5]) {
      const width = digit * 10 ** power
      if (reach / width <= MOST - 1) return width
    }
}

/** What was sold at which discount, of each run, in bins that all have in common (REP-6). */
export const discounts = (
  runs: readonly Day.Run[],
): { readonly width: number; readonly bins: readonly (readonly Discounted[])[] } => {
  const all = runs.map((run) =>
    Day.sales(run).map((sale) => ({ share: discountOf(sale), value: rad(Day.valueOf(sale)) })),
  )
  const shares = all.flat().map(({ share }) => share)
  const [least, most] = [
    shares.reduce((a, b) => Math.min(a, b), Infinity),
    shares.reduce((a, b) => Math.max(a, b), -Infinity),
  ]
  const width = widthFor(most - least)
  return {
    width,
    bins: all.map((own) => {
      const values = new Map<number, number>()
      for (const { share, value } of own) {
        const place = Math.floor(share / width)
        values.set(place, (values.get(place) ?? 0) + value)
      }
      return [...values]
        .sort(([a], [b]) => a - b)
        .map(([place, value]) => ({ from: place * width, to: (place + 1) * width, value }))
    }),
  }
}
