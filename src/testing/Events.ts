/**
 * Events: arbitrary events of every kind that can happen, each by itself: for those who read events
 * (a store, a codec, an indexer) and need all their shapes, whether or not one follows from another.
 */

import fc from 'fast-check'
import type { Event } from '../core/index.js'
import { rad, seconds, price, terms, wad } from './Arbitrary.js'

// What events are made of

const name = fc.constantFrom('ann', 'bob', 'eve', 'olga', '')

const held = fc.constantFrom<Event.Settled['held']>('escrow', 'income')

const lossAt = fc.constantFrom<Event.Taken['lossAt']>('close', 'seizure')

const binding = fc.constantFrom<Event.Opened['binding']>('inForce', 'atOpening')

const payer = fc.oneof(
  fc.constant<Event.Rewarded['payer']>({ _tag: 'Protocol' }),
  name.map((of): Event.Rewarded['payer'] => ({ _tag: 'Fund', of })),
)

const refund = fc.option(fc.record({ bidder: name, amount: rad }), { nil: undefined })

const ofCollateral: fc.Arbitrary<Event.OfCollateral> = fc.record({
  _tag: fc.constant('Collateral' as const),
  asset: fc.constantFrom('ETH', 'BTC'),
  position: fc.constantFrom('p1', 'p2'),
  owner: name,
})
const token = fc.constantFrom('GOV', 'OLD')
const ofSurplus: fc.Arbitrary<Event.OfSurplus> = fc.record({
  _tag: fc.constant('Surplus' as const),
  token,
})
const ofDebt: fc.Arbitrary<Event.OfDebt> = fc.record({ _tag: fc.constant('Debt' as const), token })

const ofLot = {
  lot: fc.constantFrom('MAIN/1', 'MAIN/2', 'SIDE/1'),
  line: fc.constantFrom('MAIN', 'SIDE'),
  at: seconds,
  terms: fc.integer({ min: 1, max: 9 }),
}
const ofCollateralLot = { ...ofLot, goods: ofCollateral }

const rewarded = { keeper: name, reward: rad, payer }

const tag = <Tag extends string>(of: Tag): { readonly _tag: fc.Arbitrary<Tag> } => ({
  _tag: fc.constant(of),
})

// Events of lots

const start: fc.Arbitrary<Event.Start> = fc.oneof(
  fc.record({ ...tag('Dutch'), startPrice: price }),
  fc.record({ ...tag('English'), endsAt: seconds, hardEndsAt: seconds, reserve: rad, held }),
)

const opened: fc.Arbitrary<Event.Opened> = fc.record({
  ...tag('Opened'),
  ...ofCollateralLot,
  ...rewarded,
  collateral: wad,
  shares: wad,
  debt: rad,
  target: rad,
  lossAt,
  binding,
  start,
})

const taken: fc.Arbitrary<Event.Taken> = fc.record({
  ...tag('Taken'),
  ...ofCollateralLot,
  bidder: name,
  price,
  bought: wad,
  repaid: rad,
  penalty: rad,
  lossAt,
})

const reset: fc.Arbitrary<Event.Reset> = fc.record({
  ...tag('Reset'),
  ...ofCollateralLot,
  ...rewarded,
  startPrice: price,
})

const closed: fc.Arbitrary<Event.Closed> = fc.record({
  ...tag('Closed'),
  ...ofCollateralLot,
  returned: wad,
  badDebt: rad,
  shortfall: rad,
  released: rad,
  lossAt,
})

const cancelled: fc.Arbitrary<Event.Cancelled> = fc.record({
  ...tag('Cancelled'),
  ...ofCollateralLot,
  collateral: wad,
  debt: rad,
  released: rad,
  refund,
  held,
  lossAt,
})

/** Surplus is paid for in escrow; only collateral's bids repay debt, where they are income. */
const bid = {
  ...ofLot,
  bidder: name,
  held,
  lossAt,
  bid: rad,
  paid: rad,
  outbid: refund,
  bidExpiresAt: seconds,
  endsAt: seconds,
}
const escrow = fc.constant('escrow' as const)
const nothing = rad.map((n) => (n - n) as typeof n)

const raised: fc.Arbitrary<Event.Raised> = fc.oneof(
  fc.record({ ...tag('Raised'), ...bid, goods: ofCollateral, repaid: rad, penalty: rad }),
  fc.record({
    ...tag('Raised'),
    ...bid,
    goods: ofSurplus,
    held: escrow,
    repaid: nothing,
    penalty: nothing,
  }),
)

const shrunk: fc.Arbitrary<Event.Shrunk> = fc.record({
  ...tag('Shrunk'),
  ...bid,
  goods: fc.oneof(ofCollateral, ofDebt),
  sold: wad,
  freed: wad,
})

const restarted: fc.Arbitrary<Event.Restarted> = fc.record({
  ...tag('Restarted'),
  ...ofLot,
  goods: fc.oneof(ofCollateral, ofSurplus, ofDebt),
  endsAt: seconds,
  hardEndsAt: seconds,
  reserve: rad,
  sold: rad,
})

const settlement = { ...tag('Settled'), ...ofLot, bidder: name, bid: rad, sold: rad, lossAt }

const settled: fc.Arbitrary<Event.Settled> = fc.oneof(
  fc.record({ ...settlement, goods: ofCollateral, held, repaid: rad, penalty: rad }),
  fc.record({ ...settlement, goods: ofSurplus, held: escrow, repaid: nothing, penalty: nothing }),
  fc.record({ ...settlement, goods: ofDebt, held, repaid: nothing, penalty: nothing }),
)

const stop = { ...tag('Stopped'), ...ofLot, bid: rad, sold: rad, refund }

const stopped: fc.Arbitrary<Event.Stopped> = fc.oneof(
  fc.record({ ...stop, goods: ofSurplus, held: escrow }),
  fc.record({ ...stop, goods: ofDebt, held }),
)

// Events of the house and the treasury

const changed: fc.Arbitrary<Event.OfHouse> = fc.oneof(
  fc.record({ ...tag('TermsChanged'), line: ofLot.line, at: seconds, terms }),
  fc.record({
    ...tag('LevelChanged'),
    line: ofLot.line,
    at: seconds,
    level: fc.constantFrom<Event.Level>(0, 1, 2, 3),
  }),
  fc.record({ ...tag('HouseChanged'), at: seconds, ceiling: rad, opens: fc.boolean() }),
)

const auctioned = { ...ofLot, endsAt: seconds, hardEndsAt: seconds }

const ofTreasury: fc.Arbitrary<Event.OfTreasuryItself> = fc.oneof(
  fc.record({ ...tag('Received'), at: seconds, from: name, amount: rad }),
  fc.record({ ...tag('Matured'), at: seconds, queuedAt: seconds, amount: rad }),
  fc.record({
    ...tag('Healed'),
    at: seconds,
    amount: rad,
    of: fc.constantFrom<Event.Healed['of']>('ready', 'onAuction'),
  }),
  fc.record({
    ...tag('SurplusOpened'),
    ...auctioned,
    goods: ofSurplus,
    sold: rad,
    reserve: wad,
    held: escrow,
  }),
  fc.record({ ...tag('DebtOpened'), ...auctioned, goods: ofDebt, bid: rad, sold: wad, held }),
)

/** An event of any kind. */
export const event: fc.Arbitrary<Event.Event> = fc.oneof(
  opened,
  taken,
  reset,
  closed,
  cancelled,
  raised,
  shrunk,
  restarted,
  settled,
  stopped,
  changed,
  ofTreasury,
)
