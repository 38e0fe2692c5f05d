/**
 * Writes: an append as one statement, which stores all of it or nothing.
 *
 * Rows go in sorted by their keys, so that of two appends that meet one waits for the other, and not each for the
 * other.
 *
 * Laws: PRT-3, PRT-5, PRT-9, PRT-16 (spec/10-ports.md).
 */

import { type RawBuilder, sql } from 'kysely'
import { start } from '../../engine/Chain.js'
import type { Entry, Snapshot, Write } from '../../engine/Port.js'
import type { Database } from './Tables.js'
import { stored } from './Text.js'

/** How many entries and payments a transaction has stored: the next ones come after them. */
export interface Count {
  entries: number
  payments: number
}

const by =
  <A>(...keys: readonly ((row: A) => string | number)[]) =>
  (a: A, b: A): number => {
    const key = keys.find((of) => of(a) !== of(b))
    return key === undefined ? 0 : key(a) < key(b) ? -1 : 1
  }

const inStream = by<{ readonly stream: string; readonly sequence: number }>(
  ({ stream }) => stream,
  ({ sequence }) => sequence,
)

/** Those entries that follow none of the same append; or nothing, where one does not follow the one before it. */
const heads = (entries: readonly Entry[]): readonly Entry[] | undefined => {
  const last = new Map<string, Entry>()
  const first: Entry[] = []
  for (const entry of entries) {
    const before = last.get(entry.stream)
    if (before === undefined) {
      if (entry.sequence === 1 && entry.previous !== start.hash) return undefined
      first.push(entry)
    } else if (entry.sequence !== before.sequence + 1 || entry.previous !== before.hash)
      return undefined
    last.set(entry.stream, entry)
  }
  return first
}

const newest = (snapshots: readonly Snapshot[]): readonly Snapshot[] => [
  ...new Map([...snapshots].sort(inStream).map((snapshot) => [snapshot.stream, snapshot])).values(),
]

const json = (rows: readonly unknown[]): RawBuilder<unknown> => sql`${JSON.stringify(rows)}::json`

const era = sql`(select max(era) from knockdown.eras), pg_current_xact_id()::text::bigint`

/** What every part waits for: whether the entry before each head is there. */
const follows = (first: readonly Entry[]): RawBuilder<unknown> => {
  const rows = first.flatMap(({ stream, sequence, previous }) =>
    sequence === 1
      ? []
      : [{ stream: stored(stream), before: sequence - 1, hash: stored(previous) }],
  )
  return rows.length === 0
    ? sql`follows as (select true as fit)`
    : sql`follows as materialized (
        select bool_and((select events.hash from knockdown.events
          where events.stream = head.stream and events.sequence = head.before) is not distinct from head.hash) as fit
        from json_to_recordset(${json(rows)}) as head(stream text, before bigint, hash text))`
}

const fit = sql`where (select fit from follows)`

const events = (entries: readonly Entry[], from: number): RawBuilder<unknown> => {
  const rows = entries
    .map((entry, place) => ({
      ...entry,
      stream: stored(entry.stream),
      type: stored(entry.type),
      data: stored(entry.data),
      command: stored(entry.command),
      previous: stored(entry.previous),
      hash: stored(entry.hash),
      place: from + place,
    }))
    .sort(inStream)
  return sql`insert into knockdown.events
      (era, xid, place, stream, sequence, type, format, data, command, previous, hash)
    select ${era}, place, stream, sequence, type, format, data, command, previous, hash
    from json_to_recordset(${json(rows)}) as row(place int, stream text, sequence bigint, type text, format int,
      data text, command text, previous text, hash text) ${fit}`
}

const postings = (transfers: Write['transfers']): RawBuilder<unknown> => {
  const rows = transfers
    .map((transfer) => ({
      ...transfer,
      stream: stored(transfer.stream),
      asset: stored(transfer.asset),
      from: stored(transfer.from),
      to: stored(transfer.to),
      amount: `${transfer.amount}`,
    }))
    .sort(
      by(
        ({ stream }) => stream,
        ({ sequence }) => sequence,
        ({ place }) => place,
      ),
    )
  return sql`insert into knockdown.postings (stream, sequence, place, asset, "from", "to", amount)
    select stream, sequence, place, asset, "from", "to", amount
    from json_to_recordset(${json(rows)}) as row(stream text, sequence bigint, place int, asset text,
      "from" text, "to" text, amount numeric) ${fit}`
}

const totals = (deltas: Write['deltas']): RawBuilder<unknown> => {
  const rows = deltas.map(({ total, amount }) => ({ total: stored(total), amount: `${amount}` }))
  return sql`insert into knockdown.totals (total, amount) select total, amount
    from json_to_recordset(${json(rows)}) as row(total text, amount numeric) ${fit}`
}

const commands = (outcomes: Write['outcomes']): RawBuilder<unknown> => {
  const rows = outcomes
    .map(({ id, fingerprint, answer }) => ({
      id: stored(id),
      fingerprint: stored(fingerprint),
      answer: stored(answer),
    }))
    .sort(by(({ id }) => id))
  return sql`insert into knockdown.commands (id, fingerprint, answer) select id, fingerprint, answer
    from json_to_recordset(${json(rows)}) as row(id text, fingerprint text, answer text) ${fit}`
}

const outbox = (payments: Write['payments'], from: number): RawBuilder<unknown> => {
  const rows = payments
    .map((payment, place) => ({
      ...payment,
      key: stored(payment.key),
      stream: stored(payment.stream),
      party: stored(payment.party),
      token: stored(payment.token),
      units: `${payment.units}`,
      place: from + place,
    }))
    .sort(by(({ key }) => key))
  return sql`insert into knockdown.outbox
      (era, xid, place, key, stream, sequence, direction, party, token, units)
    select ${era}, place, key, stream, sequence, direction, party, token, units
    from json_to_recordset(${json(rows)}) as row(place int, key text, stream text, sequence bigint,
      direction text, party text, token text, units numeric) ${fit}`
}

/** One of the same sequence gives way too: it may be in an older format. */
const snapshots = (some: Write['snapshots']): RawBuilder<unknown> => {
  const rows = newest(some).map((snapshot) => ({
    ...snapshot,
    stream: stored(snapshot.stream),
    hash: stored(snapshot.hash),
    state: stored(snapshot.state),
  }))
  return sql`insert into knockdown.snapshots as old (stream, sequence, hash, format, state)
    select stream, sequence, hash, format, state from json_to_recordset(${json(rows)}) as row(stream text,
      sequence bigint, hash text, format int, state text) ${fit}
    on conflict (stream) do update set sequence = excluded.sequence, hash = excluded.hash,
      format = excluded.format, state = excluded.state where old.sequence <= excluded.sequence`
}

/** What is deleted is what is summed: a delta that comes meanwhile stays for the next time. */
const folded = (fold: Write['fold']): readonly RawBuilder<unknown>[] => [
  sql`gone as (delete from knockdown.totals
    where total = any (array(select json_array_elements_text(${json(fold.map(stored))})))
    and (select fit from follows) returning total, amount)`,
  sql`folds as (insert into knockdown.totals (total, amount)
    select total, sum(amount) from gone group by total)`,
]

const part = (
  name: string,
  rows: readonly unknown[],
  statement: () => RawBuilder<unknown>,
): readonly RawBuilder<unknown>[] =>
  rows.length === 0 ? [] : [sql`${sql.raw(name)} as (${statement()})`]

/** Whether it was stored: not where an entry is not its stream's next. */
export const append = async (database: Database, write: Write, count: Count): Promise<boolean> => {
  const first = heads(write.entries)
  if (first === undefined) return false
  const parts = [
    ...part('entries', write.entries, () => events(write.entries, count.entries)),
    ...part('transfers', write.transfers, () => postings(write.transfers)),
    ...part('outcomes', write.outcomes, () => commands(write.outcomes)),
    ...part('payments', write.payments, () => outbox(write.payments, count.payments)),
    ...part('states', write.snapshots, () => snapshots(write.snapshots)),
    ...part('deltas', write.deltas, () => totals(write.deltas)),
    ...(write.fold.length === 0 ? [] : folded(write.fold)),
  ]
  if (parts.length === 0) return true

  const statement = sql<{ readonly fit: boolean }>`
    with ${sql.join([follows(first), ...parts])} select fit from follows`
  const { rows } = await statement.execute(database)
  count.entries += write.entries.length
  count.payments += write.payments.length
  return rows[0]?.fit === true
}
