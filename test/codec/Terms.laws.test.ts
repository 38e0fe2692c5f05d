/**
 * Laws of TermsJson and Lots: spec/02-decimal.md.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { type Csv, Decimal, Json, Lots, TermsJson } from '../../src/codec/index.js'
import { Fixed, Terms } from '../../src/core/index.js'
import { Arbitrary } from '../../src/testing/index.js'
import { Presets } from '../../src/tuning/index.js'
import { exampleTerms } from '../example.js'
import { law } from '../law.js'
import { root } from '../spec.js'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The paths of every object, and of every part that is none. */
const paths = (value: Json, path: Json.Path = []): readonly (readonly [Json.Path, Json])[] =>
  isRecord(value)
    ? [
        [path, value],
        ...Object.entries(value).flatMap(([key, part]) => paths(part, [...path, key])),
      ]
    : Array.isArray(value)
      ? (value as readonly Json[]).flatMap((part, i) => paths(part, [...path, i]))
      : [[path, value]]

/** The value with the part at a path changed. */
const change = (value: Json, path: Json.Path, by: (part: Json) => Json): Json => {
  const [step, ...rest] = path
  if (step === undefined) return by(value)
  if (Array.isArray(value))
    return (value as readonly Json[]).map((part, i) => (i === step ? change(part, rest, by) : part))
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value).map(([key, part]) => [
          key,
          key === step ? change(part, rest, by) : part,
        ]),
      )
    : value
}

const written = Arbitrary.terms.map((terms) => JSON.parse(TermsJson.format(terms)) as Json)

/** A part of written terms, chosen by any number. */
const partOf = (
  value: Json,
  n: number,
  isWanted: (part: Json) => boolean,
): readonly [Json.Path, Json] => {
  const parts = paths(value).filter(([, part]) => isWanted(part))
  return parts[n % parts.length] ?? [[], null]
}

const problemOf = (value: Json): Csv.Problem | undefined => {
  const read = TermsJson.parse(JSON.stringify(value, null, 1), true)
  return E.isLeft(read) ? read.left : undefined
}

law(
  'DEC-21',
  'terms that are written, hazardous or not, are read back as the same terms',
  fc.property(Arbitrary.terms, (terms) => {
    expect(TermsJson.parse(TermsJson.format(terms), true)).toEqual(E.right(terms))
  }),
)

law(
  'DEC-18',
  'a field too many is refused with its path, wherever it is',
  fc.property(written, fc.nat(), (value, n) => {
    const [path] = partOf(value, n, isRecord)
    const problem = problemOf(
      change(value, path, (part) => ({ ...(part as Record<string, Json>), extra: 1 })),
    )
    expect(problem).toMatchObject({
      rule: 'DEC-18',
      field: [...(path.length > 0 ? [Json.show(path)] : []), 'extra'].join('.'),
    })
  }),
)

law(
  'DEC-18',
  'a field that is missing is refused with its path, wherever it is',
  fc.property(written, fc.nat(), fc.nat(), (value, n, m) => {
    const [path, part] = partOf(value, n, isRecord)
    // The format may be left out (DEC-27).
    const keys = Object.keys(part as object).filter((name) => name !== 'format')
    const key = keys[m % keys.length] ?? ''
    const problem = problemOf(
      change(value, path, (part) =>
        Object.fromEntries(Object.entries(part as object).filter(([name]) => name !== key)),
      ),
    )
    expect(problem?.rule).toBe(key === '_tag' ? 'DEC-19' : 'DEC-18')
    expect(problem?.field).toBe(Json.show([...path, key]))
  }),
)

law(
  'DEC-18',
  'what is no object, or no list, where there should be one is refused',
  fc.property(
    written,
    fc.nat(),
    fc.constantFrom<Json>(null, 1, 'x', [], true),
    (value, n, other) => {
      const [path] = partOf(value, n, isRecord)
      const problem = problemOf(change(value, path, () => other))
      expect(problem?.field).toBe(path.length === 0 ? 'json' : Json.show(path))
      expect(problemOf({ ...(value as object), collaterals: 'x' })?.wanted).toBe('a list')
    },
  ),
)

law(
  'DEC-19',
  'a tag or word that is none of those known is refused with its path',
  fc.property(written, fc.nat(), (value, n) => {
    const words = /^(?:[A-Z][a-zA-Z]+|below|atOrBelow|strict|halfOpen|escrow|income|close|seizure)$/
    const isWord = (part: Json): boolean => typeof part === 'string' && words.test(part)
    const free = ['line', 'asset', 'of']
    const parts = paths(value).filter(
      ([path, part]) => isWord(part) && !free.includes(String(path[path.length - 1])),
    )
    const [path] = parts[n % parts.length] ?? [[]]
    const problem = problemOf(change(value, path, (part) => `${JSON.stringify(part)}s`))
    expect(problem).toMatchObject({ rule: 'DEC-19', field: Json.show(path) })
  }),
)

const noNumbers: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  ...['', 'NaN', 'Infinity', '0x10', '1e5', '+1', ' 1', '1 ', '.5', '5.', '1_000', '1,5', '−1'],
  ...[null, true, 1.5, {}, []],
  `0.${'0'.repeat(45)}1`,
)

law(
  'DEC-20',
  'what is no number of its kind is refused with its path',
  fc.property(written, fc.nat(), noNumbers, (value, n, bad) => {
    const isNumber = (part: Json): boolean => typeof part === 'string' && /^-?[\d.]+$/.test(part)
    const [path, part] = partOf(value, n, isNumber)
    const problem = problemOf(change(value, path, () => bad))
    expect(problem).toMatchObject({ rule: 'DEC-20', field: Json.show(path) })
    // A JSON number stands for a duration only.
    const isDuration = /(?:after|After|Every|asts|hardEnd|by)$/.test(String(path[path.length - 1]))
    const asNumber = Number(part)
    if (Number.isSafeInteger(asNumber) && String(asNumber) === part)
      expect(problemOf(change(value, path, () => asNumber))?.rule).toBe(
        isDuration && !Json.show(path).includes('.of.by') && !/curve\.by$/.test(Json.show(path))
          ? undefined
          : 'DEC-20',
      )
  }),
)

test('DEC-20 a duration that a JSON number does not hold exactly is refused', () => {
  const text = TermsJson.format(exampleTerms)
  for (const bad of ['90.5', '1e2.5', '9007199254740993', '-0.5'])
    expect(
      E.isLeft(TermsJson.parse(text.replace('"stepEvery": "90"', `"stepEvery": ${bad}`))),
    ).toBe(true)
  for (const version of ['"1"', '1.5', 'null'])
    expect(TermsJson.parse(text.replace('"version": 1', `"version": ${version}`))).toMatchObject({
      left: { rule: 'DEC-20', field: 'version' },
    })
})

law(
  'DEC-22',
  'terms are read if they have no hazard, and else the first is named with its rule and path',
  fc.property(Arbitrary.terms, (terms) => {
    const [hazard] = Terms.hazards(terms)
    const read = TermsJson.parse(TermsJson.format(terms))
    if (hazard === undefined) expect(read).toEqual(E.right(terms))
    else {
      expect(read).toMatchObject({ left: { rule: 'DEC-22', field: hazard.parameter } })
      const wanted = E.isLeft(read) ? read.left.wanted : ''
      expect(wanted).toContain(`(${hazard.rule})`)
      // Up to three others are told as well, and how many are left.
      const others = Terms.hazards(terms).slice(1)
      for (const { parameter, rule } of others.slice(0, 3)) {
        expect(wanted).toContain(`; ${parameter} is `)
        expect(wanted).toContain(`(${rule})`)
      }
      expect(/; (\d+) more$/.exec(wanted)?.[1]).toBe(
        others.length > 3 ? String(others.length - 3) : undefined,
      )
    }
  }),
)

test('DEC-22 what would pass is named in the unit of the setting, and passes', () => {
  const text = TermsJson.format(exampleTerms)
  const cases = [
    ['"markup": "1.2"', '"markup": "3"', /^at most (\d[\d.]*) \(PAR-12\)$/],
    ['"after": "8400"', '"after": "80"', /^at least (\d+) seconds \(PAR-10\)$/],
    ['"keepPerStep": "0.99"', '"keepPerStep": "1.5"', /^at most (1) \(CRV-5\)$/],
  ] as const
  for (const [good, bad, wanted] of cases) {
    expect(text).toContain(good)
    const read = TermsJson.parse(text.replace(good, bad))
    const message = E.isLeft(read) ? read.left.wanted : ''
    expect(message).toMatch(wanted)
    const bound = wanted.exec(message)?.[1] ?? ''
    const again = TermsJson.parse(text.replace(good, bad.replace(/"[\d.]+"$/, `"${bound}"`)))
    expect(E.isRight(again) || again.left.field !== (E.isLeft(read) ? read.left.field : '')).toBe(
      true,
    )
  }
})

test('DEC-22 the default terms have no hazard, and are read as they are written', () => {
  for (const name of ['dutch-default', 'english-default'] as const) {
    const terms = Presets.presets[name]
    expect(TermsJson.parse(TermsJson.format(terms))).toStrictEqual(E.right(terms))
  }
  expect(E.isLeft(TermsJson.parse(TermsJson.format(Presets.presets['maker-clipper'])))).toBe(true)
})

// Lots

const sketch = fc.record({
  asset: fc.constantFrom('ETH', 'x'),
  collateral: Arbitrary.hostile(fc.bigInt(1n, 10n ** 30n)).map(Fixed.wad),
  debt: Arbitrary.hostile(fc.bigInt(0n, 10n ** 50n)).map(Fixed.rad),
  target: Arbitrary.hostile(fc.bigInt(1n, 10n ** 50n)).map(Fixed.rad),
  startPrice: Arbitrary.hostile(fc.bigInt(1n, 10n ** 33n)).map(Fixed.ray),
  startedAt: fc.oneof({ weight: 5, arbitrary: fc.nat() }, fc.integer({ max: -1 })),
})

law(
  'DEC-23',
  'a lot is read back as it was written, or refused for the first bound that it breaks',
  fc.property(sketch, (sketch) => {
    const document = Json.parse(JSON.stringify(Lots.codec.encode(sketch)))
    if (E.isLeft(document)) throw new Error('no JSON')
    const read = Lots.read(document.right, document.right.value, [])
    const { collateral, debt, startPrice, startedAt, target } = sketch
    const broken = [
      collateral <= 0n && 'collateral',
      debt < 0n && 'debt',
      target <= 0n && 'target',
      debt > target && 'debt',
      startPrice <= 0n && 'startPrice',
      startedAt < 0 && 'startedAt',
    ].find((field) => field !== false)
    if (broken === undefined) expect(read).toEqual(E.right(sketch))
    else expect(read).toMatchObject({ left: { rule: 'DEC-23', field: broken } })
  }),
)

test('DEC-23 a debt may be all of the target, and nothing', () => {
  const read = (debt: string): boolean => {
    const value = {
      asset: 'ETH',
      collateral: '1',
      debt,
      target: '5',
      startPrice: '1',
      startedAt: 0,
    }
    const document = Json.parse(JSON.stringify(value))
    return E.isRight(document) && E.isRight(Lots.read(document.right, document.right.value, []))
  }
  expect(['0', '5', '5.1', '-0.1'].map(read)).toEqual([true, true, false, false])
})

test('DEC-23 a lot is open, under the terms, since it started', () => {
  const lot = Lots.lot(exampleTerms, {
    asset: 'ETH',
    collateral: Fixed.WAD,
    debt: Fixed.RAD,
    target: Fixed.RAD,
    startPrice: Fixed.RAY,
    startedAt: 7,
  })
  expect(lot).toMatchObject({ line: exampleTerms.line, startedAt: 7, lastAt: 7, ended: false })
  expect(lot.terms).toBe(exampleTerms.version)
  expect(Decimal.formatWad(lot.collateral)).toBe('1')
})

law(
  'DEC-27',
  'terms say their format, and are read without it, but not with a later one',
  fc.property(Arbitrary.terms, (terms) => {
    const { format, ...rest } = JSON.parse(TermsJson.format(terms)) as Record<string, unknown>
    expect(format).toBe(1)
    expect(TermsJson.parse(JSON.stringify(rest), true)).toEqual(E.right(terms))
    const later = TermsJson.parse(JSON.stringify({ ...rest, format: 2 }), true)
    expect(later).toMatchObject({ left: { field: 'format', found: '2', wanted: '1' } })
  }),
)

test('DEC-27 terms of every format that was released are read as they were meant', () => {
  const lines = readFileSync(join(root, 'test/codec/released/terms-1.jsonl'), 'utf8').trim()
  const read = lines.split('\n').map((line) => TermsJson.parse(line, true))
  expect(read).toEqual(Object.values(Presets.presets).map(E.right))
})
