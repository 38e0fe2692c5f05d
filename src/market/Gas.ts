/**
 * Gas: what a transaction costs.
 *
 * Laws: MKT-4 (spec/16-market.md).
 */

import { Fixed } from '../core/index.js'

/** What may be sent in a block. */
export type Action = 'open' | 'take' | 'bid' | 'settle' | 'reset' | 'restart' | 'refused'

/** The gas that each takes: round figures near what Maker's contracts take (general knowledge, not measured here). */
export const units: Readonly<Record<Action, bigint>> = {
  open: 450_000n,
  take: 300_000n,
  bid: 150_000n,
  settle: 120_000n,
  reset: 150_000n,
  restart: 80_000n,
  refused: 60_000n,
}

/** The wei and gwei of a coin, as factors: a price per coin times gwei times gas is 10^18 times a Rad. */
const scale = 10n ** 18n

/** What so much gas costs in money, paid in the coin that has this price; rounded up (MKT-4). */
export const costOf = (gas: bigint, gwei: Fixed.Ray, price: Fixed.Ray): Fixed.Rad =>
  Fixed.rad(Fixed.mulDiv(gas * gwei, price, scale, 'ceil'))

/** What an action costs in money, its gas paid in the coin that the path prices; rounded up (MKT-4). */
export const cost = (action: Action, gwei: Fixed.Ray, price: Fixed.Ray): Fixed.Rad =>
  costOf(units[action], gwei, price)
