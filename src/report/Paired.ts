/**
 * Paired: two sets of terms on the same runs: in which figures they differ, and of each figure how both are spread and
 * what the difference is, day by day.
 *
 * Laws: REP-17 (spec/24-report.md).
 */

import { type Figures, Statistics } from '../tuning/index.js'
import * as Intervals from './Intervals.js'
import * as Numbers from './Numbers.js'
import { type Picture, sentences, WIDTH } from './Picture.js'
import * as Study from './Study.js'

// Model

/** One figure on each run, under the one and under the other. */
export interface Pair {
  readonly name: Figures.Name
  readonly a: readonly number[]
  readonly b: readonly number[]
}

export interface Paired {
  /** What the terms are called. */
  readonly a: string
  readonly b: string
  /** The day of each run. */
  readonly days: readonly string[]
  readonly pairs: readonly Pair[]
}

// Queries

const differences = ({ a, b }: Pair): readonly number[] =>
  a.map((value, i) => value - (b[i] as number))

const differs = (pair: Pair): boolean => differences(pair).some((difference) => difference !== 0)

const row = (name: string, runs: readonly number[]): Intervals.Row => ({
  name,
  runs,
  interval: Statistics.interval(runs),
})

/** The difference on all runs, and on those of each day where there are several (REP-17). */
export const byDay = ({ days }: Paired, pair: Pair): readonly Intervals.Row[] => {
  const all = differences(pair)
  const names = [...new Set(days)]
  return [
    row('all runs', all),
    ...(names.length < 2
      ? []
      : names.map((name) =>
          row(
            name,
            all.filter((_, i) => days[i] === name),
          ),
        )),
  ]
}

/** The difference as a share of the greater of both means, which all figures have in common; nothing where that is 0. */
export const share = (pair: Pair): Intervals.Row | undefined => {
  const most = Math.max(...[pair.a, pair.b].map((runs) => Math.abs(Statistics.mean(runs))))
  return most > 0
    ? row(
        pair.name,
        differences(pair).map((difference) => difference / most),
      )
    : undefined
}

// In words

const sideOf = ({ interval }: Intervals.Row): 'a' | 'b' | 'neither' => {
  const side = interval === undefined ? 0 : Intervals.side(interval)
  return side < 0 ? 'a' : side > 0 ? 'b' : 'neither'
}

/** Which of some have less under the one, and under the other, and of which that is not sure. */
const bySide = (rows: readonly Intervals.Row[], after: string): string =>
  (['a', 'b', 'neither'] as const)
    .flatMap((side) => {
      const names = rows.filter((one) => sideOf(one) === side).map(({ name }) => name)
      return names.length === 0
        ? []
        : [`${side === 'neither' ? 'not sure' : `less under ${side}`}${after}: ${names.join(', ')}`]
    })
    .join('; ')

const named = ({ a, b }: Paired): string => `a is ${a}, b is ${b}.`

const verdict = (all: Intervals.Row): string => {
  const lower = all.runs.filter((difference) => difference > 0).length
  const says = {
    a: ': all of it below 0, so a has less on such runs',
    b: ': all of it above 0, so b has less on such runs',
    neither: all.interval === undefined ? '' : ': it holds 0, so these runs do not tell them apart',
  }[sideOf(all)]
  return `a − b, run by run: ${Numbers.interval(all.interval)}${says}; b has less on ${lower} of ${all.runs.length} runs.`
}

// Pictures

/** In which figures they differ; nothing where they do in none. */
const overview = (paired: Paired): Picture | undefined => {
  const rows = paired.pairs.filter(differs).flatMap((pair) => share(pair) ?? [])
  if (rows.length === 0) return undefined
  const same = paired.pairs.filter((pair) => !differs(pair)).map(({ name }) => name)
  return {
    name: 'differences',
    title: 'In which figures they differ',
    caption: sentences(
      named(paired),
      `With 95 % confidence, ${bySide(rows, '')}${same.length === 0 ? '' : `; the same on every run: ${same.join(', ')}`}.`,
      'The diamond is the mean of a − b, and the bar where that is with 95 % confidence, as a share of the greater of both means: right of 0 b has less, left of it a.',
      'Where there is no difference one bar in twenty misses 0 all the same.',
    ),
    // The runs of each figure are in its own picture.
    spec: Intervals.spec(
      rows.map((one) => (one.interval === undefined ? one : { ...one, runs: [] })),
      {
        title: 'a − b (share of the greater mean)',
        width: WIDTH - 60,
        step: 30,
        ticks: 6,
        isFromZero: true,
      },
    ),
  }
}

/** A figure under both, and its difference day by day. */
const figure = (paired: Paired, pair: Pair): Picture => {
  const rows = byDay(paired, pair)
  const [all = row('', []), ...days] = rows
  const title = Study.figureName(pair.name)
  const look = { width: 250, step: 34, ticks: 4 }
  return {
    name: `compare-${pair.name}`,
    title: `${pair.name} under a and b, and the difference`,
    caption: sentences(
      named(paired),
      `Mean ${pair.name}: a ${Numbers.meanOf(pair.a)}, b ${Numbers.meanOf(pair.b)}.`,
      verdict(all),
      days.length === 0 ? '' : `By day, ${bySide(days, ' on')}.`,
      `A ring is a run${pair.a.length > Intervals.MOST ? ', or one of a hundred that stand for more' : ''}, the diamond their mean, and the bar where that is with 95 % confidence.`,
      'In the picture to the right b has less right of 0, and a left of it.',
    ),
    spec: {
      spacing: 30,
      hconcat: [
        Intervals.spec([row('a', pair.a), row('b', pair.b)], {
          ...look,
          title,
          isFromZero: false,
        }),
        Intervals.spec(rows, { ...look, title: `a − b: ${title}`, isFromZero: true }),
      ],
    },
  }
}

/** Which figures differ, and each of those by itself. */
export const pictures = (paired: Paired): readonly Picture[] =>
  [overview(paired), ...paired.pairs.filter(differs).map((pair) => figure(paired, pair))].filter(
    (one) => one !== undefined,
  )
