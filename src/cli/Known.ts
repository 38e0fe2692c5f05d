/**
 * Known: Black Thursday and Gauntlet's settings, as the command line tells of them.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Decimal, type Prices } from '../codec/index.js'
import { Fixed } from '../core/index.js'
import { Figures, Numbers } from '../report/index.js'
import { BlackThursday, Counts, Gauntlet } from '../study/index.js'
import { Simulate, Statistics } from '../tuning/index.js'
import * as Flag from './Flag.js'
import type { Io, Problem } from './Io.js'

export interface Flags {
  readonly seeds: string
  readonly budget: string
  readonly json?: boolean
}

export const defaults = { seeds: '3', budget: '40' } as const

interface Day {
  readonly name: string
  readonly rows: readonly Prices.Row[]
}

const print = (io: Io, isJson: boolean, value: unknown, text: () => string): void => {
  io.out(isJson ? `${JSON.stringify(value, null, 2)}\n` : text())
}

// Black Thursday

/** Gas as it was, less, and more. */
const congestions = [25n, 50n, 100n, 150n, 200n] as const

const inWords: Readonly<Record<BlackThursday.Remedy, string>> = {
  none: 'as it was',
  reserve: 'a reserve of half',
  longerBids: 'bids of 12 h',
  fallingPrice: 'a falling price',
  fallingOnce: 'the same, no reset',
}

interface Cell {
  readonly gas: number
  readonly remedy: BlackThursday.Remedy
  /** Of every seed. */
  readonly found: readonly BlackThursday.Found[]
}

const sharesOf = ({ found }: Cell): readonly number[] =>
  found.map(({ lots, nearZero }) => nearZero / lots)

type Sum = 'badDebt' | 'openDebt'

const meanOf = ({ found }: Cell, sum: Sum): Fixed.Rad =>
  Fixed.rad(found.reduce((all, one) => all + one[sum], 0n) / BigInt(found.length))

const percents = (cell: Cell): string =>
  `${Numbers.meanOf(sharesOf(cell), (share) => (100 * share).toFixed(1))} %`

const sums =
  (sum: Sum) =>
  ({ found }: Cell): string =>
    Numbers.meanOf(
      found.map((one) => Counts.money(one[sum])),
      (value) => Figures.count(Math.round(value)),
    )

const blackText = (cells: readonly Cell[], seeds: number): string => {
  const gases = [...new Set(cells.map(({ gas }) => gas))]
  const table = (text: (cell: Cell) => string): string =>
    Figures.table([
      ['', ...BlackThursday.remedies.map((remedy) => inWords[remedy])],
      ...gases.map((gas) => [
        `${gas} × the gas`,
        ...cells.filter((cell) => cell.gas === gas).map(text),
      ]),
    ])
  return [
    `12 March 2020, 300 positions, mean of ${Figures.counted(seeds, 'seed')}${seeds > 1 ? ' ± standard error' : ''} (spec/28-blackthursday.md).`,
    '',
    'Lots sold for less than a hundredth of what they were worth:',
    table(percents),
    'Bad debt:',
    table(sums('badDebt')),
    'Debt still open when the day ends:',
    table(sums('openDebt')),
    'A reserve of half excludes such sales by construction: what nobody bids half for stays open.',
    'A falling price sells no lot so because a stale one starts again near the market: without that reset it falls to nothing.',
    'After the day prices stay, and gas costs what it did when the day began: what is open then is sold in calm. Without that, shares are higher and what a reserve keeps stays open.',
    '',
  ].join('\n')
}

/** The share of lots sold for next to nothing, as congestion grows, and under each remedy. */
export const blackThursday = (
  io: Io,
  flags: Flags,
  rows: readonly Prices.Row[],
): E.Either<Problem, 0> =>
  pipe(
    Flag.whole(1, 1000)('--seeds', flags.seeds),
    E.chain((seeds) => {
      const wanted = congestions.flatMap((hundredths) =>
        BlackThursday.remedies.map((remedy) => ({ hundredths, remedy })),
      )
      const progress = io.progress('running')
      const cells = pipe(
        wanted,
        E.traverseArrayWithIndex((i, { hundredths, remedy }) => {
          const gas = Fixed.ray((hundredths * Fixed.RAY) / 100n)
          return pipe(
            Array.from({ length: seeds }, (_, seed) => BigInt(seed + 1)),
            E.traverseArrayWithIndex((j, seed) => {
              progress.update((i + j / seeds) / wanted.length)
              return pipe(
                Simulate.run(BlackThursday.scenario(rows, seed, gas, remedy)),
                E.bimap(Flag.unfit, BlackThursday.found(BlackThursday.endOf(rows))),
              )
            }),
            E.map((found): Cell => ({ gas: Number(hundredths) / 100, remedy, found })),
          )
        }),
      )
      progress.stop()
      return pipe(
        cells,
        E.map((all) => {
          const told = all.map((cell) => ({
            gas: cell.gas,
            remedy: cell.remedy,
            shareNearZero: Statistics.mean(sharesOf(cell)),
            badDebt: Decimal.formatRad(meanOf(cell, 'badDebt')),
            openDebt: Decimal.formatRad(meanOf(cell, 'openDebt')),
            seeds: cell.found.map(({ lots, nearZero }) => ({ lots, nearZero })),
          }))
          print(io, flags.json === true, told, () => blackText(all, seeds))
          return 0 as const
        }),
      )
    }),
  )

// Gauntlet

/** Which of them loses less, where the interval leaves no doubt. */
const less = ({ from, to }: Statistics.Interval): 'published' | 'found here' | undefined =>
  from > 0 ? 'found here' : to < 0 ? 'published' : undefined

const conclusion = ({ apart: [all], ours, theirs }: Gauntlet.Found): string => {
  if (ours.texts.join(' ') === theirs.texts.join(' '))
    return 'Nothing else that was tried loses less on the runs searched.'
  const one = all === undefined ? undefined : less(all.interval)
  return one === undefined
    ? 'Over all, which of them loses less is not sure.'
    : `Over all, what was ${one} loses less.`
}

const gauntletText = (found: Gauntlet.Found): string => {
  const { apart, names, ours, theirs, tried } = found
  return [
    `Gauntlet's settings for Liquidations 2.0 beside the best of them and ${Figures.counted(tried, 'other')} tried here (spec/29-gauntlet.md).`,
    "Loss: bad debt, owners' loss and rewards together; mean ± standard error. Ten bidders have 50 million together.",
    '',
    Figures.table([
      ['', 'published', 'found here'],
      ...names.map((name, i) => [name, theirs.texts[i] ?? '', ours.texts[i] ?? '']),
      ['loss on the runs searched', Numbers.meanOf(theirs.searched), Numbers.meanOf(ours.searched)],
      ['loss on other runs', Numbers.meanOf(theirs.heldOut), Numbers.meanOf(ours.heldOut)],
    ]),
    'How much less what was found loses on a day and on stress that the search did not see, run by run, with 95 % confidence:',
    Figures.table([
      ['', 'less', 'loses less'],
      ...apart.map(({ interval, name }) => [
        name,
        Numbers.interval(interval),
        less(interval) ?? 'not sure',
      ]),
    ]),
    conclusion(found),
    '',
  ].join('\n')
}

/** Their settings and ours. */
export const gauntlet = (io: Io, flags: Flags, days: readonly Day[]): E.Either<Problem, 0> =>
  pipe(
    E.Do,
    E.apS('seeds', Flag.whole(2, 1000)('--seeds', flags.seeds)),
    E.apS('budget', Flag.whole(1, 100_000)('--budget', flags.budget)),
    E.chain(({ budget, seeds }) => {
      const progress = io.progress('searching')
      // Both sides have stress, one has all days but the last, the other the last.
      const most = seeds * ((budget + 1) * days.length + 2 * 2)
      let done = 0
      const found = Gauntlet.run({ days, seeds, budget, seed: 1n }, () => {
        done += 1
        progress.update(done / most)
      })
      progress.stop()
      return pipe(found, E.mapLeft(Flag.unfit))
    }),
    E.map((found) => {
      print(io, flags.json === true, found, () => gauntletText(found))
      return 0 as const
    }),
  )
