/**
 * Lines: standard input as lines, those together that came together. None of them is longer than a fixed
 * length, whatever is sent: of a longer one the rest is skipped.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Line } from '../engine/index.js'

// Model

/** A line, counted from one: its text, or what is wrong with its bytes. */
export interface Read {
  readonly line: number
  readonly text: E.Either<Line.Misread, string>
}

/** The most bytes of a line. */
const LONGEST = 2 ** 20

const NEWLINE = 10

// Constructors

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

const wrong = (line: number, wanted: string): E.Either<Line.Misread, string> =>
  E.left(Line.misread(line, { rule: 'DEC-17', field: 'json', found: '', wanted }))

const decoded = (line: number, bytes: Uint8Array): E.Either<Line.Misread, string> =>
  pipe(
    E.tryCatch(
      () => decoder.decode(bytes),
      () => undefined,
    ),
    E.orElse(() => wrong(line, 'text in UTF-8')),
  )

/** Cuts chunks of bytes into lines. It holds the line that has not ended yet. */
interface Cutter {
  readonly cut: (chunk: Uint8Array) => readonly Read[]
  /** The last line, if it has no end of its own. */
  readonly end: () => readonly Read[]
}

const cutter = (): Cutter => {
  let held = new Uint8Array(1024)
  let size = 0
  let line = 1
  let isSkipped = false

  const hold = (bytes: Uint8Array): void => {
    if (size + bytes.length > held.length) {
      const larger = new Uint8Array(Math.max(2 * held.length, size + bytes.length))
      larger.set(held.subarray(0, size))
      held = larger
    }
    held.set(bytes, size)
    size += bytes.length
  }
  /** Takes more of a line; answers it if it has become too long. */
  const take = (bytes: Uint8Array): readonly Read[] => {
    if (isSkipped) return []
    if (size + bytes.length <= LONGEST) {
      hold(bytes)
      return []
    }
    isSkipped = true
    return [{ line, text: wrong(line, `a line of at most ${LONGEST} bytes`) }]
  }
  const finish = (): readonly Read[] => {
    const whole = isSkipped ? [] : [{ line, text: decoded(line, held.subarray(0, size)) }]
    line += 1
    size = 0
    isSkipped = false
    return whole
  }
  return {
    cut: (chunk) => {
      const found: Read[] = []
      let from = 0
      for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, from)) {
        found.push(...take(chunk.subarray(from, at)), ...finish())
        from = at + 1
      }
      found.push(...take(chunk.subarray(from)))
      return found
    },
    end: () => (size > 0 ? finish() : []),
  }
}

// Interpretation

/** The lines of an input, at most so many at a time; or why it cannot be read any more. */
export async function* read(
  input: AsyncIterable<E.Either<string, Uint8Array>>,
  most: number,
): AsyncGenerator<E.Either<string, readonly Read[]>, void, void> {
  const { cut, end } = cutter()
  for await (const chunk of input) {
    if (E.isLeft(chunk)) {
      yield chunk
      return
    }
    const lines = cut(chunk.right)
    for (let from = 0; from < lines.length; from += most)
      yield E.right(lines.slice(from, from + most))
  }
  const last = end()
  if (last.length > 0) yield E.right(last)
}
