/**
 * Payable: what transfers make the parties outside pay and be paid, in whole units of the tokens, and
 * what the rounding comes to.
 *
 * Laws: PRT-12 (spec/10-ports.md).
 */

import { Fixed, Ledger, type Event } from '../core/index.js'
import { kindOf, nameOf, rounding, whichOf } from './Account.js'
import type { Entry, Payment, Transfer } from './Port.js'

// Model

/** In how many places money and tokens are paid. */
export interface Places {
  readonly money: number
  readonly tokens: ReadonlyMap<string, number>
}

interface Moved {
  readonly asset: string
  readonly from: string
  readonly to: string
  readonly amount: bigint
}

/** What one party pays, or is paid, of one asset. */
interface Due {
  readonly direction: Payment['direction']
  readonly party: string
  readonly asset: string
  readonly amount: bigint
}

// Queries

/** The places of a Wad, which those of a token that is not named are too, and of a Rad. */
export const WAD_PLACES = 18
export const RAD_PLACES = 45

const parties: ReadonlySet<string> = new Set([
  'Bidder',
  'Owner',
  'Keeper',
  'RewardPayer',
  'Payer',
  'Canceller',
])

const isParty = (account: string): boolean => parties.has(kindOf(account))

/** What an asset is paid in: nothing where it is no token, as debt and loss are not. */
const tokenOf = (asset: string): string | undefined => {
  switch (kindOf(asset)) {
    case 'Money':
      return 'Money'
    case 'Collateral':
    case 'Token':
      return whichOf(asset)
    default:
      return undefined
  }
}

/** How many of the core's units one unit of a token is. */
const unitOf = ({ money, tokens }: Places, asset: string): bigint =>
  asset === 'Money'
    ? 10n ** BigInt(RAD_PLACES - money)
    : 10n ** BigInt(WAD_PLACES - (tokens.get(whichOf(asset)) ?? WAD_PLACES))

/** What is due of every party and asset, in the order in which they are first met. */
const dues = (moves: readonly Moved[]): readonly Due[] => {
  const found = new Map<string, Due>()
  const add = (direction: Due['direction'], party: string, { amount, asset }: Moved): void => {
    if (!isParty(party) || tokenOf(asset) === undefined) return
    const key = JSON.stringify([direction, party, asset])
    const sum = (found.get(key)?.amount ?? 0n) + amount
    found.set(key, { direction, party, asset, amount: sum })
  }
  for (const move of moves) {
    add('collect', move.from, move)
    add('pay', move.to, move)
  }
  return [...found.values()]
}

/** The transfers of an event, those of rounding last, and the payments that it makes due (PRT-12). */
export const of = (
  places: Places,
  event: Event.Event,
  { sequence, stream }: Pick<Entry, 'stream' | 'sequence'>,
): { readonly transfers: readonly Transfer[]; readonly payments: readonly Payment[] } => {
  const moves = Ledger.postings(event).map(({ amount, asset, from, to }) => ({
    asset: nameOf(asset),
    from: nameOf(from),
    to: nameOf(to),
    amount,
  }))
  const rounded = dues(moves).map((due) => {
    const unit = unitOf(places, due.asset)
    const units = Fixed.mulDiv(due.amount, 1n, unit, due.direction === 'collect' ? 'ceil' : 'floor')
    const difference = units * unit - due.amount
    return { ...due, units, difference: difference < 0n ? -difference : difference }
  })
  const transfers = [
    ...moves,
    ...rounded.flatMap(({ asset, difference, party }) =>
      difference === 0n ? [] : [{ asset, from: party, to: rounding, amount: difference }],
    ),
  ].map((move, place) => ({ stream, sequence, place, ...move }))
  const payments = rounded
    .filter(({ units }) => units > 0n)
    .map(({ asset, direction, party, units }, i) => ({
      key: `${stream}/${sequence}/${i}`,
      stream,
      sequence,
      direction,
      party,
      token: tokenOf(asset) ?? '',
      units,
    }))
  return { transfers, payments }
}
