/** What the tests store. */

import { createHash } from 'node:crypto'
import {
  type Entry,
  nothing,
  nothingWanted,
  type Outcome,
  type Payment,
  type Snapshot,
  type Transfer,
  type Wanted,
  type Write,
} from '../../../src/engine/Port.js'

const hashOf = (stream: string, sequence: number): string =>
  sequence === 0 ? '0'.repeat(64) : `${stream}#${sequence}`

export const entry = (stream: string, sequence: number): Entry => ({
  stream,
  sequence,
  type: 'Taken',
  format: 1,
  data: `{"at":${sequence}}`,
  command: `${stream}!${sequence}`,
  previous: hashOf(stream, sequence - 1),
  hash: hashOf(stream, sequence),
})

export const outcome = (id: string): Outcome => ({ id, fingerprint: `${id}?`, answer: '"done"' })

export const payment = (key: string, stream = 's', sequence = 1): Payment => ({
  key,
  stream,
  sequence,
  direction: 'pay',
  party: 'kim',
  token: 'DAI',
  units: 7n,
})

export const transfer = (place: number, stream = 's', sequence = 1): Transfer => ({
  stream,
  sequence,
  place,
  asset: 'DAI',
  from: 'a',
  to: 'b',
  amount: 5n,
})

export const snapshot = (stream: string, sequence: number, state = '{}'): Snapshot => ({
  stream,
  sequence,
  hash: hashOf(stream, sequence),
  format: 1,
  state,
})

export const write = (parts: Partial<Write>): Write => ({ ...nothing, ...parts })

/** Entries of a stream, from a sequence to another. */
export const entries = (stream: string, from: number, to: number): readonly Entry[] =>
  Array.from({ length: to - from + 1 }, (_, index) => entry(stream, from + index))

export const wanted = (parts: Partial<Wanted>): Wanted => ({ ...nothingWanted, ...parts })

/** A promise, and what keeps it. */
export const signal = (): { readonly given: Promise<void>; readonly give: () => void } => {
  let give = (): void => undefined
  const given = new Promise<void>((resolve) => {
    give = resolve
  })
  return {
    given,
    give: () => {
      give()
    },
  }
}

/** So much text that no compression makes it short. */
export const noise = (seed: string, length: number): string => {
  const parts: string[] = []
  for (let i = 0; i * 88 < length; i += 1)
    parts.push(createHash('sha512').update(`${seed} ${i}`).digest('base64'))
  return parts.join('')
}
