/**
 * Samples for the examples of spec/30-whatif.md: logs, and what becomes of them.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Csv, Decimal, Events, LogLines } from '../../src/codec/index.js'
import { Happened } from '../../src/maker/index.js'
import { Recorded, Settings, Told, WhatIf } from '../../src/tuning/index.js'
import { right } from '../example.js'
import { clipperLog } from './log.js'

/** The lots of clipperLog as an engine's events: without what starts read. */
export const storedLog: string = pipe(
  LogLines.parse(clipperLog),
  E.chainW(({ lines, terms }) => Happened.happenedOf(terms, lines)),
  right,
  (all) => all.map(({ event }) => `${JSON.stringify(Events.codec.encode(event))}\n`).join(''),
)

const settings = (text: string): readonly Settings.Setting[] =>
  text === ''
    ? []
    : text.split(',').map((one) => {
        const [name = '', value = ''] = one.split('=')
        return { name, text: value }
      })

/** What becomes of a log's lots, or what is wrong. */
export const whatBecomes = (text: string, set: string): E.Either<string, WhatIf.WhatIf> =>
  pipe(
    Told.parse(text),
    E.chain((told) => Recorded.make(told)),
    E.mapLeft(Csv.render('log')),
    E.chainW((log) =>
      pipe(
        WhatIf.run(log, Settings.put(settings(set))),
        E.mapLeft(({ _tag }): string => _tag),
      ),
    ),
  )

type Of<A> = (text: string, set: string) => string | readonly A[]

const each =
  <A>(of: (lot: WhatIf.OfLot) => readonly A[]): Of<A> =>
  (text, set) =>
    pipe(
      whatBecomes(text, set),
      E.map(({ lots }) => lots.flatMap(of)),
      E.toUnion,
    )

/** The purchases that come about: lot, time, price and amount. */
export const bought: Of<readonly [string, number, string, string]> = each(({ changed }) =>
  changed.events.flatMap((event) =>
    event._tag === 'Taken'
      ? [
          [
            event.lot,
            event.at,
            Decimal.formatRay(event.price),
            Decimal.formatWad(event.bought),
          ] as const,
        ]
      : [],
  ),
)

/** The price that each lot starts from, and its target. */
export const opening: Of<readonly [string, string]> = each(({ changed: { events } }) =>
  events.flatMap((event) =>
    event._tag === 'Opened' && event.start._tag === 'Dutch'
      ? [[Decimal.formatRay(event.start.startPrice), Decimal.formatRad(event.target)] as const]
      : [],
  ),
)

/** The new starts: time and price. */
export const newStarts: Of<readonly [number, string]> = each(({ changed: { events } }) =>
  events.flatMap((event) =>
    event._tag === 'Reset' ? [[event.at, Decimal.formatRay(event.startPrice)] as const] : [],
  ),
)
