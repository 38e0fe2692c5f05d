/**
 * TermsFolder: a folder of terms, read and checked: those of the treasury, those of lines, and in how many places
 * money and tokens are paid.
 */

import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Csv, Shape, TermsJson, TreasuryTermsJson } from '../codec/index.js'
import type { Terms, Treasury } from '../core/index.js'
import { Record } from '../engine/index.js'
import { type Io, mismatch, type Problem } from './Io.js'
import * as JsonFile from './JsonFile.js'

// Model

interface Tokens {
  readonly money: number
  readonly tokens: readonly Record.Token[]
}

export interface OfLine {
  readonly file: string
  readonly terms: Terms.Terms
}

/** What a folder says. */
export interface Folder {
  readonly tokens: { readonly file: string; readonly places: Tokens | undefined }
  readonly treasury: { readonly file: string; readonly terms: Treasury.Terms } | undefined
  /** In the order of their lines and versions. */
  readonly lines: readonly OfLine[]
}

// Reading

const tokensCodec: Shape.Codec<Tokens> = Shape.closed('places', Record.places)

const TOKENS = 'tokens.json'

const isTreasury = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'surplus' in value && 'debt' in value

type Document =
  | { readonly _tag: 'Treasury'; readonly file: string; readonly terms: Treasury.Terms }
  | ({ readonly _tag: 'Line' } & OfLine)

const readDocument = (io: Io, file: string, unchecked: boolean): E.Either<Problem, Document> =>
  JsonFile.read(
    io,
    '--terms',
    file,
    'a JSON file of terms',
  )(
    (document): E.Either<Csv.Problem, Document> =>
      isTreasury(document.value)
        ? E.map((terms: Treasury.Terms): Document => ({ _tag: 'Treasury', file, terms }))(
            TreasuryTermsJson.read(document, unchecked),
          )
        : E.map((terms: Terms.Terms): Document => ({ _tag: 'Line', file, terms }))(
            TermsJson.read(document, document.value, [], unchecked),
          ),
  )

const readTokens = (io: Io, file: string): E.Either<Problem, Tokens> =>
  JsonFile.read(
    io,
    '--terms',
    file,
    'a JSON file of places',
  )((document) => Shape.read(tokensCodec, document))

const byLineAndVersion = (a: OfLine, b: OfLine): number =>
  a.terms.line === b.terms.line
    ? a.terms.version - b.terms.version
    : a.terms.line < b.terms.line
      ? -1
      : 1

/** Two documents that say the same version of something. */
const repeated = (documents: readonly Document[]): Problem | undefined => {
  const seen = new Map<string, string>()
  for (const { _tag, file, terms } of documents) {
    const name = _tag === 'Treasury' ? _tag : JSON.stringify([terms.line, terms.version])
    const other = seen.get(name)
    if (other !== undefined)
      return mismatch(
        file,
        `version ${terms.version} of ${terms.line}`,
        `it once: ${other} has it too`,
      )
    seen.set(name, file)
  }
  return undefined
}

/** What the documents of a folder say, each of them checked. */
export const read = (io: Io, folder: string, unchecked: boolean): E.Either<Problem, Folder> =>
  pipe(
    io.list(folder),
    E.mapLeft((why) => mismatch('--terms', folder, `a folder of JSON files of terms: ${why}`)),
    E.map((names) => names.filter((name) => name.endsWith('.json')).sort()),
    E.filterOrElse(
      (names) => names.some((name) => name !== TOKENS),
      () => mismatch('--terms', folder, 'a folder with JSON files of terms'),
    ),
    E.bindTo('names'),
    E.bind('documents', ({ names }) =>
      E.traverseArray((name: string) => readDocument(io, join(folder, name), unchecked))(
        names.filter((name) => name !== TOKENS),
      ),
    ),
    E.bind(
      'places',
      ({ names }): E.Either<Problem, Tokens | undefined> =>
        names.includes(TOKENS) ? readTokens(io, join(folder, TOKENS)) : E.right(undefined),
    ),
    E.chain(({ documents, places }): E.Either<Problem, Folder> => {
      const twice = repeated(documents)
      if (twice !== undefined) return E.left(twice)
      return E.right({
        tokens: { file: join(folder, TOKENS), places },
        treasury: documents.find((one) => one._tag === 'Treasury'),
        lines: documents.filter((one) => one._tag === 'Line').sort(byLineAndVersion),
      })
    }),
  )
