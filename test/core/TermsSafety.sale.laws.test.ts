/**
 * What accepted terms of a sale are good for: each law is about accepted settings, drawn until enough of
 * them are, and about what the auction then does with them.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { expect, test } from 'vitest'
import {
  Curve,
  Dutch,
  English,
  Fixed,
  type Lot,
  Position,
  Seizure,
  Terms,
} from '../../src/index.js'
import { positive } from '../../src/testing/Arbitrary.js'
import { soundTerms } from '../examples/parameters.js'
import { law } from '../law.js'
import { likelyDutch, market, nearlyDutch, nearlyEnglish, samples } from './hazards.js'

const { MAX_UINT48, RAY, rad, ray, wad, WAD } = Fixed

const selling = (sale: Terms.Dutch | Terms.English): Terms.Terms => ({
  ...soundTerms,
  collaterals: soundTerms.collaterals.map((one) => ({ ...one, sale })),
})

const accepted = <S extends Terms.Dutch | Terms.English>(sales: fc.Arbitrary<S>): fc.Arbitrary<S> =>
  sales.filter((sale) => E.isRight(Terms.make(selling(sale))))

const dutch = accepted(fc.oneof(nearlyDutch, likelyDutch))
const english = accepted(nearlyEnglish)

const lotFrom = (startPrice: Fixed.Ray): Lot.Dutch => ({
  _tag: 'Dutch',
  id: 'lot',
  line: soundTerms.line,
  terms: 1,
  goods: { _tag: 'Collateral', asset: 'ETH', position: 'p', owner: 'owner' },
  collateral: wad(10n * WAD),
  debt: rad(10n ** 50n),
  target: rad(2n * 10n ** 50n),
  startPrice,
  startedAt: 0,
  rewarded: rad(0n),
  lossAt: 'close',
  binding: 'inForce',
  lastAt: 0,
  ended: false,
})

interface Offer {
  readonly start: Fixed.Ray
  readonly statusAt: (at: number) => Dutch.Status | undefined
}

const offerOf = (sale: Terms.Dutch, market: Fixed.Ray): Offer => {
  const auction = Dutch.compile(selling(sale), sale)
  const start = ray((market * sale.markup) / RAY)
  const statusAt = (at: number): Dutch.Status | undefined =>
    E.getOrElse<unknown, Dutch.Status | undefined>(() => undefined)(
      Dutch.status(auction, lotFrom(start), at),
    )
  return { start, statusAt }
}

const someTime = fc.oneof(fc.nat(200), fc.nat(10_000), fc.nat(10 ** 6))

law(
  'PAR-13',
  'a lot is never offered below its reserve share of the market price, but for the rounding of two prices',
  fc.property(
    dutch,
    market,
    fc.array(someTime, { minLength: 5, maxLength: 10 }),
    (sale, market, times) => {
      const { statusAt } = offerOf(sale, market)
      return [0, ...times].every((at) => {
        const status = statusAt(at)
        if (status === undefined) return false
        return status.stale || (status.price + 2n) * RAY > sale.reserve * market
      })
    },
  ),
)

law(
  'PAR-11',
  'what is offered has a share above zero, and a sale at a price of zero is refused',
  fc.property(dutch, fc.bigInt(1n, 3n).map(ray), someTime, (sale, tiny, at) => {
    const { start, statusAt } = offerOf(sale, tiny)
    const status = statusAt(at)
    const share = E.getOrElse(() => ray(0n))(Curve.priceAt(sale.curve)(RAY, BigInt(at)))
    if (status === undefined || (!status.stale && share <= 0n)) return false
    const taken = Dutch.decide(Dutch.compile(selling(sale), sale), 0, lotFrom(start), {
      _tag: 'Take',
      at,
      bidder: 'ann',
      want: { _tag: 'All' },
      limit: RAY,
      atLeast: wad(0n),
    })
    return status.price > 0n || E.isLeft(taken)
  }),
)

/** Whether the price drops before the latest reset that there may be. */
const isFalling = ({ curve, reset }: Terms.Dutch): boolean => {
  const latest = reset._tag === 'Never' ? 2n ** 53n : 604_800n
  const [now, last] = [0n, latest - 1n].map((at) => Curve.priceAt(curve)(RAY, at))
  return now !== undefined && last !== undefined && E.isRight(now) && E.isRight(last)
    ? last.right < now.right
    : false
}

law(
  'PAR-10',
  'a lot is offered at its start, and still after its first drop',
  fc.property(dutch, market, (sale, market) => {
    const { start, statusAt } = offerOf(sale, market)
    if (statusAt(0)?.stale !== false) return false
    const first = Curve.priceAt(sale.curve)(start, 0n)
    if (E.isLeft(first)) return false
    // The first drop of the share: that of the price at a start price of full size.
    const full = ray(10n ** 6n * RAY)
    const top = E.getOrElse(() => ray(0n))(Curve.priceAt(sale.curve)(full, 0n))
    const drop = Curve.timeToReach(sale.curve)(full, ray(top - 1n), 10 ** 9)
    return !isFalling(sale) || O.isNone(drop) || statusAt(drop.value)?.stale === false
  }),
)

law(
  'PAR-9',
  'a lot whose price falls starts at the market price or above',
  fc.property(
    dutch,
    market,
    (sale, market) =>
      !isFalling(sale) || (offerOf(sale, market).statusAt(0)?.price ?? -2n) + 2n > market,
  ),
)

const hundredths = (least: bigint, most: bigint): fc.Arbitrary<Fixed.Ray> =>
  fc.bigInt(least, most).map((n) => ray((RAY * n) / 100n))

/** An asset sold at once at a fixed price, by terms that are accepted. */
const instant: fc.Arbitrary<readonly [Terms.Terms, Terms.Collateral, Terms.Dutch]> = fc
  .record({
    sale: likelyDutch,
    curve: hundredths(60n, 100n).map(Curve.unchecked.constant),
    haircut: hundredths(0n, 60n),
    support: fc.oneof(
      hundredths(113n, 200n).map((ratio): Terms.Support => ({ _tag: 'Ratio', ratio })),
      hundredths(40n, 88n).map((share): Terms.Support => ({ _tag: 'LoanToValue', share })),
      hundredths(12n, 60n).map((share): Terms.Support => ({ _tag: 'Margin', share })),
    ),
  })
  .map(({ curve, haircut, sale, support }) => {
    const held = { ...sale, curve }
    const collateral = { asset: 'ETH', haircut, sale: held, support }
    return [{ ...soundTerms, collaterals: [collateral] }, collateral, held] as const
  })
  .filter(([terms]) => E.isRight(Terms.make(terms)))

law(
  'PAR-9',
  'a sale at once covers the debt and the penalty of a position that has just become unsafe',
  fc.property(instant, market, positive(10n ** 21n), ([terms, collateral, sale], price, amount) => {
    const debt = rad(amount * Position.supportPrice(collateral, price))
    // But for the rounding of two prices.
    const asked = offerOf(sale, price).statusAt(0)?.price ?? -2n
    return amount * (asked + 2n) >= Seizure.targetOf(terms, debt)
  }),
)

law(
  'PAR-12',
  'the price comes down to a twentieth below the market while the lot is offered',
  fc.property(dutch, market, (sale, market) => {
    const { start, statusAt } = offerOf(sale, market)
    const down = Curve.timeToReach(sale.curve)(start, ray((market * 95n) / 100n), 2 ** 53 - 1)
    return O.isSome(down) && statusAt(down.value)?.stale === false
  }),
)

law(
  'PAR-16',
  'the first bid for collateral is at least a tenth of its market value, or the target',
  fc.property(
    english,
    market,
    positive(10n ** 21n),
    positive(10n ** 50n),
    (sale, market, sold, target) => {
      const reserve = English.reserveOf(
        English.compile(soundTerms, sale),
        'ETH',
        sold,
        target,
        market,
      )
      return (
        E.isRight(reserve) && (reserve.right === target || reserve.right * 10n >= sold * market)
      )
    },
  ),
)

law(
  'PAR-18',
  'an auction that opens before the year 4,000,000 has an end, no bid outlasts it, and its hard end is not before',
  fc.property(
    english,
    fc.nat(2 ** 30),
    fc.constantFrom<Fixed.Width>('unbounded', 'uint256'),
    (sale, late, width) => {
      const auction = English.compile({ version: 1, width }, sale)
      const at = Math.floor(MAX_UINT48 / 2) - late
      const ends = English.ends(auction, at)
      return (
        E.isRight(ends) &&
        ends.right.endsAt <= ends.right.hardEndsAt &&
        at + auction.bidLasts <= ends.right.endsAt &&
        auction.bidLasts > 0
      )
    },
  ),
)

test('PAR-10 accepted sales are of every sort', () => {
  const sales = samples(dutch)
  const sorts: Readonly<Record<string, (sale: Terms.Dutch) => boolean>> = {
    falls: isFalling,
    holds: (sale) => !isFalling(sale),
    strict: ({ edges }) => edges === 'strict',
    never: ({ reset }) => reset._tag === 'Never',
    byTime: ({ reset }) => reset._tag === 'WhenStale' && reset.below === 0n,
    byPrice: ({ reset }) => reset._tag === 'WhenStale' && reset.below > 0n,
    line: ({ curve }) => curve._tag === 'Linear',
    nested: ({ curve }) => 'of' in curve,
  }
  for (const [sort, is] of Object.entries(sorts))
    expect([sort, sales.filter(is).length > 10]).toEqual([sort, true])
})
