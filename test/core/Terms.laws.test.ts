import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import type { Fixed } from '../../src/index.js'
import { type Hazard, Terms } from '../../src/index.js'
import { terms } from '../../src/testing/Arbitrary.js'
import { law } from '../law.js'
import { anyTerms, atBound, isSame, kindOf, nearlySound } from './hazards.js'

/** Every hazard that terms can have, but those of a curve by itself (CRV-5). */
const kinds = [
  'PAR-1 asset Is',
  'PAR-1 asset.length AtLeast',
  'PAR-1 collaterals.length AtLeast',
  'PAR-1 line.length AtLeast',
  'PAR-1 version AtLeast',
  'PAR-1 version Is',
  'PAR-2 support.ratio AtLeast',
  'PAR-2 support.share AtLeast',
  'PAR-2 support.share AtMost',
  'PAR-3 haircut AtLeast',
  'PAR-3 haircut AtMost',
  'PAR-4 sizing.penaltyRate AtLeast',
  'PAR-4 sizing.penaltyRate AtMost',
  'PAR-5 sizing.closeFactor AtLeast',
  'PAR-5 sizing.closeFactor AtMost',
  'PAR-6 sizing.dust Is',
  'PAR-6 sizing.dust.minDebt AtLeast',
  'PAR-7 ceiling AtLeast',
  'PAR-7 sizing.cap.minRoom AtLeast',
  'PAR-7 sizing.cap.minRoom AtMost',
  'PAR-7 sizing.cap.most AtLeast',
  'PAR-8 reward.flat AtLeast',
  'PAR-8 reward.flat AtMost',
  'PAR-8 reward.limit Is',
  'PAR-8 reward.rate AtLeast',
  'PAR-8 reward.rate AtMost',
  'PAR-9 markup AtLeast',
  'PAR-10 reset.after AtLeast',
  'PAR-10 reset.below AtMost',
  'PAR-11 curve Is',
  'PAR-11 reset Is',
  'PAR-11 reset.below AtLeast',
  'PAR-12 markup AtMost',
  'PAR-13 markup AtLeast',
  'PAR-13 reserve AtLeast',
  'PAR-13 reserve AtMost',
  'PAR-14 minCollateralLeft AtLeast',
  'PAR-14 minLeft AtLeast',
  'PAR-14 minLeft AtMost',
  'PAR-15 emptySale Is',
  'PAR-16 reserve AtLeast',
  'PAR-16 reserve AtMost',
  'PAR-17 minRaise AtLeast',
  'PAR-17 minRaise AtMost',
  'PAR-18 bidLasts AtLeast',
  'PAR-18 bidLasts AtMost',
  'PAR-18 ending.by AtLeast',
  'PAR-18 ending.hardEnd AtLeast',
  'PAR-18 ending.hardEnd AtMost',
  'PAR-18 lasts AtLeast',
  'PAR-18 lasts AtMost',
  'PAR-19 growth AtLeast',
  'PAR-19 growth AtMost',
  'PAR-20 curve.zeroAfter AtMost',
  'PAR-20 reset.after AtLeast',
  'PAR-20 reset.after AtMost',
  'PAR-20 reset.below AtLeast',
]

test('PAR-1 each kind of hazard of PAR-1 to PAR-20 happens, and no other', () => {
  const found = new Set<string>()
  fc.assert(
    fc.property(anyTerms, (terms) => {
      for (const hazard of Terms.hazards(terms))
        if (hazard.rule !== 'CRV-5') found.add(kindOf(hazard))
    }),
    { seed: 1, numRuns: 2500 },
  )
  expect([...found].sort()).toEqual([...kinds].sort())
})

const everyHazard = (
  rule: Hazard.Hazard['rule'],
  holds: (h: Hazard.Hazard, t: Terms.Terms) => boolean,
) =>
  fc.property(anyTerms, (terms) =>
    Terms.hazards(terms).every((hazard) => hazard.rule !== rule || holds(hazard, terms)),
  )

/** With the setting at the bound the hazard is gone; a unit short of the bound it is not. */
const boundIsExact = (hazard: Hazard.Hazard, terms: Terms.Terms): boolean => {
  const left = (changed: Terms.Terms) => Terms.hazards(changed).some((one) => isSame(one, hazard))
  if (left(atBound(terms, hazard))) return false
  if (hazard.unit === 'Choice' || hazard.parameter.endsWith('length')) return true
  const short = hazard.bound + (hazard.needs === 'AtLeast' ? -1n : 1n)
  return left(atBound(terms, { ...hazard, bound: short }))
}

for (const rule of [...new Set(kinds.map((kind) => kind.split(' ')[0] as Hazard.Hazard['rule']))])
  test(`${rule} with a setting at the bound that a hazard names, that hazard is gone, and not before`, () => {
    fc.assert(everyHazard(rule, boundIsExact), { seed: 2, numRuns: 300 })
  })

law(
  'CRV-5',
  'a hazard of a curve is found in its terms, and is gone at its bound',
  everyHazard('CRV-5', boundIsExact),
)

/** Where in the order of spec/08-parameters.md a hazard stands: by part, by asset, and by its rule there. */
const placeOf = ({ needs, parameter, rule }: Hazard.Hazard): readonly number[] => {
  const asset = Number(/\[(\d+)\]/.exec(parameter)?.[1] ?? 0)
  const number = Number(rule.split('-')[1])
  if (rule === 'PAR-1') return [0, 0, 0]
  if (rule === 'PAR-2' || rule === 'PAR-3') return [1, asset, number]
  if (rule !== 'CRV-5' && number <= 8) return [2, 0, number]
  const isLast = needs === 'AtMost' || parameter.endsWith('markup')
  const order = rule === 'PAR-13' && isLast ? 'PAR-13 most' : rule
  const sale = ['CRV-5', 'PAR-13', 'PAR-14', 'PAR-15', 'PAR-20', 'PAR-11', 'PAR-10', 'PAR-9']
  const bids = ['PAR-12', 'PAR-13 most', 'PAR-16', 'PAR-17', 'PAR-18', 'PAR-19']
  return [3, asset, [...sale, ...bids].indexOf(order)]
}

const isInOrder = (a: readonly number[], b: readonly number[]): boolean => {
  const differing = a.findIndex((n, i) => n !== b[i])
  return differing < 0 || (a[differing] ?? 0) < (b[differing] ?? 0)
}

law(
  'PAR-1',
  'hazards come in the order of the spec',
  fc.property(anyTerms, (terms) => {
    const places = Terms.hazards(terms).map(placeOf)
    return places.every((place, i) => isInOrder(places[i - 1] ?? place, place))
  }),
)

law(
  'PAR-1',
  'terms are made as given if they have no hazard, else refused with all; unchecked takes any',
  fc.property(fc.oneof(nearlySound, terms), (terms) => {
    const [made, found] = [Terms.make(terms), Terms.hazards(terms)]
    const isAsFound =
      found.length === 0
        ? E.isRight(made) && made.right === terms
        : isDeepStrictEqual(made, E.left(found))
    return isAsFound && Terms.unchecked(terms) === terms
  }),
)

law(
  'PAR-1',
  'a hazard says what the setting was',
  fc.property(anyTerms, (terms) =>
    Terms.hazards(terms).every((hazard) => {
      if (hazard.unit === 'Choice') return true
      const { bound, given, needs } = hazard
      return needs === 'AtLeast' ? given < bound : given > bound
    }),
  ),
)

test('PAR-1 sound terms happen among the nearly sound: the laws are not about nothing', () => {
  const made = fc
    .sample(nearlySound, { seed: 1, numRuns: 2000 })
    .filter((terms) => E.isRight(Terms.make(terms)))
  expect(made.length).toBeGreaterThan(10)
  expect(new Set(made.map(({ width }) => width))).toEqual(
    new Set<Fixed.Width>(['unbounded', 'uint256']),
  )
})
