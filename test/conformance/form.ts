/**
 * Form: what the lines of spec/conformance are made of: decisions, postings and states as JSON.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Decimal, Shape, States } from '../../src/codec/index.js'
import { Account, type Book, Denied, Record } from '../../src/engine/index.js'
import {
  type Event,
  Fixed,
  type House,
  Ledger,
  type Refusal,
  type Treasury,
} from '../../src/index.js'

// Model

/** A line, or a part of one. */
export type Fields = Readonly<{ [name: string]: unknown }>

/** A line that is none. */
export class Unreadable extends Error {}

// Books

const { closed, decided, flag, oneOfNumbers, whole } = Shape

export const ofLine: Shape.Codec<House.Line> = closed('line', {
  level: oneOfNumbers(0, 1, 2, 3),
  version: whole,
  inFlight: decided.rad,
  opened: whole,
  lastAt: whole,
})

export const ofTreasury: Shape.Codec<Treasury.Treasury> = closed('treasury', {
  surplus: decided.rad,
  losses: decided.rad,
  queued: decided.rad,
  onAuction: decided.rad,
  selling: decided.rad,
  opens: flag,
  opened: whole,
  lastAt: whole,
})

const byName = <A>(all: ReadonlyMap<string | number, A>, write: (one: A) => unknown): Fields =>
  Object.fromEntries([...all].map(([name, one]) => [name, write(one)]))

/** How a book stands. */
export const stateOf = ({ house, lots, positions, queue, treasury }: Book.Book): Fields => ({
  house: {
    opens: house.opens,
    ceiling: Decimal.formatRad(house.ceiling),
    inFlight: Decimal.formatRad(house.inFlight),
    lines: byName(house.lines, ofLine.encode),
    lastAt: house.lastAt,
  },
  treasury: ofTreasury.encode(treasury),
  queue: byName(queue, Decimal.formatRad),
  positions: byName(positions, States.heldPosition.encode),
  lots: byName(lots, States.lot.encode),
})

const posting = ({ amount, asset, from, to }: Ledger.Posting): Fields => ({
  asset: Account.nameOf(asset),
  from: Account.nameOf(from),
  to: Account.nameOf(to),
  amount:
    'of' in asset ? Decimal.formatWad(Fixed.wad(amount)) : Decimal.formatRad(Fixed.rad(amount)),
})

/** Why nothing happens. */
export const refused = (refusal: Denied.Refusal | Refusal.Refusal): Fields => ({
  refusal: Denied.codec.encode(refusal),
})

/** What happened and the postings of it, or why nothing did. */
export const decision = (
  made: E.Either<Denied.Refusal | Refusal.Refusal, readonly Event.Event[]>,
): Fields =>
  E.isLeft(made)
    ? refused(made.left)
    : {
        events: made.right.map(Record.codec.encode),
        postings: made.right.flatMap(Ledger.postings).map(posting),
      }

/** The value that a part of a line is. */
export const read = <A>(codec: Shape.Codec<A>, value: unknown): A => {
  const made = Shape.read(codec, { value, lineOf: () => 1 })
  if (E.isRight(made)) return made.right
  const { field, found, wanted } = made.left
  throw new Unreadable(`${field}: found ${found.slice(0, 64)}, wanted ${wanted}`)
}
