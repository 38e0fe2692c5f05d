/**
 * Scenes: sessions by hand, to both sides of the largest word where hardly any that is drawn comes.
 */

import type { Book } from '../../src/engine/index.js'
import { type Auction, Fixed, type Position, type Terms, type Treasury } from '../../src/index.js'
import { loanOf, loanQuotes, loanSale, loanTerms, loanTermsOf } from '../examples/opening.js'
import type { Fields } from './form.js'
import * as Line from './line.js'

const { MAX_UINT256, RAY, rad, ray, WAD, wad } = Fixed

const bids: Terms.English = {
  _tag: 'English',
  minRaise: wad(0n),
  bidLasts: 10n,
  lasts: 20n,
  ending: { _tag: 'Fixed' },
  reserve: ray(0n),
  held: 'escrow',
  growth: wad(0n),
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
    toLot('TREASURY/1', { _tag: 'Restart', at: 80, market: RAY }),
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
  ...ofLots('tokens in a word', MAX_UINT256 / WAD),
  ...ofLots('tokens past a word', MAX_UINT256 / WAD + 1n),
  ...ofHouse('in flight in a word', MAX_UINT256 - 100n),
  ...ofHouse('in flight past a word', MAX_UINT256 - 99n),
]
