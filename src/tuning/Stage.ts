/**
 * Stage: a scenario with everything drawn that it leaves to its seed.
 *
 * Laws: SCN-1 to SCN-4, SCN-6 (spec/27-scenario.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Fixed, type Terms } from '../core/index.js'
import type { Bidder, Portfolio } from '../market/index.js'
import {
  Blocks,
  Bootstrap,
  Bridge,
  GasPath,
  Motion,
  Pool,
  PricePath,
  Setting,
} from '../market/index.js'
import { seedOf, unread } from './Making.js'
import { biddersOf, positionsOf } from './People.js'
import { type Depth, type GasPrices, type InFile, isInFile, type Scenario } from './Scenario.js'
import * as Sources from './Sources.js'

// Model

export interface Stage {
  readonly path: PricePath.PricePath
  readonly blocks: Blocks.Blocks
  readonly oracle: Sources.Made
  readonly pool: { readonly pool: Pool.Pool; readonly keep: Fixed.Ray } | undefined
  readonly until: Fixed.Seconds
  readonly positions: readonly Portfolio.Entry[]
  readonly bidders: readonly Bidder.Bidder[]
  readonly terms: Terms.Terms
}

/** How long after the last price lots are followed, where a scenario does not say. */
export const FOLLOWED: Fixed.Seconds = 30 * 86_400

/** More blocks than this are not simulated. */
export const MOST_BLOCKS = 4_000_000

// Constructors

const { made, unless, within } = Setting

/** What is wrong with terms that do not sell exactly one asset (SCN-3). */
export const notOneAsset = ({ collaterals }: Terms.Terms): readonly Setting.Unfit[] =>
  unless(false, 'SCN-3', 'terms.collaterals', collaterals.length, 'one: a scenario is of one asset')

const rowsOf = (rows: readonly PricePath.Row[] | InFile): Setting.Made<PricePath.PricePath> => {
  if (isInFile(rows)) return E.left(unread('rows', rows))
  return made(
    [
      ...unless(rows.length > 0, 'SCN-2', 'rows', rows.length, 'one or more'),
      ...rows.flatMap(({ close, gasPriceGwei, open, time }, i) => [
        ...unless(open > 0n, 'SCN-2', `rows[${i}].open`, open, 'above 0'),
        ...unless(close > 0n, 'SCN-2', `rows[${i}].close`, close, 'above 0'),
        ...unless(
          (gasPriceGwei ?? 0n) >= 0n,
          'SCN-2',
          `rows[${i}].gasPriceGwei`,
          gasPriceGwei ?? Fixed.ray(0n),
          'at least 0',
        ),
        ...unless(
          time > (rows[i - 1]?.time ?? -Infinity),
          'SCN-2',
          `rows[${i}].time`,
          time,
          'later than the row before',
        ),
      ]),
    ],
    () => PricePath.make(rows),
  )
}

const pricesOf = (scenario: Scenario): Setting.Made<PricePath.PricePath> => {
  const { prices } = scenario
  const seed = seedOf(scenario, 'prices')
  switch (prices._tag) {
    case 'Rows': {
      const { bridge } = prices
      const straight = rowsOf(prices.rows)
      return bridge === undefined
        ? straight
        : pipe(
            straight,
            E.chain((path) =>
              within('bridge', Bridge.make(seedOf(scenario, 'bridge'), path, bridge)),
            ),
          )
    }
    case 'Motion':
      return Motion.make(seed, prices, prices)
    case 'Bootstrap':
      return pipe(
        rowsOf(prices.rows),
        E.chain((history) => Bootstrap.make(seed, history, prices)),
      )
  }
}

const gasOf = (gas: GasPrices, path: PricePath.PricePath): Setting.Made<PricePath.PricePath> => {
  switch (gas._tag) {
    case 'Recorded':
      return made(unless(gas.times >= 0n, 'SCN-2', 'times', gas.times, 'at least 0'), () =>
        gas.times === Fixed.RAY
          ? path
          : {
              ...path,
              gas: path.gas.map(({ at, gwei }) => ({
                at,
                gwei: Fixed.ray(Fixed.mulDiv(gwei, gas.times, Fixed.RAY, 'ceil')),
              })),
            },
      )
    case 'Constant':
      return made(unless(gas.gwei >= 0n, 'SCN-2', 'gwei', gas.gwei, 'at least 0'), () => ({
        ...path,
        gas: [{ at: path.from, gwei: gas.gwei }],
      }))
    case 'Spikes':
      return GasPath.spikes(path, gas)
  }
}

const untilOf = (
  { until }: Scenario,
  { from, to }: PricePath.PricePath,
): Setting.Made<Fixed.Seconds> =>
  made(
    unless(
      until === undefined || (Number.isSafeInteger(until) && until >= from),
      'SCN-2',
      'until',
      until ?? 0,
      `a whole second, from ${from} on, when the prices begin`,
    ),
    () => until ?? to + FOLLOWED,
  )

const most = `no more than ${MOST_BLOCKS} blocks`

/** What is wrong with blocks that come so often. */
const tooOften = (
  blocks: Scenario['blocks'],
  from: Fixed.Seconds,
  until: Fixed.Seconds,
): readonly Setting.Unfit[] =>
  blocks._tag === 'Fixed'
    ? unless(
        false,
        'SCN-2',
        'blocks.every',
        blocks.every,
        `at least ${Math.ceil((until - from) / MOST_BLOCKS)}: ${most} until ${until}`,
      )
    : unless(false, 'SCN-2', 'blocks.mean', blocks.mean, `enough for ${most} until ${until}`)

/** The blocks until an end; drawn no further than prices move, and not where there would surely be too many. */
const everyBlock = (
  scenario: Scenario,
  { from, to }: PricePath.PricePath,
  end: Fixed.Seconds,
): Setting.Made<Blocks.Blocks> => {
  const { blocks } = scenario
  if (blocks._tag === 'Fixed') return within('blocks', Blocks.fixed(from, blocks.every))
  const { mean } = blocks
  const until = Math.min(to, end)
  const isSure = mean > 0n && BigInt(until - from) * Fixed.RAY > mean * BigInt(MOST_BLOCKS)
  return isSure
    ? E.left(tooOften(blocks, from, until))
    : within('blocks', Blocks.poisson(seedOf(scenario, 'blocks'), { from, until, mean }))
}

/** Too many blocks are told of the end that was given, where the prices alone would not have too many. */
const blocksOf = (
  scenario: Scenario,
  path: PricePath.PricePath,
  until: Fixed.Seconds,
): Setting.Made<Blocks.Blocks> =>
  pipe(
    everyBlock(scenario, path, until),
    E.filterOrElse(
      ({ firstAt }) => firstAt(until) <= MOST_BLOCKS,
      ({ firstAt, timeOf }) =>
        scenario.until !== undefined && firstAt(path.to) <= MOST_BLOCKS
          ? unless(false, 'SCN-2', 'until', until, `at most ${timeOf(MOST_BLOCKS)}: ${most}`)
          : tooOften(scenario.blocks, path.from, until),
    ),
  )

/** What is wrong with prices that are drawn for so long that there are surely too many blocks: said before all of them are drawn. */
const tooLong = (scenario: Scenario): readonly Setting.Unfit[] => {
  const { blocks, prices, until } = scenario
  if (prices._tag === 'Rows') return []
  const { from, lasts } = prices
  const end = until ?? from + lasts + FOLLOWED
  const every = blocks._tag === 'Fixed' ? blocks.every : Number(blocks.mean) / 1e27
  const isSure = Number.isSafeInteger(end) && end - from > 2 * MOST_BLOCKS * every && every > 0
  return !isSure
    ? []
    : until !== undefined && lasts <= MOST_BLOCKS * every
      ? unless(false, 'SCN-2', 'until', until, most)
      : tooOften(blocks, from, end)
}

/** A pool's price moves by steps of no more than a billionth: it has so many units at least, and so has its price. */
const LEAST_UNITS = 10n ** 9n

const poolOf = (depth: Depth, price: Fixed.Ray): Setting.Made<Stage['pool']> => {
  const { collateral, fee, keep } = depth
  return pipe(
    within('pool', Pool.make(collateral, Fixed.rad(collateral * price), fee)),
    E.chain((pool) =>
      made(
        [
          ...unless(keep >= 0n && keep <= Fixed.RAY, 'AMM-7', 'pool.keep', keep, 'from 0 to 1'),
          ...unless(
            collateral >= LEAST_UNITS,
            'SCN-4',
            'pool.collateral',
            Setting.amount(collateral),
            `at least ${Setting.amount(Fixed.wad(LEAST_UNITS))}, so that its price is told to a billionth`,
          ),
          ...unless(
            price >= LEAST_UNITS,
            'SCN-4',
            'prices',
            price,
            `a first price of at least ${Setting.share(Fixed.ray(LEAST_UNITS))} beside a pool, so that its price is told to a billionth`,
          ),
        ],
        () => ({ pool, keep }),
      ),
    ),
  )
}

/**
 * Draws all that a scenario leaves to its seed (SCN-1). Refuses settings that its parts refuse, by their rules, with the path
 * of the setting (SCN-2), and terms that do not sell exactly one asset (SCN-3).
 */
export const make = (scenario: Scenario): Setting.Made<Stage> =>
  pipe(
    E.Do,
    E.chainFirst(() => {
      const { drawnFor, terms } = scenario
      const [collateral, ...others] = terms.collaterals
      if (collateral === undefined || others.length > 0) return E.left(notOneAsset(terms))
      const asset = drawnFor?.asset ?? collateral.asset
      return made(
        unless(
          asset === collateral.asset,
          'SCN-3',
          'drawnFor.asset',
          asset,
          `that of the terms, ${collateral.asset}`,
        ),
        () => undefined,
      )
    }),
    E.chainFirst(() => made(tooLong(scenario), () => undefined)),
    E.bind('priced', () => within('prices', pricesOf(scenario))),
    E.bind('path', ({ priced }) => within('gas', gasOf(scenario.gas, priced))),
    E.bind('until', ({ path }) => untilOf(scenario, path)),
    E.bind('blocks', ({ path, until }) => blocksOf(scenario, path, until)),
    E.bind('oracle', ({ path, until }) =>
      within('oracle', Sources.make(scenario.oracle, path, until)),
    ),
    E.bind('pool', ({ path }) =>
      scenario.pool === undefined
        ? E.right(undefined)
        : poolOf(scenario.pool, PricePath.priceAt(path, path.from)),
    ),
    E.bind('positions', ({ path }) =>
      within('positions', positionsOf(scenario, PricePath.priceAt(path, path.from))),
    ),
    E.bind('bidders', () => within('bidders', biddersOf(scenario))),
    E.map(({ bidders, blocks, oracle, path, pool, positions, until }) => ({
      path,
      blocks,
      oracle,
      pool,
      until,
      positions,
      bidders,
      terms: scenario.terms,
    })),
  )
