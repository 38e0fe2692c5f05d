/**
 * Front: the settings that no other is better than in two or three figures at once, among all that were tried.
 *
 * Laws: REP-9 (spec/24-report.md).
 */

import { Pareto } from '../tuning/index.js'
import * as Numbers from './Numbers.js'
import * as Palette from './Palette.js'
import { type Picture, sentences, type Spec, WIDTH } from './Picture.js'
import * as Study from './Study.js'

/** The front, in the order of the first figure. */
export const rows = (study: Study.Study): readonly Study.Row[] =>
  [...Pareto.front(Study.known(study), ({ means }) => means)].sort(
    (a, b) => (a.means[0] as number) - (b.means[0] as number),
  )

const ends = (study: Study.Study, front: readonly Study.Row[]): string =>
  study.objectives
    .map((name, k) => {
      const row = Study.best(front, k)
      return row === undefined
        ? ''
        : `The least ${name}, ${Numbers.shown(row.means[k] as number)}, has ${study.objectives
            .flatMap((other, o) =>
              o === k ? [] : [`${other} ${Numbers.shown(row.means[o] as number)}`],
            )
            .join(' and ')} (${Study.inWords(study.space, row.texts)}).`
    })
    .join(' ')

/** The front of two or three figures; nothing of one, or of more than can be drawn. */
export const picture = (study: Study.Study): Picture | undefined => {
  const [a, b, c] = study.objectives
  const front = rows(study)
  if (a === undefined || b === undefined || study.objectives.length > 3 || front.length === 0)
    return undefined
  const on = new Set(front)
  const at = ({ errors, means, texts }: Study.Row): Spec => ({
    x: means[0],
    y: means[1],
    ...(c === undefined ? {} : { z: means[2] }),
    x0: (means[0] as number) - (errors[0] ?? 0),
    x1: (means[0] as number) + (errors[0] ?? 0),
    y0: (means[1] as number) - (errors[1] ?? 0),
    y1: (means[1] as number) + (errors[1] ?? 0),
    settings: texts.join(' '),
  })
  const x = Study.figure('x', a, { scale: { zero: false } })
  const y = Study.figure('y', b, { scale: { zero: false } })
  const values = front.map(at)
  const error = { type: 'rule', color: Palette.light.best, opacity: 0.5 }
  const { length } = Study.known(study)
  return {
    name: 'front',
    title: `${study.objectives.join(', ')}: the Pareto front`,
    caption: sentences(
      `Of ${length} sets of settings ${front.length === 1 ? '1 is' : `${front.length} are`} on the front, the larger marks: no other is as good in every figure and better in one.`,
      ends(study, front),
      c === undefined
        ? 'To go along the line is to give up some of the one for less of the other; the bars are a standard error to each side.'
        : `The brighter a mark, the less ${c}; the bars are a standard error to each side.`,
    ),
    spec: {
      width: WIDTH - 60,
      height: 340,
      layer: [
        {
          data: {
            values: Study.known(study)
              .filter((row) => !on.has(row))
              .map(at),
          },
          mark: {
            type: 'point',
            filled: true,
            size: 30,
            color: Palette.light.market,
            opacity: 0.5,
          },
          encoding: { x, y },
        },
        {
          data: { values },
          mark: error,
          encoding: { x: { ...x, field: 'x0' }, x2: { field: 'x1' }, y },
        },
        {
          data: { values },
          mark: error,
          encoding: { x, y: { ...y, field: 'y0' }, y2: { field: 'y1' } },
        },
        ...(c === undefined
          ? [
              {
                data: { values },
                mark: { type: 'line', interpolate: 'step-after', color: Palette.light.best },
                encoding: { x, y },
              },
            ]
          : []),
        {
          data: { values },
          mark: {
            type: 'point',
            filled: true,
            size: 90,
            opacity: 1,
            color: Palette.light.best,
            stroke: Palette.light.ink,
            strokeWidth: 0.8,
          },
          encoding: {
            x,
            y,
            ...(c === undefined
              ? {}
              : {
                  color: Study.brightness('z', c),
                }),
          },
        },
      ],
    },
  }
}
