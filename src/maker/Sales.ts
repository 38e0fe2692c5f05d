/**
 * Sales: what Clipper does with a sale, by its own names: kick, take, redo, yank, upchost, status.
 *
 * Each is a command to the core, and its answer in Maker's words. Who may call, what accounts hold and the
 * lock against re-entry are the chain's.
 *
 * Laws: MKR-2, MKR-5, MKR-6, MKR-7 (spec/14-maker.md).
 * Source: clip.sol in MakerDAO's dss.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  Auction,
  Dutch,
  type Event,
  Fixed,
  type House,
  type Lot,
  type Position,
  Reward,
  type Seizure,
} from '../core/index.js'
import { chostOf, type Parameters } from './Clipper.js'
import {
  caused,
  fail,
  type OpenedAs,
  openedAs,
  type Outcome,
  type Reasons,
  worded,
} from './Failure.js'
import type { Kick, Redo, Take } from './Log.js'

// Model

/** A sale as Clipper stores it: money left to raise, collateral left, whose it was, since when, and from which price. */
export interface Sale {
  readonly id: bigint
  readonly tab: Fixed.Rad
  readonly lot: Fixed.Wad
  readonly usr: string
  readonly tic: Fixed.Seconds
  readonly top: Fixed.Ray
}

/** A clipper: its terms worked out, and from which of its calls it is stopped. */
export interface Clip {
  readonly auction: Auction.Compiled
  readonly stopped: bigint
  readonly kicks: bigint
}

/** The price of a sale, and what is left of it; nothing of one that is not there. */
export interface Status {
  readonly needsRedo: boolean
  readonly price: Fixed.Ray
  readonly lot: Fixed.Wad
  readonly tab: Fixed.Rad
}

/** A price feed's answer: a price, or why there is none. */
export type Feed = Outcome<Fixed.Ray>

// Constructors

const { rad, ray, wad } = Fixed

const nobody = ''

const absent: Sale = { id: 0n, tab: rad(0n), lot: wad(0n), usr: nobody, tic: 0, top: ray(0n) }

/** How far a clipper is stopped, as a level of the breaker: above 3 as at 3 (MKR-7). */
export const levelOf = (stopped: bigint): Event.Level =>
  stopped <= 0n ? 0 : stopped === 1n ? 1 : stopped === 2n ? 2 : 3

/** The line that a clipper's calls meet. */
export const lineOf = ({ auction, kicks, stopped }: Clip, dirt: Fixed.Rad): House.Line => ({
  level: levelOf(stopped),
  version: auction.terms.version,
  inFlight: dirt,
  opened: Number(kicks),
  lastAt: 0,
})

/** A sale as a lot of the core, whose debt is all that it is to raise; one that is not there has ended. */
const lotOf = ({ auction: { terms } }: Clip, { id, lot, tab, tic, top, usr }: Sale): Lot.Dutch => ({
  _tag: 'Dutch',
  id: `${id}`,
  line: terms.line,
  terms: terms.version,
  goods: {
    _tag: 'Collateral',
    asset: terms.collaterals[0]?.asset ?? '',
    position: usr,
    owner: usr,
  },
  collateral: lot,
  debt: tab,
  target: tab,
  startPrice: top,
  startedAt: tic,
  rewarded: rad(0n),
  lossAt: terms.lossAt,
  binding: terms.binding,
  lastAt: 0,
  ended: usr === nobody,
})

/** The sale that an opening makes. */
export const saleOf = (id: bigint, opened: OpenedAs<'Dutch'>): Sale => ({
  id,
  tab: opened.target,
  lot: opened.collateral,
  usr: opened.goods.owner,
  tic: opened.at,
  top: opened.start.startPrice,
})

// Queries

const missing = 'Clipper/not-running-auction'
const stopped = 'Clipper/stopped-incorrect'

/** The reasons of a start: a feed without a price says why itself, one of zero starts from nothing. */
export const startReasons = (feed: Feed): Reasons => ({
  Halted: stopped,
  NoTarget: 'Clipper/zero-tab',
  NoCollateral: 'Clipper/zero-lot',
  NoOwner: 'Clipper/zero-usr',
  NoMarketPrice: E.isLeft(feed) ? feed.left.reason : 'Clipper/zero-top-price',
  NoStartPrice: 'Clipper/zero-top-price',
})

/** The price to start from, zero where the feed has none: the reasons then tell which it was. */
export const marketOf = (feed: Feed): Fixed.Ray => (E.isLeft(feed) ? ray(0n) : feed.right)

/** How a clipper sells: its terms with their prices worked out. */
export const compiledSale = ({ auction }: Clip): Dutch.Compiled | undefined => {
  const [sale] = auction.sales.values()
  return sale?._tag === 'Dutch' ? sale : undefined
}

/**
 * What the view answers of a sale, or of none, at an instant. Of none it divides by the price that it
 * started from, which is zero, unless `tail` has passed since the beginning of time.
 */
export const status = (clip: Clip, sale: Sale | undefined, at: Fixed.Seconds): Outcome<Status> => {
  const auction = compiledSale(clip)
  if (auction === undefined) return fail('', 0)
  const shown = sale ?? absent
  const now = Dutch.status(auction, { ...lotOf(clip, shown), ended: false }, at)
  if (E.isLeft(now)) return E.left(worded({})(now.left))
  const { price, stale } = now.right
  if (sale === undefined && !stale) return fail('<invalid>', 310)
  return E.right({ needsRedo: sale !== undefined && stale, price, lot: shown.lot, tab: shown.tab })
}

/** The least target that a part sale leaves, worked out again; in 256 bits. */
export const upchost = (ilk: Pick<Parameters, 'chop' | 'dust'>): Outcome<Fixed.Rad> =>
  Fixed.fits('uint256', ilk.dust * ilk.chop) ? E.right(chostOf(ilk)) : fail('', 0)

// Calls

/** What a kick puts up, and for whom. */
export interface Kicked {
  readonly at: Fixed.Seconds
  readonly tab: Fixed.Rad
  readonly lot: Fixed.Wad
  readonly usr: string
  readonly kpr: string
}

/** What an opening logs. */
export const kickLog = (sale: Sale, { keeper, reward }: Event.Opened): Kick => ({
  name: 'Kick',
  id: sale.id,
  top: sale.top,
  tab: sale.tab,
  lot: sale.lot,
  usr: sale.usr,
  kpr: keeper,
  coin: reward,
})

/** What a purchase logs: with what is left. */
export const takeLog = (
  { id, lot, tab, usr }: Sale,
  { bought, penalty, price, repaid }: Event.Taken,
  max: Fixed.Ray,
): Take => {
  const owe = repaid + penalty
  return { name: 'Take', id, max, price, owe, tab: tab - owe, lot: lot - bought, usr }
}

/** What a purchase leaves of a sale. */
export const after = (sale: Sale, { lot, tab }: Pick<Take, 'lot' | 'tab'>): Sale => ({
  ...sale,
  lot: wad(lot),
  tab: rad(tab),
})

/** What a new start logs. */
export const redoLog = (
  { id, lot, tab, usr }: Sale,
  { keeper, reward, startPrice }: Event.Reset,
): Redo => ({ name: 'Redo', id, top: startPrice, tab, lot, usr, kpr: keeper, coin: reward })

/** Puts collateral that the clipper holds up for sale, to raise `tab`. Fails at the stages of Auction.start. */
export const kick = (
  clip: Clip,
  feed: Feed,
  { at, kpr, lot, tab, usr }: Kicked,
): Outcome<{ readonly sale: Sale; readonly log: Kick }> => {
  const { auction } = clip
  const parts = auction.terms.collaterals.map(
    (collateral): Seizure.Part => ({
      collateral,
      amount: lot,
      shares: wad(0n),
      debt: tab,
      target: tab,
      market: marketOf(feed),
    }),
  )
  const from: Pick<Position.Position, 'id' | 'owner'> = { id: usr, owner: usr }
  const started = Auction.start(auction)(lineOf(clip, rad(0n)), from, parts, {
    _tag: 'Open',
    at,
    keeper: kpr,
  })
  const opened = openedAs('Dutch', worded(startReasons(feed)), started)
  if (E.isLeft(opened)) return opened
  const sale = saleOf(clip.kicks + 1n, opened.right)
  return E.right({ sale, log: kickLog(sale, opened.right) })
}

/** What a buyer asks for: an amount, at no more than `max` a unit. */
export interface Asked {
  readonly at: Fixed.Seconds
  readonly amt: Fixed.Wad
  readonly max: Fixed.Ray
  readonly who: string
}

/** What he gets: a slice, for what he owes; and what is left, of which nothing is kept once the sale is over. */
export interface Bought {
  readonly slice: Fixed.Wad
  readonly owe: Fixed.Rad
  readonly left: Sale
  readonly isOver: boolean
  readonly log: Take
}

const takeReasons: Reasons = {
  Halted: stopped,
  Ended: missing,
  Stale: 'Clipper/needs-reset',
  TooExpensive: 'Clipper/too-expensive',
  TooLittleLeft: 'Clipper/no-partial-purchase',
}

/** Buys from a sale. */
export const take = (
  clip: Clip,
  sale: Sale | undefined,
  { amt, at, max, who }: Asked,
): Outcome<Bought> => {
  const before = sale ?? absent
  const selling = lotOf(clip, before)
  const decided = Auction.decide(clip.auction)(levelOf(clip.stopped), selling, {
    _tag: 'Take',
    at,
    bidder: who,
    want: { _tag: 'Amount', amount: amt },
    limit: max,
    atLeast: wad(0n),
  })
  const taken = caused(['Taken'], worded(takeReasons), decided)
  if (E.isLeft(taken)) return taken
  const log = takeLog(before, taken.right, max)
  return E.right({
    slice: taken.right.bought,
    owe: rad(log.owe),
    left: after(before, log),
    isOver: E.isRight(caused(['Closed'], worded({}), decided)),
    log,
  })
}

const redoReasons = (feed: Feed): Reasons => ({
  ...startReasons(feed),
  Ended: missing,
  NotStale: 'Clipper/cannot-reset',
})

/** Whether starting a sale again is worth a reward at all, which may round down to nothing: a flat unit is then due (REW-2). */
const isWorth = (clip: Clip, sale: Sale, market: Fixed.Ray): boolean => {
  const { terms } = clip.auction
  const minLeft = compiledSale(clip)?.sale.minLeft ?? rad(0n)
  const unit = { ...terms.reward, flat: rad(1n), rate: wad(0n) }
  const due = Reward.forReset({ ...terms, reward: unit }, lotOf(clip, sale), market, minLeft)
  return E.isRight(due) && due.right > 0n
}

/**
 * Starts a sale again from the feed's price, once it needs that. `isDue` says whether the contract asks the
 * vat for the keeper's reward, be it nothing, if it pays any.
 */
export const redo = (
  clip: Clip,
  sale: Sale | undefined,
  feed: Feed,
  { at, kpr }: { readonly at: Fixed.Seconds; readonly kpr: string },
): Outcome<{ readonly sale: Sale; readonly isDue: boolean; readonly log: Redo }> => {
  const before = sale ?? absent
  const decided = Auction.decide(clip.auction)(levelOf(clip.stopped), lotOf(clip, before), {
    _tag: 'Reset',
    at,
    keeper: kpr,
    market: marketOf(feed),
  })
  const reset = caused(['Reset'], worded(redoReasons(feed)), decided)
  if (E.isLeft(reset)) return reset
  return E.right({
    sale: { ...before, tic: at, top: reset.right.startPrice },
    isDue: isWorth(clip, before, marketOf(feed)),
    log: redoLog(before, reset.right),
  })
}

/** Calls a sale off: the money in flight and the collateral that it hands back. */
export const yank = (
  clip: Clip,
  sale: Sale | undefined,
  at: Fixed.Seconds,
): Outcome<{ readonly lot: Fixed.Wad; readonly tab: Fixed.Rad }> => {
  const decided = Auction.decide(clip.auction)(levelOf(clip.stopped), lotOf(clip, sale ?? absent), {
    _tag: 'Cancel',
    at,
  })
  return pipe(
    caused(['Cancelled'], worded({ Ended: missing }), decided),
    E.map(({ collateral, released }) => ({ lot: collateral, tab: released })),
  )
}
