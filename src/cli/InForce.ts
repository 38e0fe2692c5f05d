/**
 * InForce: puts the terms of a folder in force as an engine starts: what is in force already stays, the next version
 * follows, and anything else is a problem.
 *
 * Several engines may start at once: they ask the same under the same ids, and it is done once.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { type Shape, TermsJson, TreasuryTermsJson } from '../codec/index.js'
import { type Ask, type Denied, type Engine, Payable, Port, Record } from '../engine/index.js'
import * as Settings from '../engine/Settings.js'
import { broken } from './Database.js'
import type { Problem } from './Io.js'
import type { Folder, OfLine } from './TermsFolder.js'

// What is to be done

/** Something to ask, under a name, and why. */
interface Step {
  readonly name: string
  readonly file: string
  readonly ask: Ask.Ask
}

const isSame = <A>(codec: Shape.Codec<A>, a: A, b: A): boolean =>
  JSON.stringify(codec.encode(a)) === JSON.stringify(codec.encode(b))

const notNext = (file: string, line: string, version: number, last: number): Problem =>
  `${file}: version: found ${version}, wanted ${last + 1}, or what is in force of ${line} as it is${last > 0 ? ` (version ${last})` : ''}`

/** The first place that is not as the store has it. */
const otherPlaces = (
  { file, places }: Folder['tokens'],
  established: Payable.Places,
): Problem | undefined => {
  const all = [
    ...(places === undefined
      ? []
      : [{ token: 'money', found: places.money, is: established.money }]),
    ...(places?.tokens ?? []).map((one) => ({
      token: one.token,
      found: one.places,
      is: established.tokens.get(one.token) ?? Payable.WAD_PLACES,
    })),
  ]
  const other = all.find(({ found, is }) => found !== is)
  return other === undefined
    ? undefined
    : `${file}: ${other.token}: found ${other.found}, wanted ${other.is}: places are established with the treasury's terms, and never change`
}

/** What the treasury's document asks for, if anything. */
const ofTreasury = (
  folder: Folder,
  { established }: Settings.Settings,
): E.Either<Problem, readonly Step[]> => {
  const { tokens, treasury } = folder
  if (treasury === undefined)
    return established === undefined
      ? E.left(
          "--terms: wanted a file of the treasury's terms too, with the fields surplus and debt: the store is not established",
        )
      : E.right([])
  const { file, terms } = treasury
  const last = established?.treasury
  if (
    established !== undefined &&
    last !== undefined &&
    isSame(TreasuryTermsJson.codec, last, terms)
  ) {
    const other = otherPlaces(tokens, established.places)
    return other === undefined ? E.right([]) : E.left(other)
  }
  if (terms.version !== (last?.version ?? 0) + 1)
    return E.left(notNext(file, terms.line, terms.version, last?.version ?? 0))
  const places =
    tokens.places ??
    (established === undefined ? undefined : { money: established.places.money, tokens: [] })
  return places === undefined
    ? E.left(
        `${tokens.file}: there is no such file, wanted one such as {"money": 6, "tokens": [{"token": "ETH", "places": 18}]}: in how many decimal places money and tokens are paid, which the store is established with`,
      )
    : E.right([
        {
          name: `terms ${terms.line} ${terms.version}`,
          file,
          ask: { _tag: 'Establish', treasury: terms, ...places },
        },
      ])
}

/** What the documents of a line ask for: those that are in force, or were, are left. */
const ofLine = (
  documents: readonly OfLine[],
  { terms: stored }: Settings.Settings,
): E.Either<Problem, readonly Step[]> => {
  const steps: Step[] = []
  const line = documents[0]?.terms.line ?? ''
  const versions = (stored.get(line) ?? []).map(({ terms }) => terms)
  let last = versions.length
  for (const [i, { file, terms }] of documents.entries()) {
    const was = versions[terms.version - 1]
    const isLast = i === documents.length - 1
    const isThere = was !== undefined && isSame(TermsJson.codec, was, terms)
    if (isThere && !(isLast && terms.version < versions.length)) continue
    if (terms.version !== last + 1) return E.left(notNext(file, line, terms.version, last))
    last = terms.version
    steps.push({
      name: `terms ${line} ${terms.version}`,
      file,
      ask: { _tag: 'ToHouse', command: { _tag: 'ChangeTerms', terms } },
    })
  }
  return E.right(steps)
}

const stepsOf = (folder: Folder, settings: Settings.Settings): E.Either<Problem, readonly Step[]> =>
  pipe(
    ofTreasury(folder, settings),
    E.chain((first) =>
      pipe(
        [...new Set(folder.lines.map(({ terms }) => terms.line))],
        E.traverseArray((line) =>
          ofLine(
            folder.lines.filter(({ terms }) => terms.line === line),
            settings,
          ),
        ),
        E.map((rest) => [...first, ...rest.flat()]),
      ),
    ),
  )

// Doing it

const granted: ReadonlySet<Denied.Authority> = new Set<Denied.Authority>(['terms'])

/** How often the same may be asked again, after it was refused. */
const MOST_TRIES = 64

const settingsOf = (store: Port.EventStore): TE.TaskEither<Problem, Settings.Settings> =>
  pipe(
    store.read({ ...Port.nothingWanted, streams: [{ stream: Record.houseStream, from: 0 }] }),
    TE.chainEitherKW(({ streams }) =>
      Settings.after(Settings.none, streams.get(Record.houseStream)?.entries ?? []),
    ),
    TE.mapLeft(broken),
  )

/** The first id of a name that nothing was answered under: what was refused once is refused for ever. */
const freeId = (store: Port.EventStore, name: string): TE.TaskEither<Problem, string> => {
  const ids = Array.from({ length: MOST_TRIES }, (_, i) => (i === 0 ? name : `${name} (${i + 1})`))
  return pipe(
    store.read({ ...Port.nothingWanted, outcomes: ids }),
    TE.mapLeft(broken),
    TE.map(({ outcomes }) => ids.find((id) => !outcomes.has(id)) ?? name),
  )
}

const refusedFor = ({ _tag, ...facts }: Denied.Refusal): string =>
  `${_tag} ${JSON.stringify(facts, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))}`

/** Puts the terms of a folder in force, one after the other. */
export const put = (
  engine: Engine.Engine,
  store: Port.EventStore,
  folder: Folder,
): TE.TaskEither<Problem, void> => {
  const first = (): TE.TaskEither<Problem, Step | undefined> =>
    pipe(
      settingsOf(store),
      TE.chainEitherK((settings) => stepsOf(folder, settings)),
      TE.map(([step]) => step),
    )
  const next = (refused?: {
    readonly step: Step
    readonly why: string
  }): TE.TaskEither<Problem, void> =>
    pipe(
      first(),
      TE.chain((step): TE.TaskEither<Problem, void> => {
        if (step === undefined) return TE.right(undefined)
        // It may be in force though it was refused: another engine was faster.
        if (refused?.step.name === step.name)
          return TE.left(`${step.file}: refused: ${refused.why}`)
        return pipe(
          freeId(store, step.name),
          TE.chainTaskK((id) => engine.execute(granted)([{ id, ask: step.ask }])),
          TE.chain(([answer]): TE.TaskEither<Problem, void> => {
            if (answer?._tag === 'Failed') return TE.left(broken(answer.failure))
            return answer?._tag === 'Refused'
              ? next({ step, why: refusedFor(answer.refusal) })
              : next()
          }),
        )
      }),
    )
  return next()
}
