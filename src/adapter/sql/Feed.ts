/**
 * Feed: the entries of all streams in one order, from any place on.
 *
 * A transaction has its id before it ends, so that one with a greater id may end sooner. Who reads on sees
 * the entries of a transaction when none with a lesser id is under way any more: nothing comes before what he saw.
 *
 * Laws: PRT-16 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { sql } from 'kysely'
import type { Cursor, Page, Unavailable } from '../../engine/Port.js'
import { unavailable } from './Failure.js'
import * as Rows from './Rows.js'
import type { Database, Events } from './Tables.js'

interface Place {
  readonly era: number
  readonly xid: string
  readonly place: number
}

const start: Place = { era: -1, xid: '0', place: 0 }

const cursorOf = ({ era, xid, place }: Place): Cursor => `${era}.${xid}.${place}`

const placeOf = (cursor: Cursor): Place | undefined => {
  const [, era, xid, place] = /^(\d{1,9})\.(\d{1,18})\.(\d{1,9})$/.exec(cursor) ?? []
  return era === undefined || xid === undefined || place === undefined
    ? undefined
    : { era: Number(era), xid, place: Number(place) }
}

/** Before the first transaction that is still under way. Each side is looked up once, not for every row. */
const settled = sql`and (era, xid) < ((select max(era) from knockdown.eras),
  (select pg_snapshot_xmin(pg_current_snapshot())::text::bigint))`

/**
 * In a transaction that sees one snapshot, `still` shows all that is in it, as all other tables show it. A place
 * in that may have entries come before it later.
 */
export const since = async (
  database: Database,
  after: Cursor | undefined,
  limit: number,
  how: 'settled' | 'still',
): Promise<E.Either<Unavailable, Page>> => {
  const from = after === undefined ? start : placeOf(after)
  if (from === undefined) return E.left(unavailable('a cursor is not one of this store'))
  const { rows } = await sql<Events>`
    select era, xid, place, stream, sequence, type, format, data, command, previous, hash from knockdown.events
    where (era, xid, place) > (${from.era}::int, ${from.xid}::bigint, ${from.place}::int)
    ${how === 'settled' ? settled : sql``} order by era, xid, place limit ${sql.lit(limit)}`.execute(
    database,
  )
  const last = rows[rows.length - 1]
  return E.right({
    entries: rows.map(Rows.entry),
    next: last === undefined ? after : cursorOf(last),
  })
}
