/**
 * Tune: the command that looks for settings of terms under which days like these cost least.
 *
 * Laws: TUN-12 to TUN-15, TUN-17 (spec/23-tuning.md).
 */

import { basename, dirname, resolve } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { TermsJson } from '../codec/index.js'
import { type Figures, type Space, Statistics, Tune } from '../tuning/index.js'
import * as Asked from './Asked.js'
import { Figures as Format, Numbers, Pictures } from '../report/index.js'
import * as Bars from './Bars.js'
import * as Drawn from './Drawn.js'
import * as Flag from './Flag.js'
import { type Io, mismatch, type Problem } from './Io.js'
import * as Runs from './Runs.js'
import * as Auctions from './Auctions.js'
import * as Slopes from './Slopes.js'
import * as Unsold from './Unsold.js'
import * as Working from './Working.js'

// Model

export interface Flags extends Asked.Flags, Drawn.Flags {
  readonly vary: string
  readonly objective: string
  readonly budget: string
  readonly seed: string
  readonly threads: string
  readonly save?: string
  readonly database?: string
  readonly csv?: string
  readonly json?: boolean
}

interface Search {
  readonly asked: Asked.Asked
  readonly space: Space.Space
  readonly objective: Figures.Name
  readonly budget: number
  readonly seed: bigint
  readonly threads: number
}

/** What was found. */
interface Found {
  readonly best: Tune.Tried
  /** In the order of trying. */
  readonly tried: readonly Tune.Tried[]
  readonly inForce: readonly number[]
  readonly held: {
    readonly best: readonly number[]
    readonly inForce: readonly number[]
    readonly next: readonly number[] | undefined
  }
  readonly nextBest: Tune.Tried | undefined
  readonly slopes: readonly Slopes.Slope[]
  /** The debt that is open in the end, on the runs that were searched and those that were not. */
  readonly open: { readonly best: readonly number[]; readonly inForce: readonly number[] }
  readonly failed: readonly Problem[]
}

const readFlags = (io: Io, flags: Flags): E.Either<Problem, Search> =>
  pipe(
    E.Do,
    E.apS('objective', Asked.objective(flags.objective)),
    E.apS('budget', Flag.whole(1, 1_000_000)('--budget', flags.budget)),
    E.apS('seed', Flag.integer('--seed', flags.seed)),
    E.apS('threads', Flag.whole(0, 1024)('--threads', flags.threads)),
    E.apSW('named', Auctions.readTerms(io, flags.terms, false)),
    E.bindW('space', ({ named }) => Asked.space(named.terms, flags.vary)),
    E.bindW('asked', ({ named }) => Asked.read(io, flags, named)),
  )

// Running

/** Tries settings until the budget is spent; nothing where it was stopped. */
const search = async (
  { budget, seed, space }: Search,
  figures: Slopes.Try,
): Promise<E.Either<Problem, Tune.State | undefined>> => {
  let state = Tune.start({ space, budget, seed })
  while (!Tune.isOver(state)) {
    const asked = Tune.next(state)
    const found = await figures(asked)
    if (E.isLeft(found)) return found
    if (found.right === undefined) return E.right(undefined)
    state = Tune.told(state, asked, found.right)
  }
  return E.right(state)
}

/** The open debt of settings on all that they were tried on: nothing is run again. */
const openOf = async (
  { cases, heldOut }: Asked.Asked,
  settings: readonly Runs.Settings[],
  runs: Runs.Runs,
): Promise<E.Either<Problem, readonly Slopes.Row[] | undefined>> =>
  pipe(
    await runs.of(settings, [...cases, ...heldOut]),
    E.map((all) => all?.map((row) => Runs.figure('open', row))),
  )

const lookFor = async (
  one: Search,
  runs: Runs.Runs,
): Promise<E.Either<Problem, Found | undefined>> => {
  const { asked, objective, space } = one
  const figures: Slopes.Try = async (settings, held = false) =>
    pipe(
      await runs.of(settings, held ? asked.heldOut : asked.cases),
      E.map((all) => all?.map((row) => Runs.figure(objective, row))),
    )
  const own: Runs.Settings = { texts: Tune.textsOf(space), terms: space.terms }
  const before = await figures([own])
  if (E.isLeft(before)) return before
  const state = before.right === undefined ? E.right(undefined) : await search(one, figures)
  if (E.isLeft(state)) return state
  if (state.right === undefined) return E.right(undefined)
  const [best, nextBest] = Tune.ranked(state.right)
  if (best === undefined)
    return E.left(
      '--vary: no settings in these ranges are safe: wanted ranges that Terms.make accepts',
    )
  const settings = [best, own, ...(nextBest === undefined ? [] : [nextBest])]
  const held = await figures(settings, true)
  if (E.isLeft(held)) return held
  const slopes = await Slopes.of(space, best, figures)
  if (E.isLeft(slopes)) return slopes
  if (held.right === undefined || slopes.right === undefined) return E.right(undefined)
  const open = await openOf(asked, [best, own], runs)
  if (E.isLeft(open)) return open
  if (open.right === undefined) return E.right(undefined)
  const [openOfBest = [], openOfOwn = []] = open.right
  const [ofBest = [], ofOwn = [], ofNext] = held.right
  return E.right({
    best,
    nextBest,
    tried: Tune.inOrder(state.right),
    inForce: before.right?.[0] ?? [],
    held: { best: ofBest, inForce: ofOwn, next: ofNext },
    slopes: slopes.right,
    open: { best: openOfBest, inForce: openOfOwn },
    failed: runs.failed(),
  })
}

// Telling

const text = ({ asked, objective, space }: Search, found: Found): string => {
  const own = Tune.textsOf(space)
  const settings = space.settings.map(({ name }, i) => [
    name,
    own[i] ?? '',
    found.best.texts[i] ?? '',
    found.nextBest?.texts[i] ?? '',
    Slopes.shown(found.slopes[i]),
  ])
  const { held } = found
  const differences = [
    ['best − in force', Numbers.interval(Statistics.paired(held.best, held.inForce))],
    ...(held.next === undefined
      ? []
      : [['best − next best', Numbers.interval(Statistics.paired(held.best, held.next))]]),
  ]
  return [
    `Settings of ${asked.name} with the least mean ${objective}: ${found.tried.length} tried on ${asked.cases.length} runs each (${Asked.days(asked.cases)}).\n\n`,
    Format.table([
      [
        'setting',
        'in force',
        'best',
        'next best',
        `${objective} over the whole range, at the slope by the best`,
      ],
      ...settings,
    ]),
    `\n`,
    Format.table([
      [`mean ${objective}`, 'in force', 'best', 'next best'],
      [
        'on the runs that were searched',
        Numbers.shown(Statistics.mean(found.inForce)),
        Numbers.shown(found.best.mean),
        found.nextBest === undefined ? '' : Numbers.shown(found.nextBest.mean),
      ],
      [
        'on runs that were not',
        Numbers.shown(Statistics.mean(held.inForce)),
        Numbers.shown(Statistics.mean(held.best)),
        held.next === undefined ? '' : Numbers.shown(Statistics.mean(held.next)),
      ],
    ]),
    `\nOn the runs that were not searched (${Asked.days(asked.heldOut)}), run by run, with 95 % confidence:\n`,
    Format.table(differences),
    `\nThe mean ${objective} on them:\n`,
    ...Bars.lines(
      [
        { name: 'in force', figures: held.inForce },
        { name: 'best', figures: held.best },
        ...(held.next === undefined ? [] : [{ name: 'next best', figures: held.next }]),
      ].map(({ figures, name }) => {
        const value = Statistics.mean(figures)
        return { labels: [name], value, text: Numbers.shown(value) }
      }),
    ).map((line) => `${line}\n`),
    ...Unsold.line([objective], 'The best settings', found.open.best, found.open.inForce),
    ...(found.failed.length === 0
      ? []
      : [
          `\n${found.failed.length} runs failed and count as worse than any: ${found.failed[0] ?? ''}\n`,
        ]),
  ].join('')
}

const json = ({ asked, objective, space }: Search, found: Found): string => {
  const settingsOf = (texts: Tune.Texts): unknown =>
    Object.fromEntries(space.settings.map(({ name }, i) => [name, texts[i]]))
  return `${JSON.stringify(
    {
      objective,
      tried: found.tried.length,
      searched: { cases: asked.cases, inForce: found.inForce, best: found.best.figures },
      heldOut: {
        cases: asked.heldOut,
        ...found.held,
        bestLessInForce: Statistics.paired(found.held.best, found.held.inForce) ?? null,
        bestLessNext:
          found.held.next === undefined
            ? null
            : (Statistics.paired(found.held.best, found.held.next) ?? null),
      },
      settings: {
        inForce: settingsOf(Tune.textsOf(space)),
        best: settingsOf(found.best.texts),
        nextBest: found.nextBest === undefined ? null : settingsOf(found.nextBest.texts),
      },
      open: found.open,
      slopes: found.slopes.map(({ change, ...rest }) => ({ ...rest, change: change ?? null })),
      failed: found.failed,
      terms: TermsJson.codec.encode(found.best.terms),
    },
    null,
    2,
  )}\n`
}

/** Whether the best terms can be written, before anything is run: their folder is there, and what has their name is a file. */
const checkSave = (io: Io, { csv, save }: Flags): E.Either<Problem, undefined> =>
  save === undefined
    ? E.right(undefined)
    : csv !== undefined && resolve(csv) === resolve(save)
      ? E.left(mismatch('--save', save, 'another file than that of --csv'))
      : pipe(
          io.list(dirname(save)),
          E.chain((names) => (names.includes(basename(save)) ? io.read(save) : E.right(''))),
          E.bimap(unsaved(save), () => undefined),
        )

const unsaved =
  (save: string) =>
  (why: string): Problem =>
    mismatch('--save', save, `a file that can be written: ${why}`)

/** Writes the best terms, once what was found is printed: it is not lost where they cannot be written. */
const saved = (io: Io, { save }: Flags, { best }: Found): E.Either<Problem, undefined> =>
  save === undefined
    ? E.right(undefined)
    : pipe(io.write(save, `${TermsJson.format(best.terms)}\n`), E.mapLeft(unsaved(save)))

/** How many runs there are at most, to tell how far it is. */
const mostRuns = ({ asked, budget, space }: Search): number =>
  (budget + 1 + 2 * space.settings.length) * asked.cases.length + 3 * asked.heldOut.length

/** What there is to see of the search. */
const drawn = (one: Search, found: Found): Drawn.Found => {
  const { asked, objective, space } = one
  const rows = found.tried.map(({ figures, mean, point, texts }) => ({
    texts,
    point,
    means: [mean],
    errors: [Statistics.standardError(figures)],
  }))
  return {
    title: `${asked.name} tuned for the least mean ${objective}`,
    pictures: Pictures.ofSearch({
      study: { space, objectives: [objective], rows, isGrid: false },
      inForce: Statistics.mean(found.inForce),
      held: found.held,
      slopes: found.slopes,
    }),
    text: text(one, found),
  }
}

export const tune = (
  io: Io,
  flags: Flags,
): E.Either<Problem, 0> | Promise<E.Either<Problem, 0>> => {
  const read = pipe(
    readFlags(io, flags),
    E.chainFirst(() => checkSave(io, flags)),
  )
  if (E.isLeft(read)) return read
  const one = read.right
  return Drawn.before(io, flags, (write) =>
    Working.on(
      io,
      'tuning',
      { csv: flags.csv, database: flags.database, threads: one.threads },
      one.asked.job,
      one.space.settings.map(({ name }) => name),
      mostRuns(one),
      (runs) => lookFor(one, runs),
      (found) =>
        Drawn.told(
          write,
          () => drawn(one, found),
          flags.json === true ? json(one, found) : undefined,
        ),
      (found) => saved(io, flags, found),
    ),
  )
}
