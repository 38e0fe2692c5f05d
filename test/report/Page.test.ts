/**
 * The page: all of it in one file, the same every time, in colours that everybody tells apart.
 */

import { compile } from 'vega-lite'
import { expect, test } from 'vitest'
import * as E from 'fp-ts/lib/Either.js'
import { Draw, Page, type Picture, Pictures, Svg } from '../../src/report/index.js'
import * as Palette from '../../src/report/Palette.js'
import { day, dutchRun, englishRun, longPath, selling } from './day.js'
import { fourSettings } from '../examples/report.js'

const loaded = await Draw.load()
if (E.isLeft(loaded)) throw new Error(loaded.left)
const draw = loaded.right

const study = {
  ...fourSettings,
  objectives: ['loss', 'clearing', 'discount'] as const,
  rows: fourSettings.rows.map((row, i) => ({
    ...row,
    means: [10 + i, 20 - i, 0.01 * i],
    errors: [1, undefined, 0.001],
  })),
}

const search = {
  study: { ...study, objectives: study.objectives.slice(0, 1) },
  inForce: 12,
  held: { best: [1, 2, 3], inForce: [4, 5, 7], next: [2, 2, 2] },
  slopes: [{ name: 'markup', change: { mean: 1, from: 0.5, to: 1.5 } }],
}

const all: readonly Picture.Picture[] = [
  ...Pictures.ofDay(day),
  ...Pictures.ofSearch(search),
  ...Pictures.ofStudy({ ...study, isGrid: true }),
  ...Pictures.ofPaired({
    a: 'a.json',
    b: 'b.json',
    days: ['d1', 'd1', 'd2'],
    pairs: [
      { name: 'loss', a: [1, 2, 3], b: [2_000_000, 4, 6] },
      { name: 'discount', a: [0.01, 0.02, 0.002], b: [0.03, 0.02, 0.001] },
    ],
  }),
]

const pageOf = async (pictures: readonly Picture.Picture[], text = ''): Promise<string> => {
  const drawn: (readonly [Picture.Picture, string])[] = []
  for (const picture of pictures) drawn.push([picture, await draw(picture, false)])
  return Page.html({ title: 'A <day> & "more"', pictures: drawn, text })
}

const page = await pageOf(Pictures.ofDay(day), 'from <script>alert(1)</script>.csv')

test('REP-1 a page loads nothing, runs nothing and refers to nothing outside of itself', async () => {
  expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  expect(page).not.toMatch(
    /https?:|<script|<link|<img|<iframe|<object|@import|\ssrc=|\shref=|\son\w+=/i,
  )
  const whole = await pageOf([...Pictures.ofDay(day), ...Pictures.ofStudy(study)])
  const references = [...whole.matchAll(/url\(([^)]*)\)/g)].map(([, to = '']) => to)
  expect(references.length).toBeGreaterThan(0)
  for (const to of references) {
    expect(to).toMatch(/^#/)
    expect(whole.split(` id="${to.slice(1)}"`).length).toBe(2)
  }
})

test('REP-1 what stands in a page from outside is escaped', () => {
  expect(page).toContain('from &lt;script&gt;alert(1)&lt;/script&gt;.csv')
  expect(page).toContain('<title>A &lt;day&gt; &amp; &quot;more&quot;</title>')
})

test('REP-1 every picture is on the page with its title and caption, and what reads it aloud is told', () => {
  for (const { caption, name, title } of Pictures.ofDay(day)) {
    expect(page).toContain(`<figure id="${name}">`)
    expect(page).toContain(`<figcaption>${Svg.escaped(caption)}</figcaption>`)
    expect(page).toContain(`<svg role="img" aria-label="${Svg.escaped(title)}"`)
  }
})

test('REP-2 a page is the same again, whatever was drawn before and in any time zone', async () => {
  const [first] = Pictures.ofStudy(study)
  if (first !== undefined) await draw(first, true)
  const zone = process.env['TZ']
  process.env['TZ'] = 'Asia/Kolkata'
  try {
    expect([new Date(0).getHours(), new Date(0).getMinutes()]).toEqual([5, 30])
    expect(await pageOf(Pictures.ofDay(day), 'from <script>alert(1)</script>.csv')).toBe(page)
  } finally {
    if (zone === undefined) delete process.env['TZ']
    else process.env['TZ'] = zone
  }
})

test('REP-2 a file of one picture is the same again, and has its title and caption in it', async () => {
  for (const picture of all) {
    const file = Svg.file(picture, await draw(picture, true))
    expect(Svg.file(picture, await draw(picture, true))).toBe(file)
    expect(file).toContain(`<desc>${Svg.escaped(picture.caption)}</desc>`)
    expect(file.startsWith('<svg xmlns="http://www.w3.org/2000/svg" role="img"')).toBe(true)
    expect(file).toContain(Svg.MARK)
  }
})

test('Vega-Lite has nothing to say against a specification', () => {
  const said: unknown[] = []
  const note = (...words: unknown[]): never => {
    said.push(...words)
    return logger
  }
  const logger = { level: note, error: note, warn: note, info: note, debug: note } as never
  for (const { spec } of all) compile(spec as never, { config: Palette.config, logger })
  expect(said).toEqual([])
})

test('REP-16 a picture is as large as it is drawn in a narrow window, and can be moved there', () => {
  expect(page).toContain('<div class="view"><svg role="img"')
  expect(page).toMatch(
    /@media screen and \(max-width:46rem\)\{\.view\{overflow-x:auto\}\.view svg\{max-width:none\}\}/,
  )
  expect(page).toMatch(/^figure\{[^}]*break-inside:avoid/m)
})

test('REP-16 columns of figures are not broken, and other lines are', async () => {
  const text = 'bad debt   12\nA long <sentence>.'
  expect(await pageOf([], text)).toContain(
    '<pre><span>bad debt   12</span>\nA long &lt;sentence&gt;.</pre>',
  )
  expect(page).toMatch(/^pre\{[^}]*white-space:pre-wrap\}$/m)
  expect(page).toMatch(/^pre span\{white-space:pre\}$/m)
})

/** Every place of a value in a specification at which an axis is made of it. */
const axes = (of: unknown): readonly Record<string, unknown>[] => {
  if (typeof of !== 'object' || of === null) return []
  const own = 'encoding' in of ? (of.encoding as Record<string, Record<string, unknown>>) : {}
  const here = ['x', 'y'].flatMap((side) => (own[side] === undefined ? [] : [own[side]]))
  return [...here, ...Object.values(of).flatMap(axes)]
}

test('REP-7 every axis of numbers has a title, with a unit where it does not count', () => {
  let seen = 0
  for (const { name, spec } of all)
    for (const { aggregate, field, title, type } of axes(spec)) {
      if (type === 'nominal' || aggregate !== undefined) continue
      expect(title, `${name}: ${String(field)}`).toMatch(
        /\((?:money|seconds|share|collateral|count|UTC, \d+)\)|^lots$|^(?:hours|minutes) since|^settings tried|^discount |\(share of the greater mean\)$/,
      )
      seen += 1
    }
  expect(seen).toBeGreaterThan(50)
})

test('REP-11 an auction that was not run is not in the legend, and the other keeps its colour', async () => {
  const [crash] = Pictures.ofDay({ ...day, runs: [englishRun] })
  const svg = crash === undefined ? '' : await draw(crash, false)
  expect(svg).toContain('>English</text>')
  expect(svg).not.toContain('>Dutch</text>')
  expect(svg).toContain(`fill="${Palette.light.english}"`)
  expect(svg).not.toContain(`fill="${Palette.light.dutch}"`)
})

test('REP-11 every colour of a picture is of the palette, of the scale or of text on it', async () => {
  const known = new Set<string>([
    ...Object.values(Palette.light),
    ...['none', 'transparent', '#fefefe', '#010101', 'black', '#000'],
  ])
  const scaled: string[] = []
  for (const picture of all) {
    const svg = await draw(picture, false)
    const colours = [...svg.matchAll(/ (?:fill|stroke)="([^"]*)"/g)].map(([, one = '']) => one)
    expect(colours.length).toBeGreaterThan(10)
    for (const colour of new Set(colours))
      if (!known.has(colour) && !colour.startsWith('url(#'))
        scaled.push(`${picture.name} ${colour}`)
  }
  expect(scaled.filter((one) => !/^(?:heat-\w+|front) (?:rgb\(|#)/.test(one))).toEqual([])
})

test('REP-11 what tells things apart is of Okabe and Ito, and what is exchanged for the dark is all there', () => {
  const apart = ['dutch', 'english', 'best', 'other'] as const
  const { okabeIto } = Palette
  for (const role of apart) expect(Object.values(okabeIto)).toContain(Palette.light[role])
  expect(new Set(apart.map((role) => Palette.light[role])).size).toBe(apart.length)
  expect(new Set(Object.values(Palette.light)).size).toBe(Object.keys(Palette.light).length)
  const style = Palette.style('svg ')
  expect(style.startsWith('@media screen and (prefers-color-scheme:dark){')).toBe(true)
  for (const [role, colour] of Object.entries(Palette.light))
    expect(style).toContain(
      `svg [fill="${colour}"]{fill:${Palette.dark[role as keyof typeof Palette.dark]}}`,
    )
})

test('REP-15 no number of a picture is in powers of ten or in thousandths', async () => {
  let seen = 0
  for (const picture of all)
    for (const [, text = ''] of (await draw(picture, false)).matchAll(/<text [^>]*>([^<]*)</g)) {
      if (!/^[−\d]/.test(text)) continue
      expect(text, picture.name).not.toMatch(/\de[+-]?\d|\d[mµn]$/)
      seen += 1
    }
  expect(seen).toBeGreaterThan(200)
})

/** How bright a colour is to the eye, from 0 to 1 (WCAG 2). */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((from) => parseInt(colour.slice(from, from + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (a: string, b: string): number => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

test('REP-11 text and marks stand out from paper, and from the dark', () => {
  for (const colours of [Palette.light, Palette.dark]) {
    for (const role of ['ink', 'soft'] as const)
      expect(contrast(colours[role], colours.paper)).toBeGreaterThan(4.5)
    for (const role of ['market', 'dutch', 'english', 'best'] as const)
      expect(contrast(colours[role], colours.paper)).toBeGreaterThan(3)
  }
})

test('REP-14 a page of tens of thousands of sales and prices is smaller than 2 MB', async () => {
  const sales = Array.from(
    { length: 30_000 },
    (_, i) =>
      [(i * 7919) % 2_592_000, BigInt(1 + (i % 977)), BigInt(1 + ((i * 31) % 499)), 150n] as const,
  )
  const run = selling(sales)
  const dutch = { ...run, market: longPath }
  const large = { ...day, runs: [dutch, { ...dutch, outcome: englishRun.outcome }] }
  const text = await pageOf(Pictures.ofDay(large))
  expect(Buffer.byteLength(text)).toBeLessThan(2_000_000)
  expect(text).toContain('made 30,000 sales')
  expect(dutchRun.log.length).toBeGreaterThan(0)
})
