/**
 * Bad input ends with status 2 and one line on stderr that names where, what was found and what would be right.
 */

import { describe, expect, test } from 'vitest'
import { TermsJson } from '../../src/codec/index.js'
import { Presets } from '../../src/tuning/index.js'
import { crash, knockdown } from './io.js'

const dutch = TermsJson.format(Presets.presets['dutch-default'])

/** The crash with the `n`-th line changed. */
const changed = (n: number, by: (line: string) => string): string =>
  crash
    .split('\n')
    .map((line, i) => (i + 1 === n ? by(line) : line))
    .join('\n')

const cell = (n: number, column: number, text: string): string =>
  changed(n, (line) =>
    line
      .split(',')
      .map((one, i) => (i === column ? text : one))
      .join(','),
  )

const withDrop = (n: number): string =>
  crash
    .split('\n')
    .map((line) =>
      line
        .split(',')
        .filter((_, i) => i !== n)
        .join(','),
    )
    .join('\n')

const refused = (
  argv: string,
  message: string | RegExp,
  files: Readonly<Record<string, string>> = {},
): void => {
  const { err, out, status } = knockdown(argv, { 'p.csv': crash, ...files })
  expect([status, out], argv).toEqual([2, ''])
  expect(err).toMatch(/^knockdown: [^\n]+\n$/)
  if (typeof message === 'string') expect(err).toBe(`knockdown: ${message}\n`)
  else expect(err).toMatch(message)
}

describe('prices', () => {
  const decimal = 'wanted a plain decimal, above 0, with at most 27 places'
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'a missing column',
      withDrop(4),
      'p.csv:1: header: found "time,open,high,low,volume,gas_pr…", wanted the column close too',
    ],
    ...['NaN', '0x10', '1e5', '', '0', '-1', 'Infinity', '1.', ' 1'].map(
      (text) =>
        [
          `"${text}" as a price`,
          cell(4, 1, text),
          `p.csv:4: open: found "${text}", ${decimal}`,
        ] as const,
    ),
    [
      'a comma in a number',
      cell(4, 1, '1,92'),
      'p.csv:4: row: found "1583972400,1,92,192,188,188,10,1…", wanted 7 fields, not 8',
    ],
    [
      'a time that repeats',
      cell(4, 0, '1583971800'),
      'p.csv:4: time: found "1583971800", wanted a time after 1583971800',
    ],
    [
      'a time that goes back',
      cell(4, 0, '5'),
      'p.csv:4: time: found "5", wanted a time after 1583971800',
    ],
    ['an empty file', '', 'p.csv:1: header: found "", wanted the columns time,open,high,low,close'],
    [
      'a header alone',
      'time,open,high,low,close\n',
      'p.csv:2: row: found "", wanted a row after the header',
    ],
    [
      'an unknown column',
      changed(1, (line) => `${line},x`),
      'p.csv:1: header: found "x", wanted only the columns time,open,high,low,close,volume,gas_price_gwei,pool_dai,pool_weth',
    ],
  ]
  for (const [name, text, message] of cases)
    test(`${name} is refused`, () => {
      refused('simulate --prices p.csv', message, { 'p.csv': text })
    })

  test('a missing file is refused', () => {
    refused(
      'simulate --prices no.csv',
      'no.csv: there is no such file, wanted a CSV file of prices',
    )
  })

  test('CRLF, a byte-order mark and a gap are fine, and the longest gap is told', () => {
    const gap = crash
      .split('\n')
      .filter((_, i) => i !== 4 && i !== 5)
      .join('\r\n')
    const { err, out, status } = knockdown('simulate --prices p.csv --positions 20', {
      'p.csv': `\ufeff${gap}`,
    })
    expect([status, err]).toEqual([0, ''])
    expect(out).toContain('longest gap 1,800 s, after 2020-03-12T00:20:00Z')
  })

  test('only the four prices and the time are needed', () => {
    const bare = crash
      .split('\n')
      .map((line) => line.split(',').slice(0, 5).join(','))
      .join('\n')
    const { out, status } = knockdown('simulate --prices p.csv --positions 20', { 'p.csv': bare })
    expect(status).toBe(0)
    expect(out).toContain('50.00 gwei throughout, as the file has no gas_price_gwei')
  })
})

describe('positions', () => {
  const good = 'id,collateral,debt\na,100,10000\n'
  const wanted = 'wanted a plain decimal, above 0, with at most'
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'a missing column',
      'id,debt\na,1\n',
      'q.csv:1: header: found "id,debt", wanted the column collateral too',
    ],
    ['a debt of nothing', `${good}b,1,0\n`, `q.csv:3: debt: found "0", ${wanted} 45 places`],
    [
      'collateral below nothing',
      `${good}b,-1,5\n`,
      `q.csv:3: collateral: found "-1", ${wanted} 18 places`,
    ],
    [
      'an id that repeats',
      `${good}a,1,1\n`,
      'q.csv:3: id: found "a", wanted another id: line 2 has this one',
    ],
    ['no row', 'id,collateral,debt\n', 'q.csv:2: row: found "", wanted a row after the header'],
  ]
  for (const [name, text, message] of cases)
    test(`${name} is refused`, () => {
      refused('simulate --prices p.csv --positions q.csv', message, { 'q.csv': text })
    })

  test('positions of a file are what is simulated', () => {
    const { out, status } = knockdown('simulate --prices p.csv --positions q.csv --json', {
      'p.csv': crash,
      'q.csv': `${good}safe,1000,10000\n`,
    })
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      input: { positions: { count: 2, from: 'q.csv' } },
      runs: [{ lots: 0 }, { lots: 0 }],
    })
  })
})

describe('flags', () => {
  const whole = (flag: string, found: string, range: string): readonly [string, string] => [
    `${flag} ${found}`,
    `${flag}: found "${found}", wanted a whole number from ${range}`,
  ]
  const cases: readonly (readonly [string, string | RegExp])[] = [
    whole('--block', '0', '1 to 86400 (seconds)'),
    whole('--block', '1e1', '1 to 86400 (seconds)'),
    whole('--oracle-delay', '-1', '0 to 604800 (seconds)'),
    whole('--oracle-delay', 'NaN', '0 to 604800 (seconds)'),
    whole('--bidders', '0x10', '1 to 1000'),
    whole('--bidders', '1.5', '1 to 1000'),
    whole('--positions', '0', '1 to 100000'),
    ['--seed 1.5', '--seed: found "1.5", wanted a whole number of at most 40 digits'],
    [
      '--capital 1,000',
      '--capital: found "1,000", wanted a plain decimal, 0 or more, with at most 45 places',
    ],
    [
      '--capital -1',
      '--capital: found "-1", wanted a plain decimal, 0 or more, with at most 45 places',
    ],
    ['--gas 1e5', '--gas: found "1e5", wanted a plain decimal, 0 or more, with at most 27 places'],
    [
      '--positions 1e5',
      '--positions: found "1e5", wanted a whole number from 1 to 100000 or a CSV file (as a file: there is no such file)',
    ],
    ['--auction flip', '--auction: found "flip", wanted dutch or english or both'],
    [
      '--until tomorrow',
      /^knockdown: --until: found "tomorrow", wanted seconds after the last row, or a time such as /,
    ],
    ['--until 2020-02-30T00:00:00Z', /^knockdown: --until: found/],
    ['--until 2020-03-11T23:59:59Z', /wanted a time from 2020-03-12T00:00:00Z on/],
    [
      '--until 100000000',
      /^knockdown: --block: found "12", wanted at least 26: there would be more than 4000000 blocks/,
    ],
    ['--lots', '--lots: wanted --json with it'],
    ['--frob', "unknown option '--frob' (see knockdown simulate --help)"],
    ['--seed', "option '--seed <integer>' argument missing (see knockdown simulate --help)"],
    ['more', /^knockdown: too many arguments for 'simulate'/],
    [
      '--terms nope',
      /^knockdown: nope: there is no such file, wanted one of dutch-default, .* or a JSON file of terms/,
    ],
    [
      '--terms maker-clipper --auction english',
      '--terms: found "maker-clipper", wanted terms that sell by english auction, or --auction dutch',
    ],
    [
      '--terms maker-clipper --terms dutch-default',
      '--terms: found "dutch-default", wanted at most one set of terms for the dutch auction',
    ],
  ]
  for (const [flags, message] of cases)
    test(`${flags} is refused`, () => {
      refused(`simulate --prices p.csv ${flags}`, message)
    })

  test('a command is needed, and one that is known', () => {
    refused('', 'a command is missing: simulate, replay, quote or terms (see knockdown --help)')
    refused('frob', "unknown command 'frob' (see knockdown --help)")
    refused('--frob', "unknown option '--frob' (see knockdown --help)")
    refused('terms nope', /^knockdown: terms: found "nope", wanted dutch-default/)
    refused('terms', /missing required argument 'name'/)
  })

  test('what would break the line, or not show, is shown as an escape', () => {
    const { err, status } = knockdown('simulate --prices a\nb\u202e.csv')
    expect(status).toBe(2)
    expect(err).toBe(
      'knockdown: a\\u000ab\\u202e.csv: there is no such file, wanted a CSV file of prices\n',
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
