/**
 * Every rule is tested, and every rule cited exists.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { laws, models, questions, reasonFor, reasons, theorems } from '../scripts/proofs.mjs'
import { cases, citations, index, pages, refusals, rules, tests } from '../scripts/spec.mjs'
import { StoreContract } from '../src/testing/index.js'
import { root } from './spec.js'

const ids = rules(root).map(({ id }) => id)
const all = tests(root)

const without = (some: readonly string[], known: readonly string[]): readonly string[] =>
  [...new Set(some)].filter((id) => !known.includes(id))

test('every rule has a test that runs', () => {
  expect(
    without(
      ids,
      all.flatMap(({ off, rule }) => (off || !rule ? [] : [rule])),
    ),
  ).toEqual([])
})

test('no test is skipped, left to do, or the only one', () => {
  expect(all.filter(({ off }) => off)).toEqual([])
})

test('every case of the contract of stores begins with the id of a rule, and is run', () => {
  const contract = cases(root)
  expect(contract.filter(({ rule }) => rule === undefined)).toEqual([])
  expect(StoreContract.cases.map(({ title }) => title).sort()).toEqual(
    contract.map(({ title }) => title).sort(),
  )
})

test('every rule cited in spec, src or test exists', () => {
  const missing = citations(root).flatMap(({ file, rules }) =>
    without(rules, ids).map((id) => `${id} in ${file}`),
  )
  expect(missing).toEqual([])
})

test('no rule is defined twice, and the rules of a page count from one without a gap', () => {
  expect(ids).toEqual([...new Set(ids)])
  const prefixes = [...new Set(ids.map((id) => id.slice(0, 3)))]
  const counted = prefixes.flatMap((prefix) =>
    ids.filter((id) => id.startsWith(prefix)).map((_, i) => `${prefix}-${i + 1}`),
  )
  expect([...ids].sort()).toEqual(counted.sort())
})

test('every refusal has a stage, and a rule that exists', () => {
  const placed = refusals(root)
  expect(placed.length).toBeGreaterThan(50)
  expect(placed.filter(({ stage }) => !Number.isSafeInteger(stage))).toEqual([])
  expect(
    without(
      placed.map(({ rule }) => rule),
      ids,
    ),
  ).toEqual([])
  expect(placed.filter(({ when }) => when === '')).toEqual([])
})

test('every rule has a theorem, or a stated reason why not; none has both', () => {
  const [given, proved] = [reasons(root), new Set(theorems(root).map(({ rule }) => rule))]
  expect(ids.filter((id) => !proved.has(id) && reasonFor(given, id) === undefined)).toEqual([])
  expect([...proved].filter((id) => given[id] !== undefined)).toEqual([])
  const pages = new Set(ids.map((id) => id.slice(0, 3)))
  expect(Object.keys(given).filter((id) => !ids.includes(id) && !pages.has(id))).toEqual([])
})

test('every rule that a theorem, a question, a model or a known law names exists', () => {
  const [proved, asked, run, known] = [theorems(root), questions(root), models(root), laws(root)]
  for (const found of [proved, asked, run, known]) expect(found.length).toBeGreaterThan(10)
  const named = [...proved, ...asked, ...run].map(({ rule }) => rule)
  expect(without([...named, ...known.flatMap(({ rules }) => rules)], ids)).toEqual([])
})

test('every page of the core is there', () => {
  const prefixes = new Set(ids.map((id) => id.slice(0, 3)))
  const wanted = 'FIX DEC CRV SEI DUT ENG ACC PAR TRE PRT POS HOU REW'.split(' ')
  expect(wanted.filter((prefix) => !prefixes.has(prefix))).toEqual([])
  expect(pages(root).length).toBeGreaterThanOrEqual(wanted.length)
})

test('spec/README.md is up to date: else run npm run spec:index', () => {
  expect(readFileSync(join(root, 'spec/README.md'), 'utf8')).toBe(index(root))
})
