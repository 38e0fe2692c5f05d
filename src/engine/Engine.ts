/**
 * Engine: carries requests out on a store: reads what they need, lets the core decide, stores what
 * happened with all that follows from it, together or not at all.
 *
 * Any number of engines, in any number of processes, may work on one store.
 *
 * Laws: PRT-5 to PRT-7, PRT-9, PRT-10 (spec/10-ports.md).
 *
 * @example
 * const engine = Engine.make({ store: Memory.make(), clock: Engine.systemClock })
 * const all = new Set(Engine.authorities)
 * await engine.execute(all)([{ id: 'c-1', ask: { _tag: 'Establish', treasury, money: 6, tokens: [] } }])()
 */

import * as E from 'fp-ts/lib/Either.js'
import type * as T from 'fp-ts/lib/Task.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import * as Checkpoint from './Checkpoint.js'
import type { Options } from './Decide.js'
import * as Denied from './Denied.js'
import * as Desk from './Desk.js'
import { load } from './Load.js'
import * as Lots from './Lots.js'
import { isOfTreasury, isWithoutPrice } from './Needs.js'
import {
  type Clock,
  type Conflict,
  type EventStore,
  type Lock,
  type PriceFeed,
  type Session,
  thrown,
  type Unavailable,
  unavailable,
} from './Port.js'
import { lotStream, type Unreadable } from './Record.js'
import { type Answer, unfit, failed, lacks, refused, type Request } from './Request.js'
import * as Settings from './Settings.js'

export type { Options } from './Decide.js'

// Model

/** What an engine works with. Without a price feed it uses the prices that its store has. */
export interface World {
  readonly store: EventStore
  readonly clock: Clock
  readonly prices?: PriceFeed
  readonly options?: Partial<Options>
}

type Failure = Unavailable | Unreadable

export interface Engine {
  /**
   * Carries requests out, one after the other, for somebody who is granted some authorities: one answer to each, in
   * their order. What one answer says is stored when it is given.
   */
  readonly execute: (
    granted: ReadonlySet<Denied.Authority>,
  ) => (requests: readonly Request[]) => T.Task<readonly Answer[]>
  /** Writes the checkpoints that are due, and answers how many (PRT-14). */
  readonly checkpoint: TE.TaskEither<Failure, number>
}

// Constructors

/** The settings of an engine that says nothing else. */
export const defaults: Options = {
  skew: 5,
  maxPriceAge: 3600,
  unchecked: false,
  attempts: 16,
  snapshotEvery: 32,
  checkpointEvery: 1000,
}

/** All that a host can grant. */
export const authorities: readonly Denied.Authority[] = Denied.authorities

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Promise.resolve(E.right(Math.floor(Date.now() / 1000))),
}

// Steps

/** What throws has not answered. */
const caught =
  <A>(what: Unavailable['what'], task: TE.TaskEither<Unavailable, A>) =>
  async (): Promise<E.Either<Unavailable, A>> => {
    try {
      return await task()
    } catch (error) {
      return E.left(unavailable(what, `it threw ${thrown(error)}`))
    }
  }

const caughtPrices = ({ quotes }: PriceFeed): PriceFeed => ({
  quotes: (assets) => caught('prices', () => quotes(assets)()),
})

/** The most requests that are stored together. */
const MOST_AT_ONCE = 1024

/** Conflicts after which requests that were stored together are tried one by one. */
const TOGETHER = 2

/** What requests that are stored together have in common, and what no two of them may be about. */
const kindOf = ({ ask }: Request): readonly [kind: string, subject: string] | undefined => {
  switch (ask._tag) {
    case 'Open':
      return ['Open', ask.position]
    case 'Hold':
      return ['Hold', ask.position.id]
    case 'Quote':
      return ['Quote', ask.asset]
    case 'ToLot':
      return ask.command._tag === 'Cancel' ? undefined : ['ToLot', '']
    default:
      return undefined
  }
}

/** Requests in runs that can be stored together: bids with bids, openings with openings. */
const runsOf = (requests: readonly Request[]): readonly (readonly Request[])[] => {
  const runs: Request[][] = []
  let last: { readonly kind: string; readonly subjects: Set<string> } | undefined
  for (const request of requests) {
    const [kind, subject] = kindOf(request) ?? []
    const run = runs.at(-1)
    const fits =
      run !== undefined &&
      run.length < MOST_AT_ONCE &&
      last !== undefined &&
      last.kind === kind &&
      (subject === '' || !last.subjects.has(subject ?? ''))
    if (fits) run.push(request)
    else {
      runs.push([request])
      last = kind === undefined ? undefined : { kind, subjects: new Set() }
    }
    last?.subjects.add(subject ?? '')
  }
  return runs
}

/** The locks that requests of one run need, as far as they can be known before anything is read (PRT-9). */
const locksOf = ([first]: readonly Request[]): readonly Lock[] => {
  switch (first?.ask._tag) {
    case 'Open':
    case 'ToHouse':
    case 'Establish':
      return ['house']
    case 'ToTreasury':
      return ['treasury']
    default:
      return []
  }
}

/** What was read shows that a lock is needed. */
interface NeedsLock {
  readonly _tag: 'NeedsLock'
  readonly lock: Lock
}

/** What came of a step: the answers, and, now that it is stored, the lots to be kept at hand. */
interface Tried {
  readonly answers: readonly Answer[]
  readonly stored: readonly (readonly [string, Lots.Kept])[]
  readonly entries: number
}

type Trial = TE.TaskEither<Failure | Conflict | NeedsLock, Tried>

/** An engine in a world. */
export const make = ({ options: some, store, ...world }: World): Engine => {
  const options: Options = { ...defaults, ...some }
  const clock: Clock = { now: caught('clock', world.clock.now) }
  const prices = world.prices && caughtPrices(world.prices)
  let settings = Settings.none
  const shelf: Lots.Shelf = new Map()
  /** The entries that were stored since the last checkpoint. */
  let entries = 0

  const decideIn =
    (run: readonly Request[], locks: readonly Lock[], isDoubted: boolean) =>
    (session: Session): Trial =>
    async () => {
      const now = await clock.now()
      if (E.isLeft(now)) return now
      const loaded = await load(prices)(session, { settings, shelf, isDoubted }, run)()
      if (E.isLeft(loaded)) return loaded
      if (loaded.right.isAnew || loaded.right.settings.end.sequence > settings.end.sequence)
        settings = loaded.right.settings
      if (!locks.includes('treasury') && run.some(isOfTreasury(loaded.right.book.lots)))
        return E.left({ _tag: 'NeedsLock', lock: 'treasury' })
      const desk = Desk.open({ options, loaded: loaded.right, now: now.right })
      const answers = run.map((request) => Desk.answer(desk, request))
      if (desk.outcomes.length === 0) return E.right({ answers, stored: [], entries: 0 })
      const write = Desk.written(desk)
      const appended = await session.append(write)()
      if (E.isLeft(appended)) return appended
      const stored = Desk.lotsAfter(desk, write)
      return E.right({ answers, stored, entries: write.entries.length })
    }

  const attempt = (
    run: readonly Request[],
    locks: readonly Lock[],
    left: number,
  ): T.Task<readonly Answer[]> => {
    const decided = decideIn(run, locks, left < options.attempts)
    const trial: Trial = locks.length === 0 ? decided(store) : store.alone(locks, decided)
    return async () => {
      const result = await trial()
      if (E.isRight(result)) {
        entries += result.right.entries
        Lots.keep(shelf, result.right.stored)
        return result.right.answers
      }
      const why = result.left
      switch (why._tag) {
        case 'NeedsLock':
          return attempt(run, [...locks, why.lock], left)()
        case 'Conflict': {
          for (const { ask } of run) if (ask._tag === 'ToLot') shelf.delete(lotStream(ask.lot))
          if (left <= 1)
            return run.map(({ id }) =>
              refused(id, { _tag: 'Busy', rule: 'PRT-10', attempts: options.attempts }),
            )
          if (run.length > 1 && left <= options.attempts - TOGETHER)
            return inTurn(run.map((request) => [request]))
          return attempt(run, locks, left - 1)()
        }
        default:
          return failing(run, locks, left, why)()
      }
    }
  }

  /** What one of several needs, and is not to be had, does not hold the others up. */
  const failing =
    (run: readonly Request[], locks: readonly Lock[], left: number, why: Failure) =>
    async (): Promise<readonly Answer[]> => {
      if (run.length > 1 && why._tag === 'Unreadable')
        return inTurn(run.map((request) => [request]))
      const others =
        why._tag === 'Unavailable' && why.what === 'prices' ? run.filter(isWithoutPrice) : []
      const answers = others.length === 0 ? [] : await attempt(others, locks, left)()
      return run.map(({ id }, i) => {
        const place = others.indexOf(run[i] as Request)
        return answers[place] ?? failed(id, why)
      })
    }

  const inTurn = async (runs: readonly (readonly Request[])[]): Promise<readonly Answer[]> => {
    const answers: Answer[] = []
    for (const run of runs) answers.push(...(await attempt(run, locksOf(run), options.attempts)()))
    return answers
  }

  const checkpoint: Engine['checkpoint'] = () => {
    entries = 0
    return Checkpoint.write(store, clock)()
  }

  return {
    checkpoint,
    execute: (granted) => (requests) => async () => {
      const denied = requests.map((request) => lacks(granted, request) ?? unfit(request))
      const allowed = requests.filter((_, i) => denied[i] === undefined)
      const answers = (await inTurn(runsOf(allowed)))[Symbol.iterator]()
      // What was stored is answered whether or not a checkpoint can be written: the next one covers it.
      if (entries >= options.checkpointEvery) await checkpoint()
      return requests.map(({ id }, i): Answer => {
        const refusal = denied[i]
        return refusal === undefined ? (answers.next().value as Answer) : refused(id, refusal)
      })
    },
  }
}
