/**
 * Pareto: of settings that are judged by several figures, less being better in each, those that no other is better than.
 *
 * Laws: TUN-7 (spec/23-tuning.md).
 */

/** Whether the first is at least as good in every figure, and better in one. */
export const dominates = (a: readonly number[], b: readonly number[]): boolean =>
  a.every((value, i) => value <= (b[i] as number)) && a.some((value, i) => value < (b[i] as number))

/** Those that nothing dominates, in their order; of equal ones the first (TUN-7). */
export const front = <A>(
  all: readonly A[],
  figures: (one: A) => readonly number[],
): readonly A[] => {
  const judged = all.map((one) => ({ one, values: figures(one) }))
  const isSame = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((value, i) => value === b[i])
  return judged.flatMap(({ one, values }, i) =>
    judged.some(
      (other, j) => dominates(other.values, values) || (j < i && isSame(other.values, values)),
    )
      ? []
      : [one],
  )
}
