/**
 * Study: the commands that repeat what is known: StableSims' study, its record beside ours and what a reward buys, and those of Known.
 */

import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Csv, Prices } from '../codec/index.js'
import { Fixed } from '../core/index.js'
import { Agreement, Archive, Experiment, Rewards } from '../study/index.js'
import * as Flag from './Flag.js'
import * as Known from './Known.js'
import { type Io, mismatch, type Problem } from './Io.js'
import * as Setup from './Setup.js'
import type { Outcome } from './Stored.js'
import * as Studied from './Studied.js'

export interface Flags {
  readonly date?: string
  readonly draws: string
  readonly orders: string
  readonly populations: string
  readonly vaults: string
  readonly save?: string
  readonly seeds: string
  readonly budget: string
  readonly json?: boolean
}

const defaults = { draws: '40', orders: '0', populations: '40', vaults: 'drawn' } as const

/** A file that comes with the package, read. */
const fileOf = <A>(
  io: Io,
  name: string,
  parse: (text: string) => E.Either<Csv.Problem, A>,
): E.Either<Problem, A> =>
  pipe(
    io.read(io.dataPath(name)),
    E.mapLeft((why) => `data/${name}: ${why}, wanted the file that comes with the package`),
    E.chain((text) => pipe(parse(text), E.mapLeft(Csv.render(`data/${name}`)))),
  )

interface Day {
  readonly date: string
  readonly steps: readonly Experiment.Step[]
}

const readDays = (io: Io, { date }: Flags): E.Either<Problem, readonly Day[]> =>
  date !== undefined && !Setup.days.includes(date)
    ? E.left(mismatch('--date', date, Setup.days.join(', ')))
    : pipe(
        date === undefined ? Setup.days : [date],
        E.traverseArray((one) =>
          pipe(
            fileOf(io, `eth-crashes/${one}.csv`, Prices.parse),
            E.map((rows) => ({ date: one, steps: Experiment.steps(rows) })),
          ),
        ),
      )

const read = (io: Io, flags: Flags) =>
  pipe(
    E.Do,
    E.apS('draws', Flag.whole(2, 10_000)('--draws', flags.draws)),
    E.apS('orders', Flag.whole(0, 10_000_000)('--orders', flags.orders)),
    E.apS('populations', Flag.whole(2, 10_000)('--populations', flags.populations)),
    E.apS('from', Flag.oneOf('drawn', 'recorded')('--vaults', flags.vaults)),
    E.apS('days', readDays(io, flags)),
    E.apS('vaults', fileOf(io, 'stablesims/vaults.csv', Archive.parseVaults)),
  )

/** A day's cases, each with the order that is known to give it. */
const casesOf = (runs: readonly Archive.Run[], vaults: Archive.Vaults, { date, steps }: Day) =>
  runs.flatMap((run): readonly Agreement.Case[] => {
    const owned = vaults.get(Archive.keyOf(run))
    return run.date === date && owned !== undefined ? [{ run, day: steps, vaults: owned }] : []
  })

/** Their record beside ours: 1 where a run is not given by any order that was tried. */
const stablesims = (io: Io, flags: Flags): E.Either<Problem, 0 | 1> =>
  pipe(
    read(io, flags),
    E.bind('runs', () => fileOf(io, 'stablesims/isolated.csv', Archive.parseRuns)),
    E.bind('known', () => fileOf(io, 'stablesims/orders.csv', Archive.parseOrders)),
    E.chain(({ days, draws, known, orders, runs, vaults }) => {
      const cases = days.flatMap((day) => casesOf(runs, vaults, day))
      const progress = io.progress('running')
      // What gives one run of a population often gives another.
      const tried = new Map<string, Set<number>>()
      const all = cases.map((one, i) => {
        progress.update(i / cases.length)
        const key = Archive.keyOf(one.run)
        const own = known.get(Archive.nameOf(one.run))
        const before = tried.get(key) ?? new Set()
        const beside = Agreement.beside(one, own === undefined ? before : [own], orders, draws)
        if (beside.order !== undefined) tried.set(key, before.add(beside.order))
        return beside
      })
      progress.stop()
      const found = all.flatMap(({ order, run }) =>
        order === undefined ? [] : [[run, order] as const],
      )
      if (flags.save !== undefined) {
        const written = io.write(flags.save, Archive.formatOrders(found))
        if (E.isLeft(written))
          return E.left(
            mismatch('--save', flags.save, `a file that can be written: ${written.left}`),
          )
      }
      const cells = Agreement.cells(all)
      io.out(flags.json === true ? Studied.agreementJson(cells) : Studied.agreement(cells, draws))
      return E.right(found.length === all.length ? 0 : 1)
    }),
  )

/** In thousandths of a dollar, and in hundred-thousandths of the target. */
const flats = [0, 1, 2, 5, 10, 20, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]
const rates = [0, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]

const ofFlat = (dollars: number): Experiment.Reward => ({
  tip: Fixed.rad(BigInt(dollars) * Fixed.RAD),
  chip: Fixed.wad(0n),
})
const ofRate = (parts: number): Experiment.Reward => ({
  tip: Fixed.rad(0n),
  chip: Fixed.wad((BigInt(parts) * Fixed.WAD) / 100_000n),
})

const populationsOf = (
  from: 'drawn' | 'recorded',
  count: number,
  vaults: Archive.Vaults,
  date: string,
): readonly Rewards.Population[] =>
  from === 'drawn'
    ? Array.from({ length: count }, (_, i) => ({ seed: BigInt(i + 1), vaults: undefined }))
    : [...vaults]
        .filter(([key]) => key.startsWith(`${date}/`))
        .map(([, owned], i) => ({ seed: BigInt(i + 1), vaults: owned }))

/** What a reward buys. */
const rewards = (io: Io, flags: Flags): E.Either<Problem, 0> =>
  pipe(
    read(io, flags),
    E.map(({ days, from, populations: count, vaults }) => {
      const progress = io.progress('running')
      const curves = days.map(({ date, steps }, i): Studied.Curves => {
        const populations = populationsOf(from, count, vaults, date)
        const all = populations.length * (flats.length + rates.length) * days.length
        let done = (i / days.length) * all
        const onRun = (): void => {
          done += 1
          if (done % 16 === 0) progress.update(done / all)
        }
        return {
          date,
          populations: populations.length,
          flat: Rewards.curve(steps, flats.map(ofFlat), populations, onRun),
          rate: Rewards.curve(steps, rates.map(ofRate), populations, onRun),
        }
      })
      progress.stop()
      io.out(flags.json === true ? Studied.curvesJson(curves) : Studied.curves(curves, from))
      return 0 as const
    }),
  )

/** The rows of days that come with the package, by their dates. */
const rowsOf = (io: Io, dates: readonly string[]) =>
  pipe(
    dates,
    E.traverseArray((name) =>
      pipe(
        fileOf(io, `eth-crashes/${name}.csv`, Prices.parse),
        E.map((rows) => ({ name, rows })),
      ),
    ),
  )

const studies = ['stablesims', 'rewards', 'black-thursday', 'gauntlet'] as const

type What = (typeof studies)[number]

/** Which studies take a flag; all take the others. */
const takers: readonly (readonly [flag: keyof Flags, ...takers: readonly What[]])[] = [
  ['date', 'stablesims', 'rewards'],
  ['draws', 'stablesims'],
  ['orders', 'stablesims'],
  ['save', 'stablesims'],
  ['populations', 'rewards'],
  ['vaults', 'rewards'],
  ['seeds', 'black-thursday', 'gauntlet'],
  ['budget', 'gauntlet'],
]

/** What was written for another study would be lost without a word. */
const fitting = (what: What, written: (flag: string) => boolean): E.Either<Problem, What> => {
  const [stray] = takers.filter(([flag, ...own]) => !own.includes(what) && written(flag))
  if (stray === undefined) return E.right(what)
  const [flag, ...own] = stray
  return E.left(`--${flag}: study ${what} does not take it, wanted with study ${own.join(' or ')}`)
}

const run = (
  io: Io,
  name: string,
  flags: Flags,
  written: (flag: string) => boolean,
): E.Either<Problem, 0 | 1> =>
  pipe(
    Flag.oneOf(...studies)('what', name),
    E.chain((what) => fitting(what, written)),
    E.chain((what): E.Either<Problem, 0 | 1> => {
      switch (what) {
        case 'stablesims':
          return stablesims(io, flags)
        case 'rewards':
          return rewards(io, flags)
        case 'black-thursday':
          return pipe(
            fileOf(io, 'eth-crashes/2020-03-12.csv', Prices.parse),
            E.chain((rows) => Known.blackThursday(io, flags, rows)),
          )
        case 'gauntlet':
          return pipe(
            rowsOf(io, Setup.days),
            E.chain((days) => Known.gauntlet(io, flags, days)),
          )
      }
    }),
  )

/** This command. */
export const study = (program: Command, done: (outcome: Outcome) => void, io: Io): Command =>
  program
    .command('study')
    .description(
      "Repeat what is known: StableSims' study of what Maker pays its keepers, the lots that Black Thursday sold for nothing, Gauntlet's settings.",
    )
    .argument(
      '<what>',
      'stablesims: each run of its record beside ours; rewards: time and dollars for each reward; black-thursday: lots sold for next to nothing as congestion grows, and what keeps lots from it; gauntlet: the settings that it published beside those that a search finds',
    )
    .option(
      '--date <day>',
      `stablesims, rewards: one of ${Setup.days.join(', ')} (default: all of them)`,
    )
    .option('--draws <n>', 'stablesims: how many days are drawn for each run', defaults.draws)
    .option(
      '--orders <n>',
      'stablesims: how many orders of steps are tried for a run that the known one does not give',
      defaults.orders,
    )
    .option(
      '--save <file>',
      'stablesims: write which order gives each run, as data/stablesims/orders.csv',
    )
    .option('--populations <n>', 'rewards: how many populations are drawn', defaults.populations)
    .option(
      '--vaults <drawn|recorded>',
      'rewards: the vaults of populations that are drawn, or those of the record',
      defaults.vaults,
    )
    .option('--seeds <n>', 'black-thursday, gauntlet: how many seeds', Known.defaults.seeds)
    .option('--budget <n>', 'gauntlet: how many settings are tried', Known.defaults.budget)
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      `
Exit status: 0 done, 1 a run is not given by any order (stablesims alone), 2 bad input or output.

Example:
  knockdown study stablesims --date 2020-03-12 --draws 10
  knockdown study rewards --date 2021-05-19 --populations 5`,
    )
    .action((what: string, flags: Flags, command: Command) => {
      done(run(io, what, flags, (flag) => command.getOptionValueSource(flag) === 'cli'))
    })
