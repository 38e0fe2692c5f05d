/**
 * What `knockdown whatif` prints and refuses.
 */

import { describe, expect, test } from 'vitest'
import { TermsJson } from '../../src/codec/index.js'
import { Presets } from '../../src/tuning/index.js'
import { clipperLog, logWith } from '../examples/log.js'
import { storedLog } from '../examples/whatif.js'
import { knockdown, type Run } from './io.js'

const [changed = '', ...events] = storedLog.trimEnd().split('\n')

/** The terms of the log alone. */
const termsOfLog = JSON.stringify((JSON.parse(changed) as { readonly terms: unknown }).terms)

const files: Readonly<Record<string, string>> = {
  'log.jsonl': clipperLog,
  'stored.jsonl': storedLog,
  'events.jsonl': events.filter((line) => !line.includes('TermsChanged')).join('\n'),
  'terms.json': termsOfLog,
  'other.json': TermsJson.format(Presets.presets['maker-clipper']),
}

const whatIf = (argv: string, more: Readonly<Record<string, string>> = {}): Run =>
  knockdown(`whatif ${argv}`, { ...files, ...more })

/** What is printed after the heading, but for what is assumed. */
const rows = ({ out }: Run): readonly string[] =>
  out
    .split('\n')
    .slice(2, 19)
    .map((line) => line.trimEnd())

describe('whatif', () => {
  test('WIF-9 a table of totals, and what is assumed', () => {
    const { err, out, status } = whatIf('log.jsonl --set zeroAfter=500')
    expect([status, err]).toEqual([0, ''])
    expect(out).toBe(
      [
        'log.jsonl: 2 lots, with zeroAfter=500',
        '',
        '                                           recorded  what if',
        'purchases                                         3        3',
        'new starts                                        1        1',
        'debt repaid                                   1,000    1,000',
        'penalty collected                               130      130',
        'bad debt                                          0        0',
        'collateral sold                                5.87     5.96',
        'collateral returned to owners                  4.13     4.04',
        'lots left open                                    0        0',
        'left open: collateral                          0.00     0.00',
        'left open: debt                                   0        0',
        'cancelled: debt                                 500      500',
        "owners' loss against the last price known         9       22",
        'rewards                                          22       22',
        'time to clear, median                         700 s    600 s',
        'time to clear, 95th percentile                700 s    600 s',
        '',
        '0 purchases of the log do not come about.',
        'Each bidder buys what he bought, at the first moment from the start of that price on at which it is no more than what he paid.',
        'A new start comes as late after it is due as the one recorded in its place, else at once while somebody waits, from the last price that the log tells.',
        'It cannot tell who stayed away and would have come, who would have paid more, what other prices would have done, or gas.',
        '',
      ].join('\n'),
    )
  })

  test('WIF-1 the same of what an engine stored, and of its events with terms that are given', () => {
    const wanted = rows(whatIf('stored.jsonl --set zeroAfter=500'))
    expect(wanted[1]).toMatch(/^purchases +3 +3$/)
    expect(rows(whatIf('log.jsonl --set zeroAfter=500'))).toEqual(wanted)
    const cut = whatIf('events.jsonl --set zeroAfter=500 --terms terms.json')
    expect([cut.status, cut.err]).toEqual([2, expect.stringContaining('terms: found "2"')])
    const first = { 'one.jsonl': events.slice(0, 4).join('\n') }
    expect(whatIf('one.jsonl --set zeroAfter=500 --terms terms.json', first).status).toBe(0)
  })

  test('WIF-9 exact figures as JSON', () => {
    const { out, status } = whatIf('log.jsonl --set zeroAfter=500 --json')
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({
      set: { zeroAfter: '500' },
      auctionsByBidsLeftOut: 0,
      recorded: { debt: { seized: '1500', repaid: '1000', cancelled: '500' }, takes: 3 },
      whatIf: { debt: { seized: '1500', repaid: '1000', cancelled: '500' }, takes: 3 },
      lots: [
        {
          lot: 'ETH-A/1',
          missed: 0,
          recorded: { closedAt: 800, purchases: [{ at: 200, price: '216' }, {}, {}] },
          whatIf: {
            closedAt: 700,
            purchases: [
              { at: 150, bidder: 'bob', price: '216', bought: '1', repaid: '216', penalty: '0' },
              { at: 200, bidder: '', price: '192' },
              { at: 700, price: '144' },
            ],
          },
        },
        { lot: 'ETH-A/2', whatIf: { cancelled: { collateral: '3', debt: '500' } } },
      ],
    })
  })

  test('WIF-9 auctions by bids are counted', () => {
    const bids = JSON.stringify({
      ...{ _tag: 'SurplusOpened', lot: 'T/1', line: 'T', at: 100, terms: 1, held: 'escrow' },
      ...{ goods: { _tag: 'Surplus', token: 'GOV' }, sold: '1', reserve: '1' },
      ...{ endsAt: 200, hardEndsAt: 200 },
    })
    const both = whatIf('both.jsonl --set markup=1.1', { 'both.jsonl': `${storedLog}${bids}\n` })
    expect(both.out).toMatch(/^both\.jsonl: 2 lots, 1 auction by bids left out, with markup=1\.1$/m)
    expect(whatIf('bids.jsonl --set markup=1.1', { 'bids.jsonl': bids }).err).toBe(
      'knockdown: bids.jsonl:1: lots: found "1 by bids", wanted one that is sold by a falling price\n',
    )
  })

  test('WIF-7 settings that are none, that are no settings of a sale, and that lose money', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['marcup=1', 'found "marcup", wanted a setting of these terms, perhaps markup'],
      ['markup=1..2', 'markup: found "1..2", wanted '],
      ['markup', 'found "markup", wanted name=value, several with commas between'],
      ['markup=1,markup=2', 'found "markup=1,markup=2", wanted each setting once'],
      ['closeFactor=0.5', 'found "closeFactor", wanted a setting of how lots are sold'],
      ['markup=0.5', 'collaterals[0].sale.markup: found 0.5, wanted at least 1 (PAR-9), or --un'],
    ]
    for (const [set, message] of cases) {
      const { err, out, status } = whatIf(`log.jsonl --set ${set}`)
      expect([status, out], set).toEqual([2, ''])
      expect(err).toContain(`knockdown: --set: ${message}`)
      expect(err.trimEnd()).not.toContain('\n')
    }
    expect(whatIf('log.jsonl --set markup=0.5 --unchecked').status).toBe(0)
    expect(whatIf('log.jsonl --set markup=0 --unchecked').err).toBe(
      'knockdown: --set: lot ETH-A/1 would not be opened so: the price to start from rounds down to nothing (DUT-9)\n',
    )
  })

  test('WIF-1 what cannot be read, or is not of these terms, is told in one line', () => {
    const cases: readonly (readonly [string, string, string])[] = [
      [
        `${changed}\n${events[0] ?? ''}\n${(events[1] ?? '').replace('"at":200', '"at":700').replace('"216"', '"96"')}`,
        'x.jsonl --set markup=1.1',
        'x.jsonl:3: _tag: found "Taken", wanted none: these terms refuse it as Stale (DUT-2)',
      ],
      ['', 'x.jsonl --set markup=1.1', 'x.jsonl:1: json: found "", wanted a JSON value'],
      [
        logWith(4, { owe: 216 }),
        'x.jsonl --set markup=1.1',
        'x.jsonl:4: owe: found "216", wanted a whole number in quotes, from "0" to 2^256 - 1, without leading zeros',
      ],
      [
        `${storedLog}{}`,
        'x.jsonl --set markup=1.1',
        'x.jsonl:11: _tag: found "", wanted Opened or',
      ],
      [
        `{"event":${changed}}\n{"event":{"_tag":"Taken"}}`,
        'x.jsonl --set markup=1.1',
        'x.jsonl:2: event.lot: found "", wanted this field',
      ],
      [
        events.join('\n'),
        'x.jsonl --set markup=1.1 --terms other.json',
        'x.jsonl:2: price: found "216", wanted 237.6, as these terms have it',
      ],
      [
        clipperLog,
        'x.jsonl --set markup=1.1 --terms terms.json',
        'x.jsonl:10: --terms: found "ETH-A", wanted no terms: the log tells those of its lines',
      ],
    ]
    for (const [text, argv, message] of cases) {
      const { err, out, status } = whatIf(argv, { 'x.jsonl': text })
      expect([status, out], message).toEqual([2, ''])
      expect(err).toContain(`knockdown: ${message}`)
    }
    expect(whatIf('none.jsonl --set markup=1.1').err).toBe(
      'knockdown: none.jsonl: there is no such file, wanted a log as in spec/30-whatif.md\n',
    )
  })
})
