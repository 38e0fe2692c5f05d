/**
 * AuditFold: the fold of all entries of a store, in their order, that finds the first one that is wrong.
 *
 * Laws: PRT-4, PRT-11, PRT-12, PRT-14, PRT-15, PRT-17, PRT-18 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { States } from '../codec/index.js'
import { Fixed } from '../core/index.js'
import * as Book from './Book.js'
import * as Books from './Books.js'
import { broken, type End, endOf, nameOf, start } from './Chain.js'
import type { Anchor } from './Checkpoint.js'
import * as Payable from './Payable.js'
import type { Entry, Payment, Snapshot, Transfer } from './Port.js'
import * as Record from './Record.js'
import * as Settings from './Settings.js'

// Model

/** What is wrong with a store: by which rule, where, and what would be right. */
export interface Fault {
  readonly rule: string
  readonly where: string
  readonly what: string
  readonly expected: string
  readonly found: string
}

/** The fold so far. It changes with every entry. */
export interface Fold {
  readonly anchor: Anchor | undefined
  readonly snapshots: ReadonlyMap<string, Snapshot>
  readonly book: Book.Book
  readonly books: Books.Books
  settings: Settings.Settings
  readonly ends: Map<string, End>
  /** The hashes of entries that no checkpoint has named yet, by their names. */
  readonly unnamed: Map<string, Map<number, string>>
  /** The entries that each command caused, as its outcome should list them. */
  readonly caused: Map<string, string>
  /** The positions that the command in hand has changed, and not yet said how they stand. */
  readonly changed: Set<string>
  /** After how many entries a command was over. */
  readonly over: number[]
  entries: number
  transfers: number
  payments: number
  command: string | undefined
}

/** A fold of no entries. */
export const begin = (
  snapshots: ReadonlyMap<string, Snapshot>,
  anchor: Anchor | undefined,
): Fold => ({
  anchor,
  snapshots,
  book: Book.make(Fixed.rad(0n), undefined as never),
  books: Books.start(),
  settings: Settings.none,
  ends: new Map(),
  unnamed: new Map(),
  caused: new Map(),
  changed: new Set(),
  over: [],
  entries: 0,
  transfers: 0,
  payments: 0,
  command: undefined,
})

// Queries

/** Any value as text. */
const shown = (value: unknown): string => {
  if (typeof value === 'string') return value
  if (value === undefined) return 'nothing'
  return JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one))
}

/** That something somewhere is not what it should be. */
export const faultIn = (
  rule: string,
  where: string,
  what: string,
  expected: unknown,
  found: unknown,
): Fault => ({ rule, where, what, expected: shown(expected), found: shown(found) })

const fault = (
  rule: string,
  entry: Pick<Entry, 'stream' | 'sequence'>,
  what: string,
  expected: unknown,
  found: unknown,
): Fault => faultIn(rule, nameOf(entry), what, expected, found)

const differ = (expected: unknown, found: unknown): boolean => shown(expected) !== shown(found)

/** What is wrong with the place of an entry in its stream (PRT-3, PRT-4). */
const chainFault = ({ ends }: Fold, entry: Entry): Fault | undefined => {
  const end = ends.get(entry.stream) ?? start
  switch (broken(end, entry)) {
    case 'sequence':
      return fault('PRT-3', entry, 'the number of the entry', end.sequence + 1, entry.sequence)
    case 'previous':
      return fault('PRT-4', entry, 'the hash of the entry before it', end.hash, entry.previous)
    case 'hash':
      return fault('PRT-4', entry, 'the hash of what it says', 'that of its text', entry.hash)
    case undefined:
      return undefined
  }
}

/** The first head of a checkpoint that is not where the checkpoint says it is (PRT-14). */
const headFault = (
  { unnamed }: Fold,
  entry: Entry,
  { heads }: Record.Checkpointed,
): Fault | undefined => {
  const wrong = heads.find(
    ({ hash, sequence, stream }) => unnamed.get(stream)?.get(sequence) !== hash,
  )
  return wrong === undefined
    ? undefined
    : fault(
        'PRT-14',
        wrong,
        `the entry that ${nameOf(entry)} names`,
        wrong.hash,
        unnamed.get(wrong.stream)?.get(wrong.sequence),
      )
}

/** What of the rows that follow from an entry is not as it should be (PRT-12). */
const rowFault = (
  { settings }: Fold,
  entry: Entry,
  record: Record.Record,
  transfers: readonly Transfer[],
  payments: readonly Payment[],
): Fault | undefined => {
  const places = settings.established?.places
  const due =
    places === undefined || !Record.isEvent(record)
      ? { transfers: [], payments: [] }
      : Payable.of(places, record, entry)
  if (differ(due.transfers, transfers))
    return fault('PRT-12', entry, 'its transfers', due.transfers, transfers)
  return differ(due.payments, payments)
    ? fault('PRT-12', entry, 'its payments', due.payments, payments)
    : undefined
}

/** What is wrong with how a position stands after it was seized from or given back to (PRT-11). */
const heldFault = ({ book, changed }: Fold, entry: Entry, held: Record.Held): Fault | undefined => {
  const { id } = held.position
  const stands = book.positions.get(id)
  return changed.has(id) && stands !== undefined && differ(stands, held.position)
    ? fault('PRT-11', entry, 'the position after its seizure', stands, held.position)
    : undefined
}

/** A lot's first entry opens it, and no other does; a seizure is of a position that is held. */
const orderFault = ({ book }: Fold, entry: Entry, record: Record.Record): Fault | undefined => {
  if (!('lot' in record)) return undefined
  const opens = ['Opened', 'SurplusOpened', 'DebtOpened'].includes(record._tag)
  if (opens !== (entry.sequence === 1))
    return fault('PRT-3', entry, 'a lot', 'opened by its first entry', record._tag)
  return record._tag === 'Opened' && !book.positions.has(record.goods.position)
    ? fault('PRT-11', entry, 'the position', 'one that is held', record.goods.position)
    : undefined
}

/** What is wrong with a lot's snapshot, once its entries up to the snapshot's are folded (PRT-18). */
const snapshotFault = ({ book, snapshots }: Fold, entry: Entry): Fault | undefined => {
  const snapshot = snapshots.get(entry.stream)
  if (snapshot?.sequence !== entry.sequence) return undefined
  if (snapshot.format > Record.format)
    return fault('PRT-17', entry, 'the format of the snapshot', Record.format, snapshot.format)
  // One in an older format is not read any more.
  if (snapshot.format < Record.format) return undefined
  const lot = book.lots.get(Record.lotIn(entry.stream) ?? '')
  const state = lot === undefined ? 'no lot' : JSON.stringify(States.lot.encode(lot))
  if (state !== snapshot.state) return fault('PRT-18', entry, 'the snapshot', state, snapshot.state)
  return entry.hash === snapshot.hash
    ? undefined
    : fault('PRT-18', entry, 'the hash of the snapshot', entry.hash, snapshot.hash)
}

const anchorFault = ({ anchor }: Fold, entry: Entry): Fault | undefined =>
  anchor !== undefined &&
  entry.stream === Record.checkpointStream &&
  entry.sequence === anchor.sequence &&
  entry.hash !== anchor.hash
    ? fault('PRT-14', entry, 'the checkpoint of the anchor', anchor.hash, entry.hash)
    : undefined

// Transitions

const fold = (one: Fold, record: Record.Record): void => {
  one.settings = Settings.evolve(one.settings, record)
  if (record._tag === 'Held') {
    one.changed.delete(record.position.id)
    Book.hold(one.book, record.position)
  }
  if (!Record.isEvent(record)) return
  Book.apply(one.book, record)
  Books.record(one.books, record)
  if (record._tag === 'Opened' || record._tag === 'Cancelled')
    one.changed.add(record.goods.position)
}

/** The command before is over: it has said how every position stands that it changed (PRT-11). */
const beginCommand = (one: Fold, entry: Entry): Fault | undefined => {
  if (one.command === entry.command) return undefined
  one.command = entry.command
  if (one.entries > 0) one.over.push(one.entries)
  const [missing] = one.changed
  return missing === undefined
    ? undefined
    : fault('PRT-11', entry, `how position ${missing} stands, before it`, 'Held', 'nothing')
}

const remember = (one: Fold, entry: Entry, record: Record.Record): void => {
  const { command, hash, sequence, stream } = entry
  one.ends.set(stream, endOf(entry))
  if (record._tag === 'Checkpointed') {
    for (const head of record.heads) {
      const ofStream = one.unnamed.get(head.stream)
      for (const known of ofStream?.keys() ?? [])
        if (known <= head.sequence) ofStream?.delete(known)
      if (ofStream?.size === 0) one.unnamed.delete(head.stream)
    }
    return
  }
  const ofStream = one.unnamed.get(stream) ?? new Map<number, string>()
  one.unnamed.set(stream, ofStream.set(sequence, hash))
  one.caused.set(command, `${one.caused.get(command) ?? ''}${nameOf(entry)}\n`)
}

/**
 * Folds the next entry, with the rows that follow from it. Answers what is wrong with it, if anything:
 * the fold goes no further then.
 */
export const next = (
  one: Fold,
  entry: Entry,
  transfers: readonly Transfer[],
  payments: readonly Payment[],
): Fault | undefined => {
  const chain = beginCommand(one, entry) ?? chainFault(one, entry) ?? anchorFault(one, entry)
  if (chain !== undefined) return chain
  const read = Record.read(entry)
  if (E.isLeft(read))
    return fault('PRT-17', entry, 'what it says', 'something to read', read.left.why)
  const record = read.right
  const before =
    (record._tag === 'Checkpointed' ? headFault(one, entry, record) : undefined) ??
    (record._tag === 'Held' ? heldFault(one, entry, record) : undefined) ??
    orderFault(one, entry, record) ??
    rowFault(one, entry, record, transfers, payments)
  if (before !== undefined) return before
  fold(one, record)
  remember(one, entry, record)
  one.entries += 1
  one.transfers += transfers.length
  one.payments += payments.length
  return snapshotFault(one, entry)
}
