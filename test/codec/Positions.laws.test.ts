import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { Decimal, Positions } from '../../src/codec/index.js'
import { Fixed } from '../../src/index.js'
import { law } from '../law.js'
import { anything, dress, isAnswer, mangled, notAboveZero, write } from './text.js'

const columns = fc.shuffledSubarray(['id', 'collateral', 'debt'], { minLength: 3 })

const amount = fc.bigInt({ min: 1n, max: 2n ** 256n - 1n })

const rows = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z0-9é][ a-z0-9]{0,6}[a-z0-9]$/),
    collateral: amount.map(Fixed.wad),
    debt: amount.map(Fixed.rad),
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 8 },
)

const texts = (
  rows: readonly Positions.Row[],
): readonly { readonly id: string; readonly collateral: string; readonly debt: string }[] =>
  rows.map(({ id, collateral, debt }) => ({
    id,
    collateral: Decimal.formatWad(collateral),
    debt: Decimal.formatRad(debt),
  }))

const isSound = ({ id, collateral, debt }: Positions.Row): boolean =>
  id !== '' && collateral > 0n && debt > 0n

law(
  'DEC-15',
  'rows read back as they were written, in any order of columns and any dress',
  fc.property(columns, rows, dress, (columns, rows, dress) => {
    const result = Positions.parse(write(columns, texts(rows), dress))
    return (
      E.isRight(result) &&
      result.right.length === rows.length &&
      result.right.every(({ id, collateral, debt }, at) => {
        const row = rows[at]
        return id === row?.id && collateral === row.collateral && debt === row.debt
      })
    )
  }),
)

law(
  'DEC-15',
  'an amount that is broken is named, with its line and its text',
  fc.property(
    rows,
    fc.nat(),
    fc.constantFrom('collateral', 'debt'),
    notAboveZero,
    (rows, where, field, found) => {
      const line = where % rows.length
      const broken = texts(rows).map((row, at) => (at === line ? { ...row, [field]: found } : row))
      const result = Positions.parse(write(['id', 'collateral', 'debt'], broken))
      return (
        E.isLeft(result) &&
        result.left.rule === 'DEC-15' &&
        result.left.line === line + 2 &&
        result.left.field === field &&
        result.left.found === found
      )
    },
  ),
)

law(
  'DEC-16',
  'the first id that repeats is refused',
  fc.property(fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 }), (ids) => {
    const first = ids.findIndex((id, at) => ids.indexOf(id) !== at)
    const result = Positions.parse(
      write(
        ['id', 'collateral', 'debt'],
        ids.map((id) => ({ id, collateral: '1', debt: '1' })),
      ),
    )
    return first < 0
      ? E.isRight(result)
      : E.isLeft(result) && result.left.rule === 'DEC-16' && result.left.line === first + 2
  }),
)

law(
  'DEC-16',
  'any text gives sound rows with ids of their own, or a problem in one line',
  fc.property(
    fc.oneof(
      anything,
      mangled(fc.tuple(columns, rows).map(([columns, rows]) => write(columns, texts(rows)))),
    ),
    (text) =>
      isAnswer(
        Positions.parse(text),
        (rows) =>
          rows.length > 0 &&
          rows.every(isSound) &&
          new Set(rows.map(({ id }) => id)).size === rows.length,
      ),
  ),
)
