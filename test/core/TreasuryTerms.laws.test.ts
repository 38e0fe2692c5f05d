import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Fixed, Terms, type Treasury, TreasuryTerms } from '../../src/index.js'
import { hazardsIn, soundTreasury, withDebt, withSurplus } from '../examples/parameters.js'
import { law } from '../law.js'
import { atBound, isSame, kindOf, nearlyEnglish } from './hazards.js'

const { rad, RAD, ray, RAY, wad, WAD } = Fixed

const about = (sound: bigint): fc.Arbitrary<bigint> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constant(sound) },
    fc.bigInt(-2n, 2n),
    fc.bigInt(0n, 3n * sound),
    fc.bigInt(-(2n ** 90n), 2n ** 200n),
  )

const sale = fc.oneof(
  fc.constant<Terms.English>(soundTreasury.debt.sale),
  fc
    .tuple(nearlyEnglish, fc.bigInt(-2n, RAY + 2n))
    .map(([sale, reserve]) => ({ ...sale, reserve: ray(reserve) })),
)

const name = (sound: string): fc.Arbitrary<string> =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(sound) }, fc.constant(''))

const anyTerms: fc.Arbitrary<Treasury.Terms> = fc.record({
  line: name('TREASURY'),
  version: fc.oneof({ weight: 5, arbitrary: fc.constant(1) }, fc.constantFrom(0, 0.5, -3)),
  width: fc.constantFrom<Fixed.Width>('unbounded', 'uint256'),
  wait: about(soundTreasury.wait),
  surplus: fc.record({
    token: name('GOV'),
    lot: about(10_000n * RAD).map(rad),
    buffer: about(50_000n * RAD).map(rad),
    limit: about(30_000n * RAD).map(rad),
    minFirstBid: about(WAD).map(wad),
    sale,
  }),
  debt: fc.record({
    token: name('GOV'),
    lot: about(50_000n * RAD).map(rad),
    tokens: about(250n * WAD).map(wad),
    sale,
  }),
})

/** What PAR-21 to PAR-25 say of a treasury but for its auctions, as one condition a rule. */
const broken = ({ debt, line, surplus, version, wait }: Treasury.Terms): readonly string[] =>
  (
    [
      [
        'PAR-21',
        line === '' ||
          surplus.token === '' ||
          debt.token === '' ||
          !Number.isSafeInteger(version) ||
          version < 1,
      ],
      ['PAR-22', wait < 0n || wait > 2n ** 47n],
      [
        'PAR-23',
        surplus.lot < 1n ||
          surplus.buffer < 0n ||
          surplus.limit < 1n ||
          surplus.limit < surplus.lot,
      ],
      ['PAR-24', surplus.minFirstBid < WAD],
      ['PAR-25', debt.lot < 1n || debt.tokens < WAD],
    ] as const
  ).flatMap(([rule, isBroken]) => (isBroken ? [rule] : []))

law(
  'PAR-21',
  'the rules of a treasury that are broken are those named, in order; those of its auctions are those of any',
  fc.property(anyTerms, (terms) => {
    const { debt, surplus } = terms
    const found = TreasuryTerms.hazards(terms)
    const isOfSale = ({ parameter }: { readonly parameter: string }) => parameter.includes('.sale.')
    const none = ray(0n)
    return (
      isDeepStrictEqual(
        [...new Set(found.filter((one) => !isOfSale(one)).map(({ rule }) => rule))],
        broken(terms),
      ) &&
      isDeepStrictEqual(found.filter(isOfSale), [
        ...Terms.englishHazards(surplus.sale, 'surplus.sale.', none, 0n),
        ...Terms.englishHazards(debt.sale, 'debt.sale.', none, WAD),
      ])
    )
  }),
)

law(
  'PAR-21',
  'terms of a treasury are made as given if they have no hazard, else refused with all; unchecked takes any',
  fc.property(anyTerms, (terms) => {
    const [made, found] = [TreasuryTerms.make(terms), TreasuryTerms.hazards(terms)]
    const isAsFound =
      found.length === 0
        ? E.isRight(made) && made.right === terms
        : isDeepStrictEqual(made, E.left(found))
    return isAsFound && TreasuryTerms.unchecked(terms) === terms
  }),
)

test('PAR-21 with a setting at the bound that a hazard names, that hazard is gone; each kind happens', () => {
  const kinds = new Set<string>()
  fc.assert(
    fc.property(anyTerms, (terms) =>
      TreasuryTerms.hazards(terms).every((hazard) => {
        if (!hazard.parameter.includes('.sale.')) kinds.add(kindOf(hazard))
        return !TreasuryTerms.hazards(atBound(terms, hazard)).some((left) => isSame(left, hazard))
      }),
    ),
    { seed: 1, numRuns: 600 },
  )
  expect([...kinds].sort()).toEqual([
    'PAR-21 debt.token.length AtLeast',
    'PAR-21 line.length AtLeast',
    'PAR-21 surplus.token.length AtLeast',
    'PAR-21 version AtLeast',
    'PAR-21 version Is',
    'PAR-22 wait AtLeast',
    'PAR-22 wait AtMost',
    'PAR-23 surplus.buffer AtLeast',
    'PAR-23 surplus.limit AtLeast',
    'PAR-23 surplus.lot AtLeast',
    'PAR-24 surplus.minFirstBid AtLeast',
    'PAR-25 debt.lot AtLeast',
    'PAR-25 debt.tokens AtLeast',
  ])
})

test('PAR-22 a loss may wait for nothing, and for 2^47 seconds', () => {
  for (const wait of [0n, 2n ** 47n]) expect(hazardsIn({ ...soundTreasury, wait })).toEqual([])
  for (const wait of [-1n, 2n ** 47n + 1n])
    expect(hazardsIn({ ...soundTreasury, wait })).toHaveLength(1)
})

test('PAR-23 a limit of exactly one lot passes, and a buffer of nothing', () => {
  expect(hazardsIn(withSurplus({ limit: soundTreasury.surplus.lot, buffer: rad(0n) }))).toEqual([])
  expect(hazardsIn(withSurplus({ lot: rad(1n), limit: rad(1n) }))).toEqual([])
  expect(hazardsIn(withSurplus({ lot: rad(0n), limit: rad(0n) }))).toHaveLength(2)
})

test('PAR-24 a first bid of one token is the least', () => {
  expect(hazardsIn(withSurplus({ minFirstBid: WAD }))).toEqual([])
  expect(hazardsIn(withSurplus({ minFirstBid: wad(WAD - 1n) }))).toHaveLength(1)
})

test('PAR-25 one unit of loss for one token is the least', () => {
  expect(hazardsIn(withDebt({ lot: rad(1n), tokens: WAD }))).toEqual([])
  expect(hazardsIn(withDebt({ lot: rad(0n), tokens: wad(WAD - 1n) }))).toHaveLength(2)
})
