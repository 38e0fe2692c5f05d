/**
 * Pictures of settings: which two make the greatest difference, what a cell is, the front and the course.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Front from '../../src/report/Front.js'
import { Numbers, Pictures, Search, Study } from '../../src/report/index.js'
import * as Landscape from '../../src/report/Landscape.js'
import { Pareto, Presets, Space, Statistics } from '../../src/tuning/index.js'
import { law } from '../law.js'

const made = Space.make(Presets.presets['dutch-default'], [
  { name: 'markup', from: 1, to: 2 },
  { name: 'stepEvery', from: 10, to: 1000, scale: 'log' },
  { name: 'keepPerStep', from: 0.9, to: 0.99 },
])
if (made._tag === 'Left') throw new Error('no space')
const space = made.right

const unit = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000)

/** Rows with a figure, or several, for each point. */
const study = (
  points: readonly (readonly number[])[],
  ...figures: readonly ((point: readonly number[]) => number)[]
): Study.Study => ({
  space,
  objectives: (['loss', 'clearing', 'rewards'] as const).slice(0, figures.length),
  isGrid: false,
  rows: points.map((point) => ({
    point,
    texts: space.settings.map((setting, i) => Space.textAt(setting, point[i] ?? 0)),
    means: figures.map((figure) => figure(point)),
    errors: figures.map(() => 1),
  })),
})

const points = fc.array(fc.tuple(unit, unit, unit), { minLength: 8, maxLength: 60 })

law(
  'REP-8',
  'effects are parts of the whole, and a setting that decides alone has the greatest',
  fc.property(points, (all) => {
    const alone = study(all, ([, y = 0]) => Math.floor(y * 4 - 1e-9))
    for (const effect of Study.effects(alone)) {
      expect(effect).toBeGreaterThanOrEqual(0)
      expect(effect).toBeLessThanOrEqual(1)
    }
    const decided = study(all, ([, y = 0]) => Study.partOf(y, 4))
    const [a = 0, b = 0, c = 0] = Study.effects(decided)
    expect(b).toBeGreaterThanOrEqual(Math.max(a, c) - 1e-9)
    expect(Study.greatest(decided)).toContain(b > 0 && b > a && b > c ? 1 : 0)
  }),
)

law(
  'REP-8',
  'the cells hold every setting once, each has the least of its own, and one the least of all',
  fc.property(points, fc.integer({ min: 1, max: 10 }), (all, sides) => {
    const own = study(all, ([x = 0, y = 0]) => x + 2 * y)
    const cells = Study.cells(own, [0, 2], [sides, sides])
    expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(all.length)
    for (const { least, x, y } of cells) {
      for (const place of [x, y]) expect(place).toBeLessThan(sides)
      const inside = own.rows.filter(
        ({ point: [a = 0, , b = 0] }) =>
          Study.partOf(a, sides) === x && Study.partOf(b, sides) === y,
      )
      expect(least).toBe(Math.min(...inside.map(({ means: [mean] }) => mean as number)))
    }
    const ofAll = own.rows.map(({ means: [mean] }) => mean as number)
    expect(Math.min(...cells.map(({ least }) => least))).toBe(Math.min(...ofAll))
  }),
)

test('REP-8 of a grid of three settings a cell has the least over the third, and says so', () => {
  const at = [0, 0.5, 1]
  const grid = at.flatMap((x) => at.flatMap((y) => at.map((z) => [x, y, z])))
  // The best of the third setting lies elsewhere in each row.
  const own = study(grid, ([x = 0, y = 0, z = 0]) => 100 * x + 300 * y + 10 * Math.abs(z - x))
  const picture = Landscape.heat({ ...own, isGrid: true }, 0)
  const { values } = picture?.spec['data'] as { values: { x: string; least: number }[] }
  expect(values.length).toBe(9)
  expect(values.map(({ least }) => least)).toEqual(
    at.flatMap((x) => at.map((y) => 100 * x + 300 * y)),
  )
  expect(picture?.title).toBe('Least mean loss over markup and stepEvery')
  expect(picture?.caption).toContain(
    'of keepPerStep a cell has the best: the least mean that was tried in it',
  )
})

test('REP-8 settings of which a run failed are not drawn, and counted', () => {
  const own = study(
    [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [1, 1, 1],
    ],
    ([x = 0]) => (x === 1 ? Infinity : x),
  )
  expect(Study.known(own).length).toBe(2)
  const picture = Landscape.heat(own, 0)
  expect(picture?.caption).toContain('Settings of which a run failed are not drawn: 1.')
  expect(picture?.caption).toContain('The least mean of 2 settings is 0 (markup 1')
})

test('REP-7 the caption of a heat map names the least and the greatest', () => {
  const grid = [0, 0.5, 1].flatMap((x) => [0, 0.5, 1].map((y) => [x, y, 0.5]))
  const picture = Landscape.heat(
    study(grid, ([x = 0, y = 0]) => 1000 * (1 + x) + 10 * y),
    0,
  )
  expect(picture?.title).toBe('Least mean loss over markup and stepEvery')
  expect(picture?.caption).toContain(
    'The least mean of 9 settings is 1,000 (markup 1, stepEvery 10, keepPerStep 0.945), the greatest 2,010 (markup 2, stepEvery 1000, keepPerStep 0.945).',
  )
})

law(
  'REP-9',
  'the front that is drawn is that of all that was tried',
  fc.property(points, (all) => {
    const own = study(
      all,
      ([x = 0]) => x,
      ([, y = 0]) => y,
    )
    const front = Front.rows(own)
    expect(new Set(front)).toEqual(new Set(Pareto.front(own.rows, ({ means }) => means)))
    const first = front.map(({ means: [mean] }) => mean as number)
    expect(first).toEqual([...first].sort((a, b) => a - b))
    expect(Front.picture(own)?.caption).toContain(
      `Of ${all.length} sets of settings ${front.length} ${front.length === 1 ? 'is' : 'are'} on the front`,
    )
  }),
)

test('REP-9 there is a front of two or three figures only', () => {
  const figures = [([x = 0]: readonly number[]) => x, ([, y = 0]: readonly number[]) => -y]
  const all = [
    [0, 0, 0],
    [1, 1, 1],
  ]
  expect(Front.picture(study(all, ...figures.slice(0, 1)))).toBe(undefined)
  expect(Front.picture(study(all, ...figures))?.name).toBe('front')
})

law(
  'REP-10',
  'the least so far never rises, and ends at the least of all',
  fc.property(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), (means) => {
    const course = Search.course(means)
    expect(course.at(-1)).toBe(Math.min(...means))
    expect(course.every((least, i) => least <= (course[i - 1] ?? Infinity))).toBe(true)
    expect(course.every((least, i) => least <= (means[i] as number))).toBe(true)
  }),
)

const search = (held: Search.Search['held']): Search.Search => ({
  study: study(
    [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [1, 1, 1],
    ],
    ([x = 0]) => 100 * (1 - x) * (1 - x) + 10,
  ),
  inForce: 60,
  held,
  slopes: [
    { name: 'markup', change: { mean: -5, from: -6, to: -4 } },
    { name: 'stepEvery', change: { mean: 1, from: -1, to: 3 } },
    { name: 'keepPerStep', change: undefined },
  ],
})

test('REP-10 the best is said to be better only where the interval does not hold 0', () => {
  const captionOf = (held: Search.Search['held']): string =>
    Search.pictures(search(held)).find(({ name }) => name === 'held-out')?.caption ?? ''
  const better = { best: [1, 2, 3], inForce: [11, 12.5, 13], next: undefined }
  const told = Numbers.interval(Statistics.paired(better.best, better.inForce))
  expect(captionOf(better)).toContain(
    `best − in force: ${told}: all of it below 0, so the best is better on such runs; lower on 3 of 3 runs.`,
  )
  expect(captionOf({ ...better, inForce: [0, 5, 3] })).toContain(
    'it holds 0, so these runs do not tell them apart; lower on 1 of 3 runs.',
  )
  expect(captionOf({ ...better, inForce: [-11, -9, -8] })).toContain('all of it above 0')
  expect(captionOf({ best: [1], inForce: [2], next: [3] })).toContain(
    'best − next best: from one run nothing is known; lower on 1 of 1 runs.',
  )
})

test('REP-10 the captions of a search say what was found', () => {
  const [course, , slopes] = Search.pictures(search({ best: [1], inForce: [2], next: undefined }))
  expect(course?.caption).toContain(
    'Of 3 settings the last had the least mean loss, 10; those in force have 60',
  )
  expect(slopes?.caption).toContain('The bar of markup does not hold 0')
  expect(slopes?.caption).toContain('Nothing is known of keepPerStep')
})

test('every picture has a name that is known beforehand', () => {
  const all = [
    ...Pictures.ofSearch(search({ best: [1], inForce: [2], next: [3] })),
    ...Pictures.ofStudy(
      study(
        [
          [0, 0, 0],
          [1, 1, 1],
        ],
        ([x = 0]) => x,
        ([x = 0]) => -x,
      ),
    ),
  ].map(({ name }) => name)
  expect(all).toEqual([
    ...['course', 'held-out', 'slopes', 'heat-loss', 'settings'],
    ...['front', 'heat-loss', 'heat-clearing', 'settings'],
  ])
  expect(all.filter((name) => !Pictures.names.includes(name))).toEqual([])
})
