/**
 * Laws of PricePath and Gas: spec/16-market.md.
 */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Fixed } from '../../src/core/index.js'
import { Gas, PricePath } from '../../src/market/index.js'
import { law } from '../law.js'
import { cents, rows } from './rows.js'

const someRows = rows(12)

/** The price by the rule's words: the row in force, or the gap after it. */
const slowly = (all: readonly PricePath.Row[], at: number): bigint => {
  const gaps = all.slice(1).map(({ time }, i) => time - (all[i]?.time ?? 0))
  const lasts = gaps.length === 0 ? 600 : Math.min(...gaps)
  const i = all.filter(({ time }) => time <= at).length - 1
  const row = all[i]
  const next = all[i + 1]
  if (row === undefined) return all[0]?.open ?? 0n
  const line = (from: bigint, to: bigint, gone: number, length: number): bigint =>
    (from * BigInt(length - gone) + to * BigInt(gone)) / BigInt(length)
  const gone = at - row.time
  if (gone < lasts) return line(row.open, row.close, gone, lasts)
  return next === undefined
    ? row.close
    : line(row.close, next.open, gone - lasts, next.time - row.time - lasts)
}

law(
  'MKT-2',
  'the price is on the line that the rule says, before, in, between and after rows',
  fc.property(someRows, fc.double({ min: -0.2, max: 1.3, noNaN: true }), (rows, part) => {
    const path = PricePath.make(rows)
    const at = path.from + Math.floor((path.to - path.from) * part)
    return PricePath.priceAt(path, at) === slowly(rows, at)
  }),
)

law(
  'MKT-2',
  'every row has its open at its time, and the last its close from its end on',
  fc.property(someRows, (rows) => {
    const path = PricePath.make(rows)
    return (
      rows.every(({ open, time }) => PricePath.priceAt(path, time) === open) &&
      PricePath.priceAt(path, path.to) === rows[rows.length - 1]?.close &&
      PricePath.priceAt(path, path.to + 10 ** 9) === rows[rows.length - 1]?.close
    )
  }),
)

law(
  'MKT-2',
  'no price from one instant to another is above the highest of them, which one has, or a point between',
  fc.property(someRows, fc.array(fc.nat(1000), { minLength: 3, maxLength: 3 }), (rows, parts) => {
    const path = PricePath.make(rows)
    const [from = 0, at = 0, to = 0] = [...parts]
      .sort((a, b) => a - b)
      .map((n) => path.from - 100 + Math.floor(((path.to - path.from + 200) * n) / 1000))
    const highest = PricePath.highestIn(path, from, to)
    return (
      PricePath.priceAt(path, at) <= highest &&
      [PricePath.priceAt(path, from), PricePath.priceAt(path, to)]
        .concat(rows.flatMap(({ close, open }) => [close, open]))
        .includes(highest) &&
      PricePath.highestIn(path, at, at) === PricePath.priceAt(path, at)
    )
  }),
)

test('MKT-2 a lone row lasts ten minutes', () => {
  const path = PricePath.make([
    { time: 5, open: cents(200), close: cents(100), gasPriceGwei: undefined },
  ])
  expect([path.from, path.to]).toEqual([5, 605])
  expect(PricePath.priceAt(path, 305)).toBe(cents(150))
})

law(
  'MKT-3',
  'the gas price is that of the row in force, or the one given, or 50',
  fc.property(someRows, fc.nat(1300), (rows, part) => {
    const path = PricePath.make(rows)
    const at = path.from - 50 + Math.floor(((path.to - path.from) * part) / 1000)
    const row = [...rows].reverse().find(({ time }) => time <= at) ?? rows[0]
    const given = PricePath.make(rows, cents(777))
    return (
      PricePath.gweiAt(path, at) === (row?.gasPriceGwei ?? cents(5000)) &&
      PricePath.gweiAt(given, at) === cents(777)
    )
  }),
)

law(
  'MKT-3',
  'the lowest gas price from one instant to another is one that is in force then, and none is lower',
  fc.property(someRows, fc.nat(1000), fc.nat(300), (rows, part, length) => {
    const path = PricePath.make(rows)
    const from = path.from - 50 + Math.floor(((path.to - path.from) * part) / 1000)
    const prices = Array.from({ length: length + 1 }, (_, i) => PricePath.gweiAt(path, from + i))
    const lowest = PricePath.lowestGweiIn(path, from, from + length)
    return prices.includes(lowest) && prices.every((gwei) => gwei >= lowest)
  }),
)

law(
  'MKT-4',
  'a cost is the least money not below gas times gwei times price',
  fc.property(
    fc.constantFrom(...(Object.keys(Gas.units) as readonly Gas.Action[])),
    fc.bigInt(0n, 10n ** 31n),
    fc.bigInt(0n, 10n ** 33n),
    (action, gwei, price) => {
      const cost = Gas.cost(action, Fixed.ray(gwei), Fixed.ray(price))
      const exact = Gas.units[action] * gwei * price
      return cost * 10n ** 18n >= exact && (cost - 1n) * 10n ** 18n < exact
    },
  ),
)

test('MKT-4 the gas of each kind is the one that the rule says', () => {
  expect(Gas.units).toEqual({
    open: 450_000n,
    take: 300_000n,
    bid: 150_000n,
    settle: 120_000n,
    reset: 150_000n,
    restart: 80_000n,
    refused: 60_000n,
  })
})
