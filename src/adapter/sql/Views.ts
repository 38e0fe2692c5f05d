/**
 * Views: what an audit reads, all of it from one snapshot.
 */

import * as TE from 'fp-ts/lib/TaskEither.js'
import { type RawBuilder, sql } from 'kysely'
import type { Entry, View } from '../../engine/Port.js'
import * as Asked from './Asked.js'
import { attempt } from './Failure.js'
import * as Feed from './Feed.js'
import * as Rows from './Rows.js'
import * as Statement from './Statement.js'
import type { Commands, Database, Outbox, Postings, Snapshots } from './Tables.js'
import { restored, stored } from './Text.js'

type Named = Pick<Entry, 'stream' | 'sequence'>

const transfers = Statement.make<Postings>([
  `select posting.stream, posting.sequence, posting.place, posting.asset, posting."from", posting."to",
    posting.amount ${Asked.FROM} cross join lateral (select * from knockdown.postings
    where postings.stream = asked.stream and postings.sequence = asked.sequence offset 0) as posting
    order by wanted, posting.place`,
])

const payments = Statement.make<Outbox>([
  `select payment.key, payment.stream, payment.sequence, payment.direction, payment.party, payment.token,
    payment.units ${Asked.FROM} cross join lateral (select * from knockdown.outbox
    where outbox.stream = asked.stream and outbox.sequence = asked.sequence offset 0) as payment
    order by wanted, payment.place`,
])

/** What belongs to entries. Where nothing is asked, nothing is sent. */
const each = async <Row>(
  database: Database,
  statement: Statement.Statement<Row>,
  of: readonly Named[],
): Promise<readonly Row[]> => (of.length === 0 ? [] : statement(database, [Asked.entries(of)]))

/** Greater than this, if it is given: in the order of bytes. */
const above = (column: 'id' | 'stream', after: string | undefined): RawBuilder<unknown> =>
  after === undefined ? sql`` : sql`where ${sql.ref(column)} > ${stored(after)}`

const outcomes = (
  database: Database,
  after: string | undefined,
  limit: number,
): Promise<{ rows: Commands[] }> =>
  sql<Commands>`select id, fingerprint, answer from knockdown.commands ${above('id', after)}
    order by id limit ${sql.lit(limit)}`.execute(database)

const snapshots = (
  database: Database,
  after: string | undefined,
  limit: number,
): Promise<{ rows: Snapshots[] }> =>
  sql<Snapshots>`select stream, sequence, hash, format, state from knockdown.snapshots ${above('stream', after)}
    order by stream limit ${sql.lit(limit)}`.execute(database)

const totals = async (database: Database): Promise<ReadonlyMap<string, bigint>> => {
  const { rows } = await sql<{ readonly total: string; readonly amount: string }>`
    select total, sum(amount)::text as amount from knockdown.totals group by total order by total`.execute(
    database,
  )
  return new Map(rows.map(({ total, amount }) => [restored(total), BigInt(amount)]))
}

const counts = async (
  database: Database,
): Promise<{ entries: number; transfers: number; payments: number }> => {
  const { rows } = await sql<Record<'entries' | 'transfers' | 'payments', string>>`select
    (select count(*) from knockdown.events) as entries,
    (select count(*) from knockdown.postings) as transfers,
    (select count(*) from knockdown.outbox) as payments`.execute(database)
  return {
    entries: Number(rows[0]?.entries),
    transfers: Number(rows[0]?.transfers),
    payments: Number(rows[0]?.payments),
  }
}

/** Of a connection in a transaction that sees one snapshot. */
export const of = (database: Database): View => ({
  since: (after, limit) =>
    TE.flatten(
      attempt(async () => TE.fromEither(await Feed.since(database, after, limit, 'still'))),
    ),
  transfers: (of) => attempt(async () => (await each(database, transfers, of)).map(Rows.transfer)),
  payments: (of) => attempt(async () => (await each(database, payments, of)).map(Rows.payment)),
  outcomes: (after, limit) =>
    attempt(async () => (await outcomes(database, after, limit)).rows.map(Rows.outcome)),
  snapshots: (after, limit) =>
    attempt(async () => (await snapshots(database, after, limit)).rows.map(Rows.snapshot)),
  totals: attempt(() => totals(database)),
  counts: attempt(() => counts(database)),
})
