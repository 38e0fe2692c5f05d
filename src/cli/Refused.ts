/**
 * Refused: why the core refuses something, in a few words, and where its rule stands.
 */

import type { Refusal } from '../core/index.js'

type Why = Readonly<Partial<Record<Refusal.Refusal['_tag'], string>>>

/** Of what an opening or a quote may be refused for; the rule says the rest. */
const words: Why = {
  BadTime: 'the time is no whole second, or before the last event',
  Halted: 'the breaker stands too high',
  HouseClosed: 'the house opens no lots',
  NoMarketPrice: 'there is no market price above 0',
  NoOwner: 'it has no owner',
  NoPrice: 'the curve gives no price',
  NoRiskPrice: 'there is no price above 0 to judge it at',
  NoStartPrice: 'the price to start from rounds down to nothing',
  NoTarget: 'there would be nothing to raise by the sale',
  NoValue: 'the collateral has no value on the market',
  NothingBought: 'what it costs buys less than the smallest unit',
  NothingSeized: 'nothing of it would be seized',
  NothingWanted: 'nothing is wanted, or the price is 0',
  OutOfRange: 'a number does not fit into the width of the terms',
  Stale: 'the lot must be reset first',
}

/** In words, with the rule. */
export const inWords = ({ _tag, rule }: { readonly _tag: string; readonly rule: string }): string =>
  `${words[_tag as keyof Why] ?? 'a rule forbids it'} (${rule})`
