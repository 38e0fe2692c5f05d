/**
 * Arbitrary histories of one auction by bids: an opening in one of its three uses, then commands,
 * sensible and hostile, that are aimed at the edges of the lot as it stands.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { English, type Event, Fixed, Lot, type Terms } from '../../../src/index.js'
import * as Arbitrary from '../../../src/testing/Arbitrary.js'

/** The value that was accepted; throws what was refused. */
const accepted = <A>(result: E.Either<unknown, A>): A => {
  if (E.isLeft(result)) throw new Error('refused', { cause: result.left })
  return result.right
}

export type Opening = Event.Opened | Event.SurplusOpened | Event.DebtOpened

/** A command, under which terms and level it came, what it led to, and the lot before and after. */
export interface Step {
  readonly auction: English.Compiled
  readonly level: Event.Level
  readonly command: English.Command
  readonly result: English.Decision
  readonly before: Lot.English
  readonly after: Lot.English
}

export interface History {
  readonly opened: Opening
  readonly steps: readonly Step[]
}

/** When a command comes, as seen from the lot. */
type When =
  | { readonly _tag: 'After'; readonly seconds: number }
  | { readonly _tag: 'Around'; readonly which: 'expiry' | 'end' | 'hardEnd'; readonly off: number }

/** What is asked of the lot, as seen from how it stands; `off` moves it off the edge. */
export type Move =
  | {
      readonly _tag: 'Fit' | 'Raise' | 'Shrink'
      readonly bidder: string
      readonly to: 'step' | 'limit' | 'given'
      readonly off: bigint
      readonly given: bigint
      readonly belief: bigint
    }
  | { readonly _tag: 'Restart'; readonly market: Fixed.Ray }
  | { readonly _tag: 'Settle' | 'Cancel' }

const when: fc.Arbitrary<When> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.nat(3).map((seconds) => ({ _tag: 'After' as const, seconds })),
  },
  { weight: 4, arbitrary: Arbitrary.wait.map((seconds) => ({ _tag: 'After' as const, seconds })) },
  {
    weight: 4,
    arbitrary: fc.record({
      _tag: fc.constant('Around' as const),
      which: fc.constantFrom('expiry' as const, 'end' as const, 'hardEnd' as const),
      off: fc.integer({ min: -1, max: 1 }),
    }),
  },
)

export const move: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.record({
      _tag: fc.constantFrom(
        'Fit' as const,
        'Fit' as const,
        'Fit' as const,
        'Fit' as const,
        'Raise' as const,
        'Shrink' as const,
      ),
      bidder: fc.constantFrom('ann', 'bob', 'cat'),
      to: fc.constantFrom(
        'step' as const,
        'step' as const,
        'limit' as const,
        'limit' as const,
        'given' as const,
      ),
      off: fc.constantFrom(0n, 0n, 1n, -1n),
      given: Arbitrary.hostile(
        fc.oneof(
          { weight: 5, arbitrary: Arbitrary.count(10n ** 50n) },
          fc.bigInt(2n ** 190n, 2n ** 257n),
        ),
      ),
      belief: fc.oneof(
        { weight: 9, arbitrary: fc.constant(0n) },
        { weight: 1, arbitrary: fc.constantFrom(1n, -1n) },
      ),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      _tag: fc.constant('Restart' as const),
      market: Arbitrary.hostile(Arbitrary.price).map(Fixed.ray),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ _tag: 'Settle' as const }) },
  { weight: 1, arbitrary: fc.constant({ _tag: 'Cancel' as const }) },
)

const level: fc.Arbitrary<Event.Level> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Event.Level>(0) },
  fc.constantFrom<Event.Level>(1, 2, 3),
)

/** Terms of bids, hazards included; some let what is sold shrink at a restart, even below nothing. */
const sale: fc.Arbitrary<Terms.English> = fc
  .record({
    sale: Arbitrary.english,
    minRaise: fc.constantFrom(undefined, Fixed.WAD / 20n, 1n),
    growth: fc.constantFrom(undefined, undefined, undefined, -1n, -2n * Fixed.WAD),
    bidLasts: fc.constantFrom(undefined, undefined, 5n, 600n, 600n, 0n, -5n),
    lasts: fc.constantFrom(undefined, 50n, 3600n),
  })
  .map(({ bidLasts, growth, lasts, minRaise, sale }) => ({
    ...sale,
    bidLasts: bidLasts ?? sale.bidLasts,
    lasts: lasts ?? sale.lasts,
    minRaise: Fixed.wad(minRaise ?? sale.minRaise),
    growth: Fixed.wad(growth ?? sale.growth),
  }))

const auctionOf = (version: number): fc.Arbitrary<English.Compiled> =>
  fc
    .record({ width: Arbitrary.width, sale })
    .map(({ sale, width }) => English.compile({ version, width }, sale))

/** Terms under which a lot can open at instants that tests reach. */
export const auction: fc.Arbitrary<English.Compiled> = auctionOf(1).filter((auction) =>
  E.isRight(English.ends(auction, 10_000)),
)

const amount = fc.oneof(
  { weight: 12, arbitrary: Arbitrary.positive(10n ** 21n) },
  fc.bigInt(2n ** 180n, 2n ** 256n - 1n),
)

/** An opening under terms, in one of the three uses. */
export const openingUnder = (auction: English.Compiled): fc.Arbitrary<Opening> =>
  fc
    .record({
      use: fc.constantFrom('Opened', 'Opened', 'SurplusOpened', 'DebtOpened'),
      at: fc.nat(1000),
      sold: amount,
      debt: Arbitrary.positive(10n ** 50n),
      penalty: Arbitrary.count(10n ** 49n),
      market: Arbitrary.price,
      minFirstBid: Arbitrary.count(10n ** 10n),
      lossAt: fc.constantFrom<Terms.Terms['lossAt']>('close', 'seizure'),
    })
    .map(({ at, debt, lossAt, market, minFirstBid, penalty, sold, use }): Opening => {
      const { held } = auction.sale
      const about = { lot: 'line/1', line: 'line', at, terms: 1 }
      const until = accepted(English.ends(auction, at))
      if (use === 'SurplusOpened')
        return {
          _tag: use,
          ...about,
          ...until,
          goods: { _tag: 'Surplus', token: 'MKR' },
          sold: Fixed.rad(sold),
          reserve: Fixed.wad(minFirstBid),
          held: 'escrow',
        }
      if (use === 'DebtOpened')
        return {
          _tag: use,
          ...about,
          ...until,
          goods: { _tag: 'Debt', token: 'MKR' },
          bid: Fixed.rad(debt),
          sold: Fixed.wad(sold),
          held,
        }
      const target = Fixed.rad(debt + penalty)
      const reserve = accepted(English.reserveOf(auction, 'ETH', sold, target, Fixed.ray(market)))
      return {
        _tag: 'Opened',
        ...about,
        goods: { _tag: 'Collateral', asset: 'ETH', position: 'position', owner: 'owner' },
        collateral: Fixed.wad(sold),
        shares: Fixed.wad(1n),
        debt: Fixed.rad(debt),
        target,
        lossAt,
        binding: 'inForce',
        start: { _tag: 'English', ...until, reserve: Fixed.rad(reserve), held },
        keeper: 'keeper',
        reward: Fixed.rad(0n),
        payer: { _tag: 'Protocol' },
      }
    })

const instant = (lot: Lot.English, when: When): number => {
  if (when._tag === 'After') return lot.lastAt + when.seconds
  const { bidExpiresAt = lot.endsAt, endsAt, hardEndsAt } = lot
  const edge = { expiry: bidExpiresAt, end: endsAt, hardEnd: hardEndsAt }[when.which]
  return Math.max(lot.lastAt, edge + when.off)
}

const isNext = (lot: Lot.English): 'Raise' | 'Shrink' => {
  if (lot.goods._tag === 'Debt') return 'Shrink'
  return lot.goods._tag === 'Collateral' && lot.bid === lot.target ? 'Shrink' : 'Raise'
}

/** The command that a move is for a lot as it stands. */
export const aim = (
  { step }: English.Compiled,
  lot: Lot.English,
  at: number,
  move: Move,
): English.Command => {
  switch (move._tag) {
    case 'Restart':
      return { _tag: 'Restart', at, market: move.market }
    case 'Settle':
    case 'Cancel':
      return { _tag: move._tag, at }
    default: {
      const _tag = move._tag === 'Fit' ? isNext(lot) : move._tag
      const { belief, bidder, given, off, to } = move
      const better = Fixed.max(lot.bid + 1n, Fixed.mulDiv(lot.bid, step, Fixed.WAD, 'ceil'))
      const least = lot.bidder === undefined ? Fixed.max(better, lot.reserve) : better
      const most = Fixed.min(lot.sold - 1n, Fixed.mulDiv(lot.sold, Fixed.WAD, step, 'floor'))
      return _tag === 'Raise'
        ? {
            _tag,
            at,
            bidder,
            bid: to === 'given' ? given : (to === 'step' ? least : lot.target) + off,
            sold: lot.sold + belief,
          }
        : {
            _tag,
            at,
            bidder,
            bid: lot.bid + belief,
            sold: to === 'given' ? given : (to === 'step' ? most : 0n) + off,
          }
    }
  }
}

interface Later {
  readonly when: When
  readonly move: Move
  readonly level: Event.Level
  readonly changed: boolean
}

const run = (
  [first, second]: readonly [English.Compiled, English.Compiled],
  opened: Opening,
  laters: readonly Later[],
): History => {
  const steps: Step[] = []
  let before = Lot.open(opened) as Lot.English
  for (const { changed, level, move, when } of laters) {
    const auction = changed ? second : first
    const command = aim(auction, before, instant(before, when), move)
    const result = English.decide(auction, level, before, command)
    const after = E.isRight(result) ? result.right.reduce(Lot.evolveEnglish, before) : before
    steps.push({ auction, level, command, result, before, after })
    before = after
  }
  return { opened, steps }
}

const later: fc.Arbitrary<Later> = fc.record({
  when,
  move,
  level,
  changed: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
})

export const history: fc.Arbitrary<History> = fc
  .tuple(auction, auctionOf(2))
  .chain(([first, second]) =>
    fc
      .tuple(openingUnder(first), fc.array(later, { minLength: 4, maxLength: 20 }))
      .map(([opened, laters]) => run([first, second], opened, laters)),
  )

/** The events of a step, none where it was refused. */
export const eventsOf = ({ result }: Step): readonly Event.OfEnglish[] =>
  E.isRight(result) ? result.right : []

/** The events of one kind that a step caused. */
export const those = <Tag extends Event.OfEnglish['_tag']>(
  step: Step,
  tag: Tag,
): readonly Extract<Event.OfEnglish, { _tag: Tag }>[] =>
  eventsOf(step).filter((e): e is Extract<Event.OfEnglish, { _tag: Tag }> => e._tag === tag)

/** The opening, where it is of collateral. */
export const opened = ({ opened }: History): Event.Opened | undefined =>
  opened._tag === 'Opened' ? opened : undefined

/** What a step led to: the tags of its events, or of its refusal. */
export const outcome = ({ result }: Step): readonly string[] =>
  E.isRight(result) ? result.right.map(({ _tag }) => _tag) : [result.left._tag]

/** Holds for every step of a history. */
export const everyStep = (
  holds: (step: Step, history: History) => boolean,
): fc.IProperty<[History]> =>
  fc.property(history, (history) => history.steps.every((step) => holds(step, history)))
