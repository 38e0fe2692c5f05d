/**
 * LogFile: what happened in a simulation, as the log of a Clipper.
 *
 * Laws: LOG-12 (spec/15-log.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { LogLines } from '../codec/index.js'
import { Journal } from '../maker/index.js'
import type { Simulate } from '../tuning/index.js'
import { mismatch, type Problem } from './Io.js'
import type { Named } from './Auctions.js'

/** The terms that a log begins with: only those of one auction that sells as a Clipper does have such a log. */
export const begin = (auctions: readonly Named[]): E.Either<Problem, Journal.Terms> => {
  const [first, ...others] = auctions
  if (first === undefined || others.length > 0)
    return E.left('--log: found two auctions, wanted --auction dutch: a log is of one')
  const terms = Journal.termsOf(first.terms)
  return terms === undefined
    ? E.left(
        mismatch('--log', first.name, 'terms that sell as a Clipper does, such as maker-clipper'),
      )
    : E.right(terms)
}

/** An event with what the command that caused it says besides: the price that it read, or the limit of a buyer. */
const happenedOf = ({ command, event }: Simulate.Caused): Journal.Happened => {
  if (command._tag === 'Open') {
    const feed = command.quotes[0]?.market
    return feed === undefined ? { event } : { event, feed }
  }
  if (command._tag !== 'ToLot') return { event }
  const asked = command.command
  if (asked._tag === 'Take') return { event, max: asked.limit }
  return asked._tag === 'Reset' ? { event, feed: asked.market } : { event }
}

/** The text of the log. */
export const text = (terms: Journal.Terms, happened: readonly Simulate.Caused[]): string =>
  LogLines.format(terms, Journal.entriesOf(happened.map(happenedOf)))
