/**
 * Opening: a connection that is used where its tables are right, and closed where that came to nothing.
 */

import type * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Unavailable } from '../../engine/Port.js'
import { attempt } from './Failure.js'
import * as Migrate from './Migrate.js'
import type { NewerSchema, OlderSchema } from './Migrate.js'
import type { Connected } from './Postgres.js'

/** Uses a connection, and closes it where that came to nothing. */
export const using = <E, A>(
  connect: () => Promise<Connected>,
  use: (connected: Connected) => TE.TaskEither<E, A>,
): TE.TaskEither<E | Unavailable, A> =>
  pipe(
    attempt(connect),
    TE.flatMap((connected) =>
      pipe(
        use(connected),
        TE.orElseFirstIOK(() => () => undefined),
        TE.orElseFirstTaskK(() => attempt(connected.close)),
      ),
    ),
  )

/** That the tables are those of this release. */
export const checked = ({
  database,
}: Connected): TE.TaskEither<NewerSchema | OlderSchema | Unavailable, void> =>
  pipe(
    attempt(() => Migrate.check(database)),
    TE.flatMapEither((result): E.Either<NewerSchema | OlderSchema, void> => result),
  )
