/**
 * Failure: why a contract's call fails, in its own words.
 *
 * Laws: MKR-2 (spec/14-maker.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Check, type Event, type Refusal } from '../core/index.js'

// Model

/**
 * The reason string, empty where the contract gives none; `<invalid>` where it divides by zero itself. Of
 * two failures the one of the lower stage happens: a chain's own checks are merged in by it.
 */
export interface Failure {
  readonly reason: string
  readonly stage: number
}

/** What a call answers, or why it fails. */
export type Outcome<A> = E.Either<Failure, A>

/** The reason string of each refusal that a contract gives one for. */
export type Reasons = Readonly<Partial<Record<Refusal.Refusal['_tag'], string>>>

/** How a contract words a refusal. */
export type Words = (refusal: Refusal.Refusal) => Failure

// Constructors

/** A failure that no refusal of the core is behind. */
export const fail = (reason: string, stage: number): E.Either<Failure, never> =>
  E.left({ reason, stage })

/** A refusal as the contract words it: one that it has no words for is a failure without any (MKR-2). */
export const worded =
  (reasons: Reasons): Words =>
  (refusal) => ({
    reason: reasons[refusal._tag] ?? '',
    stage: Check.stage(refusal),
  })

// Interpretation

/**
 * The event that a command to the core caused, of the kinds that it causes, or the refusal in the
 * contract's words. The core answers each command with an event of its own (DUT-12, ENG-16).
 */
export const caused = <Tag extends Event.Event['_tag']>(
  tags: readonly Tag[],
  words: Words,
  decided: E.Either<Refusal.Refusal, readonly Event.Event[]>,
): Outcome<Extract<Event.Event, { readonly _tag: Tag }>> => {
  if (E.isLeft(decided)) return E.left(words(decided.left))
  const event = decided.right.find((one): one is Extract<Event.Event, { readonly _tag: Tag }> =>
    tags.some((tag) => tag === one._tag),
  )
  return event === undefined ? fail('', 0) : E.right(event)
}

/** An opening whose lot starts as one kind of sale does. */
export type OpenedAs<Tag extends Event.Start['_tag']> = Event.Opened & {
  readonly start: Extract<Event.Start, { readonly _tag: Tag }>
}

/** Whether an opening starts a sale of a kind. */
export const startsAs =
  <Tag extends Event.Start['_tag']>(tag: Tag) =>
  (opened: Event.Opened): opened is OpenedAs<Tag> =>
    opened.start._tag === tag

/** The same of an opening, on terms that sell so: on others it fails, since the contract has none. */
export const openedAs = <Tag extends Event.Start['_tag']>(
  tag: Tag,
  words: Words,
  decided: E.Either<Refusal.Refusal, readonly Event.Event[]>,
): Outcome<OpenedAs<Tag>> => {
  const opened = caused(['Opened'], words, decided)
  if (E.isLeft(opened)) return opened
  const startsSo = startsAs(tag)
  return startsSo(opened.right) ? E.right(opened.right) : fail('', 0)
}
