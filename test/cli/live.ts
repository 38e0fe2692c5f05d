/**
 * Live for tests: stores in memory by the name of their database, standard input as text, a clock that stands.
 */

import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { Memory } from '../../src/adapter/memory/index.js'
import { run } from '../../src/cli/Cli.js'
import type { Io, Live, Stores } from '../../src/cli/Io.js'
import type { Port } from '../../src/engine/index.js'
import { printed, type Run } from './io.js'
import { board } from './board.js'

/** Databases that last from one command to the next. */
export const databases = (): Stores => {
  const stores = new Map<string, Port.EventStore>()
  return {
    open: (database, create) => {
      const store = stores.get(database)
      if (store === undefined && !create) return TE.left(`${database} is not there`)
      const made = store ?? { ...Memory.make(), close: TE.right(undefined) }
      stores.set(database, made)
      return TE.right(made)
    },
    migrate: () => TE.right(undefined),
    work: () => TE.right(board()),
  }
}

/** A database that is one store, which stays open. */
export const holding = (store: Port.EventStore): Stores => ({
  open: () => TE.right({ ...store, close: TE.right(undefined) }),
  migrate: () => TE.right(undefined),
  work: () => TE.right(board()),
})

/** The time on the clock of tests. */
export const NOW = 1_600_000_000

export interface World {
  readonly stores?: Stores
  /** Standard input, chunk by chunk. */
  readonly input?: string | readonly (string | Uint8Array)[]
  readonly live?: Partial<Live>
  readonly io?: Partial<Io>
}

const encoder = new TextEncoder()

async function* chunks(
  input: string | readonly (string | Uint8Array)[] = '',
): AsyncGenerator<E.Either<string, Uint8Array>, void, void> {
  for (const chunk of typeof input === 'string' ? [input] : input) {
    await Promise.resolve()
    yield E.right(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
  }
}

/** Carries out a command line to its end. */
export const session = async (
  argv: readonly string[],
  { input, io: parts, live, stores = databases() }: World = {},
): Promise<Run> => {
  const { err, io, out } = printed(parts)
  const status = await run(argv, {
    ...io,
    live: () => ({
      stores,
      clock: { now: TE.right(NOW) },
      input: () => chunks(input),
      print: (text) => {
        io.out(text)
        return Promise.resolve(true)
      },
      isTerminal: false,
      isStopped: () => false,
      stopped: new Promise<void>(() => undefined),
      pause: () => Promise.resolve(),
      ...live,
    }),
  })
  return { status, out: out(), err: err() }
}

/** Lines of JSON as values. */
export const parsed = (out: string): readonly Readonly<Record<string, unknown>>[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
