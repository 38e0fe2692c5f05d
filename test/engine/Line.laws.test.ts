/**
 * Laws of Line: requests, answers and records as lines of JSON (spec/02-decimal.md), and their schemas, which a
 * validator reads that is not ours.
 */

import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import type { Shape } from '../../src/codec/index.js'
import { Denied, EngineSchemas, Line, Payable, Record, Request } from '../../src/engine/index.js'
import { Events, History } from '../../src/testing/index.js'
import { spoiled } from '../codec/spoiled.js'
import { examplePosition, exampleTreasuryTerms, price } from '../example.js'
import { law } from '../law.js'
import { founding, replayed } from './histories.js'
import { founding as examples } from './world.js'

type Name = keyof typeof EngineSchemas.schemas

const codecs: { readonly [Key in Name]: Shape.Codec<unknown> } = {
  request: Request.codec as Shape.Codec<unknown>,
  answer: Line.codec as Shape.Codec<unknown>,
  record: Record.codec as Shape.Codec<unknown>,
  payment: Payable.codec as Shape.Codec<unknown>,
  refusal: Denied.codec as Shape.Codec<unknown>,
}

const names = Object.keys(codecs) as readonly Name[]
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true })
const validators = new Map(names.map((name) => [name, ajv.compile(EngineSchemas.schemas[name])]))

/** What a value is as JSON. */
const written = (name: Name, value: unknown): unknown =>
  JSON.parse(JSON.stringify(codecs[name].encode(value)))

const bothAllow = (name: Name, json: unknown): readonly [schema: boolean, codec: boolean] => [
  validators.get(name)?.(json) === true,
  E.isRight(codecs[name].decode(json)),
]

/** Read back as it was written, and allowed by the schema. */
const same = (name: Name, value: unknown): void => {
  const json = written(name, value)
  const decoded = codecs[name].decode(json)
  // The arbitraries make some records without a prototype: not toStrictEqual.
  expect(E.isRight(decoded) ? decoded.right : decoded.left.map(({ message }) => message)).toEqual(
    value,
  )
  expect(codecs[name].is(value)).toBe(true)
  expect(bothAllow(name, json)).toEqual([true, true])
}

const refusals: readonly Denied.OfEngine[] = [
  { _tag: 'NotFound', rule: 'PRT-1', what: 'lot', name: 'MAIN/1' },
  { _tag: 'NameTaken', rule: 'PRT-2', name: 'TREASURY' },
  { _tag: 'OtherCommand', rule: 'PRT-5', id: 'c-1' },
  { _tag: 'NoAuthority', rule: 'PRT-6', needs: 'time' },
  { _tag: 'StalePrice', rule: 'PRT-8', asset: 'ETH', quotedAt: 1, at: 9, maxPriceAge: 5 },
  { _tag: 'Busy', rule: 'PRT-10', attempts: 16 },
  { _tag: 'PositionMoved', rule: 'PRT-11', seen: NaN, stands: 2 },
  {
    _tag: 'Hazardous',
    rule: 'PRT-19',
    hazard: 'PAR-1',
    parameter: 'ceiling',
    given: '0',
    wanted: 'at least 1',
  },
  { _tag: 'NotEstablished', rule: 'PRT-20' },
  { _tag: 'BadEstablishment', rule: 'PRT-20', what: 'money', given: -1, wanted: 45 },
]

const answers: readonly Line.Reply[] = [
  ...refusals.map((refusal): Line.Reply => ({ _tag: 'Refused', id: 'c-1', refusal })),
  { _tag: 'Done', id: 'a\u2028', happened: [] },
  { _tag: 'Failed', id: '', failure: { _tag: 'Unavailable', what: 'store', why: 'gone' } },
  {
    _tag: 'Failed',
    id: 'c',
    failure: { _tag: 'Unreadable', rule: 'PRT-17', stream: 'house', sequence: 1, why: 'format 9' },
  },
  {
    _tag: 'Misread',
    line: 3,
    problem: { rule: 'DEC-17', field: 'json', found: '\ud800', wanted: 'a JSON value' },
  },
  {
    _tag: 'Misread',
    line: 4,
    id: 'c-4',
    problem: { rule: 'DEC-18', field: 'ask', found: '', wanted: 'this field' },
  },
]

const records: readonly Record.Record[] = [
  {
    _tag: 'Established',
    at: 7,
    treasury: exampleTreasuryTerms,
    money: 6,
    tokens: [{ token: 'ETH', places: 18 }],
  },
  { _tag: 'Held', at: 7, position: examplePosition },
  { _tag: 'Quoted', at: 7, asset: 'ETH', risk: price(1400n), market: price(1401n) },
  {
    _tag: 'Checkpointed',
    at: 7,
    cursor: '4',
    heads: [{ stream: 'house', sequence: 2, hash: '0' }],
  },
]

const payment = {
  key: 'lot/MAIN/1/2/0',
  stream: 'lot/MAIN/1',
  sequence: 2,
  direction: 'collect',
  party: 'Bidder ann',
  token: 'Money',
  units: 10n ** 30n,
}

test('DEC-25 every refusal of an engine, every kind of answer, what a host records and payments are read back', () => {
  for (const one of refusals) same('refusal', one)
  for (const one of answers) same('answer', one)
  for (const one of records) same('record', one)
  for (const one of examples) same('request', one)
  same('payment', payment)
})

law(
  'DEC-25',
  'every event is a record that is read back as it was written',
  fc.property(Events.event, (event) => {
    same('record', event)
  }),
)

/** Whether all numbers of a value are ones that can be written: others are refused when they are read. */
const isWritable = (value: unknown): boolean =>
  typeof value === 'number'
    ? Number.isSafeInteger(value)
    : typeof value !== 'object' || value === null || Object.values(value).every(isWritable)

law(
  'DEC-25',
  'what is asked and answered in whole histories is read back as it was written',
  fc.asyncProperty(History.history, async (history) => {
    const { answers } = await replayed(history)
    for (const one of answers) {
      same('answer', one)
      if (one._tag === 'Done') for (const { record } of one.happened) same('record', record)
      if (one._tag === 'Refused') same('refusal', one.refusal)
    }
    const asked = history.commands.map((ask, i): Request.Request => ({ id: `c${i}`, ask }))
    for (const one of [...founding(history), ...asked]) if (isWritable(one)) same('request', one)
  }),
  { numRuns: 60 },
)

const all: readonly (readonly [Name, unknown])[] = [
  ...examples.map((one) => ['request', written('request', one)] as const),
  ...answers.map((one) => ['answer', written('answer', one)] as const),
  ...records.map((one) => ['record', written('record', one)] as const),
  ...refusals.map((one) => ['refusal', written('refusal', one)] as const),
  ['payment', written('payment', payment)],
]

law(
  'DEC-26',
  'requests, answers, records, payments and refusals are allowed, or not, by schema and codec alike',
  fc.property(
    fc
      .oneof(
        fc.constantFrom(...all),
        Events.event.map((event) => ['record', written('record', event)] as const),
      )
      .chain(([name, json]) => fc.tuple(fc.constant(name), spoiled(json))),
    ([name, other]) => {
      const [schema, codec] = bothAllow(name, other)
      expect({ name, schema, other }).toEqual({ name, schema: codec, other })
    },
  ),
  { numRuns: 1000 },
)

test('DEC-26 an answer is told apart by its field, and has one of them', () => {
  const both = { id: 'c', events: [], refusal: { _tag: 'NotEstablished', rule: 'PRT-20' } }
  for (const json of [{}, { id: 'c' }, [], null, both])
    expect(bothAllow('answer', json)).toEqual([false, false])
})

test('DEC-18 a line that is no request is told with its number, its id where it has one, and no more than a part of it', () => {
  const problem = (text: string): unknown => {
    const read = Line.read(7, text)
    return E.isLeft(read) ? JSON.parse(Line.write(read.left)) : 'a request'
  }
  expect(problem('{"id":"c-1","ask":{"_tag":"Quote"}}')).toEqual({
    line: 7,
    id: 'c-1',
    problem: { rule: 'DEC-18', field: 'ask.asset', found: '', wanted: 'this field' },
  })
  const long = 'x'.repeat(10_000)
  expect(problem(`{"id":"c-1","ask":${JSON.stringify(long)}}`)).toMatchObject({
    line: 7,
    id: 'c-1',
    problem: { rule: 'DEC-19', field: 'ask', found: 'x'.repeat(64) },
  })
  expect(problem('[{"id":"c-1"}]')).toMatchObject({ problem: { field: 'json', rule: 'DEC-18' } })
  expect(problem(`"${long}"`)).toMatchObject({ problem: { field: 'json', rule: 'DEC-18' } })
  expect(problem('{"id":"c","id":"d"}')).toEqual({
    line: 7,
    problem: { rule: 'DEC-17', field: 'id', found: '"id"', wanted: 'this field once' },
  })
})
