/**
 * Io: what the command line needs of the world, so that a test can stand in for it.
 */

import type * as E from 'fp-ts/lib/Either.js'

/** Shows how far a run is, in parts from 0 to 1. */
export interface Progress {
  readonly update: (part: number) => void
  readonly stop: () => void
}

export interface Io {
  readonly version: string
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** The text of a file, or why there is none. */
  readonly read: (path: string) => E.Either<string, string>
  /** Puts text in a file, whole or not at all: nothing, or why it cannot. */
  readonly write: (path: string, text: string) => E.Either<string, undefined>
  /** Where the data that comes with the package lies. */
  readonly dataPath: (name: string) => string
  readonly progress: () => Progress
}

/** Why a command was not carried out, as one line. */
export type Problem = string

/** Text on one line: what would break it, or not show, as an escape. */
export const oneLine = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )

/** What stands in a flag or file against what would be right, as readers of a CSV problem know it. */
export const mismatch = (where: string, found: string, wanted: string): Problem =>
  `${where}: found ${JSON.stringify(found.length > 64 ? `${found.slice(0, 64)}…` : found)}, wanted ${wanted}`

/** Why a file cannot be read, named by its path, or where that is empty by the flag. */
export const unread = (flag: string, file: string, why: string, wanted: string): Problem =>
  file === '' ? mismatch(flag, file, wanted) : `${file}: ${why}, wanted ${wanted}`
