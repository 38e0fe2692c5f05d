/**
 * World: what a simulation changes as it goes: the book of the engine, the bidders' money, the orders on
 * their way, and a log of what happened at which market price.
 *
 * It is changed in place, by Step alone; `Simulate.run` makes one and drops it.
 */

import {
  type Bid,
  type Dutch,
  type English,
  type Event,
  Fixed,
  type Lot,
  type Terms,
} from '../core/index.js'
import type { Book } from '../engine/index.js'
import { Bidder, Gas, type Oracle, type Pool } from '../market/index.js'
import type { Stage } from './Stage.js'

// Model

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
  /** The most that it pays for a unit, at the market price at which that was last asked for. */
  worth: Fixed.Ray
  worthAt: Fixed.Ray
  /** What a purchase costs in gas by its offer, and a bid with its settlement, at the prices at which that was last asked for. */
  gas: GasCosts
  free: bigint
  /** What it has bought and not sold yet, and what its orders and standing bids may bring. */
  held: bigint
}

/** What actions cost in gas, at a market price and a gas price. */
export interface GasCosts {
  readonly take: Fixed.Rad
  readonly bid: Fixed.Rad
  readonly market: Fixed.Ray
  readonly gwei: Fixed.Ray
}

/** Money on its way back to a bidder, for what it bought of a lot. */
export interface Payment {
  readonly wallet: Wallet
  readonly amount: bigint
  readonly bought: Fixed.Wad
  readonly lot: string
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
  /** The collateral that it may bring. */
  readonly amount: bigint
  /** How many were sent before it, and it. */
  readonly sent: number
  /** The gwei that it offers; nothing where it pays what the block asks for. */
  readonly offered: Fixed.Ray | undefined
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
  /** Who has an order for it on the way, and whose order waits for a cheaper block. */
  readonly ordered: Set<Wallet>
  readonly stuck: Set<Wallet>
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

/** A pool, the same had no lot's collateral been sold to it, and what came of that (SCN-4). */
export interface Trade {
  readonly keep: Fixed.Ray
  pool: Pool.Pool
  undisturbed: Pool.Pool
  readonly undisturbedOracle: Oracle.Oracle
  /** The pool's price block by block, and what it would have been. */
  readonly prices: Fixed.Ray[]
  readonly undisturbedPrices: Fixed.Ray[]
  /** The greatest share by which sales have lowered the price. */
  largestDrop: Fixed.Ray
  /** When its price last moved, and was not at rest. */
  movedAt: Fixed.Seconds
  /** How deep in a cascade the deepest of the lots is that were sold from to it since it was last undisturbed; nothing where none was. */
  deepest: number | undefined
}

export interface World {
  readonly stage: Stage
  readonly asset: string
  readonly terms: Terms.Terms
  readonly sale: Dutch.Compiled | English.Compiled
  readonly book: Book.Book
  readonly wallets: readonly Wallet[]
  readonly walletOf: ReadonlyMap<string, Wallet>
  /** Those who buy with their own money, those that keep most of a price first. */
  readonly byKeep: readonly Wallet[]
  /** Those who sell in the same step, and need none. */
  readonly routes: readonly Wallet[]
  /** Whether bidders differ in nothing but margin, money and delay. */
  readonly isPlain: boolean
  readonly source: Oracle.Oracle
  readonly trade: Trade | undefined
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
  /** Orders that wait for a cheaper block, and the gas price and the number of lots that were there when they were last thought of. */
  waiting: Order[]
  waitedFor: { readonly gwei: Fixed.Ray; readonly lots: number }
  sent: number
  /** Whose bid stands on a lot, and what it may bring. */
  readonly standing: Map<string, { readonly wallet: Wallet; readonly amount: bigint }>
  /** The money that comes back, by block, and how many payments that are. */
  readonly payments: Map<number, Payment[]>
  awaited: number
  /** As of now; nothing once somebody's money has changed. */
  atHand: AtHand | undefined
  readonly log: Caused[]
  readonly lotsShort: Set<string>
  readonly positionsDelayed: Set<string>
  /** How deep in a cascade each lot is: nothing for those that the price would have opened without any sale. */
  readonly depths: Map<string, number>
  /** How deep the lot is that is being opened. */
  depth: number
  /** Positions that a rule other than a ceiling keeps from being opened, by the rule. */
  readonly notOpened: Map<string, Refused>
  block: number
  at: Fixed.Seconds
  market: Fixed.Ray
  /** Nothing where nothing is known. */
  oracle: Fixed.Ray | undefined
  gwei: Fixed.Ray
  /** The least that anybody offers in this block. */
  leastGwei: Fixed.Ray
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

// Queries

/** The lot of a watch. */
export const lotOf = (world: World, { lot }: Watch): Lot.Lot | undefined => world.book.lots.get(lot)

/** What an action costs now, by what was offered for gas, or what the block asks for. */
export const gasOf = (
  { gwei, market }: World,
  action: Gas.Action,
  offered: Fixed.Ray | undefined = gwei,
): Fixed.Rad => Gas.cost(action, offered, market)

/** What a bidder would pay for a purchase now, or for a bid and its settlement. */
export const gasFor = (world: World, wallet: Wallet, what: 'take' | 'bid'): Fixed.Rad => {
  const { bidder, gas } = wallet
  const { gwei, market } = world
  if (bidder.gas._tag === 'Market') return what === 'take' ? world.takeGas : world.bidGas
  if (gas.market === market && gas.gwei === gwei) return gas[what]
  const offered = Bidder.offered(bidder.gas, gwei)
  wallet.gas = {
    take: gasOf(world, 'take', offered),
    bid: Fixed.rad(gasOf(world, 'bid', offered) + gasOf(world, 'settle', offered)),
    market,
    gwei,
  }
  return wallet.gas[what]
}

/** The price of a reading, if it is one: a price of nothing tells nothing. */
export const priceOf = (reading: Oracle.Reading | undefined): Fixed.Ray | undefined =>
  reading !== undefined && reading.price > 0n ? reading.price : undefined

/** The least that anybody offers for gas in a block that asks for so much. */
export const leastOffer = ({ isPlain, wallets }: World, gwei: Fixed.Ray): Fixed.Ray =>
  isPlain
    ? gwei
    : wallets.reduce(
        (least, { bidder }) => Fixed.min(least, Bidder.offered(bidder.gas, gwei) ?? gwei),
        gwei,
      )

/** The first block at or after an instant. */
export const blockOf = ({ stage }: World, at: Fixed.Seconds): number => stage.blocks.firstAt(at)

/** From when on gas costs the same. */
export const gasRestsFrom = ({ stage }: World): Fixed.Seconds =>
  stage.path.gas.at(-1)?.at ?? -Infinity

/** The instant of a block. */
export const timeOf = ({ stage }: World, block: number): Fixed.Seconds => stage.blocks.timeOf(block)

/** The block that an order reaches which a bidder decides on in another (MKT-10). */
export const arrivalOf = (
  world: World,
  { bidder }: Pick<Wallet, 'bidder'>,
  block: number,
): number => Math.max(block + 1, blockOf(world, timeOf(world, block) + bidder.delay))

/** The most that a bidder pays for a unit at the market price of now. */
export const worthOf = (world: World, wallet: Wallet): Fixed.Ray => {
  if (wallet.worthAt !== world.market) {
    wallet.worth = Bidder.worth(wallet.keep, world.market)
    wallet.worthAt = world.market
  }
  return wallet.worth
}

/** How much more collateral a bidder would hold (MKT-20). */
export const roomOf = ({ bidder, held }: Wallet): bigint | undefined =>
  bidder.inventory === undefined ? undefined : Fixed.max<bigint>(bidder.inventory - held, 0n)

/** Whether a bidder has enough at hand to look for lots. */
export const isActive = ({ bidder, free }: Wallet): boolean =>
  free > 0n && free * Bidder.IDLE_PART >= bidder.capital

/** The best means among bidders, those that keep most first. */
export const meansOf = (byKeep: readonly Wallet[]): Means => ({
  money: byKeep.reduce((most, { free }) => (free > most ? free : most), 0n),
  keep: byKeep[0]?.keep ?? Fixed.ray(0n),
})

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
