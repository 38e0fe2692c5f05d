/**
 * What the laws of hazards need: to put a setting at the bound that a hazard names, and terms that are
 * sound but for a setting or two.
 */

import fc from 'fast-check'
import { Curve, Fixed, type Hazard, type Terms } from '../../src/index.js'
import { curve, share, terms, wildCurve } from '../../src/testing/Arbitrary.js'
import { soundDutch, soundEnglish, soundTerms } from '../examples/parameters.js'

const { RAY, WAD } = Fixed

// A setting at its bound

/** What a choice that a hazard asks for may be. */
const choices: Readonly<Record<string, unknown>> = {
  'a whole number': 7,
  'listed once': 'another',
  'Absorb, or Ignore': { _tag: 'Ignore' },
  refuse: 'refuse',
  penalty: 'penalty',
  'WhenStale, or a curve that does not fall': { _tag: 'WhenStale', after: 60n, below: 1n },
  'one whose first drop leaves something': Curve.unchecked.constant(RAY),
}

const resized = (value: unknown, size: number): unknown =>
  typeof value === 'string'
    ? 'x'.repeat(size)
    : Array.from(
        { length: size },
        (_, i) => (value as readonly unknown[])[i] ?? soundTerms.collaterals[0],
      )

const put = (data: unknown, [key, ...rest]: readonly string[], value: unknown): unknown => {
  if (key === undefined) return typeof data === 'number' ? Number(value) : value
  if (key === 'length') return resized(data, Number(value))
  const inner = put((data as Readonly<Record<string, unknown>>)[key], rest, value)
  return Array.isArray(data)
    ? data.map((one: unknown, i) => (i === Number(key) ? inner : one))
    : { ...(data as object), [key]: inner }
}

/** The terms with the setting of a hazard at the bound that it names, and all else as it was. */
export const atBound = <A>(terms: A, { bound, parameter }: Hazard.Hazard): A =>
  put(
    terms,
    parameter.split(/[.[\]]+/).filter((key) => key !== ''),
    typeof bound === 'string' ? choices[bound] : bound,
  ) as A

/** Whether two hazards are the same but for the value given. */
export const isSame = (a: Hazard.Hazard, b: Hazard.Hazard): boolean =>
  a.rule === b.rule && a.parameter === b.parameter && a.needs === b.needs

/** What kind of hazard it is: its rule, its setting's name and its direction. */
export const kindOf = ({ needs, parameter, rule }: Hazard.Hazard): string =>
  `${rule} ${parameter.replace(/(?:collaterals|points)\[\d+\]\.|sale\.|of\./g, '')} ${needs}`

// Terms that are nearly sound

/** Mostly `sound`; now and then something else. */
const or = <A>(sound: A, other: fc.Arbitrary<A>): fc.Arbitrary<A> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(sound) }, other)

/** About a number: it, its neighbours, a little or a lot more or less, and zero or below. */
const about = <N extends bigint>(sound: N): fc.Arbitrary<N> =>
  or(
    sound,
    fc.oneof(
      fc.bigInt(-2n, 2n).map((by) => sound + by),
      fc.bigInt(0n, 300n).map((percent) => (sound * percent) / 100n),
      fc.bigInt(-2n, 2n),
      fc.bigInt(-(2n ** 260n), 2n ** 260n),
    ) as fc.Arbitrary<N>,
  )

/** Curves that fall by steps or in a line over some minutes, at times held, floored or capped. */
const likely: fc.Arbitrary<Curve.Curve> = fc.oneof(
  fc
    .tuple(fc.bigInt(1n, 200n), fc.bigInt(80n, 100n))
    .map(([every, kept]) => Curve.unchecked.stairs(every, Fixed.ray((RAY * kept) / 100n))),
  fc.bigInt(1n, 9000n).map(Curve.unchecked.linear),
  fc.bigInt(70n, 100n).map((kept) => Curve.unchecked.constant(Fixed.ray((RAY * kept) / 100n))),
  curve,
)

const tenths = fc.bigInt(0n, 20n).map((n) => Fixed.ray((RAY * n) / 10n))

/** Sales that are mostly sound on curves of every sort: at the market, or from it to as far above as the curve falls. */
export const likelyDutch: fc.Arbitrary<Terms.Dutch> = fc
  .record({
    curve: fc.oneof(
      likely,
      fc
        .tuple(fc.bigInt(10n, 90n), likely)
        .map(([percent, of]) => Curve.unchecked.floored(Fixed.ray((RAY * percent) / 100n), of)),
      fc
        .tuple(fc.bigInt(80n, 99n), likely)
        .map(([percent, of]) => Curve.unchecked.capped(Fixed.ray((RAY * percent) / 100n), of)),
    ),
    markup: fc.bigInt(95n, 125n).map((percent) => Fixed.ray((RAY * percent) / 100n)),
    reset: fc.oneof(
      { weight: 2, arbitrary: fc.constant<Terms.ResetRule>({ _tag: 'Never' }) },
      {
        weight: 3,
        arbitrary: fc.record({
          _tag: fc.constant('WhenStale' as const),
          after: fc.bigInt(100n, 9000n),
          below: fc.bigInt(-5n, 50n).map((n) => Fixed.ray(n > 0n ? (RAY * n) / 100n : 0n)),
        }),
      },
    ),
    reserve: fc.bigInt(10n, 40n).map((n) => Fixed.ray((RAY * n) / 100n)),
    edges: fc.constantFrom<Terms.Edges>('halfOpen', 'strict'),
  })
  .map((fields) => ({ ...soundDutch, ...fields }))

/** A sale by a falling price that is sound but for a setting or two. */
export const nearlyDutch: fc.Arbitrary<Terms.Dutch> = fc
  .record({
    curve: or<Curve.Curve>(soundDutch.curve, fc.oneof({ weight: 4, arbitrary: likely }, wildCurve)),
    markup: fc.oneof(about(soundDutch.markup), tenths),
    reset: or<Terms.ResetRule>(
      soundDutch.reset,
      fc.oneof(
        { weight: 1, arbitrary: fc.constant<Terms.ResetRule>({ _tag: 'Never' }) },
        {
          weight: 6,
          arbitrary: fc.record({
            _tag: fc.constant('WhenStale' as const),
            after: fc.oneof(about(7200n), fc.bigInt(0n, 200n)),
            below: fc.oneof(about(Fixed.ray(RAY / 2n)), share, fc.constant(Fixed.ray(0n))),
          }),
        },
      ),
    ),
    reserve: fc.oneof(about(soundDutch.reserve), about(Fixed.ray(RAY / 10n)), tenths),
    minLeft: about(soundDutch.minLeft),
    minCollateralLeft: about(soundDutch.minCollateralLeft),
    emptySale: or<Terms.Dutch['emptySale']>('refuse', fc.constant('allow')),
    edges: fc.constantFrom<Terms.Edges>('halfOpen', 'strict'),
  })
  .map((fields) => ({ ...soundDutch, ...fields }))

/** A sale by bids that is sound but for a setting or two. */
export const nearlyEnglish: fc.Arbitrary<Terms.English> = fc
  .record({
    minRaise: about(soundEnglish.minRaise),
    bidLasts: about(soundEnglish.bidLasts),
    lasts: about(soundEnglish.lasts),
    ending: or<Terms.Ending>(
      { _tag: 'Fixed' },
      fc.record({
        _tag: fc.constant('Extended' as const),
        by: about(3600n),
        hardEnd: about(259_200n),
      }),
    ),
    reserve: about(soundEnglish.reserve),
    growth: fc.oneof(about(Fixed.wad(0n)), about(Fixed.wad(0n)), about(Fixed.wad(WAD / 2n))),
  })
  .map((fields) => ({ ...soundEnglish, ...fields }))

const support: fc.Arbitrary<Terms.Support> = fc.oneof(
  fc.record({ _tag: fc.constant('Ratio' as const), ratio: about(Fixed.ray((RAY * 3n) / 2n)) }),
  fc.record({ _tag: fc.constant('LoanToValue' as const), share: about(Fixed.ray(RAY / 2n)) }),
  fc.record({ _tag: fc.constant('Margin' as const), share: about(Fixed.ray(RAY / 2n)) }),
)

const collateral = (asset: string): fc.Arbitrary<Terms.Collateral> =>
  fc.record({
    asset: or(asset, fc.constantFrom('', 'ETH')),
    support,
    haircut: fc.oneof(or(Fixed.ray(0n), share), about(Fixed.ray(RAY - 1n))),
    sale: fc.oneof(nearlyDutch, nearlyDutch, likelyDutch, nearlyEnglish),
  })

const debt = about(Fixed.rad(1000n * Fixed.RAD))

/** Terms that are sound but for a setting or two: the only kind that reaches every check. */
export const nearlySound: fc.Arbitrary<Terms.Terms> = fc
  .record({
    line: or('SOUND', fc.constant('')),
    version: or(1, fc.constantFrom(0, -1, 1.5, NaN, 2 ** 53)),
    width: fc.constantFrom<Fixed.Width>('unbounded', 'uint256'),
    collaterals: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(collateral('ETH')) },
      { weight: 2, arbitrary: fc.tuple(collateral('ETH'), collateral('BTC')) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    ceiling: fc.oneof(about(soundTerms.ceiling), debt),
    sizing: fc.record({
      closeFactor: fc.oneof(about(WAD), about(Fixed.wad(WAD / 2n))),
      cap: or<Terms.Cap>(
        { _tag: 'Room' },
        fc.record({ _tag: fc.constant('Slice' as const), most: debt, minRoom: debt }),
      ),
      dust: or<Terms.Dust>(
        soundTerms.sizing.dust,
        fc.oneof(
          fc.constant<Terms.Dust>({ _tag: 'Ignore' }),
          fc.record({
            _tag: fc.constantFrom('Refuse' as const, 'Absorb' as const),
            minDebt: debt,
          }),
        ),
      ),
      penaltyRate: about(soundTerms.sizing.penaltyRate),
      split: fc.constantFrom<Terms.Sizing['split']>('byValue', 'inOrder'),
    }),
    reward: fc.record({
      limit: fc.constantFrom<Terms.Reward['limit']>('penalty', 'none'),
      flat: about(soundTerms.reward.flat),
      rate: about(soundTerms.reward.rate),
      payer: fc.constant(soundTerms.reward.payer),
    }),
  })
  .map((fields) => ({ ...soundTerms, ...fields }))

/** Terms of every sort: nearly sound, and as wild as they come. */
export const anyTerms: fc.Arbitrary<Terms.Terms> = fc.oneof(
  { weight: 4, arbitrary: nearlySound },
  terms,
)

/** A market price from a billionth of a unit of money up: round, and as uneven as they come. */
export const market: fc.Arbitrary<Fixed.Ray> = fc
  .oneof(
    fc.bigInt(10n ** 19n, 10n ** 31n),
    fc.bigInt(1n, 3000n).map((n) => n * RAY),
    fc.bigInt(10n ** 19n, 10n ** 19n + 100n),
  )
  .map(Fixed.ray)

/** Some of what is drawn, always the same. */
export const samples = <A>(arbitrary: fc.Arbitrary<A>): readonly A[] =>
  fc.sample(arbitrary, { seed: 1, numRuns: 400 })
