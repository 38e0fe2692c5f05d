/**
 * Tamper: a store that somebody has changed behind its back, as an audit sees it.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Audit, Chain, type Checkpoint, type Port } from '../../src/engine/index.js'

/** All rows of a store. */
export interface Rows {
  readonly entries: readonly Port.Entry[]
  readonly transfers: readonly Port.Transfer[]
  readonly payments: readonly Port.Payment[]
  readonly outcomes: readonly Port.Outcome[]
  readonly snapshots: readonly Port.Snapshot[]
  readonly totals: ReadonlyMap<string, bigint>
}

const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

/** The rows of a store that holds fewer than a hundred thousand of each kind. */
export const rowsOf = async (store: Port.EventStore): Promise<Rows> =>
  right(
    await store.still((view) => async () => {
      const { entries } = right(await view.since(undefined, 100_000)())
      return E.right({
        entries,
        transfers: right(await view.transfers(entries)()),
        payments: right(await view.payments(entries)()),
        outcomes: right(await view.outcomes(undefined, 100_000)()),
        snapshots: right(await view.snapshots(undefined, 100_000)()),
        totals: right(await view.totals()),
      })
    })(),
  )

const of =
  <Row extends Pick<Port.Entry, 'stream' | 'sequence'>>(rows: readonly Row[]) =>
  (entries: readonly Pick<Port.Entry, 'stream' | 'sequence'>[]) =>
    TE.right(
      entries.flatMap(({ sequence, stream }) =>
        rows.filter((row) => row.stream === stream && row.sequence === sequence),
      ),
    )

const after =
  <Row>(rows: readonly Row[], nameOf: (row: Row) => string) =>
  (last: string | undefined, limit: number) => {
    const from = last === undefined ? 0 : rows.findIndex((row) => nameOf(row) === last) + 1
    return TE.right(rows.slice(from, from + limit))
  }

/** A store that an audit finds these rows in. */
const storeOf = (store: Port.EventStore, rows: Rows): Port.EventStore => {
  const view: Port.View = {
    since: (cursor, limit) => {
      const from = Number(cursor ?? '0')
      const entries = rows.entries.slice(from, from + limit)
      return TE.right({ entries, next: String(from + entries.length) })
    },
    transfers: of(rows.transfers),
    payments: of(rows.payments),
    outcomes: after(rows.outcomes, ({ id }) => id),
    snapshots: after(rows.snapshots, ({ stream }) => stream),
    totals: TE.right(rows.totals),
    counts: TE.right({
      entries: rows.entries.length,
      transfers: rows.transfers.length,
      payments: rows.payments.length,
    }),
  }
  return { ...store, still: (body) => body(view) }
}

/** The same entries with their sequences and hashes worked out again: what a forger does who knows how. */
export const rehashed = (entries: readonly Port.Entry[]): readonly Port.Entry[] => {
  const ends = new Map<string, Chain.End>()
  return entries.map(({ command, data, format, stream, type }) => {
    const end = ends.get(stream) ?? Chain.start
    const entry = Chain.link(end, { command, data, format, stream, type })
    ends.set(stream, entry)
    return entry
  })
}

/** What an audit finds wrong with rows. */
export const faultOf = async (
  store: Port.EventStore,
  rows: Rows,
  anchor?: Checkpoint.Anchor,
): Promise<Audit.Fault | undefined> => {
  const report = await Audit.run(storeOf(store, rows), anchor)()
  if (E.isLeft(report)) throw new Error(report.left.why)
  return report.right.fault
}
