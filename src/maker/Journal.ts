/**
 * Journal: what one clipper and its dog logged, each at its block time, and the terms in force meanwhile.
 *
 * Laws: LOG-1 to LOG-5, LOG-12 (spec/15-log.md).
 */

import type { Event, Fixed } from '../core/index.js'
import type { Calc } from './Abacus.js'
import * as Clipper from './Clipper.js'
import * as Dog from './Dog.js'
import { startsAs } from './Failure.js'
import type * as Log from './Log.js'
import * as Sales from './Sales.js'

// Model

/** The terms in force: the parameters, the least target as it is stored, and from which call the clipper is stopped. */
export interface Terms extends Clipper.Parameters {
  readonly chost: Fixed.Rad
  readonly stopped: bigint
}

/** The parameters that are one number each. `chost` is filed by nobody: it changes when somebody works it out again. */
export const numbers = [
  'mat',
  'buf',
  'tail',
  'cusp',
  'chip',
  'tip',
  'hole',
  'chop',
  'dust',
  'chost',
  'stopped',
  'tau',
  'step',
  'cut',
] as const

/** A change of one parameter, under the name that it is filed by; a price function changes as a whole, or by one of its own. */
export type File =
  | { readonly name: 'File'; readonly what: (typeof numbers)[number]; readonly data: bigint }
  | { readonly name: 'File'; readonly what: 'calc'; readonly data: Calc }

/** What the contract's event does not tell, where the writer of the log knows it: the market price that a start read. */
interface Fed {
  readonly feed?: bigint
}

/** A line after the terms: an event or a change, in the order of the chain; `who` is the taker. */
export type Entry = { readonly t: Fixed.Seconds } & (
  | Log.Bark
  | (Log.Kick & Fed)
  | (Log.Take & { readonly who?: string })
  | (Log.Redo & Fed)
  | Log.Yank
  | File
)

/** An event of the core, with the market price that it read or the limit that it was given. */
export interface Happened {
  readonly event: Event.Event
  readonly feed?: Fixed.Ray
  readonly max?: Fixed.Ray
}

// Constructors

/** The first terms of a journal, where terms are a clipper's (MKR-1); nothing of others. */
export const termsOf = (...terms: Parameters<typeof Clipper.parametersOf>): Terms | undefined => {
  const found = Clipper.parametersOf(...terms)
  return found && { ...found.ilk, chost: found.chost, stopped: 0n }
}

// Interpretation

/** A clipper's: one by bids is another house's. */
const isFalling = startsAs('Dutch')

const fed = (feed: Fixed.Ray | undefined): Fed => (feed === undefined ? {} : { feed })

/** Events of one line's lots, as the contracts would have logged them (LOG-12). Those that they log otherwise are left out. */
export const entriesOf = (happened: readonly Happened[]): readonly Entry[] => {
  const sales = new Map<string, Sales.Sale>()
  return happened.flatMap(({ event, feed, max }): readonly Entry[] => {
    if (event._tag === 'Opened') {
      if (!isFalling(event)) return []
      const sale = Sales.saleOf(BigInt(sales.size) + 1n, event)
      sales.set(event.lot, sale)
      const { at: t } = event
      return [
        { t, ...Sales.kickLog(sale, event), ...fed(feed) },
        { t, ...Dog.barkLog(sale.id, event) },
      ]
    }
    if (event._tag !== 'Taken' && event._tag !== 'Reset' && event._tag !== 'Cancelled') return []
    const { at: t, lot } = event
    const sale = sales.get(lot)
    if (sale === undefined) return []
    switch (event._tag) {
      case 'Taken': {
        // Who set no limit can have meant no less than what the price was.
        const log = Sales.takeLog(sale, event, max ?? event.price)
        sales.set(lot, Sales.after(sale, log))
        return [{ t, ...log, who: event.bidder }]
      }
      case 'Reset':
        return [{ t, ...Sales.redoLog(sale, event), ...fed(feed) }]
      case 'Cancelled':
        return [{ t, name: 'Yank', id: sale.id }]
    }
  })
}
