/**
 * The modules in which faults are planted, and which tests should notice.
 */

import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const root = join(import.meta.dirname, '../..')

const opening = ['Auction', 'Check', 'House', 'Position', 'Reward', 'Seizure']

/** Of each module of the core, the tests in test/core that are about it; all others come after. */
export const about = {
  Auction: opening,
  Bid: ['Bid', 'English'],
  Check: [...opening, 'Dutch', 'English', 'Treasury'],
  Curve: ['Curve'],
  Dutch: ['Dutch'],
  English: ['English', 'Bid'],
  Event: [],
  Fixed: ['Fixed', 'Curve'],
  Hazard: ['Terms', 'TreasuryTerms', 'Shape'],
  House: opening,
  Ledger: ['Ledger'],
  Lot: ['Lot', 'Dutch', 'English'],
  Position: opening,
  Reward: opening,
  Safety: ['Terms', 'TermsSafety'],
  Sale: ['Dutch'],
  Seizure: opening,
  Shape: ['Shape'],
  Terms: ['Terms', 'TermsSafety'],
  Treasury: ['Treasury'],
  TreasuryTerms: ['TreasuryTerms', 'Treasury'],
}

export const modules = Object.keys(about).filter((name) =>
  existsSync(join(root, 'src/core', `${name}.ts`)),
)
