import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Check } from '../../src/index.js'
import { root } from '../spec.js'

test('HOU-4 the levels from which commands are refused are those of the spec', () => {
  expect(Check.haltedFrom).toEqual({
    Take: 3,
    Raise: 3,
    Shrink: 3,
    Reset: 2,
    Restart: 2,
    Settle: 4,
    Cancel: 4,
  })
})

test('HOU-1 a time is a whole second that is not before the last', () => {
  expect(Check.isTime(5, 5)).toBe(true)
  expect([4, 5.5, NaN, Infinity, 2 ** 53].map((at) => Check.isTime(at, 5))).not.toContain(true)
  expect(Check.isTime(Number.MAX_SAFE_INTEGER, 5)).toBe(true)
})

test('HOU-5 the stages of an opening stand in the spec in rising order, and no refusal is without', () => {
  const page = readFileSync(join(root, 'spec/12-house.md'), 'utf8')
  const stages = Array.from(page.matchAll(/^\| (\d[\d, ]*) \|/gm)).flatMap(([, some = '']) =>
    some.split(', ').map(Number),
  )
  expect(stages.length).toBeGreaterThan(25)
  expect(stages).toEqual([...new Set(stages)].sort((a, b) => a - b))
  const code = ['Position', 'Seizure', 'Auction', 'Reward'].map((name) =>
    readFileSync(join(root, `src/core/${name}.ts`), 'utf8'),
  )
  const formed = Array.from(code.join('').matchAll(/outOfRange\('[^']+', (\d+)\)/g), ([, n]) =>
    Number(n),
  )
  expect(formed.length).toBeGreaterThan(12)
  expect(formed.filter((stage) => !stages.includes(stage))).toEqual([])
  expect(Check.stage({ _tag: 'OutOfRange', rule: 'FIX-5', what: 'a number', stage: 7 })).toBe(7)
})
