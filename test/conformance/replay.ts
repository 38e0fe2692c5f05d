/**
 * Replay: the lines of spec/conformance answered again, and where an answer departs.
 */

import { call } from './call.js'
import { type Fields, Unreadable } from './form.js'
import * as Line from './line.js'

// Model

/** What was compared, and the first lines that depart: one of a session at most. */
export interface Replayed {
  readonly commands: number
  readonly states: number
  readonly calls: number
  readonly departures: readonly string[]
}

// Comparing

const isNode = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const shown = (value: unknown): string =>
  value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 200)

/** Where two values of JSON first differ: the order of fields counts for nothing. */
const difference = (wanted: unknown, found: unknown, path: string): string | undefined => {
  if (!isNode(wanted) || !isNode(found) || Array.isArray(wanted) !== Array.isArray(found))
    return wanted === found ? undefined : `${path}: wanted ${shown(wanted)}, found ${shown(found)}`
  for (const key of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
    const deeper = difference(wanted[key], found[key], path === '' ? key : `${path}.${key}`)
    if (deeper !== undefined) return deeper
  }
  return undefined
}

const kindOf = (line: Fields): 'session' | 'hold' | 'commands' | 'states' | 'calls' => {
  if ('session' in line) return 'session'
  if ('hold' in line) return 'hold'
  if ('ask' in line) return 'commands'
  return 'state' in line ? 'states' : 'calls'
}

const nameOf = ({ id, ...line }: Fields): string =>
  typeof id === 'string' ? id : (Object.keys(line)[0] ?? '')

/** Answers lines again, in their order. After one that departs, the rest of its session is left out. */
export const replay = (lines: readonly string[]): Replayed => {
  const counts = { session: 0, hold: 0, commands: 0, states: 0, calls: 0 }
  const departures: string[] = []
  let session: Line.Session | undefined
  lines.forEach((text, i) => {
    const where = `line ${i + 1}`
    const whole = JSON.parse(text) as Fields
    const kind = kindOf(whole)
    if (session === undefined && kind !== 'session' && kind !== 'calls') return
    counts[kind] += 1
    const [given, wanted] = Line.parts(whole)
    try {
      const [found, after] = Line.answer(session, given)
      const departs = difference(wanted, found, '')
      if (departs !== undefined) departures.push(`${where}, ${nameOf(whole)}: ${departs}`)
      session = departs === undefined ? after : undefined
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error
      departures.push(`${where}, ${nameOf(whole)}: ${error.message}`)
      session = undefined
    }
  })
  const { calls, commands, states } = counts
  return { commands, states, calls, departures }
}

/** A line with its answer: of a call, which needs no session. */
export const answered = (line: Fields): Fields => ({ ...line, ...call(line) })
