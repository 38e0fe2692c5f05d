/**
 * Scenarios on the command line: docs/scenarios.md, and what is wrong with them in one line.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { run } from '../../src/cli/Cli.js'
import { Figures, Presets, ScenarioJson, Simulate, Statistics } from '../../src/tuning/index.js'
import { right } from '../example.js'
import { root } from '../spec.js'
import { fallScenario } from '../examples/scenario.js'
import { inMemory } from './io.js'

const cascade = readFileSync(join(root, 'examples/cascade.json'), 'utf8')

const ran = async (argv: string, files: Record<string, string> = {}) => {
  const { err, io, out } = inMemory(files)
  const status = await run(argv.split(' '), io)
  return { status, out: out(), err: err() }
}

/** What one run came to, without what it was made of. */
const outcomeOf = (json: string): unknown => (JSON.parse(json) as { runs: unknown }).runs

test('SCN-6 the scenario of some flags has the outcome that these flags have', async () => {
  for (const flags of [
    '--prices 2021-05-19 --positions 50 --capital 500000 --seed 7 --block 30 --oracle-delay 60 --gas 3',
    '--positions book.csv --bidders 3 --until 3600',
  ]) {
    const files = { 'book.csv': 'id,collateral,debt\na,100,11000\nb,50,5000.5\n' }
    const printed = await ran(`scenario --auction dutch ${flags}`, files)
    expect(printed.err).toBe('')
    const given = await ran('simulate --scenario of/s.json --json', {
      ...files,
      'of/s.json': printed.out,
      'of/book.csv': files['book.csv'],
    })
    expect(given.err).toBe('')
    const plain = await ran(`simulate --auction dutch ${flags} --json`, files)
    expect(outcomeOf(given.out)).toEqual(outcomeOf(plain.out))
  }
})

test('SCN-4 the example of docs/scenarios.md has a cascade, told in the table and in JSON', async () => {
  const files = { 'cascade.json': cascade }
  const { err, out, status } = await ran('simulate --scenario cascade.json', files)
  expect([status, err]).toEqual([0, ''])
  const [, told = ''] = /^lots by depth of cascade +([\d, ]+)$/m.exec(out) ?? []
  const { runs } = JSON.parse(
    (await ran('simulate --scenario cascade.json --json', files)).out,
  ) as {
    runs: readonly [{ lots: number; cascade: { byDepth: number[]; largestDrop: string } }]
  }
  const [{ cascade: found, lots }] = runs
  expect(told).toBe(found.byDepth.join(', '))
  expect(found.byDepth.length).toBeGreaterThan(1)
  expect(found.byDepth.reduce((a, b) => a + b, 0)).toBe(lots)
  expect(Number(found.largestDrop)).toBeGreaterThan(0.01)
  const page = readFileSync(join(root, 'docs/scenarios.md'), 'utf8')
  const [, excerpt = ''] = /^```json\n([^]*?)\n```$/m.exec(page) ?? []
  expect(JSON.parse(`{${excerpt}}`)).toEqual(
    Object.fromEntries(
      Object.entries(JSON.parse(cascade) as object).filter(([name]) =>
        ['pool', 'bidders'].includes(name),
      ),
    ),
  )
})

const short = ScenarioJson.format(fallScenario(1n))

test('TUN-16 what is expected of a scenario is what its runs come to', async () => {
  const { err, out, status } = await ran(
    'expect dutch-default --scenario s.json --seeds 4 --json',
    { 's.json': short },
  )
  expect([status, err]).toEqual([0, ''])
  const runs = [1n, 2n, 3n, 4n].map((seed) => {
    const outcome = Simulate.run({ ...fallScenario(seed), terms: Presets.presets['dutch-default'] })
    return Figures.of(right(outcome))
  })
  const { figures } = JSON.parse(out) as { figures: Record<string, unknown> }
  expect(Object.keys(figures)).toEqual([...Figures.names])
  for (const name of Figures.names)
    expect(figures[name]).toEqual(Statistics.summary(runs.map((one) => one[name])))
  const table = await ran('expect dutch-default --scenario s.json --seeds 4', { 's.json': short })
  expect(table.out).toContain('dutch-default, 4 runs (s.json; seeds 1 to 4).')
})

test('TUN-16 of days every one is expected, each with every seed', async () => {
  const { out } = await ran('expect english-default --seeds 2 --positions 5 --block 600 --json')
  const { cases } = JSON.parse(out) as { cases: readonly { prices: string; seed: string }[] }
  expect(cases.map(({ prices, seed }) => `${prices} ${seed}`)).toEqual(
    ['2020-03-12', '2021-02-22', '2021-05-19'].flatMap((day) => [`${day} 1`, `${day} 2`]),
  )
})

test('TUN-14 a scenario is tuned, swept and compared on, by seeds of its own', async () => {
  const files = { 's.json': short }
  const vary = '--scenario s.json --vary markup=1.05:1.3 --seeds 2'
  const tuned = await ran(`tune ${vary} --budget 3`, files)
  expect(tuned.err).toBe('')
  expect(tuned.out).toContain('(s.json; seeds 1 to 2)')
  expect(tuned.out).toContain('(s.json; seeds 3 to 4)')
  expect((await ran(`sweep ${vary} --grid 2`, files)).out).toContain('(s.json; seeds 1 to 2)')
  const compared = await ran(
    'compare dutch-default maker-clipper --scenario s.json --unchecked',
    files,
  )
  expect(compared.out).toContain('2 runs of each (s.json; seeds 1 to 2)')
})

test.each([
  [
    'simulate --scenario none.json',
    'none.json: there is no such file, wanted a JSON file of a scenario',
  ],
  [
    'simulate --scenario s.json --capital 5',
    '--capital: found "5", wanted no such flag beside a scenario, which says this',
  ],
  [
    'simulate --scenario s.json --oracle-delay 600',
    '--oracle-delay: found "600", wanted no such flag beside a scenario, which says this',
  ],
  ['simulate --scenario bad.json', 'bad.json:1: terms: found "", wanted this field'],
  [
    'simulate --scenario s.json --seed x',
    '--seed: found "x", wanted a whole number of at most 40 digits',
  ],
  ['simulate --scenario far.json', 'far/rows.csv: there is no such file'],
  [
    'simulate --scenario zero.json',
    'zero.json: blocks.every: found 0, wanted a whole number of seconds above 0 (BLK-1)',
  ],
  [
    'simulate --scenario s.json --auction english',
    '--auction: found "english", wanted --terms with it: the scenario has terms of its own',
  ],
  ['tune --scenario s.json --vary markup --days x', '--days: wanted no days beside a scenario'],
  [
    'expect dutch-default --scenario s.json --positions 0',
    '--positions: found "0", wanted no such flag beside a scenario, which says this',
  ],
  [
    'sweep --scenario none.json --vary markup',
    'none.json: there is no such file, wanted a JSON file of a scenario',
  ],
])('%s is refused in one line', async (argv, wanted) => {
  const { prices, ...rest } = JSON.parse(short) as Record<string, unknown>
  const { err, out, status } = await ran(argv, {
    's.json': short,
    'bad.json': '{"prices":{}}',
    'far.json': JSON.stringify({
      ...rest,
      prices: { _tag: 'Rows', rows: { file: 'far/rows.csv' } },
    }),
    'zero.json': JSON.stringify({ ...rest, prices, blocks: { _tag: 'Fixed', every: 0 } }),
  })
  expect([status, out]).toEqual([2, ''])
  expect(err.split('\n').length).toBe(2)
  expect(err).toContain(wanted)
})

test('SCN-6 files are named from where the scenario is, or from the root', async () => {
  const book = 'id,collateral,debt\na,100,11000\n'
  const printed = await ran('scenario --auction dutch --positions /books/b.csv', {
    '/books/b.csv': book,
  })
  const files = { 'of/s.json': printed.out, '/books/b.csv': book }
  expect(await ran('simulate --scenario of/s.json', files)).toMatchObject({ status: 0, err: '' })
})

test('SCN-6 the example file is a scenario', () => {
  expect(E.isRight(ScenarioJson.parse(cascade))).toBe(true)
})
