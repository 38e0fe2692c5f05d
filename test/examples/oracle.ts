/**
 * What the examples of spec/19-oracle.md are written with.
 */

import { Oracle } from '../../src/market/index.js'
import { price, ray } from '../example.js'

export { Oracle } from '../../src/market/index.js'

export const dropOracle: Oracle.Oracle = Oracle.direct((time) => price(time < 60 ? 100n : 90n))

const looks = { from: 0, to: 600, every: 5 }

export const dropBeats = (deviation: string): Oracle.Heartbeat => ({
  ...looks,
  heartbeat: 300,
  deviation: ray(deviation),
})

export const dropBreaks = (most: string): Oracle.Breaker => ({
  ...looks,
  most: ray(most),
  holds: 60,
})
