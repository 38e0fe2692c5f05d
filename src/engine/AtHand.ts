/**
 * AtHand: what an engine knows from before, and whether the store is still the one that it knows it of.
 *
 * Laws: PRT-3, PRT-10, PRT-18 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { goesOn } from './Chain.js'
import * as Lots from './Lots.js'
import {
  type Entry,
  type Found,
  type Head,
  nothingWanted,
  type Session,
  type Unavailable,
} from './Port.js'
import * as Record from './Record.js'
import type { Request } from './Request.js'
import * as Settings from './Settings.js'

// Model

/** What an engine knows from before: it reads on from there. */
export interface Before {
  readonly settings: Settings.Settings
  readonly shelf: ReadonlyMap<string, Lots.Kept>
  /** Whether a conflict has shown that some of it may be wrong: what ends where it did is then read again, too. */
  readonly isDoubted: boolean
}

// Queries

export const foundNothing: Found = {
  streams: new Map(),
  outcomes: new Map(),
  totals: new Map(),
  entries: [],
}

/**
 * Where the streams end that requests name, if nothing that they name need be read: bids on lots of which the last
 * steps were this engine's own.
 */
export const atHand = (
  { settings, shelf }: Before,
  requests: readonly Request[],
): readonly Head[] | undefined => {
  const house = Record.houseStream
  const heads = new Map<string, Head>([[house, { stream: house, ...settings.end }]])
  for (const { ask } of requests) {
    if (ask._tag !== 'ToLot') return undefined
    const stream = Record.lotStream(ask.lot)
    const kept = shelf.get(stream)
    if (kept === undefined || !Lots.isOwn(kept)) return undefined
    heads.set(stream, { stream, ...kept.end })
  }
  return [...heads.values()]
}

const entriesOf = (streams: Found['streams'], stream: string): readonly Entry[] =>
  streams.get(stream)?.entries ?? []

/**
 * What is known from before, but for what the store is not known by: it may be another one than it was, such as a copy
 * that was made before and has gone on otherwise.
 */
export const known = (
  { isDoubted, settings, shelf }: Before,
  streams: Found['streams'],
): Before => {
  const house = entriesOf(streams, Record.houseStream)
  const [first, ...rest] = house
  const isSame = isDoubted
    ? settings.end.sequence === 0 || (first?.hash === settings.end.hash && goesOn(first, rest))
    : goesOn(settings.end, house)
  return {
    isDoubted,
    settings: isSame ? settings : Settings.none,
    shelf: new Map(
      [...shelf].filter(([stream, { end }]) => goesOn(end, entriesOf(streams, stream))),
    ),
  }
}

/** What was found, with all entries of what was not to be read on from: lots by their snapshots, if these are of use. */
export const whole = async (
  session: Session,
  before: Before,
  still: Before,
  found: Found,
): Promise<E.Either<Unavailable, Found>> => {
  const forgotten = [...before.shelf.keys()].filter((stream) => !still.shelf.has(stream))
  const unusable = Lots.unusable(found.streams)
  const streams = [
    ...(still.settings === before.settings ? [] : [{ stream: Record.houseStream, from: 0 }]),
    ...unusable.map((stream) => ({ stream, from: 0 })),
    ...forgotten.map((stream) => ({ stream, from: 'snapshot' as const })),
  ]
  if (streams.length === 0) return E.right(found)
  const again = await session.read({ ...nothingWanted, streams })()
  if (E.isLeft(again)) return again
  const all = { ...found, streams: new Map([...found.streams, ...again.right.streams]) }
  // A snapshot of a lot that was read again may be of no use either: it has none in the next round.
  return unusable.length < Lots.unusable(all.streams).length
    ? whole(session, still, still, all)
    : E.right(all)
}
