/**
 * What may be done to a treasury and around it, and terms for it, sensible and hostile.
 */

import fc from 'fast-check'
import { Fixed, type Terms, type Treasury } from '../../../src/index.js'
import * as Arbitrary from '../../../src/testing/Arbitrary.js'
import { type Move, move } from './history.js'

/** What is done next; `off` moves an amount off the edge. */
export type Deed =
  | { readonly _tag: 'Receive'; readonly amount: bigint; readonly time: number }
  | {
      readonly _tag: 'Mature'
      readonly which: number
      readonly at: 'due' | 'early' | 'soon'
      readonly entry: 'true' | 'none' | 'made up' | 'no time'
    }
  | {
      readonly _tag: 'Heal'
      readonly of: 'ready' | 'onAuction'
      readonly amount: bigint | undefined
      readonly off: bigint
      readonly time: number
    }
  | { readonly _tag: 'OpenSurplus' | 'OpenDebt'; readonly time: number }
  | { readonly _tag: 'Switch' }
  | { readonly _tag: 'Bid'; readonly which: number; readonly wait: number; readonly move: Move }
  | {
      readonly _tag: 'Loan'
      readonly debt: bigint
      readonly penalty: bigint
      readonly lossAt: Terms.Terms['lossAt']
      readonly held: Terms.English['held']
      readonly reward: bigint
      readonly payer: Terms.Payer
    }
  | {
      readonly _tag: 'Reset' | 'Taken'
      readonly amount: bigint
      readonly penalty: bigint
      readonly lossAt: Terms.Terms['lossAt']
      readonly payer: Terms.Payer
    }

const small = fc.bigInt(0n, 40n)
const lossAt = fc.constantFrom<Terms.Terms['lossAt']>('close', 'seizure')
const payer = fc.constantFrom<Terms.Payer>({ _tag: 'Protocol' }, { _tag: 'Fund', of: 'fund' })
const soon = fc.oneof({ weight: 12, arbitrary: fc.nat(4) }, Arbitrary.wait)

export const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      _tag: fc.constant('Receive' as const),
      amount: Arbitrary.hostile(small),
      time: soon,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      _tag: fc.constant('Mature' as const),
      which: fc.nat(5),
      at: fc.constantFrom('due' as const, 'due' as const, 'early' as const, 'soon' as const),
      entry: fc.constantFrom(
        'true' as const,
        'true' as const,
        'true' as const,
        'none' as const,
        'made up' as const,
        'no time' as const,
      ),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      _tag: fc.constant('Heal' as const),
      of: fc.constantFrom('ready' as const, 'onAuction' as const),
      amount: fc.option(Arbitrary.hostile(small), { nil: undefined, freq: 1 }),
      off: fc.constantFrom(0n, 0n, 1n, -1n),
      time: soon,
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      _tag: fc.constantFrom('OpenSurplus' as const, 'OpenDebt' as const),
      time: soon,
    }),
  },
  { weight: 1, arbitrary: fc.constant({ _tag: 'Switch' as const }) },
  {
    weight: 25,
    arbitrary: fc.record({
      _tag: fc.constant('Bid' as const),
      which: fc.nat(7),
      wait: fc.oneof(fc.nat(3), fc.constantFrom(5, 600, 3600)),
      move,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      _tag: fc.constant('Loan' as const),
      debt: small.map((n) => n + 1n),
      penalty: small,
      lossAt,
      held: fc.constantFrom<Terms.English['held']>('escrow', 'income'),
      reward: small,
      payer,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      _tag: fc.constantFrom('Reset' as const, 'Taken' as const),
      amount: small,
      penalty: small,
      lossAt,
      payer,
    }),
  },
)

const bidding = (held: Terms.English['held']): Terms.English => ({
  _tag: 'English',
  minRaise: Fixed.wad(Fixed.WAD / 20n),
  bidLasts: 600n,
  lasts: 3600n,
  ending: { _tag: 'Fixed' },
  reserve: Fixed.ray(0n),
  held,
  growth: Fixed.wad(Fixed.WAD / 2n),
  edges: 'halfOpen',
})

/** Now and then below zero, or an auction that would last for ever. */
export const terms: fc.Arbitrary<Treasury.Terms> = fc
  .record({
    width: Arbitrary.width,
    wait: fc.oneof(
      { weight: 8, arbitrary: fc.bigInt(0n, 50n) },
      fc.constantFrom(-7n, 2n ** 256n - 1n),
    ),
    lot: fc.oneof({ weight: 12, arbitrary: fc.bigInt(0n, 12n) }, fc.bigInt(-9n, 0n)),
    buffer: fc.oneof(
      { weight: 12, arbitrary: fc.bigInt(0n, 9n) },
      fc.bigInt(-9n, 0n),
      fc.constant(2n ** 256n - 1n),
    ),
    limit: fc.oneof({ weight: 4, arbitrary: fc.bigInt(0n, 40n) }, fc.constant(2n ** 256n - 1n)),
    tokens: fc.oneof({ weight: 12, arbitrary: small }, fc.bigInt(-9n, 0n)),
    minFirstBid: fc.bigInt(0n, 3n),
    held: fc.constantFrom<Terms.English['held']>('escrow', 'income'),
    lasts: fc.oneof({ weight: 12, arbitrary: fc.constant(3600n) }, fc.constant(2n ** 256n - 1n)),
  })
  .map(({ buffer, held, lasts, limit, lot, minFirstBid, tokens, wait, width }) => ({
    line: 'treasury',
    version: 3,
    width,
    wait,
    surplus: {
      token: 'MKR',
      lot: Fixed.rad(lot),
      buffer: Fixed.rad(buffer),
      limit: Fixed.rad(limit),
      minFirstBid: Fixed.wad(minFirstBid),
      sale: { ...bidding(held), lasts },
    },
    debt: {
      token: 'MKR',
      lot: Fixed.rad(lot),
      tokens: Fixed.wad(tokens),
      sale: { ...bidding(held), lasts },
    },
  }))
