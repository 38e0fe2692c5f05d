/**
 * Events: what happened, as JSON: the fields of the core's events, amounts as decimal text.
 *
 * Laws: DEC-18 to DEC-20, DEC-24, DEC-25 (spec/02-decimal.md).
 */

import type { Event } from '../core/index.js'
import * as Shape from './Shape.js'
import * as TermsJson from './Terms.js'

const { closed, flag, oneOf, orNull, tag, tagged, text, whole } = Shape
const { rad, ray, units, wad } = Shape.decided
const { payer } = TermsJson

// Parts

/** Collateral of a position. */
export const collateralGoods: Shape.Codec<Event.OfCollateral> = closed('Collateral', {
  _tag: tag('Collateral'),
  asset: text,
  position: text,
  owner: text,
})
const surplusGoods = closed('Surplus', { _tag: tag('Surplus'), token: text })
const debtGoods = closed('Debt', { _tag: tag('Debt'), token: text })

/** What a lot sells. */
export const goods: Shape.Codec<Event.Goods> = tagged<Event.Goods>('goods', {
  Collateral: collateralGoods,
  Surplus: surplusGoods,
  Debt: debtGoods,
})

const treasuryGoods = tagged<Event.OfSurplus | Event.OfDebt>('goods', {
  Surplus: surplusGoods,
  Debt: debtGoods,
})

/** What every event of a lot says. */
const ofLot = { lot: text, line: text, at: whole, terms: whole }

const ofCollateral = { ...ofLot, goods: collateralGoods }

/** How a standing bid is held, and when a loss is booked. */
export const held: Shape.Codec<'escrow' | 'income'> = oneOf('escrow', 'income')
export const lossAt: Shape.Codec<'close' | 'seizure'> = oneOf('close', 'seizure')
const rewarded = { keeper: text, reward: rad, payer }

const start = tagged<Event.Start>('start', {
  Dutch: closed('Dutch', { _tag: tag('Dutch'), startPrice: ray }),
  English: closed('English', {
    _tag: tag('English'),
    endsAt: whole,
    hardEndsAt: whole,
    reserve: rad,
    held,
  }),
})

const refund = orNull(closed('refund', { bidder: text, amount: units }))

const ofBid = {
  ...ofLot,
  goods,
  bidder: text,
  held,
  lossAt,
  bid: units,
  paid: units,
  outbid: refund,
  bidExpiresAt: whole,
  endsAt: whole,
}

const level: Shape.Codec<Event.Level> = Shape.oneOfNumbers(0, 1, 2, 3)

// Events

/** The codec of each event, by its tag. */
export const options: Shape.Options<Event.Event> = {
  Opened: closed('Opened', {
    _tag: tag('Opened'),
    ...ofCollateral,
    ...rewarded,
    collateral: wad,
    shares: wad,
    debt: rad,
    target: rad,
    lossAt,
    binding: oneOf('inForce', 'atOpening'),
    start,
  }),
  Taken: closed('Taken', {
    _tag: tag('Taken'),
    ...ofCollateral,
    bidder: text,
    price: ray,
    bought: wad,
    repaid: rad,
    penalty: rad,
    lossAt,
  }),
  Reset: closed('Reset', { _tag: tag('Reset'), ...ofCollateral, ...rewarded, startPrice: ray }),
  Closed: closed('Closed', {
    _tag: tag('Closed'),
    ...ofCollateral,
    returned: wad,
    badDebt: rad,
    shortfall: rad,
    lossAt,
    released: rad,
  }),
  Cancelled: closed('Cancelled', {
    _tag: tag('Cancelled'),
    ...ofCollateral,
    collateral: wad,
    debt: rad,
    released: rad,
    refund,
    held,
    lossAt,
  }),
  Raised: closed('Raised', { _tag: tag('Raised'), ...ofBid, repaid: rad, penalty: rad }),
  Shrunk: closed('Shrunk', { _tag: tag('Shrunk'), ...ofBid, sold: units, freed: units }),
  Restarted: closed('Restarted', {
    _tag: tag('Restarted'),
    ...ofLot,
    goods,
    endsAt: whole,
    hardEndsAt: whole,
    reserve: units,
    sold: units,
  }),
  Settled: closed('Settled', {
    _tag: tag('Settled'),
    ...ofLot,
    goods,
    bidder: text,
    bid: units,
    sold: units,
    repaid: rad,
    penalty: rad,
    held,
    lossAt,
  }),
  TermsChanged: closed('TermsChanged', {
    _tag: tag('TermsChanged'),
    line: text,
    at: whole,
    terms: TermsJson.codec,
  }),
  LevelChanged: closed('LevelChanged', {
    _tag: tag('LevelChanged'),
    line: text,
    at: whole,
    level,
  }),
  HouseChanged: closed('HouseChanged', {
    _tag: tag('HouseChanged'),
    at: whole,
    ceiling: rad,
    opens: flag,
  }),
  Received: closed('Received', { _tag: tag('Received'), at: whole, from: text, amount: rad }),
  Matured: closed('Matured', { _tag: tag('Matured'), at: whole, queuedAt: whole, amount: rad }),
  Healed: closed('Healed', {
    _tag: tag('Healed'),
    at: whole,
    amount: rad,
    of: oneOf('ready', 'onAuction'),
  }),
  SurplusOpened: closed('SurplusOpened', {
    _tag: tag('SurplusOpened'),
    ...ofLot,
    goods: surplusGoods,
    sold: rad,
    reserve: wad,
    endsAt: whole,
    hardEndsAt: whole,
    held: tag('escrow'),
  }),
  DebtOpened: closed('DebtOpened', {
    _tag: tag('DebtOpened'),
    ...ofLot,
    goods: debtGoods,
    bid: rad,
    sold: wad,
    endsAt: whole,
    hardEndsAt: whole,
    held,
  }),
  Stopped: closed('Stopped', {
    _tag: tag('Stopped'),
    ...ofLot,
    goods: treasuryGoods,
    bid: units,
    sold: units,
    refund,
    held,
  }),
}

/** The codec of every event. */
export const codec: Shape.Codec<Event.Event> = tagged<Event.Event>('event', options)
