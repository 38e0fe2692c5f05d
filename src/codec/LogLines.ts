/**
 * LogLines: the log of a clipper as lines of JSON: first the terms, then each event and each change of terms.
 *
 * Laws: LOG-1 to LOG-6 (spec/15-log.md).
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { Fixed } from '../core/index.js'
import { type Abacus, Journal, type Replay } from '../maker/index.js'
import { isRecord } from './Codec.js'
import type { Problem } from './Csv.js'
import * as Json from './Json.js'
import * as Shape from './Shape.js'

// Model

/** A log: the terms that it begins under, and its entries with their lines. */
export interface Log {
  readonly version: 1
  readonly terms: Journal.Terms
  readonly lines: readonly Replay.Line[]
}

// Codecs

const digits = /^(0|[1-9]\d{0,77})$/

/** A whole number of 256 bits, as text in digits (LOG-2). */
const word = <A extends bigint>(): Shape.Codec<A> =>
  new Shape.Codec<A>(
    'word',
    { type: 'string', pattern: digits.source },
    (u): u is A => typeof u === 'bigint',
    (input, context) =>
      typeof input === 'string' && digits.test(input) && BigInt(input) <= Fixed.MAX_UINT256
        ? t.success(BigInt(input) as A)
        : t.failure(
            input,
            context,
            'LOG-2 a whole number in quotes, from "0" to 2^256 - 1, without leading zeros',
          ),
    String,
  )

/** An instant of 48 bits, as a number (LOG-2). */
const instant: Shape.Codec<Fixed.Seconds> = new Shape.Codec<Fixed.Seconds>(
  'instant',
  { type: 'integer', minimum: 0, maximum: Fixed.MAX_UINT48 },
  t.number.is,
  (input, context) =>
    Number.isSafeInteger(input) && Number(input) >= 0 && Number(input) <= Fixed.MAX_UINT48
      ? t.success(Number(input))
      : t.failure(input, context, `LOG-2 whole seconds since 1970, as a number`),
  (at) => at,
)

/** What is looked at later. */
const anything: Shape.Codec<unknown> = new Shape.Codec<unknown>(
  'anything',
  {},
  t.unknown.is,
  t.success,
  (value) => value,
)

const { closed, oneOf, oneOfNumbers, partly, tag, tagged, text } = Shape

const uint = word()
const [wad, ray, rad] = [word<Fixed.Wad>(), word<Fixed.Ray>(), word<Fixed.Rad>()]
const duration = word<Fixed.Duration>()

const calc: Shape.Codec<Abacus.Calc> = tagged('calc', {
  LinearDecrease: closed('LinearDecrease', { _tag: tag('LinearDecrease'), tau: duration }),
  StairstepExponentialDecrease: closed('StairstepExponentialDecrease', {
    _tag: tag('StairstepExponentialDecrease'),
    step: duration,
    cut: ray,
  }),
  ExponentialDecrease: closed('ExponentialDecrease', {
    _tag: tag('ExponentialDecrease'),
    cut: ray,
  }),
})

const header = closed('the terms of a clipper', {
  version: oneOfNumbers(1),
  ilk: text,
  gem: text,
  mat: ray,
  buf: ray,
  tail: duration,
  cusp: ray,
  chip: wad,
  tip: rad,
  calc,
  hole: rad,
  chop: wad,
  dust: rad,
  chost: rad,
  stopped: uint,
})

const started = { id: uint, top: uint, tab: uint, lot: uint, usr: text, kpr: text, coin: uint }

/** The codec of each kind of line. */
const kinds = {
  Bark: closed('Bark', {
    t: instant,
    name: tag('Bark'),
    ilk: text,
    urn: text,
    ink: uint,
    art: uint,
    due: uint,
    id: uint,
  }),
  Kick: partly('Kick', { t: instant, name: tag('Kick'), ...started }, { feed: uint }),
  Take: partly(
    'Take',
    {
      t: instant,
      name: tag('Take'),
      id: uint,
      max: uint,
      price: uint,
      owe: uint,
      tab: uint,
      lot: uint,
      usr: text,
    },
    { who: text },
  ),
  Redo: partly('Redo', { t: instant, name: tag('Redo'), ...started }, { feed: uint }),
  Yank: closed('Yank', { t: instant, name: tag('Yank'), id: uint }),
}

const file = { t: instant, name: tag('File') }
const number = closed('File', { ...file, what: oneOf(...Journal.numbers), data: uint })
const whole = closed('File', { ...file, what: tag('calc'), data: calc })
const change = closed('File', { ...file, what: oneOf(...Journal.numbers, 'calc'), data: anything })

/** One of the kinds of line, told apart by its name; of changes, that of a price function by what it changes (LOG-3, LOG-5). */
const entry: t.Type<Journal.Entry, unknown> = new t.Type<Journal.Entry, unknown>(
  'entry',
  (u): u is Journal.Entry => isRecord(u) && typeof u['name'] === 'string',
  (input, context) => {
    if (!isRecord(input)) return t.failure(input, context, 'LOG-3 an object: an event or a change')
    const { name, what } = input
    const kind = Object.entries(kinds).find(([known]) => known === name)?.[1]
    if (kind !== undefined) return kind.validate(input, context)
    if (name !== 'File') {
      const wanted = [...Object.keys(kinds), 'File'].join(' or ')
      return t.failure(name, t.appendContext(context, 'name', t.unknown, name), `LOG-3 ${wanted}`)
    }
    const known = change.validate(input, context)
    if (E.isLeft(known)) return known
    return what === 'calc' ? whole.validate(input, context) : number.validate(input, context)
  },
  (one) => {
    if (one.name !== 'File') return (kinds[one.name] as t.Type<typeof one, unknown>).encode(one)
    return one.what === 'calc' ? whole.encode(one) : number.encode(one)
  },
)

// Constructors

/** One line as a value; in a problem, the line of the file. */
const read = <A>(type: t.Type<A, unknown>, text: string, line: number): E.Either<Problem, A> =>
  pipe(
    Json.parse(text),
    E.chain((document) => Shape.read(type, document)),
    E.mapLeft((problem) => ({ ...problem, line })),
  )

/** Refuses the first entry that is earlier than the one before it (LOG-4). */
const inOrder = (lines: readonly Replay.Line[]): E.Either<Problem, readonly Replay.Line[]> => {
  const early = lines.find(({ entry }, i) => entry.t < (lines[i - 1]?.entry.t ?? 0))
  if (early === undefined) return E.right(lines)
  const before = lines[lines.indexOf(early) - 1]?.entry.t
  return E.left({
    rule: 'LOG-4',
    line: early.line,
    field: 't',
    found: `${early.entry.t}`,
    wanted: `${before} or later, as on the line before`,
  })
}

/** Reads a log, or the first problem with it (LOG-1 to LOG-5). */
export const parse = (text: string): E.Either<Problem, Log> => {
  const [first = '', ...rest] = text
    .replace(/^\ufeff/, '')
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
  return pipe(
    E.Do,
    E.bind('head', () => read(header, first, 1)),
    E.bind('lines', () =>
      pipe(
        rest,
        E.traverseReadonlyArrayWithIndex((i, one) =>
          pipe(
            read(entry, one, i + 2),
            E.map((entry): Replay.Line => ({ line: i + 2, entry })),
          ),
        ),
        E.chain(inOrder),
      ),
    ),
    E.map(({ head: { version, ...terms }, lines }) => ({ version, terms, lines })),
  )
}

// Interpretation

/** The text of a log, that reads back as it (LOG-6). */
export const format = (terms: Journal.Terms, entries: readonly Journal.Entry[]): string =>
  [header.encode({ version: 1, ...terms }), ...entries.map(entry.encode)]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')
