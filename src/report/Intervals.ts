/**
 * Intervals: means with where they lie, and the runs that they are of, one row below the other.
 *
 * Laws: REP-10, REP-17 (spec/24-report.md).
 */

import { Statistics } from '../tuning/index.js'
import * as Palette from './Palette.js'
import { number, SHORT, type Spec } from './Picture.js'

// Model

/** A row: the figures of its runs, and where their mean is, if that is known. */
export interface Row {
  readonly name: string
  readonly runs: readonly number[]
  readonly interval: Statistics.Interval | undefined
}

export interface Look {
  readonly title: string
  readonly width: number
  /** How high a row is. */
  readonly step: number
  readonly ticks: number
  /** Whether it is differences that are shown, which are read from 0 on. */
  readonly isFromZero: boolean
}

/** More rings of a row than this are no longer seen one by one. */
export const MOST = 100

// Queries

/** On which side of 0 an interval lies: 0 where it holds it. */
export const side = (interval: Statistics.Interval): -1 | 0 | 1 =>
  interval.to < 0 ? -1 : interval.from > 0 ? 1 : 0

/** What is drawn of runs: each, or as many of them, from the least to the greatest, in equal steps of rank (REP-17). */
export const rings = (runs: readonly number[]): readonly number[] => {
  if (runs.length <= MOST) return runs
  const sorted = [...runs].sort((a, b) => a - b)
  return Array.from({ length: MOST }, (_, i) => Statistics.quantile(sorted, i / (MOST - 1)))
}

// The picture

/** Rings for runs, and a bar for where their mean is with 95 % confidence. */
export const spec = (rows: readonly Row[], look: Look): Spec => {
  const { isFromZero, step, ticks, title, width } = look
  const y = {
    field: 'name',
    type: 'nominal',
    sort: rows.map(({ name }) => name),
    title: null,
    axis: { labelLimit: 260 },
  }
  const x = number('mean', title, {
    scale: { zero: isFromZero },
    axis: { labelExpr: SHORT, tickCount: ticks },
  })
  const bars = rows.map(({ interval, name, runs }) => ({
    name,
    ...(interval ?? { mean: Statistics.mean(runs) }),
  }))
  return {
    width,
    height: { step },
    layer: [
      ...(isFromZero
        ? [
            {
              data: { values: [{ mean: 0 }] },
              mark: { type: 'rule', color: Palette.light.ink, strokeWidth: 1 },
              encoding: { x },
            },
          ]
        : []),
      {
        data: { values: bars },
        mark: { type: 'rule', strokeWidth: 4, color: Palette.light.dutch, opacity: 0.45 },
        encoding: { y, x: { ...x, field: 'from' }, x2: { field: 'to' } },
      },
      {
        data: {
          values: rows.flatMap(({ name, runs }) => rings(runs).map((mean) => ({ name, mean }))),
        },
        mark: { type: 'point', size: 40, opacity: 0.8, color: Palette.light.english },
        encoding: { y, x },
      },
      {
        data: { values: bars },
        mark: {
          type: 'point',
          filled: true,
          shape: 'diamond',
          size: 110,
          opacity: 1,
          color: Palette.light.dutch,
          stroke: Palette.light.paper,
          strokeWidth: 1,
        },
        encoding: { y, x },
      },
    ],
  }
}
