import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect, test } from 'vitest'
import {
  Auction,
  Check,
  type Event,
  Fixed,
  type House,
  type Lot,
  type Refusal,
} from '../../src/index.js'
import * as Arbitrary from '../../src/testing/Arbitrary.js'
import { law } from '../law.js'
import { house, type Opening, opening, times } from './opening/cases.js'
import { startOf, walk } from './opening/walk.js'

const open = ({ at, house, position, quotes, terms }: Opening) =>
  Auction.open(Auction.compile(terms))(house, position, quotes, { _tag: 'Open', at, keeper: 'kim' })

/** Openings of the published arbitraries, too: of full size, and mostly refused. */
const published: fc.Arbitrary<Opening> = fc.record({
  terms: Arbitrary.terms,
  house: fc.record({ ceiling: Arbitrary.rad, inFlight: Arbitrary.rad, level: fc.nat(1) }).map(
    ({ ceiling, inFlight, level }): House.House => ({
      opens: true,
      ceiling,
      inFlight,
      lastAt: 0,
      lines: new Map([
        [
          Arbitrary.line,
          { level: level === 0 ? 0 : 1, version: 1, inFlight, opened: 3, lastAt: 0 },
        ],
      ]),
    }),
  ),
  position: Arbitrary.position('p1'),
  quotes: Arbitrary.quotes,
  at: Arbitrary.wait,
})

const any = fc.oneof({ weight: 7, arbitrary: opening }, published)

law(
  'HOU-2',
  'an opening is refused by the broken rule of the lowest stage, with its facts, or by none',
  fc.property(any, (one) => {
    const { first } = walk(one)
    const answer = open(one)
    return first === undefined
      ? E.isRight(answer)
      : isDeepStrictEqual(answer, E.left(first.refusal)) &&
          Check.stage(first.refusal) === first.stage
  }),
  times(10),
)

test('HOU-2 the openings of these laws break every rule of an opening, and often two or none', () => {
  const cases = fc.sample(any, { seed: 1, numRuns: 2000 }).map(walk)
  const named = new Map<string, number>()
  for (const { first } of cases) {
    const of = first?.refusal
    const key = of === undefined ? 'none' : of._tag === 'OutOfRange' ? of.what : of._tag
    named.set(key, (named.get(key) ?? 0) + 1)
  }
  const rules =
    'NoSuchLine OtherTerms BadTime HouseClosed NoRiskPrice Safe CeilingReached DustyDebt NothingSeized NoValue Halted NoTarget NoOwner NoMarketPrice NoStartPrice'
  expect(rules.split(' ').filter((rule) => !named.has(rule))).toEqual([])
  expect(named.get('none')).toBeGreaterThan(140)
  expect(named.get('support of the collateral')).toBeGreaterThan(0)
  expect(cases.filter(({ broken }) => broken.length > 1).length).toBeGreaterThan(700)
  expect(cases.filter(({ first, parts }) => !first && parts.length > 1).length).toBeGreaterThan(40)
})

/** Openings that are not refused. */
const accepted = opening.filter((one) => walk(one).first === undefined)

law(
  'SEI-8',
  'an opening says all there is to say of each lot, and nothing else',
  fc.property(accepted, (one) => {
    const { at, house, position, terms } = one
    const { flat, limit, payer, rate } = terms.reward
    const cut = (reward: bigint, penalty: bigint): bigint =>
      limit === 'none' || reward < penalty ? reward : penalty < 0n ? 0n : penalty
    const opened = house.lines.get(terms.line)?.opened ?? 0
    const expected = walk(one).parts.map((part, i) => ({
      _tag: 'Opened',
      lot: `${terms.line}/${opened + 1 + i}`,
      line: terms.line,
      at,
      terms: terms.version,
      goods: {
        _tag: 'Collateral',
        asset: part.asset,
        position: position.id,
        owner: position.owner,
      },
      collateral: part.amount,
      shares: part.shares,
      debt: part.debt,
      target: part.target,
      lossAt: terms.lossAt,
      binding: terms.binding,
      start: startOf(one, part),
      keeper: 'kim',
      reward: cut(
        (i === 0 && flat > 0n ? flat : 0n) + (rate > 0n ? (part.target * rate) / 10n ** 18n : 0n),
        part.target - part.debt,
      ),
      payer,
    }))
    return isDeepStrictEqual(open(one), E.right(expected))
  }),
)

law(
  'SEI-11',
  'of several lots that cannot start, the lowest stage is named, and then the first',
  fc.property(
    accepted,
    fc.array(fc.constantFrom(0n, 1n, -3n, 5n), { minLength: 3, maxLength: 3 }),
    (one, markets) => {
      const quotes = one.quotes.map((quote, i) => ({
        ...quote,
        market: (markets[i] ?? 1n) as typeof quote.market,
      }))
      const changed = { ...one, quotes }
      const { first } = walk(changed)
      return first === undefined || isDeepStrictEqual(open(changed), E.left(first.refusal))
    },
  ),
)

law(
  'HOU-12',
  'an opening is the same whatever other lines there are and what they have in flight',
  fc.property(
    any,
    fc.array(fc.tuple(fc.constantFrom('A', 'B', 'LINE/1'), house)),
    (one, others) => {
      const lines: ReadonlyMap<string, House.Line> = new Map([
        ...others.flatMap(([name, { lines }]) =>
          [...lines.values()].map((line) => [name, line] as const),
        ),
        ...one.house.lines,
      ])
      return isDeepStrictEqual(open({ ...one, house: { ...one.house, lines } }), open(one))
    },
  ),
)

law(
  'HOU-12',
  'compiled terms that lack a sale are the same, and so is a second asking',
  fc.property(any, (one) => {
    const { at, house, position, quotes, terms } = one
    const command = { _tag: 'Open', at, keeper: 'kim' } as const
    const bare = Auction.open({ terms, sales: new Map() })(house, position, quotes, command)
    return isDeepStrictEqual(bare, open(one)) && isDeepStrictEqual(open(one), open(one))
  }),
)

const haltedBy = (level: House.Line['level'], one: Opening): E.Either<Refusal.Refusal, unknown> => {
  const lines = new Map([...one.house.lines].map(([name, line]) => [name, { ...line, level }]))
  return open({ ...one, house: { ...one.house, lines } })
}

law(
  'HOU-11',
  'a higher level opens nothing that a lower one does not, and level 0 halts nothing',
  fc.property(any, (one) => {
    const [free, ...halted] = ([0, 1, 2, 3] as const).map((level) => haltedBy(level, one))
    return (
      !(free !== undefined && E.isLeft(free) && free.left._tag === 'Halted') &&
      halted.every(E.isLeft)
    )
  }),
)

/** Sells what was opened as fast as may be: a take or a highest bid at every step, and a settle. */
const sold = (
  one: Opening,
  waits: readonly number[],
): readonly (readonly [Lot.Lot, Event.Event])[] => {
  const decide = Auction.decide(Auction.compile(one.terms))
  const opened = open(one)
  return (E.isRight(opened) ? opened.right : []).flatMap((event) => {
    const steps: (readonly [Lot.Lot, Event.Event])[] = []
    let lot = Auction.lot(event)
    let at = one.at
    for (const wait of waits) {
      at += wait
      const commands: readonly Auction.Command[] =
        lot._tag === 'Dutch'
          ? [
              {
                _tag: 'Take',
                at,
                bidder: 'ann',
                want: { _tag: 'Amount', amount: Fixed.wad(BigInt(wait)) },
                limit: Fixed.ray(Fixed.MAX_UINT256),
                atLeast: Fixed.wad(0n),
              },
            ]
          : [
              { _tag: 'Settle', at },
              {
                _tag: 'Raise',
                at,
                bidder: 'ann',
                bid: (lot.target * BigInt(wait)) / 30n,
                sold: lot.sold,
              },
            ]
      for (const command of commands) {
        const answer = decide(0, lot, command)
        if (E.isRight(answer))
          for (const event of answer.right) {
            steps.push([lot, event])
            lot = Auction.evolve(lot, event)
          }
      }
    }
    return steps
  })
}

const sales = fc.tuple(accepted, fc.array(fc.integer({ min: 0, max: 31 }), { maxLength: 8 }))

law(
  'SEI-6',
  'whatever a lot sells for, its bad debt is at most the debt that was left, and never below nothing',
  fc.property(sales, ([one, waits]) =>
    sold(one, waits).every(([{ debt }, event]) =>
      event._tag === 'Closed'
        ? event.badDebt >= 0n && event.badDebt <= debt
        : !('repaid' in event) || (event.repaid >= 0n && event.repaid <= debt),
    ),
  ),
)

test('SEI-6 lots of these sales close with and without bad debt', () => {
  const events = fc.sample(sales, { seed: 1, numRuns: 200 }).flatMap((all) => sold(...all))
  const closed = events.flatMap(([, event]) => (event._tag === 'Closed' ? [event.badDebt] : []))
  expect(closed.filter((bad) => bad > 0n).length).toBeGreaterThan(5)
  expect(closed.filter((bad) => bad === 0n).length).toBeGreaterThan(5)
})
