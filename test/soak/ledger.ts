/**
 * Ledger: what was sent and what was answered; held, after each fault, against what the store has: nothing is lost,
 * nothing is there twice, and an audit finds nothing.
 */

import type { Child } from './child.js'
import type { Checkpoint } from './engine.js'
import type { Answered, Asked } from './protocol.js'

/** Something that must never be. */
export class Wrong extends Error {}

export interface Tally {
  commands: number
  events: number
  refused: number
  failed: number
  busy: number
  checks: number
  payments: number
  /** How often something had to be opened, or started, again. */
  mended: number
}

export interface Ledger {
  readonly tally: Tally
  readonly sent: (asked: Asked) => void
  /** Those without an answer. */
  readonly open: () => readonly Asked[]
  /** Whether the answer is the last word on its command. */
  readonly heard: (answer: Answered) => boolean
  /** Payments that are in somebody's hand: those that were noted as sent never are again. */
  readonly handed: (keys: readonly string[]) => void
  /** Payments that are noted as sent. */
  readonly paid: (keys: readonly string[]) => void
  /** Holds a store that nobody writes to any more against all that is known of it. */
  readonly check: (reader: Child) => Promise<void>
  /** Writes the checkpoints that are due: audits are held to the last one from now on. */
  readonly anchor: (reader: Child, now: number) => Promise<void>
  /** The same, with the feed read again from its first entry, all outcomes, and the payments handed out to the last. */
  readonly close: (reader: Child, now: number) => Promise<void>
  /** Every entry that was seen, by stream and sequence. */
  readonly entries: ReadonlyMap<string, Seen>
  /** The last reason why something failed; then nothing, until something else does. */
  readonly lastFailure: () => string | undefined
}

interface Seen {
  readonly data: string
  readonly command: string
}

const nameOf = (one: { readonly stream: string; readonly sequence: number }): string =>
  `${one.stream} #${one.sequence}`

const PAGE = 2000
const PATIENCE = 30_000

export const wait = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A store may be out of reach for a while after a fault; not for ever. */
export const patiently = async <A>(run: () => Promise<A>): Promise<A> => {
  const until = Date.now() + PATIENCE
  for (;;) {
    try {
      return await run()
    } catch (error) {
      if (error instanceof Wrong || Date.now() > until) throw error
    }
    await wait(50)
  }
}

export const make = (): Ledger => {
  const tally: Tally = {
    commands: 0,
    events: 0,
    refused: 0,
    failed: 0,
    busy: 0,
    checks: 0,
    payments: 0,
    mended: 0,
  }
  const waiting = new Map<string, Asked>()
  const settled = new Map<string, Answered>()
  /** Answers that the feed was not held against yet. */
  let fresh: Answered[] = []
  const seen = new Map<string, Seen>()
  const ends = new Map<string, number>()
  const caused = new Map<string, number>()
  const inHand = new Set<string>()
  const noted = new Set<string>()
  /** A payment that was handed out once too often. */
  let noHand: string | undefined
  let cursor: string | undefined
  let failure: string | undefined
  let anchor: Checkpoint.Anchor | undefined

  const heard = (answer: Answered): boolean => {
    if (answer._tag === 'Failed') {
      tally.failed += 1
      failure = answer.why
      if (answer.why === '' || /\n/.test(answer.why)) throw new Wrong(`no line: ${answer.why}`)
      return false
    }
    if (answer._tag === 'Refused' && answer.tag === 'Busy') {
      tally.busy += 1
      return false
    }
    const before = settled.get(answer.id)
    if (before === undefined) {
      settled.set(answer.id, answer)
      fresh.push(answer)
      tally.commands += 1
      tally.refused += answer._tag === 'Refused' ? 1 : 0
    } else if (JSON.stringify(before) !== JSON.stringify(answer))
      throw new Wrong(
        `${answer.id} has two answers: ${JSON.stringify(before)} and ${JSON.stringify(answer)}`,
      )
    waiting.delete(answer.id)
    return true
  }

  /** Goes on from where the feed was left. */
  const follow = async (reader: Child): Promise<void> => {
    for (;;) {
      const page = await reader.ask('feed', { after: cursor, limit: PAGE })
      for (const entry of page.entries) {
        const { command, data, sequence, stream } = entry
        const end = ends.get(stream) ?? 0
        if (sequence !== end + 1)
          throw new Wrong(`the feed has ${nameOf(entry)} after #${end} of that stream`)
        ends.set(stream, sequence)
        seen.set(nameOf(entry), { data, command })
        caused.set(command, (caused.get(command) ?? 0) + 1)
        tally.events += 1
      }
      cursor = page.next
      if (page.entries.length === 0) return
    }
  }

  /** The first thing that was answered and is not so. */
  const missing = (): string | undefined => {
    for (const answer of fresh) {
      const happened = answer._tag === 'Done' ? answer.happened : []
      for (const told of happened) {
        const one = seen.get(nameOf(told))
        if (one?.data !== told.data || one.command !== answer.id)
          return `${answer.id} was answered by ${nameOf(told)} ${told.data}; there is ${JSON.stringify(one)}`
      }
      if ((caused.get(answer.id) ?? 0) !== happened.length)
        return `${answer.id} was answered by ${happened.length} entries; there are ${caused.get(answer.id) ?? 0}`
    }
    return undefined
  }

  const check = async (reader: Child): Promise<void> => {
    // What a killed process had under way may hold the end of the feed up for a moment.
    const until = Date.now() + PATIENCE
    for (;;) {
      await patiently(() => follow(reader))
      const what = missing()
      if (what === undefined) break
      if (Date.now() > until) throw new Wrong(what)
      await wait(20)
    }
    fresh = []
    const report = await patiently(() => reader.ask('audit', { anchor }))
    if (report.fault !== undefined)
      throw new Wrong(`the audit finds ${JSON.stringify(report.fault)}`)
    if (waiting.size === 0) {
      const outcomes = new Set([...settled.keys()])
      if (report.outcomes !== outcomes.size)
        throw new Wrong(`${report.outcomes} outcomes for ${outcomes.size} commands`)
      if (report.entries !== seen.size)
        throw new Wrong(`${report.entries} entries in the store, ${seen.size} in the feed`)
    }
    tally.checks += 1
  }

  const keep = async (reader: Child, now: number): Promise<void> => {
    anchor = (await patiently(() => reader.ask('anchor', { now }))) ?? anchor
  }

  const close = async (reader: Child, now: number): Promise<void> => {
    await check(reader)
    await keep(reader, now)
    await check(reader)
    let after: string | undefined
    const names: string[] = []
    for (;;) {
      const { entries, next } = await reader.ask('feed', { after, limit: PAGE })
      if (entries.length === 0) break
      names.push(...entries.map(nameOf))
      after = next
    }
    if (names.join() !== [...seen.keys()].join())
      throw new Wrong('the feed from its first entry is not what it was on the way')
    const outcomes = await reader.ask('outcomes', {})
    const unknown = outcomes.find((id) => !settled.has(id))
    if (unknown !== undefined || outcomes.length !== settled.size)
      throw new Wrong(`${outcomes.length} outcomes for ${settled.size} commands: ${unknown}`)
    const report = await reader.ask('audit', { anchor })
    for (;;) {
      const keys = await patiently(() => reader.ask('deliver', { limit: 500 }))
      if (keys.length === 0) break
      paid(keys)
    }
    if (inHand.size !== report.payments)
      throw new Wrong(`${inHand.size} payments were handed out of ${report.payments}`)
  }

  const handed = (keys: readonly string[]): void => {
    for (const key of keys) {
      if (noted.has(key)) noHand ??= key
      inHand.add(key)
    }
  }

  const paid = (keys: readonly string[]): void => {
    if (noHand !== undefined)
      throw new Wrong(`the payment ${noHand} was handed out after it was noted`)
    for (const key of keys) noted.add(key)
    tally.payments = inHand.size
  }

  return {
    tally,
    sent: (asked) => waiting.set(asked.id, asked),
    open: () => [...waiting.values()],
    heard,
    handed,
    paid,
    check,
    anchor: keep,
    close,
    entries: seen,
    lastFailure: () => {
      const why = failure
      failure = undefined
      return why
    },
  }
}
