/**
 * Rows of price files for the laws: quiet, falling, broken by gaps.
 */

import fc from 'fast-check'
import { Fixed } from '../../src/core/index.js'
import type { PricePath } from '../../src/market/index.js'

/** A price in hundredths. */
export const cents = (n: number): Fixed.Ray => Fixed.ray((BigInt(n) * Fixed.RAY) / 100n)

/** From one row to the next the price is multiplied by a per cent from 70 to 115; now and then rows are missing. */
const step = fc.record({
  percent: fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: 97, max: 102 }) },
    fc.integer({ min: 70, max: 115 }),
  ),
  jump: fc.integer({ min: 98, max: 102 }),
  missing: fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.nat(6)),
  gas: fc.integer({ min: 0, max: 2000 }),
})

const times = (price: Fixed.Ray, percent: number): Fixed.Ray =>
  Fixed.ray(Fixed.max((price * BigInt(percent)) / 100n, 1n))

/** Rows of a day of any length, from a price between a cent and a million. */
export const rows = (maxLength: number): fc.Arbitrary<readonly PricePath.Row[]> =>
  fc
    .tuple(
      fc.integer({ min: 1, max: 10 ** 8 }),
      fc.constantFrom(60, 600, 3600),
      fc.boolean(),
      fc.array(step, { minLength: 1, maxLength }),
    )
    .map(([start, every, hasGas, steps]) =>
      steps.reduce<readonly PricePath.Row[]>((rows, { gas, jump, missing, percent }) => {
        const before = rows[rows.length - 1]
        const open = times(before?.close ?? cents(start), jump)
        return [
          ...rows,
          {
            time: before === undefined ? 1_000_000 : before.time + every * (1 + missing),
            open,
            close: times(open, percent),
            gasPriceGwei: hasGas ? Fixed.ray(BigInt(gas) * Fixed.RAY) : undefined,
          },
        ]
      }, []),
    )
