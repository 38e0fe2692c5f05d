/**
 * Arbitrary histories of a treasury: its own commands and auctions, and lots of collateral that earn
 * and lose money around it.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { English, type Event, Fixed, Lot, Treasury } from '../../../src/index.js'
import { type Deed, deed, terms } from './deeds.js'
import { aim } from './history.js'

/** A treasury, what waits in its queue, its auctions and the lots of collateral, and all that happened. */
export interface World {
  readonly treasury: Treasury.Treasury
  readonly queue: ReadonlyMap<number, bigint>
  readonly lots: readonly Lot.English[]
  readonly events: readonly Event.Event[]
  readonly now: number
}

/** A command to the treasury, the entry it names, and what it led to. */
export interface Asked {
  readonly command: Treasury.Command
  readonly entry: Treasury.Entry | undefined
  readonly result: Treasury.Decision
}

export interface Step {
  readonly before: World
  readonly after: World
  readonly asked: Asked | undefined
}

export interface History {
  readonly terms: Treasury.Terms
  readonly steps: readonly Step[]
}

/** The world after events. */
const happen = (world: World, now: number, events: readonly Event.Event[]): World =>
  events.reduce<World>(
    (world, event) => {
      const queue = new Map(world.queue)
      const waits = Treasury.queuedBy(event)
      if (waits > 0n) queue.set(event.at, (queue.get(event.at) ?? 0n) + waits)
      if (event._tag === 'Matured') queue.delete(event.queuedAt)
      const { lots } = world
      const isOpening =
        event._tag === 'Opened' || event._tag === 'SurplusOpened' || event._tag === 'DebtOpened'
      return {
        ...world,
        treasury: Treasury.evolve(world.treasury, event),
        queue,
        lots: isOpening
          ? [...lots, Lot.open(event) as Lot.English]
          : lots.map((lot) =>
              'lot' in event && event.lot === lot.id
                ? (Lot.evolve(lot, event as Event.OfEnglish) as Lot.English)
                : lot,
            ),
        events: [...world.events, event],
      }
    },
    { ...world, now: Number.isSafeInteger(now) ? Math.max(world.now, now) : world.now },
  )

const entryFor = (world: World, deed: Extract<Deed, { readonly _tag: 'Mature' }>) => {
  const entries = [...world.queue]
  const [queuedAt, amount] = entries[deed.which % Math.max(entries.length, 1)] ?? [world.now, 7n]
  switch (deed.entry) {
    case 'true':
      return { queuedAt, amount: Fixed.rad(amount) }
    case 'none':
      return undefined
    case 'made up':
      return { queuedAt, amount: Fixed.rad(world.treasury.queued + 1n) }
    case 'no time':
      return { queuedAt: queuedAt + 0.5, amount: Fixed.rad(amount) }
  }
}

const commandOf = (
  terms: Treasury.Terms,
  world: World,
  deed: Extract<Deed, { readonly _tag: Treasury.Command['_tag'] }>,
): { readonly command: Treasury.Command; readonly entry: Treasury.Entry | undefined } => {
  const { now, treasury } = world
  switch (deed._tag) {
    case 'Receive':
      return {
        command: {
          _tag: 'Receive',
          at: now + deed.time,
          from: 'fees',
          amount: Fixed.rad(deed.amount),
        },
        entry: undefined,
      }
    case 'Mature': {
      const entry = entryFor(world, deed)
      const due = Number((BigInt(Math.floor(entry?.queuedAt ?? 0)) + terms.wait) % 2n ** 40n)
      const at = { due, early: due - 1, soon: now }[deed.at]
      return { command: { _tag: 'Mature', at: Math.max(now, at) }, entry }
    }
    case 'Heal': {
      const loss = deed.of === 'ready' ? Treasury.ready(treasury) : treasury.onAuction
      const amount = deed.amount ?? Fixed.min(treasury.surplus, loss) + deed.off
      return {
        command: { _tag: 'Heal', at: now + deed.time, amount: Fixed.rad(amount), of: deed.of },
        entry: undefined,
      }
    }
    default:
      return { command: { _tag: deed._tag, at: now + deed.time }, entry: undefined }
  }
}

const common = { line: 'line', terms: 1 } as const
const goods = { _tag: 'Collateral', asset: 'ETH', position: 'p', owner: 'o' } as const

const loan = (
  { now, lots }: World,
  { debt, held, lossAt, payer, penalty, reward }: Extract<Deed, { readonly _tag: 'Loan' }>,
): Event.Opened => ({
  _tag: 'Opened',
  ...common,
  lot: `line/${lots.length}`,
  at: now,
  goods,
  collateral: Fixed.wad(30n),
  shares: Fixed.wad(debt),
  debt: Fixed.rad(debt),
  target: Fixed.rad(debt + penalty),
  lossAt,
  binding: 'inForce',
  start: {
    _tag: 'English',
    endsAt: now + 3600,
    hardEndsAt: now + 3600,
    reserve: Fixed.rad(0n),
    held,
  },
  keeper: 'k',
  reward: Fixed.rad(reward),
  payer,
})

/** An event of a Dutch lot, of which the treasury knows no more than this. */
const dutch = (
  { now }: World,
  { _tag, amount, lossAt, payer, penalty }: Extract<Deed, { readonly _tag: 'Reset' | 'Taken' }>,
): Event.Event => {
  const about = { ...common, lot: 'dutch', at: now, goods }
  return _tag === 'Reset'
    ? { _tag, ...about, startPrice: Fixed.ray(1n), keeper: 'k', reward: Fixed.rad(amount), payer }
    : {
        _tag,
        ...about,
        bidder: 'ann',
        price: Fixed.ray(1n),
        bought: Fixed.wad(1n),
        repaid: Fixed.rad(amount),
        penalty: Fixed.rad(penalty),
        lossAt,
      }
}

const step = (terms: Treasury.Terms, before: World, deed: Deed): Step => {
  const done = (now: number, events: readonly Event.Event[]): Step => ({
    before,
    after: happen(before, now, events),
    asked: undefined,
  })
  switch (deed._tag) {
    case 'Switch': {
      const { treasury } = before
      return {
        before,
        after: { ...before, treasury: { ...treasury, opens: !treasury.opens } },
        asked: undefined,
      }
    }
    case 'Loan':
      return done(before.now, [loan(before, deed)])
    case 'Reset':
    case 'Taken':
      return done(before.now, [dutch(before, deed)])
    case 'Bid': {
      const own = deed.which % 4 > 0
      const open = before.lots.filter(
        ({ ended, goods }) => !ended && !(own && goods._tag === 'Collateral'),
      )
      const lot = open[deed.which % Math.max(open.length, 1)]
      if (lot === undefined) return done(before.now, [])
      const sale = lot.goods._tag === 'Surplus' ? terms.surplus.sale : terms.debt.sale
      const auction = English.compile(terms, sale)
      const at = before.now + deed.wait
      const result = English.decide(auction, 0, lot, aim(auction, lot, at, deed.move))
      return done(at, E.isRight(result) ? result.right : [])
    }
    default: {
      const { command, entry } = commandOf(terms, before, deed)
      const result = Treasury.decide(terms)(before.treasury, entry, command)
      const events = E.isRight(result) ? result.right : []
      return { ...done(command.at, events), asked: { command, entry, result } }
    }
  }
}

const run = (terms: Treasury.Terms, deeds: readonly Deed[]): History => {
  let before: World = {
    treasury: Treasury.empty,
    queue: new Map(),
    lots: [],
    events: [],
    now: 10,
  }
  const steps = deeds.map((deed) => {
    const next = step(terms, before, deed)
    before = next.after
    return next
  })
  return { terms, steps }
}

export const history: fc.Arbitrary<History> = fc
  .tuple(terms, fc.array(deed, { minLength: 5, maxLength: 40, size: 'max' }))
  .map(([terms, deeds]) => run(terms, deeds))
