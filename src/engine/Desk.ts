/**
 * Desk: where requests are decided, one after the other, on what was loaded for them; and what is to be
 * stored of it.
 *
 * Laws: PRT-3, PRT-5, PRT-12, PRT-18 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { States } from '../codec/index.js'
import type { Lot } from '../core/index.js'
import type * as Book from './Book.js'
import { link, start } from './Chain.js'
import { decide, type Ground } from './Decide.js'
import { namesOf } from './Load.js'
import type * as Lots from './Lots.js'
import * as Payable from './Payable.js'
import type { Delta, Entry, Outcome, Payment, Snapshot, Transfer, Write } from './Port.js'
import * as Record from './Record.js'
import {
  type Happened,
  done,
  fingerprint,
  outcome,
  refused,
  type Request,
  type Settled,
} from './Request.js'

// Model

/** A step in the making: it changes as requests are decided. */
export interface Desk {
  readonly ground: Ground
  readonly entries: Entry[]
  readonly transfers: Transfer[]
  readonly payments: Payment[]
  readonly outcomes: Outcome[]
  readonly deltas: Map<string, bigint>
  /** What was answered in this step, by id. */
  readonly answered: Map<string, { readonly fingerprint: string; readonly answer: Settled }>
}

/** A desk with nothing on it. */
export const open = (ground: Ground): Desk => ({
  ground,
  entries: [],
  transfers: [],
  payments: [],
  outcomes: [],
  deltas: new Map(),
  answered: new Map(),
})

// What is stored

const happened = (desk: Desk, command: string, record: Record.Record): Happened => {
  const { ends, settings } = desk.ground.loaded
  const stream = Record.streamOf(record)
  const entry = link(ends.get(stream) ?? start, { stream, command, ...Record.write(record) })
  ends.set(stream, entry)
  desk.entries.push(entry)
  const places = settings.established?.places
  if (places !== undefined && Record.isEvent(record)) {
    const { payments, transfers } = Payable.of(places, record, entry)
    desk.transfers.push(...transfers)
    desk.payments.push(...payments)
  }
  return { stream, sequence: entry.sequence, record }
}

/** What was said of a request before, in this step or an earlier one (PRT-5). */
const before = ({ answered, ground: { loaded } }: Desk, request: Request): Settled | undefined => {
  const { id } = request
  const stored = loaded.outcomes.get(id)
  const known = answered.get(id)
  const told = known?.fingerprint ?? stored?.outcome.fingerprint
  if (told === undefined) return undefined
  if (told !== fingerprint(request)) return refused(id, { _tag: 'OtherCommand', rule: 'PRT-5', id })
  if (known !== undefined || stored === undefined) return known?.answer
  return stored.said._tag === 'Refused'
    ? refused(id, stored.said.refusal)
    : done(
        id,
        namesOf(stored.said).flatMap((name) => loaded.earlier.get(name) ?? []),
      )
}

/** Decides a request on what those before it in the step left, and puts what is to be stored on the desk. */
export const answer = (desk: Desk, request: Request): Settled => {
  const said = before(desk, request)
  if (said !== undefined) return said
  const { id } = request
  const decided = decide(desk.ground, request)
  const made = E.isLeft(decided)
    ? refused(id, decided.left)
    : done(
        id,
        decided.right.records.map((record) => happened(desk, id, record)),
      )
  if (E.isRight(decided))
    for (const { amount, total } of decided.right.deltas)
      desk.deltas.set(total, (desk.deltas.get(total) ?? 0n) + amount)
  const stored = outcome(request, made)
  desk.outcomes.push(stored)
  desk.answered.set(id, { fingerprint: stored.fingerprint, answer: made })
  return made
}

/** The lot of a stream, if it is one of a lot. */
const lotIn = ({ lots }: Book.Book, stream: string): Lot.Lot | undefined =>
  lots.get(Record.lotIn(stream) ?? '')

/** The states of lots that have had many entries since they were last stored (PRT-18). */
const snapshots = ({ entries, ground: { loaded, options } }: Desk): readonly Snapshot[] =>
  [...new Map(entries.map((entry) => [entry.stream, entry])).values()].flatMap((entry) => {
    const { hash, sequence, stream } = entry
    const lot = lotIn(loaded.book, stream)
    return lot === undefined ||
      sequence - (loaded.lots.get(stream)?.snapshot ?? 0) < options.snapshotEvery
      ? []
      : [
          {
            stream,
            sequence,
            hash,
            format: Record.format,
            state: JSON.stringify(States.lot.encode(lot)),
          },
        ]
  })

/** All that the step stores. */
export const written = (desk: Desk): Write => {
  const { deltas, entries, ground, outcomes, payments, transfers } = desk
  const streams = new Set(entries.map(({ stream }) => stream))
  return {
    // What an entry follows is looked at anyway.
    upon: ground.loaded.upon.filter(({ stream }) => !streams.has(stream)),
    entries,
    transfers,
    payments,
    outcomes,
    deltas: [...deltas].flatMap(([total, amount]): readonly Delta[] =>
      amount === 0n ? [] : [{ total, amount }],
    ),
    snapshots: snapshots(desk),
    fold: ground.loaded.long,
  }
}

/** The lots that the step has read or changed, to be kept at hand once it is stored. */
export const lotsAfter = (
  { ground: { loaded } }: Desk,
  { entries, snapshots }: Write,
): readonly (readonly [string, Lots.Kept])[] => {
  const stored = new Map(snapshots.map(({ sequence, stream }) => [stream, sequence]))
  const streams = new Set([...loaded.lots.keys(), ...entries.map(({ stream }) => stream)])
  return [...streams].flatMap((stream) => {
    const lot = lotIn(loaded.book, stream)
    const before = loaded.lots.get(stream)
    const snapshot = stored.get(stream) ?? before?.snapshot ?? 0
    return lot === undefined
      ? []
      : [
          [
            stream,
            {
              lot,
              end: loaded.ends.get(stream) ?? start,
              snapshot,
              own: (before?.own ?? 0) + 1,
            },
          ],
        ]
  })
}
