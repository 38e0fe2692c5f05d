/**
 * docs/maker.md names every call and every parameter, the tests that it points to exist, and the figures
 * in it are right.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Clipper, Flipper } from '../../src/maker/index.js'
import { Bids, Cat, Dog, EthA, Sales, Vow } from '../../src/maker/index.js'
import { makerVowTerms } from '../examples/maker.js'

const root = join(import.meta.dirname, '../..')
const doc = readFileSync(join(root, 'docs/maker.md'), 'utf8')

const missing = (names: readonly string[]): readonly string[] =>
  names.filter((name) => !doc.includes(`\`${name}\``))

test('MKR-1 every exported function of the calls is in docs/maker.md', () => {
  const names = Object.entries({ Bids, Cat, Dog, Sales, Vow }).flatMap(([module, exported]) =>
    Object.keys(exported).map((name) => `${module}.${name}`),
  )
  expect(names.length).toBeGreaterThan(30)
  expect(missing(names)).toEqual([])
})

test('MKR-1 every parameter is in docs/maker.md', () => {
  const bidding: Required<Flipper.Bidding> = { ...EthA.flipper, pad: EthA.flipper.beg }
  const vow = Vow.parametersOf(makerVowTerms)
  const clipper: Clipper.Parameters = EthA.clipper
  const { _tag, ...calc } = clipper.calc
  expect(_tag).toBe('StairstepExponentialDecrease')
  const names = [clipper, calc, EthA.flipper, bidding, vow, vow?.flap, vow?.flop].flatMap((of) =>
    Object.keys(of ?? {}),
  )
  expect(names.length).toBeGreaterThan(35)
  expect(missing([...new Set(names), 'chost', 'stopped', 'Hole'])).toEqual([])
})

test('MKR-1 every trap in docs/maker.md has its test', () => {
  const traps = readFileSync(join(root, 'test/maker/Traps.test.ts'), 'utf8')
  const [, table = ''] = doc.split('## Traps')
  const rows = (table.split('## What')[0] ?? '')
    .split('\n')
    .filter((line) => /^\| a|^\| one|^\| r/.test(line))
  const named = rows.map((row) => row.split('|')[3]?.trim().replaceAll('`', '') ?? '')
  expect(named.length).toBe(7)
  expect(named.filter((title) => !traps.includes(title))).toEqual([])
})
