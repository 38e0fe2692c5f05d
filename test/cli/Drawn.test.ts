/**
 * Pictures on the command line: `--report` and `--svg` of the commands that have them, and the bars of their text.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { bar } from '../../src/cli/Bars.js'
import { run } from '../../src/cli/Cli.js'
import type { Io } from '../../src/cli/Io.js'
import { Draw } from '../../src/report/index.js'
import { root } from '../spec.js'
import { law } from '../law.js'
import { crash, inMemory, type Run } from './io.js'

const flags = '--positions 40 --capital 100000'
const simulate = `simulate --prices p.csv ${flags}`
const tried = `${flags} --days days --seeds 1 --block 60 --vary markup=1.05:1.4,stepEvery=30:300`

/** Carries a command out on files, which it may write. */
const carry = async (
  argv: string,
  files: Record<string, string> = {},
  parts: Partial<Io> = {},
): Promise<Run> => {
  Object.assign(files, { 'p.csv': crash, 'days/1.csv': crash })
  const { err, io, out } = inMemory(files)
  const status = await run(argv.split(' '), { ...io, ...parts })
  return { status, out: out(), err: err() }
}

const pictures = (page: string): readonly string[] =>
  [...page.matchAll(/<figure id="([^"]+)">/g)].map(([, name = '']) => name)

test('REP-7 the pictures of a day: the page has the text of the terminal, and its captions the same figures', async () => {
  const files: Record<string, string> = {}
  const plain = await carry(simulate)
  const { err, out, status } = await carry(`${simulate} --report day.html --svg day`, files)
  expect([status, err]).toEqual([0, ''])
  expect(out).toBe(`${plain.out}\n6 pictures: day.html and day\n`)
  const page = files['day.html'] ?? ''
  expect(pictures(page)).toEqual([
    ...['crash', 'costs', 'dutch-lots', 'english-lots', 'discounts', 'clearing'],
  ])
  expect(Object.keys(files).filter((name) => name.startsWith('day/'))).toEqual(
    pictures(page).map((name) => `day/${name}.svg`),
  )
  expect(page).toContain(plain.out.split('\n')[4])
  const row = (name: string): readonly string[] =>
    new RegExp(`^${name} +(\\S+(?: [s%])?) +(\\S+(?: [s%])?)$`, 'm').exec(plain.out)?.slice(1) ?? []
  const caption = (name: string): string =>
    new RegExp(`<figure id="${name}">[^]*?<figcaption>(.*?)</figcaption>`).exec(page)?.[1] ?? ''
  for (const [name, picture] of [
    ['average discount to market at the sale', 'discounts'],
    ['time to clear, median', 'clearing'],
    ['time to clear, 95th percentile', 'clearing'],
    ['bad debt', 'costs'],
  ] as const) {
    expect(row(name).length, name).toBe(2)
    for (const figure of row(name)) expect(caption(picture), name).toContain(figure)
  }
})

test('REP-2 the same command writes the same files', async () => {
  const [a, b]: [Record<string, string>, Record<string, string>] = [{}, {}]
  await carry(`${simulate} --report r.html --svg s`, a)
  await carry(`${simulate} --report r.html --svg s`, b)
  expect(Object.keys(a).length).toBe(9)
  expect(a).toEqual(b)
})

test('REP-8 a sweep and a search have pictures', async () => {
  const files: Record<string, string> = {}
  const objective = '--objective loss,clearing --report s.html'
  const sweep = await carry(`sweep ${tried} --grid 3 ${objective}`, files)
  expect([sweep.status, sweep.err]).toEqual([0, ''])
  expect(sweep.out).toMatch(/\n\n4 pictures: s\.html\n$/)
  expect(pictures(files['s.html'] ?? '')).toEqual([
    ...['front', 'heat-loss', 'heat-clearing', 'settings'],
  ])
  const tune = await carry(`tune ${tried} --budget 6 --report t.html --json`, files)
  expect([tune.status, tune.err]).toEqual([0, ''])
  expect(JSON.parse(tune.out)).toMatchObject({ tried: 6 })
  expect(pictures(files['t.html'] ?? '')).toEqual(
    expect.arrayContaining(['course', 'held-out', 'heat-loss', 'settings']),
  )
})

const compared = `compare dutch-default english-default ${flags} --days days --seeds 2 --block 60`

test('REP-17 two sets of terms have pictures, and the page has the text of the terminal', async () => {
  const files: Record<string, string> = {}
  const plain = await carry(compared)
  const { err, out, status } = await carry(`${compared} --report c.html --svg c`, files)
  expect([status, err]).toEqual([0, ''])
  const page = files['c.html'] ?? ''
  const drawn = pictures(page)
  expect(drawn.slice(0, 2)).toEqual(['differences', 'compare-loss'])
  expect(out).toBe(`${plain.out}\n${drawn.length} pictures: c.html and c\n`)
  expect(Object.keys(files).filter((name) => name.startsWith('c/'))).toEqual(
    drawn.map((name) => `c/${name}.svg`),
  )
  expect(page).toContain('<title>dutch-default beside english-default</title>')
  const [, told = ''] = /^loss .* {2}(-?[\d.,]+ \(.*\))$/m.exec(plain.out) ?? []
  expect(told).not.toBe('')
  expect(page).toContain(`a − b, run by run: ${told}`)
})

test('REP-12 nothing is run where the packages that draw are missing', async () => {
  const missing = E.left('a package that it takes is missing: npm install vega vega-lite')
  for (const command of [simulate, `sweep ${tried}`, `tune ${tried}`, compared])
    for (const flag of ['--report', '--svg']) {
      const files: Record<string, string> = {}
      const progress = vi.fn<Io['progress']>()
      const parts = { draw: () => Promise.resolve(missing), progress }
      expect(await carry(`${command} ${flag} out`, files, parts)).toEqual({
        status: 2,
        out: '',
        err: `knockdown: ${flag}: a package that it takes is missing: npm install vega vega-lite\n`,
      })
      expect(progress).not.toHaveBeenCalled()
      expect(Object.keys(files)).toEqual(['p.csv', 'days/1.csv'])
    }
})

test('REP-12 without the flags nothing that draws is loaded', async () => {
  const draw = vi.fn(Draw.load)
  for (const command of [simulate, `sweep ${tried} --grid 2`, `tune ${tried} --budget 2`, compared])
    expect((await carry(command, {}, { draw })).status).toBe(0)
  expect(draw).not.toHaveBeenCalled()
})

test.each([
  [
    '--report p.csv',
    '--report: found "p.csv", wanted a new file, or one that this flag has written before',
  ],
  [
    '--report no/day.html',
    '--report: found "no/day.html", wanted a file that can be written: there is no such folder',
  ],
  ['--report=', '--report: found "", wanted the name of a file'],
  ['--svg=', '--svg: found "", wanted the name of a folder'],
  ['--svg p.csv', '--svg: found "p.csv", wanted a folder: this is a file'],
  [
    '--svg days',
    '--svg: found "days/crash.svg", wanted a new file, or one that this flag has written before',
  ],
])('REP-12 %s is refused before anything is run, and nothing is lost', async (flag, problem) => {
  const files: Record<string, string> = { 'days/crash.svg': '<svg>a drawing of mine</svg>' }
  const progress = vi.fn<Io['progress']>()
  const ran = await carry(`${simulate} ${flag}`, files, { progress })
  expect(ran).toEqual({ status: 2, out: '', err: `knockdown: ${problem}\n` })
  expect(progress).not.toHaveBeenCalled()
  expect(files).toEqual({
    'days/crash.svg': '<svg>a drawing of mine</svg>',
    'p.csv': crash,
    'days/1.csv': crash,
  })
})

test.each(['--report r.html', '--svg s'])(
  'REP-12 where %s cannot be written nothing is run',
  async (flag) => {
    const progress = vi.fn<Io['progress']>()
    const tryOut = (): E.Either<string, undefined> => E.left('there is no room left')
    const { err, out, status } = await carry(`${simulate} ${flag}`, {}, { progress, tryOut })
    expect([status, out]).toEqual([2, ''])
    expect(err).toMatch(
      /^knockdown: --(?:report|svg): found "(?:r\.html|s\/crash\.svg)", wanted a file that can be written: there is no room left\n$/,
    )
    expect(progress).not.toHaveBeenCalled()
  },
)

test('REP-12 what this program wrote is written anew', async () => {
  const files: Record<string, string> = {}
  await carry(`${simulate} --report r.html --svg s`, files)
  const first = files['r.html']
  const again = await carry(`${simulate} --seed 2 --report r.html --svg s`, files)
  expect(again.status).toBe(0)
  expect(files['r.html']).not.toBe(first)
})

test('REP-12 a file that cannot be written afterwards is told in one line', async () => {
  const write = (): E.Either<string, undefined> => E.left('there is no room left')
  for (const [flag, path] of [
    ['--report', 'r.html'],
    ['--svg', 's'],
  ] as const)
    expect(await carry(`${simulate} ${flag} ${path}`, {}, { write })).toEqual({
      status: 2,
      out: '',
      err: `knockdown: ${flag}: found "${flag === '--svg' ? 's/crash.svg' : path}", wanted a file that can be written: there is no room left\n`,
    })
})

law(
  'REP-13',
  'a bar is as long as its figure, to an eighth of a character',
  fc.property(
    fc.integer({ min: 1, max: 10 ** 6 }),
    fc.integer({ min: 1, max: 10 ** 6 }),
    fc.integer({ min: 1, max: 60 }),
    (a, b, width) => {
      const [value, most] = [Math.min(a, b), Math.max(a, b)]
      const drawn = bar(value, most, width)
      const eighths = Array.from(drawn, (part) => 8 - '█▉▊▋▌▍▎▏'.indexOf(part)).reduce(
        (sum, part) => sum + part,
        0,
      )
      expect(eighths).toBe(Math.max(1, Math.round((value / most) * width * 8)))
      expect(bar(most, most, width)).toBe('█'.repeat(width))
    },
  ),
)

test('REP-13 people are told bars, programs are not', async () => {
  const day = await carry(simulate)
  expect(day.out).toMatch(/^Lost, in money:\nbad debt {6}Dutch .*\n {14}English .*$/m)
  expect(day.out).toMatch(/^Lots by the time they took to clear:\n.* Dutch .*\d$/m)
  const sweep = await carry(`sweep ${tried} --grid 2`)
  expect(sweep.out).toMatch(/ {2}█{12}$/m)
  const tune = await carry(`tune ${tried} --budget 3`)
  expect(tune.out).toMatch(/^The mean loss on them:\nin force {3}[█▏▎▍▌▋▊▉]+ {2}[\d,.]+$/m)
  const two = await carry(compared)
  expect(two.out).toMatch(
    /\nThe mean loss:\na {2}[█▏▎▍▌▋▊▉]+ {2}[\d,.]+\nb {2}[█▏▎▍▌▋▊▉]+ {2}[\d,.]+\n$/,
  )
  for (const command of [
    simulate,
    `sweep ${tried} --grid 2`,
    `tune ${tried} --budget 3`,
    compared,
  ]) {
    const { out } = await carry(`${command} --json`)
    expect(out).not.toMatch(/[█▏▎▍▌▋▊▉]/)
    expect(() => JSON.parse(out) as unknown).not.toThrow()
  }
})

test('REP-12 no picture is written over another file of the same command', async () => {
  for (const [argv, flag] of [
    [`sweep ${tried} --grid 2 --csv out.x --report out.x`, 'csv'],
    [`tune ${tried} --budget 2 --save out.x --report ./out.x`, 'save'],
    [`${simulate} --auction dutch --terms maker-clipper --log out.x --report out.x`, 'log'],
  ] as const) {
    const files: Record<string, string> = {}
    const { err, status } = await carry(argv, files)
    expect([status, Object.keys(files).includes('out.x')]).toEqual([2, false])
    expect(err).toMatch(
      new RegExp(
        `^knockdown: --report: found "[./]*out\\.x", wanted another file than that of --${flag}\n$`,
      ),
    )
  }
})

test('REP-7 the market of a scenario with a pool is that of its pool', async () => {
  const scenario = readFileSync(join(root, 'examples/cascade.json'), 'utf8')
  const files: Record<string, string> = { 'c.json': scenario }
  const { err, out, status } = await carry('simulate --scenario c.json --report c.html', files)
  expect([status, err]).toEqual([0, ''])
  const [, drop = ''] = /^largest drop caused +([\d.]+) %$/m.exec(out) ?? []
  const [, fall = ''] =
    /<figure id="crash">[^]*?<figcaption>[^]*?: ([\d.]+) % less/.exec(files['c.html'] ?? '') ?? []
  // The prices of the day fall by less than half: what sales add to it is seen.
  expect(Number(drop)).toBeGreaterThan(20)
  expect(Number(fall)).toBeGreaterThan(50)
})
