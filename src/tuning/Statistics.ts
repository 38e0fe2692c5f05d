/**
 * Statistics: what many runs come to: a mean with its error, quantiles, the mean of the worst, and differences of pairs.
 *
 * Figures are floating point: they describe exact runs, and no run is decided by them.
 *
 * Laws: TUN-1 to TUN-3 (spec/23-tuning.md).
 * Source: Neumaier's sum (1974); quantiles of type 7 (Hyndman and Fan, 1996); Student's t by the incomplete beta
 * function's continued fraction (Lentz, 1976).
 */

// Model

export interface Summary {
  readonly count: number
  readonly mean: number
  /** Of the mean: nothing is known of it from one value. */
  readonly standardError: number | undefined
  readonly least: number
  readonly median: number
  readonly p95: number
  readonly p99: number
  readonly most: number
  /** The mean of the worst, that is the greatest, 5 % and 1 %. */
  readonly worst5: number
  readonly worst1: number
}

/** A mean, and from where to where it is with a stated confidence. */
export interface Interval {
  readonly mean: number
  readonly from: number
  readonly to: number
}

// Queries

/** The sum, with what each addition rounds away added at the end (TUN-1). */
export const sum = (values: readonly number[]): number => {
  let [total, lost] = [0, 0]
  for (const value of values) {
    const next = total + value
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total
    total = next
  }
  // Of what has no end nothing was rounded away.
  return Number.isFinite(total) ? total + lost : total
}

export const mean = (values: readonly number[]): number => sum(values) / values.length

/** The standard error of the mean of independent values. */
export const standardError = (values: readonly number[]): number | undefined => {
  const { length } = values
  if (length < 2) return undefined
  const middle = mean(values)
  return Math.sqrt(sum(values.map((value) => (value - middle) ** 2)) / (length - 1) / length)
}

/** The quantile of sorted values, on a straight line between the two next to it (TUN-2). */
export const quantile = (sorted: readonly number[], part: number): number => {
  const place = part * (sorted.length - 1)
  const low = Math.floor(place)
  const before = sorted[low] as number
  const after = sorted[Math.min(low + 1, sorted.length - 1)] as number
  return before + (place - low) * (after - before)
}

/** The mean of the greatest part of sorted values, the last of them counted in part (TUN-2). */
export const worst = (sorted: readonly number[], part: number): number => {
  const size = part * sorted.length
  const whole = Math.floor(size)
  const greatest = sorted.slice(sorted.length - whole)
  const next = sorted[sorted.length - whole - 1] ?? 0
  return (sum(greatest) + (size - whole) * next) / size
}

/** What some values come to; nothing where there are none (TUN-2). */
export const summary = (values: readonly number[]): Summary | undefined => {
  const sorted = [...values].sort((a, b) => a - b)
  const [least] = sorted
  if (least === undefined) return undefined
  return {
    count: values.length,
    mean: mean(values),
    standardError: standardError(values),
    least,
    median: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    most: sorted[sorted.length - 1] as number,
    worst5: worst(sorted, 0.05),
    worst1: worst(sorted, 0.01),
  }
}

// Student's t

/** Stirling's series after a shift to where it is good to the last digits. */
const logGamma = (x: number): number => {
  let [shifted, product] = [x, 1]
  while (shifted < 12) {
    product *= shifted
    shifted += 1
  }
  const inverse = 1 / (shifted * shifted)
  const series =
    (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680)))) / shifted
  return (
    (shifted - 0.5) * Math.log(shifted) -
    shifted +
    0.5 * Math.log(2 * Math.PI) +
    series -
    Math.log(product)
  )
}

/** The continued fraction of the incomplete beta function. */
const betaFraction = (x: number, a: number, b: number): number => {
  const tiny = 1e-300
  const safe = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / safe(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let i = 1; i < 500; i++) {
    const even = (i * (b - i) * x) / ((a + 2 * i - 1) * (a + 2 * i))
    const odd = (-(a + i) * (a + b + i) * x) / ((a + 2 * i) * (a + 2 * i + 1))
    let change = 1
    for (const step of [even, odd]) {
      d = 1 / safe(1 + step * d)
      c = safe(1 + step / c)
      change = c * d
      result *= change
    }
    if (Math.abs(change - 1) < 1e-16) break
  }
  return result
}

/** The part of the beta distribution below `x`. */
const beta = (x: number, a: number, b: number): number => {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x),
  )
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b
}

/** How likely Student's t of so many degrees of freedom is beyond `t` on either side. */
export const twoSided = (t: number, freedom: number): number =>
  beta(freedom / (freedom + t * t), freedom / 2, 0.5)

/** The t that is exceeded on either side with probability 1 - confidence (TUN-3). */
export const critical = (confidence: number, freedom: number): number => {
  let [low, high] = [0, 1]
  while (twoSided(high, freedom) > 1 - confidence) high *= 2
  for (let i = 0; i < 200 && high - low > 1e-13 * high; i++) {
    const middle = (low + high) / 2
    if (twoSided(middle, freedom) > 1 - confidence) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/** Where the mean of independent values is, by Student's t; nothing where there are fewer than two (TUN-3). */
export const interval = (values: readonly number[], confidence = 0.95): Interval | undefined => {
  const error = standardError(values)
  if (error === undefined) return undefined
  const middle = mean(values)
  const reach = error * critical(confidence, values.length - 1)
  return { mean: middle, from: middle - reach, to: middle + reach }
}

/** The mean of `a` − `b` over runs of the same day and seed, which have most of their chance in common (TUN-3). */
export const paired = (
  a: readonly number[],
  b: readonly number[],
  confidence = 0.95,
): Interval | undefined =>
  a.length === b.length
    ? interval(
        a.map((value, i) => value - (b[i] as number)),
        confidence,
      )
    : undefined
