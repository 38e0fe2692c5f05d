/**
 * WhatIf: the command that plays a log of real purchases again under other settings.
 *
 * Laws: WIF-1, WIF-7, WIF-9 (spec/30-whatif.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Csv, Decimal, HazardsJson } from '../codec/index.js'
import type { Terms } from '../core/index.js'
import { type Fate, Outcome, Recorded, Settings, Told, WhatIf } from '../tuning/index.js'
import * as Asked from './Asked.js'
import { Figures } from '../report/index.js'
import { type Io, mismatch, oneLine, type Problem } from './Io.js'
import * as Refused from './Refused.js'
import * as Auctions from './Auctions.js'

export interface Flags {
  readonly set: string
  readonly terms?: string
  readonly unchecked?: boolean
  readonly json?: boolean
}

// Reading

const form = 'name=value, several with commas between'

const settingsOf = (text: string): E.Either<Problem, readonly Settings.Setting[]> =>
  pipe(
    text.split(',').map((part) => part.trim()),
    E.traverseArray((part) => {
      const [name = '', value, more] = part.split('=')
      return name === '' || value === undefined || more !== undefined
        ? E.left(mismatch('--set', part, form))
        : E.right({ name, text: value })
    }),
    E.filterOrElse(
      (all) => new Set(all.map(({ name }) => name)).size === all.length,
      () => mismatch('--set', text, `each setting once: ${form}`),
    ),
  )

const logOf = (
  io: Io,
  file: string,
  terms: Terms.Terms | undefined,
): E.Either<Problem, Recorded.Log> =>
  pipe(
    io.read(file),
    E.mapLeft((why) => `${file}: ${why}, wanted a log as in spec/30-whatif.md`),
    E.chain((text) =>
      pipe(
        Told.parse(text),
        E.chain((told) => Recorded.make(told, terms)),
        E.mapLeft(Csv.render(file)),
      ),
    ),
  )

const unfit = (why: Settings.Unfit | WhatIf.NotOpened): Problem => {
  switch (why._tag) {
    case 'NotOfSale':
      return mismatch(
        '--set',
        why.name,
        "a setting of how lots are sold: which lots are opened is the log's (WIF-7)",
      )
    case 'Hazardous': {
      const { found, wanted } = HazardsJson.describe(why.hazard)
      return `--set: ${why.hazard.parameter}: found ${found}, wanted ${wanted} (${why.hazard.rule}), or --unchecked`
    }
    case 'NotOpened':
      return oneLine(
        `--set: lot ${why.lot} would not be opened so: ${Refused.inWords(why.refusal)}`,
      )
    default:
      return Asked.unfit('--set', why)
  }
}

// Telling

const rows: readonly (readonly [string, (all: Fate.Totals) => string])[] = [
  ['purchases', ({ takes }) => Figures.count(takes)],
  ['new starts', ({ resets }) => Figures.count(resets)],
  ['debt repaid', ({ debt }) => Figures.money(debt.repaid)],
  ['penalty collected', ({ penalty }) => Figures.money(penalty)],
  ['bad debt', ({ debt }) => Figures.money(debt.bad)],
  ['collateral sold', ({ collateral }) => Figures.amount(collateral.sold)],
  ['collateral returned to owners', ({ collateral }) => Figures.amount(collateral.returned)],
  ['lots left open', ({ openLots }) => Figures.count(openLots)],
  ['left open: collateral', ({ collateral }) => Figures.amount(collateral.open)],
  ['left open: debt', ({ debt }) => Figures.money(debt.open)],
  ['cancelled: debt', ({ debt }) => Figures.money(debt.cancelled)],
  ["owners' loss against the last price known", ({ ownersLoss }) => Figures.money(ownersLoss)],
  ['rewards', ({ rewards }) => Figures.money(rewards)],
  [
    'time to clear, median',
    ({ secondsToClear }) =>
      secondsToClear === undefined ? '-' : Figures.seconds(secondsToClear.median),
  ],
  [
    'time to clear, 95th percentile',
    ({ secondsToClear }) =>
      secondsToClear === undefined ? '-' : Figures.seconds(secondsToClear.p95),
  ],
]

/** What is assumed, and what the log therefore cannot tell. */
const assumption = [
  'Each bidder buys what he bought, at the first moment from the start of that price on at which it is no more than what he paid.',
  'A new start comes as late after it is due as the one recorded in its place, else at once while somebody waits, from the last price that the log tells.',
  'It cannot tell who stayed away and would have come, who would have paid more, what other prices would have done, or gas.',
] as const

const bidsLeftOut = (byBids: number): string =>
  byBids === 0 ? '' : `, ${Figures.counted(byBids, 'auction')} by bids left out`

const plainly = (
  file: string,
  { set }: Flags,
  { byBids }: Recorded.Log,
  { changed, lots, recorded }: WhatIf.WhatIf,
): string => {
  const missed = lots.reduce((sum, lot) => sum + lot.missed, 0)
  return [
    oneLine(`${file}: ${Figures.counted(lots.length, 'lot')}${bidsLeftOut(byBids)}, with ${set}`),
    '',
    Figures.table([
      ['', 'recorded', 'what if'],
      ...rows.map(([name, cell]) => [name, cell(recorded), cell(changed)]),
    ]),
    `${Figures.counted(missed, 'purchase')} of the log ${missed === 1 ? 'does' : 'do'} not come about.`,
    ...assumption,
    '',
  ].join('\n')
}

const { formatRad: rad, formatWad: wad } = Decimal

const fateJson = ({ cancelled, events, of, open, rewards, takes }: Fate.Fate): unknown => ({
  takes,
  resets: of.resets,
  closedAt: of.closedAt ?? null,
  repaid: rad(of.repaid),
  penalty: rad(of.penalty),
  badDebt: rad(of.bad),
  ownersLoss: rad(Outcome.ownersLoss(of)),
  rewards: rad(rewards),
  sold: wad(of.sold),
  returned: wad(of.returned),
  open: { collateral: wad(open.collateral), debt: rad(open.debt) },
  cancelled: { collateral: wad(cancelled.collateral), debt: rad(cancelled.debt) },
  purchases: events.flatMap((event) =>
    event._tag === 'Taken'
      ? [
          {
            at: event.at,
            bidder: event.bidder,
            price: Decimal.formatRay(event.price),
            bought: wad(event.bought),
            repaid: rad(event.repaid),
            penalty: rad(event.penalty),
          },
        ]
      : [],
  ),
})

const totalsJson = (all: Fate.Totals): unknown => ({
  debt: {
    seized: rad(all.debt.seized),
    repaid: rad(all.debt.repaid),
    open: rad(all.debt.open),
    bad: rad(all.debt.bad),
    cancelled: rad(all.debt.cancelled),
  },
  collateral: {
    seized: wad(all.collateral.seized),
    sold: wad(all.collateral.sold),
    open: wad(all.collateral.open),
    returned: wad(all.collateral.returned),
    cancelled: wad(all.collateral.cancelled),
  },
  penalty: rad(all.penalty),
  rewards: rad(all.rewards),
  ownersLoss: rad(all.ownersLoss),
  takes: all.takes,
  resets: all.resets,
  openLots: all.openLots,
  secondsToClear: all.secondsToClear ?? null,
})

const document = (
  file: string,
  settings: readonly Settings.Setting[],
  { byBids }: Recorded.Log,
  { changed, lots, recorded }: WhatIf.WhatIf,
): string =>
  `${JSON.stringify(
    {
      file,
      set: Object.fromEntries(settings.map(({ name, text }) => [name, text])),
      assumption,
      auctionsByBidsLeftOut: byBids,
      recorded: totalsJson(recorded),
      whatIf: totalsJson(changed),
      lots: lots.map(({ changed, missed, recorded }) => ({
        lot: recorded.of.lot,
        position: recorded.of.position,
        openedAt: recorded.of.openedAt,
        collateral: wad(recorded.of.collateral),
        debt: rad(recorded.of.debt),
        missed,
        recorded: fateJson(recorded),
        whatIf: fateJson(changed),
      })),
    },
    null,
    2,
  )}\n`

/** Prints what became of a log's lots beside what would have: 0, or why it cannot be said. */
export const whatIf = (io: Io, file: string, flags: Flags): E.Either<Problem, 0> =>
  pipe(
    E.Do,
    E.apS('settings', settingsOf(flags.set)),
    E.apSW(
      'given',
      flags.terms === undefined
        ? E.right(undefined)
        : // What was in force is history, whatever is wrong with it.
          pipe(
            Auctions.readTerms(io, flags.terms, true),
            E.map(({ terms }) => terms),
          ),
    ),
    E.bindW('log', ({ given }) => logOf(io, file, given)),
    E.bindW('found', ({ log, settings }) =>
      pipe(WhatIf.run(log, Settings.put(settings, flags.unchecked === true)), E.mapLeft(unfit)),
    ),
    E.map(({ found, log, settings }) => {
      io.out(
        flags.json === true
          ? document(file, settings, log, found)
          : plainly(file, flags, log, found),
      )
      return 0
    }),
  )
