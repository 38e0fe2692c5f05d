/**
 * Fixed: exact fixed-point numbers, held as branded bigints.
 *
 * Laws: FIX-1 to FIX-6 (spec/01-fixed.md), DEC-3 (spec/02-decimal.md).
 * Source: rpow follows the power function of MakerDAO's dss (jug.sol, abaci.sol).
 */

// Model

declare const brand: unique symbol

/** Tells apart values that share a representation; costs nothing at run time. */
export interface Brand<Name extends string> {
  readonly [brand]: Readonly<Record<Name, true>>
}

/** A number with 18 decimals: an amount of collateral or of any token, or a ratio that contracts hold so. */
export type Wad = bigint & Brand<'Wad'>

/** A number with 27 decimals: a price, a share, a factor. */
export type Ray = bigint & Brand<'Ray'>

/** A number with 45 decimals, the product of a Wad and a Ray: money and debt. */
export type Rad = bigint & Brand<'Rad'>

/** Where an inexact quotient goes: down, up, or to the nearest with ties up or to even. */
export type Rounding = 'floor' | 'ceil' | 'halfUp' | 'halfEven'

/** How large a number may grow: without bound, or as a contract's unsigned 256-bit word (FIX-5). */
export type Width = 'unbounded' | 'uint256'

/** Whole seconds on a clock, as a safe integer: time, unlike money, needs no more. */
export type Seconds = number

/** Whole seconds of any size: contracts accept durations that no clock will show. */
export type Duration = bigint

// Constructors

/** Reads `units` as a count of 10^-18. */
export const wad = (units: bigint): Wad => units as Wad

/** Reads `units` as a count of 10^-27. */
export const ray = (units: bigint): Ray => units as Ray

/** Reads `units` as a count of 10^-45. */
export const rad = (units: bigint): Rad => units as Rad

/** One, as a Wad. */
export const WAD: Wad = wad(10n ** 18n)

/** One, as a Ray. */
export const RAY: Ray = ray(10n ** 27n)

/** One, as a Rad. */
export const RAD: Rad = rad(10n ** 45n)

/** The largest unsigned 256-bit word. */
export const MAX_UINT256: bigint = 2n ** 256n - 1n

/** The latest second that a 48-bit clock shows. */
export const MAX_UINT48: Seconds = 2 ** 48 - 1

// Queries

const floor = (n: bigint, d: bigint): bigint => (n < 0n ? ~(~n / d) : n / d)

const divide: Readonly<Record<Rounding, (n: bigint, d: bigint) => bigint>> = {
  floor,
  ceil: (n, d) => -floor(-n, d),
  halfUp: (n, d) => floor(2n * n + d, 2n * d),
  halfEven: (n, d) => floor(2n * n + d - 1n + (floor(n, d) & 1n), 2n * d),
}

/**
 * `x * y / d`, rounded once, the way named (FIX-1, FIX-2). Needs `d > 0`.
 *
 * @example mulDiv(7n, 1n, 2n, 'ceil') // 4n
 */
export const mulDiv = (x: bigint, y: bigint, d: bigint, rounding: Rounding): bigint =>
  divide[rounding](x * y, d)

/** The lesser of two. */
export const min = <N extends bigint>(a: N, b: N): N => (a < b ? a : b)

/** The greater of two. */
export const max = <N extends bigint>(a: N, b: N): N => (a > b ? a : b)

/** The money that `amount` is worth at `price`: exact, since a Wad times a Ray is a Rad. */
export const worth = (amount: Wad, price: Ray): Rad => rad(amount * price)

const half = RAY / 2n

const times = (a: bigint, b: bigint): bigint => (a * b + half) / RAY

/** The largest product that times takes without passing a 256-bit word. */
const largest = MAX_UINT256 - half

/** `n` is what is left of the exponent above the bit that `square` stands for. */
const power = (square: bigint, n: bigint, result: bigint): Ray | undefined => {
  // Zero and one are their own squares: stopping there bounds the depth, however long `n` is.
  if (n === 0n || square === RAY) return ray(result)
  if (square === 0n) return ray(0n)
  if (square * square > largest) return undefined
  const next = times(square, square)
  if ((n & 1n) === 0n) return power(next, n >> 1n, result)
  return result * next > largest ? undefined : power(next, n >> 1n, times(result, next))
}

/**
 * `x` to the power `n`, rounded half up at every multiplication (FIX-3, FIX-4). Nothing where `x` or
 * `n` is below zero, or a product passes 2^256 - 1: that cannot happen for a share, from 0 to 1.
 *
 * @example rpow(ray(RAY / 2n), 2n) // a quarter
 */
export const rpow = (x: Ray, n: bigint): Ray | undefined =>
  x < 0n || n < 0n ? undefined : power(x, n >> 1n, n & 1n ? x : RAY)

/**
 * `rpow(x, n)` for every `n` below 2^`bits`, at one multiplication each: a further bit doubles the
 * table (FIX-3). Needs `x` from 0 to 1.
 */
export const powers = (x: Ray, bits: number): readonly Ray[] =>
  Array.from({ length: bits }).reduce<{ readonly table: readonly Ray[]; readonly square: bigint }>(
    ({ table, square }) => ({
      table: [...table, ...table.map((power) => ray(times(power, square)))],
      square: times(square, square),
    }),
    { table: [RAY], square: x },
  ).table

/** Whether `n` can be held in `width`: any number without bound, 0 to 2^256 - 1 in a word (FIX-5). */
export const fits = (width: Width, n: bigint): boolean =>
  width === 'unbounded' || (n >= 0n && n <= MAX_UINT256)

/** The last instant a clock of this width shows: 48 bits where contracts keep times in a word (FIX-6). */
export const lastSecond = (width: Width): Seconds =>
  width === 'unbounded' ? Number.MAX_SAFE_INTEGER : MAX_UINT48

/**
 * The instant `duration` after `at`, or nothing past the last of the width or before zero (FIX-6). The
 * duration is a Duration as a number: where that is not exact, the sum is outside anyway.
 */
export const later = (width: Width, at: Seconds, duration: number): Seconds | undefined => {
  const sum = at + duration
  return sum >= 0 && sum <= lastSecond(width) ? sum : undefined
}

// Interpretation

const ZERO = '0'.charCodeAt(0)

/** Where digits end behind a point, without the zeros at their end. */
const endOf = (digits: string, point: number, end: number): number =>
  end > point && digits.charCodeAt(end - 1) === ZERO ? endOf(digits, point, end - 1) : end

/**
 * The shortest decimal of so many units of 10^-places (DEC-3).
 *
 * The digits are at hand, and a point among them is exact: this is what an event costs most where it is written.
 */
export const decimal = (units: bigint, places: number): string => {
  const isBelow = units < 0n
  const digits = (isBelow ? -units : units).toString().padStart(places + 1, '0')
  const point = digits.length - places
  const end = endOf(digits, point, digits.length)
  const text =
    end === point ? digits.slice(0, point) : `${digits.slice(0, point)}.${digits.slice(point, end)}`
  return isBelow ? `-${text}` : text
}
