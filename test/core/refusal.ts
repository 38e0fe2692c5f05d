/**
 * A refusal as the tests name it.
 */

import type { Refusal } from '../../src/index.js'

/** A number that passes the width of its terms. */
export const outOfRange = (what: string, stage: number): Refusal.OutOfRange => ({
  _tag: 'OutOfRange',
  rule: 'FIX-5',
  what,
  stage,
})
