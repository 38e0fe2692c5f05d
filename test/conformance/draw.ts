/**
 * Draw: what may be asked next: setups, and the commands of a book as it stands, most of them near what makes sense.
 */

import fc from 'fast-check'
import { Ask, type Book } from '../../src/engine/index.js'
import { type Auction, Fixed, type Lot, type Position, type Terms } from '../../src/index.js'
import * as Arbitrary from '../../src/testing/Arbitrary.js'
import {
  lines as names,
  setup as arbitrarySetup,
  type Setup,
  setupOf,
  type Unit,
  units,
} from '../../src/testing/Setup.js'
import * as Steer from '../../src/testing/Steer.js'
import type { Random } from '../random.js'
import { type Item, type Script, spoilt } from './edge.js'

// What may be drawn

/** Units at which products pass 2^256: of an amount and a price, of two amounts, of money and a factor. */
const large: readonly Unit[] = [
  { wad: 10n ** 28n, ray: 10n ** 10n },
  { wad: 10n ** 39n, ray: 1n },
  { wad: 10n ** 57n, ray: 1n },
  { wad: 10n ** 38n, ray: 10n ** 38n },
  { wad: 10n ** 37n, ray: 10n ** 37n },
]

/** Mostly those that histories have, the width of half of the others a word. */
const anySetup: fc.Arbitrary<Setup> = fc.oneof(
  { weight: 2, arbitrary: arbitrarySetup },
  fc.constantFrom(...large).chain((unit) =>
    fc.tuple(setupOf(unit), fc.array(Arbitrary.width, { minLength: 6, maxLength: 6 })).map(
      ([made, widths]): Setup => ({
        ...made,
        treasuryTerms: { ...made.treasuryTerms, width: widths[5] ?? 'uint256' },
        terms: made.terms.map((one, i) => ({ ...one, width: widths[i] ?? 'uint256' })),
      }),
    ),
  ),
)

const CHUNK = 20

/** The setups of a seed, drawn as they are needed. */
export const setups = function* (seed: number): Generator<Setup, never> {
  for (let chunk = 0; ; chunk += 1)
    yield* fc.sample(anySetup, { seed: seed * 1_000_003 + chunk, numRuns: CHUNK })
}

const hostile: readonly Position.Position[] = fc.sample(Arbitrary.position('p1'), {
  seed: 7,
  numRuns: 300,
})

const pickOf = (random: Random): Steer.Pick => ({
  kind: random.below(100),
  which: random.below(1000),
  size: random.chance(0.7) ? random.below(1001) : (random.pick([0, 500, 1000]) ?? 0),
  edge: random.pick([-1, 0, 0, 0, 1] as const) ?? 0,
  wait: random.chance(0.6)
    ? random.below(4)
    : random.chance(0.85)
      ? random.below(31)
      : random.below(401) - 1,
  bidder: random.pick(['ann', 'bob', 'eve']) ?? 'ann',
  wild: random.chance(0.93)
    ? undefined
    : random.pick([0n, -1n, -(10n ** 30n), 1n, 10n ** 30n, 2n ** 256n - 1n, 2n ** 257n]),
})

const ask = (command: Book.Command): Item => ({ _tag: 'Ask', command })

const longest = (value: unknown): bigint => {
  if (typeof value === 'bigint') return value < 0n ? -value : value
  if (typeof value !== 'object' || value === null) return 0n
  return Object.values(value).reduce<bigint>((most, one) => Fixed.max(most, longest(one)), 0n)
}

/** Whether lines can say it: whole times, and numbers no longer than a reader takes (DEC-3). */
export const isSayable = (script: Script): boolean =>
  script.every(
    (item) => longest(item) < 10n ** 110n && (item._tag === 'Hold' || Ask.codec.is(item.command)),
  )

/** A position as it stands, or another in its place: with more debt, of a unit that grew, or any at all. */
const heldAgain = (random: Random, setup: Setup, book: Book.Book): Position.Position => {
  const first = random.pick(setup.positions) as Position.Position
  const { holdings, id, ...rest } = book.positions.get(first.id) ?? first
  const any = random.pick(hostile) as Position.Position
  const [asset] = holdings
  switch (random.below(8)) {
    case 0:
      return { ...any, id, line: rest.line }
    case 1:
      return { id, ...rest, holdings, index: Fixed.ray(rest.index + BigInt(random.below(5))) }
    case 2:
      return { id, ...rest, holdings: asset === undefined ? any.holdings : [asset, ...holdings] }
    case 3:
      return { id, ...rest, holdings, line: random.pick(['NONE', ...names]) ?? '' }
    case 4:
      return { id, ...rest, holdings: holdings.slice(1), owner: random.pick(['', 'olga']) ?? '' }
    default:
      return first
  }
}

const opening = (
  random: Random,
  setup: Setup,
  book: Book.Book,
  now: number,
  position: string,
): Item => {
  const one = { ...pickOf(random), kind: 0 }
  const command = Steer.command(setup, book, one, now)
  const opens = command._tag === 'Open' ? { ...command, position } : command
  if (opens._tag !== 'Open' || random.chance(0.8)) return ask(opens)
  // Of an asset that is quoted twice the first counts.
  const { quotes } = opens
  if (random.chance(0.5)) return ask({ ...opens, quotes: [...quotes.slice(0, 2), ...quotes] })
  return ask({ ...opens, quotes: quotes.map((one) => ({ ...one, market: HIGH })) })
}

/** A market price that a start price can still be formed from, where hardly any amount's price can. */
const HIGH = Fixed.ray(10n ** 49n)

/** Terms with one setting that somebody would not choose, or of an asset listed twice. */
const odd = (random: Random, terms: Terms.Terms): Terms.Terms => {
  const [first] = terms.collaterals
  switch (random.below(6)) {
    case 0:
      return { ...terms, collaterals: first === undefined ? [] : [...terms.collaterals, first] }
    case 1:
      return { ...terms, sizing: { ...terms.sizing, closeFactor: Fixed.wad(-1n) } }
    case 2:
      return {
        ...terms,
        collaterals: terms.collaterals.map((one) => ({ ...one, asset: 'Money' })),
      }
    case 3:
      return { ...terms, collaterals: [] }
    case 4:
      return { ...terms, version: terms.version + (random.pick([1, -1]) ?? 1) }
    default:
      return { ...terms, ceiling: Fixed.rad(-1n) }
  }
}

/** Whether the prices of terms need no table: those are worked out again and again where an edge is looked for. */
const hasNoTables = ({ collaterals }: Terms.Terms): boolean =>
  collaterals.every(
    ({ sale }) =>
      sale._tag === 'English' || ['Constant', 'Linear', 'Piecewise'].includes(sale.curve._tag),
  )

const nextTerms = (random: Random, setup: Setup, book: Book.Book, now: number): Item => {
  const name = random.pick(names) ?? ''
  const version = (book.house.lines.get(name)?.version ?? 0) + 1
  const any = random.pick(setup.terms.filter(hasNoTables)) ?? setup.terms[0]
  if (any === undefined) throw new Error('no terms')
  const terms = { ...any, line: name, version }
  const changed = random.chance(0.3) ? odd(random, terms) : terms
  return ask({ _tag: 'ToHouse', command: { _tag: 'ChangeTerms', at: now, terms: changed } })
}

/** Any command to a lot, for what stands, at any time that matters. */
const other = (random: Random, lot: Lot.Lot, now: number): Book.Command => {
  const ends = lot._tag === 'English' ? [lot.endsAt, lot.bidExpiresAt ?? now, lot.hardEndsAt] : []
  const at = (random.pick([now, now, lot.lastAt, ...ends]) ?? now) + random.below(3) - 1
  const [bid, sold] =
    lot._tag === 'English' ? [lot.bid, lot.sold] : [BigInt(lot.target), BigInt(lot.collateral)]
  const more = BigInt(random.below(3))
  const market = Fixed.ray(random.pick([0n, -1n, 1n, Fixed.RAY, HIGH]) ?? 0n)
  const command = random.pick<Auction.Command>([
    { _tag: 'Raise', at, bidder: 'eve', bid: bid + more, sold },
    { _tag: 'Shrink', at, bidder: 'eve', bid, sold: sold - more },
    { _tag: 'Restart', at, market },
    { _tag: 'Settle', at },
    { _tag: 'Cancel', at },
    { _tag: 'Reset', at, keeper: 'kim', market },
    {
      _tag: 'Take',
      at,
      bidder: 'eve',
      want: { _tag: 'All' },
      limit: market,
      atLeast: Fixed.wad(more),
    },
  ])
  return { _tag: 'ToLot', lot: lot.id, command: command ?? { _tag: 'Settle', at } }
}

/** Names of lots that look like some, or like nothing. */
const strange = ['MAIN/999', 'MAIN/01', 'MAIN/', '/1', 'MAIN', '', 'TREASURY/99', 'NONE/1']

/** Some items that end with a command. */
const plain = (random: Random, setup: Setup, book: Book.Book, now: number): Script => {
  const steered = (): Item => ask(Steer.command(setup, book, pickOf(random), now))
  const { rad } = units(setup.unit)
  switch (random.below(40)) {
    case 0:
    case 1: {
      const position = heldAgain(random, setup, book)
      return [{ _tag: 'Hold', position }, opening(random, setup, book, now, position.id)]
    }
    case 2: {
      const ceiling = Fixed.rad(book.house.inFlight + rad(BigInt(random.below(300))))
      const change: Item = ask({
        _tag: 'ToHouse',
        command: { _tag: 'ChangeHouse', at: now, ceiling, opens: true },
      })
      const { id } = random.pick(setup.positions) as Position.Position
      return [change, opening(random, setup, book, now, id)]
    }
    case 3: {
      const amount = rad(1n + BigInt(random.below(60)))
      const receive = { _tag: 'Receive', at: now, from: 'fees', amount } as const
      return [ask({ _tag: 'ToTreasury', command: receive }), steered()]
    }
    case 4:
      return [nextTerms(random, setup, book, now), ...(random.chance(0.5) ? [steered()] : [])]
    case 6:
    case 7:
    case 8: {
      const lot = random.pick([...book.lots.values()])
      return lot === undefined ? [steered()] : [ask(other(random, lot, now))]
    }
    case 5: {
      const lot = random.pick(strange) ?? ''
      return [ask({ _tag: 'ToLot', lot, command: { _tag: 'Cancel', at: now } })]
    }
    default:
      return [steered()]
  }
}

/** What every session begins with, besides the positions: terms of each line. */
export const beginning = (setup: Setup): Script =>
  setup.terms
    .slice(0, names.length)
    .map((terms) => ask({ _tag: 'ToHouse', command: { _tag: 'ChangeTerms', at: 0, terms } }))

/** Some items that end with a command, which now and then is wrong in one place or two. */
export const draw = (random: Random, setup: Setup, book: Book.Book, now: number): Script => {
  const drawn = plain(random, setup, book, now)
  if (!isSayable(drawn) || random.chance(0.8)) return drawn
  const once = spoilt(random, drawn)
  return random.chance(0.5) ? once : spoilt(random, once)
}

/** Whether what becomes of a script is soon worked out, however often. */
export const isQuick = (script: Script): boolean =>
  script.every(
    (item) =>
      item._tag === 'Hold' ||
      item.command._tag !== 'ToHouse' ||
      item.command.command._tag !== 'ChangeTerms' ||
      hasNoTables(item.command.command.terms),
  )
