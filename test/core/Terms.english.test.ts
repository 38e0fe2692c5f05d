/**
 * The hazards of a sale by bids, each at its bound and a unit past it.
 */

import { expect, test } from 'vitest'
import { Fixed, TreasuryTerms } from '../../src/index.js'
import { exampleTreasuryTerms, ray, wad } from '../example.js'
import { hazardsIn, withEnglish } from '../examples/parameters.js'
import { only, passes } from './terms/hazard.js'

const { WAD } = Fixed

test('PAR-16 as Flipper took bids in March 2020, a first bid of nothing and a bid of minutes', () => {
  const flipper = withEnglish({
    reserve: ray('0'),
    minRaise: wad('0.03'),
    bidLasts: 600n,
    lasts: 21_600n,
  })
  expect(only(flipper)).toEqual(['PAR-16', 'sale.reserve', 'AtLeast', ray('0.1')])
})

test('PAR-17 a raise is from a thousandth to one', () => {
  for (const minRaise of [Fixed.wad(WAD / 1000n), WAD]) passes(withEnglish({ minRaise }))
  only(withEnglish({ minRaise: Fixed.wad(WAD / 1000n - 1n) }))
  only(withEnglish({ minRaise: Fixed.wad(WAD + 1n) }))
})

test('PAR-18 a bid and its auction last, and end', () => {
  const longest = 2n ** 47n
  passes(withEnglish({ bidLasts: longest, lasts: longest, ending: { _tag: 'Fixed' } }))
  passes(withEnglish({ ending: { _tag: 'Extended', by: 0n, hardEnd: 172_800n } }))
  expect(only(withEnglish({ ending: { _tag: 'Extended', by: -1n, hardEnd: longest } }))[1]).toBe(
    'sale.ending.by',
  )
  only(withEnglish({ ending: { _tag: 'Extended', by: 0n, hardEnd: longest + 1n } }))
  only(withEnglish({ ending: { _tag: 'Extended', by: 0n, hardEnd: 172_799n } }))
  only(withEnglish({ lasts: longest + 1n, ending: { _tag: 'Fixed' } }))
  passes(withEnglish({ bidLasts: 300n, lasts: 3600n }))
  only(withEnglish({ bidLasts: 299n, lasts: 3600n }))
  only(withEnglish({ bidLasts: 300n, lasts: 3599n }))
  expect(hazardsIn(withEnglish({ bidLasts: 0n, lasts: 0n }))).toHaveLength(2)
})

test('PAR-19 collateral does not grow, and what is minted for a loss at most doubles', () => {
  only(withEnglish({ growth: Fixed.wad(1n) }))
  only(withEnglish({ growth: Fixed.wad(-1n) }))
  const growing = (growth: bigint) =>
    TreasuryTerms.hazards({
      ...exampleTreasuryTerms,
      debt: {
        ...exampleTreasuryTerms.debt,
        sale: { ...exampleTreasuryTerms.debt.sale, growth: Fixed.wad(growth) },
      },
    })
  expect(growing(WAD)).toEqual([])
  expect(growing(WAD + 1n)).toHaveLength(1)
  const { surplus } = exampleTreasuryTerms
  const sale = { ...surplus.sale, growth: Fixed.wad(1n) }
  expect(
    TreasuryTerms.hazards({ ...exampleTreasuryTerms, surplus: { ...surplus, sale } }),
  ).toHaveLength(1)
})
