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

// Constructors

/** A bracket or comma; a text; a number or word; space; anything else. */
const token =
  /[{}[\],:]|"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|[\w.+-]+|[ \t\r\n]+|[^]/gu

const word = /^(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)$/

const end: Token['text'] = ''

/** The tokens, with an empty one at the end; a character that belongs to none is one of its own. */
const tokens = (text: string): readonly Token[] => {
  let line = 1
  const found: Token[] = []
  for (const [part] of text.matchAll(token)) {
    if (!/^[ \t\r\n]/.test(part)) found.push({ text: part, line })
    line += part.split('\n').length - 1
  }
  return [...found, { text: end, line }]
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

const key = (path: Path): string => JSON.stringify(path)

/**
 * Reads one JSON value. Refuses text that is none, fields named twice, and values in values more than 64 deep (DEC-17).
 *
 * @example parse('{"a": [1]}') // lineOf(['a', 0]) is 1
 */
export const parse = (text: string): E.Either<Problem, Document> => {
  const all = tokens(text.replace(/^\ufeff/, ''))
  const lines = new Map<string, number>()
  let next = 0
  let problem = undefined as Problem | undefined

  const peek = (): Token => all[next] ?? { text: end, line: 1 }
  const fail = (path: Path, wanted: string): void => {
    const { line, text: found } = peek()
    problem ??= { rule: 'DEC-17', line, field: show(path) || 'json', found, wanted }
  }
  const isBroken = (): boolean => problem !== undefined
  const accept = (wanted: string): boolean => {
    const isNext = peek().text === wanted
    if (isNext) next += 1
    return isNext
  }
  /** The parts between two brackets, each read by `part`. */
  const series = (path: Path, close: string, part: (i: number) => void): void => {
    next += 1
    if (accept(close)) return
    for (let i = 0; !isBroken(); i += 1) {
      part(i)
      if (isBroken() || accept(close)) return
      if (!accept(',')) fail(path, `a comma or ${close}`)
    }
  }
  const field = (path: Path, fields: Map<string, unknown>): void => {
    const { text: quoted } = peek()
    if (!isText(quoted)) {
      fail(path, 'the name of a field in double quotes')
      return
    }
    const name = JSON.parse(quoted) as string
    const here = [...path, name]
    if (fields.has(name)) fail(here, 'this field once')
    next += 1
    if (!accept(':')) fail(here, 'a colon and a value')
    if (!isBroken()) fields.set(name, value(here))
  }
  const object = (path: Path): unknown => {
    const fields = new Map<string, unknown>()
    series(path, '}', () => {
      field(path, fields)
    })
    return Object.fromEntries(fields)
  }
  const list = (path: Path): unknown => {
    const values: unknown[] = []
    series(path, ']', (i) => values.push(value([...path, i])))
    return values
  }
  const value = (path: Path): unknown => {
    const { line, text: start } = peek()
    lines.set(key(path), line)
    if (path.length > deepest) {
      fail(path, `values at most ${deepest} deep`)
      return undefined
    }
    if (start === '{') return object(path)
    if (start === '[') return list(path)
    if (!isText(start) && !word.test(start)) {
      fail(path, 'a JSON value')
      return undefined
    }
    next += 1
    return JSON.parse(start) as unknown
  }

  const whole = value([])
  if (!isBroken() && peek().text !== end) fail([], 'the end of the text')
  if (problem !== undefined) return E.left(problem)
  const lineOf = (path: Path): number =>
    lines.get(key(path)) ?? (path.length > 0 ? lineOf(path.slice(0, -1)) : 1)
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
