/**
 * Bad input ends with status 2 and one line on stderr that names where, what was found and what would be right.
 */

import { describe, expect, test } from 'vitest'
import { cell, changed, crash, dutch, knockdown, refused, withDrop } from './io.js'

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
      'no.csv: there is no such file, wanted a CSV file of prices, or one of 2020-03-12, 2021-02-22, 2021-05-19',
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
      '--until: found "100000000", wanted at most 2021-09-18T13:20:00Z, or --block 26: there would be more than 4000000 blocks of 12 s',
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

  test('an end that only shorter blocks make too far off is blamed on the blocks', () => {
    const long = [1_400_000_000, 1_404_000_000, 1_408_000_000]
      .map((time) => `${time},200,200,200,200`)
      .join('\n')
    refused(
      'simulate --prices p.csv --block 1',
      '--block: found "1", wanted at least 4: there would be more than 4000000 blocks of 1 s until 2014-10-29T14:13:20Z',
      { 'p.csv': `time,open,high,low,close\n${long}\n` },
    )
  })

  test('an empty path is named by its flag', () => {
    const { err, out, status } = knockdown('simulate --prices ')
    expect([status, out]).toEqual([2, ''])
    expect(err).toBe(
      'knockdown: --prices: found "", wanted a CSV file of prices, or one of 2020-03-12, 2021-02-22, 2021-05-19\n',
    )
    refused(
      'simulate --prices p.csv --terms ',
      /^knockdown: --terms: found "", wanted one of dutch/,
    )
    refused('simulate --prices p.csv --positions ', /^knockdown: --positions: found "", wanted a w/)
    refused('quote  --at 1', /^knockdown: quote: found "", wanted a JSON file with a lot/)
  })

  test('DEC-1 a number that is too long is told its length', () => {
    const long = `1.${'0'.repeat(129)}`
    refused(
      `simulate --prices p.csv --capital ${long}`,
      `--capital: found "${long.slice(0, 64)}…", wanted a plain decimal, 0 or more, with at most 45 places, and 130 characters, not 131`,
    )
    refused(
      'simulate --prices p.csv',
      /^knockdown: p\.csv:3: open: found "1\.0+…", wanted a plain decimal, above 0, with at most 27 places, and 130 characters, not 131$/m,
      { 'p.csv': cell(3, 1, long) },
    )
    refused(
      'simulate --prices p.csv --terms t.json',
      /markup: found "1\.0+…", wanted a plain decimal in quotes, with at most 27 places, and 130 characters, not 131$/m,
      { 't.json': dutch.replace('"1.2"', `"${long}"`) },
    )
  })

  test('a command is needed, and one that is known', () => {
    refused(
      '',
      /^knockdown: a command is missing: simulate, scenario, replay, whatif, quote, terms, .* \(see knockdown --help\)$/m,
    )
    refused('frob', "unknown command 'frob' (see knockdown --help)")
    refused('--frob', "unknown option '--frob' (see knockdown --help)")
    refused('terms nope', /^knockdown: terms: found "nope", wanted dutch-default/)
    refused(
      'help frob',
      /^knockdown: help: found "frob", wanted simulate, scenario, replay, whatif, quote, terms, .* \(see knockdown --help\)$/m,
    )
    refused('terms', /missing required argument 'name'/)
  })

  test('what would break the line, or not show, is shown as an escape', () => {
    const { err, status } = knockdown('simulate --prices a\nb\u202e.csv')
    expect(status).toBe(2)
    expect(err).toBe(
      'knockdown: a\\u000ab\\u202e.csv: there is no such file, wanted a CSV file of prices, or one of 2020-03-12, 2021-02-22, 2021-05-19\n',
    )
  })
})
