import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Positions } from '../../src/codec/index.js'

const read = (...rows: readonly string[]) =>
  Positions.parse(['id,collateral,debt', ...rows].join('\n'))

const refused = (rule: string, line: number, field: string, found: string, wanted: string) =>
  E.left({ rule, line, field, found, wanted })

test('DEC-15 reads an id, a Wad and a Rad', () => {
  expect(read('0xA1,10.5,1500.25', 'vault 2,0.000000000000000001,1')).toEqual(
    E.right([
      { id: '0xA1', collateral: 10_500000000000000000n, debt: 1500_25n * 10n ** 43n },
      { id: 'vault 2', collateral: 1n, debt: 10n ** 45n },
    ]),
  )
  expect(Positions.parse('debt,id,collateral\n3,a,2')).toEqual(read('a,2,3'))
})

test('DEC-15 refuses an id that is empty or stands in spaces', () => {
  for (const found of ['', ' ', ' a', 'a ', '\u00a0a'])
    expect(read('b,1,2', `${found},1,2`)).toEqual(
      refused('DEC-15', 3, 'id', found, 'an id without spaces around it'),
    )
})

test('DEC-15 refuses a collateral or a debt that is not above zero', () => {
  for (const found of ['0', '-1', '', 'NaN', '1e5', `0.${'0'.repeat(18)}1`])
    expect(read(`a,${found},0`)).toEqual(
      refused('DEC-15', 2, 'collateral', found, 'a plain decimal, above 0, with at most 18 places'),
    )
  for (const found of ['0', '-1', '', 'NaN', '1e5', `0.${'0'.repeat(45)}1`])
    expect(read(`a,1,${found}`)).toEqual(
      refused('DEC-15', 2, 'debt', found, 'a plain decimal, above 0, with at most 45 places'),
    )
})

test('DEC-15 checks the fields in their order', () => {
  expect(read(',0,0')).toMatchObject(E.left({ field: 'id' }))
  expect(read('a,0,0')).toMatchObject(E.left({ field: 'collateral' }))
})

test('DEC-16 refuses an id that stands twice, and names where it stood first', () => {
  const wanted = 'another id: line 2 has this one'
  expect(read('a,1,2', 'b,1,2', 'a,3,4', 'a,5,6')).toEqual(refused('DEC-16', 4, 'id', 'a', wanted))
  expect(read('a,1,2', 'a,0,2')).toMatchObject(E.left({ rule: 'DEC-15' }))
  expect(read('a,1,2', 'a,1,2', 'b,0,2')).toMatchObject(E.left({ rule: 'DEC-16', line: 3 }))
})

test('DEC-16 tells ids apart by every character', () => {
  expect(E.isRight(read('a,1,2', 'A,1,2', 'a a,1,2', '01,1,2', '1,1,2', '__proto__,1,2'))).toBe(
    true,
  )
})
