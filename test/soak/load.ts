/**
 * Load: commands of every kind from a seed, most of which make sense, since what was answered is learnt. A command does not
 * change once it has its id: it may be sent as often as need be.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Fixed, type Lot, Treasury } from '../../src/index.js'
import {
  exampleDutch,
  exampleEnglish,
  exampleTerms,
  exampleTreasuryTerms,
  price,
  rad,
  ray,
  wad,
} from '../example.js'
import { Ask, Book, Record } from './engine.js'
import type { Answered, Asked, Told } from './protocol.js'
import type { Random } from '../random.js'

// What a store is set up with

export interface House {
  readonly positions: number
  readonly ceiling: Fixed.Rad
  /** The least by which a bid raises (0.05). */
  readonly minRaise?: Fixed.Wad
}

const english = { ...exampleEnglish, bidLasts: 1800n, lasts: 7200n }

const termsOf = ({ minRaise = english.minRaise }: House): typeof exampleTerms => ({
  ...exampleTerms,
  collaterals: exampleTerms.collaterals.map((one) => ({
    ...one,
    sale:
      one.sale._tag === 'Dutch'
        ? { ...exampleDutch, minLeft: rad('0'), minCollateralLeft: wad('0') }
        : { ...english, minRaise },
  })),
})

const treasuryTerms: typeof exampleTreasuryTerms = {
  ...exampleTreasuryTerms,
  wait: 600n,
  surplus: {
    ...exampleTreasuryTerms.surplus,
    lot: rad('1000'),
    buffer: rad('2000'),
    sale: english,
  },
  debt: {
    ...exampleTreasuryTerms.debt,
    lot: rad('2000'),
    sale: { ...exampleTreasuryTerms.debt.sale, bidLasts: 1800n, lasts: 7200n },
  },
}

export const asked = (id: string, ask: Ask.Ask): Asked => ({ id, ask: Ask.codec.encode(ask) })

const held = (i: number): Extract<Ask.Ask, { _tag: 'Hold' }>['position'] => ({
  id: `p${i}`,
  owner: `owner ${i}`,
  line: 'MAIN',
  holdings: [
    i % 2 === 0 ? { asset: 'ETH', amount: wad('10') } : { asset: 'BTC', amount: wad('1') },
  ],
  shares: wad('10000'),
  index: Fixed.RAY,
})

/** How a position stands that takes up a megabyte. */
export const bulk = (random: Random, id: string): Asked => {
  const letter = (): string => String.fromCharCode(97 + random.below(26))
  const asset = (): string => Array.from({ length: 250 }, letter).join('')
  const holdings = Array.from({ length: 3500 }, () => ({ asset: asset(), amount: wad('1') }))
  return asked(id, { _tag: 'Hold', position: { ...held(0), id, holdings }, seen: 0 })
}

const quote = (asset: string, n: bigint): Ask.Ask => ({
  _tag: 'Quote',
  asset,
  risk: price(n),
  market: price(n),
})

/** What a store is asked first. */
export const founding = (house: House): readonly Asked[] => [
  asked('establish', { _tag: 'Establish', treasury: treasuryTerms, money: 6, tokens: [] }),
  asked('terms', { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', terms: termsOf(house) } }),
  asked('house', {
    _tag: 'ToHouse',
    command: { _tag: 'ChangeHouse', ceiling: house.ceiling, opens: true },
  }),
  asked('eth', quote('ETH', 1400n)),
  asked('btc', quote('BTC', 14_000n)),
  ...Array.from({ length: house.positions }, (_, i) =>
    asked(`hold ${i}`, { _tag: 'Hold', position: held(i), seen: 0 }),
  ),
]

// What is known of a store by its answers

export interface Load {
  readonly learn: (answer: Answered) => void
  readonly next: () => { readonly now: number; readonly requests: readonly Asked[] }
  /** The time, as far as the load has come. */
  readonly now: () => number
  readonly book: Book.Book
  /** How many entries of a stream are known. */
  readonly endOf: (stream: string) => number
}

type One<A extends Ask.Ask['_tag']> = Extract<Ask.Ask, { readonly _tag: A }>
type ToLot = One<'ToLot'>['command']

const part = (whole: bigint, random: Random, most: number): bigint =>
  (whole * BigInt(1 + random.below(most))) / 100n

const toDutch = (lot: Lot.Dutch, random: Random): ToLot => {
  const choice = random.below(100)
  if (choice < 3) return { _tag: 'Cancel' }
  if (choice < 15) return { _tag: 'Reset', keeper: `k${random.below(5)}` }
  return {
    _tag: 'Take',
    bidder: `b${random.below(9)}`,
    want:
      choice < 25
        ? { _tag: 'All' }
        : { _tag: 'Amount', amount: Fixed.wad(part(lot.collateral, random, 20)) },
    limit: ray('1000000'),
    atLeast: wad('0'),
  }
}

const toEnglish = (lot: Lot.English, random: Random, now: number): ToLot => {
  const choice = random.below(100)
  const end = Math.min(lot.bidExpiresAt ?? lot.endsAt, lot.endsAt)
  if (choice < 2) return { _tag: 'Cancel' }
  if (choice < 6 || now >= end)
    return lot.bidder === undefined ? { _tag: 'Restart' } : { _tag: 'Settle' }
  const bidder = `b${random.below(9)}`
  const isCapped = lot.goods._tag === 'Collateral'
  if (lot.goods._tag === 'Debt' || (isCapped && lot.bid === lot.target))
    return {
      _tag: 'Shrink',
      bidder,
      bid: lot.bid,
      sold: (lot.sold * BigInt(70 + random.below(25))) / 100n,
    }
  const raised = Fixed.max((lot.bid * BigInt(105 + random.below(40))) / 100n + 1n, lot.reserve)
  const bid = isCapped ? Fixed.min(raised, lot.target) : Fixed.max(raised, wad('1'))
  return { _tag: 'Raise', bidder, bid, sold: lot.sold }
}

/** `pace` is the most by which time goes on between two commands. */
export const make = (random: Random, house: House, name: string, pace = 60): Load => {
  const { positions } = house
  const book = Book.make(rad('0'), treasuryTerms)
  const streams = new Map<string, { applied: number; readonly known: Map<number, Told> }>()
  let now = 1_000_000
  let count = 0

  const endOf = (stream: string): number => streams.get(stream)?.applied ?? 0

  const apply = (told: Told): void => {
    const read = Record.read(told)
    if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
    const record = read.right
    if (record._tag === 'Held') Book.hold(book, record.position)
    else if (Record.isEvent(record)) Book.apply(book, record)
  }

  /** In the order of each stream: answers may come in another. */
  const learn = (answer: Answered): void => {
    if (answer._tag !== 'Done') return
    for (const told of answer.happened) {
      const stream = streams.get(told.stream) ?? { applied: 0, known: new Map<number, Told>() }
      streams.set(told.stream, stream)
      if (told.sequence <= stream.applied) continue
      stream.known.set(told.sequence, told)
      for (;;) {
        const next = stream.known.get(stream.applied + 1)
        if (next === undefined) break
        stream.known.delete(next.sequence)
        stream.applied = next.sequence
        apply(next)
      }
    }
  }

  const toTreasury = (): Ask.Ask => {
    const { surplus } = book.treasury
    const ready = Treasury.ready(book.treasury)
    const queuedAt = random.pick([...book.queue.keys()])
    const choice = random.below(10)
    if (choice < 3 && queuedAt !== undefined)
      return { _tag: 'ToTreasury', command: { _tag: 'Mature' }, queuedAt }
    if (choice < 6 && surplus > 0n && ready > 0n)
      return {
        _tag: 'ToTreasury',
        command: { _tag: 'Heal', amount: Fixed.min(surplus, ready), of: 'ready' },
      }
    if (choice < 8)
      return { _tag: 'ToTreasury', command: { _tag: choice === 6 ? 'OpenDebt' : 'OpenSurplus' } }
    return {
      _tag: 'ToTreasury',
      command: {
        _tag: 'Receive',
        from: 'fees',
        amount: Fixed.rad(BigInt(random.below(500)) * Fixed.RAD),
      },
    }
  }

  const toHouse = (): Ask.Ask => {
    const line = book.house.lines.get('MAIN')
    const choice = random.below(3)
    if (choice === 0)
      return {
        _tag: 'ToHouse',
        command: {
          _tag: 'ChangeTerms',
          terms: { ...termsOf(house), version: (line?.version ?? 0) + 1 },
        },
      }
    return choice === 1
      ? { _tag: 'ToHouse', command: { _tag: 'ChangeLevel', line: 'MAIN', level: 0 } }
      : {
          _tag: 'ToHouse',
          command: { _tag: 'ChangeHouse', ceiling: book.house.ceiling, opens: true },
        }
  }

  const one = (): Ask.Ask => {
    const choice = random.below(100)
    const i = random.below(positions)
    if (choice < 14) return { _tag: 'Open', keeper: `k${random.below(5)}`, position: `p${i}` }
    if (choice < 22) {
      const spent = Array.from({ length: positions }, (_, j) => j).find(
        (j) => j >= i && book.positions.get(`p${j}`)?.shares === 0n,
      )
      const position = held(spent ?? i)
      return { _tag: 'Hold', position, seen: endOf(Record.positionStream(position.id)) }
    }
    if (choice < 24)
      return random.chance(0.5)
        ? quote('ETH', 1350n + BigInt(random.below(100)))
        : quote('BTC', 13_500n + BigInt(random.below(1000)))
    if (choice < 34) return toTreasury()
    if (choice < 35) return toHouse()
    const lot = random.pick([...book.lots.values()].filter(({ ended }) => !ended))
    if (lot === undefined) return { _tag: 'Open', keeper: 'kim', position: `p${i}` }
    const command = lot._tag === 'Dutch' ? toDutch(lot, random) : toEnglish(lot, random, now)
    return { _tag: 'ToLot', lot: lot.id, command }
  }

  return {
    book,
    endOf,
    learn,
    now: () => now,
    next: () => {
      now += random.below(pace)
      const many = random.chance(0.2) ? 2 + random.below(4) : 1
      const requests = Array.from({ length: many }, () => {
        count += 1
        return asked(`${name} ${count}`, one())
      })
      return { now, requests }
    },
  }
}
