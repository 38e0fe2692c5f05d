/**
 * Denied: what an engine refuses besides what the core does, and all refusals as JSON.
 *
 * Laws: PRT-1, PRT-2, PRT-5 to PRT-8, PRT-10, PRT-11, PRT-19 to PRT-22 (spec/10-ports.md).
 */

import { Refusals, Shape } from '../codec/index.js'
import type { Fixed, Refusal as Core } from '../core/index.js'
import type { NameTaken, NotFound } from './Book.js'

// Model

/** The command has the id of another one, which has its outcome. */
export interface OtherCommand {
  readonly _tag: 'OtherCommand'
  readonly rule: 'PRT-5'
  readonly id: string
}

/** All that a host can grant to whoever sends commands. */
export const authorities = [
  'open',
  'cancel',
  'terms',
  'breaker',
  'positions',
  'prices',
  'treasury',
  'time',
] as const

export type Authority = (typeof authorities)[number]

/** Whoever sends the command was not granted what it needs. */
export interface NoAuthority {
  readonly _tag: 'NoAuthority'
  readonly rule: 'PRT-6'
  readonly needs: Authority
}

/** A name that is empty or too long: which one, and its length. */
export interface BadName {
  readonly _tag: 'BadName'
  readonly rule: 'PRT-21'
  readonly what: string
  readonly length: number
}

/** An amount, a price or a duration with more digits than are read back: in which field, and how many. */
export interface BadAmount {
  readonly _tag: 'BadAmount'
  readonly rule: 'PRT-22'
  readonly what: string
  readonly digits: number
}

/** The price of an asset is too old, or from later than the command. */
export interface StalePrice {
  readonly _tag: 'StalePrice'
  readonly rule: 'PRT-8'
  readonly asset: string
  readonly quotedAt: Fixed.Seconds
  readonly at: Fixed.Seconds
  readonly maxPriceAge: number
}

/** The command names a time that is yet to come. */
export interface FutureTime {
  readonly _tag: 'FutureTime'
  readonly rule: 'PRT-7'
  readonly at: Fixed.Seconds
  /** The latest that it may name. */
  readonly latest: Fixed.Seconds
}

/** Others were faster, every time. Nothing was stored: the same command may come again. */
export interface Busy {
  readonly _tag: 'Busy'
  readonly rule: 'PRT-10'
  readonly attempts: number
}

/** The position is not as whoever says how it stands has seen it. */
export interface PositionMoved {
  readonly _tag: 'PositionMoved'
  readonly rule: 'PRT-11'
  readonly seen: number
  readonly stands: number
}

/** The terms are known to lose money: `hazard` is the rule, `parameter` the setting. */
export interface Hazardous {
  readonly _tag: 'Hazardous'
  readonly rule: 'PRT-19'
  readonly hazard: string
  readonly parameter: string
  readonly given: string
  readonly wanted: string
}

/** The store is not established yet. */
export interface NotEstablished {
  readonly _tag: 'NotEstablished'
  readonly rule: 'PRT-20'
}

/** A version of the treasury's terms that is not the next one, or places that no token has or that change. */
export interface BadEstablishment {
  readonly _tag: 'BadEstablishment'
  readonly rule: 'PRT-20'
  readonly what: string
  readonly given: number
  readonly wanted: number
}

/** What only an engine refuses. */
export type OfEngine =
  | NotFound
  | NameTaken
  | OtherCommand
  | NoAuthority
  | BadName
  | BadAmount
  | StalePrice
  | FutureTime
  | Busy
  | PositionMoved
  | Hazardous
  | NotEstablished
  | BadEstablishment

export type Refusal = Core.Refusal | OfEngine

// As JSON

const { by } = Refusals
const { asGiven, closed, oneOf, tagged, text, whole } = Shape

const ofEngine: Shape.Options<OfEngine> = {
  NotFound: closed('NotFound', {
    ...by('NotFound', 'PRT-1'),
    what: oneOf('position', 'lot', 'line'),
    name: text,
  }),
  NameTaken: closed('NameTaken', { ...by('NameTaken', 'PRT-2'), name: text }),
  OtherCommand: closed('OtherCommand', { ...by('OtherCommand', 'PRT-5'), id: text }),
  NoAuthority: closed('NoAuthority', {
    ...by('NoAuthority', 'PRT-6'),
    needs: oneOf(...authorities),
  }),
  BadName: closed('BadName', { ...by('BadName', 'PRT-21'), what: text, length: whole }),
  BadAmount: closed('BadAmount', { ...by('BadAmount', 'PRT-22'), what: text, digits: whole }),
  StalePrice: closed('StalePrice', {
    ...by('StalePrice', 'PRT-8'),
    asset: text,
    quotedAt: whole,
    at: whole,
    maxPriceAge: whole,
  }),
  FutureTime: closed('FutureTime', {
    ...by('FutureTime', 'PRT-7'),
    at: whole,
    latest: whole,
  }),
  Busy: closed('Busy', { ...by('Busy', 'PRT-10'), attempts: whole }),
  PositionMoved: closed('PositionMoved', {
    ...by('PositionMoved', 'PRT-11'),
    seen: asGiven,
    stands: whole,
  }),
  Hazardous: closed('Hazardous', {
    ...by('Hazardous', 'PRT-19'),
    hazard: text,
    parameter: text,
    given: text,
    wanted: text,
  }),
  NotEstablished: closed('NotEstablished', by('NotEstablished', 'PRT-20')),
  BadEstablishment: closed('BadEstablishment', {
    ...by('BadEstablishment', 'PRT-20'),
    what: text,
    given: asGiven,
    wanted: whole,
  }),
}

/** The codec of every refusal. */
export const codec: Shape.Codec<Refusal> = tagged<Refusal>('refusal', {
  ...Refusals.options,
  ...ofEngine,
})
