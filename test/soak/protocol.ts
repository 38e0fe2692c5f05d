/**
 * What a worker is told and what it says, a line of JSON each. It says that something is stored only when it is.
 */

import type { Audit, Checkpoint } from './engine.js'

export interface Setting {
  readonly where:
    | { readonly folder: string }
    | { readonly url: string; readonly connections?: number }
  readonly migrate?: boolean
  readonly options?: {
    readonly skew?: number
    readonly attempts?: number
    readonly checkpointEvery?: number
    readonly snapshotEvery?: number
  }
}

export interface Asked {
  readonly id: string
  readonly ask: unknown
}

/** An entry, as far as it is looked at. */
export interface Told {
  readonly stream: string
  readonly sequence: number
  readonly type: string
  readonly format: number
  readonly data: string
}

export type Answered =
  | { readonly _tag: 'Done'; readonly id: string; readonly happened: readonly Told[] }
  | {
      readonly _tag: 'Refused'
      readonly id: string
      readonly tag: string
      readonly refusal: unknown
    }
  | { readonly _tag: 'Failed'; readonly id: string; readonly why: string }

/** What can be asked of a worker, and what it then says. */
export interface Words {
  execute: {
    in: { readonly now: number; readonly requests: readonly Asked[] }
    out: readonly Answered[]
  }
  /** The entries from a place on, so many at most. */
  feed: {
    in: { readonly after: string | undefined; readonly limit: number }
    out: {
      readonly entries: readonly (Told & { readonly command: string })[]
      readonly next: string | undefined
    }
  }
  audit: { in: { readonly anchor: Checkpoint.Anchor | undefined }; out: Audit.Report }
  outcomes: { in: object; out: readonly string[] }
  /** Writes the checkpoints that are due, and answers the last one. */
  anchor: { in: { readonly now: number }; out: Checkpoint.Anchor | undefined }
  /** Hands payments out, and answers those that are noted as sent; before they are, that they are in hand is said. */
  deliver: { in: { readonly limit: number }; out: readonly string[] }
  /** How many appends have met a conflict. */
  conflicts: { in: object; out: number }
  /** Closes the store and opens it again. */
  reopen: { in: object; out: null }
  close: { in: object; out: null }
}

export type Word = keyof Words

/** What a worker is told: `n` is told back with the answer. */
export type Line = {
  [W in Word]: { readonly n: number; readonly word: W; readonly about: Words[W]['in'] }
}[Word]

export type Said =
  | { readonly n: number; readonly right: unknown }
  | { readonly n: number; readonly left: string }
  | { readonly handed: readonly string[] }
