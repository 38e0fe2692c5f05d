/**
 * Prices: a day's prices, gas and liquidity from CSV text.
 *
 * Laws: DEC-12 to DEC-14 (spec/02-decimal.md).
 * Source: the columns of data/eth-crashes, as the StableSims project gathered them.
 */

import * as E from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import type { Fixed } from '../core/index.js'
import * as Csv from './Csv.js'
import { parseRay, parseSeconds, parseWad } from './Decimal.js'

// Model

/** What was traded from `time` on, until the next row; nothing where the file has no such column. */
export interface Row {
  /** Seconds since 1970. */
  readonly time: Fixed.Seconds
  readonly open: Fixed.Ray
  readonly high: Fixed.Ray
  readonly low: Fixed.Ray
  readonly close: Fixed.Ray
  readonly volume: Fixed.Wad | undefined
  readonly gasPriceGwei: Fixed.Ray | undefined
  readonly poolDai: Fixed.Wad | undefined
  readonly poolWeth: Fixed.Wad | undefined
}

/** The time between a row and the next. */
export interface Gap {
  readonly after: Fixed.Seconds
  readonly seconds: Fixed.Seconds
}

// Constructors

const columns = {
  required: ['time', 'open', 'high', 'low', 'close'],
  optional: ['volume', 'gas_price_gwei', 'pool_dai', 'pool_weth'],
} as const

type Text = Csv.Row<(typeof columns.required)[number], (typeof columns.optional)[number]>

/** The last second of the year 9999: any time in milliseconds since 1978 is above it. */
const LAST_TIME: Fixed.Seconds = 253_402_300_799

const time: Csv.Format<Fixed.Seconds> = {
  rule: 'DEC-12',
  wanted: `whole seconds since 1970, at most ${LAST_TIME}`,
  read: flow(
    parseSeconds,
    E.filterOrElseW(
      (seconds) => seconds >= 0 && seconds <= LAST_TIME,
      () => 'before 1970, or after 9999',
    ),
  ),
}
const price = Csv.decimal('DEC-12', parseRay, 27, 'above 0')
const volume = Csv.decimal('DEC-12', parseWad, 18, '0 or more')
const gasPrice = Csv.decimal('DEC-12', parseRay, 27, '0 or more')
const reserve = Csv.decimal('DEC-12', parseWad, 18, 'above 0')

const values = (text: Text): E.Either<Csv.Problem, Row> =>
  pipe(
    E.Do,
    E.apS('time', Csv.field('time', time)(text)),
    E.apS('open', Csv.field('open', price)(text)),
    E.apS('high', Csv.field('high', price)(text)),
    E.apS('low', Csv.field('low', price)(text)),
    E.apS('close', Csv.field('close', price)(text)),
    E.apS('volume', Csv.optionalField('volume', volume)(text)),
    E.apS('gasPriceGwei', Csv.optionalField('gas_price_gwei', gasPrice)(text)),
    E.apS('poolDai', Csv.optionalField('pool_dai', reserve)(text)),
    E.apS('poolWeth', Csv.optionalField('pool_weth', reserve)(text)),
  )

/** Refuses a high below the low, and an open or a close outside the two (DEC-13). */
const checkRange = ({ line, fields }: Text, row: Row): E.Either<Csv.Problem, Row> => {
  const { open, high, low, close } = row
  const refuse = (field: 'open' | 'high' | 'close', wanted: string): E.Either<Csv.Problem, never> =>
    E.left({ rule: 'DEC-13', line, field, found: fields[field], wanted })
  const within = (price: Fixed.Ray): boolean => low <= price && price <= high
  if (high < low) return refuse('high', 'a price not below low')
  if (!within(open)) return refuse('open', 'a price from low to high')
  return within(close) ? E.right(row) : refuse('close', 'a price from low to high')
}

/** Refuses a time that is not after the row before (DEC-14), which was read already. */
const checkOrder = (
  before: Text | undefined,
  { line, fields }: Text,
  row: Row,
): E.Either<Csv.Problem, Row> => {
  const last = before === undefined ? -1 : Number(before.fields.time)
  const wanted = `a time after ${last}`
  return row.time > last
    ? E.right(row)
    : E.left({ rule: 'DEC-14', line, field: 'time', found: fields.time, wanted })
}

/**
 * Reads prices, one row or more. Refuses a text that is no such CSV (DEC-7 to DEC-9), then the first
 * row with a value out of bounds (DEC-12), prices that contradict each other (DEC-13) or a time that
 * repeats or goes back (DEC-14).
 *
 * @example parse('time,open,high,low,close\n0,2,3,1,2\n') // one row: open is 2 Ray, volume undefined
 */
export const parse: (text: string) => E.Either<Csv.Problem, readonly Row[]> = flow(
  Csv.parse(columns),
  E.chain((texts) =>
    pipe(
      texts,
      E.traverseReadonlyArrayWithIndex((at, text) =>
        pipe(
          values(text),
          E.chain((row) => checkRange(text, row)),
          E.chain((row) => checkOrder(texts[at - 1], text, row)),
        ),
      ),
    ),
  ),
)

// Queries

/** The longest time between two rows, the first of equals; none for fewer than two rows (DEC-14). */
export const longestGap = (rows: readonly Pick<Row, 'time'>[]): O.Option<Gap> =>
  pipe(
    rows,
    RA.zip(rows.slice(1)),
    RA.map(([{ time: after }, { time: next }]): Gap => ({ after, seconds: next - after })),
    RA.reduce<Gap, O.Option<Gap>>(O.none, (longest, gap) =>
      O.isSome(longest) && longest.value.seconds >= gap.seconds ? longest : O.some(gap),
    ),
  )
