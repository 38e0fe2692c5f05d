/**
 * Making: what the parts of a scenario are made with: their seeds, and what is said of a file that was not read.
 *
 * Laws: SCN-1, SCN-6 (spec/27-scenario.md).
 */

import { Random, Setting } from '../market/index.js'
import type { InFile, Scenario } from './Scenario.js'

/** Which word of its seed draws each thing. */
const WORDS = { positions: 0, bidders: 1, prices: 2, bridge: 3, blocks: 4 } as const

/** Each kind of bidders after the first is drawn by a word so much further on. */
const PER_KIND = 16

/** The seed of one thing that is drawn (SCN-1). */
export const seedOf = ({ seed }: Scenario, what: keyof typeof WORDS, kind = 0): bigint =>
  Random.word(seed, WORDS[what] + kind * PER_KIND)

/** What has not been read yet (SCN-6). */
export const unread = (setting: string, { file }: InFile): readonly Setting.Unfit[] =>
  Setting.unless(false, 'SCN-6', setting, file, 'what the file holds')
