/**
 * What the examples of spec/22-book.md are written with.
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Position, Terms } from '../../src/index.js'
import { Watch } from '../../src/watch/index.js'
import { loanQuotes, loanTerms } from './opening.js'

export { Watch } from '../../src/watch/index.js'

/** Positions watched by the price of ETH, a BTC being at 2. */
export const watchOf = (
  positions: readonly Position.Position[],
  unsafe: Terms.Terms['unsafe'] = 'below',
): Watch.Watch => {
  const watch = Watch.make(loanTerms({}, { unsafe }), 'ETH', loanQuotes(9n, 2n), positions)
  if (E.isLeft(watch)) throw new Error(JSON.stringify(watch.left))
  return watch.right
}
