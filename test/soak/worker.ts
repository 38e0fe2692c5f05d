/**
 * A process that carries out what it is told on a store: `worker.mjs SETTING`. It may be killed at any instant.
 *
 * Pipes of Node are written to before `write` returns: what a killed worker has said is heard.
 */

import { createInterface } from 'node:readline'
import process from 'node:process'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  Audit,
  Checkpoint,
  Denied,
  Engine,
  type Port,
  Record,
  Request,
  Shape,
  Sql,
} from './engine.js'
import type { Answered, Asked, Line, Said, Setting, Told, Word, Words } from './protocol.js'

const setting = JSON.parse(process.argv[2] ?? '') as Setting

const say = (line: Said | 'here'): void => {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

/** What goes wrong ends in one line. */
const well = async <F, A>(task: TE.TaskEither<F, A>): Promise<A> => {
  const result = await task()
  if (E.isRight(result)) return result.right
  const { left } = result
  throw new Error(
    typeof left === 'object' && left !== null && 'why' in left
      ? String(left.why)
      : JSON.stringify(left),
  )
}

const requestOf = (asked: Asked): Request.Request => {
  const read = Shape.read(Request.codec, { value: asked, lineOf: () => 1 })
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  return read.right
}

const told = ({ record, sequence, stream }: Request.Happened): Told => ({
  stream,
  sequence,
  ...Record.write(record),
})

const answered = (answer: Request.Answer): Answered => {
  const { id } = answer
  switch (answer._tag) {
    case 'Done':
      return { _tag: 'Done', id, happened: answer.happened.map(told) }
    case 'Refused':
      return {
        _tag: 'Refused',
        id,
        tag: answer.refusal._tag,
        refusal: Denied.codec.encode(answer.refusal),
      }
    case 'Failed':
      return { _tag: 'Failed', id, why: answer.failure.why }
  }
}

let now = 0
const clock: Port.Clock = { now: () => Promise.resolve(E.right(now)) }

let conflicts = 0

const counted = (session: Port.Session): Port.Session => ({
  read: session.read,
  append: (write) =>
    pipe(
      session.append(write),
      TE.mapLeft((why) => {
        if (why._tag === 'Conflict') conflicts += 1
        return why
      }),
    ),
})

const open = async (
  migrate: boolean,
): Promise<{ store: Port.EventStore; engine: Engine.Engine }> => {
  const opened = await well(Sql.open({ ...setting.where, migrate }))
  const store: Port.EventStore = {
    ...opened,
    ...counted(opened),
    alone: (locks, body) => opened.alone(locks, (session) => body(counted(session))),
  }
  const options = { unchecked: true, maxPriceAge: 1e9, ...setting.options }
  return { store, engine: Engine.make({ store, clock, options }) }
}

let { engine, store } = await open(setting.migrate ?? false)
const all = new Set(Engine.authorities)

const outcomes = async (): Promise<readonly string[]> =>
  well(
    store.still((view) => async () => {
      const ids: string[] = []
      for (let after: string | undefined; ; ) {
        const page = await view.outcomes(after, 5000)()
        if (E.isLeft(page)) return page
        ids.push(...page.right.map(({ id }) => id))
        if (page.right.length === 0) return E.right(ids)
        after = ids.at(-1)
      }
    }),
  )

const words: { readonly [W in Word]: (about: Words[W]['in']) => Promise<Words[W]['out']> } = {
  execute: async ({ now: at, requests }) => {
    now = at
    return (await engine.execute(all)(requests.map(requestOf))()).map(answered)
  },
  feed: async ({ after, limit }) => {
    const { entries, next } = await well(store.since(after, limit))
    return {
      entries: entries.map(({ command, data, format, sequence, stream, type }) => ({
        stream,
        sequence,
        type,
        format,
        data,
        command,
      })),
      next,
    }
  },
  audit: ({ anchor }) => well(Audit.run(store, anchor)),
  outcomes,
  anchor: async ({ now: at }) => {
    now = at
    await well(engine.checkpoint)
    return well(Checkpoint.anchor(store))
  },
  deliver: async ({ limit }) => {
    const handed: string[] = []
    await well(
      store.deliver(limit, (payments) => {
        handed.push(...payments.map(({ key }) => key))
        say({ handed })
        return TE.right(handed)
      }),
    )
    return handed
  },
  conflicts: () => Promise.resolve(conflicts),
  reopen: async () => {
    await store.close()
    ;({ engine, store } = await open(false))
    return null
  },
  close: async () => {
    await well(store.close)
    return null
  },
}

const obey = async ({ about, n, word }: Line): Promise<void> => {
  try {
    say({ n, right: await words[word](about as never) })
  } catch (error) {
    say({ n, left: error instanceof Error ? error.message : String(error) })
  }
}

say('here')
for await (const line of createInterface({ input: process.stdin }))
  void obey(JSON.parse(line) as Line)
process.exit(0)
