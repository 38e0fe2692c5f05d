/**
 * Unsold: the debt that settings leave open, which no figure but `open` counts.
 *
 * Laws: TUN-17 (spec/23-tuning.md).
 */

import { Numbers } from '../report/index.js'
import { type Figures, Statistics } from '../tuning/index.js'

/** A line that says how much of the debt the settings that are told leave open on average; none where that is nothing, or what was asked for. */
export const line = (
  objectives: readonly Figures.Name[],
  who: string,
  open: readonly number[],
  inForce?: readonly number[],
): readonly string[] => {
  const mean = Statistics.mean(open)
  if (objectives.includes('open') || !(mean > 0)) return []
  const beside =
    inForce === undefined ? '' : ` (those in force ${Numbers.shown(Statistics.mean(inForce))})`
  return [
    `\n${who} leave a debt of ${Numbers.shown(mean)} open on average${beside}, which is not in ${objectives.join(', ')}: docs/metrics.md.\n`,
  ]
}
