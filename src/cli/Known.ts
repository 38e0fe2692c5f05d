/**
 * Known: Black Thursday and Gauntlet's settings, as the command line tells of them.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Decimal, type Prices } from '../codec/index.js'
import { Fixed } from '../core/index.js'
import { Figures, Numbers } from '../report/index.js'
import { BlackThursday, Gauntlet } from '../study/index.js'
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
}

interface Cell {
  readonly gas: number
  readonly remedy: BlackThursday.Remedy
  /** Of every seed. */
  readonly found: readonly BlackThursday.Found[]
}

const shareOf = ({ found }: Cell): number =>
  Statistics.mean(found.map(({ lots, nearZero }) => nearZero / lots))

const badOf = ({ found }: Cell): Fixed.Rad =>
  Fixed.rad(found.reduce((sum, { badDebt }) => sum + badDebt, 0n) / BigInt(found.length))

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

const blackText = (cells: readonly Cell[], seeds: number): string => {
  const row = (gas: number, text: (cell: Cell) => string): readonly string[] => [
    `${gas} × the gas`,
    ...BlackThursday.remedies.map((remedy) => {
      const cell = cells.find((one) => one.gas === gas && one.remedy === remedy)
      return cell === undefined ? '' : text(cell)
    }),
  ]
  const gases = [...new Set(cells.map(({ gas }) => gas))]
  const head = ['', ...BlackThursday.remedies.map((remedy) => inWords[remedy])]
  return [
    `12 March 2020, 300 positions, mean of ${Figures.counted(seeds, 'seed')} (spec/28-blackthursday.md).`,
    '',
    'Lots sold for less than a hundredth of what they were worth:',
    Figures.table([head, ...gases.map((gas) => row(gas, (cell) => percent(shareOf(cell))))]),
    'Bad debt:',
    Figures.table([head, ...gases.map((gas) => row(gas, (cell) => Figures.money(badOf(cell))))]),
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
                E.bimap(Flag.unfit, BlackThursday.found),
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
            shareNearZero: shareOf(cell),
            badDebt: Decimal.formatRad(badOf(cell)),
            seeds: cell.found.map(({ lots, nearZero }) => ({ lots, nearZero })),
          }))
          print(io, flags.json === true, told, () => blackText(all, seeds))
          return 0 as const
        }),
      )
    }),
  )

// Gauntlet

const spread = (values: readonly number[]): string =>
  Numbers.withError(Statistics.mean(values), Statistics.standardError(values))

const gauntletText = ({ apart, names, ours, theirs, tried }: Gauntlet.Found): string => {
  const [all] = apart
  const sure =
    all === undefined || (all.interval.from <= 0 && all.interval.to >= 0)
      ? 'Which of them loses less is not sure.'
      : all.interval.mean > 0
        ? 'What was found here loses less.'
        : 'What was published loses less.'
  return [
    `Gauntlet's settings for Liquidations 2.0 beside the best of ${Figures.counted(tried, 'setting')} tried here (spec/29-gauntlet.md).`,
    "Loss: bad debt, owners' loss and rewards together; mean ± standard error.",
    '',
    Figures.table([
      ['', 'published', 'found here'],
      ...names.map((name, i) => [name, theirs.texts[i] ?? '', ours.texts[i] ?? '']),
      ['loss on the runs searched', spread(theirs.searched), spread(ours.searched)],
      ['loss on other runs', spread(theirs.heldOut), spread(ours.heldOut)],
    ]),
    'How much less what was found loses on runs that were not searched, run by run, with 95 % confidence:',
    Figures.table(apart.map(({ interval, name }) => [name, Numbers.interval(interval)])),
    sure,
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
      const most = (budget + 3) * seeds * (days.length + 1)
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
