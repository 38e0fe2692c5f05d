/**
 * What `knockdown quote` answers and refuses.
 */

import { describe, expect, test } from 'vitest'
import { TermsJson } from '../../src/codec/index.js'
import { Presets } from '../../src/tuning/index.js'
import { knockdown } from './io.js'

describe('quote', () => {
  const lot = (terms: unknown): string =>
    JSON.stringify({
      terms,
      lot: {
        asset: 'ETH',
        collateral: '1000',
        debt: '100000',
        target: '113000',
        startPrice: '150',
        startedAt: 1_584_030_000,
      },
    })
  const quote = (flags: string, text = lot('dutch-default')) =>
    knockdown(`quote lot.json ${flags}`, { 'lot.json': text })

  test('the price, whether it is stale, what an amount costs and when a price is reached', () => {
    const { err, out, status } = quote('--at 1584030095 --amount 2.5 --reach 120')
    expect([status, err]).toEqual([0, ''])
    expect(out).toBe(
      [
        'at 2020-03-12T16:21:35Z (1584030095, 95 s after the start)',
        'price: 148.5',
        'stale: no, from 2020-03-12T18:38:00Z (1584038280, 8280 s after the start) on',
        'cost of 2.5: 371.25 for 2.5',
        'reaches 120: 2020-03-12T16:54:30Z (1584032070, 2070 s after the start)',
        '',
      ].join('\n'),
    )
  })

  test('as JSON, exact', () => {
    const { out } = quote(
      '--at 2020-03-12T16:21:35Z --amount 2.5 --reach 0.000000000000000000000000001 --json',
    )
    expect(JSON.parse(out)).toMatchObject({
      at: 1_584_030_095,
      price: '148.5',
      stale: false,
      staleFrom: 1_584_038_280,
      cost: { amount: '2.5', paid: '371.25', bought: '2.5' },
    })
  })

  test('more than can be had, what cannot be sold, and a stale lot', () => {
    expect(quote('--at 1584030095 --amount 5000').out).toContain(
      'cost of 5000: 113000 for 760.94276094276094276, which is what can be had',
    )
    expect(quote('--at 1584030095 --amount 750').out).toMatch(
      /cost of 750: 108000 for 727\.\d+, which is what can be had/,
    )
    const stale = quote('--at 1584040000 --amount 1 --reach 1').out
    expect(stale).toContain('stale: yes, it must be reset before it sells')
    expect(stale).toContain('cost of 1: not sold: the lot must be reset first (DUT-2)')
    expect(stale).toMatch(/reaches 1: .* when it is stale: it is reset before/)
    const small = lot('dutch-default').replace('"113000"', '"1130"').replace('"100000"', '"1000"')
    expect(quote('--at 1584030095 --amount 1', small).out).toContain(
      'cost of 1: not sold: a part sale must leave a target of 5000 and 0.01 of collateral; all of it can be bought (DUT-6)',
    )
  })

  test('DUT-6 what is refused is told with its facts in JSON as well', () => {
    const small = lot('dutch-default').replace('"113000"', '"1130"').replace('"100000"', '"1000"')
    const read = JSON.parse(quote('--at 1584030095 --amount 1 --json', small).out) as {
      readonly cost: unknown
    }
    expect(read.cost).toEqual({
      amount: '1',
      refused: 'TooLittleLeft',
      rule: 'DUT-6',
      target: '1130',
      minLeft: '5000',
      collateral: '1000',
      minCollateralLeft: '0.01',
    })
  })

  test('terms in full, or by flag', () => {
    const full = JSON.parse(TermsJson.format(Presets.presets['dutch-default'])) as unknown
    const expected = quote('--at 1584030095').out
    expect(quote('--at 1584030095', lot(full)).out).toBe(expected)
    expect(quote('--at 1584030095 --terms maker-clipper', lot(undefined)).out).toContain(
      'price: 148.5',
    )
  })

  const cases: readonly (readonly [string, string, string | undefined, RegExp])[] = [
    ['no instant', '', undefined, /required option '--at <time>' not specified/],
    [
      'an instant before the start',
      '--at 5',
      undefined,
      /--at: found "5", wanted an instant from 2020-03-12T16:20:00Z \(1584030000\) on/,
    ],
    [
      'no instant at all',
      '--at soon',
      undefined,
      /--at: found "soon", wanted seconds since 1970, or a time such as/,
    ],
    [
      'an amount of nothing',
      '--at 1584030000 --amount 0',
      undefined,
      /--amount: found "0", wanted a plain decimal, above 0/,
    ],
    ['a price of nothing', '--at 1584030000 --reach 0', undefined, /--reach: found "0"/],
    [
      'no terms',
      '--at 1584030000',
      lot(undefined),
      /lot\.json:1: terms: found "", wanted this field, or --terms/,
    ],
    [
      'no lot',
      '--at 1584030000',
      '{"terms": "dutch-default"}',
      /lot\.json:1: lot: found "", wanted this field/,
    ],
    [
      'another field',
      '--at 1584030000',
      '{"x": 1}',
      /lot\.json:1: x: found "x", wanted only the fields terms and lot/,
    ],
    [
      'a list',
      '--at 1584030000',
      '[]',
      /lot\.json:1: json: found "\[\]", wanted an object with the fields terms and lot/,
    ],
    [
      'an English lot',
      '--at 1584030000',
      lot('english-default'),
      /lot\.asset: found "ETH", wanted an asset sold by a falling price/,
    ],
    [
      'an asset that is not in the terms',
      '--at 1584030000',
      lot('dutch-default').replace('"ETH"', '"BTC"'),
      /lot\.asset: found "BTC", wanted an asset of the terms: ETH/,
    ],
    [
      'a lot of nothing',
      '--at 1584030000',
      lot('dutch-default').replace('"1000"', '"0"'),
      /lot\.collateral: found "0", wanted more than 0/,
    ],
    [
      'a field of the lot too many',
      '--at 1584030000',
      lot('dutch-default').replace('"asset"', '"a": 1, "asset"'),
      /lot\.a: found "1", wanted no field a, only asset/,
    ],
    [
      'hazardous terms',
      '--at 1584030000',
      lot(JSON.parse(TermsJson.format(Presets.presets['maker-clipper']))),
      /lot\.json:1: terms\.reward\.limit: found "none", wanted penalty \(PAR-8\)/,
    ],
  ]
  for (const [name, flags, text, message] of cases)
    test(`${name} is refused`, () => {
      const { err, out, status } = quote(flags, text)
      expect([status, out]).toEqual([2, ''])
      expect(err).toMatch(/^knockdown: [^\n]+\n$/)
      expect(err).toMatch(message)
    })
})
