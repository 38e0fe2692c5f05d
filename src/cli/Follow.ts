/**
 * Follow: prints what is stored as it comes, whichever process stores it, one line for each entry.
 *
 * A cursor says where to go on. The entries that were read together have one between them, which is told with the last.
 */

import * as E from 'fp-ts/lib/Either.js'
import { type Port, Record } from '../engine/index.js'
import { broken } from './Database.js'
import type { Io, Live, Problem } from './Io.js'
import * as Patience from './Patience.js'

const lineOf = (
  { command, sequence, stream }: Port.Entry,
  record: Record.Record,
  cursor: Port.Cursor | undefined,
): string =>
  `${JSON.stringify({
    ...(cursor === undefined ? {} : { cursor }),
    stream,
    sequence,
    command,
    event: Record.codec.encode(record),
  })}\n`

/** The lines of a page. */
const linesOf = ({ entries, next }: Port.Page): E.Either<Record.Unreadable, string> => {
  const lines: string[] = []
  for (const [i, entry] of entries.entries()) {
    const record = Record.read(entry)
    if (E.isLeft(record)) return record
    lines.push(lineOf(entry, record.right, i === entries.length - 1 ? next : undefined))
  }
  return E.right(lines.join(''))
}

/** Prints until somebody asks to stop, or nobody reads. */
export const print = async (
  io: Pick<Io, 'err'>,
  live: Live,
  store: Port.EventStore,
  after: Port.Cursor | undefined,
  limit: number,
): Promise<E.Either<Problem, 0>> => {
  const { isStopped, pause, print } = live
  const how = { wait: () => pause(Patience.LOOK_AGAIN), until: isStopped, limit }
  for await (const page of Patience.follow(Patience.make(io, live), store, after, how)) {
    const lines = E.chainW(linesOf)(page)
    if (E.isLeft(lines)) return E.left(broken(lines.left))
    if (!(await print(lines.right))) break
  }
  return E.right(0)
}
