/**
 * World: an engine on a store in memory, with a clock that a test sets, and what is asked first of it.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Memory } from '../../src/adapter/memory/index.js'
import { type Ask, type Denied, Engine, type Port, type Request } from '../../src/engine/index.js'
import {
  examplePosition,
  exampleTerms,
  exampleTreasuryTerms,
  price,
  rad,
  ray,
  wad,
} from '../example.js'

/** A clock that shows what it is set to. */
export interface HandClock extends Port.Clock {
  at: number
}

const handClock = (at: number): HandClock => {
  const clock: HandClock = { at, now: () => Promise.resolve(E.right(clock.at)) }
  return clock
}

export const all: ReadonlySet<Denied.Authority> = new Set(Engine.authorities)

/** What a store is asked first: 6 decimals of money, the terms MAIN, a ceiling, the position p1 and ETH at 1,400. */
export const founding: readonly Request.Request[] = [
  {
    id: 'establish',
    ask: { _tag: 'Establish', treasury: exampleTreasuryTerms, money: 6, tokens: [] },
  },
  { id: 'terms', ask: { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', terms: exampleTerms } } },
  {
    id: 'house',
    ask: {
      _tag: 'ToHouse',
      command: { _tag: 'ChangeHouse', ceiling: rad('5000000'), opens: true },
    },
  },
  { id: 'p1', ask: { _tag: 'Hold', position: examplePosition, seen: 0 } },
  {
    id: 'eth',
    ask: { _tag: 'Quote', asset: 'ETH', risk: price(1400n), market: price(1400n) },
  },
]

export const opening: Ask.Ask = { _tag: 'Open', keeper: 'kim', position: 'p1' }

/** All that is left of the lot MAIN/1, whatever it costs, or some of it. */
export const taking = (amount?: string): Ask.Ask => ({
  _tag: 'ToLot',
  lot: 'MAIN/1',
  command: {
    _tag: 'Take',
    bidder: 'ben',
    want: amount === undefined ? { _tag: 'All' } : { _tag: 'Amount', amount: wad(amount) },
    limit: ray('5000'),
    atLeast: wad('0'),
  },
})

export interface World {
  readonly store: Port.EventStore
  readonly clock: HandClock
  readonly engine: Engine.Engine
  /** Asks one thing with every authority, or with those that are named. */
  readonly ask: (
    id: string,
    ask: Ask.Ask,
    granted?: ReadonlySet<Denied.Authority>,
  ) => Promise<Request.Answer>
}

/** An engine on a store, or on a new one, at the instant 1,000. */
export const world = (
  options: Partial<Engine.Options> = {},
  store: Port.EventStore = Memory.make(),
): World => {
  const clock = handClock(1000)
  const engine = Engine.make({ store, clock, options })
  return {
    store,
    clock,
    engine,
    ask: async (id, ask, granted = all) => {
      const [answer] = await engine.execute(granted)([{ id, ask }])()
      if (answer === undefined) throw new Error('no answer')
      return answer
    },
  }
}

/** The same, founded. */
export const founded = async (
  options: Partial<Engine.Options> = {},
  store?: Port.EventStore,
): Promise<World> => {
  const made = world(options, store)
  const answers = await made.engine.execute(all)(founding)()
  const refused = answers.find(({ _tag }) => _tag !== 'Done')
  if (refused !== undefined) throw new Error(JSON.stringify(refused))
  return made
}

/** What happened, by an answer: the records; or why nothing did. */
export const told = (answer: Request.Answer): readonly unknown[] | Denied.Refusal => {
  switch (answer._tag) {
    case 'Done':
      return answer.happened.map(({ record }) => record)
    case 'Refused':
      return answer.refusal
    case 'Failed':
      throw new Error(JSON.stringify(answer))
  }
}

/** The rule that something was refused by, or the tags of what happened. */
export const brief = (answer: Request.Answer): string =>
  answer._tag === 'Done'
    ? answer.happened.map(({ record }) => record._tag).join(' ')
    : answer._tag === 'Refused'
      ? `${answer.refusal._tag} ${answer.refusal.rule}`
      : answer.failure.why
