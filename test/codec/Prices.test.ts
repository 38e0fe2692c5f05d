import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import { Decimal, Prices } from '../../src/codec/index.js'
import { plain, write } from './text.js'

const day = (name: string): readonly Prices.Row[] => {
  const file = join(import.meta.dirname, '../../data/eth-crashes', `${name}.csv`)
  const rows = Prices.parse(readFileSync(file, 'utf8'))
  if (E.isLeft(rows)) throw new Error('refused', { cause: rows.left })
  return rows.right
}

const columns = [
  'time',
  'open',
  'high',
  'low',
  'close',
  'volume',
  'gas_price_gwei',
  'pool_dai',
  'pool_weth',
]

const sound = {
  time: '600',
  open: '2',
  high: '3',
  low: '1',
  close: '2',
  volume: '0',
  gas_price_gwei: '0',
  pool_dai: '4',
  pool_weth: '2',
}

const read = (...rows: readonly Partial<typeof sound>[]) =>
  Prices.parse(
    write(
      columns,
      rows.map((row) => ({ ...sound, ...row })),
      plain,
    ),
  )

const refused = (rule: string, line: number, field: string, found: string, wanted: string) =>
  E.left({ rule, line, field, found, wanted })

test('DEC-12 reads every column, to its unit', () => {
  expect(
    read({ open: '1.5', volume: '0.000000000000000001', gas_price_gwei: '9.899718' }),
  ).toStrictEqual(
    E.right([
      {
        time: 600,
        open: 1_500000000000000000000000000n,
        high: 3_000000000000000000000000000n,
        low: 1_000000000000000000000000000n,
        close: 2_000000000000000000000000000n,
        volume: 1n,
        gasPriceGwei: 9_899718000000000000000000000n,
        poolDai: 4_000000000000000000n,
        poolWeth: 2_000000000000000000n,
      },
    ]),
  )
})

test('DEC-12 refuses a value out of its bounds', () => {
  const decimal = (range: string, places: number) =>
    `a plain decimal, ${range}, with at most ${places} places`
  for (const field of ['open', 'high', 'low', 'close'])
    for (const found of ['0', '-1', 'NaN', `0.${'0'.repeat(27)}1`])
      expect(read({ [field]: found })).toEqual(
        refused('DEC-12', 2, field, found, decimal('above 0', 27)),
      )
  for (const field of ['pool_dai', 'pool_weth'])
    for (const found of ['0', '-1', '', `0.${'0'.repeat(18)}1`])
      expect(read({ [field]: found })).toEqual(
        refused('DEC-12', 2, field, found, decimal('above 0', 18)),
      )
  expect(read({ volume: '-1' })).toEqual(
    refused('DEC-12', 2, 'volume', '-1', decimal('0 or more', 18)),
  )
  expect(read({ gas_price_gwei: '-1' })).toEqual(
    refused('DEC-12', 2, 'gas_price_gwei', '-1', decimal('0 or more', 27)),
  )
})

test('DEC-12 refuses a time that is no whole second since 1970', () => {
  const wanted = 'whole seconds since 1970, at most 253402300799'
  for (const found of ['-1', '0.5', '1e9', '', '253402300800', '1583971200000', '2020-03-12'])
    expect(read({ time: found })).toEqual(refused('DEC-12', 2, 'time', found, wanted))
  expect(E.isRight(read({ time: '0' }, { time: '253402300799' }))).toBe(true)
})

test('DEC-12 reads the fields of a row in its own order, not that of the file', () => {
  const text = write([...columns].reverse(), [{ ...sound, pool_weth: '', close: '', low: '' }])
  expect(Prices.parse(text)).toMatchObject(E.left({ field: 'low' }))
})

test('DEC-13 refuses prices that contradict each other', () => {
  const inside = 'a price from low to high'
  expect(read({ high: '0.5' })).toEqual(
    refused('DEC-13', 2, 'high', '0.5', 'a price not below low'),
  )
  expect(read({ open: '3.1' })).toEqual(refused('DEC-13', 2, 'open', '3.1', inside))
  expect(read({ open: '0.9' })).toEqual(refused('DEC-13', 2, 'open', '0.9', inside))
  expect(read({ close: '3.1' })).toEqual(refused('DEC-13', 2, 'close', '3.1', inside))
  expect(read({ close: '0.9' })).toEqual(refused('DEC-13', 2, 'close', '0.9', inside))
})

test('DEC-13 takes an open and a close at the low and the high, and a price that stood still', () => {
  expect(E.isRight(read({ open: '3', close: '1' }))).toBe(true)
  expect(E.isRight(read({ open: '1', close: '3' }))).toBe(true)
  expect(E.isRight(read({ open: '2', high: '2', low: '2', close: '2' }))).toBe(true)
})

test('DEC-13 comes after every field of its row, and before the next row', () => {
  expect(read({ high: '0.5', pool_weth: '0' })).toMatchObject(E.left({ rule: 'DEC-12' }))
  expect(read({ high: '0.5' }, { time: 'x' })).toMatchObject(E.left({ rule: 'DEC-13', line: 2 }))
})

test('DEC-14 refuses a time that repeats or goes back', () => {
  const wanted = 'a time after 600'
  expect(read({}, {})).toEqual(refused('DEC-14', 3, 'time', '600', wanted))
  expect(read({}, { time: '599' })).toEqual(refused('DEC-14', 3, 'time', '599', wanted))
  expect(read({}, { time: '601' }, { time: '600' })).toMatchObject(
    E.left({ line: 4, wanted: 'a time after 601' }),
  )
  expect(read({}, { open: '9' })).toMatchObject(E.left({ rule: 'DEC-13' }))
})

test('DEC-14 accepts a gap, and finds the longest', () => {
  const gap = (...times: readonly number[]) => Prices.longestGap(times.map((time) => ({ time })))
  expect(E.isRight(read({}, { time: '601' }, { time: '90000' }))).toBe(true)
  expect(gap()).toEqual(O.none)
  expect(gap(60)).toEqual(O.none)
  expect(gap(60, 61)).toEqual(O.some({ after: 60, seconds: 1 }))
  expect(gap(0, 600, 1800, 2400, 3600)).toEqual(O.some({ after: 600, seconds: 1200 }))
})

// The figures of data/README.md.

const least = (values: readonly bigint[]) => values.reduce((a, b) => (a < b ? a : b))
const most = (values: readonly bigint[]) => values.reduce((a, b) => (a > b ? a : b))

test.each([
  ['2020-03-12', 1583971200, '106.59', '194.52', '9.072707', '225.161936'],
  ['2021-02-22', 1613952000, '1569.1', '1922', '5.326771', '15.686786'],
  ['2021-05-19', 1621382400, '1944.91', '3423.99', '75.756802', '1656.269994'],
])('%s is read whole', (name, start, low, high, leastGas, mostGas) => {
  const rows = day(name)
  const closes = rows.map(({ close }) => close)
  const gas = rows.map(({ gasPriceGwei = 0n }) => gasPriceGwei)
  expect(rows).toHaveLength(144)
  expect(Prices.longestGap(rows)).toEqual(O.some({ after: start, seconds: 600 }))
  expect(E.right(least(closes))).toEqual(Decimal.parseRay(low))
  expect(E.right(most(closes))).toEqual(Decimal.parseRay(high))
  expect(E.right(least(gas))).toEqual(Decimal.parseRay(leastGas))
  expect(E.right(most(gas))).toEqual(Decimal.parseRay(mostGas))
})

test('2020-03-12 has no pool', () => {
  expect(day('2020-03-12').every(({ poolDai, poolWeth }) => !poolDai && !poolWeth)).toBe(true)
})

/** How far the pool's price is from the close, on average, if the pool's rows are `late` rows early. */
const distance = (rows: readonly Prices.Row[], late: number): number => {
  const distances = rows.slice(late).flatMap(({ close }, at) => {
    const { poolDai, poolWeth } = rows[at] ?? {}
    return poolDai && poolWeth
      ? [Math.abs(Number(poolDai) / Number(poolWeth) / (Number(close) / 1e27) - 1)]
      : []
  })
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length
}

test.each([
  ['2021-02-22', 47, 0.051, 0.004],
  ['2021-05-19', 41, 0.086, 0.014],
])('%s has the pool of %i rows later', (name, late, asItStands, shifted) => {
  const rows = day(name)
  const distances = Array.from({ length: 100 }, (_, late) => distance(rows, late))
  expect(distances.indexOf(Math.min(...distances))).toBe(late)
  expect(distances[0]).toBeCloseTo(asItStands, 3)
  expect(distances[late]).toBeCloseTo(shifted, 3)
})
