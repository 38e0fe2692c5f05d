/**
 * Sources: what an auction is told of prices, as data: chains of steps from the market price, joined by their median.
 *
 * Laws: SCN-5 (spec/27-scenario.md); each step is one of spec/19-oracle.md.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Fixed } from '../core/index.js'
import { Oracle, PricePath, Setting } from '../market/index.js'

// Model

/** What is done to what was known before. Spans are in seconds after the first price. */
export type Step =
  | { readonly _tag: 'Delayed'; readonly by: Fixed.Seconds }
  | ({ readonly _tag: 'Heartbeat' } & Omit<Oracle.Heartbeat, 'from' | 'to'>)
  | ({ readonly _tag: 'Breaker' } & Omit<Oracle.Breaker, 'from' | 'to'>)
  | ({ readonly _tag: 'Wrong'; readonly factor: Fixed.Ray } & Oracle.Span)
  | ({ readonly _tag: 'Silent' } & Oracle.Span)

export interface Sources {
  /** One or more, each the steps from the market price on, the first one first. */
  readonly sources: readonly (readonly Step[])[]
  /** How several are made one. */
  readonly quorum?: Oracle.Quorum
  /** The steps from there on. */
  readonly after?: readonly Step[]
}

/** What can be made of any market price, and how long it may take until it says one price only, or none, once that has come to rest. */
export interface Made {
  readonly of: (price: Oracle.Price) => Setting.Made<Oracle.Oracle>
  readonly rests: Fixed.Seconds
}

// Constructors

/** One source that knows the market price of so many seconds ago. */
export const late = (by: Fixed.Seconds): Sources => ({ sources: [[{ _tag: 'Delayed', by }]] })

interface Times {
  readonly from: Fixed.Seconds
  readonly to: Fixed.Seconds
}

const stepOf = (oracle: Oracle.Oracle, step: Step, times: Times): Setting.Made<Oracle.Oracle> => {
  switch (step._tag) {
    case 'Delayed':
      return Oracle.delayed(oracle, step.by)
    case 'Heartbeat':
      return Oracle.heartbeat(oracle, { ...step, ...times })
    case 'Breaker':
      return Oracle.breaker(oracle, { ...step, ...times })
    case 'Wrong':
      return pipe(
        spanOf(step, times),
        E.chain((span) => Oracle.wrong(oracle, span, step.factor)),
      )
    case 'Silent':
      return pipe(
        spanOf(step, times),
        E.map((span) => Oracle.silent(oracle, span)),
      )
  }
}

const spanOf = ({ from, until }: Oracle.Span, times: Times): Setting.Made<Oracle.Span> =>
  Setting.made(
    [
      ...Setting.unless(
        Number.isSafeInteger(from) && from >= 0,
        'SCN-5',
        'from',
        from,
        'a whole second after the first price, from 0 on',
      ),
      ...Setting.unless(
        Number.isSafeInteger(until) && until >= from,
        'SCN-5',
        'until',
        until,
        'a whole second, not before from',
      ),
    ],
    () => ({ from: times.from + from, until: times.from + until }),
  )

const chain = (
  path: string,
  steps: readonly Step[],
  times: Times,
  first: Oracle.Oracle,
): Setting.Made<Oracle.Oracle> =>
  steps.reduce<Setting.Made<Oracle.Oracle>>(
    (before, step, i) =>
      pipe(
        before,
        E.chain((oracle) => Setting.within(`${path}[${i}]`, stepOf(oracle, step, times))),
      ),
    E.right(first),
  )

const joined = (
  oracles: readonly Oracle.Oracle[],
  quorum: Oracle.Quorum | undefined,
): Setting.Made<Oracle.Oracle> => {
  const [only, ...others] = oracles
  if (quorum !== undefined) return Setting.within('quorum', Oracle.median(oracles, quorum))
  return only !== undefined && others.length === 0
    ? E.right(only)
    : E.left(
        Setting.unless(
          false,
          'SCN-5',
          'sources',
          oracles.length,
          'one, or a quorum that joins them',
        ),
      )
}

/** How long a step may still change what it says, once the price before it has come to rest so many seconds after the first. */
const restOf = (step: Step, settled: Fixed.Seconds): Fixed.Seconds => {
  switch (step._tag) {
    case 'Delayed':
      return step.by
    case 'Heartbeat':
      return step.heartbeat + step.every
    case 'Breaker':
      return step.holds + step.every
    case 'Wrong':
    case 'Silent':
      return Math.max(0, step.until - settled)
  }
}

const restsOf = (steps: readonly Step[], settled: Fixed.Seconds): Fixed.Seconds =>
  steps.reduce((at, step) => at + restOf(step, at), settled)

/** What is known from the first price of a path until an end (SCN-5). */
export const make = (
  { after = [], quorum, sources }: Sources,
  path: PricePath.PricePath,
  until: Fixed.Seconds,
): Setting.Made<Made> => {
  const times: Times = { from: path.from, to: until }
  const of: Made['of'] = (price) =>
    pipe(
      sources,
      E.traverseArrayWithIndex((i, steps) =>
        chain(`sources[${i}]`, steps, times, Oracle.direct(price)),
      ),
      E.chain((oracles) => joined(oracles, quorum)),
      E.chain((oracle) => chain('after', after, times, oracle)),
    )
  const settled = path.to - path.from
  const first = sources.reduce((most, steps) => Math.max(most, restsOf(steps, settled)), settled)
  const last = restsOf(after, first + (quorum?.maxAge ?? 0))
  return pipe(
    of((at) => PricePath.priceAt(path, at)),
    E.map(() => ({ of, rests: last - settled })),
  )
}
