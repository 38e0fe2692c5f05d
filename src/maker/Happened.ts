/**
 * Happened: what a journal tells, as events of the core, with the terms that were in force.
 *
 * Laws: WIF-1 (spec/30-whatif.md). It is the inverse of Journal.entriesOf, as far as the contracts log it.
 */

import * as E from 'fp-ts/lib/Either.js'
import { type Event, Fixed } from '../core/index.js'
import * as Clipper from './Clipper.js'
import type { Entry, File, Happened, Terms } from './Journal.js'
import type * as Log from './Log.js'
import { filed, type Line } from './Replay.js'
import { levelOf } from './Sales.js'

// Model

/** What a line tells; a line of the terms or of a change of them tells those. */
export interface Told extends Happened {
  readonly line: number
}

/** A line that tells of what was not there: the field, what was found, and what would be right. */
export interface Untold {
  readonly line: number
  readonly field: string
  readonly found: string
  readonly wanted: string
}

/** What is left of a lot. */
interface Left {
  readonly goods: Event.OfCollateral
  readonly collateral: bigint
  readonly debt: bigint
  readonly target: bigint
}

interface State {
  terms: Terms
  version: number
  readonly lots: Map<bigint, Left>
}

type Result<A> = E.Either<Omit<Untold, 'line'>, A>

// Constructors

const { rad, ray, wad } = Fixed

const termsOf = ({ terms, version }: State): Event.TermsChanged['terms'] => ({
  ...Clipper.clipper(terms, terms.chost),
  version,
})

const changed = (state: State, at: Fixed.Seconds): Event.TermsChanged => ({
  _tag: 'TermsChanged',
  line: state.terms.ilk,
  at,
  terms: termsOf(state),
})

const lotName = ({ terms }: State, id: bigint): string => `${terms.ilk}/${id}`

const ofLot = (state: State, id: bigint, at: Fixed.Seconds, { goods }: Pick<Left, 'goods'>) => ({
  lot: lotName(state, id),
  line: state.terms.ilk,
  at,
  terms: state.version,
  goods,
})

const rewarded = ({ coin, kpr }: Pick<Log.Kick, 'coin' | 'kpr'>): Event.Rewarded => ({
  keeper: kpr,
  reward: rad(coin),
  payer: { _tag: 'Protocol' },
})

// Interpretation

/** A kick, with what the bark on the next line says of the debt. */
const opened = (state: State, kick: Entry & Log.Kick, bark: Log.Bark | undefined): Event.Opened => {
  const { id, t, usr } = kick
  const goods = { _tag: 'Collateral', asset: state.terms.gem, position: usr, owner: usr } as const
  const debt = bark?.due ?? kick.tab
  state.lots.set(id, { goods, collateral: kick.lot, debt, target: kick.tab })
  return {
    _tag: 'Opened',
    ...ofLot(state, id, t, { goods }),
    collateral: wad(kick.lot),
    shares: wad(bark?.art ?? 0n),
    debt: rad(debt),
    target: rad(kick.tab),
    lossAt: 'seizure',
    binding: 'inForce',
    start: { _tag: 'Dutch', startPrice: ray(kick.top) },
    ...rewarded(kick),
  }
}

const taken = (
  state: State,
  take: Entry & Log.Take & { readonly who?: string },
  before: Left,
): readonly Event.OfDutch[] => {
  const { id, lot, owe, t, tab, who } = take
  const repaid = owe < before.debt ? owe : before.debt
  const left = { ...before, collateral: lot, debt: before.debt - repaid, target: tab }
  const isOver = tab === 0n || lot === 0n
  if (isOver) state.lots.delete(id)
  else state.lots.set(id, left)
  const of = { ...ofLot(state, id, t, before), lossAt: 'seizure' } as const
  return [
    {
      _tag: 'Taken',
      ...of,
      bidder: who ?? '',
      price: ray(take.price),
      bought: wad(before.collateral - lot),
      repaid: rad(repaid),
      penalty: rad(owe - repaid),
    },
    ...(isOver
      ? [
          {
            _tag: 'Closed',
            ...of,
            returned: wad(lot),
            badDebt: rad(left.debt),
            shortfall: rad(tab),
            released: rad(tab),
          } as const,
        ]
      : []),
  ]
}

const yanked = (state: State, { id, t }: Entry & Log.Yank, before: Left): Event.Cancelled => {
  state.lots.delete(id)
  return {
    _tag: 'Cancelled',
    ...ofLot(state, id, t, before),
    collateral: wad(before.collateral),
    debt: rad(before.debt),
    released: rad(before.target),
    refund: undefined,
    held: 'escrow',
    lossAt: 'seizure',
  }
}

/** What a change of terms tells: of one that only stops the clipper, the breaker. */
const change = (state: State, file: Entry & File): Result<readonly Event.Event[]> => {
  const after = filed(state.terms, file)
  if (E.isLeft(after))
    return E.left({ field: 'File.data', found: file.what, wanted: 'what the contract stores' })
  state.terms = after.right
  if (file.what === 'stopped') {
    const level = levelOf(after.right.stopped)
    return E.right([{ _tag: 'LevelChanged', line: after.right.ilk, at: file.t, level }])
  }
  state.version += 1
  return E.right([changed(state, file.t)])
}

const told = (
  state: State,
  entry: Entry,
  next: Entry | undefined,
): Result<readonly Event.Event[]> => {
  if (entry.name === 'File') return change(state, entry)
  if (entry.name === 'Kick') {
    const bark = next?.name === 'Bark' && next.id === entry.id ? next : undefined
    return E.right([opened(state, entry, bark)])
  }
  const before = state.lots.get(entry.id)
  // A bark that is none of the kick before it says nothing that counts.
  if (entry.name === 'Bark') return E.right([])
  if (before === undefined)
    return E.left({
      field: `${entry.name}.id`,
      found: `${entry.id}`,
      wanted: 'a lot that is open by a Kick before',
    })
  switch (entry.name) {
    case 'Take':
      return E.right(taken(state, entry, before))
    case 'Redo':
      return E.right([
        {
          _tag: 'Reset',
          ...ofLot(state, entry.id, entry.t, before),
          ...rewarded(entry),
          startPrice: ray(entry.top),
        },
      ])
    case 'Yank':
      return E.right([yanked(state, entry, before)])
  }
}

/** What a start read and a buyer would have paid, where the line tells it. */
const besides = (entry: Entry): Pick<Happened, 'feed' | 'max'> => {
  if (entry.name === 'Take') return { max: ray(entry.max) }
  return 'feed' in entry ? { feed: ray(entry.feed) } : {}
}

/** What a journal tells, in its order, the terms first; or the first line that tells of what was not there. */
export const happenedOf = (
  terms: Terms,
  lines: readonly Line[],
): E.Either<Untold, readonly Told[]> => {
  const state: State = { terms, version: 1, lots: new Map() }
  const at = lines[0]?.entry.t ?? 0
  const level = levelOf(terms.stopped)
  const all: Told[] = [{ line: 1, event: changed(state, at) }]
  if (level > 0) all.push({ line: 1, event: { _tag: 'LevelChanged', line: terms.ilk, at, level } })
  for (const [i, { entry, line }] of lines.entries()) {
    const events = told(state, entry, lines[i + 1]?.entry)
    if (E.isLeft(events)) return E.left({ line, ...events.left })
    for (const event of events.right) all.push({ line, event, ...besides(entry) })
  }
  return E.right(all)
}
