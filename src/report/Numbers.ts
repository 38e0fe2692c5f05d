/**
 * Numbers: floating point figures of many runs as people read them.
 */

import { Statistics } from '../tuning/index.js'

const format = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 })

/** A number with as many digits as tell something. */
export const shown = (value: number): string =>
  Number.isFinite(value) ? format.format(value) : 'none'

/** A mean, and from where to where it is. */
export const interval = (of: Statistics.Interval | undefined): string =>
  of === undefined
    ? 'from one run nothing is known'
    : `${shown(of.mean)} (${shown(of.from)} to ${shown(of.to)})`

/** A mean and its standard error, if that is known. */
export const withError = (
  mean: number,
  error: number | undefined,
  text: (value: number) => string = shown,
): string => (error === undefined ? text(mean) : `${text(mean)} ± ${text(error)}`)

/** The mean of values, and its standard error. */
export const meanOf = (
  values: readonly number[],
  text: (value: number) => string = shown,
): string => withError(Statistics.mean(values), Statistics.standardError(values), text)
