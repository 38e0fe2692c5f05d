/**
 * Texts: whatever a store is given it gives back: any text as a name, numbers of any size, a lot of either.
 *
 * Laws: PRT-3, PRT-9, PRT-13 (spec/10-ports.md).
 */

import type { Entry, Write } from '../../engine/Port.js'
import { type Case, holds, right, same, storeCase } from './Case.js'
import { after, chain, comeTo, contents, read, totalOf, wanted, write } from './Writes.js'

/** A thousand characters that look drawn by chance, of a range that starts somewhere. */
const long = (start: number, size: number, length = 300): string => {
  let word = 1
  return Array.from({ length }, () => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0
    return String.fromCodePoint(start + (word % size))
  }).join('')
}

/**
 * Texts that some store might refuse, cut off, or take for one another: control characters, halves of
 * pairs, escapes, words of query languages, letters that normalise or fold alike, long ones.
 */
const texts: readonly string[] = [
  ...[
    '',
    ' ',
    '  ',
    'a',
    'A',
    'a ',
    ' a',
    'aa',
    'b',
    'B',
    '0',
    '00',
    '-0',
    '1',
    '1.0',
    '1e0',
    '+1',
  ],
  ...['\u0000', 'a\u0000', 'a\u0000b', '\u0000a', '\u0001', '\u007f', '\u0080', '\t', '\n', '\r\n'],
  ...['\ud800', '\udc00', '\udc00\ud800', 'a\ud800', 'a\ud800b', '\ud83d', '\ude00', '\ufffd'],
  ...['\ufeff', '\ufeffa', '\ufffe', '\uffff', '\u200b', 'a\u200b', '\u200d', '\u00ad', '\u2028'],
  ...[
    '\\',
    '\\\\',
    '\\0',
    '\\u0000',
    '\\ud800',
    '\\x00',
    '%',
    '%00',
    '%%',
    '_',
    '*',
    '?',
    '$1',
    ':a',
  ],
  ...["'", "''", "\\'", '"', '""', '`', '``', '--', '/*', '*/', ';', '$$', '$a$', '${a}', '{{a}}'],
  ...["'; drop table entries; --", "' or '1'='1", '") or 1=1 --', "E'\\\\x00'", "\\'; --", '\\.'],
  ...['null', 'NULL', 'undefined', 'NaN', 'true', '{}', '[]', '{"a":1}', '"a"', '\\N', 'default'],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '/',
    '//',
    '..',
    '../a',
    'a/b',
    'a:b',
  ],
  ...[
    '\u00e9',
    'e\u0301',
    '\u00c5',
    'A\u030a',
    '\u212b',
    '\ufb01',
    'fi',
    '\u00df',
    'ss',
    'SS',
    '\u0130',
    'i\u0307',
    '\u0131',
    'I',
    'i',
  ],
  ...[
    '\uff41',
    '\u2460',
    '\u017f',
    's',
    '\ud55c',
    '\u1112\u1161\u11ab',
    '\u03ac',
    '\u1f71',
    '\u0439',
    '\u0438\u0306',
  ],
  ...[
    '😀',
    '😀😀',
    '👩\u200d👩\u200d👧',
    '👩👩👧',
    '🇩🇪',
    '\u{10ffff}',
    '\u{10000}',
    '文字',
    '\u0645\u0631\u062d\u0628\u0627',
    '\u202eabc',
  ],
  ...[`${'x'.repeat(298)}y`, `${'x'.repeat(298)}z`, 'x'.repeat(299), 'x'.repeat(300)],
  ...[long(0x61, 26), long(0x4e00, 20000), `${long(0x4e00, 20000)}\u4e00`, long(0x1f300, 500)],
]

/** Something of everything that has this text wherever a text may stand. */
const named = (text: string): Write => {
  const parts = { type: text, command: text, data: text }
  const entries = chain(text, 2, undefined, parts) as [Entry, Entry]
  const name = { stream: text, sequence: 2 }
  return {
    upon: [{ stream: text, sequence: 0, hash: '0'.repeat(64) }],
    entries,
    transfers: [{ ...name, place: 0, asset: text, from: text, to: `to ${text}`, amount: 1n }],
    deltas: [{ total: text, amount: BigInt(texts.indexOf(text) + 1) }],
    outcomes: [{ id: text, fingerprint: text, answer: text }],
    payments: [{ key: text, ...name, direction: 'pay', party: text, token: text, units: 1n }],
    snapshots: [{ ...name, sequence: 1, hash: entries[0].hash, format: 1, state: text }],
    fold: [],
  }
}

/** A megabyte of text, with characters of every length, and some that do not stand alone. */
const megabyte = `${long(0x20, 95, 1 << 19)}é文😀\u0000\ud800"\\${long(0xc0, 300, 1 << 18)}`

const amounts = [512n, 1024n, 2048n].flatMap((bits) => [
  2n ** bits - 1n,
  2n ** bits,
  2n ** bits + 1n,
  10n ** bits,
])

export const ofTexts: readonly Case[] = [
  storeCase(
    'PRT-3 any text is a name, unlike every other, and comes back as it was',
    async ({ other, store }) => {
      same('texts that differ', new Set(texts).size, texts.length)
      const writes = texts.map(named)
      for (const one of writes) await right('an append', store.append(one))
      same('the contents', await contents(other), comeTo(writes))
      same('the contents in small pages', await contents(store, 9), comeTo(writes))
      const found = await right(
        'a read',
        other.read({
          streams: texts.map((stream) => ({ stream, from: 'snapshot' as const })),
          outcomes: texts,
          totals: texts,
          entries: texts.map((stream) => ({ stream, sequence: 2 })),
        }),
      )
      same(
        'single entries',
        found.entries,
        writes.map(({ entries }) => entries[1]),
      )
      same('outcomes', found.outcomes, comeTo(writes).outcomes)
      writes.forEach(({ entries, snapshots }, i) => {
        const text = texts[i] ?? ''
        const stream = { snapshot: snapshots[0], entries: entries.slice(1) }
        same('a stream', found.streams.get(text), stream)
        same('a total', found.totals.get(text), { amount: BigInt(i + 1), deltas: 1 })
      })
    },
  ),

  storeCase('PRT-13 any text is the key of a payment', async ({ other, store }) => {
    const writes = texts.map(named)
    await right(
      'an append',
      store.append(
        write({
          entries: writes.flatMap(({ entries }) => entries),
          payments: writes.flatMap(({ payments }) => payments),
        }),
      ),
    )
    for (const limit of [70, texts.length]) {
      const handed: unknown[] = []
      const noted = await right(
        'a delivery',
        other.deliver(limit, (payments) => () => {
          handed.push(...payments)
          return Promise.resolve({ _tag: 'Right', right: payments.map(({ key }) => key) })
        }),
      )
      const all = new Map(writes.flatMap(({ payments }) => payments).map((one) => [one.key, one]))
      for (const one of handed) same('a payment', one, all.get((one as { key: string }).key))
      same('how many are noted', noted, limit === 70 ? 70 : texts.length - 70)
      same('how many were handed out', handed.length, noted)
    }
  }),

  storeCase('PRT-3 a megabyte is stored whole', async ({ other, store }) => {
    const entry = after(undefined, 'big', { data: megabyte })
    const { hash, sequence, stream } = entry
    const big = write({
      entries: [entry],
      outcomes: [{ id: 'big', fingerprint: megabyte, answer: megabyte }],
      snapshots: [{ stream, sequence, hash, format: 1, state: megabyte }],
    })
    await right('an append', store.append(big))
    same('the entry', await read(other, 'big'), [entry])
    const all = await contents(other)
    const expected = comeTo([big])
    for (const part of ['entries', 'outcomes', 'snapshots'] as const)
      same(part, all[part], expected[part])
  }),

  storeCase('PRT-9 an amount has as many digits as it takes', async ({ other, store }) => {
    const entry = after(undefined, 's')
    const name = { stream: 's', sequence: 1 }
    const big = write({
      entries: [entry],
      transfers: amounts.map((amount, place) => ({
        ...name,
        place,
        asset: 'a',
        from: 'f',
        to: 't',
        amount,
      })),
      deltas: amounts.flatMap((amount, i) => [
        { total: `t${i}`, amount },
        { total: `u${i}`, amount: -amount },
        { total: 'all', amount: i % 2 ? amount : -amount },
      ]),
      payments: amounts.map((units, i) => ({
        ...{ key: `k${i}`, ...name, units },
        ...{ direction: 'collect', party: 'p', token: 't' },
      })),
    })
    await right('an append', store.append(big))
    same('the contents', await contents(other), comeTo([big]))
    const sum = comeTo([big]).totals.get('all')
    same('the sum', await totalOf(other, 'all'), { amount: sum, deltas: amounts.length })
    for (const [i, amount] of amounts.entries())
      same('a negative one', (await totalOf(other, `u${i}`))?.amount, -amount)
    await right(
      'a fold',
      store.alone(['treasury'], (session) => session.append(write({ fold: ['all'] }))),
    )
    same('the sum, folded', await totalOf(other, 'all'), { amount: sum, deltas: 1 })
  }),

  storeCase('PRT-3 a stream has a hundred thousand entries', async ({ other, store }) => {
    const [size, step] = [100_000, 1000]
    const entries = chain('s', size)
    for (let i = 0; i < size; i += step)
      await right('an append', store.append(write({ entries: entries.slice(i, i + step) })))
    const last = entries[size - 1] as Entry
    const snapshot = {
      stream: 's',
      sequence: size - 5,
      format: 1,
      state: '{}',
      hash: (entries[size - 6] as Entry).hash,
    }
    await right('an append', store.append(write({ snapshots: [snapshot] })))
    same('the whole stream', await read(other, 's'), entries)
    same('from its middle', await read(other, 's', size / 2), entries.slice(size / 2))
    same('the last', await read(other, 's', 'last'), [last])
    same('from its snapshot', await read(other, 's', 'snapshot'), entries.slice(-5))
    const single = [1, size / 2, size].map((sequence) => ({ stream: 's', sequence }))
    const found = await right('a read', other.read(wanted({ entries: single })))
    same(
      'some of them',
      found.entries,
      single.map(({ sequence }) => entries[sequence - 1]),
    )
    const next = after(last, 's')
    await right('an append', store.append(write({ entries: [next] })))
    holds('one more is there', (await read(other, 's', size)).length === 1)
  }),
]
