/**
 * Telemetry for tests: a tracer and a meter that keep what they are told, in memory.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import type {
  Attributes,
  BatchObservableCallback,
  Meter,
  Observable,
  Span,
  SpanOptions,
  SpanStatus,
  Tracer,
} from '@opentelemetry/api'

/** A span that has begun: in which other one, and how it stands. */
export interface Kept {
  readonly name: string
  readonly parent: string | undefined
  readonly options: SpanOptions
  status: SpanStatus | undefined
  ended: number
}

export interface Tracing {
  readonly tracer: Tracer
  readonly spans: readonly Kept[]
}

/** A tracer whose spans know the one that they began in. */
export const tracing = (): Tracing => {
  const spans: Kept[] = []
  const current = new AsyncLocalStorage<Kept>()
  const startActiveSpan = <A>(name: string, options: SpanOptions, body: (span: Span) => A): A => {
    const kept: Kept = {
      name,
      parent: current.getStore()?.name,
      options,
      status: undefined,
      ended: 0,
    }
    spans.push(kept)
    const span = {
      setStatus: (status: SpanStatus) => {
        kept.status = status
        return span
      },
      end: () => {
        kept.ended += 1
      },
    } as unknown as Span
    return current.run(kept, () => body(span))
  }
  return { tracer: { startActiveSpan } as unknown as Tracer, spans }
}

type Series = Record<string, number>

export interface Metering {
  readonly meter: Meter
  /** What was counted, or how often something was recorded, by the name and its attributes. */
  readonly counted: Series
  /** What the gauges say when they are collected. */
  readonly collect: () => Promise<Series>
  /** The options of every instrument, by its name. */
  readonly instruments: Readonly<Record<string, { readonly unit?: string }>>
}

const named = (name: string, attributes: Attributes = {}): string =>
  [name, ...Object.entries(attributes).map(([key, value]) => `${key}=${String(value)}`)].join(' ')

/** A meter that adds up what is counted. */
export const metering = (): Metering => {
  const counted: Series = {}
  const instruments: Record<string, { readonly unit?: string }> = {}
  const callbacks = new Set<BatchObservableCallback>()
  const names = new Map<Observable, string>()
  const made = <A>(name: string, options: { readonly unit?: string } = {}, one: A): A => {
    instruments[name] = options
    return one
  }
  const plus = (name: string, value: number, attributes?: Attributes): void => {
    const key = named(name, attributes)
    counted[key] = (counted[key] ?? 0) + value
  }
  const meter = {
    createCounter: (name: string, options: object) =>
      made(name, options, {
        add: (value: number, attributes?: Attributes) => {
          plus(name, value, attributes)
        },
      }),
    createHistogram: (name: string, options: object) =>
      made(name, options, {
        record: (_: number, attributes?: Attributes) => {
          plus(name, 1, attributes)
        },
      }),
    createObservableGauge: (name: string, options: object) => {
      const gauge = {} as Observable
      names.set(gauge, name)
      return made(name, options, gauge)
    },
    addBatchObservableCallback: (callback: BatchObservableCallback) => callbacks.add(callback),
    removeBatchObservableCallback: (callback: BatchObservableCallback) =>
      callbacks.delete(callback),
  } as unknown as Meter
  return {
    meter,
    counted,
    instruments,
    collect: async () => {
      const seen: Series = {}
      for (const callback of callbacks)
        await callback({
          observe: (gauge, value, attributes) => {
            seen[named(names.get(gauge) ?? '', attributes)] = value
          },
        })
      return seen
    },
  }
}
