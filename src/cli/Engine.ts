/**
 * Engine: the command that carries out what it reads, line by line, and answers each line by one.
 */

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type Denied, Engine, Line, type Port, type Request } from '../engine/index.js'
import { broken, using } from './Database.js'
import * as Flag from './Flag.js'
import * as Follow from './Follow.js'
import * as InForce from './InForce.js'
import { type Io, type Live, mismatch, type Problem } from './Io.js'
import * as Lines from './Lines.js'
import * as TermsFolder from './TermsFolder.js'

// Flags

export interface Flags {
  readonly database: string
  readonly terms?: string
  readonly grant?: string
  readonly unchecked?: boolean
  readonly maxPriceAge: string
  readonly skew: string
  readonly follow?: boolean
  readonly after?: string
  readonly batch: string
}

/** What the flags are where they are not given. */
export const defaults: Readonly<Record<'maxPriceAge' | 'skew' | 'batch', string>> = {
  maxPriceAge: String(Engine.defaults.maxPriceAge),
  skew: String(Engine.defaults.skew),
  batch: '256',
}

/** The most lines, payments or events that are handled together. */
export const batchOf = (text: string): E.Either<Problem, number> =>
  Flag.whole(1, 1000)('--batch', text)

const grantedBy = (grant = ''): E.Either<Problem, ReadonlySet<Denied.Authority>> =>
  pipe(
    grant === '' ? [] : grant.split(','),
    E.traverseArray((word) => Flag.oneOf(...Engine.authorities)('--grant', word)),
    E.map((words) => new Set(words)),
  )

interface Settings {
  readonly granted: ReadonlySet<Denied.Authority>
  readonly options: Pick<Engine.Options, 'maxPriceAge' | 'skew' | 'unchecked'>
  readonly batch: number
  readonly folder: TermsFolder.Folder | undefined
}

const most = 10 ** 9

const settingsOf = (io: Io, flags: Flags): E.Either<Problem, Settings> => {
  const unchecked = flags.unchecked === true
  return pipe(
    E.Do,
    E.apS('granted', grantedBy(flags.grant)),
    E.apS('maxPriceAge', Flag.whole(0, most, ' (seconds)')('--max-price-age', flags.maxPriceAge)),
    E.apS('skew', Flag.whole(0, most, ' (seconds)')('--skew', flags.skew)),
    E.apS('batch', batchOf(flags.batch)),
    E.bind('folder', () =>
      flags.terms === undefined ? E.right(undefined) : TermsFolder.read(io, flags.terms, unchecked),
    ),
    E.map(({ batch, folder, granted, maxPriceAge, skew }) => ({
      granted,
      options: { maxPriceAge, skew, unchecked },
      batch,
      folder,
    })),
  )
}

// Answering

/** One answer for each line, in their order. */
const answer = async (
  execute: ReturnType<Engine.Engine['execute']>,
  lines: readonly Lines.Read[],
): Promise<readonly Line.Reply[]> => {
  const read = lines.map(({ line, text }) => E.chain((one: string) => Line.read(line, one))(text))
  const requests = read.flatMap((one): readonly Request.Request[] =>
    E.isRight(one) ? [one.right] : [],
  )
  const answers = (requests.length === 0 ? [] : await execute(requests)())[Symbol.iterator]()
  return read.map((one) => (E.isLeft(one) ? one.left : (answers.next().value as Line.Reply)))
}

/** Answers lines until they end, somebody asks to stop, or nobody reads the answers. */
const serve = async (
  live: Live,
  execute: ReturnType<Engine.Engine['execute']>,
  batch: number,
): Promise<E.Either<Problem, undefined>> => {
  for await (const read of Lines.read(live.input(), batch)) {
    if (E.isLeft(read)) return E.left(`standard input: ${read.left}`)
    if (live.isStopped()) break
    const replies = await answer(execute, read.right)
    if (!(await live.print(replies.map((one) => `${Line.write(one)}\n`).join('')))) break
  }
  return E.right(undefined)
}

/** Carries out what is asked, from the first line to the last. */
const run = async (
  live: Live,
  store: Port.EventStore,
  { batch, folder, granted, options }: Settings,
): Promise<E.Either<Problem, 0>> => {
  const { clock } = live
  const engine = Engine.make({ store, clock, options })
  const ready =
    folder === undefined ? E.right(undefined) : await InForce.put(engine, store, folder)()
  if (E.isLeft(ready)) return ready
  const served = await serve(live, engine.execute(granted), batch)
  if (E.isLeft(served)) return served
  const written = await engine.checkpoint()
  return E.isLeft(written) ? E.left(broken(written.left)) : E.right(0)
}

/** Of a follower only where it goes on from and how much it reads at once can be set. */
const misused = ({ after, follow, grant, terms }: Flags): Problem | undefined => {
  if (follow !== true) return after === undefined ? undefined : '--after: wanted --follow with it'
  if (grant !== undefined)
    return mismatch('--grant', grant, 'nothing: --follow carries nothing out')
  return terms === undefined
    ? undefined
    : mismatch('--terms', terms, 'nothing: --follow puts nothing in force')
}

/** Carries out the lines of standard input, or follows what any engine does. */
export const engine = (
  io: Io,
  flags: Flags,
): E.Either<Problem, 0> | Promise<E.Either<Problem, 0>> => {
  const misuse = misused(flags)
  if (misuse !== undefined) return E.left(misuse)
  const settings = settingsOf(io, flags)
  if (E.isLeft(settings)) return settings
  const live = io.live()
  const { batch } = settings.right
  return flags.follow === true
    ? using(live, flags.database, false, (store) =>
        Follow.print(io, live, store, flags.after, batch),
      )
    : using(live, flags.database, true, (store) => run(live, store, settings.right))
}
