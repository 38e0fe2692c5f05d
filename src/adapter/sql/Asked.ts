/**
 * Asked: what is asked for, as rows of a statement, each with its place among what was asked.
 */

import type { Entry } from '../../engine/Port.js'
import { stored } from './Text.js'

export interface Asked {
  readonly wanted: number
  readonly stream: string
  readonly sequence?: number | null
}

/** Names of any kind: where they are looked for, each stands as a stream. */
export const names = (all: readonly string[]): readonly Asked[] =>
  all.map((name, wanted) => ({ wanted, stream: stored(name) }))

/** Single entries. */
export const entries = (all: readonly Pick<Entry, 'stream' | 'sequence'>[]): readonly Asked[] =>
  all.map(({ stream, sequence }, wanted) => ({ wanted, stream: stored(stream), sequence }))

/** The rows, to select from. */
export const FROM =
  'from json_to_recordset($rows) as asked(wanted int, stream text, sequence bigint)'
