/**
 * Figures: exact numbers as people read them: rounded, with thousands separators, in aligned columns.
 */

import { Fixed } from '../core/index.js'

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, ',')

/** A number of units, so many to one, rounded half up to `places`. */
const rounded = (units: bigint, one: bigint, places: number): string => {
  const scale = 10n ** BigInt(places)
  const scaled = Fixed.mulDiv(units < 0n ? -units : units, scale, one, 'halfUp')
  const fraction = places === 0 ? '' : `.${String(scaled % scale).padStart(places, '0')}`
  return `${units < 0n && scaled > 0n ? '-' : ''}${grouped(String(scaled / scale))}${fraction}`
}

export const money = (value: Fixed.Rad): string => rounded(value, Fixed.RAD, 0)
export const amount = (value: Fixed.Wad): string => rounded(value, Fixed.WAD, 2)
export const price = (value: Fixed.Ray): string => rounded(value, Fixed.RAY, 2)
export const count = (value: number): string => grouped(String(value))
/** So many of what has a plural with an s. */
export const counted = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? '' : 's'}`

export const seconds = (value: Fixed.Seconds): string => `${count(value)} s`

/** The last second that has a date of four digits. */
const lastDate = 253_402_300_799

/** A second as a date in UTC, or as it is where it has none. */
export const utc = (at: Fixed.Seconds): string =>
  at <= lastDate ? `${new Date(at * 1000).toISOString().slice(0, 19)}Z` : String(at)

/** A share of 10^18 as per cent. */
export const percent = (share: Fixed.Wad): string => `${rounded(share * 100n, Fixed.WAD, 2)} %`

/** Rows of cells, the first to the left and the others to the right of their columns. */
export const table = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('')
}
