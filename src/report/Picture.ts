/**
 * Picture: one picture of a report: a name, a title, a caption worked out from the figures of the run, and a
 * specification in the language of Vega-Lite, which is plain data.
 *
 * Laws: REP-7 (spec/24-report.md).
 */

import { Decimal } from '../codec/index.js'
import { Fixed } from '../core/index.js'
import * as Figures from './Figures.js'

// Model

/** A specification of Vega-Lite, or a part of one. */
export type Spec = Readonly<Record<string, unknown>>

export interface Picture {
  /** Of its file, and of what is in it. */
  readonly name: string
  readonly title: string
  /** What there is to see, in sentences. */
  readonly caption: string
  readonly spec: Spec
}

/** How wide a picture is, without its axes and legends. */
export const WIDTH = 620

// Exact amounts as the nearest numbers, which only say where something is drawn

export const rad = (amount: bigint): number => Number(Decimal.formatRad(Fixed.rad(amount)))
export const ray = (price: bigint): number => Number(Decimal.formatRay(Fixed.ray(price)))
export const wad = (amount: bigint): number => Number(Decimal.formatWad(Fixed.wad(amount)))

// Parts of specifications

/** An axis of numbers: its title says their unit. */
export const number = (field: string, title: string, more: Spec = {}): Spec => ({
  field,
  type: 'quantitative',
  title,
  ...more,
})

/** How numbers are written beside an axis and in cells: from a thousand on with k and M, below it as they are. */
export const written = (value: string, digits: number): string =>
  `abs(${value}) < 1000 ? format(${value}, '.${digits}~r') : format(${value}, '.${digits}~s')`

/** The same beside an axis: as many digits as tell two marks of it apart. */
export const SHORT: string = written('datum.value', 6)

/** An axis of sums of money. */
export const money = (field: string, title: string, more: Spec = {}): Spec =>
  number(field, `${title} (money)`, { axis: { labelExpr: SHORT, tickCount: 6 }, ...more })

/** A share by which something sold below the market, or above it. */
export const apart = (share: Fixed.Wad): string =>
  share < 0n ? `${Figures.percent(Fixed.wad(0n - share))} above` : `${Figures.percent(share)} below`

/** Sentences, one after the other; those that do not apply are empty. */
export const sentences = (...all: readonly string[]): string =>
  all.filter((one) => one !== '').join(' ')
