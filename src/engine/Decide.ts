/**
 * Decide: what a request leads to on what was loaded for it, and why it is refused.
 *
 * Laws: PRT-2, PRT-7 to PRT-9, PRT-11, PRT-19, PRT-20 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { HazardsJson } from '../codec/index.js'
import {
  Check,
  type Event,
  Fixed,
  type Hazard,
  House,
  Terms,
  TreasuryTerms,
} from '../core/index.js'
import type * as Ask from './Ask.js'
import { timeOf as timeAsked } from './Ask.js'
import * as Book from './Book.js'
import type * as Denied from './Denied.js'
import type { Loaded } from './Load.js'
import { lineOf, pricedBy } from './Needs.js'
import * as Payable from './Payable.js'
import type { Delta, Quoted } from './Port.js'
import * as Record from './Record.js'
import type { Request } from './Request.js'
import * as Totals from './Totals.js'

// Model

/** How an engine is set. */
export interface Options {
  /** How far the clock may be behind what is touched, in seconds (PRT-7). */
  readonly skew: number
  /** The age, in seconds, from which a price is stale (PRT-8). */
  readonly maxPriceAge: number
  /** Whether terms that are known to lose money are taken (PRT-19). */
  readonly unchecked: boolean
  /** How often a command is decided before it is answered Busy (PRT-10). */
  readonly attempts: number
  /** After how many entries of a lot its state is stored (PRT-18). */
  readonly snapshotEvery: number
  /** After how many entries a checkpoint is written (PRT-14). */
  readonly checkpointEvery: number
}

/** What a decision stands on. */
export interface Ground {
  readonly options: Options
  readonly loaded: Loaded
  readonly now: Fixed.Seconds
}

/** What happened, and what it adds to the totals. */
export interface Made {
  readonly records: readonly Record.Record[]
  readonly deltas: readonly Delta[]
}

export type Decided = E.Either<Denied.Refusal, Made>

// Time and prices

/** The time of a command that names none: the clock's, or that of what it touches, where the clock is hardly behind it (PRT-7). */
const timeOf = (
  { now, options }: Ground,
  given: Fixed.Seconds | undefined,
  lastAt: Fixed.Seconds,
): Fixed.Seconds => given ?? (lastAt > now && lastAt - now <= options.skew ? lastAt : now)

/** The quotes of assets, those that there are; or the first that is stale (PRT-8). */
const quotesOf = (
  { loaded, options }: Ground,
  assets: readonly string[],
  at: Fixed.Seconds,
): E.Either<Denied.StalePrice, readonly Quoted[]> => {
  const { maxPriceAge, skew } = options
  const quotes = assets.flatMap((asset) => loaded.quoted.get(asset) ?? [])
  const stale = quotes.find((quote) => at - quote.at > maxPriceAge || quote.at - at > skew)
  return stale === undefined
    ? E.right(quotes)
    : E.left({
        _tag: 'StalePrice',
        rule: 'PRT-8',
        asset: stale.asset,
        quotedAt: stale.at,
        at,
        maxPriceAge,
      })
}

// What the book decides

const lotAsked = (ground: Ground, ask: Ask.ToLot): E.Either<Denied.Refusal, Book.Command> => {
  const { command, lot: name } = ask
  const lot = ground.loaded.book.lots.get(name)
  const at = timeOf(ground, command.at, lot?.lastAt ?? 0)
  if (command._tag !== 'Reset' && command._tag !== 'Restart')
    return E.right({ _tag: 'ToLot', lot: name, command: { ...command, at } })
  const { market: given, ...rest } = command
  const asset = lot?.goods._tag === 'Collateral' ? lot.goods.asset : undefined
  const quotes =
    given === undefined && asset !== undefined ? quotesOf(ground, [asset], at) : E.right([])
  if (E.isLeft(quotes)) return quotes
  // A price of nothing is one that is not there: the rule that needs one says so.
  const market = given ?? quotes.right[0]?.market ?? Fixed.ray(0n)
  return E.right({ _tag: 'ToLot', lot: name, command: { ...rest, at, market } })
}

const openingAsked = (ground: Ground, ask: Ask.Open): E.Either<Denied.Refusal, Book.Command> => {
  const { book, settings } = ground.loaded
  const { keeper, position: name, quotes: given } = ask
  const position = book.positions.get(name)
  const line = position === undefined ? undefined : book.house.lines.get(position.line)
  const at = timeOf(ground, ask.at, House.lastAt(book.house, line))
  const quotes =
    given === undefined && position !== undefined
      ? quotesOf(ground, pricedBy(settings, position), at)
      : E.right(given ?? [])
  return E.isLeft(quotes)
    ? quotes
    : E.right({ _tag: 'Open', at, keeper, position: name, quotes: quotes.right })
}

const hazardous = (hazards: readonly Hazard.Hazard[]): E.Either<Denied.Hazardous, undefined> => {
  const [first] = hazards
  if (first === undefined) return E.right(undefined)
  const { found, wanted } = HazardsJson.describe(first)
  const { parameter, rule } = first
  return E.left({
    _tag: 'Hazardous',
    rule: 'PRT-19',
    hazard: rule,
    parameter,
    given: found,
    wanted,
  })
}

const houseAsked = (
  ground: Ground,
  { command }: Ask.ToHouse,
): E.Either<Denied.Refusal, Book.Command> => {
  const { house } = ground.loaded.book
  const line = lineOf(command)
  const checked =
    command._tag === 'ChangeTerms' && !ground.options.unchecked
      ? hazardous(Terms.hazards(command.terms))
      : E.right(undefined)
  if (E.isLeft(checked)) return checked
  const lastAt = House.lastAt(house, line === undefined ? undefined : house.lines.get(line))
  return E.right({
    _tag: 'ToHouse',
    command: { ...command, at: timeOf(ground, command.at, lastAt) },
  })
}

const treasuryAsked = (ground: Ground, { command, queuedAt }: Ask.ToTreasury): Book.Command => ({
  _tag: 'ToTreasury',
  command: { ...command, at: timeOf(ground, command.at, ground.loaded.book.treasury.lastAt) },
  ...(queuedAt === undefined ? {} : { queuedAt }),
})

/** How the positions that events seize from or give back to stand after them (PRT-11). */
const heldAfter = (book: Book.Book, events: readonly Event.Event[]): readonly Record.Held[] => {
  const touched = events.flatMap((event) =>
    event._tag === 'Opened' || event._tag === 'Cancelled'
      ? [[event.goods.position, event.at] as const]
      : [],
  )
  return [...new Map(touched)].flatMap(([name, at]) => {
    const position = book.positions.get(name)
    return position === undefined ? [] : [{ _tag: 'Held', at, position }]
  })
}

const decidedByBook = (
  { loaded: { book } }: Ground,
  command: E.Either<Denied.Refusal, Book.Command>,
): Decided => {
  if (E.isLeft(command)) return command
  const before: Totals.Totalled = {
    house: book.house,
    treasury: book.treasury,
    queue: new Map(book.queue),
  }
  const decision = Book.step(book, command.right)
  if (E.isLeft(decision)) return decision
  const events = decision.right
  return E.right({
    records: [...events, ...heldAfter(book, events)],
    deltas: Totals.changes(before, book, events),
  })
}

// What only an engine decides

const recorded = (record: Record.Record): Decided => E.right({ records: [record], deltas: [] })

const held = (ground: Ground, ask: Ask.Hold): Decided => {
  const { position, seen } = ask
  const { book, ends, held } = ground.loaded
  const stands = ends.get(Record.positionStream(position.id))?.sequence ?? 0
  const lastAt = held.get(position.id)?.at ?? 0
  const at = timeOf(ground, ask.at, lastAt)
  if (seen !== stands) return E.left({ _tag: 'PositionMoved', rule: 'PRT-11', seen, stands })
  if (!Check.isTime(at, lastAt)) return Check.badTime(at, lastAt)
  Book.hold(book, position)
  return recorded({ _tag: 'Held', at, position })
}

const quoted = (ground: Ground, ask: Ask.Quote): Decided => {
  const { asset, market, risk } = ask
  const lastAt = ground.loaded.quoted.get(asset)?.at ?? 0
  const at = timeOf(ground, ask.at, lastAt)
  return Check.isTime(at, lastAt)
    ? recorded({ _tag: 'Quoted', at, asset, risk, market })
    : Check.badTime(at, lastAt)
}

/** The first thing that is wrong with an establishment, if any (PRT-20). */
const misfit = ({ loaded }: Ground, ask: Ask.Establish): Denied.BadEstablishment | undefined => {
  const { established } = loaded.settings
  const version = (established?.treasury.version ?? 0) + 1
  const bad = (what: string, given: number, wanted: number): Denied.BadEstablishment => ({
    _tag: 'BadEstablishment',
    rule: 'PRT-20',
    what,
    given,
    wanted,
  })
  if (ask.treasury.version !== version)
    return bad('version of the terms', ask.treasury.version, version)
  const all = [
    {
      token: Payable.MONEY,
      places: ask.money,
      most: Payable.RAD_PLACES,
      was: established?.places.money,
    },
    ...ask.tokens.map(({ places, token }) => ({
      token,
      places,
      most: Payable.WAD_PLACES,
      was: established?.places.tokens.get(token),
    })),
  ]
  const wrong = all.find(
    ({ most, places, was }) =>
      !Number.isSafeInteger(places) || places < 0 || places > most || (was ?? places) !== places,
  )
  return wrong === undefined
    ? undefined
    : bad(`places of ${wrong.token}`, wrong.places, wrong.was ?? wrong.most)
}

const established = (ground: Ground, ask: Ask.Establish): Decided => {
  const { settings } = ground.loaded
  const { money, tokens, treasury } = ask
  const bad = misfit(ground, ask)
  if (bad !== undefined) return E.left(bad)
  if (settings.house.lines.has(treasury.line)) return Book.nameTaken(treasury.line)
  const names = [treasury.surplus.token, treasury.debt.token, ...tokens.map(({ token }) => token)]
  if (names.includes(Payable.MONEY)) return Book.nameTaken(Payable.MONEY)
  const checked = ground.options.unchecked
    ? E.right(undefined)
    : hazardous(TreasuryTerms.hazards(treasury))
  if (E.isLeft(checked)) return checked
  const at = timeOf(ground, ask.at, settings.lastAt)
  return Check.isTime(at, settings.lastAt)
    ? recorded({ _tag: 'Established', at, treasury, money, tokens })
    : Check.badTime(at, settings.lastAt)
}

/** What a request leads to (PRT-2, PRT-7 to PRT-9, PRT-11, PRT-19, PRT-20). */
export const decide = (ground: Ground, { ask }: Request): Decided => {
  if (ask._tag !== 'Establish' && ground.loaded.settings.established === undefined)
    return E.left({ _tag: 'NotEstablished', rule: 'PRT-20' })
  const [at, latest] = [timeAsked(ask), ground.now + ground.options.skew]
  // What is no time is left to the rule that says so.
  if (at !== undefined && at > latest && Check.isTime(at, latest))
    return E.left({ _tag: 'FutureTime', rule: 'PRT-7', at, latest })
  switch (ask._tag) {
    case 'Establish':
      return established(ground, ask)
    case 'Open':
      return decidedByBook(ground, openingAsked(ground, ask))
    case 'ToLot':
      return decidedByBook(ground, lotAsked(ground, ask))
    case 'ToHouse':
      return decidedByBook(ground, houseAsked(ground, ask))
    case 'ToTreasury':
      return decidedByBook(ground, E.right(treasuryAsked(ground, ask)))
    case 'Hold':
      return held(ground, ask)
    case 'Quote':
      return quoted(ground, ask)
  }
}
