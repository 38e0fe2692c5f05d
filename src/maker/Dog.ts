/**
 * Dog: how MakerDAO's second generation seizes a vault: bark.
 *
 * Laws: MKR-2, MKR-4, MKR-8 (spec/14-maker.md).
 * Source: dog.sol in MakerDAO's dss.
 */

import * as E from 'fp-ts/lib/Either.js'
import {
  Auction,
  type Event,
  Fixed,
  House,
  type Position,
  Seizure,
  Treasury,
} from '../core/index.js'
import { fail, openedAs, type Outcome, type Reasons, type Words, worded } from './Failure.js'
import type { Bark, Kick } from './Log.js'
import {
  type Clip,
  type Feed,
  kickLog,
  lineOf,
  marketOf,
  type Sale,
  saleOf,
  startReasons,
} from './Sales.js'

// Model

/** A dog: whether it is live, its ceiling over all, and the money in flight over all and in one ilk. */
export interface Dog {
  readonly live: boolean
  readonly Hole: Fixed.Rad
  readonly Dirt: Fixed.Rad
  readonly dirt: Fixed.Rad
}

/** A vault: its collateral and its debt, as shares of which each is worth `rate`. */
export interface Urn {
  readonly urn: string
  readonly ink: Fixed.Wad
  readonly art: Fixed.Wad
  readonly rate: Fixed.Ray
}

/** What the vat judges by, and what the clipper starts from. */
export interface Prices {
  /** The price of a unit after `mat`, as it was when it was last poked. */
  readonly spot: Fixed.Ray
  readonly feed: Feed
}

/** What is seized of a vault: collateral, shares of the debt, and the money that they are. */
export interface Seized {
  readonly ink: Fixed.Wad
  readonly art: Fixed.Wad
  readonly due: Fixed.Rad
}

// Constructors

/** A vault as a position of the core. */
export const positionOf = (
  { terms }: Auction.Compiled,
  { art, ink, rate, urn }: Urn,
): Position.Position => ({
  id: urn,
  owner: urn,
  line: terms.line,
  holdings: terms.collaterals.map(({ asset }) => ({ asset, amount: ink })),
  shares: art,
  index: rate,
})

/** Its collateral, judged at `risk`, with `mat` taken out already. */
export const quotesOf = (
  { terms }: Auction.Compiled,
  risk: Fixed.Ray,
  market: Fixed.Ray,
): readonly Position.Quote[] => terms.collaterals.map(({ asset }) => ({ asset, risk, market }))

/** A house with one line. */
export const houseOf = (
  { terms }: Auction.Compiled,
  opens: boolean,
  ceiling: Fixed.Rad,
  inFlight: Fixed.Rad,
  line: House.Line,
): House.House => ({
  ...House.make(ceiling),
  opens,
  inFlight,
  lines: new Map([[terms.line, line]]),
})

/** Where a seizure divides by one and the penalty: a contract whose chop is zero says so of itself (MKR-2). */
const dividesByChop = 142

/** The words for a refusal to seize. */
export const wordedBySeizure =
  (reasons: Reasons): Words =>
  (refusal) => {
    const failure = worded(reasons)(refusal)
    return failure.stage === dividesByChop ? { ...failure, reason: '<invalid>' } : failure
  }

// Calls

const unpriced = Fixed.ray(0n)

/** A clipper that the dog calls divides by zero in another's call: that has no words (MKR-2). */
const inCall = (feed: Feed): Feed =>
  E.isLeft(feed) && feed.left.reason === '<invalid>' ? fail('', feed.left.stage) : feed

/** The reasons of the dog's own. */
const own: Reasons = {
  HouseClosed: 'Dog/not-live',
  NoRiskPrice: 'Dog/not-unsafe',
  Safe: 'Dog/not-unsafe',
  CeilingReached: 'Dog/liquidation-limit-hit',
  DustyDebt: 'Dog/dusty-auction-from-partial-liquidation',
  NothingSeized: 'Dog/null-auction',
}

/** What a seizure would take, where there is room for it. The target, which may pass a word, is formed after that (MKR-8). */
export const seizedOf = (
  auction: Auction.Compiled,
  house: House.House,
  urn: Urn,
  reasons: Reasons,
): Outcome<Seized> => {
  const { terms } = auction
  const line = house.lines.get(terms.line)
  if (line === undefined) return fail('', 0)
  const plan = Seizure.plan(
    { ...terms, width: 'unbounded' },
    positionOf(auction, urn),
    quotesOf(auction, unpriced, unpriced),
    House.room(house, line, terms),
  )
  if (E.isLeft(plan)) return E.left(wordedBySeizure(reasons)(plan.left))
  const [part] = plan.right
  return part === undefined
    ? fail('', 0)
    : E.right({ ink: part.amount, art: part.shares, due: part.debt })
}

/** The house that a dog is, with the line of its clipper. */
const dogHouse = (clip: Clip, { Dirt, Hole, dirt, live }: Dog): House.House =>
  houseOf(clip.auction, live, Hole, Dirt, lineOf(clip, dirt))

/**
 * How much a bark would seize, before anything is opened: what the vat is told before the clipper is asked.
 * For a bark that is not refused before that.
 */
export const seizure = (clip: Clip, dog: Dog, urn: Urn): Outcome<Seized> =>
  seizedOf(clip.auction, dogHouse(clip, dog), urn, own)

/** The sale that a bark makes, the loss that it tells the vow to queue, and what is logged. */
export interface Barked {
  readonly sale: Sale
  readonly queued: Fixed.Rad
  readonly logs: readonly [Kick, Bark]
}

/** What a seizure logs. */
export const barkLog = (id: bigint, opened: Event.Opened): Bark => ({
  name: 'Bark',
  ilk: opened.line,
  urn: opened.goods.position,
  ink: opened.collateral,
  art: opened.shares,
  due: opened.debt,
  id,
})

/** Seizes an unsafe vault and puts its collateral up for sale. Fails at the stages of Auction.open. */
export const bark = (
  clip: Clip,
  dog: Dog,
  urn: Urn,
  prices: Prices,
  { at, kpr }: { readonly at: Fixed.Seconds; readonly kpr: string },
): Outcome<Barked> => {
  const { auction } = clip
  const reasons = { ...startReasons(inCall(prices.feed)), ...own }
  const opened = Auction.open(auction)(
    dogHouse(clip, dog),
    positionOf(auction, urn),
    quotesOf(auction, prices.spot, marketOf(prices.feed)),
    { _tag: 'Open', at, keeper: kpr },
  )
  const only = openedAs('Dutch', wordedBySeizure(reasons), opened)
  if (E.isLeft(only)) return only
  const first = only.right
  const sale = saleOf(clip.kicks + 1n, first)
  const logs: Barked['logs'] = [kickLog(sale, first), barkLog(sale.id, first)]
  return E.right({ sale, queued: Treasury.queuedBy(first), logs })
}
