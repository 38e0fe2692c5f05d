/**
 * The hazards of a sale by a falling price, each at its bound and a unit past it.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Curve, Fixed, type Terms } from '../../src/index.js'
import { rad, ray, wad } from '../example.js'
import { hazardsIn, soundDutch, soundTerms, withAsset, withDutch } from '../examples/parameters.js'
import { only, passes, whenStale } from './terms/hazard.js'

const { RAY } = Fixed
const { unchecked } = Curve

test('PAR-9 a lot starts at the market or above, or where nothing falls at what a position just unsafe owes', () => {
  passes(withDutch({ markup: RAY, reserve: ray('0.1') }))
  only(withDutch({ markup: Fixed.ray(RAY - 1n), reserve: ray('0.1') }))
  const scaled = unchecked.scaled(ray('0.8'), soundDutch.curve)
  passes(withDutch({ curve: scaled, markup: ray('1.25'), reserve: ray('0.1') }))
  only(withDutch({ curve: scaled, markup: Fixed.ray(ray('1.25') - 1n), reserve: ray('0.1') }))
  for (const curve of [
    unchecked.constant(ray('0.5')),
    unchecked.scaled(ray('0.5'), unchecked.constant(RAY)),
    unchecked.piecewise([{ after: 0n, share: ray('0.5') }], 'step', 'hold'),
  ]) {
    const instant = { curve, reset: { _tag: 'Never' }, reserve: ray('0.1') } as const
    // 1.13 ÷ 1.5 ÷ 0.5, rounded up.
    const least = Fixed.ray((2n * 113n * RAY) / 150n + 1n)
    passes(withDutch({ ...instant, markup: least }))
    expect(only(withDutch({ ...instant, markup: Fixed.ray(least - 1n) }))[0]).toBe('PAR-9')
    passes(withDutch({ ...instant, markup: ray('1.9') }))
    expect(only(withDutch({ ...instant, markup: Fixed.ray(ray('1.9') + 1n) }))[0]).toBe('PAR-12')
  }
})

test('PAR-9 what an instant sale must fetch follows the support and the haircut of its asset', () => {
  const sale: Terms.Dutch = { ...soundDutch, curve: unchecked.constant(RAY), reserve: ray('0.1') }
  const least = (support: Terms.Support, haircut: Fixed.Ray) =>
    only(withAsset({ support, haircut, sale: { ...sale, markup: ray('0.2') } }))[3]
  expect(least({ _tag: 'Ratio', ratio: ray('2') }, ray('0'))).toBe(ray('0.565'))
  expect(least({ _tag: 'Ratio', ratio: ray('2') }, ray('0.5'))).toBe(ray('0.2825'))
  expect(least({ _tag: 'LoanToValue', share: ray('0.8') }, ray('0'))).toBe(ray('0.904'))
  expect(least({ _tag: 'Margin', share: ray('0.2') }, ray('0.5'))).toBe(ray('0.452'))
  // Nothing divides by nothing.
  const none = withAsset({ support: { _tag: 'Ratio', ratio: ray('0') }, sale })
  expect(hazardsIn(none).map(([rule]) => rule)).toEqual(['PAR-2', 'PAR-12'])
})

test('PAR-10 the first drop is on offer, in either edges, and of a curve that holds first', () => {
  const held = unchecked.capped(ray('0.9'), unchecked.linear(1000n)) // falls first at 101
  const timed = (curve: Curve.Curve, edges: Terms.Edges, after: bigint) =>
    withDutch({
      curve,
      edges,
      reset: whenStale(after, ray('0')),
      reserve: ray('0.1'),
      markup: ray('1.12'),
    })
  for (const [curve, edges, bound] of [
    [soundDutch.curve, 'halfOpen', 91n],
    [soundDutch.curve, 'strict', 90n],
    [held, 'halfOpen', 102n],
    [held, 'strict', 101n],
  ] as const) {
    expect(hazardsIn(timed(curve, edges, bound)).map(([rule]) => rule)).not.toContain('PAR-10')
    expect(only(timed(curve, edges, bound - 1n))).toEqual([
      'PAR-10',
      'sale.reset.after',
      'AtLeast',
      bound,
    ])
  }
  const least = Fixed.ray(ray('0.5') - 10n ** 9n)
  const halves = { curve: unchecked.stairs(60n, ray('0.5')), reserve: ray('0.1') }
  const below = (share: bigint, markup: Fixed.Ray) =>
    withDutch({ ...halves, reset: whenStale(7200n, Fixed.ray(share)), markup })
  passes(below(least, RAY))
  expect(only(below(least + 1n, RAY))[0]).toBe('PAR-10')
  // What comes after is still checked at the bound.
  expect(only(below(least, Fixed.ray(RAY - 1n)))[0]).toBe('PAR-9')
  // A price that does not fall has no first drop to wait for.
  const instant = { curve: unchecked.constant(ray('0.95')), markup: RAY }
  passes(withDutch({ ...instant, reset: whenStale(60n, ray('0.5')) }))
})

test('PAR-13 where the lowest offer keeps exactly a tenth, a reserve is that tenth', () => {
  const points = [
    { after: 0n, share: RAY },
    { after: 60n, share: ray('0.1') },
  ]
  const curve = unchecked.piecewise(points, 'step', 'hold')
  const reserved = (reserve: bigint) =>
    withDutch({
      curve,
      markup: RAY,
      reset: whenStale(120n, ray('0')),
      reserve: Fixed.ray(reserve),
    })
  passes(reserved(ray('0.1')))
  expect(only(reserved(ray('0.1') + 1n))).toEqual(['PAR-13', 'sale.reserve', 'AtMost', ray('0.1')])
})

test('PAR-9 the least markup is rounded up', () => {
  const curve = unchecked.scaled(ray('0.7'), soundDutch.curve)
  const least = (10n * RAY) / 7n + 1n
  passes(withDutch({ curve, markup: Fixed.ray(least), reserve: ray('0.1') }))
  expect(only(withDutch({ curve, markup: Fixed.ray(least - 1n), reserve: ray('0.1') }))).toEqual([
    'PAR-9',
    'sale.markup',
    'AtLeast',
    least,
  ])
})

test('PAR-12 where a lot is stale by time alone its lowest share counts, however small', () => {
  const points = [
    { after: 0n, share: RAY },
    { after: 60n, share: Fixed.ray(2n * 10n ** 9n) },
    { after: 120n, share: Fixed.ray(10n) },
  ]
  const curve = unchecked.piecewise(points, 'step', 'hold')
  const markup = Fixed.ray(5n * 10n ** 52n)
  passes(withDutch({ curve, markup, reset: whenStale(180n, ray('0')), reserve: ray('0.1') }))
})

test('PAR-10 the share after the first drop is looked at before its time', () => {
  const halves = { curve: unchecked.stairs(60n, ray('0.5')), markup: RAY, reserve: ray('0.1') }
  const at = (below: Fixed.Ray) => only(withDutch({ ...halves, reset: whenStale(60n, below) }))[1]
  expect([at(ray('0.5')), at(ray('0.1'))]).toEqual(['sale.reset.below', 'sale.reset.after'])
})

test('PAR-11 what the first drop leaves is looked at before whether there is a reset', () => {
  const never = (keep: Fixed.Ray) =>
    only(withDutch({ curve: unchecked.stairs(60n, keep), reset: { _tag: 'Never' } }))[1]
  for (const nothing of [1n, 10n ** 9n]) expect(never(Fixed.ray(nothing))).toBe('sale.curve')
  for (const some of [10n ** 9n + 1n, RAY / 2n]) expect(never(Fixed.ray(some))).toBe('sale.reset')
})

test('PAR-11 nothing is offered for nothing', () => {
  const line = { curve: unchecked.linear(100n), reserve: ray('0.1') } as const
  const zero = ray('0')
  // At 99 a hundredth is left: something, but too little.
  expect(only(withDutch({ ...line, reset: whenStale(100n, zero) }))[0]).toBe('PAR-13')
  expect(only(withDutch({ ...line, reset: whenStale(101n, zero) }))[0]).toBe('PAR-11')
  const strict = withDutch({ ...line, edges: 'strict', reset: whenStale(100n, zero) })
  expect(only(strict)[0]).toBe('PAR-11')
  passes(withDutch({ ...line, reset: whenStale(101n, ray('0.1')) }))
  passes(withDutch({ ...line, reset: whenStale(91n, zero) }))
  const nothing = unchecked.piecewise([{ after: 0n, share: ray('0') }], 'step', 'hold')
  expect(only(withDutch({ curve: nothing }))[1]).toBe('sale.curve')
})

test('PAR-11 a price that falls is reset', () => {
  const floored = unchecked.floored(ray('0.5'), unchecked.linear(100n))
  passes(withDutch({ curve: floored, reset: whenStale(100n, ray('0')) }))
  const never = withDutch({ curve: floored, reset: { _tag: 'Never' } })
  expect(only(never).slice(0, 3)).toEqual(['PAR-11', 'sale.reset', 'Is'])
  // One that first falls after a year as well, if it is never reset.
  const late = unchecked.floored(ray('0.5'), unchecked.stairs(31_536_000n, ray('0.5')))
  expect(only(withDutch({ curve: late, reset: { _tag: 'Never' } }))[1]).toBe('sale.reset')
  // What falls no sooner than it is reset is an instant sale.
  passes(withDutch({ curve: late, markup: ray('0.95') }))
  const aWeek = unchecked.floored(ray('0.5'), unchecked.stairs(604_800n, ray('0.5')))
  passes(withDutch({ curve: aWeek, markup: ray('0.95') }))
  const aSecondLess = unchecked.floored(ray('0.5'), unchecked.stairs(604_799n, ray('0.6')))
  expect(only(withDutch({ curve: aSecondLess, markup: ray('0.95') }))).toEqual([
    'PAR-10',
    'sale.reset.after',
    'AtLeast',
    604_800n,
  ])
})

test('PAR-12 a price comes down to the market', () => {
  const reset = whenStale(90n * 10n, ray('0')) // nine drops are on offer
  const lowest = Fixed.rpow(ray('0.99'), 9n) ?? 0n
  const most = (ray('0.95') * RAY) / lowest
  passes(withDutch({ reset, markup: Fixed.ray(most), reserve: ray('0.1') }))
  only(withDutch({ reset, markup: Fixed.ray(most + 1n), reserve: ray('0.1') }))
})

test('PAR-12 a share at which a lot may be stale by rounding is not counted on', () => {
  const halves = unchecked.stairs(60n, ray('0.5'))
  const falling = (below: Fixed.Ray, markup: Fixed.Ray) =>
    withDutch({ curve: halves, reset: whenStale(7200n, below), markup, reserve: ray('0.1') })
  // At a quarter exactly the rounding of the price decides whether the second drop is on offer.
  passes(falling(ray('0.25'), ray('1.9')))
  expect(only(falling(ray('0.25'), ray('4')))).toEqual([
    'PAR-12',
    'sale.markup',
    'AtMost',
    ray('1.9'),
  ])
  passes(falling(Fixed.ray(ray('0.25') - 10n ** 9n), ray('3.8')))
})

test('PAR-13 a reserve is at most what the lowest offer keeps', () => {
  const reset = whenStale(90n * 20n, ray('0')) // of 0.99^19 times 1.05 the last digits are cut
  const kept = Fixed.ray(((Fixed.rpow(ray('0.99'), 19n) ?? 0n) * 105n) / 100n)
  passes(withDutch({ reset, markup: ray('1.05'), reserve: kept }))
  only(withDutch({ reset, markup: ray('1.05'), reserve: Fixed.ray(kept + 1n) }))
  passes(withDutch({ reserve: ray('0.1') }))
  expect(only(withDutch({ reserve: Fixed.ray(ray('0.1') - 1n) }))[2]).toBe('AtLeast')
  // A lot that runs down to almost nothing, whatever its reserve says.
  const deep = (markup: Fixed.Ray) =>
    withDutch({ reset: whenStale(90n * 250n, Fixed.ray(1n)), markup, reserve: ray('0.1') })
  const left = Fixed.rpow(ray('0.99'), 249n) ?? 1n
  const least = (ray('0.1') * RAY) / left + 1n
  passes(deep(Fixed.ray(least)))
  expect(only(deep(Fixed.ray(least - 1n)))).toEqual(['PAR-13', 'sale.markup', 'AtLeast', least])
  // A share that may just be on offer is counted: at half of 2, the market price itself.
  const halves = { curve: unchecked.stairs(60n, ray('0.5')), markup: ray('1') }
  const reserved = (reserve: Fixed.Ray) =>
    withDutch({ ...halves, reset: whenStale(7200n, ray('0.25')), reserve })
  passes(reserved(ray('0.25')))
  only(reserved(Fixed.ray(ray('0.25') + 1n)))
})

test('PAR-14 what is left is worth a sale', () => {
  passes(withDutch({ minLeft: rad('1'), minCollateralLeft: wad('0.000001') }))
  passes(withDutch({ minLeft: soundTerms.ceiling }))
  only(withDutch({ minLeft: Fixed.rad(rad('1') - 1n) }))
  only(withDutch({ minLeft: Fixed.rad(soundTerms.ceiling + 1n) }))
  only(withDutch({ minCollateralLeft: Fixed.wad(wad('0.000001') - 1n) }))
})

test('PAR-15 an empty sale is refused, not made', () => {
  expect(only(withDutch({ emptySale: 'allow' }))[3]).toBe('refuse')
})

test('PAR-20 times are above zero, and a line is not too long for a word', () => {
  const longest = (2n ** 256n - 1n) / RAY
  const line = (zeroAfter: bigint, width: Fixed.Width) => ({
    ...withDutch({
      curve: unchecked.scaled(RAY, unchecked.capped(ray('0.9'), unchecked.linear(zeroAfter))),
      markup: RAY,
    }),
    width,
  })
  passes(line(longest, 'uint256'))
  passes(line(longest + 1n, 'unbounded'))
  expect(only(line(longest + 1n, 'uint256'))[1]).toBe('sale.curve.of.of.zeroAfter')
  expect(only(withDutch({ reset: whenStale(7200n, Fixed.ray(-1n)) }))[1]).toBe('sale.reset.below')
  for (const after of [60n, 604_800n]) {
    const found = hazardsIn(withDutch({ reset: whenStale(after, ray('0.5')) }))
    expect(found.map(([rule]) => rule)).not.toContain('PAR-20')
  }
  passes(withDutch({ reset: whenStale(604_800n, ray('0.5')) }))
  for (const after of [59n, 604_801n])
    expect(only(withDutch({ reset: whenStale(after, ray('0.5')) }))[0]).toBe('PAR-20')
})

test('CRV-5 curves are nested at most sixteen deep, and 20,000 overflow no stack', () => {
  const nested = (depth: number) =>
    Array.from({ length: depth }).reduce<Curve.Curve>(
      (of) => unchecked.scaled(RAY, of),
      soundDutch.curve,
    )
  passes(withDutch({ curve: nested(16) }))
  const tooDeep = `sale.curve${'.of'.repeat(17)}`
  for (const depth of [17, 20_000])
    for (const width of ['unbounded', 'uint256'] as const)
      expect(only({ ...withDutch({ curve: nested(depth) }), width })).toEqual([
        'CRV-5',
        tooDeep,
        'AtMost',
        16n,
      ])
  expect(E.isLeft(Curve.make(nested(20_000)))).toBe(true)
})
