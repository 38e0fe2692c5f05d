/**
 * Study: settings that were tried, as pictures are made of them: where each lies in its range, what it came to, and
 * which of them makes the greatest difference.
 *
 * Laws: REP-8 (spec/24-report.md).
 */

import { type Figures, type Points, type Space, Statistics, type Tune } from '../tuning/index.js'
import * as Palette from './Palette.js'
import { number, SHORT, type Spec } from './Picture.js'
import * as Ticks from './Ticks.js'

// Model

/** Settings that were tried, and of each figure that counts its mean, with its error. */
export interface Row {
  readonly texts: Tune.Texts
  readonly point: Points.Point
  readonly means: readonly number[]
  readonly errors: readonly (number | undefined)[]
}

export interface Study {
  readonly space: Space.Space
  readonly objectives: readonly Figures.Name[]
  readonly rows: readonly Row[]
  /** Whether every setting has a few values only, each tried with those of the others. */
  readonly isGrid: boolean
}

/** A part of a heat map: between which coordinates, and the least of what the settings in it came to. */
export interface Cell {
  readonly x: number
  readonly y: number
  readonly least: number
  readonly count: number
}

// Units

const moneyFigures: readonly Figures.Name[] = [
  'loss',
  'badDebt',
  'ownersLoss',
  'shortfall',
  'rewards',
  'gas',
  'open',
]

const units: Readonly<Partial<Record<Figures.Name, string>>> = {
  discount: 'share',
  clearing: 'seconds',
  slowest: 'seconds',
  resets: 'count',
  nearZero: 'count',
  zero: 'count',
  cascadeDepth: 'lots deep',
  largestDrop: 'share',
}

/** A figure with its unit, and its mean. */
export const figureName = (name: Figures.Name): string =>
  `${name} (${moneyFigures.includes(name) ? 'money' : (units[name] ?? '')})`
export const figureTitle = (name: Figures.Name): string => `mean ${figureName(name)}`

/** How many of a figure a colour stands for, beside a scale of them: the less, the brighter. */
export const brightness = (field: string, name: Figures.Name): Spec => ({
  field,
  type: 'quantitative',
  // Its unit stands on a line of its own: a legend is narrow.
  title: figureTitle(name).split(/ (?=\()/),
  scale: { scheme: Palette.SCHEME, reverse: true },
  legend: { labelExpr: SHORT, gradientLength: 240 },
})

/** An axis of a figure's mean. */
export const figure = (field: string, name: Figures.Name, more: Spec = {}): Spec =>
  number(field, figureTitle(name), { axis: { labelExpr: SHORT, tickCount: 6 }, ...more })

const moneySettings = ['minLeft', 'ceiling', 'minDebt', 'flat']

/** A setting with its unit: whole numbers are seconds, and most others shares. */
export const settingTitle = ({ isWhole, name, path }: Space.Setting): string => {
  const last = String(path.at(-1))
  const unit = isWhole
    ? 'seconds'
    : moneySettings.includes(last)
      ? 'money'
      : last === 'minCollateralLeft'
        ? 'collateral'
        : 'share'
  return `${name} (${unit})`
}

/** An axis of a setting, from one end of its range to the other, and so many points beyond. */
export const setting = (field: string, of: Space.Setting, padding = 0): Spec =>
  number(field, settingTitle(of), {
    scale: { type: of.scale, domain: [of.from, of.to], nice: false, padding },
    axis: {
      labelExpr: SHORT,
      ...(of.scale === 'log' ? { values: Ticks.shares(of.from, of.to) } : { tickCount: 5 }),
    },
  })

// Queries

/** The rows whose every figure is known: a setting of which a run failed has none to be drawn. */
export const known = ({ rows }: Study): readonly Row[] =>
  rows.filter(({ means }) => means.every(Number.isFinite))

/** Which of so many equal parts of a side a coordinate is in. */
export const partOf = (x: number, parts: number): number =>
  Math.min(parts - 1, Math.floor(x * parts))

const byPart = (
  rows: readonly Row[],
  part: (row: Row) => number,
  objective: number,
): ReadonlyMap<number, readonly number[]> => {
  const found = new Map<number, number[]>()
  for (const row of rows) {
    const own = found.get(part(row))
    const mean = row.means[objective] as number
    if (own === undefined) found.set(part(row), [mean])
    else own.push(mean)
  }
  return found
}

/** Into so many parts a side is cut to see what difference it makes. */
const PARTS = 4

const squares = (values: readonly number[], middle: number): number =>
  Statistics.sum(values.map((value) => (value - middle) ** 2))

/**
 * What part of all differences between the means of one figure lies between the quarters of each setting's range, and
 * not within them: from 0 to 1 (REP-8).
 */
export const effects = (study: Study, objective = 0): readonly number[] => {
  const rows = known(study)
  const means = rows.map(({ means }) => means[objective] as number)
  const middle = Statistics.mean(means)
  const all = squares(means, middle)
  return study.space.settings.map((_, i) => {
    if (!(all > 0)) return 0
    const parts = byPart(rows, ({ point }) => partOf(point[i] ?? 0, PARTS), objective)
    const between = [...parts.values()].map(
      (own) => own.length * (Statistics.mean(own) - middle) ** 2,
    )
    return Math.min(1, Statistics.sum(between) / all)
  })
}

/** The places of the two settings that make the greatest difference, in the order of the space; of equal ones the first. */
export const greatest = (study: Study, objective = 0): readonly number[] =>
  effects(study, objective)
    .map((effect, i) => ({ effect, i }))
    .sort((a, b) => b.effect - a.effect || a.i - b.i)
    .slice(0, 2)
    .map(({ i }) => i)
    .sort((a, b) => a - b)

/** How many parts a side of a heat map has: as many as there are whole numbers, and not so many that most are empty. */
export const sides = ({ from, isWhole, to }: Space.Setting, rows: number): number =>
  Math.min(
    Math.max(2, Math.min(10, Math.round(Math.sqrt(rows / 1.5)))),
    isWhole ? Math.floor(to) - Math.ceil(from) + 1 : Infinity,
  )

/** The cells of a heat map of two settings, each with the least that was tried in it, whatever the others were (REP-8). */
export const cells = (
  study: Study,
  [i, j]: readonly [number, number],
  [across, up]: readonly [number, number],
  objective = 0,
): readonly Cell[] => {
  const rows = known(study)
  const place = ({ point }: Row): number =>
    partOf(point[i] ?? 0, across) * up + partOf(point[j] ?? 0, up)
  return [...byPart(rows, place, objective)]
    .sort(([a], [b]) => a - b)
    .map(([at, own]) => ({
      x: Math.floor(at / up),
      y: at % up,
      least: Math.min(...own),
      count: own.length,
    }))
}

/** The row with the least mean of a figure, the first of equal ones. */
export const best = (rows: readonly Row[], objective = 0): Row | undefined =>
  rows.reduce<Row | undefined>(
    (least, row) =>
      (row.means[objective] as number) < (least?.means[objective] ?? Infinity) ? row : least,
    undefined,
  )

/** Settings in words: each by its name. */
export const inWords = ({ settings }: Space.Space, texts: Tune.Texts): string =>
  settings.map(({ name }, i) => `${name} ${texts[i] ?? ''}`).join(', ')
