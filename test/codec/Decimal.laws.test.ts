import BigNumber from 'bignumber.js'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Decimal } from '../../src/codec/index.js'
import { Fixed } from '../../src/index.js'
import { law } from '../law.js'

const { parseWad, parseRay, parseRad, parseDuration, parseSeconds } = Decimal
const { formatWad, formatRay, formatRad, formatDuration, formatSeconds } = Decimal
const { WadFromDecimal, RayFromDecimal, RadFromDecimal } = Decimal
const { DurationFromDecimal, SecondsFromDecimal } = Decimal

/** As large as any that must read back (DEC-3). */
const largest = 10n ** 128n - 1n

const amount = fc.oneof(
  fc.bigInt({ min: -largest, max: largest }),
  fc.bigInt({ min: -(10n ** 50n), max: 10n ** 50n }),
  fc.constantFrom(largest, -largest, 2n ** 256n - 1n),
)

const instant = fc.maxSafeInteger()

const is =
  <A>(expected: A) =>
  (result: E.Either<unknown, A>): boolean =>
    E.isRight(result) && result.right === expected

test('DEC-1 reads plain decimals', () => {
  expect(parseWad('1')).toEqual(E.right(Fixed.WAD))
  expect(parseRay('1.0')).toEqual(E.right(Fixed.RAY))
  expect(parseRad('1')).toEqual(E.right(Fixed.RAD))
  expect(parseWad('-007.50')).toEqual(E.right(-7_500000000000000000n))
  expect(parseRad('-0')).toEqual(E.right(0n))
  expect(parseDuration('9'.repeat(130))).toEqual(E.right(10n ** 130n - 1n))
})

test('DEC-1 refuses every other text', () => {
  const odd = [
    '',
    '-',
    '--1',
    'NaN',
    'Infinity',
    '0x10',
    '1_000',
    '1,000',
    '1e5',
    '+1',
    '.5',
    '5.',
    '1.2.3',
    ' 1',
    '1\n',
    '1'.repeat(131),
    '١',
    '−1',
  ]
  for (const text of odd)
    for (const parse of [parseWad, parseRay, parseRad, parseDuration, parseSeconds])
      expect(parse(text)).toEqual(E.left({ _tag: 'NotDecimal', rule: 'DEC-1', text }))
})

law(
  'DEC-1',
  'any text is read or refused, and what is read is a plain decimal',
  fc.property(fc.stringMatching(/^[-\d.e_x +]*$/), (text) => {
    return E.isLeft(parseRad(text)) || /^-?\d+(\.\d+)?$/.test(text)
  }),
)

test('DEC-2 refuses a value with too many decimals', () => {
  const refused = (text: string) => E.left({ _tag: 'TooPrecise', rule: 'DEC-2', text })
  expect(parseWad(`0.${'0'.repeat(17)}1`)).toEqual(E.right(1n))
  expect(parseWad(`0.${'0'.repeat(18)}1`)).toEqual(refused(`0.${'0'.repeat(18)}1`))
  expect(parseWad(`1.${'0'.repeat(99)}`)).toEqual(E.right(Fixed.WAD))
  expect(parseRay(`0.${'9'.repeat(28)}`)).toEqual(refused(`0.${'9'.repeat(28)}`))
  expect(parseRad(`0.${'9'.repeat(46)}`)).toEqual(refused(`0.${'9'.repeat(46)}`))
  expect(parseDuration('60.0')).toEqual(E.right(60n))
  expect(parseDuration('0.5')).toEqual(refused('0.5'))
  expect(parseSeconds('0.5')).toEqual(refused('0.5'))
})

law(
  'DEC-3',
  'an amount reads back as itself',
  fc.property(amount, (units) => {
    return (
      is(units)(parseWad(formatWad(Fixed.wad(units)))) &&
      is(units)(parseRay(formatRay(Fixed.ray(units)))) &&
      is(units)(parseRad(formatRad(Fixed.rad(units)))) &&
      is(units)(parseDuration(formatDuration(units)))
    )
  }),
)

law(
  'DEC-3',
  'an amount is written with no exponent, no trailing zeros and no needless point',
  fc.property(amount, (units) => {
    const text = formatRay(Fixed.ray(units))
    return !/e|^-?0\d|\.\d*0$|\.$|^-0$/.test(text)
  }),
)

test('DEC-3 writes the shortest plain decimal', () => {
  expect(formatWad(Fixed.wad(1n))).toBe('0.000000000000000001')
  expect(formatWad(Fixed.wad(-1_500000000000000000n))).toBe('-1.5')
  expect(formatRad(Fixed.rad(10n ** 90n))).toBe(`1${'0'.repeat(45)}`)
  expect(formatDuration(10n ** 40n)).toBe(`1${'0'.repeat(40)}`)
  expect(formatSeconds(0)).toBe('0')
})

test('DEC-3 ends where a text gets too long to read', () => {
  const barely = formatWad(Fixed.wad(-largest))
  const over = formatWad(Fixed.wad(-(10n ** 128n) - 1n))
  expect(barely).toHaveLength(130)
  expect(parseWad(barely)).toEqual(E.right(-largest))
  expect(parseWad(over)).toEqual(E.left({ _tag: 'NotDecimal', rule: 'DEC-1', text: over }))
})

test('DEC-4 ignores the settings of the host', () => {
  const settings = BigNumber.config()
  BigNumber.config({ DECIMAL_PLACES: 0, EXPONENTIAL_AT: 0, RANGE: 1 })
  try {
    expect(parseWad('123.456')).toEqual(E.right(123_456000000000000000n))
    expect(parseSeconds('1583971200')).toEqual(E.right(1583971200))
    expect(formatWad(Fixed.wad(123_456000000000000000n))).toBe('123.456')
    expect(formatDuration(10n ** 30n)).toBe(`1${'0'.repeat(30)}`)
  } finally {
    BigNumber.config(settings)
  }
})

law(
  'DEC-5',
  'a codec decodes what it encodes',
  fc.property(amount, instant, (units, at) => {
    return (
      is(Fixed.wad(units))(WadFromDecimal.decode(WadFromDecimal.encode(Fixed.wad(units)))) &&
      is(Fixed.ray(units))(RayFromDecimal.decode(RayFromDecimal.encode(Fixed.ray(units)))) &&
      is(Fixed.rad(units))(RadFromDecimal.decode(RadFromDecimal.encode(Fixed.rad(units)))) &&
      is(units)(DurationFromDecimal.decode(DurationFromDecimal.encode(units))) &&
      is(at)(SecondsFromDecimal.decode(SecondsFromDecimal.encode(at)))
    )
  }),
)

test('DEC-5 refuses a value that is not a string, and says which rule a string breaks', () => {
  for (const value of [1, 1n, null, undefined, ['1'], { toString: () => '1' }])
    for (const codec of [WadFromDecimal, DurationFromDecimal, SecondsFromDecimal])
      expect(E.isLeft(codec.decode(value))).toBe(true)
  expect(WadFromDecimal.decode('1e5')).toMatchObject(E.left([{ value: '1e5', message: 'DEC-1' }]))
  expect(DurationFromDecimal.decode('0.5')).toMatchObject(E.left([{ message: 'DEC-2' }]))
  expect(SecondsFromDecimal.decode('9007199254740992')).toMatchObject(
    E.left([{ message: 'DEC-6' }]),
  )
})

test('DEC-5 a codec knows a value of its type', () => {
  for (const codec of [WadFromDecimal, RayFromDecimal, RadFromDecimal, DurationFromDecimal]) {
    expect(codec.is(1n)).toBe(true)
    expect(codec.is(1)).toBe(false)
  }
  expect([1, -1, 1n, 0.5, Number.NaN, 2 ** 53].map(SecondsFromDecimal.is)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
  ])
})

test('DEC-6 refuses an instant that no safe integer holds', () => {
  const refused = (text: string) => E.left({ _tag: 'TooLarge', rule: 'DEC-6', text })
  expect(parseSeconds('9007199254740991')).toEqual(E.right(Number.MAX_SAFE_INTEGER))
  expect(parseSeconds('-9007199254740991')).toEqual(E.right(Number.MIN_SAFE_INTEGER))
  expect(parseSeconds('9007199254740992')).toEqual(refused('9007199254740992'))
  expect(parseSeconds('9007199254740993')).toEqual(refused('9007199254740993'))
  expect(parseSeconds('-9007199254740992')).toEqual(refused('-9007199254740992'))
})

law(
  'DEC-6',
  'an instant reads back as itself, and reads as the same duration',
  fc.property(instant, (at) => {
    const text = formatSeconds(at)
    return is(at)(parseSeconds(text)) && is(BigInt(at))(parseDuration(text))
  }),
)
