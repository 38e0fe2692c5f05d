/**
 * Era: a life of the cluster that the store is in.
 *
 * Entries are ordered by the ids of the transactions that stored them, which only grow; but a store that was dumped
 * and restored is in a cluster that counts from anew. There a new era begins: all of an earlier one comes before it.
 *
 * Laws: PRT-16 (spec/10-ports.md).
 */

/** Runs one statement and answers its rows. */
export type Query = (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>

/**
 * The era that is over, if it is: an entry of it is from a transaction that this cluster has not come to. Both sides
 * are of one snapshot, and nothing in a snapshot is from beyond its end.
 */
const over = `
  select era from (select max(era) as era from knockdown.eras) as current where (
    select max(xid) from knockdown.events where events.era = current.era
  ) >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint`

/**
 * Begins an era where there is need. Asked of every new connection, since the server behind an address may
 * become another one while a store is open.
 */
export const settle = async (query: Query): Promise<void> => {
  const [found] = await query(`select to_regclass('knockdown.eras')::text as eras`)
  if (found?.['eras'] == null || (await query(over)).length === 0) return
  await query('begin')
  // Of two that come at once, the second finds the new era, which has no entry.
  await query(`select pg_advisory_xact_lock(hashtextextended('knockdown:era', 0))`)
  await query(`insert into knockdown.eras (era) select era + 1 from (${over}) as gone`)
  await query('commit')
}
