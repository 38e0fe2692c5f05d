/**
 * Reads: all that a step needs to know, in one statement, and so as of one instant.
 *
 * Every row is found through the key of its table: what a read costs depends on what it finds, not on what there is.
 */

import type { Entry, Found, Wanted } from '../../engine/Port.js'
import * as Asked from './Asked.js'
import * as Rows from './Rows.js'
import * as Statement from './Statement.js'
import type { Database, Events } from './Tables.js'
import { stored } from './Text.js'

/** A row of any part; what it has no use for is null. `wanted` counts what was asked for of its kind. */
interface Row extends Omit<Events, 'era' | 'xid' | 'place' | 'stream'> {
  readonly part: 'entry' | 'single' | 'snapshot' | 'outcome' | 'total'
  readonly wanted: number
}

/** The order inside keeps the planner from any other way than one walk of the key for each row asked for. */
const entries = (part: 'entry' | 'single', which: string): string =>
  `select '${part}' as part, wanted, event.sequence, event.type, event.format, event.data,
    event.command, event.previous, event.hash
  ${Asked.FROM} cross join lateral (
    select * from knockdown.events where events.stream = asked.stream and ${which}) as event`

const after = entries('entry', 'events.sequence > asked.sequence order by events.sequence')
const fromSnapshot = entries(
  'entry',
  `events.sequence > coalesce(
    (select snapshots.sequence from knockdown.snapshots where snapshots.stream = asked.stream), 0)
    order by events.sequence`,
)
const last = entries('entry', 'true order by events.sequence desc limit 1')
const single = entries('single', 'events.sequence = asked.sequence offset 0')

const snapshots = `select 'snapshot' as part, wanted, state.sequence, null::text as type, state.format,
    state.state as data, null::text as command, null::text as previous, state.hash
  ${Asked.FROM} cross join lateral (
    select * from knockdown.snapshots where snapshots.stream = asked.stream offset 0) as state`

const outcomes = `select 'outcome' as part, wanted, null::bigint as sequence, command.fingerprint as type,
    null::int as format, command.answer as data, null::text as command, null::text as previous, null::text as hash
  ${Asked.FROM} cross join lateral (
    select * from knockdown.commands where commands.id = asked.stream offset 0) as command`

const totals = `select 'total' as part, wanted, sums.deltas as sequence, null::text as type, null::int as format,
    sums.amount as data, null::text as command, null::text as previous, null::text as hash
  ${Asked.FROM} cross join lateral (
    select count(*) as deltas, coalesce(sum(amount), 0)::text as amount
    from knockdown.totals where totals.total = asked.stream) as sums`

const statement = Statement.make<Row>(
  [after, fromSnapshot, last, single, snapshots, outcomes, totals],
  ' union all ',
)

const nameOf = (names: readonly string[], { wanted }: Row): string => stored(names[wanted] ?? '')

const gather = (wanted: Wanted, rows: readonly Row[]): Found => {
  const of = (part: Row['part']): readonly Row[] => rows.filter((row) => row.part === part)
  const streams = wanted.streams.map(({ stream }) => stream)
  const lists: Entry[][] = streams.map(() => [])
  for (const row of of('entry'))
    lists[row.wanted]?.push(Rows.entry({ ...row, stream: nameOf(streams, row) }))
  for (const list of lists) list.sort((a, b) => a.sequence - b.sequence)
  const states = new Map(
    of('snapshot').map((row) => {
      const stream = nameOf(streams, row)
      return [row.wanted, Rows.snapshot({ ...row, stream, state: row.data })]
    }),
  )
  const singles = wanted.entries.map(({ stream }) => stream)
  return {
    streams: new Map(
      streams.map((stream, index) => [
        stream,
        { snapshot: states.get(index), entries: lists[index] ?? [] },
      ]),
    ),
    outcomes: new Map(
      of('outcome').map((row) => {
        const id = nameOf(wanted.outcomes, row)
        const outcome = Rows.outcome({ id, fingerprint: row.type, answer: row.data })
        return [outcome.id, outcome]
      }),
    ),
    totals: new Map(
      of('total').map((row) => [
        wanted.totals[row.wanted] ?? '',
        { amount: BigInt(row.data), deltas: Number(row.sequence) },
      ]),
    ),
    entries: [...of('single')]
      .sort((a, b) => a.wanted - b.wanted)
      .map((row) => Rows.entry({ ...row, stream: nameOf(singles, row) })),
  }
}

export const read = async (database: Database, wanted: Wanted): Promise<Found> => {
  const streams = wanted.streams.map(({ stream, from }, index) => ({
    wanted: index,
    stream: stored(stream),
    sequence: typeof from === 'number' ? from : null,
    from,
  }))
  const sequences = streams.filter(({ sequence }) => sequence !== null)
  const states = streams.filter(({ from }) => from === 'snapshot')
  const ends = streams.filter(({ from }) => from === 'last')
  const rows = [
    sequences,
    states,
    ends,
    Asked.entries(wanted.entries),
    states,
    Asked.names(wanted.outcomes),
    Asked.names(wanted.totals),
  ].map(Statement.some)
  return gather(wanted, rows.some(Boolean) ? await statement(database, rows) : [])
}
