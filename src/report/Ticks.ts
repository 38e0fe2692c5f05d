/**
 * Ticks: where an axis is marked of which the usual tens, twos and fives would be odd: a clock, and equal shares.
 *
 * Laws: REP-15 (spec/24-report.md).
 */

/** The parts of a day in which a clock is read, in seconds. */
const parts = [
  60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200, 86_400,
] as const

const DAY = 86_400

/** How far two marks are apart so that there are at most six from 0 on. */
const stepFor = (reach: number): number =>
  parts.find((step) => reach / step < 6) ?? DAY * Math.ceil(reach / DAY / 5)

/** Seconds after an instant at which a clock is read, from 0 on up to `reach` (REP-15). */
export const clock = (reach: number): readonly number[] => {
  const step = stepFor(reach)
  return Array.from({ length: Math.floor(reach / step) + 1 }, (_, i) => i * step)
}

/** Hours of a number, as a clock has them: 1:30 for one and a half. */
export const HOURS = "floor(datum.value + 1e-9) + ':' + format(round(datum.value * 60) % 60, '02')"

/** How powers of ten are parted, the finest first. */
const digits = [[1, 2, 3, 5], [1, 2, 5], [1]] as const

/** Marks of a scale of equal shares, at most seven where a power of ten is fine enough (REP-15). */
export const shares = (from: number, to: number): readonly number[] => {
  const [low, high] = [Math.floor(Math.log10(from)), Math.ceil(Math.log10(to))]
  const all = digits.map((own) =>
    Array.from({ length: high - low + 1 }, (_, i) => low + i).flatMap((power) =>
      own
        // Divided, not multiplied by a power below 1: so 0.3 is the nearest number to it.
        .map((digit) => (power < 0 ? digit / 10 ** -power : digit * 10 ** power))
        .filter((value) => value >= from && value <= to),
    ),
  )
  return all.find(({ length }) => length <= 7) ?? (all.at(-1) as readonly number[])
}
