/**
 * What the examples of spec/21-pool.md are written with.
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Fixed } from '../../src/index.js'
import { Pool } from '../../src/market/index.js'
import { rad, ray, wad } from '../example.js'

export { Pool } from '../../src/market/index.js'

/** 100 of collateral and 20,000 of money, with a fee. */
export const poolOf = (fee: string): Pool.Pool => ({
  collateral: wad('100'),
  money: rad('20000'),
  fee: ray(fee),
})

/** What the pool with a fee of a half pays for some sales, one after the other. */
export const poolSold = (amounts: readonly string[]): Fixed.Rad =>
  amounts.reduce(
    ({ paid, pool }, amount) => {
      const sale = Pool.sell(pool, wad(amount))
      if (E.isLeft(sale)) throw new Error(JSON.stringify(sale.left))
      return { pool: sale.right.pool, paid: (paid + sale.right.money) as Fixed.Rad }
    },
    { pool: poolOf('0.5'), paid: rad('0') },
  ).paid
