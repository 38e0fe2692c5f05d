/**
 * Otel: what an engine and a store do, as OpenTelemetry spans and counters; how a store stands, as gauges. Needs
 * `@opentelemetry/api`; where no SDK is set up, all of it costs next to nothing.
 *
 * The names are listed in docs/stores.md.
 *
 * @example
 * const store = Otel.store(Memory.make())
 * const engine = Otel.engine(Engine.make({ store, clock: Engine.systemClock }))
 * const stop = Otel.watch(store, Engine.systemClock)
 */

import {
  type Attributes,
  type BatchObservableCallback,
  metrics,
  type Meter,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api'
import * as E from 'fp-ts/lib/Either.js'
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { Decimal } from '../../codec/index.js'
import type { Fixed } from '../../core/index.js'
import { type Engine, Gauges, type Port, type Request } from '../../engine/index.js'

// Model

/** Where spans and counters go: to what the host has set up, unless something else is given. */
export interface Telemetry {
  readonly tracer?: Tracer
  readonly meter?: Meter
}

const NAME = 'knockdown'

const tracerOf = ({ tracer }: Telemetry): Tracer => tracer ?? trace.getTracer(NAME)
const meterOf = ({ meter }: Telemetry): Meter => meter ?? metrics.getMeter(NAME)

// Spans

const why = (left: unknown): string =>
  typeof left === 'object' && left !== null && '_tag' in left ? String(left._tag) : 'failed'

/** A span around a task: it fails where the task does, by its rejection or by what it answers. */
const spanned = <A>(
  tracer: Tracer,
  name: string,
  kind: SpanKind,
  attributes: Attributes,
  task: Task<A>,
  failure: (result: A) => string | undefined,
): Task<A> => {
  return () =>
    tracer.startActiveSpan(name, { kind, attributes }, async (span) => {
      try {
        const result = await task()
        const failed = failure(result)
        if (failed !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: failed })
        return result
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: 'rejected' })
        throw error
      } finally {
        span.end()
      }
    })
}

const leftOf = (result: E.Either<unknown, unknown>): string | undefined =>
  E.isLeft(result) ? why(result.left) : undefined

// Wrapping

const counted = (answer: Request.Answer): Attributes => {
  switch (answer._tag) {
    case 'Done':
      return { result: 'done' }
    case 'Refused':
      return { result: 'refused', refusal: answer.refusal._tag, rule: answer.refusal.rule }
    case 'Failed':
      return { result: 'failed', failure: answer.failure._tag }
  }
}

/** An engine that tells of every call (a span), its time (a histogram), and every answer and event (counters). */
export const engine = (engine: Engine.Engine, telemetry: Telemetry = {}): Engine.Engine => {
  const [tracer, meter] = [tracerOf(telemetry), meterOf(telemetry)]
  const requests = meter.createCounter('knockdown.requests', { description: 'Requests answered' })
  const events = meter.createCounter('knockdown.events', {
    description: 'Events that answers tell of',
  })
  const duration = meter.createHistogram('knockdown.execute.duration', {
    description: 'From a call to its answers',
    unit: 'ms',
  })
  return {
    ...engine,
    execute: (granted) => (asked) =>
      spanned(
        tracer,
        'knockdown.execute',
        SpanKind.INTERNAL,
        { 'knockdown.requests': asked.length },
        async () => {
          const start = performance.now()
          const answers = await engine.execute(granted)(asked)()
          duration.record(performance.now() - start)
          for (const answer of answers) {
            requests.add(1, counted(answer))
            if (answer._tag !== 'Done') continue
            for (const { record } of answer.happened) events.add(1, { type: record._tag })
          }
          return answers
        },
        (answers) => answers.find(({ _tag }) => _tag === 'Failed')?._tag,
      ),
  }
}

/** A store that tells of every reading, append and lock (spans), and of conflicts (a counter). */
export const store = (store: Port.EventStore, telemetry: Telemetry = {}): Port.EventStore => {
  const [tracer, meter] = [tracerOf(telemetry), meterOf(telemetry)]
  const conflicts = meter.createCounter('knockdown.store.conflicts', {
    description: 'Appends that came too late',
  })
  const client = <E, A>(
    name: string,
    attributes: Attributes,
    task: TaskEither<E, A>,
  ): TaskEither<E, A> =>
    spanned(tracer, `knockdown.store.${name}`, SpanKind.CLIENT, attributes, task, leftOf)
  const session = ({ append, read }: Port.Session): Port.Session => ({
    read: (wanted) => client('read', { 'knockdown.streams': wanted.streams.length }, read(wanted)),
    append: (write) =>
      client('append', { 'knockdown.entries': write.entries.length }, async () => {
        const result = await append(write)()
        if (E.isLeft(result) && result.left._tag === 'Conflict') conflicts.add(1)
        return result
      }),
  })
  return {
    ...store,
    ...session(store),
    alone: (locks, body) =>
      client(
        'alone',
        { 'knockdown.locks': [...locks] },
        store.alone(locks, (inner) => body(session(inner))),
      ),
    deliver: (limit, send) =>
      client('deliver', { 'knockdown.limit': limit }, store.deliver(limit, send)),
  }
}

// Watching

/** Money as the double that is nearest: for telemetry, and not for accounts. */
const money = (amount: Fixed.Rad): number => Number(Decimal.formatRad(amount))

/**
 * Gauges of how a store stands, which follow its feed and read its totals whenever they are collected. Where the store
 * or the clock does not answer, nothing is observed. Answers how to end them.
 */
export const watch = (
  store: Pick<Port.EventStore, 'read' | 'since'>,
  clock: Port.Clock,
  telemetry: Pick<Telemetry, 'meter'> = {},
): (() => void) => {
  const meter = meterOf(telemetry)
  const gauge = (name: string, description: string, unit?: string) =>
    meter.createObservableGauge(`knockdown.${name}`, {
      description,
      ...(unit === undefined ? {} : { unit }),
    })
  const gauges = {
    open: gauge('lots.open', 'Lots that are for sale'),
    stale: gauge('lots.stale', 'Lots that wait for a reset, a restart or a settlement'),
    room: gauge('room', 'Money that may yet be in flight under the ceilings'),
    queued: gauge('debt.queued', 'Losses that wait'),
    losses: gauge('losses', 'What the treasury has to cover'),
    surplus: gauge('surplus', "The treasury's own money"),
    age: gauge('price.age', 'For how long a price has not been said anew', 's'),
  }
  const all = Object.values(gauges)
  const watched = Gauges.make()
  const now = Gauges.read(watched, store, clock)
  let reading: ReturnType<typeof now> | undefined
  /** Collections that meet share one reading. */
  const shared = (): ReturnType<typeof now> => {
    reading ??= now().finally(() => {
      reading = undefined
    })
    return reading
  }
  const observe: BatchObservableCallback = async (observer) => {
    const read = await shared()
    if (E.isLeft(read)) return
    const { lots, priceAge, room, roomOf, treasury } = read.right
    for (const { auction, line, open, stale } of lots) {
      observer.observe(gauges.open, open, { line, auction })
      observer.observe(gauges.stale, stale, { line, auction })
    }
    observer.observe(gauges.room, money(room), { of: 'house' })
    for (const [line, left] of roomOf)
      observer.observe(gauges.room, money(left), { of: 'line', line })
    observer.observe(gauges.queued, money(treasury.queued))
    observer.observe(gauges.losses, money(treasury.losses))
    observer.observe(gauges.surplus, money(treasury.surplus))
    for (const [asset, age] of priceAge) observer.observe(gauges.age, age, { asset })
  }
  meter.addBatchObservableCallback(observe, all)
  return () => {
    meter.removeBatchObservableCallback(observe, all)
  }
}
