/**
 * Outcome: what became of a day's lots, added up from the events. Every figure is defined in
 * docs/metrics.md.
 *
 * Laws: MKT-16, MKT-17 (spec/16-market.md).
 */

import { type Event, Fixed, type Lot } from '../core/index.js'
import type { Logged, Refused, World } from './World.js'

// Model

/** What became of one lot. */
export interface OfLot {
  readonly lot: string
  readonly position: string
  readonly openedAt: Fixed.Seconds
  /** Nothing while it is open. */
  readonly closedAt: Fixed.Seconds | undefined
  readonly collateral: Fixed.Wad
  readonly debt: Fixed.Rad
  readonly sold: Fixed.Wad
  /** The money paid for what was sold, and what that was worth on the market when it was. */
  readonly paid: Fixed.Rad
  readonly marketValue: Fixed.Rad
  readonly returned: Fixed.Wad
  readonly repaid: Fixed.Rad
  readonly penalty: Fixed.Rad
  readonly bad: Fixed.Rad
  /** What of the target was not raised when it closed. */
  readonly shortfall: Fixed.Rad
  readonly resets: number
}

/** seized = repaid + open + bad + cancelled, to the last digit (MKT-16). */
export interface Debt {
  readonly seized: Fixed.Rad
  readonly repaid: Fixed.Rad
  readonly open: Fixed.Rad
  readonly bad: Fixed.Rad
  readonly cancelled: Fixed.Rad
}

/** seized = sold + open + returned + cancelled, to the last digit (MKT-16). */
export interface Collateral {
  readonly seized: Fixed.Wad
  readonly sold: Fixed.Wad
  readonly open: Fixed.Wad
  readonly returned: Fixed.Wad
  readonly cancelled: Fixed.Wad
}

export interface Outcome {
  readonly auction: 'dutch' | 'english'
  readonly lots: readonly OfLot[]
  readonly debt: Debt
  readonly collateral: Collateral
  readonly penalty: Fixed.Rad
  readonly rewards: Fixed.Rad
  readonly gas: { readonly keepers: Fixed.Rad; readonly bidders: Fixed.Rad }
  /** Of all sales. */
  readonly paid: Fixed.Rad
  readonly marketValue: Fixed.Rad
  readonly ownersLoss: Fixed.Rad
  /** What the seized collateral was worth on the market when it was seized. */
  readonly valueSeized: Fixed.Rad
  /** Nothing where no lot has closed. */
  readonly secondsToClear:
    | { readonly median: Fixed.Seconds; readonly p95: Fixed.Seconds }
    | undefined
  readonly resets: number
  readonly bids: { readonly sent: number; readonly refused: number }
  readonly capital: {
    readonly total: Fixed.Rad
    readonly mostInUse: Fixed.Rad
    /** Lots that somebody would have bought, or bought more of, with more money. */
    readonly lotsShort: number
  }
  /** Positions that a ceiling kept from being opened at once. */
  readonly positionsDelayed: number
  /** Positions that another rule kept from being opened at all, and which. */
  readonly notOpened: ReadonlyMap<string, Refused>
  /** What selling to a pool brought about; nothing where there is none. */
  readonly cascade: Cascade | undefined
  readonly endedAt: Fixed.Seconds
  readonly endedBy: End
}

/** A lot is at depth 0 if the price would have opened it without any sale, and else one deeper than the deepest lot sold before (SCN-4). */
export interface Cascade {
  /** How many lots were opened at each depth. */
  readonly byDepth: readonly number[]
  /** The greatest share by which the market price was below what it would have been. */
  readonly largestDrop: Fixed.Ray
}

/** What was sold of a lot at once. */
export interface Sale {
  readonly lot: string
  readonly at: Fixed.Seconds
  readonly sold: bigint
  readonly paid: bigint
}

/** Why a day ended (MKT-15): every lot had, nothing more could happen, or the end that was given. */
export type End = 'allEnded' | 'nothingLeft' | 'until'

// Constructors

type Sums = { -readonly [Key in keyof OfLot]: OfLot[Key] }

const zero = 0n as Fixed.Wad & Fixed.Rad

/** The lots of a log, as a fold of it. */
export const lotsOf = (log: readonly Logged[]): readonly OfLot[] => {
  const lots = new Map<string, Sums>()
  for (const { event, market } of log) {
    if (event._tag === 'Opened') {
      const { at, collateral, debt, goods, lot } = event
      lots.set(lot, {
        lot,
        position: goods.position,
        openedAt: at,
        closedAt: undefined,
        collateral,
        debt,
        sold: zero,
        paid: zero,
        marketValue: zero,
        returned: zero,
        repaid: zero,
        penalty: zero,
        bad: zero,
        shortfall: zero,
        resets: 0,
      })
    } else if ('lot' in event) {
      const sums = lots.get(event.lot)
      if (sums !== undefined) add(sums, { event, market })
    }
  }
  return [...lots.values()]
}

const sell = (sums: Sums, amount: bigint, paid: bigint, market: Fixed.Ray): void => {
  sums.sold = Fixed.wad(sums.sold + amount)
  sums.paid = Fixed.rad(sums.paid + paid)
  sums.marketValue = Fixed.rad(sums.marketValue + amount * market)
}

const repay = (
  sums: Sums,
  { penalty, repaid }: { readonly penalty: bigint; readonly repaid: bigint },
): void => {
  sums.repaid = Fixed.rad(sums.repaid + repaid)
  sums.penalty = Fixed.rad(sums.penalty + penalty)
}

/** What an event sold of which lot, and for how much, if it sold anything. */
export const saleIn = (event: Event.Event): Sale | undefined => {
  if (event._tag !== 'Taken' && event._tag !== 'Settled') return undefined
  const { at, lot } = event
  return event._tag === 'Taken'
    ? { lot, at, sold: event.bought, paid: event.repaid + event.penalty }
    : { lot, at, sold: event.sold, paid: event.bid }
}

const add = (sums: Sums, { event, market }: Logged): void => {
  const sale = saleIn(event)
  if (sale !== undefined) sell(sums, sale.sold, sale.paid, market)
  switch (event._tag) {
    case 'Taken':
    case 'Raised':
    case 'Settled':
      repay(sums, event)
      return
    case 'Shrunk':
      sums.returned = Fixed.wad(sums.returned + event.freed)
      return
    case 'Closed':
      sums.returned = Fixed.wad(sums.returned + event.returned)
      sums.bad = Fixed.rad(sums.bad + event.badDebt)
      sums.shortfall = event.shortfall
      sums.closedAt = event.at
      return
    case 'Reset':
    case 'Restarted':
      sums.resets += 1
      return
    default:
  }
}

// Queries

/** What a lot's owner would have got more, had what was sold been sold at the market price (MKT-17). */
export const ownersLoss = ({ marketValue, paid, shortfall }: OfLot): Fixed.Rad => {
  const given = marketValue - paid
  return Fixed.rad(shortfall === 0n ? given : Fixed.max(given - shortfall, 0n))
}

/** The least of some whole numbers that `percent` of them do not exceed. */
export const percentile = (numbers: readonly number[], percent: number): number | undefined =>
  [...numbers].sort((a, b) => a - b)[Math.ceil((numbers.length * percent) / 100) - 1]

/** How long the lots that have closed took to. */
export const clearing = (lots: readonly OfLot[]): Outcome['secondsToClear'] => {
  const times = lots.flatMap(({ closedAt, openedAt }) =>
    closedAt === undefined ? [] : [closedAt - openedAt],
  )
  const median = percentile(times, 50)
  const p95 = percentile(times, 95)
  return median === undefined || p95 === undefined ? undefined : { median, p95 }
}

const total = <A>(all: readonly A[], part: (one: A) => bigint): bigint =>
  all.reduce((sum, one) => sum + part(one), 0n)

const left = (lot: Lot.Lot): bigint => (lot._tag === 'Dutch' ? lot.collateral : lot.sold)

const rewardOf = ({ event }: Logged): bigint =>
  event._tag === 'Opened' || event._tag === 'Reset' ? event.reward : 0n

const byDepth = ({ depths }: World): readonly number[] => {
  const counts: number[] = []
  for (const depth of depths.values()) {
    while (counts.length <= depth) counts.push(0)
    counts[depth] = (counts[depth] ?? 0) + 1
  }
  return counts
}

/** The outcome so far: what is open is read from the lots, everything else from the events. */
export const make = (world: World, endedBy: End): Outcome => {
  const { book, gas, log, stage, trade } = world
  const lots = lotsOf(log)
  const open = [...book.lots.values()]
  const rad = (part: (lot: OfLot) => bigint): Fixed.Rad => Fixed.rad(total(lots, part))
  const wad = (part: (lot: OfLot) => bigint): Fixed.Wad => Fixed.wad(total(lots, part))
  return {
    auction: world.sale._tag === 'Dutch' ? 'dutch' : 'english',
    lots,
    debt: {
      seized: rad(({ debt }) => debt),
      repaid: rad(({ repaid }) => repaid),
      open: Fixed.rad(total(open, ({ debt }) => debt)),
      bad: rad(({ bad }) => bad),
      // No bidder, keeper or owner cancels a lot.
      cancelled: zero,
    },
    collateral: {
      seized: wad(({ collateral }) => collateral),
      sold: wad(({ sold }) => sold),
      open: Fixed.wad(total(open, left)),
      returned: wad(({ returned }) => returned),
      cancelled: zero,
    },
    penalty: rad(({ penalty }) => penalty),
    rewards: Fixed.rad(total(log, rewardOf)),
    gas: { keepers: Fixed.rad(gas.keepers), bidders: Fixed.rad(gas.bidders) },
    paid: rad(({ paid }) => paid),
    marketValue: rad(({ marketValue }) => marketValue),
    ownersLoss: rad(ownersLoss),
    valueSeized: Fixed.rad(
      total(log, ({ event, market }) => (event._tag === 'Opened' ? event.collateral * market : 0n)),
    ),
    secondsToClear: clearing(lots),
    resets: lots.reduce((sum, { resets }) => sum + resets, 0),
    bids: { sent: world.bidsSent, refused: world.bidsRefused },
    capital: {
      total: Fixed.rad(total(stage.bidders, ({ capital }) => capital)),
      mostInUse: Fixed.rad(world.mostInUse),
      lotsShort: world.lotsShort.size,
    },
    positionsDelayed: world.positionsDelayed.size,
    notOpened: world.notOpened,
    cascade: trade && { byDepth: byDepth(world), largestDrop: trade.largestDrop },
    endedAt: world.at,
    endedBy,
  }
}

/** Whether nothing seized is lost from sight: both identities, to the last digit (MKT-16). */
export const isWhole = ({ collateral, debt }: Outcome): boolean =>
  debt.seized === debt.repaid + debt.open + debt.bad + debt.cancelled &&
  collateral.seized ===
    collateral.sold + collateral.open + collateral.returned + collateral.cancelled
