/**
 * Refusals: why a command was not carried out, as JSON: tag, rule and facts, amounts as decimal text.
 *
 * Laws: DEC-18 to DEC-20, DEC-24, DEC-25 (spec/02-decimal.md).
 */

import type { Refusal } from '../core/index.js'
import * as Shape from './Shape.js'

const { asGiven, closed, oneOf, orNull, tag, tagged, text, whole } = Shape
const { rad, ray, units, wad } = Shape.decided

/** What every refusal says: its tag and its rule. */
export const by = <Tag extends string, Rule extends string>(
  _tag: Tag,
  rule: Rule,
): { readonly _tag: Shape.Codec<Tag>; readonly rule: Shape.Codec<Rule> } => ({
  _tag: tag(_tag),
  rule: oneOf(rule),
})

const bidTarget = { bid: units, target: units }
const givenStands = { given: units, stands: units }

/** The codec of each refusal of the core, by its tag. */
export const options: Shape.Options<Refusal.Refusal> = {
  BadTime: closed('BadTime', { ...by('BadTime', 'HOU-1'), at: asGiven, lastAt: whole }),
  OutOfRange: closed('OutOfRange', { ...by('OutOfRange', 'FIX-5'), what: text, stage: whole }),
  OtherTerms: closed('OtherTerms', { ...by('OtherTerms', 'HOU-2'), wanted: text, given: text }),
  Halted: closed('Halted', { ...by('Halted', 'HOU-4'), level: whole }),
  Ended: closed('Ended', by('Ended', 'HOU-5')),
  WrongAuction: closed('WrongAuction', by('WrongAuction', 'HOU-6')),

  HouseClosed: closed('HouseClosed', by('HouseClosed', 'HOU-3')),
  NoRiskPrice: closed('NoRiskPrice', { ...by('NoRiskPrice', 'POS-3'), asset: text }),
  Safe: closed('Safe', { ...by('Safe', 'POS-2'), support: rad, debt: rad }),
  CeilingReached: closed('CeilingReached', {
    ...by('CeilingReached', 'SEI-1'),
    roomInHouse: rad,
    roomInLine: rad,
  }),
  DustyDebt: closed('DustyDebt', { ...by('DustyDebt', 'SEI-4'), debt: rad, minDebt: rad }),
  NothingSeized: closed('NothingSeized', by('NothingSeized', 'SEI-5')),
  NoTarget: closed('NoTarget', by('NoTarget', 'SEI-6')),
  NoCollateral: closed('NoCollateral', by('NoCollateral', 'SEI-12')),
  NoOwner: closed('NoOwner', by('NoOwner', 'SEI-7')),
  NoValue: closed('NoValue', { ...by('NoValue', 'SEI-8'), asset: text }),
  NoMarketPrice: closed('NoMarketPrice', { ...by('NoMarketPrice', 'SEI-11'), asset: text }),
  NoStartPrice: closed('NoStartPrice', { ...by('NoStartPrice', 'DUT-9'), market: ray }),

  NoPrice: closed('NoPrice', {
    ...by('NoPrice', 'CRV-9'),
    startPrice: ray,
    elapsed: Shape.duration,
  }),
  Stale: closed('Stale', { ...by('Stale', 'DUT-2'), price: ray }),
  NotStale: closed('NotStale', { ...by('NotStale', 'DUT-2'), price: ray }),
  TooExpensive: closed('TooExpensive', { ...by('TooExpensive', 'DUT-3'), price: ray, limit: ray }),
  NothingWanted: closed('NothingWanted', { ...by('NothingWanted', 'DUT-4'), price: ray }),
  TooLittleLeft: closed('TooLittleLeft', {
    ...by('TooLittleLeft', 'DUT-6'),
    target: rad,
    minLeft: rad,
    collateral: wad,
    minCollateralLeft: wad,
  }),
  NothingBought: closed('NothingBought', by('NothingBought', 'DUT-7')),
  BelowLeast: closed('BelowLeast', { ...by('BelowLeast', 'DUT-8'), bought: wad, atLeast: wad }),

  BidExpired: closed('BidExpired', { ...by('BidExpired', 'ENG-1'), bidExpiresAt: whole }),
  PastEnd: closed('PastEnd', { ...by('PastEnd', 'ENG-1'), endsAt: whole }),
  NotWhatStands: closed('NotWhatStands', { ...by('NotWhatStands', 'ENG-2'), ...givenStands }),
  TargetNotBid: closed('TargetNotBid', { ...by('TargetNotBid', 'ENG-3'), ...bidTarget }),
  AboveTarget: closed('AboveTarget', { ...by('AboveTarget', 'ENG-4'), ...bidTarget }),
  NotBetter: closed('NotBetter', { ...by('NotBetter', 'ENG-5'), ...givenStands }),
  TooSmallStep: closed('TooSmallStep', { ...by('TooSmallStep', 'ENG-6'), ...givenStands }),
  BelowReserve: closed('BelowReserve', {
    ...by('BelowReserve', 'ENG-7'),
    bid: units,
    reserve: units,
  }),
  NotWon: closed('NotWon', {
    ...by('NotWon', 'ENG-9'),
    bidExpiresAt: orNull(whole),
    endsAt: whole,
  }),
  NotOver: closed('NotOver', { ...by('NotOver', 'ENG-10'), endsAt: whole }),
  AlreadyBid: closed('AlreadyBid', { ...by('AlreadyBid', 'ENG-10'), bidder: text }),
  AlreadySold: closed('AlreadySold', { ...by('AlreadySold', 'ENG-11'), bid: units }),

  NotNextVersion: closed('NotNextVersion', {
    ...by('NotNextVersion', 'HOU-9'),
    version: asGiven,
    wanted: whole,
  }),
  NoSuchLine: closed('NoSuchLine', { ...by('NoSuchLine', 'HOU-2'), line: text }),
  BadSetting: closed('BadSetting', { ...by('BadSetting', 'HOU-10'), given: units }),

  NoAmount: closed('NoAmount', { ...by('NoAmount', 'TRE-1'), amount: units }),
  StillWaiting: closed('StillWaiting', {
    ...by('StillWaiting', 'TRE-2'),
    until: Shape.duration,
  }),
  NoSuchEntry: closed('NoSuchEntry', by('NoSuchEntry', 'TRE-2')),
  TooLittleSurplus: closed('TooLittleSurplus', {
    ...by('TooLittleSurplus', 'TRE-3'),
    surplus: rad,
    needed: rad,
  }),
  TooLittleOnAuction: closed('TooLittleOnAuction', {
    ...by('TooLittleOnAuction', 'TRE-3'),
    onAuction: rad,
    needed: rad,
  }),
  TooLittleLoss: closed('TooLittleLoss', {
    ...by('TooLittleLoss', 'TRE-4'),
    loss: rad,
    needed: rad,
  }),
  LossesLeft: closed('LossesLeft', { ...by('LossesLeft', 'TRE-5'), loss: rad }),
  SurplusLeft: closed('SurplusLeft', { ...by('SurplusLeft', 'TRE-6'), surplus: rad }),
  TreasuryClosed: closed('TreasuryClosed', by('TreasuryClosed', 'TRE-7')),
  TooMuchOnAuction: closed('TooMuchOnAuction', {
    ...by('TooMuchOnAuction', 'TRE-8'),
    onAuction: rad,
    limit: rad,
  }),
}

/** The codec of every refusal of the core. */
export const codec: Shape.Codec<Refusal.Refusal> = tagged<Refusal.Refusal>('refusal', options)
