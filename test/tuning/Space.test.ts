/**
 * Examples and laws of Space: spec/23-tuning.md.
 */

import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TermsJson } from '../../src/codec/index.js'
import { Terms } from '../../src/core/index.js'
import { Presets, Space } from '../../src/tuning/index.js'
import { law } from '../law.js'

const terms = Presets.presets['dutch-default']

const made = (...ranges: Space.Range[]): Space.Space => {
  const space = Space.make(terms, ranges)
  if (E.isLeft(space)) throw new Error(JSON.stringify(space.left))
  return space.right
}

const refused = (range: Space.Range): unknown => {
  const space = Space.make(terms, [range])
  return E.isLeft(space) ? space.left : 'made'
}

test('TUN-8 a setting is named by the end of its path', () => {
  expect(Space.names(terms)).toContain('markup')
  expect(Space.names(terms)).toContain('below')
  const paths = [
    'markup',
    'stepEvery',
    'curve.stepEvery',
    'resetAfter',
    'reward.rate',
    'flatReward',
  ]
  expect(paths.map((name) => made({ name, from: 1, to: 2 }).settings[0]?.path.join('.'))).toEqual([
    'collaterals.0.sale.markup',
    'collaterals.0.sale.curve.stepEvery',
    'collaterals.0.sale.curve.stepEvery',
    'collaterals.0.sale.reset.after',
    'reward.rate',
    'reward.flat',
  ])
})

test('TUN-8 another name is refused, with the nearest ones', () => {
  expect(refused({ name: 'markupp', from: 1, to: 2 })).toMatchObject({
    _tag: 'NoSuchSetting',
    rule: 'TUN-8',
    nearest: ['markup', expect.any(String), expect.any(String)],
  })
  expect(refused({ name: 'line', from: 1, to: 2 })).toMatchObject({ _tag: 'NoSuchSetting' })
  expect(refused({ name: '', from: 1, to: 2 })).toMatchObject({ _tag: 'NoSuchSetting' })
})

test('TUN-8 a setting that is varied twice is refused, by whichever names', () => {
  const range = { from: 1, to: 2 }
  expect(
    Space.make(terms, [
      { name: 'markup', ...range },
      { name: 'stepEvery', ...range },
      { name: 'sale.markup', ...range },
    ]),
  ).toMatchObject({ left: { _tag: 'SameSetting', rule: 'TUN-8', name: 'sale.markup' } })
})

test('TUN-8 a name of several settings is refused, with their paths', () => {
  const two = { ...terms, collaterals: [...terms.collaterals, ...terms.collaterals] }
  expect(Space.make(two, [{ name: 'markup', from: 1, to: 2 }])).toMatchObject({
    left: {
      _tag: 'ManySettings',
      paths: ['collaterals[0].sale.markup', 'collaterals[1].sale.markup'],
    },
  })
})

test.each([
  [{ name: 'markup', from: 2, to: 1 }],
  [{ name: 'markup', from: 1, to: 1 }],
  [{ name: 'markup', from: NaN, to: 1 }],
  [{ name: 'markup', from: 1, to: Infinity }],
  [{ name: 'markup', from: 0, to: 1, scale: 'log' as const }],
  [{ name: 'stepEvery', from: 1.2, to: 1.8 }],
])('TUN-9 an empty range is refused: %j', (range) => {
  expect(refused(range)).toMatchObject({ _tag: 'EmptyRange', rule: 'TUN-9' })
})

test('TUN-10 values are decimals of six digits, and whole where they count something', () => {
  const [markup, step, reward] = made(
    { name: 'markup', from: 1.05, to: 1.4 },
    { name: 'stepEvery', from: 10, to: 600, scale: 'log' },
    { name: 'rewardRate', from: 0.0001, to: 0.1, scale: 'log' },
  ).settings as [Space.Setting, Space.Setting, Space.Setting]
  expect([0, 1 / 3, 1].map((x) => Space.textAt(markup, x))).toEqual(['1.05', '1.16667', '1.4'])
  expect([0, 0.5, 1].map((x) => Space.textAt(step, x))).toEqual(['10', '77', '600'])
  expect([0, 0.5, 1].map((x) => Space.textAt(reward, x))).toEqual(['0.0001', '0.00316228', '0.1'])
  expect(Space.coordinateOf(markup, terms)).toBeCloseTo(0.15 / 0.35, 12)
  const [flat] = made({ name: 'flatReward', from: 0, to: 2_469_135.78 }).settings
  expect(flat && Space.textAt(flat, 0.5)).toBe('1234570')
})

law(
  'TUN-10',
  'whatever is tried is accepted by Terms.make, and nothing but what is varied differs',
  fc.property(
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
    (x) => {
      const space = made(
        { name: 'markup', from: 0.9, to: 2 },
        { name: 'keepPerStep', from: 0.9, to: 1 },
        { name: 'stepEvery', from: 1, to: 300 },
        { name: 'resetAfter', from: 600, to: 20_000, scale: 'log' },
      )
      const all = Space.termsAt(space, x)
      const safe = Space.safeAt(space, x)
      expect(E.isRight(all)).toBe(true)
      if (E.isLeft(all)) return
      expect(E.isRight(safe)).toBe(E.isRight(Terms.make(all.right)))
      if (E.isRight(safe)) expect(safe.right).toEqual(all.right)
      const json = TermsJson.format(all.right)
      const texts = space.settings.map((setting, i) => Space.textAt(setting, x[i] as number))
      for (const text of texts) expect(json).toContain(`"${text}"`)
      const lines = TermsJson.format(terms).split('\n')
      const changed = json.split('\n').filter((line, i) => line !== lines[i])
      expect(changed.length).toBeLessThanOrEqual(4)
    },
  ),
)
