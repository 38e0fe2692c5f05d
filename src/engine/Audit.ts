/**
 * Audit: folds a whole store again and names the first thing in it that is wrong.
 *
 * Laws: PRT-15 (spec/10-ports.md), and by Laws those of spec/07-accounting.md.
 *
 * @example
 * await Audit.run(store)() // E.right({ entries: 40, …, fault: undefined })
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { begin, type Fault, faultIn, type Fold, next } from './AuditFold.js'
import { nameOf } from './Chain.js'
import type { Anchor } from './Checkpoint.js'
import * as Feed from './Feed.js'
import * as Laws from './Laws.js'
import type { Entry, EventStore, Outcome, Snapshot, Unavailable, View } from './Port.js'
import { checkpointStream } from './Record.js'
import { read } from './Request.js'
import * as Totals from './Totals.js'

export type { Fault } from './AuditFold.js'

// Model

/** What was looked at, and the first thing that is wrong, if anything is. */
export interface Report {
  readonly entries: number
  readonly streams: number
  readonly lots: number
  readonly transfers: number
  readonly payments: number
  readonly outcomes: number
  readonly checkpoints: number
  readonly fault: Fault | undefined
}

type Task<A> = TE.TaskEither<Unavailable, A>

/** How many entries are read at a time. */
const PAGE = 2000

// Reading

/** All rows of a table that is read page by page. */
const all =
  <Row>(
    page: (after: string | undefined, limit: number) => Task<readonly Row[]>,
    nameOf: (row: Row) => string,
    each: (row: Row) => void,
  ): Task<undefined> =>
  async () => {
    for (let after: string | undefined; ; ) {
      const rows = await page(after, PAGE)()
      if (E.isLeft(rows)) return rows
      rows.right.forEach(each)
      const last = rows.right.at(-1)
      if (last === undefined) return E.right(undefined)
      after = nameOf(last)
    }
  }

/** Rows by the entry that they belong to. */
const byEntry = <Row extends Pick<Entry, 'stream' | 'sequence'>>(
  rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> => {
  const found = new Map<string, Row[]>()
  for (const row of rows) {
    const ofEntry = found.get(nameOf(row))
    if (ofEntry === undefined) found.set(nameOf(row), [row])
    else ofEntry.push(row)
  }
  return found
}

/** Folds the entries of a store, up to so many of them; answers the first that is wrong. */
const folded =
  (view: View, fold: Fold, most: number): Task<Fault | undefined> =>
  async () => {
    for await (const page of Feed.pages(view, undefined, PAGE)) {
      if (E.isLeft(page)) return page
      const entries = page.right.entries.slice(0, most - fold.entries)
      const transfers = await view.transfers(entries)()
      if (E.isLeft(transfers)) return transfers
      const payments = await view.payments(entries)()
      if (E.isLeft(payments)) return payments
      const [moved, due] = [byEntry(transfers.right), byEntry(payments.right)]
      for (const entry of entries) {
        const name = nameOf(entry)
        const fault = next(fold, entry, moved.get(name) ?? [], due.get(name) ?? [])
        if (fault !== undefined) return E.right(fault)
      }
      if (fold.entries >= most) break
    }
    return E.right(undefined)
  }

// What is compared once all is folded

/** The first head that the last checkpoints name and that is not there; the anchor's checkpoint, if that is not. */
const missing = ({ anchor, changed, ends }: Fold): Fault | undefined => {
  const [position] = changed
  if (position !== undefined)
    return faultIn('PRT-11', 'the end', `how position ${position} stands`, 'Held', 'nothing')
  const end = ends.get(checkpointStream)?.sequence ?? 0
  return anchor === undefined || anchor.sequence <= end
    ? undefined
    : faultIn(
        'PRT-14',
        `${checkpointStream} #${anchor.sequence}`,
        'the anchor',
        anchor.hash,
        undefined,
      )
}

const totalFault = (fold: Fold, stored: ReadonlyMap<string, bigint>): Fault | undefined => {
  const expected = Totals.of(fold.book)
  const wrong = [...new Set([...expected.keys(), ...stored.keys()])].find(
    (total) => (expected.get(total) ?? 0n) !== (stored.get(total) ?? 0n),
  )
  return wrong === undefined
    ? undefined
    : faultIn('PRT-9', 'totals', wrong, expected.get(wrong) ?? 0n, stored.get(wrong) ?? 0n)
}

/** A snapshot of a stream that has no such entry. */
const snapshotFault = ({ ends, snapshots }: Fold): Fault | undefined => {
  const wrong = [...snapshots.values()].find(
    ({ sequence, stream }) => sequence > (ends.get(stream)?.sequence ?? 0),
  )
  return wrong === undefined
    ? undefined
    : faultIn('PRT-18', nameOf(wrong), 'the entry of a snapshot', 'an entry', undefined)
}

/** What an outcome says that its command caused, against what it did (PRT-5). */
const outcomeFault = ({ caused }: Fold, outcome: Outcome): Fault | undefined => {
  const said = read(outcome)
  const where = `outcome of ${outcome.id}`
  if (E.isLeft(said))
    return faultIn('PRT-17', where, 'the outcome', 'something to read', said.left.why)
  const told =
    said.right._tag === 'Done' ? said.right.entries.map((one) => `${nameOf(one)}\n`).join('') : ''
  const is = caused.get(outcome.id) ?? ''
  caused.delete(outcome.id)
  return told === is ? undefined : faultIn('PRT-5', where, 'what it caused', is, told)
}

const outcomesOf =
  (
    view: View,
    fold: Fold,
  ): Task<{ readonly outcomes: number; readonly fault: Fault | undefined }> =>
  async () => {
    let outcomes = 0
    let fault: Fault | undefined
    const each = (outcome: Outcome): void => {
      outcomes += 1
      fault ??= outcomeFault(fold, outcome)
    }
    const read = await all(view.outcomes, ({ id }) => id, each)()
    if (E.isLeft(read)) return read
    const [without] = fold.caused.keys()
    if (fault === undefined && without !== undefined)
      fault = faultIn(
        'PRT-5',
        `outcome of ${without}`,
        'what it caused',
        fold.caused.get(without),
        undefined,
      )
    return E.right({ outcomes, fault })
  }

const lawFault = (fold: Fold): Fault | undefined => {
  const broken = Laws.broken(fold.book, fold.books)
  return broken === undefined
    ? undefined
    : faultIn(broken.rule, 'all entries', broken.what, broken.expected, broken.found)
}

/** The first command after which a law is broken that is broken at the end: halving finds it. */
const firstBroken =
  (view: View, whole: Fold, end: Fault): Task<Fault> =>
  async () => {
    const over = [...whole.over, whole.entries]
    let [low, high] = [0, over.length - 1]
    let fault = end
    while (low < high) {
      const middle = (low + high) >> 1
      const part = begin(new Map(), undefined)
      const read = await folded(view, part, over[middle] ?? 0)()
      if (E.isLeft(read)) return read
      const broken = lawFault(part)
      if (broken === undefined) low = middle + 1
      else {
        high = middle
        fault = { ...broken, where: `after ${over[middle]} entries, by command ${part.command}` }
      }
    }
    return E.right(fault)
  }

// The whole

const check =
  (view: View, fold: Fold): Task<Report> =>
  async () => {
    const report = (outcomes: number, fault: Fault | undefined): E.Either<never, Report> =>
      E.right({
        entries: fold.entries,
        streams: fold.ends.size,
        lots: fold.book.lots.size,
        transfers: fold.transfers,
        payments: fold.payments,
        outcomes,
        checkpoints: fold.ends.get(checkpointStream)?.sequence ?? 0,
        fault,
      })
    const wrong = await folded(view, fold, Infinity)()
    if (E.isLeft(wrong)) return wrong
    if (wrong.right !== undefined) return report(0, wrong.right)
    const [totals, counts, outcomes] = [
      await view.totals(),
      await view.counts(),
      await outcomesOf(view, fold)(),
    ]
    if (E.isLeft(totals)) return totals
    if (E.isLeft(counts)) return counts
    if (E.isLeft(outcomes)) return outcomes
    const rows = counts.right
    const stray = (['entries', 'transfers', 'payments'] as const).find(
      (kind) => rows[kind] !== fold[kind],
    )
    const fault =
      missing(fold) ??
      snapshotFault(fold) ??
      (stray === undefined
        ? undefined
        : faultIn('PRT-15', 'the store', stray, fold[stray], rows[stray])) ??
      totalFault(fold, totals.right) ??
      outcomes.right.fault
    if (fault !== undefined) return report(outcomes.right.outcomes, fault)
    const law = lawFault(fold)
    if (law === undefined) return report(outcomes.right.outcomes, undefined)
    const first = await firstBroken(view, fold, law)()
    return E.isLeft(first) ? first : report(outcomes.right.outcomes, first.right)
  }

/**
 * Audits a store. An anchor that was kept elsewhere shows, too, a store whose entries were all written
 * anew up to its checkpoint.
 */
export const run = (store: EventStore, anchor?: Anchor): TE.TaskEither<Unavailable, Report> =>
  store.still((view) => {
    const snapshots = new Map<string, Snapshot>()
    return pipe(
      all(
        view.snapshots,
        ({ stream }) => stream,
        (one) => snapshots.set(one.stream, one),
      ),
      TE.chain(() => check(view, begin(snapshots, anchor))),
    )
  })
