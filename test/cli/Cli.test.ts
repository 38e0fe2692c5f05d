/**
 * What the commands print.
 */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Decimal, TermsJson } from '../../src/codec/index.js'
import { days } from '../../src/cli/Setup.js'
import { Presets } from '../../src/tuning/index.js'
import { crash, data, knockdown } from './io.js'
import * as E from 'fp-ts/lib/Either.js'

const files = { 'p.csv': crash }

interface Document {
  readonly input: Readonly<Record<string, unknown>>
  readonly runs: readonly {
    readonly auction: string
    readonly lots: number
    readonly debt: Readonly<Record<string, string>>
    readonly collateral: Readonly<Record<string, string>>
    readonly penalty: string
    readonly rewards: string
    readonly ownersLoss: string
    readonly secondsToClear: { readonly median: number; readonly p95: number }
    readonly eachLot?: readonly Readonly<Record<string, unknown>>[]
  }[]
  readonly meaning: string
  readonly notes: readonly string[]
}

const json = (argv: string): Document => {
  const { err, out, status } = knockdown(argv, files)
  expect([status, err]).toEqual([0, ''])
  return JSON.parse(out) as Document
}

const units = (text: string | undefined): bigint => {
  const read = Decimal.parseRad(text ?? 'none')
  if (E.isLeft(read)) throw new Error(`${text} is no exact decimal`)
  return read.right
}

const keys = (record: object): readonly string[] => Object.keys(record)

describe('simulate', () => {
  test('one document, whose sums hold to the last digit', () => {
    const document = json('simulate --prices p.csv --positions 60 --json')
    expect(keys(document)).toEqual(['input', 'runs', 'meaning', 'notes'])
    expect(document.runs.map(({ auction }) => auction)).toEqual(['dutch', 'english'])
    for (const { collateral, debt, lots, penalty, rewards } of document.runs) {
      expect(lots).toBeGreaterThan(5)
      expect(keys(debt)).toEqual(['seized', 'repaid', 'open', 'bad', 'cancelled'])
      expect(keys(collateral)).toEqual(['seized', 'sold', 'open', 'returned', 'cancelled'])
      expect(
        units(debt['repaid']) + units(debt['open']) + units(debt['bad']) + units(debt['cancelled']),
      ).toBe(units(debt['seized']))
      expect(
        units(collateral['sold']) +
          units(collateral['open']) +
          units(collateral['returned']) +
          units(collateral['cancelled']),
      ).toBe(units(collateral['seized']))
      expect(units(penalty)).toBeGreaterThan(0n)
      expect(units(rewards)).toBeGreaterThan(0n)
    }
    expect(document.input).toMatchObject({
      prices: { file: 'p.csv', rows: 18, longestGap: { seconds: 600 } },
      positions: { count: 60 },
      seed: '1',
      block: 12,
      oracleDelay: 600,
      capital: '50000000',
    })
    expect(document.notes[0]).toBe('Both auctions opened the same lots at the same moments.')
  })

  test('a day that comes with the package is known by its date, wherever the program runs', () => {
    expect(readdirSync(join(data, 'eth-crashes'))).toEqual(days.map((day) => `${day}.csv`))
    for (const day of days) {
      const { err, out, status } = knockdown(
        `simulate --prices ${day} --positions 5 --auction dutch`,
      )
      expect([status, err]).toEqual([0, ''])
      expect(out).toMatch(
        new RegExp(`^data/eth-crashes/${day}\\.csv: 144 rows, ${day}T00:00:00Z to `),
      )
    }
  })

  test('--lots tells of each lot, and the lots add up', () => {
    const { runs } = json('simulate --prices p.csv --positions 60 --json --lots')
    for (const { debt, eachLot = [], lots } of runs) {
      expect(eachLot.length).toBe(lots)
      const sum = eachLot.reduce((sum, lot) => sum + units(String(lot['debt'])), 0n)
      expect(sum).toBe(units(debt['seized']))
    }
    const opened = runs.map(({ eachLot = [] }) =>
      eachLot.map(({ collateral, debt, openedAt, position }) => [
        position,
        openedAt,
        collateral,
        debt,
      ]),
    )
    expect(opened[0]).toEqual(opened[1])
  })

  test('one auction, other terms, another seed, block and end', () => {
    const one = json(
      'simulate --prices p.csv --auction english --terms maker-flipper --json --positions 60',
    )
    expect(one.runs.map(({ auction }) => auction)).toEqual(['english'])
    expect(one.notes.join(' ')).toContain('maker-flipper is known to lose money')
    const lots = (argv: string): number | undefined =>
      json(`simulate --prices p.csv --positions 60 --json${argv === '' ? '' : ` ${argv}`}`).runs[0]
        ?.lots
    expect(lots('--seed 2')).not.toBe(lots('--seed 1'))
    expect(lots('--seed -12345678901234567890')).toBeGreaterThan(0)
    expect(lots('--until 2020-03-12T00:30:00Z')).toBeLessThan(lots('') ?? 0)
    const open = json(
      'simulate --prices p.csv --positions 60 --json --until 2020-03-12T01:45:00Z --block 60',
    )
    expect(units(open.runs[1]?.debt['open'])).toBeGreaterThan(0n)
    expect(open.notes.join(' ')).toContain(
      'Dutch: the simulation ended at 2020-03-12T01:45:00Z, as --until says; 10 lots were still open.',
    )
  })

  test('the table has a column an auction and every row of the issue', () => {
    const { out } = knockdown('simulate --prices p.csv --positions 60', files)
    expect(out).toMatch(/^ +Dutch +English$/m)
    for (const row of [
      'lots opened',
      'collateral seized',
      'debt seized',
      'debt repaid',
      'penalty collected',
      'bad debt',
      'still open: lots',
      'collateral returned to owners',
      "owners' loss against market value",
      'average discount to market at the sale',
      'time to clear, median',
      'time to clear, 95th percentile',
      'rewards paid',
      'gas spent',
      'resets',
      'bids refused',
    ])
      expect(out).toMatch(new RegExp(`^${row} +-?[\\d,.]+(?: s| %)? +-?[\\d,.]+(?: s| %)?$`, 'm'))
    expect(out).toMatch(
      /^Both auctions left a bad debt of 0, and the (?:Dutch|English) one cost owners less, -[\d,]+ against /m,
    )
    for (const assumed of ['price between rows:', 'delay:', 'bidders:', 'gas:', 'keepers'])
      expect(out).toContain(`- ${assumed}`)
  })

  test('a flag that counts once is refused the second time', () => {
    const twice = (argv: string) => knockdown(`simulate --prices p.csv ${argv}`, files)
    expect(twice('--seed 1 --seed=2')).toEqual({
      status: 2,
      out: '',
      err: 'knockdown: --seed: found twice, wanted once\n',
    })
    expect(twice('--prices q.csv')).toMatchObject({ status: 2, out: '' })
    expect(twice('--positions 9 --terms maker-clipper --terms maker-flipper --json')).toMatchObject(
      { status: 0, err: '' },
    )
    expect(knockdown('quote --at 1 --terms a --terms b lot.json')).toMatchObject({
      status: 2,
      err: 'knockdown: --terms: found twice, wanted once\n',
    })
  })

  test('another capital or delay is held against the default, and said to be worse, or why not', () => {
    for (const flags of [
      '--capital 300000',
      '--oracle-delay 3600',
      '--capital 40000000',
      '--capital 0',
    ]) {
      const { notes } = json(`simulate --prices p.csv --positions 60 --json ${flags}`)
      for (const auction of ['Dutch', 'English']) {
        const note = notes.find((one) => one.startsWith(`${auction}: it lost`)) ?? ''
        expect(note).toMatch(
          /: it lost (?:more than|less than|as much as) with the default capital and oracle delay, /,
        )
        if (!note.includes('it lost more')) expect(note).toContain('Why not more: ')
      }
    }
    const penniless = json('simulate --prices p.csv --positions 60 --json --capital 0')
    for (const auction of ['Dutch', 'English'])
      expect(penniless.notes.join(' ')).toMatch(
        new RegExp(`${auction}: capital was short for \\d+ lots`),
      )
    expect(penniless.meaning).toMatch(
      /lost 0 .* lots with a debt of [\d,]+ still open, which count as no loss/,
    )
    const { notes } = json('simulate --prices p.csv --positions 60 --json')
    expect(notes.some((one) => one.includes('with the default'))).toBe(false)
    expect(notes.join(' ')).toMatch(
      /capital was (?:never short|short for [\d,]+ lots): the most in use was [\d,]+ of 50,000,000/,
    )
  })

  test('a shorter delay or more capital that loses no less is explained, and a mixture as well', () => {
    const notes = (flags: string): string =>
      json(`simulate --json ${flags}`)
        .notes.filter((one) => one.includes('it lost'))
        .join('\n')
    const sooner = notes('--prices 2020-03-12 --oracle-delay 0')
    expect(sooner.match(/it lost more .* Why not less: .* What changed: .*\.$/gm)).toHaveLength(2)
    const richer = notes('--prices p.csv --positions 60 --capital 60000000')
    expect(
      richer.match(
        /it lost as much .* What changed: nothing that it depends on\. Capital was never short by default either: the most in use was [\d,]+ of 50,000,000\.$/gm,
      ),
    ).toHaveLength(2)
    const mixed = notes('--prices p.csv --positions 60 --capital 300000 --oracle-delay 0')
    expect(mixed.match(/ Its capital and its delay pull to different sides\. What /g)).toHaveLength(
      2,
    )
  })

  test('terms that judge positions differently, or a ceiling that binds, are told of', () => {
    const text = TermsJson.format(Presets.presets['dutch-default'])
    const told = (changed: string): string =>
      knockdown('simulate --prices p.csv --positions 60 --terms t.json', {
        ...files,
        't.json': changed,
      }).out
    expect(told(text.replace('"ratio": "1.5"', '"ratio": "1.4"'))).toContain(
      'did not open the same lots (their terms',
    )
    expect(told(text.replace('"ceiling": "1000000000000"', '"ceiling": "300000"'))).toMatch(
      /Dutch: a ceiling delayed \d+ positions/,
    )
  })

  test('where nothing is unsafe, nothing is lost, and there is no time or discount', () => {
    const flat = crash.split('\n').slice(0, 2).join('\n')
    const { out, status } = knockdown('simulate --prices p.csv --positions 20', { 'p.csv': flat })
    expect(status).toBe(0)
    expect(out).toContain('No position became unsafe, so no lot was opened and nothing was lost.')
    expect(out).toMatch(/^time to clear, median +- +-$/m)
    expect(out).toContain('one row, no gap')
  })

  test('progress goes from 0 to 1 and stops', () => {
    const parts: number[] = []
    let stopped = 0
    knockdown('simulate --prices p.csv --positions 5', files, () => ({
      update: (part) => parts.push(part),
      stop: () => {
        stopped += 1
      },
    }))
    expect(parts.every((part, i) => part >= (parts[i - 1] ?? 0))).toBe(true)
    expect(parts[parts.length - 1]).toBe(1)
    expect(stopped).toBe(1)
  })
})

describe('the rest', () => {
  test('terms prints a preset that is read back as it is', () => {
    for (const name of Object.keys(Presets.presets) as Presets.Name[]) {
      const { out, status } = knockdown(`terms ${name}`)
      expect(status).toBe(0)
      expect(TermsJson.parse(out, true)).toEqual(E.right(Presets.presets[name]))
    }
  })

  test('help and version', () => {
    expect(knockdown('--version')).toEqual({ status: 0, out: '1.2.3\n', err: '' })
    for (const argv of [
      '--help',
      'simulate --help',
      'quote --help',
      'terms --help',
      'help simulate',
    ]) {
      const { err, out, status } = knockdown(argv)
      expect([status, err]).toEqual([0, ''])
      expect(out).toMatch(/^Usage: knockdown/)
      expect(out).toMatch(/Example:\n {2}knockdown /)
    }
  })
})
