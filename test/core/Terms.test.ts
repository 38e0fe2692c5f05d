import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Curve, Fixed, Terms, TreasuryTerms } from '../../src/index.js'
import { exampleTerms, exampleTreasuryTerms, rad, ray, wad } from '../example.js'
import {
  hazardsIn,
  soundTerms,
  withAsset,
  withEnglish,
  withReward,
  withSizing,
  withTerms,
} from '../examples/parameters.js'
import { only, passes, whenStale } from './terms/hazard.js'

const { RAY, WAD } = Fixed
const { unchecked } = Curve

test('PAR-1 the sensible terms of the examples have no hazards', () => {
  for (const terms of [exampleTerms, soundTerms, withEnglish({})]) passes(terms)
  expect(E.isRight(TreasuryTerms.make(exampleTreasuryTerms))).toBe(true)
})

/** ETH-A on MakerDAO in 2021, as its contracts hold it. */
const maker: Terms.Terms = {
  ...soundTerms,
  width: 'uint256',
  binding: 'inForce',
  collaterals: [
    {
      asset: 'ETH',
      support: { _tag: 'Ratio', ratio: ray('1.45') },
      haircut: ray('0'),
      sale: {
        _tag: 'Dutch',
        curve: unchecked.stairs(90n, ray('0.99')),
        markup: ray('1.2'),
        reset: whenStale(8400n, ray('0.4')),
        reserve: ray('0'),
        minLeft: rad('16950'),
        minCollateralLeft: wad('0'),
        emptySale: 'allow',
        edges: 'strict',
      },
    },
  ],
  ceiling: rad('30000000'),
  sizing: { ...soundTerms.sizing, dust: { _tag: 'Absorb', minDebt: rad('15000') } },
  reward: { flat: rad('300'), rate: wad('0.001'), limit: 'none', payer: { _tag: 'Protocol' } },
  lossAt: 'seizure',
}

test('PAR-14 of Maker settings only what Clipper cannot do is hazardous', () => {
  expect(hazardsIn(maker)).toEqual([
    ['PAR-8', 'reward.limit', 'Is', 'penalty'],
    ['PAR-13', 'sale.reserve', 'AtLeast', ray('0.1')],
    ['PAR-14', 'sale.minCollateralLeft', 'AtLeast', 10n ** 12n],
    ['PAR-15', 'sale.emptySale', 'Is', 'refuse'],
  ])
})

test('PAR-1 names, versions and assets', () => {
  const [ether] = soundTerms.collaterals
  expect(ether).toBeDefined()
  if (ether === undefined) return
  expect(only(withTerms({ version: 0 }))).toEqual(['PAR-1', 'version', 'AtLeast', 1n])
  expect(Terms.hazards(withTerms({ version: NaN }))).toMatchObject([
    { given: 'NaN', bound: 'a whole number' },
  ])
  expect(only(withAsset({ asset: '' }))).toEqual(['PAR-1', 'asset.length', 'AtLeast', 1n])
  expect(only(withTerms({ collaterals: [ether, ether] }))).toEqual([
    'PAR-1',
    'collaterals[1].asset',
    'Is',
    'listed once',
  ])
})

test('PAR-2 support, at the bound and a unit short of it', () => {
  const most = (RAY * WAD) / (WAD + soundTerms.sizing.penaltyRate)
  const supported = (support: Terms.Support) => withAsset({ support })
  passes(supported({ _tag: 'Ratio', ratio: ray('1.13') }))
  only(supported({ _tag: 'Ratio', ratio: Fixed.ray(ray('1.13') - 1n) }))
  passes(supported({ _tag: 'LoanToValue', share: Fixed.ray(most) }))
  only(supported({ _tag: 'LoanToValue', share: Fixed.ray(most + 1n) }))
  expect(only(supported({ _tag: 'LoanToValue', share: ray('0') }))[3]).toBe(1n)
  passes(supported({ _tag: 'Margin', share: Fixed.ray(RAY - most) }))
  only(supported({ _tag: 'Margin', share: Fixed.ray(RAY - most - 1n) }))
  expect(only(supported({ _tag: 'Margin', share: RAY }))[3]).toBe(RAY - 1n)
})

test('PAR-2 a penalty that leaves nothing does not divide by nothing', () => {
  const penaltyRate = wad('-1')
  const terms = withAsset({ support: { _tag: 'LoanToValue', share: RAY } })
  const found = hazardsIn({ ...terms, sizing: { ...terms.sizing, penaltyRate } })
  expect(found).toContainEqual(['PAR-4', 'sizing.penaltyRate', 'AtLeast', 0n])
})

test('PAR-3 a haircut is at least 0 and below 1', () => {
  passes(withAsset({ haircut: Fixed.ray(RAY - 1n) }))
  expect(only(withAsset({ haircut: Fixed.ray(-1n) }))).toEqual(['PAR-3', 'haircut', 'AtLeast', 0n])
  expect(only(withAsset({ haircut: RAY }))).toEqual(['PAR-3', 'haircut', 'AtMost', RAY - 1n])
})

test('PAR-1 a hazard says which setting, what it counts, what was given and what would pass', () => {
  const hazard = { _tag: 'Hazard', unit: 'Ray', parameter: 'collaterals[0].haircut', rule: 'PAR-3' }
  expect(Terms.hazards(withAsset({ haircut: Fixed.ray(-1n) }))).toEqual([
    { ...hazard, given: -1n, needs: 'AtLeast', bound: 0n },
  ])
  expect(Terms.hazards(withAsset({ haircut: RAY }))).toEqual([
    { ...hazard, given: RAY, needs: 'AtMost', bound: RAY - 1n },
  ])
  expect(Terms.hazards(withReward({ limit: 'none' }))).toEqual([
    {
      _tag: 'Hazard',
      rule: 'PAR-8',
      parameter: 'reward.limit',
      unit: 'Choice',
      given: 'none',
      needs: 'Is',
      bound: 'penalty',
    },
  ])
})

test('PAR-4 a penalty is from 0 to 1', () => {
  const free = { ...soundTerms.reward, flat: rad('0'), rate: wad('0') }
  passes({ ...withSizing({ penaltyRate: wad('0') }), reward: free })
  const dear = withAsset({ support: { _tag: 'Ratio', ratio: ray('3') } })
  const priced = (penaltyRate: Fixed.Wad) => ({
    ...dear,
    sizing: { ...dear.sizing, penaltyRate },
  })
  passes(priced(WAD))
  expect(only(priced(Fixed.wad(WAD + 1n)))).toEqual(['PAR-4', 'sizing.penaltyRate', 'AtMost', WAD])
})

test('PAR-5 a close factor is from a hundredth to 1', () => {
  passes(withSizing({ closeFactor: wad('0.01') }))
  only(withSizing({ closeFactor: Fixed.wad(wad('0.01') - 1n) }))
  only(withSizing({ closeFactor: Fixed.wad(WAD + 1n) }))
})

test('PAR-6 dust is refused only where all is seized', () => {
  const refusing = (change: Partial<Terms.Sizing>, minDebt = rad('1000')): Terms.Terms => ({
    ...withSizing({ dust: { _tag: 'Refuse', minDebt }, ...change }),
    reward: { ...soundTerms.reward, flat: rad('0') },
  })
  const cap: Terms.Cap = { _tag: 'Slice', most: rad('5000'), minRoom: rad('0') }
  passes(refusing({}))
  expect(only(refusing({ closeFactor: Fixed.wad(WAD - 1n) }))[0]).toBe('PAR-6')
  expect(only(refusing({ cap }))[0]).toBe('PAR-6')
  passes(refusing({ cap, closeFactor: wad('0.5') }, rad('0')))
  passes(withSizing({ cap, closeFactor: wad('0.5') }))
  expect(only(refusing({}, rad('-1')))[1]).toBe('sizing.dust.minDebt')
})

test('PAR-7 a ceiling holds the smallest seizure', () => {
  passes(withTerms({ ceiling: rad('1130') }))
  only(withTerms({ ceiling: Fixed.rad(rad('1130') - 1n) }))
  const sliced = (most: Fixed.Rad, minRoom: Fixed.Rad) =>
    withSizing({ cap: { _tag: 'Slice', most, minRoom } })
  passes(sliced(rad('1130'), soundTerms.ceiling))
  only(sliced(Fixed.rad(rad('1130') - 1n), rad('0')))
  only(sliced(rad('1130'), Fixed.rad(-1n)))
  only(sliced(rad('1130'), Fixed.rad(soundTerms.ceiling + 1n)))
  const ignoring = withSizing({ dust: { _tag: 'Ignore' } })
  const unit = Fixed.rad(rad('1') - 1n)
  expect(hazardsIn({ ...ignoring, ceiling: unit })[0]).toEqual([
    'PAR-7',
    'ceiling',
    'AtLeast',
    rad('1'),
  ])
  const cap: Terms.Cap = { _tag: 'Slice', most: unit, minRoom: rad('0') }
  expect(
    hazardsIn({ ...ignoring, sizing: { ...ignoring.sizing, cap } }).map(([, setting]) => setting),
  ).toEqual(['sizing.cap.most', 'reward.flat'])
})

test('PAR-8 what does not come out even is rounded up in the ceiling (PAR-7), and against the keeper', () => {
  const minDebt = Fixed.rad(rad('1000') + 1n)
  const odd = withSizing({ dust: { _tag: 'Absorb', minDebt } })
  // 1.13 units more, rounded up.
  passes({ ...odd, ceiling: Fixed.rad(rad('1130') + 2n) })
  expect(only({ ...odd, ceiling: Fixed.rad(rad('1130') + 1n) })[3]).toBe(rad('1130') + 2n)
  // Of 130 and 0.13 units a share of 1.13 and 0.00113 units: rounded down, and up.
  const flat = (flat: bigint) => ({ ...odd, reward: { ...odd.reward, flat: Fixed.rad(flat) } })
  passes(flat(rad('128.87') - 1n))
  expect(only(flat(rad('128.87')))[3]).toBe(rad('128.87') - 1n)
})

test('PAR-8 a reward is at most the penalty', () => {
  const rate = Fixed.wad(
    (soundTerms.sizing.penaltyRate * WAD) / (WAD + soundTerms.sizing.penaltyRate),
  )
  passes(withReward({ flat: rad('0'), rate }))
  only(withReward({ flat: rad('0'), rate: Fixed.wad(rate + 1n) }))
  passes(withReward({ flat: rad('128.87') }))
  only(withReward({ flat: Fixed.rad(rad('128.87') + 1n) }))
  only(withReward({ flat: Fixed.rad(-1n) }))
  only(withReward({ rate: Fixed.wad(-1n) }))
  only(withReward({ limit: 'none' }))
})
