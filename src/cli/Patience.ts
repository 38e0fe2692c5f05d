/**
 * Patience: what a command that goes on does while its store does not answer: it says so once, and tries again.
 */

import * as E from 'fp-ts/lib/Either.js'
import { Feed, type Port } from '../engine/index.js'
import { broken } from './Database.js'
import { complaint, type Io, type Live } from './Io.js'

/** How long to wait before looking again, in milliseconds. */
export const LOOK_AGAIN = 500

export interface Patience {
  /** Says why, the first time since the store answered last, and waits. */
  readonly failed: (why: Port.Unavailable) => Promise<void>
  readonly answered: () => void
}

export const make = ({ err }: Pick<Io, 'err'>, { pause }: Pick<Live, 'pause'>): Patience => {
  let isTold = false
  return {
    failed: async (why) => {
      if (!isTold) err(complaint(`${broken(why)}; it is tried again`))
      isTold = true
      await pause(LOOK_AGAIN)
    },
    answered: () => {
      isTold = false
    },
  }
}

/** Whether a store refuses a place: it answers from its start, before and after it does not from there. */
const isRefused = async (
  store: Pick<Port.EventStore, 'since'>,
  place: Port.Cursor | undefined,
): Promise<boolean> =>
  place !== undefined &&
  E.isRight(await store.since(undefined, 1)()) &&
  E.isLeft(await store.since(place, 1)()) &&
  E.isRight(await store.since(undefined, 1)())

/**
 * The pages after a place, as `Feed.follow` has them, of a store that may be gone for a while. It ends when it is
 * told to, or with why the store refuses the place, which is none of its own then.
 */
export async function* follow(
  patience: Patience,
  store: Pick<Port.EventStore, 'since'>,
  after: Port.Cursor | undefined,
  how: Feed.How,
): AsyncGenerator<E.Either<Port.Unavailable, Port.Page>, void, void> {
  let place = after
  // A place that the store has read on from is one of its own, whatever fails later.
  let isKnown = false as boolean
  const answered = (): void => {
    isKnown = true
    patience.answered()
  }
  const wait = (): Promise<void> => {
    answered()
    return how.wait()
  }
  while (!how.until()) {
    for await (const page of Feed.follow(store, place, { ...how, wait })) {
      if (E.isRight(page)) {
        answered()
        place = page.right.next ?? place
        yield page
      } else if (how.until()) return
      else if (!isKnown && (await isRefused(store, place))) {
        yield page
        return
      } else await patience.failed(page.left)
    }
  }
}
