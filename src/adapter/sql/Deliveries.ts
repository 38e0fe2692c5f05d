/**
 * Deliveries: payments handed to a sender, each to one at a time, until it is noted as sent.
 *
 * Laws: PRT-13 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { sql } from 'kysely'
import type { Payment } from '../../engine/Port.js'
import type { Hands, Take } from './Hands.js'
import * as Rows from './Rows.js'
import type { Database, Outbox } from './Tables.js'
import { stored } from './Text.js'

/** How many are in one hand at most: the server has room for a limited number of locks. */
const MOST = 1000

type Named = Pick<Outbox, 'key' | 'era' | 'xid' | 'place'>

/** Of those that are not sent, the first ones that nobody has in hand. */
const first = async (database: Database, take: Take, limit: number): Promise<readonly string[]> => {
  const taken: string[] = []
  let from: Pick<Named, 'era' | 'xid' | 'place'> = { era: -1, xid: '0', place: 0 }
  for (;;) {
    const left = limit - taken.length
    const { rows } = await sql<Named>`
      select key, era, xid, place from knockdown.outbox
      where sent_at is null and (era, xid, place) > (${from.era}::int, ${from.xid}::bigint, ${from.place}::int)
      order by era, xid, place limit ${left}::int`.execute(database)
    const last = rows[rows.length - 1]
    if (last === undefined) return taken
    taken.push(...(await take(rows.map(({ key }) => key))))
    if (rows.length < left || taken.length === limit) return taken
    from = last
  }
}

const among = (keys: readonly string[]) =>
  sql`key = any (array(select json_array_elements_text(${JSON.stringify(keys)}::json)))`

/** Those of them that are still not sent: another may have sent one and let go of it after it was looked for, and before it was taken. */
const unsent = async (database: Database, keys: readonly string[]): Promise<readonly Payment[]> => {
  const { rows } = await sql<Outbox>`
    select key, stream, sequence, direction, party, token, units from knockdown.outbox
    where sent_at is null and ${among(keys)} order by era, xid, place`.execute(database)
  return rows.map(Rows.payment)
}

export const deliver = <E>(
  database: Database,
  hands: Hands,
  limit: number,
  send: (payments: readonly Payment[]) => TaskEither<E, readonly string[]>,
): Promise<E.Either<E, number>> =>
  hands(database, async (connection, take) => {
    const keys = await first(connection, take, Math.min(limit, MOST))
    const payments = keys.length === 0 ? [] : await unsent(connection, keys)
    if (payments.length === 0) return E.right(0)
    const sent = await send(payments)()
    if (E.isLeft(sent)) return sent
    const inHand = new Set(payments.map(({ key }) => key))
    const noted = [...new Set(sent.right)].filter((key) => inHand.has(key))
    if (noted.length > 0)
      await sql`update knockdown.outbox set sent_at = now() where ${among(noted.map(stored))}`.execute(
        connection,
      )
    return E.right(noted.length)
  })
