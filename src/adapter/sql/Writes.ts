/**
 * Writes: an append as one statement, which stores all of it or nothing.
 *
 * Rows go in sorted by their keys, so that of two appends that meet one waits for the other, and not each for the
 * other.
 *
 * Laws: PRT-3, PRT-5, PRT-9, PRT-16 (spec/10-ports.md).
 */

import { start } from '../../engine/Chain.js'
import type { Entry, Head, Snapshot, Write } from '../../engine/Port.js'
import * as Statement from './Statement.js'
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

/** After which entries those come that follow none of the same append; or nothing, where one does not follow the one before it. */
const heads = (entries: readonly Entry[]): readonly Head[] | undefined => {
  const last = new Map<string, Entry>()
  const first: Head[] = []
  for (const entry of entries) {
    const { previous, sequence, stream } = entry
    const before = last.get(stream)
    if (before === undefined) first.push({ stream, sequence: sequence - 1, hash: previous })
    else if (sequence !== before.sequence + 1 || previous !== before.hash) return undefined
    last.set(stream, entry)
  }
  return first
}

const newest = (snapshots: readonly Snapshot[]): readonly Snapshot[] => [
  ...new Map([...snapshots].sort(inStream).map((snapshot) => [snapshot.stream, snapshot])).values(),
]

const ERA = '(select max(era) from knockdown.eras), pg_current_xact_id()::text::bigint'

/** What every part waits for: whether each stream ends as it has to. */
const FOLLOWS = `with follows as materialized (
  select coalesce(bool_and(head.hash is not distinct from case when head.sequence = 0 then '${start.hash}' else
      (select events.hash from knockdown.events
        where events.stream = head.stream and events.sequence = head.sequence) end
    and not exists (select from knockdown.events
      where events.stream = head.stream and events.sequence = head.sequence + 1)), true) as fit
  from json_to_recordset($rows) as head(stream text, sequence bigint, hash text))`

const FIT = 'where (select fit from follows)'

const EVENTS = `entries as (insert into knockdown.events
    (era, xid, place, stream, sequence, type, format, data, command, previous, hash)
  select ${ERA}, place, stream, sequence, type, format, data, command, previous, hash
  from json_to_recordset($rows) as row(place int, stream text, sequence bigint, type text, format int,
    data text, command text, previous text, hash text) ${FIT})`

const POSTINGS = `transfers as (insert into knockdown.postings (stream, sequence, place, asset, "from", "to", amount)
  select stream, sequence, place, asset, "from", "to", amount
  from json_to_recordset($rows) as row(stream text, sequence bigint, place int, asset text,
    "from" text, "to" text, amount numeric) ${FIT})`

const COMMANDS = `outcomes as (insert into knockdown.commands (id, fingerprint, answer) select id, fingerprint, answer
  from json_to_recordset($rows) as row(id text, fingerprint text, answer text) ${FIT})`

const OUTBOX = `payments as (insert into knockdown.outbox
    (era, xid, place, key, stream, sequence, direction, party, token, units)
  select ${ERA}, place, key, stream, sequence, direction, party, token, units
  from json_to_recordset($rows) as row(place int, key text, stream text, sequence bigint,
    direction text, party text, token text, units numeric) ${FIT})`

/** One of the same sequence gives way too: it may be in an older format. */
const SNAPSHOTS = `states as (insert into knockdown.snapshots as old (stream, sequence, hash, format, state)
  select stream, sequence, hash, format, state from json_to_recordset($rows) as row(stream text,
    sequence bigint, hash text, format int, state text) ${FIT}
  on conflict (stream) do update set sequence = excluded.sequence, hash = excluded.hash,
    format = excluded.format, state = excluded.state where old.sequence <= excluded.sequence)`

const TOTALS = `deltas as (insert into knockdown.totals (total, amount) select total, amount
  from json_to_recordset($rows) as row(total text, amount numeric) ${FIT})`

/** What is deleted is what is summed: a delta that comes meanwhile stays for the next time. */
const FOLD = `gone as (delete from knockdown.totals
    where total = any (array(select json_array_elements_text($rows)))
    and (select fit from follows) returning total, amount),
  folds as (insert into knockdown.totals (total, amount)
    select total, sum(amount) from gone group by total)`

const statement = Statement.make<{ readonly fit: boolean }>(
  [FOLLOWS, EVENTS, POSTINGS, COMMANDS, OUTBOX, SNAPSHOTS, TOTALS, FOLD],
  ', ',
  ' select fit from follows',
)

const entriesOf = (entries: readonly Entry[], from: number) =>
  entries
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

const transfersOf = (transfers: Write['transfers']) =>
  transfers
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

const outcomesOf = (outcomes: Write['outcomes']) =>
  outcomes
    .map(({ id, fingerprint, answer }) => ({
      id: stored(id),
      fingerprint: stored(fingerprint),
      answer: stored(answer),
    }))
    .sort(by(({ id }) => id))

const paymentsOf = (payments: Write['payments'], from: number) =>
  payments
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

const statesOf = (some: Write['snapshots']) =>
  newest(some).map((snapshot) => ({
    ...snapshot,
    stream: stored(snapshot.stream),
    hash: stored(snapshot.hash),
    state: stored(snapshot.state),
  }))

const headsOf = (heads: readonly Head[]) =>
  heads.map(({ hash, sequence, stream }) => ({
    stream: stored(stream),
    sequence,
    hash: stored(hash),
  }))

/** Whether it was stored: not where a stream does not end as it has to. */
export const append = async (database: Database, write: Write, count: Count): Promise<boolean> => {
  const first = heads(write.entries)
  if (first === undefined) return false
  const parts = [
    entriesOf(write.entries, count.entries),
    transfersOf(write.transfers),
    outcomesOf(write.outcomes),
    paymentsOf(write.payments, count.payments),
    statesOf(write.snapshots),
    write.deltas.map(({ total, amount }) => ({ total: stored(total), amount: `${amount}` })),
    write.fold.map(stored),
  ].map(Statement.some)
  const ends = headsOf([...first, ...write.upon])
  if (ends.length === 0 && !parts.some(Boolean)) return true

  const [found] = await statement(database, [ends, ...parts])
  count.entries += write.entries.length
  count.payments += write.payments.length
  return found?.fit === true
}
