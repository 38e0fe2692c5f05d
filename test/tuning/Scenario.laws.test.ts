/**
 * Scenarios as data, and the market that a pool makes: SCN-1 to SCN-6 of spec/27-scenario.md.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Fixed, type Terms } from '../../src/core/index.js'
import { Bidder, Pool, type Portfolio, PricePath } from '../../src/market/index.js'
import { Books, Laws } from '../../src/engine/index.js'
import * as Begin from '../../src/tuning/Begin.js'
import {
  Outcome,
  Scenario,
  ScenarioJson,
  Simulate,
  Sources,
  Stage,
} from '../../src/tuning/index.js'
import * as Looks from '../../src/tuning/Looks.js'
import * as Openings from '../../src/tuning/Openings.js'
import * as Step from '../../src/tuning/Step.js'
import { cascadeScenario, fallScenario } from '../examples/scenario.js'
import { ray, right, wad } from '../example.js'
import { law } from '../law.js'
import { scenario, sources } from './scenarios.js'

const pools = scenario.filter(({ pool }) => pool !== undefined)

law(
  'SCN-1',
  'the same scenario has the same outcome, and nothing seized is lost from sight',
  fc.property(scenario, (one) => {
    const outcome = right(Simulate.run(one))
    expect(Outcome.isWhole(outcome)).toBe(true)
    expect(right(Simulate.run(one))).toEqual(outcome)
  }),
)

law(
  'SCN-1',
  'what happened balances as any history does, and the lots stand as it says',
  fc.property(scenario, (one) => {
    const world = right(Begin.make(right(Stage.make(one))))
    const openings = Openings.make(world)
    const last = Math.min(1500, world.stage.blocks.firstAt(world.stage.until))
    for (let block = 0; block <= last; block += 1) {
      Step.moveTo(world, block)
      Openings.open(world, openings)
      Step.arrive(world)
      Looks.look(world)
    }
    const books = Books.start()
    for (const { event } of world.log) Books.record(books, event)
    expect(Laws.broken(world.book, books)).toBeUndefined()
    right(
      Simulate.run(one, {
        onEnd: (log) => {
          const both = Math.min(log.length, world.log.length)
          expect(log.slice(0, both)).toEqual(world.log.slice(0, both))
        },
      }),
    )
  }),
  { numRuns: 40 },
)

test('SCN-1 scenarios of every kind open lots, sell from them, refuse bids and keep orders waiting', () => {
  const outcomes = fc
    .sample(scenario, { numRuns: 200, seed: 7 })
    .map((one) => right(Simulate.run(one)))
  const count = (is: (outcome: Outcome.Outcome) => boolean): number => outcomes.filter(is).length
  expect(count(({ lots }) => lots.length > 0)).toBeGreaterThan(60)
  expect(count(({ lots }) => lots.some(({ sold }) => sold > 0n))).toBeGreaterThan(30)
  expect(count(({ bids }) => bids.refused > 0)).toBeGreaterThan(5)
  expect(count(({ cascade }) => (cascade?.largestDrop ?? 0n) > 0n)).toBeGreaterThan(5)
  expect(count(({ cascade }) => (cascade?.byDepth.length ?? 0) > 1)).toBeGreaterThan(2)
})

const base = fallScenario(1n)
const kind = { kind: 'a', count: 1, capital: Fixed.rad(1n) }
const drawnBidders = (one: Partial<Scenario.Kind>): Partial<Scenario.Scenario> => ({
  bidders: { _tag: 'Drawn', kinds: [{ ...kind, ...one }] },
})
const row = { time: 5, open: ray('1'), close: ray('1'), gasPriceGwei: undefined }

const listing = (...some: readonly Partial<Portfolio.Entry>[]): Partial<Scenario.Scenario> => ({
  positions: {
    _tag: 'Listed',
    entries: some.map((one) => ({ id: 'a', collateral: wad('1'), debt: kind.capital, ...one })),
  },
})
const listedBidder = (one: Partial<Bidder.Bidder>): Partial<Scenario.Scenario> => ({
  bidders: {
    _tag: 'Listed',
    bidders: Bidder.make(1n, 1, kind.capital).map((bidder) => ({ ...bidder, ...one })),
  },
})

/** A setting, the rule that refuses it, the scenario that has it, and how it is told where that is not told by its type. */
type Wrong = readonly [
  setting: string,
  rule: string,
  scenario: Partial<Scenario.Scenario>,
  found?: string,
]

const wrong: readonly Wrong[] = [
  ['prices.rows', 'SCN-2', { prices: { _tag: 'Rows', rows: [] } }],
  ['prices.rows', 'SCN-6', { prices: { _tag: 'Rows', rows: { file: 'x.csv' } } }],
  [
    'prices.rows[0].open',
    'SCN-2',
    { prices: { _tag: 'Rows', rows: [{ ...row, open: ray('0') }] } },
  ],
  [
    'prices.rows[0].close',
    'SCN-2',
    { prices: { _tag: 'Rows', rows: [{ ...row, close: ray('-1') }] } },
  ],
  ['prices.rows[1].time', 'SCN-2', { prices: { _tag: 'Rows', rows: [row, row] } }],
  [
    'prices.bridge.volatility',
    'PRI-10',
    { prices: { _tag: 'Rows', rows: [row], bridge: { volatility: ray('2'), every: 60 } } },
  ],
  [
    'prices.start',
    'PRI-6',
    {
      prices: {
        _tag: 'Motion',
        start: ray('0'),
        drift: ray('0'),
        volatility: ray('0'),
        jumps: undefined,
        from: 0,
        lasts: 60,
        every: 60,
      },
    },
  ],
  ['gas.times', 'SCN-2', { gas: { _tag: 'Recorded', times: ray('-1') } }],
  ['gas.gwei', 'SCN-2', { gas: { _tag: 'Constant', gwei: ray('-1') } }, '-1'],
  ['blocks.every', 'BLK-1', { blocks: { _tag: 'Fixed', every: 0.5 } }],
  ['until', 'SCN-2', { blocks: { _tag: 'Fixed', every: 1 }, until: 4_000_001 }, '4000001'],
  [
    'blocks.every',
    'SCN-2',
    {
      blocks: { _tag: 'Fixed', every: 12 },
      prices: { _tag: 'Rows', rows: [row, { ...row, time: 48_000_006 }] },
    },
    '12',
  ],
  ['until', 'SCN-2', { blocks: { _tag: 'Poisson', mean: ray('0.5') }, until: 4_100_000 }],
  ['blocks.mean', 'BLK-2', { blocks: { _tag: 'Poisson', mean: ray('0') } }],
  // Drawing so many would take a minute.
  [
    'blocks.mean',
    'SCN-2',
    {
      blocks: { _tag: 'Poisson', mean: ray('0.01') },
      prices: { _tag: 'Rows', rows: [row, { ...row, time: 49_000 }] },
    },
    '0.01',
  ],
  // Drawing prices for so long would take minutes.
  [
    'blocks.every',
    'SCN-2',
    {
      prices: {
        _tag: 'Motion',
        start: ray('100'),
        drift: ray('0'),
        volatility: ray('0'),
        jumps: undefined,
        from: 0,
        lasts: 500_000_000,
        every: 60,
      },
    },
    '12',
  ],
  ['oracle.sources', 'SCN-5', { oracle: { sources: [] } }],
  [
    'oracle.after[0].every',
    'ORA-5',
    {
      oracle: { sources: [[]], after: [{ _tag: 'Breaker', every: 0, most: ray('0'), holds: 1 }] },
    },
  ],
  [
    'pool.keep',
    'AMM-7',
    { pool: { collateral: wad('1'), fee: ray('0'), keep: ray('1.1') } },
    '1.1',
  ],
  ['pool.fee', 'AMM-1', { pool: { collateral: wad('1'), fee: ray('1'), keep: ray('1') } }, '1'],
  [
    'pool.collateral',
    'SCN-4',
    { pool: { collateral: wad('0.000000000999999999'), fee: ray('0'), keep: ray('1') } },
    '0.000000000999999999',
  ],
  [
    'pool.collateral',
    'AMM-1',
    { pool: { collateral: wad('-2.5'), fee: ray('0'), keep: ray('1') } },
    '-2.5',
  ],
  [
    'prices',
    'SCN-4',
    {
      pool: { collateral: wad('1'), fee: ray('0'), keep: ray('1') },
      prices: { _tag: 'Rows', rows: [{ ...row, open: Fixed.ray(999_999_999n) }] },
    },
    '0.000000000000000000999999999',
  ],
  ['positions.count', 'SCN-2', { positions: { _tag: 'Drawn', count: -1 } }],
  [
    'positions.ratios.length',
    'BOK-1',
    { positions: { _tag: 'Spread', count: 1, ratios: [], debts: [] } },
  ],
  ['positions.entries', 'SCN-6', { positions: { _tag: 'Listed', entries: { file: 'y.csv' } } }],
  ['bidders.kinds[0].count', 'SCN-2', drawnBidders({ count: 1.5 })],
  [
    'bidders.kinds[0].capital',
    'SCN-2',
    drawnBidders({ capital: Fixed.rad(-1n * Fixed.RAD) }),
    '-1',
  ],
  ['bidders.kinds[0].returns', 'SCN-2', drawnBidders({ returns: 0 })],
  ['bidders.kinds[0].inventory', 'SCN-2', drawnBidders({ inventory: wad('-1') }), '-1'],
  ['bidders.kinds[0].patience', 'SCN-2', drawnBidders({ patience: ray('1.5') }), '1.5'],
  [
    'bidders.kinds[0].gas.gwei',
    'SCN-2',
    drawnBidders({ gas: { _tag: 'Fixed', gwei: ray('-1') } }),
    '-1',
  ],
  [
    'bidders.kinds[0].gas.factor',
    'SCN-2',
    drawnBidders({ gas: { _tag: 'Times', factor: ray('-1') } }),
    '-1',
  ],
  ['bidders.kinds[0].sells', 'SCN-4', drawnBidders({ sells: 'inPool' })],
  ['bidders.kinds[1]', 'SCN-2', { bidders: { _tag: 'Drawn', kinds: [kind, kind] } }],
  [
    'bidders.bidders[1]',
    'SCN-2',
    {
      bidders: {
        _tag: 'Listed',
        bidders: [...Bidder.make(1n, 1, kind.capital), ...Bidder.make(2n, 1, kind.capital)],
      },
    },
  ],
  ['until', 'SCN-2', { until: -1 }],
  [
    'prices.rows[0].gasPriceGwei',
    'SCN-2',
    { prices: { _tag: 'Rows', rows: [{ ...row, gasPriceGwei: ray('-1') }] } },
  ],
  ['positions.count', 'SCN-2', { positions: { _tag: 'Drawn', count: 5e9 } }],
  [
    'positions.count',
    'SCN-2',
    { positions: { _tag: 'Spread', count: 1e9, ratios: [ray('2')], debts: [kind.capital] } },
  ],
  ['positions.entries[0].collateral', 'SCN-2', listing({ collateral: wad('-0.5') }), '-0.5'],
  ['positions.entries[0].debt', 'SCN-2', listing({ debt: Fixed.rad(-5n * Fixed.RAD) }), '-5'],
  ['positions.entries[1].id', 'SCN-2', listing({}, {})],
  ['bidders.kinds[0].count', 'SCN-2', drawnBidders({ count: 1e9 })],
  ['bidders.bidders[0].margin', 'SCN-2', listedBidder({ margin: ray('-0.5') })],
  ['bidders.bidders[0].margin', 'SCN-2', listedBidder({ margin: ray('2') }), '2'],
  ['bidders.bidders[0].delay', 'SCN-2', listedBidder({ delay: -5 })],
  ['bidders.bidders[0].delay', 'SCN-2', listedBidder({ delay: NaN })],
  [
    'oracle.sources[0][0].until',
    'SCN-5',
    { oracle: { sources: [[{ _tag: 'Silent', from: 7, until: 3 }]] } },
  ],
  [
    'oracle.sources[0][0].from',
    'SCN-5',
    { oracle: { sources: [[{ _tag: 'Wrong', from: -1, until: 3, factor: ray('1') }]] } },
  ],
  [
    'oracle.sources[0][0].every',
    'ORA-2',
    {
      oracle: { sources: [[{ _tag: 'Heartbeat', every: 1, heartbeat: 5, deviation: ray('0') }]] },
      blocks: { _tag: 'Fixed', every: 5000 },
      until: 3_000_000_000,
    },
  ],
  [
    'drawnFor.asset',
    'SCN-3',
    { drawnFor: { ...(base.terms.collaterals[0] as Terms.Collateral), asset: 'BTC' } },
  ],
]

test.each(wrong.map(([a, b, c, d]) => [a, b, c, d] as const))(
  'SCN-2 %s is refused by %s',
  (setting, rule, changed, found) => {
    const outcome = Simulate.run({ ...base, ...changed })
    expect(E.isLeft(outcome) ? outcome.left[0] : outcome).toMatchObject({
      _tag: 'Unfit',
      rule,
      setting,
      ...(found === undefined ? {} : { found }),
    })
  },
)

test('SCN-2 what was found of a spread or a swap is told as it is written', () => {
  const spread: Scenario.Positions = {
    _tag: 'Spread',
    count: 1,
    ratios: [ray('1.5'), ray('1.25')],
    debts: [Fixed.rad(-3n * Fixed.RAD)],
  }
  const outcome = Simulate.run({ ...base, positions: spread })
  expect(E.isLeft(outcome) ? outcome.left : outcome).toMatchObject([
    { setting: 'positions.ratios[1]', found: '1.25' },
    { setting: 'positions.debts[0]', found: '-3' },
  ])
  const pool = right(Pool.make(wad('2'), Fixed.rad(10n * Fixed.RAD), ray('0')))
  for (const [made, found] of [
    [Pool.sell(pool, wad('-0.5')), '-0.5'],
    [Pool.buy(pool, Fixed.rad(-2n * Fixed.RAD)), '-2'],
    [Pool.toSell(pool, Fixed.rad(10n * Fixed.RAD)), '10'],
    [Pool.toPay(pool, wad('2.5')), '2.5'],
    [Pool.refill(pool, ray('-1.5'), 1, ray('0')), '-1.5'],
  ] as const)
    expect(E.isLeft(made) ? made.left : made).toMatchObject([{ found }])
})

test('SCN-2 too many blocks are told with what would be right', () => {
  const wantedOf = (changed: Partial<Scenario.Scenario>): string | undefined => {
    const outcome = Simulate.run({ ...base, ...changed })
    return E.isLeft(outcome) ? outcome.left[0]?.wanted : undefined
  }
  const far: Partial<Scenario.Scenario> = {
    prices: { _tag: 'Rows', rows: [row, { ...row, time: 48_000_006 }] },
  }
  expect(wantedOf({ blocks: { _tag: 'Fixed', every: 1 }, until: 5e6 })).toBe(
    'at most 4000000: no more than 4000000 blocks',
  )
  // The prices end at 96,000,007 s, and are followed for 30 days.
  expect(wantedOf(far)).toBe('at least 25: no more than 4000000 blocks until 98592007')
  expect(wantedOf({ ...far, blocks: { _tag: 'Fixed', every: 25 }, until: 96_000_007 })).toBe(
    undefined,
  )
})

law(
  'SCN-4',
  'the pool to which nothing is sold is the market while nobody sells to it, and is never below it',
  fc.property(pools, fc.boolean(), (one, isSoldTo) => {
    const { bidders } = one
    if (bidders._tag === 'Listed') throw new Error('not drawn')
    const kinds = isSoldTo
      ? bidders.kinds
      : bidders.kinds.map((kind): Scenario.Kind => ({ ...kind, sells: 'elsewhere' }))
    const world = right(
      Begin.make(right(Stage.make({ ...one, bidders: { _tag: 'Drawn', kinds } }))),
    )
    const { trade } = world
    if (trade === undefined) throw new Error('no pool')
    const openings = Openings.make(world)
    const last = world.stage.blocks.firstAt(world.stage.path.to + 3600)
    for (let block = 0; block <= last; block += 1) {
      Step.moveTo(world, block)
      Openings.open(world, openings)
      Step.arrive(world)
      Looks.look(world)
      const [price, would] = [trade.prices[block], trade.undisturbedPrices[block]]
      if (price === undefined || would === undefined) throw new Error('no price')
      expect(world.market).toBe(price)
      if (trade.largestDrop > 0n) expect(price <= would + would / 10n ** 9n).toBe(true)
      else expect(price).toBe(would)
    }
    if (!isSoldTo) expect(trade.largestDrop).toBe(0n)
  }),
  { numRuns: 60 },
)

test('SCN-4 a cascade is over once the pool is back where it would have been', () => {
  const depths = (hours: number): readonly number[] | undefined => {
    const at = (hour: number, price: string) => ({
      time: 3600 * hour,
      open: ray(price),
      close: ray(price),
      gasPriceGwei: undefined,
    })
    const cascade = cascadeScenario('inPool')
    const entry = (id: string, unsafeAt: string) => ({
      id,
      collateral: wad('1000'),
      debt: Fixed.rad((1000n * ray(unsafeAt) * Fixed.WAD * 2n) / 3n),
    })
    // The first falls with the price, and its sale opens the second; long after that the third falls with the price, and opens the fourth.
    return right(
      Simulate.run({
        ...cascade,
        prices: {
          _tag: 'Rows',
          rows: [at(0, '200'), at(1, '190'), at(1 + hours, '190'), at(2 + hours, '150')],
        },
        positions: {
          _tag: 'Listed',
          entries: [entry('a', '195'), entry('b', '180'), entry('c', '152'), entry('d', '146')],
        },
      }),
    ).cascade?.byDepth
  }
  expect(depths(40)).toEqual([2, 2])
})

test('MKT-12 a price of nothing tells nothing: positions wait for the next one', () => {
  const scenario: Scenario.Scenario = {
    ...base,
    oracle: { sources: [[{ _tag: 'Wrong', from: 12, until: 24, factor: ray('0') }]] },
  }
  const outcome = right(Simulate.run(scenario))
  expect(outcome.notOpened.size).toBe(0)
  expect(outcome.lots.length).toBe(
    right(Simulate.run({ ...base, oracle: { sources: [[]] } })).lots.length,
  )
})

test('MKT-15 orders that no block will ever take do not keep a day going', () => {
  const outcome = right(
    Simulate.run({
      ...base,
      gas: { _tag: 'Constant', gwei: ray('50') },
      ...drawnBidders({
        count: 4,
        capital: Fixed.rad(10n ** 54n),
        gas: { _tag: 'Fixed', gwei: ray('20') },
      }),
    }),
  )
  expect(outcome.endedBy).toBe('nothingLeft')
  expect(outcome.endedAt).toBeLessThan(4 * 86_400)
  expect([outcome.bids.sent, outcome.debt.repaid]).toEqual([0, 0n])
})

test('SCN-4 selling lots opens others, which a market without a pool does not', () => {
  const depths = (sells: Bidder.Traits['sells']) =>
    right(Simulate.run(cascadeScenario(sells))).cascade?.byDepth.length
  expect([depths('elsewhere'), depths('inPool'), depths('atOnce')]).toEqual([1, 2, 2])
})

law(
  'SCN-5',
  'an oracle asks for no price that is later than the instant it is asked at',
  fc.property(sources, fc.array(fc.nat(300), { minLength: 1, maxLength: 40 }), (one, steps) => {
    const path = PricePath.make([row, { ...row, time: 10_000, close: ray('2') }])
    let now = -Infinity
    const made = right(Sources.make(one, path, 20_000))
    const oracle = right(
      made.of((at) => {
        expect(at).toBeLessThanOrEqual(now)
        return PricePath.priceAt(path, at)
      }),
    )
    const whole = right(made.of((at) => PricePath.priceAt(path, at)))
    whole.at(20_000)
    let time = path.from
    for (const more of steps) {
      time += more
      now = time
      // What is worked out as time goes on is what is worked out beforehand.
      expect(oracle.at(time)).toEqual(whole.at(time))
    }
  }),
)

law(
  'SCN-5',
  'once the price has come to rest, an oracle says one price after the time that it may take, or none',
  fc.property(sources, fc.array(fc.nat(9000), { minLength: 2, maxLength: 9 }), (one, later) => {
    const path = PricePath.make([row, { ...row, time: 1200, close: ray('2') }])
    const { of, rests } = right(Sources.make(one, path, 100_000))
    const oracle = right(of((at) => PricePath.priceAt(path, at)))
    const said = later.flatMap((more) => oracle.at(path.to + rests + more)?.price ?? [])
    expect(new Set(said).size).toBeLessThanOrEqual(1)
  }),
)

law(
  'SCN-6',
  'what is written is read back as the same scenario, and has the same outcome',
  fc.property(scenario, (one) => {
    const read = ScenarioJson.parse(ScenarioJson.format(one))
    expect(read).toEqual(E.right(one))
    expect(ScenarioJson.codec.is(one)).toBe(true)
  }),
)

test('SCN-6 what may be left out is that of the plain scenario, and what stands in a file is its name', () => {
  const { prices, terms } = JSON.parse(ScenarioJson.format(base)) as Record<string, unknown>
  expect(ScenarioJson.parse(JSON.stringify({ prices, terms }))).toEqual(
    E.right({ ...Scenario.plain, prices: base.prices, terms: base.terms }),
  )
  const inFiles: Scenario.Scenario = {
    ...base,
    prices: { _tag: 'Rows', rows: { file: 'day.csv' } },
    positions: { _tag: 'Listed', entries: { file: 'book.csv' } },
  }
  expect(ScenarioJson.parse(ScenarioJson.format(inFiles))).toEqual(E.right(inFiles))
  expect(Scenario.files(inFiles)).toEqual({ prices: 'day.csv', positions: 'book.csv' })
  const entries = [{ id: 'a', collateral: wad('1'), debt: Fixed.rad(1n) }]
  expect(Scenario.filled(inFiles, { rows: [row], entries })).toEqual({
    ...base,
    prices: { _tag: 'Rows', rows: [row] },
    positions: { _tag: 'Listed', entries },
  })
})

test('SCN-6 what is no scenario is refused at its place', () => {
  const spoiled = (change: Record<string, unknown>) =>
    ScenarioJson.parse(
      JSON.stringify({ ...(JSON.parse(ScenarioJson.format(base)) as object), ...change }),
    )
  expect(spoiled({ colour: 'red' })).toMatchObject({ left: { rule: 'DEC-18', field: 'colour' } })
  expect(spoiled({ blocks: { _tag: 'Fix' } })).toMatchObject({
    left: { rule: 'DEC-19', field: 'blocks._tag', wanted: 'Fixed or Poisson' },
  })
  expect(spoiled({ format: 2 })).toMatchObject({ left: { rule: 'DEC-19', field: 'format' } })
  expect(spoiled({ oracle: { sources: [[{ _tag: 'Delayed', by: '7' }]] } })).toMatchObject({
    left: { rule: 'DEC-20', field: 'oracle.sources[0][0].by' },
  })
})
