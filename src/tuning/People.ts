/**
 * People: who has positions in a scenario, and who bids, listed or drawn.
 *
 * Laws: SCN-1, SCN-2, SCN-4, SCN-6 (spec/27-scenario.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Fixed } from '../core/index.js'
import { Bidder, Portfolio, Setting } from '../market/index.js'
import { seedOf, unread } from './Making.js'
import { type InFile, isInFile, type Scenario } from './Scenario.js'

/** More of them than this are not simulated. */
const MOST_POSITIONS = 1_000_000
const MOST_BIDDERS = 10_000

const { made, unless } = Setting

const countUnfit = (setting: string, count: number, most: number): readonly Setting.Unfit[] =>
  unless(
    Number.isSafeInteger(count) && count >= 0 && count <= most,
    'SCN-2',
    setting,
    count,
    `a whole number, from 0 to ${most}`,
  )

const countOf = (count: number): Setting.Made<number> =>
  made(countUnfit('count', count, MOST_POSITIONS), () => count)

const listed = (
  entries: readonly Portfolio.Entry[] | InFile,
): Setting.Made<readonly Portfolio.Entry[]> => {
  if (isInFile(entries)) return E.left(unread('entries', entries))
  const ids = new Set<string>()
  return made(
    entries.flatMap(({ collateral, debt, id }, i) => {
      const isNew = !ids.has(id)
      ids.add(id)
      return [
        ...unless(isNew, 'SCN-2', `entries[${i}].id`, id, 'an id of its own'),
        ...unless(
          collateral > 0n,
          'SCN-2',
          `entries[${i}].collateral`,
          Setting.amount(collateral),
          'above 0',
        ),
        ...unless(debt > 0n, 'SCN-2', `entries[${i}].debt`, Setting.money(debt), 'above 0'),
      ]
    }),
    () => entries,
  )
}

/** The positions of a scenario, at its first price. */
export const positionsOf = (
  scenario: Scenario,
  price: Fixed.Ray,
): Setting.Made<readonly Portfolio.Entry[]> => {
  const { drawnFor = scenario.terms.collaterals[0], positions } = scenario
  const seed = seedOf(scenario, 'positions')
  switch (positions._tag) {
    case 'Listed':
      return listed(positions.entries)
    case 'Spread':
      return pipe(
        countOf(positions.count),
        E.chain((count) => Portfolio.draw(seed, count, price, positions)),
      )
    case 'Drawn':
      return pipe(
        countOf(positions.count),
        E.map((count) =>
          drawnFor === undefined ? [] : Portfolio.make(seed, count, drawnFor, price),
        ),
      )
  }
}

const traitsUnfit = (
  path: string,
  {
    capital,
    gas,
    inventory,
    patience,
    returns,
    sells,
  }: Partial<Bidder.Traits> & { readonly capital: Fixed.Rad },
  hasPool: boolean,
): readonly Setting.Unfit[] => [
  ...unless(capital >= 0n, 'SCN-2', `${path}capital`, Setting.money(capital), 'at least 0'),
  ...unless(
    returns === undefined || (Number.isSafeInteger(returns) && returns > 0),
    'SCN-2',
    `${path}returns`,
    returns ?? 0,
    'a whole number of seconds above 0',
  ),
  ...unless(
    (inventory ?? 0n) >= 0n,
    'SCN-2',
    `${path}inventory`,
    Setting.amount(inventory ?? Fixed.wad(0n)),
    'at least 0',
  ),
  ...unless(
    patience === undefined || (patience >= 0n && patience <= Fixed.RAY),
    'SCN-2',
    `${path}patience`,
    patience ?? Fixed.ray(0n),
    'from 0 to 1',
  ),
  ...(gas === undefined || gas._tag === 'Market'
    ? []
    : unless(
        (gas._tag === 'Fixed' ? gas.gwei : gas.factor) >= 0n,
        'SCN-2',
        `${path}gas.${gas._tag === 'Fixed' ? 'gwei' : 'factor'}`,
        gas._tag === 'Fixed' ? gas.gwei : gas.factor,
        'at least 0',
      )),
  ...unless(
    hasPool || sells === undefined || sells === 'elsewhere',
    'SCN-4',
    `${path}sells`,
    sells ?? '',
    'elsewhere, or a scenario with a pool',
  ),
]

const namesUnfit = (setting: string, names: readonly string[]): readonly Setting.Unfit[] =>
  names.flatMap((name, i) =>
    unless(names.indexOf(name) === i, 'SCN-2', `${setting}[${i}]`, name, 'a name of its own'),
  )

/** Its bidders. */
export const biddersOf = (scenario: Scenario): Setting.Made<readonly Bidder.Bidder[]> => {
  const { bidders, pool } = scenario
  const hasPool = pool !== undefined
  if (bidders._tag === 'Listed')
    return made(
      [
        ...namesUnfit(
          'bidders',
          bidders.bidders.map(({ name }) => name),
        ),
        ...bidders.bidders.flatMap((one, i) => [
          ...unless(
            one.margin >= 0n && one.margin <= Fixed.RAY,
            'SCN-2',
            `bidders[${i}].margin`,
            one.margin,
            'from 0 to 1',
          ),
          ...unless(
            Number.isSafeInteger(one.delay) && one.delay >= 0,
            'SCN-2',
            `bidders[${i}].delay`,
            one.delay,
            'a whole number of seconds, from 0 on',
          ),
          ...traitsUnfit(`bidders[${i}].`, one, hasPool),
        ]),
      ],
      () => bidders.bidders,
    )
  return made(
    [
      ...namesUnfit(
        'kinds',
        bidders.kinds.map(({ kind }) => kind),
      ),
      ...bidders.kinds.flatMap((one, i) => [
        ...countUnfit(`kinds[${i}].count`, one.count, MOST_BIDDERS),
        ...traitsUnfit(`kinds[${i}].`, one, hasPool),
      ]),
    ],
    () =>
      bidders.kinds.flatMap(({ capital, count, kind, ...traits }, i) =>
        Bidder.make(
          seedOf(scenario, 'bidders', i),
          count,
          capital,
          { ...Bidder.plain, ...traits },
          kind,
        ),
      ),
  )
}
