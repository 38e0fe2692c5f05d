/**
 * Needs: what requests make an engine read: the streams that they name, and what these lead to.
 *
 * Laws: PRT-8, PRT-9 (spec/10-ports.md).
 */

import { type Fixed, type Lot, Position } from '../core/index.js'
import type { ToHouse } from './Ask.js'
import type { Kept } from './Lots.js'
import type { Wanted } from './Port.js'
import * as Record from './Record.js'
import type { Request } from './Request.js'
import type { Settings } from './Settings.js'

// Model

/** What is known once what requests name is read. */
export interface First {
  readonly settings: Settings
  readonly lots: ReadonlyMap<string, Lot.Lot>
  readonly held: ReadonlyMap<string, Record.Held>
}

// Queries

/** Each once. */
export const unique = <A>(all: readonly A[]): readonly A[] => [...new Set(all)]

/** The streams that requests name by themselves. */
export const named = (
  requests: readonly Request[],
  shelf: ReadonlyMap<string, Kept>,
): Wanted['streams'] => {
  const lots = requests.flatMap(({ ask }) =>
    ask._tag === 'ToLot' ? [Record.lotStream(ask.lot)] : [],
  )
  const others = requests.flatMap(({ ask }) => {
    switch (ask._tag) {
      case 'Open':
        return [Record.positionStream(ask.position)]
      case 'Hold':
        return [Record.positionStream(ask.position.id)]
      case 'Quote':
        return [Record.priceStream(ask.asset)]
      case 'ToTreasury':
        return [Record.treasuryStream]
      default:
        return []
    }
  })
  return [
    ...unique(lots).map((stream) => ({
      stream,
      from: shelf.get(stream)?.end.sequence ?? ('snapshot' as const),
    })),
    ...unique(others).map((stream) => ({ stream, from: 'last' as const })),
  ]
}

/** The assets whose prices an opening on a position needs: what it holds, or, if it holds nothing, all that its line accepts (POS-3). */
export const pricedBy = (settings: Settings, position: Position.Position): readonly string[] => {
  const terms = settings.terms.get(position.line)?.at(-1)?.terms
  const assets = terms === undefined ? [] : Position.accepted(terms).map(({ asset }) => asset)
  const held = assets.filter((asset) => Position.held(position, asset) > 0n)
  return held.length > 0 ? held : assets
}

/** The assets whose prices requests need and do not bring. */
export const assetsOf = (
  { held, lots, settings }: First,
  requests: readonly Request[],
): readonly string[] =>
  unique(
    requests.flatMap(({ ask }) => {
      if (ask._tag === 'Open') {
        const position = held.get(ask.position)?.position
        return ask.quotes === undefined && position !== undefined
          ? pricedBy(settings, position)
          : []
      }
      if (ask._tag !== 'ToLot') return []
      const { command } = ask
      if (command._tag !== 'Reset' && command._tag !== 'Restart') return []
      const goods = lots.get(ask.lot)?.goods
      return command.market === undefined && goods?._tag === 'Collateral' ? [goods.asset] : []
    }),
  )

/** Whether a request is decided without any price, or brings its own. */
export const isWithoutPrice = ({ ask }: Request): boolean => {
  if (ask._tag === 'Open') return ask.quotes !== undefined
  if (ask._tag !== 'ToLot') return true
  const { command } = ask
  return (command._tag !== 'Reset' && command._tag !== 'Restart') || command.market !== undefined
}

/** The positions that cancels give back to. */
export const positionsOf = ({ lots }: First, requests: readonly Request[]): readonly string[] =>
  unique(
    requests.flatMap(({ ask }) => {
      if (ask._tag !== 'ToLot' || ask.command._tag !== 'Cancel') return []
      const goods = lots.get(ask.lot)?.goods
      return goods?._tag === 'Collateral' ? [goods.position] : []
    }),
  )

/** The line that a command to a house is about, if it is about one. */
export const lineOf = (command: ToHouse['command']): string | undefined => {
  switch (command._tag) {
    case 'ChangeTerms':
      return command.terms.line
    case 'ChangeLevel':
      return command.line
    case 'ChangeHouse':
      return undefined
  }
}

/** The lines whose totals requests are decided by. */
export const linesOf = ({ held }: First, requests: readonly Request[]): readonly string[] =>
  unique(
    requests.flatMap(({ ask }) => {
      if (ask._tag === 'Open') return held.get(ask.position)?.position.line ?? []
      return ask._tag === 'ToHouse' ? (lineOf(ask.command) ?? []) : []
    }),
  )

/** The instants whose queued losses requests are about. */
export const queuedOf = (requests: readonly Request[]): readonly Fixed.Seconds[] =>
  unique(
    requests.flatMap(({ ask }) =>
      ask._tag === 'ToTreasury' && ask.queuedAt !== undefined ? [ask.queuedAt] : [],
    ),
  )

/** Whether a request is decided by the totals of the house. */
export const readsHouse = ({ ask }: Request): boolean =>
  ask._tag === 'Open' || ask._tag === 'ToHouse'

/** Whether a request is the end of one of the treasury's own auctions, or a step of its own. */
export const isOfTreasury =
  (lots: ReadonlyMap<string, Lot.Lot>) =>
  ({ ask }: Request): boolean => {
    if (ask._tag === 'ToTreasury') return true
    if (ask._tag !== 'ToLot') return false
    const goods = lots.get(ask.lot)?.goods
    const { _tag } = ask.command
    return (
      (_tag === 'Settle' || _tag === 'Cancel') && goods !== undefined && goods._tag !== 'Collateral'
    )
  }
