/**
 * Vow: MakerDAO's treasury, its parameters as terms of the core, and its calls: flap, flop, heal, kiss,
 * flog, fess, and the kicks of Flapper and Flopper.
 *
 * Laws: MKR-1, MKR-2, MKR-10 (spec/14-maker.md).
 * Source: vow.sol, flap.sol and flop.sol in MakerDAO's dss.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Fixed, Treasury, TreasuryTerms } from '../core/index.js'
import { same } from './Data.js'
import { caused, fail, type Outcome, type Reasons, worded } from './Failure.js'
import { type Bidding, bidding } from './Flipper.js'

// Model

/** The parameters by Maker's names, in Maker's units. */
export interface Parameters {
  /** How long a loss waits before it may be healed or auctioned. */
  readonly wait: Fixed.Duration
  /** The money sold at a time, and the surplus that is never sold. */
  readonly bump: Fixed.Rad
  readonly hump: Fixed.Rad
  /** The loss covered at a time, and the tokens offered for it at first. */
  readonly sump: Fixed.Rad
  readonly dump: Fixed.Wad
  /** Flapper's, with the most money on auction at once. */
  readonly flap: Omit<Bidding, 'pad'> & { readonly lid: Fixed.Rad }
  /** Flopper's. */
  readonly flop: Required<Bidding>
}

/** What a vow has and owes: Dai, sin, the part that waits, the part on auction; and what Flapper sells. */
export interface Vow {
  readonly dai: Fixed.Rad
  readonly sin: Fixed.Rad
  readonly Sin: Fixed.Rad
  readonly Ash: Fixed.Rad
  readonly fill: Fixed.Rad
  /** Whether the house that a call opens an auction in is live. */
  readonly live: boolean
}

/** An auction that a vow opens. */
export interface Opening {
  readonly lot: bigint
  readonly bid: bigint
  readonly end: Fixed.Seconds
}

// Constructors

/** The terms of a treasury as Vow, Flapper and Flopper are, with their hazards: they are unchecked. */
export const vow = (
  { bump, dump, flap, flop, hump, sump, wait }: Parameters,
  token = 'MKR',
): TreasuryTerms.Terms =>
  TreasuryTerms.unchecked({
    line: 'VOW',
    version: 1,
    width: 'uint256',
    wait,
    surplus: {
      token,
      lot: bump,
      buffer: hump,
      limit: flap.lid,
      minFirstBid: Fixed.wad(0n),
      sale: bidding(flap, 'escrow'),
    },
    debt: { token, lot: sump, tokens: dump, sale: bidding(flop, 'income') },
  })

const backOf = ({ bidLasts, lasts, minRaise }: TreasuryTerms.Terms['debt']['sale']) => ({
  beg: Fixed.wad(Fixed.WAD + minRaise),
  ttl: bidLasts,
  tau: lasts,
})

/** The parameters of terms of a treasury such as Vow's; nothing of any others (MKR-1). */
export const parametersOf = (terms: TreasuryTerms.Terms): Parameters | undefined => {
  const { debt, surplus, wait } = terms
  const found: Parameters = {
    wait,
    bump: surplus.lot,
    hump: surplus.buffer,
    sump: debt.lot,
    dump: debt.tokens,
    flap: { ...backOf(surplus.sale), lid: surplus.limit },
    flop: { ...backOf(debt.sale), pad: Fixed.wad(Fixed.WAD + debt.sale.growth) },
  }
  const { line, version } = terms
  return same({ ...vow(found, surplus.token), line, version }, terms) ? found : undefined
}

const treasuryOf = ({ Ash, dai, fill, live, Sin, sin }: Vow): Treasury.Treasury => ({
  ...Treasury.empty,
  surplus: dai,
  losses: sin,
  queued: Sin,
  onAuction: Ash,
  selling: fill,
  opens: live,
})

// Calls

const reasons: Reasons = {
  TooLittleSurplus: 'Vow/insufficient-surplus',
  TooLittleLoss: 'Vow/insufficient-debt',
  TooLittleOnAuction: 'Vow/not-enough-ash',
  LossesLeft: 'Vow/debt-not-zero',
  SurplusLeft: 'Vow/surplus-not-zero',
  StillWaiting: 'Vow/wait-not-finished',
}

const flapReasons: Reasons = {
  ...reasons,
  TreasuryClosed: 'Flapper/not-live',
  TooMuchOnAuction: 'Flapper/over-lid',
}

const flopReasons: Reasons = { ...reasons, TreasuryClosed: 'Flopper/not-live' }

/** Puts surplus up for sale: `bump`. Fails at the stages of Treasury.decide. */
export const flap = (terms: TreasuryTerms.Terms, vow: Vow, at: Fixed.Seconds): Outcome<Opening> => {
  const decided = Treasury.decide(terms)(treasuryOf(vow), undefined, { _tag: 'OpenSurplus', at })
  return pipe(
    caused(['SurplusOpened'], worded(flapReasons), decided),
    E.map(({ endsAt, sold }) => ({ lot: sold, bid: 0n, end: endsAt })),
  )
}

/** Puts tokens up for sale: `dump`, for `sump` of loss. Fails at the stages of Treasury.decide. */
export const flop = (terms: TreasuryTerms.Terms, vow: Vow, at: Fixed.Seconds): Outcome<Opening> => {
  const decided = Treasury.decide(terms)(treasuryOf(vow), undefined, { _tag: 'OpenDebt', at })
  return pipe(
    caused(['DebtOpened'], worded(flopReasons), decided),
    E.map(({ bid, endsAt, sold }) => ({ lot: sold, bid, end: endsAt })),
  )
}

/** What a kick puts up, for a bid to begin with. */
export interface Kicked {
  readonly at: Fixed.Seconds
  readonly lot: bigint
  readonly bid: bigint
}

/** Flapper's kick: as flap of just that lot, by a vow that has just that much and owes nothing. */
export const flapKick = (
  terms: TreasuryTerms.Terms,
  { fill, live }: Pick<Vow, 'fill' | 'live'>,
  { at, bid, lot }: Kicked,
): Outcome<Opening> => {
  const none = Fixed.rad(0n)
  const sold = Fixed.rad(lot)
  const opened = flap(
    { ...terms, surplus: { ...terms.surplus, lot: sold, buffer: none } },
    { dai: sold, sin: none, Sin: none, Ash: none, fill, live },
    at,
  )
  return pipe(
    opened,
    E.map((opening) => ({ ...opening, bid })),
  )
}

/** Flopper's kick: as flop of just those tokens, by a vow that owes just that bid and has nothing. */
export const flopKick = (
  terms: TreasuryTerms.Terms,
  { live }: Pick<Vow, 'live'>,
  { at, bid, lot }: Kicked,
): Outcome<Opening> => {
  const none = Fixed.rad(0n)
  const owed = Fixed.rad(bid)
  return flop(
    { ...terms, debt: { ...terms.debt, lot: owed, tokens: Fixed.wad(lot) } },
    { dai: none, sin: owed, Sin: none, Ash: none, fill: none, live },
    at,
  )
}

const healed = (
  terms: TreasuryTerms.Terms,
  vow: Vow,
  amount: Fixed.Rad,
  of: Treasury.Heal['of'],
): Outcome<Fixed.Rad> => {
  const treasury = treasuryOf(vow)
  // Nothing may be healed as well (MKR-10); what is ready must still be a number.
  if (amount === 0n)
    return of === 'onAuction' || Fixed.fits(terms.width, Treasury.ready(treasury))
      ? E.right(amount)
      : fail('', 725)
  const decided = Treasury.decide(terms)(treasury, undefined, { _tag: 'Heal', at: 0, amount, of })
  return pipe(
    caused(['Healed'], worded(reasons), decided),
    E.map((healed) => healed.amount),
  )
}

/** Covers losses that wait for nothing with surplus. */
export const heal = (terms: TreasuryTerms.Terms, vow: Vow, amount: Fixed.Rad): Outcome<Fixed.Rad> =>
  healed(terms, vow, amount, 'ready')

/** Covers losses that debt auctions are held for with surplus. */
export const kiss = (terms: TreasuryTerms.Terms, vow: Vow, amount: Fixed.Rad): Outcome<Fixed.Rad> =>
  healed(terms, vow, amount, 'onAuction')

/** Lets what was queued at `era` be healed or auctioned; of an instant at which nothing was, nothing (MKR-10). */
export const flog = (
  terms: TreasuryTerms.Terms,
  { Sin }: Pick<Vow, 'Sin'>,
  {
    amount,
    at,
    era,
  }: { readonly at: Fixed.Seconds; readonly era: bigint; readonly amount: Fixed.Rad },
): Outcome<Fixed.Rad> => {
  // Nothing waits as something would: as one unit, that is there.
  const [least, queued] = amount === 0n ? [Fixed.rad(1n), Fixed.rad(Sin + 1n)] : [amount, Sin]
  const queuedAt = era > BigInt(Fixed.MAX_UINT48) ? Fixed.MAX_UINT48 : Number(era)
  const decided = Treasury.decide({ ...terms, wait: terms.wait + era - BigInt(queuedAt) })(
    { ...Treasury.empty, queued },
    { queuedAt, amount: least },
    { _tag: 'Mature', at },
  )
  return E.isLeft(decided) ? E.left(worded(reasons)(decided.left)) : E.right(amount)
}

/** Queues a loss: what the queue then holds of this instant, and in all; in 256 bits. */
export const fess = (
  { Sin }: Pick<Vow, 'Sin'>,
  queued: Fixed.Rad,
  tab: Fixed.Rad,
): Outcome<{ readonly queued: Fixed.Rad; readonly Sin: Fixed.Rad }> =>
  Fixed.fits('uint256', queued + tab) && Fixed.fits('uint256', Sin + tab)
    ? E.right({ queued: Fixed.rad(queued + tab), Sin: Fixed.rad(Sin + tab) })
    : fail('', 164)
