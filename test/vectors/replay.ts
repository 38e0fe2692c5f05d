/**
 * replay: recorded lines against what the engine and the worlds around it come to, field by field.
 */

import * as Abacus from './abacus.js'
import { Revert } from './chain.js'
import * as Clip from './clip.js'
import * as ClipWorld from './clip-world.js'
import * as Flip from './flip.js'
import { changed } from './params.js'
import { flag, type Json, list, object, record, text, time, Unreadable } from './read.js'
import type { Calls, Step, Stepped } from './step.js'
import * as Vow from './vow.js'
import * as VowWorld from './vow-world.js'

// Model

/** Something that is not as recorded. */
export interface Mismatch {
  /** The step, counted from 0; none for a line that is a single evaluation. */
  readonly step: number | undefined
  readonly field: string
  readonly expected: string
  readonly got: string
}

/** What came of a line. */
export interface Replayed {
  readonly id: string
  readonly steps: number
  readonly mismatches: readonly Mismatch[]
}

// Comparing

const shown = (x: unknown): string => (x === undefined ? 'nothing' : JSON.stringify(x))

const isNode = (x: unknown): x is Json => typeof x === 'object' && x !== null

/** Every field that differs. */
const differences = (
  expected: unknown,
  got: unknown,
  field: string,
): readonly Omit<Mismatch, 'step'>[] => {
  if (!isNode(expected) || !isNode(got) || Array.isArray(expected) !== Array.isArray(got))
    return expected === got ? [] : [{ field, expected: shown(expected), got: shown(got) }]
  return [...new Set([...Object.keys(expected), ...Object.keys(got)])].flatMap((key) =>
    differences(expected[key], got[key], field === '' ? key : `${field}.${key}`),
  )
}

// Worlds

/** What replaying a kind of scenario takes. */
interface Kind<World> {
  readonly read: (init: Json) => World
  readonly calls: Calls<World>
  readonly params: (world: World) => Json
  readonly attend?: (world: World, step: Step) => World
  readonly view: (world: World, step: Step) => Json
  readonly failedView?: (world: World, step: Step) => Json
}

/** The outcome of a step as it is recorded, and the world after it: what a call that fails did is undone. */
const stepped = <World>(
  kind: Kind<World>,
  last: World,
  step: Step,
): { readonly world: World; readonly outcome: Json } => {
  const name = `${step.on}.${step.op}`
  const call = kind.calls[name]
  if (call === undefined) throw new Unreadable(`on and op should be a known call, not ${name}`)
  const before = kind.attend?.(last, step) ?? last
  const world = structuredClone(before)
  const done = attempt(() => call(world, step))
  if (done instanceof Revert) {
    const after = kind.failedView?.(before, step)
    return {
      world: before,
      outcome: { ok: false, revert: done.reason, ...(after && { after }) },
    }
  }
  const { events, ret } = done
  const params = changed(kind.params(before), kind.params(world))
  return {
    world,
    outcome: {
      ok: true,
      ...(ret === undefined ? {} : { ret }),
      ...(events.length === 0 ? {} : { events }),
      after: { ...kind.view(world, step), ...(params && { params }) },
    },
  }
}

const attempt = (call: () => Stepped): Stepped | Revert => {
  try {
    return call()
  } catch (error) {
    if (error instanceof Revert) return error
    throw error
  }
}

const readStep = (line: unknown, i: number): { readonly step: Step; readonly recorded: Json } => {
  const { args, caller, on, op, t, ...recorded } = object(line, `steps[${i}]`)
  const given = { args, caller, on, op, t }
  flag(recorded, 'ok')
  return {
    recorded,
    step: {
      t: time(given, 't'),
      op: text(given, 'op'),
      on: text(given, 'on'),
      caller: text(given, 'caller'),
      args: record(given, 'args'),
    },
  }
}

const scenario = <World>(kind: Kind<World>, line: Json): Replayed => {
  const steps = list(line, 'steps')
  if (steps.length === 0) throw new Unreadable('steps should be some, not none')
  const mismatches: Mismatch[] = []
  let world = kind.read(record(line, 'init'))
  for (const [i, one] of steps.entries()) {
    try {
      const { recorded, step } = readStep(one, i)
      const next = stepped(kind, world, step)
      const found = differences(recorded, next.outcome, '')
      mismatches.push(...found.map((mismatch) => ({ step: i, ...mismatch })))
      world = next.world
    } catch (error) {
      if (error instanceof Unreadable) throw new Unreadable(`step ${i}: ${error.message}`)
      throw error
    }
  }
  return { id: text(line, 'id'), steps: steps.length, mismatches }
}

const evaluation = (line: Json): Replayed => {
  const recorded = Object.fromEntries(
    ['ok', 'price', 'revert'].filter((name) => name in line).map((name) => [name, line[name]]),
  )
  const mismatches = differences(recorded, Abacus.expected(line), '')
  return {
    id: text(line, 'id'),
    steps: 1,
    mismatches: mismatches.map((mismatch) => ({ step: undefined, ...mismatch })),
  }
}

const clipper: Kind<ClipWorld.World> = {
  read: ClipWorld.read,
  calls: Clip.calls,
  attend: ClipWorld.attend,
  params: ClipWorld.params,
  view: ClipWorld.view,
  failedView: ClipWorld.failedView,
}

const treasury = (which: VowWorld.Which): Kind<VowWorld.World> => ({
  read: VowWorld.read(which),
  calls: Vow.calls[which],
  params: VowWorld.params,
  view: VowWorld.view,
})

/** Replays one line, whatever it is a record of. */
export const replay = (line: unknown): Replayed => {
  const json = object(line, 'the line')
  if ('calc' in json) return evaluation(json)
  const params = record(record(json, 'init'), 'params')
  if ('clip' in params) return scenario(clipper, json)
  if ('flip' in params) return scenario(Flip, json)
  if ('flap' in params) return scenario(treasury('flap'), json)
  if ('flop' in params) return scenario(treasury('flop'), json)
  throw new Unreadable('init.params should name a house: clip, flip, flap or flop')
}
