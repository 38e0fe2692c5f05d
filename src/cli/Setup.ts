/**
 * Setup: the flags of `simulate` as scenarios, or the first thing that is wrong with them.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Csv, Positions, Prices } from '../codec/index.js'
import { Fixed } from '../core/index.js'
import { type Portfolio, PricePath } from '../market/index.js'
import { Scenario, Sources, Stage } from '../tuning/index.js'
import { Figures } from '../report/index.js'
import * as Auctions from './Auctions.js'
import * as Flag from './Flag.js'
import { mismatch, type Problem, unread } from './Io.js'
import type { OfDay } from './Task.js'
import type { Readable } from './Texts.js'

// Model

/** The flags of a day, as they were written. */
export interface Flags extends OfDay, Auctions.Flags {}

/** What was read of a day's flags. */
interface OfFlags {
  readonly _tag: 'Flags'
  readonly rows: readonly Prices.Row[]
  readonly gap: Prices.Gap | undefined
  readonly gwei: Fixed.Ray | undefined
  readonly positionsFrom: string
  readonly capital: Fixed.Rad
  readonly block: Fixed.Seconds
  readonly oracleDelay: Fixed.Seconds
  /** What they stand for, under the first terms. */
  readonly scenario: Scenario.Scenario
}

/** What is to be simulated, and what it was read of. */
export interface Setup {
  readonly file: string
  readonly seed: bigint
  readonly said: OfFlags | { readonly _tag: 'Scenario'; readonly scenario: Scenario.Scenario }
  readonly auctions: readonly Auctions.Named[]
  /** The stage but for the terms. */
  readonly common: Omit<Stage.Stage, 'terms'>
}

/** The days of prices that come with the package, which `--prices` knows by their dates. */
export const days: readonly string[] = ['2020-03-12', '2021-02-22', '2021-05-19']

/** What a flag is where it is not given. */
export const defaults = {
  prices: '2020-03-12',
  positions: '1000',
  auction: 'both',
  seed: '1',
  block: '12',
  oracleDelay: '600',
  bidders: '10',
  capital: '50000000',
} as const

const { FOLLOWED, MOST_BLOCKS } = Stage

// Constructors

/** The rows of a file, or of a day that comes with the package. */
export const readRows = (
  io: Readable,
  flag: string,
  prices: string,
): E.Either<Problem, { readonly file: string; readonly rows: readonly Prices.Row[] }> => {
  const day = days.includes(prices) ? `eth-crashes/${prices}.csv` : undefined
  const file = day === undefined ? prices : `data/${day}`
  return pipe(
    io.read(day === undefined ? prices : io.dataPath(day)),
    E.mapLeft((why) =>
      unread(flag, file, why, `a CSV file of prices, or one of ${days.join(', ')}`),
    ),
    E.chain((text) => pipe(Prices.parse(text), E.mapLeft(Csv.render(file)))),
    E.map((rows) => ({ file, rows })),
  )
}

const mostPositions = 100_000

/** The positions of a file. */
export const readEntries = (
  io: Readable,
  flag: string,
  file: string,
  wanted: string,
): E.Either<Problem, readonly Portfolio.Entry[]> =>
  pipe(
    io.read(file),
    E.mapLeft((why) => mismatch(flag, file, `${wanted} (as a file: ${why})`)),
    E.chain((text) => pipe(Positions.parse(text), E.mapLeft(Csv.render(file)))),
  )

/** The positions of a file, or so many drawn by the seed. */
const readPositions = (
  io: Readable,
  { positions }: Flags,
  seed: bigint,
): E.Either<Problem, { readonly from: string; readonly positions: Scenario.Positions }> => {
  if (/^-?\d+$/.test(positions))
    return pipe(
      Flag.whole(1, mostPositions)('--positions', positions),
      E.map((count) => ({
        from: `${count} drawn with seed ${seed}`,
        positions: { _tag: 'Drawn', count },
      })),
    )
  const wanted = `a whole number from 1 to ${mostPositions} or a CSV file`
  return pipe(
    readEntries(io, '--positions', positions, wanted),
    E.map((entries) => ({ from: positions, positions: { _tag: 'Listed', entries } })),
  )
}

/** What makes a day too long for its blocks: the end that was given, a row that is far off, or the blocks. */
const tooLong = (
  { block, file, rows, to }: Pick<Day, 'block' | 'file' | 'rows'> & { readonly to: Fixed.Seconds },
  { from, to: lastPrice }: PricePath.PricePath,
  given: string | undefined,
): Problem => {
  const longest = MOST_BLOCKS * block
  const why = `there would be more than ${MOST_BLOCKS} blocks of ${block} s`
  const enough = Math.ceil((to - from) / MOST_BLOCKS)
  if (given !== undefined && lastPrice - from <= longest)
    return mismatch(
      '--until',
      given,
      `at most ${Figures.utc(from + longest)}, or --block ${enough}: ${why}`,
    )
  const gap = O.toUndefined(Prices.longestGap(rows))
  // A file of which most is one gap has a time that is not meant.
  if (gap === undefined || gap.seconds * 2 < lastPrice - from)
    return mismatch('--block', String(block), `at least ${enough}: ${why} until ${Figures.utc(to)}`)
  const i = rows.findIndex(({ time }) => time > gap.after)
  return Csv.render(file)({
    rule: 'DEC-14',
    line: i + 2,
    field: 'time',
    found: String(rows[i]?.time),
    wanted: `a time nearer to ${gap.after}, that of the row before: ${why}`,
  })
}

interface Day {
  readonly file: string
  readonly rows: readonly Prices.Row[]
  readonly path: PricePath.PricePath
  readonly block: Fixed.Seconds
}

const readUntil = ({ until }: Flags, day: Day): E.Either<Problem, Fixed.Seconds> => {
  const { block, path } = day
  const { from, to } = path
  return pipe(
    until === undefined ? E.right(to + FOLLOWED) : Flag.after(to)('--until', until),
    E.filterOrElse(
      (at) => at >= from,
      () =>
        mismatch(
          '--until',
          until ?? '',
          `a time from ${Figures.utc(from)} on, when the prices begin`,
        ),
    ),
    E.filterOrElse(
      (at) => (at - from) / block <= MOST_BLOCKS,
      (at) => tooLong({ ...day, to: at }, path, until),
    ),
  )
}

/** Bidders of the plain kind, with so much together. */
const plainBidders = (count: number, capital: Fixed.Rad): Scenario.Bidders => ({
  _tag: 'Drawn',
  kinds: [{ kind: 'bidder', count, capital }],
})

const staged = (scenario: Scenario.Scenario): E.Either<Problem, Stage.Stage> =>
  pipe(Stage.make(scenario), E.mapLeft(Flag.unfit))

/**
 * Reads and checks everything before anything is printed: the flags, then the files, in the order of --help. Terms that
 * are given here are used instead of those that the flags name.
 */
export const read = (
  io: Readable,
  flags: Flags,
  given: readonly Auctions.Named[] | undefined,
): E.Either<Problem, Setup> =>
  pipe(
    E.Do,
    E.apS('seed', Flag.integer('--seed', flags.seed)),
    E.apS('block', Flag.whole(1, 86_400, ' (seconds)')('--block', flags.block)),
    E.apS('oracleDelay', Flag.whole(0, 604_800, ' (seconds)')('--oracle-delay', flags.oracleDelay)),
    E.apS('bidderCount', Flag.whole(1, 1000)('--bidders', flags.bidders)),
    E.apS('capital', Flag.money('--capital', flags.capital)),
    E.apS('gwei', flags.gas === undefined ? E.right(undefined) : Flag.gwei('--gas', flags.gas)),
    E.apSW('auctions', given === undefined ? Auctions.readAuctions(io, flags) : E.right(given)),
    E.apSW('prices', readRows(io, '--prices', flags.prices)),
    E.bindW('until', ({ block, prices }) =>
      readUntil(flags, { ...prices, path: PricePath.make(prices.rows), block }),
    ),
    E.bindW('book', ({ seed }) => readPositions(io, flags, seed)),
    E.bindW(
      'scenario',
      ({ auctions, bidderCount, block, book, capital, gwei, oracleDelay, prices, seed, until }) =>
        E.right<Problem, Scenario.Scenario>({
          ...Scenario.plain,
          seed,
          prices: { _tag: 'Rows', rows: prices.rows },
          ...(gwei === undefined ? {} : { gas: { _tag: 'Constant', gwei } }),
          blocks: { _tag: 'Fixed', every: block },
          oracle: Sources.late(oracleDelay),
          positions: book.positions,
          bidders: plainBidders(bidderCount, capital),
          until,
          terms: (auctions[0] as Auctions.Named).terms,
        }),
    ),
    E.bindW('common', ({ scenario }) => staged(scenario)),
    E.map(
      ({
        auctions,
        block,
        book,
        capital,
        common,
        gwei,
        oracleDelay,
        prices,
        scenario,
        seed,
      }): Setup => ({
        file: prices.file,
        seed,
        said: {
          _tag: 'Flags',
          rows: prices.rows,
          gap: O.toUndefined(Prices.longestGap(prices.rows)),
          gwei,
          positionsFrom: book.from,
          capital,
          block,
          oracleDelay,
          scenario,
        },
        auctions,
        common,
      }),
    ),
  )

/** The same with the default capital and delay, to compare with; nothing where both are the default. */
export const reference = ({ common, said }: Setup): Setup['common'] | undefined => {
  if (said._tag === 'Scenario') return undefined
  const { capital, oracleDelay, scenario } = said
  const delay = Number(defaults.oracleDelay)
  const money = Fixed.rad(BigInt(defaults.capital) * Fixed.RAD)
  if (capital === money && oracleDelay === delay) return undefined
  const bidders = plainBidders(common.bidders.length, money)
  return O.toUndefined(O.fromEither(staged({ ...scenario, bidders, oracle: Sources.late(delay) })))
}
