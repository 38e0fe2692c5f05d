/**
 * Laws of Json: spec/02-decimal.md.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Csv, Json } from '../../src/codec/index.js'
import { law } from '../law.js'
import { isOneLine, mangled } from './text.js'

const value = fc.jsonValue({ maxDepth: 4, noUnicodeString: false })

/** The value that JSON.parse reads, or nothing. */
const reference = (text: string): unknown => {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

const hasTwice = (text: string): boolean =>
  E.isLeft(Json.parse(text)) && reference(text) !== undefined

law(
  'DEC-17',
  'what JSON writes is read as JSON reads it, indented or not, with a mark before it or not',
  fc.property(
    value,
    fc.constantFrom(0, 2, '\t'),
    fc.constantFrom('', '\ufeff'),
    (value, space, mark) => {
      const text = JSON.stringify(value, null, space)
      const document = Json.parse(mark + text)
      expect(E.isRight(document) ? document.right.value : document.left).toStrictEqual(
        JSON.parse(text),
      )
    },
  ),
)

law(
  'DEC-17',
  'text that is mangled is refused where JSON refuses it, and else read alike, but for fields named twice',
  fc.property(mangled(value.map((value) => JSON.stringify(value, null, 1))), (text) => {
    const document = Json.parse(text)
    const expected = reference(text.replace(/^\ufeff/, '')) as
      | { readonly value: unknown }
      | undefined
    if (E.isRight(document)) expect(document.right.value).toStrictEqual(expected?.value)
    else if (expected !== undefined)
      expect(document.left.wanted).toMatch(/once|control|64 deep|JSON|double quotes|colon/)
    return true
  }),
)

law(
  'DEC-17',
  'every part of a document is on the line on which it is written',
  fc.property(fc.array(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.integer())), (rows) => {
    const document = Json.parse(JSON.stringify(rows, null, 1))
    if (E.isLeft(document)) return false
    const { lineOf } = document.right
    const lines = JSON.stringify(rows, null, 1).split('\n')
    return rows.every((row, i) =>
      Object.entries(row).every(([name, value]) =>
        lines[lineOf([i, name]) - 1]?.trim().startsWith(`${JSON.stringify(name)}: ${value}`),
      ),
    )
  }),
)

test('DEC-17 the first thing that does not fit is named with its line and place', () => {
  const cases: readonly (readonly [string, number, string, string, string])[] = [
    ['', 1, 'json', '', 'a JSON value'],
    ['{', 1, 'json', '', 'the name of a field in double quotes'],
    ['{"a": 1,\n}', 2, 'json', '}', 'the name of a field in double quotes'],
    ['{"a" 1}', 1, 'a', '1', 'a colon and a value'],
    ['{"a": 1\n"b": 2}', 2, 'json', '"b"', 'a comma or }'],
    ['[1 2]', 1, 'json', '2', 'a comma or ]'],
    ['{"a": [1,\n\n x]}', 3, 'a[1]', 'x', 'a JSON value'],
    ['{"a": NaN}', 1, 'a', 'NaN', 'a JSON value'],
    ['{"a": 0x10}', 1, 'a', '0x10', 'a JSON value'],
    ['{"a": "b}', 1, 'a', '"', 'a JSON value'],
    ['{"a": 1} {}', 1, 'json', '{', 'the end of the text'],
    ['{"a": {"b": 1, "b": 2}}', 1, 'a.b', '"b"', 'this field once'],
    ["{'a': 1}", 1, 'json', "'", 'the name of a field in double quotes'],
    ['// no', 1, 'json', '/', 'a JSON value'],
    ['01', 1, 'json', '01', 'a JSON value'],
    ['truer', 1, 'json', 'truer', 'a JSON value'],
  ]
  for (const [text, line, field, found, wanted] of cases)
    expect(Json.parse(text), text).toEqual(E.left({ rule: 'DEC-17', line, field, found, wanted }))
})

test('DEC-17 a value may be 64 deep and no deeper, and a text may be long', () => {
  const deep = (n: number): string => '['.repeat(n) + ']'.repeat(n)
  expect(E.isRight(Json.parse(deep(65)))).toBe(true)
  expect(E.isLeft(Json.parse(deep(66)))).toBe(true)
  expect(E.isLeft(Json.parse(deep(100_000)))).toBe(true)
  expect(E.isRight(Json.parse(JSON.stringify(Array.from({ length: 50_000 }, String))))).toBe(true)
})

test('DEC-17 reading takes time in proportion to the text, whatever it says', () => {
  const name = 'n'.repeat(9000)
  const under = (value: string): string => `${`{"${name}":`.repeat(60)}${value}${'}'.repeat(60)}`
  expect(E.isRight(Json.parse(under(`[${'1,'.repeat(200_000)}1]`)))).toBe(true)
  expect(E.isLeft(Json.parse(`"${'\\"'.repeat(500_000)}\u0001`))).toBe(true)
  expect(E.isLeft(Json.parse('"'.repeat(1_000_000)))).toBe(true)
})

test('DEC-17 fields with names of the language are fields like others', () => {
  const document = Json.parse('{"__proto__": 1, "constructor": 2}')
  expect(E.isRight(document) && Object.keys(document.right.value as object)).toEqual([
    '__proto__',
    'constructor',
  ])
})

law(
  'DEC-17',
  'a problem reads as one line',
  fc.property(mangled(value.map((value) => JSON.stringify(value))), (text) => {
    const document = Json.parse(text)
    return E.isRight(document) || /^[ -~…]*$/.test(Csv.render('f.json')(document.left))
  }),
)

test('DEC-17 a name that is not plain is shown in quotes, in part, with escapes', () => {
  expect(Json.show(['a', 0, 'b-c', '', 'x y', '"\\', 'a\n\u2028é', 'z'.repeat(50)])).toBe(
    `a[0].b-c.""."x y"."\\"\\\\"."a\\u000a\\u2028\\u00e9"."${'z'.repeat(40)}"`,
  )
})

test('DEC-17 the law on mangled text meets both readings', () => {
  expect(hasTwice('{"a":1,"a":2}')).toBe(true)
  expect(isOneLine({ rule: 'DEC-17', line: 1, field: 'json', found: 'x', wanted: 'y' })).toBe(true)
})
