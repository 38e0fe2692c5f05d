/**
 * Arbitrary Dutch lots, terms and histories: commands, sensible and hostile, to one lot whose terms change.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { Dutch, type Event, Fixed, Lot, type Terms } from '../../../src/index.js'
import * as Arbitrary from '../../../src/testing/Arbitrary.js'
import { exampleTerms } from '../../example.js'

const { count, hostile, positive } = Arbitrary

/** When a lot is stale, soon: working the prices out until then is what a test's time goes to. */
const soonStale: fc.Arbitrary<Terms.ResetRule> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Terms.ResetRule>({ _tag: 'Never' }) },
  {
    weight: 15,
    arbitrary: fc.record({
      _tag: fc.constant('WhenStale' as const),
      after: fc.oneof(fc.bigInt(1n, 60n), fc.bigInt(1n, 2000n)),
      below: fc.oneof(
        { weight: 3, arbitrary: fc.constant(Fixed.ray(0n)) },
        { weight: 1, arbitrary: Arbitrary.share },
      ),
    }),
  },
)

/** How a lot is sold with few hazards, and minimums that are met at times. */
const plain: fc.Arbitrary<Terms.Dutch> = fc
  .record({
    dutch: Arbitrary.dutch,
    curve: Arbitrary.simpleCurve,
    minLeft: fc.bigInt(0n, 60n).map(Fixed.rad),
    minCollateralLeft: fc.bigInt(0n, 12n).map(Fixed.wad),
    reset: soonStale,
  })
  .map(({ dutch, ...rest }) => ({ ...dutch, ...rest }))

/** How a lot is sold, hazards included. */
export const saleTerms: fc.Arbitrary<Terms.Dutch> = fc.oneof(
  { weight: 3, arbitrary: plain },
  { weight: 1, arbitrary: Arbitrary.dutch },
)

/** Terms of every kind of reward, width and payer, around one sale. */
export const compiled = (sales: fc.Arbitrary<Terms.Dutch>): fc.Arbitrary<Dutch.Compiled> =>
  fc
    .record({
      sale: sales,
      version: fc.integer({ min: 1, max: 3 }),
      width: fc.constantFrom<Fixed.Width>('unbounded', 'uint256'),
      flat: count(10n ** 46n).map(Fixed.rad),
      rate: fc.bigInt(0n, Fixed.WAD / 10n).map(Fixed.wad),
      limit: fc.constantFrom<Terms.Reward['limit']>('penalty', 'none'),
      lossAt: fc.constantFrom<Terms.Terms['lossAt']>('close', 'seizure'),
    })
    .map(({ flat, limit, lossAt, rate, sale, version, width }) =>
      Dutch.compile(
        {
          ...exampleTerms,
          lossAt,
          version,
          width,
          reward: { ...exampleTerms.reward, flat, rate, limit },
        },
        sale,
      ),
    )

/** What a lot holds, what it owes and where its price starts. */
type Size = Pick<Lot.Dutch, 'collateral' | 'debt' | 'target' | 'startPrice'>

const size = (collateral: bigint, startPrice: bigint, debt: bigint, penalty: bigint): Size => ({
  collateral: Fixed.wad(collateral),
  startPrice: Fixed.ray(startPrice),
  debt: Fixed.rad(debt),
  target: Fixed.rad(debt + penalty),
})

/** So small that equalities are common, and worth about what it owes. */
const smallSize: fc.Arbitrary<Size> = fc
  .tuple(fc.bigInt(1n, 60n), fc.bigInt(1n, 30n), fc.bigInt(20n, 200n), fc.bigInt(0n, 20n))
  .map(([collateral, startPrice, percent, penalty]) =>
    size(collateral, startPrice, (collateral * startPrice * percent) / 100n + 1n, penalty),
  )

const anySize: fc.Arbitrary<Size> = fc
  .tuple(positive(10n ** 21n), Arbitrary.price, positive(10n ** 50n), count(10n ** 49n))
  .map((all) => size(...all))

/** A few units that are dear beside what is owed: rounding decides. */
const dearSize: fc.Arbitrary<Size> = fc
  .tuple(fc.bigInt(2n, 5n), fc.bigInt(10n, 30n), fc.bigInt(1n, 80n), fc.bigInt(0n, 9n))
  .map((all) => size(...all))

/** So large that products pass 256 bits. */
const hugeSize: fc.Arbitrary<Size> = fc
  .tuple(
    fc.bigInt(2n ** 85n, 2n ** 100n),
    fc.bigInt(2n ** 160n, 2n ** 167n),
    fc.bigInt(2n ** 200n, 2n ** 256n),
    count(10n ** 49n),
  )
  .map((all) => size(...all))

/** An open lot: mostly small, sometimes of full size, now and then too large for a word. */
export const lot: fc.Arbitrary<Lot.Dutch> = fc
  .record({
    size: fc.oneof(
      { weight: 8, arbitrary: smallSize },
      { weight: 6, arbitrary: dearSize },
      { weight: 4, arbitrary: anySize },
      { weight: 2, arbitrary: hugeSize },
    ),
    startedAt: fc.nat(1000),
    rewarded: fc.oneof(fc.bigInt(0n, 12n), count(10n ** 49n)).map(Fixed.rad),
    lossAt: fc.constantFrom<Lot.Dutch['lossAt']>('close', 'seizure'),
    binding: fc.constantFrom<Lot.Dutch['binding']>('inForce', 'atOpening'),
  })
  .map(({ binding, lossAt, rewarded, size, startedAt }) => ({
    _tag: 'Dutch',
    id: 'MAIN/1',
    line: 'MAIN',
    terms: 1,
    goods: { _tag: 'Collateral', asset: 'ETH', position: 'p1', owner: 'olga' },
    ...size,
    startedAt,
    rewarded,
    lossAt,
    binding,
    lastAt: startedAt,
    ended: false,
  }))

export const want: fc.Arbitrary<Dutch.Want> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      _tag: fc.constant('Amount' as const),
      amount: hostile(fc.oneof(fc.bigInt(0n, 15n), count(10n ** 21n))).map(Fixed.wad),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      _tag: fc.constant('Spend' as const),
      money: hostile(fc.oneof(count(10n ** 50n), fc.bigInt(0n, 300n))).map(Fixed.rad),
    }),
  },
  fc.constant<Dutch.Want>({ _tag: 'All' }),
)

const take: fc.Arbitrary<Dutch.Take> = fc.record({
  _tag: fc.constant('Take' as const),
  at: fc.constant(0),
  bidder: fc.constantFrom('ann', 'bob'),
  want,
  limit: fc
    .oneof(
      { weight: 6, arbitrary: fc.constant(10n ** 90n) },
      { weight: 2, arbitrary: hostile(count(10n ** 31n)) },
    )
    .map(Fixed.ray),
  atLeast: fc
    .oneof({ weight: 4, arbitrary: fc.constant(0n) }, hostile(fc.bigInt(0n, 40n)))
    .map(Fixed.wad),
})

const reset: fc.Arbitrary<Dutch.Reset> = fc.record({
  _tag: fc.constant('Reset' as const),
  at: fc.constant(0),
  keeper: fc.constantFrom('kim', 'kai'),
  market: fc
    .oneof({ weight: 9, arbitrary: hostile(Arbitrary.price) }, fc.bigInt(1n, 2n ** 256n))
    .map(Fixed.ray),
})

const command: fc.Arbitrary<Dutch.Command> = fc.oneof(
  { weight: 20, arbitrary: take },
  { weight: 6, arbitrary: reset },
  { weight: 1, arbitrary: fc.constant<Dutch.Command>({ _tag: 'Cancel', at: 0 }) },
)

const level: fc.Arbitrary<Event.Level> = fc.oneof(
  { weight: 9, arbitrary: fc.constant<Event.Level>(0) },
  fc.constantFrom<Event.Level>(1, 2, 3),
)

/** A command, what it came to, and the lot before and after. */
export interface Step {
  readonly auction: Dutch.Compiled
  readonly level: Event.Level
  readonly command: Dutch.Command
  readonly before: Lot.Dutch
  readonly decision: Dutch.Decision
  readonly after: Lot.Dutch
}

export interface History {
  readonly opened: Lot.Dutch
  readonly steps: readonly Step[]
}

type Move = Pick<Step, 'auction' | 'level' | 'command'> & { readonly wait: number }

const run = (opened: Lot.Dutch, moves: readonly Move[]): History => {
  const steps: Step[] = []
  let before = opened
  for (const { auction, command, level, wait } of moves) {
    const timed = { ...command, at: before.lastAt + wait }
    const decision = Dutch.decide(auction, level, before, timed)
    const after = E.isRight(decision) ? decision.right.reduce(Lot.evolveDutch, before) : before
    steps.push({ auction, level, command: timed, before, decision, after })
    before = after
  }
  return { opened, steps }
}

const movesOf = (
  auctions: readonly Dutch.Compiled[],
  levels: fc.Arbitrary<Event.Level>,
): fc.Arbitrary<readonly Move[]> =>
  fc.array(
    fc.record({
      auction: fc.constantFrom(...auctions),
      level: levels,
      command,
      wait: fc.oneof(
        { weight: 9, arbitrary: fc.nat(8) },
        { weight: 5, arbitrary: fc.nat(90) },
        { weight: 1, arbitrary: Arbitrary.wait },
      ),
    }),
    { minLength: 1, maxLength: 12 },
  )

const historyOf = (
  sales: fc.Arbitrary<Terms.Dutch>,
  levels: fc.Arbitrary<Event.Level>,
): fc.Arbitrary<History> =>
  fc
    .tuple(lot, fc.array(compiled(sales), { minLength: 1, maxLength: 3 }))
    .chain(([opened, auctions]) => movesOf(auctions, levels).map((moves) => run(opened, moves)))

/** One lot under one to three sets of terms: half of it as it should be, half with every hazard. */
export const history: fc.Arbitrary<History> = fc.oneof(
  historyOf(plain, fc.constant(0)),
  historyOf(saleTerms, level),
)

/** The events of one kind that a step caused. */
export const events = <Tag extends Event.OfDutch['_tag']>(
  { decision }: Pick<Step, 'decision'>,
  tag: Tag,
): readonly Extract<Event.OfDutch, { _tag: Tag }>[] =>
  E.isRight(decision)
    ? decision.right.filter(
        (event): event is Extract<Event.OfDutch, { _tag: Tag }> => event._tag === tag,
      )
    : []

/** Every step, of every kind of history. */
export const everyStep = (holds: (step: Step) => boolean): fc.IRawProperty<[History]> =>
  fc.property(history, ({ steps }) => steps.every(holds))

/** Every sale, with the step that it is of. */
export const everySale = (
  holds: (taken: Event.Taken, step: Step) => boolean,
): fc.IRawProperty<[History]> =>
  everyStep((step) => events(step, 'Taken').every((taken) => holds(taken, step)))
