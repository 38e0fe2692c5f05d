/**
 * Settings: what the stream of the house says: the terms of every line, worked out, the breakers, the
 * ceiling, and what the store was established for. It changes seldom, so an engine keeps it and reads on from where it was.
 *
 * Laws: PRT-3, PRT-20 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Auction, Fixed, House, type Treasury } from '../core/index.js'
import { type End, endOf, start } from './Chain.js'
import type { Places } from './Payable.js'
import type { Entry } from './Port.js'
import * as Record from './Record.js'

// Model

export interface Settings {
  /** Where the stream of the house ended when this was read. */
  readonly end: End
  readonly lastAt: Fixed.Seconds
  /** The house as its own stream says it stands: nothing is in flight in it. */
  readonly house: House.House
  /** Of every line, its terms by version. */
  readonly terms: ReadonlyMap<string, readonly Auction.Compiled[]>
  /** Nothing until the store is established. */
  readonly established: { readonly treasury: Treasury.Terms; readonly places: Places } | undefined
}

// Constructors

/** The settings of a store without entries. */
export const none: Settings = {
  end: start,
  lastAt: 0,
  house: House.make(Fixed.rad(0n)),
  terms: new Map(),
  established: undefined,
}

// Transitions

const established = (
  { established: before }: Settings,
  { money, tokens, treasury }: Record.Established,
): Settings['established'] => ({
  treasury,
  places: {
    money,
    tokens: new Map([
      ...(before?.places.tokens ?? []),
      ...tokens.map(({ places, token }) => [token, places] as const),
    ]),
  },
})

/** The settings after a record of the house. */
export const evolve = (settings: Settings, record: Record.Record): Settings => {
  switch (record._tag) {
    case 'Established':
      return { ...settings, lastAt: record.at, established: established(settings, record) }
    case 'TermsChanged': {
      const { line, terms } = record
      const versions = [...(settings.terms.get(line) ?? []), Auction.compile(terms)]
      return {
        ...settings,
        lastAt: record.at,
        house: House.evolve(settings.house, record),
        terms: new Map([...settings.terms, [line, versions]]),
      }
    }
    case 'LevelChanged':
    case 'HouseChanged':
      return { ...settings, lastAt: record.at, house: House.evolve(settings.house, record) }
    default:
      return settings
  }
}

/** The settings after more entries of the stream of the house. */
export const after = (
  settings: Settings,
  entries: readonly Entry[],
): E.Either<Record.Unreadable, Settings> =>
  entries.reduce<E.Either<Record.Unreadable, Settings>>(
    (so, entry) =>
      E.isLeft(so) || entry.sequence <= so.right.end.sequence
        ? so
        : E.map((record: Record.Record) => ({
            ...evolve(so.right, record),
            end: endOf(entry),
          }))(Record.read(entry)),
    E.right(settings),
  )
