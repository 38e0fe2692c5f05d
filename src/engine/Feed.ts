/**
 * Feed: all that is stored, as it comes, by whichever process.
 *
 * Laws: PRT-16 (spec/10-ports.md).
 *
 * @example
 * for await (const page of Feed.follow(store, undefined, { wait: () => sleep(1000), until: () => false })) …
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Cursor, EventStore, Page, Unavailable } from './Port.js'

// Model

/** How a follower waits, and when it has had enough. */
export interface How {
  /** Ends when it is time to look again, once all there is was read. */
  readonly wait: () => Promise<void>
  /** Whether to stop. It is asked before each reading. */
  readonly until: () => boolean
  /** The most entries of a page (500). */
  readonly limit?: number
}

// Queries

/** The most entries of a page, where nothing else is said. */
const LIMIT = 500

/** The pages of all that is there after a place, none of them empty, up to the last; or what makes the store unavailable. */
export async function* pages(
  store: Pick<EventStore, 'since'>,
  after: Cursor | undefined,
  limit: number = LIMIT,
): AsyncGenerator<E.Either<Unavailable, Page>, void, void> {
  for (let place = after; ; ) {
    const page = await store.since(place, limit)()
    if (E.isLeft(page)) {
      yield page
      return
    }
    const { entries, next } = page.right
    if (entries.length > 0) yield page
    if (entries.length < limit) return
    place = next ?? place
  }
}

/**
 * The pages of entries after a place, none of them empty, each one missing none and meeting none twice (PRT-16). It
 * ends when it is told to, or with what makes the store unavailable.
 */
export async function* follow(
  store: Pick<EventStore, 'since'>,
  after: Cursor | undefined,
  { limit = LIMIT, until, wait }: How,
): AsyncGenerator<E.Either<Unavailable, Page>, void, void> {
  let place = after
  while (!until()) {
    for await (const page of pages(store, place, limit)) {
      yield page
      if (E.isLeft(page) || until()) return
      place = page.right.next ?? place
    }
    if (!until()) await wait()
  }
}
