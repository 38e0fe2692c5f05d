/**
 * Setup: arbitrary houses to start a history from: lines, positions and a treasury that fit each other.
 *
 * All amounts are small counts of one unit each for collateral, prices and money, so that equalities
 * and ties are common at every size: from a unit of one, where rounding shows, to one that overflows.
 */

import fc from 'fast-check'
import { Curve, Fixed, type Position, type Terms, type Treasury } from '../core/index.js'
import { Book } from '../engine/index.js'
import * as Arbitrary from './Arbitrary.js'

// Model

/** How many of the core's units one of this history's counts is. */
export interface Unit {
  readonly wad: bigint
  readonly ray: bigint
}

export interface Setup {
  readonly unit: Unit
  readonly ceiling: Fixed.Rad
  readonly treasuryTerms: Treasury.Terms
  readonly treasuryOpens: boolean
  readonly positions: readonly Position.Position[]
  /** The terms of every line, and those that follow them. */
  readonly terms: readonly Terms.Terms[]
}

/** The lines of a history. */
export const lines: readonly string[] = ['MAIN', 'SIDE']

const { RAY, WAD, rad, ray, wad } = Fixed

/** What a number of units is, of each kind. */
export const units = ({ ray: ofRay, wad: ofWad }: Unit): Units => ({
  wad: (n) => wad(n * ofWad),
  ray: (n) => ray(n * ofRay),
  rad: (n) => rad(n * ofWad * ofRay),
})

export interface Units {
  readonly wad: (n: bigint) => Fixed.Wad
  readonly ray: (n: bigint) => Fixed.Ray
  readonly rad: (n: bigint) => Fixed.Rad
}

// Constructors

const unit: fc.Arbitrary<Unit> = fc.oneof(
  { weight: 8, arbitrary: fc.constant({ wad: 1n, ray: 1n }) },
  { weight: 8, arbitrary: fc.constant({ wad: 10n ** 18n, ray: 10n ** 27n }) },
  { weight: 4, arbitrary: fc.constant({ wad: 3n * 10n ** 5n + 7n, ray: 10n ** 9n + 11n }) },
  { weight: 1, arbitrary: fc.constant({ wad: 10n ** 21n, ray: 10n ** 34n }) },
)

const hundredths = (of: bigint, from: number, to: number): fc.Arbitrary<bigint> =>
  fc.integer({ min: from, max: to }).map((n) => (of * BigInt(n)) / 100n)

const seconds = (from: number, to: number): fc.Arbitrary<bigint> =>
  fc.integer({ min: from, max: to }).map(BigInt)

const few = (from: number, to: number): fc.Arbitrary<bigint> => seconds(from, to)

const rarely = (wild: bigint, sensible: fc.Arbitrary<bigint>): fc.Arbitrary<bigint> =>
  fc.oneof({ weight: 19, arbitrary: sensible }, fc.constant(wild))

const edges = fc.constantFrom<Terms.Edges>('halfOpen', 'strict')

const { unchecked } = Curve

const curve: fc.Arbitrary<Curve.Curve> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .tuple(seconds(1, 30), hundredths(RAY, 50, 99))
      .map(([every, keep]) => unchecked.stairs(every, ray(keep))),
  },
  { weight: 3, arbitrary: seconds(30, 400).map(unchecked.linear) },
  hundredths(RAY, 90, 99).map((keep) => unchecked.exponential(ray(keep))),
  hundredths(RAY, 50, 100).map((share) => unchecked.constant(ray(share))),
  // Prices that do not exist: a step of no time, a share below zero.
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      unchecked.stairs(0n, RAY),
      unchecked.floored(ray(-1n), unchecked.constant(ray(-1n))),
    ),
  },
)

const dutch = ({ rad: money, wad: amount }: Units): fc.Arbitrary<Terms.Dutch> =>
  fc.record({
    _tag: fc.constant('Dutch' as const),
    curve,
    markup: fc.oneof(
      { weight: 15, arbitrary: hundredths(RAY, 90, 150).map(ray) },
      fc.constant(ray(0n)),
    ),
    reset: fc.oneof(
      {
        weight: 9,
        arbitrary: fc.record({
          _tag: fc.constant('WhenStale' as const),
          after: seconds(20, 300),
          below: hundredths(RAY, 0, 60).map(ray),
        }),
      },
      fc.constant<Terms.ResetRule>({ _tag: 'Never' }),
    ),
    reserve: fc.constant(ray(0n)),
    minLeft: few(0, 40).map(money),
    minCollateralLeft: few(0, 2).map(amount),
    emptySale: fc.constantFrom<Terms.Dutch['emptySale']>('refuse', 'refuse', 'allow'),
    edges,
  })

const english: fc.Arbitrary<Terms.English> = fc.record({
  _tag: fc.constant('English' as const),
  minRaise: hundredths(WAD, 0, 10).map(wad),
  bidLasts: seconds(5, 60),
  lasts: seconds(10, 200),
  ending: fc.oneof(
    fc.constant<Terms.Ending>({ _tag: 'Fixed' }),
    fc.record({
      _tag: fc.constant('Extended' as const),
      by: seconds(0, 60),
      hardEnd: seconds(10, 400),
    }),
  ),
  reserve: fc.oneof(fc.constant(ray(0n)), hundredths(RAY, 0, 80).map(ray)),
  held: fc.constantFrom<Terms.English['held']>('escrow', 'income'),
  growth: hundredths(WAD, 0, 50).map(wad),
  edges,
})

const sizing = ({ rad: money }: Units): fc.Arbitrary<Terms.Sizing> =>
  fc.record({
    closeFactor: fc.oneof(fc.constant(WAD), hundredths(WAD, 10, 100).map(wad)),
    cap: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Terms.Cap>({ _tag: 'Room' }) },
      fc.record({
        _tag: fc.constant('Slice' as const),
        most: few(20, 400).map(money),
        minRoom: few(0, 60).map(money),
      }),
    ),
    dust: fc.oneof(
      fc.constant<Terms.Dust>({ _tag: 'Ignore' }),
      fc.record({
        _tag: fc.constantFrom('Refuse' as const, 'Absorb' as const),
        minDebt: few(0, 60).map(money),
      }),
    ),
    // Below zero a target is below its debt: a hazard (PAR-4) that history must survive all the same.
    penaltyRate: fc
      .oneof({ weight: 12, arbitrary: hundredths(WAD, 0, 30) }, hundredths(WAD, -200, 0))
      .map(wad),
    split: fc.constantFrom<Terms.Sizing['split']>('byValue', 'inOrder'),
  })

const collateral = (asset: string, units: Units): fc.Arbitrary<Terms.Collateral> =>
  fc.record({
    asset: fc.constant(asset),
    support: fc.oneof(
      hundredths(RAY, 100, 200).map((n): Terms.Support => ({ _tag: 'Ratio', ratio: ray(n) })),
      hundredths(RAY, 50, 90).map((n): Terms.Support => ({ _tag: 'LoanToValue', share: ray(n) })),
      hundredths(RAY, 5, 50).map((n): Terms.Support => ({ _tag: 'Margin', share: ray(n) })),
    ),
    haircut: fc.oneof(fc.constant(ray(0n)), hundredths(RAY, 0, 20).map(ray)),
    sale: fc.oneof(dutch(units), english),
  })

const sensible = (units: Units): fc.Arbitrary<Terms.Terms> =>
  fc
    .record({
      width: Arbitrary.width,
      binding: fc.constantFrom<Terms.Terms['binding']>('inForce', 'inForce', 'atOpening'),
      unsafe: fc.constantFrom<Terms.Terms['unsafe']>('below', 'atOrBelow'),
      collaterals: fc
        .tuple(
          fc.integer({ min: 1, max: 3 }),
          fc.tuple(...Arbitrary.assets.map((asset) => collateral(asset, units))),
        )
        .map(([many, all]) => all.slice(0, many)),
      ceiling: fc.oneof(
        { weight: 4, arbitrary: fc.constant(units.rad(100_000n)) },
        few(50, 900).map(units.rad),
      ),
      sizing: sizing(units),
      reward: fc.record({
        flat: few(-1, 4).map(units.rad),
        rate: hundredths(WAD, -1, 5).map(wad),
        limit: fc.constantFrom<Terms.Reward['limit']>('penalty', 'none'),
        payer: fc.constantFrom<Terms.Payer>({ _tag: 'Protocol' }, { _tag: 'Fund', of: 'rewards' }),
      }),
      lossAt: fc.constantFrom<Terms.Terms['lossAt']>('close', 'seizure'),
    })
    .map((fields) => ({ line: Arbitrary.line, version: 1, ...fields }))

/** A collateral that would be sold another way, as terms that change may have it. */
const terms = (units: Units): fc.Arbitrary<readonly Terms.Terms[]> =>
  fc
    .array(fc.oneof({ weight: 6, arbitrary: sensible(units) }, Arbitrary.terms), {
      minLength: lines.length,
      maxLength: 5,
    })
    .map((all) =>
      all.map((one, i) => ({
        ...one,
        line: lines[i % lines.length] ?? '',
        version: 1 + Math.floor(i / lines.length),
      })),
    )

const position =
  (units: Units) =>
  (id: string): fc.Arbitrary<Position.Position> =>
    fc
      .record({
        line: fc.constantFrom(...lines),
        amounts: fc.tuple(...Arbitrary.assets.map(() => few(0, 30))),
        index: few(1, 3),
        tenths: few(3, 14),
        owner: fc.constantFrom(...Array<string>(9).fill('olga'), 'omar', ''),
      })
      .map(({ amounts, index, line, owner, tenths }) => {
        const total = amounts.reduce((sum, amount) => sum + amount, 0n)
        return {
          id,
          owner,
          line,
          holdings: Arbitrary.assets.map((asset, i) => ({
            asset,
            amount: units.wad(amounts[i] ?? 0n),
          })),
          // Prices are about ten: a debt of three to fourteen tenths of the value.
          shares: units.wad((total * tenths) / index),
          index: units.ray(index),
        }
      })

const treasuryTerms = ({ rad: money, wad: amount }: Units): fc.Arbitrary<Treasury.Terms> =>
  fc
    .record({
      width: Arbitrary.width,
      wait: fc.oneof({ weight: 9, arbitrary: seconds(0, 60) }, fc.constant(2n ** 256n)),
      surplus: fc.record({
        token: fc.constant('GOV'),
        lot: rarely(-1n, few(1, 20)).map(money),
        buffer: rarely(-9n, few(0, 10)).map(money),
        limit: few(0, 60).map(money),
        minFirstBid: few(0, 3).map(amount),
        sale: english,
      }),
      debt: fc.record({
        token: fc.constant('GOV'),
        lot: rarely(-1n, few(1, 30)).map(money),
        tokens: rarely(-1n, few(1, 200)).map(amount),
        sale: english,
      }),
    })
    .map((fields) => ({ line: 'TREASURY', version: 1, ...fields }))

/** The names of a history's positions. */
const names = Array.from({ length: 6 }, (_, i) => `p${i + 1}`)

/** A setup whose counts are of a unit. */
export const setupOf = (unit: Unit): fc.Arbitrary<Setup> => {
  const all = units(unit)
  return fc.record({
    unit: fc.constant(unit),
    ceiling: fc.oneof(
      { weight: 6, arbitrary: fc.constant(all.rad(1_000_000n)) },
      few(50, 2000).map(all.rad),
    ),
    treasuryTerms: treasuryTerms(all),
    treasuryOpens: fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
    positions: fc.tuple(...names.map(position(all))),
    terms: terms(all),
  })
}

export const setup: fc.Arbitrary<Setup> = unit.chain(setupOf)

/** A book with the positions and the treasury, and no events yet. */
export const book = ({ ceiling, positions, treasuryOpens, treasuryTerms }: Setup): Book.Book => {
  const made = Book.make(ceiling, treasuryTerms)
  made.treasury = { ...made.treasury, opens: treasuryOpens }
  for (const one of positions) Book.hold(made, one)
  return made
}
