/**
 * Io: what the command line needs of the world, so that a test can stand in for it.
 */

import type * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import type { Work } from '../adapter/sql/Work.js'
import type { Port } from '../engine/index.js'
import type { Draw } from '../report/index.js'
import type { Job, Result, Trial } from './Task.js'

/** Shows how far a run is, in parts from 0 to 1. */
export interface Progress {
  readonly update: (part: number) => void
  readonly stop: () => void
}

/** Where stores are opened. A database is named by a folder, the URL of a server, or `memory:`. */
export interface Stores {
  /** A store whose tables are up to date; a folder is made where there is none, if `create` says so. */
  readonly open: (database: string, create: boolean) => TaskEither<Problem, Port.EventStore>
  readonly migrate: (database: string, roles: Roles) => TaskEither<Problem, void>
  /** The tasks at a server, which so many threads of this process carry out besides others. */
  readonly work: (database: string, threads: number) => TaskEither<Problem, Work>
}

/** Roles that are given what they need: to carry out commands, and to carry out tasks. */
export interface Roles {
  readonly role?: string
  readonly workers?: string
}

/** What a command needs besides that works on a store: it may go on for long. */
export interface Live {
  readonly stores: Stores
  readonly clock: Port.Clock
  /** Standard input as it comes, or why it cannot be read. It ends when the program is asked to stop. */
  readonly input: () => AsyncIterable<E.Either<string, Uint8Array>>
  /** Writes to standard output and waits until that is taken; whether anybody still reads it. */
  readonly print: (text: string) => Promise<boolean>
  readonly isTerminal: boolean
  /** Whether the program was asked to stop. */
  readonly isStopped: () => boolean
  /** Ends when the program is asked to stop. */
  readonly stopped: Promise<void>
  /** Ends after so many milliseconds, or when the program is asked to stop. */
  readonly pause: (milliseconds: number) => Promise<void>
}

/** Files and folders. */
export interface Files {
  /** The text of a file, or why there is none. */
  readonly read: (path: string) => E.Either<string, string>
  /** Puts text in a file, whole or not at all: nothing, or why it cannot. */
  readonly write: (path: string, text: string) => E.Either<string, undefined>
  /** Whether text could be put in a file: nothing, or why not. What is there stays as it is. */
  readonly tryOut: (path: string) => E.Either<string, undefined>
  /** Makes a folder where there is none: nothing, or why it cannot. */
  readonly makeFolder: (path: string) => E.Either<string, undefined>
  /** Where the data that comes with the package lies. */
  readonly dataPath: (name: string) => string
  /** The names of what is in a folder, or why there are none. */
  readonly list: (folder: string) => E.Either<string, readonly string[]>
}

/** Threads that carry trials out. */
export interface Pool {
  readonly threads: number
  readonly run: (job: Job, trials: readonly Trial[]) => Promise<readonly Result[]>
  readonly close: () => Promise<void>
}

export interface Io extends Files {
  /** What draws pictures, or in words why there is nothing that does. */
  readonly draw: () => Promise<E.Either<string, Draw.Draw>>
  readonly version: string
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly progress: (doing: string) => Progress
  /** So many threads. */
  readonly pool: (threads: number) => Pool
  /** From here on the program stops when it is asked to, not at once. */
  readonly live: () => Live
}

/** Why a command was not carried out, as one line. */
export type Problem = string

/** What names a user and a password in a line, left out. */
export const withoutSecrets = (line: string): string =>
  line.replace(/:\/\/\S*@/g, '://').replace(/(password|sslkey)=[^\s&]*/gi, '$1=')

/** Text on one line: what would break it, or not show, as an escape. */
export const oneLine = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )

/** A problem as standard error has it. */
export const complaint = (problem: Problem): string =>
  `knockdown: ${oneLine(withoutSecrets(problem))}\n`

/** What stands in a flag or file against what would be right, as readers of a CSV problem know it. */
export const mismatch = (where: string, found: string, wanted: string): Problem =>
  `${where}: found ${JSON.stringify(found.length > 64 ? `${found.slice(0, 64)}…` : found)}, wanted ${wanted}`

/** Why a file cannot be read, named by its path, or where that is empty by the flag. */
export const unread = (flag: string, file: string, why: string, wanted: string): Problem =>
  file === '' ? mismatch(flag, file, wanted) : `${file}: ${why}, wanted ${wanted}`
