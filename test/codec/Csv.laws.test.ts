import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { Csv } from '../../src/codec/index.js'
import { law } from '../law.js'
import { anything, dress, isAnswer, isOneLine, mangled, write } from './text.js'

const columns = { required: ['a', 'b'], optional: ['c', 'd'] } as const

/** Text without a comma or a foreign character, but with all else. */
const cell = fc.stringMatching(/^[ !#-+--~é１−]{0,8}$/)

const names = fc
  .subarray(['c', 'd'])
  .chain((optional) =>
    fc.shuffledSubarray(['a', 'b', ...optional], { minLength: 2 + optional.length }),
  )

const table = names.chain((names) =>
  fc.record({
    names: fc.constant(names),
    rows: fc.array(fc.record(Object.fromEntries(names.map((name) => [name, cell]))), {
      minLength: 1,
      maxLength: 8,
    }),
  }),
)

law(
  'DEC-7',
  'a table reads back as it was written, however it is dressed',
  fc.property(table, dress, ({ names, rows }, dress) => {
    const result = Csv.parse(columns)(write(names, rows, dress))
    return (
      E.isRight(result) &&
      result.right.length === rows.length &&
      result.right.every(
        ({ line, fields }, at) =>
          line === at + 2 &&
          Object.keys(fields).length === names.length &&
          Object.entries(fields).every(([name, text]) => text === rows[at]?.[name]),
      )
    )
  }),
)

law(
  'DEC-8',
  'a column left out is read if it is optional, and refused if not',
  fc.property(table, fc.nat(), ({ names, rows }, which) => {
    const left = names.filter((_, at) => at !== which % names.length)
    const missing = columns.required.find((name) => !left.includes(name))
    const result = Csv.parse(columns)(write(left, rows))
    return missing === undefined
      ? E.isRight(result)
      : E.isLeft(result) && result.left.wanted === `the column ${missing} too`
  }),
)

law(
  'DEC-9',
  'the first line of a wrong length is named',
  fc.property(
    table,
    fc.nat(),
    fc.constantFrom('', ',', '1', '1,2,3,4,5'),
    ({ names, rows }, where, wrong) => {
      const lines = write(names, rows).split('\n')
      const at = 1 + (where % rows.length)
      const broken = [...lines.slice(0, at), wrong, ...lines.slice(at + 1), wrong].join('\n')
      const result = Csv.parse(columns)(broken)
      const expected = wrong.split(',').length === names.length ? undefined : at + 1
      return (
        expected === undefined ||
        (E.isLeft(result) && result.left.rule === 'DEC-9' && result.left.line === expected)
      )
    },
  ),
)

law(
  'DEC-10',
  'any text gives rows or a problem in one line',
  fc.property(
    fc.oneof(anything, mangled(table.map(({ names, rows }) => write(names, rows)))),
    (text) => isAnswer(Csv.parse(columns)(text), (rows) => rows.length > 0),
  ),
)

law(
  'DEC-10',
  'a problem is one line whatever was found in whatever file',
  fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (found, file) => {
    const problem = { rule: 'DEC-9', line: 2, field: 'row', found, wanted: 'a row' } as const
    return isOneLine(problem) && !/[\p{C}\p{Zl}\p{Zp}]/u.test(Csv.render(file)(problem))
  }),
)
