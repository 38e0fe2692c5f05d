/**
 * One engine that is asked several things at once: what it reads for one is what stood when it was read.
 */

import * as TE from 'fp-ts/lib/TaskEither.js'
import { expect, test } from 'vitest'
import { Memory } from '../../src/adapter/memory/index.js'
import { type Ask, Audit, type Port, type Request } from '../../src/engine/index.js'
import { brief, founded, opening, taking } from './world.js'

/** A store whose next reading waits, and whose next append meets a conflict, when it is told so. */
const slow = () => {
  const store = Memory.make()
  let gate: Promise<void> | undefined
  let conflicts = false
  const read: Port.Session['read'] = (wanted) => async () => {
    const waits = gate
    gate = undefined
    await waits
    return store.read(wanted)()
  }
  const append: Port.Session['append'] = (write) => {
    const conflict: Port.Conflict = { _tag: 'Conflict' }
    const meets = conflicts
    conflicts = false
    return meets ? TE.left(conflict) : store.append(write)
  }
  return {
    store: { ...store, read, append },
    /** Holds the next reading up, and answers what lets it go on. */
    hold: (): (() => void) => {
      let open = (): void => undefined
      gate = new Promise((resolve) => {
        open = resolve
      })
      return () => {
        open()
      }
    },
    conflict: (): void => {
      conflicts = true
    },
  }
}

const part = (engine: { ask: (id: string, ask: Ask.Ask) => Promise<Request.Answer> }, id: string) =>
  engine.ask(id, taking('1'))

test('PRT-5 what another step stores while one reads happens to the lot once', async () => {
  const { hold, store } = slow()
  const made = await founded({}, store)
  expect(brief(await made.ask('open', opening))).toBe('Opened Held')
  const go = hold()
  const late = part(made, 'late')
  expect(brief(await part(made, 'meanwhile'))).toBe('Taken')
  go()
  expect(brief(await late)).toBe('Taken')
  expect(brief(await made.ask('rest', taking()))).toBe('Taken Closed')
  expect(await Audit.run(store)()).toMatchObject({ right: { fault: undefined } })
})

test('PRT-1 a lot is there though another step meets a conflict while it is read', async () => {
  const { conflict, hold, store } = slow()
  const made = await founded({}, store)
  await made.ask('open', opening)
  const go = hold()
  const late = part(made, 'late')
  conflict()
  expect(brief(await part(made, 'meanwhile'))).toBe('Taken')
  go()
  expect(brief(await late)).toBe('Taken')
  expect(await Audit.run(store)()).toMatchObject({ right: { fault: undefined } })
})
