/**
 * Search: how a search for settings went, and how sure its end is: what was tried one after the other, the best against
 * those in force and the next best on runs that were not searched, and what each setting does near the best.
 *
 * Laws: REP-10 (spec/24-report.md).
 */

import { type Figures, Statistics } from '../tuning/index.js'
import * as Intervals from './Intervals.js'
import * as Numbers from './Numbers.js'
import * as Palette from './Palette.js'
import { number, type Picture, sentences, WIDTH } from './Picture.js'
import * as Study from './Study.js'

// Model

/** What a setting does near the best: the change of the figure over the whole of its range. */
export interface Slope {
  readonly name: string
  readonly change: Statistics.Interval | undefined
}

export interface Search {
  /** What was tried, in the order of trying. */
  readonly study: Study.Study
  /** The mean of the settings in force. */
  readonly inForce: number
  /** On the runs that were not searched, run by run. */
  readonly held: {
    readonly best: readonly number[]
    readonly inForce: readonly number[]
    readonly next: readonly number[] | undefined
  }
  readonly slopes: readonly Slope[]
}

// The course

/** The least mean so far, after each that was tried (REP-10). */
export const course = (means: readonly number[]): readonly number[] => {
  let least = Infinity
  return means.map((mean) => {
    least = Math.min(least, mean)
    return least
  })
}

/** Whether figures are so far apart that only their shares can be seen. */
const isWide = (values: readonly number[]): boolean =>
  Math.min(...values) > 0 && Math.max(...values) > 30 * Math.min(...values)

const ofCourse = ({ inForce, study }: Search, name: Figures.Name): Picture => {
  const means = Study.known(study).map(({ means: [mean] }) => mean as number)
  const soFar = course(means)
  const least = soFar.at(-1) ?? 0
  const found = means.indexOf(least) + 1
  const failed = study.rows.length - means.length
  const type = isWide([...means, inForce]) ? 'log' : 'linear'
  const x = number('n', 'settings tried, one after the other', {
    scale: { zero: false, nice: false, padding: 10 },
    axis: { format: 'd', tickMinStep: 1 },
  })
  const y = Study.figure('mean', name, { scale: type === 'log' ? { type } : { zero: false } })
  return {
    name: 'course',
    title: 'How the search went',
    caption: sentences(
      `Of ${means.length} settings the ${found === means.length && found > 1 ? 'last' : ordinal(found)} had the least mean ${name}, ${Numbers.shown(least)}; those in force have ${Numbers.shown(inForce)}, the dashed line.`,
      'The green line is the least so far: where it has been level for long, more tries of the same kind would find little.',
      type === 'log' ? 'Equal steps up the axis are equal shares.' : '',
      failed === 0 ? '' : `Settings of which a run failed are not drawn: ${failed}.`,
    ),
    spec: {
      width: WIDTH,
      height: 240,
      layer: [
        {
          data: { values: [{ mean: inForce }] },
          mark: { type: 'rule', strokeDash: [5, 4], strokeWidth: 1.5, color: Palette.light.soft },
          encoding: { y },
        },
        {
          data: { values: means.map((mean, i) => ({ n: i + 1, mean })) },
          mark: { type: 'point', filled: true, size: 34, opacity: 0.8, color: Palette.light.dutch },
          encoding: { x, y },
        },
        {
          data: { values: soFar.map((mean, i) => ({ n: i + 1, mean })) },
          mark: {
            type: 'line',
            interpolate: 'step-after',
            strokeWidth: 2,
            color: Palette.light.best,
          },
          encoding: { x, y },
        },
      ],
    },
  }
}

const ordinal = (n: number): string => {
  const [tens, ones] = [n % 100, n % 10]
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][ones] ?? 'th')
  return `${n}${ending}`
}

// On runs that were not searched

/** The best less another, run by run (TUN-14). */
const differences = ({ held }: Search): readonly Intervals.Row[] =>
  [
    { name: 'best − in force', other: held.inForce },
    { name: 'best − next best', other: held.next },
  ].flatMap(({ name, other }) =>
    other === undefined
      ? []
      : [
          {
            name,
            runs: held.best.map((figure, i) => figure - (other[i] as number)),
            interval: Statistics.paired(held.best, other),
          },
        ],
  )

const verdict = ({ interval, name, runs }: Intervals.Row): string => {
  const lower = runs.filter((difference) => difference < 0).length
  const says =
    interval === undefined
      ? ''
      : {
          [-1]: ': all of it below 0, so the best is better on such runs',
          [0]: ': it holds 0, so these runs do not tell them apart',
          [1]: ': all of it above 0, so the best is worse on such runs',
        }[Intervals.side(interval)]
  return `${name}: ${Numbers.interval(interval)}${says}; lower on ${lower} of ${runs.length} runs.`
}

const look = (title: string): Intervals.Look => ({
  title,
  width: WIDTH - 60,
  step: 46,
  ticks: 6,
  isFromZero: true,
})

const ofHeld = (search: Search, name: Figures.Name): Picture => {
  const all = differences(search)
  return {
    name: 'held-out',
    title: 'The best on runs that were not searched',
    caption: sentences(
      ...all.map(verdict),
      'A ring is a run, the diamond their mean, and the bar where that is with 95 % confidence; left of 0 the best loses less.',
    ),
    spec: {
      // Each has an axis of its own: the best and the next best are mostly near each other.
      vconcat: all.map((one) =>
        Intervals.spec([one], look(`difference of ${Study.figureName(name)}`)),
      ),
    },
  }
}

// Slopes

const ofSlopes = ({ slopes }: Search, name: Figures.Name): Picture | undefined => {
  const known = slopes.flatMap(({ change, name: of }) =>
    change === undefined ? [] : [{ name: of, ...change }],
  )
  if (known.length === 0) return undefined
  const sorted = [...known].sort((a, b) => Math.abs(b.mean) - Math.abs(a.mean))
  const matters = sorted.filter(({ from, to }) => from > 0 || to < 0).map((one) => one.name)
  const missing = slopes.filter(({ change }) => change === undefined).map((one) => one.name)
  return {
    name: 'slopes',
    title: 'What each setting does near the best',
    caption: sentences(
      `How much the ${name} would change over the whole range of a setting if it went on as it does near the best, with 95 % confidence.`,
      matters.length === 0
        ? 'Every bar holds 0: these runs show of no setting that it makes a difference there.'
        : `The bar of ${matters.join(', ')} does not hold 0: ${matters.length === 1 ? 'that one makes' : 'those make'} a difference there.`,
      missing.length === 0
        ? ''
        : `Nothing is known of ${missing.join(', ')}: from one run, or with settings beside the best that are not safe.`,
    ),
    spec: Intervals.spec(
      sorted.map(({ name: of, ...interval }) => ({ name: of, runs: [], interval })),
      look(`change of ${Study.figureName(name)}`),
    ),
  }
}

/** The pictures of how a search went. */
export const pictures = (search: Search): readonly Picture[] => {
  const [name] = search.study.objectives
  return name === undefined || Study.known(search.study).length === 0
    ? []
    : [ofCourse(search, name), ofHeld(search, name), ofSlopes(search, name)].filter(
        (one) => one !== undefined,
      )
}
