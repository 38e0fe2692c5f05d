/**
 * House: the totals that limit a new lot, and the breakers of its lines.
 *
 * It holds no lots: every event says what it adds to the money in flight or releases.
 *
 * Laws: HOU-1 to HOU-12 (spec/12-house.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { badTime, isTime } from './Check.js'
import type { Event, Level, OfHouse } from './Event.js'
import { type Rad, rad, type Seconds } from './Fixed.js'
import type * as Refusal from './Refusal.js'
import type { Room } from './Seizure.js'
import type { Terms } from './Terms.js'

// Model

/** What one line has in flight, and how it stands. */
export interface Line {
  readonly level: Level
  /** The version of the terms in force. */
  readonly version: number
  /** The targets of its open lots, together (dirt). */
  readonly inFlight: Rad
  /** How many lots it has opened: the next is one more. */
  readonly opened: number
  readonly lastAt: Seconds
}

export interface House {
  /** Whether it opens lots at all (live). */
  readonly opens: boolean
  /** The most money in flight in all lines (Hole). */
  readonly ceiling: Rad
  /** The targets of all open lots (Dirt). */
  readonly inFlight: Rad
  readonly lines: ReadonlyMap<string, Line>
  readonly lastAt: Seconds
}

/** Put terms in force: the next version of a line's, or the first. */
export interface ChangeTerms {
  readonly _tag: 'ChangeTerms'
  readonly at: Seconds
  readonly terms: Terms
}

/** Move a line's breaker. */
export interface ChangeLevel {
  readonly _tag: 'ChangeLevel'
  readonly at: Seconds
  readonly line: string
  readonly level: number
}

/** Change the ceiling over all lines, or whether any lot is opened. */
export interface ChangeHouse {
  readonly _tag: 'ChangeHouse'
  readonly at: Seconds
  readonly ceiling: Rad
  readonly opens: boolean
}

export type Command = ChangeTerms | ChangeLevel | ChangeHouse

// Constructors

/** A house with no lines and nothing in flight. */
export const make = (ceiling: Rad): House => ({
  opens: true,
  ceiling,
  inFlight: rad(0n),
  lines: new Map(),
  lastAt: 0,
})

// Queries

/** The room under the ceilings of the house and of a line (HOU-7). */
export const room = (house: House, line: Line, terms: Terms): Room => ({
  inHouse: rad(house.ceiling - house.inFlight),
  inLine: rad(terms.ceiling - line.inFlight),
})

/** The name of a line's next lot, used once (HOU-8). */
export const nextLot = (name: string, line: Line, ahead = 1): string =>
  `${name}/${line.opened + ahead}`

/** The last instant that a change of a line, or an opening in it, may not come before (HOU-1). */
export const lastAt = (house: House, line: Line | undefined): Seconds =>
  Math.max(house.lastAt, line === undefined ? 0 : line.lastAt)

/** What an event adds to the money in flight of its line, or, below zero, releases (HOU-7). */
export const flow = (event: Event): bigint => {
  switch (event._tag) {
    case 'Opened':
      return event.target
    case 'Taken':
      return 0n - event.repaid - event.penalty
    case 'Closed':
    case 'Cancelled':
      return 0n - event.released
    default:
      return 0n
  }
}

// Transitions

const isLevel = (level: number): level is Level =>
  level === 0 || level === 1 || level === 2 || level === 3

type Decision = E.Either<
  Refusal.BadSetting | Refusal.BadTime | Refusal.NoSuchLine | Refusal.NotNextVersion,
  readonly OfHouse[]
>

const badSetting = (given: bigint): Decision =>
  E.left({ _tag: 'BadSetting', rule: 'HOU-10', given })

/** The line that a change is about, as it stands. */
const lineOf = (house: House, command: Command): Line | undefined => {
  switch (command._tag) {
    case 'ChangeTerms':
      return house.lines.get(command.terms.line)
    case 'ChangeLevel':
      return house.lines.get(command.line)
    case 'ChangeHouse':
      return undefined
  }
}

/**
 * The event of a change, or why it is refused: an unknown line (HOU-2), a bad time (HOU-1), terms that
 * are not the next version (HOU-9), a level or ceiling that is none (HOU-10). Who may ask is the host's.
 */
export const decide = (house: House, command: Command): Decision => {
  const { at } = command
  const current = lineOf(house, command)
  if (command._tag === 'ChangeLevel' && current === undefined)
    return E.left({ _tag: 'NoSuchLine', rule: 'HOU-2', line: command.line })
  const last = lastAt(house, current)
  if (!isTime(at, last)) return badTime(at, last)
  switch (command._tag) {
    case 'ChangeTerms': {
      const { line, version } = command.terms
      const wanted = (current?.version ?? 0) + 1
      return version === wanted
        ? E.right([{ _tag: 'TermsChanged', line, at, terms: command.terms }])
        : E.left({ _tag: 'NotNextVersion', rule: 'HOU-9', version, wanted })
    }
    case 'ChangeLevel': {
      const { level, line } = command
      return isLevel(level)
        ? E.right([{ _tag: 'LevelChanged', line, at, level }])
        : badSetting(Number.isSafeInteger(level) ? BigInt(level) : -1n)
    }
    case 'ChangeHouse': {
      const { ceiling, opens } = command
      return ceiling >= 0n
        ? E.right([{ _tag: 'HouseChanged', at, ceiling, opens }])
        : badSetting(ceiling)
    }
  }
}

const fresh: Line = { level: 0, version: 0, inFlight: rad(0n), opened: 0, lastAt: 0 }

const withLine = (house: House, name: string, change: (line: Line) => Line): House => ({
  ...house,
  lines: new Map([...house.lines, [name, change(house.lines.get(name) ?? fresh)]]),
})

/** The house after an event of a lot or of its own (HOU-7, HOU-8). Its cost does not grow with the lots. */
export const evolve = (house: House, event: Event): House => {
  switch (event._tag) {
    case 'HouseChanged':
      return { ...house, ceiling: event.ceiling, opens: event.opens, lastAt: event.at }
    case 'TermsChanged': {
      const { at, terms } = event
      return {
        ...withLine(house, event.line, (line) => ({ ...line, version: terms.version, lastAt: at })),
        lastAt: at,
      }
    }
    case 'LevelChanged': {
      const { at, level } = event
      return {
        ...withLine(house, event.line, (line) => ({ ...line, level, lastAt: at })),
        lastAt: at,
      }
    }
    case 'Opened':
    case 'Taken':
    case 'Closed':
    case 'Cancelled': {
      const added = flow(event)
      const opened = event._tag === 'Opened' ? 1 : 0
      return {
        ...withLine(house, event.line, (line) => ({
          ...line,
          inFlight: rad(line.inFlight + added),
          opened: line.opened + opened,
          lastAt: opened === 1 ? event.at : line.lastAt,
        })),
        inFlight: rad(house.inFlight + added),
      }
    }
    default:
      return house
  }
}
