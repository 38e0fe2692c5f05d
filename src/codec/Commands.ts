/**
 * Commands: what is asked of a lot, a house or a treasury, as JSON: the fields of the core's commands,
 * amounts as decimal text. Bids are in the smallest units: what they are of, the lot knows.
 *
 * Laws: DEC-18 to DEC-20, DEC-24, DEC-25 (spec/02-decimal.md).
 */

import type * as t from 'io-ts'
import type { Auction, Dutch, House, Treasury } from '../core/index.js'
import * as Shape from './Shape.js'
import * as TermsJson from './Terms.js'

const { closed, flag, oneOf, rad, ray, tag, tagged, text, units, wad, whole } = Shape

const want = tagged<Dutch.Want>('want', {
  All: closed('All', { _tag: tag('All') }),
  Amount: closed('Amount', { _tag: tag('Amount'), amount: wad }),
  Spend: closed('Spend', { _tag: tag('Spend'), money: rad }),
})

const bid = { at: whole, bidder: text, bid: units, sold: units }

/** The codec of a command to a lot. */
export const toLot: t.Type<Auction.Command, unknown> = tagged<Auction.Command>('command', {
  Take: closed('Take', {
    _tag: tag('Take'),
    at: whole,
    bidder: text,
    want,
    limit: ray,
    atLeast: wad,
  }),
  Reset: closed('Reset', { _tag: tag('Reset'), at: whole, keeper: text, market: ray }),
  Cancel: closed('Cancel', { _tag: tag('Cancel'), at: whole }),
  Raise: closed('Raise', { _tag: tag('Raise'), ...bid }),
  Shrink: closed('Shrink', { _tag: tag('Shrink'), ...bid }),
  Restart: closed('Restart', { _tag: tag('Restart'), at: whole, market: ray }),
  Settle: closed('Settle', { _tag: tag('Settle'), at: whole }),
})

/** The codec of a command to a house. */
export const toHouse: t.Type<House.Command, unknown> = tagged<House.Command>('command', {
  ChangeTerms: closed('ChangeTerms', {
    _tag: tag('ChangeTerms'),
    at: whole,
    terms: TermsJson.codec,
  }),
  ChangeLevel: closed('ChangeLevel', {
    _tag: tag('ChangeLevel'),
    at: whole,
    line: text,
    level: whole,
  }),
  ChangeHouse: closed('ChangeHouse', {
    _tag: tag('ChangeHouse'),
    at: whole,
    ceiling: rad,
    opens: flag,
  }),
})

/** Opening an auction is one command with two tags; a codec has one for each. */
type ToTreasury =
  | Exclude<Treasury.Command, Treasury.OpenAuction>
  | (Treasury.OpenAuction & { readonly _tag: 'OpenSurplus' })
  | (Treasury.OpenAuction & { readonly _tag: 'OpenDebt' })

/** The codec of a command to a treasury. */
export const toTreasury: t.Type<ToTreasury, unknown> = tagged<ToTreasury>('command', {
  Receive: closed('Receive', { _tag: tag('Receive'), at: whole, from: text, amount: rad }),
  Mature: closed('Mature', { _tag: tag('Mature'), at: whole }),
  Heal: closed('Heal', {
    _tag: tag('Heal'),
    at: whole,
    amount: rad,
    of: oneOf('ready', 'onAuction'),
  }),
  OpenSurplus: closed('OpenSurplus', { _tag: tag('OpenSurplus'), at: whole }),
  OpenDebt: closed('OpenDebt', { _tag: tag('OpenDebt'), at: whole }),
})
