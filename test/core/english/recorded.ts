/**
 * One recorded step of Flipper, Flapper or Flopper, asked of the core: an auction's record as it stood,
 * the parameters, the call.
 */

import * as E from 'fp-ts/lib/Either.js'
import { English, type Event, Fixed, Lot } from '../../../src/index.js'

type Call = readonly [at: number, caller: string, given: bigint]

export interface Recorded {
  /** A record whose `tic` is zero has a `guy` who never bid: undefined here. */
  readonly record: {
    readonly bid: bigint
    readonly lot: bigint
    readonly guy: string | undefined
    readonly tic: number
    readonly end: number
    readonly tab?: bigint
  }
  readonly beg: bigint
  readonly ttl: bigint
  readonly tau?: bigint
  readonly pad?: bigint
  readonly tend?: Call
  readonly dent?: Call
  readonly deal?: number
  readonly tick?: number
}

const goodsOf = (house: 'flip' | 'flap' | 'flop'): Event.Goods => {
  switch (house) {
    case 'flip':
      return { _tag: 'Collateral', asset: 'ILK-A', position: 'urn1', owner: 'urn1' }
    case 'flap':
      return { _tag: 'Surplus', token: 'MKR' }
    case 'flop':
      return { _tag: 'Debt', token: 'MKR' }
  }
}

const commandOf = ({ deal, dent, record, tend, tick }: Recorded): English.Command => {
  if (tend !== undefined) {
    const [at, bidder, bid] = tend
    return { _tag: 'Raise', at, bidder, bid, sold: record.lot }
  }
  if (dent !== undefined) {
    const [at, bidder, sold] = dent
    return { _tag: 'Shrink', at, bidder, bid: record.bid, sold }
  }
  return deal === undefined
    ? { _tag: 'Restart', at: tick ?? 0, market: Fixed.ray(0n) }
    : { _tag: 'Settle', at: deal }
}

/** Why the core refuses the call; or what of the record it changes. */
export const recorded = (house: 'flip' | 'flap' | 'flop', given: Recorded): unknown => {
  const { beg, pad = Fixed.WAD, record, tau = 0n, ttl } = given
  const held = house === 'flap' ? 'escrow' : 'income'
  const auction = English.compile(
    { version: 1, width: 'uint256' },
    {
      _tag: 'English',
      minRaise: Fixed.wad(beg - Fixed.WAD),
      bidLasts: ttl,
      lasts: tau,
      ending: { _tag: 'Fixed' },
      reserve: Fixed.ray(0n),
      held,
      growth: Fixed.wad(pad - Fixed.WAD),
      edges: 'strict',
    },
  )
  const lot: Lot.English = {
    _tag: 'English',
    id: '1',
    line: 'ILK-A',
    terms: 1,
    goods: goodsOf(house),
    sold: record.lot,
    bid: record.bid,
    bidder: record.guy,
    bidExpiresAt: record.tic === 0 ? undefined : record.tic,
    endsAt: record.end,
    hardEndsAt: record.end,
    reserve: 0n,
    held,
    debt: Fixed.rad(0n),
    target: Fixed.rad(record.tab ?? 0n),
    lossAt: 'seizure',
    binding: 'inForce',
    lastAt: 0,
    ended: false,
  }
  const decided = English.decide(auction, 0, lot, commandOf(given))
  if (E.isLeft(decided)) return decided.left._tag
  const { bid, bidExpiresAt, endsAt, sold } = decided.right.reduce(Lot.evolveEnglish, lot)
  return {
    ...(bid === record.bid ? {} : { bid }),
    ...(sold === record.lot && given.tick === undefined ? {} : { lot: sold }),
    ...(bidExpiresAt === lot.bidExpiresAt ? {} : { tic: bidExpiresAt }),
    ...(endsAt === record.end ? {} : { end: endsAt }),
  }
}
