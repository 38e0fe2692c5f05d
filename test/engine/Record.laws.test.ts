/**
 * Laws of Record and Chain: spec/10-ports.md.
 */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import { Chain, type Port, Record } from '../../src/engine/index.js'
import { Events, History } from '../../src/testing/index.js'
import { law } from '../law.js'
import { root } from '../spec.js'
import { replayed } from './histories.js'
import { rowsOf } from './tamper.js'

const entryOf = (record: Record.Record): Port.Entry =>
  Chain.link(Chain.start, {
    stream: Record.streamOf(record),
    command: 'c',
    ...Record.write(record),
  })

law(
  'PRT-17',
  'every event is read from an entry as it was written',
  fc.property(Events.event, (event) => {
    expect(Record.read(entryOf(event))).toEqual(E.right(event))
  }),
)

law(
  'PRT-17',
  'every entry that an engine stores is read, and written again as it stands',
  fc.asyncProperty(History.history, async (history) => {
    const { store } = await replayed(history)
    for (const entry of (await rowsOf(store)).entries) {
      const record = Record.read(entry)
      expect(E.isRight(record) && Record.write(record.right)).toEqual({
        type: entry.type,
        format: entry.format,
        data: entry.data,
      })
    }
  }),
  { numRuns: 50 },
)

test('PRT-17 every format that was released is read as it was meant', () => {
  const file = readFileSync(join(root, 'test/engine/released/format-1.jsonl'), 'utf8')
  const lines = file.trim().split('\n')
  const tags = new Set<string>()
  for (const line of lines) {
    const entry = JSON.parse(line) as Port.Entry
    const record = Record.read(entry)
    expect(record).toMatchObject({ _tag: 'Right', right: { _tag: entry.type } })
    expect(Chain.hashOf(entry)).toBe(entry.hash)
    tags.add(entry.type)
  }
  const known = (Record.codec.schema as { anyOf: readonly unknown[] }).anyOf.length
  expect(tags.size).toBe(known)
})

test('PRT-17 a format that is none, or a later one, is refused with what it is', () => {
  const entry = entryOf({
    _tag: 'Quoted',
    at: 1,
    asset: 'ETH',
    risk: 1n as never,
    market: 1n as never,
  })
  for (const format of [Record.format + 1, 0, -1, 0.5, NaN])
    expect(Record.read({ ...entry, format })).toMatchObject({
      left: {
        rule: 'PRT-17',
        stream: 'price/ETH',
        sequence: 1,
        why: `format ${format}, wanted at most 1`,
      },
    })
  expect(Record.read({ ...entry, stream: 'price/BTC' })).toMatchObject({
    left: { why: 'it says that it is Quoted of price/BTC' },
  })
  expect(Record.read({ ...entry, data: '{' })).toMatchObject({ left: { rule: 'PRT-17' } })
})

test('PRT-17 an earlier format goes through each step up to that of now', () => {
  const upcasts = new Map<number, (type: string, value: unknown) => unknown>([
    [1, (type: string, value: unknown) => ({ ...(value as object), was: type })],
    [
      2,
      (_: string, value: unknown) => {
        const { from, was } = value as { from: string; was: string }
        return { _tag: was, at: 3, from, amount: '1' }
      },
    ],
  ])
  const read = Record.reader(3, upcasts)
  const old = {
    stream: 'treasury',
    sequence: 1,
    type: 'Received',
    format: 1,
    data: '{"from":"fees"}',
  }
  expect(read(old)).toEqual(E.right({ _tag: 'Received', at: 3, from: 'fees', amount: 10n ** 45n }))
})

law(
  'PRT-4',
  'the hash of an entry covers all of it, and what is cut another way is another entry',
  fc.property(
    fc.tuple(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }),
    ),
    fc.nat(),
    fc.nat(),
    ([stream, command, data], sequence, which) => {
      const entry = {
        stream,
        sequence,
        type: 'T',
        format: 1,
        command,
        data,
        previous: Chain.start.hash,
      }
      const hash = Chain.hashOf(entry)
      const others = [
        { ...entry, stream: `${stream}x` },
        { ...entry, sequence: sequence + 1 },
        { ...entry, type: 'U' },
        { ...entry, format: 2 },
        { ...entry, command: `${command}x` },
        { ...entry, data: `${data}x` },
        { ...entry, previous: hash },
        { ...entry, command: `${command}${data}`, data: '' },
        { ...entry, stream: `${stream}${sequence}`, sequence: which },
      ].filter((other) => JSON.stringify(other) !== JSON.stringify(entry))
      for (const other of others) expect(Chain.hashOf(other)).not.toBe(hash)
    },
  ),
)

test('PRT-4 the hash is the one that the rule says, and tells lone surrogates from how they are told', () => {
  const entry = {
    stream: 'é',
    sequence: 12,
    type: 'T',
    format: 1,
    command: '',
    data: '{}',
    previous: 'p',
  }
  const text = '1:p2:é2:121:T1:10:2:{}'
  expect(Chain.hashOf(entry)).toBe(createHash('sha256').update(text).digest('hex'))
  const lone = { ...entry, stream: '\ud800' }
  const told = { ...entry, stream: '"\\ud800"' }
  expect(Chain.hashOf(lone)).not.toBe(Chain.hashOf(told))
  expect(Chain.hashOf(lone)).not.toBe(Chain.hashOf({ ...entry, stream: '\ud801' }))
})
