/**
 * CSV text for the laws: sound, broken in one place, and broken anywhere.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { Csv } from '../../src/codec/index.js'

/** How a file may be written without a change of meaning (DEC-7). */
interface Dress {
  readonly mark: '' | '\ufeff'
  readonly newline: '\n' | '\r\n'
  readonly ended: boolean
}

export const dress: fc.Arbitrary<Dress> = fc.record({
  mark: fc.constantFrom('', '\ufeff'),
  newline: fc.constantFrom('\n', '\r\n'),
  ended: fc.boolean(),
})

export const plain: Dress = { mark: '', newline: '\n', ended: true }

/** A file of these columns and rows. */
export const write = (
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
  { mark, newline, ended }: Dress = plain,
): string => {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
  return mark + lines.map((cells) => cells.join(',')).join(newline) + (ended ? newline : '')
}

/** Texts that are no number above zero, of any unit. */
export const notAboveZero: fc.Arbitrary<string> = fc.constantFrom(
  '',
  'NaN',
  'Infinity',
  '0x10',
  '1e5',
  '+1',
  ' 1',
  '1 ',
  '.5',
  '5.',
  '1_000',
  '-1',
  '0',
  '-0.0',
  '−1',
  `0.${'0'.repeat(45)}1`,
  '1'.repeat(131),
)

const noise = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.constantFrom('', ',', '\n', '\r', '\r\n', '\ufeff', '"', '-', '0', '\0', '\u202e', '\ud800'),
)

/** The text with up to three stretches of it replaced by noise. */
export const mangled = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(text, fc.array(fc.tuple(fc.nat(), fc.nat(3), noise), { maxLength: 3 }))
    .map(([sound, changes]) =>
      changes.reduce((text, [where, cut, put]) => {
        const at = where % (text.length + 1)
        return text.slice(0, at) + put + text.slice(at + cut)
      }, sound),
    )

/** Text of any kind. */
export const anything: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.stringMatching(/^[\d,.\n\r"-]*$/),
)

/** Whether a problem reads as one short line of printable ASCII, but for the sign that something was left out. */
export const isOneLine = (problem: Csv.Problem): boolean => {
  const text = Csv.render('f.csv')(problem)
  return (
    text.length < 400 && /^f\.csv:[1-9]\d*: [a-z_]+: found "[ -~]*…?", wanted [ -~]+$/.test(text)
  )
}

/** Whether rows that pass `check` are read, or the problem fits in a line. */
export const isAnswer = <A>(
  result: E.Either<Csv.Problem, readonly A[]>,
  check: (rows: readonly A[]) => boolean,
): boolean => (E.isLeft(result) ? isOneLine(result.left) : check(result.right))
