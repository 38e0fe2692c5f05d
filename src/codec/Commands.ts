/**
 * Commands: what is asked of a lot, a house or a treasury, as JSON: the fields of the core's commands,
 * amounts as decimal text. Bids are in the smallest units: what they are of, the lot knows.
 *
 * A host that knows the time and the prices itself takes commands that leave them out: `asked`.
 *
 * Laws: DEC-18 to DEC-20, DEC-24, DEC-25 (spec/02-decimal.md).
 */

import type { Auction, Dutch, House, Treasury } from '../core/index.js'
import * as Shape from './Shape.js'
import * as TermsJson from './Terms.js'

const { closed, flag, oneOf, rad, ray, tag, tagged, text, units, wad, whole } = Shape

// Model

type Told = 'at' | 'market'

/** A command that may leave out its time, and the market price. */
export type Asked<Command> = Command extends unknown
  ? Omit<Command, Told> & Partial<Pick<Command, Extract<keyof Command, Told>>>
  : never

/** Opening an auction is one command with two tags; a codec has one for each. */
type ToTreasury =
  | Exclude<Treasury.Command, Treasury.OpenAuction>
  | (Treasury.OpenAuction & { readonly _tag: 'OpenSurplus' })
  | (Treasury.OpenAuction & { readonly _tag: 'OpenDebt' })

// Constructors

/** The codec of a command with all its fields, and that of one that may leave some to be told by the host. */
const both = <P extends Shape.Codecs, T extends Shape.Codecs>(name: string, props: P, told: T) => ({
  given: closed(name, { ...props, ...told }),
  asked: Shape.partly(name, props, told),
})

type Forms<Given, Asked> = Readonly<
  Record<string, { readonly given: Given; readonly asked: Asked }>
>

const form = <All extends Forms<unknown, unknown>, Form extends 'given' | 'asked'>(
  all: All,
  which: Form,
): { readonly [Tag in keyof All]: All[Tag][Form] } =>
  Object.fromEntries(Object.entries(all).map(([name, one]) => [name, one[which]])) as never

const want = tagged<Dutch.Want>('want', {
  All: closed('All', { _tag: tag('All') }),
  Amount: closed('Amount', { _tag: tag('Amount'), amount: wad }),
  Spend: closed('Spend', { _tag: tag('Spend'), money: rad }),
})

const at = { at: whole }
const bid = { bidder: text, bid: units, sold: units }

const lots = {
  Take: both('Take', { _tag: tag('Take'), bidder: text, want, limit: ray, atLeast: wad }, at),
  Reset: both('Reset', { _tag: tag('Reset'), keeper: text }, { ...at, market: ray }),
  Cancel: both('Cancel', { _tag: tag('Cancel') }, at),
  Raise: both('Raise', { _tag: tag('Raise'), ...bid }, at),
  Shrink: both('Shrink', { _tag: tag('Shrink'), ...bid }, at),
  Restart: both('Restart', { _tag: tag('Restart') }, { ...at, market: ray }),
  Settle: both('Settle', { _tag: tag('Settle') }, at),
}

const houses = {
  ChangeTerms: both('ChangeTerms', { _tag: tag('ChangeTerms'), terms: TermsJson.codec }, at),
  ChangeLevel: both('ChangeLevel', { _tag: tag('ChangeLevel'), line: text, level: whole }, at),
  ChangeHouse: both('ChangeHouse', { _tag: tag('ChangeHouse'), ceiling: rad, opens: flag }, at),
}

const treasuries = {
  Receive: both('Receive', { _tag: tag('Receive'), from: text, amount: rad }, at),
  Mature: both('Mature', { _tag: tag('Mature') }, at),
  Heal: both('Heal', { _tag: tag('Heal'), amount: rad, of: oneOf('ready', 'onAuction') }, at),
  OpenSurplus: both('OpenSurplus', { _tag: tag('OpenSurplus') }, at),
  OpenDebt: both('OpenDebt', { _tag: tag('OpenDebt') }, at),
}

/** The codec of a command to a lot. */
export const toLot: Shape.Codec<Auction.Command> = tagged<Auction.Command>(
  'command',
  form(lots, 'given'),
)

/** The codec of a command to a house. */
export const toHouse: Shape.Codec<House.Command> = tagged<House.Command>(
  'command',
  form(houses, 'given'),
)

/** The codec of a command to a treasury. */
export const toTreasury: Shape.Codec<ToTreasury> = tagged<ToTreasury>(
  'command',
  form(treasuries, 'given'),
)

/** The codecs of commands that may leave out the time, and the market price. */
export const asked: {
  readonly toLot: Shape.Codec<Asked<Auction.Command>>
  readonly toHouse: Shape.Codec<Asked<House.Command>>
  readonly toTreasury: Shape.Codec<Asked<ToTreasury>>
} = {
  toLot: tagged<Asked<Auction.Command>>('command', form(lots, 'asked')),
  toHouse: tagged<Asked<House.Command>>('command', form(houses, 'asked')),
  toTreasury: tagged<Asked<ToTreasury>>('command', form(treasuries, 'asked')),
}
