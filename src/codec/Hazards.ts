/**
 * Hazards: settings that are known to lose money, as what is wrong with a document.
 *
 * Laws: DEC-22 (spec/02-decimal.md).
 */

import type { Fixed, Hazard } from '../core/index.js'
import type { Problem } from './Csv.js'
import * as Decimal from './Decimal.js'
import * as Json from './Json.js'

// Queries

/** The path that a hazard names, such as 'collaterals[0].sale.curve.stepEvery'. */
export const pathOf = (parameter: string): Json.Path =>
  [...parameter.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([name, index]) =>
    index === undefined ? name : Number(index),
  )

/** A number as JSON has it. */
const inDecimals = (unit: Hazard.Unit, value: bigint): string => {
  switch (unit) {
    case 'Wad':
      return Decimal.formatWad(value as Fixed.Wad)
    case 'Ray':
      return Decimal.formatRay(value as Fixed.Ray)
    case 'Rad':
      return Decimal.formatRad(value as Fixed.Rad)
    case 'Duration':
    case 'Count':
      return String(value)
  }
}

const inWords = (unit: Hazard.Unit, value: bigint): string =>
  `${inDecimals(unit, value)}${unit === 'Duration' ? ' seconds' : ''}`

/** What would pass, as JSON has it. */
export const bound = (hazard: Hazard.Hazard): string =>
  hazard.unit === 'Choice' ? hazard.bound : inDecimals(hazard.unit, hazard.bound)

/** What was found and what would pass, in decimals. */
export const describe = (
  hazard: Hazard.Hazard,
): { readonly found: string; readonly wanted: string } => {
  if (hazard.unit === 'Choice') return { found: hazard.given, wanted: hazard.bound }
  const { bound, given, needs, unit } = hazard
  const wanted = `${needs === 'AtLeast' ? 'at least' : 'at most'} ${inWords(unit, bound)}`
  return { found: inWords(unit, given), wanted }
}

/** A hazard in one line, as one of several. */
const told = (hazard: Hazard.Hazard): string => {
  const { found, wanted } = describe(hazard)
  return `${hazard.parameter} is ${found}, wanted ${wanted} (${hazard.rule})`
}

/** How many hazards are told besides the first. */
const others = 3

/**
 * Hazards as a problem of a document: where the first is, its rule of spec/08-parameters.md, what would
 * pass and `cause` why, and the other ones, of which one may be the cause of all (DEC-22).
 */
export const problemOf = (
  document: Json.Document,
  within: Json.Path,
  [hazard, ...rest]: readonly [Hazard.Hazard, ...Hazard.Hazard[]],
  cause = '',
): Problem => {
  const path = [...within, ...pathOf(hazard.parameter)]
  const { found, wanted } = describe(hazard)
  const more = rest.length > others ? [`${rest.length - others} more`] : []
  const besides = [...rest.slice(0, others).map(told), ...more]
  return {
    rule: 'DEC-22',
    line: document.lineOf(path),
    field: Json.show(path),
    found,
    wanted: `${wanted}${cause} (${hazard.rule})${besides.map((one) => `; ${one}`).join('')}`,
  }
}
