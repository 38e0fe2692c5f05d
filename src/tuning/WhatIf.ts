/**
 * WhatIf: the lots of a log under other terms, if each bidder had paid the price that he is recorded to have paid, at the first
 * moment that the price comes down to it.
 *
 * Every amount is decided by the core. What nobody in the log would buy so is left open.
 *
 * Laws: WIF-2 to WIF-8 (spec/30-whatif.md).
 *
 * @example
 * WhatIf.run(log, (terms) => E.right({ ...terms, reward: noReward }))
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  Auction,
  type Dutch,
  type Event,
  Fixed,
  Lot,
  type Refusal,
  Seizure,
  type Terms,
} from '../core/index.js'
import * as Eras from './Eras.js'
import * as Fate from './Fate.js'
import * as Markets from './Markets.js'
import * as Purchase from './Purchase.js'
import type * as Recorded from './Recorded.js'

// Model

export interface OfLot {
  readonly recorded: Fate.Fate
  readonly changed: Fate.Fate
  /** The purchases of the log that did not come about. */
  readonly missed: number
}

export interface WhatIf {
  readonly lots: readonly OfLot[]
  readonly recorded: Fate.Totals
  readonly changed: Fate.Totals
}

/** A lot that could not have been opened under the other terms. */
export interface NotOpened {
  readonly _tag: 'NotOpened'
  readonly rule: 'WIF-2'
  readonly lot: string
  readonly refusal: Refusal.Refusal
}

type AllEras = ReadonlyMap<string, Eras.Eras>

// Constructors

/**
 * What a lot is to raise: as recorded, with as much more as another penalty makes of its debt. Where the log tells of no penalty that
 * there must have been, a kick without a bark, nothing is known of the debt (WIF-2).
 */
const targetOf = (
  { debt, target }: Event.Opened,
  before: Terms.Terms,
  after: Terms.Terms,
): Fixed.Rad => {
  const was = Seizure.targetOf(before, debt)
  return target === debt && was !== debt
    ? target
    : Fixed.rad(target + Seizure.targetOf(after, debt) - was)
}

const versionOf = (eras: Eras.Eras, version: number): Auction.Compiled | undefined =>
  eras.find(({ auction }) => auction.terms.version === version)?.auction

/** A lot as a part of its seizure; the lots of one seizure are opened together, as only the first earns the flat reward. */
const partOf = (
  { market, opened }: Recorded.Recorded,
  before: Terms.Terms,
  after: Terms.Terms,
): readonly Seizure.Part[] => {
  const { collateral: amount, debt, goods, shares } = opened
  const target = targetOf(opened, before, after)
  return after.collaterals
    .filter(({ asset }) => asset === goods.asset)
    .map((collateral) => ({ collateral, amount, shares, debt, target, market }))
}

/** The openings of one seizure's lots under other terms, each under its name. */
const openedAs = (
  seizure: readonly Recorded.Recorded[],
  before: Auction.Compiled,
  after: Auction.Compiled,
): E.Either<Refusal.Refusal, readonly Event.Opened[]> => {
  const [first] = seizure
  if (first === undefined) return E.right([])
  const { at, goods, keeper } = first.opened
  const { terms } = after
  const from = { id: goods.position, owner: goods.owner }
  const line = { level: 0, version: terms.version, inFlight: 0n, opened: 0, lastAt: at } as const
  const parts = seizure.flatMap((one) => partOf(one, before.terms, terms))
  return pipe(
    Auction.start(after)({ ...line, inFlight: Fixed.rad(line.inFlight) }, from, parts, {
      _tag: 'Open',
      at,
      keeper,
    }),
    E.map((all) => all.map((one, i) => ({ ...one, lot: seizure[i]?.opened.lot ?? one.lot }))),
  )
}

// Transitions

/** A lot as it is played again. */
interface Play {
  readonly recorded: Recorded.Recorded
  readonly eras: Eras.Eras
  readonly log: Recorded.Log
  readonly events: (Event.Opened | Event.OfDutch)[]
  lot: Lot.Dutch
  /** Who has not bought yet. */
  waiting: readonly Purchase.Purchase[]
  /** Of them, those who buy before it starts again. */
  coming: readonly Coming[]
  resets: number
}

/** Somebody who buys at an instant, if anything is left. */
interface Coming {
  readonly at: Fixed.Seconds
  readonly purchase: Purchase.Purchase
}

/** Something that happens to a lot: `then` asks the core for it. */
interface Next {
  readonly at: Fixed.Seconds
  readonly command: Dutch.Command
  readonly purchase?: Purchase.Purchase
}

/** Those who wait and to whose price the lot comes down before it starts again, with when it does, in that order (WIF-3). */
const comingOf = (
  eras: Eras.Eras,
  lot: Lot.Dutch,
  waiting: readonly Purchase.Purchase[],
): readonly Coming[] =>
  waiting
    .flatMap((purchase) => {
      const at = Eras.firstAtMost(eras, lot, Math.max(lot.lastAt, purchase.since), purchase.limit)
      return at === undefined ? [] : [{ at, purchase }]
    })
    .sort((one, other) => one.at - other.at)

const nextTake = ({ coming: [first], eras, lot }: Play): Next | undefined => {
  const price = first && Eras.priceAt(eras, lot, first.at)
  if (first === undefined || price === undefined) return undefined
  const { at, purchase } = first
  const { bidder, limit } = purchase
  const want = Purchase.wantAt(purchase, price)
  const command = { _tag: 'Take', at, bidder, want, limit, atLeast: Fixed.wad(0n) } as const
  return { at, purchase, command }
}

/**
 * The next new start: as late as the one that was recorded in its place; where there is none, at once. Such a one, and any after the
 * end of the log, comes only while somebody waits; and none after a start that did (WIF-4).
 */
const nextReset = ({ eras, log, lot, recorded, resets, waiting }: Play): Next | undefined => {
  const before = recorded.resets[resets]
  const isIdle = waiting.length === 0
  if (lot.startedAt > log.end || (isIdle && before === undefined)) return undefined
  const due = Eras.firstStale(eras, lot, lot.lastAt)
  if (due === undefined) return undefined
  const at = Eras.firstStale(eras, lot, due + (before?.late ?? 0))
  if (at === undefined || (isIdle && at > log.end)) return undefined
  // Where a lot is stale at once a new start leads nowhere: none is made up.
  const anew = { ...lot, startedAt: at, lastAt: at }
  if (before === undefined && Eras.firstStale(eras, anew, at) === at) return undefined
  const known = before?.at === at ? before.market : Markets.at(log.markets, lot.goods.asset, at)
  return {
    at,
    command: {
      _tag: 'Reset',
      at,
      keeper: before?.keeper ?? recorded.opened.keeper,
      market: known ?? recorded.market,
    },
  }
}

const nextCancel = ({ lot, recorded: { cancelledAt } }: Play): Next | undefined => {
  if (cancelledAt === undefined) return undefined
  const at = Math.max(cancelledAt, lot.lastAt)
  return { at, command: { _tag: 'Cancel', at } }
}

/** What happens next: of two things in one second a purchase, then a new start. */
const next = (play: Play): Next | undefined =>
  [nextTake(play), nextReset(play), nextCancel(play)].reduce<Next | undefined>(
    (first, one) => (one !== undefined && (first === undefined || one.at < first.at) ? one : first),
    undefined,
  )

/** Lets the core decide it; whether that leads on. A purchase that it refuses does not come about, and is not tried again. */
const step = (play: Play, { at, command, purchase }: Next): boolean => {
  const era = Eras.at(play.eras, at)
  if (era === undefined) return false
  const decided = Auction.decide(era.auction)(era.level, play.lot, command)
  for (const event of E.isRight(decided) ? (decided.right as readonly Event.OfDutch[]) : []) {
    play.lot = Lot.evolveDutch(play.lot, event)
    play.events.push(event)
  }
  if (purchase !== undefined) {
    play.waiting = play.waiting.filter((one) => one !== purchase)
    play.coming = play.coming.slice(1)
    return true
  }
  if (command._tag === 'Reset') {
    play.resets += 1
    play.coming = comingOf(play.eras, play.lot, play.waiting)
  }
  return E.isRight(decided)
}

const playOn = (play: Play): void => {
  for (let one = next(play); one !== undefined; one = next(play)) {
    if (!step(play, one) || play.lot.ended) return
  }
}

// Running

const playLot = (
  log: Recorded.Log,
  eras: Eras.Eras,
  recorded: Recorded.Recorded,
  opened: Event.Opened,
): OfLot => {
  const lot = Lot.open(opened) as Lot.Dutch
  const own = Eras.of(eras, lot)
  const play: Play = {
    recorded,
    eras: own,
    log,
    events: [opened],
    lot,
    waiting: recorded.takes,
    coming: comingOf(own, lot, recorded.takes),
    resets: 0,
  }
  playOn(play)
  const before = Fate.make(log.markets, [recorded.opened, ...recorded.events], recorded.lot)
  const after = Fate.make(log.markets, play.events, play.lot)
  return { recorded: before, changed: after, missed: before.takes - after.takes }
}

/** Lots of one seizure, in the order of the log. */
const seizures = (
  lots: readonly Recorded.Recorded[],
): readonly (readonly Recorded.Recorded[])[] => {
  const all: Recorded.Recorded[][] = []
  for (const lot of lots) {
    const last = all.at(-1)
    if (lot.follows && last !== undefined) last.push(lot)
    else all.push([lot])
  }
  return all
}

/** All eras under other terms, each set of terms changed and worked out once. */
const changedEras = <P>(
  eras: AllEras,
  change: (terms: Terms.Terms) => E.Either<P, Terms.Terms>,
): E.Either<P, AllEras> => {
  const compiled = new Map<Auction.Compiled, Auction.Compiled>()
  const after = new Map<string, Eras.Eras>()
  for (const [line, all] of eras) {
    const own: Eras.Era[] = []
    for (const era of all) {
      const known = compiled.get(era.auction)
      const terms = known === undefined ? change(era.auction.terms) : E.right(known.terms)
      if (E.isLeft(terms)) return terms
      const auction = known ?? Auction.compile(terms.right)
      compiled.set(era.auction, auction)
      own.push({ ...era, auction })
    }
    after.set(line, own)
  }
  return E.right(after)
}

/** What becomes of a log's lots, if each of its terms had been changed so; refused where a change is, or a lot could not open. */
export const run = <P>(
  log: Recorded.Log,
  change: (terms: Terms.Terms) => E.Either<P, Terms.Terms>,
): E.Either<P | NotOpened, WhatIf> => {
  const after = changedEras(log.eras, change)
  if (E.isLeft(after)) return after
  const lots: OfLot[] = []
  for (const seizure of seizures(log.lots)) {
    const { line, lot, terms } = (seizure[0] as Recorded.Recorded).opened
    const eras = after.right.get(line) ?? []
    const [was, now] = [versionOf(log.eras.get(line) ?? [], terms), versionOf(eras, terms)]
    if (was === undefined || now === undefined) continue
    const opened = openedAs(seizure, was, now)
    if (E.isLeft(opened))
      return E.left({ _tag: 'NotOpened', rule: 'WIF-2', lot, refusal: opened.left })
    for (const [i, one] of opened.right.entries())
      lots.push(playLot(log, eras, seizure[i] as Recorded.Recorded, one))
  }
  return E.right({
    lots,
    recorded: Fate.totals(lots.map(({ recorded }) => recorded)),
    changed: Fate.totals(lots.map(({ changed }) => changed)),
  })
}
