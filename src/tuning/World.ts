/**
 * World: what a simulation changes as it goes: the book of the engine, the bidders' money, the orders on
 * their way, and a log of what happened at which market price.
 *
 * It is changed in place, by Step alone; `Simulate.run` makes one and drops it.
 */

import {
  Auction,
  type Bid,
  Curve,
  type Dutch,
  type English,
  type Event,
  Fixed,
  type Lot,
  type Terms,
  type Treasury,
} from '../core/index.js'
import { Book } from '../engine/index.js'
import { Bidder, Gas, Portfolio, PricePath } from '../market/index.js'

// Model

/** All that a simulation depends on. */
export interface Scenario {
  readonly path: PricePath.PricePath
  /** Seconds from block to block. */
  readonly block: Fixed.Seconds
  /** How old the price is that the auction knows. */
  readonly oracleDelay: Fixed.Seconds
  /** The last instant that is simulated, if not every lot has ended before. */
  readonly until: Fixed.Seconds
  readonly positions: readonly Portfolio.Entry[]
  readonly bidders: readonly Bidder.Bidder[]
  /** Of one asset. */
  readonly terms: Terms.Terms
}

/** An event, and the market price when it happened. */
export interface Logged {
  readonly event: Event.Event
  readonly market: Fixed.Ray
}

/** The same, with the command that caused it. */
export interface Caused extends Logged {
  readonly command: Book.Command
}

/** A bidder's money at hand, and what a unit is worth to it. */
export interface Wallet {
  readonly bidder: Bidder.Bidder
  /** Its place among the bidders. */
  readonly place: number
  /** What it keeps of a price while it waits for what it buys. */
  readonly keep: Fixed.Ray
  /** How many blocks its orders take. */
  readonly blocks: number
  /** The most that it pays for a unit, in the block in which that was last asked for. */
  worth: Fixed.Ray
  worthIn: number
  free: bigint
}

/** Money on its way back to a bidder. */
export interface Payment {
  readonly wallet: Wallet
  readonly amount: bigint
}

/** Who has money at hand to look for lots, those that keep most first, and the best means among them. */
export interface AtHand extends Means {
  readonly wallets: readonly Wallet[]
}

/** What a bidder asks for; the instant is that of its block. */
type Unsent<Command> = Command extends { readonly at: Fixed.Seconds } ? Omit<Command, 'at'> : never

/** A command on its way to a block, and the money put aside for it. */
export interface Order {
  readonly lot: string
  readonly wallet: Wallet
  readonly aside: bigint
  readonly command: Unsent<Dutch.Take | Bid.Raise | Bid.Shrink>
}

/** Which rule refused something. */
export interface Refused {
  readonly _tag: string
  readonly rule: string
}

/** A lot that is for sale, and when it is worth looking at again (MKT-18). */
export interface Watch {
  readonly lot: string
  /** Its place among all lots, the oldest first. */
  readonly place: number
  /** Who has an order for it on the way. */
  readonly ordered: Set<Wallet>
  /** The block in which it is looked at next, unless money comes in before. */
  next: number
  /** The instant from which on a keeper may start it again, once that is worked out. */
  dueAt: Fixed.Seconds | undefined
  /** Whom it waits for: somebody with more money than this, or who keeps more. Nothing where money is of no account. */
  waitsFor: Means | undefined
}

/** What a bidder can do with a lot depends on: its money, and what it keeps of a price. */
export interface Means {
  readonly money: bigint
  readonly keep: Fixed.Ray
}

/** The best that the market holds for a bidder in some blocks. */
export interface Span {
  readonly highest: Fixed.Ray
  readonly gwei: Fixed.Ray
}

export interface World {
  readonly scenario: Scenario
  readonly asset: string
  readonly terms: Terms.Terms
  readonly sale: Dutch.Compiled | English.Compiled
  readonly book: Book.Book
  readonly wallets: readonly Wallet[]
  readonly walletOf: ReadonlyMap<string, Wallet>
  /** The same, those that keep most of a price first. */
  readonly byKeep: readonly Wallet[]
  /** The most capital, and the most that anybody keeps. */
  readonly means: Means
  /** Whether a lot's price only falls until it starts again. */
  readonly neverRises: boolean
  readonly watched: Map<string, Watch>
  /** The lots to look at, by block. */
  readonly agenda: Map<number, Watch[]>
  /** Whether money came in since the lots that wait for it were last thought of. */
  hasMoneyCome: boolean
  /** What the market holds in spans of blocks, as far as it was asked for, by span. */
  readonly spans: Map<number, Span>
  readonly orders: Map<number, Order[]>
  /** The money that comes back, by block, and how many payments that are. */
  readonly payments: Map<number, Payment[]>
  awaited: number
  /** As of now; nothing once somebody's money has changed. */
  atHand: AtHand | undefined
  readonly log: Caused[]
  readonly lotsShort: Set<string>
  readonly positionsDelayed: Set<string>
  /** Positions that a rule other than a ceiling keeps from being opened, by the rule. */
  readonly notOpened: Map<string, Refused>
  block: number
  at: Fixed.Seconds
  market: Fixed.Ray
  oracle: Fixed.Ray
  gwei: Fixed.Ray
  /** What a purchase costs in gas now, and a bid with its settlement. */
  takeGas: Fixed.Rad
  bidGas: Fixed.Rad
  /** How many lots were opened, and how often one released what makes room for others. */
  opened: number
  released: number
  inUse: bigint
  mostInUse: bigint
  gas: { keepers: bigint; bidders: bigint }
  bidsSent: number
  bidsRefused: number
  /** The last instant of an event that was more than a new start of a lot. */
  progressAt: Fixed.Seconds
}

// Constructors

/** A treasury that only books losses: the simulation holds no auctions of surplus or tokens. */
const noAuction: Terms.English = {
  _tag: 'English',
  minRaise: Fixed.wad(0n),
  bidLasts: 1n,
  lasts: 1n,
  ending: { _tag: 'Fixed' },
  reserve: Fixed.ray(0n),
  held: 'escrow',
  growth: Fixed.wad(0n),
  edges: 'halfOpen',
}
const nothing = { token: 'none', lot: Fixed.rad(1n), sale: noAuction }
const treasury: Treasury.Terms = {
  line: 'treasury',
  version: 1,
  width: 'unbounded',
  wait: 0n,
  surplus: {
    ...nothing,
    buffer: Fixed.rad(0n),
    limit: Fixed.rad(1n),
    minFirstBid: Fixed.wad(0n),
  },
  debt: { ...nothing, tokens: Fixed.wad(1n) },
}

const walletFor =
  (sale: World['sale'], block: Fixed.Seconds) =>
  (bidder: Bidder.Bidder, place: number): Wallet => {
    const stands = sale._tag === 'English' ? sale.bidLasts : 0
    return {
      bidder,
      place,
      keep: Bidder.keep(bidder, bidder.delay + stands),
      blocks: Math.max(1, Math.ceil(bidder.delay / block)),
      worth: Fixed.ray(0n),
      worthIn: -1,
      free: bidder.capital,
    }
  }

/** The best means among bidders, those that keep most first. */
const meansOf = (byKeep: readonly Wallet[]): Means => ({
  money: byKeep.reduce((most, { free }) => (free > most ? free : most), 0n),
  keep: byKeep[0]?.keep ?? Fixed.ray(0n),
})

/** The world at the first block; nothing where the terms sell no asset, or more than one. */
export const make = (scenario: Scenario): World | undefined => {
  const [collateral, ...others] = scenario.terms.collaterals
  if (collateral === undefined || others.length > 0) return undefined
  const { asset } = collateral
  // The book counts versions from one.
  const terms: Terms.Terms = { ...scenario.terms, version: 1 }
  const sale = Auction.compile(terms).sales.get(asset)
  if (sale === undefined) return undefined
  const at = scenario.path.from
  const book = Book.make(terms.ceiling, treasury)
  Book.step(book, { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', at, terms } })
  for (const entry of scenario.positions)
    book.positions.set(entry.id, Portfolio.position(terms.line, asset, entry))
  const wallets = scenario.bidders.map(walletFor(sale, scenario.block))
  const byKeep = [...wallets].sort((a, b) => (a.keep === b.keep ? 0 : a.keep > b.keep ? -1 : 1))
  const price = PricePath.priceAt(scenario.path, at)
  return {
    scenario,
    asset,
    terms,
    sale,
    book,
    wallets,
    walletOf: new Map(wallets.map((wallet) => [wallet.bidder.name, wallet])),
    byKeep,
    means: meansOf(byKeep),
    neverRises: sale._tag === 'Dutch' && Curve.hazards(sale.sale.curve).length === 0,
    watched: new Map(),
    agenda: new Map(),
    hasMoneyCome: false,
    spans: new Map(),
    orders: new Map(),
    payments: new Map(),
    awaited: 0,
    atHand: undefined,
    log: [],
    lotsShort: new Set(),
    positionsDelayed: new Set(),
    notOpened: new Map(),
    block: 0,
    at,
    market: price,
    oracle: price,
    gwei: PricePath.gweiAt(scenario.path, at),
    takeGas: Fixed.rad(0n),
    bidGas: Fixed.rad(0n),
    opened: 0,
    released: 0,
    inUse: 0n,
    mostInUse: 0n,
    gas: { keepers: 0n, bidders: 0n },
    bidsSent: 0,
    bidsRefused: 0,
    progressAt: at,
  }
}

// Queries

/** The lot of a watch. */
export const lotOf = (world: World, { lot }: Watch): Lot.Lot | undefined => world.book.lots.get(lot)

/** What an action costs now. */
export const gasOf = ({ gwei, market }: World, action: Gas.Action): Fixed.Rad =>
  Gas.cost(action, gwei, market)

/** The first block at or after an instant. */
export const blockOf = ({ scenario }: World, at: Fixed.Seconds): number =>
  Math.ceil((at - scenario.path.from) / scenario.block)

/** The instant of a block. */
export const timeOf = ({ scenario }: World, block: number): Fixed.Seconds =>
  scenario.path.from + block * scenario.block

/** The most that a bidder pays for a unit in this block. */
export const worthOf = (world: World, wallet: Wallet): Fixed.Ray => {
  if (wallet.worthIn !== world.block) {
    wallet.worth = Bidder.worth(wallet.keep, world.market)
    wallet.worthIn = world.block
  }
  return wallet.worth
}

/** Whether a bidder has enough at hand to look for lots. */
export const isActive = ({ bidder, free }: Wallet): boolean =>
  free > 0n && free * Bidder.IDLE_PART >= bidder.capital

/** Who has money at hand; worked out again only where somebody's has changed. */
export const atHand = (world: World): AtHand => {
  if (world.atHand === undefined) {
    const wallets = world.byKeep.filter(isActive)
    world.atHand = { wallets, ...meansOf(wallets) }
  }
  return world.atHand
}

/** Whether somebody has at hand what a lot waits for. */
export const isReached = (world: World, { waitsFor }: Watch): boolean => {
  if (waitsFor === undefined) return false
  const { keep, money } = atHand(world)
  return money > waitsFor.money || keep > waitsFor.keep
}
