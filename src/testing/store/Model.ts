/**
 * Model: arbitrary histories of a store, held step by step against one that is plain to see.
 *
 * The model is a list of all writes that were stored. What it answers it works out from the whole list.
 *
 * Laws: PRT-3, PRT-5, PRT-9, PRT-16, PRT-18 (spec/10-ports.md).
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Entry, EventStore, Head, Lock, Session, Wanted, Write } from '../../engine/Port.js'
import { type Case, right, same, storeCase, type World } from './Case.js'
import { after, comeTo, contents, write } from './Writes.js'

// Model

type Writes = readonly Write[]

const fits = (model: Writes, { entries, outcomes, upon }: Write): boolean => {
  const stored = comeTo(model)
  const endsSo = ({ hash, sequence, stream }: Head): boolean => {
    const next = after(stored.entries.filter((entry) => entry.stream === stream).at(-1), stream)
    return sequence === next.sequence - 1 && hash === next.previous
  }
  const ids = [...stored.outcomes.keys(), ...outcomes.map(({ id }) => id)]
  return (
    new Set(ids).size === ids.length &&
    upon.every(endsSo) &&
    entries.every((entry, i) => {
      const before = [...stored.entries, ...entries.slice(0, i)].filter(
        ({ stream }) => stream === entry.stream,
      )
      const next = after(before.at(-1), entry.stream)
      return entry.sequence === next.sequence && entry.previous === next.previous
    })
  )
}

/** How many deltas a total has: a fold leaves one of them, if there was any. */
const deltasOf = (model: Writes, total: string): number =>
  model.reduce((count, { deltas, fold }) => {
    const more = count + deltas.filter((delta) => delta.total === total).length
    return fold.includes(total) ? Math.min(more, 1) : more
  }, 0)

const answer = (model: Writes, wanted: Wanted): unknown => {
  const { entries, outcomes, snapshots, totals } = comeTo(model)
  const ofStream = (stream: string): readonly Entry[] =>
    entries.filter((entry) => entry.stream === stream)
  return {
    streams: new Map(
      wanted.streams.map(({ from, stream }) => {
        const snapshot = from === 'snapshot' ? snapshots.get(stream) : undefined
        const start = from === 'snapshot' ? (snapshot?.sequence ?? 0) : from
        const found =
          start === 'last'
            ? ofStream(stream).slice(-1)
            : ofStream(stream).filter(({ sequence }) => sequence > start)
        return [stream, { snapshot, entries: found }]
      }),
    ),
    outcomes: new Map(wanted.outcomes.flatMap((id) => [...outcomes].filter(([key]) => key === id))),
    totals: new Map(
      wanted.totals.map((total) => [
        total,
        { amount: totals.get(total) ?? 0n, deltas: deltasOf(model, total) },
      ]),
    ),
    entries: wanted.entries.flatMap(({ sequence, stream }) =>
      ofStream(stream).filter((entry) => entry.sequence === sequence),
    ),
  }
}

// What happens

/** What is wrong with an entry, if anything. */
type Fault = 'none' | 'gap' | 'again' | 'hash'

interface Step {
  readonly parts: readonly {
    readonly stream: string
    readonly count: number
    readonly fault: Fault
  }[]
  readonly deltas: readonly { readonly total: string; readonly amount: bigint }[]
  readonly upon: readonly { readonly stream: string; readonly fault: Fault }[]
  /** The number of a command: some come twice. */
  readonly outcome: number | undefined
  readonly snapshot: boolean
  readonly paid: boolean
}

type Happening =
  | { readonly _tag: 'Append'; readonly step: Step }
  | {
      readonly _tag: 'Alone'
      readonly locks: readonly Lock[]
      readonly steps: readonly (Step | { readonly fold: readonly string[] })[]
      readonly end: 'well' | 'badly' | 'thrown'
    }
  | { readonly _tag: 'Read'; readonly wanted: Wanted }

const streams = ['a', 'A', 'b']
const totals = ['t', 'u']
const often = <A>(usual: A, ...others: readonly A[]): fc.Arbitrary<A> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 8 }, fc.constantFrom(usual, ...others))

const step: fc.Arbitrary<Step> = fc.record({
  parts: fc.array(
    fc.record({
      stream: fc.constantFrom(...streams),
      count: fc.integer({ min: 1, max: 3 }),
      fault: often<Fault>('none', 'gap', 'again', 'hash'),
    }),
    { maxLength: 3 },
  ),
  upon: fc.array(
    fc.record({
      stream: fc.constantFrom(...streams),
      fault: often<Fault>('none', 'gap', 'again', 'hash'),
    }),
    { maxLength: 2 },
  ),
  deltas: fc.array(
    fc.record({
      total: fc.constantFrom(...totals),
      amount: fc.bigInt({ min: -(2n ** 520n), max: 2n ** 520n }),
    }),
    { maxLength: 3 },
  ),
  outcome: fc.option(fc.nat(40), { nil: undefined, freq: 2 }),
  snapshot: fc.boolean(),
  paid: fc.boolean(),
})

const wanted: fc.Arbitrary<Wanted> = fc.record({
  streams: fc.uniqueArray(
    fc.record({
      stream: fc.constantFrom(...streams),
      from: fc.oneof(fc.constantFrom('snapshot' as const, 'last' as const), fc.nat(9)),
    }),
    { selector: ({ stream }) => stream },
  ),
  outcomes: fc.uniqueArray(fc.nat(40).map(String), { maxLength: 9 }),
  totals: fc.uniqueArray(fc.constantFrom(...totals)),
  entries: fc.uniqueArray(
    fc.record({ stream: fc.constantFrom(...streams), sequence: fc.integer({ min: 1, max: 9 }) }),
    { selector: ({ sequence, stream }) => `${sequence} ${stream}`, maxLength: 4 },
  ),
})

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { arbitrary: fc.record({ _tag: fc.constant('Append' as const), step }), weight: 3 },
  {
    arbitrary: fc.record({
      _tag: fc.constant('Alone' as const),
      locks: fc.subarray<Lock>(['house', 'treasury']),
      steps: fc.array(fc.oneof(step, fc.record({ fold: fc.subarray(totals) })), { maxLength: 4 }),
      end: often<'well' | 'badly' | 'thrown'>('well', 'badly', 'thrown'),
    }),
    weight: 2,
  },
  { arbitrary: fc.record({ _tag: fc.constant('Read' as const), wanted }), weight: 2 },
)

const spoilt = (entry: Entry, fault: Fault): Entry => {
  switch (fault) {
    case 'none':
      return entry
    case 'gap':
      return { ...entry, sequence: entry.sequence + 1 }
    case 'again':
      return { ...entry, sequence: entry.sequence - 1 }
    case 'hash':
      return { ...entry, previous: entry.hash }
  }
}

/** What a step asks to store, as one who knows all that is stored; `run` tells its names from those of others. */
const asked = (model: Writes, one: Step, run: string): Write => {
  const entries: Entry[] = []
  const stored = comeTo(model).entries
  const command = `${run}${one.outcome ?? 'none'}`
  for (const { count, fault, stream } of one.parts)
    for (let i = 0; i < count; i++) {
      const name = `${run}${stream}`
      const last = [...stored, ...entries].filter((entry) => entry.stream === name).at(-1)
      entries.push(spoilt(after(last, name, { command, data: `[${stored.length}]` }), fault))
    }
  const upon = one.upon.map(({ fault, stream }): Head => {
    const name = `${run}${stream}`
    const next = after(stored.filter((entry) => entry.stream === name).at(-1), name)
    const { hash, previous, sequence } = spoilt(next, fault)
    return { stream: name, sequence: sequence - 1, hash: fault === 'hash' ? hash : previous }
  })
  const last = entries.at(-1)
  const names = one.paid ? entries.map(({ sequence, stream }) => ({ sequence, stream })) : []
  return write({
    upon,
    entries,
    transfers: names.map((name) => ({
      ...name,
      ...{ place: 0, asset: 'Money', from: 'Payer', to: 'Repaid', amount: 2n ** 512n },
    })),
    payments: names.map((name) => ({
      ...name,
      key: `${name.stream}/${name.sequence}`,
      ...{ direction: 'pay', party: 'p', token: 't', units: 3n },
    })),
    deltas: one.deltas.map(({ amount, total }) => ({ total: `${run}${total}`, amount })),
    outcomes: one.outcome === undefined ? [] : [{ id: command, fingerprint: run, answer: '[]' }],
    snapshots:
      last === undefined || !one.snapshot
        ? []
        : [
            {
              stream: last.stream,
              sequence: last.sequence,
              hash: last.hash,
              format: 1,
              state: run,
            },
          ],
  })
}

const ofRun = (run: string, { entries, outcomes, streams, totals }: Wanted): Wanted => ({
  streams: streams.map(({ from, stream }) => ({ stream: `${run}${stream}`, from })),
  outcomes: outcomes.map((id) => `${run}${id}`),
  totals: totals.map((total) => `${run}${total}`),
  entries: entries.map(({ sequence, stream }) => ({ sequence, stream: `${run}${stream}` })),
})

const whole: Wanted = {
  streams: streams.map((stream) => ({ stream, from: 'snapshot' })),
  outcomes: Array.from({ length: 41 }, (_, i) => String(i)),
  totals,
  entries: [],
}

/** Appends, and says how the model goes on; what is answered is what the model says. */
const append = async (session: Session, model: Writes, one: Write): Promise<Writes | undefined> => {
  const isNext = fits(model, one)
  const answered = await session.append(one)()
  same('what an append answers', E.isRight(answered), isNext)
  if (E.isLeft(answered)) same('why not', answered.left, { _tag: 'Conflict' })
  return isNext ? [...model, one] : undefined
}

/** Runs a body, and says how the model goes on. */
const body = async (
  store: EventStore,
  start: Writes,
  { end, locks, steps }: Extract<Happening, { readonly _tag: 'Alone' }>,
  run: string,
): Promise<Writes> => {
  const all = ofRun(run, whole)
  const ends: unknown[] = []
  const purpose = new Error('thrown on purpose')
  const inside = async (session: Session): Promise<E.Either<unknown, Writes>> => {
    let model = start
    for (const one of steps) {
      const fold = 'fold' in one && locks.length > 0 ? one.fold.map((name) => `${run}${name}`) : []
      const next = await append(
        session,
        model,
        'fold' in one ? write({ fold }) : asked(model, one, run),
      )
      if (next === undefined) return E.left({ _tag: 'Conflict' })
      model = next
      same('what a body reads', await right('a read', session.read(all)), answer(model, all))
    }
    if (end === 'thrown') throw purpose
    return end === 'badly' ? E.left('bad') : E.right(model)
  }
  const ran: TaskEither<unknown, Writes> = store.alone(locks, (session) => async () => {
    try {
      const ended = await inside(session)
      ends.push(ended)
      return ended
    } catch (error) {
      ends.push(error)
      throw error
    }
  })
  const answered = await ran()
  const [ended] = ends
  if (ended instanceof Error && ended !== purpose) throw ended
  if (ended === purpose) {
    same('whether what throws succeeds', E.isRight(answered), false)
    return start
  }
  same('what a body answers', answered, ended)
  return E.isRight(answered) ? answered.right : start
}

/** One history: after each happening, all that a read can show is what the model says. */
const play = async (
  { other, store }: World,
  start: Writes,
  history: readonly Happening[],
  run: string,
): Promise<Writes> => {
  let model = start
  for (const [i, one] of history.entries()) {
    const [own, others] = i % 2 ? [store, other] : [other, store]
    const wanted = ofRun(run, one._tag === 'Read' ? one.wanted : whole)
    if (one._tag === 'Append')
      model = (await append(own, model, asked(model, one.step, run))) ?? model
    if (one._tag === 'Alone') model = await body(own, model, one, run)
    same('what is read', await right('a read', others.read(wanted)), answer(model, wanted))
  }
  return model
}

export const models: readonly Case[] = [
  storeCase(
    'PRT-3 whatever happens, a store answers as a plain list of writes does',
    async (world) => {
      let model: Writes = []
      let runs = 0
      await fc.assert(
        fc.asyncProperty(fc.array(happening, { minLength: 5, maxLength: 16 }), async (history) => {
          runs += 1
          const run = `${runs}/`
          model = [...model, ...(await play(world, [], history, run))]
        }),
        { seed: 3, numRuns: 40, endOnFailure: true },
      )
      same('the contents', await contents(world.other), comeTo(model))
      same('the contents in small pages', await contents(world.store, 5), comeTo(model))
    },
  ),
]
