/**
 * Of several things that do not fit together, the one at fault is named: rows of prices, settings of terms.
 */

import { describe, expect, test } from 'vitest'
import { cell, crash, dutch, knockdown, refused } from './io.js'

describe('a time that is not meant', () => {
  test('DEC-12 milliseconds in one row are blamed on that row', () => {
    refused(
      'simulate --prices p.csv',
      'p.csv:5: time: found "1583973000000", wanted whole seconds since 1970, at most 253402300799',
      { 'p.csv': cell(5, 0, '1583973000000') },
    )
  })

  test('DEC-14 a row that is decades off is blamed, not the blocks', () => {
    const why = 'there would be more than 4000000 blocks of 12 s'
    refused(
      'simulate --prices p.csv',
      `p.csv:19: time: found "15839800000", wanted a time nearer to 1583980800, that of the row before: ${why}`,
      { 'p.csv': cell(19, 0, '15839800000') },
    )
    refused(
      'simulate --prices p.csv --until 60',
      `p.csv:3: time: found "1583971800", wanted a time nearer to 0, that of the row before: ${why}`,
      { 'p.csv': cell(2, 0, '0') },
    )
  })
})

describe('terms', () => {
  const given = (text: string): Readonly<Record<string, string>> => ({ 't.json': text })
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'an unknown field',
      dutch.replace('"markup"', '"markdown"'),
      't.json:22: collaterals[0].sale.markdown: found "1.2", wanted no field markdown, only _tag, curve, markup, reset, reserve, minLeft, minCollateralLeft, emptySale, edges',
    ],
    [
      'a hazardous curve',
      dutch.replace('"0.99"', '"1.5"'),
      't.json:20: collaterals[0].sale.curve.keepPerStep: found "1.5", wanted at most 1 (CRV-5)',
    ],
    [
      'a hazardous reset',
      dutch.replace('"after": "8400"', '"after": "60"'),
      't.json:25: collaterals[0].sale.reset.after: found "60 seconds", wanted at least 91 seconds (PAR-10)',
    ],
    [
      'a number',
      dutch.replace('"1.2"', '1.2'),
      't.json:22: collaterals[0].sale.markup: found "1.2", wanted a plain decimal in quotes, with at most 27 places',
    ],
    [
      'a penalty too high for the ratio',
      dutch.replace('"penaltyRate": "0.13"', '"penaltyRate": "0.6"'),
      't.json:12: collaterals[0].support.ratio: found "1.5", wanted at least 1.6 for a penaltyRate of 0.6 (PAR-2)',
    ],
    [
      'a penalty that is hazardous itself',
      dutch.replace('"penaltyRate": "0.13"', '"penaltyRate": "2"'),
      't.json:12: collaterals[0].support.ratio: found "1.5", wanted at least 3 for a penaltyRate of 2 (PAR-2); sizing.penaltyRate is 2, wanted at most 1 (PAR-4)',
    ],
    ['no JSON', '{"line": }', 't.json:1: line: found "}", wanted a JSON value'],
    ['an empty file', '', 't.json:1: json: found "", wanted a JSON value'],
  ]
  for (const [name, text, message] of cases)
    test(`${name} is refused`, () => {
      refused('simulate --prices p.csv --terms t.json', message, given(text))
    })

  test('hazardous terms are taken unchecked, and named', () => {
    const { err, out, status } = knockdown(
      'simulate --prices p.csv --positions 20 --terms t.json --unchecked',
      { 'p.csv': crash, 't.json': dutch.replace('"after": "8400"', '"after": "60"') },
    )
    expect([status, err]).toEqual([0, ''])
    expect(out).toMatch(
      /^t\.json is known to lose money: collaterals\[0\]\.sale\.reset\.after 60 seconds, wanted at least 91 seconds \(PAR-10\)/m,
    )
  })

  test('terms of two assets are refused, as a price file is of one', () => {
    const terms = JSON.parse(dutch) as { collaterals: { asset: string }[] }
    const two = {
      ...terms,
      collaterals: [...terms.collaterals, { ...terms.collaterals[0], asset: 'BTC' }],
    }
    refused(
      'simulate --prices p.csv --terms t.json',
      /^knockdown: t\.json: collaterals: found 2, wanted one/,
      given(JSON.stringify(two)),
    )
  })
})
