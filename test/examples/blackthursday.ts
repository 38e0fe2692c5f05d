/**
 * Sample data of spec/28-blackthursday.md.
 */

import type { Terms } from '../../src/core/index.js'
import { BlackThursday } from '../../src/study/index.js'
import type { Outcome } from '../../src/tuning/index.js'
import { ray, wad } from '../example.js'
import { quietDay } from './tuning.js'

export { BlackThursday } from '../../src/study/index.js'

export const saleOf = (remedy: BlackThursday.Remedy): Terms.Dutch | Terms.English | undefined =>
  BlackThursday.scenario([], 1n, ray('1'), remedy).terms.collaterals[0]?.sale

/** What is found of a day of 600 seconds, where one lot was sold so. */
export const blackThursdayOf = (
  lot: Pick<Outcome.OfLot, 'paid' | 'marketValue'> & Partial<Outcome.OfLot>,
): BlackThursday.Found => {
  const day = quietDay()
  const one: Outcome.OfLot = {
    lot: 'L/1',
    position: 'p',
    openedAt: 0,
    closedAt: 1,
    collateral: wad('1'),
    debt: day.debt.bad,
    sold: wad('1'),
    returned: wad('0'),
    repaid: day.debt.bad,
    penalty: day.debt.bad,
    bad: day.debt.bad,
    shortfall: day.debt.bad,
    resets: 0,
    ...lot,
  }
  return BlackThursday.found(600)({ ...day, lots: [one] })
}
