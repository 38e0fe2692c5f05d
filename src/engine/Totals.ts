/**
 * Totals: what many lots add up to, as sums of differences: each command adds its own, and only who
 * decides by a total reads it.
 *
 * Laws: PRT-9 (spec/10-ports.md).
 */

import { Fixed, type Event, type House, type Treasury } from '../core/index.js'
import type { Book } from './Book.js'
import type { Delta } from './Port.js'

// Model

/** What of a book is kept as totals. */
export type Totalled = Pick<Book, 'house' | 'treasury' | 'queue'>

/** The amounts of a treasury that are totals: all but whether it opens, which its house says. */
const ofTreasury = [
  'surplus',
  'losses',
  'queued',
  'onAuction',
  'selling',
  'opened',
  'lastAt',
] as const

const ofLine = ['inFlight', 'opened', 'lastAt'] as const

// Names

const houseTotal = 'house/inFlight'
const lineTotal = (line: string, what: (typeof ofLine)[number]): string => `line/${what}/${line}`
const treasuryTotal = (what: (typeof ofTreasury)[number]): string => `treasury/${what}`

/** The losses that were queued at an instant. */
export const queueTotal = (queuedAt: Fixed.Seconds): string => `queue/${queuedAt}`

/** The totals that openings in some lines, and changes of them, read. */
export const forHouse = (lines: readonly string[]): readonly string[] => [
  houseTotal,
  ...lines.flatMap((line) => ofLine.map((what) => lineTotal(line, what))),
]

/** The totals that a step of the treasury reads. */
export const forTreasury: readonly string[] = ofTreasury.map(treasuryTotal)

// Queries

const differences = <Key extends string>(
  keys: readonly Key[],
  name: (key: Key) => string,
  before: Readonly<Record<Key, bigint | number>> | undefined,
  after: Readonly<Record<Key, bigint | number>> | undefined,
): readonly Delta[] =>
  keys.flatMap((key) => {
    const amount = BigInt(after?.[key] ?? 0) - BigInt(before?.[key] ?? 0)
    return amount === 0n ? [] : [{ total: name(key), amount }]
  })

/** What a command that caused events has changed of the totals of a book. */
export const changes = (
  before: Totalled,
  after: Totalled,
  events: readonly Event.Event[],
): readonly Delta[] => {
  const lines = new Set(events.flatMap((event) => ('line' in event ? [event.line] : [])))
  const instants = new Set([...before.queue.keys(), ...after.queue.keys()])
  return [
    ...differences(['inFlight'], () => houseTotal, before.house, after.house),
    ...[...lines].flatMap((line) =>
      differences(
        ofLine,
        (what) => lineTotal(line, what),
        before.house.lines.get(line),
        after.house.lines.get(line),
      ),
    ),
    ...differences(ofTreasury, treasuryTotal, before.treasury, after.treasury),
    ...[...instants].flatMap((instant) => {
      const amount = (after.queue.get(instant) ?? 0n) - (before.queue.get(instant) ?? 0n)
      return amount === 0n ? [] : [{ total: queueTotal(instant), amount }]
    }),
  ]
}

/** All totals that a book comes to, by name; those that are nothing left out. */
export const of = ({ house, queue, treasury }: Totalled): ReadonlyMap<string, bigint> =>
  new Map(
    [
      [houseTotal, house.inFlight] as const,
      ...[...house.lines].flatMap(([name, line]) =>
        ofLine.map((what) => [lineTotal(name, what), BigInt(line[what])] as const),
      ),
      ...ofTreasury.map((what) => [treasuryTotal(what), BigInt(treasury[what])] as const),
      ...[...queue].map(([instant, amount]) => [queueTotal(instant), amount] as const),
    ].filter(([, amount]) => amount !== 0n),
  )

// Transitions

type Read = (total: string) => bigint

/** A house with what its totals say of some lines. */
export const withHouse = (
  house: House.House,
  lines: readonly string[],
  read: Read,
): House.House => ({
  ...house,
  inFlight: Fixed.rad(read(houseTotal)),
  lines: new Map([
    ...house.lines,
    ...lines.flatMap((name) => {
      const line = house.lines.get(name)
      return line === undefined
        ? []
        : [
            [
              name,
              {
                ...line,
                inFlight: Fixed.rad(read(lineTotal(name, 'inFlight'))),
                opened: Number(read(lineTotal(name, 'opened'))),
                lastAt: Number(read(lineTotal(name, 'lastAt'))),
              },
            ] as const,
          ]
    }),
  ]),
})

/** A treasury with what its totals say. */
export const withTreasury = (treasury: Treasury.Treasury, read: Read): Treasury.Treasury => {
  const money = (what: (typeof ofTreasury)[number]): Fixed.Rad =>
    Fixed.rad(read(treasuryTotal(what)))
  return {
    ...treasury,
    surplus: money('surplus'),
    losses: money('losses'),
    queued: money('queued'),
    onAuction: money('onAuction'),
    selling: money('selling'),
    opened: Number(read(treasuryTotal('opened'))),
    lastAt: Number(read(treasuryTotal('lastAt'))),
  }
}
