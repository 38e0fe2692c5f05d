/**
 * What `knockdown replay` prints and refuses, and that it finds nothing in what `knockdown simulate --log` writes.
 */

import { describe, expect, test } from 'vitest'
import { TermsJson } from '../../src/codec/index.js'
import { Fixed } from '../../src/core/index.js'
import { Clipper } from '../../src/maker/index.js'
import { Presets } from '../../src/tuning/index.js'
import { clipperLog, logWith } from '../examples/log.js'
import { crash, knockdown, type Run } from './io.js'

const replay = (text: string, flags = ''): Run =>
  knockdown(`replay day.jsonl${flags}`, { 'day.jsonl': text })

describe('replay', () => {
  test('LOG-11 a table of lots, and that nothing differs', () => {
    expect(replay(clipperLog)).toEqual({
      status: 0,
      err: '',
      out: [
        'day.jsonl: ETH-A, 2 lots, 8 events checked, 1 change of terms',
        '',
        'lot                opened  events   debt   paid  left to raise  collateral left  differs',
        '1    1970-01-01T00:01:40Z       6  1,000  1,130              0             4.13        -',
        '2    1970-01-01T00:04:10Z       2    500      0            500             3.00        -',
        '',
        'Nothing differs.',
        '',
      ].join('\n'),
    })
  })

  test('LOG-11 what differs is told with its line, and is a status of its own', () => {
    const { err, out, status } = replay(
      logWith(4, { owe: `${217n * Fixed.RAD}`, price: `${Fixed.RAY}` }),
    )
    expect([status, err]).toEqual([1, ''])
    expect(out.split('\n').slice(3)).toEqual([
      '1    1970-01-01T00:01:40Z       6  1,000  1,131              0             4.13  Take.price, Take.owe',
      '2    1970-01-01T00:04:10Z       2    500      0            500             3.00                     -',
      '',
      `day.jsonl:4: Take.price: found ${Fixed.RAY}, wanted ${216n * Fixed.RAY}`,
      `day.jsonl:4: Take.owe: found ${217n * Fixed.RAD}, wanted ${216n * Fixed.RAD}`,
      '2 fields differ.',
      '',
    ])
  })

  test('LOG-11 of many differences twenty are told', () => {
    const yanks = Array.from({ length: 23 }, () => '{"t":900,"name":"Yank","id":"1"}\n').join('')
    const { out, status } = replay(clipperLog + yanks)
    expect(status).toBe(1)
    expect(out.match(/^day\.jsonl:\d+: /gm)?.length).toBe(20)
    expect(out).toContain(
      'day.jsonl:11: Yank.name: found Yank, wanted no such call: Clipper/not-running-auction\n',
    )
    expect(out).toContain('\nand 3 more, which --json tells\n23 fields differ.\n')
  })

  test('LOG-11 as JSON, in the units of the log', () => {
    const { out, status } = replay(logWith(5, { coin: '7' }), ' --json')
    expect(status).toBe(1)
    expect(JSON.parse(out)).toMatchObject({
      file: 'day.jsonl',
      ilk: 'ETH-A',
      events: 8,
      changes: 1,
      lots: [
        { id: '1', openedAt: 100, events: 6, paid: `${1130n * Fixed.RAD}`, ended: true },
        { id: '2', debt: `${500n * Fixed.RAD}`, ended: true, differences: 1 },
      ],
      differences: [
        {
          line: 5,
          name: 'Kick',
          id: '2',
          field: 'coin',
          found: '7',
          wanted: `${105n * 10n ** 44n}`,
        },
      ],
    })
  })

  test('LOG-4 a lot that the log does not open is told of, without a time', () => {
    const { out, status } = replay(
      clipperLog
        .split('\n')
        .filter((_, i) => i !== 4)
        .join('\n'),
    )
    expect(status).toBe(1)
    expect(out).toMatch(/^2 +- +1 +0 +0 +0 +0\.00 +Yank\.name$/m)
  })

  test('LOG-6 what cannot be read is told in one line', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['', 'day.jsonl:1: json: found "", wanted a JSON value'],
      [
        logWith(4, { owe: '2l6' }),
        'day.jsonl:4: owe: found "2l6", wanted a whole number in quotes, from "0" to 2^256 - 1, without leading zeros',
      ],
      [
        logWith(6, { t: 249 }),
        'day.jsonl:6: t: found "249", wanted 250 or later, as on the line before',
      ],
    ]
    for (const [text, message] of cases)
      expect(replay(text)).toEqual({
        status: 2,
        out: '',
        err: `knockdown: ${message}\n`,
      })
    expect(knockdown('replay none.jsonl').err).toBe(
      'knockdown: none.jsonl: there is no such file, wanted a log as in spec/15-log.md\n',
    )
  })
})

// The round trip

const dutch = 'simulate --prices p.csv --auction dutch'

/** The preset, with the price of every second another. */
const everySecond = (): string => {
  const found = Clipper.parametersOf(Presets.presets['maker-clipper'])
  if (found === undefined) throw new Error('the preset is not a Clipper')
  const cut = Fixed.ray((9_999n * Fixed.RAY) / 10_000n)
  return TermsJson.format(
    Clipper.clipper({ ...found.ilk, tail: 1800n, calc: { _tag: 'ExponentialDecrease', cut } }),
  )
}

const files = { 'p.csv': crash, 'seconds.json': everySecond() }

const known = new Map<string, string>()

/** The log of a simulation, once. */
const logOf = (flags: string): string => {
  const before = known.get(flags)
  if (before !== undefined) return before
  const { err, status, written = {} } = knockdown(`${dutch} ${flags} --log day.jsonl`, files)
  expect([status, err, Object.keys(written)]).toEqual([0, '', ['day.jsonl']])
  const text = written['day.jsonl'] ?? ''
  known.set(flags, text)
  return text
}

const runs = [
  '--terms maker-clipper --positions 60',
  '--terms maker-clipper --positions 60 --seed 7 --capital 300000 --json',
  '--terms maker-clipper --positions 60 --capital 2000',
  '--terms seconds.json --unchecked --positions 60 --capital 300000',
]

describe('simulate --log', () => {
  for (const flags of runs)
    test(`LOG-12 nothing differs in the log of ${flags}`, () => {
      const { out, status } = replay(logOf(flags))
      expect(out).toContain('\nNothing differs.\n')
      expect(status).toBe(0)
    })

  test('LOG-12 such logs have starts, purchases of a part, and new starts', () => {
    const text = runs.map(logOf).join('')
    for (const name of ['Bark', 'Kick', 'Take', 'Redo']) expect(text).toContain(`"name":"${name}"`)
    expect(text).toMatch(/"who":"/)
    expect(text).toMatch(/"feed":"/)
    expect(text.match(/"name":"Take".*"tab":"[1-9]/g)?.length).toBeGreaterThan(5)
  })

  test('LOG-12 the log tells of the same lots, debts and payments as the simulation', () => {
    const flags = `${dutch} --terms maker-clipper --positions 60 --json --log day.jsonl`
    const { out, written = {} } = knockdown(flags, files)
    const [run] = (JSON.parse(out) as { runs: readonly Record<string, unknown>[] }).runs
    const told = JSON.parse(replay(written['day.jsonl'] ?? '', ' --json').out) as {
      readonly lots: readonly { readonly debt: string; readonly paid: string }[]
    }
    const sum = (of: 'debt' | 'paid'): bigint =>
      told.lots.reduce((sum, lot) => sum + BigInt(lot[of]), 0n)
    const exact = (text: unknown): bigint => {
      const [whole = '', part = ''] = String(text).split('.')
      return BigInt(whole + part.padEnd(45, '0'))
    }
    expect(told.lots.length).toBe(run?.['lots'])
    expect(sum('paid')).toBe(exact(run?.['paid']))
    expect(sum('debt')).toBe(exact((run?.['debt'] as Record<string, unknown>)['seized']))
  })

  test('LOG-9 an event at another second differs or is refused, where the price falls by the second', () => {
    const lines = logOf('--terms seconds.json --unchecked --positions 30 --capital 300000')
      .trimEnd()
      .split('\n')
    const statuses = lines.flatMap((line, i) => {
      const event = JSON.parse(line) as { readonly name?: string; readonly t: number }
      if (event.name !== 'Take' && event.name !== 'Kick') return []
      return [1, 10, 1000, 10 ** 6, -1, -10, -100].map((by) => {
        const changed = JSON.stringify({ ...event, t: event.t + by })
        return replay(lines.map((one, j) => (i === j ? changed : one)).join('\n')).status
      })
    })
    expect(statuses.length).toBeGreaterThan(50)
    expect(statuses).not.toContain(0)
    expect(statuses).toContain(1)
  })

  test('LOG-11 a changed digit in the log of a simulation is told where it is', () => {
    const lines = logOf(runs[1] ?? '')
      .trimEnd()
      .split('\n')
    const fields = {
      Kick: ['top', 'tab', 'lot', 'coin', 'feed'],
      Bark: ['ink', 'due'],
      Take: ['price', 'owe', 'tab', 'lot'],
      Redo: ['top', 'tab', 'lot', 'coin', 'feed'],
    }
    for (const [name, all] of Object.entries(fields))
      for (const field of all) {
        const i = lines.findIndex((line) => line.includes(`"name":"${name}"`))
        const changed = (lines[i] ?? '').replace(
          new RegExp(`("${field}":"\\d*)(\\d)"`),
          (_, most: string, last: string) => `${most}${(Number(last) + 1) % 10}"`,
        )
        const { out, status } = replay(lines.map((one, j) => (i === j ? changed : one)).join('\n'))
        expect(status).toBe(1)
        // A kick's amounts are what its bark is held to.
        expect(out).toMatch(new RegExp(`^day\\.jsonl:(${i + 1}|${i + 2}): `, 'm'))
      }
  })

  test('LOG-12 what is no Clipper, or not one alone, is refused, and nothing is written', () => {
    const cases: readonly (readonly [string, string])[] = [
      [
        'simulate --prices p.csv --terms maker-clipper --log x',
        '--log: found two auctions, wanted --auction dutch: a log is of one',
      ],
      [
        `${dutch} --log x`,
        '--log: found "dutch-default", wanted terms that sell as a Clipper does, such as maker-clipper',
      ],
      [
        'simulate --prices p.csv --auction english --log x',
        '--log: found "english-default", wanted terms that sell as a Clipper does, such as maker-clipper',
      ],
      [
        `${dutch} --terms maker-clipper --positions 10 --log no/x`,
        '--log: found "no/x", wanted a file that can be written: there is no such folder',
      ],
      [`${dutch} --log x --log y`, '--log: found twice, wanted once'],
    ]
    for (const [argv, message] of cases)
      expect(knockdown(argv, files)).toEqual({
        status: 2,
        out: '',
        err: `knockdown: ${message}\n`,
      })
  })
})
