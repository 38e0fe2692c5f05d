/**
 * Sample data of spec/24-report.md: the room's own modules, and a few results.
 */

import type { Picture } from '../../src/report/Picture.js'
import type { Study } from '../../src/report/Study.js'
import { Presets, Space, type Outcome } from '../../src/tuning/index.js'

export * as Bars from '../../src/cli/Bars.js'
export * as Bins from '../../src/report/Bins.js'
export * as Day from '../../src/report/Day.js'
export * as Intervals from '../../src/report/Intervals.js'
export * as Palette from '../../src/report/Palette.js'
export * as Search from '../../src/report/Search.js'
export * as Study from '../../src/report/Study.js'
export * as Svg from '../../src/report/Svg.js'
export * as Ticks from '../../src/report/Ticks.js'

export const somePicture: Picture = { name: 'some', title: 'A title', caption: '', spec: {} }

/** A lot that was open for so many seconds. */
export const lotThatTook = (seconds: number): Outcome.OfLot =>
  ({ openedAt: 1000, closedAt: 1000 + seconds }) as Outcome.OfLot

export const openLot: Outcome.OfLot = { openedAt: 1000, closedAt: undefined } as Outcome.OfLot

const space = Space.make(Presets.presets['dutch-default'], [
  { name: 'markup', from: 1, to: 2 },
  { name: 'stepEvery', from: 10, to: 20 },
])

if (space._tag === 'Left') throw new Error('no space')

/** A figure of 10 in the lower half of the first setting, of 20 in the upper one, whatever the second is. */
export const fourSettings: Study = {
  space: space.right,
  objectives: ['loss'],
  isGrid: false,
  rows: [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
  ].map((point) => ({
    texts: point.map(String),
    point,
    means: [point[0] === 0 ? 10 : 20],
    errors: [undefined],
  })),
}
