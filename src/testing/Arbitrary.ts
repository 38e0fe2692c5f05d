/**
 * Arbitrary: values of the core's types, sensible and hostile, for property tests.
 *
 * Money and amounts are mostly small counts, so that equalities and ties are common, and sometimes of
 * full size. A `hostile` value is now and then zero or below.
 */

import fc from 'fast-check'
import { Curve, Fixed, type Position, type Terms } from '../core/index.js'

// Numbers

/** From zero up to `large`, mostly below 60. */
export const count = (large: bigint): fc.Arbitrary<bigint> =>
  fc.oneof({ weight: 3, arbitrary: fc.bigInt(0n, 60n) }, fc.bigInt(0n, large))

/** Above zero, up to `large` and one, mostly below 61. */
export const positive = (large: bigint): fc.Arbitrary<bigint> => count(large).map((n) => n + 1n)

/** Mostly what makes sense; now and then zero or below. */
export const hostile = (sensible: fc.Arbitrary<bigint>): fc.Arbitrary<bigint> =>
  fc.oneof({ weight: 9, arbitrary: sensible }, fc.bigInt({ min: -(10n ** 50n), max: 0n }))

/** From 0 to 1, often close to 1. */
export const share: fc.Arbitrary<Fixed.Ray> = fc
  .oneof(
    fc.bigInt(0n, Fixed.RAY),
    fc.bigInt(0n, 10n ** 22n).map((drop) => Fixed.RAY - drop),
    fc.nat(10).map((tenths) => (Fixed.RAY * BigInt(tenths)) / 10n),
  )
  .map(Fixed.ray)

export const wad: fc.Arbitrary<Fixed.Wad> = count(10n ** 21n).map(Fixed.wad)
export const rad: fc.Arbitrary<Fixed.Rad> = count(10n ** 50n).map(Fixed.rad)

/** A price above zero: mostly tiny, where rounding shows; sometimes of full size. */
export const price: fc.Arbitrary<Fixed.Ray> = positive(10n ** 31n).map(Fixed.ray)

export const seconds: fc.Arbitrary<Fixed.Seconds> = fc.nat(10 ** 6)

/** How long after the last event a command comes: mostly soon; now and then before it, or at no whole second. */
export const wait: fc.Arbitrary<number> = fc.oneof(
  { weight: 6, arbitrary: fc.nat(20) },
  { weight: 4, arbitrary: fc.nat(3000) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, NaN, Infinity, 2 ** 53) },
)

/** Any length: mostly what a test can wait for, sometimes what only a contract accepts. */
export const duration: fc.Arbitrary<Fixed.Duration> = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt(1n, 100n) },
  { weight: 4, arbitrary: fc.bigInt(1n, 5000n) },
  { weight: 1, arbitrary: fc.bigInt(1n, 2n ** 256n) },
)

export const width: fc.Arbitrary<Fixed.Width> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fixed.Width>('unbounded') },
  fc.constant<Fixed.Width>('uint256'),
)

// Curves

const keep = share.filter((ray) => ray > 0n)
const shorter = fc.bigInt(1n, 10n ** 5n)

const points: fc.Arbitrary<readonly Curve.Point[]> = fc
  .tuple(share, fc.array(fc.tuple(fc.bigInt(1n, 2000n), share), { maxLength: 4 }))
  .map(([first, steps]) =>
    steps.reduce<readonly Curve.Point[]>(
      (points, [later, kept]) => {
        const last = points[points.length - 1] ?? { after: 0n, share: first }
        return [
          ...points,
          {
            after: last.after + later,
            share: Fixed.ray(Fixed.mulDiv(last.share, kept, Fixed.RAY, 'floor')),
          },
        ]
      },
      [{ after: 0n, share: first }],
    ),
  )

const between = fc.constantFrom<Curve.Piecewise['between']>('linear', 'step')
const afterLast = fc.constantFrom<Curve.Piecewise['afterLast']>('hold', 'zero')

const { unchecked } = Curve

/** A curve of one shape that its constructor accepts. */
export const simpleCurve: fc.Arbitrary<Curve.Curve> = fc.oneof(
  keep.map(unchecked.constant),
  shorter.map(unchecked.linear),
  fc.tuple(shorter, keep).map(([every, kept]) => unchecked.stairs(every, kept)),
  keep.map(unchecked.exponential),
  fc.tuple(points, between, afterLast).map((all) => unchecked.piecewise(...all)),
)

/** A curve that the constructors accept, at times scaled, floored or capped. */
export const curve: fc.Arbitrary<Curve.Curve> = fc.oneof(
  { weight: 3, arbitrary: simpleCurve },
  fc.tuple(keep, simpleCurve).map(([by, of]) => unchecked.scaled(by, of)),
  fc.tuple(keep, simpleCurve).map(([at, of]) => unchecked.floored(at, of)),
  fc.tuple(keep, simpleCurve).map(([at, of]) => unchecked.capped(at, of)),
)

const wildRay = fc
  .oneof(share, fc.bigInt(-2n * Fixed.RAY, 3n * Fixed.RAY), fc.bigInt(-(2n ** 260n), 2n ** 260n))
  .map(Fixed.ray)

const wildDuration = fc.oneof(duration, fc.bigInt(-5n, 5n))

const wildPoints = fc.array(fc.record({ after: wildDuration, share: wildRay }), { maxLength: 4 })

/** Any curve at all, hazards included. */
export const wildCurve: fc.Arbitrary<Curve.Curve> = fc.oneof(
  { weight: 4, arbitrary: curve },
  wildRay.map(unchecked.constant),
  wildDuration.map(unchecked.linear),
  fc.tuple(wildDuration, wildRay).map(([every, kept]) => unchecked.stairs(every, kept)),
  wildRay.map(unchecked.exponential),
  fc.tuple(wildPoints, between, afterLast).map((all) => unchecked.piecewise(...all)),
  fc.tuple(wildRay, curve).map(([by, of]) => unchecked.scaled(by, of)),
  fc.tuple(wildRay, curve).map(([at, of]) => unchecked.floored(at, of)),
  fc.tuple(wildRay, curve).map(([at, of]) => unchecked.capped(at, of)),
)

// Terms

const edges = fc.constantFrom<Terms.Edges>('halfOpen', 'strict')

/** How a Dutch lot is sold, whatever is known to be wrong with it. */
export const dutch: fc.Arbitrary<Terms.Dutch> = fc.record({
  _tag: fc.constant('Dutch' as const),
  curve: wildCurve,
  markup: fc.bigInt(0n, 2n * Fixed.RAY).map(Fixed.ray),
  reset: fc.oneof(
    { weight: 1, arbitrary: fc.constant<Terms.ResetRule>({ _tag: 'Never' }) },
    {
      weight: 5,
      arbitrary: fc.record({
        _tag: fc.constant('WhenStale' as const),
        after: duration,
        below: fc.oneof(fc.constant(Fixed.ray(0n)), share),
      }),
    },
  ),
  reserve: share,
  minLeft: rad,
  minCollateralLeft: fc.oneof(fc.constant(Fixed.wad(0n)), wad),
  emptySale: fc.constantFrom<Terms.Dutch['emptySale']>('refuse', 'refuse', 'allow'),
  edges,
})

/** How a lot is sold by bids, whatever is known to be wrong with it. */
export const english: fc.Arbitrary<Terms.English> = fc.record({
  _tag: fc.constant('English' as const),
  minRaise: fc.oneof(fc.constant(0n), fc.bigInt(0n, Fixed.WAD)).map(Fixed.wad),
  bidLasts: duration,
  lasts: duration,
  ending: fc.oneof(
    fc.constant<Terms.Ending>({ _tag: 'Fixed' }),
    fc.record({ _tag: fc.constant('Extended' as const), by: duration, hardEnd: duration }),
  ),
  reserve: fc.oneof(fc.constant(Fixed.ray(0n)), share),
  held: fc.constantFrom<Terms.English['held']>('escrow', 'income'),
  growth: fc.bigInt(0n, Fixed.WAD).map(Fixed.wad),
  edges,
})

const support: fc.Arbitrary<Terms.Support> = fc.oneof(
  fc.record({
    _tag: fc.constant('Ratio' as const),
    ratio: fc.bigInt(Fixed.RAY / 2n, 3n * Fixed.RAY).map(Fixed.ray),
  }),
  fc.record({ _tag: fc.constant('LoanToValue' as const), share }),
  fc.record({ _tag: fc.constant('Margin' as const), share }),
)

const cap: fc.Arbitrary<Terms.Cap> = fc.oneof(
  fc.constant<Terms.Cap>({ _tag: 'Room' }),
  fc.record({ _tag: fc.constant('Slice' as const), most: rad, minRoom: rad }),
)

const dust: fc.Arbitrary<Terms.Dust> = fc.oneof(
  fc.constant<Terms.Dust>({ _tag: 'Ignore' }),
  fc.record({ _tag: fc.constantFrom('Refuse' as const, 'Absorb' as const), minDebt: rad }),
)

const payer: fc.Arbitrary<Terms.Payer> = fc.constantFrom<Terms.Payer>(
  { _tag: 'Protocol' },
  { _tag: 'Fund', of: 'rewards' },
)

/** The assets that arbitrary terms accept and arbitrary positions hold. */
export const assets = ['ETH', 'BTC', 'GOLD'] as const

/** The name of the line that arbitrary terms and positions are of. */
export const line = 'LINE'

const collateral = (asset: string): fc.Arbitrary<Terms.Collateral> =>
  fc.record({
    asset: fc.constant(asset),
    support,
    haircut: fc.oneof(fc.constant(Fixed.ray(0n)), share),
    sale: fc.oneof(dutch, english),
  })

/** Terms of one to three assets, whatever is known to be wrong with them. */
export const terms: fc.Arbitrary<Terms.Terms> = fc
  .record({
    version: fc.constant(1),
    width,
    binding: fc.constantFrom<Terms.Terms['binding']>('inForce', 'atOpening'),
    unsafe: fc.constantFrom<Terms.Terms['unsafe']>('below', 'atOrBelow'),
    collaterals: fc
      .tuple(fc.integer({ min: 1, max: assets.length }), fc.tuple(...assets.map(collateral)))
      .map(([many, all]) => all.slice(0, many)),
    ceiling: rad,
    sizing: fc.record({
      closeFactor: fc.oneof(fc.constant(Fixed.WAD), fc.bigInt(0n, Fixed.WAD).map(Fixed.wad)),
      cap,
      dust,
      penaltyRate: fc
        .oneof(
          { weight: 5, arbitrary: fc.bigInt(0n, Fixed.WAD) },
          fc.bigInt(0n - Fixed.WAD - 1n, 0n),
        )
        .map(Fixed.wad),
      split: fc.constantFrom<Terms.Sizing['split']>('byValue', 'inOrder'),
    }),
    reward: fc.record({
      flat: count(10n ** 46n).map(Fixed.rad),
      rate: fc.bigInt(0n, Fixed.WAD / 10n).map(Fixed.wad),
      limit: fc.constantFrom<Terms.Reward['limit']>('penalty', 'none'),
      payer,
    }),
    lossAt: fc.constantFrom<Terms.Terms['lossAt']>('close', 'seizure'),
  })
  .map((fields) => ({ line, ...fields }))

// Positions

/** A position of the line, mostly holding every asset; its amounts now and then zero or below. */
export const position = (id: string): fc.Arbitrary<Position.Position> =>
  fc
    .record({
      amounts: fc.tuple(...assets.map(() => hostile(positive(10n ** 21n)))),
      shares: hostile(positive(10n ** 22n)).map(Fixed.wad),
      index: fc.oneof(fc.constant(Fixed.RAY), hostile(positive(10n ** 28n)).map(Fixed.ray)),
      owner: fc.constantFrom('owner', 'owner', 'owner', 'other', ''),
    })
    .map(({ amounts, ...rest }) => ({
      id,
      line,
      ...rest,
      holdings: assets.map((asset, i) => ({ asset, amount: Fixed.wad(amounts[i] ?? 0n) })),
    }))

/** A quote of every asset; now and then of zero or below, or missing. */
export const quotes: fc.Arbitrary<readonly Position.Quote[]> = fc
  .tuple(
    ...assets.map((asset) =>
      fc.option(
        fc.record({
          asset: fc.constant<string>(asset),
          risk: hostile(price).map(Fixed.ray),
          market: hostile(price).map(Fixed.ray),
        }),
        { nil: undefined, freq: 20 },
      ),
    ),
  )
  .map((all) => all.filter((quote) => quote !== undefined))
