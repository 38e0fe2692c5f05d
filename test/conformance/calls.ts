/**
 * Calls: what functions of the core are given by themselves: numbers of all sizes and signs, curves that nobody should
 * choose, and by hand what no book comes to.
 */

import fc from 'fast-check'
import { Curve, Fixed, type Terms, Treasury } from '../../src/index.js'
import * as Arbitrary from '../../src/testing/Arbitrary.js'
import { setup } from '../../src/testing/Setup.js'
import { called } from './call.js'
import type { Fields } from './form.js'

const { MAX_UINT256, RAY, rad, ray, WAD, wad } = Fixed

// Numbers

const number: fc.Arbitrary<bigint> = fc.oneof(
  fc.bigInt(-20n, 20n),
  fc.bigInt(-(10n ** 30n), 10n ** 30n),
  fc.bigInt(-(2n ** 260n), 2n ** 260n),
)

const mulDiv: fc.Arbitrary<Fields> = fc
  .record({
    x: number,
    y: number,
    d: number.map((n) => (n < 0n ? -n : n) + 1n),
    rounding: fc.constantFrom<Fixed.Rounding>('floor', 'ceil', 'halfUp', 'halfEven'),
    isTie: fc.boolean(),
  })
  // A half of the even number above it is a tie.
  .map(({ isTie, ...all }) =>
    called('mulDiv', isTie ? { ...all, x: 2n * all.x + 1n, y: 1n, d: 2n } : all),
  )

const rpow: fc.Arbitrary<Fields> = fc
  .record({
    x: fc.oneof(
      { weight: 3, arbitrary: Arbitrary.share },
      number.map(ray),
      fc.bigInt(RAY, 2n * RAY).map(ray),
    ),
    n: fc.oneof(fc.bigInt(-1n, 70n), fc.bigInt(0n, 100_000n), fc.bigInt(0n, 2n ** 256n)),
  })
  .map((all) => called('rpow', all))

const priceAt: fc.Arbitrary<Fields> = fc
  .record({
    curve: Arbitrary.wildCurve,
    width: Arbitrary.width,
    startPrice: fc.oneof(
      { weight: 4, arbitrary: Arbitrary.price },
      fc.bigInt(-5n, 2n ** 256n).map(ray),
    ),
    elapsed: fc.oneof(fc.bigInt(-3n, 60n), fc.bigInt(0n, 6000n), fc.bigInt(0n, 2n ** 256n)),
  })
  .map((all) => called('priceAt', all))

/** The price at a point of a curve, and just before and after it. */
const atPoint: fc.Arbitrary<Fields> = fc
  .tuple(
    Arbitrary.wildCurve.filter(({ _tag }) => _tag === 'Piecewise' || _tag === 'Linear'),
    Arbitrary.price,
    fc.nat(9),
    fc.bigInt(-1n, 1n),
  )
  .map(([curve, startPrice, which, off]) => {
    const ends =
      curve._tag === 'Piecewise'
        ? curve.points.map(({ after }) => after)
        : curve._tag === 'Linear'
          ? [curve.zeroAfter]
          : []
    const elapsed = (ends[which % Math.max(1, ends.length)] ?? 0n) + off
    return called('priceAt', { curve, width: 'unbounded', startPrice, elapsed })
  })

// Decisions

const anyTerms: fc.Arbitrary<Terms.Terms> = fc.oneof(
  Arbitrary.terms,
  setup.map(({ terms: [first] }) => first as Terms.Terms),
)

const plan: fc.Arbitrary<Fields> = fc
  .record({
    terms: anyTerms,
    position: Arbitrary.position('p1'),
    quotes: Arbitrary.quotes,
    roomInHouse: Arbitrary.hostile(Arbitrary.count(10n ** 50n)).map(rad),
    roomInLine: Arbitrary.hostile(Arbitrary.count(10n ** 50n)).map(rad),
  })
  .map((all) => called('plan', all))

const amount = Arbitrary.hostile(Arbitrary.positive(10n ** 40n))

const start: fc.Arbitrary<Fields> = fc
  .record({
    terms: anyTerms,
    line: fc.record({
      level: fc.constantFrom(0, 0, 0, 0, 1, 2, 3),
      version: fc.constantFrom(1, 1, 1, 1, 1, 2),
      inFlight: amount.map(rad),
      opened: fc.nat(3),
      lastAt: fc.nat(5),
    }),
    position: fc.constant('p1'),
    owner: fc.constantFrom('olga', 'olga', 'olga', ''),
    at: fc.integer({ min: 3, max: 9 }),
    keeper: fc.constant('kim'),
    parts: fc.array(
      fc.record({
        asset: fc.constantFrom('ETH', 'ETH', 'ETH', 'BTC'),
        amount: amount.map(wad),
        shares: amount.map(wad),
        debt: amount.map(rad),
        target: amount.map(rad),
        market: amount.map(ray),
      }),
      { maxLength: 2 },
    ),
  })
  .map((all) => called('start', all))

const few: fc.Arbitrary<Fixed.Rad> = fc.bigInt(-1n, 30n).map(rad)

const decideTreasury: fc.Arbitrary<Fields> = fc
  .record({
    terms: setup.map(({ treasuryTerms }) => treasuryTerms),
    treasury: fc.record({
      surplus: few,
      losses: few,
      queued: few,
      onAuction: few,
      selling: few,
      opens: fc.boolean(),
      opened: fc.nat(3),
      lastAt: fc.nat(5),
    }),
    entry: fc.option(fc.record({ queuedAt: fc.integer({ min: -1, max: 60 }), amount: few }), {
      nil: undefined,
    }),
    command: fc.oneof(
      fc.record({ _tag: fc.constant('Mature' as const), at: fc.nat(99) }),
      fc.record({
        _tag: fc.constant('Heal' as const),
        at: fc.nat(99),
        amount: few,
        of: fc.constantFrom('ready' as const, 'onAuction' as const),
      }),
      fc.record({
        _tag: fc.constantFrom('OpenSurplus' as const, 'OpenDebt' as const),
        at: fc.nat(99),
      }),
    ),
  })
  .map((all) => called('decideTreasury', all))

/** So many calls of a seed, of each kind in turn. */
export const drawn = (seed: number, count: number): readonly Fields[] => {
  const kinds = [priceAt, mulDiv, rpow, atPoint, priceAt, plan, start, decideTreasury]
  const each = kinds.map((kind, i) =>
    fc.sample(kind, { seed: seed * 1009 + i, numRuns: Math.ceil(count / kinds.length) }),
  )
  return each.flat().slice(0, count)
}

// By hand

const deep = (depth: number): Curve.Curve =>
  Array.from({ length: depth }).reduce<Curve.Curve>(
    (of) => Curve.unchecked.scaled(RAY, of),
    Curve.unchecked.constant(RAY),
  )

const [made] = fc.sample(setup, { seed: 1, numRuns: 1 })
if (made === undefined) throw new Error('no setup')
const [first] = made.terms
const [asset] = first?.collaterals ?? []
if (first === undefined || asset === undefined) throw new Error('no terms')

/** Terms in words of 256 bits, of one asset or two, that seize all they may. */
const words = (dust: Terms.Dust, assets: readonly string[] = ['ETH']): Terms.Terms => ({
  ...first,
  width: 'uint256',
  collaterals: assets.map((name) => ({ ...asset, asset: name })),
  sizing: {
    closeFactor: WAD,
    penaltyRate: wad(0n),
    cap: { _tag: 'Room' },
    dust,
    split: 'inOrder',
  },
})

const planned = (
  terms: Terms.Terms,
  shares: bigint,
  room: bigint,
  markets: readonly bigint[],
): Fields =>
  called('plan', {
    terms,
    position: {
      id: 'p1',
      owner: 'olga',
      line: terms.line,
      holdings: terms.collaterals.map((one) => ({ asset: one.asset, amount: wad(1n) })),
      shares: wad(shares),
      index: ray(2n),
    },
    quotes: terms.collaterals.map((one, i) => ({
      asset: one.asset,
      risk: RAY,
      market: ray(markets[i] ?? 0n),
    })),
    roomInHouse: rad(room),
    roomInLine: rad(room),
  })

const starts = (amount: bigint, target: bigint, debt = 1n): Fields =>
  called('start', {
    terms: { ...words({ _tag: 'Ignore' }), width: debt < 0n ? 'unbounded' : 'uint256' },
    line: { level: 0, version: 1, inFlight: rad(1n), opened: 0, lastAt: 0 },
    position: 'p1',
    owner: 'olga',
    at: 0,
    keeper: 'kim',
    parts: [
      {
        asset: 'ETH',
        amount: wad(amount),
        shares: wad(1n),
        debt: rad(debt),
        target: rad(target),
        market: RAY,
      },
    ],
  })

const ofTreasury = (
  treasury: Partial<Treasury.Treasury>,
  terms: Partial<Treasury.Terms>,
  entry: bigint | undefined,
  _tag: 'Mature' | 'OpenSurplus' | 'OpenDebt',
  at = 2,
): Fields =>
  called('decideTreasury', {
    terms: { ...made.treasuryTerms, width: 'uint256', wait: 1n, ...terms },
    treasury: { ...Treasury.empty, ...treasury },
    entry: entry === undefined ? undefined : { queuedAt: 1, amount: rad(entry) },
    command: { _tag, at },
  })

const sellsAt = (selling: bigint): Fields =>
  ofTreasury(
    { surplus: rad(9n), selling: rad(selling) },
    { surplus: { ...made.treasuryTerms.surplus, lot: rad(1n), buffer: rad(0n), limit: rad(0n) } },
    undefined,
    'OpenSurplus',
  )

/** A debt auction that ends at the last second of a clock, and one that ends after it. */
const endsAt = (width: Fixed.Width, at: number): Fields => {
  const { debt } = made.treasuryTerms
  const sale = { ...debt.sale, lasts: 5n, ending: { _tag: 'Fixed' as const } }
  const terms = { width, debt: { ...debt, lot: rad(1n), tokens: wad(1n), sale } }
  return ofTreasury({ losses: rad(9n) }, terms, undefined, 'OpenDebt', at)
}

/** A lot of less than nothing, where the losses that are ready are less than nothing too. */
const twice: Fields = ofTreasury(
  { queued: rad(9n) },
  { debt: { ...made.treasuryTerms.debt, lot: rad(-1n) } },
  undefined,
  'OpenDebt',
)

const half = MAX_UINT256 / 2n

/** What no book comes to, or hardly any: both sides of the largest word at places that earlier ones mostly guard. */
export const byHand: readonly Fields[] = [
  ...[half, half + 1n].map((shares) =>
    planned(words({ _tag: 'Refuse', minDebt: rad(0n) }), shares, 1n, [1n]),
  ),
  ...[half / WAD, half / WAD + 1n].map((shares) =>
    planned(words({ _tag: 'Absorb', minDebt: rad(MAX_UINT256) }), shares, 1n, [1n]),
  ),
  ...[half, half + 1n, half + 2n].map((market) =>
    planned(words({ _tag: 'Ignore' }, ['ETH', 'BTC']), 1n, WAD, [half, market]),
  ),
  ...[MAX_UINT256 - 1n, MAX_UINT256].map((target) => starts(1n, target)),
  ...[1n, 0n].map((amount) => starts(amount, 1n)),
  starts(0n, 0n),
  ...[0n, -1n].map((debt) => starts(1n, 1n, debt)),
  ...[0, 1].flatMap((after) => [
    endsAt('uint256', Fixed.MAX_UINT48 - 5 + after),
    endsAt('unbounded', Number.MAX_SAFE_INTEGER - 5 + after),
  ]),
  twice,
  ...[0n, 1n, 2n, 5n].flatMap((n) =>
    [0n, 1n, RAY, 10n ** 40n, 10n ** 52n].map((x) => called('rpow', { x: ray(x), n })),
  ),
  ...[4n, 5n].map((entry) => ofTreasury({ losses: rad(9n), queued: rad(4n) }, {}, entry, 'Mature')),
  ...[MAX_UINT256 - 1n, MAX_UINT256].map(sellsAt),
  ...[64, 65].map((depth) =>
    called('priceAt', { curve: deep(depth), width: 'unbounded', startPrice: RAY, elapsed: 1n }),
  ),
]
