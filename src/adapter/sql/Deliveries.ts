/**
 * Deliveries: payments handed to a sender, each to one at a time, until it is noted as sent.
 *
 * What a sender has in hand is held by advisory locks. Locks of rows would do, but they give the transaction an id, and
 * while a sender sends, nobody would be shown an entry with a later one.
 *
 * Laws: PRT-13 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { sql } from 'kysely'
import type { Payment } from '../../engine/Port.js'
import * as Rows from './Rows.js'
import type { Database, Outbox } from './Tables.js'
import { stored } from './Text.js'

/** How many are in one hand at most: the server has room for a limited number of locks. */
const MOST = 1000

type Tried = Pick<Outbox, 'key' | 'era' | 'xid' | 'place'> & { readonly free: boolean }

/**
 * Of those that are not sent, the first ones that nobody has in hand. The limit is inside: only what
 * it leaves is locked.
 */
const take = async (database: Database, limit: number): Promise<readonly string[]> => {
  const taken: string[] = []
  let from: Pick<Tried, 'era' | 'xid' | 'place'> = { era: -1, xid: '0', place: 0 }
  for (;;) {
    const left = limit - taken.length
    const { rows } = await sql<Tried>`
      select key, era, xid, place, pg_try_advisory_xact_lock(hashtextextended(key, 0)) as free from (
        select key, era, xid, place from knockdown.outbox
        where sent_at is null and (era, xid, place) > (${from.era}::int, ${from.xid}::bigint, ${from.place}::int)
        order by era, xid, place limit ${left}::int) as unsent`.execute(database)
    taken.push(...rows.flatMap(({ key, free }) => (free ? [key] : [])))
    const last = rows[rows.length - 1]
    if (last === undefined || rows.length < left || taken.length === limit) return taken
    from = last
  }
}

const among = (keys: readonly string[]) =>
  sql`key = any (array(select json_array_elements_text(${JSON.stringify(keys)}::json)))`

/** Those of them that are still not sent: another may have sent one and let go of it while it was looked for. */
const unsent = async (database: Database, keys: readonly string[]): Promise<readonly Payment[]> => {
  const { rows } = await sql<Outbox>`
    select key, stream, sequence, direction, party, token, units from knockdown.outbox
    where sent_at is null and ${among(keys)} order by era, xid, place`.execute(database)
  return rows.map(Rows.payment)
}

/** Within a transaction. */
export const deliver = async <E>(
  database: Database,
  limit: number,
  send: (payments: readonly Payment[]) => TaskEither<E, readonly string[]>,
): Promise<E.Either<E, number>> => {
  const keys = await take(database, Math.min(limit, MOST))
  const payments = keys.length === 0 ? [] : await unsent(database, keys)
  if (payments.length === 0) return E.right(0)
  const sent = await send(payments)()
  if (E.isLeft(sent)) return sent
  const inHand = new Set(payments.map(({ key }) => key))
  const noted = [...new Set(sent.right)].filter((key) => inHand.has(key))
  if (noted.length > 0)
    await sql`update knockdown.outbox set sent_at = now() where ${among(noted.map(stored))}`.execute(
      database,
    )
  return E.right(noted.length)
}
