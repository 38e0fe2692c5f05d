/**
 * Replay: the command that holds the log of a Clipper to the engine.
 *
 * Laws: LOG-11 (spec/15-log.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Csv, LogLines } from '../codec/index.js'
import { Fixed } from '../core/index.js'
import { type Journal, Replay } from '../maker/index.js'
import * as Figures from './Figures.js'
import * as Flag from './Flag.js'
import { type Io, oneLine, type Problem } from './Io.js'

export interface Flags {
  readonly json?: boolean
}

/** What of a lot differs, in a word a field. */
const summary = ({ differences }: Replay.Lot): string =>
  differences.length === 0
    ? '-'
    : differences.map(({ field, line, name }) => `${name}.${field} (line ${line})`).join(', ')

const table = (lots: readonly Replay.Lot[]): string =>
  Figures.table([
    ['lot', 'opened', 'events', 'debt', 'repaid', 'left to raise', 'left to sell', 'differs'],
    ...lots.map((lot) => [
      `${lot.id}`,
      lot.openedAt === undefined ? '-' : Flag.utc(lot.openedAt),
      Figures.count(lot.events),
      Figures.money(Fixed.rad(lot.debt)),
      Figures.money(Fixed.rad(lot.paid)),
      Figures.money(Fixed.rad(lot.tab)),
      Figures.amount(Fixed.wad(lot.lot)),
      summary(lot),
    ]),
  ])

/** A difference on one line, as one of a file that cannot be read is told. */
const shown = (file: string, { field, found, line, name, wanted }: Replay.Difference): string =>
  oneLine(`${file}:${line}: ${name}.${field}: found ${found}, wanted ${wanted}`)

const counted = (count: number, one: string, many: string): string =>
  `${Figures.count(count)} ${count === 1 ? one : many}`

const plainly = (
  file: string,
  { ilk }: Journal.Terms,
  { changes, differences, events, lots }: Replay.Replayed,
): string =>
  [
    oneLine(
      `${file}: ${ilk}, ${counted(lots.length, 'lot', 'lots')}, ${counted(events, 'event', 'events')} checked, ${counted(changes, 'change', 'changes')} of terms`,
    ),
    '',
    table(lots),
    ...differences.map((one) => shown(file, one)),
    differences.length === 0
      ? 'nothing differs'
      : counted(differences.length, 'difference', 'differences'),
    '',
  ].join('\n')

/** Numbers of any size as digits in quotes. */
const text = (document: unknown): string =>
  `${JSON.stringify(document, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value), 2)}\n`

/** Prints what a log tells and where it differs: 0 where it does not, 1 where it does, or why it cannot be read. */
export const replay = (io: Io, file: string, flags: Flags): E.Either<Problem, 0 | 1> =>
  pipe(
    io.read(file),
    E.mapLeft((why) => `${file}: ${why}, wanted a log as in spec/15-log.md`),
    E.chain((text) => pipe(LogLines.parse(text), E.mapLeft(Csv.render(file)))),
    E.map(({ lines, terms }) => {
      const found = Replay.replay(terms, lines)
      io.out(flags.json === true ? text({ file, ...found }) : plainly(file, terms, found))
      return found.differences.length === 0 ? 0 : 1
    }),
  )
