/**
 * Case: one thing that a store of events has to do, and how a case says what it found instead.
 *
 * A case makes its own world, and waits for nothing but the store: it never sleeps and measures no time.
 */

import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  type EventStore,
  type Lock,
  nothingWanted,
  type Session,
  type View,
} from '../../engine/Port.js'

// Model

/** A store with nothing in it. */
export interface Opened {
  readonly store: EventStore
  /** Another handle on the same data, as another process has it: of stores that allow it. */
  readonly again?: () => Promise<EventStore>
  /** Takes away what is left, after every handle was closed. */
  readonly remove?: () => Promise<void>
}

/** The stores that are held to the contract. */
export interface Subject {
  readonly name: string
  /**
   * Whether whatever is asked of one waits while a body of `alone` or `still` runs, as with a single
   * connection. A sender of `deliver` may ask for something in any case.
   */
  readonly isSerial?: boolean
  /** A new one, which nobody else uses. */
  readonly open: () => Promise<Opened>
}

/** What a case works on: `other` is another handle on the data of `store`, or, where there is none, itself. */
export interface World extends Pick<Opened, 'again' | 'store'> {
  readonly other: EventStore
  readonly isSerial: boolean
}

export interface Case {
  /** With the id of the rule first. */
  readonly title: string
  /** Throws where a store of the subject does something else. */
  readonly run: (subject: Subject) => Promise<void>
}

// Constructors

/** A case; its stores are closed at its end. */
export const storeCase = (title: string, check: (world: World) => Promise<void>): Case => ({
  title,
  run: async ({ isSerial = false, open }) => {
    const { again, remove, store } = await open()
    const other = again === undefined ? store : await again()
    try {
      await check({ store, other, isSerial, ...(again && { again }) })
    } finally {
      for (const handle of new Set([store, other])) await handle.close()
      await remove?.()
    }
  },
})

// What is found

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const members = (value: object): ReadonlyMap<unknown, unknown> =>
  value instanceof Map ? value : new Map(Object.entries(value))

const short = (value: unknown): string => {
  const text = fc.stringify(value)
  return text.length > 300 ? `${text.slice(0, 300)}… (${text.length} characters)` : text
}

/** Where two values differ first, and how. What is undefined is not there. */
const difference = (found: unknown, expected: unknown, path: string): string | undefined => {
  if (Object.is(found, expected)) return undefined
  if (!isRecord(found) || !isRecord(expected) || Array.isArray(found) !== Array.isArray(expected))
    return `${path} is ${short(found)}, not ${short(expected)}`
  const [own, wanted] = [members(found), members(expected)]
  for (const key of new Set([...own.keys(), ...wanted.keys()])) {
    const deeper = difference(own.get(key), wanted.get(key), `${path}[${short(key)}]`)
    if (deeper !== undefined) return deeper
  }
  return undefined
}

/** Throws where two values differ. */
export const same = (what: string, found: unknown, expected: unknown): void => {
  const differs = difference(found, expected, what)
  if (differs !== undefined) throw new Error(differs)
}

/** Throws where something does not hold. */
export const holds = (what: string, held: boolean): void => {
  if (!held) throw new Error(`not so: ${what}`)
}

/** What a task that has to succeed answers. */
export const right = async <A>(what: string, task: TE.TaskEither<unknown, A>): Promise<A> => {
  const answer = await task()
  if (E.isLeft(answer)) throw new Error(`${what} failed with ${short(answer.left)}`)
  return answer.right
}

/** Runs what may throw as a body that succeeds: what it throws is thrown, whatever the store makes of it. */
const inBody = async <S, A>(
  what: string,
  run: (body: (given: S) => TE.TaskEither<unknown, A>) => TE.TaskEither<unknown, A>,
  body: (given: S) => Promise<A>,
): Promise<A> => {
  const thrown: unknown[] = []
  const answer = await run((given) =>
    TE.tryCatch(
      () => body(given),
      (error) => {
        thrown.push(error)
        return error
      },
    ),
  )()
  if (thrown.length > 0) throw thrown[0]
  return right(what, () => Promise.resolve(answer))
}

/** A body that holds locks, and succeeds. */
export const alone = <A>(
  store: EventStore,
  locks: readonly Lock[],
  body: (session: Session) => Promise<A>,
): Promise<A> => inBody<Session, A>('a body', (run) => store.alone(locks, run), body)

/** A body that reads while nothing changes. */
export const still = <A>(store: EventStore, body: (view: View) => Promise<A>): Promise<A> =>
  inBody<View, A>('a view', (run) => store.still(run), body)

/** Throws unless a task fails like this. */
export const fails = async (
  what: string,
  task: TE.TaskEither<unknown, unknown>,
  how: unknown,
): Promise<void> => {
  same(what, await task(), E.left(how))
}

/** Throws unless a task finds that somebody was faster. */
export const conflicts = (what: string, task: TE.TaskEither<unknown, unknown>): Promise<void> =>
  fails(what, task, { _tag: 'Conflict' })

/** Throws unless a task fails because the store could not do it, whatever the reason. */
export const isUnavailable = async (
  what: string,
  task: TE.TaskEither<unknown, unknown>,
): Promise<void> => {
  const answer = await task()
  const why = E.isLeft(answer) && isRecord(answer.left) ? answer.left['why'] : undefined
  same(what, answer, E.left({ _tag: 'Unavailable', what: 'store', why }))
  holds(`${what} says why, in one line`, typeof why === 'string' && /^.+$/.test(why))
}

/** Of tasks that run at once, the one that succeeds: all others find that it was faster. */
export const oneOf = async (
  what: string,
  tasks: readonly TE.TaskEither<unknown, unknown>[],
): Promise<number> => {
  const answers = await Promise.all(tasks.map((task) => task()))
  const done = answers.findIndex(E.isRight)
  answers.forEach((answer, i) => {
    if (i !== done) same(`${what}, ${i}`, answer, E.left({ _tag: 'Conflict' }))
  })
  holds(`${what}: one succeeds`, done >= 0)
  return done
}

/** Lets others go on for a while: as long as it takes to read a few times. */
export const pass = async (session: Session, rounds = 25): Promise<void> => {
  const wanted = { ...nothingWanted, totals: ['none'] }
  for (let i = 0; i < rounds; i++) await right('a read', session.read(wanted))
}

/** A promise, and what fulfils it. */
export const signal = (): { readonly given: Promise<void>; readonly give: () => void } => {
  let give = (): void => undefined
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return { given, give }
}
