/**
 * Otel: what an engine and a store do, as OpenTelemetry spans and counters. Needs `@opentelemetry/api`;
 * where no SDK is set up, all of it costs next to nothing.
 *
 * The names are listed in docs/stores.md.
 *
 * @example
 * const store = Otel.store(Memory.make())
 * const engine = Otel.engine(Engine.make({ store, clock: Engine.systemClock }))
 */

import {
  type Attributes,
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
import type { Engine, Port, Request } from '../../engine/index.js'

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
