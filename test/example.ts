/**
 * Example: what the examples of spec/ are written with: helpers, and one sensible house.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Decimal } from '../src/codec/index.js'
import {
  Auction,
  Curve,
  type Event,
  Fixed,
  House,
  type Lot,
  type Position,
  type Terms,
  type Treasury,
} from '../src/index.js'

/** What is right, where it has to be. */
export const right = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error(`an example's number: ${JSON.stringify(result.left)}`)
  return result.right
}

/** Decimal text as a Wad: wad('1.5'). */
export const wad = (text: string): Fixed.Wad => right(Decimal.parseWad(text))

/** Decimal text as a Ray: ray('0.99'). */
export const ray = (text: string): Fixed.Ray => right(Decimal.parseRay(text))

/** Decimal text as a Rad: rad('100'). */
export const rad = (text: string): Fixed.Rad => right(Decimal.parseRad(text))

/** `n` units of money for one unit of collateral. */
export const price = (n: bigint): Fixed.Ray => Fixed.ray(n * Fixed.RAY)

/** The price on a curve, if there is one. */
export const at = (
  curve: Curve.Curve,
  startPrice: Fixed.Ray,
  elapsed: Fixed.Duration,
): Fixed.Ray | undefined =>
  E.getOrElse<unknown, Fixed.Ray | undefined>(() => undefined)(
    Curve.priceAt(curve)(startPrice, elapsed),
  )

/** ETH by a price that falls one per cent every minute and a half. */
export const exampleDutch: Terms.Dutch = {
  _tag: 'Dutch',
  curve: Curve.unchecked.stairs(90n, ray('0.99')),
  markup: ray('1.2'),
  reset: { _tag: 'WhenStale', after: 8400n, below: ray('0.4') },
  reserve: ray('0.4'),
  minLeft: rad('100'),
  minCollateralLeft: wad('0.01'),
  emptySale: 'refuse',
  edges: 'halfOpen',
}

/** BTC by bids, each at least five per cent better, that stand for three hours. */
export const exampleEnglish: Terms.English = {
  _tag: 'English',
  minRaise: wad('0.05'),
  bidLasts: 10_800n,
  lasts: 172_800n,
  ending: { _tag: 'Fixed' },
  reserve: ray('0.5'),
  held: 'escrow',
  growth: wad('0'),
  edges: 'halfOpen',
}

export const exampleTerms: Terms.Terms = {
  line: 'MAIN',
  version: 1,
  width: 'unbounded',
  binding: 'inForce',
  unsafe: 'below',
  collaterals: [
    {
      asset: 'ETH',
      support: { _tag: 'Ratio', ratio: ray('1.5') },
      haircut: ray('0'),
      sale: exampleDutch,
    },
    {
      asset: 'BTC',
      support: { _tag: 'Ratio', ratio: ray('1.5') },
      haircut: ray('0'),
      sale: exampleEnglish,
    },
  ],
  ceiling: rad('1000000'),
  sizing: {
    closeFactor: wad('1'),
    cap: { _tag: 'Room' },
    dust: { _tag: 'Absorb', minDebt: rad('1000') },
    penaltyRate: wad('0.13'),
    split: 'byValue',
  },
  reward: { flat: rad('10'), rate: wad('0.001'), limit: 'penalty', payer: { _tag: 'Protocol' } },
  lossAt: 'close',
}

/** Ten ETH against a debt of 10,000. */
export const examplePosition: Position.Position = {
  id: 'p1',
  owner: 'olga',
  line: 'MAIN',
  holdings: [{ asset: 'ETH', amount: wad('10') }],
  shares: wad('10000'),
  index: Fixed.RAY,
}

/** ETH at 1,400, where that position is unsafe. */
export const exampleQuotes: readonly Position.Quote[] = [
  { asset: 'ETH', risk: price(1400n), market: price(1400n) },
]

export const exampleHouse: House.House = {
  ...House.make(rad('5000000')),
  lines: new Map([['MAIN', { level: 0, version: 1, inFlight: rad('0'), opened: 0, lastAt: 0 }]]),
}

/** What opening on that position at the instant 1,000 causes, and the lot that it makes. */
export const exampleOpened: readonly Event.Opened[] = right(
  Auction.open(Auction.compile(exampleTerms))(exampleHouse, examplePosition, exampleQuotes, {
    _tag: 'Open',
    at: 1000,
    keeper: 'kim',
  }),
)
export const exampleLots: readonly Lot.Lot[] = exampleOpened.map(Auction.lot)

export const exampleTreasuryTerms: Treasury.Terms = {
  line: 'TREASURY',
  version: 1,
  width: 'unbounded',
  wait: 3600n,
  surplus: {
    token: 'GOV',
    lot: rad('10000'),
    buffer: rad('50000'),
    limit: rad('30000'),
    minFirstBid: wad('1'),
    sale: exampleEnglish,
  },
  debt: {
    token: 'GOV',
    lot: rad('50000'),
    tokens: wad('250'),
    sale: { ...exampleEnglish, growth: wad('0.5') },
  },
}
