/**
 * Samples for the examples of spec/04-seizure.md, 11-position.md, 12-house.md and 13-reward.md, in
 * numbers that fit a line: an index and prices of a few units, so that money is small too.
 */

import * as E from 'fp-ts/lib/Either.js'
import {
  Auction,
  Curve,
  type Event,
  Fixed,
  House,
  type Lot,
  type Position,
  type Refusal,
  Seizure,
  type Terms,
} from '../../src/index.js'

const { RAY, WAD, rad, ray, wad } = Fixed

/** By a price that starts at the market's and is zero after 100 seconds. */
export const loanSale: Terms.Dutch = {
  _tag: 'Dutch',
  curve: Curve.unchecked.linear(100n),
  markup: RAY,
  reset: { _tag: 'WhenStale', after: 50n, below: ray(0n) },
  reserve: ray(0n),
  minLeft: rad(0n),
  minCollateralLeft: wad(0n),
  emptySale: 'refuse',
  edges: 'halfOpen',
}

const asset = (name: string): Terms.Collateral => ({
  asset: name,
  support: { _tag: 'Ratio', ratio: RAY },
  haircut: ray(0n),
  sale: loanSale,
})

/** ETH and BTC, each counted in full; a penalty of 10 %; a whole debt is seized, if there is room. */
export const loanTerms = (
  sizing: Partial<Terms.Sizing> = {},
  more: Partial<Terms.Terms> = {},
): Terms.Terms => ({
  line: 'LOANS',
  version: 1,
  width: 'unbounded',
  binding: 'inForce',
  unsafe: 'below',
  collaterals: [asset('ETH'), asset('BTC')],
  ceiling: rad(10_000n),
  sizing: {
    closeFactor: WAD,
    cap: { _tag: 'Room' },
    dust: { _tag: 'Ignore' },
    penaltyRate: wad(WAD / 10n),
    split: 'byValue',
    ...sizing,
  },
  reward: { flat: rad(3n), rate: wad(WAD / 100n), limit: 'penalty', payer: { _tag: 'Protocol' } },
  lossAt: 'close',
  ...more,
})

/** The same, one kind of collateral with other settings. */
export const loanTermsOf = (collateral: Partial<Terms.Collateral>): Terms.Terms =>
  loanTerms({}, { collaterals: [{ ...asset('ETH'), ...collateral }] })

/** A debt of `shares`, each of `index`, against ETH and BTC. */
export const loanOf = (shares: bigint, eth: bigint, btc = 0n, index = 1n): Position.Position => ({
  id: 'p1',
  owner: 'olga',
  line: 'LOANS',
  holdings: [
    { asset: 'ETH', amount: wad(eth) },
    { asset: 'BTC', amount: wad(btc) },
  ],
  shares: wad(shares),
  index: ray(index),
})

/** ETH and BTC at a price each, to judge by and to sell from. */
export const loanQuotes = (eth: bigint, btc: bigint): readonly Position.Quote[] => [
  { asset: 'ETH', risk: ray(eth), market: ray(eth) },
  { asset: 'BTC', risk: ray(btc), market: ray(btc) },
]

/** What is refused, or else what is answered. */
export const answerOf = <A>(result: E.Either<unknown, A>): unknown =>
  E.isLeft(result) ? result.left : result.right

/** What is seized at a room in the house and in the line: of each lot its asset, amount, shares, debt and target. */
export const seizedOf = (
  terms: Terms.Terms,
  position: Position.Position,
  quotes: readonly Position.Quote[],
  room: bigint,
): Refusal.Refusal | readonly (readonly [string, bigint, bigint, bigint, bigint])[] => {
  const plan = Seizure.plan(terms, position, quotes, { inHouse: rad(room), inLine: rad(room) })
  return E.isLeft(plan)
    ? plan.left
    : plan.right.map(({ amount, collateral, debt, shares, target }) => [
        collateral.asset,
        amount,
        shares,
        debt,
        target,
      ])
}

/** A house with that line, under a ceiling of 10,000. */
export const loanHouse = (line: Partial<House.Line> = {}, name = 'LOANS'): House.House => ({
  ...House.make(rad(10_000n)),
  lines: new Map([
    [name, { level: 0, version: 1, inFlight: rad(0n), opened: 0, lastAt: 0, ...line }],
  ]),
})

/** What opening on the position at the instant 7 comes to, at 1 for an ETH and 2 for a BTC unless quoted. */
export const openedBy = (
  terms: Terms.Terms,
  house: House.House,
  position: Position.Position,
  quotes: readonly Position.Quote[] = loanQuotes(1n, 2n),
  at = 7,
): E.Either<Refusal.Refusal, readonly Event.Opened[]> =>
  Auction.open(Auction.compile(terms))(house, position, quotes, { _tag: 'Open', at, keeper: 'kim' })

interface StartedFrom {
  readonly market?: bigint
  readonly owner?: string
}

/** What putting up ETH in hand at the instant 7 comes to, at 1 for an ETH: its asset, amount, shares, debt and target. */
export const startedOf = (
  {
    amount,
    debt,
    shares = 0n,
    target,
  }: Readonly<Record<'amount' | 'debt' | 'target', bigint>> & {
    readonly shares?: bigint
  },
  { market = 1n, owner = 'olga', ...line }: Partial<House.Line> & StartedFrom = {},
): Refusal.Refusal | readonly (readonly [string, bigint, bigint, bigint, bigint])[] => {
  const part = {
    collateral: asset('ETH'),
    amount: wad(amount),
    shares: wad(shares),
    debt: rad(debt),
    target: rad(target),
    market: ray(market),
  }
  const started = Auction.start(Auction.compile(loanTerms()))(
    { level: 0, version: 1, inFlight: rad(0n), opened: 0, lastAt: 0, ...line },
    { id: 'p1', owner },
    [part],
    { _tag: 'Open', at: 7, keeper: 'kim' },
  )
  return E.isLeft(started)
    ? started.left
    : started.right.map((lot) => [
        lot.goods.asset,
        lot.collateral,
        lot.shares,
        lot.debt,
        lot.target,
      ])
}

/** The events of an opening, which is not refused. */
export const loanOpened = (
  terms: Terms.Terms = loanTerms(),
  position: Position.Position = loanOf(100n, 40n),
): readonly Event.Opened[] => {
  const opened = openedBy(terms, loanHouse(), position)
  if (E.isLeft(opened)) throw new Error(`an example's opening: ${opened.left._tag}`)
  return opened.right
}

/** The lots of an opening. */
export const loanLots = (terms?: Terms.Terms, position?: Position.Position): readonly Lot.Lot[] =>
  loanOpened(terms, position).map(Auction.lot)

/** What was left of a lot of 20 ETH, handed back with a debt. */
export const handedBack = (debt: bigint): Event.Cancelled => ({
  _tag: 'Cancelled',
  lot: 'LOANS/1',
  line: 'LOANS',
  at: 9,
  terms: 1,
  goods: { _tag: 'Collateral', asset: 'ETH', position: 'p1', owner: 'olga' },
  collateral: wad(20n),
  debt: rad(debt),
  released: rad(debt),
  refund: undefined,
  held: 'escrow',
  lossAt: 'close',
})
