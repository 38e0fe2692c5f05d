/**
 * Payable: what transfers make the parties outside pay and be paid, in whole units of the tokens, and
 * what the rounding comes to.
 *
 * Laws: PRT-12 (spec/10-ports.md).
 */

import { Shape } from '../codec/index.js'
import { Fixed, Ledger, type Event } from '../core/index.js'
import { nameOf, rounding } from './Account.js'
import type { Entry, Payment, Transfer } from './Port.js'

// Model

/** In how many places money and tokens are paid. */
export interface Places {
  readonly money: number
  readonly tokens: ReadonlyMap<string, number>
}

/** What one party pays, or is paid, of one asset. */
interface Due {
  readonly direction: Payment['direction']
  readonly party: string
  readonly asset: string
  readonly token: string
  readonly unit: bigint
  readonly amount: bigint
}

// Queries

/** What money is called where it is paid: no asset and no token has that name (PRT-2). */
export const MONEY = 'Money'

/** The places of a Wad, which those of a token that is not named are too, and of a Rad. */
export const WAD_PLACES = 18
export const RAD_PLACES = 45

const parties: ReadonlySet<string> = new Set<Ledger.Account['_tag']>([
  'Bidder',
  'Owner',
  'Keeper',
  'RewardPayer',
  'Payer',
  'Canceller',
])

/** What a token is called and what one unit of it is of the core's; nothing where an asset is no token, as debt and loss are none. */
const unitOf = (places: Places, asset: Ledger.Asset): readonly [string, bigint] | undefined => {
  switch (asset._tag) {
    case 'Money':
      return [MONEY, 10n ** BigInt(RAD_PLACES - places.money)]
    case 'Collateral':
    case 'Token': {
      const { of } = asset
      return [of, 10n ** BigInt(WAD_PLACES - (places.tokens.get(of) ?? WAD_PLACES))]
    }
    default:
      return undefined
  }
}

/** What is due of every party and asset, in the order in which they are first met. */
const dues = (places: Places, postings: readonly Ledger.Posting[]): readonly Due[] => {
  const found: { -readonly [Key in keyof Due]: Due[Key] }[] = []
  const add = (
    direction: Due['direction'],
    account: Ledger.Account,
    { amount, asset }: Ledger.Posting,
  ): void => {
    const unit = parties.has(account._tag) ? unitOf(places, asset) : undefined
    if (unit === undefined) return
    const [party, name] = [nameOf(account), nameOf(asset)]
    const same = found.find(
      (due) => due.direction === direction && due.asset === name && due.party === party,
    )
    if (same === undefined)
      found.push({ direction, party, asset: name, token: unit[0], unit: unit[1], amount })
    else same.amount += amount
  }
  for (const posting of postings) {
    add('collect', posting.from, posting)
    add('pay', posting.to, posting)
  }
  return found
}

/** The transfers of an event, those of rounding last, and the payments that it makes due (PRT-12). */
export const of = (
  places: Places,
  event: Event.Event,
  { sequence, stream }: Pick<Entry, 'stream' | 'sequence'>,
): { readonly transfers: readonly Transfer[]; readonly payments: readonly Payment[] } => {
  const postings = Ledger.postings(event)
  const transfers = postings.map(
    ({ amount, asset, from, to }, place): Transfer => ({
      stream,
      sequence,
      place,
      asset: nameOf(asset),
      from: nameOf(from),
      to: nameOf(to),
      amount,
    }),
  )
  const payments: Payment[] = []
  for (const { amount, asset, direction, party, token, unit } of dues(places, postings)) {
    const units = Fixed.mulDiv(amount, 1n, unit, direction === 'collect' ? 'ceil' : 'floor')
    const difference = direction === 'collect' ? units * unit - amount : amount - units * unit
    if (difference > 0n) {
      const place = transfers.length
      transfers.push({
        stream,
        sequence,
        place,
        asset,
        from: party,
        to: rounding,
        amount: difference,
      })
    }
    if (units > 0n) {
      const key = `${stream}/${sequence}/${payments.length}`
      payments.push({ key, stream, sequence, direction, party, token, units })
    }
  }
  return { transfers, payments }
}

// As JSON

const { closed, decided, oneOf, text, whole } = Shape

/** The codec of a payment. */
export const codec: Shape.Codec<Payment> = closed('payment', {
  key: text,
  stream: text,
  sequence: whole,
  direction: oneOf('collect', 'pay'),
  party: text,
  token: text,
  units: decided.units,
})
