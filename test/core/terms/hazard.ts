/**
 * Terms as these tests name them: those that are accepted, and those with one hazard.
 */

import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import { type Fixed, Terms } from '../../../src/index.js'
import { hazardsIn } from '../../examples/parameters.js'

/** The one hazard of these terms, as rule, setting, need and bound; those that have none or several fail. */
export const only = (terms: Terms.Terms): readonly unknown[] => {
  const found = hazardsIn(terms)
  expect(found).toHaveLength(1)
  return found[0] ?? []
}

export const passes = (terms: Terms.Terms): void => {
  expect(Terms.make(terms)).toEqual(E.right(terms))
}

export const whenStale = (after: bigint, below: Fixed.Ray): Terms.ResetRule => ({
  _tag: 'WhenStale',
  after,
  below,
})
