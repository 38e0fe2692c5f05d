/**
 * Auction: one step function over terms, whatever the kind of auction: open, decide, evolve.
 *
 * Laws: HOU-1 to HOU-6, HOU-11, HOU-12, SEI-6, SEI-7, SEI-11, SEI-12 (spec/12-house.md, spec/04-seizure.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { badTime, halted, isTime, outOfRange, refusedFirst, stage } from './Check.js'
import * as Dutch from './Dutch.js'
import * as English from './English.js'
import type { Level, OfDutch, OfEnglish, Opened, Start } from './Event.js'
import { fits, rad, type Seconds } from './Fixed.js'
import * as House from './House.js'
import type * as Lot from './Lot.js'
import * as Position from './Position.js'
import type * as Refusal from './Refusal.js'
import * as Reward from './Reward.js'
import * as Seizure from './Seizure.js'
import type * as Terms from './Terms.js'

export { evolve, open as lot } from './Lot.js'

// Model

type Sale = Dutch.Compiled | English.Compiled

/** Terms with their prices worked out: a matter of milliseconds, so done once and kept. */
export interface Compiled {
  readonly terms: Terms.Terms
  readonly sales: ReadonlyMap<string, Sale>
}

/** Seize an unsafe position and put its collateral up for sale. */
export interface Open {
  readonly _tag: 'Open'
  readonly at: Seconds
  readonly keeper: string
}

/** A command to a lot. */
export type Command = Dutch.Command | English.Command

/** The events that a command to a lot causes, or why it is refused. */
export type Decision = E.Either<Refusal.Refusal, readonly (OfDutch | OfEnglish)[]>

type Refused = E.Either<Refusal.Refusal, never>

// Constructors

const compileSale = (terms: Terms.Terms, { sale }: Terms.Collateral): Sale =>
  sale._tag === 'Dutch' ? Dutch.compile(terms, sale) : English.compile(terms, sale)

/** Works out the tables that deciding under terms needs. */
export const compile = (terms: Terms.Terms): Compiled => ({
  terms,
  sales: new Map(Position.accepted(terms).map((one) => [one.asset, compileSale(terms, one)])),
})

// Transitions

const otherTerms = (wanted: string, given: string): Refused =>
  E.left({ _tag: 'OtherTerms', rule: 'HOU-2', wanted, given })

/** Whether a position may be opened on at all, before it is looked at (HOU-1 to HOU-3). */
const admit = (
  { terms }: Compiled,
  house: House.House,
  position: Position.Position,
  at: Seconds,
): E.Either<Refusal.Refusal, House.Line> => {
  const line = house.lines.get(terms.line)
  if (line === undefined) return E.left({ _tag: 'NoSuchLine', rule: 'HOU-2', line: terms.line })
  if (position.line !== terms.line) return otherTerms(terms.line, position.line)
  if (line.version !== terms.version) return otherTerms(`${line.version}`, `${terms.version}`)
  const last = House.lastAt(house, line)
  if (!isTime(at, last)) return badTime(at, last)
  return house.opens ? E.right(line) : E.left({ _tag: 'HouseClosed', rule: 'HOU-3' })
}

/** How a part of a seizure starts its sale (DUT-9, ENG-7, ENG-8). */
const startOf = (
  sale: Sale,
  { amount, collateral, market, target }: Seizure.Part,
  at: Seconds,
): E.Either<Refusal.Refusal, Start> => {
  if (sale._tag === 'Dutch') {
    const startPrice = Dutch.startPriceOf(sale, collateral.asset, market)
    return E.isLeft(startPrice)
      ? startPrice
      : E.right({ _tag: 'Dutch', startPrice: startPrice.right })
  }
  const reserve = English.reserveOf(sale, collateral.asset, amount, target, market)
  if (E.isLeft(reserve)) return reserve
  const until = English.ends(sale, at)
  return E.isLeft(until)
    ? until
    : E.right({
        _tag: 'English',
        ...until.right,
        reserve: rad(reserve.right),
        held: sale.sale.held,
      })
}

/** The opening of the `i`-th lot of several. */
const openPart = (
  { sales, terms }: Compiled,
  line: House.Line,
  { id, owner }: Pick<Position.Position, 'id' | 'owner'>,
  { at, keeper }: Open,
  part: Seizure.Part,
  i: number,
): E.Either<Refusal.Refusal, Opened> => {
  const { amount, collateral, debt, shares, target } = part
  const { asset } = collateral
  const sale = sales.get(asset) ?? compileSale(terms, collateral)
  const begun = startOf(sale, part, at)
  if (E.isLeft(begun)) return begun
  const reward = Reward.forOpening(terms, part, i === 0)
  if (E.isLeft(reward)) return reward
  return E.right({
    _tag: 'Opened',
    lot: House.nextLot(terms.line, line, i + 1),
    line: terms.line,
    at,
    terms: terms.version,
    goods: { _tag: 'Collateral', asset, position: id, owner },
    collateral: amount,
    shares,
    debt,
    target,
    lossAt: terms.lossAt,
    binding: terms.binding,
    start: begun.right,
    keeper,
    reward: reward.right,
    payer: terms.reward.payer,
  })
}

/** The lots that parts are put up in, or the first rule that this breaks from the breaker on. */
const putUp = (
  compiled: Compiled,
  line: House.Line,
  from: Pick<Position.Position, 'id' | 'owner'>,
  parts: readonly Seizure.Part[],
  command: Open,
): E.Either<Refusal.Refusal, readonly Opened[]> => {
  if (line.level >= 1) return halted(line.level)
  if (parts.some(({ debt, shares, target }) => target <= 0n || debt < 0n || shares < 0n))
    return E.left({ _tag: 'NoTarget', rule: 'SEI-6' })
  if (parts.some(({ amount }) => amount <= 0n))
    return E.left({ _tag: 'NoCollateral', rule: 'SEI-12' })
  if (from.owner === '') return E.left({ _tag: 'NoOwner', rule: 'SEI-7' })
  const lots = parts.map((part, i) => openPart(compiled, line, from, command, part, i))
  const refusal = lots.reduce<Refusal.Refusal | undefined>(
    (first, one) =>
      E.isLeft(one) && (first === undefined || stage(one.left) < stage(first)) ? one.left : first,
    undefined,
  )
  return refusal === undefined ? E.sequenceArray(lots) : E.left(refusal)
}

const sumOf = (parts: readonly Seizure.Part[]): bigint =>
  parts.reduce((sum, { target }) => sum + target, 0n)

/**
 * The lots that collateral already in hand is put up in, at no ceiling, for debts that were seized with it
 * here or elsewhere; or the first rule that this breaks: HOU-2, HOU-1, FIX-5, HOU-4, SEI-6, SEI-12, SEI-7,
 * SEI-11, DUT-9; of several lots that break a rule of one stage, the first is named.
 */
export const start =
  (compiled: Compiled) =>
  (
    line: House.Line,
    from: Pick<Position.Position, 'id' | 'owner'>,
    parts: readonly Seizure.Part[],
    command: Open,
  ): E.Either<Refusal.Refusal, readonly Opened[]> => {
    const { sales, terms } = compiled
    if (line.version !== terms.version) return otherTerms(`${line.version}`, `${terms.version}`)
    const foreign = parts.find(({ collateral }) => !sales.has(collateral.asset))
    if (foreign !== undefined) return otherTerms(foreign.collateral.asset, terms.line)
    if (!isTime(command.at, line.lastAt)) return badTime(command.at, line.lastAt)
    const numbers = parts.flatMap(({ amount, debt, shares, target }) => [
      amount,
      debt,
      shares,
      target,
    ])
    return [...numbers, line.inFlight + sumOf(parts)].every((n) => fits(terms.width, n))
      ? putUp(compiled, line, from, parts, command)
      : outOfRange('money in flight', 180)
  }

/**
 * The lots that an unsafe position's collateral is put up in, or the first rule that this breaks, in
 * the order of the stages: HOU-2, HOU-1, HOU-3, POS-3, POS-2, SEI-1, SEI-4, SEI-5, SEI-8, HOU-4,
 * SEI-6, SEI-7, SEI-11, DUT-9; of several lots that break a rule of one stage, the first is named.
 * Reads the house's totals and one line's.
 */
export const open =
  (compiled: Compiled) =>
  (
    house: House.House,
    position: Position.Position,
    quotes: readonly Position.Quote[],
    command: Open,
  ): E.Either<Refusal.Refusal, readonly Opened[]> => {
    const { terms } = compiled
    const line = admit(compiled, house, position, command.at)
    if (E.isLeft(line)) return line
    const health = Position.liquidatable(terms, position, quotes)
    if (E.isLeft(health)) return health
    const plan = Seizure.plan(terms, position, quotes, House.room(house, line.right, terms))
    if (E.isLeft(plan)) return plan
    return fits(terms.width, house.inFlight + sumOf(plan.right))
      ? putUp(compiled, line.right, position, plan.right, command)
      : outOfRange('money in flight', 180)
  }

/** A lot whose asset is no longer sold as it was can still be settled, half open, or handed back (HOU-2). */
const wayOut = (terms: Terms.Terms, lot: Lot.Lot, command: Command): Decision | undefined => {
  const { _tag, at } = command
  if (_tag !== 'Cancel' && (_tag !== 'Settle' || lot._tag === 'Dutch')) return undefined
  const refused = refusedFirst(0, lot, command)
  if (refused !== undefined) return refused
  if (lot._tag === 'Dutch') return Dutch.cancel(terms, lot, at)
  return _tag === 'Settle'
    ? English.settle({ terms, sale: { edges: 'halfOpen' } }, lot, at)
    : English.cancel(terms, lot, at)
}

/**
 * The events that a command to a lot causes, or the first rule that it breaks: HOU-2, and then those of
 * Dutch.decide or English.decide. Reads one lot and its line's breaker, however many lots there are.
 *
 * @example Auction.decide(Auction.compile(terms))(0, lot, { _tag: 'Cancel', at: 7 })
 */
export const decide =
  ({ sales, terms }: Compiled) =>
  (level: Level, lot: Lot.Lot, command: Command): Decision => {
    if (lot.line !== terms.line) return otherTerms(lot.line, terms.line)
    if (lot.binding === 'atOpening' && lot.terms !== terms.version)
      return otherTerms(`${lot.terms}`, `${terms.version}`)
    if (lot.goods._tag !== 'Collateral') return otherTerms(lot.goods.token, terms.line)
    const sale = sales.get(lot.goods.asset)
    if (sale === undefined || sale._tag !== lot._tag)
      return wayOut(terms, lot, command) ?? otherTerms(lot.goods.asset, terms.line)
    return lot._tag === 'Dutch'
      ? Dutch.decide(sale as Dutch.Compiled, level, lot, command)
      : English.decide(sale as English.Compiled, level, lot, command)
  }
