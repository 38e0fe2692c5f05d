/**
 * Gauntlet: the settings that Gauntlet published for Liquidations 2.0, beside those that a search finds here.
 *
 * Their model, book and objective are not public: what is compared is how both settings do in this market, on crash days and on
 * stress that is drawn, by bad debt, owners' loss and rewards together.
 *
 * Laws: GAU-1 to GAU-3 (spec/29-gauntlet.md).
 * Source: Gauntlet's report on MakerDAO's Liquidations 2.0 (2021): a start of 110 % of the price, a step of 30 s that keeps 99.7 % (a
 * half-life near 7,200 s), a reset after at least 5,200 s or at 60 % of the start at most.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Fixed, type Terms } from '../core/index.js'
import { type PricePath, Setting } from '../market/index.js'
import { Figures, Presets, Scenario, Simulate, Space, Statistics, Tune } from '../tuning/index.js'

// Model

/** What is run: crash days by name, each with so many seeds, and as many drawn days. The search does not see the last of the days. */
export interface Plan {
  readonly days: readonly { readonly name: string; readonly rows: readonly PricePath.Row[] }[]
  /** How many seeds the search sees, and how many others both settings are compared on. */
  readonly seeds: number
  /** How many settings are tried. */
  readonly budget: number
  readonly seed: bigint
}

/** One run of one setting. */
interface Case {
  readonly name: string
  readonly scenario: Omit<Scenario.Scenario, 'terms'>
}

/** Settings, and what they lose on each run that the search saw, and on each of those that it did not. */
export interface Judged {
  readonly texts: Tune.Texts
  readonly searched: readonly number[]
  readonly heldOut: readonly number[]
}

export interface Found {
  readonly names: readonly string[]
  readonly theirs: Judged
  readonly ours: Judged
  /** How much less ours lose on runs that the search did not see, with the interval of that mean; by day and over all. */
  readonly apart: readonly { readonly name: string; readonly interval: Statistics.Interval }[]
  /** Besides the published ones. */
  readonly tried: number
}

// Constructors

const { RAY, ray } = Fixed
const thousandths = (n: bigint): Fixed.Ray => ray((n * RAY) / 1000n)

/** A day as none was: a fall of a fifth is expected, in jumps, with gas that follows it (GAU-2). */
const stress: Pick<Scenario.Scenario, 'prices' | 'gas'> = {
  prices: {
    _tag: 'Motion',
    start: ray(200n * RAY),
    drift: ray(0n),
    volatility: ray((RAY * 2n) / 10_000n),
    jumps: {
      rate: ray(RAY / 14_400n),
      mean: ray(-(RAY * 4n) / 100n),
      deviation: thousandths(40n),
    },
    from: 0,
    lasts: 86_400,
    every: 60,
  },
  gas: {
    _tag: 'Spikes',
    base: ray(30n * RAY),
    gain: ray(60n * RAY),
    most: ray(1000n * RAY),
    window: 3600,
    every: 60,
  },
}

/** What the search may set, and between which bounds; its first settings lie around what was published. */
const asked: readonly Space.Range[] = [
  { name: 'markup', from: 1, to: 1.5 },
  { name: 'stepEvery', from: 10, to: 300, scale: 'log' },
  { name: 'keepPerStep', from: 0.9, to: 0.9995 },
  { name: 'resetAfter', from: 600, to: 20_000, scale: 'log' },
  { name: 'resetBelow', from: 0.2, to: 0.9 },
]

/** An auction as Maker's: a price by stairs from a start above the market's, and a reset. */
const base = Presets.presets['dutch-default']

/** The same with what Gauntlet published (GAU-1). */
export const published: Terms.Terms = {
  ...base,
  collaterals: base.collaterals.map((one) =>
    one.sale._tag === 'Dutch'
      ? {
          ...one,
          sale: {
            ...one.sale,
            markup: thousandths(1100n),
            curve: { _tag: 'Stairs', stepEvery: 30n, keepPerStep: thousandths(997n) },
            reset: { _tag: 'WhenStale', after: 5_200n, below: thousandths(600n) },
          },
        }
      : one,
  ),
}

/** The runs of some seeds: of every one of some days, and as many of drawn ones (GAU-2). */
const casesOf = ({ seed, seeds }: Plan, days: Plan['days'], from: number): readonly Case[] =>
  Array.from({ length: seeds }, (_, i) => seed + BigInt(from + i)).flatMap((one) => {
    const common: Omit<Scenario.Scenario, 'terms' | 'prices'> = {
      ...Scenario.plain,
      seed: one,
      positions: { _tag: 'Drawn', count: 300 },
    }
    return [
      ...days.map(({ name, rows }): Case => {
        return { name, scenario: { ...common, prices: { _tag: 'Rows', rows } } }
      }),
      { name: 'stress', scenario: { ...common, ...stress } },
    ]
  })

// Queries

/** What the search may set; the bounds are fit for the terms. */
const spaceOf: Setting.Made<Space.Space> = pipe(
  Space.make(published, asked),
  E.mapLeft(({ _tag }) => Setting.unless(false, 'SCN-2', 'space', _tag, 'settings of the terms')),
)

type Candidate = Pick<Tune.Tried, 'figures' | 'terms' | 'texts'>

/** Of what was tried the best, unless theirs lose as little: the search begins at them. */
const bestOf = (state: Tune.State, theirs: Candidate): Candidate => {
  const [best] = Tune.ranked(state)
  return best !== undefined && best.mean < Statistics.mean(theirs.figures) ? best : theirs
}

/** What settings lose on some runs: bad debt, owners' loss and rewards. */
const lossesOf =
  (cases: readonly Case[], onRun: () => void) =>
  (terms: Terms.Terms): Setting.Made<readonly number[]> =>
    pipe(
      cases,
      E.traverseArray(({ scenario }) =>
        pipe(
          Simulate.run({ ...scenario, terms }),
          E.map((outcome) => {
            onRun()
            const { loss, rewards } = Figures.of(outcome)
            return loss + rewards
          }),
        ),
      ),
    )

const search = (
  plan: Plan,
  space: Space.Space,
  losses: (terms: Terms.Terms) => Setting.Made<readonly number[]>,
): Setting.Made<Tune.State> => {
  let state = Tune.start({ space, budget: plan.budget, seed: plan.seed })
  while (!Tune.isOver(state)) {
    const asked = Tune.next(state)
    const figures = E.traverseArray(({ terms }: Tune.Asked) => losses(terms))(asked)
    if (E.isLeft(figures)) return figures
    state = Tune.told(state, asked, figures.right)
  }
  return E.right(state)
}

/** By how much ours lose less than theirs, of each kind of day and of all (GAU-3). */
const apartOf = (
  cases: readonly Case[],
  theirs: readonly number[],
  ours: readonly number[],
): Found['apart'] => {
  const kinds = ['all', ...new Set(cases.map(({ name }) => name))]
  return kinds.flatMap((name) => {
    const of = (figures: readonly number[]): readonly number[] =>
      figures.filter((_, i) => name === 'all' || cases[i]?.name === name)
    const interval = Statistics.paired(of(theirs), of(ours))
    return interval === undefined ? [] : [{ name, interval }]
  })
}

/**
 * Searches for settings, and holds them and the published ones against runs that it did not see; `onRun` hears of each run.
 * Refuses days that no scenario can be made of (SCN-2), and less than two seeds, of which nothing can be said.
 */
export const run = (plan: Plan, onRun: () => void = () => undefined): Setting.Made<Found> =>
  pipe(
    E.Do,
    E.chainFirst(() =>
      Setting.made(
        Setting.unless(plan.seeds > 1, 'SCN-2', 'seeds', plan.seeds, 'two or more'),
        () => undefined,
      ),
    ),
    E.apS('space', spaceOf),
    // Neither a day nor a seed is on both sides: a book that was seen is no surprise on another day.
    E.let('seen', () => casesOf(plan, plan.days.slice(0, -1), 0)),
    E.let('others', () => casesOf(plan, plan.days.slice(-1), plan.seeds)),
    E.bind('state', ({ seen, space }) => search(plan, space, lossesOf(seen, onRun))),
    E.bind('theirsSeen', ({ seen }) => lossesOf(seen, onRun)(published)),
    E.bind('theirs', ({ others }) => lossesOf(others, onRun)(published)),
    E.let('best', ({ space, state, theirsSeen }) =>
      bestOf(state, { texts: Tune.textsOf(space), terms: published, figures: theirsSeen }),
    ),
    E.bind('ours', ({ best, others }) => lossesOf(others, onRun)(best.terms)),
    E.map(({ best, others, ours, space, state, theirs, theirsSeen }) => ({
      names: space.settings.map(({ name }) => name),
      theirs: {
        texts: Tune.textsOf(space),
        searched: theirsSeen,
        heldOut: theirs,
      },
      ours: { texts: best.texts, searched: best.figures, heldOut: ours },
      apart: apartOf(others, theirs, ours),
      tried: Tune.countOf(state),
    })),
  )
