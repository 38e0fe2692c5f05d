/**
 * EthA: the parameters of Maker's live years are those of a Clipper and a Flipper, and have the hazards that
 * those years showed.
 */

import { expect, test } from 'vitest'
import { Terms } from '../../../src/core/index.js'
import { Clipper, EthA, Flipper } from '../../../src/maker/index.js'
import { Presets } from '../../../src/tuning/index.js'
import { rad, ray } from '../../example.js'
import { dayScenario, run } from '../../tuning/scenario.js'

const hazards = (terms: Terms.Terms): readonly string[] =>
  Terms.hazards(terms).map(({ parameter, rule }) => `${rule} ${parameter}`)

test('MKR-1 a Clipper of October 2021 comes back from its terms', () => {
  const terms = Clipper.clipper(EthA.clipper)
  expect(Clipper.parametersOf(terms)).toEqual({ ilk: EthA.clipper, chost: rad('11300') })
  expect(hazards(terms)).toEqual([
    'PAR-8 reward.limit',
    'PAR-13 collaterals[0].sale.reserve',
    'PAR-14 collaterals[0].sale.minCollateralLeft',
    'PAR-15 collaterals[0].sale.emptySale',
  ])
})

test('MKR-1 a Flipper of March 2020 comes back from its terms', () => {
  const terms = Flipper.flipper(EthA.flipper)
  expect(Flipper.parametersOf(terms)).toEqual(EthA.flipper)
  expect(hazards(terms)).toEqual(['PAR-8 reward.limit', 'PAR-16 collaterals[0].sale.reserve'])
})

test('MKR-1 the simulated ones differ in what would open other lots, and in nothing else', () => {
  const clipper = Clipper.parametersOf(Presets.presets['maker-clipper'])?.ilk
  expect({ ...clipper, mat: ray('1.45'), hole: rad('40000000') }).toEqual(EthA.clipper)
  const flipper = Flipper.parametersOf(Presets.presets['maker-flipper'])
  expect({ ...flipper, box: rad('10000000'), dunk: rad('50000') }).toEqual(EthA.flipper)
})

test('MKR-1 under the ceilings of then the simulated day opens other lots, and later: docs/maker.md says how many', () => {
  const asThen = {
    'maker-clipper': Clipper.clipper({ ...EthA.clipper, mat: ray('1.5') }),
    'maker-flipper': Flipper.flipper(EthA.flipper),
  } as const
  const outcomes = (['maker-clipper', 'maker-flipper'] as const).map((name) => {
    const day = dayScenario('2020-03-12', name)
    const [ample, real] = [run(day), run({ ...day, terms: asThen[name] })]
    expect([ample.lots.length, ample.positionsDelayed]).toEqual([760, 0])
    return { lots: real.lots.length, delayed: real.positionsDelayed, bad: real.debt.bad }
  })
  expect(outcomes).toEqual([
    { lots: 770, delayed: 116, bad: 0n },
    { lots: 3091, delayed: 282, bad: 0n },
  ])
}, 60_000)
