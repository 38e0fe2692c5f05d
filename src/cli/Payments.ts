/**
 * Payments: the command that hands payments to whoever sends them, and notes those that he says he sent.
 *
 * Each is printed until it is noted, always with the same key: whoever sends them does so once for each key.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Json, Shape } from '../codec/index.js'
import { Payable, type Port } from '../engine/index.js'
import { broken, using } from './Database.js'
import { batchOf } from './Engine.js'
import { type Io, type Live, mismatch, type Problem } from './Io.js'
import * as Lines from './Lines.js'
import * as Patience from './Patience.js'

export interface Flags {
  readonly database: string
  readonly follow?: boolean
  readonly batch: string
}

// What comes back

/** What became of a payment: it was sent, or it was not and is to come again. */
interface Told {
  readonly key: string
  readonly isSent: boolean
}

const { closed, keyed, mapped, text } = Shape

const told: Shape.Codec<{ readonly _tag: 'Sent' | 'Unsent'; readonly key: string }> = keyed<
  | { readonly _tag: 'Sent'; readonly key: string }
  | { readonly _tag: 'Unsent'; readonly key: string }
>('what was sent', {
  Sent: [
    'sent',
    mapped(
      closed('sent', { sent: text }),
      ({ sent }) => ({ _tag: 'Sent' as const, key: sent }),
      ({ key }) => ({ sent: key }),
    ),
  ],
  Unsent: [
    'unsent',
    mapped(
      closed('unsent', { unsent: text }),
      ({ unsent }) => ({ _tag: 'Unsent' as const, key: unsent }),
      ({ key }) => ({ unsent: key }),
    ),
  ],
})

const where = (line: number, field: string): string => `standard input:${line}: ${field}`

const read = ({ line, text }: Lines.Read): E.Either<Problem, Told> =>
  pipe(
    text,
    E.mapLeft(({ problem }) => problem),
    E.chainW((one) =>
      pipe(
        Json.parse(one),
        E.chain((document) => Shape.read(told, document)),
      ),
    ),
    E.map(({ _tag, key }) => ({ key, isSent: _tag === 'Sent' })),
    E.mapLeft(({ field, found, wanted }) => mismatch(where(line, field), found, wanted)),
  )

/** Lines one by one, with what they say. */
interface Teller {
  /** Nothing, when the lines end. */
  readonly next: () => Promise<E.Either<Problem, { readonly line: number } & Told> | undefined>
  readonly close: () => Promise<unknown>
}

const teller = (live: Live): Teller => {
  const batches = Lines.read(live.input(), 1)
  return {
    next: async () => {
      const next = await batches.next()
      if (next.done === true) return undefined
      if (E.isLeft(next.value)) return E.left(`standard input: ${next.value.left}`)
      const [one] = next.value.right
      return one === undefined
        ? undefined
        : E.map((what: Told) => ({ line: one.line, ...what }))(read(one))
    },
    close: () => batches.return(),
  }
}

// Handing out

/** How handing out goes: it is over when input ends, nobody reads, or something was wrong. */
interface State {
  isOver: boolean
  problem: Problem | undefined
}

/** Prints payments, and answers which of them were sent, when all of them were told of, or it is over. */
const send =
  (live: Live, { next }: Teller, state: State) =>
  async (payments: readonly Port.Payment[]): Promise<readonly string[]> => {
    const waiting = new Set(payments.map(({ key }) => key))
    const sent: string[] = []
    const lines = payments.map((one) => `${JSON.stringify(Payable.codec.encode(one))}\n`)
    state.isOver = !(await live.print(lines.join('')))
    while (waiting.size > 0 && !state.isOver) {
      const told = await next()
      if (told === undefined) state.isOver = true
      else if (E.isLeft(told)) {
        state.isOver = true
        state.problem = told.left
      } else if (!waiting.delete(told.right.key)) {
        const { isSent, key, line } = told.right
        state.isOver = true
        state.problem = mismatch(
          where(line, isSent ? 'sent' : 'unsent'),
          key,
          'the key of a payment that was printed and not answered yet',
        )
      } else if (told.right.isSent) sent.push(told.right.key)
    }
    return sent
  }

const hand = async (
  io: Pick<Io, 'err'>,
  live: Live,
  store: Port.EventStore,
  batch: number,
  follow: boolean,
): Promise<E.Either<Problem, 0>> => {
  const state: State = { isOver: false, problem: undefined }
  const from = teller(live)
  const patience = Patience.make(io, live)
  const sending = send(live, from, state)
  const goesOn = (): boolean => !state.isOver && !live.isStopped()
  while (goesOn()) {
    const noted = await store.deliver(batch, (payments) => async () => {
      return E.right(await sending(payments))
    })()
    if (E.isLeft(noted)) {
      if (!follow || state.isOver) {
        state.problem ??= broken(noted.left)
        break
      }
      // What was told of is not noted: it comes again, with the keys that it had.
      await patience.failed(noted.left)
      continue
    }
    patience.answered()
    // Nothing waits, or what waits was not sent: it is tried again after a while.
    if (noted.right === 0) {
      if (!follow) break
      if (goesOn()) await live.pause(Patience.LOOK_AGAIN)
    }
  }
  await from.close()
  return state.problem === undefined ? E.right(0) : E.left(state.problem)
}

/** Hands out payments that were not sent yet. */
export const payments = (
  io: Io,
  flags: Flags,
): E.Either<Problem, 0> | Promise<E.Either<Problem, 0>> => {
  const batch = batchOf(flags.batch)
  if (E.isLeft(batch)) return batch
  const live = io.live()
  return using(live, flags.database, false, (store) =>
    hand(io, live, store, batch.right, flags.follow === true),
  )
}
