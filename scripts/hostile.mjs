/**
 * Lines that nobody should send, and some that are fine, drawn from a seed: what an engine that reads them is
 * fuzzed with. None has an end of a line in it. Half of them are commands, or nearly are (market.mjs).
 */

import { kinds as commands } from './market.mjs'

/** A generator of numbers from 0 to before 1 (mulberry32). */
const random = (seed) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const quote = (id, more = {}) => ({
  id,
  ask: { _tag: 'Quote', asset: 'ETH', risk: '150', market: '150', ...more },
})
const take = (id, more = {}) => ({
  id,
  ask: {
    _tag: 'ToLot',
    lot: 'MAIN/1',
    command: {
      _tag: 'Take',
      bidder: 'ann',
      want: { _tag: 'All' },
      limit: '100',
      atLeast: '0',
      ...more,
    },
  },
})

const injections = [
  "'; drop table knockdown.events; --",
  '" or 1=1 --',
  '\\',
  '%s%n',
  '${x}',
  '$1',
  '../../etc/passwd',
  '\u0000',
  '\u0010',
  '\u001b[2J',
  '\u2028',
  '\ud800',
  '\udc00x',
  '\u202e',
  '',
  'x'.repeat(256),
  'é'.repeat(256),
  'x'.repeat(257),
  'x'.repeat(5000),
]

const numbers = [
  '-0',
  '1e400',
  '1e-400',
  '9'.repeat(400),
  '0x10',
  'NaN',
  '-Infinity',
  '01',
  '.5',
  '+1',
  '1_000',
]

const amounts = ['9'.repeat(130), '9'.repeat(131), '-1', '1.'.padEnd(60, '3'), ' 1', '1e5', '', '٣']

const names = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'id',
  'ask',
  '_tag',
  'at',
]

/** Ways to make a line, each of a generator of numbers and a number of its own. */
const kinds = [
  // Broken JSON.
  (pick) =>
    pick([
      '{',
      '}',
      '[',
      '"',
      '{"id"',
      '{"id":}',
      '{,}',
      "{'id':1}",
      'null',
      'true',
      '7',
      '""',
      '[]',
      '// x',
      '',
      ' ',
      '\t',
      '\r',
      '{}{}',
    ]),
  (pick, n, draw) =>
    Array.from({ length: 1 + draw(80) }, () =>
      pick('{}[]":,\\0123456789eE+-.truefalsn '.split('')),
    ).join(''),
  // Numbers and amounts.
  (pick, n) =>
    `{"id":"n${n}","ask":{"_tag":"Quote","asset":"ETH","risk":${pick(numbers)},"market":"1"}}`,
  (pick, n) =>
    `{"id":"n${n}","ask":{"_tag":"Quote","asset":"ETH","risk":"1","market":"1","at":${pick(numbers)}}}`,
  (pick, n) => JSON.stringify(quote(`a${n}`, { risk: pick(amounts) })),
  (pick, n) => JSON.stringify(take(`a${n}`, { limit: pick([...amounts, 100, true, null, {}]) })),
  // Depth and length.
  (pick, n, draw) => `${pick(['[', '{"a":'])}`.repeat(1 + draw(3000)),
  (pick, n, draw) => `{"id":"d${n}","ask":${'{"ask":'.repeat(draw(90))}1${'}'.repeat(draw(90))}}`,
  (pick, n, draw) =>
    JSON.stringify({ id: `l${n}`, ask: Array.from({ length: draw(2000) }, () => 1) }),
  // Names of the language.
  (pick, n) => `{"id":"p${n}","${pick(names)}":{"isAdmin":true},"ask":{"_tag":"${pick(names)}"}}`,
  (pick, n) =>
    `{"id":"p${n}","ask":{"_tag":"Quote","${pick(names)}":1,"asset":"${pick(names)}","risk":"1","market":"1"}}`,
  (pick, n) => `{"id":"p${n}","id":"q${n}","ask":{}}`,
  // Texts.
  (pick) => JSON.stringify(quote(pick(injections))),
  (pick, n) => JSON.stringify(quote(`t${n}`, { asset: pick(injections) })),
  (pick, n) => JSON.stringify(take(`t${n}`, { bidder: pick(injections) })),
  (pick, n) => JSON.stringify({ id: `t${n}`, ask: { ...take('').ask, lot: pick(injections) } }),
  (pick, n) =>
    `{"id":"t${n}\\u0000\\ud800","ask":{"_tag":"ToLot","lot":"\\udfff","command":{"_tag":"Settle"}}}`,
  (pick, n) => `{"id":"t${n}\u0000\u0007","ask":{}}`,
  // Wrong types.
  (pick, n) => JSON.stringify({ id: pick([1, null, [], {}, true]), ask: quote(`w${n}`).ask }),
  (pick, n) =>
    JSON.stringify({
      id: `w${n}`,
      ask: pick([1, null, [], 'Quote', { _tag: 'Nope' }, { _tag: 7 }]),
    }),
  (pick, n) =>
    JSON.stringify(take(`w${n}`, { want: pick([1, null, 'All', { _tag: 'Amount' }, []]) })),
  // Bytes that are no UTF-8.
  (pick, n, draw) => Buffer.from(Array.from({ length: 1 + draw(40) }, () => draw(256))),
  (pick, n) =>
    Buffer.concat([
      Buffer.from(`{"id":"u${n}`),
      Buffer.from(pick([[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80]])),
      Buffer.from('"}'),
    ]),
  // Fine ones, and parts of them.
  (pick, n) => JSON.stringify(quote(`f${n}`)),
  (pick, n) => JSON.stringify(take(`f${n}`)),
  (pick, n, draw) => JSON.stringify(quote(`f${draw(50)}`)),
  (pick, n, draw) => JSON.stringify(take(`x${n}`)).slice(0, draw(150)),
  (pick, n) => `\ufeff${JSON.stringify(quote(`b${n}`))}\r`,
]

const near = commands(injections)

/** Most bids come one after the other, as they do: an engine stores those together. */
const isOfBids = (n) => Math.floor(n / 64) % 4 > 0

/** The `n`-th line, as bytes, by a seed; each time the same. */
export const hostile = (seed, n) => {
  const next = random(seed * 1_000_003 + n)
  const draw = (below) => Math.floor(next() * below)
  const pick = (all) => all[draw(all.length)]
  const commands = near[isOfBids(n) ? 'bids' : 'all']
  const made =
    draw(4) < (isOfBids(n) ? 3 : 2)
      ? JSON.stringify(pick(commands)(pick, n, draw))
      : pick(kinds)(pick, n, draw)
  const bytes = typeof made === 'string' ? Buffer.from(made) : made
  return Buffer.from(bytes.map((byte) => (byte === 10 ? 32 : byte)))
}

/** A line of ten megabytes, of one of several kinds. */
export const huge = (n) => {
  const size = 10 * 2 ** 20
  const of = ['x', '[', '{"id":', '\\"', '\u00e9', '\u0000'][Math.floor(n) % 6]
  return Buffer.from(`"${of.repeat(Math.ceil(size / Buffer.byteLength(of)))}`)
}
