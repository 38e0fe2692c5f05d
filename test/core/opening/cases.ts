/**
 * Openings to be decided: mostly of unsafe positions, in numbers so small that equalities and roundings
 * show, now and then of full size; each thing that can be wrong with one is wrong now and then.
 */

import fc from 'fast-check'
import { Fixed, type House, type Position, type Terms } from '../../../src/index.js'
import * as Arbitrary from '../../../src/testing/Arbitrary.js'

const { RAY, WAD, rad, ray, wad } = Fixed

/** That many times the usual number of cases (test/law.ts): few openings of many are the same kind. */
export const times = (many: number): { readonly numRuns: number } => ({
  numRuns: many * Number(process.env['FC_RUNS'] ?? 200),
})

/** An opening: whatever Auction.open reads. */
export interface Opening {
  readonly terms: Terms.Terms
  readonly house: House.House
  readonly position: Position.Position
  readonly quotes: readonly Position.Quote[]
  readonly at: number
}

/** Mostly `usual`; in one of `freq` cases something `odd`. */
export const seldom = <A>(
  usual: fc.Arbitrary<A>,
  odd: fc.Arbitrary<A>,
  freq = 15,
): fc.Arbitrary<A> =>
  fc.oneof({ weight: freq - 1, arbitrary: usual }, { weight: 1, arbitrary: odd })

/** From `low` to `high`; seldom zero, below it, or huge. */
export const around = (low: bigint, high: bigint, freq = 30): fc.Arbitrary<bigint> =>
  seldom(
    fc.bigInt(low, high),
    fc.oneof(fc.constant(0n), fc.bigInt(-5n, -1n), fc.bigInt(2n ** 120n, 2n ** 256n)),
    freq,
  )

const tenths = (low: bigint, high: bigint): fc.Arbitrary<bigint> =>
  fc.bigInt(low, high).map((n) => (n * WAD) / 10n)

const support: fc.Arbitrary<Terms.Support> = fc.oneof(
  fc.record({
    _tag: fc.constant('Ratio' as const),
    ratio: seldom(fc.bigInt(10n, 25n), fc.bigInt(-1n, 9n)).map((n) => ray((n * RAY) / 10n)),
  }),
  fc.record({
    _tag: fc.constantFrom('LoanToValue' as const, 'Margin' as const),
    share: seldom(fc.bigInt(1n, 9n), fc.bigInt(-2n, 12n)).map((n) => ray((n * RAY) / 10n)),
  }),
)

const collateral = (asset: string): fc.Arbitrary<Terms.Collateral> =>
  fc.record({
    asset: fc.constant(asset),
    support,
    haircut: seldom(fc.constant(0n), fc.bigInt(-1n, 11n), 3).map((n) => ray((n * RAY) / 10n)),
    sale: fc.oneof(Arbitrary.dutch, Arbitrary.english),
  })

/** One to three assets; now and then one of them twice. */
const collaterals: fc.Arbitrary<readonly Terms.Collateral[]> = fc
  .tuple(
    fc.integer({ min: 1, max: 3 }),
    fc.tuple(...Arbitrary.assets.map(collateral)),
    seldom(fc.constant(false), fc.constant(true)),
  )
  .map(([many, all, isTwice]) => {
    const some = all.slice(0, many)
    return isTwice ? [...some, { ...all[2], asset: 'ETH' } as Terms.Collateral] : some
  })

const dust: fc.Arbitrary<Terms.Dust> = fc.oneof(
  fc.constant<Terms.Dust>({ _tag: 'Ignore' }),
  fc.record({
    _tag: fc.constantFrom('Refuse' as const, 'Absorb' as const),
    minDebt: around(1n, 400n).map(rad),
  }),
)

const cap: fc.Arbitrary<Terms.Cap> = fc.oneof(
  fc.constant<Terms.Cap>({ _tag: 'Room' }),
  fc.record({
    _tag: fc.constant('Slice' as const),
    most: around(1n, 800n).map(rad),
    minRoom: around(0n, 300n).map(rad),
  }),
)

const sizing: fc.Arbitrary<Terms.Sizing> = fc.record({
  closeFactor: seldom(fc.constant(WAD), tenths(-1n, 12n), 2).map(wad),
  cap,
  dust,
  penaltyRate: seldom(tenths(0n, 4n), tenths(-11n, -8n), 6).map(wad),
  split: fc.constantFrom<Terms.Sizing['split']>('byValue', 'inOrder'),
})

export const terms: fc.Arbitrary<Terms.Terms> = fc.record({
  line: fc.constant(Arbitrary.line),
  version: fc.constant(3),
  width: Arbitrary.width,
  binding: fc.constantFrom<Terms.Terms['binding']>('inForce', 'atOpening'),
  unsafe: fc.constantFrom<Terms.Terms['unsafe']>('below', 'atOrBelow'),
  collaterals,
  ceiling: around(300n, 4000n, 50).map(rad),
  sizing,
  reward: fc.record({
    flat: around(0n, 9n).map(rad),
    rate: tenths(-1n, 3n).map(wad),
    limit: fc.constantFrom<Terms.Reward['limit']>('penalty', 'none'),
    payer: fc.constantFrom<Terms.Payer>({ _tag: 'Protocol' }, { _tag: 'Fund', of: 'rewards' }),
  }),
  lossAt: fc.constantFrom<Terms.Terms['lossAt']>('close', 'seizure'),
})

const amounts = fc.tuple(...Arbitrary.assets.map(() => around(0n, 40n)))

export const position: fc.Arbitrary<Position.Position> = fc
  .record({
    amounts,
    shares: seldom(around(1n, 120n), fc.bigInt(1n, 3n), 6).map(wad),
    index: seldom(around(2n, 30n), fc.constant(1n), 5).map(ray),
    owner: seldom(fc.constant('olga'), fc.constant('')),
    line: seldom(fc.constant(Arbitrary.line), fc.constant('OTHER'), 40),
    isTwice: seldom(fc.constant(false), fc.constant(true)),
  })
  .map(({ amounts, isTwice, ...rest }) => {
    const holdings = Arbitrary.assets.map((asset, i) => ({ asset, amount: wad(amounts[i] ?? 0n) }))
    return { id: 'p1', ...rest, holdings: isTwice ? [...holdings, ...holdings] : holdings }
  })

/** Prices that mostly make such positions unsafe; seldom one is missing. */
export const quotes: fc.Arbitrary<readonly Position.Quote[]> = fc
  .tuple(
    ...Arbitrary.assets.map((asset) =>
      fc.option(
        fc.record({
          asset: fc.constant<string>(asset),
          risk: around(1n, 6n, 60).map(ray),
          market: around(1n, 9n, 15).map(ray),
        }),
        { nil: undefined, freq: 40 },
      ),
    ),
  )
  .map((all) => all.filter((quote) => quote !== undefined))

const level = fc.constantFrom<House.Line['level']>(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3)

export const house: fc.Arbitrary<House.House> = fc
  .record({
    opens: seldom(fc.constant(true), fc.constant(false), 25),
    ceiling: around(300n, 4000n, 50).map(rad),
    inFlight: around(0n, 600n, 50).map(rad),
    name: seldom(fc.constant(Arbitrary.line), fc.constant('OTHER'), 40),
    version: seldom(fc.constant(3), fc.constant(2), 40),
    level,
    lineInFlight: around(0n, 600n, 50).map(rad),
    opened: fc.nat(9),
    lastAt: fc.nat(20),
    houseLastAt: fc.nat(20),
  })
  .map(({ ceiling, houseLastAt, inFlight, lineInFlight, name, opens, ...line }) => ({
    opens,
    ceiling,
    inFlight,
    lastAt: houseLastAt,
    lines: new Map([[name, { ...line, inFlight: lineInFlight }]]),
  }))

export const opening: fc.Arbitrary<Opening> = fc.record({
  terms,
  house,
  position,
  quotes,
  at: seldom(fc.integer({ min: 20, max: 60 }), fc.constantFrom(0, 7, 13, 20.5, NaN, 2 ** 53), 20),
})
