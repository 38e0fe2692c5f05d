/**
 * Chain: the hashes that tie the entries of a stream to each other.
 *
 * Laws: PRT-3, PRT-4 (spec/10-ports.md).
 */

import { hash } from 'node:crypto'
import type { Entry } from './Port.js'

// Model

/** Where a stream ends: its last entry, or nothing yet. */
export interface End {
  readonly sequence: number
  readonly hash: string
}

/** The end of a stream without entries. */
export const start: End = { sequence: 0, hash: '0'.repeat(64) }

// Queries

/** An entry's name: no other has it. */
export const nameOf = ({ sequence, stream }: Pick<Entry, 'stream' | 'sequence'>): string =>
  `${stream} #${sequence}`

/** Where a stream ends whose last entry this is. */
export const endOf = ({ hash, sequence }: End): End => ({ sequence, hash })

/** Half of a surrogate pair, of which UTF 8 can hold none alone; few texts have any. */
const half = /[\ud800-\udfff]/
const lone = /\p{Surrogate}/u

/** Text with its length in bytes, so that no two lists of texts are told alike. */
const told = (text: string): string => {
  if (!half.test(text) || !lone.test(text)) return `${Buffer.byteLength(text)}:${text}`
  const json = JSON.stringify(text)
  return `${json.length}=${json}`
}

/** SHA 256, as 64 lower-case hexadecimal digits. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex')

/** The hash of an entry (PRT-4). */
export const hashOf = (entry: Omit<Entry, 'hash'>): string => {
  const { command, data, format, previous, sequence, stream, type } = entry
  return sha256(
    [previous, stream, String(sequence), type, String(format), command, data].map(told).join(''),
  )
}

/** What breaks the chain at an entry that should follow an end; nothing where it follows. */
export const broken = (
  { hash, sequence }: End,
  entry: Entry,
): 'sequence' | 'previous' | 'hash' | undefined => {
  if (entry.sequence !== sequence + 1) return 'sequence'
  if (entry.previous !== hash) return 'previous'
  return entry.hash === hashOf(entry) ? undefined : 'hash'
}

/** Whether entries of a stream, in their order, go on from an end. */
export const goesOn = ({ hash, sequence }: End, [first]: readonly Entry[]): boolean =>
  first === undefined || (first.sequence === sequence + 1 && first.previous === hash)

// Transitions

/** The entry that follows an end (PRT-3, PRT-4). */
export const link = (
  { hash, sequence }: End,
  body: Omit<Entry, 'sequence' | 'previous' | 'hash'>,
): Entry => {
  const entry = { ...body, sequence: sequence + 1, previous: hash }
  return { ...entry, hash: hashOf(entry) }
}
