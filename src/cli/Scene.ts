/**
 * Scene: what is simulated, read of the flags of a day or of the file of a scenario.
 */

import { dirname, isAbsolute, join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Csv } from '../codec/index.js'
import { Scenario, ScenarioJson, Stage } from '../tuning/index.js'
import * as Auctions from './Auctions.js'
import * as Flag from './Flag.js'
import { mismatch, type Problem, unread } from './Io.js'
import * as Setup from './Setup.js'
import type { OfScenario } from './Task.js'
import type { Readable } from './Texts.js'

/** The flags of a day, or those beside the file of a scenario. */
export type Flags = Setup.Flags | Beside

type Beside = Pick<OfScenario, 'scenario'> & Partial<Omit<Setup.Flags, 'scenario'>>

/** What a scenario says, and no flag beside it may. */
const ofMarket = [
  'prices',
  'positions',
  'block',
  'oracleDelay',
  'bidders',
  'capital',
  'gas',
  'until',
] as const

const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (one) => `-${one.toLowerCase()}`)}`

/** The scenario of a file, with what the files hold that it names: those are named from where it is. */
const readFile = (
  io: Readable,
  file: string,
  seed: string | undefined,
): E.Either<Problem, Scenario.Scenario> => {
  const near = (name: string): string =>
    Setup.days.includes(name) || isAbsolute(name) ? name : join(dirname(file), name)
  return pipe(
    E.Do,
    E.apS('seed', seed === undefined ? E.right(undefined) : Flag.integer('--seed', seed)),
    E.apS(
      'scenario',
      pipe(
        io.read(file),
        E.mapLeft((why) => unread('--scenario', file, why, 'a JSON file of a scenario')),
        E.chain((text) => pipe(ScenarioJson.parse(text), E.mapLeft(Csv.render(file)))),
      ),
    ),
    E.bindW('files', ({ scenario }) => {
      const { positions, prices } = Scenario.files(scenario)
      return pipe(
        E.Do,
        E.apS(
          'rows',
          prices === undefined
            ? E.right(undefined)
            : pipe(
                Setup.readRows(io, `${file}: prices.rows.file`, near(prices)),
                E.map(({ rows }) => rows),
              ),
        ),
        E.apS(
          'entries',
          positions === undefined
            ? E.right(undefined)
            : Setup.readEntries(
                io,
                `${file}: positions.entries.file`,
                near(positions),
                'a CSV file of positions',
              ),
        ),
      )
    }),
    E.map(({ files, scenario, seed: given }) => ({
      ...Scenario.filled(scenario, {
        ...(files.rows === undefined ? {} : { rows: files.rows }),
        ...(files.entries === undefined ? {} : { entries: files.entries }),
      }),
      ...(given === undefined ? {} : { seed: given }),
    })),
  )
}

/** Without what nobody wrote: beside a scenario no flag has a default that is of its market. */
export const written = <A extends object>(
  flags: A,
  command: { readonly getOptionValueSource: (name: string) => string | undefined },
  own: readonly string[] = [],
): A => {
  if (!('scenario' in flags)) return flags
  const names: readonly string[] = [...ofMarket, ...own]
  return Object.fromEntries(
    Object.entries(flags).filter(
      ([name]) => !names.includes(name) || command.getOptionValueSource(name) !== 'default',
    ),
  ) as A
}

/** The first flag that says what the scenario does. */
export const twice = (
  flags: Partial<Record<(typeof ofMarket)[number], string>>,
): E.Either<Problem, undefined> => {
  const found = ofMarket.find((name) => flags[name] !== undefined)
  return found === undefined
    ? E.right(undefined)
    : E.left(
        mismatch(
          flagOf(found),
          String(flags[found]),
          'no such flag beside a scenario, which says this',
        ),
      )
}

const readScenario = (
  io: Readable,
  file: string,
  flags: Omit<Beside, 'scenario'>,
  given: readonly Auctions.Named[] | undefined,
): E.Either<Problem, Setup.Setup> => {
  return pipe(
    twice(flags),
    E.chain(() => readFile(io, file, flags.seed)),
    E.bindTo('scenario'),
    E.bind('auctions', ({ scenario: { terms } }) =>
      given !== undefined
        ? E.right(given)
        : flags.terms === undefined
          ? flags.auction === undefined
            ? E.right([{ name: terms.line, terms }])
            : E.left(
                mismatch(
                  '--auction',
                  flags.auction,
                  '--terms with it: the scenario has terms of its own',
                ),
              )
          : Auctions.readAuctions(io, { ...flags, auction: flags.auction ?? 'both' }),
    ),
    E.bindW('stage', ({ auctions, scenario }) => {
      const terms = auctions[0]?.terms ?? scenario.terms
      return pipe(
        Stage.make({ ...scenario, terms }),
        E.mapLeft((unfit) => `${file}: ${Flag.unfit(unfit)}`),
      )
    }),
    E.map(({ auctions, scenario, stage }) => ({
      file,
      seed: scenario.seed,
      said: { _tag: 'Scenario', scenario },
      auctions,
      common: stage,
    })),
  )
}

/** What the flags say is to be simulated, or the scenario that they name. */
export const read = (
  io: Readable,
  flags: Flags,
  given?: readonly Auctions.Named[],
): E.Either<Problem, Setup.Setup> =>
  flags.scenario === undefined
    ? Setup.read(io, flags, given)
    : readScenario(io, flags.scenario, flags, given)
