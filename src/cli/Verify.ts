/**
 * Verify: the command that folds a whole store again and says whether it is as it should be.
 *
 * Laws: PRT-14, PRT-15 (spec/10-ports.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Csv, type Json, Shape } from '../codec/index.js'
import { Audit, Checkpoint, type Port } from '../engine/index.js'
import { broken, using } from './Database.js'
import { Figures } from '../report/index.js'
import { type Io, type Live, oneLine, type Problem, unread } from './Io.js'
import * as JsonFile from './JsonFile.js'

export interface Flags {
  readonly database: string
  readonly anchor?: string
  readonly saveAnchor?: string
  readonly json?: boolean
}

const { closed, text, whole } = Shape

const anchorCodec: Shape.Codec<Checkpoint.Anchor> = closed('anchor', {
  sequence: whole,
  hash: text,
})

/** What is not so in an anchor of any store. One that no checkpoint can be would be looked for in vain, or not at all. */
const impossible = ({
  hash,
  sequence,
}: Checkpoint.Anchor): Omit<Csv.Problem, 'line'> | undefined =>
  sequence < 1
    ? { rule: 'DEC-20', field: 'sequence', found: String(sequence), wanted: '1 or more' }
    : /^[\da-f]{64}$/.test(hash)
      ? undefined
      : { rule: 'DEC-20', field: 'hash', found: hash, wanted: '64 lower-case hexadecimal digits' }

const readAnchor = (document: Json.Document): E.Either<Csv.Problem, Checkpoint.Anchor> =>
  pipe(
    Shape.read(anchorCodec, document),
    E.chain((anchor) => {
      const problem = impossible(anchor)
      return problem === undefined
        ? E.right(anchor)
        : E.left({ ...problem, line: document.lineOf([problem.field]) })
    }),
  )

/** The anchor that a file holds. */
const anchorIn = (io: Io, file: string): E.Either<Problem, Checkpoint.Anchor> =>
  JsonFile.read(io, '--anchor', file, 'a file that --save-anchor wrote')(readAnchor)

/** The report as readers want it. */
const told = ({ fault, ...counts }: Audit.Report): string => {
  const { checkpoints, entries, lots, outcomes, payments, streams, transfers } = counts
  const looked = [
    `${entries} ${entries === 1 ? 'entry' : 'entries'}`,
    `in ${Figures.counted(streams, 'stream')}`,
    Figures.counted(lots, 'lot'),
    Figures.counted(transfers, 'transfer'),
    Figures.counted(payments, 'payment'),
    Figures.counted(outcomes, 'outcome'),
    Figures.counted(checkpoints, 'checkpoint'),
  ]
  const found =
    fault === undefined
      ? 'Nothing is wrong.'
      : oneLine(
          `Wrong: ${fault.where}: ${fault.what}: found ${short(fault.found)}, wanted ${short(fault.expected)} (${fault.rule})`,
        )
  return `Looked at ${looked[0]} ${looked.slice(1).join(', ')}.\n${found}\n`
}

const MOST_SHOWN = 200

const short = (shown: string): string =>
  shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN)}…` : shown

/** Keeps the last checkpoint where the store is not. */
const save = async (
  io: Io,
  { clock }: Live,
  store: Port.EventStore,
  file: string,
): Promise<E.Either<Problem, undefined>> => {
  const written = await Checkpoint.write(store, clock)()
  if (E.isLeft(written)) return E.left(broken(written.left))
  const anchor = await Checkpoint.anchor(store)()
  if (E.isLeft(anchor)) return E.left(broken(anchor.left))
  if (anchor.right === undefined) return E.left('--save-anchor: the store has no entry yet')
  return pipe(
    io.write(file, `${JSON.stringify(anchorCodec.encode(anchor.right))}\n`),
    E.mapLeft((why) => unread('--save-anchor', file, why, 'a file that may be written')),
  )
}

const check = async (
  io: Io,
  live: Live,
  store: Port.EventStore,
  flags: Flags,
  anchor: Checkpoint.Anchor | undefined,
): Promise<E.Either<Problem, 0 | 1>> => {
  const report = await Audit.run(store, anchor)()
  if (E.isLeft(report)) return E.left(broken(report.left))
  const { fault } = report.right
  await live.print(flags.json === true ? `${JSON.stringify(report.right)}\n` : told(report.right))
  if (fault !== undefined) return E.right(1)
  const saved =
    flags.saveAnchor === undefined
      ? E.right(undefined)
      : await save(io, live, store, flags.saveAnchor)
  return E.isLeft(saved) ? saved : E.right(0)
}

/** Verifies a store; of one that is wrong it says what is wrong first, and ends with 1. */
export const verify = (
  io: Io,
  flags: Flags,
): E.Either<Problem, 0> | Promise<E.Either<Problem, 0 | 1>> => {
  const anchor = flags.anchor === undefined ? E.right(undefined) : anchorIn(io, flags.anchor)
  if (E.isLeft(anchor)) return anchor
  const live = io.live()
  return using(live, flags.database, false, (store) => check(io, live, store, flags, anchor.right))
}
