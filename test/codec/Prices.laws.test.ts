import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { Decimal, Prices } from '../../src/codec/index.js'
import { Fixed } from '../../src/index.js'
import { law } from '../law.js'
import { anything, dress, isAnswer, mangled, notAboveZero, write } from './text.js'

const { formatRay, formatSeconds, formatWad } = Decimal

const upTo = (max: bigint, min = 1n) => fc.bigInt({ min, max })

const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)

const nothing = Fixed.ray(0n)

const prices = fc
  .tuple(fc.array(upTo(10n ** 33n), { minLength: 4, maxLength: 4 }), fc.boolean())
  .map(([four, up]) => {
    const [low = nothing, a = low, b = low, high = low] = four.sort(ascending).map(Fixed.ray)
    return up ? { open: a, high, low, close: b } : { open: b, high, low, close: a }
  })

/** Rows of a file that has these optional columns. */
const rowsOf = (has: Readonly<Record<string, boolean>>): fc.Arbitrary<readonly Prices.Row[]> => {
  const optional = <A>(name: string, values: fc.Arbitrary<A>): fc.Arbitrary<A | undefined> =>
    has[name] ? values : fc.constant(undefined)
  const row = fc.record({
    prices,
    volume: optional('volume', upTo(10n ** 27n, 0n).map(Fixed.wad)),
    gasPriceGwei: optional('gas_price_gwei', upTo(10n ** 31n, 0n).map(Fixed.ray)),
    poolDai: optional('pool_dai', upTo(10n ** 27n).map(Fixed.wad)),
    poolWeth: optional('pool_weth', upTo(10n ** 27n).map(Fixed.wad)),
  })
  const wait = fc.integer({ min: 1, max: 10 ** 6 })
  return fc.array(fc.tuple(wait, row), { minLength: 1, maxLength: 8 }).map((drawn) =>
    drawn.map(([, { prices, ...rest }], at) => ({
      time: drawn.slice(0, at + 1).reduce((sum, [wait]) => sum + wait, 0),
      ...prices,
      ...rest,
    })),
  )
}

const columns = fc
  .subarray(['volume', 'gas_price_gwei', 'pool_dai', 'pool_weth'])
  .chain((optional) => {
    const all = ['time', 'open', 'high', 'low', 'close', ...optional]
    return fc.shuffledSubarray(all, { minLength: all.length })
  })

const file = columns.chain((columns) =>
  fc.record({
    columns: fc.constant(columns),
    rows: rowsOf(Object.fromEntries(columns.map((column) => [column, true]))),
  }),
)

const texts = (rows: readonly Prices.Row[]): readonly Readonly<Record<string, string>>[] =>
  rows.map((row) => ({
    time: formatSeconds(row.time),
    open: formatRay(row.open),
    high: formatRay(row.high),
    low: formatRay(row.low),
    close: formatRay(row.close),
    volume: formatWad(row.volume ?? Fixed.wad(0n)),
    gas_price_gwei: formatRay(row.gasPriceGwei ?? Fixed.ray(0n)),
    pool_dai: formatWad(row.poolDai ?? Fixed.wad(0n)),
    pool_weth: formatWad(row.poolWeth ?? Fixed.wad(0n)),
  }))

const same = (a: Prices.Row, b: Prices.Row | undefined): boolean =>
  a.time === b?.time &&
  a.open === b.open &&
  a.high === b.high &&
  a.low === b.low &&
  a.close === b.close &&
  a.volume === b.volume &&
  a.gasPriceGwei === b.gasPriceGwei &&
  a.poolDai === b.poolDai &&
  a.poolWeth === b.poolWeth

const isSound = (row: Prices.Row, at: number, rows: readonly Prices.Row[]): boolean =>
  Number.isSafeInteger(row.time) &&
  row.time > (rows[at - 1]?.time ?? -1) &&
  [row.open, row.close].every((price) => row.low <= price && price <= row.high) &&
  row.low > 0n &&
  (row.volume ?? 0n) >= 0n &&
  (row.gasPriceGwei ?? 0n) >= 0n &&
  (row.poolDai ?? 1n) > 0n &&
  (row.poolWeth ?? 1n) > 0n

law(
  'DEC-12',
  'rows read back as they were written, in any order of columns and any dress',
  fc.property(file, dress, ({ columns, rows }, dress) => {
    const result = Prices.parse(write(columns, texts(rows), dress))
    return (
      E.isRight(result) &&
      result.right.length === rows.length &&
      result.right.every((row, at) => same(row, rows[at]))
    )
  }),
)

law(
  'DEC-12',
  'a field that is broken is named, with its line and its text',
  fc.property(file, fc.nat(), fc.nat(), notAboveZero, ({ columns, rows }, where, which, found) => {
    const line = where % rows.length
    const field = columns[which % columns.length] ?? ''
    const broken = texts(rows).map((row, at) => (at === line ? { ...row, [field]: found } : row))
    const result = Prices.parse(write(columns, broken))
    const orZero = ['time', 'volume', 'gas_price_gwei'].includes(field)
    fc.pre(!(orZero && /^-?[0.]+$/.test(found)))
    return (
      E.isLeft(result) &&
      result.left.rule === 'DEC-12' &&
      result.left.line === line + 2 &&
      result.left.field === field &&
      result.left.found === found
    )
  }),
)

law(
  'DEC-13',
  'a row is refused exactly where its four prices contradict each other',
  fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 4, maxLength: 4 }), (four) => {
    const [open = 0, high = 0, low = 0, close = 0] = four
    const agree = Math.max(...four) === high && Math.min(...four) === low
    const result = Prices.parse(`time,open,high,low,close\n0,${[open, high, low, close].join(',')}`)
    return agree ? E.isRight(result) : E.isLeft(result) && result.left.rule === 'DEC-13'
  }),
)

law(
  'DEC-14',
  'times that do not rise are refused at the first that does not',
  fc.property(fc.array(fc.nat(20), { minLength: 1 }), (times) => {
    const first = times.findIndex((time, at) => at > 0 && time <= (times[at - 1] ?? 0))
    const rows = times.map((time) => `${time},2,3,1,2`).join('\n')
    const result = Prices.parse(`time,open,high,low,close\n${rows}`)
    return first < 0
      ? E.isRight(result)
      : E.isLeft(result) && result.left.rule === 'DEC-14' && result.left.line === first + 2
  }),
)

law(
  'DEC-14',
  'no gap is longer than the longest, and the longest is a gap',
  fc.property(fc.uniqueArray(fc.nat(), { minLength: 2 }), (unsorted) => {
    const times = unsorted.sort((a, b) => a - b)
    const gap = O.toNullable(Prices.longestGap(times.map((time) => ({ time }))))
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
    const first = gaps.indexOf(Math.max(...gaps))
    return gap?.seconds === gaps[first] && gap?.after === times[first]
  }),
)

law(
  'DEC-12',
  'any text gives sound rows or a problem in one line',
  fc.property(
    fc.oneof(anything, mangled(file.map(({ columns, rows }) => write(columns, texts(rows))))),
    (text) => isAnswer(Prices.parse(text), (rows) => rows.length > 0 && rows.every(isSound)),
  ),
)
