import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Csv, Decimal } from '../../src/codec/index.js'

const read = Csv.parse({ required: ['a', 'b'], optional: ['c'] })

const foreign = (line: number, field: string, found: string) =>
  E.left({
    rule: 'DEC-7',
    line,
    field,
    found,
    wanted: 'plain text without quotes or control characters',
  })

const wrongHeader = (found: string, wanted: string) =>
  E.left({ rule: 'DEC-8', line: 1, field: 'header', found, wanted })

const wrongRow = (line: number, found: string, wanted: string) =>
  E.left({ rule: 'DEC-9', line, field: 'row', found, wanted })

const one = E.right([{ line: 2, fields: { a: '1', b: '2' } }])

test('DEC-7 takes either newline, a byte order mark, and a last line with no newline', () => {
  for (const text of [
    'a,b\n1,2\n',
    'a,b\n1,2',
    'a,b\r\n1,2\r\n',
    '\ufeffa,b\r\n1,2',
    'a,b\r\n1,2\n',
  ])
    expect(read(text)).toEqual(one)
})

test('DEC-7 trims nothing', () => {
  expect(read('a,b\n 1,2 ')).toEqual(E.right([{ line: 2, fields: { a: ' 1', b: '2 ' } }]))
  expect(read(' a,b\n1,2')).toEqual(wrongHeader(' a', 'only the columns a,b,c'))
})

test('DEC-7 names the line of a quote or of a character that does not show', () => {
  expect(read('"a",b\n1,2')).toEqual(foreign(1, 'header', '"'))
  expect(read('a,b\n1,2\n"1,5",2')).toEqual(foreign(3, 'row', '"'))
  const hidden = ['\0', '\t', '\r', '\x1b', '\x7f', '\x9b', '\u200b', '\u202e', '\u2028', '\ud800']
  for (const found of [...hidden, '\ufffd', '\ufeff'])
    expect(read(`a,b\n1${found},2\n`)).toEqual(foreign(2, 'row', found))
  expect(read('\ufeff\ufeffa,b\n1,2')).toEqual(foreign(1, 'header', '\ufeff'))
  expect(read('a,b\n1,2\r')).toEqual(foreign(2, 'row', '\r'))
})

test('DEC-7 sees text that was not UTF 8', () => {
  const utf16 = Buffer.from('\ufeffa,b\n1,2\n', 'utf16le').toString('utf8')
  expect(read(utf16)).toEqual(foreign(1, 'header', '\ufffd'))
})

test('DEC-8 takes the columns in any order, and the optional ones or not', () => {
  expect(read('b,a\n2,1')).toEqual(one)
  expect(read('c,b,a\n3,2,1')).toEqual(E.right([{ line: 2, fields: { a: '1', b: '2', c: '3' } }]))
})

test('DEC-8 refuses a header that is empty, or a column unknown, repeated or missing', () => {
  for (const text of ['', '\n', '\r\n', '\ufeff', '\n1,2'])
    expect(read(text)).toEqual(wrongHeader('', 'the columns a,b'))
  expect(read('a,b,d\n1,2,3')).toEqual(wrongHeader('d', 'only the columns a,b,c'))
  expect(read('a,b,\n1,2,')).toEqual(wrongHeader('', 'only the columns a,b,c'))
  expect(read('A,b\n1,2')).toEqual(wrongHeader('A', 'only the columns a,b,c'))
  expect(read('a;b\n1;2')).toEqual(wrongHeader('a;b', 'only the columns a,b,c'))
  expect(read('__proto__,a,b\n1,2,3')).toEqual(wrongHeader('__proto__', 'only the columns a,b,c'))
  expect(read('a,b,a\n1,2,3')).toEqual(wrongHeader('a', 'this column once'))
  expect(read('c,a\n1,2')).toEqual(wrongHeader('c,a', 'the column b too'))
})

test('DEC-8 checks in its order', () => {
  expect(read('a,a,d,"\n')).toEqual(foreign(1, 'header', '"'))
  expect(read('a,a,d\n')).toEqual(wrongHeader('d', 'only the columns a,b,c'))
  expect(read('a,a\n')).toEqual(wrongHeader('a', 'this column once'))
  expect(read('a\n')).toEqual(wrongHeader('a', 'the column b too'))
})

test('DEC-9 refuses a file without rows', () => {
  for (const text of ['a,b', 'a,b\n', 'a,b\r\n'])
    expect(read(text)).toEqual(wrongRow(2, '', 'a row after the header'))
})

test('DEC-9 refuses a blank line, and too few or too many fields', () => {
  expect(read('a,b\n\n1,2\n')).toEqual(wrongRow(2, '', '2 fields, not a blank line'))
  expect(read('a,b\n1,2\n\n')).toEqual(wrongRow(3, '', '2 fields, not a blank line'))
  expect(read('a,b\n1,2\n3\n')).toEqual(wrongRow(3, '3', '2 fields, not 1'))
  expect(read('a,b\n1,2\n1,000,2\n')).toEqual(wrongRow(3, '1,000,2', '2 fields, not 3'))
  const readOne = Csv.parse({ required: ['a'], optional: [] })
  expect(readOne('a\n\n')).toEqual(wrongRow(2, '', '1 field, not a blank line'))
})

test('DEC-9 checks in its order', () => {
  expect(read('a,b\n1,2\n3\n"\n')).toEqual(wrongRow(3, '3', '2 fields, not 1'))
  expect(read('a,b\n1,2,"\n')).toEqual(foreign(2, 'row', '"'))
})

test('DEC-10 renders what was found in printable ASCII, and not much of it', () => {
  const found = (text: string) =>
    Csv.render('day.csv')({ rule: 'DEC-9', line: 7, field: 'row', found: text, wanted: 'less' })
  const line = (shown: string) => `day.csv:7: row: found "${shown}", wanted less`
  expect(found('')).toBe(line(''))
  expect(found('1e5')).toBe(line('1e5'))
  expect(found('a\n"\\é\u2028😀~')).toBe(line('a\\u000a\\"\\\\\\u00e9\\u2028\\ud83d\\ude00~'))
  expect(found('1'.repeat(32))).toBe(line('1'.repeat(32)))
  expect(found('1'.repeat(33))).toBe(line(`${'1'.repeat(32)}…`))
})

test('DEC-10 renders the name of a file as it is, but for what does not show', () => {
  const problem = { rule: 'DEC-9', line: 2, field: 'row', found: '', wanted: 'a row' } as const
  expect(Csv.render('C:\\crash days\\März.csv')(problem)).toBe(
    'C:\\crash days\\März.csv:2: row: found "", wanted a row',
  )
  expect(Csv.render('a\n\x1b\u202e\u{e0001}b')(problem)).toBe(
    'a\\u000a\\u001b\\u202e\\udb40\\udc01b:2: row: found "", wanted a row',
  )
})

test('DEC-11 reads a field by its format', () => {
  const aboveZero = Csv.decimal('DEC-11', Decimal.parseWad, 18, 'above 0')
  const orZero = Csv.decimal('DEC-11', Decimal.parseWad, 18, '0 or more')
  const row = (text: string) => ({ line: 5, fields: { a: text } })
  const refused = (found: string, range: string) =>
    E.left({
      rule: 'DEC-11',
      line: 5,
      field: 'a',
      found,
      wanted: `a plain decimal, ${range}, with at most 18 places`,
    })
  const barely = '0.000000000000000001'
  expect(Csv.field('a', aboveZero)(row(barely))).toEqual(E.right(1n))
  expect(Csv.field('a', orZero)(row(barely))).toEqual(E.right(1n))
  expect(Csv.field('a', orZero)(row('-0'))).toEqual(E.right(0n))
  for (const text of ['0', '-0', `-${barely}`, `${barely}1`, '', '1e5'])
    expect(Csv.field('a', aboveZero)(row(text))).toEqual(refused(text, 'above 0'))
  for (const text of [`-${barely}`, '', '1e5'])
    expect(Csv.field('a', orZero)(row(text))).toEqual(refused(text, '0 or more'))
})

test('DEC-11 reads an optional column where there is one, and then in every row', () => {
  const format = Csv.decimal('DEC-11', Decimal.parseWad, 18, '0 or more')
  const readC = Csv.optionalField('c', format)
  expect(readC({ line: 2, fields: {} })).toEqual(E.right(undefined))
  expect(readC({ line: 2, fields: { c: '0' } })).toEqual(E.right(0n))
  expect(readC({ line: 2, fields: { c: '' } })).toMatchObject(E.left({ field: 'c', found: '' }))
})
