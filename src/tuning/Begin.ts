/**
 * Begin: the world of a stage at the first block.
 *
 * Laws: SCN-3, SCN-4 (spec/27-scenario.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Auction, Curve, Fixed, type Terms, type Treasury } from '../core/index.js'
import { Book } from '../engine/index.js'
import { Bidder, type Oracle, Pool, Portfolio, PricePath, type Setting } from '../market/index.js'
import { notOneAsset, type Stage } from './Stage.js'
import { meansOf, type Wallet, type World } from './World.js'

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

/** What gas costs is not known before it is asked for. */
const UNKNOWN = {
  take: Fixed.rad(0n),
  bid: Fixed.rad(0n),
  market: Fixed.ray(-1n),
  gwei: Fixed.ray(-1n),
}

const walletFor =
  (sale: World['sale']) =>
  (bidder: Bidder.Bidder, place: number): Wallet => {
    const stands = sale._tag === 'English' ? sale.bidLasts : 0
    const patience = sale._tag === 'Dutch' ? bidder.patience : 0n
    const margin = Fixed.ray(bidder.margin + patience)
    return {
      bidder,
      place,
      keep: Bidder.keep({ margin }, bidder.delay + stands),
      worth: Fixed.ray(0n),
      worthAt: Fixed.ray(-1n),
      gas: UNKNOWN,
      free: bidder.capital,
      held: 0n,
    }
  }

/** What the market price was at an instant, as far as blocks have come. */
const recorded =
  ({ blocks }: Stage, prices: readonly Fixed.Ray[]): Oracle.Price =>
  (time) => {
    const block = Math.min(Math.max(blocks.firstAt(time + 1) - 1, 0), prices.length - 1)
    return prices[block] ?? Fixed.ray(0n)
  }

/** The pool of a stage, and what its auction is told of the price. */
const marketOf = (stage: Stage): Setting.Made<Pick<World, 'source' | 'trade'>> => {
  const { oracle, path, pool: deep } = stage
  if (deep === undefined)
    return E.map((source: Oracle.Oracle) => ({ source, trade: undefined }))(
      oracle.of((at) => PricePath.priceAt(path, at)),
    )
  const { keep, pool } = deep
  const prices = [Pool.price(pool)]
  const undisturbedPrices = [...prices]
  return pipe(
    E.Do,
    E.apS('source', oracle.of(recorded(stage, prices))),
    E.apS('undisturbedOracle', oracle.of(recorded(stage, undisturbedPrices))),
    E.map(({ source, undisturbedOracle }) => ({
      source,
      trade: {
        keep,
        pool,
        undisturbed: pool,
        undisturbedOracle,
        prices,
        undisturbedPrices,
        largestDrop: Fixed.ray(0n),
        movedAt: stage.path.from,
        deepest: undefined,
      },
    })),
  )
}

/** The world at the first block. Refuses terms that do not sell exactly one asset (SCN-3). */
export const make = (stage: Stage): Setting.Made<World> => {
  const [collateral, ...others] = stage.terms.collaterals
  // The book counts versions from one.
  const terms: Terms.Terms = { ...stage.terms, version: 1 }
  const asset = collateral?.asset ?? ''
  const sale = Auction.compile(terms).sales.get(asset)
  if (sale === undefined || others.length > 0) return E.left(notOneAsset(stage.terms))
  return E.map((market: Pick<World, 'source' | 'trade'>) =>
    worldOf(stage, { asset, terms, sale, ...market }),
  )(marketOf(stage))
}

const worldOf = (
  stage: Stage,
  known: Pick<World, 'asset' | 'terms' | 'sale' | 'source' | 'trade'>,
): World => {
  const { asset, sale, terms } = known
  const at = stage.path.from
  const book = Book.make(terms.ceiling, treasury)
  Book.step(book, { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', at, terms } })
  for (const entry of stage.positions)
    book.positions.set(entry.id, Portfolio.position(terms.line, asset, entry))
  const wallets = stage.bidders.map(walletFor(sale))
  const byKeep = wallets
    .filter(({ bidder }) => bidder.sells !== 'atOnce')
    .sort((a, b) => (a.keep === b.keep ? 0 : a.keep > b.keep ? -1 : 1))
  const price = PricePath.priceAt(stage.path, at)
  const gwei = PricePath.gweiAt(stage.path, at)
  return {
    ...known,
    stage,
    book,
    wallets,
    walletOf: new Map(wallets.map((wallet) => [wallet.bidder.name, wallet])),
    byKeep,
    routes: wallets.filter(({ bidder }) => bidder.sells === 'atOnce'),
    isPlain: stage.bidders.every(Bidder.isPlain),
    means: meansOf(byKeep),
    neverRises: sale._tag === 'Dutch' && Curve.hazards(sale.sale.curve).length === 0,
    watched: new Map(),
    agenda: new Map(),
    hasMoneyCome: false,
    spans: new Map(),
    orders: new Map(),
    waiting: [],
    waitedFor: { gwei, lots: 0 },
    sent: 0,
    standing: new Map(),
    payments: new Map(),
    awaited: 0,
    atHand: undefined,
    log: [],
    lotsShort: new Set(),
    positionsDelayed: new Set(),
    depths: new Map(),
    depth: 0,
    notOpened: new Map(),
    block: 0,
    at,
    market: price,
    oracle: undefined,
    gwei,
    leastGwei: gwei,
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
