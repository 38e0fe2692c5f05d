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
import { Figures } from '../report/index.js'
import { type Io, oneLine, type Problem } from './Io.js'

export interface Flags {
  readonly json?: boolean
}

/** Which fields of a lot differ; where, and by what, is told below the table. */
const summary = ({ differences }: Replay.Lot): string =>
  differences.length === 0
    ? '-'
    : [...new Set(differences.map(({ field, name }) => `${name}.${field}`))].join(', ')

const table = (lots: readonly Replay.Lot[]): string =>
  Figures.table([
    ['lot', 'opened', 'events', 'debt', 'paid', 'left to raise', 'collateral left', 'differs'],
    ...lots.map((lot) => [
      `${lot.id}`,
      lot.openedAt === undefined ? '-' : Figures.utc(lot.openedAt),
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

/** How many differences are told one by one. */
const mostShown = 20

const told = (file: string, differences: readonly Replay.Difference[]): readonly string[] => {
  const more = differences.length - mostShown
  return [
    ...differences.slice(0, mostShown).map((one) => shown(file, one)),
    ...(more > 0 ? [`and ${Figures.count(more)} more, which --json tells`] : []),
    differences.length === 0
      ? 'Nothing differs.'
      : `${Figures.counted(differences.length, 'field')} ${differences.length === 1 ? 'differs' : 'differ'}.`,
  ]
}

const plainly = (
  file: string,
  { ilk }: Journal.Terms,
  { changes, differences, events, lots }: Replay.Replayed,
): string => {
  const heading = `${file}: ${ilk}, ${Figures.counted(lots.length, 'lot')}, ${Figures.counted(events, 'event')} checked, ${Figures.counted(changes, 'change')} of terms`
  return [oneLine(heading), '', table(lots), ...told(file, differences), ''].join('\n')
}

/** The document, in the units of the log: numbers of any size as digits in quotes. */
const document = (
  file: string,
  { ilk }: Journal.Terms,
  { changes, differences, events, lots }: Replay.Replayed,
): string => {
  const value = {
    file,
    ilk,
    events,
    changes,
    lots: lots.map(({ differences, openedAt, ...lot }) => ({
      ...lot,
      openedAt: openedAt ?? null,
      differences: differences.length,
    })),
    differences: differences.map(({ id, ...rest }) => ({ ...rest, id: id ?? null })),
  }
  const digits = (_: string, one: unknown): unknown => (typeof one === 'bigint' ? `${one}` : one)
  return `${JSON.stringify(value, digits, 2)}\n`
}

/** Prints what a log tells and where it differs: 0 where it does not, 1 where it does, or why it cannot be read. */
export const replay = (io: Io, file: string, flags: Flags): E.Either<Problem, 0 | 1> =>
  pipe(
    io.read(file),
    E.mapLeft((why) => `${file}: ${why}, wanted a log as in spec/15-log.md`),
    E.chain((text) => pipe(LogLines.parse(text), E.mapLeft(Csv.render(file)))),
    E.map(({ lines, terms }) => {
      const found = Replay.replay(terms, lines)
      io.out((flags.json === true ? document : plainly)(file, terms, found))
      return found.differences.length === 0 ? 0 : 1
    }),
  )
