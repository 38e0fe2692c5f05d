/**
 * Landscape: what a figure came to all over the ranges of settings: over two of them as a heat map, and over each by itself.
 *
 * Laws: REP-7, REP-8 (spec/24-report.md).
 */

import { type Figures, Space, Statistics } from '../tuning/index.js'
import * as Numbers from './Numbers.js'
import * as Palette from './Palette.js'
import { type Picture, sentences, type Spec, written } from './Picture.js'
import * as Study from './Study.js'

const percent = (share: number): string => `${Math.round(share * 100)} %`

/** What the settings account for, the greatest first. */
const effectsInWords = (study: Study.Study, objective: number): string => {
  const all = Study.effects(study, objective)
    .map((effect, i) => ({ effect, name: study.space.settings[i]?.name ?? '' }))
    .sort((a, b) => b.effect - a.effect)
  return all.length < 2
    ? ''
    : `Of the differences between all that was tried, those between the quarters of a range are ${all.map(({ effect, name }) => `${percent(effect)} (${name})`).join(', ')}.`
}

const extremes = (study: Study.Study, objective: number): string => {
  const rows = Study.known(study)
  const least = Study.best(rows, objective)
  const most = rows.reduce<Study.Row | undefined>(
    (worst, row) =>
      (row.means[objective] as number) > (worst?.means[objective] ?? -Infinity) ? row : worst,
    undefined,
  )
  if (least === undefined || most === undefined) return ''
  const at = ({ means, texts }: Study.Row): string =>
    `${Numbers.shown(means[objective] as number)} (${Study.inWords(study.space, texts)})`
  return `The least mean of ${rows.length} settings is ${at(least)}, the greatest ${at(most)}.`
}

const unknown = (study: Study.Study): string => {
  const count = study.rows.length - Study.known(study).length
  return count === 0 ? '' : `Settings of which a run failed are not drawn: ${count}.`
}

// The heat map

/** From which mean on a cell is so dark that white is read better on it. */
const darkFrom = (means: readonly number[]): number => {
  const [least, most] = [Math.min(...means), Math.max(...means)]
  return least + (most - least) * (1 - Palette.DARK_FROM)
}

/** Of a grid: a cell for each two values. */
const gridSpec = (
  study: Study.Study,
  [i, j]: readonly [number, number],
  objective: number,
): Spec => {
  const { space } = study
  const rows = Study.known(study)
  const [a, b] = [space.settings[i], space.settings[j]] as [Space.Setting, Space.Setting]
  const groups = new Map<string, { x: string; y: string; least: number }>()
  for (const { means, texts } of rows) {
    const [x, y] = [texts[i] ?? '', texts[j] ?? '']
    const least = groups.get(`${x} ${y}`)?.least ?? Infinity
    groups.set(`${x} ${y}`, { x, y, least: Math.min(least, means[objective] as number) })
  }
  const values = [...groups.values()]
  const dark = darkFrom(values.map(({ least }) => least))
  const [xs, ys] = [values.map(({ x }) => x), values.map(({ y }) => y)].map((texts) =>
    [...new Set(texts)].sort((one, other) => Number(one) - Number(other)),
  ) as [string[], string[]]
  const axis = { labelAngle: 0, domain: false, ticks: false }
  return {
    width: 520,
    height: 340,
    data: { values: values.map((value) => ({ ...value, isDark: value.least > dark })) },
    encoding: {
      x: { field: 'x', type: 'ordinal', sort: xs, title: Study.settingTitle(a), axis },
      y: {
        field: 'y',
        type: 'ordinal',
        sort: [...ys].reverse(),
        title: Study.settingTitle(b),
        axis,
      },
    },
    layer: [
      {
        mark: 'rect',
        encoding: { color: Study.brightness('least', study.objectives[objective] as Figures.Name) },
      },
      // Numbers that would not fit their cells are left to the colours.
      ...(xs.length <= 8 && ys.length <= 16
        ? [
            {
              transform: [{ calculate: written('datum.least', 3), as: 'text' }],
              mark: { type: 'text', fontSize: 11 },
              encoding: {
                text: { field: 'text' },
                color: {
                  condition: { test: 'datum.isDark', value: '#fefefe' },
                  value: '#010101',
                },
              },
            },
          ]
        : []),
    ],
  }
}

/** Of points anywhere: the ranges cut into parts. */
const partsSpec = (
  study: Study.Study,
  places: readonly [number, number],
  objective: number,
): Spec => {
  const { space } = study
  const rows = Study.known(study)
  const [a, b] = places.map((i) => space.settings[i]) as [Space.Setting, Space.Setting]
  const [across, up] = [a, b].map((setting) => Study.sides(setting, rows.length)) as [
    number,
    number,
  ]
  const values = Study.cells(study, places, [across, up], objective).map(({ least, x, y }) => ({
    least,
    x: Space.valueAt(a, x / across),
    x2: Space.valueAt(a, (x + 1) / across),
    y: Space.valueAt(b, y / up),
    y2: Space.valueAt(b, (y + 1) / up),
  }))
  const points = rows.map(({ texts }) => ({
    x: Number(texts[places[0]]),
    y: Number(texts[places[1]]),
  }))
  const least = Study.best(rows, objective)
  return {
    width: 520,
    height: 340,
    layer: [
      {
        data: { values },
        mark: { type: 'rect', clip: true },
        encoding: {
          x: Study.setting('x', a),
          x2: { field: 'x2' },
          y: Study.setting('y', b),
          y2: { field: 'y2' },
          color: Study.brightness('least', study.objectives[objective] as Figures.Name),
        },
      },
      {
        data: { values: points },
        mark: {
          type: 'point',
          filled: true,
          size: 22,
          color: '#fefefe',
          stroke: '#010101',
          strokeWidth: 0.8,
          opacity: 0.85,
        },
        encoding: { x: Study.setting('x', a), y: Study.setting('y', b) },
      },
      ...(least === undefined
        ? []
        : [
            {
              data: {
                values: [{ x: Number(least.texts[places[0]]), y: Number(least.texts[places[1]]) }],
              },
              mark: { type: 'point', size: 170, color: '#010101', strokeWidth: 2.5 },
              encoding: { x: Study.setting('x', a), y: Study.setting('y', b) },
            },
          ]),
    ],
  }
}

/** A figure over the two settings that make the greatest difference to it; nothing where fewer are varied or known. */
export const heat = (study: Study.Study, objective: number): Picture | undefined => {
  const [i, j] = Study.greatest(study, objective)
  const name = study.objectives[objective]
  if (i === undefined || j === undefined || name === undefined) return undefined
  if (Study.known(study).length === 0) return undefined
  const settings = study.space.settings
  const others = settings.filter((_, k) => k !== i && k !== j).map((setting) => setting.name)
  const [a, b] = [settings[i]?.name ?? '', settings[j]?.name ?? '']
  return {
    name: `heat-${name}`,
    title: `${others.length === 0 ? 'Mean' : 'Least mean'} ${name} over ${a} and ${b}`,
    caption: sentences(
      extremes(study, objective),
      effectsInWords(study, objective),
      others.length === 0
        ? ''
        : `These two make the greatest difference; of ${others.join(', ')} a cell has the best: the least mean that was tried in it, whatever the others were, which says what can be had there.`,
      study.isGrid
        ? 'The brighter a cell, the less; where there is none, the settings are known to lose money.'
        : `The brighter a cell, the less${others.length === 0 ? ', of several sets of settings in it the least' : ''}; the dots are what was tried, the ring the least of all, and where there is no cell nothing was.`,
      unknown(study),
    ),
    spec: (study.isGrid ? gridSpec : partsSpec)(study, [i, j], objective),
  }
}

// Each by itself

/** Parts of a range whose means make a line. */
const PARTS = 5

/** A figure over each setting by itself. */
export const each = (study: Study.Study): Picture | undefined => {
  const rows = Study.known(study)
  const [name] = study.objectives
  if (rows.length === 0 || name === undefined) return undefined
  const { settings } = study.space
  const y = (title: string | null): Spec =>
    Study.figure('mean', name, { scale: { zero: false }, title })
  return {
    name: 'settings',
    title: `Mean ${name} over ${settings.length === 1 ? (settings[0]?.name ?? '') : 'each setting'}`,
    caption: sentences(
      extremes(study, 0),
      effectsInWords(study, 0),
      `A dot is a set of settings${settings.length === 1 ? '' : ', whatever the others are'}; the line is the mean in each fifth of the range. A line that is level says that the setting makes no difference by itself.`,
      unknown(study),
    ),
    spec: {
      columns: 2,
      spacing: 36,
      concat: settings.map((setting, i) => {
        const parts = Array.from({ length: PARTS }, (_, part) =>
          rows.filter(({ point }) => Study.partOf(point[i] ?? 0, PARTS) === part),
        ).filter(({ length }) => length > 0)
        return {
          width: settings.length === 1 ? 560 : 270,
          height: 190,
          layer: [
            {
              data: {
                values: rows.map(({ means, texts }) => ({ x: Number(texts[i]), mean: means[0] })),
              },
              mark: {
                type: 'point',
                filled: true,
                size: 36,
                opacity: rows.length > 200 ? 0.3 : 0.6,
                color: Palette.light.dutch,
              },
              encoding: { x: Study.setting('x', setting, 10), y: y(Study.figureTitle(name)) },
            },
            {
              data: {
                values: parts.map((own) => ({
                  x: Space.valueAt(setting, Statistics.mean(own.map(({ point }) => point[i] ?? 0))),
                  mean: Statistics.mean(own.map(({ means }) => means[0] as number)),
                })),
              },
              mark: { type: 'line', color: Palette.light.english, strokeWidth: 2 },
              encoding: { x: Study.setting('x', setting, 10), y: y(Study.figureTitle(name)) },
            },
          ],
        }
      }),
    },
  }
}
