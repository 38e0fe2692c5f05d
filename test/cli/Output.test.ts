/**
 * What `knockdown simulate` notes below its table.
 */

import { expect, test } from 'vitest'
import { crash, dutch, knockdown } from './io.js'

const told = (flags: string, files: Readonly<Record<string, string>> = {}): string => {
  const { err, out, status } = knockdown(`simulate --prices p.csv ${flags}`, {
    'p.csv': crash,
    ...files,
  })
  expect([status, err]).toEqual([0, ''])
  return out
}

test('SEI-5 a position that cannot be opened is told in words, with the rule', () => {
  // One share whose index is all of the debt: half of it is no share.
  const debt = `100000.${'0'.repeat(44)}1`
  const files = {
    't.json': dutch
      .replace('"closeFactor": "1"', '"closeFactor": "0.5"')
      .replace(/"dust": \{[^}]*\}/, '"dust": { "_tag": "Ignore" }'),
    'b.csv': `id,collateral,debt\na,700,${debt}\n`,
  }
  const flags = '--auction dutch --terms t.json --unchecked --positions b.csv'
  expect(told(flags, files)).toContain(
    'Dutch: 1 unsafe position could not be opened, the first a: nothing of it would be seized (SEI-5).',
  )
  const { runs } = JSON.parse(told(`${flags} --json`, files)) as {
    readonly runs: readonly { readonly notOpened: unknown }[]
  }
  expect(runs[0]?.notOpened).toEqual([
    { position: 'a', rule: 'SEI-5', why: 'nothing of it would be seized (SEI-5)' },
  ])
})

test('MKT-15 a day that ends before every lot has says why and when', () => {
  const book = { 'b.csv': 'id,collateral,debt\na,80,10000\nb,50,100\n' }
  const flags = '--positions b.csv --auction dutch'
  expect(told(`${flags} --capital 1`, book)).toMatch(
    /^Dutch: the simulation ended at 2020-03-13T03:10:12Z, because nothing but new starts of lots had happened for a day and two cycles of a lot, and nothing else could; 1 lot was still open\.$/m,
  )
  expect(told(`${flags} --capital 1 --until 2020-03-12T01:30:00Z`, book)).toMatch(
    /^Dutch: the simulation ended at 2020-03-12T01:30:00Z, as --until says; 1 lot was still open/m,
  )
  expect(told(flags, book)).not.toContain('the simulation ended')
  const { runs } = JSON.parse(told(`${flags} --capital 1 --json`, book)) as {
    readonly runs: readonly { readonly endedBy: string }[]
  }
  expect(runs.map(({ endedBy }) => endedBy)).toEqual(['nothingLeft'])
})

test('one of a thing is told as one', () => {
  const book = { 'b.csv': 'id,collateral,debt\na,80,10000\n' }
  const out = told('--positions b.csv --auction dutch --bidders 1 --capital 1', book)
  expect(out).toContain('1 position (b.csv), 1 bidder with 1 together')
  expect(out).toContain('sold from 0 of 1 lot and lost')
  expect(out).toContain('has 1 lot with a debt of 10,000 still open, which counts as no loss')
  expect(out).toContain('Dutch: capital was short for 1 lot: ')
  expect(out).not.toMatch(/\b1 (?:lots|positions|bidders|rows)\b/)
})
