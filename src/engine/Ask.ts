/**
 * Ask: what may be asked of an engine. Time, prices and market price may be left out: the engine tells
 * them.
 *
 * Laws: PRT-6 to PRT-8, PRT-11, PRT-20 (spec/10-ports.md).
 */

import { Commands, Shape, States, TreasuryTermsJson } from '../codec/index.js'
import type { Auction, Fixed, House, Position, Treasury } from '../core/index.js'
import type { Authority } from './Denied.js'
import { type Established, places, type Quoted } from './Record.js'

// Model

/** Seize an unsafe position and put its collateral up for sale. */
export interface Open {
  readonly _tag: 'Open'
  readonly at?: Fixed.Seconds
  readonly keeper: string
  readonly position: string
  readonly quotes?: readonly Position.Quote[]
}

export interface ToLot {
  readonly _tag: 'ToLot'
  readonly lot: string
  readonly command: Commands.Asked<Auction.Command>
}

export interface ToHouse {
  readonly _tag: 'ToHouse'
  readonly command: Commands.Asked<House.Command>
}

export interface ToTreasury {
  readonly _tag: 'ToTreasury'
  readonly command: Commands.Asked<Treasury.Command>
  /** The instant of the queued losses that a Mature is about. */
  readonly queuedAt?: Fixed.Seconds
}

/** Say what a store is for (PRT-20). */
export type Establish = Omit<Established, '_tag' | 'at'> & {
  readonly _tag: 'Establish'
  readonly at?: Fixed.Seconds
}

/** Say how a position stands, having seen the `seen`-th entry of its stream (PRT-11). */
export interface Hold {
  readonly _tag: 'Hold'
  readonly at?: Fixed.Seconds
  readonly position: Position.Position
  readonly seen: number
}

/** Say what an asset is worth, and when it was. */
export type Quote = Omit<Quoted, '_tag' | 'at'> & {
  readonly _tag: 'Quote'
  readonly at?: Fixed.Seconds
}

export type Ask = Open | ToLot | ToHouse | ToTreasury | Establish | Hold | Quote

// Queries

/** The authority that what is asked needs by itself; none where anybody may ask it. */
const ownAuthority = (ask: Ask): Authority | undefined => {
  switch (ask._tag) {
    case 'Open':
      return 'open'
    case 'Establish':
      return 'terms'
    case 'Hold':
      return 'positions'
    case 'Quote':
      return 'prices'
    case 'ToLot':
      return ask.command._tag === 'Cancel' ? 'cancel' : undefined
    case 'ToHouse':
      return ask.command._tag === 'ChangeTerms' ? 'terms' : 'breaker'
    case 'ToTreasury':
      return ask.command._tag === 'Receive' ? 'treasury' : undefined
  }
}

/** The command that names a time and a price, if it does: a quote's time is that of its price. */
const told = (ask: Ask): { readonly at?: Fixed.Seconds; readonly market?: unknown } =>
  'command' in ask ? ask.command : ask

/** The time that is asked for, if one is. */
export const timeOf = (ask: Ask): Fixed.Seconds | undefined => told(ask).at

/** All that whoever asks needs to be granted (PRT-6). */
export const needs = (ask: Ask): readonly Authority[] => {
  const own = ownAuthority(ask)
  const { at, market } = told(ask)
  const priced =
    ask._tag === 'Open' ? ask.quotes !== undefined : ask._tag === 'ToLot' && market !== undefined
  return [
    ...(own === undefined ? [] : [own]),
    ...(priced ? (['prices'] as const) : []),
    ...(at !== undefined && ask._tag !== 'Quote' ? (['time'] as const) : []),
  ]
}

// As JSON

const { closed, list, partly, ray, tag, tagged, text, whole } = Shape

const at = { at: whole }

/** The codec of all that may be asked. */
export const codec: Shape.Codec<Ask> = tagged<Ask>('ask', {
  Open: partly(
    'Open',
    { _tag: tag('Open'), keeper: text, position: text },
    { ...at, quotes: list(States.quote) },
  ),
  ToLot: closed('ToLot', { _tag: tag('ToLot'), lot: text, command: Commands.asked.toLot }),
  ToHouse: closed('ToHouse', { _tag: tag('ToHouse'), command: Commands.asked.toHouse }),
  ToTreasury: partly(
    'ToTreasury',
    { _tag: tag('ToTreasury'), command: Commands.asked.toTreasury },
    { queuedAt: whole },
  ),
  Establish: partly(
    'Establish',
    {
      _tag: tag('Establish'),
      treasury: TreasuryTermsJson.codec,
      ...places,
    },
    at,
  ),
  Hold: partly('Hold', { _tag: tag('Hold'), position: States.position, seen: whole }, at),
  Quote: partly('Quote', { _tag: tag('Quote'), asset: text, risk: ray, market: ray }, at),
})
