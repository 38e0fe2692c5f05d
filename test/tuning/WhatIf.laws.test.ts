/**
 * Laws of WhatIf over the logs of simulated days: spec/30-whatif.md.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'
import { Events, LogLines } from '../../src/codec/index.js'
import { Curve, type Event, Fixed, type Terms } from '../../src/core/index.js'
import { Happened, Journal } from '../../src/maker/index.js'
import { Arbitrary } from '../../src/testing/index.js'
import { Fate, Presets, Recorded, Simulate, Told, WhatIf } from '../../src/tuning/index.js'
import { right } from '../example.js'
import { law } from '../law.js'
import { drawn } from './scenario.js'

const base = Presets.presets['dutch-default']
const clipper = Presets.presets['maker-clipper']

const selling = (terms: Terms.Terms, change: Partial<Terms.Dutch>): Terms.Terms => ({
  ...terms,
  collaterals: terms.collaterals.map((one) =>
    one.sale._tag === 'Dutch' ? { ...one, sale: { ...one.sale, ...change } } : one,
  ),
})

const share = (percent: number): Fixed.Ray => Fixed.ray((BigInt(percent) * Fixed.RAY) / 100n)

/** A curve that falls, quickly or slowly. */
const falling: fc.Arbitrary<Curve.Curve> = fc.oneof(
  fc.bigInt(300n, 20_000n).map(Curve.unchecked.linear),
  fc
    .tuple(fc.bigInt(1n, 300n), fc.integer({ min: 90, max: 99 }))
    .map(([every, keep]) => Curve.unchecked.stairs(every, share(keep))),
  fc
    .bigInt(9_900n, 9_999n)
    .map((keep) => Curve.unchecked.exponential(Fixed.ray((keep * Fixed.RAY) / 10_000n))),
)

const resets: fc.Arbitrary<Terms.ResetRule> = fc
  .tuple(fc.bigInt(120n, 6000n), fc.integer({ min: 0, max: 95 }))
  .map(([after, below]) => ({ _tag: 'WhenStale', after, below: share(below) }))

/** Part of the settings of a Dutch sale. */
const sale: fc.Arbitrary<Partial<Terms.Dutch>> = fc.record({
  curve: falling,
  reset: resets,
  markup: fc.integer({ min: 90, max: 160 }).map(share),
})

const sound: fc.Arbitrary<Terms.Terms> = fc
  .tuple(fc.constantFrom(base, clipper), sale)
  .map(([terms, change]) => selling(terms, change))

/** Terms that nobody would choose, on a curve that never rises. */
const wild: fc.Arbitrary<Terms.Terms> = fc
  .tuple(
    sound,
    Arbitrary.dutch.filter(({ curve }) => Curve.hazards(curve).length === 0),
  )
  .map(([terms, { curve, edges, emptySale, minLeft }]) =>
    selling(terms, { curve, edges, emptySale, minLeft }),
  )

const happened = (stage: Parameters<typeof Simulate.on>[0]): readonly Simulate.Caused[] => {
  let all: readonly Simulate.Caused[] = []
  right(
    Simulate.on(stage, {
      onEnd: (log) => {
        all = log
      },
    }),
  )
  return all
}

const feedOf = ({ command }: Simulate.Caused): Fixed.Ray | undefined => {
  if (command._tag === 'Open') return command.quotes[0]?.market
  return command._tag === 'ToLot' && command.command._tag === 'Reset'
    ? command.command.market
    : undefined
}

/** A simulated day as what a log tells, with what starts read, or without. */
const toldOf = (
  terms: Terms.Terms,
  all: readonly Simulate.Caused[],
  isFed: boolean,
): readonly Told.Told[] => [
  { line: 1, record: { _tag: 'TermsChanged', line: terms.line, at: 0, terms } },
  ...all.map((one, i) => {
    const feed = isFed ? feedOf(one) : undefined
    return { line: i + 2, record: one.event, ...(feed === undefined ? {} : { feed }) }
  }),
]

const isOpened = ({ event }: Simulate.Caused): boolean => event._tag === 'Opened'

interface Day {
  readonly terms: Terms.Terms
  readonly caused: readonly Simulate.Caused[]
}

const days = (terms: fc.Arbitrary<Terms.Terms>): fc.Arbitrary<Day> =>
  drawn(terms)
    .map((stage) => ({ terms: stage.terms, caused: happened(stage) }))
    .filter(({ caused }) => caused.some(isOpened))

const logOf = ({ caused, terms }: Day, isFed = true): Recorded.Log =>
  right(Recorded.make(toldOf(terms, caused, isFed)))

const same = (terms: Terms.Terms): E.Either<never, Terms.Terms> => E.right(terms)

const under = (log: Recorded.Log, change: (terms: Terms.Terms) => Terms.Terms): WhatIf.WhatIf =>
  right(WhatIf.run(log, (terms) => E.right(change(terms))))

/** An event but for when it was. */
const timeless = (event: Event.Opened | Event.OfDutch) => ({ ...event, at: 0 })

const takesIn = ({ events }: Fate.Fate) =>
  events.flatMap((event) => (event._tag === 'Taken' ? [event] : []))

const seen = { takes: 0, resets: 0, earlier: 0, cut: 0, bad: 0, open: 0 }

const isReproduced = ({ changed, missed, recorded }: WhatIf.OfLot): boolean => {
  const [before, after] = [recorded.events, changed.events]
  expect(after.map(timeless)).toEqual(before.map(timeless))
  expect(missed).toBe(0)
  expect(changed.rewards).toBe(recorded.rewards)
  for (const [i, event] of after.entries()) {
    const at = before[i]?.at ?? 0
    if (event._tag === 'Opened' || event._tag === 'Reset') expect(event.at).toBe(at)
    else expect(event.at).toBeLessThanOrEqual(at)
    if (event.at < at) seen.earlier += 1
  }
  seen.takes += changed.takes
  seen.resets += changed.of.resets
  seen.bad += changed.of.bad > 0n ? 1 : 0
  seen.open += changed.open.collateral > 0n ? 1 : 0
  seen.cut += takesIn(changed).filter(
    ({ bought, penalty, price, repaid }) => bought * price !== repaid + penalty,
  ).length
  return true
}

law(
  'WIF-6',
  'under its own terms a log comes about again, purchase by purchase and start by start, and no later',
  fc.property(days(fc.oneof(sound, wild)), (day) =>
    right(WhatIf.run(logOf(day), same)).lots.every(isReproduced),
  ),
  // As many as the next test counts on.
  { numRuns: 200 },
)

test('WIF-6 purchases that are earlier and that are cut, new starts, bad debt and open lots were among them', () => {
  expect(Object.entries(seen).filter(([, count]) => count < 10)).toEqual([])
})

law(
  'WIF-6',
  'without what starts read, all but the rewards are the same',
  fc.property(days(sound), (day) => {
    const unpaid = ({ events }: Fate.Fate) =>
      events.map((event) => ({ ...timeless(event), reward: 0n }))
    const { lots } = right(WhatIf.run(logOf(day, false), same))
    expect(lots.map(({ changed }) => unpaid(changed))).toEqual(
      lots.map(({ recorded }) => unpaid(recorded)),
    )
  }),
  { numRuns: 60 },
)

const isWhole = ({ collateral, debt }: Fate.Totals): boolean =>
  debt.seized === debt.repaid + debt.open + debt.bad + debt.cancelled &&
  collateral.seized ===
    collateral.sold + collateral.open + collateral.returned + collateral.cancelled

law(
  'WIF-5',
  'nothing seized is lost from sight under other terms',
  fc.property(days(sound), sale, (day, change) => {
    const { changed, lots, recorded } = under(logOf(day), (terms) => selling(terms, change))
    return (
      isWhole(recorded) &&
      isWhole(changed) &&
      changed.debt.seized === recorded.debt.seized &&
      changed.collateral.seized === recorded.collateral.seized &&
      lots.every((lot) => isWhole(Fate.totals([lot.changed])))
    )
  }),
)

law(
  'WIF-3',
  'nobody pays more for a unit than he did, nor buys before the start that he bought after',
  fc.property(days(sound), sale, (day, change) => {
    const log = logOf(day)
    const { lots } = under(log, (terms) => selling(terms, change))
    return lots.every(({ changed }, i) =>
      takesIn(changed).every(({ at, bidder, price }) =>
        log.lots[i]?.takes.some(
          (take) => take.bidder === bidder && price <= take.limit && at >= take.since,
        ),
      ),
    )
  }),
)

law(
  'WIF-4',
  'a new start is of a stale lot, from a price that the log tells; without anybody who waits none is made up',
  fc.property(days(sound), sale, (day, change) => {
    const log = logOf(day)
    const markets = new Set([...log.markets.values()].flat().map(({ market }) => market))
    const { lots } = under(log, (terms) => selling(terms, change))
    return lots.every(({ changed, recorded }) => {
      const starts = changed.events.flatMap((event) => (event._tag === 'Reset' ? [event] : []))
      const markup = change.markup ?? Fixed.RAY
      const known = new Set([...markets].map((market) => (market * markup) / Fixed.RAY))
      return (
        starts.every(({ startPrice }) => known.has(startPrice)) &&
        starts.filter(({ at }) => at > log.end).length <= 1 &&
        (recorded.takes > 0 || starts.length <= recorded.of.resets)
      )
    })
  }),
)

law(
  'WIF-2',
  'a lot opens when it did with what it had, from its market price times the markup',
  fc.property(days(sound), sale, (day, change) => {
    const log = logOf(day)
    const { lots } = under(log, (terms) => selling(terms, change))
    return lots.every(({ changed, recorded }, i) => {
      const [before, after] = [recorded.events[0], changed.events[0]]
      if (before?._tag !== 'Opened' || after?._tag !== 'Opened') return false
      const { market } = log.lots[i] as Recorded.Recorded
      expect(after).toEqual({
        ...before,
        start: {
          _tag: 'Dutch',
          startPrice: (market * (change.markup ?? 0n)) / Fixed.RAY,
        },
      })
      return true
    })
  }),
)

// Faster and slower

const never: Terms.ResetRule = { _tag: 'Never' }

/** A curve that nowhere is above the other. */
const faster: fc.Arbitrary<readonly [Curve.Curve, Curve.Curve]> = fc.oneof(
  fc
    .tuple(fc.bigInt(300n, 20_000n), fc.bigInt(300n, 20_000n))
    .map(
      ([a, b]) =>
        [Curve.unchecked.linear(a < b ? a : b), Curve.unchecked.linear(a < b ? b : a)] as const,
    ),
  fc
    .tuple(falling, fc.integer({ min: 1, max: 100 }))
    .map(([curve, percent]) => [Curve.unchecked.scaled(share(percent), curve), curve] as const),
)

law(
  'WIF-8',
  'a price that is nowhere above another sells none of the purchases later',
  fc.property(
    days(sound.map((terms) => selling(terms, { reset: never, minLeft: Fixed.rad(0n) }))),
    faster,
    (day, [fast, slow]) => {
      const log = logOf(day)
      const byCurve = (curve: Curve.Curve): readonly WhatIf.OfLot[] =>
        under(log, (terms) => selling(terms, { curve })).lots
      const late = byCurve(slow)
      return byCurve(fast).every(({ changed }, i) => {
        const before = takesIn(late[i]?.changed ?? changed)
        return takesIn(changed).every(({ at }, j) => at <= (before[j]?.at ?? Infinity))
      })
    },
  ),
)

// Logs as text

law(
  'WIF-1',
  'the log of a Clipper reads as the events that it was written from',
  fc.property(
    days(sound.map((terms) => selling(clipper, ofClipper(terms)))),
    ({ caused, terms }) => {
      const first = Journal.termsOf(terms)
      if (first === undefined) return false
      const text = LogLines.format(
        first,
        Journal.entriesOf(
          caused.map((one) => {
            const feed = feedOf(one)
            return feed === undefined ? { event: one.event } : { event: one.event, feed }
          }),
        ),
      )
      const { lines, terms: read } = right(LogLines.parse(text))
      const events = right(Happened.happenedOf(read, lines)).map(({ event }) => event)
      const kept = caused.map(({ event }) => event)
      expect(events.slice(1).map(named)).toEqual(kept.map(named))
      const both = [right(Told.parse(text)), toldOf(terms, caused, true)].map((told) =>
        Fate.totals(
          right(WhatIf.run(right(Recorded.make(told)), same)).lots.map(({ changed }) => changed),
        ),
      )
      expect(both[0]).toEqual(both[1])
      return true
    },
  ),
  { numRuns: 60 },
)

/** What a Clipper's terms take over of others: its price functions are three, and so is that of whoever has no other. */
function ofClipper({ collaterals }: Terms.Terms): Partial<Terms.Dutch> {
  const [one] = collaterals
  return one?.sale._tag === 'Dutch' ? { curve: one.sale.curve, reset: one.sale.reset } : {}
}

/** An event with its lot by number, and without what a Clipper does not log of it: whose position it was. */
function named(event: Event.Event): unknown {
  if (!('lot' in event) || !('goods' in event) || event.goods._tag !== 'Collateral') return event
  return { ...event, goods: { ...event.goods, owner: '', position: '' } }
}

law(
  'WIF-1',
  'what an engine stored is read line by line, alone or within what is printed of it',
  fc.property(days(sound), ({ caused, terms }) => {
    const told = toldOf(terms, caused, false)
    const values = told.map(({ record }) => Events.codec.encode(record as Event.Event))
    const lines = [
      values.map((event) => JSON.stringify(event)),
      values.map((event, i) =>
        JSON.stringify({ stream: 's', sequence: i + 1, command: 'c', event }),
      ),
    ]
    for (const all of lines) expect(right(Told.parse(`${all.join('\n')}\n`))).toEqual(told)
    return true
  }),
  { numRuns: 30 },
)

law(
  'WIF-1',
  'a log of other terms than those that are given is refused, with its line',
  fc.property(days(sound), ({ caused, terms }) => {
    const told = toldOf(terms, caused, false).slice(1)
    const made = (given: Terms.Terms) => Recorded.make(told, given)
    expect(E.isRight(made(terms))).toBe(true)
    const other = selling(terms, { curve: Curve.unchecked.constant(Fixed.RAY) })
    const hasFallen = right(made(terms)).lots.some(
      ({ opened: { start }, resets: [reset], takes: [take] }) =>
        start._tag === 'Dutch' && !reset && take && take.limit < start.startPrice,
    )
    return (
      pipe(
        made({ ...terms, version: terms.version + 1 }),
        E.match(
          ({ field, line }) => field === 'terms' && line === 2,
          () => false,
        ),
      ) &&
      (!hasFallen || E.isLeft(made(other)))
    )
  }),
  { numRuns: 60 },
)
