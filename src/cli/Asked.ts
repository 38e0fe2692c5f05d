/**
 * Asked: what the commands that tune are asked: terms, the days and seeds to try them on, and what is varied.
 */

import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { TermsJson } from '../codec/index.js'
import type { Terms } from '../core/index.js'
import { Figures, Space } from '../tuning/index.js'
import * as Flag from './Flag.js'
import { type Io, mismatch, type Problem } from './Io.js'
import type * as Auctions from './Auctions.js'
import * as Setup from './Setup.js'
import * as Scene from './Scene.js'
import { type Case, fileOf, type Job, type OfDay } from './Task.js'
import * as Texts from './Texts.js'

// Model

/** The flags that say what is tried on what. */
export interface Flags extends Omit<OfDay, 'prices' | 'seed' | 'scenario'> {
  /** Instead of days, and of all that they are run with. */
  readonly scenario?: string
  readonly days?: string
  readonly holdOut?: string
  readonly terms: string
  readonly seeds: string
}

/** The flags of a command that runs given terms, and looks for none. */
export interface RunFlags extends Omit<Flags, 'terms'> {
  readonly threads: string
  readonly unchecked?: boolean
  readonly database?: string
  readonly csv?: string
  readonly json?: boolean
}

export interface Asked {
  readonly name: string
  readonly terms: Terms.Terms
  /** The days and seeds that settings are looked for with. */
  readonly cases: readonly Case[]
  /** Other days, where there is more than one, and other seeds. */
  readonly heldOut: readonly Case[]
  /** What all runs on them have in common. */
  readonly job: Job
}

export const defaults = {
  terms: 'dutch-default',
  seeds: '2',
  positions: '300',
  objective: 'loss',
  budget: '60',
} as const

// Days

/** The files of a folder, or the days that come with the package. */
const daysOf = (io: Io, folder: string | undefined): E.Either<Problem, readonly string[]> =>
  folder === undefined
    ? E.right(Setup.days)
    : pipe(
        io.list(folder),
        E.mapLeft((why) => mismatch('--days', folder, `a folder of CSV files of prices: ${why}`)),
        E.map((names) =>
          names
            .filter((name) => name.endsWith('.csv'))
            .sort()
            .map((name) => join(folder, name)),
        ),
        E.filterOrElse(
          (names) => names.length > 0,
          () => mismatch('--days', folder, 'a folder with CSV files of prices'),
        ),
      )

/** The days that are tried, and those that are not looked at until the end: the last, where none is named. */
const parted = (
  days: readonly string[],
  named: string | undefined,
): E.Either<Problem, readonly [readonly string[], readonly string[]]> => {
  if (named === undefined)
    return E.right(days.length > 1 ? [days.slice(0, -1), days.slice(-1)] : [days, days])
  const held = days.filter((day) => day === named || day.endsWith(`/${named}`))
  const rest = days.filter((day) => !held.includes(day))
  return held.length > 0 && rest.length > 0
    ? E.right([rest, held])
    : E.left(mismatch('--hold-out', named, `one of several days: ${days.join(', ')}`))
}

const caseOf = (flags: Omit<Flags, 'terms'>, day: string, seed: number): Case =>
  flags.scenario === undefined ? dayOf(flags, day, seed) : { scenario: day, seed: String(seed) }

const dayOf = (flags: Omit<Flags, 'terms'>, day: string, seed: number): OfDay => ({
  prices: day,
  positions: flags.positions,
  seed: String(seed),
  block: flags.block,
  oracleDelay: flags.oracleDelay,
  bidders: flags.bidders,
  capital: flags.capital,
  ...(flags.gas === undefined ? {} : { gas: flags.gas }),
  ...(flags.until === undefined ? {} : { until: flags.until }),
})

/** The days that are tried and those that are kept; a scenario is both, by other seeds. */
const triedOn = (
  io: Io,
  flags: Omit<Flags, 'terms'>,
): E.Either<Problem, readonly [readonly string[], readonly string[]]> => {
  const { days, holdOut, scenario } = flags
  if (scenario === undefined)
    return pipe(
      daysOf(io, days),
      E.chain((all) => parted(all, holdOut)),
    )
  const other = days === undefined ? (holdOut === undefined ? undefined : '--hold-out') : '--days'
  return other === undefined
    ? pipe(
        Scene.twice(flags),
        E.map(() => [[scenario], [scenario]]),
      )
    : E.left(`${other}: wanted no days beside a scenario`)
}

/** Each day can be read, and what is said of it is right: before anything is run. */
const checked =
  (io: Texts.Readable, { name, terms }: Auctions.Named) =>
  (cases: readonly Case[]): E.Either<Problem, readonly Case[]> =>
    pipe(
      cases,
      E.traverseArray((one) =>
        pipe(
          Scene.read(io, { ...one, auction: 'both' }, [{ name, terms }]),
          E.map(() => one),
        ),
      ),
    )

/** The days and seeds that terms are tried on, each of them read and found right. */
export const read = (
  io: Io,
  flags: Omit<Flags, 'terms'>,
  named: Auctions.Named,
): E.Either<Problem, Asked> => {
  const kept = Texts.keeping(io)
  const check = checked(kept.io, named)
  return pipe(
    E.Do,
    E.apS('seeds', Flag.whole(1, 10_000)('--seeds', flags.seeds)),
    E.bindW('days', () => triedOn(io, flags)),
    E.bindW('cases', ({ days: [tried], seeds }) =>
      check(
        tried.flatMap((day) => Array.from({ length: seeds }, (_, i) => caseOf(flags, day, i + 1))),
      ),
    ),
    E.bindW('heldOut', ({ days: [, held], seeds }) =>
      check(
        held.flatMap((day) =>
          Array.from({ length: seeds }, (_, i) => caseOf(flags, day, seeds + i + 1)),
        ),
      ),
    ),
    E.map(({ cases, heldOut }) => ({
      ...named,
      cases,
      heldOut,
      job: { base: TermsJson.format(named.terms), files: kept.texts },
    })),
  )
}

/** Where nobody looks for anything nothing is held out: every day is run with the same seeds. */
export const allOf = ({ cases, heldOut }: Asked): readonly Case[] => {
  const seeds = new Set(cases.map(({ seed }) => seed))
  const days = new Map([...cases, ...heldOut].map((one) => [fileOf(one), one]))
  return [...days.values()].flatMap((one) => [...seeds].map((seed) => ({ ...one, seed })))
}

/** The days and seeds of cases, in a few words. */
export const days = (cases: readonly Case[]): string => {
  const names = [...new Set(cases.map(fileOf))]
  const seeds = [...new Set(cases.map(({ seed }) => seed))]
  return `${names.join(', ')}; seeds ${seeds[0] ?? ''} to ${seeds.at(-1) ?? ''}`
}

// What is varied

/** Between which values a setting is varied where nobody says: wide, and safe in part. */
const ranges: Readonly<Record<string, Omit<Space.Range, 'name'>>> = {
  markup: { from: 1, to: 1.6 },
  stepEvery: { from: 5, to: 600, scale: 'log' },
  keepPerStep: { from: 0.9, to: 0.9995 },
  resetAfter: { from: 600, to: 20_000, scale: 'log' },
  resetBelow: { from: 0.1, to: 0.9 },
  reserve: { from: 0, to: 0.9 },
  flatReward: { from: 0, to: 1000 },
  rewardRate: { from: 0, to: 0.05 },
  penaltyRate: { from: 0, to: 0.25 },
  closeFactor: { from: 0.1, to: 1 },
  minRaise: { from: 0.005, to: 0.2, scale: 'log' },
  bidLasts: { from: 60, to: 21_600, scale: 'log' },
  lasts: { from: 600, to: 172_800, scale: 'log' },
}

const form = 'name or name=from:to or name=from:to:log, several with commas between'

const rangeOf = (text: string): E.Either<Problem, Space.Range> => {
  const [name = '', given] = text.split('=')
  const usual = ranges[name]
  if (given === undefined && usual !== undefined) return E.right({ name, ...usual })
  const [from = '', to = '', scale = 'linear', more] = given?.split(':') ?? []
  const isNumber = (word: string): boolean => /^-?\d+(\.\d+)?(e-?\d+)?$/i.test(word)
  if (given === undefined || !isNumber(from) || !isNumber(to) || more !== undefined)
    return E.left(
      mismatch(
        '--vary',
        text,
        given === undefined ? `${form}: without a range ${Object.keys(ranges).join(', ')}` : form,
      ),
    )
  return scale === 'linear' || scale === 'log'
    ? E.right({ name, from: Number(from), to: Number(to), scale })
    : E.left(mismatch('--vary', text, `linear or log for a scale; ${form}`))
}

/** What is wrong with a setting, its range or its value, in one line. */
export const unfit = (flag: string, why: Space.Unfit): Problem => {
  switch (why._tag) {
    case 'NoSuchSetting':
      return mismatch(flag, why.name, `a setting of these terms, perhaps ${why.nearest.join(', ')}`)
    case 'ManySettings':
      return mismatch(flag, why.name, `one setting: ${why.paths.join(', ')}`)
    case 'SameSetting':
      return mismatch(flag, why.name, 'each setting once')
    case 'EmptyRange':
      return mismatch(flag, why.name, `a range in which ${why.why}`)
    case 'NoSuchValue':
      return mismatch(`${flag}: ${why.name}`, why.found, why.wanted)
  }
}

/** An empty range is told with its ends. */
const withRange = (vary: string, why: Space.Unfit): Space.Unfit =>
  why._tag === 'EmptyRange'
    ? {
        ...why,
        name: vary.split(',').find((part) => part.split('=')[0]?.trim() === why.name) ?? '',
      }
    : why

/** The settings that are varied. */
export const space = (terms: Terms.Terms, vary: string): E.Either<Problem, Space.Space> =>
  pipe(
    vary.split(',').map((part) => part.trim()),
    E.traverseArray((text) => {
      // A name that no setting has is told as that, whatever stands behind it.
      const known = Space.make(terms, [{ name: text.split('=')[0] ?? '', from: 1, to: 2 }])
      return E.isLeft(known) && known.left._tag !== 'EmptyRange'
        ? E.left(unfit('--vary', known.left))
        : rangeOf(text)
    }),
    E.chain((all) =>
      pipe(
        Space.make(terms, all),
        E.mapLeft((why) => unfit('--vary', withRange(vary, why))),
      ),
    ),
  )

/** The figure that is to be little. */
export const objective = (name: string): E.Either<Problem, Figures.Name> =>
  Figures.isName(name)
    ? E.right(name)
    : E.left(mismatch('--objective', name, Flag.among(name, Figures.names)))
