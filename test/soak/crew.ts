/** Crew: workers under load, several requests at once, until they are told to stop. */

import { type Child, Gone } from './child.js'
import { type Ledger, wait, Wrong } from './ledger.js'
import type { Load } from './load.js'
import type { Asked } from './protocol.js'

export interface Shift {
  readonly load: Load
  readonly ledger: Ledger
  /** Is told how many requests have been answered so far in this shift, after each answer. */
  readonly after?: (answered: number) => void
}

const PATIENCE = 60_000

/** Asks until every request has its last word. */
export const insist = async (
  child: Child,
  now: number,
  requests: readonly Asked[],
  { ledger, load }: Shift,
): Promise<void> => {
  let left = requests
  for (const until = Date.now() + PATIENCE; left.length > 0; ) {
    const answers = await child.ask('execute', { now, requests: left })
    answers.forEach(load.learn)
    const final = new Set(answers.filter((answer) => ledger.heard(answer)).map(({ id }) => id))
    if (answers.length !== left.length) throw new Wrong('an answer for each request')
    left = left.filter(({ id }) => !final.has(id))
    if (left.length === 0) return
    if (Date.now() > until) throw new Wrong(`no answer in a minute: ${JSON.stringify(answers)}`)
    await wait(10)
  }
}

/** What is true of a worker that was killed is no fault. */
const unlessGone = async (run: () => Promise<void>): Promise<void> => {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof Gone)) throw error
  }
}

/** Keeps workers at it in so many lanes each, until `stop` is true or the worker is gone. */
export const work = async (
  children: readonly Child[],
  lanes: number,
  shift: Shift,
  stop: () => boolean,
): Promise<void> => {
  const { ledger, load } = shift
  let answered = 0
  const lane = async (child: Child): Promise<void> => {
    while (!stop() && !child.isGone()) {
      if (answered % 29 === 28) ledger.paid(await child.ask('deliver', { limit: 20 }).catch(none))
      const { now, requests } = load.next()
      requests.forEach(ledger.sent)
      await insist(child, now, requests, shift)
      answered += requests.length
      shift.after?.(answered)
    }
  }
  await Promise.all(
    children.flatMap((child) => Array.from({ length: lanes }, () => unlessGone(() => lane(child)))),
  )
}

const none = (): readonly string[] => []

/** Sends again what has no answer, until all of it has. */
export const settle = async (children: readonly Child[], shift: Shift): Promise<number> => {
  const { ledger, load } = shift
  const open = [...ledger.open()]
  const many = open.length
  await Promise.all(
    children.map((child) =>
      unlessGone(async () => {
        for (let one = open.shift(); one !== undefined; one = open.shift())
          await insist(child, load.now(), [one], shift)
      }),
    ),
  )
  return many
}
