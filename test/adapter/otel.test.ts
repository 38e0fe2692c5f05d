/**
 * Otel: what a tracer and a meter are told of an engine and a store.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { SpanKind, SpanStatusCode } from '@opentelemetry/api'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import { Memory } from '../../src/adapter/memory/index.js'
import { Otel } from '../../src/adapter/otel/index.js'
import { Engine, type Port } from '../../src/engine/index.js'
import { nothing } from '../../src/engine/Port.js'
import { all, founded, founding, opening, taking } from '../engine/world.js'
import { metering, tracing } from './telemetry.js'

const clock: Port.Clock = { now: TE.right(1000) }

/** An engine and its store, both told of. */
const told = (inner: Port.EventStore = Memory.make()) => {
  const { meter, ...metered } = metering()
  const { spans, tracer } = tracing()
  const store = Otel.store(inner, { meter, tracer })
  const engine = Otel.engine(Engine.make({ store, clock }), { meter, tracer })
  return { engine, store, spans, meter, ...metered }
}

test('a call is a span, and the steps on the store are spans in it', async () => {
  const { engine, spans } = told()
  await engine.execute(all)(founding)()
  spans.forEach(({ ended }) => {
    expect(ended).toBe(1)
  })
  const [first, ...others] = spans
  expect(first).toMatchObject({
    name: 'knockdown.execute',
    parent: undefined,
    options: { kind: SpanKind.INTERNAL, attributes: { 'knockdown.requests': 5 } },
    status: undefined,
  })
  expect(new Set(others.map(({ name, parent }) => `${parent} > ${name}`))).toEqual(
    new Set([
      'knockdown.execute > knockdown.store.alone',
      'knockdown.execute > knockdown.store.read',
      'knockdown.execute > knockdown.store.append',
      'knockdown.store.alone > knockdown.store.read',
      'knockdown.store.alone > knockdown.store.append',
    ]),
  )
  expect(others.find(({ name }) => name === 'knockdown.store.alone')?.options).toMatchObject({
    kind: SpanKind.CLIENT,
    attributes: { 'knockdown.locks': ['house'] },
  })
  expect(
    others.filter(({ name }) => name === 'knockdown.store.append').at(-1)?.options,
  ).toMatchObject({ attributes: { 'knockdown.entries': 1 } })
})

test('answers are counted by what they are, refusals by their rule, and events by their type', async () => {
  const { counted, engine } = told()
  await engine.execute(all)(founding)()
  await engine.execute(all)([{ id: 'open', ask: opening }])()
  await engine.execute(new Set())([
    { id: 'open', ask: opening },
    { id: 'take', ask: taking() },
    { id: 'take', ask: taking('1') },
  ])()
  expect(counted).toEqual({
    'knockdown.requests result=done': 7,
    'knockdown.requests result=refused refusal=NoAuthority rule=PRT-6': 1,
    'knockdown.requests result=refused refusal=OtherCommand rule=PRT-5': 1,
    'knockdown.events type=Established': 1,
    'knockdown.events type=TermsChanged': 1,
    'knockdown.events type=HouseChanged': 1,
    'knockdown.events type=Held': 2,
    'knockdown.events type=Quoted': 1,
    'knockdown.events type=Opened': 1,
    'knockdown.events type=Taken': 1,
    'knockdown.events type=Closed': 1,
    'knockdown.execute.duration': 3,
  })
})

test('what fails is flagged: by what is answered, by its kind, and where a task rejects', async () => {
  const gone: Port.Unavailable = { _tag: 'Unavailable', what: 'store', why: 'gone' }
  const { counted, engine, spans } = told({ ...Memory.make(), read: () => TE.left(gone) })
  await engine.execute(all)([{ id: 'take', ask: taking() }])()
  expect(spans.map(({ name, status }) => [name, status])).toEqual([
    ['knockdown.execute', { code: SpanStatusCode.ERROR, message: 'Failed' }],
    ['knockdown.store.read', { code: SpanStatusCode.ERROR, message: 'Unavailable' }],
  ])
  expect(counted['knockdown.requests result=failed failure=Unavailable']).toBe(1)

  const { spans: others, store } = told({
    ...Memory.make(),
    deliver: () => () => Promise.reject(new Error('no')),
  })
  await expect(store.deliver(7, () => TE.right([]))()).rejects.toThrow('no')
  expect(others).toMatchObject([
    {
      name: 'knockdown.store.deliver',
      options: { attributes: { 'knockdown.limit': 7 } },
      status: { code: SpanStatusCode.ERROR, message: 'rejected' },
      ended: 1,
    },
  ])
})

test('appends that come too late are counted, alone or not', async () => {
  const { counted, spans, store } = told()
  const outcomes = [{ id: 'c', fingerprint: 'f', answer: 'a' }]
  expect(await store.append({ ...nothing, outcomes })()).toMatchObject({ _tag: 'Right' })
  expect(counted).toEqual({})
  expect(await store.append({ ...nothing, outcomes })()).toEqual(E.left({ _tag: 'Conflict' }))
  expect(await store.alone([], (session) => session.append({ ...nothing, outcomes }))()).toEqual(
    E.left({ _tag: 'Conflict' }),
  )
  expect(counted).toEqual({ 'knockdown.store.conflicts': 2 })
  expect(spans.slice(1).map(({ name, status }) => [name, status?.message])).toEqual([
    ['knockdown.store.append', 'Conflict'],
    ['knockdown.store.alone', 'Conflict'],
    ['knockdown.store.append', 'Conflict'],
  ])
})

test('gauges show a store whenever they are collected, from whichever process it changes, until they are ended', async () => {
  const { ask, clock: hand, store } = await founded()
  const { collect, instruments, meter } = metering()
  let readings = 0
  const counting: Port.EventStore['since'] = (after, limit) => {
    readings += 1
    return store.since(after, limit)
  }
  const stop = Otel.watch({ ...store, since: counting }, hand, { meter })
  hand.at = 1060
  await ask('open', opening)
  const both = await Promise.all([collect(), collect()])
  expect(both[1]).toEqual(both[0])
  expect(readings).toBe(1)
  expect(both[0]).toEqual({
    'knockdown.lots.open line=MAIN auction=Dutch': 1,
    'knockdown.lots.open line=MAIN auction=English': 0,
    'knockdown.lots.open line=TREASURY auction=English': 0,
    'knockdown.lots.stale line=MAIN auction=Dutch': 0,
    'knockdown.lots.stale line=MAIN auction=English': 0,
    'knockdown.lots.stale line=TREASURY auction=English': 0,
    'knockdown.room of=house': 4_988_700,
    'knockdown.room of=line line=MAIN': 988_700,
    'knockdown.debt.queued': 0,
    'knockdown.losses': 21.3,
    'knockdown.surplus': 0,
    'knockdown.price.age asset=ETH': 60,
  })
  expect(instruments['knockdown.price.age']).toMatchObject({ unit: 's' })
  hand.at = 1070
  await ask('take', taking())
  expect(await collect()).toMatchObject({
    'knockdown.lots.open line=MAIN auction=Dutch': 0,
    'knockdown.room of=house': 5_000_000,
    'knockdown.price.age asset=ETH': 70,
  })
  stop()
  expect(await collect()).toEqual({})
})

test('gauges say nothing while a store does not answer', async () => {
  const { clock: hand, store } = await founded()
  const { collect, meter } = metering()
  let isGone = true
  const gone: Port.Unavailable = { _tag: 'Unavailable', what: 'store', why: 'gone' }
  Otel.watch(
    { ...store, since: (after, limit) => (isGone ? TE.left(gone) : store.since(after, limit)) },
    hand,
    { meter },
  )
  expect(await collect()).toEqual({})
  isGone = false
  expect(await collect()).toMatchObject({ 'knockdown.room of=house': 5_000_000 })
})

test('without an SDK all of it does nothing but what it wraps', async () => {
  const store = Otel.store(Memory.make())
  const engine = Otel.engine(Engine.make({ store, clock }))
  const answers = await engine.execute(all)(founding)()
  expect(answers.map(({ _tag }) => _tag)).toEqual(founding.map(() => 'Done'))
  Otel.watch(store, clock)()
})

test('every instrument and span is in docs/stores.md', async () => {
  const doc = readFileSync(join(import.meta.dirname, '../../docs/stores.md'), 'utf8')
  const { engine, instruments, meter, spans, store } = told()
  Otel.watch(store, clock, { meter })
  await engine.execute(all)(founding)()
  await store.deliver(1, () => TE.right([]))()
  expect(Object.keys(instruments).length).toBe(11)
  for (const name of Object.keys(instruments)) expect(doc).toContain(`\`${name}\``)
  for (const { name } of spans)
    expect(doc).toMatch(
      new RegExp(`\`(${name.replaceAll('.', '\\.')}|\\.${name.split('.').at(-1) ?? ''})\``),
    )
})
