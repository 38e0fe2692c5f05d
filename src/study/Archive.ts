/**
 * Archive: what StableSims' own program did, from CSV text: a row a run, and the vaults that were drawn for it.
 *
 * Laws: STB-12 (spec/26-stablesims.md).
 * Source: data/stablesims, as data/README.md tells.
 */

import * as E from 'fp-ts/lib/Either.js'
import { flow, pipe } from 'fp-ts/lib/function.js'
import { Csv, Decimal } from '../codec/index.js'
import type { Fixed } from '../core/index.js'
import * as Counts from './Counts.js'
import type { Owner, Vault } from './Experiment.js'

// Model

/** One run: its day, seed and reward, and what it came to. */
export interface Run {
  readonly date: string
  readonly seed: string
  readonly tip: Fixed.Rad
  readonly chip: Fixed.Wad
  readonly counts: Counts.Counts
}

/** The vaults of runs, by their day and seed. */
export type Vaults = ReadonlyMap<string, readonly Vault[]>

// Constructors

const owners: readonly Owner[] = ['borrower', 'taker', 'resetter', 'barker']

const word = <Word extends string>(
  wanted: string,
  read: (text: string) => Word | undefined,
): Csv.Format<Word> => ({
  rule: 'STB-12',
  wanted,
  read: flow(read, E.fromNullable('another word')),
})

const date = word('a date such as 2021-05-19', (text) =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? text : undefined,
)
const seed = word('a whole number', (text) => (/^\d{1,9}$/.test(text) ? text : undefined))
const owner = word<Owner>(owners.join(', '), (text) => owners.find((one) => one === text))
const money = Csv.decimal('STB-12', Decimal.parseRad, 45, '0 or more')
const amount = Csv.decimal('STB-12', Decimal.parseWad, 18, '0 or more')
const count: Csv.Format<number> = {
  rule: 'STB-12',
  wanted: 'a plain decimal, 0 or more',
  read: (text) => (/^\d{1,15}(\.\d{1,6})?$/.test(text) ? E.right(Number(text)) : E.left('none')),
}

/** The name under which the vaults of a run are kept. */
export const keyOf = ({ date, seed }: Pick<Run, 'date' | 'seed'>): string => `${date}/${seed}`

const runColumns = { required: ['date', 'chip', 'tip', 'seed', ...Counts.names], optional: [] }

/** Reads runs: refuses the first cell that is none (STB-12). */
export const parseRuns: (text: string) => E.Either<Csv.Problem, readonly Run[]> = flow(
  Csv.parse(runColumns),
  E.chain(
    E.traverseArray((row) =>
      pipe(
        E.Do,
        E.apS('date', Csv.field('date', date)(row)),
        E.apS('seed', Csv.field('seed', seed)(row)),
        E.apS('tip', Csv.field('tip', money)(row)),
        E.apS('chip', Csv.field('chip', amount)(row)),
        E.apS(
          'counts',
          pipe(
            Counts.names,
            E.traverseArray((name) =>
              pipe(
                Csv.field(name, count)(row),
                E.map((value) => [name, value] as const),
              ),
            ),
            // Every column is there, so the counts have their type.
            E.map((entries) => Object.fromEntries(entries) as Counts.Counts),
          ),
        ),
      ),
    ),
  ),
)

const vaultColumns = {
  required: [
    'date',
    'seed',
    'opened_step',
    'owner_kind',
    'collateral_weth',
    'debt_dai',
    'fraction_of_max_debt',
  ],
  optional: [],
} as const

const gathered = (
  rows: readonly (Vault & Pick<Run, 'date' | 'seed'>)[],
): Map<string, readonly Vault[]> => {
  const all = new Map<string, Vault[]>()
  for (const { collateral, debt, owner, ...run } of rows) {
    const key = keyOf(run)
    all.set(key, [...(all.get(key) ?? []), { collateral, debt, owner }])
  }
  return all
}

/** Reads vaults: refuses the first cell that is none (STB-12). */
export const parseVaults: (text: string) => E.Either<Csv.Problem, Vaults> = flow(
  Csv.parse(vaultColumns),
  E.chain(
    E.traverseArray((row) =>
      pipe(
        E.Do,
        E.apS('date', Csv.field('date', date)(row)),
        E.apS('seed', Csv.field('seed', seed)(row)),
        E.apS('owner', Csv.field('owner_kind', owner)(row)),
        E.apS('collateral', Csv.field('collateral_weth', amount)(row)),
        E.apS('debt', Csv.field('debt_dai', money)(row)),
      ),
    ),
  ),
  E.map(gathered),
)

const orderColumns = { required: ['date', 'chip', 'tip', 'seed', 'order'], optional: [] } as const

/** The name of a run among all. */
export const nameOf = ({ chip, date, seed, tip }: Omit<Run, 'counts'>): string =>
  `${date},${Decimal.formatWad(chip)},${Decimal.formatRad(tip)},${seed}`

/** Reads which order gives each run, by its name (STB-12). */
export const parseOrders: (text: string) => E.Either<Csv.Problem, ReadonlyMap<string, number>> =
  flow(
    Csv.parse(orderColumns),
    E.chain(
      E.traverseArray((row) =>
        pipe(
          E.Do,
          E.apS('date', Csv.field('date', date)(row)),
          E.apS('seed', Csv.field('seed', seed)(row)),
          E.apS('tip', Csv.field('tip', money)(row)),
          E.apS('chip', Csv.field('chip', amount)(row)),
          E.apS('order', Csv.field('order', count)(row)),
        ),
      ),
    ),
    E.map((rows) => new Map(rows.map(({ order, ...run }) => [nameOf(run), order]))),
  )

/** The same as text. */
export const formatOrders = (
  found: readonly (readonly [run: Omit<Run, 'counts'>, order: number])[],
): string =>
  [orderColumns.required.join(','), ...found.map(([run, n]) => `${nameOf(run)},${n}`), ''].join(
    '\n',
  )
