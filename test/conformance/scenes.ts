/**
 * Scenes: sessions by hand, to both sides of the largest word where hardly any that is drawn comes.
 */

import type { Book } from '../../src/engine/index.js'
import { type Auction, Fixed, type Position, type Terms, type Treasury } from '../../src/index.js'
import { loanOf, loanQuotes, loanSale, loanTerms, loanTermsOf } from '../examples/opening.js'
import type { Fields } from './form.js'
import * as Line from './line.js'

const { MAX_UINT256, RAY, rad, ray, WAD, wad } = Fixed

/** By bids that stand for 10 seconds, in an auction of 20, twice as much sold when nobody bids. */
const bids: Terms.English = {
  _tag: 'English',
  minRaise: wad(0n),
  bidLasts: 10n,
  lasts: 20n,
  ending: { _tag: 'Fixed' },
  reserve: ray(0n),
  held: 'escrow',
  growth: WAD,
  edges: 'halfOpen',
}

/** A treasury that offers so many tokens for the first unit of a loss. */
const treasuryOf = (tokens: bigint): Treasury.Terms => ({
  line: 'TREASURY',
  version: 1,
  width: 'uint256',
  wait: 0n,
  surplus: {
    token: 'GOV',
    lot: rad(1n),
    buffer: rad(0n),
    limit: rad(1n),
    minFirstBid: wad(0n),
    sale: bids,
  },
  debt: { token: 'GOV', lot: rad(1n), tokens: wad(tokens), sale: bids },
})

type Step = Position.Position | Book.Command

/** A session, answered. */
const scene = (
  name: string,
  ceiling: bigint,
  treasury: Treasury.Terms,
  steps: readonly Step[],
): readonly Fields[] => {
  const given = [
    Line.begin(name, rad(ceiling), treasury),
    ...steps.map((step, i) => ('_tag' in step ? Line.ask(`${name}.${i}`, step) : Line.hold(step))),
    Line.look,
  ]
  let session: Line.Session | undefined
  return given.map((line) => {
    const [answered, after] = Line.answer(session, line)
    session = after
    return { ...line, ...answered }
  })
}

const puts = (terms: Terms.Terms): Book.Command => ({
  _tag: 'ToHouse',
  command: { _tag: 'ChangeTerms', at: 0, terms },
})

const opens = (position: string, market: bigint): Book.Command => ({
  _tag: 'Open',
  at: 0,
  keeper: 'kim',
  position,
  quotes: loanQuotes(1n, 1n).map((one) => ({ ...one, market: ray(market) })),
})

const toLot = (lot: string, command: Auction.Command): Book.Command => ({
  _tag: 'ToLot',
  lot,
  command,
})

const takes = (lot: string, amount: bigint): Book.Command =>
  toLot(lot, {
    _tag: 'Take',
    at: 0,
    bidder: 'ann',
    want: { _tag: 'Amount', amount: wad(amount) },
    limit: ray(MAX_UINT256),
    atLeast: wad(0n),
  })

const resets = (lot: string, market: bigint): Book.Command =>
  toLot(lot, { _tag: 'Reset', at: 50, keeper: 'kim', market: ray(market) })

const HIGH = 10n ** 49n
const HELD = 10n ** 30n

/** Prices, rewards and tokens: an amount at a high price, collateral at the market price, tokens that grow. */
const ofLots = (name: string, tokens: bigint): readonly Fields[] => {
  const terms = loanTerms({}, { width: 'uint256', ceiling: rad(10n ** 40n) })
  return scene(name, 10n ** 40n, treasuryOf(tokens), [
    puts(terms),
    ...['p1', 'p2'].map((id) => ({ ...loanOf(10n * HELD, HELD), id })),
    opens('p1', HIGH),
    opens('p2', HIGH),
    { _tag: 'ToTreasury', command: { _tag: 'OpenDebt', at: 0 } },
    takes('LOANS/1', MAX_UINT256 / HIGH + 1n),
    takes('LOANS/1', MAX_UINT256 / HIGH),
    resets('LOANS/2', MAX_UINT256 / HELD + 1n),
    resets('LOANS/2', MAX_UINT256 / HELD),
    // For another kind of bid than comes there, after its end; and, with a bid that stands, too late as well.
    toLot('TREASURY/1', { _tag: 'Raise', at: 80, bidder: 'ann', bid: 2n, sold: tokens }),
    toLot('TREASURY/1', { _tag: 'Restart', at: Fixed.MAX_UINT48, market: RAY }),
    toLot('TREASURY/1', { _tag: 'Restart', at: 80, market: RAY }),
    toLot('TREASURY/1', { _tag: 'Shrink', at: 81, bidder: 'ann', bid: 1n, sold: tokens }),
    toLot('TREASURY/1', { _tag: 'Restart', at: 100, market: RAY }),
  ])
}

/** Positions that owe nothing, where what is owed is enough to be unsafe; a cancel where a share is worth nothing. */
const ofNothing = (): readonly Fields[] => {
  const atOrBelow = loanTerms({}, { unsafe: 'atOrBelow' })
  const nobody = { ...loanOf(0n, 0n), id: 'p2' }
  return scene('nothing owed', 10_000n, treasuryOf(1n), [
    puts(atOrBelow),
    nobody,
    opens('p2', 1n),
    { ...nobody, shares: wad(5n), index: ray(0n) },
    opens('p2', 1n),
    loanOf(100n, 40n),
    opens('p1', 1n),
    loanOf(100n, 40n, 0n, 0n),
    toLot('LOANS/1', { _tag: 'Cancel', at: 1 }),
  ])
}

/** The least that is seized so that it is no dust, rounded up; and what supports nothing, whatever its price. */
const ofLeast = (): readonly Fields[] => {
  const absorb = { _tag: 'Absorb', minDebt: rad(10n) } as const
  const least = loanTerms({ closeFactor: wad(WAD / 10n), dust: absorb })
  const [eth, btc] = least.collaterals
  if (eth === undefined || btc === undefined) throw new Error('two assets')
  const cut = { ...eth, haircut: ray(2n * RAY) }
  const without: Terms.Collateral = { ...btc, support: { _tag: 'Ratio', ratio: ray(0n) } }
  return scene('least', 10_000n, treasuryOf(1n), [
    puts(least),
    loanOf(30n, 40n, 0n, 3n),
    opens('p1', 1n),
    puts({ ...least, version: 2, collaterals: [cut, without] }),
    { ...loanOf(30n, 40n, 40n, 3n), id: 'p2' },
    opens('p2', 1n),
  ])
}

/** So much in flight in a line without bounds, that a hundred in another come to a word, or to one more. */
const ofHouse = (name: string, inFlight: bigint): readonly Fields[] => {
  const whole = { penaltyRate: wad(0n) }
  const first = loanTerms(whole, { ceiling: rad(2n * MAX_UINT256) })
  return scene(name, 2n * MAX_UINT256, treasuryOf(1n), [
    puts(first),
    puts({ ...first, line: 'WORDS', width: 'uint256', ceiling: rad(10n ** 40n) }),
    loanOf(inFlight, 10n),
    { ...loanOf(100n, 10n), id: 'p2', line: 'WORDS' },
    opens('p1', 1n),
    opens('p2', 1n),
  ])
}

/** A target of 11, of which one unit at a price of 10 would leave 1: too little, and what it would then be buys nothing. */
const ofLeft = (): readonly Fields[] => {
  const leaves = (minLeft: bigint, version: number): Book.Command =>
    puts({ ...loanTermsOf({ sale: { ...loanSale, minLeft: rad(minLeft) } }), version })
  return scene('left', 100n, treasuryOf(1n), [
    leaves(11n, 1),
    loanOf(10n, 3n),
    opens('p1', 10n),
    takes('LOANS/1', 1n),
    leaves(10n, 2),
    takes('LOANS/1', 1n),
    leaves(2n, 3),
    takes('LOANS/1', 1n),
    leaves(1n, 4),
    takes('LOANS/1', 1n),
  ])
}

export const scenes: readonly Fields[] = [
  ...ofLeft(),
  ...ofNothing(),
  ...ofLeast(),
  ...ofLots('tokens in a word', MAX_UINT256 / (2n * WAD)),
  ...ofLots('tokens past a word', MAX_UINT256 / (2n * WAD) + 1n),
  ...ofHouse('in flight in a word', MAX_UINT256 - 100n),
  ...ofHouse('in flight past a word', MAX_UINT256 - 99n),
]
