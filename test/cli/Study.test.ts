/**
 * knockdown study: what docs/stablesims.md and docs/known.md say that it prints, its JSON, and what it refuses.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../spec.js'
import { data, knockdown, printed, refused } from './io.js'
import { run } from '../../src/cli/Cli.js'

/** The commands of a page, and what it says that they print. */
const stepsOf = (page: string) =>
  [
    ...readFileSync(join(root, page), 'utf8').matchAll(
      /^```sh\nknockdown ([^\n]*)\n```\n```text\n([^]*?)^```$/gm,
    ),
  ].map(([, command = '', expected = '']) => [command, expected] as const)

const pages = [
  ['docs/stablesims.md', 'STB-13', ['stablesims', 'rewards']],
  ['docs/known.md', 'BLT-2 GAU-3', ['black-thursday', 'gauntlet']],
] as const

for (const [page, rules, studies] of pages) {
  const steps = stepsOf(page)

  test(`${page} has two commands`, () => {
    expect(steps.map(([command]) => command.split(' ')[1])).toEqual(studies)
  })

  for (const [command, expected] of steps)
    test(`${rules} knockdown ${command} prints what ${page} says`, () => {
      const { err, out, status } = knockdown(command)
      expect([status, err]).toEqual([0, ''])
      expect(out).toBe(expected)
    }, 300_000)
}

test('--json has every cell, its runs and their orders', () => {
  const { out, status } = knockdown('study stablesims --date 2020-03-12 --draws 2 --json')
  const cells = JSON.parse(out) as readonly {
    readonly tip: string
    readonly chip: string
    readonly held: Readonly<Record<string, { readonly theirs: number }>>
    readonly runs: readonly { readonly seed: string; readonly order: number }[]
  }[]
  expect(status).toBe(0)
  expect(cells.map(({ chip, tip }) => `${tip}/${chip}`)).toEqual(
    ['100', '500', '1000'].flatMap((tip) =>
      ['0.001', '0.01', '0.1'].map((chip) => `${tip}/${chip}`),
    ),
  )
  for (const { held, runs } of cells) {
    expect(runs.map(({ seed }) => seed)).toEqual(['1', '2', '3', '4'])
    expect(runs.every(({ order }) => order > 0)).toBe(true)
    expect(held['vaults_liquidated']?.theirs).toBe(43.5)
  }
})

test('--json has every reward', () => {
  const { out } = knockdown('study rewards --date 2020-03-12 --populations 2 --json')
  const [day] = JSON.parse(out) as readonly {
    readonly flat: readonly { readonly tip: string; readonly paid: { readonly mean: number } }[]
  }[]
  expect(day?.flat.length).toBe(17)
  expect(day?.flat[0]).toMatchObject({ tip: '0', paid: { mean: 0 } })
})

test('--vaults recorded takes those of the record', () => {
  const { out } = knockdown('study rewards --date 2021-02-22 --vaults recorded')
  expect(out).toMatch(/^2021-02-22, 4 populations\n/)
})

test('--save writes the orders that give the runs, as they come with the package', () => {
  const { written } = knockdown('study stablesims --date 2021-02-22 --draws 2 --save found.csv')
  const own = readFileSync(join(data, 'stablesims/orders.csv'), 'utf8').split('\n')
  expect((written?.['found.csv'] ?? '').split('\n')).toEqual(
    own.filter((line) => !/^20(20-03-12|21-05-19)/.test(line)),
  )
})

test('a run that no order gives ends with status 1', () => {
  const changed = printed({
    read: (path) => {
      const text = readFileSync(path, 'utf8')
      return {
        _tag: 'Right',
        right: path.endsWith('isolated.csv')
          ? text.replace('2020-03-12,0.001,100,1,48,44,', '2020-03-12,0.001,100,1,48,45,')
          : text,
      }
    },
  })
  const argv = 'study stablesims --date 2020-03-12 --draws 2 --orders 3'.split(' ')
  expect(run(argv, changed.io)).toBe(1)
  expect(changed.out()).toMatch(/\n35 of 36 runs of the record are given/)
})

test('bad input is one line that says what would be right', () => {
  refused(
    'study auctions',
    'what: found "auctions", wanted stablesims or rewards or black-thursday or gauntlet',
  )
  refused(
    'study rewards --date 2020-03-13',
    '--date: found "2020-03-13", wanted 2020-03-12, 2021-02-22, 2021-05-19',
  )
  refused(
    'study rewards --populations 1',
    '--populations: found "1", wanted a whole number from 2 to 10000',
  )
  refused('study stablesims --draws x', '--draws: found "x", wanted a whole number from 2 to 10000')
  refused('study rewards --vaults mine', '--vaults: found "mine", wanted drawn or recorded')
  refused(
    'study stablesims --date 2021-02-22 --draws 2 --save no/where.csv',
    '--save: found "no/where.csv", wanted a file that can be written: there is no such folder',
  )
  refused(
    'study gauntlet --date 2020-03-12 --draws 3',
    '--date: study gauntlet does not take it, wanted with study stablesims or rewards',
  )
  refused(
    'study rewards --draws 40',
    '--draws: study rewards does not take it, wanted with study stablesims',
  )
  refused(
    'study black-thursday --budget 3',
    '--budget: study black-thursday does not take it, wanted with study gauntlet',
  )
  refused('study', /missing required argument 'what'/)
})
