/**
 * JsonFile: a file of JSON, read as what a command wants of it. Whatever is wrong is one line that names the file.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { Csv, Json } from '../codec/index.js'
import { type Io, type Problem, unread } from './Io.js'

/** What a file holds. `flag` names it where its path is empty, and `wanted` says what was looked for. */
export const read =
  (io: Io, flag: string, file: string, wanted: string) =>
  <A>(decode: (document: Json.Document) => E.Either<Csv.Problem, A>): E.Either<Problem, A> =>
    pipe(
      io.read(file),
      E.mapLeft((why) => unread(flag, file, why, wanted)),
      E.chain((text) => pipe(Json.parse(text), E.chain(decode), E.mapLeft(Csv.render(file)))),
    )
