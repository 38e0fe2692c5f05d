/**
 * World: what a simulation changes as it goes: the book of the engine, the bidders' money, the orders on
 * their way, and a log of what happened at which market price.
 *
 * It is changed in place, by Step alone; `Simulate.run` makes one and drops it.
 */

import {
  Auction,
  type Bid,
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

/** A bidder's money: what is at hand, and when the rest comes back, by time. */
export interface Wallet {
  readonly bidder: Bidder.Bidder
  /** What it keeps of a price while it waits for what it buys. */
  readonly keep: Fixed.Ray
  /** How many blocks its orders take. */
  readonly blocks: number
  /** The most that it pays for a unit in this block. */
  worth: Fixed.Ray
  free: bigint
  away: { readonly at: Fixed.Seconds; readonly amount: bigint }[]
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

/** A lot that is for sale, and when it is worth looking at again. */
export interface Watch {
  readonly lot: string
  /** Who has an order for it on the way. */
  readonly ordered: Set<Wallet>
  /** Before this instant there is nothing to do; nothing until it is worked out. */
  quietUntil: Fixed.Seconds | undefined
  /** From this instant on a keeper may start it again, or settle it. */
  dueAt: Fixed.Seconds
  /** The market price below which nobody bids: at this price of gas, and until the lot changes. */
  quiet: { readonly below: bigint; readonly gwei: Fixed.Ray } | undefined
  /** The count of payments in at which nobody had the money. */
  shortAt: number
}

export interface World {
  readonly scenario: Scenario
  readonly asset: string
  readonly terms: Terms.Terms
  readonly sale: Dutch.Compiled | English.Compiled
  readonly book: Book.Book
  readonly wallets: readonly Wallet[]
  readonly walletOf: ReadonlyMap<string, Wallet>
  readonly watched: Map<string, Watch>
  readonly orders: Map<number, Order[]>
  readonly log: Caused[]
  readonly lotsShort: Set<string>
  readonly positionsDelayed: Set<string>
  /** Positions that a rule other than a ceiling keeps from being opened, by the rule. */
  readonly notOpened: Map<string, string>
  block: number
  at: Fixed.Seconds
  market: Fixed.Ray
  oracle: Fixed.Ray
  gwei: Fixed.Ray
  /** What a purchase costs in gas now, and a bid with its settlement. */
  takeGas: Fixed.Rad
  bidGas: Fixed.Rad
  /** Counts what makes room for money: payments back to bidders, and targets released. */
  moneyIn: number
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
  (bidder: Bidder.Bidder): Wallet => {
    const stands = sale._tag === 'English' ? sale.bidLasts : 0
    return {
      bidder,
      keep: Bidder.keep(bidder, bidder.delay + stands),
      blocks: Math.max(1, Math.ceil(bidder.delay / block)),
      worth: Fixed.ray(0n),
      free: bidder.capital,
      away: [],
    }
  }

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
  const price = PricePath.priceAt(scenario.path, at)
  return {
    scenario,
    asset,
    terms,
    sale,
    book,
    wallets,
    walletOf: new Map(wallets.map((wallet) => [wallet.bidder.name, wallet])),
    watched: new Map(),
    orders: new Map(),
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
    moneyIn: 0,
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

/** Whether a bidder has enough at hand to look for lots. */
export const isActive = ({ bidder, free }: Wallet): boolean =>
  free > 0n && free * Bidder.IDLE_PART >= bidder.capital
