/**
 * Json: JSON text in, a value and the line of each of its parts out, or the first problem to mend.
 *
 * Laws: DEC-17 (spec/02-decimal.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import type { Problem } from './Csv.js'

// Model

/** The way to a part of a value: names of fields and places in lists. */
export type Path = readonly (string | number)[]

export interface Document {
  readonly value: unknown
  /** The line on which a part stands, or the part around it where there is no such part. */
  readonly lineOf: (path: Path) => number
}

interface Token {
  readonly text: string
  readonly line: number
}

/** A value's line, and those of what is in it, where any is another one. */
interface Place {
  readonly line: number
  parts?: Map<string | number, Place>
}

// Constructors

/** Space; a bracket or comma; a number or word; anything else. */
const token = /[ \t\r\n]+|[{}[\],:]|[\w.+-]+|[^]/uy

/** What may stand in a text besides escapes; an escape. */
const plain = /[^"\\\0-\x1f]*/y
const escape = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y

const word = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/

const end: Token['text'] = ''

/** Where a match from a place on ends; the place itself where there is none. */
const past = (of: RegExp, text: string, from: number): number => {
  of.lastIndex = from
  return of.test(text) ? of.lastIndex : from
}

/** Where the text in quotes that begins at a place ends; nothing where it does not end as one. */
const closing = (text: string, from: number): number | undefined => {
  let next = past(plain, text, from + 1)
  for (let escaped = past(escape, text, next); escaped > next; escaped = past(escape, text, next))
    next = past(plain, text, escaped)
  return text[next] === '"' ? next + 1 : undefined
}

/** The tokens one by one, then empty ones; a character that belongs to none is one of its own. */
const reader = (text: string): (() => Token) => {
  let line = 1
  let at = 0
  return () => {
    for (;;) {
      if (at >= text.length) return { text: end, line }
      const quoted = text[at] === '"' ? closing(text, at) : undefined
      const from = at
      at = quoted ?? past(token, text, at)
      const part = text.slice(from, at)
      if (!/^[ \t\r\n]/.test(part)) return { text: part, line }
      line += part.split('\n').length - 1
    }
  }
}

/** A quote that nothing closes is a token of its own. */
const isText = (token: string): boolean => token.length > 1 && token.startsWith('"')

/** The name of a field on one line: as it is if it is a plain one, else quoted, in part, with escapes. */
export const showName = (name: string): string =>
  /^[\w$-]{1,40}$/.test(name)
    ? name
    : `"${name
        .slice(0, 40)
        .replace(/["\\]/g, '\\$&')
        .replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`

/** A path as readers know it: a.b[0].c. */
export const show = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text === '' ? showName(step) : `${text}.${showName(step)}`
  }, '')

/** No value of ours is as deep; a deeper one would use up the stack. */
const deepest = 64

/**
 * Reads one JSON value. Refuses text that is none, fields named twice, and values in values more than 64 deep (DEC-17).
 *
 * @example parse('{"a": [1]}') // lineOf(['a', 0]) is 1
 */
export const parse = (text: string): E.Either<Problem, Document> => {
  const read = reader(text.replace(/^\ufeff/, ''))
  let next = read()
  let problem = undefined as Problem | undefined

  const peek = (): Token => next
  const skip = (): void => {
    next = read()
  }
  const fail = (path: Path, wanted: string): void => {
    const { line, text: found } = peek()
    problem ??= { rule: 'DEC-17', line, field: show(path) || 'json', found, wanted }
  }
  const isBroken = (): boolean => problem !== undefined
  const accept = (wanted: string): boolean => {
    const isNext = peek().text === wanted
    if (isNext) skip()
    return isNext
  }
  /** The parts between two brackets, each read by `part`. */
  const series = (path: Path, close: string, part: (i: number) => void): void => {
    skip()
    if (accept(close)) return
    for (let i = 0; !isBroken(); i += 1) {
      part(i)
      if (isBroken() || accept(close)) return
      if (!accept(',')) fail(path, `a comma or ${close}`)
    }
  }
  const field = (path: Path, place: Place, fields: Map<string, unknown>): void => {
    const { text: quoted } = peek()
    if (!isText(quoted)) {
      fail(path, 'the name of a field in double quotes')
      return
    }
    const name = JSON.parse(quoted) as string
    const here = [...path, name]
    if (fields.has(name)) fail(here, 'this field once')
    skip()
    if (!accept(':')) fail(here, 'a colon and a value')
    if (!isBroken()) fields.set(name, value(here, place))
  }
  const object = (path: Path, place: Place): unknown => {
    const fields = new Map<string, unknown>()
    series(path, '}', () => {
      field(path, place, fields)
    })
    return Object.fromEntries(fields)
  }
  const list = (path: Path, place: Place): unknown => {
    const values: unknown[] = []
    series(path, ']', (i) => values.push(value([...path, i], place)))
    return values
  }
  const leaf = (): unknown => {
    const { text } = peek()
    skip()
    return JSON.parse(text) as unknown
  }
  /** Reads a value, and notes in what it is where it stands, if that is on another line. */
  const value = (path: Path, within: Place): unknown => {
    const { line, text: start } = peek()
    const place: Place = { line }
    if (path.length > deepest) {
      fail(path, `values at most ${deepest} deep`)
      return undefined
    }
    if (start !== '{' && start !== '[' && !isText(start) && !word.test(start)) {
      fail(path, 'a JSON value')
      return undefined
    }
    const read = start === '{' ? object(path, place) : start === '[' ? list(path, place) : leaf()
    if (line !== within.line || place.parts !== undefined) {
      within.parts ??= new Map()
      within.parts.set(path.at(-1) ?? '', place)
    }
    return read
  }

  const top: Place = { line: 0 }
  const whole = value([], top)
  if (!isBroken() && peek().text !== end) fail([], 'the end of the text')
  if (problem !== undefined) return E.left(problem)
  const lineOf = (path: Path): number => {
    let place = top.parts?.get('')
    for (const step of path) {
      const part = place?.parts?.get(step)
      if (part === undefined) break
      place = part
    }
    return place?.line ?? 1
  }
  return E.right({ value: whole, lineOf })
}

/**
 * Reads one JSON value that a program wrote, as JavaScript reads it: without a line for each part. Refuses text that is
 * none (DEC-17).
 */
export const trusted = (text: string): E.Either<Problem, Document> =>
  E.tryCatch(
    () => ({ value: JSON.parse(text) as unknown, lineOf: () => 1 }),
    () => ({ rule: 'DEC-17', line: 1, field: 'json', found: text, wanted: 'a JSON value' }),
  )
