/**
 * Session: books drawn from a seed, and what is asked of them: steered to where something happens, to outcomes that
 * are rare so far, and to both sides of every edge (edge.ts).
 */

import * as E from 'fp-ts/lib/Either.js'
import { Book } from '../../src/engine/index.js'
import type { Setup } from '../../src/testing/Setup.js'
import type { Random } from '../random.js'
import { beginning, draw, isQuick, isSayable, setups } from './draw.js'
import { edge, type Item, type Script, tried } from './edge.js'
import type { Fields } from './form.js'
import * as Line from './line.js'
import { rowOf, rows } from './outcome.js'

// Model

/** How often each outcome, and each row of the table, has been seen. */
export interface Tally {
  /** The edges found, whose sides are both carried out where the first leaves the book as it was. */
  edges: number
  readonly outcomes: Map<string, number>
  readonly rows: Map<string, number>
}

export const tally = (): Tally => ({ edges: 0, outcomes: new Map(), rows: new Map() })

const count = (counts: Map<string, number>, what: string): void => {
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

/** The lines of a session with their answers, how many of them are commands, and the outcomes that it has. */
export interface Drawn {
  readonly lines: readonly Fields[]
  readonly commands: number
  readonly outcomes: ReadonlySet<string>
  readonly rows: ReadonlySet<string>
}

// Playing

/** A command further ahead than this would end what can still happen; so it comes last, or is refused. */
const FAR = 3000

const timeOf = (item: Item | undefined): number =>
  item?._tag === 'Ask'
    ? item.command._tag === 'Open'
      ? item.command.at
      : item.command.command.at
    : 0

const isRefused = (outcome: string): boolean => rowOf(outcome) !== undefined

/** A refusal counts for what comes with it, and, so many times less, for itself. */
const ROW = 30

/** How long sessions are, and after how many commands the whole book is looked at. */
export interface Length {
  readonly commands: number
  readonly looks: number
}

/** A session of a setup: so many commands, or one or two more. */
const session = (
  random: Random,
  setup: Setup,
  name: string,
  { commands, looks }: Length,
  seen: Tally,
): Drawn => {
  const lines: Fields[] = []
  const outcomes = new Set<string>()
  const found = new Set<string>()
  let made = 0
  let now = 0

  const say = (
    given: Fields,
    before: Line.Session | undefined,
  ): readonly [Fields, Line.Session | undefined] => {
    const [answered, after] = Line.answer(before, given)
    lines.push({ ...given, ...answered })
    return [answered, after]
  }
  const { ceiling, treasuryTerms } = setup
  const [, begun] = say(Line.begin(name, ceiling, treasuryTerms), undefined)
  if (begun === undefined) throw new Error('no session')
  const { book } = begun

  const carryOut = (script: Script): void => {
    for (const item of script) {
      if (item._tag === 'Hold') {
        say(Line.hold(item.position), begun)
        continue
      }
      const { command } = item
      const outcome = tried(book, [item])
      const decision = Book.decide(book, command)
      made += 1
      const [answered] = say(Line.ask(`${name}.${made}`, command), begun)
      if (E.isRight(decision)) now = Math.max(now, timeOf(item))
      count(seen.outcomes, outcome)
      outcomes.add(outcome)
      for (const row of rows(decision)) {
        count(seen.rows, row)
        found.add(row)
      }
      if ('refusal' in answered !== E.isLeft(decision)) throw new Error(`${name}.${made}`)
      if (made % looks === 0) say(Line.look, begun)
    }
  }
  const seenOf = (outcome: string): number =>
    (seen.outcomes.get(outcome) ?? 0) + (seen.rows.get(rowOf(outcome) ?? '') ?? 0) / ROW
  const isAhead = (script: Script, outcome: string): boolean =>
    !isRefused(outcome) && timeOf(script.at(-1)) > now + FAR && commands - made > 4

  /** Of some scripts the one whose outcome was seen least; one that is carried out, mostly. */
  const choose = (): readonly [Script, string] | undefined => {
    const tries = Array.from({ length: 4 }, () => draw(random, setup, book, now))
      .filter(isSayable)
      .map((script) => [script, tried(book, script)] as const)
      .filter(([script, outcome]) => !isAhead(script, outcome))
    const done = tries.filter(([, outcome]) => !isRefused(outcome))
    const from = done.length > 0 && random.chance(0.6) ? done : tries
    return [...from].sort(([, a], [, b]) => seenOf(a) - seenOf(b))[0]
  }

  for (const position of setup.positions) say(Line.hold(position), begun)
  carryOut(beginning(setup))
  while (made < commands) {
    const chosen = choose()
    if (chosen === undefined) continue
    const [script] = chosen
    const isEdged = random.chance(0.5) && isQuick(script)
    const sides = isEdged ? edge(random, book, script) : undefined
    if (sides === undefined) {
      carryOut(script)
      continue
    }
    const both = [sides.below, sides.above]
      .filter(isSayable)
      .map((one) => [one, tried(book, one)] as const)
      .filter(([one, outcome]) => !isAhead(one, outcome))
    // What is refused first: it leaves the book to the other as it was.
    const [first, second] = both.sort(([, a], [, b]) => Number(isRefused(b)) - Number(isRefused(a)))
    if (first === undefined) continue
    if (second !== undefined) seen.edges += 1
    if (second === undefined || isRefused(first[1])) for (const [one] of both) carryOut(one)
    else carryOut(seenOf(first[1]) < seenOf(second[1]) ? first[0] : second[0])
  }
  if (made % looks !== 0) say(Line.look, begun)
  return { lines, commands: made, outcomes, rows: found }
}

/** The sessions of a seed, without end; `seen` counts what they come to. */
export const sessions = function* (
  random: Random,
  seed: number,
  length: Length,
  seen: Tally,
): Generator<Drawn, never> {
  const all = setups(seed)
  for (let i = 1; ; i += 1) yield session(random, all.next().value, `${seed}.${i}`, length, seen)
}
