/**
 * Laws of Engine: spec/10-ports.md. Whole histories, carried out on a store in memory, against Book.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'
import type { Request } from '../../src/engine/index.js'
import { History } from '../../src/testing/index.js'
import { law } from '../law.js'
import { replayed } from './histories.js'

/** An answer as the decision of a book. */
const decisionOf = (answer: Request.Answer): unknown => {
  if (answer._tag === 'Failed') return answer
  return answer._tag === 'Refused'
    ? E.left(answer.refusal)
    : E.right(answer.happened.flatMap(({ record }) => (record._tag === 'Held' ? [] : [record])))
}

law(
  'PRT-3',
  'an engine on a store answers every command of a history as a book in memory does',
  fc.asyncProperty(History.history, async (history) => {
    const { answers, decisions } = await replayed(history)
    expect(answers.map(decisionOf)).toEqual(decisions)
  }),
)
